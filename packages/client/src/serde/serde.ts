// How typed keys and values become bytes and come back.

/** Both directions for one type. `null` never reaches a serde: a null key or value stays null (a tombstone). */
export interface Serde<T> {
  /**
   * What goes into the record. A string is written as UTF-8 straight into the batch; bytes are copied there and must not change before.
   */
  serialize(value: T, topic: string): Uint8Array | string
  /** `bytes` shares memory with the fetched batch: copy what is to be kept as bytes. */
  deserialize(bytes: Buffer, topic: string): T
}

/** Bytes as they are. Received ones are views of the fetched batch. */
export const bytesSerde: Serde<Uint8Array> = {
  serialize: value => value,
  deserialize: bytes => bytes,
}

/** UTF-8 text: Kafka's `StringSerializer`. */
export const stringSerde: Serde<string> = {
  serialize: value => value,
  deserialize: bytes => bytes.toString('utf8'),
}

/** JSON text. The type is what the caller says: nothing checks it. */
export function jsonSerde<T>(): Serde<T> {
  return {
    serialize: value => JSON.stringify(value),
    deserialize: bytes => JSON.parse(bytes.toString('utf8')) as T,
  }
}

/** Big-endian 32-bit integers: Kafka's `IntegerSerializer`. Throws RangeError beyond ±2^31. */
export const int32Serde: Serde<number> = fixedSerde(
  4,
  (bytes, value) => bytes.writeInt32BE(value),
  bytes => bytes.readInt32BE(0),
)

/** Big-endian 64-bit integers as numbers: Kafka's `LongSerializer`. Throws RangeError beyond ±(2^53−1). */
export const int64Serde: Serde<number> = fixedSerde(
  8,
  (bytes, value) => {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`)
    bytes.writeInt32BE(Math.floor(value / 2 ** 32), 0)
    bytes.writeUInt32BE(value >>> 0, 4)
  },
  bytes => {
    const value = bytes.readInt32BE(0) * 2 ** 32 + bytes.readUInt32BE(4)
    if (!Number.isSafeInteger(value)) throw new RangeError('a 64-bit integer beyond 2^53−1')
    return value
  },
)

/** Big-endian IEEE 754 doubles: Kafka's `DoubleSerializer`. */
export const float64Serde: Serde<number> = fixedSerde(
  8,
  (bytes, value) => bytes.writeDoubleBE(value),
  bytes => bytes.readDoubleBE(0),
)

function fixedSerde(
  sizeBytes: number,
  write: (bytes: Buffer, value: number) => void,
  read: (bytes: Buffer) => number,
): Serde<number> {
  return {
    serialize(value) {
      const bytes = Buffer.allocUnsafe(sizeBytes)
      write(bytes, value)
      return bytes
    },
    deserialize(bytes) {
      if (bytes.length !== sizeBytes) throw new RangeError(`${bytes.length} bytes where ${sizeBytes} are due`)
      return read(bytes)
    },
  }
}
