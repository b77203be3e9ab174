// The image of the cluster and the bytes of its records.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeRandom, randomUuid } from '@millrace/runtime'
import { buildMetadataBatch, readMetadataBatches } from '../src/metadata/batch.ts'
import { MetadataImage } from '../src/metadata/image.ts'
import { type MetadataRecord, resourceTypes } from '../src/metadata/record.ts'
import { decodeMetadataRecord, encodeMetadataRecord } from '../src/metadata/record-codec.ts'
import { topicNameFault } from '../src/metadata/topic-name.ts'

const owner = { nodeId: 1, directoryId: randomUuid(nodeRandom) }
const topicId = randomUuid(nodeRandom)
const otherId = randomUuid(nodeRandom)

const history: readonly MetadataRecord[] = [
  { type: 'featureLevel', name: 'metadata.version', level: 30 },
  { type: 'topic', name: 'orders', topicId },
  {
    type: 'config',
    resourceType: resourceTypes.TOPIC,
    resourceName: 'orders',
    name: 'cleanup.policy',
    value: 'compact',
  },
  { type: 'partition', topicId, partition: 0, leaderEpoch: 0, partitionEpoch: 0 },
  { type: 'partition', topicId, partition: 1, leaderEpoch: 3, partitionEpoch: 4 },
  {
    type: 'acl',
    id: otherId,
    resourceType: 2,
    resourceName: 'orders',
    patternType: 4,
    principal: 'User:alice',
    host: '*',
    operation: 3,
    permissionType: 3,
  },
  { type: 'producerIds', nextProducerId: 1000 },
  {
    type: 'config',
    resourceType: resourceTypes.BROKER,
    resourceName: '',
    name: 'message.max.bytes',
    value: '5',
  },
  {
    type: 'clientQuota',
    entity: [
      { entityType: 'client-id', entityName: null },
      { entityType: 'user', entityName: 'alice' },
    ],
    key: 'producer_byte_rate',
    value: 1024,
  },
]

function imageOf(records: Iterable<MetadataRecord>): MetadataImage {
  const image = new MetadataImage()
  for (const record of records) image.apply(record)
  return image
}

test('every kind of record survives its bytes', () => {
  const removals = [
    { type: 'removeTopic', topicId },
    { type: 'removeAcl', id: otherId },
    { type: 'removeDelegationToken', tokenId: 'token' },
    { type: 'clientQuota', entity: [{ entityType: 'ip', entityName: '::1' }], key: 'k', value: null },
  ] as const
  for (const record of [...history, ...removals]) {
    assert.deepEqual({ ...decodeMetadataRecord(encodeMetadataRecord(record, owner)) }, { ...record })
  }
})

test('a change is one batch, read back as the records that it was', () => {
  const batch = buildMetadataBatch(history, owner, 1_700_000_000_000)
  assert.deepEqual([...readMetadataBatches(batch)], history)
  batch[batch.length - 1]! ^= 1
  assert.throws(() => [...readMetadataBatches(batch)], /corrupt/)
})

test('an image is what its records say', () => {
  const image = imageOf(history)
  const topic = image.topic('orders')!
  assert.equal(image.topicById(topicId), topic)
  assert.equal(topic.partitions.length, 2)
  assert.equal(image.partitionCount, 2)
  assert.equal(topic.configs.get('cleanup.policy'), 'compact')
  assert.equal(image.nextProducerId, 1000)
  assert.equal(image.configs(resourceTypes.BROKER, '').get('message.max.bytes'), '5')
})

test('the records of an image make an equal image', () => {
  const image = imageOf(history)
  const copy = imageOf(image.records())
  assert.deepEqual([...copy.records()], [...image.records()])
})

test('a removed topic leaves nothing: its name can be had again with another id and without its settings', () => {
  const image = imageOf([...history, { type: 'removeTopic', topicId }])
  assert.equal(image.topic('orders'), undefined)
  assert.equal(image.topicById(topicId), undefined)
  assert.equal(image.partitionCount, 0)
  assert.equal(image.collidingTopic('orders.'), undefined)
  image.apply({ type: 'topic', name: 'orders', topicId: otherId })
  assert.equal(image.topic('orders')?.configs.size, 0)
})

test('names that differ in "." and "_" only collide', () => {
  const image = imageOf([{ type: 'topic', name: 'a.b_c', topicId }])
  assert.equal(image.collidingTopic('a_b.c'), 'a.b_c')
  assert.equal(image.collidingTopic('a.b_c'), undefined)
  assert.equal(image.collidingTopic('a-b_c'), undefined)
})

test('a quota that is taken away leaves nothing', () => {
  const image = imageOf(history)
  const [{ entity, values } = assert.fail()] = image.clientQuotas.all()
  assert.deepEqual([...values], [['producer_byte_rate', 1024]])
  const reordered = [...entity].reverse()
  image.apply({ type: 'clientQuota', entity: reordered, key: 'producer_byte_rate', value: null })
  assert.equal(image.clientQuotas.size, 0)
})

test('producer ids never go back', () => {
  const image = imageOf([...history, { type: 'producerIds', nextProducerId: 500 }])
  assert.equal(image.nextProducerId, 1000)
})

test('records that contradict the image are refused', () => {
  const image = imageOf(history)
  assert.throws(() => image.apply({ type: 'topic', name: 'orders', topicId: otherId }), /twice/)
  assert.throws(() => image.apply({ type: 'removeTopic', topicId: otherId }), /not introduced/)
  assert.throws(
    () => image.apply({ type: 'partition', topicId, partition: 5, leaderEpoch: 0, partitionEpoch: 0 }),
    /none before it/,
  )
})

test('topic names are letters, digits, dots, underscores and dashes, 249 at most', () => {
  for (const name of ['a', 'A.b_c-9', 'x'.repeat(249)]) assert.equal(topicNameFault(name), undefined, name)
  for (const name of ['', '.', '..', 'a b', 'ä', 'a/b', 'x'.repeat(250), '__cluster_metadata']) {
    assert.ok(topicNameFault(name), name)
  }
})
