// SASL OAUTHBEARER (RFC 7628, KIP-255, KIP-768): a token of an identity provider, checked with its public keys; or, for development, an unsigned one.
import { oauthBearerErrorAnswer, parseOAuthBearerMessage } from '@millrace/protocol/security'
import type { Clock } from '@millrace/runtime'
import { ConfigError } from '../../config/definition.ts'
import type { Logger } from '../../logger.ts'
import type { ListenerSettings } from '../listener-settings.ts'
import { readJaas } from './jaas-property.ts'
import {
  checkClaims,
  type CheckedClaims,
  checkSignature,
  type ClaimChecks,
  JwtError,
  parseJwt,
} from './jwt.ts'
import { KeySet, type KeySetOptions } from './key-set.ts'
import { fileStamp, loadJwks } from './node-jwks.ts'
import { SaslFailure, type SaslMechanism, type SaslServer, type SaslStep } from './sasl-server.ts'

const loginModule = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule'

type CheckToken = (token: string) => CheckedClaims | Promise<CheckedClaims>

/** Throws ConfigError when the listener says neither where keys are nor that it wants none. */
export function oauthBearerMechanism(
  settings: ListenerSettings,
  clock: Clock,
  logger: Logger,
  load: KeySetOptions['load'] = loadJwks,
): SaslMechanism {
  const url = settings.get('sasl.oauthbearer.jwks.endpoint.url')
  if (url !== null) return secured(settings, url, { clock, logger, load })
  const check = unsecured(settings, clock, logger)
  return { begin: () => new OAuthBearerServer(check) }
}

interface World {
  readonly clock: Clock
  readonly logger: Logger
  readonly load: KeySetOptions['load']
}

function secured(settings: ListenerSettings, url: string, world: World): SaslMechanism {
  const property = settings.nameOf('sasl.oauthbearer.jwks.endpoint.url')
  if (!URL.canParse(url) || !['http:', 'https:', 'file:'].includes(new URL(url).protocol))
    throw new ConfigError(property, `${property}: not a URL; write https://…, http://… or file:///…`)
  const keys = new KeySet({
    url,
    ...world,
    ...(new URL(url).protocol === 'file:' && { stamp: fileStamp }),
    refreshMs: settings.get('sasl.oauthbearer.jwks.endpoint.refresh.ms'),
    backoffMs: settings.get('sasl.oauthbearer.jwks.endpoint.retry.backoff.ms'),
    backoffMaxMs: settings.get('sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms'),
  })
  const checks: ClaimChecks = {
    issuer: settings.get('sasl.oauthbearer.expected.issuer'),
    audiences: settings.get('sasl.oauthbearer.expected.audience'),
    clockSkewMs: settings.get('sasl.oauthbearer.clock.skew.seconds') * 1000,
    issuedAtRequired: true,
    subjectClaim: settings.get('sasl.oauthbearer.sub.claim.name'),
    scopeClaim: settings.get('sasl.oauthbearer.scope.claim.name'),
    requiredScopes: [],
  }
  const check = async (text: string): Promise<CheckedClaims> => {
    const token = parseJwt(text)
    const candidates = await keys.keysFor(token)
    for (const [index, key] of candidates.entries()) {
      try {
        checkSignature(token, key)
        break
      } catch (error) {
        if (index === candidates.length - 1) throw error
      }
    }
    return checkClaims(token, checks, world.clock.now())
  }
  return {
    begin: () => new OAuthBearerServer(check),
    check: () => checkKeys(property, url, keys),
    close: () => keys.close(),
  }
}

/** A file has to be there. A server may be down just now: that is in the log, and it is asked again for the next token. */
async function checkKeys(property: string, url: string, keys: KeySet): Promise<void> {
  if (new URL(url).protocol !== 'file:') {
    keys.readAhead()
    return
  }
  try {
    await keys.read()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const fault = code === 'ENOENT' ? `there is no file ${url}` : `${url} cannot be read: ${message}`
    throw new ConfigError(property, `${property}: ${fault}`)
  }
}

/** As `OAuthBearerUnsecuredValidatorCallbackHandler`, with its options: whoever comes is who he says. */
function unsecured(settings: ListenerSettings, clock: Clock, logger: Logger): CheckToken {
  const property = settings.nameOf('sasl.jaas.config')
  const text = settings.get('sasl.jaas.config')
  const handler = settings.get('sasl.server.callback.handler.class')
  if (text === null || handler?.endsWith('.OAuthBearerValidatorCallbackHandler')) {
    const wanted = settings.nameOf('sasl.oauthbearer.jwks.endpoint.url')
    throw new ConfigError(
      wanted,
      `${wanted} is missing: OAUTHBEARER takes the keys of tokens from there. For development without keys set ${property}=${loginModule} required;`,
    )
  }
  const { module, options } = readJaas(property, text)
  // The users of another mechanism, set for all of them, must not switch on one that believes everybody.
  if (module !== loginModule)
    throw new ConfigError(property, `${property}: OAUTHBEARER wants ${loginModule}, not ${module}`)
  const skew = Number(options.get('unsecuredValidatorAllowableClockSkewMs') ?? 0)
  if (!Number.isFinite(skew) || skew < 0)
    throw new ConfigError(
      property,
      `${property}: unsecuredValidatorAllowableClockSkewMs is no number of milliseconds`,
    )
  const checks: ClaimChecks = {
    issuer: null,
    audiences: [],
    clockSkewMs: skew,
    issuedAtRequired: false,
    subjectClaim: options.get('unsecuredValidatorPrincipalClaimName') ?? 'sub',
    scopeClaim: options.get('unsecuredValidatorScopeClaimName') ?? 'scope',
    requiredScopes: (options.get('unsecuredValidatorRequiredScope') ?? '')
      .split(' ')
      .filter(scope => scope !== ''),
  }
  logger.log('warn', 'sasl.unsigned_tokens', {
    listener: settings.listener,
    meaning: 'tokens are not checked: everybody is who he says. For development only',
  })
  return token => {
    const jwt = parseJwt(token)
    if (jwt.algorithm !== 'none' || jwt.signature.length > 0)
      throw new JwtError(
        'the token is signed, and this listener has no keys (sasl.oauthbearer.jwks.endpoint.url)',
      )
    return checkClaims(jwt, checks, clock.now())
  }
}

/** As `OAuthBearerSaslServer`: an error goes out as JSON first, and ends the exchange when the client has answered to it. */
class OAuthBearerServer implements SaslServer {
  readonly #check: CheckToken
  #failure: SaslFailure | undefined

  constructor(check: CheckToken) {
    this.#check = check
  }

  async evaluate(bytes: Buffer): Promise<SaslStep> {
    if (this.#failure && bytes.equals(oauthBearerErrorAnswer)) throw this.#failure
    this.#failure = undefined
    const { token, authorizationId } = parseOAuthBearerMessage(bytes)
    let claims: CheckedClaims
    try {
      claims = await this.#check(token)
    } catch (error) {
      if (!(error instanceof JwtError)) throw error
      const told = '{"status":"invalid_token"}'
      this.#failure = new SaslFailure(error.message, { told })
      return { answer: Buffer.from(told, 'utf8') }
    }
    const { subject: name, expiresAtMs } = claims
    if (authorizationId !== '' && authorizationId !== name) {
      const told = `Authentication failed: Client requested an authorization id (${authorizationId}) that is different from the token's principal name (${name})`
      throw new SaslFailure(told, { told, user: name })
    }
    return { answer: Buffer.alloc(0), identity: { name, expiresAtMs } }
  }
}
