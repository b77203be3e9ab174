// The HTTP port of a broker: metrics, and whether it is alive and ready. Loaded when it is switched on.
import type { Network } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import type { ConnectionCounts } from '../metrics/broker-families.ts'
import { expositionType } from '@millrace/runtime'
import type { RequestObserver } from '../server/request-observer.ts'
import { listenError } from '../server/server.ts'
import { parseHttpAddress } from './http-address.ts'
import { HttpListener, type HttpReply } from './http-listener.ts'
import { HttpError, type HttpRequest } from './http-request.ts'
import type { MetricsPage } from './metrics-page.ts'

export interface HttpServiceOptions {
  readonly core: BrokerCore
  readonly connections: ConnectionCounts
  readonly network: Network
  /** As in the property `http.listener`. */
  readonly address: string
  /** Why clients are not served; undefined when they are. */
  readonly notReady: () => string | undefined
}

const plain = 'text/plain; charset=utf-8'

const index = `millrace

/metrics   for Prometheus
/healthz   whether a restart would help (200 or 503)
/readyz    whether clients are served (200 or 503)
`

export class HttpService {
  readonly #options: HttpServiceOptions
  #page: MetricsPage | undefined
  #host = ''
  #listener: HttpListener | undefined

  private constructor(options: HttpServiceOptions) {
    this.#options = options
  }

  /** Throws `ConfigError` for what is no address, and `ListenError` for one that cannot be bound. */
  static async open(options: HttpServiceOptions): Promise<HttpService> {
    const { core, network } = options
    const { host, port } = parseHttpAddress(options.address)
    const service = new HttpService(options)
    try {
      service.#listener = await HttpListener.listen({
        network,
        clock: core.clock,
        host,
        port,
        answer: request => service.#answer(request),
        failed: error => core.logger.log('error', 'http.failed', { error: String(error) }),
      })
    } catch (error) {
      throw listenError(error, { name: 'http', host, port }, host, 'http.listener')
    }
    service.#host = host
    core.logger.log('info', 'http.started', { url: service.url })
    return service
  }

  /** Where it is, with the port that is bound. */
  get url(): string {
    const host = this.#host.includes(':') ? `[${this.#host}]` : this.#host
    return `http://${host}:${this.#listener?.port}`
  }

  /** Hears of every request of the broker; undefined until somebody has asked for metrics. */
  get observer(): RequestObserver | undefined {
    return this.#page?.requests
  }

  async close(): Promise<void> {
    this.#page?.close()
    await this.#listener?.close()
  }

  async #answer({ method, path, query }: HttpRequest): Promise<HttpReply> {
    if (method !== 'GET' && method !== 'HEAD')
      throw new HttpError(405, `${method} is not for this port: only GET and HEAD are`)
    switch (path) {
      case '/':
        return { status: 200, contentType: plain, body: [index] }
      case '/metrics':
        return { status: 200, contentType: expositionType, body: await this.#metrics(query) }
      case '/healthz':
        return stateReply(
          'alive',
          this.#options.core.logs.failure && 'a restart is needed: the disk has failed',
        )
      case '/readyz':
        return stateReply('ready', this.#options.notReady())
      default:
        throw new HttpError(404, `there is no ${path} here; there are /metrics, /healthz and /readyz`)
    }
  }

  async #metrics(query: URLSearchParams): Promise<Iterable<string>> {
    const { core, connections } = this.#options
    const { MetricsPage } = await import('./metrics-page.ts')
    this.#page ??= new MetricsPage(core, connections)
    return this.#page.lines(new Set(query.getAll('name[]')))
  }
}

function stateReply(state: string, fault: string | undefined): HttpReply {
  return { status: fault === undefined ? 200 : 503, contentType: plain, body: [`${fault ?? state}\n`] }
}
