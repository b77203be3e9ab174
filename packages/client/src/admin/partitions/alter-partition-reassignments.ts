// Admin: move partitions to other brokers, or call that off (KIP-455).
import { AlterPartitionReassignmentsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import {
  type Check,
  entry,
  flag,
  int32,
  listOf,
  optionsWith,
  partitionFields,
} from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { inOrderOf } from '../in-order.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'

/** Where a partition is to be. */
export interface NewPartitionReassignment extends TopicPartition {
  /** Ids of the brokers that are to have it, the preferred leader first; null calls off a move that is under way. */
  readonly replicas: readonly number[] | null
}

/** Options of `alterPartitionReassignments`. */
export interface AlterPartitionReassignmentsOptions extends AdminCallOptions {
  /**
   * Whether a partition may get more or fewer replicas than it has (`INVALID_REPLICATION_FACTOR` otherwise). Default true. False takes broker 4.0: throws
   * UnsupportedVersionError before.
   */
  readonly allowReplicationFactorChange?: boolean
}

/** What became of one partition: the move has begun, or was called off. */
export interface AlteredPartitionReassignment extends TopicPartition, Outcome {}

const checkReplicas: Check = (place, value) => {
  if (value !== null) listOf(int32)(place, value)
}
const checkMoves = listOf(entry({ ...partitionFields, replicas: checkReplicas }))
const checkOptions = optionsWith({ allowReplicationFactorChange: flag })

/** The first version that can keep the number of replicas (KIP-860). */
const keepingFrom = 1

/**
 * Begins to move partitions, or calls it off; each has its own outcome, in the order given. Whether a move is done, `listPartitionReassignments` tells.
 * `INVALID_REPLICA_ASSIGNMENT`, `NO_REASSIGNMENT_IN_PROGRESS` and `UNKNOWN_TOPIC_OR_PARTITION` are outcomes.
 */
export async function alterPartitionReassignments(
  cluster: Cluster,
  reassignments: readonly NewPartitionReassignment[],
  options: AlterPartitionReassignmentsOptions = {},
): Promise<AlteredPartitionReassignment[]> {
  checkMoves('alterPartitionReassignments: reassignments', reassignments)
  checkOptions('alterPartitionReassignments: options', options)
  const { allowReplicationFactorChange = true } = options
  const what = 'moving partitions'
  const { errorCode, errorMessage, responses } = await cluster.call(
    AlterPartitionReassignmentsApi,
    version => ({
      timeoutMs: cluster.options.requestTimeoutMs,
      ...(version >= keepingFrom && { allowReplicationFactorChange }),
      topics: groupByTopic(reassignments).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition, replicas }) => ({
          partitionIndex: partition,
          replicas: replicas && [...replicas],
        })),
      })),
    }),
    {
      ...callOptions(options),
      what,
      to: 'controller',
      ...(!allowReplicationFactorChange && { minVersion: keepingFrom }),
      check: response =>
        checkBroker(
          [
            response.errorCode,
            ...response.responses.flatMap(({ partitions }) => partitions.map(entry => entry.errorCode)),
          ],
          what,
        ),
    },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
  const altered = responses.flatMap(({ name, partitions }) =>
    partitions.map(result => ({
      topic: name,
      partition: result.partitionIndex,
      error: outcomeError(result.errorCode, `moving ${name}-${result.partitionIndex}`, result.errorMessage),
    })),
  )
  return inOrderOf(reassignments, altered, what)
}
