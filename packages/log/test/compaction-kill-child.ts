// The process that `compaction-kill.test.ts` kills: appends records without end while the log is compacted, and says what was acknowledged. Key and value
// of each follow from its offset.
// node compaction-kill-child.ts <directory> <fsync>
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { RecordBatchWriter } from '@millrace/protocol'
import { defaultCleanerSettings, defaultLogConfig } from '../src/index.ts'
import { keyAt, valueAt } from './compaction-kill-records.ts'
import { openLogs, topicId } from './log-fixture.ts'

const recordsPerBatch = 20
const [directory, fsync] = process.argv.slice(2)
const limits = { journalMaxBytes: 30_000, tailMaxBytes: 50_000, recoveryBytesMax: 20_000 }
const config = {
  ...defaultLogConfig,
  segmentBytes: 4_000,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0.01,
  deleteRetentionMs: 0,
  fileDeleteDelayMs: 0,
}

const logs = await openLogs(directory!, { fsync: fsync === 'group' ? 'group' : 'never', limits })
const log = logs.get('t', 0) ?? logs.create('t', 0, topicId, config)
log.configure(config)
logs.startCleaner({ ...defaultCleanerSettings, backoffMs: 1 })
for (;;) {
  const writer = new RecordBatchWriter()
  for (let offset = log.logEndOffset, left = recordsPerBatch; left > 0; offset++, left--)
    writer.append(Date.now(), keyAt(offset), valueAt(offset))
  const { lastOffset } = log.append(writer.finish())
  await logs.commit('durable')
  // The pipe must have it before the next append, so that what the parent has read was acknowledged.
  writeSync(1, `${lastOffset} ${logs.cleanerFigures.cleanings}\n`)
  // Not faster than the log can be compacted.
  await setTimeout(2)
}
