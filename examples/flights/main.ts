// The demo: real flights through six partitions and a group of three readers, one of them killed midway; the outcome is checked against the data set.
//
// npm run demo [-- --records N]            an embedded broker with a temporary directory
// KAFKA_URI=host:port npm run demo         the same against any Kafka
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Admin, OffsetSpec, Producer, throwFirst } from '@millrace/client'
import { Broker } from 'millrace'
import { type Flight, loadFlights } from './flights.ts'
import { keyOf, Ledger, valueOf } from './ledger.ts'
import type { BatchNote } from './reader.ts'

const partitionCount = 6
const readerCount = 3
const deadlineMs = 120_000

const { values } = parseArgs({ options: { records: { type: 'string', default: '200000' } } })
const wanted = Number(values.records)
const topic = `flights-${Date.now()}`
const groupId = `${topic}-readers`

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(2)

async function produce(brokers: string[], flights: readonly Flight[]): Promise<void> {
  const started = performance.now()
  await using producer = new Producer({ brokers, compression: 'lz4' })
  for (const flight of flights) {
    const record = { topic, key: keyOf(flight), value: valueOf(flight), timestamp: Date.parse(flight.date) }
    while (!producer.enqueue(record)) await producer.ready()
  }
  await producer.flush()
  console.log(`produced ${flights.length} flights, keyed by airport of origin, in ${seconds(started)} s`)
}

function startReader(brokers: string[], ledger: Ledger): ChildProcess {
  const reader = fork(new URL('reader.ts', import.meta.url), [brokers.join(','), topic, groupId], {
    execArgv: ['--conditions=@millrace/source'],
    serialization: 'advanced',
  })
  reader.on('message', (note: BatchNote) => ledger.take(note))
  return reader
}

/** Reads with three processes, kills one when half is read, and waits until everything has been read. */
async function consume(brokers: string[], ledger: Ledger, total: number): Promise<void> {
  const started = performance.now()
  const readers = Array.from({ length: readerCount }, () => startReader(brokers, ledger))
  try {
    let killed = false
    while (ledger.distinct < total) {
      if (performance.now() - started > deadlineMs)
        throw new Error(`only ${ledger.distinct} of ${total} flights were read in ${deadlineMs / 1000} s`)
      if (!killed && ledger.distinct >= total / 2) {
        killed = true
        readers[0]!.kill('SIGKILL')
        console.log(
          `killed one of ${readerCount} readers after ${ledger.distinct} flights; the group goes on without it`,
        )
      }
      await sleep(5)
    }
    console.log(`read by the group in ${seconds(started)} s`)
    await untilNoLag(brokers, started)
  } finally {
    for (const reader of readers) reader.kill('SIGTERM')
  }
}

/** The last commits may still be on their way when the last record has been read. */
async function untilNoLag(brokers: string[], started: number): Promise<void> {
  for (;;) {
    const lags = await lagByPartition(brokers)
    if (lags.every(lag => lag === 0)) return
    if (performance.now() - started > deadlineMs) throw new Error(`lag is left: ${lags.join(', ')}`)
    await sleep(100)
  }
}

async function lagByPartition(brokers: string[]): Promise<number[]> {
  await using admin = new Admin({ brokers })
  const partitions = Array.from({ length: partitionCount }, (_, partition) => ({ topic, partition }))
  const queries = partitions.map(entry => ({ ...entry, timestamp: OffsetSpec.latest }))
  const ends = throwFirst(await admin.listOffsets(queries))
  const committed = new Map(
    (await admin.groupOffsets(groupId)).map(({ partition, offset }) => [partition, offset]),
  )
  return ends.map(({ partition, offset }) => offset - (committed.get(partition) ?? 0))
}

async function run(brokers: string[]): Promise<void> {
  const loading = performance.now()
  const flights = await loadFlights(wanted)
  console.log(`loaded ${flights.length} flights of vega-datasets in ${seconds(loading)} s`)
  await using admin = new Admin({ brokers })
  throwFirst(await admin.createTopics([{ name: topic, partitions: partitionCount }]))
  const ledger = new Ledger(flights)
  await produce(brokers, flights)
  await consume(brokers, ledger, flights.length)
  const lags = await lagByPartition(brokers)
  console.log('\npartition  airports  flights read once  read again  lag')
  for (const { partition, airports, records, repeated } of ledger.results()) {
    console.log(
      `${String(partition).padStart(9)}  ${String(airports).padStart(8)}  ${String(records).padStart(17)}  ${String(repeated).padStart(10)}  ${String(lags[partition]).padStart(3)}`,
    )
  }
  const problems = ledger.verify()
  if (problems.length > 0) throw new Error(problems.slice(0, 10).join('\n'))
  console.log(
    `\n${flights.length} of ${flights.length} flights read, each at one offset, every airport in order, lag 0`,
  )
}

const external = process.env.KAFKA_URI
if (external) {
  await run([external])
} else {
  await using broker = await Broker.start({ port: 0 })
  console.log(`embedded broker on ${broker.address}`)
  await run([broker.address])
}
