// Logins as KafkaJS writes them, as the client takes them.
import type { MechanismExchange, SaslOptions } from '../security/sasl-options.ts'
import { ofApplication } from './application-errors.ts'
import { asText } from './as-text.ts'
import { KafkaJSSASLAuthenticationError } from './errors.ts'
import type {
  KafkaConfig,
  Logger,
  Mechanism,
  OauthbearerProviderResponse,
  SASLOptions,
} from './types/config.ts'

const sizeBytes = 4
const passwordMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const

/** Throws KafkaJSSASLAuthenticationError for what is missing. */
export function saslOptions(sasl: NonNullable<KafkaConfig['sasl']>, logger: Logger): SaslOptions {
  if ('authenticationProvider' in sasl) return ownMechanism(sasl, logger)
  switch (sasl.mechanism.toLowerCase() as SASLOptions['mechanism']) {
    case 'oauthbearer':
      return bearer(sasl as Extract<SASLOptions, { mechanism: 'oauthbearer' }>)
    case 'aws':
      return aws(sasl as Extract<SASLOptions, { mechanism: 'aws' }>)
    default:
      return password(sasl as Extract<SASLOptions, { username: string }>)
  }
}

function password(sasl: Extract<SASLOptions, { username: string }>): SaslOptions {
  const mechanism = sasl.mechanism.toLowerCase() as (typeof passwordMechanisms)[number]
  const { username, password: secret } = sasl
  if (!passwordMechanisms.includes(mechanism))
    throw new KafkaJSSASLAuthenticationError(
      `SASL ${sasl.mechanism} mechanism is not built in: give an authenticationProvider`,
    )
  // KafkaJS's own words.
  const title = mechanism === 'plain' ? 'SASL Plain' : `SASL ${mechanism.toUpperCase()}`
  if (username == null || secret == null)
    throw new KafkaJSSASLAuthenticationError(`${title}: Invalid username or password`)
  return { mechanism, username, password: secret }
}

function bearer(sasl: Extract<SASLOptions, { mechanism: 'oauthbearer' }>): SaslOptions {
  const { oauthBearerProvider: provider } = sasl
  if (provider == null)
    throw new KafkaJSSASLAuthenticationError('SASL OAUTHBEARER: Missing OAuth bearer token provider')
  return {
    mechanism: 'oauthbearer',
    token: async () => {
      const { value, extensions } = (await ofApplication(provider)) as WithExtensions
      if (value == null)
        throw new KafkaJSSASLAuthenticationError('SASL OAUTHBEARER: Invalid OAuth bearer token')
      return { token: value, ...(extensions && { extensions: textsOf(extensions) }) }
    },
  }
}

/** KafkaJS sends extensions (KIP-342), and does not say so in its types. */
type WithExtensions = OauthbearerProviderResponse & {
  readonly extensions?: Readonly<Record<string, unknown>>
}

function textsOf(extensions: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(extensions).map(([name, value]) => [name, asText(value)]))
}

/** The mechanism `AWS` of a broker's plug-in, which is not that of MSK (`AWS_MSK_IAM`). */
function aws(sasl: Extract<SASLOptions, { mechanism: 'aws' }>): SaslOptions {
  const { authorizationIdentity, accessKeyId, secretAccessKey, sessionToken = '' } = sasl
  const needed = { authorizationIdentity, accessKeyId, secretAccessKey }
  for (const [name, value] of Object.entries(needed))
    if (!value) throw new KafkaJSSASLAuthenticationError(`SASL AWS-IAM: Missing ${name}`)
  const token = [authorizationIdentity, accessKeyId, secretAccessKey, sessionToken].join('\0')
  return {
    mechanism: 'AWS',
    authenticate: async ({ send }) => void (await send(Buffer.from(token))),
  }
}

/** A mechanism of the application's own: its requests and answers begin with their size, as before Kafka had SaslAuthenticate. */
function ownMechanism({ mechanism, authenticationProvider }: Mechanism, logger: Logger): SaslOptions {
  const name = mechanism.toUpperCase()
  return {
    mechanism: name,
    authenticate: async ({ host, port, send }: MechanismExchange) => {
      const provider = authenticationProvider({
        host,
        port,
        logger: logger.namespace(`SaslAuthenticator-${name}`),
        saslAuthenticate: async ({ request, response }) => {
          const sized = await request.encode()
          const answer = await send(sized.subarray(sizeBytes))
          if (!response) return undefined
          const size = Buffer.alloc(sizeBytes)
          size.writeInt32BE(answer.length)
          return response.parse(await response.decode(Buffer.concat([size, answer])))
        },
      })
      await provider.authenticate()
    },
  }
}
