// The codecs give back what they took, and stop at malformed bytes and at the size that is allowed.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { type Codec, codecById, codecs, compressionNames, DecompressionError } from '../../src/index.ts'

const compressing = compressionNames.slice(1).map(name => codecs[name])
const native = createRequire(new URL('../../src/index.ts', import.meta.url))

function isTooLarge(error: unknown): boolean {
  return error instanceof DecompressionError && error.tooLarge
}

function isMalformed(error: unknown): boolean {
  return error instanceof DecompressionError && !error.tooLarge
}

/** Half noise, half repetition; the same in every run. */
function mixed(length: number): Buffer {
  const bytes = Buffer.alloc(length, 'repeated ')
  for (let index = 0, state = 7; index < length / 2; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    bytes[index] = state >>> 16
  }
  return bytes
}

test('each codec stands under its name and its id', () => {
  compressionNames.forEach((name, id) => {
    assert.equal(codecs[name].name, name)
    assert.equal(codecs[name].id, id)
    assert.equal(codecById(id), codecs[name])
  })
  for (const id of [5, 6, 7]) assert.equal(codecById(id), undefined)
})

for (const codec of Object.values(codecs)) {
  test(`${codec.name} gives back what it took, at once and asynchronously`, async () => {
    for (const length of [0, 1, 100, 32 * 1024, 300_000]) {
      const input = mixed(length)
      const compressed = codec.compress(input)
      assert.deepEqual(codec.decompress(compressed), input)
      assert.deepEqual(await codec.decompressAsync(compressed), input)
      assert.deepEqual(codec.decompress(await codec.compressAsync(input)), input)
    }
  })

  test(`${codec.name} takes plain Uint8Arrays and views`, () => {
    const whole = new Uint8Array(mixed(1000))
    const view = whole.subarray(100, 900)
    const compressed = new Uint8Array(codec.compress(view))
    assert.deepEqual(codec.decompress(compressed), Buffer.from(view))
  })
}

