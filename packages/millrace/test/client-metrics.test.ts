// Subscriptions to the metrics of clients on the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
before(async () => {
  cluster = await startCluster()
})
after(() => cluster[Symbol.asyncDispose]())

async function clientMetrics(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await cluster.inside(['client-metrics', ...args, '--json'])
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

test('a subscription is made, changed, shown and deleted', async () => {
  assert.deepEqual(await clientMetrics('list'), [])
  const altered = [{ name: 'shop', result: 'altered', error: null }]
  assert.deepEqual(
    await clientMetrics(
      'alter',
      'shop',
      '--metrics=org.a,org.b',
      '--metrics=org.c',
      '--interval=30s',
      '--match=client_id=shop-.*',
      '--match=client_software_name=.*java.*',
    ),
    altered,
  )
  const shop = {
    name: 'shop',
    metrics: ['org.a', 'org.b', 'org.c'],
    intervalMs: 30_000,
    match: ['client_id=shop-.*', 'client_software_name=.*java.*'],
  }
  assert.deepEqual(await clientMetrics('list'), [shop])
  assert.deepEqual(await clientMetrics('set', 'shop', '--reset', 'interval', '--metrics', '*'), altered)
  const changed = { ...shop, metrics: ['*'], intervalMs: 300_000 }
  assert.deepEqual(await clientMetrics('describe', 'shop'), [changed])
  await clientMetrics('alter', 'other', '--metrics', '*')
  const { stdout } = await cluster.inside(['client-metrics', 'ls'])
  assert.match(stdout, /NAME +METRICS +INTERVAL-MS +MATCH\n(.*\n)?shop +\* +300000 +client_id=shop-\.\*,/)
  const result = { result: 'deleted', error: null }
  assert.deepEqual(await clientMetrics('rm', 'shop', 'other'), [
    { name: 'shop', ...result },
    { name: 'other', ...result },
  ])
  assert.deepEqual(await clientMetrics('list'), [])
})

test('a trial run changes nothing', async () => {
  assert.deepEqual(await clientMetrics('alter', 'tried', '--metrics', '*', '--dry-run'), [
    { name: 'tried', result: 'would be altered', error: null },
  ])
  assert.deepEqual(await clientMetrics('list'), [])
})

/** Command line, exit code and what is said. */
const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
  [['alter', 'a'], 2, /missing --metrics, --interval, --match or --reset/],
  [['alter', 'a', '--interval', '50ms'], 2, /A duration from 100ms to 1h is wanted/],
  [['alter', 'a', '--reset', 'all'], 2, /Allowed choices are metrics, interval, match/],
  [['alter', 'a', '--reset', 'match', '--match', 'client_id=b'], 2, /exclude each other/],
  [['alter', 'a', '--match', 'client=b'], 2, /Illegal client matching pattern: client=b/],
  [['describe', 'nothing'], 4, /there is no subscription "nothing"/],
  [['delete', 'nothing'], 4, /there is no subscription "nothing"/],
]

for (const [args, exitCode, message] of wrong) {
  test(`millrace client-metrics ${args.join(' ')} says what is wrong`, async () => {
    const { code, stderr } = await cluster.inside(['client-metrics', ...args])
    assert.match(stderr, message)
    assert.equal(code, exitCode)
  })
}
