// Batches of records that are not what they say: for produce requests that Kafka looks into and refuses, or takes.
import { type Codec, type CompressionName, codecs, crc32c } from '@millrace/protocol'

export const damaged = (batch: Buffer): Buffer => {
  const copy = Buffer.from(batch)
  copy[copy.length - 1]! ^= 0xff
  return copy
}

/** Where fields of a record batch are; the checksum covers what follows it. */
const field = {
  baseOffset: 0,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  maxTimestamp: 35,
  count: 57,
  records: 61,
} as const

/** A batch that says something else, with a checksum that is right all the same. */
function forged(batch: Buffer, edit: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(batch)
  edit(copy)
  copy.writeUInt32BE(crc32c(copy.subarray(field.attributes)), field.crc)
  return copy
}

/** The batch with its records changed and then compressed, and the result changed once more. */
function compressed(
  batch: Buffer,
  codec: Codec,
  change: (records: Buffer) => Buffer = records => records,
  damage: (bytes: Buffer) => Buffer = bytes => bytes,
): Buffer {
  const bytes = damage(codec.compress(change(batch.subarray(field.records))))
  return forged(Buffer.concat([batch.subarray(0, field.records), bytes]), copy => {
    copy.writeInt32BE(copy.length - 12, 8)
    copy.writeInt16BE(codec.id, field.attributes)
  })
}

type Forgery = readonly [string, (batch: Buffer) => Buffer]

function compressedForgeries(name: CompressionName): Forgery[] {
  const codec = codecs[name]
  const prose = Buffer.from('this was never compressed by anybody, in whatever format there may be')
  const edits: Readonly<Record<string, (copy: Buffer) => void>> = {
    'more records announced than there are': copy => {
      copy.writeInt32BE(2, field.lastOffsetDelta)
      copy.writeInt32BE(3, field.count)
    },
    'fewer records announced than there are': copy => {
      copy.writeInt32BE(0, field.lastOffsetDelta)
      copy.writeInt32BE(1, field.count)
    },
    'another largest timestamp': copy => copy.writeBigInt64BE(1n, field.maxTimestamp),
  }
  return [
    [`${name}: as it should be`, batch => compressed(batch, codec)],
    [`${name}: bytes that are not compressed`, batch => compressed(batch, codec, undefined, () => prose)],
    [`${name}: cut off`, batch => compressed(batch, codec, undefined, bytes => bytes.subarray(0, -2))],
    [
      `${name}: bytes behind the last record`,
      batch => compressed(batch, codec, records => Buffer.concat([records, Buffer.alloc(9)])),
    ],
    [
      `${name}: a value longer than the batch`,
      batch =>
        compressed(batch, codec, records => {
          const copy = Buffer.from(records)
          // Of the first record: length, attributes, two deltas, key length, two bytes of key, value length.
          copy[7] = 0x7e
          return copy
        }),
    ],
    ...Object.entries(edits).map(
      ([what, edit]): Forgery => [`${name}: ${what}`, batch => forged(compressed(batch, codec), edit)],
    ),
  ]
}

/** Batches that Kafka looks into and refuses, or takes. What is not asked, since the brokers are meant to differ, is in the README. */
export const forgeries: readonly Forgery[] = [
  [
    'more records announced than there are',
    batch => forged(batch, copy => copy.writeInt32BE(3, field.count)),
  ],
  [
    'fewer records announced than there are',
    batch => forged(batch, copy => copy.writeInt32BE(1, field.count)),
  ],
  [
    'another last offset than the count says',
    batch => forged(batch, copy => copy.writeInt32BE(5, field.lastOffsetDelta)),
  ],
  ['a codec that there is not', batch => forged(batch, copy => copy.writeInt16BE(5, field.attributes))],
  ['a timestamp type of the broker', batch => forged(batch, copy => copy.writeInt16BE(8, field.attributes))],
  ['another largest timestamp', batch => forged(batch, copy => copy.writeBigInt64BE(1n, field.maxTimestamp))],
  ...(['gzip', 'snappy', 'lz4', 'zstd'] as const).flatMap(compressedForgeries),
  ['a control batch', batch => forged(batch, copy => copy.writeInt16BE(0x20, field.attributes))],
  ['a base offset that is not 0', batch => forged(batch, copy => copy.writeBigInt64BE(7n, field.baseOffset))],
  ['a format to come', batch => forged(batch, copy => copy.writeInt8(3, field.magic))],
  ['two batches in one request', batch => Buffer.concat([batch, batch])],
  ['a batch that is cut off', batch => batch.subarray(0, batch.length - 3)],
  [
    'bytes that are no batch',
    () => Buffer.from('this is no batch of records, whatever one may think of it, but prose of some length'),
  ],
  ['no bytes', () => Buffer.alloc(0)],
]
