// The first words on a connection: which versions the broker speaks (KIP-511), then who we are.
import {
  type Api,
  ApiVersionsApi,
  type ApiVersionsRequestInit,
  type ApiVersionsResponse,
  ErrorCode,
} from '@millrace/protocol'
import { BrokerError } from '../errors/index.ts'
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
  return new ApiRanges(ranges)
}

/** What an authenticator may do with the connection it authenticates. */
export interface AuthenticationExchange {
  readonly host: string
  readonly port: number
  readonly request: <Q, QI, R, RI>(api: Api<Q, QI, R, RI>, body: QI, limits?: VersionLimits) => Promise<R>
}

/**
 * Proves the client's identity on a fresh connection, and again before a session ends (KIP-368). Throws AuthenticationError when the
 * broker refuses.
 */
export type Authenticator = (exchange: AuthenticationExchange) => Promise<{
  /** How long the broker honours this authentication; 0 for as long as the connection lives. */
  readonly sessionLifetimeMs: number
}>
