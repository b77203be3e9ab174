// Puts the parts of a group's member together: consumer, ledger, stations, settlement.
import { type AnyTopic, Consumer, type Producer } from '@millrace/client'
import { type Clock, randomUuid } from '@millrace/runtime'
import { Deduper } from '../dedupe/deduper.ts'
import { storedId } from '../dedupe/record-id.ts'
import { messageOf } from '../failure/classify.ts'
import { BatchRunner } from '../handling/batch-handler.ts'
import type { AnyHandler, BatchHandler } from '../handling/handlers.ts'
import type { ResolvedHandleOptions } from '../handling/options.ts'
import { TopicHandler } from '../handling/topic-handler.ts'
import type { EventDoor } from '../observe/event-door.ts'
import type { ServiceMetrics } from '../observe/metrics.ts'
import { GroupRunner } from './group-runner.ts'
import type { Ledger } from './ledger.ts'
import type { ResolvedServiceOptions } from './options.ts'
import { ownTopicsOf } from './own-topics.ts'
import type { PartitionWork } from './partition-work.ts'
import { type LedgerHost, PlainLedger } from './plain-ledger.ts'
import { Settlement } from './settlement.ts'
import { Station, type StationHost } from './station.ts'
import { TransactionLedger } from './transaction-ledger.ts'

/** A topic with what handles it. */
export interface Declared {
  readonly topic: AnyTopic
  readonly handlers: ReadonlyMap<string, AnyHandler>
  /** Undefined where records are handled one by one. */
  readonly batch: BatchHandler<unknown, unknown> | undefined
  readonly options: ResolvedHandleOptions
}

export interface RunnerHost {
  readonly events: EventDoor
  readonly metrics: ServiceMetrics
  /** The producer that all share. */
  readonly producer: () => Producer
  readonly partitionsOf: (topic: string) => number | undefined
  readonly onFailed: (error: Error) => void
}

/** Records in hand for each that may run, by default. */
const inFlightFactor = 10
const inFlightMin = 1_000

export function buildRunner(
  options: ResolvedServiceOptions,
  group: string,
  declared: readonly Declared[],
  host: RunnerHost,
): GroupRunner {
  const { cluster, clock, random, handlingClock, consumerOptions } = options
  const { events, metrics, onFailed } = host
  const isExactlyOnce = declared[0]!.options.isExactlyOnce
  const tell = new Teller(options.name, group, events)
  const consumer = new Consumer({
    autoOffsetReset: 'earliest',
    ...consumerOptions,
    ...cluster,
    groupId: group,
    autoCommit: false,
    ...(isExactlyOnce && { isolationLevel: 'read_committed' as const }),
    onWarning: error => tell.retried('the consumer', error),
  })
  const ledgerHost: LedgerHost = {
    clock,
    random,
    onRetried: (what, error) => tell.retried(what, error),
    onCut: work => tell.full(work),
    onWritten: (topic, status, count) => metrics.produced.add({ topic, status }, count),
  }
  const ledger: Ledger = isExactlyOnce
    ? new TransactionLedger(options, group, consumer, {
        ...ledgerHost,
        reload: error => runner.reload(error),
        onFailed,
      })
    : new PlainLedger(host.producer, consumer, ledgerHost)
  const stations = new Map<string, Station>()
  const settlement = new Settlement({
    clock: handlingClock,
    service: options.name,
    ledger,
    events,
    metrics,
    stationOf: work => stations.get(work.topic)!,
    partitionsOf: host.partitionsOf,
    onDue: () => runner.commitSoon(),
    fail: onFailed,
  })
  const runner: GroupRunner = new GroupRunner({
    ...options,
    service: options.name,
    group,
    consumer,
    ledger,
    events,
    metrics,
    stations,
    commitIntervalMs: isExactlyOnce ? options.transactionIntervalMs : options.commitIntervalMs,
    metadataMaxChars: options.offsetMetadataMaxChars,
    unreadMaxBytes: options.maxInFlightBytes,
    onFailed,
  })
  const stationHost = stationHostOf(handlingClock, settlement, tell, onFailed, runner)
  for (const each of declared) {
    const deduper = deduperOf(each, options, (what, error) => tell.retried(what, error))
    const station = stationOf(each, options, metrics, stationHost, deduper)
    for (const name of [each.topic.name, ...ownTopicsOf(each).retries]) stations.set(name, station)
  }
  return runner
}

