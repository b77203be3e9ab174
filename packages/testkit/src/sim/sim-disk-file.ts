// An open file of the simulated disk.
import type { DiskFile } from '@millrace/log'
import type { SimProcess } from './process.ts'
import type { SimDisk } from './sim-disk.ts'
import type { SimFile } from './sim-file.ts'
import { systemError } from './sim-volume.ts'

/** A handle: valid until `close`, also when the name is gone. Using it wrongly throws, where a real system would do something worse. */
export class SimDiskFile implements DiskFile {
  readonly path: string
  readonly #disk: SimDisk
  readonly #process: SimProcess
  readonly #file: SimFile
  readonly #writable: boolean
  readonly #onClose: () => void
  #underWay = 0
  #closed = false

  constructor(
    disk: SimDisk,
    process: SimProcess,
    file: SimFile,
    path: string,
    writable: boolean,
    onClose: () => void,
  ) {
    this.#disk = disk
    this.#process = process
    this.#file = file
    this.path = path
    this.#writable = writable
    this.#onClose = onClose
  }

  sizeInBytes(): number {
    this.#assertOpen('fstat')
    return this.#file.cached.size
  }

  writev(chunks: readonly Uint8Array[], position: number): void {
    this.#assertWritable('writev')
    if (position > this.#file.cached.size) throw systemError('EINVAL', 'writev beyond the end', this.path)
    const bytes = Buffer.concat(chunks)
    const disk = this.#disk
    let dies: boolean
    try {
      dies = disk.begin(
        this.#process,
        { kind: 'write', path: this.path },
        ` ${bytes.length} bytes at ${position}`,
      )
    } catch (error) {
      if (this.#process.alive) this.#writePart(bytes, position)
      throw error
    }
    if (dies) {
      this.#writePart(bytes, position)
      disk.die(this.#process)
    }
    this.#writeWithin(bytes, position)
  }

  readNow(target: Uint8Array, position: number): number {
    this.#assertOpen('read')
    this.#disk.begin(this.#process, { kind: 'read', path: this.path }, ` at ${position}`)
    return this.#file.cached.read(target, position)
  }

  read(target: Uint8Array, position: number): Promise<number> {
    return this.#later('read', this.#disk.random.exponential(this.#disk.profile.readMeanMs), () => {
      this.#disk.begin(this.#process, { kind: 'read', path: this.path }, ` at ${position}`)
      return this.#file.cached.read(target, position)
    })
  }

  truncate(sizeInBytes: number): void {
    this.#assertWritable('ftruncate')
    const dies = this.#disk.begin(this.#process, { kind: 'truncate', path: this.path }, ` to ${sizeInBytes}`)
    if (!dies || this.#disk.random.chance(0.5)) {
      if (sizeInBytes > this.#file.cached.size) this.#reserve(sizeInBytes)
      this.#file.resize(sizeInBytes)
      this.#file.modifiedAtMs = this.#disk.nowMs()
    }
    if (dies) this.#disk.die(this.#process)
  }

  datasync(): Promise<void> {
    const disk = this.#disk
    const syncing = this.#file.changeCount
    const early = disk.profile.datasync === 'early'
    if (early) this.#process.after(disk.datasyncDelayMs() + 5, () => this.#file.syncTo(syncing))
    return this.#later('datasync', early ? 0 : disk.datasyncDelayMs(), () => this.#syncTo(syncing))
  }

  datasyncNow(): void {
    this.#assertOpen('datasync')
    this.#syncTo(this.#file.changeCount)
  }

  #syncTo(changeCount: number): void {
    const disk = this.#disk
    try {
      disk.begin(this.#process, { kind: 'datasync', path: this.path })
    } catch (error) {
      this.#file.forgetTo(changeCount)
      throw error
    }
    if (disk.profile.datasync === 'honest') this.#file.syncTo(changeCount)
  }

  close(): void {
    this.#assertOpen('close')
    if (this.#underWay > 0)
      throw new Error(`${this.path} is closed while ${this.#underWay} operations are under way`)
    this.#closed = true
    this.#onClose()
  }

  /** Runs `finish` after a while, when the process still lives; its outcome is the promise's. */
  #later<T>(syscall: string, delayMs: number, finish: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#assertOpen(syscall)
      this.#underWay++
      this.#process.after(delayMs, () => {
        this.#underWay--
        try {
          resolve(finish())
        } catch (error) {
          reject(error as Error)
        }
      })
    })
  }

  #writeWithin(bytes: Buffer, position: number): void {
    const { capacityBytes } = this.#disk.profile
    const growth = position + bytes.length - this.#file.cached.size
    const roomBytes = Number.isFinite(capacityBytes) ? capacityBytes - this.#disk.volume.usedBytes() : growth
    if (growth > 0 && growth > roomBytes) {
      this.#write(bytes.subarray(0, Math.max(0, bytes.length - (growth - Math.max(0, roomBytes)))), position)
      this.#disk.scheduler.note(`writing ${this.path} fails with ENOSPC`)
      throw systemError('ENOSPC', 'writev', this.path)
    }
    this.#write(bytes, position)
  }

  #writePart(bytes: Buffer, position: number): void {
    this.#write(bytes.subarray(0, this.#disk.random.between(0, bytes.length)), position)
  }

  #write(bytes: Buffer, position: number): void {
    this.#disk.scheduler.trace.mixBytes(bytes)
    this.#file.write(bytes, position)
    this.#file.modifiedAtMs = this.#disk.nowMs()
  }

  #reserve(sizeInBytes: number): void {
    const { capacityBytes } = this.#disk.profile
    if (!Number.isFinite(capacityBytes)) return
    if (this.#disk.volume.usedBytes() + sizeInBytes - this.#file.cached.size > capacityBytes) {
      throw systemError('ENOSPC', 'ftruncate', this.path)
    }
  }

  #assertOpen(syscall: string): void {
    this.#process.assertAlive()
    if (this.#closed) throw systemError('EBADF', syscall, this.path)
  }

  #assertWritable(syscall: string): void {
    this.#assertOpen(syscall)
    if (!this.#writable) throw systemError('EBADF', syscall, this.path)
  }
}
