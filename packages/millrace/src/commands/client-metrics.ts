// `millrace client-metrics …`: grammar.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import type {
  ClientMetricsAlterOptions,
  ClientMetricsDeleteOptions,
  ClientMetricsSetting,
} from '../options/client-metrics.ts'
import { missing } from './grammar.ts'
import { collect, duration, withCluster, withExamples, withJson } from './options.ts'

const settings = ['metrics', 'interval', 'match'] satisfies ClientMetricsSetting[]
const intervalMinMs = 100
const intervalMaxMs = 3_600_000

export function registerClientMetrics(program: Command, context: Context): void {
  const clientMetrics = program
    .command('client-metrics')
    .helpCommand(false)
    .summary('list, alter and delete subscriptions to the metrics of clients')
    .description(
      'Subscriptions to the metrics of clients (KIP-714): who pushes which, and how often. A Millrace broker shows them on its /metrics.',
    )
  withExamples(
    clientMetrics,
    "millrace client-metrics alter all --metrics '*' --interval 30s",
    'millrace client-metrics list',
    'millrace client-metrics delete all',
  )
  const load = () => import('../actions/client-metrics.ts')

  const list = withJson(withCluster(clientMetrics.command('list')))
    .alias('ls')
    .summary('list subscriptions')
    .description('List all subscriptions with what they say.')
    .action(async (options: ClusterOptions) => (await load()).listClientMetrics(options, context))
  withExamples(list, 'millrace client-metrics list', 'millrace client-metrics list --json')

  const describe = withJson(withCluster(clientMetrics.command('describe <name...>')))
    .summary('show subscriptions')
    .description('Show what subscriptions say.')
    .action(async (names: string[], options: ClusterOptions) =>
      (await load()).describeClientMetrics(names, options, context),
    )
  withExamples(describe, 'millrace client-metrics describe all')

  registerAlter(clientMetrics, context)

  const remove = withJson(withCluster(clientMetrics.command('delete <name...>')))
    .alias('rm')
    .summary('delete subscriptions')
    .description('Delete subscriptions: what only they asked for is not pushed any more.')
    .option('--dry-run', 'only check')
    .action(async (names: string[], options: ClientMetricsDeleteOptions) =>
      (await load()).deleteClientMetrics(names, options, context),
    )
  withExamples(remove, 'millrace client-metrics delete all')
}

function registerAlter(clientMetrics: Command, context: Context): void {
  const alter = withJson(withCluster(clientMetrics.command('alter <name>')))
    .alias('set')
    .summary('make or change a subscription')
    .description('Make a subscription, or change one. What is not named stays as it is.')
    .addOption(
      new Option(
        '--metrics <prefix>',
        "beginnings of names, separated by commas (repeatable); '*' for all: org.apache.kafka.producer.",
      )
        .argParser(collectItems)
        .default([], 'none'),
    )
    .addOption(
      new Option('--interval <duration>', 'how often clients push: 30s, 5m; 100ms to 1h').argParser(interval),
    )
    .addOption(
      new Option(
        '--match <selector=pattern>',
        'only clients that fit (repeatable): client_id=shop-.*; also client_instance_id, client_software_name, client_software_version, client_source_address, client_source_port',
      )
        .argParser(collect)
        .default([], 'all clients'),
    )
    .addOption(
      new Option('--reset <setting>', 'back to the default (repeatable)')
        .choices(settings)
        .argParser(collectSettings)
        .default([], 'none'),
    )
    .option('--dry-run', 'only check')
    .action(async (name: string, options: ClientMetricsAlterOptions, command: Command) => {
      const { metrics, interval: every, match, reset } = options
      if (metrics.length + match.length + reset.length === 0 && every === undefined)
        missing(command, 'missing --metrics, --interval, --match or --reset')
      const twice = reset.find(setting => isGiven(options, setting))
      if (twice !== undefined) missing(command, `--${twice} and --reset ${twice} exclude each other`)
      await (await import('../actions/client-metrics.ts')).alterClientMetrics(name, options, context)
    })
  withExamples(
    alter,
    "millrace client-metrics alter all --metrics '*' --interval 30s",
    "millrace client-metrics alter shop --metrics '*' --match 'client_id=shop-.*'",
    'millrace client-metrics alter shop --reset match',
  )
}

function isGiven(options: ClientMetricsAlterOptions, setting: ClientMetricsSetting): boolean {
  return setting === 'interval' ? options.interval !== undefined : options[setting].length > 0
}

function interval(text: string): number {
  const value = duration(text)
  if (value < intervalMinMs || value > intervalMaxMs)
    throw new InvalidArgumentError('A duration from 100ms to 1h is wanted.')
  return value
}

function collectItems(text: string, before: readonly string[]): string[] {
  const items = text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
  return [...before, ...items]
}

function collectSettings(text: string, before: readonly ClientMetricsSetting[]): ClientMetricsSetting[] {
  const setting = settings.find(name => name === text.toLowerCase())
  if (!setting) throw new InvalidArgumentError(`Allowed choices are ${settings.join(', ')}.`)
  return [...before, setting]
}
