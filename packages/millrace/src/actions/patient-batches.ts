// The batches of a consumer, with an end to waiting for them: at the end of what is wanted, or when nothing has come for too long.
import type { Consumer, ConsumerBatch } from '@millrace/client'

const lookEveryMs = 100

export interface Patience {
  /** Ends the loop, quietly. */
  readonly signal: AbortSignal
  /** Whether nothing more is wanted. Asked while the loop waits, when nothing is in hand. */
  isAtEnd(): boolean
  /** Why the loop has waited long enough; undefined: it goes on waiting. `waitedMs` is since the last batch was taken or the loop began. */
  stalled(waitedMs: number): Error | undefined
}

/** Yields batches until the end, an abort or a stall, whose error is thrown. Asking for the next says that the one before is processed. */
export async function* patientBatches(
  consumer: Consumer,
  patience: Patience,
): AsyncGenerator<ConsumerBatch, void> {
  const stop = new AbortController()
  let waitingSince: number | undefined
  let failure: Error | undefined
  const timer = setInterval(() => {
    if (waitingSince === undefined || stop.signal.aborted) return
    failure = patience.isAtEnd() ? undefined : patience.stalled(performance.now() - waitingSince)
    if (failure || patience.isAtEnd()) stop.abort()
  }, lookEveryMs)
  const { signal } = patience
  const batches = consumer.batches({ signal: AbortSignal.any([signal, stop.signal]) })
  try {
    for (;;) {
      waitingSince = performance.now()
      const next = await batches.next()
      waitingSince = undefined
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    if (failure) throw failure
    // Ctrl-C and the end are how such a loop ends.
    if (!signal.aborted && !stop.signal.aborted) throw error
  } finally {
    clearInterval(timer)
    await batches.return?.()
  }
}
