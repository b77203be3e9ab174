// What the command line of `millrace quota …` says.
import type { ClientQuotaKeyName } from '@millrace/client'
import type { ClusterOptions } from '../context.ts'

/** Whom quotas are for. */
export interface QuotaEntityOptions extends ClusterOptions {
  readonly user?: string
  readonly defaultUser?: boolean
  readonly clientId?: string
  readonly defaultClientId?: boolean
  readonly ip?: string
  readonly defaultIp?: boolean
}

export interface QuotaListOptions extends QuotaEntityOptions {
  readonly strict?: boolean
}

export interface QuotaSetOptions extends QuotaEntityOptions {
  readonly producerByteRate?: number
  readonly consumerByteRate?: number
  readonly requestPercentage?: number
  readonly controllerMutationRate?: number
  readonly connectionCreationRate?: number
  readonly dryRun?: boolean
}

export interface QuotaRemoveOptions extends QuotaEntityOptions {
  /** None means all. */
  readonly quota: readonly ClientQuotaKeyName[]
}
