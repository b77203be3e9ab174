// The address of the HTTP port as it is written: `HOST:PORT`, an IPv6 host in brackets, with or without `HTTP://` in front.
import { ConfigError } from '../config/definition.ts'

export interface HttpAddress {
  /** `0.0.0.0` for all interfaces. */
  readonly host: string
  readonly port: number
}

const portMax = 65535

/** Throws `ConfigError` for what is no address. */
export function parseHttpAddress(text: string): HttpAddress {
  const match = /^(?:http:\/\/)?(?:\[([^\]]*)\]|([^:/]*)):(\d{1,5})\/?$/i.exec(text)
  const port = Number(match?.[3])
  if (!match || port > portMax) {
    throw new ConfigError('http.listener', `http.listener: "${text}" is not HOST:PORT, as in 127.0.0.1:9404`)
  }
  return { host: match[1] ?? (match[2] || '0.0.0.0'), port }
}
