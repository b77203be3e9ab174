// One operation of `Admin` on whichever broker: what its case is given, and what cases ask again and again.
import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { type Admin, type KafkaError, Producer, UnsupportedVersionError } from '@millrace/client'
import { eventually, type TestCluster, whyNot } from '@millrace/testkit'

/** Names of the methods that ask brokers for something. */
export type Operation = {
  [Name in keyof Admin]: Name extends string
    ? Admin[Name] extends (...args: never[]) => Promise<unknown>
      ? Name
      : never
    : never
}[keyof Admin]

/** What a case has: a cluster that others use as well. */
export interface World extends TestCluster {
  readonly admin: Admin
}

/** Calls the operation with good and with bad input, and looks at what has come of it. */
export type AdminCase = (world: World) => Promise<void>

/** The code of an outcome’s error; undefined where it has none. */
export function codeOf(outcome: { readonly error: KafkaError | undefined } | undefined): string | undefined {
  assert.ok(outcome, 'there is no outcome')
  return outcome.error?.code
}

/** Fails unless a call is rejected with an error of this code. */
export async function rejectsWith(call: Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  await assert.rejects(call, (error: KafkaError) => {
    assert.ok(codes.includes(error.code), `${error.code} is none of ${codes.join(', ')}: ${error.message}`)
    return true
  })
}

/** Waits until brokers say so: Apache Kafka's hear of a change a moment after its controller has made it. */
export async function settles<T>(read: () => Promise<T>, expected: T): Promise<void> {
  let found: T | undefined
  try {
    await eventually('as expected', async () => isDeepStrictEqual((found = await read()), expected))
  } catch {
    assert.deepEqual(found, expected)
  }
}

/** A topic of one partition with so many records, a millisecond apart from `1_000` on. */
export async function topicWith({ brokers, createTopic }: World, records: number): Promise<string> {
  const topic = await createTopic()
  await using producer = new Producer({ brokers })
  await producer.sendBatch(
    Array.from({ length: records }, (_, index) => ({
      topic,
      partition: 0,
      value: `${index}`,
      timestamp: 1_000 + index,
    })),
  )
  return topic
}

/**
 * Runs a case of an API that a broker may not have. Where it has not, the operation has to say so, by the name of the API.
 */
export async function whereOffered(
  world: World,
  api: { readonly key: number; readonly name: string },
  call: () => Promise<unknown>,
  run: () => Promise<void>,
): Promise<void> {
  if ((await whyNot(world, api)) === undefined) return run()
  await assert.rejects(call(), (error: Error) => {
    assert.ok(error instanceof UnsupportedVersionError, String(error))
    assert.match(error.message, new RegExp(`does not offer ${api.name}`))
    return true
  })
}
