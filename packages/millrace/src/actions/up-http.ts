// The HTTP port of `millrace up` where nobody has said where it is to be: on this machine alone, and no reason not to serve.
import type { Broker, BrokerOptions } from '@millrace/broker'

/** Where exporters of Apache Kafka's metrics are, by Strimzi's habit. */
const defaultPort = 9404

/** Serves metrics unless the configuration says something of it. Calls `failed` when the port cannot be had. */
export async function serveHttpByDefault(
  broker: Broker,
  { config = {}, port }: BrokerOptions,
  failed: (reason: string) => void,
): Promise<void> {
  if (config['http.listener'] !== undefined) return
  try {
    await broker.serveHttp(`127.0.0.1:${port === 0 ? 0 : defaultPort}`)
  } catch (error) {
    const { message } = error as Error
    failed(
      `no metrics: ${message} -X http.listener=127.0.0.1:0 takes any that is free, -X http.listener= none`,
    )
  }
}
