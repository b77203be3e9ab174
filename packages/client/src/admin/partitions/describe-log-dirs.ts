// Admin: how much each partition takes on each broker's disks.
import { DescribeLogDirsApi, type DescribeLogDirsResponse } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { BrokerError } from '../../errors/index.ts'
import { entry, int32, listOf, optional, optionsWith, partitionFields } from '../../config/arguments.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { askEveryBroker } from '../every-broker.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

/** A partition’s replica on a disk. */
export interface LogDirPartition extends TopicPartition {
  /** Bytes of its log segments. */
  readonly sizeBytes: number
  /** How far this replica is behind the leader. */
  readonly offsetLag: number
  /** Whether it is a copy that `alterReplicaLogDirs` has ordered and that is not yet in use. */
  readonly isFuture: boolean
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
  /** Whether it takes no new replicas (KIP-1066, `cordoned.log.dirs`). */
  readonly isCordoned: boolean
}

/** Options of `describeLogDirs`. */
export interface DescribeLogDirsOptions extends AdminCallOptions {
  /** Only these brokers. Default: all that the cluster has. */
  readonly brokerIds?: readonly number[]
  /** Only these partitions. Default: all. Directories without any of them are listed, too. */
  readonly partitions?: readonly TopicPartition[]
}

const checkOptions = optionsWith({
  brokerIds: optional(listOf(int32)),
  partitions: optional(listOf(entry(partitionFields))),
})

/** Describes the log directories of brokers, in the order of their ids. One that cannot be reached has one entry, with the error. */
export async function describeLogDirs(
  cluster: Cluster,
  options: DescribeLogDirsOptions = {},
): Promise<DescribedLogDir[]> {
  checkOptions('describeLogDirs: options', options)
  const what = 'describing log directories'
  const { brokerIds, partitions: of, ...rest } = options
  const topics =
    of &&
    groupByTopic(of).map(([topic, entries]) => ({
      topic,
      partitions: [...new Set(entries.map(({ partition }) => partition))],
    }))
  const ask = async (brokerId: number) => {
    const response = await cluster.request(
      DescribeLogDirsApi,
      { topics: topics ?? null },
      { to: { broker: brokerId }, signal: options.signal },
    )
    if (response.errorCode !== 0) throw new BrokerError(response.errorCode, what)
    return response.results
  }
  const answers = await askEveryBroker(cluster, what, rest, ask, brokerIds)
  return answers.flatMap(({ brokerId, answer, error }) =>
    answer
      ? answer.map(result => describe(brokerId, result, `${what} of broker ${brokerId}`))
      : [{ brokerId, path: '', partitions: [], totalBytes: -1, usableBytes: -1, isCordoned: false, error }],
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
      partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
        topic: name,
        partition: partitionIndex,
        sizeBytes: partitionSize,
        offsetLag,
        isFuture: isFutureKey,
      })),
    ),
    totalBytes: result.totalBytes,
    usableBytes: result.usableBytes,
    isCordoned: result.isCordoned,
    error: outcomeError(result.errorCode, what),
  }
}
