// The file system as the log sees it: an interface that the operating system and the simulator both implement.

/**
 * Semantics that every implementation gives and that the log relies on:
 *
 * - **Process crash** (kill -9): every call that returned keeps its effect. Nothing that was written is lost.
 * - **Power loss**: a file's bytes and size are durable once a `datasync()` that was *started after* the write or truncate has
 *   resolved. Un-synced writes may survive whole, in part (any subset of 512-byte sectors) or not at all, in any order,
 *   across files and within one; the size may have grown without its bytes (they then read as zeros).
 * - **Names**: a create, rename, unlink, mkdir or rmdir is durable once a `syncDirectory()` of the directory that holds the
 *   name, started after it, has resolved. `datasync` of a new file does not make its name durable. Un-synced changes of names
 *   may survive or not, each by itself, but each is atomic: after a rename one finds the old state or the new, never a mix.
 *   A file whose bytes were synced and whose name was not may be gone; an un-synced name may come back with synced bytes.
 * - **Failure**: errors carry Node's `code` (`ENOENT`, `EEXIST`, `ENOTEMPTY`, `ENOSPC`, `EIO`, `EMFILE` …). After a failed `writev` any
 *   part of the bytes may be there. After a failed `datasync` or `syncDirectory`, whatever its code, nothing is known of any un-synced
 *   write of that file or directory, not even after a later one that succeeds. A `syncDirectory` that could not open the
 *   directory says so with `syscall: 'open'`: nothing was tried then.
 *
 * Paths are absolute or relative to the working directory, with forward slashes. Methods that are not promises act at once
 * and are meant for small things: they block the event loop.
 */
export interface Disk {
  /** Opens a file. `read`: must exist, no writing. `write`: must exist, read and write. `create`: as `write`, made empty when missing. */
  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile
  /** The whole content of a small file, or undefined when there is none. */
  readFile(path: string): Buffer | undefined
  /** Makes or overwrites a small file (create, truncate, write). Not atomic: write beside and `rename` where that matters. */
  writeFile(path: string, bytes: Uint8Array): void
  /** What stands at a path, or undefined. */
  stat(path: string): DiskStat | undefined
  /** What the file system that holds a path has. Left out, or undefined, where that is not known. */
  space?(path: string): DiskSpace | undefined
  /** Names in a directory in any order, without `.` and `..`. Throws `ENOENT` when there is none. */
  readDirectory(path: string): DiskEntry[]
  /** Makes one directory, parents too. An existing one is fine. */
  makeDirectory(path: string): void
  /** Removes an empty directory. */
  removeDirectory(path: string): void
  /** Moves a file or directory; an existing file at `to` is replaced. Open handles stay valid. */
  rename(from: string, to: string): void
  /** Removes a file. Open handles stay valid. A missing file is fine. */
  unlink(path: string): void
  /** The same without blocking the event loop, for files that may be large: the system takes some 30 ms for one of 1 GiB. */
  unlinkAside(path: string): Promise<void>
  /** Makes the names in a directory durable. See above. */
  syncDirectory(path: string): Promise<void>
  /**
   * Takes the exclusive right to a directory by a lock file in it (`name`), which other processes and other users in this
   * process respect. Throws `DirectoryLockedError` when somebody alive holds it. The death of the holder frees it.
   */
  lock(directory: string, name: string): DiskLock
}

/** An open file. Positions and lengths are in bytes. */
export interface DiskFile {
  /** Where it was opened. */
  readonly path: string
  /** Size now, un-synced writes included. */
  sizeInBytes(): number
  /**
   * Writes all bytes of the chunks, one after the other, from `position` on (which is not beyond the end). Returns when all are
   * in the page cache, else throws.
   */
  writev(chunks: readonly Uint8Array[], position: number): void
  /** Reads up to `target.length` bytes into `target`; returns how many. Less only at the end of the file. Blocks. */
  readNow(target: Uint8Array, position: number): number
  /** The same without blocking the event loop. `target` must not be used before the promise settles. */
  read(target: Uint8Array, position: number): Promise<number>
  /** Cuts the file to `sizeInBytes`, or extends it with zeros. */
  truncate(sizeInBytes: number): void
  /** Makes all bytes written before this call durable, with the size needed to read them (`fdatasync`). */
  datasync(): Promise<void>
  /** The same at once: it blocks the event loop for as long as the disk takes, and is for what cannot wait and is rare. */
  datasyncNow(): void
  /** Gives the handle back. No read or datasync may be under way. */
  close(): void
}

/** What stands at a path. */
export interface DiskStat {
  /** Whether it is a directory. */
  readonly directory: boolean
  /** Size in bytes. */
  readonly sizeInBytes: number
  /** Milliseconds since the epoch. */
  readonly modifiedAtMs: number
}

/** How much there is of a file system. */
export interface DiskSpace {
  /** All of it, in bytes. */
  readonly totalBytes: number
  /** What is free for this process. */
  readonly usableBytes: number
}

/** A name in a directory. */
export interface DiskEntry {
  /** The name, without its path. */
  readonly name: string
  /** Whether it is a directory. */
  readonly directory: boolean
}

/** The right to a directory. */
export interface DiskLock {
  /** Gives it back. The second time it does nothing. */
  release(): void
}

/** Somebody alive uses the directory. The message says who. */
export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError'
  /** The data directory. */
  readonly directory: string

  constructor(directory: string, holder: string) {
    super(`the directory ${directory} is in use by ${holder}; a directory belongs to one broker at a time`)
    this.directory = directory
  }
}
