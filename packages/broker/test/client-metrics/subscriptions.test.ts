// What clients are asked for: all resources that mean them, put together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subscriptionFor } from '../../src/client-metrics/subscriptions.ts'
import { readClientMetrics } from '../../src/config/client-metrics-table.ts'
import { wholeMatches } from '../../src/node-pattern.ts'

const client = {
  client_instance_id: 'AAAAAAAAAAAAAAAAAAAB7w',
  client_id: 'shop-7',
  client_software_name: 'apache-kafka-java',
  client_software_version: '4.3.1',
  client_source_address: '10.0.0.7',
  client_source_port: '50000',
}

const matches = (pattern: string, text: string) => wholeMatches(pattern, [text], 1_000)[0]!

function wanted(...resources: readonly Record<string, string>[]) {
  const all = resources.map(settings => readClientMetrics(new Map(Object.entries(settings))))
  return subscriptionFor(all, client, matches)
}

test('a client gets what each resource that means it wants, at the shortest interval', () => {
  const { metrics, pushIntervalMs } = wanted(
    { metrics: 'org.b, org.a', 'interval.ms': '5000' },
    { metrics: 'org.a,org.c', 'interval.ms': '2000' },
    { metrics: 'org.x', 'interval.ms': '100', match: 'client_id=other' },
  )
  assert.deepEqual([metrics, pushIntervalMs], [['org.a', 'org.b', 'org.c'], 2_000])
})

test('where one wants all there is nothing else to say', () => {
  assert.deepEqual(wanted({ metrics: 'org.a' }, { metrics: '*' }).metrics, ['*'])
})

test('without a resource nothing is wanted, and asked for again after five minutes', () => {
  const { metrics, pushIntervalMs } = wanted()
  assert.deepEqual([metrics, pushIntervalMs], [[], 300_000])
  assert.equal(wanted({ metrics: 'org.a', 'interval.ms': '3600000' }).pushIntervalMs, 300_000)
})

const selectors: [match: string, fits: boolean][] = [
  ['client_id=shop-7', true],
  ['client_id=shop', false],
  ['client_id=shop-.*', true],
  ['client_id= shop-\\d ', true],
  ['client_software_name=apache.*,client_software_version=4\\..*', true],
  ['client_software_name=apache.*,client_software_version=3\\..*', false],
  ['client_source_address=10\\.0\\..*', true],
  ['client_source_port=50000', true],
  ['client_instance_id=AAAAAAAAAAAAAAAAAAAB7w', true],
]

for (const [match, fits] of selectors) {
  test(`${match} ${fits ? 'means' : 'does not mean'} the client`, () => {
    assert.deepEqual(wanted({ metrics: 'a', match }).metrics, fits ? ['a'] : [])
  })
}

test('the id of a subscription is the same for the same, and another one for another', () => {
  const id = (...resources: readonly Record<string, string>[]) => wanted(...resources).id
  assert.equal(id({ metrics: 'a,b' }), id({ metrics: 'b' }, { metrics: 'a' }))
  assert.notEqual(id({ metrics: 'a' }), id({ metrics: 'b' }))
  assert.notEqual(id({ metrics: 'a' }), id({ metrics: 'a', 'interval.ms': '1000' }))
  const other = { ...client, client_instance_id: 'AAAAAAAAAAAAAAAAAAAB7g' }
  assert.notEqual(subscriptionFor([], client, matches).id, subscriptionFor([], other, matches).id)
})
