// `millrace up`: grammar.
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import type { UpOptions } from '../options/up.ts'
import { collect, integer, withExamples } from './options.ts'

export function registerUp(program: Command, context: Context): void {
  const command = program
    .command('up')
    .summary('start the broker')
    .description('Start the broker. Ctrl-C stops it in good order.')
    .option('-p, --port <port>', 'port to listen on; 0 takes a free one (default: 9092)', integer(0, 65_535))
    .option('--host <host>', 'address to listen on and to tell clients; 0.0.0.0 for all (default: 127.0.0.1)')
    .option(
      '-d, --data-dir <directory>',
      'where the data lives (default: log.dirs of the configuration, else ./millrace-data)',
    )
    .option('-c, --config <file>', "properties file, as Kafka's server.properties")
    .option('-X, --set <name=value>', 'broker property by its Kafka name (repeatable)', collect, [])
    .option('--override <name=value>', 'the same, as kafka-server-start spells it', collect, [])
    .option('-t, --topic <name[:partitions]>', 'make this topic unless it exists (repeatable)', collect, [])
    .option('--add-scram <user>', 'make this user unless it exists, see below (repeatable)', collect, [])
    .addOption(
      new Option('--log-format <format>', 'how log lines are written')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .option('-q, --quiet', 'log warnings and errors only')
    .option('--allow-foreign-files', 'take a data directory that holds files of others, too')
    .addHelpText(
      'after',
      `
Settings, the later over the earlier:
  Kafka's defaults
  --config
  environment (KAFKA_LOG_RETENTION_MS is log.retention.ms; MILLRACE_… wins)
  --override, --set, and the options above
Users that log in by SCRAM:
  --add-scram SCRAM-SHA-512=[name=alice,password=PASSWORD]
  --add-scram @users.txt    one a line: whoever lists processes sees no password
Of our own:
  log.fsync=group   acknowledged is on the disk (default)
  log.fsync=never   left to the operating system, as Apache Kafka does`,
    )
    .action(async (options: UpOptions) => (await import('../actions/up.ts')).up(options, context))
  withExamples(command, 'millrace up', 'millrace up -p 19092 -d ./data -X log.retention.hours=24 -t orders:6')
}
