// Searches the lines that loggers have shipped to a topic.
import {
  Admin,
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  type ConsumerRecord,
  isClusterOption,
  OffsetSpec,
  throwFirst,
} from '@millrace/client'
import { nearestName, nodeClock } from '@millrace/runtime'
import { type LogFilter, lineFilter, textFilter } from './log-filter.ts'
import { type LogLine, readLogLine } from './log-line.ts'
import { Pages } from './pages.ts'
import { type Range, RangeReader } from './range-reader.ts'

/** Options of {@link searchLogs}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface SearchLogsOptions extends ClusterOptions, LogFilter {
  /** The topic that lines are shipped to. */
  readonly topic: string
  /** Which lines come first. Default `newest`. */
  readonly order?: 'newest' | 'oldest'
  /** Lines at most. With `follow`, lines that are there already. Default: all; with `follow` none. */
  readonly limit?: number
  /** Whether lines are waited for: first the newest `limit` that are there, the oldest of them first, then each as it comes, until the signal aborts or the loop is left. Default false. */
  readonly follow?: boolean
  /**
   * How much later than others a line may have come into the topic, in ms: a search up to `to` reads on for so long. Lines come late from who could not reach brokers for a while. Default 60,000.
   */
  readonly lateMs?: number
  /** Longest wait for brokers that say nothing, in ms. Default 30,000. */
  readonly stallMs?: number
  /** Ends the search: it throws the signal's reason, and with `follow` ends the loop. Default: nothing does. */
  readonly signal?: AbortSignal
}

const ownNames: readonly string[] = [
  'topic',
  'level',
  'from',
  'to',
  'service',
  'correlationId',
  'text',
  'where',
  'order',
  'limit',
  'follow',
  'lateMs',
  'stallMs',
  'signal',
] satisfies Exclude<keyof SearchLogsOptions, keyof ClusterOptions>[]

/**
 * The lines of a log topic that fit a filter, the newest first, of all partitions in one sequence by time. It reads what it needs and no more: leave the loop when you have seen enough. Lines that came into their partition out of order may be
 * a little out of order here, too. Throws ConfigError, OperationTimeoutError when no broker says anything for `stallMs`, BrokerError for a topic that there is not, and the signal's reason.
 *
 * @example
 * for await (const line of searchLogs({ brokers: ['localhost:9092'], topic: 'logs', level: 'warn', limit: 20 })) console.log(line.text)
 */
export async function* searchLogs(options: SearchLogsOptions): AsyncGenerator<LogLine, void> {
  const { topic, order = 'newest', follow = false, stallMs = 30_000, signal } = options
  const search = new LineSearch(options)
  const cluster = search.cluster
  const clock = options.clock ?? nodeClock
  const ranges = await rangesOf(cluster, options)
  const readerWith = (more: Partial<ConsumerOptions>) =>
    new RangeReader(
      topic,
      { clientId: 'millrace-logs', ...cluster, metricsPush: false, onWarning: () => {}, ...more },
      { clock, stallMs, signal },
    )
  const { limit = follow ? 0 : Number.POSITIVE_INFINITY } = options
  // A broker that is asked behind the end of a partition keeps the next page waiting for so long.
  await using reader = readerWith({ fetchMaxWaitMs: 10 })
  if (!follow) {
    yield* search.pages(reader, ranges, order, limit)
    return
  }
  const last: LogLine[] = []
  for await (const line of search.pages(reader, ranges, 'newest', limit)) last.push(line)
  yield* last.reverse()
  await using follower = readerWith({})
  for await (const records of follower.follow(ranges.map(({ partition, to }) => ({ partition, from: to }))))
    yield* search.wanted(records).sort((a, b) => a.time - b.time)
}

class LineSearch {
  readonly cluster: ClusterOptions
  readonly #mayFit: (text: string) => boolean
  readonly #fits: (line: LogLine) => boolean

  /** Throws ConfigError. */
  constructor(options: SearchLogsOptions) {
    const { topic, order, limit } = options
    const cluster: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(options)) {
      if (ownNames.includes(name)) continue
      if (!isClusterOption(name)) {
        const near = nearestName(name, ownNames)
        throw new ConfigError(
          `searchLogs: there is no option "${name}"; ${near ? `did you mean "${near}"?` : `there are ${ownNames.join(', ')} and those of all clients`}`,
        )
      }
      cluster[name] = value
    }
    if (typeof topic !== 'string' || topic === '') throw new ConfigError('searchLogs: topic is missing')
    if (order !== undefined && order !== 'newest' && order !== 'oldest')
      throw new ConfigError(`searchLogs: order is "${String(order)}"; it is newest or oldest`)
    if (limit !== undefined && !(limit >= 0))
      throw new ConfigError(`searchLogs: limit is ${limit}; write 0 or more`)
    this.cluster = cluster as unknown as ClusterOptions
    this.#mayFit = textFilter(options)
    this.#fits = lineFilter(options)
  }

  wanted(records: readonly ConsumerRecord[]): LogLine[] {
    return records.flatMap(record => this.#read(record) ?? [])
  }

  #read({ value, timestamp, partition, offset }: ConsumerRecord): LogLine | undefined {
    if (value === null) return undefined
    const text = value.toString()
    if (!this.#mayFit(text)) return undefined
    const line = readLogLine(text, { time: timestamp, partition, offset })
    return this.#fits(line) ? line : undefined
  }

  async *pages(
    reader: RangeReader,
    ranges: readonly Range[],
    order: 'newest' | 'oldest',
    limit: number,
  ): AsyncGenerator<LogLine, void> {
    const pages = new Pages(ranges, order)
    for (let left = limit; left > 0; left--) {
      for (let missing = pages.missing(); missing.length > 0; missing = pages.missing()) {
        const lines: LogLine[] = []
        await reader.read(missing, record => {
          const line = this.#read(record)
          if (line) lines.push(line)
        })
        pages.add(lines, missing)
      }
      const line = pages.next()
      if (!line) return
      yield line
    }
  }
}

/** Where lines of the time that is asked for may stand in each partition. */
async function rangesOf(cluster: ClusterOptions, options: SearchLogsOptions): Promise<Range[]> {
  const { topic, from, to, lateMs = 60_000, signal } = options
  await using admin = new Admin(cluster)
  const patience = signal ? { signal } : {}
  const [described] = throwFirst(await admin.describeTopics([topic], patience))
  const partitions = described!.partitions.map(({ partition }) => partition)
  const look = (timestamp: number) =>
    admin.listOffsets(
      partitions.map(partition => ({ topic, partition, timestamp })),
      patience,
    )
  const [starts, ends, begins, stops] = await Promise.all([
    look(OffsetSpec.earliest),
    look(OffsetSpec.latest),
    from === undefined ? undefined : look(Math.max(0, Math.floor(from))),
    to === undefined ? undefined : look(Math.max(0, Math.floor(to + lateMs))),
  ])
  const found = [starts, ends, begins, stops].map(offsets => offsets && throwFirst(offsets))
  return partitions.map((partition, index) => {
    const [start, end, begin, stop] = found.map(offsets => offsets?.[index]?.offset)
    // −1: no record is so late.
    const first = begin === undefined ? start! : begin < 0 ? end! : Math.max(start!, begin)
    return { partition, from: first, to: stop === undefined || stop < 0 ? end! : Math.min(end!, stop) }
  })
}
