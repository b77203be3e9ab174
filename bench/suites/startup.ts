// From starting the process to the first metadata answer, and resident memory when nothing happens.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MetadataApi } from '@millrace/protocol'
import { install } from '../../conformance/harness/install.ts'
import { requestFrame, Wire } from '../bare/wire.ts'
import { processStats } from '../harness/process-stats.ts'
import { printTable, type ResultTable, verdict } from '../harness/report.ts'
import { benchDir, makeEngine, type Side, sideName } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite } from '../harness/suite.ts'

const idleMs = 2000
const deadlineMs = 60_000

/** Tries to connect and ask, over and over, until an answer comes. */
async function untilAnswered(host: string, port: number): Promise<void> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    try {
      let wire: Wire | undefined
      await new Promise<void>((resolve, reject) => {
        Wire.open(host, port, () => resolve()).then(opened => {
          wire = opened
          wire.send(requestFrame(MetadataApi, 9, { topics: [] }, { clientId: 'bench' }))
        }, reject)
      })
      wire?.close()
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(1)
    }
  }
}

async function measure(side: Side): Promise<{ startMs: number; idleMegabytes: number }> {
  const dir = mkdtempSync(join(benchDir, `${side.engine}-`))
  const engine = await makeEngine(side, dir)
  const [host = '', port = ''] = engine.bootstrap.split(':')
  try {
    const started = performance.now()
    const ready = engine.start()
    await untilAnswered(host, Number(port))
    const startMs = performance.now() - started
    await ready
    await sleep(idleMs)
    return { startMs, idleMegabytes: processStats(engine.pid).residentBytes / 2 ** 20 }
  } finally {
    await engine.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

export const startupSuite: Suite = {
  name: 'startup',
  question: 'How long until the broker answers, and what does it take when idle?',
  async run({ rounds, smoke }) {
    const sides: Side[] = smoke
      ? [{ engine: 'millrace', sync: true }]
      : [
          { engine: 'millrace', sync: true },
          { engine: 'apache', sync: false },
        ]
    if (!smoke) await install('kafka')
    // The first start of a checkout fills Node's compile cache; what is measured are the later ones.
    await measure(sides[0]!)
    const results = new Map<Side, { startMs: number; idleMegabytes: number }[]>(sides.map(side => [side, []]))
    for (let round = 0; round < rounds; round++) {
      for (const side of sides) results.get(side)!.push(await measure(side))
    }
    const rows = sides.map(side => ({
      side,
      startMs: median(results.get(side)!.map(result => result.startMs)),
      idle: median(results.get(side)!.map(result => result.idleMegabytes)),
    }))
    const own = rows[0]!
    const table: ResultTable = {
      title: 'start-up and idle',
      settings: `process start to first Metadata answer on a fresh directory; resident memory ${idleMs} ms later; medians of ${rounds} rounds in turn`,
      columns: ['broker', 'start ms', 'idle MB'],
      rows: rows.map(row => [sideName(row.side), row.startMs, row.idle]),
      verdicts: [
        verdict('start-up', own.startMs, '<=', 150, ' ms'),
        verdict('idle resident memory', own.idle, '<=', 80, ' MB'),
      ],
    }
    printTable(table, smoke)
    return [table]
  },
}
