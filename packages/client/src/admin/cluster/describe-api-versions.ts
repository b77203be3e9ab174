// Admin: which requests each broker of the cluster answers, and in which versions.
import { ApiVersionsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { askEveryBroker } from '../every-broker.ts'
import type { Outcome } from '../outcome.ts'
import { software } from './describe-features.ts'

/** A request that a broker answers. */
export interface ApiVersionRange {
  /** The key of the request in the protocol: 0 for Produce, 3 for Metadata, … */
  readonly key: number
  /** The lowest version that it answers. */
  readonly minVersion: number
  /** The highest. */
  readonly maxVersion: number
}

/** One broker, and what it answers. */
export interface DescribedApiVersions extends Outcome {
  /** The broker. */
  readonly brokerId: number
  /** Sorted by key; empty where the broker could not be asked: `error` says why. */
  readonly apis: readonly ApiVersionRange[]
}

const checkOptions = optionsWith()

/** Asks every broker, in the order of their ids: during a rolling upgrade they differ. */
export async function describeApiVersions(
  cluster: Cluster,
  options: AdminCallOptions = {},
): Promise<DescribedApiVersions[]> {
  checkOptions('describeApiVersions: options', options)
  const what = 'describing API versions'
  const answers = await askEveryBroker(cluster, what, options, async brokerId => {
    const { errorCode, apiKeys } = await cluster.request(
      ApiVersionsApi,
      version => (version >= 3 ? software : {}),
      { to: { broker: brokerId }, signal: options.signal },
    )
    if (errorCode !== 0) throw new BrokerError(errorCode, what)
    return apiKeys
  })
  return answers.map(({ brokerId, answer, error }) => ({
    brokerId,
    apis: (answer ?? [])
      .map(({ apiKey, minVersion, maxVersion }) => ({ key: apiKey, minVersion, maxVersion }))
      .sort((a, b) => a.key - b.key),
    error,
  }))
}
