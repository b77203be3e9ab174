// Divides a batch that a broker finds too large into two with half the records each.
import { type Codec, readBatchHeader, RecordBatchCursor } from '@millrace/protocol'
import { violated } from '@millrace/runtime'
import type { Accumulator } from './accumulator.ts'
import type { ProduceBatch } from './produce-batch.ts'

/** The two halves of a closed batch with at least two records, in order. They report to the same delivery. */
export function splitBatch(
  batch: ProduceBatch,
  accumulator: Accumulator,
  codec: Codec,
  level: number | undefined,
): ProduceBatch[] {
  const { queue, delivery, createdAt, firstIndex, recordCount } = batch
  const cursor = new RecordBatchCursor().open(readBatchHeader(batch.bytes ?? batch.seal(codec, level)))
  const middle = Math.floor(recordCount / 2)
  const halves = [
    accumulator.open(queue, delivery, createdAt, firstIndex),
    accumulator.open(queue, delivery, createdAt, firstIndex + middle),
  ]
  let index = 0
  for (; cursor.next(); index++) {
    const half = halves[index < middle ? 0 : 1]!
    const size = half.writer!.append(cursor.timestamp, cursor.key(), cursor.value(), cursor.headers())
    half.recordCount++
    accumulator.countSplit(half, size)
  }
  if (index !== recordCount) violated(`a batch of ${recordCount} records has so many, not ${index}`)
  for (const half of halves) half.attempts = batch.attempts
  delivery.splitInto(halves.length)
  return halves
}
