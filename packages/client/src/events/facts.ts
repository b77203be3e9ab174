// What a client measures of its work: one fact for each request, batch, fetch, commit, rebalance … once it is over.

/** The partition that something is about. */
export interface FactPartition {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
}

/** Which client a fact is of: one object for each client, the same for all of its facts. */
export interface ClientIdentity {
  /** What the client was made as; `cluster` is a bare {@link Cluster}. */
  readonly kind: 'producer' | 'consumer' | 'share-consumer' | 'admin' | 'cluster'
  /** `clientId` of its options. */
  readonly clientId: string
  /** `groupId` of a consumer, of a share group as well; undefined for one without a group and for other clients. */
  readonly groupId: string | undefined
}

/** A connection was opened, could not be opened, or has ended. */
export interface ConnectionFacts {
  /** What has happened. */
  readonly what: 'opened' | 'failed' | 'closed'
  /** The broker's address, `host:port`. */
  readonly broker: string
  /** What the connection is for: requests of different purposes do not wait for each other. */
  readonly purpose: string
  /** Opening: the time it took, TLS, versions and login included. Closing: how long the connection lived. In ms. */
  readonly ms: number
  /** Why it could not be opened, or ended. A connection that the client itself closed has a `ClosedError`. */
  readonly error: Error | undefined
}

/** A request has its answer, or will have none. */
export interface RequestFacts {
  /** The broker's address, `host:port`. */
  readonly broker: string
  /** Kafka's name of the API: `Produce`. */
  readonly api: string
  /** Kafka’s number of the API. */
  readonly apiKey: number
  /** Version that was agreed on. */
  readonly apiVersion: number
  /** Counts the requests of a connection, and stands in the broker's log of requests; −1 for one that never left. */
  readonly correlationId: number
  /** Bytes of the request with its size field; 0 for one that never left. */
  readonly bytesOut: number
  /** Bytes of the answer with its size field; 0 without one. */
  readonly bytesIn: number
  /** Waited for its turn, in ms: for room on the connection, or for the end of a throttle. */
  readonly queueMs: number
  /** From leaving to the answer, in ms; 0 for a request that never left. */
  readonly wireMs: number
  /** What the broker said to wait before the next request (KIP-219), in ms. */
  readonly throttleMs: number
  /** Why there is no answer. What an answer says went wrong is in the answer, and not here. */
  readonly error: Error | undefined
}

/** A request has to wait for room on its connection or for the end of a throttle, or one that waited has left. */
export interface QueueFacts {
  /** The broker's address, `host:port`. */
  readonly broker: string
  /** Requests that wait on the connection now. */
  readonly waiting: number
}

/** A broker asks this client to be silent for a while, because a quota is used up (KIP-219). */
export interface ThrottleFacts {
  /** The broker's address, `host:port`. */
  readonly broker: string
  /** Kafka's name of the API whose answer said so. */
  readonly api: string
  /** For how long, in ms. */
  readonly throttleMs: number
}

/** A batch of a producer is written, or given up. A batch that was divided has one for each part. */
export interface BatchFacts extends FactPartition {
  /** Offset of its first record; −1 where it was not written, and with `acks: 0`. */
  readonly baseOffset: number
  /** Records in it. */
  readonly records: number
  /** Bytes of its records before compression. */
  readonly recordBytes: number
  /** Bytes of the batch as it was sent, header included; 0 for one that never left. `recordBytes / batchBytes` is the compression ratio. */
  readonly batchBytes: number
  /** Times it was sent. */
  readonly attempts: number
  /** From its first record to when it last left (or was given up), in ms. */
  readonly queueMs: number
  /** From when it last left to the verdict, in ms; 0 for one that never left. */
  readonly wireMs: number
  /** Why it was given up; undefined where it is written. */
  readonly error: Error | undefined
}

/** What a fetch brought of one partition. */
export interface FetchedPartition extends FactPartition {
  /** Where the fetch began. */
  readonly offset: number
  /** The offset behind the last record. */
  readonly endOffset: number
  /** Records in the batches that came, as those say themselves: the first one may begin before `offset`, and some records are not for users. */
  readonly records: number
  /** Bytes as they came, compressed. */
  readonly bytes: number
}

