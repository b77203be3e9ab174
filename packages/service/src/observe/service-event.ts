// What a service tells of itself: one type for each thing that an operator may want to know.
import type { EventLevel } from '@millrace/client'
import type { RecordOriginPlace } from '../failure/failure-headers.ts'
import type { DeadLetterReason } from '../failure/verdict.ts'
import type { BreakerState } from '../limits/circuit-breaker.ts'

/** Where a service stands. */
export type ServiceState = 'CREATED' | 'STARTING' | 'RUNNING' | 'DRAINING' | 'STOPPED' | 'FAILED'

interface EventBase {
  /** How bad it is. */
  readonly level: EventLevel
  /** For people. */
  readonly message: string
  /** What it is about: a partition, a topic, a group, a breaker. */
  readonly subject: string
  /** Name of the service. */
  readonly service: string
}

/** The service came to another state. */
export interface StateChanged extends EventBase {
  /** Tells it apart. */
  readonly type: 'service.state'
  /** Where it stood. */
  readonly from: ServiceState
  /** Where it stands now. */
  readonly to: ServiceState
  /** Why it failed; undefined otherwise. */
  readonly error: unknown
}

interface RecordEventBase extends EventBase {
  /** The group that works. */
  readonly group: string
  /** Where the record was first. */
  readonly origin: RecordOriginPlace
  /** Attempts so far, over all topics. */
  readonly attempts: number
  /** What the handler threw, or what kept it from being called. */
  readonly error: unknown
}

/** A record failed and is tried again in place. */
export interface RecordRetried extends RecordEventBase {
  /** Tells it apart. */
  readonly type: 'record.retried'
  /** How long until it is tried again, in ms. */
  readonly afterMs: number
}

/** A record failed and waits in a retry topic. */
export interface RecordParked extends RecordEventBase {
  /** Tells it apart. */
  readonly type: 'record.parked'
  /** The retry topic. */
  readonly topic: string
  /** How long it waits there, in ms. */
  readonly delayMs: number
}

/** A record is in the dead letter topic. */
export interface RecordDeadLettered extends RecordEventBase {
  /** Tells it apart. */
  readonly type: 'record.dead_lettered'
  /** The dead letter topic. */
  readonly topic: string
  /** Why it was given up. */
  readonly reason: DeadLetterReason
}

/** A record was passed over on purpose. */
export interface RecordSkipped extends EventBase {
  /** Tells it apart. */
  readonly type: 'record.skipped'
  /** The group that works. */
  readonly group: string
  /** Where the record was first. */
  readonly origin: RecordOriginPlace
  /** Why: what `skip` was called with, or what passes over records of its own accord. */
  readonly reason: string
}

/** A record waits before it is known whether it is to be handled: somebody else handles it at present, or the dedupe store does not answer. */
export interface RecordWaits extends EventBase {
  /** Tells it apart. */
  readonly type: 'record.waits'
  /** The group that works. */
  readonly group: string
  /** Where the record was first. */
  readonly origin: RecordOriginPlace
  /** `busy`: another has claimed it. `unavailable`: the store does not answer. */
  readonly reason: 'busy' | 'unavailable'
  /** How long until the store is asked again, in ms. */
  readonly afterMs: number
}

/** A circuit breaker changed. */
export interface BreakerChanged extends EventBase {
  /** Tells it apart. */
  readonly type: 'breaker.state'
  /** Name of the breaker. */
  readonly breaker: string
  /** Where it stands now. */
  readonly state: BreakerState
}

/** Partitions came or went. */
export interface PartitionsMoved extends EventBase {
  /** Tells it apart: they came, were given back, or are somebody else’s already. */
  readonly type: 'partitions.assigned' | 'partitions.revoked' | 'partitions.lost'
  /** The group that works. */
  readonly group: string
  /** Which they are, retry topics included. */
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
}

/** What a group's commit says of what is done cannot be believed: some records come again. */
export interface MetadataIgnored extends EventBase {
  /** Tells it apart. */
  readonly type: 'metadata.ignored'
  /** The group that works. */
  readonly group: string
  /** Topic of the commit. */
  readonly topic: string
  /** Its partition. */
  readonly partition: number
  /** `foreign`: not written by a service. `damaged`: it cannot be read. */
  readonly problem: 'foreign' | 'damaged'
}

/** More is done behind an unfinished record than a commit can tell: nothing more is taken of the partition, or after a restart some of it comes again. */
export interface MetadataFull extends EventBase {
  /** Tells it apart. */
  readonly type: 'metadata.full'
  /** The group that works. */
  readonly group: string
  /** Topic of the record. */
  readonly topic: string
  /** Its partition. */
  readonly partition: number
  /** The record that holds everything up. */
  readonly offset: number
}

/** Something of the service's own work failed and goes again: a write, a commit, a look-up. */
export interface WorkRetried extends EventBase {
  /** Tells it apart. */
  readonly type: 'work.retried'
  /** Why it failed. */
  readonly error: unknown
}

/** Handlers did not return in time when their partitions went or the service stopped: their records come again. */
export interface RecordsAbandoned extends EventBase {
  /** Tells it apart. */
  readonly type: 'records.abandoned'
  /** The group that works. */
  readonly group: string
  /** How many records come again. */
  readonly count: number
}

/** What listeners hear: told apart by `type`. More kinds will come; take an unknown one by its `level` and `message`. */
export type ServiceEvent =
  | StateChanged
  | RecordRetried
  | RecordParked
  | RecordDeadLettered
  | RecordSkipped
  | RecordWaits
  | BreakerChanged
  | PartitionsMoved
  | MetadataIgnored
  | MetadataFull
  | WorkRetried
  | RecordsAbandoned
