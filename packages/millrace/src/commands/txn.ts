// `millrace txn …`: grammar.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { int32Max } from '../format/limits.ts'
import type { TxnAbortOptions, TxnFenceOptions, TxnHangingOptions, TxnListOptions } from '../options/txn.ts'
import {
  collect,
  collectIntegers,
  duration,
  integer,
  withCluster,
  withExamples,
  withJson,
} from './options.ts'

const states = ['Empty', 'Ongoing', 'PrepareCommit', 'PrepareAbort', 'CompleteCommit', 'CompleteAbort']
/** The longest that brokers let a transaction be open by default: what is older hangs. */
const openForMs = 15 * 60_000

export function registerTxn(program: Command, context: Context): void {
  const txn = program
    .command('txn')
    .helpCommand(false)
    .aliases(['transaction', 'transactions'])
    .summary('list and describe transactions, find and end those that hang')
    .description('Transactions: who has which open, and ending those that nobody ends.')
  withExamples(txn, 'millrace txn list --state Ongoing', 'millrace txn hanging')
  const load = () => import('../actions/txn.ts')

  const list = withJson(withCluster(txn.command('list')))
    .alias('ls')
    .summary('list transactional ids')
    .description('List transactional ids with their states.')
    .addOption(
      new Option('-s, --state <state>', 'only in this state (repeatable)')
        .choices(states)
        .argParser(collectStates)
        .default([], 'all'),
    )
    .addOption(
      new Option('--producer-id <id>', 'only of this producer (repeatable)')
        .argParser(collectIntegers(0, Number.MAX_SAFE_INTEGER))
        .default([], 'all'),
    )
    .addOption(
      new Option('--open-for <duration>', 'only those that began longer ago: 30s, 5m').argParser(duration),
    )
    .option('--pattern <regex>', 'only ids that this regular expression matches as a whole')
    .action(async (options: TxnListOptions) => (await load()).listTransactions(options, context))
  withExamples(list, 'millrace txn list', 'millrace txn list -s Ongoing --open-for 1m --json')

  const describe = withJson(withCluster(txn.command('describe <transactional-id...>')))
    .summary('show producer, state and partitions of transactional ids')
    .description('Show what the coordinators know of transactional ids.')
    .action(async (ids: string[], options: ClusterOptions) =>
      (await load()).describeTransactions(ids, options, context),
    )
  withExamples(describe, 'millrace txn describe billing')

  const producers = withJson(withCluster(txn.command('producers <topic...>')))
    .summary('show what partitions remember of producers')
    .description('Show the producers that partitions remember: topic, or topic:0,1,2.')
    .action(async (topics: string[], options: ClusterOptions) =>
      (await import('../actions/txn-producers.ts')).describeProducers(topics, options, context),
    )
  withExamples(producers, 'millrace txn producers orders', 'millrace txn producers orders:0 --json')

  registerHanging(txn, context)
}

function registerHanging(txn: Command, context: Context): void {
  const hanging = withJson(withCluster(txn.command('hanging')))
    .summary('find transactions that nobody will end')
    .description(
      'Find transactions that are open in a partition and that no coordinator knows of: readers of committed data wait for them for ever.',
    )
    .addOption(
      new Option('-t, --topic <name[:partitions]>', 'only in this topic, or topic:0,1,2 (repeatable)')
        .argParser(collect)
        .default([], 'all'),
    )
    .addOption(
      new Option('--open-for <duration>', 'only those that were silent for longer')
        .argParser(duration)
        .default(openForMs, '15m'),
    )
    .action(async (options: TxnHangingOptions) =>
      (await import('../actions/txn-hanging.ts')).findHanging(options, context),
    )
  withExamples(hanging, 'millrace txn hanging', 'millrace txn hanging -t orders --open-for 1m')

  const abort = withJson(withCluster(txn.command('abort')))
    .summary('end a transaction that hangs in a partition')
    .description('Abort the open transaction of a producer in one partition. "txn hanging" finds them.')
    .argument('<topic>')
    .argument('<partition>', 'a number from 0', integer(0, int32Max))
    .addOption(
      new Option('--producer-id <id>', 'whose transaction').argParser(integer()).makeOptionMandatory(),
    )
    .option('-f, --force', 'do not ask')
    .action(async (topic: string, partition: number, options: TxnAbortOptions) =>
      (await import('../actions/txn-abort.ts')).abortTransaction({ topic, partition }, options, context),
    )
  withExamples(abort, 'millrace txn abort orders 0 --producer-id 4000')

  const fence = withJson(withCluster(txn.command('fence <transactional-id...>')))
    .summary('end transactions by fencing their producers')
    .description('Take transactional ids over: their producers are fenced, what is open is aborted.')
    .option('-f, --force', 'do not ask')
    .action(async (ids: string[], options: TxnFenceOptions) =>
      (await import('../actions/txn-abort.ts')).fenceProducers(ids, options, context),
    )
  withExamples(fence, 'millrace txn fence billing')
}

/** Whatever its case. */
function collectStates(text: string, before: readonly string[]): string[] {
  const state = states.find(name => name.toLowerCase() === text.toLowerCase())
  if (state === undefined) throw new InvalidArgumentError(`Allowed choices are ${states.join(', ')}.`)
  return [...before, state]
}
