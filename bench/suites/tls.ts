// What TLS costs: ingest and serve in plain text and over TLS, against Apache Kafka.
import { bareRead, type BareResult, bareSend } from '../harness/bare.ts'
import { javaConsume, javaProduce } from '../harness/java-perf.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { type SecuredEngine, tlsCipher, tlsProtocol, withSecuredEngine } from '../harness/secured.ts'
import { type Side, sideName } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'

const requestBytes = 64_000
const recordBytes = 1024
const listeners = ['plain', 'tls'] as const

type Listener = (typeof listeners)[number]

interface Round {
  readonly send: BareResult
  readonly read: BareResult
  /** Records a second. */
  readonly javaSend: number
  readonly javaRead: number
}

/** What a client needs to know of a listener. */
function targetOf({ engine, plain, tls, caFile }: SecuredEngine, listener: Listener) {
  return listener === 'tls'
    ? { target: { bootstrap: tls, pid: engine.pid }, ca: { ca: caFile } }
    : { target: { bootstrap: plain, pid: engine.pid }, ca: {} }
}

async function measureBare(secured: SecuredEngine, listener: Listener, records: number) {
  const { target, ca } = targetOf(secured, listener)
  const topic = `bare-${listener}`
  await createTopic(secured.plain, { name: topic, partitions: 1 })
  const how = { size: recordBytes, 'batch-bytes': requestBytes, ...ca }
  const send = await bareSend(target, { topic, records, ...how })
  // The topic must hold the reader's warm-up as well.
  const read = await bareRead(target, { topic, records: records * 0.8, ...ca })
  await deleteTopic(secured.plain, topic)
  return { send, read }
}

async function measureJava(secured: SecuredEngine, listener: Listener, records: number, smoke: boolean) {
  const { bootstrap } = targetOf(secured, listener).target
  const topic = `java-${listener}`
  await createTopic(secured.plain, { name: topic, partitions: 1 })
  const java = {
    bootstrap,
    topic,
    records: smoke ? 2000 : records,
    jvm: smoke ? 'short' : 'full',
    ...(listener === 'tls' && { configFile: secured.configFile }),
  } as const
  const { report: javaSend } = await javaProduce({ ...java, sizeBytes: recordBytes })
  const { report: javaRead } = await javaConsume(java)
  await deleteTopic(secured.plain, topic)
  return { javaSend, javaRead }
}

interface Row {
  readonly send: number
  readonly sendCpu: number
  readonly read: number
  readonly readCpu: number
  readonly peakMegabytes: number
  readonly javaSend: number
  readonly javaRead: number
}

function summarize(rounds: readonly Round[]): Row {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick))
  return {
    send: of(round => round.send.megabytesPerSecond),
    sendCpu: of(round => round.send.brokerCpuSecondsPerGigabyte),
    read: of(round => round.read.megabytesPerSecond),
    readCpu: of(round => round.read.brokerCpuSecondsPerGigabyte),
    peakMegabytes: of(round => round.read.brokerResidentMegabytes),
    javaSend: of(round => round.javaSend),
    javaRead: of(round => round.javaRead),
  }
}

async function measure(sides: readonly Side[], sync: boolean, { rounds, smoke }: SuiteOptions) {
  const records = smoke ? 10_000 : sync ? 200_000 : 500_000
  const results = sides.map(() => ({ plain: [] as Round[], tls: [] as Round[] }))
  for (let round = 0; round < rounds; round++) {
    for (const [at, side] of sides.entries()) {
      await withSecuredEngine(side, async secured => {
        // A broker that has just started is slower: the first listener would pay for it.
        if (!smoke) for (const listener of listeners) await measureBare(secured, listener, records)
        for (const listener of listeners) {
          const bare = await measureBare(secured, listener, records)
          const java = await measureJava(secured, listener, records, smoke)
          const { send, read } = bare
          console.log(
            `  ${sideName(side)}, round ${round + 1}, ${listener}: in ${send.megabytesPerSecond.toFixed(0)} MB/s, out ${read.megabytesPerSecond.toFixed(0)} MB/s`,
          )
          results[at]![listener].push({ ...bare, ...java })
        }
      })
    }
  }
  return {
    records,
    rows: results.map(({ plain, tls }) => ({ plain: summarize(plain), tls: summarize(tls) })),
  }
}

function verdictsOf(own: Row, apache: Row): string[] {
  const against = (name: string, pick: (row: Row) => number) =>
    verdict(`${name} over TLS against Apache Kafka`, pick(own) / pick(apache), '>=', 1, '×')
  return [
    against('ingest, bare sender,', row => row.send),
    against('serve, bare reader,', row => row.read),
    against('ingest, Java producer,', row => row.javaSend),
    against('serve, Java consumer,', row => row.javaRead),
  ]
}

async function compare(sync: boolean, options: SuiteOptions): Promise<ResultTable> {
  const sides: Side[] = [{ engine: 'millrace', sync }]
  if (!options.smoke) sides.push({ engine: 'apache', sync })
  const { records, rows } = await measure(sides, sync, options)
  const [own, apache] = rows
  return {
    title: `plain text and TLS, sync ${sync ? 'on' : 'off'} on both`,
    settings:
      `${tlsProtocol} with ${tlsCipher} and a P-256 certificate on all sides; 1 partition, 1 KiB records, ${requestBytes}-byte requests, 5 in flight, acks=all, ${records} records; ` +
      `Java's perf tools with their defaults and acks=all; brokers have taken and given as much before; sync on is log.fsync=group here and log.flush.interval.messages=1 there; medians of ${options.rounds} rounds in turn; ` +
      `CPU and memory are the broker's process`,
    columns: [
      'side',
      'in MB/s',
      'in CPU s/GB',
      'out MB/s',
      'out CPU s/GB',
      'resident MB',
      'Java in rec/s',
      'Java out rec/s',
    ],
    rows: sides.flatMap((side, at) =>
      listeners.map(listener => {
        const { send, sendCpu, read, readCpu, peakMegabytes, javaSend, javaRead } = rows[at]![listener]
        const name = `${sideName(side)}, ${listener === 'tls' ? 'TLS' : 'plain text'}`
        return [name, send, sendCpu, read, readCpu, peakMegabytes, javaSend, javaRead]
      }),
    ),
    verdicts: apache ? verdictsOf(own!.tls, apache.tls) : [],
  }
}

export const tlsSuite: Suite = {
  name: 'tls',
  question: 'What does TLS cost?',
  async run(options) {
    const tables: ResultTable[] = []
    for (const sync of options.smoke ? [false] : [false, true]) {
      const table = await compare(sync, options)
      printTable(table, options.smoke)
      tables.push(table)
    }
    return tables
  },
}
