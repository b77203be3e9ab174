// LZ4 frames: what we write is what others read, what others write is read, and what is no frame is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
// Another encoder and decoder, by which ours are judged.
import * as foreign from 'lz4-napi'
import { codecs, DecompressionError } from '../../src/index.ts'
import { xxHash32 } from '../../src/compression/xx-hash32.ts'

const { lz4 } = codecs

function isMalformed(error: unknown): boolean {
  return error instanceof DecompressionError && !error.tooLarge
}

/** Bytes with a period, or of words, or of noise; the same for the same arguments. */
function made(kind: 'period' | 'words' | 'noise', variety: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = variety
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    return state >>> 16
  }
  const words = Array.from({ length: variety + 1 }, (_, index) => `word ${(index * 7919) % 1000};`)
  for (let at = 0; at < length; ) {
    if (kind === 'words') at += Math.max(1, bytes.write(words[next() % words.length]!, at))
    else bytes[at++] = kind === 'noise' ? next() : at % (variety + 1)
  }
  return bytes
}

const shapes = fc.tuple(
  fc.constantFrom('period' as const, 'words' as const, 'noise' as const),
  fc.nat({ max: 40 }),
  fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 200_000 }), fc.constantFrom(65_535, 65_536, 65_537, 131_072)),
)

test('whatever we compress, we and another decoder get it back', () => {
  fc.assert(
    fc.property(shapes, ([kind, variety, length]) => {
      const input = made(kind, variety, length)
      const frame = lz4.compress(input)
      assert.ok(frame.length <= input.length + 11 + 4 * Math.ceil(length / 65_536))
      assert.ok(lz4.decompress(frame).equals(input))
      assert.ok(foreign.decompressFrameSync(frame).equals(input))
    }),
    { numRuns: 300 },
  )
})

test('whatever another encoder compresses, with checksums and without, we get back', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.boolean(),
      fc.boolean(),
      ([kind, variety, length], contentChecksum, blockChecksums) => {
        const input = made(kind, variety, length)
        const frame = foreign.compressFrameSync(input, { contentChecksum, blockChecksums })
        assert.ok(lz4.decompress(frame).equals(input))
      },
    ),
    { numRuns: 300 },
  )
})

test('inputs of more than a span come back, and the event loop turns meanwhile', async () => {
  const input = made('words', 30, 5_000_001)
  let turns = 0
  const count = setInterval(() => turns++, 0)
  const frame = await lz4.compressAsync(input)
  assert.ok((await lz4.decompressAsync(frame)).equals(input))
  assert.ok((await lz4.decompressAsync(foreign.compressFrameSync(input))).equals(input))
  clearInterval(count)
  assert.ok(turns > 0)
  assert.ok(lz4.decompress(frame).equals(input))
})

test('several at the same time do not disturb each other, whatever their blocks', async () => {
  const inputs = Array.from({ length: 6 }, (_, index) => made('words', index + 3, 2_500_000 + index))
  const frames = await Promise.all(
    inputs.map(async (input, index) =>
      index % 2 ? await lz4.compressAsync(input) : foreign.compressFrameSync(input),
    ),
  )
  const outputs = await Promise.all(frames.map(frame => lz4.decompressAsync(frame)))
  for (const [index, output] of outputs.entries()) assert.ok(output.equals(inputs[index]!), `${index}`)
})

test('a frame has the bytes that the format asks for', () => {
  // Magic, independent blocks of 64 KiB, header checksum; a block of 11 bytes: token 1f, "a", back by 1, 15 + 4 + 0x04 more, then five literals; the end.
  assert.equal(
    lz4.compress(Buffer.alloc(30, 'a')).toString('hex'),
    '04224d18604082' + '0b000000' + '1f' + '61' + '0100' + '05' + '50' + '6161616161' + '00000000',
  )
  assert.equal(lz4.compress(Buffer.alloc(0)).toString('hex'), '04224d1860408200000000')
  // What does not become smaller stands as it is.
  assert.equal(
    lz4.compress(Buffer.from('abc')).toString('hex'),
    '04224d18604082' + '03000080' + '616263' + '00000000',
  )
})

/** A frame around blocks, each with its size. */
function frameOf(flags: number, blocks: readonly Buffer[], checksum = true): Buffer {
  const header = Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, 0x40, 0])
  header[6] = ((xxHash32(header, 4, 6) >>> 8) & 0xff) ^ (checksum ? 0 : 1)
  const sized = blocks.flatMap(block => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(block.length)
    return [size, block]
  })
  return Buffer.concat([header, ...sized, Buffer.alloc(4)])
}

test('blocks that go on with those before them are read, over the border of a span too', () => {
  // "abcdefgh" as literals; then in each block a match of 65,000 from 8 back, and five literals.
  const first = Buffer.from('806162636465666768', 'hex')
  const length = 65_000 - 19
  const more = Buffer.concat([
    Buffer.from([0x0f, 8, 0]),
    Buffer.alloc(Math.floor(length / 255), 255),
    Buffer.from([length % 255, 0x50, ...Buffer.from('abcde')]),
  ])
  const linked = frameOf(0x40, [first, ...Array.from({ length: 40 }, () => more)])
  const output = lz4.decompress(linked)
  assert.equal(output.length, 8 + 40 * 65_005)
  assert.equal(output.subarray(0, 24).toString(), 'abcdefghabcdefghabcdefgh')
  assert.ok(foreign.decompressFrameSync(linked).equals(output))
  assert.throws(
    () => lz4.decompress(frameOf(0x60, [first, more])),
    isMalformed,
    'independent blocks have nothing before them',
  )
})

test('blocks that are none are refused', () => {
  const bad: Record<string, string> = {
    'nothing behind the last match': '10610100',
    'a match before the beginning': '1061020050616161616161',
    'a match from nowhere': '1061000050616161616161',
    'literals behind the end': '5061',
    'a length without an end': 'f0ffffff',
    'half an offset': '106101',
  }
  for (const [name, hex] of Object.entries(bad))
    assert.throws(() => lz4.decompress(frameOf(0x60, [Buffer.from(hex, 'hex')])), isMalformed, name)
  const grows = Buffer.concat([
    Buffer.from('1f610100', 'hex'),
    Buffer.alloc(300, 255),
    Buffer.from('0050', 'hex'),
    Buffer.from('aaaaa'),
  ])
  assert.throws(() => lz4.decompress(frameOf(0x60, [grows])), isMalformed, 'more than a block of 64 KiB')
})

test('checksums of header, blocks and content are held against the bytes', () => {
  const input = made('words', 9, 100_000)
  const frame = foreign.compressFrameSync(input, { contentChecksum: true, blockChecksums: true })
  assert.ok(lz4.decompress(frame).equals(input))
  assert.ok(lz4.decompress(Buffer.concat([frame, Buffer.from('behind')])).equals(input))
  for (const at of [6, 7 + 4 + 20, frame.length - 1]) {
    const damaged = Buffer.from(frame)
    damaged[at]! ^= 1
    assert.throws(() => lz4.decompress(damaged), isMalformed, `byte ${at}`)
  }
  assert.throws(() => lz4.decompress(frameOf(0x60, [Buffer.from('106150', 'hex')], false)), isMalformed)
})

test('xxHash32 gives the known values', () => {
  const known: Record<string, number> = {
    '': 0x02cc5d05,
    a: 0x550d7456,
    abc: 0x32d153ff,
    'Nobody inspects the spammish repetition': 0xe2293b2f,
  }
  for (const [text, hash] of Object.entries(known)) assert.equal(xxHash32(Buffer.from(text)), hash, text)
})
