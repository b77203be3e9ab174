// How the leader of a classic group divides partitions among members: the interface, and the words of it.

/** Partitions by topic. */
export type TopicPartitions = ReadonlyMap<string, readonly number[]>

/** What one member of the group wants and has. */
export interface GroupMember {
  /** The coordinator’s name for it. */
  readonly memberId: string
  /** Name of a static member (KIP-345). */
  readonly groupInstanceId: string | null
  /** Names of the topics that it subscribes to. */
  readonly topics: readonly string[]
  /** What the member says that it owns now. */
  readonly owned: TopicPartitions
  /** The generation in which it got them, −1 if it does not say. */
  readonly generation: number
  /** Where it is (`client.rack`); null where it does not say. */
  readonly rack: string | null
  /** What its assignor sent along (`userData`); null without. */
  readonly userData: Buffer | null
}

/** Partitions for each member id. Every member has an entry. */
export type GroupAssignment = ReadonlyMap<string, TopicPartitions>

/** How a group divides partitions among its members (Kafka’s `ConsumerPartitionAssignor`). */
export interface GroupAssignor {
  /** The name members agree on in JoinGroup; all members of a group must offer it. */
  readonly name: string
  /**
   * `eager`: members give up everything before each rebalance. `cooperative` (KIP-429): they keep what they have, and give up only what
   * the new assignment gives to others.
   */
  readonly protocol: 'eager' | 'cooperative'
  /** What this member tells the leader's assignor beside its topics. */
  userData?(owned: TopicPartitions, generation: number): Buffer | null
  /** Reads ownership and generation of a member where they stand in its user data. */
  readUserData?(userData: Buffer): { readonly owned?: TopicPartitions; readonly generation: number }
  /** Divides the partitions. `partitionCounts` holds the topics that exist. Runs on the leader only, which the group waits for when it returns a promise. */
  assign(
    members: readonly GroupMember[],
    partitionCounts: ReadonlyMap<string, number>,
  ): GroupAssignment | Promise<GroupAssignment>
}

/** An assignor that waits for nothing. */
export interface PromptAssignor extends GroupAssignor {
  /** As {@link GroupAssignor.assign}. */
  assign(members: readonly GroupMember[], partitionCounts: ReadonlyMap<string, number>): GroupAssignment
}

/** Java's order of members: static ones first, by instance id, then the others by member id. */
export function compareMembers(a: GroupMember, b: GroupMember): number {
  if (a.groupInstanceId !== null && b.groupInstanceId !== null) {
    return compareText(a.groupInstanceId, b.groupInstanceId)
  }
  if (a.groupInstanceId !== null) return -1
  if (b.groupInstanceId !== null) return 1
  return compareText(a.memberId, b.memberId)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** An assignment under construction. */
export class AssignmentBuilder {
  readonly #members = new Map<string, Map<string, number[]>>()

  constructor(members: readonly GroupMember[]) {
    for (const { memberId } of members) this.#members.set(memberId, new Map())
  }

  add(memberId: string, topic: string, partition: number): void {
    const topics = this.#members.get(memberId)!
    const partitions = topics.get(topic)
    if (partitions) partitions.push(partition)
    else topics.set(topic, [partition])
  }

  finish(): GroupAssignment {
    for (const topics of this.#members.values()) {
      for (const partitions of topics.values()) partitions.sort((a, b) => a - b)
    }
    return this.#members
  }
}
