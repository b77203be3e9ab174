// The settings of a service: sections for Kafka, logs, the service itself, its handlers and its metrics, beside those of its clients.
import {
  clientOptionNames,
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  isClusterOption,
  type ProducerOptions,
} from '@millrace/client'
import { nearestName } from '@millrace/runtime'
import type { HandleBatchOptions, HandleOptions, ServiceOptions } from '@millrace/service'
import { readDocument } from './document.ts'
import type { Entry, Environment, Sections } from './entry.ts'
import { readTable } from './read-table.ts'
import {
  handlerTable,
  kafkaTable,
  logTable,
  metricsTable,
  serviceTable,
  type Table,
} from './service-table.ts'
import { layersOf, Settings, type SettingsOptions, throwProblems, warnOfSlips } from './settings.ts'

/** The section `kafka`. */
export interface KafkaSettings {
  /** Addresses to start from, `host:port` each. */
  readonly brokers: readonly string[]
  /** Who we are to brokers; undefined for nobody. */
  readonly username: string | undefined
  /** The password that goes with it. It is not shown by `console.log` and `JSON.stringify`. */
  readonly password: string | undefined
  /** How the password is proved. Default `plain`. */
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  /** The topic that the application works on; undefined where it says so itself. */
  readonly topic: string | undefined
  /** How often a producer sends a batch again; undefined: until its delivery timeout. */
  readonly retries: number | undefined
  /** Whether listeners of deliveries (`onDelivery`, `onRecordDelivery`) hear of what was written, and not of failures only. Default true. */
  readonly producerReturnSuccesses: boolean
}

/** The section `log`: what `createLogger` of `@millrace/pino` takes. */
export interface LogSettings {
  /** What is less important is not written. Default `info`. */
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Size at which the file is put aside, in megabytes. Default 100. */
  readonly rotationSize: number
  /** How long files that were put aside are kept, in days. Default 7. */
  readonly rotationCount: number
  /** A file for the lines. Default: none. */
  readonly file?: string
  /** Default `json`. */
  readonly format?: 'json' | 'ecs'
  /** Whether lines go to standard output. Default: where there is no file. */
  readonly stdout?: boolean
  /** Name of the service in each line. Default: `service.name`. */
  readonly service?: string
  /** The topic that lines are shipped to, with what reaches it. Default: none. */
  readonly topic?: ClusterOptions & { readonly topic: string }
  /** Paths of fields whose values are not written. Default: none. */
  readonly redact?: readonly string[]
}

/** The section `metrics`. */
export interface MetricsSettings {
  /** Port that metrics and health are served at; 0 for a free one. Default 9,464. */
  readonly port: number
  /** Address that it listens at. Default `127.0.0.1`. */
  readonly host: string
}

/** What can be written down of a handler's options; `batch` is for handlers of batches alone. */
export type HandlerSettings = Omit<HandleOptions, 'filter' | 'middleware' | 'dedupe'> &
  Pick<HandleBatchOptions, 'batch'>

const sectionNames = ['kafka', 'log', 'service', 'metrics', 'handlers'] as const
type SectionName = (typeof sectionNames)[number]

/** Sections whose fields variables set: `LOG_LEVEL`. */
const byVariable = {
  kafka: kafkaTable,
  log: logTable,
  service: serviceTable,
  metrics: metricsTable,
} satisfies Partial<Record<SectionName, Table>>
const ofProducers: readonly string[] = ['retries', 'producerReturnSuccesses']
const everyHandler = 'default'

/**
 * The settings of a service, made by `loadServiceSettings` and {@link parseServiceSettings}: typed, checked and whole, for services, handlers, loggers and clients to take as they are, or to be laid under what the program
 * says itself.
 */
export class ServiceSettings {
  /** The section `kafka`. */
  readonly kafka: KafkaSettings
  /** The section `log`, for `createLogger`. */
  readonly log: LogSettings
  /** The section `metrics`; undefined where there is none. */
  readonly metrics: MetricsSettings | undefined
  readonly #clients: Settings
  readonly #service: Readonly<Record<string, unknown>>
  readonly #handlers: ReadonlyMap<string, HandlerSettings>
  readonly #file: string

