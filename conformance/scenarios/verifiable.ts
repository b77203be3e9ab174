// Kafka's system test clients and its performance tools: every acknowledged record is consumed, and rates are printed.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario, Stage } from '../harness/stage.ts'
import { Acknowledged } from '../harness/acknowledged.ts'

interface ConsumerEvent {
  readonly name: string
  readonly count?: number
  readonly partitions?: readonly unknown[]
  readonly offsets?: readonly { readonly partition: number; readonly offset: number }[]
  readonly success?: boolean
}

async function verifiable(stage: Stage): Promise<void> {
  const topic = await stage.createTopic('verifiable', 3)
  const acknowledged = new Acknowledged()
  const producer = await stage.kafka(
    'VerifiableProducer',
    `--topic ${topic} --max-messages 5000 --repeating-keys 40`,
  )
  for (const line of producer.stdout.split('\n')) acknowledged.take(line)
  assert.equal(acknowledged.count, 5000)
  assert.equal(acknowledged.errors, 0)
  const events: ConsumerEvent[] = []
  const consumer = stage.spawnKafka(
    'VerifiableConsumer',
    `--topic ${topic} --group-id verifiable --reset-policy earliest`,
    line => events.push(JSON.parse(line) as ConsumerEvent),
  )
  try {
    const consumed = (): number =>
      events
        .filter(event => event.name === 'records_consumed')
        .reduce((sum, event) => sum + (event.count ?? 0), 0)
    const deadline = Date.now() + 30_000
    while (consumed() < 5000 && Date.now() < deadline) await sleep(50)
    await sleep(300)
    assert.equal(consumed(), 5000)
    assert.ok(events.some(event => event.name === 'partitions_assigned' && event.partitions?.length === 3))
    const commits = events.filter(event => event.name === 'offsets_committed')
    assert.ok(commits.length > 0 && commits.every(event => event.success === true))
    const last = new Map(
      commits.flatMap(event => event.offsets ?? []).map(each => [each.partition, each.offset]),
    )
    assert.equal(
      [...last.values()].reduce((sum, offset) => sum + offset, 0),
      5000,
    )
  } finally {
    await consumer.stop(10_000)
  }
}

const copied = 3_000

/** Kafka's own system test of transactions: what one writes is copied with aborts in between, and read as committed. */
async function transactional(stage: Stage): Promise<void> {
  for (const topic of ['copy-in', 'copy-out']) await stage.createTopic(topic, 1)
  await stage.kafka('VerifiableProducer', `--topic copy-in --max-messages ${copied}`)
  await stage.java(
    'TransactionalMessageCopier',
    `--broker-list ${stage.bootstrap} --input-topic copy-in --input-partition 0 --output-topic copy-out --max-messages -1 ` +
      '--consumer-group copiers --transactional-id copier --transaction-size 50 --enable-random-aborts --use-group-metadata',
  )
  const committed = join(stage.dir, 'committed.properties')
  writeFileSync(committed, 'isolation.level=read_committed\n')
  const { stdout } = await stage.kafka(
    'VerifiableConsumer',
    `--topic copy-out --group-id readers --reset-policy earliest --max-messages ${copied} --verbose --command-config ${committed}`,
  )
  const values = stdout
    .split('\n')
    .filter(line => line.includes('"record_data"'))
    .map(line => Number((JSON.parse(line) as { readonly value: string }).value))
  assert.deepEqual(
    values,
    Array.from({ length: copied }, (_, index) => index),
  )
}

const perfRecords = 200_000

async function producerPerformance(stage: Stage): Promise<void> {
  await stage.createTopic('perf', 3)
  const { stdout } = await stage.kafka(
    'ProducerPerformance',
    `--topic perf --num-records ${perfRecords} --record-size 100 --throughput -1 --command-property acks=all`,
  )
  const summary = stdout.trim().split('\n').at(-1)!
  assert.match(summary, new RegExp(`^${perfRecords} records sent, [\\d.]+ records/sec`))
  console.log(`              ${summary}`)
}

async function consumerPerformance(stage: Stage): Promise<void> {
  const { stdout } = await stage.kafka(
    'ConsumerPerformance',
    `--topic perf --num-records ${perfRecords} --hide-header --timeout 30000`,
  )
  const cells = stdout.trim().split('\n').at(-1)!.split(', ')
  assert.ok(Number(cells[4]) >= perfRecords, `consumed ${cells[4]}: ${stdout}`)
  console.log(`              ${cells[4]} records read, ${cells[9]} records/sec of fetch time`)
}

async function endToEndLatency(stage: Stage): Promise<void> {
  await stage.createTopic('latency', 1)
  const { stdout } = await stage.java('EndToEndLatency', `${stage.bootstrap} latency 1000 all 100`)
  const [, mean] = stdout.match(/Avg latency: ([\d.]+) ms/) ?? []
  assert.ok(mean !== undefined, stdout)
  console.log(`              mean ${mean} ms; ${stdout.match(/Percentiles: .*/)?.[0] ?? ''}`)
}

export const verifiableClients: Scenario = {
  name: 'verifiable',
  title:
    "Kafka's VerifiableProducer, TransactionalMessageCopier and VerifiableConsumer, ProducerPerformance, ConsumerPerformance, EndToEndLatency",
  needs: [],
  async run(stage) {
    await stage.check('VerifiableConsumer gets what VerifiableProducer was acknowledged', () =>
      verifiable(stage),
    )
    await stage.check(
      'TransactionalMessageCopier copies with aborts, and VerifiableConsumer reads it once',
      () => transactional(stage),
    )
    await stage.check('ProducerPerformance sends 200,000 records', () => producerPerformance(stage))
    await stage.check('ConsumerPerformance reads them', () => consumerPerformance(stage))
    await stage.check('EndToEndLatency sends and receives 1,000 records one by one', () =>
      endToEndLatency(stage),
    )
  },
}
