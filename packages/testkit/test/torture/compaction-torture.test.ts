// A few kills of what `npm run torture:compaction` does twenty times.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { SimRandom } from '@millrace/testkit/sim'
import { tortureCompaction } from '../../src/torture/compaction/compaction-torture.ts'

for (const fsync of ['never', 'group'] as const) {
  test(`a broker that is killed amid compaction keeps the last value of each key, fsync ${fsync}`, async t => {
    const dataDir = mkdtempSync(join(tmpdir(), 'millrace-torture-'))
    t.after(() => rmSync(dataDir, { recursive: true, force: true }))
    const random = new SimRandom(1)
    const report = await tortureCompaction({ dataDir, fsync, kills: 3, random: () => random.float() })
    assert.deepEqual(report.violations, [])
    assert.ok(report.acknowledged > 0)
  })
}
