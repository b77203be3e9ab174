// What a relay tells of itself: one type for each thing that an operator may want to know.
import type { EventLevel } from '@millrace/client'

/** Where a relay stands. */
export type RelayState = 'CREATED' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'FAILED'

interface RelayEventBase {
  /** How bad it is. */
  readonly level: EventLevel
  /** For people. */
  readonly message: string
  /** What it is about: a relay, a topic, a lane. */
  readonly subject: string
  /** Name of the relay. */
  readonly relay: string
}

/** The relay came to another state. */
export interface RelayStateChanged extends RelayEventBase {
  /** Tells it apart. */
  readonly type: 'relay.state'
  /** Where it stood. */
  readonly from: RelayState
  /** Where it stands now. */
  readonly to: RelayState
  /** Why it failed; undefined otherwise. */
  readonly error: unknown
}

/** The relay has other shards than before: another one came or went. */
export interface RelayShardsMoved extends RelayEventBase {
  /** Tells it apart. */
  readonly type: 'relay.shards'
  /** Those that it sends now. */
  readonly shards: readonly number[]
}

/** Rows could not be sent, and are tried again: all of a topic, or of a key in it. */
export interface RelayDelayed extends RelayEventBase {
  /** Tells it apart. */
  readonly type: 'relay.delayed'
  /** The topic; undefined where nothing can be sent at present. */
  readonly topic: string | undefined
  /** Why; undefined where the producer has not come through to the topic for a while, and goes on trying. */
  readonly error: unknown
  /** How long they wait, in ms; 0 where the producer goes on. */
  readonly afterMs: number
}

/** A row cannot be sent, and is set aside in the outbox: `listSetAside` has it. */
export interface RelaySetAside extends RelayEventBase {
  /** Tells it apart. */
  readonly type: 'relay.set_aside'
  /** Its `outbox-id`. */
  readonly id: string
  /** The topic that it is for. */
  readonly topic: string
  /** Why. */
  readonly error: unknown
}

/** Something of the relay's own work failed and goes again: reading rows, deleting them, its leases. */
export interface RelayRetried extends RelayEventBase {
  /** Tells it apart. */
  readonly type: 'relay.retried'
  /** Why it failed. */
  readonly error: unknown
}

/** What listeners hear: told apart by `type`. More kinds will come; take an unknown one by its `level` and `message`. */
export type RelayEvent = RelayStateChanged | RelayShardsMoved | RelayDelayed | RelaySetAside | RelayRetried
