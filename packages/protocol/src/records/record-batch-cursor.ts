// Walks the records of a batch one by one, reading only where they are. See layout.ts for the bytes.
import { decompressRecords } from './batch-edit.ts'
import type { BatchHeader } from './batch-header.ts'
import { RecordsError } from './errors.ts'
import { recordBytesMin, recordsAt } from './layout.ts'
import { LegacyMessages } from './legacy-messages.ts'
import { type BatchRecord, noHeaders, type RecordHeader } from './record.ts'
import { checkRecordHeaders, readRecordHeaders } from './record-headers.ts'
import { readTimestampDelta, readVarint, varintEnd } from './varint.ts'

const emptyBuffer = Buffer.alloc(0)

/**
 * A cursor over the records of one batch after another:
 *
 *     cursor.open(header)
 *     while (cursor.next()) use(cursor.offset, cursor.value())
 *
 * It stands before the first record until `next`. Its fields describe the current record and hold until the
 * next call; `key`, `value` and `headers` are views of the batch's memory and stay good. `next` throws
 * RecordsError when the bytes are not what the format says; nothing outside the batch is ever read.
 */
export class RecordBatchCursor {
  /** What the positions below refer to: the batch's own memory, or its decompressed records. */
  buffer: Buffer = emptyBuffer
  magic = 2
  offset = 0
  /** Milliseconds of the epoch, −1 when the record has none; beyond ±(2^53−1) the nearest number. */
  timestamp = 0
  keyStart = 0
  /** −1 for a null key. */
  keyLength = -1
  valueStart = 0
  /** −1 for a null value: a tombstone. */
  valueLength = -1
  /** Where the part of the record that does not depend on its place begins: the key's length. */
  bodyStart = 0
  /** Where the header count stands. */
  headersStart = 0
  recordEnd = 0
  /** Records not yet passed. */
  remaining = 0

  #end = 0
  #baseOffset = 0
  #baseTimestamp = 0
  #logAppendTime = false
  #legacy: LegacyMessages | undefined

  /**
   * Stands before the first record of the batch. A compressed one is decompressed here, at once and to at
   * most `bytesMax` bytes (default 128 MiB): throws DecompressionError. Throws RecordsError when the batch
   * states an impossible record count.
   */
  open(header: BatchHeader, bytesMax?: number): this {
    if (header.magic !== 2) return this.#openLegacy(header, bytesMax)
    if (header.compressionBits === 0)
      return this.#openRange(header, header.buffer, header.start + recordsAt, header.end)
    return this.openRecords(header, decompressRecords(header, bytesMax))
  }

  /** The same with the records of a magic 2 batch that the caller has decompressed. */
  openRecords(header: BatchHeader, records: Buffer): this {
    return this.#openRange(header, records, 0, records.length)
  }

