// The receiver of frames, against any way a network may cut a stream and any time at which memory is given back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BufferPool, FrameError, type FrameMemory, FrameReceiver } from '@millrace/protocol'

function frameOf(body: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(body.length)
  return Buffer.concat([size, body])
}

/** Puts `stream` in, at most `cuts` bytes at a time. */
function feed(
  receiver: FrameReceiver,
  stream: Uint8Array,
  cuts: readonly number[],
  onFrame: (frame: Buffer, memory: FrameMemory) => void,
): void {
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const space = receiver.space()
    assert.ok(space.length > 0)
    const bytes = Math.min(space.length, cuts[turn % cuts.length]!, stream.length - at)
    space.set(stream.subarray(at, at + bytes))
    receiver.received(bytes, onFrame)
    at += bytes
  }
}

const bodies = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 0, max: 40_000 }).map(length => new Uint8Array(length).fill(length)),
    },
  ),
  { maxLength: 30 },
)
const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 100_000 })), {
  minLength: 1,
  maxLength: 20,
})

test('frames come out whole and in order, however the stream is cut and whenever memory is given back', () => {
  fc.assert(
    fc.property(
      bodies,
      cuts,
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      fc.boolean(),
      (sent, cutAt, heldFor, pooled) => {
        const options = { frameMaxBytes: 100_000, memoryMaxBytes: 16_384 }
        const receiver = new FrameReceiver(pooled ? { ...options, pool: new BufferPool(65_536) } : options)
        const held: { frame: Buffer; index: number; memory: FrameMemory; until: number }[] = []
        let count = 0
        const check = (frame: Buffer, index: number) =>
          assert.ok(frame.equals(sent[index]!), `frame ${index} is not what was sent`)
        feed(receiver, Buffer.concat(sent.map(frameOf)), cutAt, (frame, memory) => {
          check(frame, count)
          const turns = heldFor[count % heldFor.length]!
          if (turns > 0) {
            memory.hold()
            held.push({ frame, index: count, memory, until: count + turns })
          }
          count++
          for (const each of held.splice(0)) {
            check(each.frame, each.index)
            if (each.until <= count) each.memory.release()
            else held.push(each)
          }
        })
        for (const { frame, index } of held) check(frame, index)
        assert.equal(count, sent.length)
      },
    ),
  )
})

test('memory that nobody holds is used again, and grows to what arrives at a time', () => {
  const receiver = new FrameReceiver({ frameMaxBytes: 1 << 20, memoryMaxBytes: 65_536 })
  const memories = new Set<FrameMemory>()
  const stream = Buffer.concat(Array.from({ length: 500 }, () => frameOf(Buffer.alloc(1000))))
  feed(receiver, stream, [1 << 20], (_, memory) => memories.add(memory))
  assert.deepEqual(
    [...memories].map(({ bytes }) => bytes.length),
    [4096, 8192, 16_384, 32_768, 65_536],
  )
})

test('memory shrinks when little arrives for long', () => {
  const receiver = new FrameReceiver({ frameMaxBytes: 1 << 20, memoryMaxBytes: 65_536 })
  feed(receiver, frameOf(Buffer.alloc(60_000)), [1 << 20], () => {})
  assert.equal(receiver.space().length, 65_536)
  for (let index = 0; index < 1000; index++) feed(receiver, frameOf(Buffer.alloc(10)), [100], () => {})
  assert.equal(receiver.space().length, 4096)
})

test('a large frame is read into memory of its size, which is there as soon as its size is known', () => {
  const receiver = new FrameReceiver({ frameMaxBytes: 2 << 20, memoryMaxBytes: 65_536 })
  const large = frameOf(Buffer.alloc(1 << 20, 1))
  receiver.space().set(large.subarray(0, 4096))
  receiver.received(4096, () => assert.fail('a frame'))
  const space = receiver.space()
  assert.equal(space.length, large.length - 4096)
})

