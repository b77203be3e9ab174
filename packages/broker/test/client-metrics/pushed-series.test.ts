// What clients have pushed, as series: their names and labels, sums that come in parts, and their bounds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expositionOf } from '@millrace/runtime'
import type { PushedKind } from '../../src/client-metrics/otlp.ts'
import { PushedSeries } from '../../src/client-metrics/pushed-series.ts'
import { keptBytes } from '../memory.ts'

const limits = {
  clientsMax: 3,
  seriesMax: 6,
  seriesPerClientMax: 4,
  charactersMax: 10_000,
  labelsMax: 3,
  textMaxLength: 60,
  lingerMs: 1_000,
}
const shop = {
  clientInstanceId: 'id-1',
  clientId: 'shop',
  principal: 'User:alice',
  softwareName: 'test',
  softwareVersion: '1',
  address: '10.0.0.7',
}

function metrics(
  values: readonly [name: string, kind: PushedKind, value: number, attributes?: Record<string, string>][],
  resource: Record<string, string> = {},
) {
  return {
    resource: new Map(Object.entries(resource)),
    values: values.map(([name, kind, value, attributes = {}]) => ({
      name,
      kind,
      value,
      attributes: new Map(Object.entries(attributes)),
    })),
    beyond: 0,
  }
}

function linesOf(series: PushedSeries): string[] {
  const text = [...series.families()].flatMap(family => [...expositionOf(family)]).join('')
  return text.split('\n').filter(line => line !== '' && !line.startsWith('# HELP'))
}

test('names and labels are those of Prometheus, and who a client is stands once', () => {
  const series = new PushedSeries(limits)
  const pushed = metrics(
    [
      ['org.apache.kafka.producer.record.send.total', 'cumulative', 3],
      ['org.apache.kafka.node.latency.avg', 'gauge', 0.5, { 'node.id': 'n"1', client_id: 'another' }],
    ],
    { group_id: 'g', client_id: 'another' },
  )
  series.take(shop, pushed, 100)
  const own = 'client_id="shop",client_instance_id="id-1"'
  assert.deepEqual(linesOf(series), [
    '# TYPE kafka_client_info gauge',
    `kafka_client_info{${own},client_software_name="test",client_software_version="1",client_source_address="10.0.0.7",principal="User:alice",group_id="g"} 1`,
    '# TYPE org_apache_kafka_producer_record_send_total counter',
    `org_apache_kafka_producer_record_send_total{${own}} 3`,
    '# TYPE org_apache_kafka_node_latency_avg gauge',
    `org_apache_kafka_node_latency_avg{${own},node_id="n\\"1"} 0.5`,
  ])
})

test('no client speaks in the name of the broker', () => {
  const series = new PushedSeries(limits)
  series.take(shop, metrics([['kafka.brokers', 'gauge', 99]]), 100)
  assert.ok(linesOf(series).some(line => line.startsWith('client_kafka_brokers{')))
})

test('a sum that comes in parts adds up, one that comes whole replaces, and gauges that do not come are gone', () => {
  const series = new PushedSeries(limits)
  series.take(
    shop,
    metrics([
      ['parts', 'delta', 3],
      ['whole', 'cumulative', 3],
      ['level', 'gauge', 3],
    ]),
    100,
  )
  series.take(
    shop,
    metrics([
      ['parts', 'delta', 4],
      ['whole', 'cumulative', 4],
    ]),
    100,
  )
  const values = linesOf(series).filter(line => line.startsWith('client_'))
  assert.deepEqual(
    values.map(line => line.replace(/\{.*\}/, '')),
    ['client_parts_total 7', 'client_whole_total 4'],
  )
  assert.equal(series.seriesCount, 2)
})

test('one client, and all together, have so much room; what finds none is counted', () => {
  const series = new PushedSeries(limits)
  const five = metrics(Array.from({ length: 5 }, (_, index) => [`m${index}`, 'gauge', 1]))
  series.take(shop, five, 100)
  assert.deepEqual([series.seriesCount, series.dropped], [4, 1])
  series.take({ ...shop, clientInstanceId: 'id-2' }, five, 100)
  assert.deepEqual([series.seriesCount, series.dropped], [6, 4])
  series.sweep(100)
  assert.deepEqual([series.seriesCount, series.clientCount], [0, 0])
})

test('what the reader has found no room for is counted, too', () => {
  const series = new PushedSeries(limits)
  series.take(shop, { ...metrics([['m', 'gauge', 1]]), beyond: 7 }, 100)
  assert.equal(series.dropped, 7)
})

