// Where a service's metrics and health are served.
import { ConfigError } from '@millrace/client'
import { checkFields } from '../check-fields.ts'
import type { ServiceHealth } from '../observe/health.ts'
import type { MeasuredService } from '../observe/prometheus.ts'

/** Where metrics and health are served. */
export interface EndpointOptions {
  /** Port; 0 for a free one. Default 9,464. */
  readonly port?: number
  /** Address that is listened at: who reaches it reads names of topics and groups. `::` for all. Default `127.0.0.1`. */
  readonly host?: string
}

/** Options of `serveHealth`. */
export interface ServeHealthOptions extends EndpointOptions {
  /** Further metrics in Prometheus's text format, behind those of the services: of clients (`prometheusText`), of a lag monitor. Default: none. */
  readonly more?: () => string
}

/** A service, as far as its endpoint needs to know it. */
export interface ServedService extends MeasuredService {
  /** What it is called. */
  readonly name: string
  /** How it is. */
  health(): ServiceHealth
  /** Whether it does its work. */
  readiness(): { readonly ready: boolean; readonly reason: string | undefined }
}

/** An endpoint that listens. */
export interface HealthEndpoint extends AsyncDisposable {
  /** `http://127.0.0.1:9464`, without a path. */
  readonly url: string
  /** Ends it, with all connections. Never rejects. */
  close(): Promise<void>
}

/** Throws ConfigError for what is no address. */
export function checkEndpoint(place: string, options: EndpointOptions): void {
  checkFields(place, options, ['port', 'host'])
  const { port, host } = options
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new ConfigError(`${place}: port is ${port}; write a whole number from 0 to 65535`)
  if (host !== undefined && (typeof host !== 'string' || host === ''))
    throw new ConfigError(`${place}: host is no address; leave it out for 127.0.0.1`)
}
