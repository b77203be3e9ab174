// `millrace dlq …`: grammar.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import {
  type CountField,
  countFields,
  type DlqEditOptions,
  type DlqListOptions,
  type DlqPurgeOptions,
  type DlqRedriveOptions,
  type DlqShowOptions,
} from '../options/dlq.ts'
import { collect, integer, withCluster, withExamples, withJson } from './options.ts'

const families = ['millrace', 'spring', 'connect', 'streams', 'share-group']
const countDefault: readonly CountField[] = ['origin', 'group', 'error']
const recordsShown = 1_000

export function registerDlq(program: Command, context: Context): void {
  const dlq = program
    .command('dlq')
    .helpCommand(false)
    .aliases(['dead-letters'])
    .summary('list, show, edit, send back and delete dead letters')
    .description(
      'Dead letters of services, Spring Kafka, Kafka Connect, Kafka Streams and share groups: what failed and why, and sending it back.',
    )
  withExamples(dlq, 'millrace dlq list', 'millrace dlq redrive orders-billing-dlt --dry-run')
  registerList(dlq, context)
  registerShow(dlq, context)
  registerEdit(dlq, context)
  registerRedrive(dlq, context)
  registerPurge(dlq, context)
}

/** Where it is remembered what was sent back. */
function withProgress(command: Command): Command {
  return command.option(
    '--progress-group <group>',
    'whose commits say what was sent back (default: the topic and "-redrive")',
  )
}

function withFilter(command: Command): Command {
  const option = (flags: string, description: string) =>
    new Option(flags, description).helpGroup('Which letters:')
  return command
    .addOption(option('--origin <topic>', 'that came from this topic'))
    .addOption(option('-g, --group <group>', 'that this group, connector or application gave up'))
    .addOption(option('-e, --error <class>', 'with an error of this class, its package left out or not'))
    .addOption(option('-m, --message <regex>', 'with a message in which this regular expression is found'))
    .addOption(option('--reason <reason>', 'given up for this reason, e.g. attempts-exhausted, poison'))
    .addOption(option('--family <name>', 'with headers of').choices(families))
    .addOption(option('-k, --key <text>', 'with this key'))
    .addOption(option('--since <time>', 'given up at this time or later: -1h, 2026-01-31T10:00Z'))
    .addOption(option('--until <time>', 'given up before this time'))
    .addOption(
      option('--at <partition:offset>', 'that stand there (repeatable)').argParser(collect).default([]),
    )
}

function registerList(dlq: Command, context: Context): void {
  const list = withFilter(withProgress(withJson(withCluster(dlq.command('list [topic...]')))))
    .alias('ls')
    .summary('count dead letters by topic, group and error, or list each')
    .description(
      'Count dead letters, and those of them that are yet to be sent back. Reads the topics that are named, else all whose names are those of dead letter topics.',
    )
    .addOption(
      new Option('--by <fields>', `count by these: ${countFields.join(',')}`)
        .argParser(readFields)
        .default(countDefault, countDefault.join(',')),
    )
    .option('-r, --records', 'a row for each letter')
    .addOption(
      new Option('-n, --count <number>', 'with --records: rows at most')
        .argParser(integer(1))
        .default(recordsShown),
    )
    .option('--pattern <regex>', 'where none is named: topics whose names this regular expression finds')
    .action(async (topics: string[], options: DlqListOptions) =>
      (await import('../actions/dlq-list.ts')).listLetters(topics, options, context),
    )
  withExamples(
    list,
    'millrace dlq list',
    'millrace dlq list orders-billing-dlt --by error,day',
    'millrace dlq list orders-billing-dlt --records --since -1h',
  )
}

