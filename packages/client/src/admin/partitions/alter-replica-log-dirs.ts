// Admin: move replicas to other disks of their brokers (KIP-113).
import { AlterReplicaLogDirsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic } from '../../cluster/topic-partition.ts'
import { entry, int32, listOf, optionsWith, partitionFields, text } from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError, settleEach } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'
import { groupByBroker, type TopicPartitionReplica } from './topic-partition-replica.ts'

/** Where a replica is to be. */
export interface ReplicaMove extends TopicPartitionReplica {
  /** The log directory of its broker, as `log.dirs` has it: an absolute path. */
  readonly path: string
}

/** What became of one replica: it is there, or its copy has begun. */
export interface MovedReplica extends TopicPartitionReplica, Outcome {}

const checkMoves = listOf(entry({ ...partitionFields, brokerId: int32, path: text }))
const checkOptions = optionsWith()

/**
 * Begins to copy replicas to other directories, each at its broker, in the order given; how far the copies are, `describeReplicaLogDirs` tells.
 * `LOG_DIR_NOT_FOUND`, `KAFKA_STORAGE_ERROR` and `BROKER_NOT_AVAILABLE` are outcomes. A replica that its broker does not have will be made in that directory
 * (`REPLICA_NOT_AVAILABLE` is said all the same).
 */
export async function alterReplicaLogDirs(
  cluster: Cluster,
  moves: readonly ReplicaMove[],
  options: AdminCallOptions = {},
): Promise<MovedReplica[]> {
  checkMoves('alterReplicaLogDirs: moves', moves)
  checkOptions('alterReplicaLogDirs: options', options)
  const outcomes = new Map<ReplicaMove, MovedReplica>()
  const note = ({ topic, partition, brokerId }: ReplicaMove, error: MovedReplica['error']) => ({
    topic,
    partition,
    brokerId,
    error,
  })
  await settleEach(
    groupByBroker(moves),
    async ([brokerId, share]) => {
      for (const [move, errorCode] of await moveAt(cluster, brokerId, share, options)) {
        const what = `moving ${move.topic}-${move.partition} on broker ${brokerId} to ${move.path}`
        outcomes.set(move, note(move, outcomeError(errorCode, what)))
      }
    },
    ([, share], error) => {
      for (const move of share) outcomes.set(move, note(move, error))
    },
  )
  return moves.map(move => outcomes.get(move)!)
}

async function moveAt(
  cluster: Cluster,
  brokerId: number,
  moves: readonly ReplicaMove[],
  options: AdminCallOptions,
): Promise<Map<ReplicaMove, number>> {
  const what = `moving replicas on broker ${brokerId}`
  const byPath = Map.groupBy(moves, ({ path }) => path)
  const { results } = await cluster.call(
    AlterReplicaLogDirsApi,
    {
      dirs: Array.from(byPath, ([path, entries]) => ({
        path,
        topics: groupByTopic(entries).map(([name, of]) => ({
          name,
          partitions: of.map(({ partition }) => partition),
        })),
      })),
    },
    {
      ...callOptions(options),
      what,
      to: { broker: brokerId },
      check: response =>
        checkBroker(
          response.results.flatMap(({ partitions }) => partitions.map(entry => entry.errorCode)),
          what,
        ),
    },
  )
  const answers = new Map(
    results.flatMap(({ topicName, partitions }) =>
      partitions.map(({ partitionIndex, errorCode }) => [`${topicName}-${partitionIndex}`, errorCode]),
    ),
  )
  return new Map(moves.map(move => [move, answers.get(`${move.topic}-${move.partition}`) ?? -1]))
}