for (const codec of compressing) {
  test(`${codec.name} stops at the size that is allowed, and not one byte before`, async () => {
    for (const length of [1000, 200_000]) {
      const compressed = codec.compress(mixed(length))
      assert.equal(codec.decompress(compressed, length).length, length)
      assert.throws(() => codec.decompress(compressed, length - 1), isTooLarge)
      await assert.rejects(codec.decompressAsync(compressed, length - 1), isTooLarge)
    }
  })

  test(`${codec.name} refuses bytes that are cut off`, () => {
    const compressed = codec.compress(mixed(5000))
    for (const length of [0, 1, 4, 10, 20, compressed.length >> 1, compressed.length - 1])
      assert.throws(() => codec.decompress(compressed.subarray(0, length)), isMalformed, `${length} bytes`)
  })

  test(`${codec.name} meets damaged bytes with a typed error or with bounded output`, () => {
    const compressed = codec.compress(mixed(3000))
    const position = fc.nat({ max: compressed.length - 1 })
    const damage = fc.array(fc.tuple(position, fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(damage, changes => {
        const damaged = Buffer.from(compressed)
        for (const [at, byte] of changes) damaged[at] = byte
        try {
          assert.ok(codec.decompress(damaged, 10_000).length <= 10_000)
        } catch (error) {
          assert.ok(error instanceof DecompressionError, String(error))
        }
      }),
      { numRuns: 400 },
    )
  })

  test(`a bomb of ${codec.name} is refused before it takes the memory`, async () => {
    const bomb = bombs[codec.name]!()
    assert.ok(bomb.length < 4 * 1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    // Snappy cannot grow so much: its bomb is a lie about the length.
    const refused = codec.name === 'snappy' ? isMalformed : isTooLarge
    assert.throws(() => codec.decompress(bomb, 1024 * 1024), refused)
    await assert.rejects(codec.decompressAsync(bomb, 1024 * 1024), refused)
    assert.ok(process.memoryUsage().arrayBuffers - before < 32 * 1024 * 1024)
  })
}

/** Small inputs that claim a gigabyte or would become that. */
const bombs: Record<string, () => Buffer> = {
  gzip() {
    // A deflate stream may be made of the same pieces again and again; here gzip members, which readers join.
    const member = gzipSync(Buffer.alloc(16 * 1024 * 1024), { level: 9 })
    return Buffer.concat(Array.from({ length: 64 }, () => member))
  },
  zstd() {
    const frame = zstdCompressSync(Buffer.alloc(16 * 1024 * 1024))
    return Buffer.concat(Array.from({ length: 64 }, () => frame))
  },
  snappy: () => Buffer.concat([Buffer.from('8080808004', 'hex'), Buffer.alloc(64)]),
  lz4() {
    // 250 blocks, each one literal and a match of 4 MiB.
    const matchBytes = 4 * 1024 * 1024 - 200
    const block = Buffer.concat([
      Buffer.from([0x1f, 0x61, 1, 0]),
      Buffer.alloc(Math.floor((matchBytes - 19) / 255), 255),
      Buffer.from([(matchBytes - 19) % 255, 0x50, 97, 97, 97, 97, 97]),
    ])
    const length = Buffer.alloc(4)
    length.writeUInt32LE(block.length)
    // Independent blocks of up to 4 MiB.
    const header = Buffer.from('04224d18607073', 'hex')
    const blocks = Array.from({ length: 250 }, () => Buffer.concat([length, block]))
    return Buffer.concat([header, ...blocks, Buffer.alloc(4)])
  },
}

test('a snappy block that claims more than its bytes can yield is refused, whatever is allowed', () => {
  assert.throws(() => codecs.snappy.decompress(bombs['snappy']!(), 2 ** 31), isMalformed)
})

test('raw snappy, and snappy streams one after the other, are read', () => {
  const { compressSync } = native('snappy') as { compressSync: (input: Buffer) => Buffer }
  const input = mixed(5000)
  assert.deepEqual(codecs.snappy.decompress(compressSync(input)), input)
  const stream = codecs.snappy.compress(input)
  assert.deepEqual(codecs.snappy.decompress(Buffer.concat([stream, stream])), Buffer.concat([input, input]))
})

test('a snappy block with an impossible length is refused', () => {
  const stream = codecs.snappy.compress(mixed(100))
  for (const length of [0, -1, 2 ** 31 - 1]) {
    const bad = Buffer.from(stream)
    bad.writeInt32BE(length, 16)
    assert.throws(() => codecs.snappy.decompress(bad), isMalformed)
  }
})

test('bytes behind a zstd frame are refused, as the decoder of other clients does', async () => {
  const input = Buffer.concat([codecs.zstd.compress(mixed(1000)), Buffer.from('behind')])
  assert.throws(() => codecs.zstd.decompress(input), isMalformed)
  await assert.rejects(codecs.zstd.decompressAsync(input), isMalformed)
})

/** What other compressors and tools leave among frames of data (RFC 8878, 3.1.2). */
function skippable(bytes: number, kind = 0): Buffer {
  const frame = Buffer.alloc(8 + bytes, 7)
  frame.writeUInt32LE(0x184d2a50 + kind, 0)
  frame.writeUInt32LE(bytes, 4)
  return frame
}

test('data in several parts is read whole, in every form that Apache Kafka takes', async () => {
  const input = mixed(3000)
  const [first, second] = [input.subarray(0, 1000), input.subarray(1000)]
  const { gzip, snappy, zstd } = codecs
  const empty = zstd.compress(Buffer.alloc(0))
  const forms: readonly (readonly [string, Codec, readonly Buffer[]])[] = [
    ['two zstd frames', zstd, [zstd.compress(first), zstd.compress(second)]],
    ['a skippable frame in front', zstd, [skippable(9), zstd.compress(input)]],
    ['one between', zstd, [zstd.compress(first), skippable(0, 15), skippable(3), zstd.compress(second)]],
    ['one behind', zstd, [zstd.compress(input), skippable(40, 3)]],
    ['frames without content', zstd, [empty, zstd.compress(first), empty, zstd.compress(second), empty]],
    ['two gzip members', gzip, [gzip.compress(first), gzip.compress(second)]],
    ['two snappy streams', snappy, [snappy.compress(first), snappy.compress(second)]],
    ['two snappy blocks', snappy, [snappy.compress(first), snappy.compress(second).subarray(16)]],
  ]
  for (const [what, codec, parts] of forms) {
    const bytes = Buffer.concat(parts)
    assert.deepEqual(codec.decompress(bytes, input.length), input, what)
    assert.deepEqual(await codec.decompressAsync(bytes, input.length), input, what)
    assert.throws(() => codec.decompress(bytes, input.length - 1), { tooLarge: true }, what)
    await assert.rejects(codec.decompressAsync(bytes, input.length - 1), { tooLarge: true }, what)
  }
})

test('zstd data that is cut off in its second frame, or is thousands of frames of nothing, is refused', () => {
  const frame = codecs.zstd.compress(mixed(1000))
  const cuts = [
    [frame, frame.subarray(0, 20)],
    [frame, skippable(9).subarray(0, 12)],
    [frame, skippable(9).subarray(0, 6)],
    [skippable(9).subarray(0, 6)],
    Array.from({ length: 10_000 }, () => codecs.zstd.compress(Buffer.alloc(0))),
  ]
  for (const parts of cuts)
    assert.throws(() => codecs.zstd.decompress(Buffer.concat(parts)), { name: 'DecompressionError' })
})

test('levels trade time for size where the format has them', () => {
  const text = Buffer.from(
    Array.from({ length: 20_000 }, (_, index) => `user ${(index * 7919) % 1000};`).join(''),
  )
  for (const codec of [codecs.gzip, codecs.zstd] satisfies Codec[]) {
    const { min, max } = codec.levels!
    const fast = codec.compress(text, min)
    const small = codec.compress(text, max)
    assert.ok(small.length < fast.length, codec.name)
    assert.deepEqual(codec.decompress(small), text)
  }
  assert.deepEqual(gunzipSync(codecs.gzip.compress(text, 1)), text)
})
