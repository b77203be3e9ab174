// What the broker says it can do, and how it answers who asks for more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiVersionsApi, decodeApiVersionsResponse, ErrorCode } from '@millrace/protocol'
import { apiByKey } from '@millrace/protocol/apis'
import { connect, startBroker } from './broker-fixture.ts'

const software = { clientSoftwareName: 'test-client', clientSoftwareVersion: '1.0' }

test('every API that is advertised is one whose messages are known, with its range, and Produce from 0', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const reply = await client.send(ApiVersionsApi, 4, software)
  assert.equal(reply.errorCode, ErrorCode.NONE)
  for (const { apiKey, minVersion, maxVersion } of reply.apiKeys) {
    const api = apiByKey(apiKey)!
    assert.equal(minVersion, apiKey === 0 ? 0 : api.minVersion, api.name)
    assert.equal(maxVersion, api.latestVersionUnstable ? api.maxVersion - 1 : api.maxVersion, api.name)
  }
  const keys = new Set(reply.apiKeys.map(({ apiKey }) => apiKey))
  for (const required of [0, 1, 2, 3, 18, 19, 20, 22, 32]) assert.ok(keys.has(required), `key ${required}`)
  for (const internal of [4, 5, 6, 7, 52, 53, 54, 56, 58, 59, 62, 63]) assert.ok(!keys.has(internal))
})

test('every version is answered in its own format', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  for (let version = 0; version <= 4; version++) {
    const reply = await client.send(ApiVersionsApi, version, version >= 3 ? software : {})
    assert.equal(reply.errorCode, ErrorCode.NONE)
    assert.ok(reply.apiKeys.length > 10)
  }
})

test('a version that is not known is answered in version 0, and the connection goes on', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  // Version 99 with a body that means nothing.
  const frame = Buffer.from('0000000e00120063000000070000ffffffff', 'hex')
  const reader = await client.raw(frame, 7)
  assert.equal(reader.int32(), 7)
  const reply = decodeApiVersionsResponse(reader, 0)
  assert.equal(reader.remaining, 0)
  assert.equal(reply.errorCode, ErrorCode.UNSUPPORTED_VERSION)
  assert.deepEqual(
    reply.apiKeys.map(({ apiKey }) => apiKey),
    [18],
  )
  assert.equal((await client.send(ApiVersionsApi, 0, {})).errorCode, ErrorCode.NONE)
})

test('names of client software that do not match the pattern are refused', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  for (const clientSoftwareName of ['', '-kafka', 'kafka!', 'kafka-']) {
    const reply = await client.send(ApiVersionsApi, 3, { clientSoftwareName, clientSoftwareVersion: '1' })
    assert.equal(reply.errorCode, ErrorCode.INVALID_REQUEST, clientSoftwareName)
  }
})

test('features are those of this broker: a metadata version and transactions V2', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const reply = await client.send(ApiVersionsApi, 4, software)
  assert.deepEqual(
    reply.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
    [
      ['metadata.version', 30],
      ['transaction.version', 2],
    ],
  )
  assert.ok(reply.finalizedFeaturesEpoch >= 0)
})
