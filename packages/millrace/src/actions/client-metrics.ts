// `millrace client-metrics list`, `describe`, `alter` and `delete`: what they do.
import { type Admin, type ConfigChange, throwFirst } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import type {
  ClientMetricsAlterOptions,
  ClientMetricsDeleteOptions,
  ClientMetricsSetting,
} from '../options/client-metrics.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import type { Column } from '../output/table.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'

interface Subscription {
  readonly name: string
  readonly metrics: readonly string[]
  readonly intervalMs: number
  readonly match: readonly string[]
}

/** Kafka's names of the settings. */
const properties: Readonly<Record<ClientMetricsSetting, string>> = {
  metrics: 'metrics',
  interval: 'interval.ms',
  match: 'match',
}

const columns: readonly Column<Subscription>[] = [
  { title: 'NAME', value: row => row.name },
  { title: 'METRICS', value: row => row.metrics.join(',') },
  { title: 'INTERVAL-MS', value: row => row.intervalMs, numeric: true },
  { title: 'MATCH', value: row => row.match.join(',') },
]

const typeOf = (name: string) => ({ type: 'clientMetrics', name }) as const

export async function listClientMetrics(options: ClusterOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const names = await namesOf(admin, context)
    if (names.length === 0 && !options.json)
      context.terminal.note('there are no subscriptions; "millrace client-metrics alter" makes one')
    else await print(await read(admin, names, context), options, context)
  })
}

export async function describeClientMetrics(
  names: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    await checkExist(admin, names, context)
    await print(await read(admin, names, context), options, context)
  })
}

export async function alterClientMetrics(
  name: string,
  options: ClientMetricsAlterOptions,
  context: Context,
): Promise<void> {
  const { metrics, interval, match, reset } = options
  const given: Readonly<Record<ClientMetricsSetting, string | undefined>> = {
    metrics: metrics.length > 0 ? metrics.join(',') : undefined,
    interval: interval?.toString(),
    match: match.length > 0 ? match.join(',') : undefined,
  }
  const changes: ConfigChange[] = reset.map(setting => ({ name: properties[setting] }))
  for (const [setting, value] of Object.entries(given)) {
    if (value !== undefined) changes.push({ name: properties[setting as ClientMetricsSetting], value })
  }
  await withAdmin(options, context, async admin => {
    await alter(admin, [{ name, changes }], options.dryRun ? 'would be altered' : 'altered', options, context)
  })
}

export async function deleteClientMetrics(
  names: readonly string[],
  options: ClientMetricsDeleteOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    await checkExist(admin, names, context)
    const changes = Object.values(properties).map(name => ({ name }))
    const result = options.dryRun ? 'would be deleted' : 'deleted'
    await alter(
      admin,
      names.map(name => ({ name, changes })),
      result,
      options,
      context,
    )
  })
}

async function alter(
  admin: Admin,
  subscriptions: readonly { readonly name: string; readonly changes: readonly ConfigChange[] }[],
  result: string,
  options: ClientMetricsDeleteOptions,
  context: Context,
): Promise<void> {
  const altered = await admin.alterConfigs(
    subscriptions.map(({ name, changes }) => ({ resource: typeOf(name), changes })),
    { validateOnly: options.dryRun ?? false, signal: context.signal },
  )
  const outcomes = altered.map(({ resource, error }) => ({ name: resource.name, result, error }))
  await reportOutcomes(
    outcomes,
    'subscription',
    [{ title: 'NAME', value: row => row.name }],
    options,
    context,
  )
}

async function namesOf(admin: Admin, { signal }: Context): Promise<string[]> {
  const resources = await admin.listConfigResources(['clientMetrics'], { signal })
  return resources.map(({ name }) => name)
}

/** To brokers a subscription that there is not is one without settings. */
async function checkExist(admin: Admin, names: readonly string[], context: Context): Promise<void> {
  const known = new Set(await namesOf(admin, context))
  const stranger = names.find(name => !known.has(name))
  if (stranger !== undefined)
    throw new CommandError(
      `there is no subscription "${stranger}"`,
      ExitCode.notFound,
      '"millrace client-metrics list" shows those that there are',
    )
}

async function read(admin: Admin, names: readonly string[], { signal }: Context): Promise<Subscription[]> {
  const described = throwFirst(await admin.describeConfigs(names.map(typeOf), { signal }))
  return described.map(({ resource, entries }) => {
    const text = (setting: ClientMetricsSetting) =>
      entries.find(({ name }) => name === properties[setting])?.value ?? ''
    const items = (setting: ClientMetricsSetting) => text(setting).split(',').filter(Boolean)
    return {
      name: resource.name,
      metrics: items('metrics'),
      intervalMs: Number(text('interval')),
      match: items('match'),
    }
  })
}

async function print(
  rows: readonly Subscription[],
  { json = false }: ClusterOptions,
  { terminal }: Context,
): Promise<void> {
  await printRows(terminal, rows, columns, json)
}
