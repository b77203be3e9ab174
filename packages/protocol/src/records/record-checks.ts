// Walks every record of a batch to check what its header cannot show. No allocation per record.
import { decompressRecords } from './batch-edit.ts'
import type { BatchHeader } from './batch-header.ts'
import { RecordsError } from './errors.ts'
import { noTimestamp, recordBytesMin, recordsAt } from './layout.ts'
import { checkRecordHeaders } from './record-headers.ts'
import { RecordBatchCursor } from './record-batch-cursor.ts'
import { readTimestampDelta, readVarint, varintEnd } from './varint.ts'

export interface RecordLimits {
  /** Null keys are refused: the topic is compacted. Default false. */
  readonly keyRequired?: boolean
  /** Timestamps below and above are refused, in milliseconds of the epoch. Default: none are. */
  readonly timestampMin?: number
  readonly timestampMax?: number
  /** How much the batch may become when it is decompressed. Default 128 MiB. */
  readonly decompressedBytesMax?: number
}

export interface RecordFindings {
  /** −1 when no record has one. */
  readonly maxTimestamp: number
  /** Offset of the first record with that timestamp. */
  readonly maxTimestampOffset: number
}

/**
 * Checks that a batch (magic 2) holds exactly the records its header states, that their offsets count up from the base offset,
 * that lengths are exact, and the limits. Throws RecordsError (`INVALID_RECORD` or `INVALID_TIMESTAMP`, with
 * the indexes of the records at fault), or DecompressionError. Pass decompressed records when they are at hand.
 */
export function checkRecords(
  header: BatchHeader,
  limits: RecordLimits = {},
  decompressed?: Buffer,
): RecordFindings {
  const state = begin(header, limits, decompressed)
  walk(state, header.recordCount)
  return findingsOf(state)
}

/** The same, some records at a time. The header must stay as it is meanwhile. */
export class RecordChecks {
  readonly #walk: Walk

  /** Throws as `checkRecords` does. */
  constructor(header: BatchHeader, limits: RecordLimits = {}, decompressed?: Buffer) {
    this.#walk = begin(header, limits, decompressed)
  }

  /** Checks so many further records: what was found once there are no more, else undefined. Throws as `checkRecords` does. */
  step(recordsMax: number): RecordFindings | undefined {
    const state = this.#walk
    const { recordCount } = state.header
    walk(state, Math.min(state.index + recordsMax, recordCount))
    return state.index < recordCount ? undefined : findingsOf(state)
  }
}

/** How far the records of a batch are checked, and what was found in them. */
interface Walk {
  readonly header: BatchHeader
  readonly limits: RecordLimits
  readonly buffer: Buffer
  readonly start: number
  readonly end: number
  at: number
  index: number
  smallestDelta: number
  largestDelta: number
  largestIndex: number
  withoutKey: number[] | undefined
}

function begin(header: BatchHeader, limits: RecordLimits, decompressed: Buffer | undefined): Walk {
  if (header.magic !== 2) throw new RangeError(`a batch of magic ${header.magic}; magic 2 is wanted`)
  const isPlain = header.compressionBits === 0
  const buffer = isPlain
    ? header.buffer
    : (decompressed ?? decompressRecords(header, limits.decompressedBytesMax))
  const start = isPlain ? header.start + recordsAt : 0
  const end = isPlain ? header.end : buffer.length
  const { recordCount } = header
  if (recordCount < 0 || recordCount * recordBytesMin > end - start)
    throw malformed(header, `states ${recordCount} records in ${end - start} bytes`)
  return {
    header,
    limits,
    buffer,
    start,
    end,
    at: start,
    index: 0,
    smallestDelta: 0,
    largestDelta: 0,
    largestIndex: 0,
    withoutKey: undefined,
  }
}

