// What a user can have called by a client: for facts of its work, for records on their way out, and around handlers of records that came in.
import type { ClientEvent } from './client-event.ts'
import type {
  AcknowledgeFacts,
  BatchFacts,
  ClientIdentity,
  CommitFacts,
  ConnectionFacts,
  FetchFacts,
  HandedOutFacts,
  QueueFacts,
  RebalanceFacts,
  RequestFacts,
  RetryFacts,
  ThrottleFacts,
  TransactionFacts,
} from './facts.ts'

/** A header of a record that is about to be written. */
export interface OutgoingHeader {
  /** Its name. */
  key: string
  /** Text as UTF-8, bytes, or null. */
  value: string | Uint8Array | null
}

/** A record before it is written: a hook may change its headers, and nothing else. */
export interface OutgoingRecord {
  /** The topic that it is for. */
  readonly topic: string
  /** As the application gave it: serdes have not seen it. */
  readonly key: unknown
  /** As the application gave it; null is a tombstone. */
  readonly value: unknown
  /** The partition that the application named; undefined where the partitioner chooses. */
  readonly partition: number | undefined
  /** A list of the record's own: what is added here is written, and the application's list or object stays as it is. */
  readonly headers: OutgoingHeader[]
}

/** What has become of a record. */
export interface SendOutcome {
  /** Where it went; −1 where the record was refused before it had a partition. */
  readonly partition: number
  /** −1 with `acks: 0`, and where it is not written. */
  readonly offset: number
  /** Why it is not written; undefined where it is. */
  readonly error: Error | undefined
}

/** A record that was consumed, as hooks see it: a `ConsumerRecord` whatever its serdes. */
export interface HandledRecord {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Its place in the partition. */
  readonly offset: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  /** In the order of the record. */
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
  /** Whatever the serde; null without a key. */
  readonly keyBytes: Buffer | null
  /** Whatever the serde; null for a tombstone. */
  readonly valueBytes: Buffer | null
}

/** A batch that was consumed, as hooks see it: a `ConsumerBatch` whatever its serdes. */
export interface HandledBatch {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Where it starts. */
  readonly firstOffset: number
  /** Where consuming goes on behind it. */
  readonly endOffset: number
}

/** What a handler returns: it is done, or will be. */
export type Handled = Promise<void> | void

/**
 * What a client calls while it works: each method is optional, and where none is given nothing is paid for it. Methods that begin with `on`
 * hear facts; what they throw becomes a warning of the process. They run on the client's own path: let them be quick, and nothing else.
 *
 * @example
 * const slow: ClientHooks = {
 *   onRequest: ({ api, broker, wireMs }) => {
 *     if (wireMs > 1_000) console.warn(`${broker} took ${wireMs} ms for ${api}`)
 *   },
 * }
 * const producer = new Producer({ brokers: ['localhost:9092'], hooks: [slow] })
 */
export interface ClientHooks {
  /** Hears of connections that open, fail to open, and end. */
  onConnection?(facts: ConnectionFacts, client: ClientIdentity): void
  /** Hears of each request, when it has its answer or will have none. */
  onRequest?(facts: RequestFacts, client: ClientIdentity): void
  /** Hears of requests that have to wait for their turn, and how many do. */
  onQueue?(facts: QueueFacts, client: ClientIdentity): void
  /** Hears of each time that a broker asks for silence. */
  onThrottle?(facts: ThrottleFacts, client: ClientIdentity): void
  /** Hears of each batch of a producer that is written or given up. */
  onBatch?(facts: BatchFacts, client: ClientIdentity): void
  /** Hears of each answer to a fetch. */
  onFetch?(facts: FetchFacts, client: ClientIdentity): void
  /** Hears of records that the user of a consumer had, a run of one partition at a time. Of those of a share consumer `onAcknowledge` hears. */
  onHandedOut?(facts: HandedOutFacts, client: ClientIdentity): void
  /** Hears of partitions that come and go, and of each rebalance that is over. */
  onRebalance?(facts: RebalanceFacts, client: ClientIdentity): void
  /** Hears of each commit of offsets. */
  onCommit?(facts: CommitFacts, client: ClientIdentity): void
  /** Hears of what brokers make of acknowledgements of a share group, one partition at a time. */
  onAcknowledge?(facts: AcknowledgeFacts, client: ClientIdentity): void
  /** Hears of each call and batch that goes again. */
  onRetry?(facts: RetryFacts, client: ClientIdentity): void
  /** Hears of each step of a transaction. */
  onTransaction?(facts: TransactionFacts, client: ClientIdentity): void
  /** Hears what `onEvent` of the options hears: what an operator may want to know, each thing not too often. */
  onEvent?(event: ClientEvent, client: ClientIdentity): void
  /**
   * Called for each record when it is taken (`send`, `sendBatch`, `enqueue`), before it is serialized, in the order of the calls: the place to add
   * headers. What it returns, if anything, is called once with the outcome. What it throws is thrown by the call that hands the record in.
   */
  onSend?(record: OutgoingRecord, client: ClientIdentity): void | ((outcome: SendOutcome) => void)
  /**
   * Called in place of a handler of `run({ eachRecord })`: call `handle` once, and return what it returns. Throw, or return something else,
   * and it is as if the handler had.
   */
  aroundRecord?(record: HandledRecord, client: ClientIdentity, handle: () => Handled): Handled
  /** The same for `run({ eachBatch })`. */
  aroundBatch?(batch: HandledBatch, client: ClientIdentity, handle: () => Handled): Handled
}
