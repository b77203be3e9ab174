// Admin: delete groups that have no members.
import { DeleteGroupsApi, type DeleteGroupsResponse } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optionsWith, text } from '../../config/arguments.ts'
import { askCoordinators } from '../by-coordinator.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

/** What became of one group. */
export interface DeletedGroup extends Outcome {
  /** The group’s id. */
  readonly groupId: string
}

const checkGroupIds = listOf(text)

const checkOptions = optionsWith()

type Answer = DeleteGroupsResponse['results'][number]

/** Deletes groups of any kind with their offsets, each at its coordinator. `NON_EMPTY_GROUP` and `GROUP_ID_NOT_FOUND` are outcomes. */
export async function deleteGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: AdminCallOptions = {},
): Promise<DeletedGroup[]> {
  checkGroupIds('deleteGroups: groupIds', groupIds)
  checkOptions('deleteGroups: options', options)
  const what = (groupId: string) => `deleting group "${groupId}"`
  const outcomes = await askCoordinators<Answer>(
    cluster,
    groupIds,
    {
      type: 'group',
      what,
      keyOf: ({ groupId }) => groupId,
      send: async (ids, to) => {
        const body = { groupsNames: [...ids] }
        const { results } = await cluster.request(DeleteGroupsApi, body, { to, signal: options.signal })
        return results
      },
    },
    options,
  )
  return groupIds.map(groupId => {
    const { answer, error } = outcomes.get(groupId)!
    return { groupId, error: answer ? outcomeError(answer.errorCode, what(groupId)) : error }
  })
}
