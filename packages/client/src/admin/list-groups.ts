// Admin: list groups on all brokers.
import { ListGroupsApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError } from '../errors/index.ts'
import { type AdminCallOptions, callOptions, refreshBrokers } from './outcome.ts'

export interface ListGroupsOptions extends AdminCallOptions {
  /** Only groups in one of these states, as Kafka names them (`Stable`, `Empty`, …). Brokers before 2.6 know no states and list all. */
  readonly states?: readonly string[]
}

export interface ListedGroup {
  readonly groupId: string
  /** `consumer`, `connect`, … */
  readonly protocolType: string
  /** Empty where the broker does not tell (before 2.6). */
  readonly state: string
  /** `classic`, `consumer`, …; empty before 3.7. */
  readonly type: string
  readonly coordinatorId: number
}

/** All groups that this client may see, sorted by id. */
export async function listGroups(cluster: Cluster, options: ListGroupsOptions = {}): Promise<ListedGroup[]> {
  await refreshBrokers(cluster, options)
  const what = 'listing groups'
  const lists = await Promise.all(
    [...cluster.metadata.nodes.keys()].map(async coordinatorId => {
      const { groups } = await cluster.call(
        ListGroupsApi,
        version => (version >= 4 ? { statesFilter: [...(options.states ?? [])] } : {}),
        {
          ...callOptions(options),
          what,
          to: { broker: coordinatorId },
          check: ({ errorCode }) => {
            if (errorCode !== 0) throw new BrokerError(errorCode, what)
          },
        },
      )
      return groups.map(({ groupId, protocolType, groupState, groupType }) => ({
        groupId,
        protocolType,
        state: groupState,
        type: groupType,
        coordinatorId,
      }))
    }),
  )
  return lists.flat().sort((a, b) => (a.groupId < b.groupId ? -1 : 1))
}
