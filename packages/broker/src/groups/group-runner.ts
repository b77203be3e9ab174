// Runs the steps of groups: brings them events and the time, and sees to what follows.
import type { Timer } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import { ClassicGroup } from './classic-group.ts'
import { coordinatorErrorCode } from './coordinator-error.ts'
import { DeadlineHeap } from './deadline-heap.ts'
import type { Continuation, GroupEffect, GroupEvent, Instant } from './events.ts'
import { type GroupShard, HostedGroup } from './group-shard.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { type GroupLimits, step } from './step.ts'

/** How long a member may be new: Kafka's constant. */
const newMemberJoinTimeoutMs = 5 * 60_000
/** Deadlines that are due already are not waited for shorter than this. */
const wakeDelayMinMs = 1

/** Stores a group's record; resolves when it is durable. */
export type StoreGroup = (shard: GroupShard, groupId: string, snapshot: GroupSnapshot) => Promise<void>

export class GroupRunner {
  readonly #core: BrokerCore
  readonly #store: StoreGroup
  readonly #deadlines = new DeadlineHeap<HostedGroup>()
  /** One timer for all groups, set for the earliest deadline. */
  #timer: Timer | undefined
  #timerAtMs = Number.POSITIVE_INFINITY
  #closed = false

  constructor(core: BrokerCore, store: StoreGroup) {
    this.#core = core
    this.#store = store
  }

  get now(): Instant {
    const { clock } = this.#core
    return { wallMs: clock.now(), monotonicMs: clock.monotonic() }
  }

  /** A new, empty group. */
  create(shard: GroupShard, groupId: string): HostedGroup {
    return this.host(shard, new ClassicGroup(groupId, this.#core.clock.now()))
  }

  /** Takes a group in. */
  host(shard: GroupShard, group: ClassicGroup): HostedGroup {
    const hosted = new HostedGroup(shard, group)
    shard.groups.set(group.groupId, hosted)
    this.#expect(hosted)
    return hosted
  }

  /** Brings an event to a group and sees to the effects. Says whether the group was stored. */
  run(hosted: HostedGroup, event: GroupEvent): boolean {
    let stored = false
    for (const effect of step(hosted.group, event, this.now, this.#limits)) {
      if (effect.type === 'append') stored = true
      this.#do(hosted, effect)
    }
    this.#expect(hosted)
    return stored
  }

  /** A deadline of the group may have moved outside of a step. */
  touched(hosted: HostedGroup): void {
    this.#expect(hosted)
  }

  /** Ends a group and lets go of it. */
  remove(hosted: HostedGroup, errorCode: number): void {
    this.run(hosted, { type: 'end', errorCode })
    this.#deadlines.remove(hosted.deadline)
    hosted.shard.groups.delete(hosted.group.groupId)
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
  }

  get #limits(): GroupLimits {
    const { config } = this.#core
    return {
      initialRebalanceDelayMs: config.get('group.initial.rebalance.delay.ms'),
      maxSize: config.get('group.max.size'),
      newMemberJoinTimeoutMs,
    }
  }

  #do(hosted: HostedGroup, effect: GroupEffect): void {
    switch (effect.type) {
      case 'join-reply':
        effect.to.answer(effect.reply)
        return
      case 'sync-reply':
        effect.to.answer(effect.reply)
        return
      case 'heartbeat-reply':
        effect.to.answer(effect.reply)
        return
      case 'leave-reply':
        effect.to.answer(effect.reply)
        return
      case 'append':
        this.#append(hosted, effect.snapshot, effect.next)
        return
      case 'log':
        this.#core.logger.log('info', effect.event, effect.fields)
    }
  }

  #append(hosted: HostedGroup, snapshot: GroupSnapshot, next: Continuation | null): void {
    const { groupId } = hosted.group
    const proceed = (errorCode: number) => {
      if (next) this.run(hosted, { type: 'appended', next, errorCode })
    }
    this.#store(hosted.shard, groupId, snapshot).then(
      () => proceed(0),
      (error: unknown) => {
        const fields = { group: groupId, generation: snapshot.generation, error: String(error) }
        this.#core.logger.log('error', 'group.store-failed', fields)
        proceed(coordinatorErrorCode(error))
      },
    )
  }

  /** Sees to it that the group is woken in time. */
  #expect(hosted: HostedGroup): void {
    const { deadline, group } = hosted
    const atMs = deadline.index === -1 ? Number.POSITIVE_INFINITY : deadline.atMs
    if (group.wakeAtMs !== atMs) this.#deadlines.set(deadline, group.wakeAtMs)
    this.#arm()
  }

  #arm(): void {
    const earliestMs = this.#deadlines.earliestMs
    if (this.#closed || earliestMs >= this.#timerAtMs) return
    this.#timer?.cancel()
    this.#timerAtMs = earliestMs
    const { clock } = this.#core
    const delayMs = Math.max(Math.ceil(earliestMs - clock.monotonic()), wakeDelayMinMs)
    // After a pause of the process heartbeats may lie in the sockets: they are heard before sessions are ended.
    this.#timer = clock.setTimer(delayMs, () => clock.defer(() => this.#wake()), { unref: true })
  }

  #wake(): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY
    if (this.#closed) return
    for (const hosted of this.#deadlines.takeDue(this.#core.clock.monotonic())) {
      this.run(hosted, { type: 'tick' })
    }
    this.#arm()
  }
}
