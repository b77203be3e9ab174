// What `Admin` does with partitions and their replicas.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { TopicOperations } from '../topics/topic-operations.ts'
import {
  type AlteredPartitionReassignment,
  alterPartitionReassignments,
  type AlterPartitionReassignmentsOptions,
  type NewPartitionReassignment,
} from './alter-partition-reassignments.ts'
import { alterReplicaLogDirs, type MovedReplica, type ReplicaMove } from './alter-replica-log-dirs.ts'
import { type DeletedRecords, deleteRecords, type RecordsToDelete } from './delete-records.ts'
import { type DescribedLogDir, describeLogDirs, type DescribeLogDirsOptions } from './describe-log-dirs.ts'
import { type DescribedReplicaLogDir, describeReplicaLogDirs } from './describe-replica-log-dirs.ts'
import { type ElectedLeader, type ElectionName, electLeaders } from './elect-leaders.ts'
import { type FoundOffset, type ListOffsetsOptions, listOffsets, type OffsetQuery } from './list-offsets.ts'
import { listPartitionReassignments, type PartitionReassignment } from './list-partition-reassignments.ts'
import { listTopicOffsets } from './list-topic-offsets.ts'
import { type EpochEnd, type EpochQuery, offsetForLeaderEpoch } from './offset-for-leader-epoch.ts'
import type { TopicPartitionReplica } from './topic-partition-replica.ts'

/** A part of `Admin`. */
export abstract class PartitionOperations extends TopicOperations {
  /**
   * Deletes the records of partitions before an offset: DeleteRecords, at each leader. `OFFSET_OUT_OF_RANGE` beyond the high watermark. That,
   * `POLICY_VIOLATION` (the topic is only compacted) and `UNKNOWN_TOPIC_OR_PARTITION` are outcomes. Repeating it is safe: what is gone is no error.
   *
   * @example
   * throwFirst(await admin.deleteRecords([{ topic: 'orders', partition: 0, beforeOffset: 1000 }]))
   */
  deleteRecords(records: readonly RecordsToDelete[], options?: AdminCallOptions): Promise<DeletedRecords[]> {
    return deleteRecords(this.cluster, records, options)
  }

  /**
   * Offsets by position or by time, in the order of the queries: ListOffsets, at each leader. A partition that does not exist has
   * `UNKNOWN_TOPIC_OR_PARTITION` in its outcome, one whose leader cannot be reached within `timeoutMs` an OperationTimeoutError. Changes nothing: repeat
   * it at will.
   *
   * @example
   * const [end] = throwFirst(await admin.listOffsets([{ topic: 'orders', partition: 0, timestamp: OffsetSpec.latest }]))
   */
  listOffsets(queries: readonly OffsetQuery[], options?: ListOffsetsOptions): Promise<FoundOffset[]> {
    return listOffsets(this.cluster, queries, options)
  }

  /**
   * Where leader epochs end: OffsetForLeaderEpoch, at each leader (KIP-320). Tells whether a log was truncated behind a reader’s back.
   * `UNKNOWN_TOPIC_OR_PARTITION` is an outcome. Changes nothing: repeat it at will.
   *
   * @example
   * const [end] = await admin.offsetForLeaderEpoch([{ topic: 'orders', partition: 0, leaderEpoch: 3 }])
   */
  offsetForLeaderEpoch(queries: readonly EpochQuery[], options?: AdminCallOptions): Promise<EpochEnd[]> {
    return offsetForLeaderEpoch(this.cluster, queries, options)
  }

  /**
   * The same offset of all partitions of topics, topics in the order given, partitions by number: DescribeTopicPartitions, then ListOffsets at each
   * leader. A topic that there is not has one entry, with partition −1 and the error (`UNKNOWN_TOPIC_OR_PARTITION`). Changes nothing: repeat it at will.
   *
   * @example
   * const ends = throwFirst(await admin.listTopicOffsets(['orders'], OffsetSpec.latest))
   * const yesterday = throwFirst(await admin.listTopicOffsets(['orders'], Date.now() - 86_400_000))
   */
  listTopicOffsets(
    names: readonly string[],
    timestamp: number,
    options?: ListOffsetsOptions,
  ): Promise<FoundOffset[]> {
    return listTopicOffsets(this.cluster, names, timestamp, options)
  }