/** A fetch was answered. What it brought is handed out later ({@link HandedOutFacts}). */
export interface FetchFacts {
  /** The broker's id. */
  readonly nodeId: number
  /** From asking to the answer, in ms; the broker waits up to `fetchMaxWaitMs` for data. */
  readonly ms: number
  /** Partitions with records. */
  readonly partitions: readonly FetchedPartition[]
  /** What the broker said to wait before the next request, in ms. */
  readonly throttleMs: number
  /** Why there is no answer, or why the request was refused as a whole. */
  readonly error: Error | undefined
}

/** Records of one partition have left the user's hands: they were looked at, or passed over, or a loop was left. */
export interface HandedOutFacts extends FactPartition {
  /** Records that the user got. */
  readonly records: number
  /** Bytes as they were fetched, compressed. What comes again, after an error, counts again. */
  readonly bytes: number
  /** Between the end of what was handed out and the end of the log, in offsets, as of the fetch. */
  readonly lag: number
  /** From the first record to being done with the last one, in ms. */
  readonly ms: number
}

/** Partitions of a group change hands, or a rebalance is over. */
export interface RebalanceFacts {
  /**
   * `begun`: the member joins, or joins again, with the name and generation that it has so far. `assigned`, `revoked`, `lost`: these partitions, with the user's hooks run.
   * `completed`: the member has its share, from when it began to join. `failed`: it did not come to that, and is begun again where that helps.
   */
  readonly what: 'begun' | 'assigned' | 'revoked' | 'lost' | 'completed' | 'failed'
  /** The group. */
  readonly groupId: string
  /** Empty while the group has given none. */
  readonly memberId: string
  /** Generation of a classic group, epoch of a member of the new protocol; −1 outside. */
  readonly generation: number
  /** The member that divides the partitions of a classic group; empty outside of one, and where the broker divides. */
  readonly leaderId: string
  /** Name of the assignor that the members of a classic group agreed on; empty outside of one, and where the broker divides. */
  readonly protocol: string
  /** The partitions it is about; all that the member has for `completed`. */
  readonly partitions: readonly FactPartition[]
  /** How long it took, in ms. */
  readonly ms: number
  /** Why it failed. */
  readonly error: Error | undefined
}

/** Offsets were committed, or could not be. */
export interface CommitFacts {
  /** The group. */
  readonly groupId: string
  /** What was to be committed. */
  readonly offsets: readonly (FactPartition & { readonly offset: number })[]
  /** With all retries, in ms. */
  readonly ms: number
  /** Why it was not. */
  readonly error: Error | undefined
}

/** A broker has answered for what a member of a share group said of records of one partition, or nobody ever will. */
export interface AcknowledgeFacts extends FactPartition {
  /** The share group. */
  readonly groupId: string
  /** Records that are processed. */
  readonly accepted: number
  /** Records that are delivered again. */
  readonly released: number
  /** Records that nobody gets any more. */
  readonly rejected: number
  /** Records that are held for longer. */
  readonly renewed: number
  /** From leaving to the answer, with all retries, in ms; 0 for what never left. */
  readonly ms: number
  /** Why the broker did not take it. */
  readonly error: Error | undefined
}

/** Something failed and goes again: a call, or a batch of a producer. */
export interface RetryFacts {
  /** What is tried again, in words: `looking up topic "orders"`, `writing to orders-0`. */
  readonly what: string
  /** Attempts so far. */
  readonly attempts: number
  /** Wait before the next one, in ms. */
  readonly backoffMs: number
  /** What the last attempt failed with. */
  readonly error: Error
  /** For a batch of a producer: its partition, and the records in it. */
  readonly batch: (FactPartition & { readonly records: number }) | undefined
}

/** A step of a transaction is over: all that a coordinator is asked for. To begin one needs nobody. */
export interface TransactionFacts {
  /** Which step. */
  readonly what: 'init' | 'sendOffsets' | 'commit' | 'abort'
  /** The producer’s name for its transactions. */
  readonly transactionalId: string
  /** With all retries, in ms. */
  readonly ms: number
  /** Why it failed. */
  readonly error: Error | undefined
}
