// What health checks ask: results in the form of @nestjs/terminus, which need not be there.
import type { Service, ServiceHealth } from '@millrace/service'

/** What can be asked: a service, or a server of this package. */
export interface HealthSource {
  /** See `Service.health`; undefined for what has not begun. */
  health(): ServiceHealth | undefined
  /** See `Service.readiness`. */
  readiness(): ReturnType<Service['readiness']>
}

/** What is told under the name that was asked for. */
export interface MillraceHealth {
  /** Whether all is well. */
  readonly status: 'up' | 'down'
  /** What is missing; undefined where nothing is. */
  readonly reason?: string
  /** Where the service stands. */
  readonly state?: ServiceHealth['state']
  /** Each of its members. */
  readonly groups?: ServiceHealth['groups']
  /** Its circuit breakers. */
  readonly breakers?: ServiceHealth['breakers']
}

/** A result as terminus takes it, by name. */
export type MillraceHealthResult<Key extends string = string> = Readonly<Record<Key, MillraceHealth>>

/**
 * Tells how a service is: `isAlive` for liveness probes (down once it has failed: start the process again), `isReady` for readiness probes (up while it has its partitions). Both answer at once and ask
 * no broker.
 *
 * @example
 * health.check([() => indicator.isReady('kafka', server)])
 */
export class MillraceHealthIndicator {
  readonly #source: HealthSource | undefined

  /** `source`: who is asked where nobody else is named. Default: somebody has to be named. */
  constructor(source?: HealthSource) {
    this.#source = source
  }

  /** Down once the service has failed. Throws TypeError where nobody is there to ask. */
  isAlive<Key extends string>(key: Key, source?: HealthSource): MillraceHealthResult<Key> {
    const health = this.#asked(source).health()
    const hasFailed = health?.healthy === false
    return resultOf(key, health, hasFailed ? (health.error?.message ?? 'the service has failed') : undefined)
  }

  /** Up while the service does its work. Throws TypeError where nobody is there to ask. */
  isReady<Key extends string>(key: Key, source?: HealthSource): MillraceHealthResult<Key> {
    const asked = this.#asked(source)
    return resultOf(key, asked.health(), asked.readiness().reason)
  }

  #asked(source: HealthSource | undefined): HealthSource {
    const asked = source ?? this.#source
    if (!asked) throw new TypeError('MillraceHealthIndicator: name the server or service that is to be asked')
    return asked
  }
}

function resultOf<Key extends string>(
  key: Key,
  health: ServiceHealth | undefined,
  reason: string | undefined,
): MillraceHealthResult<Key> {
  const result: MillraceHealth = {
    status: reason === undefined ? 'up' : 'down',
    ...(reason !== undefined && { reason }),
    ...(health && { state: health.state, groups: health.groups, breakers: health.breakers }),
  }
  return { [key]: result } as MillraceHealthResult<Key>
}
