// `millrace acl …`: grammar.
import type { AclOperationName, AclPatternFilterName, AclPatternTypeName } from '@millrace/client'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import type { AclCreateOptions, AclDeleteOptions, AclListOptions, AclRuleOptions } from '../options/acl.ts'
import { missing } from './grammar.ts'
import { collect, withCluster, withExamples, withJson } from './options.ts'

// Written out: help must not load the client.
const operations = [
  'all',
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'clusterAction',
  'describeConfigs',
  'alterConfigs',
  'idempotentWrite',
  'createTokens',
  'describeTokens',
  'twoPhaseCommit',
] satisfies AclOperationName[]
const patternTypes = ['literal', 'prefixed'] satisfies AclPatternTypeName[]
const patternFilters = ['any', 'match', 'literal', 'prefixed'] satisfies AclPatternFilterName[]

const resources = 'Resources:'
const rules = 'Who may do what:'

export function registerAcl(program: Command, context: Context): void {
  const acl = program
    .command('acl')
    .helpCommand(false)
    .alias('acls')
    .summary('create, list and delete access control entries')
    .description('Access control entries (ACLs): who may do what to which topics, groups and the cluster.')
  withExamples(
    acl,
    'millrace acl create --producer --topic orders --allow-principal User:alice',
    'millrace acl list',
  )
  const load = () => import('../actions/acl.ts')

  const create = withRules(withResources(withJson(withCluster(acl.command('create')))))
    .summary('allow or deny operations')
    .description(
      'Create ACLs: each principal from each host may, or may not, do each operation to each resource.',
    )
    .addOption(pattern('how the names of resources are meant', patternTypes, 'literal'))
    .action(async (options: AclCreateOptions, command: Command) => {
      checkRules(options, command)
      // Apache Kafka takes it, and it grants nothing: no topic has such a name.
      if (options.resourcePatternType === 'prefixed' && options.topic.includes('*'))
        missing(command, '--topic * is every topic by itself; with "prefixed" it would be none')
      if (options.allowPrincipal.length + options.denyPrincipal.length === 0)
        missing(command, 'missing --allow-principal or --deny-principal, which says whom')
      await (await load()).createAcls(options, context)
    })
  withExamples(
    create,
    'millrace acl create --producer --topic orders --allow-principal User:shop',
    'millrace acl create --consumer -t orders -g billing --allow-principal User:joe',
    'millrace acl create --topic logs- --resource-pattern-type prefixed \\\n      --operation read --allow-principal User:ops',
    'millrace acl create -t logs --deny-principal User:eve --deny-host 10.0.0.7',
  )

  const list = withResources(withJson(withCluster(acl.command('list'))))
    .alias('ls')
    .summary('list ACLs')
    .description('List ACLs: all, or those that apply to resources.')
    .addOption(
      pattern('which patterns: match is all that apply to a resource of the name', patternFilters, 'match'),
    )
    .addOption(
      new Option('--principal <type:name>', 'only of this principal (repeatable)')
        .argParser(collect)
        .default([], 'all'),
    )
    .action(async (options: AclListOptions) => (await load()).listAcls(options, context))
  withExamples(list, 'millrace acl list', 'millrace acl list --topic orders --json')

  const remove = withRules(withResources(withJson(withCluster(acl.command('delete')))))
    .alias('rm')
    .summary('delete ACLs')
    .description(
      'Delete the ACLs that "create" makes with the same options; without a principal, all of the resources.',
    )
    .addOption(pattern('how the names of resources are meant', patternFilters, 'literal'))
    .option('-f, --force', 'do not ask')
    .action(async (options: AclDeleteOptions, command: Command) => {
      checkRules(options, command)
      await (await load()).deleteAcls(options, context)
    })
  withExamples(
    remove,
    'millrace acl delete --consumer -t orders -g billing --allow-principal User:joe',
    'millrace acl delete --topic orders --force',
  )
}

