// The short form of `npm run torture`: workers that are killed, stopped and fenced copy each record once, as an independent reader has it, in either version of transactions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCluster } from '@millrace/testkit'
import { SimRandom } from '../../src/sim/index.ts'
import { torture } from '../../src/torture/torture.ts'
import type { TransactionVersionChoice } from '../../src/torture/transaction-level.ts'

// A cluster that other tests share keeps its level: the conformance scenario `torture` has one of its own for each.
const levels: readonly (readonly [TransactionVersionChoice | undefined, string])[] = process.env['KAFKA_URI']
  ? [[undefined, 'as the cluster has it']]
  : [
      [2, 'in version 2 of transactions'],
      [1, 'in version 1 of transactions'],
      ['changing', 'while the version of transactions changes'],
    ]

for (const [transactionVersion, when] of levels) {
  test(
    `workers that are killed, stopped, fenced and replaced copy each record once, ${when}`,
    { timeout: 240_000 },
    () =>
      withCluster(
        async ({ brokers }) => {
          const random = new SimRandom(20_261_130)
          const report = await torture({
            brokers,
            durationMs: 12_000,
            pauseMs: 1_500,
            workers: 2,
            random: () => random.float(),
            ...(transactionVersion !== undefined && { transactionVersion }),
          })
          assert.deepEqual(report.violations, [])
          assert.ok(report.kills > 0 && report.records > 0, JSON.stringify(report))
          if (transactionVersion === 'changing') assert.ok(report.versionChanges > 0, JSON.stringify(report))
        },
        { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500 },
      ),
  )
}
