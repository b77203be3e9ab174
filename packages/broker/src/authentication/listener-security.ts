// What the listeners that are not plain text are secured with. Loaded when there is one.
import type { Connection, TlsServer } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import type { BrokerConfig } from '../config/broker-config.ts'
import { ListenerSettings } from './listener-settings.ts'
import { checkSaslSettings, SaslListener } from './sasl/sasl-listener.ts'
import { SaslExchange } from './sasl/sasl-exchange.ts'
import type { ScramCredentials } from './sasl/scram-credentials.ts'
import type { SecurityProtocol } from '../server/listeners.ts'
import { Session } from '../server/session.ts'
import { subjectOf } from './tls/distinguished-name.ts'
import { type MapPrincipal, principalMapping } from './tls/principal-mapping.ts'
import { TlsListener } from './tls/tls-listener.ts'

/** How one listener secures its connections, and finds out who they are. */
export interface ListenerSecurity {
  readonly tls: TlsServer | undefined
  /** Largest request of a client that must log in and has not, in bytes. */
  readonly loginMaxBytes: number | undefined
  session(connection: Connection): Session
}

interface Secured extends ListenerSecurity {
  readonly settings: ListenerSettings
  readonly tlsListener: TlsListener | undefined
  readonly saslListener: SaslListener | undefined
}

export class Security {
  readonly #listeners: readonly Secured[]

  private constructor(listeners: readonly Secured[]) {
    this.#listeners = listeners
  }

  /** Throws ConfigError for settings that are not complete. */
  static async open(core: BrokerCore, protocols: ReadonlyMap<string, SecurityProtocol>): Promise<Security> {
    const listeners = [...protocols]
      .filter(([, protocol]) => protocol !== 'PLAINTEXT')
      .map(([name, protocol]) => secured(core, name, protocol))
    for (const { saslListener } of listeners) await saslListener?.check()
    return new Security(listeners)
  }

  /** Undefined for a listener that is plain text. */
  of(listener: string): ListenerSecurity | undefined {
    return this.#listeners.find(({ settings }) => settings.listener === listener)
  }

  /** Throws ConfigError when a listener could not go on with these settings. */
  check(config: BrokerConfig): void {
    for (const { settings, tlsListener, saslListener } of this.#listeners) {
      const changed = new ListenerSettings(config, settings.listener, settings.saysWho)
      tlsListener?.check(changed)
      if (saslListener) checkSaslSettings(changed)
    }
  }

  close(): void {
    for (const { saslListener } of this.#listeners) saslListener?.close()
  }
}

function secured(core: BrokerCore, name: string, protocol: SecurityProtocol): Secured {
  const { config, clock, random, logger, logs } = core
  const settings = new ListenerSettings(config, name, protocol.startsWith('SASL'))
  const tlsListener = protocol.endsWith('SSL')
    ? new TlsListener({ settings, disk: logs.disk, clock, logger })
    : undefined
  const saslListener = settings.saysWho
    ? new SaslListener({ settings, credentials: credentialsOf(core), clock, random, logger })
    : undefined
  const map = principalMapping(settings.get('ssl.principal.mapping.rules'))
  return {
    settings,
    tlsListener,
    saslListener,
    tls: tlsListener && (fault => tlsListener.current(fault)),
    loginMaxBytes: saslListener && settings.get('sasl.server.max.receive.size'),
    session: connection =>
      saslListener
        ? new Session({ sasl: new SaslExchange(saslListener) })
        : new Session({ peer: () => certificateName(connection, map) }),
  }
}

function certificateName({ tls }: Connection, map: MapPrincipal): string | undefined {
  return tls?.certificate && map(subjectOf(tls.certificate))
}

function credentialsOf(core: BrokerCore): ScramCredentials {
  return {
    ofUser: (name, { id }) => core.metadata.image.scramUsers.get(name)?.get(id),
    ofToken: (tokenId, mechanism) => core.delegationTokens?.find(tokenId, mechanism),
  }
}
