// `millrace consume`: what it does.
import { type Admin, Consumer, type ConsumerRecord, type TopicPartition } from '@millrace/client'
import type { ConsumeOptions } from '../commands/consume.ts'
import type { Context } from '../context.ts'
import { toJsonLine } from '../format/json-lines.ts'
import { type OffsetRange, parseOffsetRange } from '../format/offset-range.ts'
import { parsePattern } from '../format/pattern.ts'
import { compilePattern, type Printable } from '../format/render.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { clientOptions, withAdmin } from './connect.ts'
import { resolvePoint } from './offsets.ts'

const defaultFormat = '%v\\n'
/** Output is gathered up to this size and written at once. */
const writeBytes = 64 * 1024
const isolationLevels = ['read_committed', 'read_uncommitted'] as const

/** One partition to read and where to stop, exclusive; undefined: never. */
interface Reading extends TopicPartition {
  readonly from: number
  readonly to: number | undefined
}

export async function consume(
  topics: readonly string[],
  options: ConsumeOptions,
  context: Context,
): Promise<void> {
  const isolationLevel = isolationLevels.find(level => level === options.isolation)
  if (!isolationLevel)
    throw new UsageError(
      `--isolation ${JSON.stringify(options.isolation)}: use ${isolationLevels.join(' or ')}`,
    )
  const printer = new Printer(options, context)
  if (options.group !== undefined) {
    await consumeAsMember(options.group, topics, { ...options, isolationLevel }, printer, context)
    return
  }
  const readings = await withAdmin(options, admin => planReadings(admin, topics, options, context))
  await consumeReadings(readings, { ...options, isolationLevel }, printer, context)
}

type Options = ConsumeOptions & { readonly isolationLevel: (typeof isolationLevels)[number] }

async function consumeAsMember(
  groupId: string,
  topics: readonly string[],
  options: Options,
  printer: Printer,
  context: Context,
): Promise<void> {
  if (options.partition.length > 0)
    throw new UsageError('--partition and --group exclude each other: the group divides the partitions')
  const start = options.offset ?? 'start'
  if (start !== 'start' && start !== 'end')
    throw new UsageError('with --group, --offset is start or end: where to begin when nothing is committed')
  const consumer = new Consumer({
    ...clientOptions(options),
    groupId,
    isolationLevel: options.isolationLevel,
    autoOffsetReset: start === 'start' ? 'earliest' : 'latest',
  })
  consumer.subscribe(options.regex ? topics.map(topic => regularExpression(topic)) : topics)
  try {
    await printBatches(consumer, printer, context, () => false, options.exit ?? false)
  } finally {
    await consumer.close()
  }
}

async function consumeReadings(
  readings: readonly Reading[],
  options: Options,
  printer: Printer,
  context: Context,
): Promise<void> {
  const open = new Map(
    readings
      .filter(({ from, to }) => to === undefined || from < to)
      .map(reading => [`${reading.topic}-${reading.partition}`, reading]),
  )
  if (open.size === 0) return
  const consumer = new Consumer({
    ...clientOptions(options),
    isolationLevel: options.isolationLevel,
    autoOffsetReset: 'earliest',
  })
  consumer.assign(
    [...open.values()].map(({ topic, partition, from }) => ({ topic, partition, offset: from })),
  )
  const beyond = (record: TopicPartition & { readonly offset: number }) => {
    const to = open.get(`${record.topic}-${record.partition}`)?.to
    return to !== undefined && record.offset >= to
  }
  const ended = (batch: TopicPartition & { readonly endOffset: number }) => {
    const key = `${batch.topic}-${batch.partition}`
    const to = open.get(key)?.to
    if (to !== undefined && batch.endOffset >= to) {
      open.delete(key)
      consumer.pause([batch])
    }
    return open.size === 0
  }
  try {
    await printBatches(consumer, printer, context, beyond, false, ended)
  } finally {
    await consumer.close()
  }
}

/** Prints until the count is reached, every partition ended, or the signal aborts. `exitAtEnd`: also when nothing is left to read. */
async function printBatches(
  consumer: Consumer,
  printer: Printer,
  context: Context,
  beyond: (record: ConsumerRecord) => boolean,
  exitAtEnd: boolean,
  ended: (batch: TopicPartition & { readonly endOffset: number }) => boolean = () => false,
): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const watcher = exitAtEnd ? watchEnd(consumer, stop) : undefined
  try {
    for await (const batch of consumer.batches({ signal })) {
      for (const record of batch) {
        if (beyond(record)) break
        if (await printer.print(record, batch.highWatermark)) return
      }
      await printer.flush()
      if (ended(batch)) return
    }
  } catch (error) {
    // Ctrl-C, and the end that --exit waits for, are how this command ends.
    if (!signal.aborted) throw error
  } finally {
    clearInterval(watcher)
    await printer.flush()
  }
}

