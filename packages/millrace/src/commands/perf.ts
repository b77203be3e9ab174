// `millrace perf …`: grammar.
import type { Command } from 'commander'
import type { ClusterOptions, Context } from '../context.ts'
import { bytes, integer, withCluster, withJson } from './options.ts'

export interface PerfProduceOptions extends ClusterOptions {
  readonly records: number
  readonly size: number
  readonly rate?: number
  readonly compression: string
  readonly acks: string
  readonly batchSize?: number
  readonly linger?: number
}

export interface PerfConsumeOptions extends ClusterOptions {
  readonly records: number
  readonly group?: string
}

export function registerPerf(program: Command, context: Context): void {
  const perf = program.command('perf').description('measure how fast a cluster takes and gives records')
  const load = () => import('../actions/perf.ts')

  withJson(withCluster(perf.command('produce <topic>')))
    .description(
      'send generated records as fast as they are taken; prints rate, MB/s and latency percentiles',
    )
    .option('-n, --records <count>', 'how many', integer(1), 1_000_000)
    .option('-s, --size <bytes>', 'value size of a record', bytes, 100)
    .option('-r, --rate <records>', 'at most so many records a second', integer(1))
    .option('-z, --compression <codec>', 'none, gzip, snappy, lz4 or zstd', 'none')
    .option('-a, --acks <acks>', 'all, 1 or 0', 'all')
    .option('--batch-size <bytes>', 'batch.size of the producer', bytes)
    .option('--linger <ms>', 'linger.ms of the producer', integer(0))
    .action(async (topic: string, options: PerfProduceOptions) =>
      (await load()).perfProduce(topic, options, context),
    )

  withJson(withCluster(perf.command('consume <topic>')))
    .description('read a topic from its start; prints rate and MB/s')
    .option(
      '-n, --records <count>',
      'stop after so many records, or at the end',
      integer(1),
      Number.MAX_SAFE_INTEGER,
    )
    .option('-g, --group <id>', 'as a member of this group (default: all partitions without a group)')
    .action(async (topic: string, options: PerfConsumeOptions) =>
      (await load()).perfConsume(topic, options, context),
    )
}
