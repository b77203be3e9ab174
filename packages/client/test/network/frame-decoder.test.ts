// The frame decoder, against any way a network may cut a stream.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FrameDecoder } from '../../src/network/frame-decoder.ts'

function frameOf(body: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(body.length)
  return Buffer.concat([size, body])
}

test('frames come out whole and in order, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1 }),
      (bodies, cuts) => {
        const stream = Buffer.concat(bodies.map(frameOf))
        const frames: Buffer[] = []
        const decoder = new FrameDecoder(100, frame => frames.push(Buffer.from(frame)))
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const end = Math.min(stream.length, at + cuts[turn % cuts.length]!)
          decoder.push(stream.subarray(at, end))
          at = end
        }
        assert.deepEqual(
          frames.map(frame => [...frame]),
          bodies.map(body => [...body]),
        )
      },
    ),
  )
})

test('a frame within one chunk is not copied, a longer one is assembled at its size', () => {
  const frames: Buffer[] = []
  const decoder = new FrameDecoder(1_000, frame => frames.push(frame))
  const whole = frameOf(Buffer.from('whole'))
  decoder.push(whole)
  assert.equal(frames[0]!.buffer, whole.buffer)
  const long = frameOf(Buffer.alloc(500, 1))
  decoder.push(long.subarray(0, 300))
  decoder.push(long.subarray(300))
  assert.equal(frames[1]!.length, 500)
  assert.equal(frames[1]!.buffer.byteLength, 500)
})

for (const size of [-1, 1_001, 0x7fffffff]) {
  test(`a frame of ${size} bytes is refused before memory is taken for it`, () => {
    const decoder = new FrameDecoder(1_000, () => assert.fail('a frame'))
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(size)
    assert.throws(() => decoder.push(bytes), RangeError)
  })
}
