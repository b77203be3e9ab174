// Tells brokers of a client what they have subscribed to (KIP-714): carries out what the course says, against any broker.
import { codecById, GetTelemetrySubscriptionsApi, PushTelemetryApi, zeroUuid } from '@millrace/protocol'
import type { Timer } from '@millrace/runtime'
import { atMost } from '../cluster/at-most.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { ClosedError, OperationTimeoutError, StateError } from '../errors/index.ts'
import { ApplicationMetrics } from './application-metrics.ts'
import { TelemetryCourse } from './course.ts'
import type { Metered } from './measures.ts'
import { type MeterPart, TelemetryMeter } from './meter.ts'
import { type Attributes, encodeMetrics } from './otlp.ts'

/** How long closing waits for the last push. */
const lastPushMs = 1_000

const nameTimeoutMs = 30_000

/** How long to wait for the name that brokers give a client. */
export interface InstanceIdOptions {
  /** In ms. Default 30,000. */
  readonly timeoutMs?: number
}

/** {@link TelemetryReporter.clientInstanceId}, for a client that may have no reporter. Throws StateError then. */
export async function clientInstanceId(
  reporter: TelemetryReporter | undefined,
  timeoutMs = nameTimeoutMs,
): Promise<string> {
  if (!reporter) throw new StateError('clientInstanceId: metricsPush is false')
  return reporter.clientInstanceId(timeoutMs)
}

export interface ReporterOptions {
  readonly cluster: Cluster
  /** What is measured. */
  readonly parts: readonly MeterPart[]
  /** What all metrics are about, as it is at present. */
  readonly resource: () => Attributes
}

/**
 * Begins with the client's first connection, and makes none of its own accord. Where no broker has a subscription, that is one request in
 * the interval that the broker names (5 minutes by default), and nothing is measured.
 */
export class TelemetryReporter {
  /** What the application has registered of its own. */
  readonly application = new ApplicationMetrics()
  readonly #options: ReporterOptions
  readonly #meter: TelemetryMeter
  readonly #course: TelemetryCourse
  readonly #waiting = new Set<(error?: Error) => void>()
  #timer: Timer | undefined
  #underWay: Promise<void> | undefined
  #closed = false
  /** All of a push did not fit: those for each topic and partition stay out. */
  #withoutDetails = false

  constructor(options: ReporterOptions) {
    this.#options = options
    this.#meter = new TelemetryMeter(options.cluster.clock, [...options.parts, this.application])
    this.#course = new TelemetryCourse(options.cluster.random)
    const ignore = options.cluster.hooks.connection.listen(({ what }) => {
      if (what !== 'opened') return
      ignore()
      this.#arm()
    })
  }

  /**
   * The name that brokers have given this client (KIP-714), 22 characters. Waits for it. Throws OperationTimeoutError where no broker that
   * takes metrics has been connected to in time, ClosedError.
   */
  clientInstanceId(timeoutMs: number): Promise<string> {
    const { clock } = this.#options.cluster
    return new Promise((resolve, reject) => {
      const finish = (error?: Error) => {
        this.#waiting.delete(finish)
        timer.cancel()
        if (error) reject(error)
        else resolve(this.#course.clientInstanceId)
      }
      const timeUp = () =>
        finish(new OperationTimeoutError(`no broker has named this client within ${timeoutMs} ms`))
      const timer = clock.setTimer(timeoutMs, timeUp)
      this.#waiting.add(finish)
      if (this.#course.clientInstanceId !== zeroUuid) finish()
      else if (this.#closed) finish(new ClosedError('the client'))
    })
  }

  /** Pushes a last time, if a broker has subscribed, and ends. Never throws. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#timer?.cancel()
    const { cluster } = this.#options
    if (this.#course.next.what === 'push') {
      const last = (this.#underWay ?? Promise.resolve()).then(() => this.#push(true))
      // What the broker makes of it changes nothing any more.
      await atMost(cluster.clock, lastPushMs, last).catch(() => {})
    }
    this.#meter.stop()
    for (const finish of this.#waiting) finish(new ClosedError('the client'))
  }

  #arm(): void {
    const { next } = this.#course
    if (this.#closed || next.what === 'none') {
      this.#meter.stop()
      return
    }
    const { clock } = this.#options.cluster
    const run = () => {
      this.#underWay = this.#step(next.what).finally(() => {
        this.#underWay = undefined
        this.#arm()
      })
    }
    this.#timer = clock.setTimer(Math.max(0, next.at - clock.monotonic()), run, { unref: true })
  }

  async #step(what: 'subscribe' | 'push'): Promise<void> {
    const { clock } = this.#options.cluster
    try {
      await (what === 'subscribe' ? this.#subscribe() : this.#push(false))
    } catch (error) {
      // A broker that is away, or that takes no metrics. Telemetry is nobody's errand: nothing is told of it.
      this.#course.failed(clock.monotonic())
      if (error instanceof ClosedError) this.#closed = true
    }
  }

  async #subscribe(): Promise<void> {
    const { cluster } = this.#options
    const { clientInstanceId } = this.#course
    const response = await cluster.request(GetTelemetrySubscriptionsApi, { clientInstanceId })
    if (this.#closed) return
    this.#course.subscribed(response, cluster.clock.monotonic())
    if (this.#course.next.what === 'push') this.#meter.start()
    else this.#meter.stop()
    if (this.#course.clientInstanceId !== zeroUuid) for (const finish of this.#waiting) finish()
  }

  async #push(terminating: boolean): Promise<void> {
    const { cluster } = this.#options
    const { subscription, clientInstanceId, compressionId } = this.#course
    if (!subscription) return
    const collected = this.#meter.collect(subscription.prefixes, subscription.delta)
    const encode = (measures: readonly Metered[]) => {
      const bytes = encodeMetrics({
        ...collected,
        measures,
        resource: this.#options.resource(),
        delta: subscription.delta,
      })
      return codecById(compressionId)!.compress(bytes)
    }
    const essential = collected.measures.filter(({ detail }) => detail !== true)
    let metrics = encode(this.#withoutDetails ? essential : collected.measures)
    if (metrics.length > subscription.maxBytes && !this.#withoutDetails) {
      this.#withoutDetails = true
      metrics = encode(essential)
    }
    const { errorCode } = await cluster.request(PushTelemetryApi, {
      clientInstanceId,
      subscriptionId: subscription.id,
      terminating,
      compressionType: compressionId,
      metrics,
    })
    if (errorCode === 0) collected.accept()
    this.#course.pushed(errorCode, cluster.clock.monotonic())
  }
}
