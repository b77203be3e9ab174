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
  /** What is being written down, at least. */
  #target: number
  /** Bytes that had been written to the segments when it was last set out to be moved. */
  #writtenBytes = 0
  /** Offset of the last snapshot that a recovery point asked for, which the next one replaces. */
  #snapshot = -1

  constructor(options: RecoveryPointOptions) {
    this.#options = options
    this.#offset = options.offset
    this.#target = options.offset
  }

  /** As it is written down, durably: a start after a crash knows no other. */
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

  /** Writes it down, or what it has been moved to beyond that, durably; a snapshot of its offset is durable already. Rejects with the disk's error. */
  async set(offset: number): Promise<void> {
    const { storage, name } = this.#options
    const target = Math.max(this.#target, offset)
    this.#target = target
    await storage.checkpoints.setRecoveryPoint(name, target)
    // Less where the log has been cut meanwhile.
    this.#offset = Math.max(this.#offset, Math.min(target, this.#target))
    // Not before: until then a start goes by the old one.
    this.#replaceSnapshot(this.#offset)
  }

  /** Snapshots at the starts of segments stay; of those in between only the newest is of use. */
  #replaceSnapshot(offset: number): void {
    const { segments, snapshots } = this.#options
    const old = this.#snapshot
    this.#snapshot = offset
    if (old < 0 || old === offset || segments.all.some(segment => segment.baseOffset === old)) return
    snapshots.remove(at => at === old)
  }

  /** What is written down is not beyond it: after a cut a start would take what has been appended since for verified. Rejects with the disk's error. */
  async settle(): Promise<void> {
    const { storage, name } = this.#options
    if (storage.checkpoints.recoveryPoint(name) > this.#target) await this.set(this.#target)
  }

  /** The log has been cut: it is not beyond its end. Call `settle` when that is durable. */
  cutAt(offset: number): void {
    this.#offset = Math.min(this.#offset, offset)
    this.#target = Math.min(this.#target, offset)
  }
}
