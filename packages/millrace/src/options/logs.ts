// What the command line of `millrace logs` says.
import type { ClusterOptions } from '../context.ts'

export interface LogsOptions extends ClusterOptions {
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  readonly since?: string
  readonly until?: string
  readonly service: readonly string[]
  readonly correlation?: string
  readonly grep?: string
  readonly ignoreCase?: boolean
  readonly count: number
  readonly oldest?: boolean
  readonly follow?: boolean
}
