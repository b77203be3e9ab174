// `millrace quota …`: grammar.
import type { ClientQuotaKeyName } from '@millrace/client'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import type { QuotaListOptions, QuotaRemoveOptions, QuotaSetOptions } from '../options/quota.ts'
import { missing } from './grammar.ts'
import { bytes, integer, withCluster, withExamples, withJson } from './options.ts'

// Written out: help must not load the client.
const keys = [
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
  'connection_creation_rate',
] satisfies ClientQuotaKeyName[]

const whom = 'Whom they are for:'
const limits = 'Quotas:'

export function registerQuota(program: Command, context: Context): void {
  const quota = program
    .command('quota')
    .helpCommand(false)
    .alias('quotas')
    .summary('list, set and remove quotas')
    .description('Quotas: what users, clients and addresses may use a second. The most specific one counts.')
  withExamples(
    quota,
    'millrace quota set --user alice --producer-byte-rate 1MB',
    'millrace quota list',
    'millrace quota remove --user alice',
  )
  const load = () => import('../actions/quota.ts')

  const list = withEntity(withJson(withCluster(quota.command('list'))))
    .alias('ls')
    .summary('list quotas')
    .description('List quotas: all, or those of whom is named.')
    .option('--strict', 'without those that also name something else: a user with a client id')
    .action(async (options: QuotaListOptions, command: Command) => {
      checkEntity(options, command, false)
      await (await load()).listQuotas(options, context)
    })
  withExamples(list, 'millrace quota list', 'millrace quota list --user alice --strict --json')

  registerSet(quota, context)

  const remove = withEntity(withJson(withCluster(quota.command('remove'))))
    .alias('rm')
    .summary('remove quotas')
    .description('Remove quotas of whom is named: all, or some.')
    .addOption(
      new Option('--quota <name>', 'only this quota (repeatable)')
        .choices(keys)
        .argParser(collectKeys)
        .default([], 'all'),
    )
    .action(async (options: QuotaRemoveOptions, command: Command) => {
      checkEntity(options, command, true)
      await (await load()).removeQuotas(options, context)
    })
  withExamples(
    remove,
    'millrace quota remove --user alice',
    'millrace quota remove --default-client-id --quota consumer_byte_rate',
  )
}

function registerSet(quota: Command, context: Context): void {
  const set = withEntity(withJson(withCluster(quota.command('set'))))
    .summary('set quotas')
    .description('Set quotas. Those that are not named stay as they are.')
    .addOption(
      limit('--producer-byte-rate <size>', 'bytes produced a second: 500000, 1MB, 16KiB').argParser(byteRate),
    )
    .addOption(limit('--consumer-byte-rate <size>', 'bytes fetched a second').argParser(byteRate))
    .addOption(
      limit(
        '--request-percentage <percent>',
        'of the time of one request thread, which may have a fraction',
      ).argParser(positive),
    )
    .addOption(
      limit('--controller-mutation-rate <number>', 'partitions made or deleted a second').argParser(positive),
    )
    .addOption(
      limit('--connection-creation-rate <number>', 'connections a second, of --ip or --default-ip').argParser(
        integer(1),
      ),
    )
    .option('--dry-run', 'only check')
    .action(async (options: QuotaSetOptions, command: Command) => {
      checkEntity(options, command, true)
      await (await import('../actions/quota.ts')).setQuotas(options, context)
    })
  withExamples(
    set,
    'millrace quota set --default-client-id --consumer-byte-rate 10MB',
    'millrace quota set --user alice --client-id app --request-percentage 25',
    'millrace quota set --default-ip --connection-creation-rate 100',
  )
}

const limit = (flags: string, text: string) => new Option(flags, text).helpGroup(limits)
const byteRate = bytes(1, Number.MAX_SAFE_INTEGER)

function positive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('A number above 0 is wanted.')
  return value
}

/** Also with dashes, as the options of `set` have them. */
function collectKeys(text: string, before: readonly ClientQuotaKeyName[]): ClientQuotaKeyName[] {
  const key = keys.find(name => name === text.replaceAll('-', '_').toLowerCase())
  if (!key) throw new InvalidArgumentError(`Allowed choices are ${keys.join(', ')}.`)
  return [...before, key]
}

function withEntity(command: Command): Command {
  const option = (flags: string, text: string) => new Option(flags, text).helpGroup(whom)
  return command
    .addOption(option('--user <name>', 'a user, without "User:"; ANONYMOUS for who has not authenticated'))
    .addOption(option('--default-user', 'users that have no quota of their own').conflicts('user'))
    .addOption(option('--client-id <id>', 'a client id, of any user or with --user'))
    .addOption(
      option('--default-client-id', 'client ids that have no quota of their own').conflicts('clientId'),
    )
    .addOption(option('--ip <address>', 'an address'))
    .addOption(option('--default-ip', 'addresses that have no quota of their own').conflicts('ip'))
}

/** Says what an entity lacks, or has too much of. */
function checkEntity(options: QuotaSetOptions, command: Command, needed: boolean): void {
  const named = [options.user, options.defaultUser, options.clientId, options.defaultClientId]
  const hasIp = options.ip !== undefined || options.defaultIp === true
  const hasClient = named.some(value => value !== undefined)
  if (hasIp && hasClient)
    missing(command, '--ip and --default-ip stand for themselves, without users and client ids')
  if (needed && !hasIp && !hasClient)
    missing(command, 'missing --user, --client-id, --ip, or a default of these')
}
