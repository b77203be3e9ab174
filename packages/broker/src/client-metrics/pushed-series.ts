// What clients have pushed, as series of Prometheus: the last values of each client, bounded in number, gone some time after the client.
import type { Family, Labels, Sample } from '@millrace/runtime'
import { beginningOf } from './beginning-of.ts'
import type { PushedMetrics, PushedValue } from './otlp.ts'

/** Who a client is, for labels. */
export interface PushingClient {
  readonly clientInstanceId: string
  readonly clientId: string
  readonly principal: string
  readonly softwareName: string
  readonly softwareVersion: string
  readonly address: string
}

export interface SeriesLimits {
  readonly clientsMax: number
  /** Over all clients, and of one. */
  readonly seriesMax: number
  readonly seriesPerClientMax: number
  /** Of names and labels, over all clients. */
  readonly charactersMax: number
  /** Labels that a client gives one series, or itself. */
  readonly labelsMax: number
  /** Of names, and of names and values of labels, in characters. */
  readonly textMaxLength: number
  /** How long values are shown of which nothing is heard any more. */
  readonly lingerMs: number
}

interface Series {
  readonly name: string
  readonly labels: Labels
  readonly isSum: boolean
  value: number
}

interface ClientSeries {
  readonly info: Labels
  /** Characters in `info` and in all series. */
  characters: number
  readonly byKey: Map<string, Series>
  /** Nothing more is expected from then on, on the monotonic clock. */
  shownUntilMs: number
}

/** Labels that the broker gives; an attribute of the same name is left out. */
const ownLabels: ReadonlySet<string> = new Set(['client_id', 'client_instance_id'])
const kafkaPrefix = 'org_apache_kafka_'
/** Before names that are not Kafka's: no client may speak in the name of the broker. */
const foreignPrefix = 'client_'

export class PushedSeries {
  readonly #limits: SeriesLimits
  readonly #clients = new Map<string, ClientSeries>()
  #count = 0
  #characters = 0
  /** Values that found no room. */
  dropped = 0

  constructor(limits: SeriesLimits) {
    this.#limits = limits
  }

  /** Takes what a client has pushed. It is shown until `shownUntilMs`. */
  take(client: PushingClient, { resource, values, beyond }: PushedMetrics, shownUntilMs: number): void {
    const id = client.clientInstanceId
    const before = this.#clients.get(id)
    if (before) this.#remove(id, before)
    const info = this.#infoOf(client, resource)
    const characters = JSON.stringify(info).length
    this.dropped += beyond
    if (this.#clients.size >= this.#limits.clientsMax || !this.#hasRoom(characters)) {
      this.dropped += values.length
      return
    }
    this.#characters += characters
    const entry: ClientSeries = { info, byKey: new Map(), characters, shownUntilMs }
    this.#clients.set(id, entry)
    // Sums go on, gauges are what was pushed last.
    for (const [key, series] of before?.byKey ?? []) if (series.isSum) this.#add(entry, key, series)
    const own = { client_id: info['client_id']!, client_instance_id: id }
    for (const value of values) this.#put(entry, value, own)
  }

  /** The client has gone: its last values are shown for a while, so that a scraper sees them. */
  end(clientInstanceId: string, nowMs: number): void {
    const client = this.#clients.get(clientInstanceId)
    if (client) client.shownUntilMs = Math.min(client.shownUntilMs, nowMs + this.#limits.lingerMs)
  }

  /** Forgets what is not shown any more. */
  sweep(nowMs: number): void {
    for (const [id, client] of this.#clients) if (client.shownUntilMs <= nowMs) this.#remove(id, client)
  }

  get clientCount(): number {
    return this.#clients.size
  }

  get seriesCount(): number {
    return this.#count
  }

  *families(): Generator<Family> {
    yield {
      name: 'kafka_client_info',
      type: 'gauge',
      help: 'A client that pushes metrics, and what it is.',
      samples: Array.from(this.#clients.values(), ({ info }) => ({ labels: info, value: 1 })),
    }
    const byName = new Map<string, Series[]>()
    for (const { byKey } of this.#clients.values()) {
      for (const series of byKey.values()) {
        const known = byName.get(series.name)
        if (known) known.push(series)
        else byName.set(series.name, [series])
      }
    }
    for (const [name, all] of byName) yield familyOf(name, all)
  }

  #put(client: ClientSeries, pushed: PushedValue, own: Labels): void {
    const { kind, value, attributes } = pushed
    const name = this.#nameOf(pushed)
    const labels = { ...own, ...this.#attributesOf(attributes, ownLabels) }
    const key = JSON.stringify([name, labels])
    const known = client.byKey.get(key)
    if (known) known.value = kind === 'delta' ? known.value + value : value
    else this.#add(client, key, { name, labels, isSum: kind !== 'gauge', value })
  }

  #add(client: ClientSeries, key: string, series: Series): void {
    const { seriesMax, seriesPerClientMax } = this.#limits
    const isFull = this.#count >= seriesMax || client.byKey.size >= seriesPerClientMax
    if (isFull || !this.#hasRoom(key.length)) {
      this.dropped++
      return
    }
    this.#count++
    this.#characters += key.length
    client.characters += key.length
    client.byKey.set(key, series)
  }

  #remove(id: string, { byKey, characters }: ClientSeries): void {
    this.#clients.delete(id)
    this.#count -= byKey.size
    this.#characters -= characters
  }

  #hasRoom(characters: number): boolean {
    return this.#characters + characters <= this.#limits.charactersMax
  }

  /** `org.apache.kafka.producer.record.send.total` → `org_apache_kafka_producer_record_send_total`. */
  #nameOf({ name, kind }: PushedValue): string {
    const plain = this.#cut(name).replace(/[^a-zA-Z0-9_]/g, '_')
    const owned = plain.startsWith(kafkaPrefix) ? plain : foreignPrefix + plain
    return kind === 'gauge' || owned.endsWith('_total') ? owned : `${owned}_total`
  }

  #infoOf(client: PushingClient, resource: ReadonlyMap<string, string>): Labels {
    const own = {
      client_id: this.#cut(client.clientId),
      client_instance_id: client.clientInstanceId,
      client_software_name: this.#cut(client.softwareName),
      client_software_version: this.#cut(client.softwareVersion),
      client_source_address: client.address,
      principal: this.#cut(client.principal),
    }
    return { ...own, ...this.#attributesOf(resource, new Set(Object.keys(own))) }
  }

  /** In the order of their names: labels are the same in whatever order they come. */
  #attributesOf(attributes: ReadonlyMap<string, string>, taken: ReadonlySet<string>): Record<string, string> {
    const labels = new Map<string, string>()
    for (const [key, value] of attributes) {
      if (labels.size >= this.#limits.labelsMax) break
      const name = this.#cut(key)
        .replace(/[^a-zA-Z0-9_]/g, '_')
        .replace(/^(?=\d|__|$)/, 'label_')
      if (!taken.has(name)) labels.set(name, this.#cut(value))
    }
    return Object.fromEntries([...labels].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  #cut(text: string): string {
    return beginningOf(text, this.#limits.textMaxLength)
  }
}

function familyOf(name: string, all: readonly Series[]): Family {
  const sums = all.filter(({ isSum }) => isSum).length
  // Clients of different software may disagree about what a name is.
  const type = sums === all.length ? 'counter' : sums === 0 ? 'gauge' : 'untyped'
  const samples: Sample[] = all.map(({ labels, value }) => ({ labels, value }))
  return { name, type, help: 'Pushed by clients (KIP-714).', samples }
}
