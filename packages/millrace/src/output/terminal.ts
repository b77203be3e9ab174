// What commands print with: text or JSON on standard output, progress and messages on standard error.
import { type Column, renderTable } from './table.ts'

/** Where output goes; tests pass their own. */
export interface Terminal {
  /** Standard output. Resolves when the pipe has room again, so that a slow reader slows the command down. */
  write(text: string | Buffer): Promise<void>
  /** Standard error, one line. */
  note(line: string): void
  /** Replaces the last progress line on a terminal; prints nothing when standard error is a pipe. */
  progress(line: string): void
  /** Columns of the terminal; undefined when standard output is a pipe or a file. */
  readonly width: number | undefined
}

const clearLine = '\r\u001b[2K'

/** The terminal of this process. */
export class ProcessTerminal implements Terminal {
  #progressShown = false

  get width(): number | undefined {
    return process.stdout.isTTY ? process.stdout.columns : undefined
  }

  async write(text: string | Buffer): Promise<void> {
    this.#clear()
    if (process.stdout.write(text)) return
    await new Promise<void>(resolve => process.stdout.once('drain', resolve))
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

/** Rows as a table, or as a JSON array of the rows themselves. */
export async function printRows<Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  json: boolean,
): Promise<void> {
  if (json) await printJson(terminal, rows)
  else await terminal.write(`${renderTable(rows, columns, terminal.width).join('\n')}\n`)
}

export async function printJson(terminal: Terminal, value: unknown): Promise<void> {
  await terminal.write(`${JSON.stringify(value, null, 2)}\n`)
}
