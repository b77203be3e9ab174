/**
 * The log's `Disk` in memory, with faults.
 *
 * Fault model, for each file and directory:
 * - **Process crash**: everything written stays (it is in the page cache), except that the write under way may be there in part.
 * - **Power loss**: what a `datasync` / `syncDirectory` that has resolved covers stays. Of everything else a random part survives: each 4 KiB
 *   page is as it was after some number of the writes to it, one in four torn between two such states at 512-byte sectors; the size is as it was
 *   after some write, and room that no surviving page fills reads as zeros; resizes happen in order or not at all; each change of names
 *   survives by itself. Nothing is written back in an order that could be relied on, neither in a file nor across files.
 * - **Failure**: any operation may be made to fail, with any code. A failed `writev` leaves a part of its bytes. A failed `datasync` or
 *   `syncDirectory` drops what it should have written: programs still see it, and no later sync makes it durable.
 * - **ENOSPC**: above `capacityBytes` a `writev` leaves what fits and fails.
 * - **Bit flips** at rest, only by `corrupt`: the log is expected to notice them, not to survive them.
 * - **Slowness**: reads and syncs take a random time; reads of one file may overtake each other.
 */
import { DirectoryLockedError, type Disk, type DiskFile, type DiskLock } from '@millrace/log'
import { epochMs } from './clock.ts'
import { KilledError, type SimProcess } from './process.ts'
import type { SimRandom } from './random.ts'
import type { SimScheduler } from './scheduler.ts'
import { SimDiskFile } from './sim-disk-file.ts'
import { SimDirectory } from './sim-directory.ts'
import { SimFile, type Survival } from './sim-file.ts'
import { SimVolume, systemError } from './sim-volume.ts'

/** What a process asks of the disk, as fault schedules see it. */
export interface DiskOperation {
  readonly kind:
    | 'open'
    | 'write'
    | 'read'
    | 'truncate'
    | 'datasync'
    | 'rename'
    | 'unlink'
    | 'makeDirectory'
    | 'removeDirectory'
    | 'syncDirectory'
  readonly path: string
}

/** Codes with which a system lets a sync fail. They all mean the same: what was written since the last one may be lost. */
export const syncFailureCodes = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EINTR', 'ETIMEDOUT'] as const

/** What fails: each sync by this chance, or one of a log's segment after so many others, before and after which all succeed. */
export type SyncFailure = { readonly chance: number } | { readonly afterLogs: number }

/** Lets syncs of files and directories fail with `code`. For `SimDisk.failing`. */
export function failingSyncs(
  random: SimRandom,
  code: (typeof syncFailureCodes)[number],
  failure: SyncFailure,
): (operation: DiskOperation) => string | undefined {
  let passed = 0
  return ({ kind, path }) => {
    if (kind !== 'datasync' && kind !== 'syncDirectory') return undefined
    if ('chance' in failure) return random.chance(failure.chance) ? code : undefined
    return path.endsWith('.log') && passed++ === failure.afterLogs ? code : undefined
  }
}

/** How the disk behaves; may be changed at any time. */
export interface DiskProfile {
  readMeanMs: number
  datasyncMinMs: number
  datasyncMeanMs: number
  capacityBytes: number
  openFilesMax: number
  /** `honest` is durable when it says so; the others exist to prove that the checks find them. */
  datasync: 'honest' | 'lies' | 'early'
}

const honestDisk: DiskProfile = {
  readMeanMs: 0.1,
  datasyncMinMs: 0.1,
  datasyncMeanMs: 0.4,
  capacityBytes: Number.POSITIVE_INFINITY,
  openFilesMax: 20_000,
  datasync: 'honest',
}

const changes = new Set<DiskOperation['kind']>([
  'write',
  'truncate',
  'rename',
  'unlink',
  'makeDirectory',
  'removeDirectory',
])

