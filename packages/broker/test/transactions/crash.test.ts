// A broker that is killed in the middle of a transaction, wherever that is: what it has said stays true, and the next start goes on.
import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import type { RunningBroker } from '../../src/running-broker.ts'
import type { EndOfTransaction } from '../../src/transactions/markers.ts'
import { transactionMarkers } from '../../src/transactions/markers.ts'
import type { TransactionPartition } from '../../src/transactions/admission.ts'
import { connect, createTopic, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import { TransactionalClient } from './transactional-client.ts'

/** What a kill leaves: the files as they are now. The broker that runs goes on and is not heard any more. */
async function afterKill(
  context: TestContext,
  dataDir: string,
  producer: TransactionalClient,
): Promise<{ broker: RunningBroker; survivor: TransactionalClient }> {
  const copy = join(temporaryDirectory(context), 'data')
  // The lock says who holds the original.
  cpSync(dataDir, copy, { recursive: true, filter: path => !path.endsWith('.lock') })
  const config = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '20' }
  const broker = await startBroker(context, { dataDir: copy, config })
  const survivor = new TransactionalClient(await connect(context, broker), producer.transactionalId)
  Object.assign(survivor, { producerId: producer.producerId, producerEpoch: producer.producerEpoch })
  return { broker, survivor }
}

interface Scene {
  readonly dataDir: string
  readonly broker: RunningBroker
  readonly producer: TransactionalClient
}

/** A transaction that has written to both partitions of `txn` and committed an offset. */
async function setUp(context: TestContext): Promise<Scene> {
  const dataDir = temporaryDirectory(context)
  const broker = await startBroker(context, { dataDir, config: { 'log.fsync': 'group' } })
  const producer = await TransactionalClient.begin(context, broker)
  await createTopic(producer.client, 'txn', 2)
  assert.equal(await producer.produce('txn', ['first'], 12, 0), 'NONE')
  assert.equal(await producer.produce('txn', ['second'], 12, 1), 'NONE')
  assert.equal(await producer.commitOffset('g', 'txn', 7), 'NONE')
  return { dataDir, broker, producer }
}

type Write = (end: EndOfTransaction, partitions: readonly TransactionPartition[]) => Promise<number[]>

/** From here on markers are written as `write` says; `real` is how they would have been. */
function hijackMarkers(broker: RunningBroker, write: (real: Write) => Write): void {
  const markers = broker.service(transactionMarkers)
  const real = markers.write.bind(markers)
  markers.write = write(real)
}

const never: Write = () => new Promise(() => {})

test('killed while a transaction is open: its producer goes on with it', async t => {
  const { dataDir, producer } = await setUp(t)
  const { survivor } = await afterKill(t, dataDir, producer)
  assert.equal(await survivor.state(), 'Ongoing')
  assert.equal(await survivor.offset('g', 'txn', true), 'UNSTABLE_OFFSET_COMMIT')
  assert.deepEqual(await survivor.committed('txn', 0), [])
  assert.equal(await survivor.end(true), 'NONE')
  await survivor.until('CompleteCommit')
  assert.deepEqual(await survivor.committed('txn', 0), ['first'])
  assert.deepEqual(await survivor.committed('txn', 1), ['second'])
  assert.equal(await survivor.offset('g', 'txn', true), 7)
})

