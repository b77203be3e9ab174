// Runs the steps of classic groups: brings them events and the time, and sees to what follows.
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../../api-error.ts'
import type { BrokerCore } from '../../core.ts'
import { coordinatorErrorCode } from '../../coordination/coordinator-error.ts'
import type { GroupDriver, GroupShard, HostedGroup } from '../group-shard.ts'
import type { LiveGroups } from '../live-groups.ts'
import { ClassicGroup } from './classic-group.ts'
import type { Continuation, GroupEffect, GroupEvent } from './events.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { step } from './step.ts'
import type { GroupLimits } from './step-context.ts'

/** How long a member may be new: Kafka's constant. */
const newMemberJoinTimeoutMs = 5 * 60_000

export type HostedClassicGroup = HostedGroup<ClassicGroup>

/** Stores a group's record; resolves when it is durable. */
export type StoreGroup = (shard: GroupShard, groupId: string, snapshot: GroupSnapshot) => Promise<void>

export class ClassicRunner implements GroupDriver<ClassicGroup> {
  readonly #core: BrokerCore
  readonly #live: LiveGroups
  readonly #store: StoreGroup

  constructor(core: BrokerCore, live: LiveGroups, store: StoreGroup) {
    this.#core = core
    this.#live = live
    this.#store = store
  }

  /** A new, empty group. */
  create(shard: GroupShard, groupId: string): HostedClassicGroup {
    return this.#live.host(shard, this.#empty(groupId), this)
  }

  /** A new, empty group in the place of one of another kind that nobody is in. Its offsets are those of the id. */
  replace(other: HostedGroup): HostedClassicGroup {
    return this.#live.replace(other, this.#empty(other.group.groupId), this)
  }

  /** The replacement could not be written: the other one is still there, and who has come meanwhile is sent away. */
  putBack(other: HostedGroup): void {
    const { shard, group, driver } = other
    const hosted = shard.groups.get(group.groupId)
    if (hosted) this.#live.remove(hosted, ErrorCode.NOT_COORDINATOR)
    this.#live.host(shard, group, driver)
  }

  /** Brings a member's request to a group. Says whether the group was stored. Throws `ApiError` when the step fails. */
  run(hosted: HostedClassicGroup, event: GroupEvent): boolean {
    try {
      return this.#step(hosted, event)
    } catch (error) {
      this.#failed(hosted, event, error)
      throw new ApiError(ErrorCode.UNKNOWN_SERVER_ERROR)
    }
  }

  tick(hosted: HostedClassicGroup): void {
    this.#step(hosted, { type: 'tick' })
  }

  end(hosted: HostedClassicGroup, errorCode: number): void {
    this.#runQuietly(hosted, { type: 'end', errorCode })
  }

  revived({ groupId }: ClassicGroup): ClassicGroup {
    return this.#empty(groupId)
  }

  get #limits(): GroupLimits {
    const { config } = this.#core
    return {
      initialRebalanceDelayMs: config.get('group.initial.rebalance.delay.ms'),
      maxSize: config.get('group.max.size'),
      newMemberJoinTimeoutMs,
    }
  }

  #empty(groupId: string): ClassicGroup {
    return new ClassicGroup(groupId, this.#core.clock.now())
  }

  /** For events that nobody asked for: there is nobody to tell of a failure but the log. */
  #runQuietly(hosted: HostedClassicGroup, event: GroupEvent): void {
    try {
      this.#step(hosted, event)
    } catch (error) {
      this.#failed(hosted, event, error)
    }
  }

  #failed({ group }: HostedClassicGroup, event: GroupEvent, error: unknown): void {
    const fields = { group: group.groupId, state: group.state, step: event.type, error: String(error) }
    this.#core.logger.log('error', 'group.step_failed', fields)
  }

  /** Where a step throws, what it had done until then has its effects: whoever it answered hears of it. */
  #step(hosted: HostedClassicGroup, event: GroupEvent): boolean {
    const effects: GroupEffect[] = []
    let stored = false
    try {
      step(hosted.group, event, this.#live.now, this.#limits, effects)
    } finally {
      for (const effect of effects) {
        if (effect.type === 'append') stored = true
        this.#do(hosted, effect)
      }
      this.#live.expect(hosted)
    }
    return stored
  }

  #do(hosted: HostedClassicGroup, effect: GroupEffect): void {
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

  #append(hosted: HostedClassicGroup, snapshot: GroupSnapshot, next: Continuation | null): void {
    const { groupId } = hosted.group
    const proceed = (errorCode: number) => {
      if (next) this.#runQuietly(hosted, { type: 'appended', next, errorCode })
    }
    this.#store(hosted.shard, groupId, snapshot).then(
      () => proceed(0),
      (error: unknown) => {
        const fields = { group: groupId, generation: snapshot.generation, error: String(error) }
        this.#core.logger.log('error', 'group.store_failed', fields)
        proceed(coordinatorErrorCode(error))
      },
    )
  }
}
