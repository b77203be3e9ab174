// Admin: make members leave a group, static ones by their instance id (KIP-345).
import { LeaveGroupApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError } from '../errors/index.ts'
import { entry, listOf, optional, optionsWith, text } from '../config/arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'

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

const checkMembers = listOf(entry({ memberId: optional(text), groupInstanceId: optional(text) }))

const checkOptions = optionsWith({ reason: optional(text) })

/** Removes members; the group then rebalances. `reason` is written to the broker's log (KIP-800). */
export async function removeMembers(
  cluster: Cluster,
  groupId: string,
  members: readonly MemberToRemove[],
  options: AdminCallOptions & { readonly reason?: string } = {},
): Promise<RemovedMember[]> {
  text('removeMembers: groupId', groupId)
  checkMembers('removeMembers: members', members)
  checkOptions('removeMembers: options', options)
  const what = `removing members of group "${groupId}"`
  const response = await cluster.call(
    LeaveGroupApi,
    version => ({
      groupId,
      members: members.map(({ memberId = '', groupInstanceId = null }) => ({
        memberId,
        groupInstanceId,
        ...(version >= 5 && { reason: options.reason ?? 'removed by an administrator' }),
      })),
    }),
    {
      ...callOptions(options),
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
