// The cluster that integration tests run against: an embedded broker, or whatever KAFKA_URI names.
import { Broker } from '@millrace/broker'
import { Admin, Consumer, type ConsumerBatch, type ConsumerRecord } from '@millrace/client'

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

/** Runs `use` with a cluster; an embedded one lives as long as the call. Names are unique, so that a shared cluster serves many runs. */
export async function withCluster(use: (cluster: TestCluster) => Promise<void>): Promise<void> {
  const uri = process.env['KAFKA_URI']
  const broker = uri
    ? undefined
    : await Broker.start({
        port: 0,
        config: { 'group.initial.rebalance.delay.ms': 0, 'log.fsync': 'never' },
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
        return name
      },
    })
  } finally {
    admin.close()
    await broker?.close()
  }
}

/** The next `count` records, by a loop over records that ends with them: the last one counts as processed, too. */
export async function takeRecords<K, V>(
  consumer: Consumer<K, V>,
  count: number,
  timeoutMs = 20_000,
): Promise<ConsumerRecord<K, V>[]> {
  const records: ConsumerRecord<K, V>[] = []
  for await (const record of consumer.records({ signal: AbortSignal.timeout(timeoutMs) })) {
    records.push(record)
    consumer.markProcessed(record)
    if (records.length >= count) break
  }
  return records
}

/** Everything a topic holds, partition by partition, up to its end at the time of the call. */
export async function readTopic(
  brokers: readonly string[],
  topic: string,
  partitions = 1,
): Promise<ConsumerRecord[]> {
  await using consumer = new Consumer({ brokers })
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