/** Checks the records in front of the one with index `until`. */
function walk(state: Walk, until: number): void {
  const { header, buffer, end } = state
  const { keyRequired = false } = state.limits
  let { at, smallestDelta, largestDelta, largestIndex } = state
  // A hot loop: it sees every record that a broker takes. Varints of one and two bytes, nearly all there are, are read where they
  // stand. Such a read may go past the record, never past the memory, and whatever it found is refused where the record ends.
  for (let index = state.index; index < until; index++) {
    if (at + recordBytesMin > end) throw malformed(header, `ends before record ${index}`)
    let byte = buffer[at]!
    let length: number
    if (byte < 0x80) {
      length = (byte >>> 1) ^ -(byte & 1)
      at += 1
    } else if (buffer[at + 1]! < 0x80) {
      byte = (byte & 0x7f) | (buffer[at + 1]! << 7)
      length = (byte >>> 1) ^ -(byte & 1)
      at += 2
    } else {
      length = lengthAt(header, buffer, at, end)
      at = varintEnd.at
    }
    // Sizes are compared as distances: a claimed length may be as large as 2^31.
    if (length < recordBytesMin - 1 || length > end - at)
      throw malformed(header, `has a record of ${length} bytes`)
    const recordEnd = at + length
    // The attributes, one byte, mean nothing yet.
    at += 1

    byte = buffer[at]!
    let timestampDelta: number
    if (byte < 0x80) {
      timestampDelta = (byte >>> 1) ^ -(byte & 1)
      at += 1
    } else if (buffer[at + 1]! < 0x80) {
      byte = (byte & 0x7f) | (buffer[at + 1]! << 7)
      timestampDelta = (byte >>> 1) ^ -(byte & 1)
      at += 2
    } else {
      timestampDelta = timeAt(header, buffer, at, recordEnd)
      at = varintEnd.at
    }

    byte = buffer[at]!
    let offsetDelta: number
    if (byte < 0x80) {
      offsetDelta = (byte >>> 1) ^ -(byte & 1)
      at += 1
    } else if (buffer[at + 1]! < 0x80) {
      byte = (byte & 0x7f) | (buffer[at + 1]! << 7)
      offsetDelta = (byte >>> 1) ^ -(byte & 1)
      at += 2
    } else {
      offsetDelta = lengthAt(header, buffer, at, recordEnd)
      at = varintEnd.at
    }
    if (offsetDelta !== index) throw offsetFault(header, index, offsetDelta)

    byte = buffer[at]!
    let keyLength: number
    if (byte < 0x80) {
      keyLength = (byte >>> 1) ^ -(byte & 1)
      at += 1
    } else {
      keyLength = lengthAt(header, buffer, at, recordEnd)
      at = varintEnd.at
    }
    if (keyLength > 0) {
      if (keyLength > recordEnd - at) throw malformed(header, `has a key of ${keyLength} bytes`)
      at += keyLength
    } else if (keyLength < 0) {
      if (keyLength < -1) throw malformed(header, `has a key of ${keyLength} bytes`)
      if (keyRequired) (state.withoutKey ??= []).push(index)
    }

    byte = buffer[at]!
    let valueLength: number
    if (byte < 0x80) {
      valueLength = (byte >>> 1) ^ -(byte & 1)
      at += 1
    } else if (buffer[at + 1]! < 0x80) {
      byte = (byte & 0x7f) | (buffer[at + 1]! << 7)
      valueLength = (byte >>> 1) ^ -(byte & 1)
      at += 2
    } else {
      valueLength = lengthAt(header, buffer, at, recordEnd)
      at = varintEnd.at
    }
    if (valueLength > 0) at += valueLength
    // At least the header count must be left.
    if (at >= recordEnd || valueLength < -1) throw malformed(header, `has a value of ${valueLength} bytes`)
    if (at + 1 !== recordEnd || buffer[at] !== 0) checkHeadersAt(header, buffer, at, recordEnd)
    at = recordEnd

    if (index === 0) {
      smallestDelta = timestampDelta
      largestDelta = timestampDelta
    } else if (timestampDelta > largestDelta) {
      largestDelta = timestampDelta
      largestIndex = index
    } else if (timestampDelta < smallestDelta) smallestDelta = timestampDelta
  }
  state.at = at
  state.index = until
  state.smallestDelta = smallestDelta
  state.largestDelta = largestDelta
  state.largestIndex = largestIndex
}

function findingsOf(state: Walk): RecordFindings {
  const { header, buffer, start, end, at, withoutKey } = state
  const { timestampMin = -Infinity, timestampMax = Infinity } = state.limits
  const { baseTimestamp, baseOffset, isLogAppendTime } = header
  if (at !== end) throw malformed(header, `has ${end - at} bytes behind its last record`)
  if (withoutKey !== undefined)
    throw new RecordsError('INVALID_RECORD', 'a compacted topic takes no record without a key', withoutKey)
  if (header.recordCount === 0) return { maxTimestamp: noTimestamp, maxTimestampOffset: baseOffset }
  const smallest = isLogAppendTime ? header.maxTimestamp : baseTimestamp + state.smallestDelta
  const largest = isLogAppendTime ? header.maxTimestamp : baseTimestamp + state.largestDelta
  if (smallest < timestampMin || largest > timestampMax)
    checkTimes(header, buffer.subarray(start, end), timestampMin, timestampMax)
  return {
    maxTimestamp: Math.max(largest, noTimestamp),
    maxTimestampOffset: baseOffset + (isLogAppendTime ? 0 : state.largestIndex),
  }
}

/** Names the records that are too old or too new, if any: those without a time are neither. */
function checkTimes(header: BatchHeader, records: Buffer, timestampMin: number, timestampMax: number): void {
  const outOfTime: number[] = []
  const cursor = new RecordBatchCursor().openRecords(header, records)
  for (let index = 0; cursor.next(); index++) {
    const { timestamp } = cursor
    if (timestamp !== noTimestamp && (timestamp < timestampMin || timestamp > timestampMax))
      outOfTime.push(index)
  }
  if (outOfTime.length === 0) return
  const what = `${outOfTime.length} timestamps are not within ${timestampMin}…${timestampMax}`
  throw new RecordsError('INVALID_TIMESTAMP', what, outOfTime)
}

function malformed(header: BatchHeader, what: string): RecordsError {
  return new RecordsError('INVALID_RECORD', `the batch at offset ${header.baseOffset} ${what}`)
}

function offsetFault({ baseOffset }: BatchHeader, index: number, delta: number): RecordsError {
  const what = `record ${index} of the batch at offset ${baseOffset} has offset ${baseOffset + delta}`
  return new RecordsError('INVALID_RECORD', what, [index])
}

/** The rare long forms. A varint that is none makes the record invalid; Kafka calls only the whole batch corrupt. */
function lengthAt(header: BatchHeader, buffer: Buffer, at: number, end: number): number {
  try {
    return readVarint(buffer, at, end)
  } catch (error) {
    throw malformed(header, `has a record with a broken number: ${(error as Error).message}`)
  }
}

function timeAt(header: BatchHeader, buffer: Buffer, at: number, end: number): number {
  try {
    return readTimestampDelta(buffer, at, end)
  } catch (error) {
    throw malformed(header, `has a record with a broken timestamp: ${(error as Error).message}`)
  }
}

function checkHeadersAt(header: BatchHeader, buffer: Buffer, at: number, end: number): void {
  try {
    checkRecordHeaders(buffer, at, end)
  } catch (error) {
    throw malformed(header, `has ${(error as Error).message}`)
  }
}
