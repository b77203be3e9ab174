// Dashboards and alert rules against Debian's Prometheus: the rules are valid and say what they should, and a running service and a lag monitor answer every query of every panel. `KAFKA_URI` names the broker.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Admin, json, throwFirst } from '@millrace/client'
import { LagMonitor } from '@millrace/monitor'
import { circuitBreaker, events, PoisonError, serveHealth, Service } from '@millrace/service'
import { freePorts } from './harness/engine.ts'

const brokers = (process.env['KAFKA_URI'] ?? '127.0.0.1:9092').split(',')
const files = fileURLToPath(new URL('../packages/monitor/', import.meta.url))
const alerts = join(files, 'alerts')

function promtool(...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', parameters, {
    cwd: alerts,
    encoding: 'utf8',
  })
  if (error) throw error
  assert.equal(status, 0, `${stdout}${stderr}`)
  return stdout
}

interface Query {
  readonly panel: string
  readonly expr: string
}

/** Nobody waits for an id here: that needs a store of ids. */
const unanswered = /kafka_dedupe_waits_total/

/** What the panels and the variables of the dashboards ask, as Grafana would with everything chosen. */
function queries(): Query[] {
  return readdirSync(join(files, 'dashboards')).flatMap(name => {
    const board = JSON.parse(readFileSync(join(files, 'dashboards', name), 'utf8')) as {
      title: string
      panels: { title: string; targets?: { expr: string }[] }[]
    }
    return board.panels.flatMap(({ title, targets = [] }) =>
      targets
        .filter(({ expr }) => !unanswered.test(expr))
        .map(({ expr }) => ({
          panel: `${board.title}: ${title}`,
          expr: expr.replaceAll('$__rate_interval', '20s').replaceAll(/\$(service|consumergroup)/g, '.*'),
        })),
    )
  })
}

/** Does some of everything that there are metrics of. */
async function startService(): Promise<Service> {
  const orders = events(
    'monitored',
    { made: json<{ n: number }>(), unheard: json<object>() },
    { partitions: 2 },
  )
  const out = events('monitored-out', { done: json<{ n: number }>() })
  await using admin = new Admin({ brokers })
  throwFirst(await admin.createTopics([orders, out]))
  const service = new Service({ name: 'monitored', brokers, commitIntervalMs: 100 })
  const seen = new Map<number, number>()
  service.handle(
    orders,
    {
      made: ({ data: { n } }, context) => {
        seen.set(n, (seen.get(n) ?? 0) + 1)
        if (n % 10 === 0) throw new PoisonError('never')
        if (n % 10 === 1 && seen.get(n) === 1) throw new Error('not yet')
        context.publish(out, { type: 'done', data: { n } })
      },
    },
    { deadLetter: true, breaker: circuitBreaker({ name: 'database', failures: 100 }) },
  )
  await service.start()
  const big = service.publish(out, {
    type: 'done',
    data: { n: 0, text: 'x'.repeat(2_000_000) } as { n: number },
  })
  await assert.rejects(big)
  return service
}

async function ask(port: number, expr: string): Promise<readonly unknown[]> {
  const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expr)}`
  const answer = (await (await fetch(url)).json()) as {
    status: string
    error?: string
    data: { result: unknown[] }
  }
  assert.equal(answer.status, 'success', `${expr}: ${answer.error}`)
  return answer.data.result
}

async function eventually(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await condition().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`did not come about: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}

async function withPrometheus(target: string, use: (port: number) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'prometheus-'))
  const [port] = await freePorts(1)
  const rules = ['services.yml', 'groups.yml'].map(name => join(alerts, name))
  const scrape = { job_name: 'services', scrape_interval: '1s', static_configs: [{ targets: [target] }] }
  // JSON is YAML.
  writeFileSync(join(dir, 'prometheus.yml'), JSON.stringify({ rule_files: rules, scrape_configs: [scrape] }))
  const prometheus = spawn(
    'prometheus',
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let errors = ''
  prometheus.stderr.on('data', chunk => (errors = `${errors}${String(chunk)}`.slice(-5_000)))
  const ended = new Promise<void>((resolve, reject) => {
    prometheus.once('error', reject)
    prometheus.once('exit', () => resolve())
  })
  try {
    await Promise.race([
      use(port!),
      ended.then(() => Promise.reject(new Error(`Prometheus ended: ${errors}`))),
    ])
  } finally {
    prometheus.kill('SIGTERM')
    await ended.catch(() => {})
    rmSync(dir, { recursive: true, force: true })
  }
}

console.log(promtool('check', 'rules', 'services.yml', 'groups.yml').trim())
console.log(promtool('test', 'rules', 'tests.yml').trim())

const service = await startService()
const monitor = new LagMonitor({ brokers, intervalMs: 1_000, window: 3 })
monitor.start()
const endpoint = await serveHealth([service], { port: 0, more: () => monitor.prometheusText() })
const orders = events('monitored', { made: json<{ n: number }>(), unheard: json<object>() })
let n = 0
let isOver = false
const sending = (async () => {
  while (!isOver) {
    await service.publish(orders, { type: 'made', data: { n: n++ } })
    if (n % 20 === 0) await service.publish(orders, { type: 'unheard', data: {} })
    await new Promise(resolve => setTimeout(resolve, 20))
  }
})()
try {
  const all = queries()
  await withPrometheus(new URL(endpoint.url).host, async port => {
    let open: Query[] = all
    await eventually('every query has an answer', async () => {
      const answers = await Promise.all(
        open.map(async query => ({ query, found: await ask(port, query.expr) })),
      )
      open = answers.filter(({ found }) => found.length === 0).map(({ query }) => query)
      return open.length === 0
    }).catch((error: unknown) => {
      throw new Error(`without an answer: ${JSON.stringify(open, null, 2)}`, { cause: error })
    })
    const down = await ask(port, 'up == 0')
    assert.deepEqual(down, [])
    const loaded = (await (await fetch(`http://127.0.0.1:${port}/api/v1/rules`)).json()) as {
      data: { groups: { rules: { health: string; lastError?: string }[] }[] }
    }
    const rules = loaded.data.groups.flatMap(group => group.rules)
    console.log(`${all.length} queries answered, ${rules.length} rules loaded`)
  })
} finally {
  isOver = true
  await sending.catch(() => {})
  await endpoint.close()
  await monitor.close()
  await service.stop()
}
