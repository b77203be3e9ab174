// A sync that fails is the end of the storage until a restart: whatever is synced, by whom, and with whatever code.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  defaultLogConfig,
  type Disk,
  type DiskFile,
  LogError,
  type LogManager,
  nodeDisk,
  type StorageLimits,
} from '../src/index.ts'
import { finalSyncs } from '../src/disk/final-syncs.ts'
import { type Fault, FaultyDisk } from './faulty-disk.ts'
import { batchOf, openLogs, temporaryDirectory, topicId, valuesFrom } from './log-fixture.ts'

const storage = (error: unknown): boolean =>
  error instanceof LogError && error.codeName === 'KAFKA_STORAGE_ERROR'

interface Place {
  readonly what: string
  readonly path: RegExp
  readonly limits?: Partial<StorageLimits>
  /** What asks for the sync, after appends; default: appends alone. */
  readonly act?: (logs: LogManager, round: number) => Promise<unknown>
}

const moving = { recoveryBytesMax: 1 }
const places: readonly Place[] = [
  { what: 'a segment', path: /t-0\/0+\.log$/ },
  { what: 'the directory of a partition', path: /t-0$/ },
  { what: 'the name of a partition', path: /millrace-log-[^/]*$/ },
  { what: 'the identity of a partition', path: /partition\.metadata$/ },
  { what: 'a journal', path: /millrace-journal/, limits: { directFilesMax: 0 } },
  {
    what: 'a segment out of a journal',
    path: /\.log$/,
    limits: { directFilesMax: 0, journalMaxBytes: 1 },
  },
  { what: 'an index, as the recovery point moves', path: /\.index$/, limits: moving },
  { what: 'a producer snapshot', path: /\.snapshot$/, limits: moving },
  { what: 'the leader epochs', path: /leader-epoch-checkpoint/, limits: moving },
  { what: 'the recovery points', path: /recovery-point-offset-checkpoint/, limits: moving },
  {
    what: 'the log starts',
    path: /log-start-offset-checkpoint/,
    act: logs => logs.get('t', 0)!.deleteRecords(1),
  },
  {
    what: 'the checkpoints without a partition that was deleted',
    path: /replication-offset-checkpoint/,
    limits: moving,
    // Once its recovery point stands in the checkpoint.
    act: async (logs, round) => {
      if (round === 20) await logs.delete('u', 0)
    },
  },
  {
    what: 'a segment that is flushed by hand',
    path: /\.log$/,
    act: async logs => {
      const log = logs.get('t', 0)!
      log.append(batchOf(['flushed']))
      await log.flush()
    },
  },
]

for (const { what, path, limits, act } of places) {
  for (const code of ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'] satisfies Fault[]) {
    test(`a failed sync of ${what} with ${code} is final`, async context => {
      const faults = new FaultyDisk()
      const logs = await openLogs(temporaryDirectory(context), {
        disk: faults.disk,
        limits: { directFilesMax: 8, ...limits },
      })
      const log = logs.create('t', 0, topicId, { ...defaultLogConfig, indexIntervalBytes: 1 })
      const other = logs.create('u', 0, topicId, defaultLogConfig)
      // One that fails: those before and after it succeed, as on a real system.
      let armed = true
      faults.onSync = at => {
        if (!armed || !path.test(at)) return undefined
        armed = false
        return code
      }
      let acknowledged = 0
      for (let round = 0; armed && round < 50; round++) {
        for (const each of [log, other]) if (logs.has(each.topic, 0)) each.append(batchOf([`${round}`]))
        await logs.commit('durable').then(
          () => {
            acknowledged = round + 1
          },
          () => {},
        )
        if (act) await act(logs, round).catch(() => {})
        // What goes on in the background has its turn.
        await new Promise(resolve => setTimeout(resolve, 1))
      }
      assert.ok(!armed, 'the sync was asked for')
      assert.throws(() => log.append(batchOf(['more'])), storage)
      await assert.rejects(logs.commit('durable'), storage, 'a sync that would now succeed is not believed')
      assert.match(logs.failure?.message ?? '', new RegExp(`syncing.*${code}.*takes no more writes`))
      assert.ok(log.highWatermark <= acknowledged + 1)
      assert.equal((await valuesFrom(log, log.logStartOffset)).length, log.highWatermark - log.logStartOffset)
      await assert.rejects(logs.close(), storage)
    })
  }
}

test('a sync that could not begin, because the directory is not to be opened, is tried again', async context => {
  let refusals = 0
  const disk: Disk = {
    ...nodeDisk,
    syncDirectory: async path => {
      if (refusals-- > 0) throw Object.assign(new Error('EMFILE: open'), { code: 'EMFILE', syscall: 'open' })
      await nodeDisk.syncDirectory(path)
    },
  }
  const logs = await openLogs(temporaryDirectory(context), { disk })
  const log = logs.create('t', 0, topicId)
  refusals = 2
  log.append(batchOf(['a']))
  await logs.commit('durable')
  assert.deepEqual([log.highWatermark, logs.failure], [1, undefined])
  await logs.close()
})

test('of two syncs of one file beside each other, none is believed when one fails: the system tells only one', async () => {
  for (const failing of [0, 1]) {
    const pending: PromiseWithResolvers<void>[] = []
    const file = {
      datasync: () => {
        const sync = Promise.withResolvers<void>()
        pending.push(sync)
        return sync.promise
      },
    } as DiskFile
    const failures: string[] = []
    const judge = {
      failure: undefined as LogError | undefined,
      fail: (what: string) => {
        failures.push(what)
        judge.failure ??= new LogError('KAFKA_STORAGE_ERROR', what)
        return judge.failure
      },
    }
    const opened = finalSyncs({ ...nodeDisk, open: () => file }, judge).open('a', 'write')
    const settled = Promise.allSettled([opened.datasync(), opened.datasync()])
    pending[1 - failing]!.resolve()
    // The one that went well is told first.
    await new Promise(resolve => setImmediate(resolve))
    pending[failing]!.reject(new Error('EIO'))
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.ok(failures.length > 0)
  }
})
