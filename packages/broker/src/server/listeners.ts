// Listeners: where the broker binds, and what address it tells clients for each.
import { ConfigError } from '../config/definition.ts'

/** A listener that is bound, as clients see it. */
export interface Endpoint {
  /** Listener name, upper case: `PLAINTEXT`, `INTERNAL`, … */
  readonly name: string
  /** Advertised host and port. */
  readonly host: string
  readonly port: number
  readonly securityProtocol: 'PLAINTEXT'
}

/** One item of `listeners` or `advertised.listeners`. */
export interface ListenerAddress {
  readonly name: string
  readonly host: string
  readonly port: number
}

const wildcardHosts: ReadonlySet<string> = new Set(['', '0.0.0.0', '::'])

/** Parses `NAME://host:port`; IPv6 hosts stand in brackets. Throws `ConfigError` for anything else. */
export function parseListeners(property: string, items: readonly string[]): ListenerAddress[] {
  const addresses = items.map(item => {
    const match = /^([A-Za-z0-9_-]+):\/\/(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(item)
    const port = Number(match?.[4])
    if (!match || port > 65535) {
      throw new ConfigError(property, `${property}: "${item}" is not NAME://host:port`)
    }
    return { name: match[1]!.toUpperCase(), host: match[2] ?? match[3] ?? '', port }
  })
  const names = new Set(addresses.map(address => address.name))
  if (names.size !== addresses.length) {
    throw new ConfigError(property, `${property}: each listener needs a name of its own`)
  }
  const ports = addresses
    .filter(address => address.port !== 0)
    .map(address => `${address.host}:${address.port}`)
  if (property === 'listeners' && new Set(ports).size !== ports.length) {
    throw new ConfigError(property, `${property}: two listeners have the same address`)
  }
  return addresses
}

/** Only PLAINTEXT can be spoken. Throws `ConfigError` when the map asks for something else for one of `names`. */
export function checkSecurityProtocols(names: readonly string[], map: string): void {
  const protocols = new Map(
    map
      .split(',')
      .filter(item => item.trim() !== '')
      .map(item => {
        const [name = '', protocol = ''] = item.split(':').map(part => part.trim())
        return [name.toUpperCase(), protocol.toUpperCase()] as const
      }),
  )
  const spoken = ['SSL', 'SASL_PLAINTEXT', 'SASL_SSL']
  for (const name of names) {
    const protocol = protocols.get(name) ?? (spoken.includes(name) ? name : 'PLAINTEXT')
    if (protocol !== 'PLAINTEXT') {
      throw new ConfigError(
        'listener.security.protocol.map',
        `listener ${name} asks for ${protocol}; only PLAINTEXT is available`,
      )
    }
  }
}

/**
 * What clients are told for a listener bound to `bound`. The host is the advertised one, else the bound one; a wildcard
 * becomes `localhost`, which is right on the machine itself and through a forwarded container port. The port is the
 * advertised one unless 0.
 */
export function advertise(bound: ListenerAddress, advertised: ListenerAddress | undefined): Endpoint {
  const host = advertised?.host ? advertised.host : bound.host
  if (advertised && (advertised.host === '0.0.0.0' || advertised.host === '::')) {
    throw new ConfigError(
      'advertised.listeners',
      `advertised.listeners: clients cannot connect to ${advertised.host}; name a host for ${bound.name}`,
    )
  }
  return {
    name: bound.name,
    host: wildcardHosts.has(host) ? 'localhost' : host,
    port: advertised && advertised.port !== 0 ? advertised.port : bound.port,
    securityProtocol: 'PLAINTEXT',
  }
}
