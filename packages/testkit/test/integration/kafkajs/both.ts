// Runs a program of KafkaJS's API with KafkaJS itself and with ours, against the same cluster, and holds what it returns of both to be the same.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as ours from '@millrace/client/kafkajs'
import { type TestCluster, withCluster } from '@millrace/testkit'

export type Library = typeof ours

const require = createRequire(import.meta.url)
const theirs = require('kafkajs') as Library

/** What a program works with. */
export interface Stage extends TestCluster {
  readonly library: Library
  /** A `Kafka` of the library that tells nothing and tries again soon. */
  readonly kafka: ours.Kafka
  /** Log entries of it, from warnings on. */
  readonly log: ours.LogEntry[]
  /** Has `work` done when the program is over, however it ends. */
  readonly finally: (work: () => unknown) => void
}

const timeout = 120_000

async function run<T>(
  library: Library,
  cluster: TestCluster,
  program: (stage: Stage) => Promise<T>,
): Promise<T> {
  const log: ours.LogEntry[] = []
  const ends: (() => unknown)[] = []
  const kafka = new library.Kafka({
    clientId: 'both',
    brokers: [...cluster.brokers],
    retry: { initialRetryTime: 50, maxRetryTime: 500 },
    logLevel: library.logLevel.WARN,
    logCreator: () => entry => void log.push(entry),
  })
  try {
    return await program({ ...cluster, library, kafka, log, finally: work => void ends.push(work) })
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

/** A test that a program returns the same with both libraries. `expected` beside it is what that is, where it can be written down. */
export function both<T>(name: string, program: (stage: Stage) => Promise<T>, expected?: T): void {
  test(name, { timeout }, () =>
    withCluster(async cluster => {
      const found = await run(ours, cluster, program)
      if (expected !== undefined) assert.deepEqual(found, expected)
      assert.deepEqual(found, await run(theirs, cluster, program))
    }),
  )
}

/** A test of ours alone, where KafkaJS does otherwise and the documentation says so. */
export function oursAlone(name: string, program: (stage: Stage) => Promise<void>): void {
  test(name, { timeout }, () => withCluster(cluster => run(ours, cluster, program)))
}

/** An error as applications tell them apart. */
export async function failure(work: Promise<unknown> | (() => unknown)): Promise<object> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    return shape(error as Error)
  }
  return { name: 'none' }
}

/** What decides about an error. */
export function shape(caught: Error): object {
  const { name, retriable, type, code, cause } = caught as Error & {
    readonly retriable?: boolean
    readonly type?: string
    readonly code?: number
  }
  const of = cause instanceof Error ? (cause as typeof caught & { readonly type?: string }) : undefined
  const origin = name === 'KafkaJSNumberOfRetriesExceeded' ? { cause: of?.name, causeType: of?.type } : {}
  return { name, retriable, type, code, ...origin }
}

/** Resolves when `condition` holds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 40_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`did not come about: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