for (const committed of [true, false]) {
  const what = committed ? 'commit' : 'abort'
  const state = committed ? 'CompleteCommit' : 'CompleteAbort'

  test(`killed between the answer to a ${what} and its markers: they are written by the next start`, async t => {
    const { dataDir, broker, producer } = await setUp(t)
    hijackMarkers(broker, () => never)
    const { producerEpoch } = producer
    assert.equal(await producer.end(committed), 'NONE')
    assert.match(await producer.state(), /^Prepare/)
    const { survivor } = await afterKill(t, dataDir, producer)
    await survivor.until(state)
    assert.deepEqual(await survivor.committed('txn', 0), committed ? ['first'] : [])
    assert.deepEqual(await survivor.committed('txn', 1), committed ? ['second'] : [])
    assert.equal(await survivor.offset('g', 'txn', true), committed ? 7 : -1)
    survivor.producerEpoch = producerEpoch
    assert.equal(await survivor.end(committed), 'NONE', 'the producer that has not heard asks again')
    assert.equal(survivor.producerEpoch, producerEpoch + 1)
    assert.equal(await survivor.produce('txn', ['next']), 'NONE')
  })

  test(`killed after some of the markers of a ${what}: the others are written by the next start`, async t => {
    const { dataDir, broker, producer } = await setUp(t)
    let first: Promise<number[]> | undefined
    hijackMarkers(broker, real => (end, partitions) => {
      first = real(end, partitions.slice(0, 1))
      return never(end, partitions)
    })
    assert.equal(await producer.end(committed), 'NONE')
    assert.deepEqual(await first, [ErrorCode.NONE])
    const { survivor } = await afterKill(t, dataDir, producer)
    await survivor.until(state)
    const values = [...(await survivor.committed('txn', 0)), ...(await survivor.committed('txn', 1))]
    assert.deepEqual(values, committed ? ['first', 'second'] : [])
    assert.equal(await survivor.offset('g', 'txn', true), committed ? 7 : -1)
  })

  test(`killed between the markers of a ${what} and the record behind them: a second marker changes nothing`, async t => {
    const { dataDir, broker, producer } = await setUp(t)
    let all: Promise<number[]> | undefined
    hijackMarkers(broker, real => (end, partitions) => {
      all = real(end, partitions)
      return never(end, partitions)
    })
    assert.equal(await producer.end(committed), 'NONE')
    assert.ok((await all)!.every(errorCode => errorCode === ErrorCode.NONE))
    const { survivor } = await afterKill(t, dataDir, producer)
    await survivor.until(state)
    const values = [...(await survivor.committed('txn', 0)), ...(await survivor.committed('txn', 1))]
    assert.deepEqual(values, committed ? ['first', 'second'] : [])
    assert.equal(await survivor.produce('txn', ['next']), 'NONE')
    assert.equal(await survivor.end(true), 'NONE')
    await survivor.until('CompleteCommit')
    assert.deepEqual((await survivor.committed('txn', 0)).at(-1), 'next')
  })
}

test('killed while a producer is being fenced: the transaction is aborted, and the producer stays fenced', async t => {
  const { dataDir, broker, producer } = await setUp(t)
  hijackMarkers(broker, () => never)
  const other = new TransactionalClient(await connect(t, broker), 'id')
  assert.equal(await other.init(), 'CONCURRENT_TRANSACTIONS')
  const { broker: next, survivor } = await afterKill(t, dataDir, producer)
  await survivor.until('CompleteAbort')
  assert.equal(await survivor.produce('txn', ['zombie']), 'INVALID_PRODUCER_EPOCH')
  assert.equal(await survivor.end(true), 'INVALID_TXN_STATE', 'as a retry of what was an abort')
  const heir = await TransactionalClient.begin(t, next)
  assert.equal(await heir.produce('txn', ['mine']), 'NONE')
  assert.equal(await heir.end(true), 'NONE')
  await heir.until('CompleteCommit')
  assert.deepEqual(await heir.committed('txn', 0), ['mine'])
})

test('markers that cannot be written are tried again, for as long as it takes', async t => {
  const { broker, producer } = await setUp(t)
  let refusals = 2
  hijackMarkers(broker, real => (end, partitions) => {
    if (refusals-- > 0) return Promise.resolve(partitions.map(() => ErrorCode.NOT_LEADER_OR_FOLLOWER))
    return real(end, partitions)
  })
  assert.equal(await producer.end(true), 'NONE')
  await producer.until('CompleteCommit')
  assert.deepEqual(await producer.committed('txn', 0), ['first'])
})

test('a producer that begins and is killed before the answer has an epoch that nobody else gets', async t => {
  const { dataDir, broker, producer } = await setUp(t)
  await producer.end(true)
  await producer.until('CompleteCommit')
  const lost = await TransactionalClient.begin(t, broker)
  const { broker: next } = await afterKill(t, dataDir, producer)
  const heir = await TransactionalClient.begin(t, next)
  assert.equal(heir.producerId, lost.producerId)
  assert.ok(heir.producerEpoch > lost.producerEpoch)
})
