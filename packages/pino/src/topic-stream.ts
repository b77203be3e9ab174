// Ships lines to a topic behind the application's back: a bounded queue in between, which drops the oldest rather than make anybody wait.
import {
  type ClusterOptions,
  ConfigError,
  isClusterOption,
  KafkaError,
  Producer,
  type ProducerOptions,
} from '@millrace/client'
import { type Clock, nearestName, nodeClock, sleep } from '@millrace/runtime'
import { LineQueue, type QueuedLine } from './line-queue.ts'
import { lineTime } from './line-time.ts'
import { tellStandardError } from './node-standard-output.ts'
import type { Outlet } from './outlet.ts'

/** Where lines are shipped to. Options of all clients (`brokers`, `tls`, `sasl` …) stand beside its own, but for `logger`: a client that logged would log about its own lines. */
export interface TopicStreamOptions extends Omit<ClusterOptions, 'logger'> {
  /** The topic. */
  readonly topic: string
  /** Bytes of lines that may wait; beyond that the oldest are dropped, and counted. Default 8,388,608. */
  readonly bufferMaxBytes?: number
  /** How long lines wait for others to share a request, in ms. Default 50. */
  readonly lingerMs?: number
  /** Codec of the batches. Default `lz4`. */
  readonly compression?: ProducerOptions['compression']
  /** Longest line that is shipped, in bytes; of a longer one a line says that it was there, and how it began. Default 524,288. */
  readonly lineMaxBytes?: number
  /**
   * Hears what is wrong with the shipping itself: brokers that are away, lines that were dropped. No logger does, since its lines would be shipped,
   * too. Default: standard error.
   */
  readonly onNotice?: (message: string) => void
}

/** What the closing of a {@link TopicStream} came to. */
export interface ShippingEnd {
  /** Lines that were not written in time, as far as is known. */
  readonly unsent: number
}

const ownNames: readonly string[] = [
  'topic',
  'bufferMaxBytes',
  'lingerMs',
  'compression',
  'lineMaxBytes',
  'onNotice',
]
const linesMax = 1_000
const batchMaxBytes = 262_144
/** A batch has its verdict in this time; then its lines are again among those that wait. */
const deliveryTimeoutMs = 10_000
const backoffMinMs = 200
const backoffMaxMs = 5_000
/** What is dropped, or wrong, is told again after this long. */
const noticeEveryMs = 30_000
const beginningChars = 200

/**
 * Takes lines of a logger, and writes them to a topic. It never throws, never blocks, and logs nothing by itself.
 *
 * @example
 * const stream = new TopicStream({ brokers: ['localhost:9092'], topic: 'logs' })
 * const logger = pino(stream)
 */
export class TopicStream implements Outlet {
  /** What pino tells streams from options by. */
  readonly writable = true
  readonly #options: TopicStreamOptions
  readonly #clock: Clock
  readonly #queue: LineQueue
  readonly #lineMaxBytes: number
  readonly #giveUp = new AbortController()
  #producer: Producer | undefined
  #pumping: Promise<void> | undefined
  #isArmed = false
  #isClosed = false
  #closing: Promise<ShippingEnd> | undefined
  #failures = 0
  /** Dropped since the last notice. */
  #unheard = 0
  #lastDropNoticeAt = Number.NEGATIVE_INFINITY
  #lastFailureNoticeAt = Number.NEGATIVE_INFINITY
  #isFailing = false
  #droppedInAll = 0

  /** Checks the options; connects with the first line. Throws ConfigError. */
  constructor(options: TopicStreamOptions) {
    checkOptions(options)
    this.#options = options
    this.#clock = options.clock ?? nodeClock
    this.#queue = new LineQueue(options.bufferMaxBytes ?? 8_388_608)
    this.#lineMaxBytes = options.lineMaxBytes ?? 524_288
  }

  /** Lines that were dropped so far, because brokers were away for too long or would not take them. */
  get dropped(): number {
    return this.#droppedInAll
  }

  /** Lines that wait. */
  get waiting(): number {
    return this.#queue.length
  }

