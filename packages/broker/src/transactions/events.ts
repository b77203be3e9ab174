// What happens to a transaction and what follows from it: the vocabulary of the state machine.
import type { Ticket } from '../coordination/ticket.ts'
import type { TopicPartitions } from './topic-partitions.ts'
import type { TransactionMetadata } from './transaction.ts'

/** The answer to whatever a producer asks: the id and epoch to go on with, -1 where there are none. */
export interface TransactionReply {
  readonly errorCode: number
  readonly producerId: number
  readonly producerEpoch: number
}

/** Events that may need a producer id that nobody has; with it they come a second time. */
interface MayNeedProducerId {
  /** Null until the state machine has asked for it. */
  readonly freshProducerId: number | null
}

/** A producer begins, or goes on after an error (KIP-360). */
export interface InitProducerIdEvent extends MayNeedProducerId {
  readonly type: 'init-producer-id'
  readonly ticket: Ticket<TransactionReply>
  readonly timeoutMs: number
  /** What the producer believes to have; null when it begins. */
  readonly expected: { readonly producerId: number; readonly producerEpoch: number } | null
  /** The level of `transaction.version` in force. */
  readonly level: number
}

/** A producer that says who it is. */
interface ProducerEvent {
  readonly ticket: Ticket<TransactionReply>
  readonly producerId: number
  readonly producerEpoch: number
  /** Version of transactions that the producer speaks in this request. */
  readonly clientVersion: number
  /** The level of `transaction.version` in force. */
  readonly level: number
}

export interface AddPartitionsEvent extends ProducerEvent {
  readonly type: 'add-partitions'
  readonly partitions: TopicPartitions
}

export interface EndEvent extends ProducerEvent, MayNeedProducerId {
  readonly type: 'end'
  readonly committed: boolean
}

/** The transaction has been open for too long, as far as its owner can see. */
export interface TimeOutEvent extends MayNeedProducerId {
  readonly type: 'time-out'
  readonly level: number
}

/** The id has not been used for long. */
interface ExpireEvent {
  readonly type: 'expire'
  readonly expirationMs: number
}

/** The transaction was loaded: what a crash has left half done goes on. */
interface ResumeEvent {
  readonly type: 'resume'
}

/** The record of a `store` effect is durable, or could not be written. */
interface StoredEvent {
  readonly type: 'stored'
  readonly next: Continuation
  /** 0 once durable. */
  readonly errorCode: number
}

/** Every partition that still exists has the marker, durable. */
interface MarkersWrittenEvent {
  readonly type: 'markers-written'
}

export type TransactionEvent =
  | InitProducerIdEvent
  | AddPartitionsEvent
  | EndEvent
  | TimeOutEvent
  | ExpireEvent
  | ResumeEvent
  | StoredEvent
  | MarkersWrittenEvent

/** What to go on with once a record is durable. */
export type Continuation =
  /** Answer the producer. */
  | { readonly type: 'reply'; readonly ticket: Ticket<TransactionReply>; readonly reply: TransactionReply }
  /** The end is decided: write the markers. A producer that was fenced to get there tries again. */
  | {
      readonly type: 'prepared'
      readonly ticket: Ticket<TransactionReply> | null
      readonly isFence: boolean
    }
  | { readonly type: 'completed' }
  | { readonly type: 'expired' }

export type TransactionEffect =
  | { readonly type: 'reply'; readonly to: Ticket<TransactionReply>; readonly reply: TransactionReply }
  /** Write the record, a tombstone for null; step with `stored` afterwards. */
  | {
      readonly type: 'store'
      readonly metadata: TransactionMetadata | null
      readonly next: Continuation
    }
  /** Write the markers of what `metadata` says; step with `markers-written` once all are durable. */
  | { readonly type: 'write-markers'; readonly metadata: TransactionMetadata }
  /** Take an unused producer id and step with the event again. */
  | {
      readonly type: 'need-producer-id'
      readonly event: InitProducerIdEvent | EndEvent | TimeOutEvent
    }
  /** Step with the event again in a while. */
  | { readonly type: 'retry'; readonly event: MarkersWrittenEvent }
  /** Nothing is stored of the transaction: it is let go. */
  | { readonly type: 'forget' }
  /** Something an operator wants to read. */
  | {
      readonly type: 'log'
      readonly level: 'info' | 'warn'
      readonly event: string
      readonly fields: Readonly<Record<string, string | number>>
    }
