// What tests of the applications share: an application that is asked by HTTP, and states that are waited for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Most that a test waits for anything, in ms. */
export const patienceMs = 60_000

/** What a server has answered. */
export interface Answered<T = unknown> {
  readonly status: number
  readonly body: T
}

/** Asks an application. */
export type Ask = <T = unknown>(method: string, path: string, body?: object) => Promise<Answered<T>>

/** Asks the application at an address. */
export function askAt(address: string): Ask {
  return async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(address + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
}

/** Waits until `look` finds something. Throws when it does not in time, with what it saw last. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  timeoutMs = patienceMs,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`${what}: not in ${timeoutMs} ms`)
    await sleep(50)
  }
}

/** A folder that is removed by the second function. */
export function temporaryDir(name: string): readonly [path: string, remove: () => void] {
  const path = mkdtempSync(join(tmpdir(), `${name}-`))
  return [path, () => rmSync(path, { recursive: true, force: true })]
}

/** Brokers that tests are to use; undefined for some of their own. */
export function testBrokers(): readonly string[] | undefined {
  return process.env['KAFKA_URI']?.split(',')
}
