// The disk of a Node process: the one file of this package that knows `node:fs`.
import { makeDirectory } from '@millrace/runtime'
import { systemCode } from './disk-errors.ts'
import type { Disk, DiskEntry, DiskFile, DiskLock, DiskSpace, DiskStat } from './disk.ts'
import { lockDirectory } from './node-lock.ts'

// An `import` would load the streams of files too, which nobody here uses: 2 ms of a start.
const {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsync,
  ftruncateSync,
  open,
  openSync,
  readdirSync,
  readFileSync,
  read: readFd,
  readSync,
  renameSync,
  rmdirSync,
  statfsSync,
  statSync,
  unlink,
  unlinkSync,
  writeFileSync,
  writeSync,
  writevSync,
} = process.getBuiltinModule('node:fs')

const openFlags = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR,
  create: constants.O_RDWR | constants.O_CREAT,
} as const

/** `undefined` instead of an `ENOENT`; other errors pass. */
function orMissing<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function writeAll(fd: number, chunk: Uint8Array, position: number): void {
  let done = 0
  while (done < chunk.length) done += writeSync(fd, chunk, done, chunk.length - done, position + done)
}

class NodeFile implements DiskFile {
  readonly path: string
  readonly #fd: number

  constructor(path: string, fd: number) {
    this.path = path
    this.#fd = fd
  }

  sizeInBytes(): number {
    return fstatSync(this.#fd).size
  }

  writev(chunks: readonly Uint8Array[], position: number): void {
    if (chunks.length === 1) {
      writeAll(this.#fd, chunks[0]!, position)
      return
    }
    let wanted = 0
    for (const chunk of chunks) wanted += chunk.length
    const written = writevSync(this.#fd, chunks, position)
    if (written === wanted) return
    // The system took a part only: go on chunk by chunk, until an error says why or all is there.
    let skip = written
    let at = position
    for (const chunk of chunks) {
      if (skip < chunk.length) writeAll(this.#fd, chunk.subarray(skip), at + skip)
      skip = Math.max(0, skip - chunk.length)
      at += chunk.length
    }
  }

  readNow(target: Uint8Array, position: number): number {
    let done = 0
    while (done < target.length) {
      const count = readSync(this.#fd, target, done, target.length - done, position + done)
      if (count === 0) break
      done += count
    }
    return done
  }

  read(target: Uint8Array, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const step = (done: number) => {
        readFd(this.#fd, target, done, target.length - done, position + done, (error, count) => {
          if (error) reject(error)
          else if (count === 0 || done + count === target.length) resolve(done + count)
          else step(done + count)
        })
      }
      step(0)
    })
  }

  truncate(sizeInBytes: number): void {
    ftruncateSync(this.#fd, sizeInBytes)
  }

  datasync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.#fd, error => (error ? reject(error) : resolve()))
    })
  }

  datasyncNow(): void {
    fdatasyncSync(this.#fd)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

function syncDirectory(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    open(path, 'r', (openError, fd) => {
      if (openError) {
        // Windows cannot open directories, and makes names durable by itself.
        if (systemCode(openError) === 'EISDIR' || systemCode(openError) === 'EPERM') resolve()
        else reject(openError)
        return
      }
      fsync(fd, error => {
        closeSync(fd)
        if (error) reject(error)
        else resolve()
      })
    })
  })
}

export const nodeDisk: Disk = {
  open: (path, mode) => new NodeFile(path, openSync(path, openFlags[mode], 0o644)),
  readFile: path => orMissing(() => readFileSync(path)),
  writeFile: (path, bytes) => writeFileSync(path, bytes),
  stat(path): DiskStat | undefined {
    const found = statSync(path, { throwIfNoEntry: false })
    return found && { directory: found.isDirectory(), sizeInBytes: found.size, modifiedAtMs: found.mtimeMs }
  },
  space(path): DiskSpace {
    const { blocks, bavail, bsize } = statfsSync(path)
    return { totalBytes: blocks * bsize, usableBytes: bavail * bsize }
  },
  readDirectory: (path): DiskEntry[] =>
    readdirSync(path, { withFileTypes: true }).map(entry => ({
      name: entry.name,
      directory: entry.isDirectory(),
    })),
  makeDirectory: path => makeDirectory(path),
  removeDirectory: path => rmdirSync(path),
  rename: (from, to) => renameSync(from, to),
  unlink: path => {
    orMissing(() => unlinkSync(path))
  },
  unlinkAside: path =>
    new Promise((resolve, reject) => {
      unlink(path, error => {
        if (error && error.code !== 'ENOENT') reject(error)
        else resolve()
      })
    }),
  syncDirectory,
  lock: (directory, name): DiskLock => lockDirectory(directory, name),
}
