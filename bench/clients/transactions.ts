// Our client's transactions under measurement, as TransactionLoad.java does Java's: same modes, same arguments, same output.
import { parseArgs } from 'node:util'
import { Consumer, ExactlyOnceProcessor, Producer } from '@millrace/client'
import { makeValue } from './measure.ts'

const { values } = parseArgs({
  options: {
    mode: { type: 'string', default: 'produce' },
    bootstrap: { type: 'string', default: '127.0.0.1:9092' },
    topic: { type: 'string', default: 'bench' },
    source: { type: 'string', default: '' },
    size: { type: 'string', default: '100' },
    batch: { type: 'string', default: '100' },
    producers: { type: 'string', default: '1' },
    records: { type: 'string', default: '0' },
    'interval-ms': { type: 'string', default: '100' },
    'warm-up-ms': { type: 'string', default: '1000' },
    'measured-ms': { type: 'string', default: '2000' },
  },
})
const brokers = [values.bootstrap]
const { topic, source } = values
const batch = Number(values.batch)
const intervalMs = Number(values['interval-ms'])
const value = makeValue(Number(values.size))
const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

interface Report {
  readonly transactions: number
  readonly records: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Raises the first byte, as the Java program does. */
function transformed(bytes: Buffer | null): Buffer {
  const copy = Buffer.from(bytes!)
  copy[0]!++
  return copy
}

/** Producers that commit every so many records, until the time is over. */
async function runTimed(): Promise<Report> {
  let phase: 'warm-up' | 'measured' | 'over' = 'warm-up'
  const times: number[] = []
  let records = 0
  let firstEnded: () => void = () => {}
  const ended = Array.from({ length: Number(values.producers) }, () => false)
  const started = new Promise<void>(resolve => {
    firstEnded = resolve
  })
  const work = ended.map(async (_, index) => {
    const write = await (values.mode === 'copy' ? copier(index) : filler(index))
    while (phase !== 'over') {
      const begun = performance.now()
      const count = await write()
      ended[index] = true
      if (ended.every(Boolean)) firstEnded()
      if (phase !== 'measured') continue
      records += count
      times.push(performance.now() - begun)
    }
  })
  await Promise.race([started, Promise.all(work)])
  await sleep(Number(values['warm-up-ms']))
  const begun = performance.now()
  phase = 'measured'
  console.log('BEGIN')
  await sleep(Number(values['measured-ms']))
  phase = 'over'
  console.log('END')
  const seconds = (performance.now() - begun) / 1000
  await Promise.all(work)
  times.sort((a, b) => a - b)
  const percentile = (fraction: number) => times[Math.max(0, Math.ceil(fraction * times.length) - 1)] ?? 0
  return { transactions: times.length, records, seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99) }
}

async function filler(partition: number): Promise<() => Promise<number>> {
  const producer = new Producer({ brokers, transactionalId: `${topic}-${partition}` })
  return async () => {
    await producer.beginTransaction()
    for (let index = 0; index < batch; index++)
      while (!producer.enqueue({ topic, partition, value })) await producer.ready()
    await producer.commitTransaction()
    return batch
  }
}

async function copier(partition: number): Promise<() => Promise<number>> {
  const producer = new Producer({ brokers, transactionalId: `${topic}-${partition}` })
  const consumer = new Consumer({
    brokers,
    groupId: `${topic}-copier`,
    autoCommit: false,
    isolationLevel: 'read_committed',
    maxPollRecords: batch,
  })
  consumer.assign([{ topic: source, partition, offset: 'earliest' }])
  const [end] = await consumer.endOffsets()
  return async () => {
    if ((consumer.position({ topic: source, partition }) ?? 0) >= end!.offset)
      consumer.seek({ topic: source, partition }, 0)
    const records = await consumer.poll({ timeoutMs: 10_000 })
    if (records.length === 0) throw new Error('nothing was read within 10 s')
    await producer.beginTransaction()
    for (const record of records) {
      const output = { topic, partition, value: transformed(record.value) }
      while (!producer.enqueue(output)) await producer.ready()
    }
    const offset = records.at(-1)!.offset + 1
    const sent = producer.sendOffsets([{ topic: source, partition, offset }], consumer.groupMetadata())
    await Promise.all([sent, producer.commitTransaction()])
    return records.length
  }
}

/** Copies a whole topic, once warm: exactly once, or as fast as it goes without transactions. */
async function runStream(): Promise<Report> {
  const total = Number(values.records)
  const warmUp = Math.floor(total / 3)
  let committed = () => 0
  let transactions = () => 0
  let stop: () => Promise<void>
  if (values.mode === 'stream') {
    const processor = new ExactlyOnceProcessor({
      brokers,
      groupId: `${topic}-copier`,
      topics: source,
      transactionIntervalMs: intervalMs,
      eachRecord: record => ({ topic, partition: 0, value: transformed(record.value) }),
    })
    const run = processor.run()
    committed = () => processor.statistics.recordsCommitted
    transactions = () => processor.statistics.transactionsCommitted
    stop = async () => {
      await processor.close()
      await run
    }
  } else {
    const plain = copyPlainly()
    committed = () => plain.copied
    stop = () => plain.stop()
  }
  while (committed() < warmUp) await sleep(1)
  const from = { at: performance.now(), records: committed(), transactions: transactions() }
  console.log('BEGIN')
  while (committed() < total) await sleep(1)
  console.log('END')
  const seconds = (performance.now() - from.at) / 1000
  const report = { transactions: transactions() - from.transactions, records: total - from.records, seconds }
  await stop()
  return { ...report, p50Ms: 0, p99Ms: 0 }
}

/** At least once: what was written is flushed before offsets are committed. */
function copyPlainly(): { readonly copied: number; stop(): Promise<void> } {
  const producer = new Producer({ brokers })
  const consumer = new Consumer({
    brokers,
    groupId: `${topic}-copier`,
    autoOffsetReset: 'earliest',
    autoCommit: false,
  })
  consumer.subscribe(source)
  const state = { copied: 0, stop: () => consumer.close() }
  const run = async () => {
    let pending = 0
    let due = performance.now() + intervalMs
    for await (const batchRead of consumer.batches()) {
      for (const record of batchRead) {
        const output = { topic, partition: 0, value: transformed(record.value) }
        while (!producer.enqueue(output)) await producer.ready()
        pending++
      }
      if (performance.now() < due && state.copied + pending < Number(values.records)) continue
      await producer.flush()
      await consumer.commit()
      state.copied += pending
      pending = 0
      due = performance.now() + intervalMs
    }
  }
  void run()
  return state
}

const report = await (values.mode.startsWith('stream') ? runStream() : runTimed())
console.log(JSON.stringify(report))
process.exit(0)
