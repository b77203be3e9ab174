// ApiVersions (key 18, versions 0–4): which requests this broker answers. Its reply header is always version 0.
// v3+: the client says what it is; names must match a pattern or INVALID_REQUEST. Unknown versions get a version-0 reply (KIP-511).
// v≤3: features whose lowest level is 0 are left out, since old clients take them for malformed.
import { ApiVersionsApi, type ApiVersionsResponseInit, ErrorCode } from '@millrace/protocol'
import { features } from '../metadata/features.ts'
import { servedKey } from '../served-key.ts'
import type { SaslExchange } from '../authentication/sasl/sasl-exchange.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import type { HandlerTraits } from './traits.ts'

const softwarePattern = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/

/** The answer to a version of ApiVersions that is not known: version 0, naming the versions that are. */
export function unsupportedVersionReply(): ApiVersionsResponseInit {
  return {
    errorCode: ErrorCode.UNSUPPORTED_VERSION,
    apiKeys: [servedKey(ApiVersionsApi)],
  }
}

/** Between the tokens of a login nothing else is answered. */
async function refused(context: RequestContext, sasl: SaslExchange): Promise<ApiVersionsResponseInit> {
  const { refuseOrder } = await import('../authentication/sasl/login.ts')
  await refuseOrder(context, sasl, ApiVersionsApi.name)
  return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, apiKeys: [] }
}

const traits: HandlerTraits = {
  authorization: 'NONE',
  quota: 'REQUEST',
  beforeAuthentication: 'versions',
  unknownVersionReply: unsupportedVersionReply,
}

export default defineHandler(ApiVersionsApi, traits, (request, context) => {
  const { apiVersion, connection, broker } = context
  const { sasl } = connection.session
  if (sasl?.outOfOrder) return refused(context, sasl)
  if (apiVersion >= 3) {
    const { clientSoftwareName, clientSoftwareVersion } = request
    if (!softwarePattern.test(clientSoftwareName) || !softwarePattern.test(clientSoftwareVersion)) {
      return { errorCode: ErrorCode.INVALID_REQUEST, apiKeys: [] }
    }
    connection.session.identify(clientSoftwareName, clientSoftwareVersion)
  }
  sasl?.versionsTold()
  const supported = features.filter(({ min }) => apiVersion >= 4 || min > 0)
  return {
    errorCode: ErrorCode.NONE,
    apiKeys: broker.servedKeys,
    supportedFeatures: supported.map(({ name, min, max }) => ({ name, minVersion: min, maxVersion: max })),
    finalizedFeaturesEpoch: broker.metadata.epoch,
    finalizedFeatures: [...broker.metadata.image.features.levels].map(([name, level]) => ({
      name,
      minVersionLevel: level,
      maxVersionLevel: level,
    })),
    zkMigrationReady: false,
  }
})
