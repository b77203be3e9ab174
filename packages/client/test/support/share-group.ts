// A share consumer of a share group in memory, and how tests wait for what becomes of its records.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AcknowledgeOutcome,
  ShareConsumer,
  type ShareConsumerOptions,
  type ShareRecord,
} from '../../src/index.ts'
import { FakeCluster } from './fake-broker.ts'
import { FakeShareGroup } from './fake-share-group.ts'

export function setUp(counts: number[], options: Partial<ShareConsumerOptions> = {}, leaders?: number[]) {
  const brokers = [...new Set(leaders ?? [1])]
  const cluster = new FakeCluster(brokers)
  const topic = cluster.topic('t', leaders ?? counts.map(() => 1))
  const group = new FakeShareGroup(cluster, topic, counts, options.clock)
  const outcomes: AcknowledgeOutcome[] = []
  const make = (more: Partial<ShareConsumerOptions> = {}) => {
    const consumer = new ShareConsumer({
      brokers: cluster.bootstrap,
      network: cluster.network,
      groupId: 'g',
      retryBackoffMs: 1,
      retryBackoffMaxMs: 5,
      reconnectBackoffMs: 1,
      onAcknowledged: told => void outcomes.push(...told),
      ...options,
      ...more,
    })
    consumer.subscribe('t')
    return consumer
  }
  return { cluster, topic, group, outcomes, make, consumer: make() }
}

export const range = (count: number) => Array.from({ length: count }, (_, index) => index)
export const soon = () => ({ signal: AbortSignal.timeout(8_000) })
export const values = (records: readonly ShareRecord[]) => records.map(({ value }) => value!.toString())

export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 8_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`it did not come about: ${what}`)
    await sleep(2)
  }
}
