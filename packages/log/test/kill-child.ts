// The process that `kill.test.ts` kills: appends to several partitions without end and says what was acknowledged.
// node kill-child.ts <directory> <fsync> <partitions>
import { writeSync } from 'node:fs'
import { batchOf, openLogs, topicId } from './log-fixture.ts'

const [directory, fsync, partitions] = process.argv.slice(2)
const limits = {
  journalMaxBytes: 30_000,
  tailMaxBytes: 50_000,
  recoveryBytesMax: 20_000,
  directFilesUnsyncedMax: 8,
}
const logs = await openLogs(directory!, { fsync: fsync === 'group' ? 'group' : 'never', limits })
const all = Array.from(
  { length: Number(partitions) },
  (_, partition) => logs.get('t', partition) ?? logs.create('t', partition, topicId),
)
for (let round = 0; ; round++) {
  const touched = all.filter((_, partition) => (round + partition) % 3 !== 0)
  const offsets = touched.map(log => {
    const { lastOffset } = log.append(batchOf([`${log.logEndOffset}`.padEnd(round % 500, '.')]))
    return `${log.partition}:${lastOffset}`
  })
  await logs.commit('durable')
  // The pipe must have it before the next append, so that what the parent has read was acknowledged.
  writeSync(1, `${offsets.join(' ')}\n`)
}