const repeatable = (flags: string, text: string) =>
  new Option(flags, `${text} (repeatable)`).argParser(collect).default([])

function withResources(command: Command): Command {
  return command
    .addOption(repeatable('-t, --topic <name>', 'topic; * for all').helpGroup(resources))
    .addOption(repeatable('-g, --group <id>', 'consumer group; * for all').helpGroup(resources))
    .addOption(repeatable('--transactional-id <id>', 'transactional id; * for all').helpGroup(resources))
    .addOption(new Option('--cluster', 'the cluster').helpGroup(resources))
    .addOption(repeatable('--delegation-token <id>', 'delegation token').helpGroup(resources))
    .addOption(repeatable('--user-principal <type:name>', 'user whose tokens are meant').helpGroup(resources))
}

function withRules(command: Command): Command {
  return command
    .addOption(
      repeatable('--allow-principal <type:name>', 'User:alice; User:* for everybody').helpGroup(rules),
    )
    .addOption(repeatable('--deny-principal <type:name>', 'whom to deny it').helpGroup(rules))
    .addOption(repeatable('--allow-host <address>', 'from where: default everywhere').helpGroup(rules))
    .addOption(
      repeatable('--deny-host <address>', 'from where it is denied: default everywhere').helpGroup(rules),
    )
    .addOption(
      new Option('--operation <name>', 'which operation (repeatable)')
        .choices(operations)
        .argParser(collectOperations)
        .default([], 'all')
        .helpGroup(rules),
    )
    .addOption(
      new Option(
        '--producer',
        'all that producing takes: write, describe and create, also of --transactional-id',
      )
        .conflicts(['operation', 'denyPrincipal', 'denyHost'])
        .helpGroup(rules),
    )
    .addOption(
      new Option('--consumer', 'all that consuming takes: read and describe of topics, read of --group')
        .conflicts(['operation', 'denyPrincipal', 'denyHost'])
        .helpGroup(rules),
    )
    .addOption(
      new Option(
        '--idempotent',
        'with --producer: idempotentWrite on the cluster, for clusters before 2.8',
      ).helpGroup(rules),
    )
}

function pattern<T extends string>(what: string, choices: readonly T[], byDefault: T): Option {
  return new Option('--resource-pattern-type <type>', what)
    .choices(choices)
    .default(byDefault)
    .helpGroup(resources)
}

/** Also as Kafka's tools write them: `DescribeConfigs`, `DESCRIBE_CONFIGS`. */
function collectOperations(text: string, before: readonly AclOperationName[]): AclOperationName[] {
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase()
  const operation = operations.find(name => plain(name) === plain(text))
  if (!operation) throw new InvalidArgumentError(`Allowed choices are ${operations.join(', ')}.`)
  return [...before, operation]
}

/** Says what a rule lacks, with its help. */
function checkRules(options: AclRuleOptions, command: Command): void {
  const { topic, group, transactionalId, delegationToken, userPrincipal, cluster } = options
  const { producer, consumer, idempotent, allowPrincipal, denyPrincipal, allowHost, denyHost } = options
  const named = [topic, group, transactionalId, delegationToken, userPrincipal].some(
    ({ length }) => length > 0,
  )
  if (idempotent && !producer) missing(command, '--idempotent goes with --producer')
  if (producer && topic.length === 0) missing(command, 'missing --topic, which --producer is about')
  if (consumer && (topic.length === 0 || group.length === 0))
    missing(command, 'missing --topic and --group, which --consumer is about')
  if (!named && !cluster) missing(command, 'missing --topic, --group, --cluster or another resource')
  if (allowHost.length > 0 && allowPrincipal.length === 0)
    missing(command, 'missing --allow-principal, which --allow-host goes with')
  if (denyHost.length > 0 && denyPrincipal.length === 0)
    missing(command, 'missing --deny-principal, which --deny-host goes with')
}
