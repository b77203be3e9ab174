// Requests in numbers, by API: Kafka's RequestMetrics. Made of plain arrays; what is read of them is computed when it is asked for.
import type { Clock } from '@millrace/runtime'
import type { ObservedRequest, RequestObserver } from '../server/request-observer.ts'
import type { Family, Sample } from '@millrace/runtime'
import { QuantileHistograms } from './quantile-histograms.ts'

/** Length of the periods that quantiles are of: they tell of the last one to two minutes. */
const periodMs = 60_000
const usPerMs = 1000

/** Kafka's percentiles, as the rules of the JMX exporter turn them into labels. */
const quantiles = ['0.50', '0.75', '0.95', '0.98', '0.99', '0.999']
const shares = quantiles.map(Number)

/** What is told of each request, in this order: the name, what it says, and how much smaller its unit is than what is recorded. */
const kinds = [
  ['requestqueuetimems', 'Time that requests wait for their turn on their connection.', usPerMs],
  ['localtimems', 'Time that handlers keep the event loop before they wait.', usPerMs],
  ['remotetimems', 'Time that requests wait for the disk, for data or for other members.', usPerMs],
  ['throttletimems', 'Time that clients are told to wait by a quota.', usPerMs],
  ['responsequeuetimems', 'Time that replies wait for those of the requests before them.', usPerMs],
  ['responsesendtimems', 'Time until the system has taken a reply.', usPerMs],
  ['totaltimems', 'Time from a whole request to its reply.', usPerMs],
  ['requestbytes', 'Size of requests.', 1],
  ['responsebytes', 'Size of replies.', 1],
] as const

interface ApiMetrics {
  readonly name: string
  /** Requests by version. */
  readonly versions: (number | undefined)[]
  readonly histograms: QuantileHistograms
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
    const api = (this.#apis[key] ??= {
      name,
      versions: [],
      histograms: new QuantileHistograms(kinds.length),
    })
    const { queueTimeMs, localTimeMs, remoteTimeMs, replyQueueTimeMs, sendTimeMs, apiVersion } = request
    const totalTimeMs = queueTimeMs + localTimeMs + remoteTimeMs + replyQueueTimeMs + sendTimeMs
    api.versions[apiVersion] = (api.versions[apiVersion] ?? 0) + 1
    const { histograms } = api
    // By their places in `kinds`.
    histograms.begin(Math.floor(request.sentAtMs / periodMs))
    histograms.record(0, queueTimeMs * usPerMs)
    histograms.record(1, localTimeMs * usPerMs)
    histograms.record(2, remoteTimeMs * usPerMs)
    histograms.record(3, request.throttleTimeMs * usPerMs)
    histograms.record(4, replyQueueTimeMs * usPerMs)
    histograms.record(5, sendTimeMs * usPerMs)
    histograms.record(6, totalTimeMs * usPerMs)
    histograms.record(7, request.bytes)
    histograms.record(8, request.replyBytes)
  }

  *families(): Generator<Family> {
    const prefix = 'kafka_network_requestmetrics_'
    yield {
      name: `${prefix}requests_total`,
      type: 'counter',
      help: 'Requests that were answered.',
      samples: this.#requests(),
    }
    for (const [kind, [name, help, unit]] of kinds.entries()) {
      yield { name: `${prefix}${name}`, type: 'summary', help, samples: this.#summary(kind, unit) }
    }
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

  *#summary(kind: number, unit: number): Generator<Sample> {
    const period = this.#period()
    for (const { request, api } of this.#labelled()) {
      const { histograms } = api
      const values = histograms.quantiles(kind, shares, period)
      for (const [index, quantile] of quantiles.entries()) {
        yield { labels: { request, quantile }, value: values[index]! / unit }
      }
      yield { suffix: '_sum', labels: { request }, value: histograms.sums[kind]! / unit }
      yield { suffix: '_count', labels: { request }, value: histograms.count }
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
