// Under which names a module's things are found: the classes themselves, and names of their own where an application has several modules.
import type { Admin, Producer } from '@millrace/client'
import type { Service } from '@millrace/service'
import { Inject, type InjectionToken, type Type } from '@nestjs/common'
import type { MillraceClient } from '../client/millrace-client.ts'
import type { MillraceHealthIndicator } from './millrace-health-indicator.ts'

/** What a module has to inject. */
export type Injectable = Producer | Admin | Service | MillraceClient | MillraceHealthIndicator

/**
 * The token of something of a module: its class, or for a module with an `id` a name of its own.
 *
 * @example
 * app.get(millraceToken(Producer, 'analytics'))
 */
export function millraceToken<T extends Injectable>(
  of: Type<T> | (abstract new (...args: never[]) => T),
  id?: string,
): InjectionToken<T> {
  return (id === undefined ? of : `millrace:${id}:${of.name}`) as InjectionToken<T>
}

/**
 * Injects something of a module with an `id`: `constructor(@InjectMillrace(Producer, 'analytics') producer: Producer)`. Of a module without one the type says enough.
 */
export function InjectMillrace<T extends Injectable>(
  of: Type<T> | (abstract new (...args: never[]) => T),
  id?: string,
): ParameterDecorator & PropertyDecorator {
  return Inject(millraceToken(of, id))
}
