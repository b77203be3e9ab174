// Takes the metrics that clients push (KIP-714), as Kafka's ClientMetricsManager, and shows them to whoever asks for the broker's metrics.
import {
  codecById,
  type CompressionId,
  ErrorCode,
  type GetTelemetrySubscriptionsResponseInit,
  type PushTelemetryRequest,
  type PushTelemetryResponseInit,
  zeroUuid,
} from '@millrace/protocol'
import { type Family, randomUuid, single, type Timer } from '@millrace/runtime'
import type { ClientMetricsSettings } from '../config/client-metrics-table.ts'
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import type { ConnectionContext, RequestContext } from '../handlers/handler.ts'
import { clientMetricsLimits } from '../limits.ts'
import { resourceTypes } from '../metadata/record.ts'
import { metadataTopicId } from '../metadata/topic-name.ts'
import { RequestError } from '../request-error.ts'
import { beginningOf } from './beginning-of.ts'
import { ClientInstance } from './client-instance.ts'
import { readMetrics } from './otlp.ts'
import { PatternMatcher } from './pattern-matcher.ts'
import { PushedSeries } from './pushed-series.ts'
import { type ClientAttributes, subscriptionFor, subscriptionsOf } from './subscriptions.ts'

const { instancesMax, decompressedMaxBytes, fieldsMax, seriesPerClientMax, sweepMs, textMaxLength } =
  clientMetricsLimits
const pushLimits = { fieldsMax, valuesMax: seriesPerClientMax }
const seriesLimits = { ...clientMetricsLimits, clientsMax: instancesMax }

/** Kafka's `CompressionType` ids, in the order in which it names them: what costs the least for what it saves first. */
const acceptedCompressionTypes = [4, 3, 1, 2]

/** What stands beside an error. */
const nothingAsked = {
  clientInstanceId: zeroUuid,
  subscriptionId: 0,
  acceptedCompressionTypes: [],
  pushIntervalMs: 0,
  telemetryMaxBytes: 0,
  deltaTemporality: false,
  requestedMetrics: [],
}

/** `Uuid.RESERVED`: 0 and 1 are nobody's. */
const reserved: ReadonlySet<string> = new Set([zeroUuid, metadataTopicId])

export class ClientMetricsReceiver implements Service {
  readonly #core: BrokerCore
  readonly #instances = new Map<string, ClientInstance>()
  /** Instances that were first heard of on a connection, by its id, for as long as it lasts. */
  readonly #byConnection = new Map<number, Set<string>>()
  readonly #series = new PushedSeries(seriesLimits)
  readonly #matcher: PatternMatcher
  readonly #unlisten: () => void
  #subscriptions: readonly ClientMetricsSettings[]
  /** Raised when resources change. */
  #version = 0
  #sweep: Timer | undefined
  #closed = false
  readonly #counts = { unknownSubscription: 0, throttled: 0, taken: 0, failed: 0 }

