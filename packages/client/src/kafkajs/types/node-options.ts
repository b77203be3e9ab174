// Node's own types that KafkaJS's settings take.
import type { Socket as NodeSocket } from 'node:net'
import type { ConnectionOptions as NodeConnectionOptions } from 'node:tls'

/** As of `node:net`. */
export type Socket = NodeSocket
/** As of `node:tls`. */
export type ConnectionOptions = NodeConnectionOptions
