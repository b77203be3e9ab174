// The world outside the program as interfaces, with Node's implementation of each.
export { type Clock, sleep, type Timer } from './clock.ts'
export { TimeoutError } from './errors.ts'
export type {
  Connection,
  ConnectionHandlers,
  ConnectOptions,
  Listener,
  ListenOptions,
  Network,
  TlsOptions,
} from './network.ts'
export { nodeClock } from './node-clock.ts'
export { nodeNetwork } from './node-network.ts'
export { nodeRandom } from './node-random.ts'
export { type Random, randomUuid } from './random.ts'
