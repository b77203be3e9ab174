// The world outside the program as interfaces, with Node's implementation of each; and what every room needs and the language lacks.
export { type Clock, sleep, type Timer, type TimerOptions } from './clock.ts'
export { TimeoutError } from './errors.ts'
export { type Family, type Labels, expositionOf, expositionType, type Sample, single } from './exposition.ts'
export { InvariantError, invariant, violated } from './invariant.ts'
export { nearestName } from './nearest-name.ts'
export {
  type Connection,
  type ConnectionHandlers,
  type ConnectOptions,
  deliver,
  type Listener,
  type ListenOptions,
  type Network,
  TlsError,
  type TlsOptions,
  type TlsPeer,
  type TlsServer,
  type TlsServerOptions,
} from './network.ts'
export { nodeClock } from './node-clock.ts'
export { makeDirectory } from './node-directory.ts'
export { nodeNetwork, socketConnection } from './node-network.ts'
export { nodeRandom } from './node-random.ts'
export { type Random, randomUuid } from './random.ts'
