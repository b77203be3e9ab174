// Admin: have the leaders of partitions elected anew (KIP-460).
import { ElectLeadersApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, listOf, oneOf, optional, optionsWith, partitionFields } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { inOrderOf } from '../in-order.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'

/** How a leader is chosen (`ElectionType`): the first replica, if it is in sync; or whichever is alive, records that it lacks being lost. */
export const Election = { preferred: 0, unclean: 1 } as const

/** A name of `Election`. */
export type ElectionName = keyof typeof Election

/** What became of one partition. */
export interface ElectedLeader extends TopicPartition, Outcome {}

const checkKind = oneOf(Object.keys(Election))
const checkPartitions = optional(listOf(entry(partitionFields)))
const checkOptions = optionsWith()

/** The first version that has unclean elections; before it (2.4) there are preferred ones only. */
const kindsFrom = 1

/**
 * Elects leaders of partitions, in the order given, or of all that need it: those have outcomes then. `ELECTION_NOT_NEEDED`, `PREFERRED_LEADER_NOT_AVAILABLE`
 * and `ELIGIBLE_LEADERS_NOT_AVAILABLE` are outcomes.
 */
export async function electLeaders(
  cluster: Cluster,
  kind: ElectionName,
  partitions?: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<ElectedLeader[]> {
  checkKind('electLeaders: kind', kind)
  checkPartitions('electLeaders: partitions', partitions)
  checkOptions('electLeaders: options', options)
  const what = 'electing leaders'
  const { errorCode, replicaElectionResults } = await cluster.call(
    ElectLeadersApi,
    version => ({
      ...(version >= kindsFrom && { electionType: Election[kind] }),
      topicPartitions: partitions
        ? groupByTopic(partitions).map(([topic, entries]) => ({
            topic,
            partitions: entries.map(({ partition }) => partition),
          }))
        : null,
      timeoutMs: cluster.options.requestTimeoutMs,
    }),
    {
      ...callOptions(options),
      what,
      to: 'controller',
      ...(kind !== 'preferred' && { minVersion: kindsFrom }),
      check: response =>
        checkBroker(
          [
            response.errorCode,
            ...response.replicaElectionResults.flatMap(({ partitionResult }) =>
              partitionResult.map(result => result.errorCode),
            ),
          ],
          what,
        ),
    },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  cluster.invalidateMetadata()
  const elected = replicaElectionResults.flatMap(({ topic, partitionResult }) =>
    partitionResult.map(({ partitionId, errorCode: code, errorMessage }) => ({
      topic,
      partition: partitionId,
      error: outcomeError(code, `electing the leader of ${topic}-${partitionId}`, errorMessage),
    })),
  )
  return partitions ? inOrderOf(partitions, elected, what) : elected
}