test('a frame that only says that it is huge gets memory as its bytes arrive', () => {
  const receiver = new FrameReceiver({ frameMaxBytes: 0x7fffffff, memoryMaxBytes: 65_536 })
  const size = Buffer.alloc(4)
  size.writeInt32BE(0x7fffffff)
  receiver.space().set(size)
  receiver.received(4, () => assert.fail('a frame'))
  assert.equal(receiver.space().length, (2 << 20) - 4)
  const half = receiver.space().length
  receiver.received(half, () => assert.fail('a frame'))
  assert.equal(receiver.space().length, 2 << 20)
})

test('a kept frame is a view where it fills its memory and a copy where it does not', () => {
  const receiver = new FrameReceiver({ frameMaxBytes: 1 << 20, memoryMaxBytes: 65_536 })
  const kept: { frame: Buffer; memory: FrameMemory }[] = []
  const small = frameOf(Buffer.from('small'))
  const filling = frameOf(Buffer.alloc(4000, 7))
  feed(receiver, Buffer.concat([small, filling]), [100_000], (frame, memory) =>
    kept.push({ frame: memory.keep(frame), memory }),
  )
  assert.notEqual(kept[0]!.frame.buffer, kept[0]!.memory.bytes.buffer)
  assert.equal(kept[1]!.frame.buffer, kept[1]!.memory.bytes.buffer)
  feed(receiver, frameOf(Buffer.alloc(4000, 9)), [100_000], () => {})
  assert.equal(kept[0]!.frame.toString(), 'small')
  assert.ok(kept[1]!.frame.equals(Buffer.alloc(4000, 7)), 'written over')
})

test('memory goes back to the pool when the last of its frames is released, and once only', () => {
  const pool = new BufferPool()
  const receiver = new FrameReceiver({ frameMaxBytes: 1000, memoryMaxBytes: 65_536, pool })
  let memory: FrameMemory | undefined
  feed(receiver, frameOf(Buffer.from('x')), [100], (_, lent) => {
    lent.hold()
    lent.hold()
    memory = lent
  })
  receiver.close()
  assert.equal(pool.keptBytes, 0)
  memory!.release()
  assert.equal(pool.keptBytes, 0)
  memory!.release()
  assert.equal(pool.keptBytes, 4096)
  assert.throws(() => memory!.release(), /more often than held/)
  receiver.close()
  assert.equal(pool.keptBytes, 4096)
})

for (const size of [-1, 1001, 0x7fffffff, -(2 ** 31)]) {
  test(`a frame of ${size} bytes is refused before memory is taken for it, also when it comes byte by byte`, () => {
    const receiver = new FrameReceiver({ frameMaxBytes: 1000, memoryMaxBytes: 65_536 })
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(size)
    assert.throws(
      () => feed(receiver, bytes, [1], () => assert.fail('a frame')),
      (error: Error) => error instanceof FrameError && error.message.includes(String(size)),
    )
    assert.ok(receiver.space().length > 0, 'the network may still ask')
  })
}

for (const [protocol, beginning] of [
  ['HTTP', 'GET / HTTP/1.1\r\n'],
  ['HTTP', 'HTTP/1.1 400 Bad Request\r\n'],
  ['HTTP', 'PRI * HTTP/2.0\r\n'],
  ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ['TLS', '\u0015\u0003\u0003\u0000\u0002\u0002F'],
  ['SSH', 'SSH-2.0-OpenSSH_9.2'],
  ['Redis', '-ERR unknown command'],
  ['NATS', 'INFO {"server_id":"x"}'],
  [undefined, '\u007f\u0000\u0000\u0000'],
] as const) {
  test(`a stream that begins with ${JSON.stringify(beginning)} is refused as ${protocol ?? 'what it says it is'}`, () => {
    const receiver = new FrameReceiver({ frameMaxBytes: 256 << 20, memoryMaxBytes: 65_536 })
    assert.throws(
      () => feed(receiver, Buffer.from(beginning, 'latin1'), [100], () => assert.fail('a frame')),
      (error: Error) => {
        assert.ok(error instanceof FrameError)
        assert.equal(error.foreignProtocol, protocol)
        assert.match(
          error.message,
          protocol ? new RegExp(`^${protocol}, which is not`) : /^a frame of 2130706432 bytes/,
        )
        return true
      },
    )
  })
}
