// What tests of services share.
import { type AnyTopic, Admin, Consumer, json, Producer, string } from '@millrace/client'
import { events, type ServiceOptions } from '@millrace/service'
import { eventually, type TestCluster } from '@millrace/testkit'

/** A topic of numbered events. */
export function numbersTopic(name: string) {
  return events(name, { counted: json<{ n: number }>() }, { key: string() })
}

export type NumbersTopic = ReturnType<typeof numbersTopic>

/** Writes events `from` ≤ n < `to`, with the key that `keyOf` says, to the partition that `partitionOf` says. */
export async function count(
  brokers: readonly string[],
  topic: NumbersTopic,
  to: number,
  {
    from = 0,
    keyOf = (n: number) => `key-${n % 10}`,
    partitionOf = undefined as ((n: number) => number) | undefined,
  } = {},
): Promise<void> {
  await using producer = new Producer({ brokers })
  await producer.send(
    Array.from({ length: to - from }, (_, index) => {
      const n = from + index
      return {
        topic,
        key: keyOf(n),
        value: { type: 'counted' as const, data: { n } },
        ...(partitionOf && { partition: partitionOf(n) }),
      }
    }),
  )
}

/** Options that make groups quick. */
export function quick({ brokers }: Pick<TestCluster, 'brokers'>): Omit<ServiceOptions, 'name'> {
  return {
    brokers,
    commitIntervalMs: 50,
    consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 },
  }
}

/** What a group has committed, by partition. */
export async function committedOf(
  brokers: readonly string[],
  groupId: string,
  topic: AnyTopic | string,
  partitions = 1,
): Promise<({ offset: number; metadata: string } | undefined)[]> {
  await using consumer = new Consumer({ brokers, groupId })
  const name = typeof topic === 'string' ? topic : topic.name
  return await consumer.committed(
    Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition })),
  )
}

/** Waits until a group has nothing left to do of topics. */
export async function caughtUp(
  brokers: readonly string[],
  groupId: string,
  topics: readonly string[],
): Promise<void> {
  await using admin = new Admin({ brokers })
  await eventually(`group ${groupId} has caught up`, async () => {
    const [group] = await admin.describeGroupLag([groupId])
    const partitions = group?.partitions.filter(({ topic }) => topics.includes(topic)) ?? []
    return partitions.length > 0 && partitions.every(({ lag }) => lag === 0)
  })
}

/** A promise with its ends outside. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open: () => void = () => {}
  const passed = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, passed }
}
