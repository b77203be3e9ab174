// Producer and consumer against their peers, at 100 bytes and 1 KiB, on Apache Kafka and on our broker.
import { join, resolve } from 'node:path'
import type { Engine } from '../../conformance/harness/engine.ts'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import { type Outcome, warmUpRecords } from '../clients/measure.ts'
import { runChild } from '../harness/child.ts'
import { javaConsume, javaProduce } from '../harness/java-perf.ts'
import { installNative, installPeers } from '../harness/peers.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'

type Mode = 'produce' | 'consume'

interface Contender {
  readonly name: string
  readonly modes: readonly Mode[]
  run(mode: Mode, engine: Engine, topic: string, records: number, sizeBytes: number): Promise<Outcome>
}

const benchPath = join(repositoryDir, 'bench')
const timeoutMs = 240_000

function nodeContender(
  name: string,
  program: string,
  variant: string,
  modes: readonly Mode[],
  peers = '',
  node = process.execPath,
): Contender {
  return {
    name,
    modes,
    async run(mode, engine, topic, records, sizeBytes) {
      const args = [
        '--mode',
        mode,
        '--brokers',
        engine.bootstrap,
        '--topic',
        topic,
        '--records',
        `${records}`,
        '--size',
        `${sizeBytes}`,
        '--variant',
        variant,
        '--peers',
        peers,
      ]
      const flags = node === process.execPath ? ['--conditions=@millrace/source'] : []
      return (await runChild<Outcome>(node, [...flags, resolve(benchPath, program), ...args], { timeoutMs }))
        .report
    },
  }
}

/** The ceiling: encodes records into batches, or walks over batch headers, and does nothing else. */
const bare: Contender = {
  name: 'bare sender / reader',
  modes: ['produce', 'consume'],
  async run(mode, engine, topic, records, sizeBytes) {
    const program = join(benchPath, 'bare', mode === 'produce' ? 'sender.ts' : 'reader.ts')
    const args = ['--broker', engine.bootstrap, '--topic', topic, '--records', `${records}`]
    const extra = mode === 'produce' ? ['--size', `${sizeBytes}`, '--encode'] : []
    return (
      await runChild<Outcome>(
        process.execPath,
        ['--conditions=@millrace/source', program, ...args, ...extra],
        { timeoutMs },
      )
    ).report
  },
}

/** Kafka's own performance tools; their CPU includes the start of the JVM. */
const java: Contender = {
  name: 'Java',
  modes: ['produce', 'consume'],
  async run(mode, engine, topic, records, sizeBytes) {
    const perf = { bootstrap: engine.bootstrap, topic, records, jvm: 'full' } as const
    const {
      report: rate,
      cpuSeconds,
      residentPeakBytes,
    } = await (mode === 'produce' ? javaProduce({ ...perf, sizeBytes }) : javaConsume(perf))
    return {
      records,
      seconds: records / rate,
      cpuMicrosPerRecord: (cpuSeconds * 1e6) / records,
      residentPeakMegabytes: residentPeakBytes / 2 ** 20,
    }
  },
}

interface Target {
  readonly cpuMicrosMax: Readonly<Record<string, number>>
}

/** CPU in the client's process for a record, by contender, mode and size. */
const targets: Readonly<Record<string, Target>> = {
  'produce 100': { cpuMicrosMax: { 'Millrace, enqueue': 0.2, 'Millrace, awaited': 0.2 } },
  'produce 1024': { cpuMicrosMax: { 'Millrace, enqueue': 0.6, 'Millrace, awaited': 0.6 } },
  'consume 100': { cpuMicrosMax: { 'Millrace, by batch': 0.15, 'Millrace, by record': 0.3 } },
  'consume 1024': { cpuMicrosMax: { 'Millrace, by batch': 0.5 } },
}

function contenders(smoke: boolean): Contender[] {
  const own = [
    nodeContender('Millrace, enqueue', 'clients/millrace.ts', 'enqueue', ['produce']),
    nodeContender('Millrace, awaited', 'clients/millrace.ts', 'batch', ['produce']),
    nodeContender('Millrace, by batch', 'clients/millrace.ts', 'batch', ['consume']),
    nodeContender('Millrace, by record', 'clients/millrace.ts', 'record', ['consume']),
  ]
  const peers = installPeers()
  const others = [
    nodeContender('KafkaJS', 'clients/kafkajs.ts', 'batch', ['produce', 'consume'], peers),
    nodeContender('KafkaJS, by message', 'clients/kafkajs.ts', 'record', ['consume'], peers),
    nodeContender('@platformatic/kafka', 'clients/platformatic.ts', 'batch', ['produce', 'consume'], peers),
  ]
  if (smoke) return [bare, ...own, ...others]
  const native = installNative()
  const rdkafka = native
    ? [
        nodeContender(
          'node-rdkafka',
          native.program,
          'batch',
          ['produce', 'consume'],
          native.directory,
          native.node,
        ),
      ]
    : []
  return [bare, ...own, ...others, ...rdkafka, java]
}