  /** @internal Use {@link parseServiceSettings}, which checks them. */
  constructor(parts: {
    readonly kafka: KafkaSettings
    readonly log: LogSettings
    readonly metrics: MetricsSettings | undefined
    readonly clients: Settings
    readonly service: Readonly<Record<string, unknown>>
    readonly handlers: ReadonlyMap<string, HandlerSettings>
    readonly file: string
  }) {
    this.kafka = parts.kafka
    this.log = parts.log
    this.metrics = parts.metrics
    this.#clients = parts.clients
    this.#service = parts.service
    this.#handlers = parts.handlers
    this.#file = parts.file
  }

  /**
   * Options for `new Service(…)`: the sections `service` and `metrics`, how to reach the cluster, and what the sections `consumer` and `producer` say beside that. Throws ConfigError without a name.
   */
  get service(): ServiceOptions {
    if (this.#service['name'] === undefined)
      throw new ConfigError(
        `${this.#file}: the service has no name; write one as service.name, or into SERVICE_NAME`,
      )
    const consumer = withoutCluster(this.#clients.consumer())
    const producer = withoutCluster(this.#clients.producer())
    return {
      ...this.#clients.admin(),
      ...this.#service,
      ...(Object.keys(consumer).length > 0 && { consumer }),
      ...(Object.keys(producer).length > 0 && { producer }),
      ...(this.metrics && { http: this.metrics }),
    } as ServiceOptions
  }

  /**
   * Options for `service.handle(…)` and `handleBatch`: those of `handlers.TOPIC` over those of `handlers.default`. None where the file has nothing for the topic. Throws ConfigError where it has something of nearly that name.
   */
  handler(topic: string): HandlerSettings {
    const own = this.#handlers.get(topic)
    if (own) return own
    const near = nearestName(
      topic,
      [...this.#handlers.keys()].filter(name => name !== everyHandler),
    )
    if (near !== undefined)
      throw new ConfigError(
        `${this.#file}: there is no "${topic}" in handlers, but "${near}": is that what was meant?`,
      )
    return this.#handlers.get(everyHandler) ?? {}
  }

  /** Options for `new Producer(…)`: those of `producers.NAME` where a name is given. Throws ConfigError for a name that there is not, and for variables that are missing. */
  producer<K = string | Uint8Array, V = string | Uint8Array>(name?: string): ProducerOptions<K, V> {
    return this.#clients.producer(name)
  }

  /** Options for `new Consumer(…)`: those of `consumers.NAME` where a name is given. Throws as {@link producer} does. */
  consumer<K = Buffer, V = Buffer>(name?: string): ConsumerOptions<K, V> {
    return this.#clients.consumer(name)
  }

  /** Options for `new Admin(…)` and `new Cluster(…)`. Throws as {@link producer} does. */
  admin(): ClusterOptions {
    return this.#clients.admin()
  }
}

/**
 * The settings of a service from a YAML text, under those of the environment (`KAFKA_BROKERS`, `LOG_LEVEL`, `SERVICE_NAME`, `METRICS_PORT`). Throws ConfigError with the places of all that is wrong, variables that are not set
 * included: a service learns of it at its start.
 *
 * @example
 * const settings = parseServiceSettings('{ kafka: { brokers: "localhost:9092" }, service: { name: billing } }')
 * const service = new Service(settings.service)
 */
export function parseServiceSettings(text: string, options: SettingsOptions = {}): ServiceSettings {
  const { env = process.env, file = 'settings' } = options
  const problems: string[] = []
  const document = readDocument(text, file, problems, { sections: sectionNames })
  for (const sections of [document.base, ...document.profiles.values()]) checkOthers(sections, problems)
  const layers = layersOf(document, { ...options, env, file }, problems)
  throwProblems(problems)
  warnOfSlips(env, [...variables().keys()])
  return new Builder(layers, env, file).build()
}

/** All that is wrong in a file, in profiles that nobody has chosen, too. */
function checkOthers(sections: Sections, problems: string[]): void {
  const env = undefined
  for (const [section, entries] of sections.others) {
    const name = section as SectionName
    if (name !== 'handlers') {
      const own = name === 'kafka' ? entries.filter(entry => Object.hasOwn(kafkaTable, entry.name)) : entries
      readTable(byVariable[name], own, { section: name, name, env, problems })
      if (name === 'kafka') checkKafka(entries, problems)
      continue
    }
    for (const entry of entries) {
      const where = `handlers.${entry.name}`
      if (entry.members)
        readTable(handlerTable, entry.members, { section: where, name: entry.name, env, problems })
      else if (entry.value !== undefined)
        problems.push(`${entry.place}: "${where}" is no mapping of names to settings`)
    }
  }
}

/** What is none of the section's own fields is an option of all clients. */
function checkKafka(entries: readonly Entry[], problems: string[]): void {
  const options = clientOptionNames('admin')
  for (const { name, place } of entries) {
    if (Object.hasOwn(kafkaTable, name) || options.has(name)) continue
    const home = (['producer', 'consumer'] as const).find(kind => clientOptionNames(kind).has(name))
    const near = nearestName(name, [...Object.keys(kafkaTable), ...options.keys()])
    const advice = near
      ? `did you mean "${near}"?`
      : `there are ${Object.keys(kafkaTable).join(', ')} and the options of all clients`
    problems.push(
      home
        ? `${place}: "${name}" is an option of a ${home}: write it under "${home}"`
        : `${place}: there is no "${name}" in kafka; ${advice}`,
    )
  }
}

/** Variables of sections, each with the section and the field that it sets. */
function variables(): Map<string, readonly [section: keyof typeof byVariable, field: string]> {
  const found = new Map<string, readonly [keyof typeof byVariable, string]>()
  for (const section of Object.keys(byVariable) as (keyof typeof byVariable)[]) {
    for (const field of Object.keys(byVariable[section]))
      found.set(`${section}_${field.replaceAll(/[A-Z]/g, '_$&')}`.toUpperCase(), [section, field])
  }
  return found
}

/** Makes settings of the layers that count. */
class Builder {
  readonly #layers: readonly Sections[]
  readonly #env: Environment
  readonly #file: string
  readonly #problems: string[] = []

  constructor(layers: readonly Sections[], env: Environment, file: string) {
    this.#layers = layers
    this.#env = env
    this.#file = file
  }

  build(): ServiceSettings {
    const kafka = this.#merged('kafka')
    const own = [...kafka.values()].filter(({ name }) => Object.hasOwn(kafkaTable, name))
    const fields = this.#read('kafka', own)
    const clients = new Settings(this.#clientLayers(kafka, fields), this.#env, this.#file)
    const service = this.#read('service', [...this.#merged('service').values()])
    const log = this.#read('log', [...this.#merged('log').values()])
    const metrics = this.#read('metrics', [...this.#merged('metrics').values()])
    const handlers = this.#handlers()
    const reach = this.#try(() => clients.admin())
    if (reach && !reach.brokers?.length)
      this.#problems.push(
        `${this.#file}: there are no brokers; write "host:port" as kafka.brokers, or into KAFKA_BROKERS`,
      )
    // What variables of the clients are missing is to be known now, too.
    this.#try(() => clients.producer())
    this.#try(() => clients.consumer())
    throwProblems(this.#problems)
    return new ServiceSettings({
      kafka: kafkaOf(fields, reach?.brokers ?? []),
      log: logOf(log, service['name'] as string | undefined, reach),
      metrics: metricsOf(metrics),
      clients,
      service,
      handlers,
      file: this.#file,
    })
  }

  #read(section: keyof typeof byVariable, entries: readonly Entry[]): Record<string, unknown> {
    return readTable(byVariable[section], entries, {
      section,
      name: section,
      env: this.#env,
      problems: this.#problems,
    })
  }

  #try<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      const { message } = error as Error
      if (!this.#problems.includes(message)) this.#problems.push(message)
      return undefined
    }
  }

  /** What counts of a section, variables over all of it. */
  #merged(section: keyof typeof byVariable): Map<string, Entry> {
    const merged = new Map<string, Entry>()
    for (const { others } of this.#layers) mergeInto(merged, others.get(section) ?? [])
    const fromEnv = [...variables()].flatMap(([variable, [of, name]]): Entry[] => {
      const value = of === section ? this.#env[variable] : undefined
      return value === undefined || value === '' ? [] : [{ name, value, place: variable, isLiteral: true }]
    })
    mergeInto(merged, fromEnv)
    return merged
  }

  /** The sections of clients with what `kafka` says: below them what is written, above them what variables say. */
  #clientLayers(
    kafka: ReadonlyMap<string, Entry>,
    fields: Readonly<Record<string, unknown>>,
  ): readonly Sections[] {
    const [below, above] = [noSections(), noSections()]
    for (const entry of kafka.values()) {
      const { name } = entry
      const layer = entry.isLiteral ? above : below
      if (name === 'brokers' || !Object.hasOwn(kafkaTable, name)) layer.client.push(entry)
      else if (ofProducers.includes(name)) layer.producer.push(...producerEntries(entry, fields[name]))
    }
    const login = this.#login(kafka, fields)
    const isOfVariables = ['username', 'password', 'mechanism'].some(name => kafka.get(name)?.isLiteral)
    if (login) (isOfVariables ? above : below).client.push(login)
    return [below, ...this.#layers, above]
  }

  #login(kafka: ReadonlyMap<string, Entry>, fields: Readonly<Record<string, unknown>>): Entry | undefined {
    const { username, password, mechanism = 'plain' } = fields
    const given = kafka.get('username') ?? kafka.get('password')
    if (!given) return undefined
    if (username === undefined || password === undefined) {
      const other = username === undefined ? 'username' : 'password'
      const isWrong = kafka.get(other)?.value !== undefined
      if (!isWrong) this.#problems.push(`${given.place}: "${given.name}" needs a ${other} beside it`)
      return undefined
    }
    return { name: 'sasl', value: { mechanism, username, password }, place: given.place, isLiteral: true }
  }

  #handlers(): ReadonlyMap<string, HandlerSettings> {
    const merged = new Map<string, Map<string, Entry>>()
    for (const { others } of this.#layers) {
      for (const { name, members = [] } of others.get('handlers') ?? []) {
        const own = merged.get(name) ?? new Map<string, Entry>()
        merged.set(name, own)
        mergeInto(own, members)
      }
    }
    const shared = merged.get(everyHandler) ?? new Map<string, Entry>()
    return new Map(
      Array.from(merged, ([name, own]): [string, HandlerSettings] => {
        const entries = [...new Map([...shared, ...own]).values()]
        const options = { section: `handlers.${name}`, name, env: this.#env, problems: this.#problems }
        return [name, readTable(handlerTable, entries, options) as HandlerSettings]
      }),
    )
  }
}

type OwnSections = Sections & { readonly client: Entry[]; readonly producer: Entry[] }

function noSections(): OwnSections {
  const none = new Map<string, readonly Entry[]>()
  return { client: [], producer: [], consumer: [], admin: [], producers: none, consumers: none, others: none }
}

function mergeInto(merged: Map<string, Entry>, layer: readonly Entry[]): void {
  for (const entry of layer) if (entry.value !== undefined) merged.set(entry.name, entry)
}

/** What a producer is told. Without retries nothing can be written once and in order: that is off then. */
function producerEntries(entry: Entry, value: unknown): Entry[] {
  if (value === undefined) return []
  const literal = (name: string, of: unknown): Entry => ({
    name,
    value: of,
    place: entry.place,
    isLiteral: true,
  })
  if (entry.name === 'producerReturnSuccesses')
    return value === false ? [literal('reportErrorsOnly', true)] : []
  return [literal('retries', value), ...(value === 0 ? [literal('idempotence', false)] : [])]
}

function kafkaOf(fields: Readonly<Record<string, unknown>>, brokers: readonly string[]): KafkaSettings {
  const settings = {
    username: undefined,
    password: undefined,
    mechanism: 'plain',
    topic: undefined,
    retries: undefined,
    producerReturnSuccesses: true,
    ...fields,
    // What sections of clients and their variables say of them counts more.
    brokers,
  } as KafkaSettings
  const shown = () => ({ ...settings, ...(settings.password !== undefined && { password: '…' }) })
  const hidden = { value: shown, enumerable: false }
  return Object.defineProperties(settings, {
    toJSON: hidden,
    [Symbol.for('nodejs.util.inspect.custom')]: hidden,
  })
}

function logOf(
  { topic, ...fields }: Readonly<Record<string, unknown>>,
  service: string | undefined,
  reach: ClusterOptions | undefined,
): LogSettings {
  return {
    level: 'info',
    rotationSize: 100,
    rotationCount: 7,
    ...(service !== undefined && { service }),
    ...fields,
    ...(topic !== undefined && { topic: { ...reach, topic } }),
  } as LogSettings
}

function metricsOf({ port, host }: Readonly<Record<string, unknown>>): MetricsSettings | undefined {
  if (port === undefined && host === undefined) return undefined
  return { port: (port as number | undefined) ?? 9_464, host: (host as string | undefined) ?? '127.0.0.1' }
}

function withoutCluster(options: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !isClusterOption(name)))
}
