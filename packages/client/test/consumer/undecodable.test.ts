// What cannot be decoded is an error that names its place, in every style, and a seek goes past it. It is never waited for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Consumer, CorruptRecordError } from '../../src/index.ts'
import { setUp } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }
const signal = () => AbortSignal.timeout(5_000)

/** Offsets within a batch of one-digit values: see the layout in packages/protocol/src/records/layout.ts. */
const damages: Record<string, (bytes: Buffer) => void> = {
  'a checksum that does not fit': bytes => {
    bytes[bytes.length - 2]! ^= 0xff
  },
  'an unknown format': bytes => {
    bytes[16] = 9
  },
  'a size that no batch has': bytes => {
    bytes.writeInt32BE(3, 8)
  },
  'an unknown compression': bytes => {
    bytes.writeInt16BE(6, 21)
  },
  'a compression that it does not have': bytes => {
    bytes.writeInt16BE(4, 21)
  },
  'fewer records than it claims': bytes => {
    bytes.writeInt32BE(6, 57)
  },
  'a record longer than the batch': bytes => {
    bytes[61] = 0x7e
  },
  'headers that end nowhere': bytes => {
    bytes[68] = 0x7e
  },
}

/** Reads until the record at offset 14, or to the first error. */
type Style = (consumer: Consumer, see: (offset: number) => boolean) => Promise<void>

const styles: Record<string, Style> = {
  records: async (consumer, see) => {
    for await (const record of consumer.records({ signal: signal() })) {
      consumer.markProcessed(record)
      if (see(record.offset)) return
    }
  },
  batches: async (consumer, see) => {
    for await (const batch of consumer.batches({ signal: signal() })) {
      for (const record of batch) {
        consumer.markProcessed(record)
        if (see(record.offset)) return
      }
    }
  },
  'run with eachRecord': async (consumer, see) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachRecord({ offset }) {
        if (see(offset)) end.abort()
      },
    })
  },
  'run with eachBatch': async (consumer, see) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachBatch(batch) {
        batch.forEach(({ offset }) => {
          if (see(offset)) end.abort()
        })
      },
    })
  },
  poll: async (consumer, see) => {
    for (;;) for (const { offset } of await consumer.poll({ timeoutMs: 5_000 })) if (see(offset)) return
  },
}

for (const [name, damage] of Object.entries(damages)) {
  test(`${name} is told with its place, and passed over by a seek`, async () => {
    for (const style of Object.values(styles)) {
      const { logs, consumer } = setUp([15], { checkCrcs: name.includes('checksum') })
      logs.damage = (baseOffset, bytes) => {
        if (baseOffset === 5) damage(bytes)
      }
      consumer.assign([{ ...place, offset: 0 }])
      const seen = new Set<number>()
      const see = (offset: number) => {
        seen.add(offset)
        return offset === 14
      }
      const errors: CorruptRecordError[] = []
      for (let done = false; !done; ) {
        try {
          await style(consumer, see)
          done = true
        } catch (error) {
          assert.ok(error instanceof CorruptRecordError, String(error))
          assert.match(error.message, /^t-0 at offset \d+: .*; seek to \d+ to go on behind it$/)
          assert.ok(error.nextOffset > error.offset)
          errors.push(error)
          consumer.seek(error, error.nextOffset)
        }
      }
      assert.ok(errors.length > 0 && errors.length <= 5)
      for (const { offset } of errors) assert.ok(offset >= 5 && offset < 10, `${offset}`)
      for (const offset of [0, 1, 2, 3, 4, 10, 11, 12, 13, 14])
        assert.ok(seen.has(offset), `${offset} was lost`)
      await consumer.close()
    }
  })
}
