// The cluster that integration tests run against: an embedded broker, or whatever KAFKA_URI names.
import { Broker } from '@millrace/broker'
import {
  Admin,
  Cluster,
  Consumer,
  type ConsumerBatch,
  type ConsumerRecord,
  OffsetSpec,
  throwFirst,
} from '@millrace/client'

export interface TestCluster {
  /** What clients take as `brokers`. */
  readonly brokers: readonly string[]
  /** Makes a topic with a name of its own and returns the name. */
  readonly createTopic: (options?: {
    readonly partitions?: number
    readonly configs?: Readonly<Record<string, string>>
  }) => Promise<string>
  /** A name that no other test uses. */
  readonly uniqueName: (prefix: string) => string
}

let serial = 0

/**
 * Runs `use` with a cluster; an embedded one lives as long as the call, with settings of its own. Names are unique, so that a shared cluster serves
 * many runs.
 */
export async function withCluster(
  use: (cluster: TestCluster) => Promise<void>,
  config: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const uri = process.env['KAFKA_URI']
  const broker = uri
    ? undefined
    : await Broker.start({
        port: 0,
        config: { 'group.initial.rebalance.delay.ms': 0, 'log.fsync': 'never', ...config },
      })
  const brokers = uri ? uri.split(',') : [broker!.address]
  const admin = new Admin({ brokers })
  const uniqueName = (prefix: string) => `${prefix}-${Date.now().toString(36)}-${process.pid}-${++serial}`
  try {
    await use({
      brokers,
      uniqueName,
      async createTopic({ partitions = 1, configs = {} } = {}) {
        const name = uniqueName('topic')
        const [outcome] = await admin.createTopics([{ name, partitions, configs }])
        if (outcome?.error) throw outcome.error
        // A broker knows itself as the leader a little later: until then it refuses what is written, and others than we write some of it again.
        const all = Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition }))
        throwFirst(await admin.listOffsets(all.map(each => ({ ...each, timestamp: OffsetSpec.latest }))))
        return name
      },
    })
  } finally {
    admin.close()
    await broker?.close()
  }
}

/** Why a test cannot run against a broker that does not offer an API, for `skip`; undefined where it does. */
export async function whyNot(
  { brokers }: TestCluster,
  api: { readonly key: number; readonly name: string },
): Promise<string | undefined> {
  await using cluster = new Cluster({ brokers })
  const ranges = await cluster.apiRanges()
  return ranges.has(api.key) ? undefined : `the broker does not offer ${api.name} (key ${api.key})`
}

/** The next `count` records, by a loop over records that ends with them: the last one counts as processed, too. */
export async function takeRecords<K, V>(
  consumer: Consumer<K, V>,
  count: number,
  timeoutMs = 20_000,
): Promise<ConsumerRecord<K | null, V | null>[]> {
  const records: ConsumerRecord<K | null, V | null>[] = []
  for await (const record of consumer.records({ signal: AbortSignal.timeout(timeoutMs) })) {
    records.push(record)
    consumer.markProcessed(record)
    if (records.length >= count) break
  }
  return records
}

/** Everything that is committed in a topic, once no transaction is open in it: markers are written behind the answer to a commit. */
export async function readCommitted(
  brokers: readonly string[],
  topic: string,
  partitions = 1,
): Promise<ConsumerRecord[]> {
  await using admin = new Admin({ brokers })
  const all = Array.from({ length: partitions }, (_, partition) => ({
    topic,
    partition,
    timestamp: OffsetSpec.latest,
  }))
  const ends = async (isolationLevel: 'read_committed' | 'read_uncommitted') =>
    (await admin.listOffsets(all, { isolationLevel })).map(({ offset }) => offset).join()
  await eventually(`no transaction is open in "${topic}"`, async () => {
    const stable = await ends('read_committed')
    return stable === (await ends('read_uncommitted'))
  })
  return readTopic(brokers, topic, partitions, 'read_committed')
}

/** Everything a topic holds, partition by partition, up to its end at the time of the call. */
export async function readTopic(
  brokers: readonly string[],
  topic: string,
  partitions = 1,
  isolationLevel: 'read_committed' | 'read_uncommitted' = 'read_uncommitted',
): Promise<ConsumerRecord[]> {
  await using consumer = new Consumer({ brokers, isolationLevel })
  const all = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
  const ends = await consumer.endOffsets(all)
  consumer.assign(all.map(entry => ({ ...entry, offset: 'earliest' })))
  const left = new Set(ends.filter(({ offset }) => offset > 0).map(({ partition }) => partition))
  const records: ConsumerRecord[] = []
  if (left.size === 0) return records
  const signal = AbortSignal.timeout(20_000)
  for await (const batch of consumer.batches({ signal })) {
    records.push(...batch)
    if (reaches(batch, ends)) left.delete(batch.partition)
    if (left.size === 0) break
  }
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
}

function reaches(batch: ConsumerBatch, ends: readonly { partition: number; offset: number }[]): boolean {
  return ends.some(({ partition, offset }) => partition === batch.partition && batch.endOffset >= offset)
}

/** Waits until `condition` holds; fails with `what` after `timeoutMs`. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`did not come about within ${timeoutMs} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
