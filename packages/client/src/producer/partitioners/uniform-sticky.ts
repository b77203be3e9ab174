// Spreads records evenly, many in a row to each partition.
import { anyPartition, type Partitioner } from './partitioner.ts'

/**
 * Records stick to a partition for `batchSize` bytes, then to another one, whatever their keys: Java's former `UniformStickyPartitioner`, and
 * `partitioner.ignore.keys=true`.
 */
export const uniformStickyPartitioner: Partitioner = () => anyPartition
