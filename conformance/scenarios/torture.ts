// Millrace's exactly-once processing while its processes are killed and fenced and the broker is restarted, in each version of transactions.
import assert from 'node:assert/strict'
import { SimRandom } from '@millrace/testkit/sim'
import { torture as run, type TransactionVersionChoice } from '@millrace/testkit/torture'
import type { Scenario, Stage } from '../harness/stage.ts'

const shortMs = 12_000
const longMs = 180_000
const versions: readonly TransactionVersionChoice[] = [0, 1, 2, 'changing']

/** What of Millrace is killed is stopped in order with Apache Kafka, which knows only the last batch of each producer again after a crash. */
async function restart({ engine, engineName }: Stage): Promise<void> {
  if (engineName === 'millrace') await engine.kill9()
  else await engine.stop()
  await engine.start()
}

async function torment(stage: Stage, transactionVersion: TransactionVersionChoice): Promise<void> {
  const random = new SimRandom(20_261_130)
  const report = await run({
    brokers: [stage.bootstrap],
    durationMs: stage.isLong ? longMs : shortMs,
    pauseMs: 1_500,
    workers: 2,
    random: () => random.float(),
    transactionVersion,
    restartBroker: () => restart(stage),
  })
  const { violations, ...counts } = report
  console.log(`              ${JSON.stringify(counts)}`)
  assert.deepEqual(violations, [])
  assert.ok(counts.kills + counts.stops + counts.fencings > 0 && counts.records > 0, 'nothing happened')
}

export const torture: Scenario = {
  name: 'torture',
  title:
    'Millrace’s exactly-once processing under kills, fencing and restarts, in each version of transactions',
  needs: [],
  ownEngine: true,
  async run(stage) {
    const properties = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '500' }
    stage.engine = await stage.newEngine({ properties })
    await stage.engine.start()
    for (const version of versions)
      await stage.check(`each record counts once (transaction.version ${version})`, () =>
        torment(stage, version),
      )
  },
}
