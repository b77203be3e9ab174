// What a consumer sees of fetched bytes: from its offset on, whole batches, without markers and aborted records.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codecs, RecordBatchWriter, writeTransactionMarker } from '@millrace/protocol'
import fc from 'fast-check'
import { type ChunkOptions, FetchedChunk } from '../../src/consumer/fetched-chunk.ts'
import { CorruptRecordError } from '../../src/index.ts'

interface BatchInit {
  readonly count?: number
  readonly producerId?: number
  readonly transactional?: boolean
  readonly compressed?: boolean
}

/** Bytes of a log: batches one after the other from offset 0. Records hold their offsets. */
class LogBytes {
  readonly parts: Buffer[] = []
  end = 0

  batch({ count = 1, producerId = -1, transactional = false, compressed = false }: BatchInit = {}): this {
    const writer = new RecordBatchWriter()
    writer.reset({ baseOffset: this.end })
    for (let index = 0; index < count; index++) writer.append(1_000, null, String(this.end + index))
    const options = { producerId, producerEpoch: 0, baseSequence: 0, transactional }
    this.parts.push(Buffer.from(writer.finish({ ...options, ...(compressed && { codec: codecs.gzip }) })))
    this.end += count
    return this
  }

  marker(producerId: number, commit: boolean): this {
    const bytes = writeTransactionMarker({
      producerId,
      producerEpoch: 0,
      coordinatorEpoch: 0,
      commit,
      timestamp: 1_000,
    })
    bytes.writeBigInt64BE(BigInt(this.end++))
    this.parts.push(Buffer.from(bytes))
    return this
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts)
  }
}

function chunk(bytes: Buffer, options: Partial<ChunkOptions> = {}): FetchedChunk {
  return new FetchedChunk({
    topic: 't',
    partition: 0,
    bytes,
    fetchOffset: 0,
    aborted: undefined,
    checkCrcs: true,
    decompressedMaxBytes: 1_000_000,
    ...options,
  })
}

function offsets(from: FetchedChunk): number[] {
  const seen: number[] = []
  while (from.next()) {
    assert.equal(from.cursor.valueString(), String(from.cursor.offset))
    seen.push(from.cursor.offset)
  }
  assert.equal(from.nextOffset, from.endOffset)
  return seen
}

test('records before the offset that was asked for are passed over', () => {
  const { bytes } = new LogBytes().batch({ count: 3 }).batch({ count: 3, compressed: true }).batch()
  assert.deepEqual(offsets(chunk(bytes, { fetchOffset: 4 })), [4, 5, 6])
})

test('a batch that is cut off is left for the next fetch', () => {
  const log = new LogBytes().batch({ count: 2 }).batch({ count: 2 })
  const cut = chunk(log.bytes.subarray(0, log.bytes.length - 3))
  assert.equal(cut.endOffset, 2)
  assert.deepEqual(offsets(cut), [0, 1])
  assert.equal(chunk(log.bytes.subarray(0, 50)).isEmpty, true)
})

test('markers are not shown but passed', () => {
  const log = new LogBytes().batch({ producerId: 1, transactional: true }).marker(1, true)
  const seen = chunk(log.bytes)
  assert.deepEqual(offsets(seen), [0])
  assert.equal(seen.endOffset, 2)
})

test('of two aborted transactions of one producer both are dropped, and what it commits between is not', () => {
  const transaction = { producerId: 1, transactional: true }
  const log = new LogBytes()
    .batch(transaction)
    .marker(1, false)
    .batch({ ...transaction, count: 2 })
    .marker(1, true)
    .batch(transaction)
    .marker(1, false)
    .batch()
  const aborted = [
    { producerId: 1, firstOffset: 5 },
    { producerId: 1, firstOffset: 0 },
  ]
  assert.deepEqual(offsets(chunk(log.bytes, { aborted })), [2, 3, 7])
  assert.deepEqual(offsets(chunk(log.bytes)), [0, 2, 3, 5, 7])
})

test('an aborted transaction whose marker is not in the response is dropped to its end', () => {
  const log = new LogBytes()
    .batch({ producerId: 1, transactional: true })
    .batch({ producerId: 2, transactional: true })
  assert.deepEqual(offsets(chunk(log.bytes, { aborted: [{ producerId: 1, firstOffset: 0 }] })), [1])
})

test('transactions of several producers, interleaved, are told apart', () => {
  const event = fc.record({
    producer: fc.nat(2),
    kind: fc.constantFrom('write', 'write', 'commit', 'abort'),
    count: fc.integer({ min: 1, max: 3 }),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 25 }), fc.nat(10), (events, start) => {
      const log = new LogBytes()
      const aborted: { producerId: number; firstOffset: number }[] = []
      const open = new Map<number, number[]>()
      const committed: number[] = []
      for (const { producer, kind, count } of events) {
        const written = open.get(producer) ?? []
        if (kind === 'write') {
          for (let index = 0; index < count; index++) written.push(log.end + index)
          log.batch({ count, producerId: producer, transactional: true })
          open.set(producer, written)
        } else if (written.length > 0) {
          if (kind === 'commit') committed.push(...written)
          else aborted.push({ producerId: producer, firstOffset: written[0]! })
          log.marker(producer, kind === 'commit')
          open.delete(producer)
        }
      }
      for (const producer of open.keys()) log.marker(producer, true)
      for (const written of open.values()) committed.push(...written)
      const expected = committed.filter(offset => offset >= start).sort((a, b) => a - b)
      assert.deepEqual(
        offsets(chunk(log.bytes, { aborted, fetchOffset: start })),
        start <= log.end ? expected : [],
      )
    }),
  )
})

test('a wrong checksum is an error that names topic, partition and offset, unless nobody asks for it', () => {
  const { bytes } = new LogBytes().batch({ count: 2 }).batch()
  const hurt = Buffer.from(bytes)
  hurt[hurt.length - 2]! ^= 1
  const seen = chunk(hurt)
  assert.ok(seen.next() && seen.next())
  assert.throws(
    () => seen.next(),
    (error: CorruptRecordError) => {
      assert.ok(error instanceof CorruptRecordError)
      assert.deepEqual([error.topic, error.partition, error.offset], ['t', 0, 2])
      return true
    },
  )
  const careless = chunk(hurt, { checkCrcs: false })
  assert.ok(careless.next() && careless.next() && careless.next())
})

test('a batch that would become too large when decompressed is refused', () => {
  const { bytes } = new LogBytes().batch({ count: 1_000, compressed: true })
  const seen = chunk(bytes, { decompressedMaxBytes: 500 })
  assert.throws(() => seen.next(), CorruptRecordError)
})
