// Prints consumed records by a format, as JSON lines or not at all: gathered, and written in large pieces.
import type { ConsumerRecord } from '@millrace/client'
import { toJsonLine } from '../format/json-lines.ts'
import { parsePattern } from '../format/pattern.ts'
import { compilePattern, type LogPlace, type Printable } from '../format/render.ts'
import type { ConsumeOptions } from '../options/consume.ts'
import { UsageError } from '../output/errors.ts'
import type { Terminal } from '../output/terminal.ts'
import { regularExpression } from './regular-expression.ts'

const defaultFormat = '%v\\n'
/** Output is gathered up to this size and written at once. */
const writeBytes = 64 * 1024

/** Where a batch stands in its log. */
export type BatchPlace = Omit<LogPlace, 'iteration'>

export class RecordPrinter {
  readonly #render: (record: Printable, place: LogPlace) => Buffer
  readonly #terminal: Terminal
  readonly #count: number
  readonly #grep: RegExp | undefined
  readonly #place = { logStartOffset: -1, lastStableOffset: -1, highWatermark: -1, iteration: 0 }
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(
    options: Pick<ConsumeOptions, 'json' | 'format' | 'null' | 'count' | 'grep'>,
    terminal: Terminal,
  ) {
    const { json, format, null: nullText, count, grep } = options
    if (json && nullText !== undefined)
      throw new UsageError('--json and --null exclude each other: JSON has its own null')
    if (json && format !== undefined) throw new UsageError('--json and --format exclude each other')
    this.#render = json
      ? record => Buffer.from(`${toJsonLine(record)}\n`)
      : compilePattern(parsePattern(format ?? defaultFormat), nullText)
    this.#terminal = terminal
    this.#count = count ?? Number.POSITIVE_INFINITY
    this.#grep = grep === undefined ? undefined : regularExpression(grep)
  }

  /** The records that follow come from this batch. */
  open({ logStartOffset, lastStableOffset, highWatermark }: BatchPlace): void {
    Object.assign(this.#place, { logStartOffset, lastStableOffset, highWatermark })
  }

  /** Takes a record in; what it holds of it is bytes of its own. */
  add(record: ConsumerRecord): void {
    if (this.#grep && !matches(this.#grep, record)) return
    this.#place.iteration++
    const bytes = this.#render(record, this.#place)
    this.#chunks.push(bytes)
    this.#bytes += bytes.length
  }

  /** Whether so much is gathered that it should be written now. */
  get isFull(): boolean {
    return this.#bytes >= writeBytes
  }

  /** Whether the wanted number of records has been taken in. */
  get isDone(): boolean {
    return this.#place.iteration >= this.#count
  }

  async flush(): Promise<void> {
    if (this.#bytes === 0) return
    const chunks = this.#chunks
    this.#chunks = []
    this.#bytes = 0
    await this.#terminal.write(Buffer.concat(chunks))
  }
}

function matches(expression: RegExp, { key, value }: ConsumerRecord): boolean {
  return expression.test(key?.toString() ?? '') || expression.test(value?.toString() ?? '')
}
