// What is run on each runtime: programs of an application that has installed the packages, one for each part of the product.

/** Parts of the product that a runtime has or lacks. */
export const parts = ['doors', 'client', 'transactions', 'tls', 'broker', 'service', 'command'] as const
export type Part = (typeof parts)[number]

/** Imports all that users import: each door has something. */
const doors = `
const doors = process.env.DOORS.split(',')
for (const door of doors) {
  const names = Object.keys(await import(door))
  if (names.length === 0) throw new Error(door + ' exports nothing')
}
`

/** Records there and back, as text and typed, in each codec, in a group; and administration. */
const client = `
import { Admin, Consumer, json, Producer, throwFirst, topic } from '@millrace/client'
import { parseSettings } from '@millrace/config'
import { openTelemetry } from '@millrace/opentelemetry'
const brokers = [process.env.BROKER]
const name = 'greetings-' + process.env.RUNTIME
const typed = topic(name, { value: json(), partitions: 2 })
const admin = new Admin({ brokers })
throwFirst(await admin.createTopics([typed]))
const settings = parseSettings('client: { brokers: "' + brokers[0] + '" }', { env: {} })
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
for (const compression of codecs) {
  const producer = new Producer({ ...settings.producer(), compression, hooks: [openTelemetry()] })
  const { offset } = await producer.send({ topic: typed, value: { compression, text: 'x'.repeat(2000) } })
  if (!(offset >= 0)) throw new Error('no offset')
  await producer.close()
}
const consumer = new Consumer({ brokers, groupId: name, autoOffsetReset: 'earliest', topics: [typed] })
consumer.subscribe(typed)
const left = new Set(codecs)
for await (const record of consumer) {
  left.delete(record.value.compression)
  consumer.markProcessed(record)
  if (left.size === 0) break
}
await consumer.close()
const committed = throwFirst(await admin.groupOffsets(name)).reduce((sum, { offset }) => sum + offset, 0)
if (committed !== codecs.length) throw new Error(committed + ' records are committed')
admin.close()
`

/** What is aborted is not read, what is committed is, once. */
const transactions = `
import { Consumer, ExactlyOnceProcessor, Producer } from '@millrace/client'
const brokers = [process.env.BROKER]
const from = 'orders-' + process.env.RUNTIME
const to = 'prices-' + process.env.RUNTIME
const producer = new Producer({ brokers, transactionalId: from })
await producer.transaction(transaction => transaction.send({ topic: from, value: 'kept' }))
const failed = await producer
  .transaction(async transaction => {
    await transaction.send({ topic: from, value: 'dropped' })
    throw new Error('on purpose')
  })
  .catch(error => error.message)
if (failed !== 'on purpose') throw new Error('the transaction did not fail: ' + failed)
await producer.transaction(transaction => transaction.send({ topic: from, value: 'kept too' }))
await producer.close()
const processor = new ExactlyOnceProcessor({
  brokers,
  groupId: from,
  topics: from,
  eachRecord: record => ({ topic: to, value: record.value.toString().toUpperCase() }),
})
const running = processor.run()
const consumer = new Consumer({ brokers, isolationLevel: 'read_committed' })
const read = []
consumer.assign([{ topic: to, partition: 0, offset: 'earliest' }])
for await (const record of consumer) {
  read.push(record.value.toString())
  if (read.length === 2) break
}
if (read.join() !== 'KEPT,KEPT TOO') throw new Error('read ' + read)
await consumer.close()
await processor.close()
await running
`

/** Through an encrypted listener whose authority is ours, with a login. */
const tls = `
import { readFileSync } from 'node:fs'
import { Admin, Consumer, Producer } from '@millrace/client'
const options = {
  brokers: [process.env.TLS_BROKER],
  tls: { ca: readFileSync(process.env.CA, 'utf8') },
  sasl: { mechanism: 'scram-sha-256', username: 'alice', password: 'of the wonderland' },
}
const topic = 'secrets-' + process.env.RUNTIME
const producer = new Producer(options)
await producer.send({ topic, value: 'secret '.repeat(20_000) })
await producer.close()
const consumer = new Consumer(options)
consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
for await (const record of consumer) {
  if (record.value.length !== 140_000) throw new Error(record.value.length + ' bytes')
  break
}
await consumer.close()
const strangers = new Admin({ ...options, tls: true, apiTimeoutMs: 3_000 })
const refused = await strangers.describeCluster().catch(error => error)
if (!(refused instanceof Error)) throw new Error('an authority that nobody knows was trusted')
strangers.close()
`