  constructor(core: BrokerCore) {
    this.#core = core
    this.#matcher = new PatternMatcher(core)
    this.#subscriptions = subscriptionsOf(core.metadata.image)
    this.#unlisten = core.metadata.listen({
      onConfigChanged: resourceType => {
        if (resourceType !== resourceTypes.CLIENT_METRICS) return
        this.#subscriptions = subscriptionsOf(core.metadata.image)
        this.#version++
      },
    })
  }

  /** What a client is to push. A client without a name is given one. */
  ask(clientInstanceId: string, context: RequestContext): GetTelemetrySubscriptionsResponseInit {
    const id = clientInstanceId === zeroUuid ? this.#newId() : clientInstanceId
    const instance = this.#instanceOf(id, context)
    const errorCode = instance.asks(this.#core.clock.monotonic())
    if (errorCode !== ErrorCode.NONE) {
      this.#counts.throttled++
      return { ...nothingAsked, errorCode }
    }
    const { subscription } = instance
    return {
      errorCode,
      clientInstanceId: id,
      subscriptionId: subscription.id,
      acceptedCompressionTypes,
      pushIntervalMs: subscription.pushIntervalMs,
      telemetryMaxBytes: this.#maxBytes,
      deltaTemporality: true,
      requestedMetrics: [...subscription.metrics],
    }
  }

  /** Takes a push, or says why not. */
  push(request: PushTelemetryRequest, context: RequestContext): PushTelemetryResponseInit {
    const { clientInstanceId, metrics } = request
    if (reserved.has(clientInstanceId)) return { errorCode: ErrorCode.INVALID_REQUEST }
    const instance = this.#instanceOf(clientInstanceId, context)
    const push = { ...request, bytes: metrics.length }
    const errorCode = instance.pushes(push, this.#maxBytes, this.#core.clock.monotonic())
    if (errorCode === ErrorCode.THROTTLING_QUOTA_EXCEEDED) this.#counts.throttled++
    if (errorCode === ErrorCode.UNKNOWN_SUBSCRIPTION_ID) this.#counts.unknownSubscription++
    if (errorCode !== ErrorCode.NONE) return { errorCode }
    if (metrics.length > 0 && !this.#take(instance, request, context)) {
      instance.failed(ErrorCode.INVALID_RECORD)
      return { errorCode: ErrorCode.INVALID_RECORD }
    }
    if (request.terminating) this.#series.end(instance.id, this.#core.clock.monotonic())
    return { errorCode: ErrorCode.NONE }
  }

  *families(): Generator<Family> {
    const now = this.#core.clock.monotonic()
    this.#series.sweep(now)
    const prefix = 'kafka_server_client_metrics_'
    const { unknownSubscription, throttled, taken, failed } = this.#counts
    yield single(`${prefix}instance_count`, 'gauge', 'Clients that ask what to push.', this.#instances.size)
    yield single(
      `${prefix}unknown_subscription_request_total`,
      'counter',
      'Pushes under a subscription that is no more.',
      unknownSubscription,
    )
    yield single(`${prefix}throttle_total`, 'counter', 'Requests that came before their time.', throttled)
    yield single(`${prefix}plugin_export_total`, 'counter', 'Pushes that were taken.', taken)
    yield single(`${prefix}plugin_error_total`, 'counter', 'Pushes that cannot be read.', failed)
    yield single(
      'millrace_client_metrics_series',
      'gauge',
      'Series of clients that are shown.',
      this.#series.seriesCount,
    )
    yield single(
      'millrace_client_metrics_dropped_total',
      'counter',
      'Values of clients for which there was no room.',
      this.#series.dropped,
    )
    yield* this.#series.families()
  }

  close(): void {
    this.#closed = true
    this.#sweep?.cancel()
    this.#unlisten()
  }

  get #maxBytes(): number {
    return this.#core.config.get('telemetry.max.bytes')
  }

  #newId(): string {
    for (;;) {
      const id = randomUuid(this.#core.random)
      if (!this.#instances.has(id)) return id
    }
  }

  /** Whether the metrics could be read. */
  #take(instance: ClientInstance, request: PushTelemetryRequest, context: RequestContext): boolean {
    const { burstFilter } = this.#core
    const { session, remoteAddress } = context.connection
    try {
      const codec = codecById(request.compressionType as CompressionId)!
      const metrics = readMetrics(codec.decompress(request.metrics, decompressedMaxBytes), pushLimits)
      const client = {
        clientInstanceId: instance.id,
        clientId: context.clientId ?? '',
        principal: session.principal,
        softwareName: session.clientSoftwareName,
        softwareVersion: session.clientSoftwareVersion,
        address: remoteAddress,
      }
      this.#series.take(client, metrics, instance.expiresAtMs)
      this.#counts.taken++
      return true
    } catch (error) {
      this.#counts.failed++
      const source = { remote: remoteAddress, clientId: instance.attributes.client_id }
      burstFilter.log('warn', 'client_metrics.unreadable', source, () => ({
        error: (error as Error).message,
      }))
      return false
    }
  }

  #instanceOf(id: string, context: RequestContext): ClientInstance {
    const known = this.#instances.get(id)
    const instance = known ?? this.#newInstance(id, context)
    if (known && known.version < this.#version) {
      known.subscribe(this.#subscriptionOf(known.attributes), this.#version)
    }
    // The longest ago heard of come first, and go first.
    this.#instances.delete(id)
    this.#instances.set(id, instance)
    if (this.#instances.size > instancesMax) this.#forget(this.#instances.keys().next().value!)
    instance.heard(this.#core.clock.monotonic())
    this.#scheduleSweep()
    return instance
  }

  #newInstance(id: string, { clientId, connection }: RequestContext): ClientInstance {
    const { session, remoteAddress, remotePort } = connection
    const cut = (text: string | null) => beginningOf(text ?? '', textMaxLength)
    const attributes: ClientAttributes = {
      client_instance_id: id,
      client_id: cut(clientId),
      client_software_name: cut(session.clientSoftwareName),
      client_software_version: cut(session.clientSoftwareVersion),
      client_source_address: remoteAddress,
      client_source_port: String(remotePort),
    }
    const subscription = this.#subscriptionOf(attributes)
    const instance = new ClientInstance(id, attributes, subscription, this.#version, connection.id)
    this.#bind(id, connection)
    return instance
  }

  /** The instance goes with its connection. */
  #bind(id: string, { id: connectionId, signal }: ConnectionContext): void {
    if (signal.aborted) return
    const known = this.#byConnection.get(connectionId)
    const own = known ?? new Set()
    own.add(id)
    if (known) return
    this.#byConnection.set(connectionId, own)
    const onGone = () => {
      this.#byConnection.delete(connectionId)
      for (const each of own) this.#forget(each)
    }
    signal.addEventListener('abort', onGone, { once: true })
  }

  #subscriptionOf(attributes: ClientAttributes) {
    return subscriptionFor(this.#subscriptions, attributes, (pattern, text) =>
      this.#matcher.matches(pattern, text),
    )
  }

  #forget(id: string): void {
    const connectionId = this.#instances.get(id)?.connectionId
    if (connectionId !== undefined) this.#byConnection.get(connectionId)?.delete(id)
    this.#instances.delete(id)
    this.#series.end(id, this.#core.clock.monotonic())
  }

  #scheduleSweep(): void {
    if (this.#sweep || this.#closed) return
    this.#sweep = this.#core.clock.setTimer(
      sweepMs,
      () => {
        this.#sweep = undefined
        const now = this.#core.clock.monotonic()
        for (const [id, { expiresAtMs }] of this.#instances) if (expiresAtMs <= now) this.#forget(id)
        this.#series.sweep(now)
        if (this.#instances.size > 0 || this.#series.clientCount > 0) this.#scheduleSweep()
      },
      { unref: true },
    )
  }
}

/** Opened when the first client asks, or the first resource is shown. */
export const clientMetricsReceiver: ServiceDefinition<ClientMetricsReceiver> = {
  name: 'client-metrics',
  open: core => new ClientMetricsReceiver(core),
}

/** What answers a request about metrics of clients. Throws RequestError where nobody sees them: the key is not served then, as by Apache Kafka without a plug-in. */
export function receiverFor({ broker, apiKey }: RequestContext): ClientMetricsReceiver {
  if (!broker.servedKeys.some(served => served.apiKey === apiKey))
    throw new RequestError(`API key ${apiKey} is not served without "http.listener"`)
  return broker.service(clientMetricsReceiver)
}
