// What `Admin` does with the cluster as a whole.
import type { Cluster } from '../../cluster/cluster.ts'
import type { CoordinatorType } from '../../cluster/coordinators.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { addRaftVoter, type NewRaftVoter, type RaftVoterOptions } from './add-raft-voter.ts'
import { type DescribedApiVersions, describeApiVersions } from './describe-api-versions.ts'
import { type DescribeClusterOptions, type DescribedCluster, describeCluster } from './describe-cluster.ts'
import {
  type DescribedFeatures,
  type DescribeFeaturesOptions,
  describeFeatures,
} from './describe-features.ts'
import { type DescribedMetadataQuorum, describeMetadataQuorum } from './describe-metadata-quorum.ts'
import { findCoordinators, type FoundCoordinator } from './find-coordinators.ts'
import type { RaftVoter } from './raft-voter.ts'
import { removeRaftVoter } from './remove-raft-voter.ts'
import { unregisterBroker } from './unregister-broker.ts'
import { type FeatureUpdate, type UpdateFeaturesOptions, updateFeatures } from './update-features.ts'

/** A part of `Admin`. */
export abstract class ClusterOperations {
  abstract readonly cluster: Cluster

  /**
   * The brokers of the cluster, its id and its controller: DescribeCluster, or Metadata where brokers are older than 2.8. Throws UnsupportedVersionError
   * for `includeFencedBrokers` before 4.0. Changes nothing: repeat it at will.
   *
   * @example
   * const { brokers, controllerId } = await admin.describeCluster()
   */
  describeCluster(options?: DescribeClusterOptions): Promise<DescribedCluster> {
    return describeCluster(this.cluster, options)
  }

  /**
   * Features of the cluster and the levels at which they are in force: ApiVersions, at any broker, or at the one that is named. Throws BrokerError
   * (`BROKER_NOT_AVAILABLE` for one that the cluster does not have). Changes nothing: repeat it at will.
   *
   * @example
   * const { features } = await admin.describeFeatures()
   */
  describeFeatures(options?: DescribeFeaturesOptions): Promise<DescribedFeatures> {
    return describeFeatures(this.cluster, options)
  }

  /**
   * Raises or lowers levels of features, all that are named or none: UpdateFeatures, at the controller. Throws BrokerError (`INVALID_UPDATE_VERSION`,
   * `FEATURE_UPDATE_FAILED`, `CLUSTER_AUTHORIZATION_FAILED`). Repeating it is safe: a level that is in force stays.
   *
   * @example
   * await admin.updateFeatures([{ name: 'transaction.version', level: 1, kind: 'safeDowngrade' }])
   */
  updateFeatures(updates: readonly FeatureUpdate[], options?: UpdateFeaturesOptions): Promise<void> {
    return updateFeatures(this.cluster, updates, options)
  }

  /**
   * Which requests each broker answers, and in which versions: ApiVersions, at every broker. One that does not answer for 5 seconds while others do has
   * its error (ConnectionError, RequestTimeoutError). Changes nothing: repeat it at will.
   *
   * @example
   * const old = (await admin.describeApiVersions()).filter(({ apis }) => !apis.some(({ key }) => key === 68))
   */
  describeApiVersions(options?: AdminCallOptions): Promise<DescribedApiVersions[]> {
    return describeApiVersions(this.cluster, options)
  }

  /**
   * Which brokers coordinate groups (`group`; consumer, share and streams groups alike), transactional ids (`transaction`), or partitions of share groups
   * (`share`, keys `group:topicId:partition`), in the order of the keys: FindCoordinator, at any broker. `GROUP_AUTHORIZATION_FAILED`,
   * `TRANSACTIONAL_ID_AUTHORIZATION_FAILED` and, within `timeoutMs`, `COORDINATOR_NOT_AVAILABLE` are outcomes. Changes nothing: repeat it at will.
   *
   * @example
   * const [billing] = throwFirst(await admin.findCoordinators('group', ['billing']))
   */
  findCoordinators(
    type: CoordinatorType,
    keys: readonly string[],
    options?: AdminCallOptions,
  ): Promise<FoundCoordinator[]> {
    return findCoordinators(this.cluster, type, keys, options)
  }

  /**
   * Voters and observers of the metadata log, its leader, and how far each is: DescribeQuorum, which any broker passes on to the active controller. Throws
   * BrokerError (`CLUSTER_AUTHORIZATION_FAILED`), UnsupportedVersionError on clusters with ZooKeeper. Changes nothing: repeat it at will.
   *
   * @example
   * const { leaderId, voters, highWatermark } = await admin.describeMetadataQuorum()
   * const behind = voters.filter(({ logEndOffset }) => logEndOffset < highWatermark)
   */
  describeMetadataQuorum(options?: AdminCallOptions): Promise<DescribedMetadataQuorum> {
    return describeMetadataQuorum(this.cluster, options)
  }

  /**
   * Makes a running controller a voter of the metadata log: AddRaftVoter (KIP-853, broker 3.9 on). Throws BrokerError: `DUPLICATE_VOTER`,
   * `UNSUPPORTED_VERSION` where the voters are fixed (`controller.quorum.voters`), `INCONSISTENT_CLUSTER_ID`, `REQUEST_TIMED_OUT`. Repeating it is safe:
   * one that votes already is a `DUPLICATE_VOTER`, also where an answer was lost and the request went again.
   *
   * @example
   * await admin.addRaftVoter({
   *   voterId: 4,
   *   voterDirectoryId: 'wZfTe0YGT1OqlTBMKNFJeg',
   *   endpoints: [{ name: 'CONTROLLER', host: 'controller-4', port: 9093 }],
   * })
   */
  addRaftVoter(voter: NewRaftVoter, options?: RaftVoterOptions): Promise<void> {
    return addRaftVoter(this.cluster, voter, options)
  }

  /**
   * Takes a controller out of the voters of the metadata log: RemoveRaftVoter (KIP-853, broker 3.9 on). Throws BrokerError: `VOTER_NOT_FOUND`,
   * `UNSUPPORTED_VERSION` where the voters are fixed, `INCONSISTENT_CLUSTER_ID`. Repeating it is safe: one that votes no more is not found, also where an
   * answer was lost and the request went again.
   *
   * @example
   * await admin.removeRaftVoter({ voterId: 4, voterDirectoryId: 'wZfTe0YGT1OqlTBMKNFJeg' })
   */
  removeRaftVoter(voter: RaftVoter, options?: RaftVoterOptions): Promise<void> {
    return removeRaftVoter(this.cluster, voter, options)
  }

  /**
   * Takes a broker out of the cluster that is gone for good: UnregisterBroker, which any broker passes on to the active controller. Stop it first: one
   * that runs is of no use until it is restarted. Throws BrokerError (`BROKER_ID_NOT_REGISTERED`, `CLUSTER_AUTHORIZATION_FAILED`). A
   * broker that is gone has the former, also where an answer was lost and the request went again; repeat it only as long as the broker is down.
   *
   * @example
   * await admin.unregisterBroker(3)
   */
  unregisterBroker(brokerId: number, options?: AdminCallOptions): Promise<void> {
    return unregisterBroker(this.cluster, brokerId, options)
  }
}
