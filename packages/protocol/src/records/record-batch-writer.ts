// Writes a record batch in place: the producer's hot path. See layout.ts for the bytes.
import { type FinishOptions, type FinishedFields, seal } from './batch-seal.ts'
import { BufferPool } from './buffer-pool.ts'
import { noTimestamp, recordsAt } from './layout.ts'
import { noHeaders, type RecordHeaderInit } from './record.ts'
import type { RecordBatchCursor } from './record-batch-cursor.ts'
import { recordHeadersBytes, writeRecordHeaders } from './record-headers.ts'
import { utf8Bytes, utf8SpareBytes, writeUtf8 } from './utf8.ts'
import { varintBytes, varlongBytes, writeVarint, writeVarlong } from './varint.ts'

export interface RecordBatchWriterOptions {
  /** Where buffers come from and where outgrown ones go back to. Default: a pool of the writer's own. */
  readonly pool?: BufferPool
  /** Size of the first buffer in bytes; it doubles as records come. Default 1 KiB. */
  readonly initialBytes?: number
}

/** What a batch starts from; only needed for records that have offsets already. */
export interface BatchStart {
  /** Offset of the batch. Default 0: a producer's. */
  readonly baseOffset?: number
  /** What timestamps are relative to. Default: the first record's timestamp. */
  readonly baseTimestamp?: number
}

type Bytes = Uint8Array | string | null

/** Offset and timestamp deltas, lengths and counts of one record are at most this long together. */
const recordOverheadBytesMax = 5 + 1 + 10 + 5 + 5 + 5 + 5

/**
 * Builds one batch after the other. Append records, `finish`, and the next append starts a new batch in
 * another buffer. Nothing is allocated per record. Keys and values as strings are written as UTF-8.
 */
export class RecordBatchWriter {
  readonly #pool: BufferPool
  #capacityBytes: number
  #buffer: Buffer | undefined
  /** End of the records written. */
  #at = recordsAt
  #count = 0
  #baseOffset = 0
  #nextOffset = 0
  #baseTimestamp = noTimestamp
  #hasBaseTimestamp = false
  #maxTimestamp = noTimestamp

  constructor(options: RecordBatchWriterOptions = {}) {
    this.#pool = options.pool ?? new BufferPool()
    this.#capacityBytes = options.initialBytes ?? 1024
  }

  get recordCount(): number {
    return this.#count
  }

  /** Size of the batch so far, header included, before compression. */
  get sizeInBytes(): number {
    return this.#at
  }

  /** Largest timestamp so far, −1 without records. */
  get maxTimestamp(): number {
    return this.#maxTimestamp
  }

  /** Drops what was appended and sets what the next batch starts from. */
  reset(start: BatchStart = {}): void {
    this.#at = recordsAt
    this.#count = 0
    this.#baseOffset = start.baseOffset ?? 0
    this.#nextOffset = this.#baseOffset
    this.#hasBaseTimestamp = start.baseTimestamp !== undefined
    this.#baseTimestamp = start.baseTimestamp ?? noTimestamp
    this.#maxTimestamp = noTimestamp
  }

  /**
   * Appends a record and returns its size in bytes. `timestamp` is in milliseconds of the epoch, a safe
   * integer.
   */
  append(
    timestamp: number,
    key: Bytes,
    value: Bytes,
    headers: readonly RecordHeaderInit[] = noHeaders,
  ): number {
    return this.#put(this.#nextOffset, timestamp, key, value, headers, Number.MAX_SAFE_INTEGER, false)
  }

  /**
   * The same, unless the batch would become larger than `sizeMax` bytes before compression: then nothing
   * changes and −1 comes back. The first record of a batch is bound by it as well; who wants it anyway
   * appends it.
   */
  tryAppend(
    sizeMax: number,
    timestamp: number,
    key: Bytes,
    value: Bytes,
    headers: readonly RecordHeaderInit[] = noHeaders,
  ): number {
    return this.#put(this.#nextOffset, timestamp, key, value, headers, sizeMax, false)
  }

