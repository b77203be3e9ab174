// What a listener of the user's does wrong stays its own trouble: a warning of the process, whatever it throws and however late.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { tell } from '../../src/events/tell.ts'
import { type ClientEvent, Consumer, Producer } from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'
import { setUp } from '../support/fake-partitions.ts'
import { quickClock } from '../support/quick-clock.ts'

/** The warnings of the process while `run` works. */
async function warningsOf(run: () => unknown): Promise<string[]> {
  const warnings: string[] = []
  const listen = (warning: Error) => warnings.push(warning.message)
  process.on('warning', listen)
  try {
    await run()
    await new Promise(resolve => setImmediate(resolve))
  } finally {
    process.off('warning', listen)
  }
  return warnings
}

const failures: readonly (readonly [what: string, failure: unknown, warning: string])[] = [
  ['an error', new Error('boom'), 'boom'],
  ['nothing', undefined, 'a listener threw undefined'],
  ['null', null, 'a listener threw null'],
  ['an object', { code: 5 }, 'a listener threw { code: 5 }'],
  ['a text', 'boom', "a listener threw 'boom'"],
]

for (const [what, failure, warning] of failures) {
  test(`a listener that throws ${what}, or rejects with it, makes a warning and nothing else`, async () => {
    const throws = () => {
      throw failure
    }
    const rejects = () => Promise.reject(failure as Error)
    assert.deepEqual(await warningsOf(() => tell(throws)), [warning])
    assert.deepEqual(await warningsOf(() => tell(rejects)), [warning])
  })

  test(`a batch whose onDelivery throws ${what} has its verdict all the same`, async () => {
    const cluster = new FakeCluster()
    cluster.topic('t', [1])
    cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
      throttleTimeMs: 0,
      responses: request.topicData.map(({ name, topicId }) => ({
        name,
        topicId,
        partitionResponses: [{ index: 0, errorCode: 0, baseOffset: 7 }],
      })),
    }))
    const producer = new Producer({
      brokers: cluster.bootstrap,
      network: cluster.network,
      idempotence: false,
      onDelivery() {
        throw failure
      },
    })
    const warnings = await warningsOf(async () => {
      assert.equal((await producer.send({ topic: 't', value: 'v' })).offset, 7)
      await producer.close()
    })
    assert.deepEqual(warnings, [warning])
  })
}

test('an onEvent and a logger that reject end neither the call nor the process', async () => {
  const cluster = new FakeCluster([1, 2])
  cluster.topic('t', [2])
  cluster.down.add(1)
  const heard: ClientEvent['type'][] = []
  const reject = (() => Promise.reject(new Error('boom'))) as () => void
  const consumer = new Consumer({
    brokers: ['fake:1', 'fake:2'],
    network: cluster.network,
    clock: quickClock,
    onEvent: event => {
      heard.push(event.type)
      return reject()
    },
    logger: { debug: reject, info: reject, warn: reject, error: reject },
  })
  const warnings = await warningsOf(async () => {
    await consumer.cluster.topic('t')
    await consumer.close()
  })
  assert.deepEqual([...new Set(heard)], ['connection.failed'])
  assert.deepEqual([...new Set(warnings)], ['boom'])
})

test('an onPartitionEnd that fails keeps no record back', async () => {
  const { consumer } = setUp([3], {
    onPartitionEnd: (() => Promise.reject(new Error('boom'))) as () => void,
  })
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  const warnings = await warningsOf(async () => {
    assert.equal((await consumer.poll({ timeoutMs: 5_000 })).length, 3)
    assert.equal((await consumer.poll({ timeoutMs: 10 })).length, 0)
  })
  assert.deepEqual(warnings, ['boom'])
  await consumer.close()
})