function recordsOf(sizeBytes: number, smoke: boolean): number {
  return smoke ? 50_000 : sizeBytes <= 100 ? 2_000_000 : 1_000_000
}

async function measureRow(
  engine: Engine,
  mode: Mode,
  sizeBytes: number,
  list: readonly Contender[],
  options: SuiteOptions,
): Promise<Map<Contender, Outcome[]>> {
  const records = recordsOf(sizeBytes, options.smoke)
  const outcomes = new Map<Contender, Outcome[]>(list.map(contender => [contender, []]))
  const filled = `filled-${sizeBytes}`
  if (mode === 'consume') {
    await createTopic(engine.bootstrap, { name: filled, partitions: 1 })
    await bare.run('produce', engine, filled, records + 600_000, sizeBytes)
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const contender of list) {
      const topic = mode === 'consume' ? filled : `produce-${sizeBytes}-${round}-${list.indexOf(contender)}`
      if (mode === 'produce') await createTopic(engine.bootstrap, { name: topic, partitions: 1 })
      const outcome = await contender.run(mode, engine, topic, records, sizeBytes)
      console.log(
        `  ${mode} ${sizeBytes} B, round ${round + 1}, ${contender.name}: ${Math.round(outcome.records / outcome.seconds)} records/s, ${outcome.cpuMicrosPerRecord.toFixed(2)} µs`,
      )
      outcomes.get(contender)!.push(outcome)
      if (mode === 'produce') await deleteTopic(engine.bootstrap, topic)
    }
  }
  if (mode === 'consume') await deleteTopic(engine.bootstrap, filled)
  return outcomes
}

function tableOf(
  side: Side,
  mode: Mode,
  sizeBytes: number,
  outcomes: ReadonlyMap<Contender, readonly Outcome[]>,
  { rounds, smoke }: SuiteOptions,
): ResultTable {
  const rows = [...outcomes].map(([contender, list]) => ({
    name: contender.name,
    rate: median(list.map(outcome => outcome.records / outcome.seconds)),
    cpu: median(list.map(outcome => outcome.cpuMicrosPerRecord)),
    memory: median(list.map(outcome => outcome.residentPeakMegabytes)),
  }))
  const ceiling = rows.find(row => row.name === bare.name)!.rate
  const peers = rows.filter(row => !row.name.startsWith('Millrace') && row.name !== bare.name)
  const bestPeer = Math.max(...peers.map(row => row.rate))
  const own = rows.filter(row => row.name.startsWith('Millrace'))
  const best = own.toSorted((a, b) => b.rate - a.rate)[0]!
  const limits = targets[`${mode} ${sizeBytes}`]?.cpuMicrosMax ?? {}
  return {
    title: `${mode} ${sizeBytes} B on ${sideName(side)}`,
    settings: `1 partition, acks=all, no compression, medians of ${rounds} rounds in turn, each after a warm-up of ${warmUpRecords(recordsOf(sizeBytes, smoke)).toLocaleString('en')} records; CPU is the client's process (Java's with its start and warm-up)`,
    columns: ['client', 'records/s', 'MB/s', 'µs CPU/record', 'peak MB', 'of bare'],
    rows: rows.map(row => [
      row.name,
      row.rate,
      (row.rate * sizeBytes) / 1e6,
      row.cpu,
      row.memory,
      row.rate / ceiling,
    ]),
    verdicts: [
      verdict(`${best.name} against the best peer, rate`, best.rate / bestPeer, '>=', 1, '×'),
      verdict(
        `${best.name} against the bare ${mode === 'produce' ? 'sender' : 'reader'}, rate`,
        best.rate / ceiling,
        '>=',
        0.9,
        '×',
      ),
      ...own
        .filter(row => limits[row.name] !== undefined)
        .map(row => verdict(`${row.name}, CPU a record`, row.cpu, '<=', limits[row.name]!, ' µs')),
    ],
  }
}

export const clientsSuite: Suite = {
  name: 'clients',
  question: 'Is our client ahead of its peers, and how near to the least a client can do?',
  async run(options) {
    const list = contenders(options.smoke)
    const sides: Side[] = options.smoke
      ? [{ engine: 'millrace', sync: false }]
      : [
          { engine: 'apache', sync: false },
          { engine: 'millrace', sync: false },
        ]
    const tables: ResultTable[] = []
    for (const side of sides) {
      await withEngine(side, async engine => {
        for (const sizeBytes of [100, 1024]) {
          for (const mode of ['produce', 'consume'] as const) {
            const entered = list.filter(contender => contender.modes.includes(mode))
            const table = tableOf(
              side,
              mode,
              sizeBytes,
              await measureRow(engine, mode, sizeBytes, entered, options),
              options,
            )
            printTable(table, options.smoke)
            tables.push(table)
          }
        }
      })
    }
    return tables
  },
}
