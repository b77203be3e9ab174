// In which order those who wrote to `__consumer_offsets` are told, when parts of it fail.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppendInfo, LogManager, PartitionLog } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol'
import { nodeClock } from '@millrace/runtime'
import { PartitionWriter } from '../../src/coordination/partition-writer.ts'

/** A storage whose commits are settled by the test, and a log in it that takes everything. */
function storage(bytesMax = 1 << 20) {
  const commits: PromiseWithResolvers<void>[] = []
  let nextOffset = 0
  let highWatermark = 0
  const logs = {
    failure: undefined,
    commit() {
      const commit = Promise.withResolvers<void>()
      commits.push(commit)
      return commit.promise
    },
  }
  const log = {
    append: () => ({ lastOffset: nextOffset++, fate: { takenBack: false } }),
    holds: ({ lastOffset }: AppendInfo) => highWatermark > lastOffset,
  }
  const writer = new PartitionWriter({
    clock: nodeClock,
    logs: logs as unknown as LogManager,
    partition: () => log as unknown as PartitionLog,
    batchBytesMax: () => bytesMax,
  })
  return {
    writer,
    commits,
    batches: () => nextOffset,
    written: () => {
      highWatermark = nextOffset
    },
  }
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))
const record = { key: Buffer.from('k'), value: Buffer.from('v') }

test('who wrote first is told first, also where only a second look shows that it holds', async () => {
  const { writer, commits, written } = storage()
  const told: string[] = []
  const write = (name: string) =>
    writer.append(0, [record]).then(
      () => told.push(name),
      () => told.push(`${name} failed`),
    )
  const first = write('first')
  await turn()
  const second = write('second')
  await turn()
  // The first turn shares its commit with a partition that could not be written.
  commits[0]!.reject(new Error('another partition has no room'))
  await turn()
  written()
  commits[1]!.resolve()
  await turn()
  commits[2]!.resolve()
  await Promise.all([first, second])
  assert.deepEqual(told, ['first', 'second'])
})

test('settled waits for all turns, whatever became of them', async () => {
  const { writer, commits, written } = storage()
  const first = writer.append(0, [record])
  await turn()
  const second = writer.append(0, [record])
  let settled = false
  const settling = writer.settled().then(() => {
    settled = true
  })
  await turn()
  written()
  commits[1]!.resolve()
  await turn()
  assert.equal(settled, false)
  commits[0]!.resolve()
  await Promise.all([first, second, settling])
})

test('records that fit alone are not refused for the company they are in', async () => {
  const { writer, commits, batches, written } = storage(200)
  const large = { key: Buffer.from('k'), value: Buffer.alloc(80) }
  const all = Promise.all([1, 2, 3].map(() => writer.append(0, [large])))
  await turn()
  assert.equal(batches(), 3)
  written()
  commits[0]!.resolve()
  await all
  await assert.rejects(writer.append(0, [{ key: Buffer.from('k'), value: Buffer.alloc(200) }]), {
    code: ErrorCode.RECORD_LIST_TOO_LARGE,
  })
})
