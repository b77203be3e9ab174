// The names that KafkaJS exports, as values and as types, and what its error classes, partitioners and assigners do, against KafkaJS itself.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import fc from 'fast-check'
import * as ours from '@millrace/client/kafkajs'
import type * as kafkajs from 'kafkajs'

const require = createRequire(import.meta.url)
const theirs = require('kafkajs') as typeof kafkajs

/** Types of KafkaJS that there are not, and why. */
const absent: Readonly<Record<string, string>> = {
  ApiVersions: 'of Broker',
  Broker: 'requests to one broker: `Cluster` of @millrace/client has them',
  Cluster: 'assigners see one without the calls that return a Broker',
  ConsumerGroup: 'nothing of KafkaJS returns one',
}

/** What KafkaJS has in `kafkajs/src/errors` and does not export. */
const inside = ['isKafkaJSError', 'isRebalancing']

test('every value that KafkaJS exports is there', () => {
  const names = (library: object) =>
    Object.keys(library)
      .filter(name => name !== 'default' && name !== 'module.exports' && name !== '__esModule')
      .sort()
  const all = [...names(theirs), ...inside].sort()
  assert.deepEqual(names(ours), all)
  assert.deepEqual(names(ours.default), all)
  assert.deepEqual(names(require('@millrace/client/kafkajs') as object), all)
})

test('every type that KafkaJS exports is compared, or is known to be absent', async () => {
  const declared = await readFile(require.resolve('kafkajs/types/index.d.ts'), 'utf8')
  const compared = await readFile(new URL('types.ts', import.meta.url), 'utf8')
  const names = [...declared.matchAll(/^export (?:type|interface|class|enum) (\w+)/gm)].map(
    match => match[1]!,
  )
  assert.ok(names.length > 150)
  for (const name of names)
    assert.ok(
      new RegExp(`theirs\\.${name}\\b`).test(compared) !== Object.hasOwn(absent, name),
      `${name} is not compared`,
    )
})

const tableOf = (library: object, name: string) => (library as Record<string, object>)[name]

test('enumerations have the same numbers', () => {
  for (const name of Object.keys(theirs) as (keyof typeof theirs)[]) {
    if (!/Types$|Source$|^logLevel$/.test(name)) continue
    assert.deepEqual({ ...tableOf(ours, name) }, { ...tableOf(theirs, name) }, name)
  }
})

interface Origin {
  readonly message: string
  readonly type: string
  readonly code: number
  readonly retriable: boolean
}

type ErrorClass = new (e: Error | string, metadata?: object) => Error

test('errors have the same names, ancestors and fields', () => {
  const origin = Object.assign(new Error('what happened'), {
    type: 'T',
    code: 7,
    retriable: false,
    helpUrl: 'u',
  })
  const metadata = {
    topic: 't',
    partition: 3,
    broker: 'b:1',
    code: 'ECONNREFUSED',
    retryCount: 2,
    retryTime: 9,
    host: 'b',
    port: 1,
    partitions: [],
    apiKey: 4,
    apiName: 'X',
  }
  const errors = Object.keys(theirs).filter(name => name.startsWith('KafkaJS'))
  assert.ok(errors.length > 25)
  for (const name of errors) {
    const [Theirs, Ours] = [theirs, ours].map(
      library => (library as unknown as Record<string, ErrorClass>)[name]!,
    ) as [ErrorClass, ErrorClass]
    const first = name === 'KafkaJSDeleteTopicRecordsError' ? (metadata as never) : origin
    const [their, our] = [new Theirs(first, metadata), new Ours(first, metadata)]
    assert.equal(our.name, their.name, name)
    assert.equal(our.message, their.message, name)
    const told = (error: object) => ({
      ...error,
      stack: undefined,
      cause: undefined,
      name: undefined,
      message: undefined,
    })
    const withoutGaps = (fields: object) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    // Where an issue is to be filed is nobody else's business.
    if (name !== 'KafkaJSInvariantViolation')
      assert.deepEqual(withoutGaps(told(our)), withoutGaps(told(their)), name)
    const ancestors = (of: object) => {
      const found: string[] = []
      for (let at = of; at !== Error; at = Object.getPrototypeOf(at) as object)
        found.push((at as { name: string }).name)
      return found
    }
    assert.deepEqual(ancestors(Ours), ancestors(Theirs))
  }
})

test('errors of the protocol have the names of KafkaJS, and may be tried again as it says', async () => {
  const { protocolErrorFields } = await import('../../src/kafkajs/protocol-errors.ts')
  const { errorCodes } = require('kafkajs/src/protocol/error') as { errorCodes: readonly Origin[] }
  const differences: string[] = []
  for (const { code, type, retriable } of errorCodes) {
    const fields = protocolErrorFields(code) as unknown as Origin
    assert.equal(fields.type, type)
    assert.equal(fields.code, code)
    if (fields.retriable !== retriable) differences.push(type)
  }
  assert.deepEqual(differences, [])
})

