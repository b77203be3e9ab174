// What the requests about delegation tokens have in common: who may ask at all, and principals in two parts.
import { ErrorCode } from '@millrace/protocol'
import type { BrokerCore } from '../core.ts'
import type { TokenLifetimes } from '../delegation-tokens/token-changes.ts'
import { anonymousPrincipal } from '../server/session.ts'
import type { RequestContext } from './handler.ts'

/** "There is no such time." */
export const noTimestamp = -1

/** Why nobody may ask for tokens on this connection: with a token no other is had, and who is nobody has none (`allowTokenRequests`). */
export function tokensRefused({ connection }: RequestContext): number | undefined {
  const { endpoint, session } = connection
  const isNobody = endpoint.securityProtocol === 'SSL' && session.principal === anonymousPrincipal
  return session.byToken || endpoint.securityProtocol === 'PLAINTEXT' || isNobody
    ? ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED
    : undefined
}

export function lifetimesOf({ config }: BrokerCore): TokenLifetimes {
  return {
    maxLifetimeMs: config.get('delegation.token.max.lifetime.ms'),
    renewMs: config.get('delegation.token.expiry.time.ms'),
  }
}

export interface PrincipalParts {
  readonly principalType: string
  readonly principalName: string
}

export const principalOf = ({ principalType, principalName }: PrincipalParts): string =>
  `${principalType}:${principalName}`

/** `User:CN=a:b` is the user `CN=a:b`. */
export function partsOf(principal: string): PrincipalParts {
  const colon = principal.indexOf(':')
  return { principalType: principal.slice(0, colon), principalName: principal.slice(colon + 1) }
}
