// What `Admin` does with transactions, on whichever broker.
import assert from 'node:assert/strict'
import { Producer, ProducerFencedError, type ProducerState, TransactionFatalError } from '@millrace/client'
import { eventually, readTopic } from '@millrace/testkit'
import { type AdminCase, codeOf, type Operation, rejectsWith, type World } from './admin-case.ts'

interface Open {
  readonly transactionalId: string
  readonly topic: string
  readonly producer: Producer
}

/** A transaction with one record that nobody ends, behind one that was committed. */
async function withOpenTransaction(world: World, use: (open: Open) => Promise<void>): Promise<void> {
  const { brokers, createTopic, uniqueName } = world
  const topic = await createTopic()
  const transactionalId = uniqueName('id')
  const producer = new Producer({ brokers, transactionalId })
  try {
    await producer.transaction(transaction => transaction.send({ topic, partition: 0, value: 'before' }))
    await producer.beginTransaction()
    await producer.send({ topic, partition: 0, value: 'open' })
    await use({ transactionalId, topic, producer })
  } finally {
    await producer.close({ timeoutMs: 1_000 }).catch(() => {})
  }
}

async function stateIn({ admin }: World, topic: string): Promise<ProducerState> {
  const [described] = await admin.describeProducers([{ topic, partition: 0 }])
  assert.equal(codeOf(described), undefined)
  return described!.producers[0]!
}

async function isOpen(world: World, topic: string): Promise<boolean> {
  return (await stateIn(world, topic)).transactionStartOffset !== -1
}

const committed = async ({ brokers }: World, topic: string) =>
  (await readTopic(brokers, topic, 1, 'read_committed')).map(({ value }) => value!.toString())

/** The transaction in the partition, as markers name it. */
async function marked(world: World, topic: string) {
  const { producerId, producerEpoch, coordinatorEpoch } = await stateIn(world, topic)
  return { topic, partition: 0, producerId, producerEpoch, coordinatorEpoch: Math.max(0, coordinatorEpoch) }
}

export const transactionCases = {
  async listTransactions(world) {
    const { admin, uniqueName } = world
    await withOpenTransaction(world, async ({ transactionalId }) => {
      const ids = async (options: Parameters<typeof admin.listTransactions>[0]) =>
        (await admin.listTransactions(options)).map(each => each.transactionalId)
      const [listed] = await admin.listTransactions({ pattern: transactionalId })
      assert.deepEqual([listed!.transactionalId, listed!.state], [transactionalId, 'Ongoing'])
      const { producerId } = listed!
      assert.deepEqual(await ids({ producerIds: [producerId], states: ['Ongoing'] }), [transactionalId])
      assert.deepEqual(await ids({ producerIds: [producerId], states: ['Empty'] }), [])
      assert.deepEqual(await ids({ producerIds: [producerId], durationMs: 3_600_000 }), [])
      assert.deepEqual(await ids({ pattern: uniqueName('none') }), [])
    })
  },

  async describeTransactions(world) {
    const { admin, uniqueName } = world
    await withOpenTransaction(world, async ({ transactionalId, topic }) => {
      const [missing, open] = await admin.describeTransactions([uniqueName('none'), transactionalId])
      assert.deepEqual([codeOf(missing), missing!.state], ['TRANSACTIONAL_ID_NOT_FOUND', ''])
      assert.deepEqual(
        [open!.state, open!.partitions, codeOf(open)],
        ['Ongoing', [{ topic, partition: 0 }], undefined],
      )
      assert.ok(open!.startTimeMs > 0 && open!.producerId >= 0 && open!.timeoutMs > 0)
      const [coordinator] = await admin.findCoordinators('transaction', [transactionalId])
      assert.equal(open!.coordinatorId, coordinator!.coordinator!.id)
    })
  },

  async describeProducers(world) {
    const { admin, uniqueName } = world
    await withOpenTransaction(world, async ({ topic }) => {
      const partitions = [
        { topic, partition: 0 },
        { topic: uniqueName('missing'), partition: 0 },
      ]
      const [open, missing] = await admin.describeProducers(partitions)
      const [state] = open!.producers
      assert.equal(state!.transactionStartOffset, 2, 'behind a record and a marker')
      assert.ok(state!.lastSequence >= 0 && state!.coordinatorEpoch >= 0)
      assert.equal(codeOf(missing), 'UNKNOWN_TOPIC_OR_PARTITION')
      const { leader } = (await admin.describeTopics([topic]))[0]!.partitions[0]!
      const [same] = await admin.describeProducers(partitions.slice(0, 1), { brokerId: leader })
      assert.deepEqual(same!.producers, open!.producers)
    })
  },

  async abortTransaction(world) {
    const { admin } = world
    await withOpenTransaction(world, async ({ topic }) => {
      const open = await marked(world, topic)
      await rejectsWith(
        admin.abortTransaction({ ...open, producerEpoch: open.producerEpoch - 1 }),
        'INVALID_PRODUCER_EPOCH',
      )
      assert.ok(await isOpen(world, topic))
      await admin.abortTransaction(open)
      assert.ok(!(await isOpen(world, topic)))
      assert.deepEqual(await committed(world, topic), ['before'])
    })
  },

  async writeTransactionMarkers(world) {
    const { admin, uniqueName } = world
    await withOpenTransaction(world, async ({ topic }) => {
      const open = await marked(world, topic)
      const outcomes = await admin.writeTransactionMarkers([
        { ...open, topic: uniqueName('missing') },
        { ...open, committed: true },
      ])
      assert.deepEqual(
        outcomes.map(outcome => [outcome.producerId, codeOf(outcome)]),
        [
          [open.producerId, 'UNKNOWN_TOPIC_OR_PARTITION'],
          [open.producerId, undefined],
        ],
      )
      assert.deepEqual(await committed(world, topic), ['before', 'open'])
    })
  },

  async fenceProducers(world) {
    const { admin } = world
    await withOpenTransaction(world, async ({ transactionalId, topic, producer }) => {
      const [before] = await admin.describeTransactions([transactionalId])
      const [fenced, invalid] = await admin.fenceProducers([transactionalId, ''])
      assert.equal(codeOf(fenced), undefined)
      assert.ok(fenced!.producerId !== before!.producerId || fenced!.producerEpoch > before!.producerEpoch)
      assert.equal(codeOf(invalid), 'INVALID_REQUEST')
      await assert.rejects(producer.commitTransaction(), error => isFenced(error))
      await eventually('it is aborted', async () => !(await isOpen(world, topic)))
      assert.deepEqual(await committed(world, topic), ['before'])
    })
  },

  async forceTerminateTransaction(world) {
    const { admin } = world
    await withOpenTransaction(world, async ({ transactionalId, topic, producer }) => {
      await admin.forceTerminateTransaction(transactionalId)
      await eventually('it is aborted', async () => !(await isOpen(world, topic)))
      assert.deepEqual(await committed(world, topic), ['before'])
      await assert.rejects(producer.commitTransaction(), error => isFenced(error))
      await rejectsWith(admin.forceTerminateTransaction(''), 'INVALID_REQUEST')
    })
  },
} satisfies Partial<Record<Operation, AdminCase>>

function isFenced(error: unknown): boolean {
  return error instanceof ProducerFencedError || error instanceof TransactionFatalError
}
