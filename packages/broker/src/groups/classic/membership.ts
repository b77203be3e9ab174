// The requests of classic members: JoinGroup, SyncGroup, Heartbeat, LeaveGroup.
import { ErrorCode } from '@millrace/protocol'
import type { Shards } from '../../coordination/shards.ts'
import { answered } from '../../coordination/ticket.ts'
import type { BrokerCore } from '../../core.ts'
import type { GroupShard, HostedGroup } from '../group-shard.ts'
import { groupRecord } from '../offsets-records.ts'
import { ClassicGroup } from './classic-group.ts'
import type {
  HeartbeatEvent,
  HeartbeatReply,
  JoinEvent,
  JoinReply,
  LeaveEvent,
  LeaveReply,
  SyncEvent,
  SyncReply,
} from './events.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { memberId } from './member-id.ts'
import { joinError, syncError } from './replies.ts'
import type { ClassicRunner, HostedClassicGroup } from './runner.ts'

/** An event without what the coordinator adds to it. */
type Asked<Event> = Omit<Event, 'type' | 'ticket' | 'newMemberId'>

export type JoinAsked = Asked<JoinEvent>
export type SyncAsked = Asked<SyncEvent>
export type HeartbeatAsked = Asked<HeartbeatEvent>
export type LeaveAsked = Asked<LeaveEvent>

export class ClassicMembership {
  readonly #core: BrokerCore
  readonly #shards: Shards<GroupShard>
  readonly #runner: ClassicRunner
  #closed = false

  constructor(core: BrokerCore, shards: Shards<GroupShard>, runner: ClassicRunner) {
    this.#core = core
    this.#shards = shards
    this.#runner = runner
  }

  /** Waits for the rebalance. A group that does not exist is made for who has no member id yet. */
  async join(groupId: string, asked: JoinAsked): Promise<JoinReply> {
    if (this.#closed) return joinError(ErrorCode.COORDINATOR_NOT_AVAILABLE, asked.memberId)
    if (groupId === '') return joinError(ErrorCode.INVALID_GROUP_ID, asked.memberId)
    const { config } = this.#core
    if (
      asked.sessionTimeoutMs < config.get('group.min.session.timeout.ms') ||
      asked.sessionTimeoutMs > config.get('group.max.session.timeout.ms')
    ) {
      return joinError(ErrorCode.INVALID_SESSION_TIMEOUT, asked.memberId)
    }
    const shard = await this.#shards.findOrCreate(groupId)
    const known = shard.groups.get(groupId)
    if (known && isClassic(known)) return this.#join(known, asked)
    if (known && !canBecomeClassic(known)) return joinError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
    if (asked.memberId !== '') return joinError(ErrorCode.UNKNOWN_MEMBER_ID, asked.memberId)
    const hosted = known ? this.#runner.replace(known) : this.#runner.create(shard, groupId)
    // In the order of the log: a record that the join itself stores comes behind.
    this.#storeNew(hosted, known)
    return this.#join(hosted, asked)
  }

  /** Waits for the leader's assignment. */
  async sync(groupId: string, asked: SyncAsked): Promise<SyncReply> {
    if (this.#closed) return syncError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    if (groupId === '') return syncError(ErrorCode.INVALID_GROUP_ID)
    const hosted = await this.#find(groupId)
    if (!hosted) return syncError(ErrorCode.UNKNOWN_MEMBER_ID)
    return answered(ticket => this.#runner.run(hosted, { ...asked, type: 'sync', ticket }))
  }

  async heartbeat(groupId: string, asked: HeartbeatAsked): Promise<HeartbeatReply> {
    if (this.#closed) return { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE }
    if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID }
    const hosted = await this.#find(groupId)
    if (!hosted) return { errorCode: ErrorCode.UNKNOWN_MEMBER_ID }
    return answered(ticket => this.#runner.run(hosted, { ...asked, type: 'heartbeat', ticket }))
  }

  async leave(groupId: string, asked: LeaveAsked): Promise<LeaveReply> {
    if (this.#closed) return { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE, members: [] }
    if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID, members: [] }
    const hosted = await this.#find(groupId)
    if (!hosted) {
      const members = asked.members.map(member => ({ ...member, errorCode: ErrorCode.UNKNOWN_MEMBER_ID }))
      return { errorCode: ErrorCode.NONE, members }
    }
    return answered(ticket => this.#runner.run(hosted, { ...asked, type: 'leave', ticket }))
  }

  close(): void {
    this.#closed = true
  }

  /** The classic group of that id; members of another kind are not known here. */
  async #find(groupId: string): Promise<HostedClassicGroup | undefined> {
    const hosted = (await this.#shards.find(groupId))?.groups.get(groupId)
    return hosted && isClassic(hosted) ? hosted : undefined
  }

  #join(hosted: HostedClassicGroup, asked: JoinAsked): Promise<JoinReply> {
    const newMemberId = memberId(asked.groupInstanceId ?? asked.clientId, this.#core.random)
    return answered(ticket => this.#runner.run(hosted, { ...asked, type: 'join', ticket, newMemberId }))
  }

  /** Writes down that a group exists, and that the one of another kind whose place it takes does not. Nobody waits for it. */
  #storeNew({ shard, group }: HostedClassicGroup, replaced: HostedGroup | undefined): void {
    const snapshot: GroupSnapshot = {
      protocolType: '',
      generation: 0,
      protocol: null,
      leader: null,
      currentStateTimestamp: group.stateTimestampMs,
      members: [],
    }
    const tombstones = replaced?.group.tombstones() ?? []
    this.#shards
      .write(shard, [...tombstones, groupRecord(group.groupId, snapshot)])
      .catch((error: unknown) => {
        const fields = { group: group.groupId, error: String(error) }
        this.#core.logger.log('warn', 'group.store_failed', fields)
        if (replaced) this.#runner.putBack(replaced)
      })
  }
}

/** Consumer and streams groups that nobody is in make room for classic members, as in Apache Kafka; share groups do not. */
function canBecomeClassic({ group }: HostedGroup): boolean {
  return group.type !== 'share' && group.admitDelete() === ErrorCode.NONE
}

export function isClassic(hosted: HostedGroup): hosted is HostedClassicGroup {
  return hosted.group instanceof ClassicGroup
}
