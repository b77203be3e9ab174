// What comes from another realm, whose classes are not ours: programs under jest, and in `node:vm`, mix those of Node with their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { type ConsumerRecord, json, type StandardSchema } from '../src/index.ts'
import { bytesOf, checkHeaders } from '../src/producer/prepare-record.ts'
import { Subscription } from '../src/consumer/subscription.ts'
import { Metadata } from '../src/cluster/metadata.ts'
import { tell } from '../src/events/tell.ts'

const realm = createContext({})
const foreign = (code: string): unknown => runInContext(code, realm)

test('bytes are bytes: as keys, values and headers', () => {
  const bytes = foreign('new Uint8Array([1, 2])') as Uint8Array
  assert.equal(bytes instanceof Uint8Array, false)
  assert.equal(bytesOf(bytes, 't'), bytes)
  checkHeaders('t', [{ key: 'h', value: bytes }])
  assert.throws(() => bytesOf(foreign('new Uint16Array(1)'), 't'), /text and bytes can be written/)
})

test('a pattern is a pattern', () => {
  const metadata = new Metadata()
  const partition = {
    errorCode: 0,
    partitionIndex: 0,
    leaderId: 1,
    leaderEpoch: 0,
    replicaNodes: [],
    isrNodes: [],
    offlineReplicas: [],
  }
  const topics = ['orders', 'bills'].map(name => ({
    errorCode: 0,
    name,
    topicId: 'AAAAAAAAAAAAAAAAAAC-7w',
    isInternal: false,
    topicAuthorizedOperations: 0,
    partitions: [partition],
  }))
  metadata.update(
    {
      throttleTimeMs: 0,
      errorCode: 0,
      brokers: [],
      clusterId: null,
      controllerId: 1,
      clusterAuthorizedOperations: 0,
      topics,
    },
    true,
  )
  assert.deepEqual(new Subscription(foreign('[/^ord/]') as RegExp[]).topics(metadata), ['orders'])
  assert.deepEqual(new Subscription(foreign('/^bil/') as RegExp).topics(metadata), ['bills'])
})

test('a promise of a listener that rejects is a warning', async () => {
  const warned = new Promise<Error>(resolve => process.once('warning', resolve))
  tell(foreign('(async () => { throw "foreign" })') as () => unknown)
  assert.match((await warned).message, /a listener threw 'foreign'/)
})

test('a schema may answer by a promise', async () => {
  const validate = foreign('async value => ({ value: value + 1 })') as StandardSchema['~standard']['validate']
  const schema = { '~standard': { version: 1, vendor: 'test', validate } } as const satisfies StandardSchema
  const context = { topic: 't', part: 'value' } as const
  const headers: ConsumerRecord['headers'] = []
  const read = await json(schema, { async: true }).deserialize(Buffer.from('1'), context, headers)
  assert.equal(read, 2)
  assert.throws(
    () => json(schema).deserialize(Buffer.from('1'), context, headers),
    /write json\(schema, \{ async: true \}\)/,
  )
})
