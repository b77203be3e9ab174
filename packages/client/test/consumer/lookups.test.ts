// Looking offsets up at brokers that do not answer: the signal ends the wait.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListOffsetsApi, OffsetFetchApi } from '@millrace/protocol'
import { Consumer } from '../../src/index.ts'
import { FakeCluster, silence } from '../support/fake-broker.ts'

const partitions = [{ topic: 't', partition: 0 }]

type Lookup = (consumer: Consumer, options: { readonly signal: AbortSignal }) => Promise<unknown>

const lookups: Readonly<Record<string, Lookup>> = {
  committed: (consumer, options) => consumer.committed(partitions, options),
  beginningOffsets: (consumer, options) => consumer.beginningOffsets(partitions, options),
  endOffsets: (consumer, options) => consumer.endOffsets(partitions, options),
  offsetsForTimes: (consumer, options) =>
    consumer.offsetsForTimes([{ ...partitions[0]!, timestamp: 0 }], options),
}

for (const [name, lookUp] of Object.entries(lookups)) {
  test(`${name} ends with its signal`, async () => {
    const fake = new FakeCluster()
    fake.topic('t', [1])
    const controller = new AbortController()
    const reason = new Error('no longer wanted')
    const hold = (): typeof silence => {
      controller.abort(reason)
      return silence
    }
    fake.on(ListOffsetsApi, hold)
    fake.on(OffsetFetchApi, hold)
    const consumer = new Consumer({ brokers: fake.bootstrap, network: fake.network, groupId: 'g' })
    await assert.rejects(lookUp(consumer, { signal: controller.signal }), error => error === reason)
    await consumer.close()
  })
}
