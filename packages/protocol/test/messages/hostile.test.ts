// Decoders answer damaged and hostile bytes with DecodeError, and claim no memory for what is not there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DecodeError,
  decodeRequest,
  FetchApi,
  MetadataApi,
  OffsetFetchApi,
  Reader,
  Writer,
} from '@millrace/protocol'
import fc from 'fast-check'
import type { Message } from '../../generator/model.ts'
import { arbitraryOf, decode, encode, messages, versionsOf } from './arbitrary.ts'

const seed = 20_261_121

/** A few values of a message in a version, the same in every run. */
function samples(message: Message, version: number, count: number): Buffer[] {
  return fc
    .sample(arbitraryOf(message, version), { numRuns: count, seed })
    .map(value => encode(message, value, version))
}

/** Decodes; anything but a value or a DecodeError fails the test. */
function decodeOrRefuse(message: Message, bytes: Buffer, version: number): void {
  try {
    decode(message, bytes, version)
  } catch (error) {
    assert.ok(
      error instanceof DecodeError,
      `${message.name} ${version} ${bytes.toString('hex')}: ${String(error)}`,
    )
  }
}

test('a message that is cut off anywhere is refused', () => {
  for (const message of messages) {
    for (const version of versionsOf(message)) {
      for (const bytes of samples(message, version, 2)) {
        for (let length = 0; length < bytes.length; length++) {
          assert.throws(() => decode(message, bytes.subarray(0, length), version), DecodeError, message.name)
        }
      }
    }
  }
})

test('a message with a byte too many is refused', () => {
  for (const message of messages) {
    for (const version of versionsOf(message)) {
      const [bytes] = samples(message, version, 1)
      assert.throws(
        () => decode(message, Buffer.concat([bytes!, Buffer.alloc(1)]), version),
        /1 bytes too many/,
      )
    }
  }
})

test('flipped bytes give another value or a DecodeError, nothing else', () => {
  for (const message of messages) {
    for (const version of versionsOf(message)) {
      for (const bytes of samples(message, version, 3)) {
        for (let at = 0; at < Math.min(bytes.length, 200); at++) {
          const damaged = Buffer.from(bytes)
          damaged[at] = (damaged[at]! * 7 + at * 31 + 129) & 0xff
          decodeOrRefuse(message, damaged, version)
        }
      }
    }
  }
})

test('the greatest lengths in any place claim no memory', () => {
  const int32Max = Buffer.from('7fffffff', 'hex')
  const varintMax = Buffer.from('ffffffff0f', 'hex')
  for (const message of messages) {
    for (const version of versionsOf(message)) {
      for (const bytes of samples(message, version, 2)) {
        for (let at = 0; at < Math.min(bytes.length, 120); at++) {
          const tail = bytes.subarray(at)
          decodeOrRefuse(message, Buffer.concat([bytes.subarray(0, at), int32Max, tail.subarray(4)]), version)
          decodeOrRefuse(
            message,
            Buffer.concat([bytes.subarray(0, at), varintMax, tail.subarray(1)]),
            version,
          )
        }
      }
    }
  }
})

test('random bytes are refused', () => {
  fc.assert(
    fc.property(fc.nat({ max: messages.length - 1 }), fc.uint8Array({ maxLength: 300 }), (index, bytes) => {
      const message = messages[index]!
      for (const version of versionsOf(message)) decodeOrRefuse(message, Buffer.from(bytes), version)
    }),
    { numRuns: 2000 },
  )
})

test('an array that says it is longer than the bytes behind it is refused before its first element', () => {
  const w = new Writer()
  w.int32(-1)
  w.int32(500)
  w.int32(1)
  w.int32(1 << 20)
  w.int8(0)
  w.int32(0)
  w.int32(-1)
  w.compactArrayLength(1000)
  for (let index = 0; index < 999 * 3; index++) w.int8(1)
  assert.throws(() => decodeRequest(FetchApi, new Reader(w.finishBuffer()), 12), /an array of 1000 elements/)
})

test('an array of more elements than a message may hold is refused at once', () => {
  const frame = Buffer.alloc(64 << 20, 1)
  // 16 million topics, each an empty name and a section of tags.
  frame.writeUInt32BE(0xfeffff07, 0)
  const before = process.memoryUsage().heapUsed
  assert.throws(() => decodeRequest(MetadataApi, new Reader(frame), 9), /more than \d+ values in the arrays/)
  assert.ok(process.memoryUsage().heapUsed - before < 8 << 20)
})

test('arrays within arrays are counted together', () => {
  const partitions = Array.from({ length: 100_000 }, (_, index) => index)
  const topics = Array.from({ length: 100 }, () => ({ name: 't', partitionIndexes: partitions }))
  const w = new Writer(48 << 20)
  OffsetFetchApi.encodeRequest(w, { groupId: 'g', topics }, 6)
  assert.throws(() => decodeRequest(OffsetFetchApi, new Reader(w.finishBuffer()), 6), /more than \d+ values/)
})

test('tagged fields nobody knows are passed over, however many there are', () => {
  const w = new Writer()
  w.compactArrayLength(0)
  w.boolean(true)
  w.boolean(false)
  w.uvarint(100_000)
  for (let tag = 0; tag < 100_000; tag++) {
    w.uvarint(tag + 10)
    w.uvarint(1)
    w.int8(tag % 100)
  }
  const bytes = w.finishBuffer()
  assert.deepEqual(decodeRequest(MetadataApi, new Reader(bytes), 12).topics, [])
  assert.throws(() => decodeRequest(MetadataApi, new Reader(bytes.subarray(0, -1)), 12), DecodeError)
})

test('a tagged field must be as long as it says', () => {
  const w = new Writer()
  FetchApi.encodeRequest(w, { maxWaitMs: 1, minBytes: 1, topics: [], clusterId: 'abc' }, 12)
  const bytes = w.finishBuffer()
  const size = bytes.length - 'abc'.length - 2
  assert.equal(bytes[size], 4)
  bytes[size] = 3
  assert.throws(
    () => decodeRequest(FetchApi, new Reader(bytes), 12),
    /tagged field 0 is not as long as it says/,
  )
})
