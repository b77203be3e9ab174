// Admin: raise and lower the levels of features (KIP-584): all that are asked for, or none.
import { UpdateFeaturesApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { entry, flag, int16, listOf, oneOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

/** What a change of a level may be: a lower one has to be called so. An unsafe one may lose what the lower level cannot say. */
export const FeatureUpgrade = {
  upgrade: 1,
  safeDowngrade: 2,
  unsafeDowngrade: 3,
} as const

/** A name of `FeatureUpgrade`. */
export type FeatureUpgradeName = keyof typeof FeatureUpgrade

/** A change of one feature. */
export interface FeatureUpdate {
  /** Its name, such as `transaction.version`. */
  readonly name: string
  /** The level to come; 0 switches the feature off. */
  readonly level: number
  /** Default: `upgrade`. */
  readonly kind?: FeatureUpgradeName
}

/** Options of `updateFeatures`. */
export interface UpdateFeaturesOptions extends AdminCallOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

const checkUpdates = listOf(
  entry({ name: text, level: int16, kind: optional(oneOf(Object.keys(FeatureUpgrade))) }),
)
const checkOptions = optionsWith({ validateOnly: flag })

/** Changes levels, all or none, at the controller. Throws BrokerError (`INVALID_UPDATE_VERSION`) that says which one cannot be. */
export async function updateFeatures(
  cluster: Cluster,
  updates: readonly FeatureUpdate[],
  options: UpdateFeaturesOptions = {},
): Promise<void> {
  checkUpdates('updateFeatures: updates', updates)
  checkOptions('updateFeatures: options', options)
  const what = 'updating features'
  const featureUpdates = updates.map(({ name, level, kind = 'upgrade' }) => ({ name, level, kind }))
  const reply = await cluster.call(
    UpdateFeaturesApi,
    version => ({
      featureUpdates: featureUpdates.map(({ name, level, kind }) => ({
        feature: name,
        maxVersionLevel: level,
        ...(version >= 1 ? { upgradeType: FeatureUpgrade[kind] } : { allowDowngrade: kind !== 'upgrade' }),
      })),
      ...(version >= 1 && { validateOnly: options.validateOnly ?? false }),
    }),
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: response => checkBroker([response.errorCode], what),
    },
  )
  if (reply.errorCode !== 0) throw new BrokerError(reply.errorCode, what, reply.errorMessage)
  const refused = reply.results.find(({ errorCode }) => errorCode !== 0)
  if (refused) {
    throw new BrokerError(refused.errorCode, `${what}: ${refused.feature}`, refused.errorMessage)
  }
}
