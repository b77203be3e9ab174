// Divides a batch that a broker refuses into parts that may go on by themselves.
import { readBatchHeader, RecordBatchCursor } from '@millrace/protocol'
import { invariant, violated } from '@millrace/runtime'
import type { Accumulator } from './accumulator.ts'
import type { ProduceBatch } from './produce-batch.ts'

/**
 * The parts of a closed batch, in order, of which each begins at one of `starts`: rising indexes of its records, the first of which is 0. They report to
 * the same delivery.
 */
export function splitBatch(
  batch: ProduceBatch,
  starts: readonly number[],
  accumulator: Accumulator,
): ProduceBatch[] {
  const { queue, delivery, createdAt, firstIndex, recordCount, bytes } = batch
  invariant(bytes !== undefined, 'a batch that a broker has seen is closed')
  const cursor = new RecordBatchCursor().open(readBatchHeader(bytes))
  const parts = starts.map(start => accumulator.open(queue, delivery, createdAt, firstIndex + start))
  let at = 0
  let index = 0
  for (; cursor.next(); index++) {
    if (index === starts[at + 1]) at++
    const part = parts[at]!
    const size = part.writer!.append(cursor.timestamp, cursor.key(), cursor.value(), cursor.headers())
    part.recordCount++
    accumulator.countSplit(part, size)
  }
  if (index !== recordCount) violated(`a batch of ${recordCount} records has so many, not ${index}`)
  for (const part of parts) {
    invariant(part.recordCount > 0, 'a part has records')
    part.attempts = batch.attempts
    part.codec = batch.codec
  }
  delivery.splitInto(parts.length)
  return parts
}
