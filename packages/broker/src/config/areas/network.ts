// Properties of the network: listeners, sockets, requests, connections.
import { int, list, long, string } from '../definition.ts'
import { ipLimits } from '../ip-limits.ts'

const int32Max = 2 ** 31 - 1

export const networkConfigs = {
  listeners: list({
    default: 'PLAINTEXT://127.0.0.1:9092',
    importance: 'HIGH',
    doc: 'Addresses to bind, NAME://host:port. Port 0 lets the system choose; an empty host binds all interfaces.',
  }),
  'advertised.listeners': list({
    default: '',
    importance: 'HIGH',
    doc: 'Addresses that clients are told, NAME://host:port, one a listener. Empty, or port 0, stands for what was bound.',
  }),
  'listener.security.protocol.map': string({
    default: 'SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT',
    importance: 'LOW',
    doc: 'Security protocol of each listener name, NAME:PROTOCOL: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. Every listener is named.',
  }),
  'http.listener': string({
    default: '',
    importance: 'MEDIUM',
    doc: 'Where /metrics (Prometheus), /healthz and /readyz are served, HOST:PORT; an empty host is all interfaces, port 0 lets the system choose. Nobody has to authenticate there. Empty for nowhere; "millrace up" takes 127.0.0.1:9404 then.',
  }),
  'telemetry.max.bytes': int({
    default: 1048576,
    min: 1,
    importance: 'LOW',
    doc: 'Largest push of metrics that is taken from a client (KIP-714). In bytes.',
  }),
  'request.log.slow.ms': long({
    default: -1,
    min: -1,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Requests that take longer are written to the log (event "request.slow") with the time of each phase; the time that a client wishes to wait for data or for others does not count. -1 for none. In milliseconds.',
  }),
  'socket.listen.backlog.size': int({
    default: 511,
    min: 1,
    importance: 'MEDIUM',
    doc: 'Connections that may wait to be accepted.',
  }),
  'socket.request.max.bytes': int({
    default: 104857600,
    min: 1,
    importance: 'HIGH',
    doc: 'Largest request. A connection that announces a larger one is closed.',
  }),
  'queued.max.request.bytes': long({
    default: 268435456,
    min: -1,
    importance: 'MEDIUM',
    doc: 'Bytes of requests, over all connections, that may be received, whole or in part, and not yet answered; connections are not read from while there are more. A part counts with all that it announces. -1 for no limit.',
  }),
  'connections.max.idle.ms': long({
    default: 600000,
    importance: 'MEDIUM',
    doc: 'Idle connections are closed after this time; negative for never. In milliseconds.',
  }),
  'max.connections': int({
    default: int32Max,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Most connections at a time; with listener.name.NAME. in front on a listener. Those beyond are closed at once.',
  }),
  'max.connection.creation.rate': int({
    default: int32Max,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Connections a second, over the windows of quotas (quota.window.num), in all; with listener.name.NAME. in front on a listener. Those that come faster wait their turn, one after the other, for a second each at most.',
  }),
  'max.connections.per.ip': int({
    default: int32Max,
    min: 0,
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    doc: 'Most connections at a time from one address.',
  }),
  'max.connections.per.ip.overrides': string({
    default: '',
    importance: 'MEDIUM',
    update: 'CLUSTER_WIDE',
    check: ipLimits,
    doc: 'Other limits for some addresses, address:limit, separated by commas.',
  }),
} as const

/** See `withoutEffect`. */
export const networkWithoutEffect = `
# One event loop does this work.
background.threads INT HIGH CLUSTER_WIDE 1.. 10
num.io.threads INT HIGH CLUSTER_WIDE 1.. 8
num.network.threads INT HIGH CLUSTER_WIDE 1.. 3
# Classes of Java are not loaded.
config.providers LIST LOW CLUSTER_WIDE -
# One node does not replicate and talks to no other broker.
inter.broker.listener.name STRING MEDIUM READ_ONLY - null
request.timeout.ms INT HIGH READ_ONLY - 30000
socket.connection.setup.timeout.max.ms LONG MEDIUM READ_ONLY - 30000
socket.connection.setup.timeout.ms LONG MEDIUM READ_ONLY - 10000
# Pages of DescribeTopicPartitions have 2,000 partitions at most.
max.request.partition.size.limit INT MEDIUM READ_ONLY 1.. 2000
# Requests are bounded by their bytes (queued.max.request.bytes) and by connection.
queued.max.requests INT HIGH READ_ONLY 1.. 500
# The operating system sizes the buffers of sockets.
socket.receive.buffer.bytes INT HIGH READ_ONLY - 102400
socket.send.buffer.bytes INT HIGH READ_ONLY - 102400
`
