// Apache Kafka's own performance tools as a measure of brokers and of Java's clients.
import { kafkaLibs } from '../../conformance/harness/install.ts'
import { clientJava, toolJava } from '../../conformance/harness/java.ts'
import { type ChildResult, runChild } from './child.ts'

export interface JavaPerf {
  readonly bootstrap: string
  readonly topic: string
  readonly records: number
  /** File with properties of the client, for what is not the default. */
  readonly configFile?: string
  /** `full`: Java's own defaults, as a long-running client has them. `short`: those of a tool that is soon done, which compiles little. */
  readonly jvm: 'full' | 'short'
}

const timeoutMs = 300_000

function perf(
  { topic, records, configFile, jvm }: JavaPerf,
  tool: string,
  args: readonly string[],
  parse: (output: string) => number,
): Promise<ChildResult<number>> {
  const java = jvm === 'full' ? clientJava : toolJava
  const common = ['--topic', topic, '--num-records', `${records}`]
  const config = configFile === undefined ? [] : ['--command-config', configFile]
  const command = java(kafkaLibs, `org.apache.kafka.tools.${tool}`, ...common, ...config, ...args)
  return runChild('java', command, { timeoutMs, parse })
}

/** Kafka's producer with `acks=all`; the report is records a second. */
export function javaProduce(
  options: JavaPerf & { readonly sizeBytes: number; readonly codec?: 'none' | 'lz4' },
): Promise<ChildResult<number>> {
  const { sizeBytes, bootstrap, codec = 'none' } = options
  const properties = [`bootstrap.servers=${bootstrap}`, 'acks=all', `compression.type=${codec}`]
  const args = ['--record-size', `${sizeBytes}`, '--throughput', '-1', '--command-property', ...properties]
  return perf(options, 'ProducerPerformance', args, output =>
    Number([...output.matchAll(/records sent, ([\d.]+) records\/sec/g)].at(-1)?.[1]),
  )
}

/** Kafka's consumer in a group of its own; the report is records a second, the joining left out (`fetch.nMsg.sec`). */
export function javaConsume(
  options: JavaPerf & { readonly readCommitted?: boolean },
): Promise<ChildResult<number>> {
  const args = ['--bootstrap-server', options.bootstrap, '--timeout', '60000']
  if (options.readCommitted) args.push('--command-property', 'isolation.level=read_committed')
  return perf(options, 'ConsumerPerformance', args, output =>
    Number([...output.matchAll(/^\d{4}-.*,\s*([\d.]+)\s*$/gm)].at(-1)?.[1]),
  )
}
