// What a member of a modern group hears, and what it does.
import type { TopicPartitions } from '../../assignors/assignor.ts'
import type { Farewell } from '../group-membership.ts'

/** What a coordinator answers to a heartbeat. Partitions go by the id of their topic. */
export interface HeartbeatAnswer {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  /** Null where nothing has changed. */
  readonly assignment: TopicPartitions | null
}

/** What a member says: `full` is everything, not only what has changed. */
export interface Heartbeat {
  readonly epoch: number
  readonly full: boolean
  /** What the member has, by topic id, where the coordinator is to hear of it. */
  readonly owned: TopicPartitions | undefined
}

export type ModernEvent =
  | { readonly type: 'start' }
  /** The subscription has changed: the coordinator must know. */
  | { readonly type: 'resubscribed' }
  | { readonly type: 'answered'; readonly answer: HeartbeatAnswer }
  /** A heartbeat has no answer. */
  | { readonly type: 'failed'; readonly error: unknown }
  /** The coordinator knows that the member leaves, or cannot be told. */
  | { readonly type: 'departed' }
  /** Names of topics by their ids, as far as there are any. */
  | { readonly type: 'named'; readonly names: ReadonlyMap<string, string> }
  /** The `assign` effect is carried out. */
  | { readonly type: 'assigned' }
  /** The `revoke` effect is carried out. */
  | { readonly type: 'revoked' }
  /** The user asked for records. */
  | { readonly type: 'polled' }
  | { readonly type: 'tick' }
  | { readonly type: 'stop'; readonly farewell?: Farewell }

/** What is to be done. Every effect that takes time is answered by exactly one event; partitions to take over and give up go by topic name. */
export type ModernEffect =
  | ({ readonly type: 'heartbeat' } & Heartbeat)
  /** Say goodbye under this epoch, then answer with `departed`. */
  | { readonly type: 'leave'; readonly epoch: number }
  /** Find the names of these topics, then answer with `named`. */
  | { readonly type: 'resolve'; readonly topicIds: readonly string[] }
  /** Give up `revoked`, take over `added`, then answer with `assigned`. */
  | { readonly type: 'assign'; readonly revoked: TopicPartitions; readonly added: TopicPartitions }
  /** Give partitions up, then answer with `revoked`. `lost`: others may have them already, so committing is pointless. */
  | { readonly type: 'revoke'; readonly partitions: TopicPartitions; readonly lost: boolean }
  /** Something that the user must hear and that may be mended while the membership goes on. */
  | { readonly type: 'tell'; readonly error: Error }
  | { readonly type: 'left' }
  | { readonly type: 'fail'; readonly error: Error }
