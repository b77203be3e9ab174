// Reads messages of magic 0 and 1, the formats before Kafka 0.11, plain or wrapped. See layout.ts for the bytes.
import { codecById } from '../compression/codecs.ts'
import { mendLz4Header } from '../compression/lz4.ts'
import type { BatchHeader } from './batch-header.ts'
import { verifyBatchCrc } from './batch-crc.ts'
import { batchSizeInBytes, readBatchHeader } from './batch-header.ts'
import { corrupt } from './errors.ts'
import { readInt32 } from './int64.ts'
import { messageBodyAt } from './layout.ts'
import type { RecordBatchCursor } from './record-batch-cursor.ts'

const lz4Id = 3

interface Body {
  keyStart: number
  keyLength: number
  valueStart: number
  valueLength: number
}

/** Where key and value of an old message stand. Throws RecordsError unless they fill the message exactly. */
function readBody(message: BatchHeader): Body {
  const { buffer, end } = message
  const keyStart = message.start + messageBodyAt + (message.magic === 1 ? 8 : 0) + 4
  if (keyStart + 4 > end) throw corrupt(`a message of ${message.sizeInBytes} bytes`)
  const keyLength = readInt32(buffer, keyStart - 4)
  if (keyLength < -1 || keyLength > end - keyStart - 4)
    throw corrupt(`a message with a key of ${keyLength} bytes`)
  const valueStart = keyStart + Math.max(keyLength, 0) + 4
  const valueLength = readInt32(buffer, valueStart - 4)
  if (valueLength < -1 || Math.max(valueLength, 0) !== end - valueStart)
    throw corrupt(`a message with a value of ${valueLength} bytes, ${end - valueStart} left`)
  return { keyStart, keyLength, valueStart, valueLength }
}

/**
 * The messages behind one entry of an old message set. An entry that is not compressed is its own only
 * message. In a compressed one, magic 0 gives every inner message its absolute offset; magic 1 counts them
 * from 0 and gives the wrapper the offset of the last (KIP-31), and a wrapper with the broker's time gives
 * that to all (KIP-32).
 */
export class LegacyMessages {
  readonly buffer: Buffer
  readonly count: number
  readonly #wrapper: BatchHeader
  readonly #compressed: boolean
  readonly #offsetBase: number
  #at: number

  constructor(wrapper: BatchHeader, bytesMax?: number) {
    this.#wrapper = wrapper
    this.#compressed = wrapper.compressionBits !== 0
    if (!this.#compressed) {
      this.buffer = wrapper.buffer
      this.#at = wrapper.start
      this.#offsetBase = 0
      this.count = 1
      return
    }
    this.buffer = unwrap(wrapper, bytesMax)
    this.#at = 0
    let count = 0
    let lastOffset = 0
    for (let at = 0; at < this.buffer.length; count++) {
      const inner = this.#inner(at)
      lastOffset = inner.baseOffset
      at = inner.end
    }
    if (count === 0) throw corrupt(`the compressed message at offset ${wrapper.baseOffset} holds none`)
    this.count = count
    this.#offsetBase = wrapper.magic === 1 ? wrapper.baseOffset - lastOffset : 0
  }

  /** Reads and checks the inner message at `at`. */
  #inner(at: number): BatchHeader {
    const inner = readBatchHeader(this.buffer, at)
    if (inner.magic !== this.#wrapper.magic || inner.compressionBits !== 0)
      throw corrupt(
        `a message of magic ${inner.magic} and compression ${inner.compressionBits} ` +
          `in a compressed one of magic ${this.#wrapper.magic}`,
      )
    return inner
  }

  /** Fills the cursor with the next message. Only called while there is one. */
  next(cursor: RecordBatchCursor): void {
    const message = this.#compressed ? this.#inner(this.#at) : this.#wrapper
    if (this.#compressed) verifyBatchCrc(message, `the message set at offset ${this.#wrapper.baseOffset}`)
    const body = readBody(message)
    cursor.offset = this.#offsetBase + message.baseOffset
    cursor.timestamp = this.#wrapper.isLogAppendTime ? this.#wrapper.maxTimestamp : message.maxTimestamp
    cursor.keyStart = body.keyStart
    cursor.keyLength = body.keyLength
    cursor.valueStart = body.valueStart
    cursor.valueLength = body.valueLength
    cursor.bodyStart = body.keyStart - 4
    cursor.headersStart = message.end
    cursor.recordEnd = message.end
    this.#at = message.end
  }
}

function unwrap(wrapper: BatchHeader, bytesMax?: number): Buffer {
  const { valueStart, valueLength } = readBody(wrapper)
  if (valueLength < 0) throw corrupt(`the compressed message at offset ${wrapper.baseOffset} has no value`)
  const value = wrapper.buffer.subarray(valueStart, valueStart + valueLength)
  const id = wrapper.compression
  const input = wrapper.magic === 0 && id === lz4Id ? mendLz4Header(value) : value
  const inner = codecById(id)!.decompress(input, bytesMax)
  // A message at the end that is cut off cannot be what a producer compressed.
  const size = batchSizeInBytes(inner, 0)
  if (size === undefined)
    throw corrupt(`the compressed message at offset ${wrapper.baseOffset} holds ${inner.length} bytes`)
  return inner
}
