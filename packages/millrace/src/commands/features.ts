// `millrace features …`: grammar.
import { type Command, InvalidArgumentError } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import type { FeatureChangeOptions, FeatureDowngradeOptions, FeatureLevel } from '../options/features.ts'
import { withCluster, withExamples, withJson } from './options.ts'

export function registerFeatures(program: Command, context: Context): void {
  const features = program
    .command('features')
    .helpCommand(false)
    .alias('feature')
    .summary('show, raise and lower the levels of features')
    .description('Features: what a cluster can do, and what of it is in force.')
  withExamples(
    features,
    'millrace features describe',
    'millrace features upgrade transaction.version=2',
    'millrace features downgrade transaction.version=1',
  )
  const load = () => import('../actions/features.ts')

  const describe = withJson(withCluster(features.command('describe')))
    .alias('list')
    .summary('show features and their levels')
    .description('Show the features that the broker knows, the levels that it can do, and the one in force.')
    .action(async (options: ClusterOptions) => (await load()).describeFeatures(options, context))
  withExamples(describe, 'millrace features describe', 'millrace features describe --json')

  const upgrade = withJson(withCluster(features.command('upgrade')))
    .summary('raise levels')
    .description('Raise levels, all that are named or none.')
    .argument('<name=level...>', 'such as transaction.version=2', collectLevels)
    .option('--dry-run', 'only check')
    .action(async (levels: FeatureLevel[], options: FeatureChangeOptions) =>
      (await load()).changeFeatures(levels, 'upgrade', options, context),
    )
  withExamples(upgrade, 'millrace features upgrade transaction.version=2')

  const downgrade = withJson(withCluster(features.command('downgrade')))
    .summary('lower levels; 0 switches a feature off')
    .description('Lower levels, all that are named or none; 0 switches a feature off.')
    .argument('<name=level...>', 'such as transaction.version=1', collectLevels)
    .option('--dry-run', 'only check')
    .option('--unsafe', 'also where something is lost that the lower level cannot say')
    .action(async (levels: FeatureLevel[], options: FeatureDowngradeOptions) =>
      (await load()).changeFeatures(
        levels,
        options.unsafe ? 'unsafeDowngrade' : 'safeDowngrade',
        options,
        context,
      ),
    )
  withExamples(downgrade, 'millrace features downgrade transaction.version=1 --dry-run')
}

function collectLevels(text: string, before: readonly FeatureLevel[] = []): FeatureLevel[] {
  const [, name, level] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? []
  if (name === undefined || Number(level) > 32_767) {
    throw new InvalidArgumentError('A feature with its level, such as transaction.version=2, is wanted.')
  }
  return [...before, { name, level: Number(level) }]
}
