// One member of the group, as a process of its own: tells its parent of each batch, then commits it. Killed without warning when its time has come.
import { crc32 } from 'node:zlib'
import { Consumer } from '@millrace/client'

/** What a reader tells of a batch: offsets and what it read, short enough to send. */
export interface BatchNote {
  readonly partition: number
  /** For each record: offset, row of the data set, CRC-32 of key and value. */
  readonly records: readonly (readonly [offset: number, row: number, checksum: number])[]
}

const [brokers = '', topic = '', groupId = ''] = process.argv.slice(2)
const consumer = new Consumer({
  brokers: brokers.split(','),
  groupId,
  autoOffsetReset: 'earliest',
  autoCommit: false,
  sessionTimeoutMs: 6000,
})
consumer.subscribe(topic)
process.on('disconnect', () => process.exit(0))

for await (const batch of consumer.batches()) {
  const records = batch.toArray().map(({ offset, key, value }) => {
    const { row } = JSON.parse(value?.toString() ?? '{}') as { row: number }
    return [offset, row, crc32(value ?? '', crc32(key ?? ''))] as const
  })
  const note: BatchNote = { partition: batch.partition, records }
  // First the result is out, then the offset is committed: a death in between repeats the batch, it never loses it.
  await new Promise(resolve => process.send?.(note, resolve))
  await consumer.commit()
}
