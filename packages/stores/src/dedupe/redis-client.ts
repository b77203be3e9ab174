// As much of a client of Redis as is needed: the application brings node-redis or ioredis.
import { ConfigError } from '@millrace/client'

/** A client of ioredis, its Cluster included, or whatever looks like one. */
export interface IoredisClient {
  /** Sends a command. */
  call(command: string, ...given: string[]): Promise<unknown>
}

/** A client of the package `redis` (node-redis), or whatever looks like one. */
export interface NodeRedisClient {
  /** Sends a command. */
  sendCommand(given: string[]): Promise<unknown>
}

/** Either. */
export type RedisClient = IoredisClient | NodeRedisClient

/** Sends a command. */
export type RedisCall = (given: readonly string[]) => Promise<unknown>

/** How a client sends commands. Throws ConfigError for what is none. */
export function redisCallOf(client: RedisClient): RedisCall {
  const { call, sendCommand } = (client ?? {}) as Partial<IoredisClient & NodeRedisClient>
  // ioredis has both, and its sendCommand takes something else.
  if (typeof call === 'function')
    return ([command, ...given]) => (client as IoredisClient).call(command!, ...given)
  if (typeof sendCommand === 'function') return given => (client as NodeRedisClient).sendCommand([...given])
  throw new ConfigError('the Redis client is none; pass one of redis (createClient) or ioredis (new Redis)')
}
