// `millrace produce`: grammar.
import type { Command } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { patternHelp } from '../format/pattern.ts'
import { collect, integer, withCluster } from './options.ts'

export interface ProduceOptions extends ClusterOptions {
  readonly key?: string
  readonly keyDelimiter?: string
  readonly delimiter?: string
  readonly format?: string
  readonly header: readonly string[]
  readonly partition?: number
  readonly compression: string
  readonly acks: string
  readonly rate?: number
  readonly nullMarker?: string
  readonly tombstone?: boolean
  readonly output?: string
  readonly quiet?: boolean
}

export function registerProduce(program: Command, context: Context): void {
  withCluster(program.command('produce [topic]'))
    .description('send records from standard input, one a line')
    .option('-k, --key <key>', 'key of every record')
    .option('-K, --key-delimiter <text>', 'each line is key, delimiter, value')
    .option('-D, --delimiter <text>', 'what ends a record (default: line end)')
    .option('-f, --format <format>', 'how records are written, e.g. "%k %v\\n"')
    .option('--json', 'JSON lines as "consume --json" prints them; a topic argument wins over theirs')
    .option('-H, --header <name=value>', 'a header of every record (repeatable)', collect, [])
    .option('-p, --partition <number>', 'partition of every record (default: by key)', integer(0))
    .option('-z, --compression <codec>', 'none, gzip, snappy, lz4 or zstd', 'none')
    .option('-a, --acks <acks>', 'all, 1 or 0', 'all')
    .option('-r, --rate <records>', 'at most so many records a second', integer(1))
    .option('-Z, --null <text>', 'a key or value equal to this text is null')
    .option('--tombstone', 'send one record without a value for --key, reading no input')
    .option('-o, --output <format>', 'print a line for each delivered record, e.g. "%p %o\\n"')
    .option('-q, --quiet', 'no summary')
    .addHelpText('after', `\nFormats:\n${patternHelp}`)
    .action(async (topic: string | undefined, options: ProduceOptions & { null?: string }) => {
      const { produce } = await import('../actions/produce.ts')
      const { null: nullMarker, ...rest } = options
      await produce(topic, nullMarker === undefined ? rest : { ...rest, nullMarker }, context)
    })
}
