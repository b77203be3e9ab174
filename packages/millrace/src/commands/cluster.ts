// `millrace cluster`: grammar.
import type { Command } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { withCluster, withExamples, withJson } from './options.ts'

export function registerCluster(program: Command, context: Context): void {
  const command = withJson(withCluster(program.command('cluster')))
    .summary('show brokers, controller, features and sizes')
    .description(
      'Show the brokers with what they hold, which one is the controller, and the features in use.',
    )
    .action(async (options: ClusterOptions) =>
      (await import('../actions/cluster.ts')).describeCluster(options, context),
    )
  withExamples(command, 'millrace cluster', "millrace cluster --json | jq '.brokers[].sizeBytes'")
}
