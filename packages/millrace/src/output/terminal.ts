// What commands print with: text or JSON on standard output, progress and messages on standard error.
import { type ColorChoice, paint } from './style.ts'
import type { Column, TableStyle } from './table.ts'

/** Where output goes; tests pass their own. */
export interface Terminal {
  /**
   * Standard output. Resolves when the pipe has room again, so that a slow reader slows the command down. Rejects with
   * OutputClosedError when nobody reads any more.
   */
  write(text: string | Buffer): Promise<void>
  /** Standard error, one line. */
  note(line: string): void
  /** Replaces the last progress line on a terminal; prints nothing when standard error is a pipe. */
  progress(line: string): void
  /** Columns of the terminal; undefined when standard output is a pipe or a file. */
  readonly width: number | undefined
  /** Whether standard output and standard error show colours. */
  readonly colors: { readonly output: boolean; readonly messages: boolean }
  /** Says when to use them. */
  chooseColors(choice: ColorChoice): void
}

/** How tables are to look on a terminal. */
export const tableStyle = (terminal: Terminal): TableStyle => ({
  width: terminal.width,
  isColored: terminal.colors.output,
})

/** The reader of standard output went away, as `head` does: no failure, but nothing is left to do. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError'

  constructor() {
    super('standard output was closed by its reader')
  }
}

const clearLine = '\r\u001b[2K'

/** The terminal of this process. */
export class ProcessTerminal implements Terminal {
  readonly #waiting = new Set<(error?: Error) => void>()
  #closed: Error | undefined
  #progressShown = false
  #colors: Terminal['colors'] | undefined

  /** `onClosed` is called once, with an OutputClosedError or what else keeps output from being written. */
  constructor(onClosed: (reason: Error) => void) {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#closed) return
      this.#closed = error.code === 'EPIPE' ? new OutputClosedError() : error
      onClosed(this.#closed)
      for (const wake of this.#waiting) wake(this.#closed)
    })
    // Messages that nobody wants to read are dropped.
    process.stderr.on('error', () => {})
  }

  get width(): number | undefined {
    return process.stdout.isTTY ? process.stdout.columns : undefined
  }

  get colors(): Terminal['colors'] {
    // Asked when something is printed: most commands in a pipe never do.
    this.#colors ??= { output: hasColors(process.stdout), messages: hasColors(process.stderr) }
    return this.#colors
  }

  chooseColors(choice: ColorChoice): void {
    if (choice === 'auto') return
    const isOn = choice === 'always'
    this.#colors = { output: isOn, messages: isOn }
  }

  async write(text: string | Buffer): Promise<void> {
    if (this.#closed) throw this.#closed
    this.#clear()
    if (process.stdout.write(text)) return
    await new Promise<void>((resolve, reject) => {
      const wake = (error?: Error) => {
        this.#waiting.delete(wake)
        process.stdout.off('drain', wake)
        if (error) reject(error)
        else resolve()
      }
      this.#waiting.add(wake)
      process.stdout.once('drain', wake)
    })
  }

  note(line: string): void {
    this.#clear()
    process.stderr.write(`${line}\n`)
  }

  progress(line: string): void {
    if (!process.stderr.isTTY) return
    process.stderr.write(`${clearLine}${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
    this.#progressShown = true
  }

  #clear(): void {
    if (!this.#progressShown) return
    process.stderr.write(clearLine)
    this.#progressShown = false
  }
}

/** By the kind of terminal, and by NO_COLOR, FORCE_COLOR and TERM=dumb, which Node knows. */
const hasColors = (stream: NodeJS.WriteStream): boolean => stream.isTTY && stream.hasColors()

/** One line for standard error that says what went wrong. */
export const errorLine = (terminal: Terminal, message: string): string =>
  `${paint('millrace:', 'error', terminal.colors.messages)} ${message}`

/** Rows as a table, or as a JSON array of the rows themselves. */
export async function printRows<Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  json: boolean,
): Promise<void> {
  if (json) {
    await printJson(terminal, rows)
    return
  }
  const { renderTable } = await import('./table.ts')
  await terminal.write(`${renderTable(rows, columns, tableStyle(terminal)).join('\n')}\n`)
}

export async function printJson(terminal: Terminal, value: unknown): Promise<void> {
  await terminal.write(`${JSON.stringify(value, null, 2)}\n`)
}
