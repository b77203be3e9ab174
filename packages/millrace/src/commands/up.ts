// `millrace up`: grammar.
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { collect, integer } from './options.ts'

export interface UpOptions {
  readonly port?: number
  readonly host?: string
  readonly dataDir?: string
  readonly config?: string
  readonly set: readonly string[]
  readonly override: readonly string[]
  readonly topic: readonly string[]
  readonly logFormat: 'pretty' | 'json'
  readonly quiet?: boolean
}

export function registerUp(program: Command, context: Context): void {
  program
    .command('up')
    .description('start the broker')
    .option('-p, --port <port>', 'port to listen on; 0 takes a free one (default: 9092)', integer(0))
    .option('--host <host>', 'address to listen on and to tell clients (default: 127.0.0.1)')
    .option(
      '-d, --data-dir <directory>',
      'where the data lives (default: log.dirs of the configuration, else ./millrace-data)',
    )
    .option('-c, --config <file>', "a properties file, as Kafka's server.properties")
    .option('-X, --set <name=value>', 'any broker property by its Kafka name (repeatable)', collect, [])
    .option('--override <name=value>', 'the same, as kafka-server-start spells it (repeatable)', collect, [])
    .option('-t, --topic <name[:partitions]>', 'make this topic unless it exists (repeatable)', collect, [])
    .option('--log-format <format>', 'pretty or json', 'pretty')
    .option('-q, --quiet', 'log warnings and errors only')
    .addHelpText(
      'after',
      `
Settings are taken from, the later over the earlier: Kafka's defaults, --config, environment (KAFKA_LOG_RETENTION_MS is
log.retention.ms; MILLRACE_… wins over KAFKA_…), --set, and the options above. Of our own: log.fsync=group|never.
Example: millrace up --port 19092 --data-dir ./data -X log.retention.hours=24 --topic orders:6`,
    )
    .action(async (options: UpOptions) => (await import('../actions/up.ts')).up(options, context))
}
