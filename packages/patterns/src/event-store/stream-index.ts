// Where the events of streams are in the log: what an index has to do, and one in memory.

/** What can be had at once, or later. */
export type MaybeLater<T> = T | PromiseLike<T>

/** An event of a stream, by its place in the log. */
export interface IndexedEvent {
  /** The stream. */
  readonly stream: string
  /** The event's version: its number in its stream, from 1 on. */
  readonly version: number
  /** Its place in the partition. */
  readonly offset: number
}

/** Where events of a stream are. */
export interface IndexedRange {
  /** Number of the partition; −1 for a stream that there is not. */
  readonly partition: number
  /** Offsets of the versions that were asked for, in their order; −1 for one that the log has lost. */
  readonly offsets: readonly number[]
}

/**
 * Knows which events a stream has: built of the log, and kept with how far that is read, so that a start reads on from there. One that is lost, or behind, is built again. Calls for one partition
 * come one after the other.
 */
export interface StreamIndex {
  /** Up to which offset a partition is in the index; 0 for one that is not. */
  positionOf(partition: number): MaybeLater<number>
  /** The last version of a stream; 0 for one that there is not. */
  versionOf(stream: string): MaybeLater<number>
  /** Where the versions `from` ≤ v ≤ `to` of a stream are. */
  find(stream: string, from: number, to: number): MaybeLater<IndexedRange>
  /** Takes in events of a partition, in their order, and moves its position, all or nothing. */
  apply(partition: number, position: number, events: readonly IndexedEvent[]): MaybeLater<void>
  /** Forgets all: the log is another one. */
  clear(): MaybeLater<void>
}

interface Stream {
  readonly partition: number
  /** The version of the first of the offsets. */
  readonly first: number
  readonly offsets: number[]
}

/** An index in memory: about 100 bytes a stream and 8 an event; each start reads the whole log. */
export function memoryStreamIndex(): StreamIndex {
  const streams = new Map<string, Stream>()
  const positions = new Map<number, number>()
  return {
    positionOf: partition => positions.get(partition) ?? 0,
    versionOf: name => {
      const stream = streams.get(name)
      return stream ? stream.first + stream.offsets.length - 1 : 0
    },
    find(name, from, to) {
      const stream = streams.get(name)
      if (!stream) return { partition: -1, offsets: [] }
      const offsets: number[] = []
      for (let version = from; version <= to; version++)
        offsets.push(stream.offsets[version - stream.first] ?? -1)
      return { partition: stream.partition, offsets }
    },
    apply(partition, position, events) {
      for (const { stream: name, version, offset } of events) {
        let stream = streams.get(name)
        if (!stream) {
          stream = { partition, first: version, offsets: [] }
          streams.set(name, stream)
        }
        // What the log has lost in between.
        while (stream.first + stream.offsets.length < version) stream.offsets.push(-1)
        stream.offsets.push(offset)
      }
      positions.set(partition, position)
    },
    clear() {
      streams.clear()
      positions.clear()
    },
  }
}
