// Counts of a client's connections and requests, as plain numbers.
import type { BrokerTraffic } from '../network/traffic.ts'
import type { ConnectionPool } from './connection-pool.ts'
import type { Metadata } from './metadata.ts'

/** Counts of one broker, since the client was made, over all connections to it. They only rise: rates are differences over time. */
export interface BrokerStatistics {
  /** The broker's address, `host:port`. */
  readonly broker: string
  /** Its id, as far as metadata names one at this address at present; −1 for a bootstrap address that is nobody's. */
  readonly nodeId: number
  /** Connections that were opened. */
  readonly connectionsOpened: number
  /** Connections that could not be opened. */
  readonly connectionsFailed: number
  /** Connections that have ended. */
  readonly connectionsClosed: number
  /** Requests that have left. */
  readonly requests: number
  /** Answers that have come. */
  readonly responses: number
  /** Requests that had no answer: late, or their connection ended. */
  readonly requestsFailed: number
  /** Bytes sent. */
  readonly bytesOut: number
  /** Bytes received. */
  readonly bytesIn: number
  /** Sum over all responses, from leaving to the answer: by `responses` it is the mean. Fetches wait for data, and joins for members. */
  readonly latencyMsTotal: number
  /** Sum of the silence that the broker asked for (KIP-219). */
  readonly throttleMsTotal: number
}

/** Counts of all brokers together, and of each. */
export interface ClusterStatistics extends Omit<BrokerStatistics, 'broker' | 'nodeId'> {
  /** Connections that are open at present. */
  readonly connections: number
  /** Requests that have left and are not answered at present. */
  readonly requestsInFlight: number
  /** The counts of each broker that was connected to. */
  readonly brokers: readonly BrokerStatistics[]
}

export function clusterStatistics(pool: ConnectionPool, metadata: Metadata): ClusterStatistics {
  const ids = new Map<string, number>()
  for (const { id, host, port } of metadata.nodes.values()) ids.set(`${host}:${port}`, id)
  const brokers = Array.from(pool.traffic, traffic =>
    brokerStatistics(traffic, ids.get(traffic.broker) ?? -1),
  )
  const sum = (count: (of: BrokerStatistics) => number) =>
    brokers.reduce((total, broker) => total + count(broker), 0)
  const { connections, inFlight } = pool.load
  return {
    connections,
    requestsInFlight: inFlight,
    connectionsOpened: sum(({ connectionsOpened }) => connectionsOpened),
    connectionsFailed: sum(({ connectionsFailed }) => connectionsFailed),
    connectionsClosed: sum(({ connectionsClosed }) => connectionsClosed),
    requests: sum(({ requests }) => requests),
    responses: sum(({ responses }) => responses),
    requestsFailed: sum(({ requestsFailed }) => requestsFailed),
    bytesOut: sum(({ bytesOut }) => bytesOut),
    bytesIn: sum(({ bytesIn }) => bytesIn),
    latencyMsTotal: sum(({ latencyMsTotal }) => latencyMsTotal),
    throttleMsTotal: sum(({ throttleMsTotal }) => throttleMsTotal),
    brokers,
  }
}

function brokerStatistics(traffic: BrokerTraffic, nodeId: number): BrokerStatistics {
  const { latencyMs, throttleMs, ...counts } = traffic
  return { ...counts, nodeId, latencyMsTotal: latencyMs, throttleMsTotal: throttleMs }
}
