// `npm run torture:compaction [-- --kills N --fsync group|never --seed N]`: kills a broker amid compaction, again and again.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SimRandom } from '../../sim/index.ts'
import { tortureCompaction } from './compaction-torture.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    fsync: { type: 'string' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
  },
})

for (const fsync of ['never', 'group'] as const) {
  if (values.fsync !== undefined && values.fsync !== fsync) continue
  const dataDir = mkdtempSync(join(tmpdir(), 'millrace-torture-'))
  const random = new SimRandom(Number(values.seed))
  console.log(`log.fsync=${fsync}, seed ${values.seed}`)
  try {
    const report = await tortureCompaction({
      dataDir,
      fsync,
      kills: Number(values.kills),
      random: () => random.float(),
      log: line => console.log(line),
    })
    console.log(JSON.stringify(report, undefined, 2))
    if (report.violations.length > 0) process.exitCode = 1
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
