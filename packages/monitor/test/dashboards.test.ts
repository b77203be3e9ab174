// Dashboards and alert rules: they are what their definitions say, and ask for nothing that is not exported. Whether Prometheus takes them is for conformance to say.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Dashboard, Panel } from '@grafana/schema'
import { LagMonitor } from '@millrace/monitor'
import { Service } from '@millrace/service'
import { generated } from '../generator/main.ts'

const here = (path: string) => new URL(`../${path}`, import.meta.url)
const dashboardNames = readdirSync(here('dashboards'))
const boards = dashboardNames.map(
  name => JSON.parse(readFileSync(here(`dashboards/${name}`), 'utf8')) as Dashboard,
)
const rules = readdirSync(here('alerts')).map(name => readFileSync(here(`alerts/${name}`), 'utf8'))

interface Target {
  readonly refId: string
  readonly expr: string
  readonly datasource: { readonly uid: string }
}

function panelsOf(board: Dashboard): Panel[] {
  return board.panels!.filter((panel): panel is Panel => panel.type !== 'row')
}

/** Names that are asked for, without what Prometheus adds to histograms. */
function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/\b(kafka_[a-z_]+)/g), match =>
    match[1]!.replace(/_(bucket|sum|count)$/, suffix =>
      match[1] === 'kafka_consumergroup_lag_sum' ? suffix : '',
    ),
  )
}

async function exported(): Promise<{ service: string[]; groups: string[] }> {
  const service = new Service({ name: 'a', brokers: ['a:1'] })
  await using monitor = new LagMonitor({ brokers: ['a:1'] })
  return {
    service: service.metrics().map(({ name }) => name),
    groups: monitor.metrics().map(({ name }) => name),
  }
}

test('files are what their definitions say: run packages/monitor/generator/main.ts', () => {
  for (const [path, text] of generated()) assert.ok(readFileSync(path, 'utf8') === text, path.pathname)
  assert.equal(generated().size, dashboardNames.length)
})

test('every metric of dashboards and rules is one that services or monitors export', async () => {
  const { service, groups } = await exported()
  const asked = new Set([
    ...boards.flatMap(board => namesIn(JSON.stringify(board))),
    ...rules.flatMap(text => namesIn(text.replaceAll(/^\s*#.*$/gm, ''))),
  ])
  const known = new Set([...service, ...groups])
  assert.deepEqual(
    [...asked].filter(name => !known.has(name)),
    [],
  )
})

test('panels have places of their own, and each asks the chosen data source', () => {
  for (const board of boards) {
    const ids = board.panels!.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    const taken = new Set<string>()
    for (const { gridPos } of board.panels!) {
      const { x, y, w, h } = gridPos!
      assert.ok(x >= 0 && x + w <= 24)
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          const place = `${column},${line}`
          assert.ok(!taken.has(place), `${board.title}: ${place} is taken twice`)
          taken.add(place)
        }
    }
    for (const panel of panelsOf(board)) {
      const targets = panel.targets as unknown as readonly Target[]
      assert.ok(targets.length > 0)
      assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length)
      for (const { datasource } of targets) assert.equal(datasource.uid, '${datasource}')
    }
    const variables = board.templating!.list!.map(({ name }) => name)
    const used = Array.from(JSON.stringify(board).matchAll(/\$\{?([a-z]+)\b/g), match => match[1]!)
    assert.deepEqual(
      [...new Set(used)].filter(name => !variables.includes(name)),
      [],
    )
  }
})
