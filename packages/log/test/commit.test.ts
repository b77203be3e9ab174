// How many syncs commits need, and for how long one waits for company.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { nodeClock } from '@millrace/runtime'
import { type LogManager, nodeDisk, type PartitionLog } from '../src/index.ts'
import { batchOf, oneLog, openLogs, valuesFrom } from './log-fixture.ts'
import { FaultyDisk } from './faulty-disk.ts'

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

/** A log, and how often its segment was synced. */
async function counted(context: TestContext) {
  const disk = new FaultyDisk()
  let syncs = 0
  disk.onSync = path => {
    if (path.endsWith('.log')) syncs++
    return undefined
  }
  // Time stands still, so that a slow machine does not look like producers that are gone.
  const clock = { ...nodeClock, monotonic: () => 0 }
  const fixture = await oneLog(context, {}, { disk: disk.disk, clock })
  return { ...fixture, syncs: () => syncs }
}

/** A producer that sends its next batch some turns of the event loop after it was answered. */
async function produce(logs: LogManager, log: PartitionLog, rounds: number, turns: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < turns; index++) await turn()
    log.append(batchOf([`${turns}/${round}`]))
    await logs.commit('durable')
  }
}

test('producers that were answered by one sync share the next one, although they send one after the other', async context => {
  const { logs, log, syncs } = await counted(context)
  const rounds = 20
  await Promise.all([1, 2, 3, 4, 5].map(turns => produce(logs, log, rounds, turns)))
  assert.equal(log.highWatermark, 5 * rounds)
  // Without patience it is two a round: one for the first, one for the other four.
  assert.ok(syncs() < rounds * 1.3, `${syncs()} syncs for ${rounds} rounds of five`)
})

test('who is left alone does not wait for ever for those who are gone', async context => {
  const { logs, log } = await counted(context)
  await Promise.all([1, 2, 3].map(turns => produce(logs, log, 2, turns)))
  await produce(logs, log, 3, 0)
  assert.equal(log.highWatermark, 9)
})

test('who waits in vain waits ever more rarely, also where only turns of the event loop end the wait', async context => {
  let turns = 0
  const clock = {
    ...nodeClock,
    monotonic: () => 0,
    defer: (run: () => void) => {
      turns++
      nodeClock.defer(run)
    },
  }
  const { logs, log } = await oneLog(context, {}, { clock })
  const rounds = 40
  for (let round = 0; round < rounds; round++) {
    log.append(batchOf(['together']))
    log.append(batchOf(['together']))
    await logs.commit('durable')
    log.append(batchOf(['alone']))
    await logs.commit('durable')
  }
  // A wait takes 200 turns: one in each round would make 8,000.
  assert.ok(turns < 3000, `${turns} turns`)
  assert.ok(turns > 200, 'nobody waited at all')
})

test('a clean stop does not leave out what was waiting for company', async context => {
  const { logs, log, directory } = await oneLog(context)
  await Promise.all([1, 2, 3].map(turns => produce(logs, log, 2, turns)))
  log.append(batchOf(['last']))
  await turn()
  await logs.close()
  const again = await openLogs(directory, { disk: nodeDisk })
  assert.equal((await valuesFrom(again.get('t', 0)!, 6)).join(), 'last')
  await again.close()
})
