// Sends batches to the brokers that lead their partitions: what goes when, and in which request.
import { type Codec, ErrorCode, ProduceApi, type ProduceResponse } from '@millrace/protocol'
import type { Clock, Timer } from '@millrace/runtime'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError, isMetadataCode, needsMetadata, ProtocolError } from '../errors/index.ts'
import type { BrokerConnection } from '../network/broker-connection.ts'
import type { Accumulator } from './accumulator.ts'
import type { Numbering } from './numbering.ts'
import type { ResolvedProducerOptions } from './options.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProduceBatch } from './produce-batch.ts'
import { MetadataUpkeep } from './metadata-upkeep.ts'
import { ProduceExchange, type Shipment } from './produce-exchange.ts'
import type { Route } from './route.ts'
import { Routes } from './routes.ts'
import type { StatisticsCounter } from './statistics.ts'
import { Verdicts } from './verdicts.ts'

/** Bytes that a batch needs in a request beside its records: its header, and its share of names and framing. */
const batchOverheadBytes = 256
/** How long a batch gathers at most while `lingerMs` is left to us: Kafka's default of `linger.ms`. */
const adaptiveLingerMs = 5
const sweepIntervalMaxMs = 1_000

export interface SenderOptions {
  readonly cluster: Cluster
  readonly producer: ResolvedProducerOptions
  readonly accumulator: Accumulator
  readonly numbering: Numbering
  readonly codec: Codec
  readonly counter: StatisticsCounter
  /** Nothing can be sent any more: a rule of ours did not hold. Every batch has failed with this error. */
  readonly onDefect: (error: Error) => void
}

export class Sender {
  readonly #options: SenderOptions
  readonly #clock: Clock
  readonly #routes: Routes
  readonly #numbering: Numbering
  readonly #verdicts: Verdicts
  readonly #upkeep: MetadataUpkeep
  readonly #lingerMs: number
  readonly #adaptive: boolean
  /** While a flush waits, batches do not wait for company. */
  #flushes = 0
  #sweepTimer: Timer | undefined
  /** Called when nothing is on the wire. */
  #onQuiet: (() => void)[] = []
  #answeredAt = Number.NEGATIVE_INFINITY
  #closed = false

