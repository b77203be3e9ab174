// Every message in every version comes back from its bytes as it went in.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EncodeError } from '@millrace/protocol'
import fc from 'fast-check'
import { isOptional } from '../../generator/emit-types.ts'
import { type Field, isPrimitive, type Message, type Struct, structOf } from '../../generator/model.ts'
import { includes } from '../../generator/ranges.ts'
import {
  arbitraryOf,
  decode,
  defaultOf,
  encode,
  messageNamed,
  messages,
  type Value,
  versionsOf,
} from './arbitrary.ts'

const runsPerVersion = 12

describe('messages survive a round trip', () => {
  for (const message of messages) {
    test(`${message.name} in versions ${message.versions.min} to ${message.versions.max}`, () => {
      for (const version of versionsOf(message)) {
        fc.assert(
          fc.property(arbitraryOf(message, version), value => {
            assert.deepStrictEqual(decode(message, encode(message, value, version), version), value)
          }),
          { numRuns: runsPerVersion },
        )
      }
    })
  }
})

/** The value without every field that an encoder may do without, and what should come back from it. */
function leanOf(message: Message, struct: Struct, value: Value, version: number): [Value, Value] {
  const lean: Value = {}
  const expected: Value = {}
  for (const field of struct.fields) {
    if (isOptional(field, struct)) {
      expected[field.name] = leftOut(message, field, version)
      continue
    }
    const inner = value[field.name]
    if (isPrimitive(field.type.element)) lean[field.name] = expected[field.name] = inner
    else {
      const struct_ = structOf(message, field)
      const list = field.type.array ? (inner as Value[]) : [inner as Value]
      const pairs = list.map(each => leanOf(message, struct_, each, version))
      lean[field.name] = field.type.array ? pairs.map(pair => pair[0]) : pairs[0]![0]
      expected[field.name] = field.type.array ? pairs.map(pair => pair[1]) : pairs[0]![1]
    }
  }
  return [lean, expected]
}

/** A field left out is its default; where that is null and the version has no null, it is the type's zero. */
function leftOut(message: Message, field: Field, version: number): unknown {
  const value = defaultOf(message, field)
  if (value !== null || !includes(field.versions, version) || includes(field.nullable, version)) return value
  return defaultOf(message, { ...field, nullable: null, defaultValue: undefined })
}

describe('fields with a default may be left out', () => {
  for (const message of messages) {
    test(message.name, () => {
      for (const version of versionsOf(message)) {
        fc.assert(
          fc.property(arbitraryOf(message, version), value => {
            const [lean, expected] = leanOf(message, message, value, version)
            assert.deepStrictEqual(decode(message, encode(message, lean, version), version), expected)
          }),
          { numRuns: 3 },
        )
      }
    })
  }
})

describe('what a version cannot carry', () => {
  const fetch = { maxWaitMs: 1, minBytes: 1, topics: [] }

  test('a field that may be ignored is left out in silence', () => {
    const bytes = encode(messageNamed('FetchRequest'), { ...fetch, rackId: 'r1' }, 4)
    assert.equal(decode(messageNamed('FetchRequest'), bytes, 4)['rackId'], '')
  })

  test('any other field is refused by name', () => {
    const value = { ...fetch, forgottenTopicsData: [{ topic: 't', partitions: [0] }] }
    assert.throws(
      () => encode(messageNamed('FetchRequest'), value, 6),
      (error: unknown) => {
        assert.ok(error instanceof EncodeError)
        assert.match(error.message, /version 6 has no field FetchRequest\.forgottenTopicsData/)
        return true
      },
    )
  })

  test('any other field at its default is fine', () => {
    encode(
      messageNamed('FetchRequest'),
      { ...fetch, forgottenTopicsData: [], replicaState: { replicaId: -1 } },
      6,
    )
  })

  test('null is refused where the version has none', () => {
    const metadata = messageNamed('MetadataRequest')
    assert.throws(() => encode(metadata, { topics: null }, 0), EncodeError)
    assert.equal(decode(metadata, encode(metadata, { topics: null }, 1), 1)['topics'], null)
  })

  test('an unknown version is refused both ways', () => {
    assert.throws(() => encode(messageNamed('FetchRequest'), fetch, 3), EncodeError)
    assert.throws(() => encode(messageNamed('FetchRequest'), fetch, 19), EncodeError)
    assert.throws(() => decode(messageNamed('FetchRequest'), Buffer.alloc(100), 19), /has no version 19/)
  })
})
