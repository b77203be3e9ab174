// What record batches cost: writing, walking, decoding, checksums, codecs. `node bench/micro/records.ts [name part]`
import {
  BufferPool,
  checkRecords,
  codecs,
  compressionNames,
  crc32c,
  murmur2,
  murmur2String,
  RecordBatchCursor,
  RecordBatchWriter,
  readBatchHeader,
  verifyBatchCrc,
} from '@millrace/protocol'

const rounds = 9
const roundMs = 60
/** Results go here, so that nothing measured can be left out as unused. */
let sink = 0

/**
 * Processor time, not time on the clock: a busy machine disturbs it less, and work on the garbage collector's
 * threads counts. Runs `work`, which does `operations` operations a call, for some rounds and prints the
 * median, in nanoseconds an operation.
 */
function measure(name: string, operations: number, work: () => number, bytes = 0): void {
  const wanted = process.argv[2]
  if (wanted !== undefined && !name.includes(wanted)) return
  let calls = 1
  for (let elapsed = 0; elapsed < roundMs; calls = Math.ceil(calls * 1.5)) elapsed = time(work, calls)
  const results = Array.from({ length: rounds }, () => (time(work, calls) * 1e6) / (calls * operations))
  report(name, results, bytes)
}

function report(name: string, nanoseconds: number[], bytes: number): void {
  const sorted = nanoseconds.sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]!
  const rate = bytes === 0 ? '' : `${((bytes / median) * 1000).toFixed(0).padStart(8)} MB/s`
  const range = `(${sorted[0]!.toFixed(1)}…${sorted.at(-1)!.toFixed(1)})`
  console.log(`${name.padEnd(40)} ${median.toFixed(1).padStart(9)} ns  ${range}${rate}`)
}

/** Milliseconds of processor time. */
function time(work: () => number, calls: number): number {
  const start = process.cpuUsage()
  for (let call = 0; call < calls; call++) sink ^= work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const batchBytes = 128 * 1024
const now = 1_700_000_000_000

function writing(
  name: string,
  key: Uint8Array | string | null,
  value: Uint8Array | string,
  headers?: boolean,
): void {
  const pool = new BufferPool()
  const writer = new RecordBatchWriter({ pool })
  const list = headers === true ? [{ key: 'trace', value: 'abcdef0123456789' }] : undefined
  let count = 0
  while (writer.tryAppend(batchBytes, now + count, key, value, list) > 0) count++
  writer.reset()
  measure(`write ${name}`, count, () => {
    let at = now
    while (writer.tryAppend(batchBytes, at++, key, value, list) > 0);
    const batch = writer.finish({ producerId: 1, producerEpoch: 0, baseSequence: 0 })
    pool.release(batch)
    return batch.length
  })
}

const bytes = (length: number): Buffer => Buffer.alloc(length, 'some text that a record may hold; ')
const key = Buffer.from('user-1234')

writing('100 B bytes', null, bytes(100))
writing('100 B bytes, key', key, bytes(100))
writing('100 B string', null, bytes(100).toString())
writing('100 B string, key string', 'user-1234', bytes(100).toString())
writing('100 B bytes, key, header', key, bytes(100), true)
writing('1 KiB bytes', null, bytes(1024))
writing('1 KiB string, key string', 'user-1234', bytes(1024).toString())

function filled(valueBytes: number, withKey: boolean): Buffer {
  const writer = new RecordBatchWriter()
  let index = 0
  while (writer.tryAppend(batchBytes, now + (index >> 3), withKey ? key : null, bytes(valueBytes)) > 0)
    index++
  return writer.finish()
}

for (const valueBytes of [100, 1024]) {
  const header = readBatchHeader(filled(valueBytes, true))
  const count = header.recordCount
  const cursor = new RecordBatchCursor()
  const name = valueBytes === 100 ? '100 B' : '1 KiB'
  measure(`cursor, ${name}`, count, () => {
    cursor.open(header)
    let sum = 0
    while (cursor.next()) sum += cursor.valueLength
    return sum
  })
  measure(`cursor and value(), ${name}`, count, () => {
    cursor.open(header)
    let sum = 0
    while (cursor.next()) sum += cursor.value()!.length
    return sum
  })
  measure(`cursor and valueString(), ${name}`, count, () => {
    cursor.open(header)
    let sum = 0
    while (cursor.next()) sum += cursor.valueString()!.length
    return sum
  })
  measure(`record() with key and value, ${name}`, count, () => {
    cursor.open(header)
    let sum = 0
    while (cursor.next()) sum += cursor.record().offset
    return sum
  })
  measure(
    `checkRecords, ${name}`,
    count,
    () => checkRecords(header, { keyRequired: true }).maxTimestampOffset,
  )
  measure(`verifyBatchCrc, ${name}`, count, () => {
    verifyBatchCrc(header)
    return 1
  })
}

const bytes16 = bytes(16)
const text16 = bytes16.toString()

for (const length of [16, 64, 128, 256, 1024, 16 * 1024, 128 * 1024]) {
  const input = bytes(length)
  measure(`crc32c, ${length} bytes`, 1, () => crc32c(input), length)
}
measure('murmur2, 16 bytes', 1, () => murmur2(bytes16))
measure('murmur2String, 16 characters', 1, () => murmur2String(text16))

/** Events as services send them: JSON with ids and numbers that differ. */
function events(): Buffer {
  const writer = new RecordBatchWriter()
  const event = (index: number): string =>
    JSON.stringify({
      id: Math.imul(index, 2_654_435_761) >>> 0,
      user: `user-${(index * 7919) % 5000}`,
      type: ['created', 'updated', 'cancelled'][index % 3],
      amount: ((index * 104_729) % 100_000) / 100,
    })
  for (
    let index = 0;
    writer.tryAppend(batchBytes, now + index * 3, `user-${index % 977}`, event(index)) > 0;
    index++
  );
  return writer.finish().subarray(61)
}

const payload = events()
/**
 * The native codecs free what they return when the event loop turns, as it does between batches in real use.
 */
const callsPerTurn = 8

async function measureCodec(name: string, work: () => Buffer): Promise<void> {
  const wanted = process.argv[2]
  if (wanted !== undefined && !name.includes(wanted)) return
  const results: number[] = []
  for (let round = 0; round < rounds + 1; round++) {
    let elapsed = 0
    let calls = 0
    for (; elapsed < roundMs; calls += callsPerTurn) {
      elapsed += time(() => work().length, callsPerTurn)
      await new Promise(resolve => setImmediate(resolve))
    }
    // The first round warms up.
    if (round > 0) results.push((elapsed * 1e6) / calls)
  }
  report(name, results, payload.length)
}

for (const name of compressionNames.slice(1)) {
  const codec = codecs[name]
  const compressed = codec.compress(payload)
  const ratio = (payload.length / compressed.length).toFixed(1)
  await measureCodec(`${name} compress 128 KiB (${ratio}:1)`, () => codec.compress(payload))
  await measureCodec(`${name} decompress 128 KiB`, () => codec.decompress(compressed))
}
if (sink === Number.MIN_VALUE) console.log(sink)