  /** Appends a record at an offset of its own, which must be past that of the record before. */
  appendAt(
    offset: number,
    timestamp: number,
    key: Bytes,
    value: Bytes,
    headers: readonly RecordHeaderInit[] = noHeaders,
  ): number {
    if (offset < this.#nextOffset) throw new RangeError(`offset ${offset} after ${this.#nextOffset - 1}`)
    return this.#put(offset, timestamp, key, value, headers, Number.MAX_SAFE_INTEGER, false)
  }

  /**
   * Copies a cursor's record, at its offset and with its timestamp: the bytes from the key on go over as they
   * are.
   */
  appendFrom(cursor: RecordBatchCursor): number {
    const { offset, timestamp } = cursor
    if (cursor.magic !== 2) return this.appendAt(offset, timestamp, cursor.key(), cursor.value())
    if (offset < this.#nextOffset) throw new RangeError(`offset ${offset} after ${this.#nextOffset - 1}`)
    const tail = cursor.recordEnd - cursor.bodyStart
    const timestampDelta = this.#timestampDelta(timestamp)
    const offsetDelta = offset - this.#baseOffset
    const body = 1 + varlongBytes(timestampDelta) + varintBytes(offsetDelta) + tail
    const size = varintBytes(body) + body
    const buffer = this.#room(size)
    let at = writeVarint(buffer, this.#at, body)
    buffer[at++] = 0
    at = writeVarlong(buffer, at, timestampDelta)
    at = writeVarint(buffer, at, offsetDelta)
    cursor.buffer.copy(buffer, at, cursor.bodyStart, cursor.recordEnd)
    this.#advance(size, offset, timestamp)
    return size
  }

  /**
   * One function, straight through: this is where a producer's time goes. Strings are taken for ASCII at
   * first, so that they are passed over once; one that is not shows when it is written, and the record is
   * written again with `exact` lengths.
   */
  #put(
    offset: number,
    timestamp: number,
    key: Bytes,
    value: Bytes,
    headers: readonly RecordHeaderInit[],
    sizeMax: number,
    exact: boolean,
  ): number {
    const keyLength = key === null ? -1 : exact && typeof key === 'string' ? utf8Bytes(key) : key.length
    const valueLength =
      value === null ? -1 : exact && typeof value === 'string' ? utf8Bytes(value) : value.length
    const timestampDelta = this.#timestampDelta(timestamp)
    // Nearly every delta fits 32 bits; as an integer it stays out of floating point.
    const smallDelta = timestampDelta | 0
    const isSmall = smallDelta === timestampDelta
    const offsetDelta = offset - this.#baseOffset
    let body =
      2 +
      (isSmall ? varintBytes(smallDelta) : varlongBytes(timestampDelta)) +
      varintBytes(offsetDelta) +
      varintBytes(keyLength) +
      varintBytes(valueLength)
    if (keyLength !== -1) body += keyLength
    if (valueLength !== -1) body += valueLength
    if (headers.length > 0) body += recordHeadersBytes(headers, exact) - 1
    const size = varintBytes(body) + body
    if (this.#at + size > sizeMax) return -1

    const buffer = this.#room(size + utf8SpareBytes)
    let at = writeVarint(buffer, this.#at, body)
    buffer[at++] = 0
    at = isSmall ? writeVarint(buffer, at, smallDelta) : writeVarlong(buffer, at, timestampDelta)
    at = writeVarint(buffer, at, offsetDelta)
    at = writeVarint(buffer, at, keyLength)
    if (keyLength > 0) {
      if (typeof key !== 'string') buffer.set(key!, at)
      else if (!writeUtf8(buffer, at, key, keyLength))
        return this.#put(offset, timestamp, key, value, headers, sizeMax, true)
      at += keyLength
    }
    at = writeVarint(buffer, at, valueLength)
    if (valueLength > 0) {
      if (typeof value !== 'string') buffer.set(value!, at)
      else if (!writeUtf8(buffer, at, value, valueLength))
        return this.#put(offset, timestamp, key, value, headers, sizeMax, true)
      at += valueLength
    }
    if (headers.length === 0) buffer[at] = 0
    else if (!writeRecordHeaders(buffer, at, headers, exact))
      return this.#put(offset, timestamp, key, value, headers, sizeMax, true)
    this.#advance(size, offset, timestamp)
    return size
  }

  #timestampDelta(timestamp: number): number {
    if (!this.#hasBaseTimestamp) {
      if (!Number.isSafeInteger(timestamp))
        throw new RangeError(`${timestamp} is no timestamp in milliseconds: not a safe integer`)
      return 0
    }
    const delta = timestamp - this.#baseTimestamp
    if (!Number.isSafeInteger(delta))
      throw new RangeError(`${timestamp} is no timestamp in milliseconds: not a safe integer`)
    return delta
  }

  #advance(size: number, offset: number, timestamp: number): void {
    if (!this.#hasBaseTimestamp) {
      this.#hasBaseTimestamp = true
      this.#baseTimestamp = timestamp
    }
    if (timestamp > this.#maxTimestamp || this.#count === 0) this.#maxTimestamp = timestamp
    this.#at += size
    this.#nextOffset = offset + 1
    this.#count++
  }

  /** The buffer, with room for `bytes` more. */
  #room(bytes: number): Buffer {
    const buffer = this.#buffer
    return buffer !== undefined && this.#at + bytes <= buffer.length ? buffer : this.#grow(this.#at + bytes)
  }

  #grow(wanted: number): Buffer {
    // Not a number: something without a length came as a key or value from code without types.
    if (Number.isNaN(wanted)) throw new TypeError('keys and values are Uint8Array, string or null')
    if (wanted > 0x7fffffff) throw new RangeError(`a batch of ${wanted} bytes; the format holds 2 GiB`)
    const old = this.#buffer
    const capacity = old === undefined ? this.#capacityBytes : old.length * 2
    const next = this.#pool.acquire(Math.max(capacity, wanted))
    if (old !== undefined) {
      old.copy(next, recordsAt, recordsAt, this.#at)
      this.#pool.release(old)
    }
    this.#buffer = next
    return next
  }

  /**
   * Completes the batch and hands it over: a view of a buffer of the pool, to be given back with
   * `pool.release`. The writer is empty afterwards. Throws RangeError when there is no record, or more than a
   * batch can number.
   */
  finish(options: FinishOptions = {}): Buffer {
    const { codec } = options
    const { buffer, end, header } = this.#take(options)
    if (codec === undefined || codec.id === 0) return seal(buffer, end, header, options)
    return this.#pack(buffer, codec.compress(buffer.subarray(recordsAt, end), options.level), header, options)
  }

  /**
   * The same with the compression on the thread pool. The writer can take records of the next batch
   * meanwhile.
   */
  async finishAsync(options: FinishOptions = {}): Promise<Buffer> {
    const { codec } = options
    const { buffer, end, header } = this.#take(options)
    if (codec === undefined || codec.id === 0) return seal(buffer, end, header, options)
    const records = await codec.compressAsync(buffer.subarray(recordsAt, end), options.level)
    return this.#pack(buffer, records, header, options)
  }

  /** Puts compressed records where the others were: they almost always fit there. */
  #pack(buffer: Buffer, records: Buffer, header: FinishedFields, options: FinishOptions): Buffer {
    const end = recordsAt + records.length
    let target = buffer
    if (end > buffer.length) {
      target = this.#pool.acquire(end)
      this.#pool.release(buffer)
    }
    target.set(records, recordsAt)
    return seal(target, end, header, options)
  }

  /** Takes the batch out of the writer, which starts anew with a buffer as large as this batch needed. */
  #take(options: FinishOptions): { buffer: Buffer; end: number; header: FinishedFields } {
    if (this.#count === 0 && options.lastOffset === undefined) throw new RangeError('a batch without records')
    const lastOffset = options.lastOffset ?? this.#nextOffset - 1
    const lastOffsetDelta = lastOffset - this.#baseOffset
    if (lastOffset < this.#nextOffset - 1 || lastOffsetDelta < 0 || lastOffsetDelta > 0x7fffffff)
      throw new RangeError(`a batch from offset ${this.#baseOffset} to ${lastOffset}`)
    if (options.deleteHorizonMs !== undefined && options.deleteHorizonMs !== this.#baseTimestamp)
      throw new RangeError('a delete horizon must be the base timestamp that the batch was started with')
    const buffer = this.#buffer ?? this.#pool.acquire(recordsAt)
    const header: FinishedFields = {
      baseOffset: this.#baseOffset,
      lastOffsetDelta,
      baseTimestamp: this.#baseTimestamp,
      maxTimestamp: options.logAppendTimeMs ?? this.#maxTimestamp,
      recordCount: this.#count,
    }
    const end = this.#at
    this.#capacityBytes = buffer.length
    this.#buffer = undefined
    this.reset()
    return { buffer, end, header }
  }
}

/**
 * The most that one record can add to a batch: its exact size depends on the batch, its timestamp and its
 * place in it. For refusing a record before there is a batch.
 */
export function recordSizeUpperBound(
  key: Bytes,
  value: Bytes,
  headers: readonly RecordHeaderInit[] = noHeaders,
): number {
  let bytes = recordOverheadBytesMax
  if (key !== null) bytes += typeof key === 'string' ? utf8Bytes(key) : key.length
  if (value !== null) bytes += typeof value === 'string' ? utf8Bytes(value) : value.length
  return headers.length === 0 ? bytes : bytes + recordHeadersBytes(headers, true)
}
