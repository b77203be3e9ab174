// The HTTP port of `millrace up` where nobody has said where it is to be: on this machine alone, after the first clients, and no reason not to serve.
import type { Broker, BrokerOptions } from '@millrace/broker'

/** Where exporters of Apache Kafka's metrics are, by Strimzi's habit. */
const defaultPort = 9404
/** The first clients come before it. */
const patienceMs = 300

/** Serves metrics unless the configuration says something of it. Calls `failed` when the port cannot be had. Returns what calls it off. */
export function serveHttpLater(
  broker: Broker,
  { config = {}, port }: BrokerOptions,
  failed: (reason: string) => void,
): () => void {
  if (config['http.listener'] !== undefined) return () => {}
  const address = `127.0.0.1:${port === 0 ? 0 : defaultPort}`
  const serve = () => {
    broker.serveHttp(address).catch((error: unknown) => {
      failed(
        `no metrics: ${(error as Error).message} -X http.listener=HOST:PORT names another address, -X http.listener= none`,
      )
    })
  }
  const timer = setTimeout(serve, patienceMs).unref()
  return () => clearTimeout(timer)
}