/** One disk. It outlives the processes that use it; only `losePower` takes something from it. */
export class SimDisk {
  readonly scheduler: SimScheduler
  readonly random: SimRandom
  readonly volume = new SimVolume()
  readonly profile: DiskProfile
  /** Returns a code such as `EIO` to make an operation fail. */
  failing: ((operation: DiskOperation) => string | undefined) | undefined
  openFiles = 0
  #crashAfterChanges = -1
  #onCrashPoint: (() => void) | undefined
  readonly #locks = new Map<string, SimProcess>()

  constructor(scheduler: SimScheduler, profile: Partial<DiskProfile> = {}) {
    this.scheduler = scheduler
    this.random = scheduler.random.fork('disk')
    this.profile = { ...honestDisk, ...profile }
  }

  /** Calls `crash` in the middle of the change that comes after `changesBefore` others; a write is then there in part. */
  crashInChange(changesBefore: number, crash: () => void): void {
    this.#crashAfterChanges = changesBefore
    this.#onCrashPoint = crash
  }

  disarmCrash(): void {
    this.#crashAfterChanges = -1
    this.#onCrashPoint = undefined
  }

  /** Every process that uses the disk has to be dead. */
  losePower(survival: Survival): void {
    this.scheduler.note(`power is lost; of what was not synced ${survival} survives`)
    this.volume.losePower(survival, this.random)
  }

  /** Flips bits of one byte where it lies. */
  corrupt(path: string, position: number, mask = 1): void {
    this.scheduler.note(`a byte goes bad in ${path} at ${position}`)
    this.volume.file(path, 'corrupt').corrupt(position, mask)
  }

