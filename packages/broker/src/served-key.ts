// What clients are told of an API key that this broker answers.
import type { ApiVersions } from '@millrace/protocol'

export interface ServedKey {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
}

const produceKey = 0

/** Produce shows 0 although 0–2 are refused: old clients take a higher minimum for "no broker" (KAFKA-18659). */
export function servedKey(api: ApiVersions): ServedKey {
  return {
    apiKey: api.key,
    minVersion: api.key === produceKey ? 0 : api.minVersion,
    maxVersion: advertisedMaxVersion(api),
  }
}

/** The highest version that clients are told of: versions that Kafka marks unstable are not served. */
export function advertisedMaxVersion(api: ApiVersions): number {
  return api.latestVersionUnstable ? api.maxVersion - 1 : api.maxVersion
}
