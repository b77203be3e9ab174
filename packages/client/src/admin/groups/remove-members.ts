// Admin: make members leave a group, static ones by their instance id (KIP-345).
import { LeaveGroupApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { BrokerError } from '../../errors/index.ts'
import { type Check, entry, listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions, steps } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { describeGroups } from './describe-groups.ts'

/** One member: a dynamic one by its id, a static one by its instance id. */
export interface MemberToRemove {
  /** Member id; empty for a static member. */
  readonly memberId?: string
  /** `group.instance.id` of a static member. */
  readonly groupInstanceId?: string
}

/** What became of one member. */
export interface RemovedMember extends Outcome {
  /** The member’s id; empty for a static member. */
  readonly memberId: string
  /** Of a static member, null otherwise. */
  readonly groupInstanceId: string | null
}

/** Options of `removeMembers`. */
export interface RemoveMembersOptions extends AdminCallOptions {
  /** Why, for the broker’s log (KIP-800, broker 3.2 on). Default: that an administrator did it. */
  readonly reason?: string
}

const checkList = listOf(entry({ memberId: optional(text), groupInstanceId: optional(text) }))
const checkMembers: Check = (place, value) => {
  if (value !== 'all') checkList(place, value)
}

const checkOptions = optionsWith({ reason: optional(text) })

/** Removes members, in the order given, or all that the group has at the time; it then rebalances. */
export async function removeMembers(
  cluster: Cluster,
  groupId: string,
  members: readonly MemberToRemove[] | 'all',
  options: RemoveMembersOptions = {},
): Promise<RemovedMember[]> {
  text('removeMembers: groupId', groupId)
  checkMembers('removeMembers: members', members)
  checkOptions('removeMembers: options', options)
  const { reason = 'removed by an administrator', ...rest } = options
  const step = steps(cluster, rest)
  const removed = members === 'all' ? await membersOf(cluster, groupId, step()) : members
  if (removed.length === 0) return []
  const what = `removing members of group "${groupId}"`
  const response = await cluster.call(
    LeaveGroupApi,
    version => ({
      groupId,
      members: removed.map(({ memberId = '', groupInstanceId = null }) => ({
        memberId,
        groupInstanceId,
        ...(version >= 5 && { reason }),
      })),
    }),
    {
      ...callOptions(step()),
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      minVersion: 3,
      check: ({ errorCode }) => {
        if (errorCode !== 0) throw new BrokerError(errorCode, what)
      },
    },
  )
  return response.members.map(({ memberId, groupInstanceId, errorCode }) => ({
    memberId,
    groupInstanceId,
    error: outcomeError(errorCode, `${what}: ${groupInstanceId ?? memberId}`),
  }))
}

/** Static members by the name that outlives them. */
async function membersOf(
  cluster: Cluster,
  groupId: string,
  options: AdminCallOptions,
): Promise<MemberToRemove[]> {
  const [group] = await describeGroups(cluster, [groupId], options)
  if (group!.error) throw group!.error
  return group!.members.map(({ memberId, groupInstanceId }) =>
    groupInstanceId === null ? { memberId } : { groupInstanceId },
  )
}
