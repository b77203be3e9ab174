// Looks over batches that are about to be appended. Pure: nothing changes, so that a refusal leaves nothing behind.
import { LogError } from '../api/errors.ts'
import type { AppendFate, AppendInfo } from '../api/types.ts'
import {
  attributesOf,
  batchHeaderBytes,
  batchMagic,
  isControl,
  isLogAppendTime,
  lastOffsetDeltaOf,
  magicOf,
  maxTimestampOf,
  producerIdOf,
  sizeOf,
} from '../format/batch.ts'
import type { RememberedBatch } from '../producers/producer-entry.ts'
import type { CheckOptions, ProducerStates } from '../producers/producer-states.ts'

export interface Inspection {
  /** The append repeats this one. */
  readonly duplicate: RememberedBatch | undefined
  readonly maxTimestamp: number
  /** Offsets that the batches take. */
  readonly offsetCount: number
}

/** Throws a `LogError` when the batches may not be appended. */
export function inspectBatches(
  batches: Buffer,
  producers: ProducerStates,
  options: CheckOptions,
): Inspection {
  let duplicate: RememberedBatch | undefined
  let maxTimestamp = -1
  let offsetCount = 0
  let at = 0
  while (at < batches.length) {
    const size = frameSize(batches, at)
    const delta = lastOffsetDeltaOf(batches, at)
    if (delta < 0) throw new LogError('CORRUPT_MESSAGE', `a batch whose last offset delta is ${delta}`)
    if (options.client && isControl(attributesOf(batches, at)))
      throw new LogError('INVALID_RECORD', 'a control batch from a client')
    if (producerIdOf(batches, at) >= 0) {
      if (size !== batches.length) {
        // Each would have to be checked against the state that the one before it leaves; nobody sends that.
        throw new LogError('INVALID_RECORD', 'a batch with a producer id has to be appended alone')
      }
      duplicate = options.client ? producers.findDuplicate(batches, at) : undefined
      if (!duplicate) producers.check(batches, at, options)
    }
    maxTimestamp = Math.max(maxTimestamp, maxTimestampOf(batches, at))
    offsetCount += delta + 1
    at += size
  }
  if (offsetCount === 0) throw new LogError('INVALID_RECORD', 'an append without a batch')
  return { duplicate, maxTimestamp, offsetCount }
}

function frameSize(batches: Buffer, at: number): number {
  const available = batches.length - at
  if (available < batchHeaderBytes)
    throw new LogError('CORRUPT_MESSAGE', `${available} bytes are less than a batch header`)
  if (magicOf(batches, at) !== batchMagic)
    throw new LogError('CORRUPT_MESSAGE', `a batch of magic ${magicOf(batches, at)}; the log holds magic 2`)
  const size = sizeOf(batches, at)
  if (size < batchHeaderBytes || size > available)
    throw new LogError('CORRUPT_MESSAGE', `a batch of ${size} bytes, ${available} are there`)
  return size
}

/** What an append is told whose batch is in the log already. */
export function duplicateInfo(
  { lastOffset, offsetDelta, timestamp }: RememberedBatch,
  batches: Buffer,
  logStartOffset: number,
  fate: AppendFate,
): AppendInfo {
  return {
    baseOffset: lastOffset - offsetDelta,
    lastOffset,
    logAppendTimeMs: isLogAppendTime(attributesOf(batches, 0)) ? timestamp : -1,
    logStartOffset,
    duplicate: true,
    fate,
  }
}
