// An assigned partition: where the consumer stands in it, what is fetched of it, and what of that is in the user's hands.
import { Fifo } from '../network/fifo.ts'
import { invariant } from '@millrace/runtime'
import type { FetchTarget } from './fetch-session.ts'
import type { Chunk } from './chunk.ts'

/** Where to start when there is no offset: the ends of the log, or the first record at or after a time. */
export type OffsetTarget = 'earliest' | 'latest' | { readonly timestamp: number }

/** Where a partition starts: what the group has committed, or what the log says. */
export type StartingPoint = OffsetTarget | 'committed'

/** A follower that is down is known to be so by the leader after nine seconds, by default. */
const followerShunMs = 10_000

/** Three offsets that move apart while records flow: `fetchOffset` ≥ `delivered` ≥ `processed`. */
export class PartitionState {
  readonly topic: string
  readonly partition: number
  /** Id of the topic that the offsets below are of; undefined until something is fetched, and from brokers that have no ids. */
  topicId: string | undefined
  /** The next offset to ask the broker for; undefined until the starting point is known. */
  fetchOffset: number | undefined
  /** The offset behind the last record that the user got. */
  delivered = -1
  /** The offset behind the last record that the user is done with: what may be committed. */
  processed = -1
  /** What the group has committed, as far as known. */
  committed = -1
  /** At most once: what may be handed out ends here, since it is committed. −1 for nothing, and at least once. */
  committedAhead = -1
  /** Leader epoch of the last record before `delivered`, −1 if unknown: goes with what is committed. */
  leaderEpoch = -1
  /** The same of the last batch before `fetchOffset`: lets the leader notice a truncated log. */
  fetchedEpoch = -1
  /** Set when the starting point must be asked of the log. */
  target: StartingPoint | undefined
  paused = false
  /** The generation that must not be handed out, because its damage was told; −1 for none. */
  heldGeneration = -1
  /** What the fetch under way asks for; undefined when there is none whose answer counts. */
  fetching: FetchTarget | undefined
  /** Rises with every seek: what the user does with records of before counts no more. */
  generation = 0
  /** Rises when what is fetched is dropped: the rest of a chunk of before must not be handed out. */
  fetchGeneration = 0
  /** No longer assigned: whatever still refers to it is void. */
  revoked = false
  /** Coming or going: hooks run, and nothing is fetched or handed out. */
  suspended = false
  /** Records of it are in the user's hands: no more until that is over, so that they stay in order. */
  inHand = false
  /** The starting point is being asked for, or the position being checked. */
  locating = false
  /** Not asked for before, on the monotonic clock, after attempts that failed. */
  locateAt = 0
  locateFailures = 0
  /** Since when the topic has had no such partition, on the monotonic clock. */
  unknownSince: number | undefined
  /** No fetch before, on the monotonic clock, unless metadata names a leader that is younger than `backoffEpoch`. */
  backoffUntil = 0
  /** The leader epoch that the pause is about. */
  backoffEpoch = -1
  /** The pause is over what says that the leader may be another one by now. */
  leaderInDoubt = false
  failures = 0
  highWatermark = -1
  lastStableOffset = -1
  logStartOffset = -1
  /** A follower to read from, until when, and the epoch of the leader that named it (KIP-392). */
  preferredReplica = -1
  preferredUntil = 0
  preferredEpoch = -1
  /** Until when the leader is to give the records itself, since the follower did not, on the monotonic clock. */
  followerShunnedUntil = 0
  /** The end that was last told to the user. */
  endTold = -1
  /** Raised when not even one batch fits into the limit of a fetch. */
  fetchBytesFactor = 1
  /** Leader epoch under which the position was last found good (KIP-320). */
  validatedEpoch = -1
  /** A chunk that the user had begun when the partition was paused: it comes before `chunks`. */
  partial: Chunk | undefined
  readonly chunks = new Fifo<Chunk>()
  bufferedBytes = 0
  /** Stands in the line of partitions with something to hand out. */
  listed = false

  constructor(topic: string, partition: number) {
    this.topic = topic
    this.partition = partition
  }

  get name(): string {
    return `${this.topic}-${this.partition}`
  }

  /** The offset of the next record that the user gets; undefined until it is known. */
  get position(): number | undefined {
    return this.fetchOffset === undefined ? undefined : this.delivered
  }

  /** The end of the log for this consumer as of the last fetch, −1 before: the last stable offset with `read_committed`, else the high watermark. */
  logEnd(readCommitted: boolean): number {
    return readCommitted ? this.lastStableOffset : this.highWatermark
  }

  /** The follower that the leader named is of no use at present: a leader would name it again at once, for as long as it takes it for alive. */
  shunFollower(now: number): void {
    if (this.preferredReplica === -1) return
    this.preferredReplica = -1
    this.followerShunnedUntil = now + followerShunMs
  }

  /** Whether nothing is to be handed out at present. */
  get isWithheld(): boolean {
    return this.paused || this.suspended || this.heldGeneration === this.generation
  }

  /** Starts at an offset. What was fetched from elsewhere is dropped: returns its bytes. */
  moveTo(offset: number, leaderEpoch = -1): number {
    invariant(Number.isSafeInteger(offset) && offset >= -1, 'a position is an offset')
    this.#begin()
    this.target = undefined
    this.fetchOffset = offset
    this.delivered = offset
    this.processed = offset
    this.leaderEpoch = leaderEpoch
    this.fetchedEpoch = leaderEpoch
    this.endTold = -1
    return this.#drop()
  }

  /** Fetches again what the user did not get yet; what is in the user's hands stays there. Returns the bytes that are dropped. */
  refetch(): number {
    invariant(this.fetchOffset !== undefined, 'what has no position is not fetched again')
    this.fetchOffset = this.delivered
    this.fetchedEpoch = this.leaderEpoch
    return this.#drop()
  }

  /** Starts where the log says. */
  moveToTarget(target: StartingPoint): number {
    this.#begin()
    this.topicId = undefined
    this.target = target
    this.fetchOffset = undefined
    return this.#drop()
  }

  /** Another place: what is known of the old one, and what failed there, counts no more. */
  #begin(): void {
    this.generation++
    this.committedAhead = -1
    this.locateAt = 0
    this.locateFailures = 0
  }

  /** Drops what is buffered: returns its bytes. */
  #drop(): number {
    this.fetchGeneration++
    this.fetching = undefined
    this.fetchBytesFactor = 1
    const freed = this.bufferedBytes
    this.chunks.drain()
    this.partial = undefined
    this.bufferedBytes = 0
    return freed
  }
}
