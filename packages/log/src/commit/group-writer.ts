// Writes a commit group: file by file, or as one piece into the journal.
import { messageOf, storageError } from '../api/errors.ts'
import { isPassing, lacksRoom } from '../disk/disk-errors.ts'
import { Journals } from '../journal/journals.ts'
import type { LocalLog } from '../partition/local-log.ts'
import { rollBack } from '../partition/roll-back.ts'
import type { Storage } from '../storage/storage.ts'
import type { CommitGroup } from './commit-group.ts'

export class GroupWriter {
  readonly journals: Journals
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
    this.journals = new Journals(storage)
  }

  /** The disk cannot bring batches home as fast as they come: the producers feel it. */
  mustWait(group: CommitGroup): boolean {
    return this.journals.overloaded && this.#throughJournal(group)
  }

  /** Writes the group; `error` and `ends` of it tell what could not be written and was taken back. */
  write(group: CommitGroup): void {
    group.flushing = this.#flushDue(group)
    if (this.#throughJournal(group)) this.#writeJournal(group)
    else this.#writeFiles(group)
    group.entries = []
    this.journals.filing.trim()
  }

  #flushDue({ logs }: CommitGroup): Set<LocalLog> | undefined {
    if (this.#storage.syncs || !logs.some(log => log.flushDue)) return undefined
    return new Set(logs.filter(log => log.flushDue))
  }

  #throughJournal(group: CommitGroup): boolean {
    // What a flush is for may stand in journals that were never synced: writing to the files brings it there, too.
    if (group.flushing) return false
    // The journal may be what fills the disk.
    if (group.makesRoom) return false
    const { limits, syncs } = this.#storage
    const files = group.logs.length
    const directMax = syncs ? limits.directFilesMax : limits.directFilesUnsyncedMax
    return files > directMax && group.bytes <= files * limits.journalBytesPerFileMax
  }

  #writeJournal(group: CommitGroup): void {
    try {
      group.journal = this.journals.write(group.entries)
    } catch (error) {
      // It may be retired to make room.
      group.cutJournal = this.journals.current
      this.#refuse(group, error, 'the journal')
      this.takeBack(group)
      return
    }
    for (const log of group.logs) {
      log.tail.markWritten()
      group.ends.push(log.groupWritten())
    }
    this.journals.retireFull()
  }

  #writeFiles(group: CommitGroup): void {
    for (const log of group.logs) {
      try {
        if (log.makesRoom) this.#storage.room.makingNow(() => log.writer.write(true))
        else log.writer.write(true)
        group.ends.push(log.groupWritten())
      } catch (error) {
        this.#refuse(group, error, log.name)
        this.#takeBackLog(group, log)
      }
    }
  }

  #refuse(group: CommitGroup, error: unknown, what: string): void {
    group.error ??= storageError(`writing ${what} in ${this.#storage.directory}: ${messageOf(error)}`, error)
    if (!isPassing(error)) this.#storage.fail(`writing ${what}`, error)
    else this.#storage.logger.error(group.error.message)
    if (lacksRoom(error)) this.#storage.room.onShort()
  }

  /** Takes all appends of a group back that was not written. */
  takeBack(group: CommitGroup): void {
    for (const log of group.logs) this.#takeBackLog(group, log)
  }

  #takeBackLog(group: CommitGroup, log: LocalLog): void {
    group.ends.push(-1)
    try {
      rollBack(log)
    } catch (error) {
      this.#storage.fail(`taking back what could not be written to ${log.name}`, error)
    }
  }
}
