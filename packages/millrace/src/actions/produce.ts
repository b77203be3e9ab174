// `millrace produce`: what it does.
import { Producer, type ProducerOptions, type ProducerRecord } from '@millrace/client'
import type { CompressionName } from '@millrace/protocol'
import type { ProduceOptions } from '../commands/produce.ts'
import type { Context } from '../context.ts'
import { readRecords } from '../format/input.ts'
import type { InputRecord } from '../format/json-lines.ts'
import { parsePattern } from '../format/pattern.ts'
import { compilePattern, type Printable } from '../format/render.ts'
import { UsageError } from '../output/errors.ts'
import { formatCount } from '../output/units.ts'
import { clientOptions } from './connect.ts'
import { Pace } from './pace.ts'
import { parseSettings } from './settings.ts'

const codecNames: readonly string[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] satisfies CompressionName[]
const progressEveryMs = 500
/** With `--output` each record is awaited; so many at a time. */
const awaitedMax = 1000

/** Producer options of `produce` and `perf produce`. */
export function producerOptions(
  options: Pick<ProduceOptions, 'brokers' | 'set' | 'timeout' | 'acks' | 'compression'>,
): ProducerOptions {
  if (!codecNames.includes(options.compression)) {
    throw new UsageError(`--compression ${JSON.stringify(options.compression)}: use ${codecNames.join(', ')}`)
  }
  const acks =
    options.acks === 'all' || options.acks === '-1'
      ? 'all'
      : options.acks === '1'
        ? 1
        : options.acks === '0'
          ? 0
          : undefined
  if (acks === undefined) throw new UsageError(`--acks ${JSON.stringify(options.acks)}: use all, 1 or 0`)
  return {
    acks,
    compression: options.compression as CompressionName,
    deliveryTimeoutMs: options.timeout,
    ...clientOptions(options),
  }
}

export async function produce(
  topic: string | undefined,
  options: ProduceOptions & { readonly json?: boolean },
  context: Context,
): Promise<void> {
  if (topic === undefined && !options.json)
    throw new UsageError('name a topic', 'or read JSON lines that name theirs with --json')
  if (options.tombstone && options.key === undefined) throw new UsageError('--tombstone needs --key')
  let failure: Error | undefined
  const producer = new Producer({
    ...producerOptions(options),
    onDelivery: ({ error }) => {
      failure ??= error
    },
  })
  const job = new ProduceJob(producer, topic, options, context)
  try {
    if (options.tombstone) await job.send({ key: null, value: null, headers: [] })
    else await job.sendAll(() => failure)
    await job.finish()
    if (failure) throw failure
    if (!options.quiet) context.terminal.note(job.summary())
  } finally {
    await producer.close()
  }
}

class ProduceJob {
  readonly #producer: Producer
  readonly #topic: string | undefined
  readonly #options: ProduceOptions & { readonly json?: boolean }
  readonly #context: Context
  readonly #headers: InputRecord['headers']
  readonly #render: ((record: Printable) => Buffer) | undefined
  readonly #started = performance.now()
  readonly #waiting = new Set<Promise<void>>()
  #count = 0
  #bytes = 0
  #shownAt = 0

  constructor(
    producer: Producer,
    topic: string | undefined,
    options: ProduceOptions & { readonly json?: boolean },
    context: Context,
  ) {
    this.#producer = producer
    this.#topic = topic
    this.#options = options
    this.#context = context
    this.#headers = Object.entries(parseSettings(options.header, '--header')).map(([key, value]) => ({
      key,
      value: Buffer.from(value),
    }))
    this.#render = options.output === undefined ? undefined : compilePattern(parsePattern(options.output))
  }

  async sendAll(failure: () => Error | undefined): Promise<void> {
    const { signal, input, terminal } = this.#context
    if (input.isTTY && !this.#options.quiet)
      terminal.note('reading records from the terminal, one a line; Ctrl-D ends')
    const pace = new Pace(this.#options.rate)
    for await (const record of readRecords(abortable(input, signal), this.#options)) {
      const error = failure()
      if (error) throw error
      const due = pace.next(signal)
      if (due) await due
      if (signal.aborted) break
      await this.send(record)
      this.#progress()
    }
  }

  async send(record: InputRecord): Promise<void> {
    const { key, partition } = this.#options
    const topic = this.#topic ?? record.topic
    if (topic === undefined)
      throw new UsageError(
        `record ${this.#count + 1} of the input names no topic`,
        'name one on the command line',
      )
    const chosen =
      partition ??
      (this.#topic === undefined
        ? record.partition
        : this.#options.format === undefined
          ? undefined
          : record.partition)
    const outgoing = {
      topic,
      key: key ?? record.key,
      value: record.value,
      headers: [...record.headers, ...this.#headers],
      ...(chosen !== undefined && { partition: chosen }),
      ...(record.timestamp !== undefined && { timestamp: record.timestamp }),
    }
    this.#count++
    this.#bytes += (outgoing.key?.length ?? 0) + (outgoing.value?.length ?? 0)
    if (this.#render) {
      await this.#sendAwaited(outgoing, this.#render)
      return
    }
    while (!this.#producer.enqueue(outgoing)) await this.#producer.ready()
  }

  async #sendAwaited(
    record: ProducerRecord & { readonly value: Buffer | null },
    render: (record: Printable) => Buffer,
  ): Promise<void> {
    const sent = this.#producer.send(record).then(async metadata => {
      await this.#context.terminal.write(render(printable(record, metadata)))
    })
    const tracked = sent.finally(() => this.#waiting.delete(tracked))
    this.#waiting.add(tracked)
    if (this.#waiting.size >= awaitedMax) await Promise.race(this.#waiting)
  }

  async finish(): Promise<void> {
    await Promise.all(this.#waiting)
    await this.#producer.flush()
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
    return `sent ${formatCount(this.#count)} records (${formatCount(this.#bytes)} bytes) in ${seconds.toFixed(2)} s`
  }
}

function printable(
  record: {
    readonly topic: string
    readonly key?: string | Uint8Array | null
    readonly value: Buffer | null
  },
  metadata: { readonly partition: number; readonly offset: number; readonly timestamp: number },
): Printable {
  const { topic, key = null, value } = record
  return {
    topic,
    ...metadata,
    key: key === null ? null : Buffer.from(key),
    value,
    headers: [],
    highWatermark: metadata.offset + 1,
    iteration: 0,
  }
}

/** The input, ended early when the signal aborts: Ctrl-C sends what was read and stops. */
async function* abortable(input: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  const iterator = input[Symbol.asyncIterator]()
  const aborted = new Promise<undefined>(resolve => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  for (;;) {
    const result = await Promise.race([iterator.next(), aborted])
    if (result === undefined || result.done) return
    yield result.value
  }
}
