// Features of the cluster (KIP-584): what this broker can do, and the level a new data directory starts at.

export interface FeatureRange {
  readonly min: number
  readonly max: number
}

/**
 * `metadata.version` is the one of Apache Kafka 4.3 (4.3-IV0), whose records the metadata log is written in. Protocols that are not
 * served (transactions V2, share groups, …) are not named: clients switch them on by what they read here.
 */
export const supportedFeatures: ReadonlyMap<string, FeatureRange> = new Map([
  ['metadata.version', { min: 7, max: 30 }],
])

/** Levels of a newly made data directory. */
export const initialFeatures: ReadonlyMap<string, number> = new Map([['metadata.version', 30]])
