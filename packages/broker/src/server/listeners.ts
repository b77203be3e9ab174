// Listeners: where the broker binds, and what address it tells clients for each.
import type { BrokerConfig } from '../config/broker-config.ts'
import { ConfigError, splitList } from '../config/definition.ts'

/** `SecurityProtocol` of Kafka. */
export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL'

const protocolNames = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const

function isSecurityProtocol(name: string): name is SecurityProtocol {
  return protocolNames.some(known => known === name)
}

/** A listener that is bound, as clients see it. */
export interface Endpoint {
  /** Listener name, upper case: `PLAINTEXT`, `INTERNAL`, … */
  readonly name: string
  /** Advertised host and port. */
  readonly host: string
  /** TCP port. */
  readonly port: number
  /** How clients speak there. */
  readonly securityProtocol: SecurityProtocol
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

/** What the properties say of all listeners. */
export interface ListenerAddresses {
  readonly listeners: readonly ListenerAddress[]
  readonly advertised: readonly ListenerAddress[]
  /** By name of the listener. */
  readonly protocols: ReadonlyMap<string, SecurityProtocol>
}

/** Throws ConfigError for what cannot be. Listeners of the controller, which one node is itself, are not opened. */
export function readAddresses(config: BrokerConfig): ListenerAddresses {
  const ofController = splitList(config.levels('controller.listener.names')[0]?.text.toUpperCase() ?? '')
  const listeners = parseListeners('listeners', config.get('listeners')).filter(
    ({ name }) => !ofController.includes(name),
  )
  const advertised = parseListeners('advertised.listeners', config.get('advertised.listeners'))
  if (listeners.length === 0) throw new ConfigError('listeners', 'listeners: at least one is needed')
  const names = listeners.map(({ name }) => name)
  return {
    listeners,
    advertised,
    protocols: securityProtocols(names, config.get('listener.security.protocol.map')),
  }
}

/** The security protocol of each of `names`, by `listener.security.protocol.map`. Throws ConfigError for a name that it does not have. */
export function securityProtocols(names: readonly string[], map: string): Map<string, SecurityProtocol> {
  const property = 'listener.security.protocol.map'
  const listed = new Map(
    map
      .split(',')
      .filter(item => item.trim() !== '')
      .map(item => {
        const [name = '', protocol = ''] = item.split(':').map(part => part.trim().toUpperCase())
        if (!isSecurityProtocol(protocol))
          throw new ConfigError(
            property,
            `${property}: "${item.trim()}" is not NAME:PROTOCOL; there are ${protocolNames.join(', ')}`,
          )
        return [name, protocol] as const
      }),
  )
  return new Map(
    names.map(name => {
      const protocol = listed.get(name)
      if (!protocol)
        throw new ConfigError(
          property,
          `${property} says nothing of listener ${name}: add ${name}:PLAINTEXT, ${name}:SASL_SSL or the like`,
        )
      return [name, protocol] as const
    }),
  )
}

/**
 * What clients are told for a listener bound to `bound`. The host is the advertised one, else the bound one; a wildcard
 * becomes `localhost`, which is right on the machine itself and through a forwarded container port. The port is the
 * advertised one unless 0.
 */
export function advertise(
  bound: ListenerAddress,
  advertised: ListenerAddress | undefined,
  securityProtocol: SecurityProtocol = 'PLAINTEXT',
): Endpoint {
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
    securityProtocol,
  }
}
