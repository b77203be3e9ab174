// The records of one partition from one fetch, as they are handed out: fetched ones are decoded when they are looked at, others were before.
import type { ConsumerRecord, RecordSource } from './record.ts'

export interface Chunk {
  readonly topic: string
  readonly partition: number
  /** What counts against the limits of prefetching. */
  readonly sizeBytes: number
  /** The offset behind the last batch: where fetching goes on. */
  readonly endOffset: number
  /** Leader epoch of the last batch, −1 if unknown. */
  readonly leaderEpoch: number
  /** Offset of the next record that may come. */
  readonly nextOffset: number
  /** Records that {@link next} has moved to so far. */
  readonly recordsRead: number
  /** Moves to the next record that the consumer is to see; false when there is none. Throws what keeps it from being read, every time. */
  next(): boolean
  /** The record that {@link next} moved to. */
  record<K, V, Name extends string = string, Headers = unknown>(
    source: RecordSource<K, V>,
  ): ConsumerRecord<K, V, Name, Headers>
  /** The same records once more, from an offset on; undefined when their memory was given back. */
  from(offset: number): Chunk | undefined
  /** What is to be handed out behind this one, of the same fetch; undefined where that is nothing. */
  readonly rest?: Chunk | undefined
  /** Nobody needs the records any more: there are no further ones, and the bytes of those handed out may be written over. */
  release(): void
}
