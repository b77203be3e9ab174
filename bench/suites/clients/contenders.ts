// The clients under measurement, and how each is asked to do a row of the bench.
import { join, resolve } from 'node:path'
import { repositoryDir } from '../../../conformance/harness/paths.ts'
import type { Engine } from '../../../conformance/harness/engine.ts'
import { type Outcome, warmUpRecords } from '../../clients/measure.ts'
import { runChild } from '../../harness/child.ts'
import { installFranzGo, installRdkafka } from '../../harness/foreign-clients.ts'
import { javaConsume, javaProduce } from '../../harness/java-perf.ts'
import { installNative, installPeers } from '../../harness/peers.ts'
import type { Workload } from './workload.ts'

/** `own` is ours; `door` a peer's API over ours; `peer` what TypeScript programs or Java programs would use instead; `native` the best of any language. */
export type Kind = 'bare' | 'own' | 'door' | 'peer' | 'native'

export interface Contender {
  readonly name: string
  readonly kind: Kind
  /** The contender that runs the same program, for a door. */
  readonly sameAs?: string
  /** Whether it takes part in a row. */
  readonly does: (workload: Workload) => boolean
  run(workload: Workload, engine: Engine, topic: string): Promise<Outcome>
}

const benchPath = join(repositoryDir, 'bench')
const timeoutMs = 240_000
const sourceCondition = '--conditions=@millrace/source'

/** What all programs that `bench/clients` has understand. */
function argumentsOf(workload: Workload, engine: Engine, topic: string, variant: string): string[] {
  const { mode, records, sizeBytes, codec, topics, readCommitted } = workload
  const named = { mode, brokers: engine.bootstrap, topic, topics, records, size: sizeBytes, codec, variant }
  const list = Object.entries(named).flatMap(([name, value]) => [`--${name}`, `${value}`])
  return readCommitted ? [...list, '--committed'] : list
}

interface NodeProgram {
  readonly name: string
  readonly kind: Kind
  readonly program: string
  readonly variant: string
  readonly sameAs?: string
  readonly peers?: string
  /** The Node that runs it, where it is not this one. */
  readonly node?: string
  readonly does: (workload: Workload) => boolean
}

function nodeContender({
  name,
  kind,
  program,
  variant,
  peers = '',
  node = process.execPath,
  sameAs,
  does,
}: NodeProgram): Contender {
  return {
    name,
    kind,
    does,
    ...(sameAs !== undefined && { sameAs }),
    async run(workload, engine, topic) {
      const how = workload.singles ? 'single' : variant
      const args = [...argumentsOf(workload, engine, topic, how), '--peers', peers]
      const flags = node === process.execPath ? [sourceCondition] : []
      return (await runChild<Outcome>(node, [...flags, resolve(benchPath, program), ...args], { timeoutMs }))
        .report
    },
  }
}

const produces = ({ mode, singles }: Workload) => mode === 'produce' && !singles
const sendsSingly = ({ singles }: Workload) => singles
const consumes = ({ mode }: Workload) => mode === 'consume'
const always = (): boolean => true

/** The ceiling: encodes records into batches, or walks over batch headers, and does nothing else. */
const bare: Contender = {
  name: 'bare sender / reader',
  kind: 'bare',
  does: ({ codec, topics, singles, readCommitted }) =>
    codec === 'none' && topics === 1 && !singles && !readCommitted,
  async run({ mode, records, sizeBytes }, engine, topic) {
    const program = join(benchPath, 'bare', mode === 'produce' ? 'sender.ts' : 'reader.ts')
    const args = ['--broker', engine.bootstrap, '--topic', topic, '--records', `${records}`]
    const extra = mode === 'produce' ? ['--size', `${sizeBytes}`, '--encode'] : []
    const command = [sourceCondition, program, ...args, ...extra]
    return (await runChild<Outcome>(process.execPath, command, { timeoutMs })).report
  },
}

const millrace = (name: string, variant: string, does: Contender['does']): Contender =>
  nodeContender({ name: `Millrace, ${name}`, kind: 'own', program: 'clients/millrace.ts', variant, does })

const own: readonly Contender[] = [
  millrace('enqueue', 'enqueue', produces),
  millrace('awaited', 'batch', ({ mode }) => mode === 'produce'),
  millrace('by batch', 'batch', consumes),
  millrace('by record', 'record', consumes),
]

/** Applications of KafkaJS, unchanged. */
const door = (name: string, sameAs: string, variant: string, does: Contender['does']): Contender =>
  nodeContender({
    name: `Millrace, ${name}`,
    kind: 'door',
    sameAs,
    program: 'clients/kafkajs.ts',
    variant,
    does,
  })

const doors: readonly Contender[] = [
  door('KafkaJS API', 'KafkaJS', 'batch', always),
  door('KafkaJS API, by message', 'KafkaJS, by message', 'record', consumes),
]

/** Kafka's own performance tools; their CPU includes the start of the JVM. */
const java: Contender = {
  name: 'Java',
  kind: 'peer',
  does: ({ topics, singles }) => topics === 1 && !singles,
  async run({ mode, records, sizeBytes, codec, readCommitted }, engine, topic) {
    const perf = { bootstrap: engine.bootstrap, topic, records, jvm: 'full' } as const
    const measured =
      mode === 'produce'
        ? javaProduce({ ...perf, sizeBytes, codec })
        : javaConsume({ ...perf, readCommitted })
    const { report: rate, cpuSeconds, residentPeakBytes } = await measured
    return {
      records,
      seconds: records / rate,
      cpuMicrosPerRecord: (cpuSeconds * 1e6) / records,
      residentPeakMegabytes: residentPeakBytes / 2 ** 20,
    }
  },
}

/** A program of another language that takes what ours take. */
function nativeContender(name: string, program: string, does: Contender['does']): Contender {
  return {
    name,
    kind: 'native',
    does,
    async run(workload, engine, topic) {
      const warmUp = warmUpRecords(workload.records)
      const variant = workload.singles ? 'single' : 'batch'
      const args = [...argumentsOf(workload, engine, topic, variant), '--warm-up', `${warmUp}`]
      return (await runChild<Outcome>(program, args, { timeoutMs })).report
    },
  }
}

/** What is missing on this machine is said and left out. */
export function contenders(smoke: boolean): readonly Contender[] {
  const peers = installPeers()
  const pure = (name: string, program: string, variant: string, does: Contender['does']) =>
    nodeContender({ name, kind: 'peer', program, variant, does, peers })
  const others = [
    pure('KafkaJS', 'clients/kafkajs.ts', 'batch', always),
    pure('KafkaJS, by message', 'clients/kafkajs.ts', 'record', consumes),
    pure('@platformatic/kafka', 'clients/platformatic.ts', 'batch', always),
  ]
  if (smoke) return [bare, ...own, ...doors, ...others]
  const native = installNative()
  const rdkafkaNode = native && {
    name: 'node-rdkafka',
    kind: 'peer' as const,
    program: native.program,
    variant: 'batch',
    peers: native.directory,
    node: native.node,
    // Without delivery reports, which is its fastest, there is nothing to await.
    does: (workload: Workload) => !sendsSingly(workload),
  }
  const c = installRdkafka()
  const go = installFranzGo()
  return [
    bare,
    ...own,
    ...doors,
    ...others,
    ...(rdkafkaNode ? [nodeContender(rdkafkaNode)] : []),
    java,
    ...(c === undefined ? [] : [nativeContender('librdkafka (C)', c, always)]),
    ...(go === undefined ? [] : [nativeContender('franz-go (Go)', go, always)]),
  ]
}
