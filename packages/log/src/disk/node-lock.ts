// Exclusive use of a directory between processes by a lock file that names its holder. Node has no `flock`.
import { lacksRoom, systemCode } from './disk-errors.ts'
import { DirectoryLockedError, type DiskLock } from './disk.ts'

// An `import` would load the streams of files too, which nobody here uses: 2 ms of a start.
const {
  linkSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} = process.getBuiltinModule('node:fs')

/** Between the fields of a holder in a symbolic link. */
const linkSeparator = ','

/** Who holds a lock. `startedAt` tells a process from a later one of the same number (in containers always 1). */
interface Holder {
  readonly pid: number
  readonly startedAt: string
  readonly nonce: string
}

/** Locks held by this process: tells our own live lock from one that a dead process of the same number left. */
const held = new Set<string>()

/** States of a process that has ended and only waits for its parent to hear of it: such a one holds nothing. */
const endedStates = ['Z', 'X', 'x']

/** What the system says of a process. `startedAt` is empty where it does not say (elsewhere than on Linux, or there is no such process). */
interface ProcessStatus {
  readonly isEnded: boolean
  /** Boot and clock ticks. */
  readonly startedAt: string
}

function statusOf(pid: number): ProcessStatus {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in brackets may hold anything; the state is the first field behind it, the start time the twentieth.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    return { isEnded: endedStates.includes(fields[0]!), startedAt: `${boot}:${fields[19]}` }
  } catch {
    return { isEnded: false, startedAt: '' }
  }
}

/** Enough of it to tell: a link of 60 bytes and more would need a block. */
function shortStart(startedAt: string): string {
  if (startedAt === '') return ''
  const [boot = '', ticks = ''] = startedAt.split(':')
  return `${boot.slice(0, 8)}:${ticks}`
}

function isAlive(holder: Holder): boolean {
  if (held.has(holder.nonce)) return true
  const { isEnded, startedAt } = statusOf(holder.pid)
  if (isEnded) return false
  if (holder.startedAt !== '' && startedAt !== '')
    return shortStart(startedAt) === shortStart(holder.startedAt)
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

function readHolder(path: string): Holder | undefined {
  let fields: string[]
  try {
    const link = lstatSync(path).isSymbolicLink()
    fields = link ? readlinkSync(path).split(linkSeparator) : readFileSync(path, 'latin1').split('\n')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
  const [pid, startedAt = '', nonce = ''] = fields
  // An empty file is what Apache Kafka leaves behind; it stands for nobody.
  return { pid: Number(pid) || 0, startedAt, nonce }
}

/** Device and inode as `/proc/locks` writes them. */
function inodeOf(path: string): string {
  const { dev, ino } = statSync(path)
  const major = (dev >> 8) & 0xfff
  const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00)
  const hex = (number: number) => number.toString(16).padStart(2, '0')
  return `${hex(major)}:${hex(minor)}:${ino}`
}

/** Apache Kafka locks the same file with `fcntl`, which Linux lists by inode. */
function lockedByFcntl(path: string): string | undefined {
  try {
    const inode = inodeOf(path)
    for (const line of readFileSync('/proc/locks', 'latin1').split('\n')) {
      const fields = line.trim().split(/\s+/)
      if (fields[1] === 'POSIX' && fields[5] === inode) return fields[4]
    }
  } catch {
    // No file, or no such list on this system: nothing to respect.
  }
  return undefined
}

/**
 * Puts `own` (a file made before) in place of `path`, atomically, unless somebody alive holds it. Of several processes that find a
 * dead holder at the same time, one wins: whoever replaces a dead holder first takes a lock named after that very holder, and
 * looks again.
 */
function acquire(directory: string, path: string, own: string): void {
  for (;;) {
    const kafka = lockedByFcntl(path)
    if (kafka !== undefined) throw new DirectoryLockedError(directory, `process ${kafka} (file lock)`)
    try {
      linkSync(own, path)
      return
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
    const holder = readHolder(path)
    if (!holder) continue
    if (holder.pid > 0 && isAlive(holder))
      throw new DirectoryLockedError(directory, `process ${holder.pid} (${path})`)
    const guard = `${path}.${holder.nonce || 'empty'}`
    acquire(directory, guard, own)
    try {
      if (readHolder(path)?.nonce !== holder.nonce) continue
      const copy = `${own}.winner`
      linkSync(own, copy)
      renameSync(copy, path)
      return
    } finally {
      unlinkSync(guard)
    }
  }
}

/**
 * Makes the file that is to become the lock. On a disk without a free block, which is to be read nevertheless, it is a symbolic link whose
 * target is the text: file systems keep short ones in the inode.
 */
function writeOwn(own: string, holder: Holder): void {
  const { pid, startedAt, nonce } = holder
  try {
    writeFileSync(own, `${pid}\n${startedAt}\n${nonce}\n`)
  } catch (error) {
    unlinkIfThere(own)
    if (!lacksRoom(error)) throw error
    symlinkSync([pid, shortStart(startedAt), nonce].join(linkSeparator), own)
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}

/** Takes the lock file `name` in `directory`, from a dead process if need be. Throws `DirectoryLockedError`. */
export function lockDirectory(directory: string, name: string): DiskLock {
  const path = `${directory}/${name}`
  // Unlike any other, but no secret.
  const nonce = `${process.hrtime.bigint().toString(36)}${Math.random().toString(36).slice(2)}`
  const own = `${path}-${process.pid}-${nonce}`
  writeOwn(own, { pid: process.pid, startedAt: statusOf(process.pid).startedAt, nonce })
  held.add(nonce)
  try {
    acquire(directory, path, own)
  } catch (error) {
    held.delete(nonce)
    throw error
  } finally {
    unlinkSync(own)
  }
  return {
    release() {
      if (!held.delete(nonce)) return
      if (readHolder(path)?.nonce === nonce) unlinkSync(path)
    },
  }
}
