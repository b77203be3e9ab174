// Admin: how much each partition takes on each broker's disks.
import { DescribeLogDirsApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError } from '../errors/index.ts'
import { type AdminCallOptions, callOptions, type Outcome, outcomeError, refreshBrokers } from './outcome.ts'

export interface LogDirPartition extends TopicPartition {
  readonly sizeBytes: number
  /** How far this replica is behind the leader. */
  readonly offsetLag: number
}

export interface DescribedLogDir extends Outcome {
  readonly brokerId: number
  readonly path: string
  readonly partitions: readonly LogDirPartition[]
  /** Of the volume; −1 where the broker does not tell. */
  readonly totalBytes: number
  readonly usableBytes: number
}

/** Describes the log directories of all brokers. */
export async function describeLogDirs(
  cluster: Cluster,
  options: AdminCallOptions = {},
): Promise<DescribedLogDir[]> {
  await refreshBrokers(cluster, options)
  const what = 'describing log directories'
  const lists = await Promise.all(
    [...cluster.metadata.nodes.keys()].map(async brokerId => {
      const response = await cluster.call(
        DescribeLogDirsApi,
        { topics: null },
        {
          ...callOptions(options),
          what,
          to: { broker: brokerId },
          check: ({ errorCode }) => {
            if (errorCode !== 0) throw new BrokerError(errorCode, what)
          },
        },
      )
      return response.results.map(result => ({
        brokerId,
        path: result.logDir,
        partitions: result.topics.flatMap(({ name, partitions }) =>
          partitions.map(({ partitionIndex, partitionSize, offsetLag }) => ({
            topic: name,
            partition: partitionIndex,
            sizeBytes: partitionSize,
            offsetLag,
          })),
        ),
        totalBytes: result.totalBytes,
        usableBytes: result.usableBytes,
        error: outcomeError(result.errorCode, `${what} of broker ${brokerId}`),
      }))
    }),
  )
  return lists.flat()
}
