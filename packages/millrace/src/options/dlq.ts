// What the command line of `millrace dlq …` says.
import type { ClusterOptions } from '../context.ts'

/** Which letters are meant. */
export interface LetterFilterOptions extends ClusterOptions {
  readonly origin?: string
  readonly group?: string
  readonly error?: string
  readonly message?: string
  readonly reason?: string
  readonly family?: 'millrace' | 'spring' | 'connect' | 'streams' | 'share-group'
  readonly key?: string
  readonly since?: string
  readonly until?: string
  readonly at: readonly string[]
  readonly progressGroup?: string
}

/** What letters are counted by. */
export const countFields = [
  'origin',
  'group',
  'error',
  'reason',
  'family',
  'partition',
  'day',
  'hour',
] as const
export type CountField = (typeof countFields)[number]

export interface DlqListOptions extends LetterFilterOptions {
  readonly by: readonly CountField[]
  readonly records?: boolean
  readonly count?: number
  readonly pattern?: string
}

export interface DlqShowOptions extends ClusterOptions {
  readonly progressGroup?: string
}

export interface DlqEditOptions extends ClusterOptions {
  readonly file?: string
  readonly progressGroup?: string
}

export interface DlqRedriveOptions extends LetterFilterOptions {
  readonly to?: string
  readonly forGroup?: string
  readonly forAll?: boolean
  readonly samePartition?: boolean
  readonly rate?: number
  readonly count?: number
  readonly dryRun?: boolean
  readonly force?: boolean
}

export interface DlqPurgeOptions extends ClusterOptions {
  readonly all?: boolean
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly progressGroup?: string
}
