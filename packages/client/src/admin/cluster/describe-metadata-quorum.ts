// Admin: voters and observers of the cluster's metadata log, and how far each is (KIP-595, KIP-836, KIP-853).
import { DescribeQuorumApi, type DescribeQuorumResponse, ErrorCode, zeroUuid } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'
import type { RaftVoterEndpoint } from './raft-voter.ts'

/** A controller that votes, or a broker that follows. */
export interface QuorumReplica {
  /** `node.id`. */
  readonly replicaId: number
  /** Id of its metadata directory; all-zero in a quorum whose voters are fixed (`controller.quorum.voters`), and before 3.9. */
  readonly directoryId: string
  /** One past the last record that the leader knows it to have; −1 while it is not known. */
  readonly logEndOffset: number
  /** When it last asked the leader for records, in ms of the epoch; −1 where that is not known. */
  readonly lastFetchTimestampMs: number
  /** When it last had all records, in ms of the epoch; −1 where that is not known. */
  readonly lastCaughtUpTimestampMs: number
}

/** A voter with its addresses. */
export interface QuorumNode {
  /** `node.id`. */
  readonly nodeId: number
  /** Where the other voters reach it. */
  readonly endpoints: readonly RaftVoterEndpoint[]
}

/** The metadata quorum: Kafka’s `QuorumInfo`. */
export interface DescribedMetadataQuorum {
  /** The active controller; −1 while there is none. */
  readonly leaderId: number
  /** Counts the elections. */
  readonly leaderEpoch: number
  /** Records before it are committed. */
  readonly highWatermark: number
  /** Who elects the leader, itself among them. */
  readonly voters: readonly QuorumReplica[]
  /** Who only follows: brokers, and controllers that are no voters. */
  readonly observers: readonly QuorumReplica[]
  /** Addresses of the voters; empty before 3.9. */
  readonly nodes: readonly QuorumNode[]
}

const checkOptions = optionsWith()
const topicName = '__cluster_metadata'

/** Describes the quorum by the word of its leader, which any broker asks. Throws BrokerError (`CLUSTER_AUTHORIZATION_FAILED`), UnsupportedVersionError. */
export async function describeMetadataQuorum(
  cluster: Cluster,
  options: AdminCallOptions = {},
): Promise<DescribedMetadataQuorum> {
  checkOptions('describeMetadataQuorum: options', options)
  const what = 'describing the metadata quorum'
  const { errorCode, errorMessage, topics, nodes } = await cluster.call(
    DescribeQuorumApi,
    { topics: [{ topicName, partitions: [{ partitionIndex: 0 }] }] },
    { ...callOptions(options), what, check: response => checkBroker(errorCodesOf(response), what) },
  )
  if (errorCode !== ErrorCode.NONE) throw new BrokerError(errorCode, what, errorMessage)
  const partition = topics[0]?.partitions[0]
  if (!partition) throw new BrokerError(ErrorCode.UNKNOWN_SERVER_ERROR, what)
  if (partition.errorCode !== ErrorCode.NONE)
    throw new BrokerError(partition.errorCode, what, partition.errorMessage)
  return {
    leaderId: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    highWatermark: partition.highWatermark,
    voters: partition.currentVoters.map(replicaOf),
    observers: partition.observers.map(replicaOf),
    nodes: nodes.map(({ nodeId, listeners }) => ({ nodeId, endpoints: listeners })),
  }
}

function errorCodesOf({ errorCode, topics }: DescribeQuorumResponse): number[] {
  return [errorCode, ...topics.flatMap(({ partitions }) => partitions.map(entry => entry.errorCode))]
}

type Replica = DescribeQuorumResponse['topics'][number]['partitions'][number]['currentVoters'][number]

function replicaOf(replica: Replica): QuorumReplica {
  return {
    replicaId: replica.replicaId,
    directoryId: replica.replicaDirectoryId ?? zeroUuid,
    logEndOffset: replica.logEndOffset,
    lastFetchTimestampMs: replica.lastFetchTimestamp,
    lastCaughtUpTimestampMs: replica.lastCaughtUpTimestamp,
  }
}
