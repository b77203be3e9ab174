// The first words on a connection: which versions the broker speaks (KIP-511), then who we are.
import {
  type Api,
  ApiVersionsApi,
  type ApiVersionsRequestInit,
  type ApiVersionsResponse,
  ErrorCode,
} from '@millrace/protocol'
import { BrokerError } from '../errors/index.ts'
import type { EventDoor } from '../events/event-door.ts'
import { FinalizedFeatures } from './finalized-features.ts'
import { ApiRanges, type VersionLimits, type VersionRange } from './api-ranges.ts'
import { clientSoftware } from './software.ts'

/** Version 5 binds the request to a cluster and node (KIP-1242), which a client that bootstraps does not know. */
const apiVersionsMax = 4

type SendApiVersions = (
  api: typeof ApiVersionsApi,
  version: number,
  body: ApiVersionsRequestInit,
) => Promise<ApiVersionsResponse>

/** Asks for the broker's versions in our newest version, and again in the broker's newest where it does not know ours. */
export async function negotiate(send: SendApiVersions): Promise<ApiRanges> {
  const body = { clientSoftwareName: clientSoftware.name, clientSoftwareVersion: clientSoftware.version }
  let version = Math.min(ApiVersionsApi.maxVersion, apiVersionsMax)
  let response = await send(ApiVersionsApi, version, body)
  if (response.errorCode === ErrorCode.UNSUPPORTED_VERSION) {
    const own = response.apiKeys.find(({ apiKey }) => apiKey === ApiVersionsApi.key)
    version = Math.min(version - 1, own?.maxVersion ?? 0)
    response = await send(ApiVersionsApi, version, body)
  }
  if (response.errorCode !== 0) throw new BrokerError(response.errorCode, 'asking for API versions')
  const ranges = new Map<number, VersionRange>()
  for (const { apiKey, minVersion, maxVersion } of response.apiKeys) {
    ranges.set(apiKey, { min: minVersion, max: maxVersion })
  }
  return new ApiRanges(ranges, FinalizedFeatures.read(response))
}

/** What an authenticator may do with the connection it authenticates. */
export interface AuthenticationExchange {
  /** Name or address of the broker, as it was connected to. */
  readonly host: string
  /** TCP port. */
  readonly port: number
  /** Whether the connection is one of TLS: what is said on another one, anybody in between can read. */
  readonly encrypted: boolean
  /** Aborts when nobody waits for the login any more: the connection has ended, or it took too long. */
  readonly signal: AbortSignal
  /**
   * Sends a request. On a connection that is in use the first one waits for the answers that are under way, and holds others back until the
   * login is over: what takes time (a token that has to be fetched) belongs before it.
   */
  readonly request: <Q, QI, R, RI>(api: Api<Q, QI, R, RI>, body: QI, limits?: VersionLimits) => Promise<R>
}

/**
 * Proves the client's identity on a fresh connection, and again before a session ends (KIP-368). Throws AuthenticationError when the
 * broker refuses; what is tried again is a KafkaError that is `retriable`.
 */
export type Authenticator = (exchange: AuthenticationExchange) => Promise<{
  /** How long the broker honours this authentication; 0 for as long as the connection lives. */
  readonly sessionLifetimeMs: number
  /** When to renew it, in ms from now; with a `sessionLifetimeMs` only. Default: after 85 to 90 % of that. */
  readonly renewAfterMs?: number
}>

/** What the authenticators of this package are given beside. */
export interface OwnExchange extends AuthenticationExchange {
  readonly events: EventDoor | undefined
}

export type OwnAuthenticator = (exchange: OwnExchange) => ReturnType<Authenticator>
