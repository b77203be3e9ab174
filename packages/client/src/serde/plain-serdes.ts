// Serdes for what Kafka's own clients have serializers for: the same bytes.
import type { Serde } from './serde.ts'

/** Callers without types may take text for bytes, or bytes for text: either way it is clear what is to be written. */
function asItIs<T>(value: T, kind: string): T {
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  throw new TypeError(`${shown(value)} is no ${kind}`)
}

const bytesSerde: Serde<Buffer, Uint8Array> = {
  serialize: value => asItIs(value, 'bytes'),
  deserialize: bytes => bytes,
}

/** Bytes as they are (`ByteArraySerializer`). Received ones are views of the fetched batch. */
export const bytes = (): Serde<Buffer, Uint8Array> => bytesSerde

const stringSerde: Serde<string> = {
  serialize: value => asItIs(value, 'text'),
  deserialize: received => received.toString('utf8'),
}

/** UTF-8 text (`StringSerializer`). Malformed bytes are read as replacement characters, as by Java. */
export const string = (): Serde<string> => stringSerde

const int16Serde = fixedSerde<number>(
  2,
  (written, value) => written.writeInt16BE(whole(value)),
  read => read.readInt16BE(0),
)

/** Big-endian 16-bit integers (`ShortSerializer`). Refuses fractions, and numbers beyond ±2^15. */
export const int16 = (): Serde<number> => int16Serde

const int32Serde = fixedSerde<number>(
  4,
  (written, value) => written.writeInt32BE(whole(value)),
  read => read.readInt32BE(0),
)

/** Big-endian 32-bit integers (`IntegerSerializer`). Refuses fractions, and numbers beyond ±2^31. */
export const int32 = (): Serde<number> => int32Serde

const int64Serde = fixedSerde<number>(
  8,
  (written, value) => {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${shown(value)} is not a safe integer`)
    written.writeInt32BE(Math.floor(value / 2 ** 32), 0)
    written.writeUInt32BE(value >>> 0, 4)
  },
  read => {
    const value = read.readInt32BE(0) * 2 ** 32 + read.readUInt32BE(4)
    if (!Number.isSafeInteger(value))
      throw new RangeError('a 64-bit integer beyond 2^53−1, which bigint64() reads')
    return value
  },
)

/** Big-endian 64-bit integers as numbers (`LongSerializer`). Refuses those beyond ±(2^53−1): {@link bigint64} takes all. */
export const int64 = (): Serde<number> => int64Serde

const bigint64Serde = fixedSerde<bigint>(
  8,
  (written, value) => {
    if (typeof value !== 'bigint') throw new TypeError(`${shown(value)} is no bigint, as 5n is one`)
    written.writeBigInt64BE(value)
  },
  read => read.readBigInt64BE(0),
)

/** Big-endian 64-bit integers (`LongSerializer`), all of them. */
export const bigint64 = (): Serde<bigint> => bigint64Serde

const float32Serde = fixedSerde<number>(
  4,
  (written, value) => written.writeFloatBE(numeric(value)),
  read => read.readFloatBE(0),
)

/** Big-endian IEEE 754 single precision (`FloatSerializer`). */
export const float32 = (): Serde<number> => float32Serde

const float64Serde = fixedSerde<number>(
  8,
  (written, value) => written.writeDoubleBE(numeric(value)),
  read => read.readDoubleBE(0),
)

/** Big-endian IEEE 754 double precision (`DoubleSerializer`). */
export const float64 = (): Serde<number> => float64Serde

const booleanSerde = fixedSerde<boolean>(
  1,
  (written, value) => {
    if (typeof value !== 'boolean') throw new TypeError(`${shown(value)} is neither true nor false`)
    written[0] = value ? 1 : 0
  },
  read => {
    const value = read[0]!
    if (value > 1) throw new RangeError(`the byte ${value} is neither 0 (false) nor 1 (true)`)
    return value === 1
  },
)

/** One byte, 0 or 1 (`BooleanSerializer`). */
export const boolean = (): Serde<boolean> => booleanSerde

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** In lower case, as `java.util.UUID.toString` has it. */
function checkUuid(text: string): string {
  const uuid = text.toLowerCase()
  if (uuidPattern.test(uuid)) return uuid
  throw new TypeError(
    `${JSON.stringify(text.slice(0, 50))} is no UUID: 123e4567-e89b-42d3-a456-426614174000 is one`,
  )
}

const uuidSerde: Serde<string> = {
  serialize(value) {
    if (typeof value === 'string') return checkUuid(value)
    throw new TypeError(`${shown(value)} is no text`)
  },
  deserialize: received => checkUuid(received.toString('latin1')),
}

/** A UUID as text of 36 characters (`UUIDSerializer`), in lower case. */
export const uuid = (): Serde<string> => uuidSerde

/** Node would write text as the number that it looks like, or 0, and cut fractions off. */
function whole(value: number): number {
  if (Number.isInteger(value)) return value
  throw new TypeError(`${shown(value)} is no whole number`)
}

function numeric(value: number): number {
  if (typeof value === 'number') return value
  throw new TypeError(`${shown(value)} is no number`)
}

/** A value in an error: text as such, and of objects nothing that may be long. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 50))
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

function fixedSerde<T>(
  sizeBytes: number,
  write: (written: Buffer, value: T) => void,
  read: (received: Buffer) => T,
): Serde<T> {
  return {
    serialize(value) {
      const written = Buffer.allocUnsafe(sizeBytes)
      write(written, value)
      return written
    },
    deserialize(received) {
      if (received.length !== sizeBytes)
        throw new RangeError(`${received.length} bytes where ${sizeBytes} are due`)
      return read(received)
    },
  }
}