  /** Takes a line, with its end or without, and returns at once. Never throws. */
  write(line: string): void {
    const text = line.endsWith('\n') ? line.slice(0, -1) : line
    if (text === '') return
    // Brokers refuse records of the future.
    const now = this.#clock.now()
    const time = Math.min(lineTime(text) ?? now, now)
    if (this.#isClosed) {
      this.#noteDropped(1)
      return
    }
    const before = this.#queue.dropped
    this.#queue.push({ text: this.#fitting(text, time), time })
    if (this.#queue.dropped > before) this.#noteDropped(this.#queue.dropped - before)
    this.#arm()
  }

  /** Of what is on its way to brokers nothing can be had at once. */
  flushSync(): void {}

  /**
   * Takes nothing more, sends what waits for `timeoutMs` (5,000) at most, and disconnects. Tells how many lines are left. Never rejects.
   */
  close(timeoutMs = 5_000): Promise<void> {
    return this.end(timeoutMs).then(() => {})
  }

  /** The same, and says what was left. */
  end(timeoutMs = 5_000): Promise<ShippingEnd> {
    this.#closing ??= this.#end(timeoutMs)
    return this.#closing
  }

  async #end(timeoutMs: number): Promise<ShippingEnd> {
    this.#isClosed = true
    const deadline = this.#clock.setTimer(timeoutMs, () => this.#giveUp.abort(new Error('the time is over')))
    this.#pumping ??= this.#pump()
    await this.#pumping
    deadline.cancel()
    const unsent = this.#queue.length
    if (unsent > 0)
      this.#tell(`${unsent} log lines were not shipped to "${this.#options.topic}" before closing`)
    this.#tellDropped(true)
    await this.#disconnect(unsent > 0 ? 0 : 1_000)
    return { unsent }
  }

  #arm(): void {
    if (this.#pumping || (this.#isArmed && this.#queue.bytes < batchMaxBytes)) return
    if (this.#queue.bytes >= batchMaxBytes) {
      this.#startPump()
      return
    }
    this.#isArmed = true
    // A process that ends meanwhile is not kept from it: who wants the last lines closes.
    this.#clock.setTimer(
      this.#options.lingerMs ?? 50,
      () => {
        this.#isArmed = false
        if (!this.#pumping) this.#startPump()
      },
      { unref: true },
    )
  }

  #startPump(): void {
    this.#pumping = this.#pump().finally(() => {
      this.#pumping = undefined
      if (this.#queue.length > 0 && !this.#isClosed) this.#arm()
    })
  }

  /** Sends until nothing waits. Never rejects. */
  async #pump(): Promise<void> {
    const { signal } = this.#giveUp
    while ((this.#queue.length > 0 || this.#queue.dropped > 0) && !signal.aborted) {
      const dropped = this.#queue.takeDropped()
      const lines = this.#queue.take(linesMax, batchMaxBytes)
      const notice = dropped > 0 ? [this.#droppedLine(dropped, lines[0]?.time ?? this.#clock.now())] : []
      const errors = await this.#send([...notice, ...lines])
      const unsaid = notice.length > 0 ? errors.shift() : undefined
      // Where even that is refused it is told on standard error alone.
      if (unsaid && !isRefusal(unsaid)) this.#queue.noteDropped(dropped)
      const failures = errors.filter(error => error !== undefined)
      const again = lines.filter((_, index) => errors[index] && !isRefusal(errors[index]))
      for (const error of failures.filter(isRefusal)) this.#refused(error)
      this.#putBack(again)
      const failure = [unsaid, ...failures].find(error => error && !isRefusal(error))
      if (!failure) this.#recovered()
      else if (!signal.aborted) await this.#failed(failure)
    }
  }

  /** What came of each line: an error, or nothing. Never rejects. */
  async #send(lines: readonly QueuedLine[]): Promise<(Error | undefined)[]> {
    const { topic } = this.#options
    const { signal } = this.#giveUp
    try {
      this.#producer ??= this.#makeProducer()
      const producer = this.#producer
      const sends = lines.map(({ text, time }) =>
        producer.send({ topic, value: text, timestamp: time }).then(
          () => undefined,
          (error: unknown) => error as Error,
        ),
      )
      return await unlessAborted(signal, Promise.all(sends))
    } catch (error) {
      return lines.map(() => error as Error)
    }
  }

  #makeProducer(): Producer {
    const cluster = Object.fromEntries(
      Object.entries(this.#options).filter(([name]) => !ownNames.includes(name)),
    ) as unknown as ClusterOptions
    const { compression = 'lz4' } = this.#options
    return new Producer({
      clientId: 'millrace-logs',
      ...cluster,
      logger: null,
      compression,
      deliveryTimeoutMs,
      lingerMs: 0,
    })
  }

  #putBack(lines: readonly QueuedLine[]): void {
    const before = this.#queue.dropped
    this.#queue.putBack(lines)
    this.#noteDropped(this.#queue.dropped - before)
  }

  async #failed(error: Error): Promise<void> {
    this.#isFailing = true
    const now = this.#clock.monotonic()
    if (now - this.#lastFailureNoticeAt >= noticeEveryMs) {
      this.#lastFailureNoticeAt = now
      this.#tell(
        `log lines cannot be shipped to "${this.#options.topic}" (${error.message}); ${this.#queue.length} wait, and it is tried again`,
      )
    }
    // What a producer does not try again by itself may be the producer's own state.
    if (!(error instanceof KafkaError && error.retriable)) await this.#disconnect(0)
    const waitMs = Math.min(backoffMaxMs, backoffMinMs * 2 ** Math.min(this.#failures++, 10))
    await sleep(this.#clock, waitMs, this.#giveUp.signal).catch(() => {})
  }

  #recovered(): void {
    this.#failures = 0
    this.#tellDropped(false)
    if (!this.#isFailing) return
    this.#isFailing = false
    this.#lastFailureNoticeAt = Number.NEGATIVE_INFINITY
    this.#tell(`log lines are shipped to "${this.#options.topic}" again`)
  }

  #refused(error: Error): void {
    this.#queue.noteDropped(1)
    this.#noteDropped(1)
    this.#tell(`a log line was refused by "${this.#options.topic}": ${error.message}`)
  }

  #noteDropped(count: number): void {
    if (count === 0) return
    this.#droppedInAll += count
    this.#unheard += count
    this.#tellDropped(false)
  }

  #tellDropped(isLast: boolean): void {
    const now = this.#clock.monotonic()
    if (this.#unheard === 0 || (!isLast && now - this.#lastDropNoticeAt < noticeEveryMs)) return
    this.#lastDropNoticeAt = now
    const count = this.#unheard
    this.#unheard = 0
    this.#tell(
      `${count} log lines were dropped, the oldest first: they could not be shipped to "${this.#options.topic}"`,
    )
  }

  /** Stands in the topic where lines are missing. */
  #droppedLine(count: number, time: number): QueuedLine {
    const msg = `${count} log lines before this one were dropped: they could not be shipped in time`
    return { text: this.#lineOf(time, msg, { droppedLines: count }), time }
  }

  /** The line, or what can be said of one that is too long. */
  #fitting(text: string, time: number): string {
    if (text.length <= this.#lineMaxBytes && Buffer.byteLength(text) <= this.#lineMaxBytes) return text
    const bytes = Buffer.byteLength(text)
    const msg = `a log line of ${bytes} bytes is too long to be shipped; it begins: ${text.slice(0, beginningChars)}`
    return this.#lineOf(time, msg, { lineBytes: bytes })
  }

  /** Read by who expects pino's names and by who expects those of ECS. */
  #lineOf(time: number, msg: string, fields: object): string {
    const at = new Date(time).toISOString()
    return JSON.stringify({
      level: 'warn',
      time,
      '@timestamp': at,
      'log.level': 'warn',
      ...fields,
      msg,
      message: msg,
    })
  }

  #tell(message: string): void {
    const { onNotice = tellStandardError } = this.#options
    try {
      onNotice(message)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  async #disconnect(timeoutMs: number): Promise<void> {
    const producer = this.#producer
    this.#producer = undefined
    await producer?.close({ timeoutMs }).catch(() => {})
  }
}

