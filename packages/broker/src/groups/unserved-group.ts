// A consumer, share or streams group that another broker has left in the data directory. It is not run here: its records stay as they
// are, its id stays its own until it is deleted or its members come back as classic ones, its offsets can be read.
import { ErrorCode } from '@millrace/protocol'
import type { CoordinatorRecord } from '../coordination/record.ts'
import type { CommitIdentity, Group } from './group.ts'
import type { GroupDriver } from './group-shard.ts'
import type { UnservedKey, UnservedType } from './record-types.ts'

/** Kafka's default of `group.consumer.session.timeout.ms`, of share and streams groups, too. */
const unservedSessionMs = 45_000

export class UnservedGroup implements Group {
  readonly groupId: string
  readonly type: UnservedType
  readonly protocolType: string
  /** When its members lapse. */
  wakeAtMs = Number.POSITIVE_INFINITY
  readonly isUnused = false
  /** Of the records that are not deleted, by their bytes. */
  readonly #keys = new Map<string, Buffer>()
  #memberCount = 0

  constructor(groupId: string, type: UnservedType) {
    this.groupId = groupId
    this.type = type
    this.protocolType = type
  }

  get memberCount(): number {
    return this.#memberCount
  }

  /** What its members are doing cannot be said. */
  get state(): string {
    return this.#memberCount === 0 ? 'Empty' : 'Unknown'
  }

  /** Whether anything of the group is left. */
  get isStored(): boolean {
    return this.#keys.size > 0
  }

  /** One record of the group: with a value, or its tombstone. */
  apply({ isMember }: UnservedKey, key: Buffer, hasValue: boolean): void {
    const name = key.toString('latin1')
    const before = this.#keys.size
    if (hasValue) this.#keys.set(name, Buffer.from(key))
    else this.#keys.delete(name)
    if (isMember) this.#memberCount += this.#keys.size - before
  }

  /** The group is in service: its members are given as long to be heard of as a broker that runs it would give them. */
  expectMembers(monotonicMs: number): void {
    if (this.#memberCount > 0) this.wakeAtMs = monotonicMs + unservedSessionMs
  }

  /** Nobody has been heard of, since nobody can be: the group counts as empty. Its records say what they said. */
  lapse(): void {
    this.#memberCount = 0
    this.wakeAtMs = Number.POSITIVE_INFINITY
  }

  /** Whoever is no member may set offsets while nobody is; members cannot be told apart here. Share groups have no offsets. */
  admitCommit(by: CommitIdentity): number {
    if (this.type === 'share') return ErrorCode.GROUP_ID_NOT_FOUND
    return by.generationId < 0 && this.#memberCount === 0 ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID
  }

  admitTransactionalCommit(by: CommitIdentity): number {
    return this.admitCommit(by)
  }

  admitOffsetDelete(): number {
    return this.type === 'share' ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.NONE
  }

  admitDelete(): number {
    return this.#memberCount === 0 ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP
  }

  isSubscribedTo(): boolean {
    return this.#memberCount > 0
  }

  /** The broker that runs it decides. */
  isExpired(): boolean {
    return false
  }

  tombstones(): CoordinatorRecord[] {
    return [...this.#keys.values()].map(key => ({ key, value: null }))
  }
}

/** Time is all that happens to such a group; nobody waits for it. */
export const unservedDriver: GroupDriver<UnservedGroup> = {
  tick: ({ group }) => group.lapse(),
  end: () => {},
  revived: group => group,
}
