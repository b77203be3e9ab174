// A disk that is full, or fails, while a log is compacted: nothing of it is lost.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import {
  defaultCleanerSettings,
  defaultLogConfig,
  type Disk,
  nodeDisk,
  type PartitionLog,
} from '../src/index.ts'
import { cleanAll, compacted, pairs, segment, survivors } from './compaction-fixture.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { oneLog, openLogs } from './log-fixture.ts'

test('where there is no room for cleaned segments they are removed, appends go on, and cleaning is tried again', async context => {
  const faulty = new FaultyDisk()
  const said: string[] = []
  const logger = { info() {}, error() {}, warn: (message: string) => said.push(message) }
  const { logs, log, directory } = await oneLog(context, compacted, { disk: faulty.disk, logger })
  await segment(logs, log, pairs([['a', '1']]))
  await segment(logs, log, pairs([['a', '2']]))
  await segment(logs, log, pairs([['b', '1']]))
  faulty.onWrite = path => (path.endsWith('.cleaned') ? 'ENOSPC' : undefined)
  logs.startCleaner({ ...defaultCleanerSettings, backoffMs: 5 })
  await logs.cleanDirtiest()
  log.append(pairs([['c', '1']]))
  await logs.commit('durable')
  assert.deepEqual((await survivors(log)).records, ['0 a=1', '1 a=2', '2 b=1', '3 c=1'])
  faulty.onWrite = () => undefined
  for (let tries = 0; logs.cleanerFigures.cleanings === 0 && tries < 1000; tries++)
    await new Promise(resolve => setTimeout(resolve, 5))
  assert.deepEqual((await survivors(log)).records, ['1 a=2', '2 b=1', '3 c=1'])
  assert.equal(said.filter(message => /given up and will be tried again/.test(message)).length, 1)
  assert.deepEqual(
    readdirSync(`${directory}/t-0`).filter(name => /cleaned|swap/.test(name)),
    [],
  )
})

test('whichever rename fails while segments are replaced, nothing of the log is lost, neither at once nor after a restart', async context => {
  for (let failing = 1, reached = true; reached; failing++) {
    let isCleaning = false
    let renames = 0
    const disk: Disk = {
      ...nodeDisk,
      rename(from, to) {
        if (isCleaning && ++renames === failing)
          throw Object.assign(new Error(`ENOSPC: rename ${from}`), { code: 'ENOSPC' })
        nodeDisk.rename(from, to)
      },
    }
    const { logs, log, directory } = await oneLog(context, compacted, { disk, fsync: 'never' })
    await segment(logs, log, pairs([['a', '1']]), pairs([['b', '1']]))
    await segment(logs, log, pairs([['a', '2']]))
    await segment(logs, log, pairs([['c', '1']]))
    isCleaning = true
    await cleanAll(logs)
    isCleaning = false
    reached = renames >= failing
    const latest = ['1 b=1', '2 a=2', '3 c=1']
    const lost = async (of: PartitionLog) => {
      const { records } = await survivors(of)
      return latest.filter(record => !records.includes(record))
    }
    assert.deepEqual(await lost(log), [], `after rename ${failing}`)
    await logs.close().catch(() => {})
    const again = await openLogs(directory)
    const reopened = again.get('t', 0)!
    reopened.configure({ ...defaultLogConfig, ...compacted })
    assert.deepEqual(await lost(reopened), [], `after rename ${failing} and a restart`)
    await cleanAll(again)
    assert.deepEqual((await survivors(reopened)).records, latest, `cleaned after rename ${failing}`)
    await again.close()
  }
})
