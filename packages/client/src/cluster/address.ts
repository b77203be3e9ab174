// Addresses of brokers as users write them.
import { ConfigError } from '../errors/index.ts'

/** Where a broker listens. */
export interface Address {
  /** Name or address of the machine. */
  readonly host: string
  /** TCP port. */
  readonly port: number
}

const defaultPort = 9092

/** Reads `host:port`, `host`, `[v6]:port` or a listener like `PLAINTEXT://host:port`. Throws ConfigError. */
export function parseAddress(text: string): Address {
  if (typeof text !== 'string')
    throw new ConfigError(`brokers: ${String(text)} is not text; write "host:port"`)
  const bare = text.trim().replace(/^[A-Za-z0-9_]+:\/\//, '')
  const match = /^(?:\[([0-9A-Fa-f:.%]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(bare)
  const port = match?.[3] === undefined ? defaultPort : Number(match[3])
  if (!match || port < 1 || port > 65_535) {
    throw new ConfigError(`brokers: "${text}" is not an address; write "host:port"`)
  }
  return { host: match[1] ?? match[2]!, port }
}
