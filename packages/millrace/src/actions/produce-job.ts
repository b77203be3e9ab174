// One run of `millrace produce`: records of the input to the producer, and a line for each delivery when asked for.
import { readFile } from 'node:fs/promises'
import type { Producer, ProducerRecord, RecordMetadata } from '@millrace/client'
import type { Context } from '../context.ts'
import { readRecords, readWhole } from '../format/input.ts'
import type { InputRecord } from '../format/input-record.ts'
import { logFields, parsePattern } from '../format/pattern.ts'
import { compilePattern, type LogPlace, type Printable } from '../format/render.ts'
import type { ProduceOptions } from '../options/produce.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { plain } from '../output/plain.ts'
import { countOf, formatCount } from '../output/units.ts'
import { NewTopics } from './new-topics.ts'
import { Pace } from './pace.ts'
import { parsePairs } from './settings.ts'

const progressEveryMs = 500
/** With `--output` each record is awaited; so many at a time. */
const awaitedMax = 1000

interface Outgoing extends ProducerRecord {
  readonly key: Buffer | string | null
  readonly value: Buffer | null
  readonly headers: InputRecord['headers']
}

export class ProduceJob {
  readonly #producer: Producer
  readonly #newTopics: NewTopics
  readonly #topic: string | undefined
  readonly #options: ProduceOptions
  readonly #context: Context
  readonly #headers: InputRecord['headers']
  readonly #render: ReturnType<typeof compileOutput> | undefined
  readonly #started = performance.now()
  readonly #waiting = new Set<Promise<void>>()
  #count = 0
  #bytes = 0
  #failure: Error | undefined
  #shownAt = performance.now()

