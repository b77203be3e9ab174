// Which partition a message without one goes to, as KafkaJS decides it. https://kafka.js.org/docs/producing#partitioner
import { murmur2, murmur2String } from '@millrace/protocol'
import { nodeRandom } from '@millrace/runtime'
import type { ICustomPartitioner, PartitionerArgs } from './types/producer.ts'

type Hash = (key: Buffer | string) => number

/** By the number that a message names, by the hash of its key, or else one after the other among partitions with a leader. */
function partitioner(hash: Hash): ICustomPartitioner {
  return () => {
    const turns = new Map<string, number>()
    return ({ topic, partitionMetadata, message }: PartitionerArgs) => {
      const { partition, key } = message
      if (partition !== null && partition !== undefined) return partition
      if (key !== null && key !== undefined) return (hash(key) & 0x7fffffff) % partitionMetadata.length
      const turn = ((turns.get(topic) ?? firstTurn()) + 1) & 0x7fffffff
      turns.set(topic, turn)
      const led = partitionMetadata.filter(({ leader }) => leader >= 0)
      return led.length > 0 ? led[turn % led.length]!.partitionId : turn % partitionMetadata.length
    }
  }
}

/** Producers that start together do not all begin with the same partition. */
export function firstTurn(): number {
  return nodeRandom.bytes(4).readUInt32BE(0)
}

/** Murmur2 as Java's. */
const javaHash: Hash = key => (typeof key === 'object' ? murmur2(key) : murmur2String(String(key)))

const seed = 0x9747b28c
const factor = 0x5bd1e995

/**
 * Murmur2 as KafkaJS had it before 2.0: products are floating-point numbers, which lose what is beyond 2^53, and the last bytes of a key may be taken in twice.
 * Keys that were placed by it stay where they are by nothing else.
 */
const legacyHash: Hash = key => {
  const bytes = typeof key === 'object' ? key : Buffer.from(String(key))
  const { length } = bytes
  const at = (index: number) => bytes[index] ?? 0
  let hash = seed ^ length
  for (let start = 0; start < length; start += 4) {
    let block = at(start) + (at(start + 1) << 8) + (at(start + 2) << 16) + (at(start + 3) << 24)
    block *= factor
    block ^= block >>> 24
    block *= factor
    hash *= factor
    hash ^= block
  }
  const rest = length & ~3
  if (length % 4 === 3) hash ^= at(rest + 2) << 16
  if (length % 4 >= 2) hash ^= at(rest + 1) << 8
  if (length % 4 >= 1) {
    hash ^= at(rest)
    hash *= factor
  }
  hash ^= hash >>> 13
  hash *= factor
  hash ^= hash >>> 15
  return hash
}

const DefaultPartitioner = partitioner(javaHash)
const LegacyPartitioner = partitioner(legacyHash)

/** The partitioners of KafkaJS. `JavaCompatiblePartitioner` is the former name of the default. */
export const Partitioners: {
  DefaultPartitioner: ICustomPartitioner
  LegacyPartitioner: ICustomPartitioner
  /** The same as `DefaultPartitioner`, under its former name. */
  JavaCompatiblePartitioner: ICustomPartitioner
} = { DefaultPartitioner, LegacyPartitioner, JavaCompatiblePartitioner: DefaultPartitioner }
