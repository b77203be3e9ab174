// Decodes records before they are handed out, where a serde has to wait or poisoned records are to be dealt with.
import type { Clock } from '@millrace/runtime'
import { DeserializationError } from '../errors/index.ts'
import { isThenable } from '../serde/thenable.ts'
import type { Chunk } from './chunk.ts'
import { decodedAtOnceMax, decodeRecords } from './decode-records.ts'
import { type Decoded, DecodedChunk, type Entry, type Trouble } from './decoded-chunk.ts'
import type { FetchedChunk } from './fetched-chunk.ts'
import type { PartitionState } from './partition-state.ts'
import { type PoisonPolicy, poisonOf } from './poison.ts'
import type { ConsumerRecord } from './record.ts'
import type { SourceOf } from './record-sources.ts'

type AnyRecord = ConsumerRecord<unknown, unknown>

export interface DecoderOptions {
  readonly clock: Clock
  readonly policy: PoisonPolicy
  /** How long a serde may take for a record, in ms. */
  readonly timeoutMs: number
  /** How long a record that could not be decoded is left alone before it is tried again, in ms. */
  readonly backoffMs: number
  readonly sourceOf: SourceOf<unknown, unknown>
  /** A record was passed over: how many of its partition by now. */
  readonly onPassedOver: (error: DeserializationError, count: number) => void
}

/** What a decoding may find while it waits: that nobody wants its outcome any more. */
export type IsWanted = () => boolean

export class Decoder {
  readonly #options: DecoderOptions
  readonly #passedOver = new WeakMap<PartitionState, number>()
  /** Records passed over so far. */
  passedOver = 0

  constructor(options: DecoderOptions) {
    this.#options = options
  }

  /** Whether there is something to do about a chunk before it is handed out: {@link prepare}. */
  mustPrepare(state: PartitionState, chunk: Chunk): boolean {
    if (chunk instanceof DecodedChunk) return chunk.poisoned.length > 0 || chunk.isUndecoded
    const { parts } = this.#options.sourceOf(state)
    const hasSerde = parts.key.serde !== undefined || parts.value.serde !== undefined
    return parts.isAsync || (this.#options.policy !== 'fail' && (hasSerde || parts.headers.length > 0))
  }

  /** Decodes a chunk, or sees to the poisoned records that it starts with. Never rejects. Stops when nobody wants the outcome any more. */
  async prepare(state: PartitionState, chunk: Chunk, isWanted: IsWanted): Promise<Chunk> {
    if (chunk instanceof DecodedChunk) {
      if (chunk.poisoned.length > 0) return this.#settle(state, chunk, isWanted)
      await this.#pause()
    }
    const fetched = chunk instanceof DecodedChunk ? chunk.undecoded : (chunk as FetchedChunk)
    return fetched ? this.#decode(state, fetched, isWanted) : chunk
  }

  #pause(): Promise<void> {
    const { clock, backoffMs } = this.#options
    return new Promise(resolve => clock.setTimer(backoffMs, resolve, { unref: true }))
  }

  async #decode(state: PartitionState, chunk: FetchedChunk, isWanted: IsWanted): Promise<Chunk> {
    const from = chunk.nextOffset
    const entries: Entry[] = []
    let failure: Decoded['failure']
    while (failure === undefined && isWanted()) {
      const next = this.#nextRecords(state, chunk)
      const { clock, timeoutMs } = this.#options
      const errors = await decodeRecords(next.records, clock, timeoutMs)
      for (const [index, record] of next.records.entries()) {
        const error = errors[index]
        const poison = error && this.#isPoison(error) ? error : undefined
        if (error && !poison) {
          failure = { error, offset: record.offset, isTold: false }
          break
        }
        if (poison && this.#options.policy === 'skip') this.#passOver(state, poison)
        else entries.push({ record, poison, isSettled: false })
      }
      failure ??= next.failure
      if (next.isLast) break
    }
    return new DecodedChunk(chunk, { entries, failure }, from)
  }

  #nextRecords(state: PartitionState, chunk: FetchedChunk) {
    const source = this.#options.sourceOf(state)
    const records: AnyRecord[] = []
    let failure: Trouble | undefined
    let isLast = false
    try {
      while (records.length < decodedAtOnceMax && !isLast) {
        if (chunk.next()) records.push(chunk.record(source))
        else isLast = true
      }
    } catch (error) {
      failure = { error: error as Error, offset: chunk.nextOffset, isTold: false }
    }
    return { records, failure, isLast }
  }

  /** Whether the policy has a say in it: what may pass by is for the user to hear, and so is all where it says so. */
  #isPoison(error: Error): error is DeserializationError {
    return this.#options.policy !== 'fail' && error instanceof DeserializationError && !error.retriable
  }

  /** Hands poisoned records over, one after the other: everything before them is done with. */
  async #settle(state: PartitionState, chunk: DecodedChunk, isWanted: IsWanted): Promise<Chunk> {
    if (chunk.isTroubled) await this.#pause()
    let offset = chunk.nextOffset
    for (const entry of chunk.poisoned) {
      if (!isWanted()) break
      const error = await this.#handOver(entry)
      if (error)
        return chunk.settledFrom(entry.record.offset, { error, offset: entry.record.offset, isTold: false })
      entry.isSettled = true
      offset = entry.record.offset + 1
      this.#passOver(state, entry.poison!)
    }
    return chunk.settledFrom(offset, undefined)
  }

  async #handOver({ record, poison }: Entry): Promise<Error | undefined> {
    const { policy } = this.#options
    if (typeof policy !== 'function') return undefined
    try {
      const handling = policy(poisonOf(record, poison!))
      if (isThenable(handling)) await handling
      return undefined
    } catch (error) {
      return error as Error
    }
  }

  #passOver(state: PartitionState, error: DeserializationError): void {
    const count = (this.#passedOver.get(state) ?? 0) + 1
    this.#passedOver.set(state, count)
    this.passedOver++
    this.#options.onPassedOver(error, count)
  }
}
