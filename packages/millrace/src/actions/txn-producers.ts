// `millrace txn producers`: what it does, and finding the partitions that a command line names.
import type { Admin, ProducerState, TopicPartition } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import { parsePartitions } from '../format/partition-list.ts'
import type { Column } from '../output/table.ts'
import { printRows } from '../output/terminal.ts'
import { choosePartitions } from './choose-partitions.ts'
import { withAdmin } from './connect.ts'

/** A producer in a partition. */
type ProducerRow = TopicPartition & ProducerState

const orNone = (value: number): number | null => (value < 0 ? null : value)

const columns: readonly Column<ProducerRow>[] = [
  { title: 'TOPIC', value: row => row.topic },
  { title: 'PART', value: row => row.partition },
  { title: 'PRODUCER', value: row => row.producerId },
  { title: 'EPOCH', value: row => row.producerEpoch },
  { title: 'SEQUENCE', value: row => orNone(row.lastSequence), numeric: true },
  {
    title: 'OPEN FROM',
    value: row => orNone(row.transactionStartOffset),
    numeric: true,
    isAlarming: row => row.transactionStartOffset >= 0,
  },
  { title: 'LAST WRITE', value: row => shortTime(row.lastTimestamp) },
]

const shortTime = (timestampMs: number): string | null =>
  timestampMs < 0 ? null : new Date(timestampMs).toISOString().slice(0, 19)

export async function describeProducers(
  topics: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const partitions = await partitionsNamed(admin, topics, 'topic', context)
    const described = await admin.describeProducers(partitions, { signal: context.signal })
    for (const { error } of described) if (error) throw error
    const rows = described.flatMap(({ topic, partition, producers }) =>
      producers.map(producer => ({ topic, partition, ...producer })),
    )
    await printRows(context.terminal, rows, columns, options.json ?? false)
  })
}

/** Partitions that `topic` or `topic:0,1,2` mean; of nothing, those of all topics. Throws for one that does not exist. */
export async function partitionsNamed(
  admin: Admin,
  texts: readonly string[],
  what: string,
  { signal }: Context,
): Promise<TopicPartition[]> {
  const choices =
    texts.length > 0
      ? texts.map(text => parsePartitions(text, what))
      : (await admin.listTopics({ signal })).map(({ name }) => ({ topic: name, partitions: undefined }))
  return choosePartitions(admin, choices, signal)
}
