// The identity provider of OAUTHBEARER by Kafka's property names, those of Java (KIP-768, KIP-1258) and those of librdkafka.
import type { JaasEntry } from '@millrace/protocol/security'
import { ConfigError } from '../errors/index.ts'
import { readKeyFile } from './node-key-files.ts'
import type { OidcOptions } from './oidc-options.ts'
import type { SecurityProperties } from './security-table.ts'

/** What each half of an attempt may take where only the other is given: half of the default of both together. */
const timeoutMs = 10_000

/** Throws ConfigError, which repeats no secret. */
export function oidcFromProperties(
  tokenEndpoint: string,
  given: SecurityProperties,
  jaas: JaasEntry | undefined,
): OidcOptions {
  const of = (name: string, option: string) =>
    (given[`sasl.oauthbearer.${name}`] as string | undefined) ?? jaas?.options.get(option)
  const number = (name: string) => given[`sasl.login.${name}`] as number | undefined
  const seconds = (name: string) => {
    const value = number(name)
    return value === undefined ? undefined : value * 1000
  }
  const clientId = of('client.credentials.client.id', 'clientId')
  const clientSecret = of('client.credentials.client.secret', 'clientSecret')
  if (clientId === undefined || clientSecret === undefined)
    throw new ConfigError(
      'sasl.oauthbearer.token.endpoint.url needs "sasl.oauthbearer.client.credentials.client.id" and "….client.secret", or clientId and clientSecret in "sasl.jaas.config"',
    )
  const connecting = number('connect.timeout.ms')
  const reading = number('read.timeout.ms')
  return {
    tokenEndpoint,
    clientId,
    clientSecret,
    ...present({
      scope: of('scope', 'scope'),
      encodeCredentials: given['sasl.oauthbearer.header.urlencode'] as boolean | undefined,
      ca: authorities(given),
      timeoutMs:
        connecting === undefined && reading === undefined
          ? undefined
          : (connecting ?? timeoutMs) + (reading ?? timeoutMs),
      retryBackoffMs: number('retry.backoff.ms'),
      retryBackoffMaxMs: number('retry.backoff.max.ms'),
    }),
    refresh: present({
      windowFactor: number('refresh.window.factor'),
      windowJitter: number('refresh.window.jitter'),
      minPeriodMs: seconds('refresh.min.period.seconds'),
      bufferMs: seconds('refresh.buffer.seconds'),
    }),
  }
}

/** The fields that there are. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}

function authorities(given: SecurityProperties): string | undefined {
  const path = given['https.ca.location'] as string | undefined
  const inline = given['https.ca.pem'] as string | undefined
  return inline ?? (path === undefined ? undefined : readKeyFile('https.ca.location', path).toString('utf8'))
}
