// Admin: the brokers of a cluster, and which of them is the controller.
import { DescribeClusterApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { BrokerNode } from '../cluster/metadata.ts'
import { BrokerError } from '../errors/index.ts'
import { optionsWith } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'

/** A cluster as its brokers describe it. */
export interface DescribedCluster {
  /** The cluster’s id; null where brokers are too old to have one. */
  readonly clusterId: string | null
  /** −1 while unknown. */
  readonly controllerId: number
  /** The brokers that are alive. */
  readonly brokers: readonly BrokerNode[]
}

const checkOptions = optionsWith()

/** Describes the cluster; from Metadata where the broker is older than 2.8. */
export async function describeCluster(
  cluster: Cluster,
  options: AdminCallOptions = {},
): Promise<DescribedCluster> {
  checkOptions('describeCluster: options', options)
  const ranges = await cluster.apiRanges('any', options.signal)
  if (!ranges.has(DescribeClusterApi.key)) {
    await cluster.refreshMetadata([], options.signal)
    const { clusterId, controllerId, nodes } = cluster.metadata
    return { clusterId, controllerId, brokers: [...nodes.values()] }
  }
  const what = 'describing the cluster'
  const response = await cluster.call(
    DescribeClusterApi,
    { includeClusterAuthorizedOperations: false },
    {
      ...callOptions(options),
      what,
      check: ({ errorCode, errorMessage }) => {
        if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
      },
    },
  )
  return {
    clusterId: response.clusterId,
    controllerId: response.controllerId,
    brokers: response.brokers.map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, rack })),
  }
}
