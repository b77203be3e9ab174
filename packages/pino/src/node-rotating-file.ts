// A log file that is put aside when it is large enough or its day is over, and whose old ones are removed.
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Clock, Timer } from '@millrace/runtime'
import type { Outlet } from './outlet.ts'
import { dayOf, expiredNames, type LogFileName, nextDayAt, readFileName, rotatedName } from './rotation.ts'

export interface RotatingFileOptions {
  readonly file: string
  /** Size at which it is put aside, in bytes. */
  readonly maxBytes: number
  /** Days for which files that were put aside are kept. */
  readonly maxDays: number
  readonly clock: Clock
  /** Hears of what cannot be written, removed or renamed, where no logger does. */
  readonly onProblem: (message: string) => void
}

/** The same problem is told again after this long. */
const problemEveryMs = 30_000

/**
 * Lines are written as they come, as pino does by default: what was logged before a process dies is there. Names and days are of UTC. A file has one process that writes it.
 */
export class RotatingFile implements Outlet {
  readonly #options: RotatingFileOptions
  readonly #name: LogFileName
  /** Undefined while the file is closed: the next line opens it. */
  #fd: number | undefined
  #bytes = 0
  /** Of the last line in the file. */
  #day = 0
  /** Lines that could not be written. */
  #lost = 0
  /** The file ends amid a line. */
  #isTorn = false
  /** When putting aside failed, it is not tried before this, on the monotonic clock. */
  #rotateFrom = Number.NEGATIVE_INFINITY
  #lastProblemAt = Number.NEGATIVE_INFINITY
  #timer: Timer | undefined

  /** Throws what opening throws: a service that cannot log should hear of it at start. */
  constructor(options: RotatingFileOptions) {
    this.#options = options
    this.#name = readFileName(options.file)
    mkdirSync(this.#name.folder, { recursive: true })
    this.#open()
    this.#keepDays()
  }

  write(line: string): void {
    try {
      if (this.#fd === undefined) this.#open()
      const bytes = Buffer.byteLength(line)
      const day = dayOf(this.#options.clock.now())
      const isFull = this.#bytes + bytes > this.#options.maxBytes
      if (this.#bytes > 0 && (isFull || day !== this.#day)) this.#rotate()
      this.#append(`${this.#isTorn ? '\n' : ''}${this.#lost > 0 ? this.#lossLine() : ''}${line}`)
      this.#day = day
      this.#lost = 0
    } catch (error) {
      this.#lost++
      this.#problem(`the log cannot be written to ${this.#options.file}`, error)
    }
  }

  flushSync(): void {}

  async close(): Promise<void> {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#close()
  }

  #open(): void {
    this.#fd = openSync(this.#options.file, 'a')
    const { size, mtimeMs } = fstatSync(this.#fd)
    this.#bytes = size
    this.#day = dayOf(size > 0 ? mtimeMs : this.#options.clock.now())
    this.#timer ??= this.#armDay()
  }

  #close(): void {
    if (this.#fd === undefined) return
    const fd = this.#fd
    this.#fd = undefined
    try {
      closeSync(fd)
    } catch (error) {
      this.#problem(`${this.#options.file} cannot be closed`, error)
    }
  }

  /** A line may be written in part: what is left follows. */
  #append(text: string): void {
    let rest = Buffer.from(text)
    while (rest.length > 0) {
      const written = writeSync(this.#fd!, rest)
      this.#bytes += written
      rest = rest.subarray(written)
      this.#isTorn = rest.length > 0
    }
  }

  /** Puts the file aside. Where it cannot be renamed it goes on growing, which is better than losing lines. */
  #rotate(): void {
    const { file, clock } = this.#options
    if (clock.monotonic() < this.#rotateFrom) return
    this.#close()
    try {
      const { folder } = this.#name
      renameSync(file, join(folder, rotatedName(this.#name, this.#day, readdirSync(folder))))
    } catch (error) {
      this.#rotateFrom = clock.monotonic() + problemEveryMs
      this.#problem(`${file} cannot be put aside, and goes on growing`, error)
    }
    this.#open()
    this.#removeOld()
  }

  #removeOld(): void {
    const { folder } = this.#name
    const { clock, maxDays } = this.#options
    try {
      for (const file of expiredNames(this.#name, readdirSync(folder), dayOf(clock.now()), maxDays))
        unlinkSync(join(folder, file))
    } catch (error) {
      this.#problem(`old files of ${this.#options.file} cannot be removed`, error)
    }
  }

  /** What nobody writes to has to be put aside and removed as well. */
  #keepDays(): void {
    try {
      if (this.#bytes > 0 && this.#day !== dayOf(this.#options.clock.now())) this.#rotate()
      else this.#removeOld()
    } catch (error) {
      this.#problem(`${this.#options.file} cannot be opened anew`, error)
    }
  }

  #armDay(): Timer {
    const { clock } = this.#options
    const now = clock.now()
    return clock.setTimer(
      nextDayAt(now) - now,
      () => {
        this.#timer = this.#armDay()
        this.#keepDays()
      },
      { unref: true },
    )
  }

  #lossLine(): string {
    const time = this.#options.clock.now()
    const msg = `${this.#lost} log lines before this one could not be written`
    return `${JSON.stringify({ level: 'warn', time, '@timestamp': new Date(time).toISOString(), lostLines: this.#lost, msg })}\n`
  }

  #problem(what: string, error: unknown): void {
    const { clock, onProblem } = this.#options
    const now = clock.monotonic()
    if (now - this.#lastProblemAt < problemEveryMs) return
    this.#lastProblemAt = now
    onProblem(`${what}: ${(error as Error).message}`)
  }
}
