// The list of APIs, headers, and what stands before records on disk.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiVersionsApi,
  apiVersions,
  clusterMetadataFormats,
  consumerOffsetsFormats,
  ConsumerProtocolSubscriptionFormat,
  DecodeError,
  encodeOffsetCommitKey,
  encodeOffsetCommitValue,
  FetchApi,
  InitProducerIdApi,
  OffsetCommitKeyFormat,
  ProduceApi,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  SaslHandshakeApi,
  TopicRecordFormat,
  Writer,
  zeroUuid,
} from '@millrace/protocol'
import { apiByKey, apis } from '@millrace/protocol/apis'

test('an API is found by its key, and an unknown key finds nothing', () => {
  assert.equal(apiByKey(0), ProduceApi)
  assert.equal(apiByKey(1), FetchApi)
  for (const key of [-1, 4, 52, 1000, 32_767]) assert.equal(apiByKey(key), undefined)
  for (const api of apis) assert.equal(apiByKey(api.key), api)
})

test('APIs are listed by ascending key with sane versions', () => {
  apis.reduce((previous, api) => {
    assert.ok(api.key > previous)
    assert.ok(api.minVersion >= 0 && api.maxVersion >= api.minVersion)
    return api.key
  }, -1)
})

test('the versions that are known without the messages are those of the messages', () => {
  const expected = apis.map(({ key, name, minVersion, maxVersion, latestVersionUnstable }) => {
    return [key, { key, name, minVersion, maxVersion, latestVersionUnstable }] as const
  })
  assert.deepEqual([...apiVersions], expected)
})

test('headers are flexible where their bodies are, but the answer to ApiVersions never is', () => {
  assert.deepEqual(
    [8, 9].map(version => requestHeaderVersion(ProduceApi, version)),
    [1, 2],
  )
  assert.deepEqual(
    [8, 9].map(version => responseHeaderVersion(ProduceApi, version)),
    [0, 1],
  )
  assert.deepEqual(
    [2, 3].map(version => requestHeaderVersion(ApiVersionsApi, version)),
    [1, 2],
  )
  assert.deepEqual(
    [2, 3].map(version => responseHeaderVersion(ApiVersionsApi, version)),
    [0, 0],
  )
  assert.equal(requestHeaderVersion(SaslHandshakeApi, 1), 1)
})

test('a version that may still change is marked', () => {
  assert.deepEqual(
    apis.filter(api => api.latestVersionUnstable),
    [InitProducerIdApi],
  )
})

test('a key of __consumer_offsets begins with its type, a value with its version', () => {
  const w = new Writer()
  encodeOffsetCommitKey(w, { group: 'g', topic: 't', partition: 3 })
  assert.equal(w.finishBuffer().toString('hex'), '0001' + '000167' + '000174' + '00000003')
  encodeOffsetCommitValue(w, { offset: 5, metadata: '', commitTimestamp: 9 }, 3)
  assert.equal(w.finishBuffer().readInt16BE(0), 3)
})

test('records of another type or of an unknown version are refused', () => {
  const w = new Writer()
  w.int16(2)
  w.string('group')
  const key = w.finishBuffer()
  assert.throws(
    () => OffsetCommitKeyFormat.decode(new Reader(key)),
    /type 2 where OffsetCommitKey \(1\) is wanted/,
  )
  TopicRecordFormat.encode(w, { name: 't', topicId: zeroUuid })
  const topic = w.finishBuffer()
  assert.deepEqual(TopicRecordFormat.decode(new Reader(topic)), { name: 't', topicId: zeroUuid })
  for (const [at, value] of [
    [0, 2],
    [1, 3],
    [2, 9],
  ] as const) {
    const other = Buffer.from(topic)
    other[at] = value
    assert.throws(() => TopicRecordFormat.decode(new Reader(other)), DecodeError)
  }
})

test('a consumer protocol newer than ours is read as the newest we know', () => {
  const w = new Writer()
  ConsumerProtocolSubscriptionFormat.encode(w, { topics: ['t'] })
  const bytes = w.finishBuffer()
  bytes.writeInt16BE(9, 0)
  assert.deepEqual(ConsumerProtocolSubscriptionFormat.decode(new Reader(bytes)).topics, ['t'])
  bytes.writeInt16BE(-1, 0)
  assert.throws(() => ConsumerProtocolSubscriptionFormat.decode(new Reader(bytes)), DecodeError)
})

test('formats are found by type', () => {
  assert.equal(
    clusterMetadataFormats.find(format => format.type === 2),
    TopicRecordFormat,
  )
  assert.ok(consumerOffsetsFormats.some(format => format.name === 'GroupMetadataValue'))
})
