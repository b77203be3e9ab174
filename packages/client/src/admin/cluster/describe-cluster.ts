// Admin: the brokers of a cluster, and which of them is the controller.
import { DescribeClusterApi, MetadataApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { BrokerNode } from '../../cluster/metadata.ts'
import { BrokerError, UnsupportedVersionError } from '../../errors/index.ts'
import { flag, optionsWith } from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import type { AclOperationName } from '../security/acl.ts'
import { authorizedOperations } from '../security/authorized-operations.ts'

/** A cluster as its brokers describe it. */
export interface DescribedCluster {
  /** The cluster’s id; null where brokers are too old to have one. */
  readonly clusterId: string | null
  /** −1 while unknown. */
  readonly controllerId: number
  /** The brokers that are alive, and with `includeFencedBrokers` those that are registered and not. */
  readonly brokers: readonly DescribedBroker[]
  /** What this client may do with the cluster; undefined unless asked for. */
  readonly authorizedOperations: readonly AclOperationName[] | undefined
}

/** A broker of the cluster. */
export interface DescribedBroker extends BrokerNode {
  /** Whether it is registered but not alive, as the controller sees it. Always false unless fenced brokers are asked for. */
  readonly isFenced: boolean
}

/** Options of `describeCluster`. */
export interface DescribeClusterOptions extends AdminCallOptions {
  /** Also tell what this client may do with the cluster (broker 2.8 on). Default false. */
  readonly includeAuthorizedOperations?: boolean
  /** Also tell of brokers that are registered and not alive (broker 4.0 on, KIP-1073). Default false. Throws UnsupportedVersionError before. */
  readonly includeFencedBrokers?: boolean
}

/** The first version that tells of fenced brokers. */
const fencedFrom = 2

const checkOptions = optionsWith({ includeAuthorizedOperations: flag, includeFencedBrokers: flag })

const what = 'describing the cluster'

/** Describes the cluster; from Metadata where the broker is older than 2.8. */
export async function describeCluster(
  cluster: Cluster,
  options: DescribeClusterOptions = {},
): Promise<DescribedCluster> {
  checkOptions('describeCluster: options', options)
  const { includeAuthorizedOperations = false, includeFencedBrokers = false } = options
  try {
    const response = await cluster.call(
      DescribeClusterApi,
      version => ({
        includeClusterAuthorizedOperations: includeAuthorizedOperations,
        ...(version >= fencedFrom && { includeFencedBrokers }),
      }),
      {
        ...callOptions(options),
        what,
        ...(includeFencedBrokers && { minVersion: fencedFrom }),
        check: ({ errorCode, errorMessage }) => {
          if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
        },
      },
    )
    return {
      clusterId: response.clusterId,
      controllerId: response.controllerId,
      brokers: response.brokers.map(({ brokerId: id, host, port, rack, isFenced }) => ({
        id,
        host,
        port,
        rack,
        isFenced,
      })),
      authorizedOperations: authorizedOperations(response.clusterAuthorizedOperations),
    }
  } catch (error) {
    if (!(error instanceof UnsupportedVersionError) || includeFencedBrokers) throw error
    return describeByMetadata(cluster, options)
  }
}

async function describeByMetadata(cluster: Cluster, options: AdminCallOptions): Promise<DescribedCluster> {
  const { clusterId, controllerId, brokers } = await cluster.call(
    MetadataApi,
    version => ({ topics: [], ...(version >= 4 && { allowAutoTopicCreation: false }) }),
    // Before version 1 no topics means all.
    { ...callOptions(options), what, minVersion: 1, check: () => {} },
  )
  return {
    clusterId,
    controllerId,
    brokers: brokers.map(({ nodeId: id, host, port, rack }) => ({ id, host, port, rack, isFenced: false })),
    authorizedOperations: undefined,
  }
}
