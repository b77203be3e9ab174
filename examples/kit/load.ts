// A load by HTTP: so many requests a second, no more than a few hundred under way.
import { setTimeout as sleep } from 'node:timers/promises'

const inFlightMax = 200
const requestTimeoutMs = 30_000

export interface LoadOptions {
  readonly seconds: number
  /** Requests a second. */
  readonly rate: number
  /** Asks once. Says whether it was taken; throws when nobody answered. */
  readonly send: (signal: AbortSignal) => Promise<boolean>
  /** Ends it before its time. Default: nothing does. */
  readonly signal?: AbortSignal
}

export interface LoadReport {
  readonly taken: number
  readonly refused: number
  readonly seconds: number
}

/** Resolves when all requests are answered. The first error is told of on standard error. */
export async function drive({ seconds, rate, send, signal }: LoadOptions): Promise<LoadReport> {
  let [taken, refused, inFlight] = [0, 0, 0]
  const one = async () => {
    inFlight++
    try {
      if (await send(AbortSignal.timeout(requestTimeoutMs))) taken++
      else refused++
    } catch (error) {
      if (refused++ === 0) console.error(`a request failed: ${(error as Error).message}`)
    } finally {
      inFlight--
    }
  }
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1_000
  for (let sent = 0; elapsed() < seconds && !signal?.aborted; ) {
    const due = elapsed() * rate
    for (; sent < due && inFlight < inFlightMax; sent++) void one()
    await sleep(5)
  }
  while (inFlight > 0) await sleep(10)
  return { taken, refused, seconds: elapsed() }
}
