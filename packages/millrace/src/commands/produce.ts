// `millrace produce`: grammar.
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { int32Max } from '../format/limits.ts'
import { patternHelp } from '../format/pattern.ts'
import type { ProduceOptions } from '../options/produce.ts'
import { collect, integer, withCluster, withExamples, withSending } from './options.ts'

export function registerProduce(program: Command, context: Context): void {
  const command = withSending(withCluster(program.command('produce [topic]')))
    .summary('send records')
    .description('Send records from standard input, one a line.')
    .option('-k, --key <key>', 'key of every record')
    .option('-K, --key-delimiter <text>', 'each line is key, delimiter, value; takes escapes: \\t')
    .option('-D, --delimiter <text>', 'what ends a record; takes escapes: \\0 (default: line end)')
    .option('--file <path>', 'send a whole file as one record, - for the input (repeatable)', collect, [])
    .option('-f, --format <format>', 'how records are written, see below: "%k %v\\n"')
    .option('--json', 'JSON lines as "consume --json" prints them, with their topics unless one is named')
    .option('-H, --header <name=value>', 'header of every record (repeatable)', collect, [])
    .option('-p, --partition <number>', 'partition of every record (default: by key)', integer(0, int32Max))
    .option('-r, --rate <records>', 'at most so many records a second', integer(1))
    .option('-Z, --null <text>', 'keys and values equal to this text are null')
    .option('--tombstone', 'send one record without a value for --key, reading no input')
    .option('-o, --output <format>', 'print a line for each delivered record: "%p %o\\n"')
    .option('-q, --quiet', 'no summary')
    .addHelpText('after', `\nFormats:\n${patternHelp}`)
    .action(async (topic: string | undefined, options: ProduceOptions & { null?: string }) => {
      const { produce } = await import('../actions/produce.ts')
      const { null: nullMarker, ...rest } = options
      await produce(topic, nullMarker === undefined ? rest : { ...rest, nullMarker }, context)
    })
  withExamples(
    command,
    'echo hello | millrace produce greetings',
    'millrace produce orders -K : -z zstd < orders.txt',
    "printf 'a=1|paid\\n' | millrace produce orders -f '%h|%v\\n'",
    'millrace produce scans -k page-1 --file page-1.pdf',
    'millrace consume orders -o start -e --json | millrace produce --json copy',
  )
}
