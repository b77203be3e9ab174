// The recovery point of one partition: everything below is durable with all that belongs to it, and a start need not look at it.
import type { ProducerSnapshots } from '../producers/producer-snapshots.ts'
import type { SegmentList } from '../segment/segment-list.ts'
import type { Storage } from '../storage/storage.ts'

export interface RecoveryPointOptions {
  readonly storage: Storage
  /** Of the partition's directory. */
  readonly name: string
  readonly segments: SegmentList
  readonly snapshots: ProducerSnapshots
  readonly offset: number
}

export class RecoveryPoint {
  /** Somebody is about to move it. */
  moving = false
  readonly #options: RecoveryPointOptions
  #offset: number
  /** Bytes that had been written to the segments when it was last set out to be moved. */
  #writtenBytes = 0
  /** Offset of the last snapshot that a recovery point asked for, which the next one replaces. */
  #snapshot = -1

  constructor(options: RecoveryPointOptions) {
    this.#options = options
    this.#offset = options.offset
  }

  get offset(): number {
    return this.#offset
  }

  /** It is time to move it, since so many bytes have been written in all. */
  isDue(writtenBytes: number): boolean {
    return !this.moving && writtenBytes - this.#writtenBytes >= this.#options.storage.limits.recoveryBytesMax
  }

  /** It is being moved behind what has been written up to now. */
  begin(writtenBytes: number): void {
    this.moving = true
    this.#writtenBytes = writtenBytes
  }

  /** Writes it down, durably; a snapshot of its offset is durable already. Rejects with the disk's error. */
  async set(offset: number): Promise<void> {
    const { storage, name } = this.#options
    const before = this.#offset
    this.#offset = offset
    try {
      await storage.checkpoints.setRecoveryPoint(name, offset)
    } catch (error) {
      // Who tries again must not take it for done.
      if (this.#offset === offset) this.#offset = before
      throw error
    }
    // Not before: until then a start goes by the old one.
    this.#replaceSnapshot(offset)
  }

  /** Snapshots at the starts of segments stay; of those in between only the newest is of use. */
  #replaceSnapshot(offset: number): void {
    const { segments, snapshots } = this.#options
    const old = this.#snapshot
    this.#snapshot = offset
    if (old < 0 || old === offset || segments.all.some(segment => segment.baseOffset === old)) return
    snapshots.remove(at => at === old)
  }

  /** The log has been cut: it is not beyond its end. */
  cutAt(offset: number): void {
    this.#offset = Math.min(this.#offset, offset)
  }
}