test('there is room for so many clients, until one has gone', () => {
  const series = new PushedSeries(limits)
  for (const id of ['id-1', 'id-2', 'id-3', 'id-4'])
    series.take({ ...shop, clientInstanceId: id }, metrics([['m', 'gauge', 1]]), id === 'id-1' ? 100 : 200)
  assert.deepEqual([series.clientCount, series.dropped], [3, 1])
  series.sweep(100)
  series.take({ ...shop, clientInstanceId: 'id-4' }, metrics([['m', 'gauge', 1]]), 200)
  assert.deepEqual([series.clientCount, series.dropped], [3, 1])
})

test('names and labels of all clients have so much room, which is free again when they are gone', () => {
  const series = new PushedSeries({ ...limits, seriesMax: 1_000, seriesPerClientMax: 1_000 })
  const long = (count: number) =>
    metrics(Array.from({ length: count }, (_, index) => [`m${index}`, 'delta', 1, { a: 'x'.repeat(60) }]))
  for (let round = 1; round <= 3; round++) series.take(shop, long(200), 100)
  // Some 130 characters a series.
  assert.ok(series.seriesCount > 60 && series.seriesCount < 80, `${series.seriesCount}`)
  assert.equal(series.dropped, 3 * (200 - series.seriesCount))
  series.take({ ...shop, clientInstanceId: 'id-2' }, long(1), 200)
  assert.equal(series.clientCount, 1)
  series.sweep(100)
  series.take({ ...shop, clientInstanceId: 'id-2' }, long(1), 200)
  assert.deepEqual([series.clientCount, series.seriesCount], [1, 1])
})

test('labels beyond those that a series may have are left out, and their order makes no other series', () => {
  const series = new PushedSeries(limits)
  series.take(
    shop,
    metrics(
      [
        ['m', 'gauge', 1, { c: '3', a: '1', b: '2', d: '4' }],
        ['m', 'gauge', 2, { b: '2', c: '3', a: '1' }],
      ],
      { r: '1', s: '2', t: '3', u: '4' },
    ),
    100,
  )
  const [, info, , ...lines] = linesOf(series)
  assert.match(info!, /,r="1",s="2",t="3"\} 1$/)
  assert.deepEqual(lines, ['client_m{client_id="shop",client_instance_id="id-1",a="1",b="2",c="3"} 2'])
})

test('of texts that were cut off nothing is kept but what is shown', () => {
  const take = () => {
    const series = new PushedSeries({
      ...limits,
      clientsMax: 1_000,
      seriesMax: 1_000,
      charactersMax: 1 << 20,
    })
    for (let client = 0; client < 100; client++) {
      const long = (prefix: string) => Buffer.alloc(64 << 10, `${prefix}${client}`).toString()
      const values = metrics([[long('n'), 'gauge', 1, { [long('k')]: long('v') }]])
      series.take({ ...shop, clientInstanceId: `id-${client}`, clientId: long('c') }, values, 100)
    }
    assert.equal(series.seriesCount, 100)
    return series
  }
  take()
  const bytes = keptBytes(take)
  // Of the texts there are 25 MiB.
  assert.ok(bytes < 8 << 20, `${bytes} bytes are kept of 100 clients`)
})

test('names that go on for ever are cut off', () => {
  const series = new PushedSeries(limits)
  series.take({ ...shop, clientId: 'c'.repeat(1_000) }, metrics([['n'.repeat(1_000), 'gauge', 1]]), 100)
  for (const line of linesOf(series)) assert.ok(line.length < 500, line)
})

test('the last values of a client that has gone are shown for a while', () => {
  const series = new PushedSeries(limits)
  series.take(shop, metrics([['m', 'gauge', 1]]), 100_000)
  series.end('id-1', 5_000)
  series.sweep(5_999)
  assert.equal(series.clientCount, 1)
  series.sweep(6_000)
  assert.equal(series.clientCount, 0)
})

test('where clients disagree about what a name is, it has no type', () => {
  const series = new PushedSeries(limits)
  series.take(shop, metrics([['org.apache.kafka.x.total', 'gauge', 1]]), 100)
  series.take({ ...shop, clientInstanceId: 'id-2' }, metrics([['org.apache.kafka.x.total', 'delta', 1]]), 100)
  assert.ok(linesOf(series).includes('# TYPE org_apache_kafka_x_total untyped'))
})
