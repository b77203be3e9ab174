// Batches and directories as the checks of the simulation read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPartitionDirectory } from '../../src/simulation/partition-directory.ts'
import { decodeWireBatches, encodeWireBatch } from '../../src/simulation/wire-batch.ts'

function batch(baseOffset: number, values: readonly string[]) {
  return {
    baseOffset,
    producerId: 7,
    producerEpoch: 1,
    baseSequence: baseOffset,
    timestamp: 1_800_000_000_000 + baseOffset,
    values: values.map(value => Buffer.from(value)),
  }
}

const first = encodeWireBatch(batch(0, ['a', 'b'.repeat(300)]))
const second = encodeWireBatch(batch(2, ['c']))

function entry(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length)
  numbers.forEach((value, index) => bytes.writeInt32BE(value, 4 * index))
  return bytes
}

function timeEntry(timestamp: number, offset: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeBigInt64BE(BigInt(timestamp))
  bytes.writeInt32BE(offset, 8)
  return bytes
}

function directory(parts: { log?: Buffer; index?: Buffer; time?: Buffer } = {}): Map<string, Buffer> {
  return new Map([
    ['00000000000000000000.log', parts.log ?? Buffer.concat([first, second])],
    ['00000000000000000000.index', parts.index ?? entry(2, first.length)],
    ['00000000000000000000.timeindex', parts.time ?? timeEntry(1_800_000_000_002, 2)],
  ])
}

test('batches come back as they were written, without a cut-off one at the end', () => {
  const bytes = Buffer.concat([first, second])
  assert.deepEqual(decodeWireBatches(bytes), [batch(0, ['a', 'b'.repeat(300)]), batch(2, ['c'])])
  assert.equal(decodeWireBatches(bytes.subarray(0, bytes.length - 1)).length, 1)
})

test('a sound directory passes', () => {
  assert.deepEqual(checkPartitionDirectory('t-0', directory()), { batches: 2, endOffset: 3 })
})

test('every kind of damage to a directory is found', () => {
  const flipped = Buffer.concat([first, second])
  flipped[100]! ^= 1
  const damaged: [Parameters<typeof directory>[0], RegExp][] = [
    [{ log: flipped }, /wrong checksum/],
    [{ log: Buffer.concat([first, second.subarray(0, 50)]) }, /middle of a batch/],
    [{ log: Buffer.concat([first, second.subarray(0, 65)]) }, /has a batch of/],
    [{ log: Buffer.concat([second, first]), index: Buffer.alloc(0), time: Buffer.alloc(0) }, /goes back/],
    [{ index: entry(2, 5) }, /no such batch/],
    [{ index: entry(2, first.length, 2, first.length) }, /goes back/],
    [{ index: Buffer.alloc(7) }, /7 bytes/],
    [{ time: timeEntry(1, 2) }, /that batch has/],
    [
      { time: Buffer.concat([timeEntry(1_800_000_000_002, 2), timeEntry(1_800_000_000_002, 2)]) },
      /does not rise/,
    ],
  ]
  for (const [parts, message] of damaged) {
    assert.throws(() => checkPartitionDirectory('t-0', directory(parts)), message)
  }
  assert.throws(
    () => checkPartitionDirectory('t-0', new Map([['00000000000000000000.log', first]])),
    /no offset index/,
  )
})