const endPollMs = 200

/** A member of a group is at the end when it has partitions and none of them has records left. */
function watchEnd(consumer: Consumer, stop: AbortController): NodeJS.Timeout {
  return setInterval(() => {
    const lags = consumer.assignment.map(entry => consumer.lag(entry))
    if (lags.length > 0 && lags.every(lag => lag === 0))
      stop.abort(new DOMException('the end is reached', 'AbortError'))
  }, endPollMs)
}

async function planReadings(
  admin: Admin,
  topics: readonly string[],
  options: ConsumeOptions,
  context: Context,
): Promise<Reading[]> {
  const { signal } = context
  const names = options.regex ? await matchingTopics(admin, topics, signal) : topics
  const described = await admin.describeTopics(names, { signal })
  const wanted = new Set(options.partition.map(readPartition))
  const partitions: TopicPartition[] = []
  for (const topic of described) {
    if (topic.error) throw topic.error
    partitions.push(
      ...topic.partitions
        .filter(({ partition }) => wanted.size === 0 || wanted.has(partition))
        .map(({ partition }) => ({ topic: topic.name, partition })),
    )
    const missing = [...wanted].find(
      partition => !topic.partitions.some(entry => entry.partition === partition),
    )
    if (missing !== undefined) {
      throw new CommandError(
        `topic "${topic.name}" has no partition ${missing}: it has ${topic.partitions.length}`,
        ExitCode.notFound,
      )
    }
  }
  const range = parseOffsetRange(options.offset ?? 'end', context.now())
  const to: OffsetRange['to'] = range.to ?? (options.exit ? { kind: 'end' } : undefined)
  const starts = await resolvePoint(admin, partitions, range.from, signal)
  const ends = to ? await resolvePoint(admin, partitions, to, signal) : undefined
  return partitions.map((entry, index) => ({ ...entry, from: starts[index]!, to: ends?.[index] }))
}

function readPartition(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`--partition ${JSON.stringify(text)} is not a number`)
  return Number(text)
}

async function matchingTopics(
  admin: Admin,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const expressions = patterns.map(regularExpression)
  const names = (await admin.listTopics({ signal })).map(topic => topic.name)
  const matching = names.filter(name => expressions.some(expression => expression.test(name)))
  if (matching.length === 0)
    throw new CommandError(`no topic matches ${patterns.join(' or ')}`, ExitCode.notFound)
  return matching
}

function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new UsageError(`${JSON.stringify(text)} is not a regular expression: ${(error as Error).message}`)
  }
}

class Printer {
  readonly #render: (record: Printable) => Buffer
  readonly #context: Context
  readonly #count: number
  readonly #grep: RegExp | undefined
  #printed = 0
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(options: ConsumeOptions, context: Context) {
    if (options.json && options.format !== undefined)
      throw new UsageError('--json and --format exclude each other')
    this.#render = options.json
      ? record => Buffer.from(`${toJsonLine(record)}\n`)
      : compilePattern(parsePattern(options.format ?? defaultFormat))
    this.#context = context
    this.#count = options.count ?? Number.POSITIVE_INFINITY
    this.#grep = options.grep === undefined ? undefined : regularExpression(options.grep)
  }

  /** Returns whether the wanted number of records has been printed. */
  async print(record: ConsumerRecord, highWatermark: number): Promise<boolean> {
    const { topic, partition, offset, timestamp, key, value, headers } = record
    if (this.#grep && !this.#grep.test(key?.toString() ?? '') && !this.#grep.test(value?.toString() ?? ''))
      return false
    this.#printed++
    const bytes = this.#render({
      topic,
      partition,
      offset,
      timestamp,
      key,
      value,
      headers,
      highWatermark,
      iteration: this.#printed,
    })
    this.#chunks.push(bytes)
    this.#bytes += bytes.length
    if (this.#bytes >= writeBytes) await this.flush()
    return this.#printed >= this.#count
  }

  async flush(): Promise<void> {
    if (this.#bytes === 0) return
    const chunks = this.#chunks
    this.#chunks = []
    this.#bytes = 0
    await this.#context.terminal.write(Buffer.concat(chunks))
  }
}
