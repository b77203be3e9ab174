// What the command line of `millrace perf …` says.
import type { CompressionName } from '@millrace/protocol'
import type { ClusterOptions } from '../context.ts'

export interface PerfProduceOptions extends ClusterOptions {
  readonly records: number
  readonly size: number
  readonly rate?: number
  readonly compression: CompressionName
  readonly acks: 'all' | '1' | '0'
  readonly batchSize?: number
  readonly linger?: number
}

export interface PerfConsumeOptions extends ClusterOptions {
  readonly records: number
  readonly group?: string
}