test('rebalances are told by the same errors', () => {
  const { isRebalancing } = require('kafkajs/src/errors') as Pick<typeof ours, 'isRebalancing'>
  for (const type of [
    'REBALANCE_IN_PROGRESS',
    'NOT_COORDINATOR_FOR_GROUP',
    'ILLEGAL_GENERATION',
    'UNKNOWN_MEMBER_ID',
  ]) {
    const error = Object.assign(new Error(), { type })
    assert.equal(ours.isRebalancing(error), isRebalancing(error), type)
  }
})

const partitionMetadata = Array.from({ length: 7 }, (_, partitionId) => ({
  partitionId,
  partitionErrorCode: 0,
  leader: partitionId === 3 ? -1 : 1,
  replicas: [1],
  isr: [1],
}))

for (const name of ['DefaultPartitioner', 'LegacyPartitioner', 'JavaCompatiblePartitioner'] as const) {
  test(`${name} places keys where KafkaJS places them`, () => {
    const [our, their] = [ours.Partitioners[name](), theirs.Partitioners[name]()]
    const place = (key: string | Buffer, partitioner: typeof our) =>
      partitioner({ topic: 't', partitionMetadata, message: { key, value: '' } })
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), key => place(key, our) === place(key, their)))
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        bytes => place(Buffer.from(bytes), our) === place(Buffer.from(bytes), their),
      ),
    )
  })
}

test('without a key every partition with a leader has its turn, and a number that is named comes first', () => {
  const place = ours.Partitioners.DefaultPartitioner()
  const next = (message: Partial<ours.Message> = {}) =>
    place({ topic: 't', partitionMetadata, message: { value: '', ...message } })
  assert.deepEqual(new Set(Array.from({ length: 6 }, () => next())), new Set([0, 1, 2, 4, 5, 6]))
  assert.equal(next({ key: 'k', partition: 3 }), 3)
})

test('what members of a group tell each other has the bytes of KafkaJS', () => {
  const { MemberMetadata, MemberAssignment } = ours.AssignerProtocol
  const member = { version: 1, topics: ['a', 'ü'], userData: Buffer.from('mine') }
  const share = { version: 1, assignment: { a: [0, 2], b: [] }, userData: Buffer.alloc(0) }
  assert.deepEqual(MemberMetadata.encode(member), theirs.AssignerProtocol.MemberMetadata.encode(member))
  assert.deepEqual(MemberAssignment.encode(share), theirs.AssignerProtocol.MemberAssignment.encode(share))
  assert.deepEqual(MemberMetadata.decode(MemberMetadata.encode(member)), member)
  assert.deepEqual(MemberAssignment.decode(MemberAssignment.encode(share)), share)
  assert.equal(MemberAssignment.decode(Buffer.alloc(0)), null)
})

test('codecs are there without being registered, and the table may be written to', async () => {
  const { CompressionCodecs, CompressionTypes } = ours
  const text = Buffer.from('the same again, '.repeat(50))
  for (const type of [
    CompressionTypes.GZIP,
    CompressionTypes.Snappy,
    CompressionTypes.LZ4,
    CompressionTypes.ZSTD,
  ] as const) {
    const codec = CompressionCodecs[type]() as {
      compress(e: object): Promise<Buffer>
      decompress(b: Buffer): Promise<Buffer>
    }
    const small = await codec.compress({ buffer: text })
    assert.ok(small.length < text.length)
    assert.deepEqual(await codec.decompress(small), text)
  }
  const own = CompressionCodecs[CompressionTypes.Snappy]
  CompressionCodecs[CompressionTypes.Snappy] = () => ({})
  assert.notEqual(CompressionCodecs[CompressionTypes.Snappy], own)
  CompressionCodecs[CompressionTypes.Snappy] = own
})

test('log entries are those of KafkaJS', () => {
  const entries = (library: typeof ours) => {
    const found: object[] = []
    const kafka = new library.Kafka({
      brokers: ['localhost:1'],
      logLevel: library.logLevel.WARN,
      logCreator: level => {
        found.push({ level })
        return ({ namespace, level: at, label, log }) =>
          void found.push({ namespace, at, label, log: { ...log, timestamp: log.timestamp.length } })
      },
    })
    const logger = kafka.logger()
    logger.info('not told')
    logger.warn('told', { more: 1 })
    const part = logger.namespace('Part')
    part.debug('not told')
    logger.setLogLevel(library.logLevel.DEBUG)
    part.debug('told')
    logger.namespace('Own', library.logLevel.ERROR).info('not told')
    return found
  }
  assert.deepEqual(entries(ours), entries(theirs as unknown as typeof ours))
})
