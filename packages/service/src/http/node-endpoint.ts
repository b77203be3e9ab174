// Metrics and health of services over HTTP: what Prometheus scrapes, and what Kubernetes and load balancers ask.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '@millrace/client'
import { expositionType } from '@millrace/runtime'
import { servicePrometheusText } from '../observe/prometheus.ts'
import type { HealthEndpoint, ServedService, ServeHealthOptions } from './endpoint.ts'

const portDefault = 9_464
/** How long a request may take to arrive, in ms. */
const requestTimeoutMs = 10_000

/** Listens. Throws ConfigError where it cannot. */
export async function openEndpoint(
  services: readonly ServedService[],
  options: ServeHealthOptions = {},
): Promise<HealthEndpoint> {
  const { port = portDefault, host = '127.0.0.1', more = () => '' } = options
  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    try {
      answer(request, response, services, more)
    } catch (error) {
      response
        .writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
        .end(`${(error as Error).message}\n`)
    }
  })
  await listen(server, port, host)
  // What holds connections open must not hold the process.
  server.unref()
  const { address, port: bound, family } = server.address() as AddressInfo
  const close = () => closeServer(server)
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function answer(
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  services: readonly ServedService[],
  more: () => string,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const end = (status: number, type: string, body: string) => {
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
    response.end(method === 'HEAD' ? undefined : body)
  }
  const json = (isWell: boolean, body: object) =>
    end(isWell ? 200 : 503, 'application/json', `${JSON.stringify(body)}\n`)
  const [path] = url.split('?', 1)
  if (path === '/metrics') return end(200, expositionType, servicePrometheusText(services) + more())
  if (path === '/healthz') {
    const all = services.map(service => service.health())
    return json(
      all.every(({ healthy }) => healthy),
      { services: all.map(health => ({ ...health, error: health.error?.message })) },
    )
  }
  if (path === '/readyz') {
    const all = services.map(service => ({ service: service.name, ...service.readiness() }))
    return json(
      all.every(({ ready }) => ready),
      { services: all },
    )
  }
  end(404, 'text/plain; charset=utf-8', 'there are /metrics, /healthz and /readyz\n')
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) =>
      reject(new ConfigError(`metrics and health cannot be served at ${host}:${port}: ${error.message}`))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      resolve()
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
