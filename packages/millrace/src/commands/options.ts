// Options that several commands share, and the readers of their values.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../format/offset-range.ts'

const defaultBrokers = '127.0.0.1:9092'
const defaultTimeoutMs = 30_000

/** A whole number of at least `min`. */
export function integer(min = 0): (text: string) => number {
  return text => {
    const value = Number(text)
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
      throw new InvalidArgumentError(`a whole number of at least ${min} is wanted.`)
    }
    return value
  }
}

/** A duration such as `500ms`, `30s`, `5m`; a bare number is milliseconds. Returns ms. */
export function duration(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : parseDuration(text)
  if (value === undefined) throw new InvalidArgumentError('a duration such as 500ms, 30s or 5m is wanted.')
  return value
}

/** Bytes, with an optional unit: `1024`, `16KiB`, `1MB`. */
export function bytes(text: string): number {
  const match = /^(\d+)\s*(B|[KMG]i?B?)?$/i.exec(text)
  if (!match) throw new InvalidArgumentError('a size such as 1024, 16KiB or 1MB is wanted.')
  const unit = (match[2] ?? 'B').toUpperCase()
  const power = 'BKMG'.indexOf(unit[0]!)
  return Number(match[1]) * (unit.includes('I') || power === 0 ? 1024 ** power : 1000 ** power)
}

/** For options that may be given several times. */
export const collect = (text: string, before: readonly string[]): string[] => [...before, text]

/** Adds what every command that talks to a cluster takes. */
export function withCluster(command: Command): Command {
  return command
    .addOption(
      new Option('-b, --brokers <list>', 'where to connect: host:port,host:port')
        .env('MILLRACE_BROKERS')
        .default(defaultBrokers),
    )
    .option(
      '-X, --set <name=value>',
      'any client setting by its Kafka name, e.g. -X client.id=me (repeatable)',
      collect,
      [],
    )
    .option('--timeout <duration>', 'give up when no answer comes for so long', duration, defaultTimeoutMs)
}

/** Adds `--json`. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON')
}
