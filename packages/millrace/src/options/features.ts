// What the command line of `millrace features …` says.
import type { ClusterOptions } from '../context.ts'

/** A level that a feature is to have. */
export interface FeatureLevel {
  readonly name: string
  readonly level: number
}

export interface FeatureChangeOptions extends ClusterOptions {
  readonly dryRun?: boolean
}

export interface FeatureDowngradeOptions extends FeatureChangeOptions {
  readonly unsafe?: boolean
}
