// Features of the cluster (KIP-584): what this version can do, and which of it is in force ("finalized") in a data directory.
//
// A level in force changes what is written and what clients do, so that it is a fact of the metadata log (FeatureLevelRecord), changed by
// UpdateFeatures, or by the first start of a version that can do more.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError } from '../api-error.ts'
import type { MetadataRecord } from './record.ts'

export interface Feature {
  readonly name: string
  /** Levels that this version implements. A feature may be off (level 0) where `min` is 0. */
  readonly min: number
  readonly max: number
  /** The level of a new data directory, and the one that an older directory is raised to. */
  readonly level: number
  /** Whether a lower level can be gone back to. */
  readonly downgrade: 'possible' | 'refused'
}

/**
 * Only what is implemented may stand here: clients switch protocols on by what they read of it (transactions V2, share groups, …).
 * `metadata.version` is the one of Apache Kafka 4.3 (4.3-IV0), whose records the metadata log is written in.
 */
export const features: readonly Feature[] = [
  { name: 'metadata.version', min: 7, max: 30, level: 30, downgrade: 'refused' },
  { name: 'transaction.version', min: 0, max: 2, level: 2, downgrade: 'possible' },
]

/** The levels in force, and the highest that each feature ever had. */
export class FinalizedFeatures {
  readonly #levels = new Map<string, number>()
  readonly #highest = new Map<string, number>()

  /** By name. A feature that is off is not there. */
  get levels(): ReadonlyMap<string, number> {
    return this.#levels
  }

  /** 0 for one that was always off. */
  highest(name: string): number {
    return this.#highest.get(name) ?? 0
  }

  set(name: string, level: number): void {
    if (level === 0) this.#levels.delete(name)
    else this.#levels.set(name, level)
    if (level > this.highest(name)) this.#highest.set(name, level)
  }

  /** What makes others equal to these: where a feature was once higher, that level comes first. */
  *records(): Generator<FeatureLevelRecord> {
    for (const [name, highest] of this.#highest) {
      const level = this.#levels.get(name) ?? 0
      if (level < highest) yield { type: 'featureLevel', name, level: highest }
      yield { type: 'featureLevel', name, level }
    }
  }
}

type FeatureLevelRecord = Extract<MetadataRecord, { type: 'featureLevel' }>

/**
 * The records with which a start raises what an older version has left lower. A feature that was once as high and is not any more was taken
 * back by somebody: it stays.
 */
export function featuresToRaise(
  finalized: FinalizedFeatures,
  table: readonly Feature[] = features,
): FeatureLevelRecord[] {
  return table
    .filter(({ name, level }) => level > finalized.highest(name))
    .map(({ name, level }) => ({ type: 'featureLevel', name, level }))
}

/** Why data with these levels in force cannot be served by this version; undefined when it can. */
export function unsupportedFeature(
  { levels }: FinalizedFeatures,
  table: readonly Feature[] = features,
): string | undefined {
  for (const [name, level] of levels) {
    const known = table.find(feature => feature.name === name)
    if (!known) return `the feature ${name} is at level ${level}, and this version does not know it`
    if (level < known.min || level > known.max) {
      return `the feature ${name} is at level ${level}, and this version knows ${known.min} to ${known.max}`
    }
  }
  return undefined
}

/** `FeatureUpdate.UpgradeType` of Kafka. */
export const upgradeTypes = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const

export interface FeatureUpdate {
  readonly name: string
  readonly level: number
  /** Of `upgradeTypes`. */
  readonly upgradeType: number
}

/**
 * The records of an UpdateFeatures request, all or none, by the rules of `FeatureControlManager`. Throws `ApiError`
 * (INVALID_UPDATE_VERSION) for the first update that cannot be.
 */
export function featureUpdateRecords(
  finalized: FinalizedFeatures,
  updates: readonly FeatureUpdate[],
  nodeId: number,
  table: readonly Feature[] = features,
): FeatureLevelRecord[] {
  const records: FeatureLevelRecord[] = []
  for (const update of updates) {
    const { name, level } = update
    const current = finalized.levels.get(name) ?? 0
    const fault = faultOf(update, current, nodeId, table)
    if (fault !== undefined) {
      throw new ApiError(
        ErrorCode.INVALID_UPDATE_VERSION,
        `The update failed for all features since the following feature had an error: ${fault}`,
      )
    }
    if (level !== current) records.push({ type: 'featureLevel', name, level })
  }
  return records
}

function faultOf(
  { name, level, upgradeType }: FeatureUpdate,
  current: number,
  nodeId: number,
  table: readonly Feature[],
): string | undefined {
  const invalid = (why: string) => `Invalid update version ${level} for feature ${name}. ${why}`
  if (!Object.values<number>(upgradeTypes).includes(upgradeType)) {
    return invalid('The controller does not support the given upgrade type.')
  }
  if (level < 0) return invalid('A feature version cannot be less than 0.')
  const feature = table.find(known => known.name === name)
  if (!feature) {
    return invalid(
      level === 0
        ? `Feature ${name} not found.`
        : `Local controller ${nodeId} does not support this feature.`,
    )
  }
  const { min, max, downgrade } = feature
  if (level < min || level > max) {
    return invalid(`Local controller ${nodeId} only supports versions ${min}-${max}`)
  }
  if (level >= current) return undefined
  if (upgradeType === upgradeTypes.UPGRADE) {
    return invalid(
      "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.",
    )
  }
  if (downgrade === 'possible') return undefined
  return `Unsupported ${name} downgrade from ${current} to ${level}. ${
    upgradeType === upgradeTypes.SAFE_DOWNGRADE
      ? 'Refusing to perform the requested downgrade because it might delete metadata information.'
      : 'Unsafe metadata downgrade is not supported in this version.'
  }`
}