/** What a member of a group tells of itself. */
class Teller {
  readonly #service: string
  readonly #group: string
  readonly #events: EventDoor

  constructor(service: string, group: string, events: EventDoor) {
    this.#service = service
    this.#group = group
    this.#events = events
  }

  retried(what: string, error: unknown): void {
    if (!this.#events.active) return
    const message = `${what}: ${messageOf(error)}`
    const subject = `${this.#group} ${what}`
    this.#events.emit({
      type: 'work.retried',
      level: 'warn',
      subject,
      service: this.#service,
      error,
      message,
    })
  }

  full({ topic, partition, name, tracker }: PartitionWork): void {
    if (!this.#events.active) return
    const offset = tracker?.position ?? -1
    this.#events.emit({
      type: 'metadata.full',
      level: 'warn',
      subject: name,
      service: this.#service,
      group: this.#group,
      topic,
      partition,
      offset,
      message: `more is done behind offset ${offset} of ${name} than a commit can tell: nothing more is taken before that one is done`,
    })
  }
}

function stationHostOf(
  clock: Clock,
  settlement: Settlement,
  tell: Teller,
  onFailed: (error: Error) => void,
  runner: GroupRunner,
): StationHost {
  return {
    clock,
    settle: (delivery, outcome) => settlement.settle(delivery, outcome),
    settleBatch: (job, result) => settlement.settleBatch(job, result),
    onRead: (work, before) => runner.onRead(work, before),
    onTaken: (work, count) => {
      work.consumed.value += count
    },
    onFull: work => tell.full(work),
    onCorrupt: (work, error) =>
      onFailed(new Error(`${work.name} cannot be read: ${messageOf(error)}`, { cause: error })),
    around: () => runner.around(),
    aroundBatch: () => runner.aroundBatch(),
  }
}

function deduperOf(
  { topic, options: { dedupe, group } }: Declared,
  { clock, random }: ResolvedServiceOptions,
  onRetried: (what: string, error: unknown) => void,
): Deduper | undefined {
  if (!dedupe) return undefined
  // A group has one handler for a topic; what another handles is not handled by this one.
  const scope = storedId(`${group}/${topic.name}`)
  return new Deduper({ ...dedupe, scope, owner: randomUuid(random), clock, random, onRetried })
}

function stationOf(
  { topic, handlers, batch, options }: Declared,
  { handlingClock: clock, random, maxInFlightRecords, maxInFlightBytes, cluster }: ResolvedServiceOptions,
  metrics: ServiceMetrics,
  host: StationHost,
  deduper: Deduper | undefined,
): Station {
  const observer = (name: string, type: string) => {
    const histogram = metrics.duration(name, type)
    return (ms: number) => histogram.observe(ms)
  }
  const handler = new TopicHandler(topic, handlers, options, {
    clock,
    random,
    observer,
    deduper,
    logger: cluster.logger ?? undefined,
  })
  const batches = batch && new BatchRunner(handler, batch, observer(topic.name, ''), () => clock.monotonic())
  const { by, maxConcurrency = Number.POSITIVE_INFINITY } = options
  const limits = {
    maxConcurrency,
    // In the order of partitions one record, or batch, of each is in hand.
    maxInFlightRecords:
      by === 'partition'
        ? Number.POSITIVE_INFINITY
        : (maxInFlightRecords ?? Math.max(inFlightMin, maxConcurrency * inFlightFactor)),
    maxInFlightBytes,
  }
  return new Station(handler, batches, limits, host)
}
