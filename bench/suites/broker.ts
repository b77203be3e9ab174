// How fast the broker takes and gives bytes, against Apache Kafka and against what the machine can do at all.
import type { Engine } from '../../conformance/harness/engine.ts'
import { appendLoop, type BareReport, type BareResult, bareRead, bareSend } from '../harness/bare.ts'
import { javaConsume, javaProduce } from '../harness/java-perf.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'

const requestBytes = 64_000
const recordBytes = 1024

interface Round {
  readonly send: BareResult
  readonly read: BareResult
  readonly javaSend: number
  readonly javaRead: number
}

async function measureRound(engine: Engine, records: number, topic: string, smoke: boolean): Promise<Round> {
  await createTopic(engine.bootstrap, { name: topic, partitions: 1 })
  const send = await bareSend(engine, { topic, records, size: recordBytes, 'batch-bytes': requestBytes })
  // The topic must hold the reader's warm-up as well.
  const read = await bareRead(engine, { topic, records: records * 0.8 })
  await deleteTopic(engine.bootstrap, topic)
  if (smoke) return { send, read, javaSend: Number.NaN, javaRead: Number.NaN }
  const javaTopic = `${topic}-java`
  await createTopic(engine.bootstrap, { name: javaTopic, partitions: 1 })
  const count = Math.min(records, 300_000)
  const java = { bootstrap: engine.bootstrap, topic: javaTopic, records: count, jvm: 'short' } as const
  const { report: javaSend } = await javaProduce({ ...java, sizeBytes: recordBytes })
  const { report: javaRead } = await javaConsume(java)
  await deleteTopic(engine.bootstrap, javaTopic)
  return { send, read, javaSend, javaRead }
}

interface Row {
  readonly side: Side
  readonly send: number
  readonly sendP99: number
  readonly sendCpu: number
  readonly read: number
  readonly readCpu: number
  readonly resident: number
  readonly javaSend: number
  readonly javaRead: number
}

function summarize(side: Side, rounds: readonly Round[]): Row {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick))
  return {
    side,
    send: of(round => round.send.megabytesPerSecond),
    sendP99: of(round => round.send.p99Ms),
    sendCpu: of(round => round.send.brokerCpuSecondsPerGigabyte),
    read: of(round => round.read.megabytesPerSecond),
    readCpu: of(round => round.read.brokerCpuSecondsPerGigabyte),
    resident: of(round => round.read.brokerResidentMegabytes),
    javaSend: of(round => round.javaSend),
    javaRead: of(round => round.javaRead),
  }
}

async function compare(sync: boolean, options: SuiteOptions): Promise<ResultTable> {
  const { rounds, smoke } = options
  const records = smoke ? 30_000 : sync ? 300_000 : 1_000_000
  const sides: Side[] = smoke
    ? [{ engine: 'millrace', sync }]
    : [
        { engine: 'millrace', sync },
        { engine: 'apache', sync },
      ]
  const loops: BareReport[] = []
  const results = new Map<Side, Round[]>(sides.map(side => [side, []]))
  for (let round = 0; round < rounds; round++) {
    loops.push(await appendLoop(sync, { records, size: recordBytes, 'batch-bytes': requestBytes }))
    for (const side of sides) {
      const result = await withEngine(side, engine => measureRound(engine, records, `ingest-${round}`, smoke))
      console.log(
        `  ${sideName(side)}, round ${round + 1}: in ${result.send.megabytesPerSecond.toFixed(0)} MB/s, out ${result.read.megabytesPerSecond.toFixed(0)} MB/s`,
      )
      results.get(side)!.push(result)
    }
  }
  const rows = sides.map(side => summarize(side, results.get(side)!))
  const loop = median(loops.map(report => report.megabytesPerSecond))
  const [own, apache] = rows as [Row, Row | undefined]
  const verdicts = [verdict('ingest against the bare append loop', own.send / loop, '>=', 0.6, '×')]
  if (apache) {
    verdicts.push(
      verdict('ingest against Apache Kafka, bare sender', own.send / apache.send, '>=', sync ? 3 : 1, '×'),
      verdict('serve against Apache Kafka, bare reader', own.read / apache.read, '>=', 1, '×'),
      verdict(
        'ingest against Apache Kafka, Java producer',
        own.javaSend / apache.javaSend,
        '>=',
        sync ? 3 : 1,
        '×',
      ),
      verdict('serve against Apache Kafka, Java consumer', own.javaRead / apache.javaRead, '>=', 1, '×'),
    )
  }
  return {
    title: `ingest and serve, sync ${sync ? 'on' : 'off'} on both`,
    settings:
      `1 partition, 1 KiB records, ${requestBytes}-byte requests, 5 in flight, acks=all, ${records} records; sync on is log.fsync=group here and ` +
      `log.flush.interval.messages=1 there; medians of ${rounds} rounds in turn; CPU and memory are the broker's process`,
    columns: [
      'side',
      'in MB/s',
      'in p99 ms',
      'in CPU s/GB',
      'out MB/s',
      'out CPU s/GB',
      'resident MB',
      'Java in rec/s',
      'Java out rec/s',
    ],
    rows: [
      ...rows.map(row => [
        sideName(row.side),
        row.send,
        row.sendP99,
        row.sendCpu,
        row.read,
        row.readCpu,
        row.resident,
        row.javaSend,
        row.javaRead,
      ]),
      ['bare append loop', loop, median(loops.map(report => report.p99Ms)), '-', '-', '-', '-', '-', '-'],
    ],
    verdicts,
  }
}

export const brokerSuite: Suite = {
  name: 'broker',
  question: 'How fast does the broker take and give bytes?',
  async run(options) {
    const tables: ResultTable[] = []
    for (const sync of [false, true]) {
      const table = await compare(sync, options)
      printTable(table, options.smoke)
      tables.push(table)
    }
    return tables
  },
}
