// A group and its members as programs see them, whatever its protocol.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { KafkaError } from '../../errors/index.ts'
import type { Outcome } from '../outcome.ts'
import type { AclOperationName } from '../security/acl.ts'

/** One member of a group. */
export interface DescribedMember {
  /** The id that the coordinator gave it. */
  readonly memberId: string
  /** `group.instance.id` of a static member, null otherwise. */
  readonly groupInstanceId: string | null
  /** `client.id` of its connection. */
  readonly clientId: string
  /** As the broker saw it, `/127.0.0.1`. */
  readonly clientHost: string
  /** `client.rack` of a member of the consumer protocol, null without one; undefined for classic ones. */
  readonly rackId?: string | null
  /** Counts the assignments of a member of the consumer protocol (KIP-848); undefined for classic ones. */
  readonly memberEpoch?: number
  /** What a consumer is subscribed to by name; empty for other protocol types. */
  readonly topics: readonly string[]
  /** What the broker matches for a member of the consumer protocol; null or undefined without a pattern. */
  readonly pattern?: string | null
  /** What a consumer is assigned; empty for other protocol types and while the group rebalances. */
  readonly assignment: readonly TopicPartition[]
  /** What the broker means it to have in the end (KIP-848); undefined for members of classic groups. */
  readonly targetAssignment?: readonly TopicPartition[]
  /** Whether it speaks the classic protocol in a group of the consumer protocol, which it joined while the group goes over; undefined where the broker does not tell (before 4.0). */
  readonly isClassic?: boolean
  /** What the member told its group, where `topics` cannot say it: of other protocol types, and where it cannot be decoded. */
  readonly rawMetadata: Buffer | undefined
  /** What the member was given, where `assignment` cannot say it. */
  readonly rawAssignment: Buffer | undefined
}

/** One group with its members. */
export interface DescribedGroup extends Outcome {
  /** The group’s id. */
  readonly groupId: string
  /** Who divides the partitions: a member, or the broker (KIP-848); empty where there is an error. */
  readonly type: 'classic' | 'consumer' | ''
  /** `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead`; `Assigning`, `Reconciling` of the consumer protocol. */
  readonly state: string
  /** `consumer`, `connect`, …; empty for a group that never had members. */
  readonly protocolType: string
  /** The assignor that was agreed on; empty without members. */
  readonly protocol: string
  /** Counts the changes of members and subscriptions (KIP-848); undefined for classic groups. */
  readonly groupEpoch?: number
  /** The group epoch that the assignment is for (KIP-848); undefined for classic groups. */
  readonly assignmentEpoch?: number
  /** Its members; empty where there is an error. */
  readonly members: readonly DescribedMember[]
  /** What this client may do with the group; undefined unless asked for. */
  readonly authorizedOperations?: readonly AclOperationName[] | undefined
}

/** A group of which only the error is known. */
export function undescribed(groupId: string, error: KafkaError): DescribedGroup {
  return { groupId, type: '', state: '', protocolType: '', protocol: '', members: [], error }
}
