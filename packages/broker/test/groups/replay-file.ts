// What the coordinator loads from a segment of `__consumer_offsets`, written down.
import { readFileSync } from 'node:fs'
import type { PartitionLog } from '@millrace/log'
import { batches } from '@millrace/protocol'
import { replay } from '../../src/coordination/replay.ts'
import type { GroupSnapshot } from '../../src/groups/classic/group-snapshot.ts'
import { OffsetTable } from '../../src/groups/offset-table.ts'
import { readOffsetsRecord } from '../../src/groups/offsets-records.ts'

/** One line a group and offset. Times are left out. */
export async function replayFile(file: string): Promise<string> {
  const bytes = readFileSync(file)
  const end = [...batches(bytes)].at(-1)?.nextOffset ?? 0
  const log = {
    topic: '__consumer_offsets',
    partition: 0,
    logStartOffset: 0,
    highWatermark: end,
    read: () => ({ chunks: [bytes], sizeInBytes: bytes.length, nextOffset: end }),
  }
  const offsets = new OffsetTable()
  const snapshots = new Map<string, GroupSnapshot>()
  await replay(log as unknown as PartitionLog, {
    record: (key, value, { isTransactional, producerId }, offset) => {
      const entry = readOffsetsRecord(key, value)
      if (entry?.type === 'offset') {
        if (isTransactional) offsets.addToTransaction(producerId, entry.change, offset)
        else offsets.apply(entry.change, offset)
      } else if (entry?.type === 'classic') {
        if (entry.snapshot) snapshots.set(entry.groupId, entry.snapshot)
        else snapshots.delete(entry.groupId)
      }
      return entry !== undefined
    },
    marker: (producerId, committed, offset) => offsets.endTransaction(producerId, committed, offset),
    finish: () => ({ index: 0 }),
  })
  const lines: string[] = []
  for (const [groupId, { protocolType, generation, protocol, leader, members }] of snapshots) {
    const list = members.map(({ memberId, groupInstanceId }) => `${memberId}/${groupInstanceId}`).sort()
    lines.push(`group ${groupId}: ${protocolType} ${generation} ${protocol} ${leader} ${list.join(' ')}`)
  }
  for (const groupId of offsets.groupIds()) {
    for (const [topic, partitions] of offsets.topics(groupId)) {
      for (const [partition, { offset, leaderEpoch, metadata, topicId }] of partitions) {
        lines.push(`offset ${groupId} ${topic}-${partition}: ${offset} ${leaderEpoch} ${topicId} ${metadata}`)
      }
    }
  }
  return `${lines.sort().join('\n')}\n`
}
