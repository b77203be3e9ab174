// Partitioners that send the same key to the same partition, as clients of other languages hash it.
import { crc32, crc32String, fnv1a, fnv1aString, murmur2, murmur2String } from '@millrace/protocol'
import { anyPartition, type Partitioner } from './partitioner.ts'

type Hash<T> = (key: T) => number

/** Which keys leave the choice to the producer: missing ones, empty ones as well, or none: a missing key is then hashed as an empty one. */
type Keyless = 'missing' | 'missing or empty' | 'none'

/** `place` makes a partition of a hash. */
function byKey(
  hashText: Hash<string>,
  hashBytes: Hash<Uint8Array>,
  place: (hash: number, partitionCount: number) => number,
  keyless: Keyless = 'missing',
): Partitioner {
  return ({ key }, partitionCount) => {
    if (key === null ? keyless !== 'none' : key.length === 0 && keyless === 'missing or empty')
      return anyPartition
    return place(
      typeof key === 'object' && key !== null ? hashBytes(key) : hashText(key ?? ''),
      partitionCount,
    )
  }
}

const masked = (hash: number, count: number): number => (hash & 0x7fffffff) % count
const unsigned = (hash: number, count: number): number => (hash >>> 0) % count
/** The remainder has the sign of the hash, as in Go and C; its absolute value is taken. */
const absolute = (hash: number, count: number): number => Math.abs((hash | 0) % count)

/** Murmur2, as Java's default partitioner; records without a key stick to a partition for a batch (KIP-794). librdkafka's `murmur2_random`. */
export const defaultPartitioner: Partitioner = byKey(murmur2String, murmur2, masked)

/** FNV-1a without a sign: what a Go program gets by `fnv.New32a().Sum32() % count`. Records without a key stick to a partition for a batch. */
export const fnv1aPartitioner: Partitioner = byKey(fnv1aString, fnv1a, unsigned)

/** FNV-1a as sarama's `NewHashPartitioner`, kafka-go's `Hash` and librdkafka's `fnv1a_random` place it. Records without a key stick to a partition for a batch. */
export const saramaPartitioner: Partitioner = byKey(fnv1aString, fnv1a, absolute)

/** FNV-1a as sarama's `NewReferenceHashPartitioner` and kafka-go's `ReferenceHash` place it. Records without a key stick to a partition for a batch. */
export const saramaReferencePartitioner: Partitioner = byKey(fnv1aString, fnv1a, masked)

/** CRC-32: librdkafka's `consistent_random`, its default. Records whose key is missing or empty stick to a partition for a batch. */
export const crc32Partitioner: Partitioner = byKey(crc32String, crc32, unsigned, 'missing or empty')

/** librdkafka's partitioners that hash a missing key as an empty one: all records without a key go to one partition. */
export const hashingMissingKeys = {
  consistent: byKey(crc32String, crc32, unsigned, 'none'),
  murmur2: byKey(murmur2String, murmur2, masked, 'none'),
  fnv1a: byKey(fnv1aString, fnv1a, absolute, 'none'),
} as const satisfies Readonly<Record<string, Partitioner>>
