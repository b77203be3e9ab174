// What the command line of `millrace consume` says.
import type { ClusterOptions } from '../context.ts'

export interface ConsumeOptions extends ClusterOptions {
  readonly offset?: string
  readonly partition: readonly number[]
  readonly group?: string
  readonly count?: number
  readonly exit?: boolean
  readonly format?: string
  readonly null?: string
  readonly regex?: boolean
  readonly grep?: string
  readonly isolation: 'read_committed' | 'read_uncommitted'
}
