// A member of a modern group against its coordinator: carries out what the membership state machine decides, whatever kind of group it is.
import { atMost } from '../../../cluster/at-most.ts'
import type { Cluster } from '../../../cluster/cluster.ts'
import type { CoordinatorKey } from '../../../cluster/coordinators.ts'
import { closeTimeoutMs } from '../../../cluster/options.ts'
import { BrokerError, isCoordinatorCode } from '../../../errors/index.ts'
import { callRetried } from '../../../events/client-event.ts'
import type { TopicPartitions } from '../../assignors/assignor.ts'
import type { Farewell } from '../group-membership.ts'
import { MemberCourse } from '../member-course.ts'
import type { Heartbeat, HeartbeatAnswer, ModernEffect, ModernEvent } from './modern-events.ts'
import { ModernMembership, type ModernPhase } from './modern-membership.ts'
import { findTopicNames } from './topic-names.ts'

/** Half of it is for commits, which come first. */
const leaveWaitMs = closeTimeoutMs / 2
/** How often it is looked whether the user asks for records, and whether topics have changed. */
const lookIntervalMs = 1_000

export interface ModernCoordinationOptions {
  readonly groupId: string
  readonly groupInstanceId: string | null
  readonly maxPollIntervalMs: number
  readonly acknowledges: boolean
}

/** What differs between kinds of groups, and what is done with partitions. */
export interface ModernCoordinationHost {
  /** Sends a heartbeat, once; with epoch −1 or −2 it is a farewell. */
  send(heartbeat: Heartbeat): Promise<HeartbeatAnswer>
  /** Gives partitions up: waits for the user, commits, runs hooks. `lost`: others may have them already. */
  revoke(partitions: TopicPartitions, lost: boolean): Promise<void>
  /** Gives `revoked` up and takes `added` over. */
  assign(revoked: TopicPartitions, added: TopicPartitions): Promise<void>
  /** Called about once a second. Returns whether the user asked for something since the last call. */
  onTick(): boolean
  onError(error: Error): void
  /** The membership has ended with an error, and there will be no other. */
  onFailed(error: Error): void
}

export class ModernCoordination {
  readonly #cluster: Cluster
  readonly #host: ModernCoordinationHost
  readonly #membership: ModernMembership
  readonly #groupId: string
  readonly #to: { readonly coordinator: CoordinatorKey }
  readonly #course: MemberCourse<ModernEvent, ModernEffect>

  constructor(cluster: Cluster, options: ModernCoordinationOptions, host: ModernCoordinationHost) {
    this.#cluster = cluster
    this.#host = host
    this.#groupId = options.groupId
    this.#to = { coordinator: { type: 'group', key: options.groupId } }
    const { retryBackoffMs, retryBackoffMaxMs } = cluster.options
    this.#membership = new ModernMembership({ ...options, retryBackoffMs, retryBackoffMaxMs })
    this.#course = new MemberCourse(cluster.clock, this.#membership, lookIntervalMs, {
      perform: effect => this.#perform(effect),
      onTick: () => host.onTick(),
      onError: error => host.onError(error),
    })
  }

  /** The member epoch; −1 outside of the group. */
  get epoch(): number {
    return this.#membership.epoch
  }

  get phase(): ModernPhase {
    return this.#membership.phase
  }

  start(): void {
    this.#course.start()
  }

  /** The coordinator must hear of another subscription. */
  resubscribed(): void {
    this.#course.dispatch({ type: 'resubscribed' })
  }

  /** Gives everything up and leaves. Resolves when the coordinator knows, or cannot be told. */
  leave(farewell?: Farewell): Promise<void> {
    return this.#course.leave({ type: 'stop', farewell })
  }

  /** Ends at once, without a word to the group. */
  close(): void {
    this.#course.close()
  }

  #perform(effect: ModernEffect): void {
    switch (effect.type) {
      case 'heartbeat':
        this.#beat(effect)
        break
      case 'leave':
        this.#leave(effect.epoch)
        break
      case 'resolve':
        this.#resolve(effect.topicIds)
        break
      case 'assign':
        this.#course.run(() => this.#host.assign(effect.revoked, effect.added), { type: 'assigned' })
        break
      case 'revoke':
        this.#course.run(() => this.#host.revoke(effect.partitions, effect.lost), { type: 'revoked' })
        break
      case 'tell':
        this.#host.onError(effect.error)
        break
      case 'left':
        this.#course.end()
        break
      case 'fail':
        this.#host.onFailed(effect.error)
        this.#course.end()
        break
    }
  }

  #beat(heartbeat: Heartbeat): void {
    this.#host.send(heartbeat).then(
      answer => {
        if (answer.errorCode !== 0) this.#note(answer)
        this.#course.dispatch({ type: 'answered', answer })
      },
      (error: unknown) => {
        this.#cluster.forgetDisproved(this.#to, error)
        this.#course.dispatch({ type: 'failed', error })
      },
    )
  }

  /** A coordinator that says that it is none is looked up anew; who listens hears of a group that does not let this member in. */
  #note({ errorCode, errorMessage }: HeartbeatAnswer): void {
    const { events } = this.#cluster
    const what = `sending a heartbeat to group "${this.#groupId}"`
    const error = new BrokerError(errorCode, what, errorMessage)
    if (isCoordinatorCode(errorCode)) this.#cluster.forgetDisproved(this.#to, error)
    if (events.active) events.emit(callRetried(what, error))
  }

  #leave(epoch: number): void {
    const told = this.#host.send({ epoch, full: false, owned: undefined })
    atMost(this.#cluster.clock, leaveWaitMs, told)
      .catch(() => {
        // The session ends by itself; the group only has to wait for it.
      })
      .finally(() => this.#course.dispatch({ type: 'departed' }))
  }

  #resolve(topicIds: readonly string[]): void {
    findTopicNames(this.#cluster, topicIds).then(
      names => this.#course.dispatch({ type: 'named', names }),
      // Asked again after a pause.
      () => this.#course.dispatch({ type: 'named', names: new Map() }),
    )
  }
}