  #openRange(header: BatchHeader, buffer: Buffer, start: number, end: number): this {
    const count = header.recordCount
    if (count < 0 || count * recordBytesMin > end - start)
      throw new RecordsError('INVALID_RECORD', `${count} records in ${end - start} bytes`)
    this.buffer = buffer
    this.magic = 2
    this.remaining = count
    this.recordEnd = start
    this.#end = end
    this.#baseOffset = header.baseOffset
    this.#logAppendTime = header.isLogAppendTime
    this.#baseTimestamp = this.#logAppendTime ? header.maxTimestamp : header.baseTimestamp
    this.#legacy = undefined
    return this
  }

  #openLegacy(header: BatchHeader, bytesMax?: number): this {
    this.#legacy = new LegacyMessages(header, bytesMax)
    this.buffer = this.#legacy.buffer
    this.magic = header.magic
    this.remaining = this.#legacy.count
    return this
  }

  /**
   * Moves to the next record; false when there is none. Longer than it could be: the one- and two-byte
   * varints are inline, which is what nearly all records have.
   */
  next(): boolean {
    if (this.remaining === 0) {
      if (this.#legacy === undefined && this.recordEnd !== this.#end)
        throw this.#malformed('has bytes behind its last record')
      return false
    }
    if (this.#legacy !== undefined) return this.#nextLegacy(this.#legacy)
    const { buffer } = this
    const end = this.#end
    let at = this.recordEnd
    if (at + recordBytesMin > end) throw this.#malformed('ends before its last record')

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
      length = readVarint(buffer, at, end)
      at = varintEnd.at
    }
    // Sizes are compared as distances: a claimed length may be as large as 2^31.
    if (length < recordBytesMin - 1 || length > end - at)
      throw this.#malformed(`has a record of ${length} bytes`)
    const recordEnd = at + length
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
      timestampDelta = readTimestampDelta(buffer, at, recordEnd)
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
      offsetDelta = readVarint(buffer, at, recordEnd)
      at = varintEnd.at
    }

    this.bodyStart = at
    byte = buffer[at]!
    let keyLength: number
    if (byte < 0x80) {
      keyLength = (byte >>> 1) ^ -(byte & 1)
      at += 1
    } else {
      keyLength = readVarint(buffer, at, recordEnd)
      at = varintEnd.at
    }
    this.keyStart = at
    this.keyLength = keyLength
    if (keyLength > 0) {
      if (keyLength > recordEnd - at) throw this.#malformed(`has a key of ${keyLength} bytes`)
      at += keyLength
    } else if (keyLength < -1) throw this.#malformed(`has a key of ${keyLength} bytes`)

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
      valueLength = readVarint(buffer, at, recordEnd)
      at = varintEnd.at
    }
    this.valueStart = at
    this.valueLength = valueLength
    if (valueLength > 0) at += valueLength
    // At least the header count must be left. Reads above may have gone past a malformed record's end: this
    // catches them all.
    if (at >= recordEnd || valueLength < -1) throw this.#malformed(`has a value of ${valueLength} bytes`)

    this.headersStart = at
    this.recordEnd = recordEnd
    this.offset = this.#baseOffset + offsetDelta
    this.timestamp = this.#logAppendTime ? this.#baseTimestamp : this.#baseTimestamp + timestampDelta
    this.remaining--
    return true
  }

  #nextLegacy(messages: LegacyMessages): boolean {
    messages.next(this)
    this.remaining--
    return true
  }

  #malformed(what: string): RecordsError {
    return new RecordsError('INVALID_RECORD', `the batch at offset ${this.#baseOffset} ${what}`)
  }

  key(): Buffer | null {
    const { keyStart, keyLength } = this
    return keyLength < 0 ? null : this.buffer.subarray(keyStart, keyStart + keyLength)
  }

  value(): Buffer | null {
    const { valueStart, valueLength } = this
    return valueLength < 0 ? null : this.buffer.subarray(valueStart, valueStart + valueLength)
  }

  /** The key as UTF-8 text. */
  keyString(): string | null {
    const { keyStart, keyLength } = this
    return keyLength < 0 ? null : this.buffer.toString('utf8', keyStart, keyStart + keyLength)
  }

  /** The value as UTF-8 text. */
  valueString(): string | null {
    const { valueStart, valueLength } = this
    return valueLength < 0 ? null : this.buffer.toString('utf8', valueStart, valueStart + valueLength)
  }

  /** Whether the record has headers, without reading them. */
  get hasHeaders(): boolean {
    return this.magic === 2 && this.buffer[this.headersStart] !== 0
  }

  /** The record's headers; a shared empty list when there are none. Throws RecordsError. */
  headers(): readonly RecordHeader[] {
    if (!this.hasHeaders) return noHeaders
    return readRecordHeaders(this.buffer, this.headersStart, this.recordEnd)
  }

  /**
   * Throws RecordsError unless the record's headers are well formed and end where the record does. `next`
   * checks the rest.
   */
  checkHeaders(): void {
    if (this.magic === 2) checkRecordHeaders(this.buffer, this.headersStart, this.recordEnd)
  }

  record(): BatchRecord {
    return {
      offset: this.offset,
      timestamp: this.timestamp,
      key: this.key(),
      value: this.value(),
      headers: this.headers(),
    }
  }
}