  /**
   * Notes an operation of `process`, and lets the faults decide on it. Returns whether the process dies in it: the caller makes the part of the
   * effect that happens and then calls `die`.
   */
  begin(process: SimProcess, operation: DiskOperation, detail = ''): boolean {
    process.assertAlive()
    this.scheduler.note(`${process.name} ${operation.kind} ${operation.path}${detail}`)
    const code = this.failing?.(operation)
    if (code !== undefined) {
      this.scheduler.note(`${operation.kind} fails with ${code}`)
      throw systemError(code, operation.kind, operation.path)
    }
    if (!changes.has(operation.kind) || this.#crashAfterChanges < 0) return false
    return this.#crashAfterChanges-- === 0
  }

  die(process: SimProcess): never {
    const crash = this.#onCrashPoint
    this.disarmCrash()
    crash?.()
    process.kill()
    throw new KilledError(`${process.name} died in a change of the disk`)
  }

  nowMs(): number {
    return Math.floor(epochMs + this.scheduler.nowMs)
  }

  datasyncDelayMs(): number {
    return this.profile.datasyncMinMs + this.random.exponential(this.profile.datasyncMeanMs)
  }

  /** The disk as `process` sees it; its handles and locks die with it. */
  forProcess(process: SimProcess): Disk {
    process.onKilled(() => {
      for (const [directory, holder] of this.#locks) if (holder === process) this.#locks.delete(directory)
    })
    return new ProcessDisk(this, process)
  }

  lock(process: SimProcess, directory: string, name: string): DiskLock {
    const holder = this.#locks.get(directory)
    if (holder) throw new DirectoryLockedError(directory, holder.name)
    this.#locks.set(directory, process)
    const path = `${directory}/${name}`
    if (!this.volume.find(path)) this.volume.createFile(path, 'open')
    return {
      release: () => {
        if (this.#locks.get(directory) === process) this.#locks.delete(directory)
      },
    }
  }
}

/** Changes of names, each of which may be the moment of a crash, just before or just after it. */
class ProcessDisk implements Disk {
  readonly #disk: SimDisk
  readonly #process: SimProcess

  constructor(disk: SimDisk, process: SimProcess) {
    this.#disk = disk
    this.#process = process
    process.onKilled(() => {
      disk.openFiles -= this.#handles.size
    })
  }

  readonly #handles = new Set<SimDiskFile>()

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    const disk = this.#disk
    disk.begin(this.#process, { kind: 'open', path }, ` for ${mode}`)
    if (disk.openFiles >= disk.profile.openFilesMax) throw systemError('EMFILE', 'open', path)
    const missing = mode === 'create' && !disk.volume.find(path)
    const file = missing ? this.#create(path) : disk.volume.file(path, 'open')
    const handle = new SimDiskFile(disk, this.#process, file, path, mode !== 'read', () => {
      if (this.#handles.delete(handle)) disk.openFiles--
    })
    this.#handles.add(handle)
    disk.openFiles++
    return handle
  }

  readFile(path: string): Buffer | undefined {
    this.#disk.begin(this.#process, { kind: 'read', path })
    const node = this.#disk.volume.find(path)
    if (node instanceof SimDirectory) throw systemError('EISDIR', 'read', path)
    return node?.cached.copy()
  }

  writeFile(path: string, bytes: Uint8Array): void {
    const handle = this.open(path, 'create')
    try {
      handle.truncate(0)
      handle.writev([bytes], 0)
    } finally {
      handle.close()
    }
  }

  stat(path: string) {
    this.#process.assertAlive()
    const node = this.#disk.volume.find(path)
    if (!node) return undefined
    if (node instanceof SimFile)
      return { directory: false, sizeInBytes: node.cached.size, modifiedAtMs: node.modifiedAtMs }
    return { directory: true, sizeInBytes: 0, modifiedAtMs: 0 }
  }

  readDirectory(path: string) {
    this.#disk.begin(this.#process, { kind: 'read', path })
    const { entries } = this.#disk.volume.directory(path, 'readdir')
    const names = [...entries].map(([name, node]) => ({ name, directory: node instanceof SimDirectory }))
    return this.#disk.random.shuffled(names)
  }

  makeDirectory(path: string): void {
    if (this.#disk.volume.find(path) instanceof SimDirectory) return
    this.#change({ kind: 'makeDirectory', path }, () => this.#disk.volume.makeDirectories(path))
  }

  removeDirectory(path: string): void {
    this.#change({ kind: 'removeDirectory', path }, () => this.#disk.volume.removeDirectory(path))
  }

  rename(from: string, to: string): void {
    this.#change({ kind: 'rename', path: from }, () => this.#disk.volume.rename(from, to), ` to ${to}`)
  }

  unlink(path: string): void {
    if (!this.#disk.volume.find(path)) return
    this.#change({ kind: 'unlink', path }, () => this.#disk.volume.unlink(path))
  }

  async unlinkAside(path: string): Promise<void> {
    this.unlink(path)
  }

  syncDirectory(path: string): Promise<void> {
    const disk = this.#disk
    return new Promise((resolve, reject) => {
      this.#process.assertAlive()
      const directory = disk.volume.directory(path, 'open')
      const syncing = directory.changeCount
      this.#process.after(disk.datasyncDelayMs(), () => {
        try {
          disk.begin(this.#process, { kind: 'syncDirectory', path })
        } catch (error) {
          if (this.#process.alive) directory.forgetTo(syncing)
          reject(error as Error)
          return
        }
        if (disk.profile.datasync !== 'lies') directory.syncTo(syncing)
        resolve()
      })
    })
  }

  lock(directory: string, name: string): DiskLock {
    this.#process.assertAlive()
    return this.#disk.lock(this.#process, directory, name)
  }

  #create(path: string): SimFile {
    const file = this.#disk.volume.createFile(path, 'open')
    file.modifiedAtMs = this.#disk.nowMs()
    return file
  }

  #change(operation: DiskOperation, apply: () => void, detail?: string): void {
    const dies = this.#disk.begin(this.#process, operation, detail)
    if (!dies || this.#disk.random.chance(0.5)) apply()
    if (dies) this.#disk.die(this.#process)
  }
}
