// Admin: list groups on all brokers.
import { ListGroupsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { BrokerError } from '../../errors/index.ts'
import { listOf, oneOf, optional, optionsWith, text } from '../../config/arguments.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { askEveryBroker } from '../every-broker.ts'
import { throwFirst } from '../outcome.ts'

/** Types of groups as brokers name them, without regard to case (`GroupType`). */
export const GroupType = ['classic', 'consumer', 'share', 'streams'] as const

/** One of `GroupType`. */
export type GroupTypeName = (typeof GroupType)[number]

/** Options of `listGroups`. */
export interface ListGroupsOptions extends AdminCallOptions {
  /** Only groups in one of these states, as Kafka names them (`Stable`, `Empty`, …). Default: all. Brokers before 2.6 know no states and list all. */
  readonly states?: readonly string[]
  /** Only groups of one of these types. Default: all. Brokers before 3.8 list all: throws UnsupportedVersionError. */
  readonly types?: readonly GroupTypeName[]
  /** Only groups of one of these protocol types (`consumer`, `connect`, …; `share`, `streams`); empty stands for those that never had members. Default: all. */
  readonly protocolTypes?: readonly string[]
}

/** One group of the list. */
export interface ListedGroup {
  /** The group’s id. */
  readonly groupId: string
  /** `consumer`, `connect`, … */
  readonly protocolType: string
  /** Empty where the broker does not tell (before 2.6). */
  readonly state: string
  /** `classic`, `consumer`, …; empty before 3.7. */
  readonly type: string
  /** The broker that coordinates it. */
  readonly coordinatorId: number
}

const checkOptions = optionsWith({
  states: optional(listOf(text)),
  types: optional(listOf(oneOf(GroupType))),
  protocolTypes: optional(listOf(text)),
})

/** The first versions that filter by states, and by types. */
const statesFrom = 4
const typesFrom = 5

/** All groups that this client may see, sorted by id. */
export async function listGroups(cluster: Cluster, options: ListGroupsOptions = {}): Promise<ListedGroup[]> {
  checkOptions('listGroups: options', options)
  const { states = [], types = [], protocolTypes, ...callOptions } = options
  const what = 'listing groups'
  const answers = await askEveryBroker(cluster, what, callOptions, async coordinatorId => {
    const { errorCode, groups } = await cluster.request(
      ListGroupsApi,
      version => ({
        ...(version >= statesFrom && { statesFilter: [...states] }),
        ...(version >= typesFrom && { typesFilter: [...types] }),
      }),
      {
        to: { broker: coordinatorId },
        signal: options.signal,
        ...(types.length > 0 && { minVersion: typesFrom }),
      },
    )
    if (errorCode !== 0) throw new BrokerError(errorCode, what)
    return groups
  })
  // A list that lacks a broker's groups would look whole.
  throwFirst(answers)
  return answers
    .flatMap(({ brokerId, answer = [] }) =>
      answer.map(({ groupId, protocolType, groupState, groupType }) => ({
        groupId,
        protocolType,
        state: groupState,
        type: groupType,
        coordinatorId: brokerId,
      })),
    )
    .filter(({ protocolType }) => !protocolTypes || protocolTypes.includes(protocolType))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : 1))
}
