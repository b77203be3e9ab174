// What `fastify.millrace` is: a producer, topics, an admin and a service, from the server's start to its end.
import {
  Admin,
  type AnyTopic,
  BrokerError,
  type MeasuredClient,
  Producer,
  StateError,
} from '@millrace/client'
import { Service, type ServiceHealth } from '@millrace/service'
import type { ResolvedOptions, Topics } from './options.ts'
import type { TopicsOf } from './registry.ts'

/** All instances of a server, which share it. */
export type Instances = Map<string | undefined, MillraceInstance>

let instancesIn: (instance: MillraceInstance) => Instances

/** All that are registered with the same server. */
export function instancesOf(instance: MillraceInstance): Instances {
  return instancesIn(instance)
}

/** What the routes and `fastify.millrace` tell of an instance. */
export interface InstanceHealth {
  /** Whether it does its work. */
  readonly ready: boolean
  /** What is missing; undefined where nothing is. */
  readonly reason: string | undefined
  /** Its service; undefined without one. */
  readonly service: ServiceHealth | undefined
}

/** The things of one registration of the plugin. `Name`: its name, for the types of its topics ({@link MillraceRegistry}). */
export class MillraceInstance<Name extends string = 'default'> {
  /** The name that it was registered by; undefined without one. */
  readonly name: string | undefined
  /** The topics that were given to the plugin. */
  readonly topics: TopicsOf<Name>
  /** Writes records; within a request `request.millrace.send(…)` does, and says which request they come of. Flushed and closed with the server. */
  readonly producer: Producer
  /** Administration. Closed with the server. */
  readonly admin: Admin
  readonly #service: Service | undefined
  readonly #instances: Instances
  readonly #options: ResolvedOptions
  #state: 'registered' | 'ready' | 'closing' = 'registered'

  static {
    instancesIn = instance => instance.#instances
  }

  /** @internal Made by the plugin. */
  constructor(options: ResolvedOptions, instances: Instances) {
    const { cluster, producer, service } = options
    this.name = options.name
    this.topics = options.topics as TopicsOf<Name>
    this.producer = new Producer({ ...producer, ...cluster })
    this.admin = new Admin(cluster)
    this.#service = service === undefined || service instanceof Service ? service : new Service(service)
    this.#instances = instances
    this.#options = options
  }

  /** The service: tell it what to handle before the server is ready. Throws StateError where the plugin was given none. */
  get service(): Service {
    if (this.#service) return this.#service
    throw new StateError(
      'the plugin was registered without a service: give it the option service: { name: … }',
    )
  }

  /** Another registration, by its name. Throws StateError where there is none. */
  of<Other extends string>(name: Other): MillraceInstance<Other> {
    const found = this.#instances.get(name)
    if (found) return found as unknown as MillraceInstance<Other>
    const names = [...this.#instances.keys()].filter(each => each !== undefined)
    throw new StateError(
      `no plugin was registered by the name "${name}"; there are ${names.length > 0 ? names.join(', ') : 'none with names'}`,
    )
  }

  /** How it is: what the readiness route says of it. */
  health(): InstanceHealth {
    const service = this.#service?.health()
    const reason =
      this.#state === 'ready' ? this.#service?.readiness().reason : `the server is ${this.#state}`
    return { ready: reason === undefined, reason, service }
  }

  /** Clients whose metrics are told. */
  get clients(): readonly MeasuredClient[] {
    return [this.producer, this.admin]
  }

  /** @internal When the server becomes ready. Rejects with what keeps it from that. */
  async start(): Promise<void> {
    const { topics, createTopics, connectAtStart } = this.#options
    if (connectAtStart) await this.producer.cluster.apiRanges()
    if (createTopics) await createMissing(this.admin, topics)
    await this.#service?.start()
    this.#state = 'ready'
  }

  /** @internal Nothing more is to come: the readiness route says so. */
  beginClosing(): void {
    this.#state = 'closing'
  }

  /** @internal When the server closes: handlers end, and what was sent is written. */
  async close(): Promise<void> {
    this.beginClosing()
    await this.#service?.stop()
    this.admin.close()
    await this.producer.close()
  }

  /** @internal The service's end, for who tells of it; undefined without a service. */
  failure(): Promise<Error | undefined> | undefined {
    const service = this.#service
    return service?.ended.then(() => service.error)
  }
}

async function createMissing(admin: Admin, topics: Topics): Promise<void> {
  const wanted: readonly AnyTopic[] = Object.values(topics)
  if (wanted.length === 0) return
  for (const { error } of await admin.createTopics(wanted)) {
    if (error && !(error instanceof BrokerError && error.code === 'TOPIC_ALREADY_EXISTS')) throw error
  }
}