/** A broker in this process: its directory is its own, it takes logins through TLS, and what it has is there when it was stopped and started again. */
const broker = `
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Broker, Consumer, DirectoryLockedError, Producer } from 'millrace'
const dataDir = mkdtempSync(join(tmpdir(), 'millrace-broker-'))
const settings = {
  port: 0,
  dataDir,
  users: [{ name: 'alice', password: 'of the wonderland' }],
  config: {
    listeners: 'PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': process.env.CERTIFICATE,
    'ssl.keystore.key': process.env.KEY,
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
  },
}
const { config, ...plain } = settings
try {
  for (const round of [1, 2]) {
    const broker = await Broker.start(settings)
    const second = await Broker.start(plain).catch(error => error)
    if (!(second instanceof DirectoryLockedError)) throw new Error('the directory was given to two: ' + second)
    const portOf = wanted => broker.endpoints.find(({ name }) => name === wanted).port
    const producer = new Producer({
      brokers: ['127.0.0.1:' + portOf('SASL_SSL')],
      tls: { ca: readFileSync(process.env.CA, 'utf8') },
      sasl: { mechanism: 'scram-sha-256', username: 'alice', password: 'of the wonderland' },
    })
    const values = Array.from({ length: 1000 }, (_, index) => 'round ' + round + ', record ' + index)
    await producer.sendBatch(values.map(value => ({ topic: 'log', value })))
    await producer.close()
    const consumer = new Consumer({ brokers: ['127.0.0.1:' + portOf('PLAINTEXT')] })
    consumer.assign([{ topic: 'log', partition: 0, offset: 'earliest' }])
    let count = 0
    for await (const record of consumer) {
      if (record.offset !== count) throw new Error('offset ' + record.offset + ' at ' + count)
      if (++count === 1000 * round) break
    }
    await consumer.close()
    await broker.close()
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
`

/** A service hears what it has published. */
const service = `
import { json } from '@millrace/client'
import { events, Service } from '@millrace/service'
const name = 'noted-' + process.env.RUNTIME
const noted = events(name, { written: json() }, { partitions: 1 })
const service = new Service({ name, brokers: [process.env.BROKER], createTopics: 'all' })
let heard
service.handle(noted, { written: event => { heard = event.data.text; void service.stop() } }, { deadLetter: true })
await service.start()
await service.publish(noted, { type: 'written', data: { text: 'hello' } })
await service.ended
if (heard !== 'hello') throw new Error('heard ' + heard)
`

/** A topic by the command line. */
const command = `
import { execFileSync } from 'node:child_process'
const run = (...args) => execFileSync(process.execPath, [...JSON.parse(process.env.COMMAND), ...args, '--brokers', process.env.BROKER], { encoding: 'utf8' })
run('topic', 'create', 'made-' + process.env.RUNTIME, '--partitions', '3')
const listed = run('topic', 'list')
if (!listed.includes('made-' + process.env.RUNTIME)) throw new Error('not listed: ' + listed)
`

export const programs: Readonly<Record<Part, string>> = {
  doors,
  client,
  transactions,
  tls,
  broker,
  service,
  command,
}

/** A broker for what is checked of clients: one listener as it is, one with TLS and logins. */
export const server = `
import { Broker } from 'millrace'
const broker = await Broker.start({
  port: 0,
  users: [{ name: 'alice', password: 'of the wonderland' }],
  config: {
    listeners: 'PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': process.env.CERTIFICATE,
    'ssl.keystore.key': process.env.KEY,
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
    'group.initial.rebalance.delay.ms': 0,
  },
})
console.log(JSON.stringify(broker.endpoints))
process.once('SIGTERM', () => void broker.close())
`

/** The client without the other packages. */
export const clientAlone = `
import { Admin, Consumer, Producer } from '@millrace/client'
if (![Admin, Consumer, Producer].every(door => typeof door === 'function')) throw new Error('the client lacks a door')
`

/** Types as an application sees them. */
export const typed = `
import { Producer, type ProducerOptions } from '@millrace/client'
import { loadSettings, type Settings } from '@millrace/config'
import { openTelemetry } from '@millrace/opentelemetry'
import { events, Service } from '@millrace/service'
import { json } from '@millrace/client'
import { Broker } from 'millrace'
export const service: Service = new Service({ name: 'a', brokers: ['127.0.0.1:9092'] }).handle(
  events('orders', { created: json<{ total: number }>() }),
  { created: event => void event.data.total.toFixed() },
)
export const settings: Promise<Settings> = loadSettings('kafka.yaml')
const options: ProducerOptions = { brokers: ['127.0.0.1:9092'], hooks: [openTelemetry()] }
export const producer: Producer = new Producer(options)
export const broker: Promise<Broker> = Broker.start({ port: 0 })
`
