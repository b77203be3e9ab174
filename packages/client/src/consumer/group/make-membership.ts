// Which kind of member a consumer becomes: as `groupProtocol` says.
import type { Cluster } from '../../cluster/cluster.ts'
import type { ResolvedConsumerOptions } from '../options.ts'
import { ClassicMember } from './classic/classic-member.ts'
import type { MakeMembership } from './group-membership.ts'
import { ConsumerGroupMember } from './modern/consumer-group-member.ts'

export function membershipOf(
  cluster: Cluster,
  options: ResolvedConsumerOptions & { readonly groupId: string },
): MakeMembership {
  const Member = options.groupProtocol === 'classic' ? ClassicMember : ConsumerGroupMember
  return (subscription, host) => new Member(cluster, options, subscription, host)
}
