// Where recent reads from a segment file ended, so that the next read of the same consumer starts at the right byte.
import type { Segment } from '../segment/segment.ts'

const cursorsMax = 8

export interface ReadCursor {
  readonly offset: number
  readonly segment: Segment
  readonly position: number
}

/** A few readers at different places; the longest unused is forgotten. */
export class ReadCursors {
  #cursors: ReadCursor[] = []

  /** The byte where the batch with `offset` begins, if a read ended there. */
  take(offset: number, segment: Segment): number | undefined {
    const index = this.#cursors.findIndex(cursor => cursor.offset === offset && cursor.segment === segment)
    return index < 0 ? undefined : this.#cursors.splice(index, 1)[0]!.position
  }

  put(cursor: ReadCursor): void {
    if (this.#cursors.length === cursorsMax) this.#cursors.shift()
    this.#cursors.push(cursor)
  }

  clear(): void {
    this.#cursors = []
  }
}
