// What services tell beside what their clients measure: retries, dead letters, records that are passed over, breakers, rebalances. Spans of their handlers come by the hooks.
import { type Attributes, type MeterProvider, metrics } from '@opentelemetry/api'
import { attribute, errorTypeOf, schemaUrl } from './conventions.ts'
import { scope } from './open-telemetry.ts'

/** What a service tells, as far as it is counted. */
export interface CountedEvent {
  /** What has happened. */
  readonly type: string
  /** Name of the service. */
  readonly service: string
  /** The group that works. */
  readonly group?: string
  /** Where the record was first. */
  readonly origin?: { readonly topic: string }
  /** Why a record was given up, or passed over. */
  readonly reason?: string
  /** What a handler threw. */
  readonly error?: unknown
  /** Name of a breaker. */
  readonly breaker?: string
  /** Where the breaker stands. */
  readonly state?: string
}

/** Options of {@link serviceTelemetry}. */
export interface ServiceTelemetryOptions {
  /** Who keeps metrics. Default: the global one. */
  readonly meterProvider?: MeterProvider
}

/**
 * Makes a listener that counts what services tell: `millrace.service.retries`, `.dead_letters`, `.skipped`, `.rebalances` and `.breaker.changes`. Traces need no more than `hooks: [openTelemetry()]`.
 *
 * @example
 * const service = new Service({ name: 'billing', brokers: ['localhost:9092'], hooks: [openTelemetry()], onServiceEvent: serviceTelemetry() })
 */
export function serviceTelemetry(options: ServiceTelemetryOptions = {}): (event: CountedEvent) => void {
  const { meterProvider = metrics } = options
  const meter = meterProvider.getMeter(scope.name, scope.version, { schemaUrl })
  const counter = (name: string, unit: string, description: string) =>
    meter.createCounter(`millrace.service.${name}`, { unit, description })
  const retries = counter(
    'retries',
    '{record}',
    'Attempts that failed and are made again, in place or from a retry topic.',
  )
  const deadLetters = counter('dead_letters', '{record}', 'Records in dead letter topics.')
  const skipped = counter('skipped', '{record}', 'Records passed over on purpose.')
  const rebalances = counter('rebalances', '{rebalance}', 'Times that partitions came or went.')
  const breakers = counter('breaker.changes', '{change}', 'Changes of circuit breakers.')
  return event => {
    const { type, reason, breaker, state } = event
    switch (type) {
      case 'record.retried':
      case 'record.parked':
        return retries.add(1, {
          ...common(event),
          'millrace.retry.where': type === 'record.retried' ? 'in-place' : 'retry-topic',
        })
      case 'record.dead_lettered':
        return deadLetters.add(1, {
          ...common(event),
          ...(reason && { 'millrace.dead_letter.reason': reason }),
        })
      case 'record.skipped':
        return skipped.add(1, { ...common(event), ...(reason && { 'millrace.skipped.reason': reason }) })
      case 'partitions.assigned':
      case 'partitions.revoked':
      case 'partitions.lost':
        return rebalances.add(1, {
          ...common(event),
          'millrace.rebalance.what': type.slice('partitions.'.length),
        })
      case 'breaker.state':
        return breakers.add(1, {
          ...common(event),
          ...(breaker && { 'millrace.breaker.name': breaker }),
          ...(state && { 'millrace.breaker.state': state }),
        })
    }
  }
}

function common({ service, group, origin, error }: CountedEvent): Attributes {
  return {
    [attribute.system]: 'kafka',
    'millrace.service.name': service,
    ...(origin && { [attribute.destination]: origin.topic }),
    ...(group !== undefined && { [attribute.group]: group }),
    ...(error !== undefined && { [attribute.errorType]: errorTypeOf(error) }),
  }
}
