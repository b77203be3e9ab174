// Records that were decoded before they are handed out: a run of good ones, up to one that somebody must see to first.
import { type DeserializationError, StateError } from '../errors/index.ts'
import type { Chunk } from './chunk.ts'
import type { FetchedChunk } from './fetched-chunk.ts'
import type { ConsumerRecord, RecordSource } from './record.ts'

type AnyRecord = ConsumerRecord<unknown, unknown>

/** A record of a decoded chunk. */
export interface Entry {
  readonly record: AnyRecord
  /** Why it cannot be read: nothing behind it is handed out before that is settled. */
  readonly poison: DeserializationError | undefined
  /** Its poison was seen to: it is passed over. */
  isSettled: boolean
}

/** Why a record could be neither decoded nor seen to. */
export interface Trouble {
  readonly error: Error
  /** Of the record that it is about. */
  readonly offset: number
  /** Somebody has heard of it: the next who asks has it tried again. */
  isTold: boolean
}

/** What became of a fetched chunk. Records that are not in it were passed over. */
export interface Decoded {
  readonly entries: readonly Entry[]
  /** Why no record behind the entries is decoded. Undefined: all of the chunk is. */
  readonly failure: Trouble | undefined
}

export class DecodedChunk implements Chunk {
  readonly endOffset: number
  readonly #fetched: FetchedChunk
  readonly #decoded: Decoded
  /** Index of the next entry. */
  #at: number
  /** Index of the entry that the run ends in front of. */
  readonly #end: number
  /** Why nothing of it can be handed out: what it starts with could be neither decoded nor seen to. */
  readonly #trouble: Trouble | undefined
  #nextOffset: number
  recordsRead = 0
  #current: AnyRecord | undefined
  #released = false

  /** `fetched` is what the records were made of, and keeps their memory. `trouble`: with the poison that it starts with. */
  constructor(fetched: FetchedChunk, decoded: Decoded, from: number, trouble?: Trouble) {
    const { entries, failure } = decoded
    const indexFrom = (index: number, is: (entry: Entry) => boolean) => {
      while (index < entries.length && !is(entries[index]!)) index++
      return index
    }
    this.#fetched = fetched
    this.#decoded = decoded
    this.#nextOffset = from
    this.#at = indexFrom(0, ({ record }) => record.offset >= from)
    this.#end = indexFrom(this.#at, ({ poison, isSettled }) => poison !== undefined && !isSettled)
    const isFailed = this.#end === entries.length && failure !== undefined
    // What could not be decoded is for a run of its own: nobody who takes this one has to have it again.
    this.#trouble = trouble ?? (isFailed && this.#at === this.#end ? failure : undefined)
    const failedOffset = isFailed && !this.#trouble ? failure.offset : undefined
    this.endOffset = entries[this.#end]?.record.offset ?? failedOffset ?? fetched.endOffset
  }

  get topic(): string {
    return this.#fetched.topic
  }

  get partition(): number {
    return this.#fetched.partition
  }

  get sizeBytes(): number {
    return this.#fetched.sizeBytes
  }

  get leaderEpoch(): number {
    return this.#fetched.leaderEpoch
  }

  get nextOffset(): number {
    return this.#nextOffset
  }

  next(): boolean {
    const { entries } = this.#decoded
    while (!this.#released && this.#at < this.#end) {
      const { record, poison } = entries[this.#at++]!
      if (poison) continue
      this.#current = record
      this.recordsRead++
      this.#nextOffset = record.offset + 1
      return true
    }
    const trouble = this.#trouble
    if (trouble && !this.#released) {
      trouble.isTold = true
      throw trouble.error
    }
    this.#nextOffset = this.endOffset
    return false
  }

  record<K, V, Name extends string = string, Headers = unknown>(
    _source: RecordSource<K, V>,
  ): ConsumerRecord<K, V, Name, Headers> {
    if (!this.#current) throw new StateError('there is no record before the first call of next')
    return this.#current as ConsumerRecord<unknown, unknown> as ConsumerRecord<K, V, Name, Headers>
  }

  from(offset: number): Chunk | undefined {
    if (this.#fetched.isReleased) return undefined
    const isDecoded = this.#trouble !== this.#decoded.failure
    return new DecodedChunk(this.#fetched, this.#decoded, offset, isDecoded ? this.#trouble : undefined)
  }

  /** What comes behind the run, once that is done with: it starts with a record that is poisoned, or could not be decoded. */
  get rest(): Chunk | undefined {
    if (this.#trouble) return this
    return this.#isWhole ? undefined : this.from(this.endOffset)
  }

  /** Whether nothing of what was fetched comes behind it. */
  get #isWhole(): boolean {
    return this.#end === this.#decoded.entries.length && this.endOffset === this.#fetched.endOffset
  }

  release(): void {
    this.#released = true
    // What comes behind the run lies in the same memory.
    if (this.#isWhole) this.#fetched.release()
  }

  /** The poisoned records that it starts with, which have to be seen to before anything of it is handed out. Empty where a user must hear of trouble first. */
  get poisoned(): readonly Entry[] {
    if (this.#at < this.#end || (this.#trouble && !this.#trouble.isTold)) return []
    const { entries } = this.#decoded
    let end = this.#end
    while (entries[end]?.poison) end++
    return entries.slice(this.#end, end).filter(({ isSettled }) => !isSettled)
  }

  /** Whether what it starts with could not be seen to a moment ago. */
  get isTroubled(): boolean {
    return this.#trouble !== undefined
  }

  /** The same from an offset on, after poisoned records were seen to, or with what kept the one there from it. */
  settledFrom(offset: number, trouble: Trouble | undefined): DecodedChunk {
    return new DecodedChunk(this.#fetched, this.#decoded, offset, trouble)
  }

  /** Whether its failure was told and nothing else is left: then {@link undecoded} is to be tried once more. */
  get isUndecoded(): boolean {
    const { entries, failure } = this.#decoded
    return failure?.isTold === true && this.#at === entries.length && !this.#fetched.isReleased
  }

  /** What is left to decode. */
  get undecoded(): FetchedChunk | undefined {
    return this.#fetched.from(Math.max(this.#decoded.failure?.offset ?? 0, this.#nextOffset))
  }
}
