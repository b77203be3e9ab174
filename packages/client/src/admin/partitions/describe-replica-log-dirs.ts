// Admin: on which disk of its broker a replica is, and whether it is being moved (KIP-113).
import type { Cluster } from '../../cluster/cluster.ts'
import { entry, int32, listOf, optionsWith, partitionFields } from '../../config/arguments.ts'
import type { KafkaError } from '../../errors/index.ts'
import type { AdminCallOptions } from '../call-options.ts'
import type { Outcome } from '../outcome.ts'
import { type DescribedLogDir, describeLogDirs } from './describe-log-dirs.ts'
import type { TopicPartitionReplica } from './topic-partition-replica.ts'

/** A copy of a partition in a log directory. */
export interface ReplicaLogDir {
  /** The log directory, an absolute path. */
  readonly path: string
  /** Records that it is behind: the leader’s high watermark for the one in use, the one in use for its successor. */
  readonly offsetLag: number
}

/** Where one replica is. */
export interface DescribedReplicaLogDir extends TopicPartitionReplica, Outcome {
  /** The copy in use; undefined where its broker has none, or there is an error. */
  readonly current: ReplicaLogDir | undefined
  /** The copy that `alterReplicaLogDirs` has ordered, while it is not done. */
  readonly future: ReplicaLogDir | undefined
}

const checkReplicas = listOf(entry({ ...partitionFields, brokerId: int32 }))
const checkOptions = optionsWith()

/** Finds replicas in the log directories of their brokers, in the order given. `BROKER_NOT_AVAILABLE` and `KAFKA_STORAGE_ERROR` are outcomes. */
export async function describeReplicaLogDirs(
  cluster: Cluster,
  replicas: readonly TopicPartitionReplica[],
  options: AdminCallOptions = {},
): Promise<DescribedReplicaLogDir[]> {
  checkReplicas('describeReplicaLogDirs: replicas', replicas)
  checkOptions('describeReplicaLogDirs: options', options)
  if (replicas.length === 0) return []
  const brokerIds = replicas.map(({ brokerId }) => brokerId)
  const partitions = replicas.map(({ topic, partition }) => ({ topic, partition }))
  const dirs = await describeLogDirs(cluster, { ...options, brokerIds, partitions })
  const copies = new Map(dirs.flatMap(copiesIn))
  const errors = new Map<number, KafkaError>()
  for (const { brokerId, error } of dirs) if (error && !errors.has(brokerId)) errors.set(brokerId, error)
  return replicas.map(({ topic, partition, brokerId }) => {
    const replica = { topic, partition, brokerId }
    const current = copies.get(keyOf(replica, false))
    // One that is nowhere else may be on the disk that is broken.
    const error = current ? undefined : errors.get(brokerId)
    return { ...replica, current, future: copies.get(keyOf(replica, true)), error }
  })
}

function copiesIn({ brokerId, path, partitions }: DescribedLogDir): [string, ReplicaLogDir][] {
  return partitions.map(({ topic, partition, offsetLag, isFuture }) => [
    keyOf({ topic, partition, brokerId }, isFuture),
    { path, offsetLag },
  ])
}

function keyOf({ topic, partition, brokerId }: TopicPartitionReplica, isFuture: boolean): string {
  return `${topic}-${partition} on ${brokerId}${isFuture ? ', to come' : ''}`
}