/** What a promise that never rejects resolves to; rejects when the signal aborts before. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    void work.then(value => {
      signal.removeEventListener('abort', onAbort)
      resolve(value)
    })
  })
}

/** Whether a line is one that cannot be written, whenever it is tried. */
function isRefusal(error: Error | undefined): error is KafkaError {
  return error instanceof KafkaError && refusals.has(String(error.code))
}

const refusals: ReadonlySet<string> = new Set([
  'RECORD_TOO_LARGE',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
])

function checkOptions(options: TopicStreamOptions): void {
  for (const name of Object.keys(options)) {
    if (ownNames.includes(name) || isClusterOption(name)) continue
    const near = nearestName(name, ownNames)
    throw new ConfigError(
      `log shipping: there is no option "${name}"; ${near ? `did you mean "${near}"?` : `there are ${ownNames.join(', ')} and those of all clients`}`,
    )
  }
  const { topic, brokers } = options
  if (typeof topic !== 'string' || topic === '')
    throw new ConfigError('log shipping: topic is missing; name the topic that lines go to')
  if (!Array.isArray(brokers) || brokers.length === 0)
    throw new ConfigError('log shipping: brokers is missing; name at least one, as "host:port"')
  for (const name of ['bufferMaxBytes', 'lineMaxBytes'] as const) {
    const value = options[name]
    if (value !== undefined && !(Number.isInteger(value) && value >= 1_024))
      throw new ConfigError(`log shipping: ${name} is ${value}; write a whole number from 1,024 on`)
  }
  const { lingerMs } = options
  if (lingerMs !== undefined && !(lingerMs >= 0))
    throw new ConfigError(`log shipping: lingerMs is ${lingerMs}`)
}
