// What the command line of `millrace user …` says.
import type { ClusterOptions } from '../context.ts'

export interface UserCreateOptions extends ClusterOptions {
  readonly mechanism: readonly ('scram-sha-256' | 'scram-sha-512')[]
  readonly iterations?: number
  readonly newPasswordFile?: string
  readonly replace?: boolean
}

export interface UserDeleteOptions extends ClusterOptions {
  readonly mechanism: readonly ('scram-sha-256' | 'scram-sha-512')[]
}
