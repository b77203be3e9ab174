// What the command line of `millrace txn …` says.
import type { ClusterOptions } from '../context.ts'

export interface TxnListOptions extends ClusterOptions {
  readonly state: readonly string[]
  readonly producerId: readonly number[]
  /** In milliseconds. */
  readonly openFor?: number
  readonly pattern?: string
}

export interface TxnHangingOptions extends ClusterOptions {
  readonly topic: readonly string[]
  /** In milliseconds. */
  readonly openFor: number
}

export interface TxnAbortOptions extends ClusterOptions {
  readonly producerId: number
  readonly force?: boolean
}

export interface TxnFenceOptions extends ClusterOptions {
  readonly force?: boolean
}
