// The group coordinator: membership of classic groups, their offsets, and what admin clients ask about them.
import { ErrorCode } from '@millrace/protocol'
import type { BrokerCore } from '../core.ts'
import type { TopicImage } from '../metadata/image.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import type { Service, ServiceDefinition } from '../services.ts'
import type {
  HeartbeatEvent,
  HeartbeatReply,
  JoinEvent,
  JoinReply,
  LeaveEvent,
  LeaveReply,
  SyncEvent,
  SyncReply,
  Ticket,
} from './events.ts'
import { GroupAdmin } from './group-admin.ts'
import { GroupOffsets } from './group-offsets.ts'
import { GroupRunner } from './group-runner.ts'
import type { GroupShard, HostedGroup } from './group-shard.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { memberId } from './member-id.ts'
import { groupRecord } from './offsets-records.ts'
import { joinError, syncError } from './replies.ts'
import { Shards } from './shards.ts'

/** An event without what the coordinator adds to it. */
type Asked<Event> = Omit<Event, 'type' | 'ticket' | 'newMemberId'>

export type JoinAsked = Asked<JoinEvent>
export type SyncAsked = Asked<SyncEvent>
export type HeartbeatAsked = Asked<HeartbeatEvent>
export type LeaveAsked = Asked<LeaveEvent>

export class GroupCoordinator implements Service {
  readonly offsets: GroupOffsets
  readonly admin: GroupAdmin
  readonly #core: BrokerCore
  readonly #runner: GroupRunner
  readonly #shards: Shards
  readonly #unlisten: () => void
  #closed = false

  constructor(core: BrokerCore) {
    this.#core = core
    this.#runner = new GroupRunner(core, (shard, groupId, snapshot) => this.#store(shard, groupId, snapshot))
    this.#shards = new Shards(core, this.#runner)
    this.offsets = new GroupOffsets(core, this.#shards, this.#runner)
    this.admin = new GroupAdmin(this.#shards, this.#runner)
    this.#unlisten = core.metadata.listen({ onTopicDeleted: topic => this.#topicDeleted(topic) })
    void this.#loadInBackground()
  }

  /** Makes `__consumer_offsets` unless it exists: afterwards this broker is the coordinator of every group. */
  createTopic(): Promise<void> {
    return this.#shards.create()
  }

  /** Waits for the rebalance. A group that does not exist is made for who has no member id yet. */
  async join(groupId: string, asked: JoinAsked): Promise<JoinReply> {
    if (this.#closed) return joinError(ErrorCode.COORDINATOR_NOT_AVAILABLE, asked.memberId)
    if (groupId === '') return joinError(ErrorCode.INVALID_GROUP_ID, asked.memberId)
    const { config, random } = this.#core
    if (
      asked.sessionTimeoutMs < config.get('group.min.session.timeout.ms') ||
      asked.sessionTimeoutMs > config.get('group.max.session.timeout.ms')
    ) {
      return joinError(ErrorCode.INVALID_SESSION_TIMEOUT, asked.memberId)
    }
    const shard = await this.#shards.findOrCreate(groupId)
    const known = shard.groups.get(groupId)
    if (!known && asked.memberId !== '') return joinError(ErrorCode.UNKNOWN_MEMBER_ID, asked.memberId)
    const hosted = known ?? this.#runner.create(shard, groupId)
    const newMemberId = memberId(asked.groupInstanceId ?? asked.clientId, random)
    return this.#answer(ticket => {
      const stored = this.#runner.run(hosted, { ...asked, type: 'join', ticket, newMemberId })
      if (!known && !stored) this.#storeNew(hosted)
    })
  }

  /** Waits for the leader's assignment. */
  async sync(groupId: string, asked: SyncAsked): Promise<SyncReply> {
    if (this.#closed) return syncError(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    if (groupId === '') return syncError(ErrorCode.INVALID_GROUP_ID)
    const hosted = await this.#find(groupId)
    if (!hosted) return syncError(ErrorCode.UNKNOWN_MEMBER_ID)
    return this.#answer(ticket => this.#runner.run(hosted, { ...asked, type: 'sync', ticket }))
  }

  async heartbeat(groupId: string, asked: HeartbeatAsked): Promise<HeartbeatReply> {
    if (this.#closed) return { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE }
    if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID }
    const hosted = await this.#find(groupId)
    if (!hosted) return { errorCode: ErrorCode.UNKNOWN_MEMBER_ID }
    return this.#answer(ticket => this.#runner.run(hosted, { ...asked, type: 'heartbeat', ticket }))
  }

  async leave(groupId: string, asked: LeaveAsked): Promise<LeaveReply> {
    if (this.#closed) return { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE, members: [] }
    if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID, members: [] }
    const hosted = await this.#find(groupId)
    if (!hosted) {
      const members = asked.members.map(member => ({ ...member, errorCode: ErrorCode.UNKNOWN_MEMBER_ID }))
      return { errorCode: ErrorCode.NONE, members }
    }
    return this.#answer(ticket => this.#runner.run(hosted, { ...asked, type: 'leave', ticket }))
  }

  /** Answers who waits and ends all timers. What was being written is written. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#unlisten()
    this.offsets.close()
    this.#endAll()
    this.#runner.close()
    await this.#shards.settled()
  }

  #answer<Reply>(run: (ticket: Ticket<Reply>) => void): Promise<Reply> {
    return new Promise(resolve => run({ answer: resolve }))
  }

  async #find(groupId: string): Promise<HostedGroup | undefined> {
    return (await this.#shards.find(groupId))?.groups.get(groupId)
  }

  async #store(shard: GroupShard, groupId: string, snapshot: GroupSnapshot): Promise<void> {
    await this.#shards.write(shard, [], [groupRecord(groupId, snapshot)])
  }

  /** Writes down that a group exists; nobody waits for it. */
  #storeNew({ shard, group }: HostedGroup): void {
    const snapshot: GroupSnapshot = {
      protocolType: '',
      generation: 0,
      protocol: null,
      leader: null,
      currentStateTimestamp: group.stateTimestampMs,
      members: [],
    }
    this.#store(shard, group.groupId, snapshot).catch((error: unknown) => {
      const fields = { group: group.groupId, error: String(error) }
      this.#core.logger.log('warn', 'group.store-failed', fields)
    })
  }

  /** After a restart, sessions of stored members begin when their group is loaded: without waiting for a request. */
  async #loadInBackground(): Promise<void> {
    try {
      if (this.#shards.exists) await this.#shards.all()
    } catch {
      // Said by the loader; requests try again.
    }
  }

  #topicDeleted(topic: TopicImage): void {
    if (topic.name === offsetsTopic) {
      this.#endAll()
      this.#shards.forget()
    } else {
      this.offsets.topicDeleted(topic)
    }
  }

  #endAll(): void {
    for (const shard of this.#shards.loaded()) {
      for (const hosted of shard.groups.values()) this.#runner.remove(hosted, ErrorCode.NOT_COORDINATOR)
    }
  }
}

export const groupCoordinator: ServiceDefinition<GroupCoordinator> = {
  name: 'group-coordinator',
  open: core => new GroupCoordinator(core),
}