function readFields(text: string): readonly CountField[] {
  const fields = text.split(',').map(field => field.trim())
  const unknown = fields.find(field => !(countFields as readonly string[]).includes(field))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no "${unknown}"; there are ${countFields.join(', ')}.`)
  return [...new Set(fields)] as CountField[]
}

function registerShow(dlq: Command, context: Context): void {
  const show = withProgress(withJson(withCluster(dlq.command('show <topic> <place...>'))))
    .summary('show dead letters with their history, headers, key and value')
    .description('Show dead letters whole. A place is partition:offset, as "dlq list --records" has them.')
    .action(async (topic: string, places: string[], options: DlqShowOptions) =>
      (await import('../actions/dlq-show.ts')).showLetters(topic, places, options, context),
    )
  withExamples(show, 'millrace dlq show orders-billing-dlt 0:17')
}

function registerEdit(dlq: Command, context: Context): void {
  const edit = withProgress(withJson(withCluster(dlq.command('edit <topic> <place>'))))
    .summary('change key, value or headers of a dead letter')
    .description(
      'Write a dead letter anew with another key, value or headers, in VISUAL or EDITOR or from a file. What is said of its failure stays; the old one counts as sent back.',
    )
    .option('-f, --file <path>', 'take what is new from this file, - for the input, in place of an editor')
    .addHelpText(
      'after',
      `
Text:
  { "key": "user-7", "value": { "total": 12 }, "headers": { "tenant": "a" } }
  What is left out stays as it was.
  Bytes that are no text stand in keyBase64 and valueBase64.`,
    )
    .action(async (topic: string, place: string, options: DlqEditOptions) =>
      (await import('../actions/dlq-edit.ts')).editLetter(topic, place, options, context),
    )
  withExamples(
    edit,
    'millrace dlq edit orders-billing-dlt 0:17',
    'millrace dlq edit orders-billing-dlt 0:17 --file mended.json',
  )
}

function registerRedrive(dlq: Command, context: Context): void {
  const redrive = withFilter(withProgress(withJson(withCluster(dlq.command('redrive <topic...>')))))
    .summary('send dead letters back to the topics that they came from')
    .description(
      'Send dead letters back as they were before they failed. What was sent is remembered in the same transaction: no run sends it again. Asks before it does, unless --force is given.',
    )
    .option('--to <topic>', 'to this topic (default: to the one that each came from)')
    .addOption(
      new Option(
        '--for-group <group>',
        'for this group; others pass over them (default: the one that gave them up)',
      ).conflicts('forAll'),
    )
    .option('--for-all', 'for every group that reads the topic')
    .option('--same-partition', 'to the partition that each was in first, not the one that its key says')
    .addOption(new Option('--rate <number>', 'records a second at most').argParser(integer(1)))
    .addOption(new Option('-n, --count <number>', 'records at most').argParser(integer(1)))
    .option('--dry-run', 'only say what would be sent')
    .option('--force', 'do not ask')
    .action(async (topics: string[], options: DlqRedriveOptions) =>
      (await import('../actions/dlq-redrive.ts')).redriveLetters(topics, options, context),
    )
  withExamples(
    redrive,
    'millrace dlq redrive orders-billing-dlt --dry-run',
    'millrace dlq redrive orders-billing-dlt --error TimeoutError --rate 100',
    'millrace dlq redrive orders-billing-dlt --at 0:17 --force',
  )
}

function registerPurge(dlq: Command, context: Context): void {
  const purge = withProgress(withJson(withCluster(dlq.command('purge <topic...>'))))
    .summary('delete dead letters that were sent back')
    .description(
      'Delete dead letters (DeleteRecords) up to the first one of each partition that was not sent back. Asks before it does, unless --force is given.',
    )
    .option('--all', 'delete those, too, that were not sent back')
    .option('--dry-run', 'only say what would go')
    .option('--force', 'do not ask')
    .action(async (topics: string[], options: DlqPurgeOptions) =>
      (await import('../actions/dlq-purge.ts')).purgeLetters(topics, options, context),
    )
  withExamples(
    purge,
    'millrace dlq purge orders-billing-dlt --dry-run',
    'millrace dlq purge orders-billing-dlt --all',
  )
}
