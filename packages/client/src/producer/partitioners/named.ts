// Partitioners by name: ours, and those that the configurations of Java and librdkafka have.
import { ConfigError } from '../../errors/index.ts'
import {
  crc32Partitioner,
  defaultPartitioner,
  fnv1aPartitioner,
  hashingMissingKeys,
  saramaPartitioner,
  saramaReferencePartitioner,
} from './by-key.ts'
import type { Partitioner } from './partitioner.ts'
import { roundRobinPartitioner } from './round-robin.ts'
import { uniformStickyPartitioner } from './uniform-sticky.ts'

const named = {
  default: () => defaultPartitioner,
  'round-robin': roundRobinPartitioner,
  'uniform-sticky': () => uniformStickyPartitioner,
  'fnv1a-unsigned': () => fnv1aPartitioner,
  sarama: () => saramaPartitioner,
  'sarama-reference': () => saramaReferencePartitioner,
  crc32: () => crc32Partitioner,
  // librdkafka's names.
  random: () => uniformStickyPartitioner,
  consistent: () => hashingMissingKeys.consistent,
  consistent_random: () => crc32Partitioner,
  murmur2: () => hashingMissingKeys.murmur2,
  murmur2_random: () => defaultPartitioner,
  fnv1a: () => hashingMissingKeys.fnv1a,
  fnv1a_random: () => saramaPartitioner,
} satisfies Readonly<Record<string, () => Partitioner>>

/**
 * `default` as Java; `crc32` as librdkafka; `fnv1a-unsigned`, `sarama`, `sarama-reference` as Go programs; `round-robin` and `uniform-sticky` whatever the
 * key. The others are librdkafka's `partitioner`, with the same partition for the same key; its `fnv1a` is sarama's.
 */
export type PartitionerName = keyof typeof named

/** Throws ConfigError for a name that there is not. */
export function namedPartitioner(name: string): Partitioner {
  if (Object.hasOwn(named, name)) return named[name as PartitionerName]()
  const names = Object.keys(named).join(', ')
  throw new ConfigError(`Producer: there is no partitioner "${name}"; there are ${names}, or give a function`)
}