  /** Throws UsageError for options that contradict each other. */
  constructor(producer: Producer, topic: string | undefined, options: ProduceOptions, context: Context) {
    this.#producer = producer
    this.#newTopics = new NewTopics(producer.cluster)
    this.#topic = topic
    this.#options = options
    this.#context = context
    // A name may come several times, and their order is part of the record.
    this.#headers = parsePairs(options.header, '--header').map(([key, value]) => ({
      key,
      value: Buffer.from(value),
    }))
    this.#render = options.output === undefined ? undefined : compileOutput(options.output)
  }

  /** Records that were handed to the producer. */
  get count(): number {
    return this.#count
  }

  /** Those of them that no broker has acknowledged. */
  get undelivered(): number {
    return this.#count - this.#producer.statistics.recordsDelivered
  }

  /** What became of a batch. */
  onDelivery(error: Error | undefined): void {
    this.#failure ??= error
  }

  /** Sends all there is to send and resolves when it is delivered. Throws the first failure of any record. */
  async run(): Promise<void> {
    const { tombstone, file } = this.#options
    if (tombstone) await this.#send({ key: null, value: null, headers: [] })
    else if (file.length > 0) await this.#sendFiles(file)
    else await this.#sendInput()
    await Promise.all(this.#waiting)
    await this.#producer.flush()
    if (this.#failure) throw this.#failure
    if (this.#options.quiet) return
    for (const { name, partitions } of await this.#newTopics.created())
      this.#context.terminal.note(
        `topic "${plain(name)}" was not there and was created, with ${countOf(partitions.length, 'partition')}`,
      )
  }

  /** Sends the records of the input until it ends, a delivery fails or the signal aborts. */
  async #sendInput(): Promise<void> {
    const { signal, input, terminal } = this.#context
    const stream = input()
    if (stream.isTTY && !this.#options.quiet)
      terminal.note('reading records from the terminal, one a line; Ctrl-D ends')
    const pace = new Pace(this.#options.rate)
    for await (const record of readRecords(abortable(stream, signal), this.#options)) {
      if (this.#failure) throw this.#failure
      const due = pace.next(signal)
      if (due) await due
      if (signal.aborted) break
      await this.#send(record)
      this.#progress()
    }
  }

  /** Each file as one record, as it is. */
  async #sendFiles(paths: readonly string[]): Promise<void> {
    const { signal, input } = this.#context
    for (const path of paths) {
      if (this.#failure) throw this.#failure
      if (signal.aborted) return
      const value = path === '-' ? await readWhole(abortable(input(), signal)) : await readPath(path)
      await this.#send({ key: null, value, headers: [] })
    }
  }

  async #send(record: InputRecord): Promise<void> {
    const outgoing = this.#outgoing(record)
    this.#newTopics.named(outgoing.topic)
    this.#count++
    this.#bytes += (outgoing.key?.length ?? 0) + (outgoing.value?.length ?? 0)
    if (this.#render) await this.#sendAwaited(outgoing, this.#render, this.#count)
    else await this.#enqueue(outgoing)
  }

  async #enqueue(record: Outgoing): Promise<void> {
    try {
      while (!this.#producer.enqueue(record)) await this.#producer.ready()
    } catch (error) {
      throw this.#explained(error as Error, record)
    }
  }

  /** A partition that there is not has the exit code of what does not exist. */
  #explained(error: Error, { topic, partition }: Outgoing): Error {
    const { metadata } = this.#producer.cluster
    const isMissing =
      partition !== undefined && metadata.topic(topic) && !metadata.partition(topic, partition)
    return isMissing ? new CommandError(error.message, ExitCode.notFound) : error
  }

  #outgoing(record: InputRecord): Outgoing {
    const { key, partition, format } = this.#options
    const topic = this.#topic ?? record.topic
    if (topic === undefined)
      throw new UsageError(
        `record ${this.#count + 1} of the input names no topic`,
        'name one on the command line',
      )
    // A partition of JSON lines is one of their own topic; another topic may not have it.
    const own = this.#topic === undefined || format !== undefined ? record.partition : undefined
    const chosen = partition ?? own
    return {
      topic,
      key: key ?? record.key,
      value: record.value,
      headers: this.#headers.length === 0 ? record.headers : [...record.headers, ...this.#headers],
      ...(chosen !== undefined && { partition: chosen }),
      ...(record.timestamp !== undefined && { timestamp: record.timestamp }),
    }
  }

  async #sendAwaited(
    record: Outgoing,
    render: ReturnType<typeof compileOutput>,
    iteration: number,
  ): Promise<void> {
    const told = this.#producer
      .send(record)
      .then(metadata => this.#context.terminal.write(render(record, metadata, iteration)))
      .catch((error: Error) => {
        this.#failure ??= this.#explained(error, record)
      })
      .finally(() => this.#waiting.delete(told))
    this.#waiting.add(told)
    if (this.#waiting.size >= awaitedMax) await Promise.race(this.#waiting)
  }

  #progress(): void {
    const now = performance.now()
    if (now - this.#shownAt < progressEveryMs) return
    this.#shownAt = now
    this.#context.terminal.progress(
      `${formatCount(this.#count)} records, ${formatCount(this.#count / ((now - this.#started) / 1000))}/s`,
    )
  }

  summary(): string {
    const seconds = (performance.now() - this.#started) / 1000
    const delivered = this.#count - this.undelivered
    const records = this.#count === 1 ? '1 record' : `${formatCount(this.#count)} records`
    const sent =
      delivered === this.#count
        ? `sent ${records} (${formatCount(this.#bytes)} bytes)`
        : `sent ${formatCount(delivered)} of ${records}`
    return `${sent} in ${seconds.toFixed(2)} s`
  }
}

async function readPath(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new UsageError(`--file ${path}: ${(error as Error).message}`)
  }
}

const nowhere: LogPlace = { logStartOffset: -1, lastStableOffset: -1, highWatermark: -1, iteration: 0 }

/** A format for delivered records. Throws UsageError for verbs of what a producer cannot know. */
function compileOutput(format: string) {
  const pattern = parsePattern(format)
  for (const part of pattern) {
    if (part.kind === 'field' && logFields.has(part.field))
      throw new UsageError(
        `--output ${JSON.stringify(format)}: ${part.field} is known of consumed records only`,
      )
  }
  const render = compilePattern(pattern)
  return (record: Outgoing, metadata: RecordMetadata, iteration: number): Buffer => {
    const { topic, key, value, headers } = record
    const { partition, offset, timestamp } = metadata
    const printable: Printable = {
      topic,
      partition,
      offset,
      timestamp,
      key: key === null ? null : Buffer.from(key),
      value,
      headers,
      timestampType: 'CreateTime',
      leaderEpoch: -1,
      compression: 'none',
      producerId: -1,
      producerEpoch: -1,
      isTransactional: false,
    }
    return render(printable, { ...nowhere, iteration })
  }
}

/** The input, ended early when the signal aborts: Ctrl-C sends what was read and stops. */
async function* abortable(input: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const iterator = input[Symbol.asyncIterator]()
  while (!signal.aborted) {
    const result = await unlessAborted(iterator.next(), signal)
    if (result === undefined || result.done) return
    yield result.value
  }
}

/** What comes, or undefined when the signal aborts first. A race with one promise for all of it would keep every piece in memory. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined)
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
