// What a frame of Zstandard says of the size of its content is read, whatever form it has, and believed within reason only.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { codecs } from '../../src/index.ts'
import { zstdContentBytes, ZstdFrames } from '../../src/compression/zstd-frames.ts'

const magic = [0x28, 0xb5, 0x2f, 0xfd]

test('sizes of one, two, four and eight bytes are read', () => {
  for (const size of [0, 10, 255, 256, 300, 65_791, 65_792, 70_000, 5_000_000])
    assert.equal(zstdContentBytes(zstdCompressSync(Buffer.alloc(size, 'a'))), size)
  // A descriptor with eight bytes, a window and a dictionary id of two.
  const eight = [...magic, 0b1100_0010, 0x50, 1, 2, 0, 0, 0, 0, 1, 0, 0, 0]
  assert.equal(zstdContentBytes(Buffer.from(eight)), 2 ** 32)
})

test('a frame that says nothing, is cut off or is none, says no size', () => {
  assert.equal(zstdContentBytes(Buffer.from([...magic, 0b0000_0000, 0x50, 0, 0])), undefined)
  const frame = zstdCompressSync(Buffer.alloc(70_000))
  for (let length = 0; length < 9; length++)
    assert.equal(zstdContentBytes(frame.subarray(0, length)), undefined)
  assert.equal(zstdContentBytes(Buffer.from('no frame at all')), undefined)
})

test('what is unpacked lies in memory of its size, however well it was packed', () => {
  const content = Buffer.alloc(3_000_000, 'again ')
  const unpacked = codecs.zstd.decompress(zstdCompressSync(content))
  assert.ok(unpacked.equals(content))
  assert.ok(unpacked.buffer.byteLength < content.length + 100, `${unpacked.buffer.byteLength}`)
})

test('memory that a frame asks for is given within reason', () => {
  const liar = Buffer.from([...magic, 0b1110_0000, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
  assert.equal(new ZstdFrames(liar, 1 << 30).expectedBytes(4), liar.length * 4)
})
