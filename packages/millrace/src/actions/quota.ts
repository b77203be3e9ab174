// `millrace quota list`, `set` and `remove`: what they do.
import type { Admin, ClientQuotaEntity, ClientQuotaKeyName, DescribedClientQuotas } from '@millrace/client'
import type { Context } from '../context.ts'
import type {
  QuotaEntityOptions,
  QuotaListOptions,
  QuotaRemoveOptions,
  QuotaSetOptions,
} from '../options/quota.ts'
import { UsageError } from '../output/errors.ts'
import type { Column } from '../output/table.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'

/** What is told of one quota. A name of null is the default of its type. */
interface QuotaRow {
  readonly user?: string | null
  readonly clientId?: string | null
  readonly ip?: string | null
  readonly quota: string
  readonly value: number | null
}

const nameOf = (name: string | null | undefined): string => (name === null ? '(default)' : (name ?? ''))

const columns: readonly Column<QuotaRow>[] = [
  { title: 'USER', value: row => nameOf(row.user) },
  { title: 'CLIENT-ID', value: row => nameOf(row.clientId) },
  { title: 'IP', value: row => nameOf(row.ip) },
  { title: 'QUOTA', value: row => row.quota },
  { title: 'VALUE', value: row => row.value, numeric: true },
]

/** Quotas and logins know users by their names, ACLs by their principals: who mixes them up has a quota that nobody uses. */
function noteOfPrincipal({ user }: QuotaEntityOptions, { terminal }: Context): void {
  if (user?.startsWith('User:'))
    terminal.note(`the user is called ${JSON.stringify(user)} by that: quotas name users without "User:"`)
}

/** The entity that the options name; a type that they do not is left out. */
function entityOf(options: QuotaEntityOptions): ClientQuotaEntity {
  const { user, defaultUser, clientId, defaultClientId, ip, defaultIp } = options
  return {
    ...(user !== undefined && { user }),
    ...(defaultUser && { user: null }),
    ...(clientId !== undefined && { clientId }),
    ...(defaultClientId && { clientId: null }),
    ...(ip !== undefined && { ip }),
    ...(defaultIp && { ip: null }),
  }
}

const rowsOf = ({ entity, values }: DescribedClientQuotas): QuotaRow[] =>
  Object.entries(values).map(([quota, value]) => ({ ...entity, quota, value }))

export async function listQuotas(options: QuotaListOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const found = await admin.describeClientQuotas(entityOf(options), {
      strict: options.strict ?? false,
      signal: context.signal,
    })
    await printRows(context.terminal, found.flatMap(rowsOf), columns, options.json ?? false)
  })
}

export async function setQuotas(options: QuotaSetOptions, context: Context): Promise<void> {
  const given: Readonly<Record<ClientQuotaKeyName, number | undefined>> = {
    producer_byte_rate: options.producerByteRate,
    consumer_byte_rate: options.consumerByteRate,
    request_percentage: options.requestPercentage,
    controller_mutation_rate: options.controllerMutationRate,
    connection_creation_rate: options.connectionCreationRate,
  }
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  if (Object.keys(values).length === 0) {
    throw new UsageError(
      'no quota is named: --producer-byte-rate, --consumer-byte-rate, --request-percentage …',
    )
  }
  noteOfPrincipal(options, context)
  await withAdmin(options, context, admin =>
    change(
      admin,
      { values, result: options.dryRun ? 'would be set' : 'set', validateOnly: options.dryRun ?? false },
      options,
      context,
    ),
  )
}

export async function removeQuotas(options: QuotaRemoveOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const found = await admin.describeClientQuotas(entityOf(options), {
      strict: true,
      signal: context.signal,
    })
    const keys = found.flatMap(({ values }) => Object.keys(values) as ClientQuotaKeyName[])
    const wanted = options.quota.length > 0 ? options.quota : keys
    const present = wanted.filter(key => keys.includes(key))
    if (present.length === 0) {
      if (options.json) await printJson(context.terminal, [])
      else context.terminal.note('no quota is meant by that')
      return
    }
    const values = Object.fromEntries(present.map(key => [key, null]))
    await change(admin, { values, result: 'removed', validateOnly: false }, options, context)
  })
}

interface Changes {
  readonly values: Readonly<Partial<Record<ClientQuotaKeyName, number | null>>>
  /** What is told of each that was made. */
  readonly result: string
  readonly validateOnly: boolean
}

async function change(
  admin: Admin,
  { values, result, validateOnly }: Changes,
  options: QuotaEntityOptions,
  context: Context,
): Promise<void> {
  const entity = entityOf(options)
  const [outcome] = await admin.alterClientQuotas([{ entity, values }], {
    validateOnly,
    signal: context.signal,
  })
  // Those of one entity are changed together: what is wrong with one is told once.
  if (outcome?.error) throw outcome.error
  const rows = Object.entries(values).map(([quota, value]) => ({
    ...entity,
    quota,
    value: value ?? null,
    result,
    error: undefined,
  }))
  await reportOutcomes(rows, 'quota', columns, options, context)
}
