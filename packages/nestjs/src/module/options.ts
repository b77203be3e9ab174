// What a module needs to know.
import type { ServiceOptions } from '@millrace/service'
import type { InjectionToken, ModuleMetadata, OptionalFactoryDependency, Type } from '@nestjs/common'
import type { ClusterOptions } from '@millrace/client'
import type { MillraceClientOptions } from '../client/options.ts'

/** Options of the things that a module makes: those of a service, whose `brokers`, `tls`, `sasl` … all of them share, and whose `producer` options the producer has, too. */
export interface MillraceOptions extends ServiceOptions {
  /** Further options of the MillraceClient. Default: none. */
  readonly client?: Omit<MillraceClientOptions, keyof ClusterOptions>
  /** Whether the service starts with the application, once all modules have said what it handles. Default true. */
  readonly autoStart?: boolean
}

/** How a module is found. */
export interface MillraceModulePlace {
  /** Tells several modules apart: what they have is injected by `@InjectMillrace(Producer, id)`. Default: none, and it is injected by its class. */
  readonly id?: string
  /** Whether all modules find it without importing it. Default false. */
  readonly isGlobal?: boolean
}

/** Something that makes options: a class of the application. */
export interface MillraceOptionsFactory {
  /** Makes them. */
  createMillraceOptions(): MillraceOptions | Promise<MillraceOptions>
}

/** Options of {@link MillraceModule.registerAsync}: one of `useFactory`, `useClass` and `useExisting`. */
export interface MillraceModuleAsyncOptions extends MillraceModulePlace, Pick<ModuleMetadata, 'imports'> {
  /** Makes the options of what `inject` names. */
  readonly useFactory?: (...injected: never[]) => MillraceOptions | Promise<MillraceOptions>
  /** What `useFactory` is given. Default: nothing. */
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[]
  /** A class that makes the options, to be made by the module. Default: none. */
  readonly useClass?: Type<MillraceOptionsFactory>
  /** A provider that makes the options. Default: none. */
  readonly useExisting?: InjectionToken<MillraceOptionsFactory>
}
