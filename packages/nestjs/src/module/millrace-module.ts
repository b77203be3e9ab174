// A module with a producer, a service, an admin and a client to inject, which live as long as the application.
import { Admin, ConfigError, isClusterOption, Producer, type ClusterOptions } from '@millrace/client'
import { Service, type ServiceOptions } from '@millrace/service'
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  type FactoryProvider,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common'
import { MillraceClient } from '../client/millrace-client.ts'
import { nestLogger } from '../nest-logger.ts'
import { MillraceHealthIndicator } from './millrace-health-indicator.ts'
import type {
  MillraceModuleAsyncOptions,
  MillraceModulePlace,
  MillraceOptions,
  MillraceOptionsFactory,
} from './options.ts'
import { millraceToken } from './tokens.ts'

/**
 * What an application injects: `Producer`, `Service`, `Admin`, `MillraceClient` and `MillraceHealthIndicator`. All are closed with the application; the service starts with it, and handles what
 * providers have told it to until then (`service.handle(…)` in `onModuleInit`).
 *
 * @example
 * const billing = MillraceModule.register({ name: 'billing', brokers: ['localhost:9092'] })
 * Module({ imports: [billing] })(AppModule) // as a decorator of the class
 */
export class MillraceModule {
  /** With options that are known. Throws ConfigError when the application starts, for options that cannot be. */
  static register(options: MillraceOptions & MillraceModulePlace): DynamicModule {
    const { id, isGlobal, ...rest } = options
    return moduleOf({ id, isGlobal }, [{ provide: optionsToken(id), useValue: rest }], [])
  }

  /** With options that other providers know. Throws ConfigError where not one of `useFactory`, `useClass` and `useExisting` is given. */
  static registerAsync(options: MillraceModuleAsyncOptions): DynamicModule {
    const { id, isGlobal, imports = [] } = options
    return moduleOf({ id, isGlobal }, optionsProviders(options), imports)
  }
}
Module({})(MillraceModule)

const optionsToken = (id: string | undefined): string => `millrace:${id ?? ''}:options`

type Place = { readonly [Name in keyof MillraceModulePlace]: MillraceModulePlace[Name] | undefined }

function moduleOf(
  { id, isGlobal = false }: Place,
  options: readonly Provider[],
  imports: NonNullable<DynamicModule['imports']>,
): DynamicModule {
  const things = thingsOf(id)
  return {
    module: MillraceModule,
    global: isGlobal,
    imports,
    providers: [...options, ...things, lifeOf(id)],
    exports: things.map(({ provide }) => provide),
  }
}

function optionsProviders(options: MillraceModuleAsyncOptions): Provider[] {
  const { id, useFactory, inject = [], useClass, useExisting } = options
  const given = [useFactory, useClass, useExisting].filter(each => each !== undefined)
  if (given.length !== 1)
    throw new ConfigError('MillraceModule.registerAsync: write one of useFactory, useClass and useExisting')
  const provide = optionsToken(id)
  if (useFactory) return [{ provide, useFactory: useFactory as FactoryProvider['useFactory'], inject }]
  const factory = useExisting ?? useClass!
  const asked = {
    provide,
    useFactory: (maker: MillraceOptionsFactory) => maker.createMillraceOptions(),
    inject: [factory],
  }
  return useClass ? [{ provide: useClass, useClass }, asked] : [asked]
}

interface Parts {
  readonly cluster: ClusterOptions
  readonly service: ServiceOptions
  readonly client: MillraceOptions['client']
}

/** Whom each option is for. */
function partsOf(options: MillraceOptions): Parts {
  const logger = nestLogger(new Logger('Millrace'))
  const { client, autoStart: _, ...service } = options
  const cluster = Object.fromEntries(Object.entries(service).filter(([name]) => isClusterOption(name)))
  const clientId = options.clientId ?? options.name
  return {
    cluster: { logger, ...cluster, clientId } as unknown as ClusterOptions,
    service: { logger, ...service },
    client,
  }
}

function thingsOf(id: string | undefined): FactoryProvider[] {
  const make = <T>(
    provide: FactoryProvider['provide'],
    from: (parts: Parts, options: MillraceOptions) => T,
  ) => ({
    provide,
    useFactory: (options: MillraceOptions) => from(partsOf(options), options),
    inject: [optionsToken(id)],
  })
  return [
    make(
      millraceToken(Producer, id),
      ({ cluster }, { producer }) => new Producer({ ...producer, ...cluster }),
    ),
    make(millraceToken(Admin, id), ({ cluster }) => new Admin(cluster)),
    make(millraceToken(Service, id), ({ service }) => new Service(service)),
    make(
      millraceToken(MillraceClient, id),
      ({ cluster, client }) => new MillraceClient({ ...client, ...cluster }),
    ),
    {
      provide: millraceToken(MillraceHealthIndicator, id),
      useFactory: (service: Service) => new MillraceHealthIndicator(service),
      inject: [millraceToken(Service, id)],
    },
  ]
}

function lifeOf(id: string | undefined): FactoryProvider<Life> {
  return {
    provide: `millrace:${id ?? ''}:life`,
    useFactory: (...parts: ConstructorParameters<typeof Life>) => new Life(...parts),
    inject: [
      optionsToken(id),
      millraceToken(Producer, id),
      millraceToken(Admin, id),
      millraceToken(Service, id),
      millraceToken(MillraceClient, id),
    ],
  }
}

/** From the application's start to its end. */
class Life implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #options: MillraceOptions
  readonly #producer: Producer
  readonly #admin: Admin
  readonly #service: Service
  readonly #client: MillraceClient

  constructor(
    options: MillraceOptions,
    producer: Producer,
    admin: Admin,
    service: Service,
    client: MillraceClient,
  ) {
    this.#options = options
    this.#producer = producer
    this.#admin = admin
    this.#service = service
    this.#client = client
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.#options.autoStart ?? true) await this.#service.start()
  }

  /** Handlers may still write while they come to their end. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#service.stop()
  }

  async onApplicationShutdown(): Promise<void> {
    this.#admin.close()
    await Promise.all([this.#client.close(), this.#producer.close()])
  }
}
