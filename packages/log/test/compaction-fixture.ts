// What the tests of compaction share: batches with keys, segments of them, and what is left in a log.
import assert from 'node:assert/strict'
import {
  batches,
  type FinishOptions,
  RecordBatchCursor,
  RecordBatchWriter,
  writeTransactionMarker,
} from '@millrace/protocol'
import type { LogManager, PartitionLog } from '../src/index.ts'

/** Of topics whose segments are cleaned as soon as anything in them is old. */
export const compacted = { cleanupCompact: true, cleanupDelete: false, minCleanableDirtyRatio: 0.01 }

export type Pair = readonly [key: string | null, value: string | null]

export function pairs(
  records: readonly Pair[],
  options: FinishOptions & { timestamp?: number } = {},
): Buffer {
  const writer = new RecordBatchWriter()
  const { timestamp = 1000, ...rest } = options
  for (const [key, value] of records) writer.append(timestamp, key, value)
  return writer.finish(rest)
}

export function marker(producerId: number, commit: boolean, timestamp = 1000): Buffer {
  return writeTransactionMarker({ producerId, producerEpoch: 0, coordinatorEpoch: 0, commit, timestamp })
}

export const transaction = (producerId: number, baseSequence: number): FinishOptions => ({
  producerId,
  producerEpoch: 0,
  baseSequence,
  transactional: true,
})

interface Survivors {
  /** `offset key=value`, control records as `offset abort`. */
  readonly records: string[]
  /** First and last offset of each batch, and how many records are in it. */
  readonly batches: string[]
}

/** What is read from the log start on. */
export async function survivors(log: PartitionLog): Promise<Survivors> {
  const found: Survivors = { records: [], batches: [] }
  for (let at = log.logStartOffset; at < log.highWatermark; ) {
    const { chunks, nextOffset, release } = await log.read(at, 1 << 20)
    const cursor = new RecordBatchCursor()
    for (const chunk of chunks) {
      for (const header of batches(chunk)) {
        found.batches.push(`${header.baseOffset}-${header.lastOffset}:${header.recordCount}`)
        cursor.open(header)
        while (cursor.next()) {
          const text = header.isControl ? 'marker' : `${cursor.keyString()}=${cursor.valueString()}`
          found.records.push(`${cursor.offset} ${text}`)
        }
      }
    }
    release?.()
    assert.ok(nextOffset > at, `a read at ${at} moves on`)
    at = nextOffset
  }
  return found
}

export async function cleanAll(logs: LogManager): Promise<number> {
  let count = 0
  while (await logs.cleanDirtiest()) count++
  return count
}

/** Appends a batch and closes the segment behind it. */
export async function segment(logs: LogManager, log: PartitionLog, ...appended: Buffer[]): Promise<void> {
  for (const batch of appended) log.append(batch, { origin: 'coordinator', verification: 'off' })
  await logs.commit('durable')
  log.roll()
}