  constructor(options: SenderOptions) {
    const { cluster, producer, accumulator, numbering, counter } = options
    this.#options = options
    this.#clock = cluster.clock
    this.#routes = new Routes(cluster.metadata)
    // A batch may wait for a leader for longer than an idle topic is remembered.
    cluster.needTopics(() => Array.from(accumulator.incomplete, ({ queue }) => queue.topic))
    this.#upkeep = new MetadataUpkeep(cluster, {
      isNeeded: () => accumulator.incomplete.size > 0,
      isIncomplete: () => this.#routes.leaderless.length > 0,
      onRefreshed: () => this.#onMetadata(),
    })
    this.#adaptive = producer.lingerMs === undefined
    this.#lingerMs = producer.lingerMs ?? adaptiveLingerMs
    const { retryBackoffMs, retryBackoffMaxMs, clock, random } = cluster.options
    this.#numbering = numbering
    this.#verdicts = new Verdicts({
      clock,
      random,
      events: cluster.events,
      hooks: cluster.hooks,
      counter,
      retryBackoffMs,
      retryBackoffMaxMs,
      producer,
      accumulator,
      numbering,
    })
  }

  /**
   * When a broker last said what became of records, on the monotonic clock; in the future while one has asked us to be silent (KIP-219).
   */
  get answeredAt(): number {
    return this.#answeredAt
  }

  /** What keeps the oldest batch without a verdict from leaving, or went wrong with it last. */
  get obstacle(): Error | undefined {
    const [oldest] = this.#options.accumulator.incomplete
    return oldest && (this.#obstacleTo(oldest.queue) ?? oldest.lastError)
  }

  /** A queue got the first record of a batch. */
  opened(queue: PartitionQueue): void {
    this.#armSweep()
    this.#options.cluster.useTopic(queue.topic)
    const route = this.#routes.enlist(queue)
    if (this.#lingerMs === 0 || this.#flushes > 0 || (this.#adaptive && route.inFlight === 0))
      this.#defer(route)
    else this.#wakeAt(route, this.#clock.monotonic() + this.#lingerMs)
  }

  /** A queue has a full batch. */
  full(queue: PartitionQueue): void {
    this.#drain(this.#routes.enlist(queue))
  }

  /** Looks at all queues: a producer id arrived, for one. */
  drainAll(): void {
    for (const route of this.#routes.all()) this.#drain(route)
  }

  beginFlush(): void {
    this.#flushes++
    this.drainAll()
  }

  endFlush(): void {
    this.#flushes--
  }

  /** Fails every batch and sends no more. */
  abort(error: Error): void {
    this.#closed = true
    this.#routes.stopTimers()
    this.#upkeep.close()
    this.#sweepTimer?.cancel()
    this.failAll(error)
  }

  /** Resolves when nothing is on the wire: each request was answered, has run out of time, or has lost its connection. */
  quiet(): Promise<void> {
    return this.#isQuiet ? Promise.resolve() : new Promise(resolve => this.#onQuiet.push(resolve))
  }

  get #isQuiet(): boolean {
    return this.#routes.all().every(({ inFlight }) => inFlight === 0)
  }

  /** Fails every batch that is not on the wire: those have their verdict from the broker, but do not go again (`Numbering.over`). */
  failWaiting(error: Error): void {
    for (const batch of Array.from(this.#options.accumulator.incomplete))
      if (!batch.onWire) this.#verdicts.giveUp(batch, error)
  }

  /** Fails every batch that has no verdict. */
  failAll(error: Error): void {
    for (const batch of Array.from(this.#options.accumulator.incomplete)) this.#verdicts.abort(batch, error)
  }

  /** Arranges a look at the end of this turn of the event loop, when all that this turn enqueues is there. */
  #defer(route: Route): void {
    if (route.deferred) return
    route.deferred = true
    this.#clock.defer(() => {
      route.deferred = false
      this.#drain(route)
    })
  }

  #wakeAt(route: Route, at: number): void {
    if (at >= route.timerAt) return
    route.stopTimer()
    route.timerAt = at
    route.timer = this.#clock.setTimer(Math.max(0, at - this.#clock.monotonic()), () => {
      route.timer = undefined
      route.timerAt = Number.POSITIVE_INFINITY
      this.#drain(route)
    })
  }

  /** Sends what may leave for one broker, as far as its connection takes it. */
  #drain(route: Route): void {
    if (this.#closed || route.queues.length === 0) return
    const { cluster, producer } = this.#options
    if (route.brokerId === -1) {
      this.#upkeep.refresh()
      return
    }
    if (cluster.metadataDue) this.#upkeep.refresh()
    while (route.queues.length > 0) {
      const connection = cluster.peekConnection(route.brokerId, 'produce')
      if (!connection) {
        this.#connect(route)
        return
      }
      if (!connection.writable || route.inFlight >= producer.maxInFlight) return
      const shipments = this.#collect(route)
      if (shipments.length === 0) return
      this.#ship(route, connection, shipments)
    }
  }

  #connect(route: Route): void {
    if (route.connecting) return
    route.connecting = true
    this.#options.cluster.connectionTo({ broker: route.brokerId }, 'produce').then(
      connection => {
        route.connecting = false
        route.failure = undefined
        connection.onIdle = () => this.#drain(route)
        this.#drain(route)
      },
      (error: unknown) => {
        route.connecting = false
        if (this.#closed) return
        route.failure = error as Error
        this.#upkeep.disproved()
      },
    )
  }

  /** One batch of each queue that may send one, until the request is full. Queues that are served go to the end of the line. */
  #collect(route: Route): Shipment[] {
    const { producer } = this.#options
    const now = this.#clock.monotonic()
    const idle = (this.#adaptive && route.inFlight === 0) || this.#flushes > 0
    const shipments: Shipment[] = []
    const waiting: PartitionQueue[] = []
    const served: PartitionQueue[] = []
    let requestBytes = 0
    let wakeAt = Number.POSITIVE_INFINITY
    for (const queue of route.queues) {
      if (queue.isEmpty) {
        queue.route = undefined
        continue
      }
      this.#numbering.prepare(queue)
      const dueAt = this.#dueAt(queue, now, idle, route.inFlight)
      if (dueAt > now) {
        wakeAt = Math.min(wakeAt, dueAt)
        waiting.push(queue)
        continue
      }
      const batch = queue.closed[0] ?? queue.open!
      const bytesMax = batch.sizeBytes + batchOverheadBytes
      if (shipments.length > 0 && requestBytes + bytesMax > producer.maxRequestSize) {
        waiting.push(queue)
        continue
      }
      queue.close()
      queue.closed.shift()
      this.#numbering.assign(queue, batch)
      shipments.push({ batch, bytes: this.#seal(batch) })
      requestBytes += bytesMax
      if (queue.isEmpty) queue.route = undefined
      else served.push(queue)
    }
    route.queues = served.length === 0 ? waiting : [...waiting, ...served]
    if (wakeAt !== Number.POSITIVE_INFINITY) this.#wakeAt(route, wakeAt)
    return shipments
  }

  #seal(batch: ProduceBatch): Buffer {
    const { producer, codec } = this.#options
    const level = batch.codec === undefined ? producer.compressionLevel : undefined
    return batch.seal(batch.codec ?? codec, level, this.#numbering.transactionalId !== null)
  }

  /** When the queue's first batch may leave, as far as time decides it; Infinity while something else must happen first. */
  #dueAt(queue: PartitionQueue, now: number, idle: boolean, inFlight: number): number {
    const head = queue.closed[0] ?? queue.open!
    const isFree = queue.onWire < this.#options.producer.maxInFlight
    if (!isFree || !this.#numbering.mayLeave(queue, head)) return Number.POSITIVE_INFINITY
    if (head !== queue.open) return head.notBefore
    // Full, and yet open for more: the more the broker has to do already, the more comes with one request.
    if (idle || head.timesFull > inFlight) return now
    return head.inBacklog ? Number.POSITIVE_INFINITY : head.createdAt + this.#lingerMs
  }

  #ship(route: Route, connection: BrokerConnection, shipments: readonly Shipment[]): void {
    const { cluster, producer, accumulator } = this.#options
    const exchange = new ProduceExchange(shipments, cluster.metadata, this.#numbering)
    const now = this.#clock.monotonic()
    for (const { batch } of shipments) {
      accumulator.left(batch)
      batch.attempts++
      batch.sentAt = now
      batch.onWire = true
      batch.queue.onWire++
    }
    route.inFlight++
    const body = (version: number) => exchange.body(version, producer.acks, cluster.options.requestTimeoutMs)
    const { versions } = exchange
    const onLost = (error: Error) => this.#onLost(shipments, error)
    const done =
      producer.acks === 0
        ? connection.send(ProduceApi, body, versions).then(() => this.#onSent(shipments), onLost)
        : connection
            .request(ProduceApi, body, versions)
            .then(response => this.#onResponse(exchange, response), onLost)
    done
      .then(() => {
        route.inFlight--
        this.#relist(shipments)
        this.#drain(route)
        if (this.#onQuiet.length > 0 && this.#isQuiet) for (const quiet of this.#onQuiet.splice(0)) quiet()
      })
      .catch((error: unknown) => {
        this.abort(error as Error)
        this.#options.onDefect(error as Error)
      })
  }

  #onSent(shipments: readonly Shipment[]): void {
    this.#answeredAt = this.#clock.monotonic()
    for (const { batch } of shipments) this.#verdicts.sentWithoutAnswer(batch)
  }

  #onResponse(exchange: ProduceExchange, response: ProduceResponse): void {
    const { metadata } = this.#options.cluster
    this.#answeredAt = this.#clock.monotonic() + response.throttleTimeMs
    for (const { nodeId, host, port, rack } of response.nodeEndpoints) {
      metadata.addNodes([{ id: nodeId, host, port, rack }])
    }
    let stale = false
    const missing = exchange.distribute(response, (batch, answer) => {
      if (isMetadataCode(answer.errorCode)) {
        const { leaderId, leaderEpoch } = answer.currentLeader
        // KIP-951: the answer may name the new leader, which saves the look-up.
        const told = metadata.updateLeader(batch.queue.topic, batch.queue.partition, leaderId, leaderEpoch)
        stale ||= !told
      }
      this.#verdicts.answered(batch, answer)
    })
    for (const batch of missing) {
      this.#verdicts.unanswered(
        batch,
        new ProtocolError('the response leaves out a partition of the request'),
      )
    }
    if (stale) this.#upkeep.disproved()
  }

  #onLost(shipments: readonly Shipment[], error: Error): void {
    for (const { batch } of shipments) if (batch.onWire) this.#verdicts.unanswered(batch, error)
    if (needsMetadata(error)) this.#upkeep.disproved()
  }

  /** Batches that must be sent again stand in line again, perhaps for another leader. */
  #relist(shipments: readonly Shipment[]): void {
    for (const { batch } of shipments) {
      const { queue } = batch
      if (queue.isEmpty || queue.route) continue
      const route = this.#routes.enlist(queue)
      this.#defer(route)
    }
  }

  #onMetadata(): void {
    this.#routes.reroute()
    for (const route of this.#routes.all()) if (route.brokerId !== -1) this.#drain(route)
  }

  /** What keeps the batches of a queue from leaving, if something does: no leader, one that cannot be reached, or no producer id. */
  #obstacleTo(queue: PartitionQueue): Error | undefined {
    const { cluster } = this.#options
    const { topic, partition } = queue
    const { metadata } = cluster
    if (this.#routes.leaderOf(queue) === -1) {
      const isKnown = metadata.partition(topic, partition) !== undefined
      const errorCode = isKnown
        ? ErrorCode.LEADER_NOT_AVAILABLE
        : (metadata.problemOf(topic)?.errorCode ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
      return this.#upkeep.failure ?? new BrokerError(errorCode, `finding the leader of ${topic}-${partition}`)
    }
    return queue.route?.failure ?? this.#numbering.obstacle
  }

  #addressOf(queue: PartitionQueue): string {
    const { nodes } = this.#options.cluster.metadata
    const leader = nodes.get(this.#routes.leaderOf(queue))
    return leader ? `${leader.host}:${leader.port}` : 'its leader'
  }

  /** Gives up what is over its delivery timeout, about once a second. */
  #armSweep(): void {
    if (this.#sweepTimer || this.#closed) return
    const { accumulator, producer } = this.#options
    const intervalMs = Math.min(sweepIntervalMaxMs, producer.deliveryTimeoutMs / 4)
    this.#sweepTimer = this.#clock.setTimer(intervalMs, () => {
      this.#sweepTimer = undefined
      const oldest = this.#clock.monotonic() - producer.deliveryTimeoutMs
      for (const batch of Array.from(accumulator.incomplete)) {
        if (batch.createdAt > oldest) break
        this.#verdicts.expired(batch, this.#addressOf(batch.queue), this.#obstacleTo(batch.queue))
      }
      accumulator.tick()
      if (accumulator.incomplete.size > 0) this.#armSweep()
    })
  }
}
