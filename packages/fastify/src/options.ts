// What the plugin needs to know, with its defaults.
import {
  type AnyTopic,
  type ClusterOptions,
  ConfigError,
  isClusterOption,
  type ProducerOptions,
} from '@millrace/client'
import { Service, type ServiceOptions } from '@millrace/service'
import type { FastifyRequest } from 'fastify'

/** Topics by the names that the application has for them. */
export type Topics = Readonly<Record<string, AnyTopic>>

/** Paths of routes for who watches the process. */
export interface RoutePaths {
  /** Liveness: 503 once a service has failed, since only a new process helps. Default `/healthz`; false for none. */
  readonly live?: string | false
  /** Readiness: 503 until services have their partitions, and from when the server begins to close. Default `/readyz`; false for none. */
  readonly ready?: string | false
  /** Metrics of services and clients in Prometheus's text format. Default false: none. */
  readonly metrics?: string | false
}

/** Which piece of work records are part of that are sent within a request. */
export interface CorrelationOptions {
  /** Header of requests, and of replies, with its id. Default `x-correlation-id`; false for none. */
  readonly httpHeader?: string | false
  /** The id of a request. Default: its header's where that is one (200 visible characters at most), else a new UUID. */
  readonly idOf?: (request: FastifyRequest) => string
}

/** Options of the plugin. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface MillraceFastifyOptions extends ClusterOptions {
  /** Tells several of them apart: `fastify.millrace.of('analytics')`. Default: none, and it is `fastify.millrace`. */
  readonly name?: string
  /** Topics that handlers of requests name: `fastify.millrace.topics.orders`. Default: none. */
  readonly topics?: Topics
  /** Whether those that are missing are made when the server starts. Default false. */
  readonly createTopics?: boolean
  /** Further options of the producer. Default: none. */
  readonly producer?: Partial<Omit<ProducerOptions, keyof ClusterOptions | 'transactionalId'>>
  /**
   * A service that starts and ends with the server: its options, `name` at least, or one that is there. What it handles is told to `fastify.millrace.service` before the server is ready. Default: none.
   */
  readonly service?: Omit<ServiceOptions, keyof ClusterOptions> | Service
  /** Whether the server starts only where a broker answers (within `apiTimeoutMs`). Default true; a service is waited for in any case. */
  readonly connectAtStart?: boolean
  /** Routes, which answer for all that are registered. Default: liveness and readiness, where the plugin has no `name`; false for none. */
  readonly routes?: RoutePaths | false
  /** Correlation of what is sent within a request. Default: by the header `x-correlation-id`. */
  readonly correlation?: CorrelationOptions
}

export interface ResolvedOptions {
  readonly name: string | undefined
  readonly topics: Topics
  readonly createTopics: boolean
  readonly producer: Partial<ProducerOptions>
  readonly service: ServiceOptions | Service | undefined
  readonly connectAtStart: boolean
  readonly routes: Required<RoutePaths>
  readonly correlation: CorrelationOptions
  readonly cluster: ClusterOptions
}

const ownNames: readonly string[] = [
  'name',
  'topics',
  'createTopics',
  'producer',
  'service',
  'connectAtStart',
  'routes',
  'correlation',
]

/** What Fastify itself adds to a plugin's options. */
const fastifyNames: readonly string[] = ['prefix', 'logLevel', 'logSerializers']

const noRoutes: Required<RoutePaths> = { live: false, ready: false, metrics: false }
const usualRoutes: Required<RoutePaths> = { live: '/healthz', ready: '/readyz', metrics: false }

/** Checks options and fills in defaults. Those of clients and services are checked by them. Throws ConfigError. */
export function resolveOptions(
  options: MillraceFastifyOptions,
  defaults: Partial<ClusterOptions>,
): ResolvedOptions {
  const cluster: Record<string, unknown> = { ...defaults }
  for (const [name, value] of Object.entries(options)) {
    if (ownNames.includes(name) || fastifyNames.includes(name)) continue
    if (!isClusterOption(name)) throw new ConfigError(`@millrace/fastify: there is no option "${name}"`)
    cluster[name] = value
  }
  const { name, topics = {}, routes, service } = options
  if (name === '') throw new ConfigError('@millrace/fastify: name is empty; leave it out')
  for (const [key, topic] of Object.entries(topics)) {
    if (typeof (topic as Partial<AnyTopic> | undefined)?.name !== 'string')
      throw new ConfigError(`@millrace/fastify: topics.${key} is no topic; make one by topic(…) or events(…)`)
  }
  return {
    name,
    topics,
    createTopics: options.createTopics ?? false,
    producer: options.producer ?? {},
    service:
      service === undefined || service instanceof Service
        ? service
        : ({ ...service, ...cluster } as ServiceOptions),
    connectAtStart: options.connectAtStart ?? true,
    routes: routes === false ? noRoutes : { ...(name === undefined ? usualRoutes : noRoutes), ...routes },
    correlation: options.correlation ?? {},
    cluster: cluster as unknown as ClusterOptions,
  }
}
