// Admin: how much each partition takes on each broker's disks.
import { DescribeLogDirsApi, type DescribeLogDirsResponse } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError } from '../errors/index.ts'
import { optionsWith } from '../config/arguments.ts'
import type { AdminCallOptions } from './call-options.ts'
import { askEveryBroker } from './every-broker.ts'
import { type Outcome, outcomeError } from './outcome.ts'

/** A partition’s replica on a disk. */
export interface LogDirPartition extends TopicPartition {
  /** Bytes of its log segments. */
  readonly sizeBytes: number
  /** How far this replica is behind the leader. */
  readonly offsetLag: number
}

/** One log directory of one broker. */
export interface DescribedLogDir extends Outcome {
  /** The broker that it belongs to. */
  readonly brokerId: number
  /** Empty where the broker could not be asked: `error` says why. */
  readonly path: string
  /** The replicas in it. */
  readonly partitions: readonly LogDirPartition[]
  /** Of the volume; −1 where the broker does not tell. */
  readonly totalBytes: number
  /** Bytes that are free on the volume; −1 where the broker does not tell. */
  readonly usableBytes: number
}

const checkOptions = optionsWith()

/** Describes the log directories of all brokers. One that cannot be reached has one entry, with the error. */
export async function describeLogDirs(
  cluster: Cluster,
  options: AdminCallOptions = {},
): Promise<DescribedLogDir[]> {
  checkOptions('describeLogDirs: options', options)
  const what = 'describing log directories'
  const answers = await askEveryBroker(cluster, what, options, async brokerId => {
    const response = await cluster.request(
      DescribeLogDirsApi,
      { topics: null },
      { to: { broker: brokerId }, signal: options.signal },
    )
    if (response.errorCode !== 0) throw new BrokerError(response.errorCode, what)
    return response.results
  })
  return answers.flatMap(({ brokerId, answer, error }) =>
    answer
      ? answer.map(result => describe(brokerId, result, `${what} of broker ${brokerId}`))
      : [{ brokerId, path: '', partitions: [], totalBytes: -1, usableBytes: -1, error }],
  )
}

function describe(
  brokerId: number,
  result: DescribeLogDirsResponse['results'][number],
  what: string,
): DescribedLogDir {
  return {
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
    error: outcomeError(result.errorCode, what),
  }
}
