// The world outside the program as interfaces, with Node's implementation of each.
export { type Clock, sleep, type Timer } from './clock.ts'
export { TimeoutError } from './errors.ts'
export {
  type Connection,
  type ConnectionHandlers,
  type ConnectOptions,
  deliver,
  type Listener,
  type ListenOptions,
  type Network,
  type TlsOptions,
} from './network.ts'
export { nodeClock } from './node-clock.ts'
export { nodeNetwork } from './node-network.ts'
export { nodeRandom } from './node-random.ts'
export { type Random, randomUuid } from './random.ts'
