// Admin: features of the cluster, and the levels at which they are in force (KIP-584).
import { ApiVersionsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { int32, optional, optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'

/** One feature. */
export interface DescribedFeature {
  /** Its name, such as `transaction.version`. */
  readonly name: string
  /** Levels that the broker implements, from … */
  readonly minLevel: number
  /** … to. Both are 0 for a feature that is in force and that the broker does not implement. */
  readonly maxLevel: number
  /** The level in force; 0 for a feature that is off. */
  readonly level: number
}

/** The features of a cluster. */
export interface DescribedFeatures {
  /** By name. */
  readonly features: readonly DescribedFeature[]
  /** Grows with each change; −1 where the broker does not tell. */
  readonly epoch: number
}

/** Options of `describeFeatures`. */
export interface DescribeFeaturesOptions extends AdminCallOptions {
  /** Which broker to ask: what it implements may differ while a cluster is upgraded. Default: any. */
  readonly brokerId?: number
}

const checkOptions = optionsWith({ brokerId: optional(int32) })
export const software = { clientSoftwareName: 'millrace', clientSoftwareVersion: '1' }

/** The features that a broker knows, sorted by name. Brokers before 2.7 have none. */
export async function describeFeatures(
  cluster: Cluster,
  options: DescribeFeaturesOptions = {},
): Promise<DescribedFeatures> {
  checkOptions('describeFeatures: options', options)
  const what = 'describing features'
  const reply = await cluster.call(ApiVersionsApi, version => (version >= 3 ? software : {}), {
    ...callOptions(options),
    what,
    to: options.brokerId === undefined ? 'any' : { broker: options.brokerId },
    check: () => {},
  })
  if (reply.errorCode !== 0) throw new BrokerError(reply.errorCode, what)
  const levels = new Map(reply.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]))
  const ranges = new Map(reply.supportedFeatures.map(range => [range.name, range]))
  const names = [...new Set([...ranges.keys(), ...levels.keys()])].sort()
  return {
    features: names.map(name => ({
      name,
      minLevel: ranges.get(name)?.minVersion ?? 0,
      maxLevel: ranges.get(name)?.maxVersion ?? 0,
      level: levels.get(name) ?? 0,
    })),
    epoch: reply.finalizedFeaturesEpoch,
  }
}
