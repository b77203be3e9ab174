import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FrameError, FrameReader } from '../src/server/frame-reader.ts'

function framed(payload: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(payload.length)
  return Buffer.concat([size, payload])
}

test('frames come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }),
      (payloads, cuts) => {
        const stream = Buffer.concat(payloads.map(framed))
        const reader = new FrameReader(1000)
        const seen: Buffer[] = []
        let at = 0
        for (let index = 0; at < stream.length; index++) {
          const length = cuts[index % cuts.length]!
          // Each chunk is its own memory, as from a socket.
          reader.push(Buffer.from(stream.subarray(at, at + length)), frame => seen.push(frame))
          at += length
        }
        assert.deepEqual(
          seen.map(frame => [...frame]),
          payloads.map(payload => [...payload]),
        )
      },
    ),
  )
})

test('a frame within one chunk is a view of it', () => {
  const chunk = framed(Buffer.from('hello'))
  let seen: Buffer | undefined
  new FrameReader(1000).push(chunk, frame => {
    seen = frame
  })
  assert.equal(seen?.buffer, chunk.buffer)
  assert.equal(seen?.toString(), 'hello')
})

test('a frame larger than the first gathering buffer is put together', () => {
  const payload = Buffer.alloc(3 << 20, 'x')
  payload.write('start', 0)
  payload.write('end', payload.length - 3)
  const stream = framed(payload)
  const seen: Buffer[] = []
  const reader = new FrameReader(4 << 20)
  for (let at = 0; at < stream.length; at += 65_536)
    reader.push(stream.subarray(at, at + 65_536), frame => seen.push(frame))
  assert.equal(seen.length, 1)
  assert.ok(seen[0]!.equals(payload))
})

test('sizes that are negative, zero or over the limit are refused', () => {
  for (const size of [-1, 0, 1001, -(2 ** 31)]) {
    const chunk = Buffer.alloc(4)
    chunk.writeInt32BE(size)
    assert.throws(
      () => new FrameReader(1000).push(chunk, () => {}),
      (error: Error) => error instanceof FrameError,
    )
  }
})

test('a refused size that arrives byte by byte is refused at its last byte', () => {
  const reader = new FrameReader(1000)
  const size = Buffer.from([0x7f, 0xff, 0xff, 0xff])
  for (const byte of size.subarray(0, 3)) reader.push(Buffer.from([byte]), () => {})
  assert.throws(() => reader.push(size.subarray(3), () => {}), FrameError)
})
