// The partitions a consumer has, and the line of those with something to hand out.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { invariant } from '@millrace/runtime'
import { Fifo } from '../network/fifo.ts'
import type { Chunk } from './chunk.ts'
import { partitionKey } from './assignors/ownership.ts'
import { PartitionState, type StartingPoint } from './partition-state.ts'

export class Assignment {
  readonly #states = new Map<string, PartitionState>()
  /** Partitions with buffered chunks, in turn: each gives one chunk at a time, so that none starves. */
  readonly #line = new Fifo<PartitionState>()
  #bufferedBytes = 0

  get size(): number {
    return this.#states.size
  }

  /** Bytes fetched and not handed out. */
  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  [Symbol.iterator](): IterableIterator<PartitionState> {
    return this.#states.values()
  }

  /** The partitions by name. */
  partitions(): TopicPartition[] {
    return Array.from(this, ({ topic, partition }) => ({ topic, partition }))
  }

  find(topic: string, partition: number): PartitionState | undefined {
    return this.#states.get(partitionKey(topic, partition))
  }

  add(topic: string, partition: number): PartitionState {
    const known = this.find(topic, partition)
    if (known) return known
    const state = new PartitionState(topic, partition)
    this.#states.set(partitionKey(topic, partition), state)
    return state
  }

  remove({ topic, partition }: TopicPartition): void {
    const key = partitionKey(topic, partition)
    const state = this.#states.get(key)
    if (!state) return
    this.#states.delete(key)
    state.revoked = true
    this.#unbuffer(state.moveTo(state.delivered))
  }

  /** Starts a partition where the user wants it, in whatever topic has the name when it is fetched. */
  start(state: PartitionState, at: number | StartingPoint): void {
    state.topicId = undefined
    if (typeof at === 'number') this.move(state, at)
    else this.moveToTarget(state, at)
  }

  /** Moves a partition to an offset of the same topic. */
  move(state: PartitionState, offset: number, leaderEpoch = -1): void {
    this.#unbuffer(state.moveTo(offset, leaderEpoch))
  }

  /** Starts a partition where the log says. */
  moveToTarget(state: PartitionState, target: StartingPoint): void {
    this.#unbuffer(state.moveToTarget(target))
  }

  /** Fetches again what the user did not get yet. */
  refetch(state: PartitionState): void {
    this.#unbuffer(state.refetch())
  }

  /**
   * Goes back to what the user is done with: what was handed out since comes again. `chunk` is what the user had of it, if it may be handed out
   * again; its memory may be in use for other records by now, and then it is fetched again.
   */
  rewind(state: PartitionState, chunk: Chunk | undefined): void {
    const again = chunk?.from(state.processed)
    if (!again) return this.move(state, state.processed, state.leaderEpoch)
    state.delivered = state.processed
    this.putBack(state, again)
  }

  /** Buffers a fetched chunk. */
  put(state: PartitionState, chunk: Chunk): void {
    invariant(!state.revoked, 'nothing is buffered of a partition that was given up')
    invariant(chunk.endOffset >= state.delivered, 'what is fetched is not behind what was handed out')
    state.chunks.push(chunk)
    state.bufferedBytes += chunk.sizeBytes
    this.#bufferedBytes += chunk.sizeBytes
    this.list(state)
  }

  /** Puts back a chunk that the user has begun. */
  putBack(state: PartitionState, chunk: Chunk): void {
    invariant(state.partial === undefined, 'one chunk of a partition is begun at a time')
    state.partial = chunk
    state.bufferedBytes += chunk.sizeBytes
    this.#bufferedBytes += chunk.sizeBytes
    this.list(state)
  }

  /** Puts a partition in line when it has something and may give it. */
  list(state: PartitionState): void {
    const idle = state.chunks.length === 0 && state.partial === undefined
    if (state.listed || idle || state.inHand || state.isWithheld) return
    state.listed = true
    this.#line.push(state)
  }

  /** The partition whose turn it is, with its next chunk; undefined when nothing can be handed out. */
  take(): { state: PartitionState; chunk: Chunk } | undefined {
    for (let turns = this.#line.length; turns > 0; turns--) {
      const state = this.#line.shift()!
      state.listed = false
      if (state.revoked || state.inHand || state.isWithheld) continue
      const chunk = state.partial ?? state.chunks.shift()
      if (!chunk) continue
      state.partial = undefined
      state.bufferedBytes -= chunk.sizeBytes
      this.#unbuffer(chunk.sizeBytes)
      return { state, chunk }
    }
    return undefined
  }

  #unbuffer(bytes: number): void {
    this.#bufferedBytes -= bytes
    invariant(this.#bufferedBytes >= 0, 'no more bytes leave the buffers than came in')
  }
}
