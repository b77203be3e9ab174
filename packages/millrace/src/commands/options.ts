// Options that several commands share, and the readers of their values.
import type { CompressionName } from '@millrace/protocol'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { int32Max } from '../format/limits.ts'
import { parseDuration } from '../format/offset-range.ts'

/** A whole number of at least `min`, and at most `max` where there is one. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return text => {
    const value = Number(text)
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
      throw new InvalidArgumentError(`A whole number ${range} is wanted.`)
    }
    return value
  }
}

/** A duration such as `500ms`, `30s`, `5m`; a bare number is milliseconds. Returns ms, from 1 to what fits a field of the wire. */
export function duration(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : parseDuration(text)
  if (value === undefined || value === 0)
    throw new InvalidArgumentError('A duration such as 500ms, 30s or 5m is wanted.')
  if (value > int32Max) throw new InvalidArgumentError(`At most ${int32Max} ms (24 days) can be waited.`)
  return value
}

/** Bytes from `min` to `max`, with an optional unit: `1024`, `16KiB`, `1MB`. */
export function bytes(min = 0, max = int32Max): (text: string) => number {
  return text => {
    const match = /^(\d+)\s*(B|[KMG]i?B?)?$/i.exec(text)
    if (!match) throw new InvalidArgumentError('A size such as 1024, 16KiB or 1MB is wanted.')
    const unit = (match[2] ?? 'B').toUpperCase()
    const power = 'BKMG'.indexOf(unit[0]!)
    const value = Number(match[1]) * (unit.includes('I') || power === 0 ? 1024 ** power : 1000 ** power)
    if (value < min || value > max)
      throw new InvalidArgumentError(`A size from ${min} to ${max} bytes is wanted.`)
    return value
  }
}

/** For options that may be given several times. */
export const collect = (text: string, before: readonly string[]): string[] => [...before, text]

/** The same for whole numbers from `min` to `max`. */
export function collectIntegers(
  min: number,
  max: number,
): (text: string, before: readonly number[]) => number[] {
  const read = integer(min, max)
  return (text, before) => [...before, read(text)]
}

/** Written out: help must not load the protocol. */
const codecNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] satisfies CompressionName[]

const connection = 'Connection:'

const login = 'TLS and login:'
const mechanismNames = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer']

/** Adds how to trust a cluster, and to be trusted by it. */
export function withLogin(command: Command): Command {
  const option = (flags: string, description: string) => new Option(flags, description).helpGroup(login)
  return command
    .addOption(option('--tls', 'encrypt'))
    .addOption(option('--ca <file>', 'trust the authorities in this PEM file; encrypts'))
    .addOption(option('--cert <file>', 'show this certificate (PEM); encrypts'))
    .addOption(option('--cert-key <file>', 'its private key (default: in the file of --cert)'))
    .addOption(
      option('--sasl-mechanism <name>', 'log in by it')
        .choices(mechanismNames)
        .argParser(text => {
          const name = text.toLowerCase()
          if (mechanismNames.includes(name)) return name
          throw new InvalidArgumentError(`There are ${mechanismNames.join(', ')}.`)
        }),
    )
    .addOption(option('--username <name>', 'log in as this user'))
    .addOption(
      option('--password-file <file>', 'its password (default: MILLRACE_PASSWORD, else it is asked for)'),
    )
    .addOption(option('--token-file <file>', 'log in by oauthbearer with the token in this file'))
}

/** Adds what every command that talks to a cluster takes. */
export function withCluster(command: Command): Command {
  const connected = command
    .addOption(
      new Option(
        '-b, --brokers <list>',
        'where to connect: host:port,host:port (default: MILLRACE_BROKERS, else the context, else 127.0.0.1:9092)',
      ).helpGroup(connection),
    )
    .addOption(
      new Option(
        '--context <name>',
        'saved context, see "millrace context" (default: MILLRACE_CONTEXT, else the one in use)',
      ).helpGroup(connection),
    )
    .addOption(
      new Option('-X, --set <name=value>', 'client setting by its Kafka name, e.g. client.id=me (repeatable)')
        .argParser(collect)
        .default([])
        .helpGroup(connection),
    )
    .addOption(
      new Option('--command-config <file>', "properties file, as Kafka's tools take it").helpGroup(
        connection,
      ),
    )
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for an answer (default: 10s)')
        .argParser(duration)
        .helpGroup(connection),
    )
  return withLogin(connected)
}

/** Adds `--json`. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON')
}

/** Adds `--compression` and `--acks`. */
export function withSending(command: Command): Command {
  return command
    .addOption(new Option('-z, --compression <codec>', 'of the batches').choices(codecNames).default('none'))
    .addOption(
      new Option('-a, --acks <acks>', 'who must have a record before it counts as sent')
        .choices(['all', '1', '0'])
        .default('all'),
    )
}

/** The end of every help text: how the command is used. Lines to be copied are not folded. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', () => `\nExamples:\n${lines.map(line => `  ${line}`).join('\n')}`)
}