  /**
   * Has leaders elected, of the partitions that are named or of all that need it: ElectLeaders, at the controller. `preferred` brings the first replica
   * back, `unclean` makes whichever replica is alive the leader and loses what it lacks. `ELECTION_NOT_NEEDED` is an outcome. So are
   * `PREFERRED_LEADER_NOT_AVAILABLE`, `ELIGIBLE_LEADERS_NOT_AVAILABLE` and `UNKNOWN_TOPIC_OR_PARTITION`. Throws BrokerError
   * (`CLUSTER_AUTHORIZATION_FAILED`). Repeating it is safe: what is done is not needed.
   *
   * @example
   * const elected = await admin.electLeaders('preferred')
   */
  electLeaders(
    kind: ElectionName,
    partitions?: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<ElectedLeader[]> {
    return electLeaders(this.cluster, kind, partitions, options)
  }

  /**
   * Begins to move partitions to other brokers, or calls it off (`replicas: null`), in the order given: AlterPartitionReassignments, at the controller.
   * `INVALID_REPLICA_ASSIGNMENT`, `NO_REASSIGNMENT_IN_PROGRESS` and `UNKNOWN_TOPIC_OR_PARTITION` are outcomes. Throws BrokerError
   * (`CLUSTER_AUTHORIZATION_FAILED`). Repeating it is safe: the replicas are named, and what was called off has `NO_REASSIGNMENT_IN_PROGRESS`.
   *
   * @example
   * throwFirst(await admin.alterPartitionReassignments([{ topic: 'orders', partition: 0, replicas: [2, 3] }]))
   */
  alterPartitionReassignments(
    reassignments: readonly NewPartitionReassignment[],
    options?: AlterPartitionReassignmentsOptions,
  ): Promise<AlteredPartitionReassignment[]> {
    return alterPartitionReassignments(this.cluster, reassignments, options)
  }

  /**
   * Those of the partitions, or of all, that are on their way to other brokers: ListPartitionReassignments, at the controller. Throws BrokerError
   * (`CLUSTER_AUTHORIZATION_FAILED`). Changes nothing: repeat it at will.
   *
   * @example
   * const isDone = (await admin.listPartitionReassignments([{ topic: 'orders', partition: 0 }])).length === 0
   */
  listPartitionReassignments(
    partitions?: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<PartitionReassignment[]> {
    return listPartitionReassignments(this.cluster, partitions, options)
  }

  /**
   * How much each partition takes on each broker’s disks: DescribeLogDirs, at every broker, or at those that are named. A broker that does not answer for
   * 5 seconds while others do has one entry, with the error. Throws BrokerError (`CLUSTER_AUTHORIZATION_FAILED`) when it is not allowed. Changes nothing:
   * repeat it at will.
   *
   * @example
   * const bytes = (await admin.describeLogDirs()).flatMap(dir => dir.partitions.map(part => part.sizeBytes))
   */
  describeLogDirs(options?: DescribeLogDirsOptions): Promise<DescribedLogDir[]> {
    return describeLogDirs(this.cluster, options)
  }

  /**
   * On which disk of its broker each replica is, and on which it will be: DescribeLogDirs, at the brokers that are named. `current` is undefined where a
   * broker has no such replica. `BROKER_NOT_AVAILABLE` is an outcome. Changes nothing: repeat it at will.
   *
   * @example
   * const [replica] = throwFirst(
   *   await admin.describeReplicaLogDirs([{ topic: 'orders', partition: 0, brokerId: 1 }]),
   * )
   * console.log(replica?.current?.path, replica?.future?.offsetLag)
   */
  describeReplicaLogDirs(
    replicas: readonly TopicPartitionReplica[],
    options?: AdminCallOptions,
  ): Promise<DescribedReplicaLogDir[]> {
    return describeReplicaLogDirs(this.cluster, replicas, options)
  }

  /**
   * Begins to copy replicas to other disks of their brokers, in the order given: AlterReplicaLogDirs, at each broker. `LOG_DIR_NOT_FOUND`,
   * `KAFKA_STORAGE_ERROR`, `UNKNOWN_TOPIC_OR_PARTITION` and `BROKER_NOT_AVAILABLE` are outcomes. Repeating it is safe: a replica that is there stays.
   *
   * @example
   * throwFirst(
   *   await admin.alterReplicaLogDirs([{ topic: 'orders', partition: 0, brokerId: 1, path: '/disk2/kafka' }]),
   * )
   */
  alterReplicaLogDirs(moves: readonly ReplicaMove[], options?: AdminCallOptions): Promise<MovedReplica[]> {
    return alterReplicaLogDirs(this.cluster, moves, options)
  }
}
