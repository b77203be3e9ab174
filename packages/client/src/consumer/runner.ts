// Handler style: calls a function for every record or batch, several partitions at a time, each in order.
import { ConsumerBatch } from './batch.ts'
import type { Handout, Item } from './handout.ts'
import type { SourceOf } from './iterators.ts'
import { ConsumerRecord } from './record.ts'

/** Handlers, and how many of them work at a time. Give `eachRecord` or `eachBatch`. */
export interface RunOptions<K, V> {
  /** Called for each record; the next one of its partition comes when the promise resolves. */
  readonly eachRecord?: (record: ConsumerRecord<K, V>) => Promise<void> | void
  /** Called for each batch instead. */
  readonly eachBatch?: (batch: ConsumerBatch<K, V>) => Promise<void> | void
  /** Partitions that are worked on at the same time. Default 1. */
  readonly partitionConcurrency?: number
  /** Ends the run when the handlers under way have returned; `run` then resolves. Default: nothing does. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs until the consumer is closed, the signal aborts or a handler throws; by then all handlers have returned. Throws what they throw,
 * with the positions back at what was not processed: another run starts with what failed.
 */
export async function runHandlers<K, V>(
  handout: Handout,
  sourceOf: SourceOf<K, V>,
  options: RunOptions<K, V>,
): Promise<void> {
  const { partitionConcurrency = 1, signal } = options
  const active = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  const stopped = () => handout.closed || failure !== undefined || signal?.aborted === true
  try {
    while (!stopped()) {
      handout.notePoll()
      const item = active.size < partitionConcurrency ? handout.take() : undefined
      if (item) {
        const work: Promise<void> = handle(handout, sourceOf, options, item, stopped)
          .catch((error: unknown) => {
            failure ??= { error }
          })
          .finally(() => {
            active.delete(work)
            handout.release(item)
          })
        active.add(work)
      } else if (active.size === 0 || active.size < partitionConcurrency) {
        await handout.wait(undefined, signal)
      } else {
        await Promise.race(active)
      }
    }
  } catch (error) {
    if (!signal?.aborted) failure ??= { error }
  }
  await Promise.all(active)
  if (failure) throw failure.error
}

async function handle<K, V>(
  handout: Handout,
  sourceOf: SourceOf<K, V>,
  { eachRecord, eachBatch }: RunOptions<K, V>,
  item: Item,
  stopped: () => boolean,
): Promise<void> {
  const { chunk, state } = item
  const source = sourceOf(state)
  if (eachBatch) {
    handout.delivered(item, chunk.endOffset)
    await eachBatch(new ConsumerBatch(chunk, source, state))
    handout.processed(item, chunk.endOffset)
    return
  }
  while (!stopped() && handout.mayGoOn(item)) {
    if (!chunk.next()) {
      handout.delivered(item, chunk.endOffset)
      handout.processed(item, chunk.endOffset)
      return
    }
    handout.delivered(item, chunk.nextOffset)
    const result = eachRecord?.(new ConsumerRecord(source, chunk))
    // A handler that does its work at once costs no turn of the event loop.
    if (isThenable(result)) await result
    handout.notePoll()
    handout.processed(item, chunk.nextOffset)
  }
}

/** Whatever can be waited for: query builders and promise libraries return their own. */
function isThenable(result: unknown): result is PromiseLike<void> {
  return typeof (result as { then?: unknown } | null | undefined)?.then === 'function'
}
