// Admin: set quotas and take them away.
import { AlterClientQuotasApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { type Check, entry, flag, listOf, optionsWith } from '../../config/arguments.ts'
import { show } from '../../config/show.ts'
import { StateError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import {
  checkQuotaEntity,
  type ClientQuotaEntity,
  ClientQuotaKey,
  type ClientQuotaKeyName,
  partsOf,
} from './client-quota.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'

/** What to change of the quotas of one entity. */
export interface ClientQuotaChange {
  /** Whom they are for. */
  readonly entity: ClientQuotaEntity
  /** By Kafka’s name; `null` takes a quota away. What is not named stays. */
  readonly values: Readonly<Partial<Record<ClientQuotaKeyName, number | null>>>
}

/** Options of `alterClientQuotas`. */
export interface AlterClientQuotasOptions extends AdminCallOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

/** What became of the changes of one entity: all were made, or none. */
export interface AlteredClientQuotas extends Outcome {
  /** The entity as it was given. */
  readonly entity: ClientQuotaEntity
}

const checkLimit: Check = (place, value) => {
  if (value === undefined || value === null || (typeof value === 'number' && value > 0)) return
  throw new StateError(`${place} is ${show(value)}: write a number above 0, or null to take the quota away`)
}

const checkChanges = listOf(
  entry({
    entity: checkQuotaEntity,
    values: entry(Object.fromEntries(ClientQuotaKey.map(key => [key, checkLimit]))),
  }),
)
const checkOptions = optionsWith({ validateOnly: flag })

/** Changes the quotas of each entity, each with its own outcome. */
export async function alterClientQuotas(
  cluster: Cluster,
  changes: readonly ClientQuotaChange[],
  options: AlterClientQuotasOptions = {},
): Promise<AlteredClientQuotas[]> {
  checkChanges('alterClientQuotas: changes', changes)
  checkOptions('alterClientQuotas: options', options)
  const what = 'changing quotas'
  const { entries } = await cluster.call(
    AlterClientQuotasApi,
    {
      entries: changes.map(({ entity, values }) => ({ entity: partsOf(entity), ops: operationsOf(values) })),
      validateOnly: options.validateOnly ?? false,
    },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: response =>
        checkBroker(
          response.entries.map(({ errorCode }) => errorCode),
          what,
        ),
    },
  )
  return changes.map(({ entity }) => {
    const id = idOf(partsOf(entity))
    const found = entries.find(answered => idOf(answered.entity) === id)
    const whatOne = `changing the quotas of ${JSON.stringify(entity)}`
    return { entity, error: outcomeError(found?.errorCode ?? -1, whatOne, found?.errorMessage) }
  })
}

function operationsOf(
  values: ClientQuotaChange['values'],
): { key: string; value: number; remove: boolean }[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: value ?? 0, remove: value === null }],
  )
}

/** Brokers answer in an order of their own. */
function idOf(parts: readonly { readonly entityType: string; readonly entityName: string | null }[]): string {
  return parts
    .map(({ entityType, entityName }) => JSON.stringify([entityType, entityName]))
    .sort()
    .join()
}
