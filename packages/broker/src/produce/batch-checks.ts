// Checks the batches of a produce request before any of them is appended: at once, or, as soon as that would be too much, in slices, one request
// after the other.
import type { Clock } from '@millrace/runtime'
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { checkSliceMs } from '../limits.ts'
import { Slices } from '../slices.ts'
import { type BatchRules, validateAtOnce } from './validate.ts'

/** Of one partition in a produce request. */
export interface Unchecked {
  readonly records: readonly Buffer[] | null
  readonly rules: BatchRules
}

/** The batch to append, or why there is none. Undefined for what was not to be checked. */
export type Checked = Buffer | Error | undefined

/** The request that the batches came with. */
export interface Checking {
  readonly broker: BrokerCore
  /** It has kept the event loop for so many milliseconds after its handler has yielded. */
  spent(timeMs: number): void
}

/** Checks batches in their order. A promise where they are too much for one turn of the event loop; it rejects when the broker closes. */
export function checkBatches(
  batches: readonly (Unchecked | undefined)[],
  request: Checking,
): readonly Checked[] | Promise<readonly Checked[]> {
  const checked: Checked[] = []
  for (const batch of batches) {
    if (!batch) checked.push(undefined)
    else {
      try {
        const valid = validateAtOnce(batch.records, batch.rules)
        if (!valid) return request.broker.service(slowChecks).finish(batches, checked, request)
        checked.push(valid)
      } catch (error) {
        checked.push(error as Error)
      }
    }
  }
  return checked
}

/**
 * One request after the other: what large batches become takes memory, of which there would be as much as there are clients, and the thread pool has
 * others to serve.
 */
class SlowChecks implements Service {
  readonly #clock: Clock
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Checks what is not checked yet, when it is its turn. Rejects when the broker closes. */
  finish(
    batches: readonly (Unchecked | undefined)[],
    checked: readonly Checked[],
    request: Checking,
  ): Promise<readonly Checked[]> {
    const left = batches.slice(checked.length)
    const turn = this.#last.then(async () => [...checked, ...(await this.#check(left, request))])
    this.#last = turn.catch(() => {
      // The request hears of it.
    })
    return turn
  }

  async #check(batches: readonly (Unchecked | undefined)[], request: Checking): Promise<Checked[]> {
    const { validateInSlices } = await import('./slow-validation.ts')
    const slices = new Slices(this.#clock, checkSliceMs)
    const checked: Checked[] = []
    for (const batch of batches) {
      if (this.#closed) throw new Error('the broker is closing')
      checked.push(batch && (await validateInSlices(batch.records, batch.rules, slices).catch(asError)))
    }
    slices.end()
    request.spent(slices.busyMs)
    return checked
  }

  /** Requests under way end at their next batch. */
  close(): void {
    this.#closed = true
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

const slowChecks: ServiceDefinition<SlowChecks> = {
  name: 'slow checks',
  open: ({ clock }) => new SlowChecks(clock),
}
