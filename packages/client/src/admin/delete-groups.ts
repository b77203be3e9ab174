// Admin: delete groups that have no members.
import { DeleteGroupsApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { listOf, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError, settleEach } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

/** What became of one group. */
export interface DeletedGroup extends Outcome {
  /** The group’s id. */
  readonly groupId: string
}

const checkGroupIds = listOf(text)

const checkOptions = optionsWith()

/** Deletes groups with their offsets, each at its coordinator. `NON_EMPTY_GROUP` and `GROUP_ID_NOT_FOUND` are outcomes. */
export async function deleteGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<DeletedGroup[]> {
  checkGroupIds('deleteGroups: groupIds', groupIds)
  checkOptions('deleteGroups: options', options)
  return settleEach<string, DeletedGroup>(
    groupIds,
    async groupId => {
      const what = `deleting group "${groupId}"`
      const { results } = await cluster.call(
        DeleteGroupsApi,
        { groupsNames: [groupId] },
        {
          ...callOptions(options),
          what,
          to: { coordinator: { type: 'group', key: groupId } },
          check: response =>
            checkBroker(
              response.results.map(result => result.errorCode),
              what,
            ),
        },
      )
      return { groupId, error: outcomeError(results[0]?.errorCode ?? -1, what) }
    },
    (groupId, error) => ({ groupId, error }),
  )
}
