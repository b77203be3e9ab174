// Requests in numbers, by API: Kafka's RequestMetrics. Made of plain arrays; what is read of them is computed when it is asked for.
import type { Clock } from '@millrace/runtime'
import type { ObservedRequest, RequestObserver } from '../server/request-observer.ts'
import type { Family, Sample } from './exposition.ts'
import { QuantileHistogram } from './quantile-histogram.ts'

/** Length of the periods that quantiles are of: they tell of the last one to two minutes. */
const periodMs = 60_000
const usPerMs = 1000

/** Kafka's percentiles, as the rules of the JMX exporter turn them into labels. */
const quantiles = ['0.50', '0.75', '0.95', '0.98', '0.99', '0.999']
const shares = quantiles.map(Number)

const phases = {
  requestqueuetimems: 'Time that requests wait for their turn on their connection.',
  localtimems: 'Time that handlers keep the event loop before they wait.',
  remotetimems: 'Time that requests wait for the disk, for data or for other members.',
  throttletimems: 'Time that clients are told to wait by a quota.',
  responsequeuetimems: 'Time that replies wait for those of the requests before them.',
  responsesendtimems: 'Time until the system has taken a reply.',
  totaltimems: 'Time from a whole request to its reply.',
} as const

type Phase = keyof typeof phases

interface ApiMetrics {
  readonly name: string
  /** Requests by version. */
  readonly versions: (number | undefined)[]
  readonly times: Readonly<Record<Phase, QuantileHistogram>>
  readonly requestBytes: QuantileHistogram
  readonly replyBytes: QuantileHistogram
}

export class RequestMetrics implements RequestObserver {
  readonly #clock: Clock
  /** By API key; undefined for one that nobody has used. */
  readonly #apis: (ApiMetrics | undefined)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  observe(request: ObservedRequest): void {
    const { key, name } = request.api
    const api = (this.#apis[key] ??= newApi(name))
    const period = Math.floor(request.sentAtMs / periodMs)
    const { times } = api
    const { queueTimeMs, localTimeMs, remoteTimeMs, replyQueueTimeMs, sendTimeMs, apiVersion } = request
    api.versions[apiVersion] = (api.versions[apiVersion] ?? 0) + 1
    times.requestqueuetimems.record(queueTimeMs * usPerMs, period)
    times.localtimems.record(localTimeMs * usPerMs, period)
    times.remotetimems.record(remoteTimeMs * usPerMs, period)
    times.throttletimems.record(request.throttleTimeMs * usPerMs, period)
    times.responsequeuetimems.record(replyQueueTimeMs * usPerMs, period)
    times.responsesendtimems.record(sendTimeMs * usPerMs, period)
    times.totaltimems.record(
      (queueTimeMs + localTimeMs + remoteTimeMs + replyQueueTimeMs + sendTimeMs) * usPerMs,
      period,
    )
    api.requestBytes.record(request.bytes, period)
    api.replyBytes.record(request.replyBytes, period)
  }

  *families(): Generator<Family> {
    const prefix = 'kafka_network_requestmetrics_'
    yield {
      name: `${prefix}requests_total`,
      type: 'counter',
      help: 'Requests that were answered.',
      samples: this.#requests(),
    }
    for (const phase of Object.keys(phases) as Phase[]) {
      const scale = 1 / usPerMs
      yield this.#summary(`${prefix}${phase}`, phases[phase], api => api.times[phase], scale)
    }
    yield this.#summary(`${prefix}requestbytes`, 'Size of requests.', api => api.requestBytes, 1)
    yield this.#summary(`${prefix}responsebytes`, 'Size of replies.', api => api.replyBytes, 1)
  }

  #period(): number {
    return Math.floor(this.#clock.monotonic() / periodMs)
  }

  *#requests(): Generator<Sample> {
    for (const { request, api } of this.#labelled()) {
      for (const [version, value] of api.versions.entries()) {
        if (value !== undefined) yield { labels: { request, version }, value }
      }
    }
  }

  #summary(
    name: string,
    help: string,
    histogramOf: (api: ApiMetrics) => QuantileHistogram,
    scale: number,
  ): Family {
    return { name, type: 'summary', help, samples: this.#summarySamples(histogramOf, scale) }
  }

  *#summarySamples(histogramOf: (api: ApiMetrics) => QuantileHistogram, scale: number): Generator<Sample> {
    const period = this.#period()
    for (const { request, api } of this.#labelled()) {
      const histogram = histogramOf(api)
      const values = histogram.quantiles(shares, period)
      for (const [index, quantile] of quantiles.entries()) {
        yield { labels: { request, quantile }, value: values[index]! * scale }
      }
      yield { suffix: '_sum', labels: { request }, value: histogram.sum * scale }
      yield { suffix: '_count', labels: { request }, value: histogram.count }
    }
  }

  /** As Kafka names requests: those of consumers to fetch have a second name. */
  *#labelled(): Generator<{ readonly request: string; readonly api: ApiMetrics }> {
    for (const api of this.#apis) {
      if (!api) continue
      yield { request: api.name, api }
      if (api.name === 'Fetch') yield { request: 'FetchConsumer', api }
    }
  }
}

function newApi(name: string): ApiMetrics {
  return {
    name,
    versions: [],
    times: Object.fromEntries(
      Object.keys(phases).map(phase => [phase, new QuantileHistogram()]),
    ) as unknown as ApiMetrics['times'],
    requestBytes: new QuantileHistogram(),
    replyBytes: new QuantileHistogram(),
  }
}
