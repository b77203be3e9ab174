// Admin: which quotas are set.
import { DescribeClientQuotasApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { flag, optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import {
  checkQuotaFilter,
  type ClientQuotaEntity,
  type ClientQuotaFilter,
  componentsOf,
  entityOf,
} from './client-quota.ts'
import { checkBroker } from '../wrong-broker.ts'

/** The quotas of one entity. */
export interface DescribedClientQuotas {
  /** Whom they are for. */
  readonly entity: ClientQuotaEntity
  /** By Kafka’s name, such as `producer_byte_rate`. */
  readonly values: Readonly<Record<string, number>>
}

/** Options of `describeClientQuotas`. */
export interface DescribeClientQuotasOptions extends AdminCallOptions {
  /** Leave out entities that name a type which the filter does not: a user with a client id where a user is asked for. Default false. */
  readonly strict?: boolean
}

const checkOptions = optionsWith({ strict: flag })

/** The quotas of the entities that the filter means, sorted by entity. */
export async function describeClientQuotas(
  cluster: Cluster,
  filter: ClientQuotaFilter = {},
  options: DescribeClientQuotasOptions = {},
): Promise<DescribedClientQuotas[]> {
  checkQuotaFilter('describeClientQuotas: filter', filter)
  checkOptions('describeClientQuotas: options', options)
  const what = 'describing quotas'
  const { errorCode, errorMessage, entries } = await cluster.call(
    DescribeClientQuotasApi,
    { components: componentsOf(filter), strict: options.strict ?? false },
    {
      ...callOptions(options),
      what,
      to: 'any',
      check: response => checkBroker([response.errorCode], what),
    },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
  return (entries ?? [])
    .map(({ entity, values }) => ({
      entity: entityOf(entity),
      values: Object.fromEntries(values.map(({ key, value }) => [key, value])),
    }))
    .map(quotas => ({ quotas, order: JSON.stringify(quotas.entity) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ quotas }) => quotas)
}
