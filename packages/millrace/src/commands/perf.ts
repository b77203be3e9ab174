// `millrace perf …`: grammar.
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { int32Max } from '../format/limits.ts'
import type { PerfProduceOptions, PerfConsumeOptions } from '../options/perf.ts'
import { bytes, integer, withCluster, withExamples, withJson, withSending } from './options.ts'

/** As the producer has it. */
const batchSizeMax = 2 ** 30

export function registerPerf(program: Command, context: Context): void {
  const perf = program
    .command('perf')
    .helpCommand(false)
    .summary('measure what a cluster can do')
    .description('Measure how fast a cluster takes and gives records.')
  withExamples(perf, 'millrace perf produce load', 'millrace perf consume load')

  const produce = withSending(withJson(withCluster(perf.command('produce <topic>'))))
    .summary('send generated records')
    .description('Send generated records as fast as they are taken: records/s, MB/s, latency.')
    .option('-n, --records <count>', 'how many', integer(1), 1_000_000)
    .option('-s, --size <bytes>', 'size of a value, such as 1KiB', bytes(), 100)
    .option('-r, --rate <records>', 'at most so many records a second', integer(1))
    .option('--batch-size <bytes>', 'batch.size of the producer', bytes(0, batchSizeMax))
    .option('--linger <ms>', 'linger.ms of the producer', integer(0, int32Max))
    .action(async (topic: string, options: PerfProduceOptions) =>
      (await import('../actions/perf-produce.ts')).perfProduce(topic, options, context),
    )
  withExamples(
    produce,
    'millrace perf produce load -n 1000000 -s 100',
    'millrace perf produce load -s 1KiB -z lz4 --rate 20000 --json',
  )

  const consume = withJson(withCluster(perf.command('consume <topic>')))
    .summary('read a topic from its start')
    .description('Read a topic from its start to its present end: records/s, MB/s.')
    .addOption(
      new Option('-n, --records <count>', 'stop after so many')
        .argParser(integer(1))
        .default(Number.MAX_SAFE_INTEGER, 'all'),
    )
    .option('-g, --group <id>', 'as a member of this group, from its committed offsets')
    .action(async (topic: string, options: PerfConsumeOptions) =>
      (await import('../actions/perf-consume.ts')).perfConsume(topic, options, context),
    )
  withExamples(
    consume,
    'millrace perf consume load',
    'millrace perf consume load -g readers -n 500000 --json',
  )
}
