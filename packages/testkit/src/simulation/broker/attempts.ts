// Repeats a request of the raw client until it is answered for good.
import { errorByCode } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost } from '../../sim/index.ts'
import { Violation } from '../violation.ts'

/** Long enough for every fault to end; after that an unanswered request is a broken promise of its own. */
const patienceMs = 600_000

/**
 * Runs `attempt` until it returns something other than `undefined`, with a pause in between. An attempt that throws (connection lost,
 * refused, timed out) or returns `undefined` (a retriable error code) is repeated.
 */
export async function untilAnswered<T>(
  host: SimHost,
  what: string,
  attempt: (number: number) => Promise<T | undefined>,
): Promise<T> {
  const startedMs = host.clock.monotonic()
  for (let number = 0; ; number++) {
    try {
      const answer = await attempt(number)
      if (answer !== undefined) return answer
    } catch (error) {
      if (error instanceof Violation) throw error
    }
    if (host.clock.monotonic() - startedMs > patienceMs) {
      throw new Violation(
        'the run comes to its end',
        `${what} failed for ${patienceMs} ms, ${number + 1} times`,
      )
    }
    await sleep(host.clock, 50 + host.random.float() * 200)
  }
}

/**
 * Runs `attempt` at once, and once more, by `again`, when what it goes `behind` is through: as clients do with batches that are in flight
 * together. `attempt` does as in `untilAnswered`.
 */
export async function sentBehind<T>(
  behind: Promise<unknown>,
  attempt: () => Promise<T | undefined>,
  again: () => Promise<T>,
): Promise<T> {
  try {
    const answer = await attempt()
    if (answer !== undefined) return answer
  } catch (error) {
    if (error instanceof Violation) throw error
  }
  await behind
  return await again()
}

/** True for no error, false for one that may pass; throws a `Violation` for one that a correct broker cannot give here. */
export function passes(errorCode: number, what: string, alsoRetried: readonly number[] = []): boolean {
  if (errorCode === 0) return true
  const { name, retriable } = errorByCode(errorCode)
  if (retriable || alsoRetried.includes(errorCode)) return false
  throw new Violation('the run comes to its end', `${what} is refused with ${name}`)
}
