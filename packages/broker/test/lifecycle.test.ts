// What a broker finds when it starts again, and leaves when it ends.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DirectoryFormatError } from '@millrace/log'
import { DeleteTopicsApi, ErrorCode, IncrementalAlterConfigsApi, MetadataApi } from '@millrace/protocol'
import { RunningBroker } from '../src/running-broker.ts'
import { ConfigError } from '../src/config/definition.ts'
import { ListenError } from '../src/server/server.ts'
import { DataDirectoryError } from '../src/storage.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  LineCollector,
  onlyPartition,
  produce,
  startBroker,
  temporaryDirectory,
  valuesOf,
} from './broker-fixture.ts'
import { TestClient } from './test-client.ts'

test('topics, settings, data and cluster id are there again after a restart', async t => {
  const dataDir = temporaryDirectory(t)
  const first = await startBroker(t, {
    dataDir,
    topics: [{ name: 'kept', partitions: 3, configs: { 'cleanup.policy': 'compact' } }],
  })
  const client = await connect(t, first)
  await createTopic(client, 'deleted')
  await first.metadata.change(image => ({
    records: [{ type: 'removeTopic', topicId: image.topic('deleted')!.topicId }],
    result: undefined,
  }))
  await produce(client, 'kept', batchOf(['a', 'b'], { keys: ['k', 'l'] }), { partition: 2 })
  const { clusterId } = first
  const { topicId } = first.metadata.image.topic('kept')!
  await first.close()

  const second = await startBroker(t, { dataDir })
  assert.equal(second.clusterId, clusterId)
  assert.equal(second.metadata.image.topic('deleted'), undefined)
  const topic = second.metadata.image.topic('kept')!
  assert.deepEqual(
    [topic.topicId, topic.partitions.length, topic.configs.get('cleanup.policy')],
    [topicId, 3, 'compact'],
  )
  const again = await connect(t, second)
  const fetched = onlyPartition(await fetchFrom(again, 'kept', 0, { partition: 2 }))
  assert.deepEqual(valuesOf(fetched), ['0:a', '1:b'])
  assert.equal(
    (await produce(again, 'kept', batchOf(['c'], { keys: ['m'] }), { partition: 2 })).baseOffset,
    2,
  )
})

test('the metadata log is replaced by a snapshot when it has grown, and is read from there', async t => {
  const dataDir = temporaryDirectory(t)
  const config = { 'metadata.log.max.record.bytes.between.snapshots': 4000 }
  const first = await startBroker(t, { dataDir, config })
  const client = await connect(t, first)
  for (let index = 0; index < 40; index++) await createTopic(client, `t${index}`, 2)
  const checkpoints = () =>
    readdirSync(join(dataDir, '__cluster_metadata-0')).filter(name => name.endsWith('.checkpoint'))
  assert.equal(checkpoints().length, 1)
  assert.ok(first.metadata.log.logStartOffset > 0)
  const recordsOf = ({ metadata: { image } }: RunningBroker) =>
    // Every start has a leader epoch of its own.
    [...image.records()].map(record => (record.type === 'partition' ? { ...record, leaderEpoch: 0 } : record))
  const records = recordsOf(first)
  await first.close()
  const second = await startBroker(t, { dataDir, config })
  assert.deepEqual(recordsOf(second), records)
  await createTopic(await connect(t, second), 'after')
})

test('directories of deleted topics are removed, those of unknown ones renamed, and missing ones made', async t => {
  const dataDir = temporaryDirectory(t)
  const first = await startBroker(t, { dataDir, topics: ['owned', 'deleted'] })
  const { topicId } = first.metadata.image.topic('deleted')!
  const client = await connect(t, first)
  await client.send(DeleteTopicsApi, 3, { topicNames: ['deleted'], timeoutMs: 1000 })
  await first.close()
  rmSync(join(dataDir, 'owned-0'), { recursive: true })
  const leave = (name: string, id: string) => {
    mkdirSync(join(dataDir, name))
    writeFileSync(join(dataDir, name, 'partition.metadata'), `version: 0\ntopic_id: ${id}`)
    writeFileSync(join(dataDir, name, '00000000000000000000.log'), batchOf(['data']))
  }
  leave('deleted-0', topicId)
  leave('stray-0', first.clusterId)
  const logger = new LineCollector()
  const second = await startBroker(t, { dataDir, logger })
  const events = logger.events().filter(event => event.startsWith('partition.'))
  assert.deepEqual(events.sort(), ['partition.removed', 'partition.stray'])
  assert.equal((await produce(await connect(t, second), 'owned', batchOf(['a']))).errorCode, ErrorCode.NONE)
  await second.close()
  const third = await startBroker(t, { dataDir })
  const left = () => readdirSync(dataDir).filter(name => /^(stray|deleted)-0/.test(name))
  // What is to be removed goes in the background.
  while (left().length > 1) await new Promise(resolve => setTimeout(resolve, 5))
  const [stray] = left()
  assert.match(stray!, /^stray-0\.[0-9a-f]{32}-stray$/)
  assert.deepEqual(
    readFileSync(join(dataDir, stray!, '00000000000000000000.log')).length,
    batchOf(['data']).length,
  )
  assert.equal(third.metadata.image.topicCount, 1)
})

test('partitions without a metadata log are left alone: they are somebody else’s', async t => {
  const dataDir = temporaryDirectory(t)
  const mine = await startBroker(t, { dataDir, topics: ['orders'] })
  await produce(await connect(t, mine), 'orders', batchOf(['precious']))
  await mine.close()
  rmSync(join(dataDir, '__cluster_metadata-0'), { recursive: true })
  const listing = () => readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).sort()
  const before = listing()
  await assert.rejects(
    RunningBroker.start({ port: 0, dataDir }),
    (error: Error) =>
      error instanceof DirectoryFormatError &&
      /orders-0.*__cluster_metadata-0.*log\.dirs/.test(error.message),
  )
  assert.deepEqual(listing(), before)
})

test('a broker without a directory leaves none behind', async t => {
  const broker = await startBroker(t, { topics: ['gone'] })
  assert.ok(existsSync(broker.dataDir))
  await broker.close()
  assert.ok(!existsSync(broker.dataDir))
})

test('await using closes the broker', async () => {
  let port: number
  {
    await using broker = await RunningBroker.start({ port: 0 })
    port = broker.port
    await using client = await TestClient.connect(port)
    await client.send(MetadataApi, 1, { topics: null })
  }
  await assert.rejects(TestClient.connect(port), /ECONNREFUSED/)
})

test('a port that is taken is named, with what to do, and leaves nothing behind', async t => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  const dataDir = temporaryDirectory(t)
  await assert.rejects(
    RunningBroker.start({ port, dataDir }),
    (error: Error) =>
      error instanceof ListenError &&
      error.message.includes(String(port)) &&
      error.message.includes('listeners'),
  )
  const broker = await startBroker(t, { dataDir })
  assert.ok(broker.port > 0)
})

test('a data directory that cannot be is named, with what to do', async t => {
  const file = join(temporaryDirectory(t), 'file')
  writeFileSync(file, '')
  await assert.rejects(
    RunningBroker.start({ port: 0, dataDir: join(file, 'data') }),
    (error: Error) =>
      error instanceof DataDirectoryError &&
      error.message.includes(file) &&
      error.message.includes('log.dirs'),
  )
})

test('a second broker on the same directory is refused', async t => {
  const dataDir = temporaryDirectory(t)
  await startBroker(t, { dataDir })
  await assert.rejects(RunningBroker.start({ port: 0, dataDir }), new RegExp(dataDir))
})

test('mistakes in the configuration stop the start before anything is made', async t => {
  const dataDir = join(temporaryDirectory(t), 'not-yet')
  const refuses = (config: Record<string, string | number>) =>
    assert.rejects(RunningBroker.start({ port: 0, dataDir, config }), ConfigError)
  await refuses({ 'num.partition': 3 })
  await refuses({ 'log.fsync': 'sometimes' })
  await refuses({ listeners: 'nowhere' })
  await refuses({ listeners: 'INSIDE://127.0.0.1:0' })
  await refuses({ 'log.dirs': '/a,/b' })
  assert.ok(!existsSync(dataDir))
})

test('clients on different listeners are told different addresses', async t => {
  const broker = await startBroker(t, {
    config: {
      listeners: 'INSIDE://127.0.0.1:0,OUTSIDE://127.0.0.1:0',
      'listener.security.protocol.map': 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT',
      'advertised.listeners': 'OUTSIDE://broker.example:9999',
    },
  })
  const [inside, outside] = broker.endpoints
  assert.deepEqual([outside!.host, outside!.port], ['broker.example', 9999])
  const client = await TestClient.connect(inside!.port)
  t.after(() => client.close())
  const reply = await client.send(MetadataApi, 1, { topics: [] })
  assert.deepEqual([reply.brokers[0]!.host, reply.brokers[0]!.port], ['127.0.0.1', inside!.port])
})

test('properties without effect are taken with a warning', async t => {
  const logger = new LineCollector()
  await startBroker(t, { logger, config: { 'num.network.threads': 8 } })
  const line = logger.lines.find(({ event }) => event === 'config.without_effect')
  assert.deepEqual(line?.fields['properties'], ['num.network.threads'])
})

test('settings of the broker that were changed while running are there again after a restart', async t => {
  const dataDir = temporaryDirectory(t)
  const first = await startBroker(t, { dataDir })
  const client = await connect(t, first)
  await client.send(IncrementalAlterConfigsApi, 1, {
    resources: [
      {
        resourceType: 4,
        resourceName: '1',
        configs: [{ name: 'message.max.bytes', configOperation: 0, value: '777' }],
      },
    ],
    validateOnly: false,
  })
  await first.close()
  const second = await startBroker(t, { dataDir })
  assert.equal(second.config.get('message.max.bytes'), 777)
})

/** What is garbage must not look like what is kept. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}

test('forty brokers start and stop in one process and leave nothing open', async () => {
  const handles = () =>
    process.getActiveResourcesInfo().filter(name => /TCP|Timeout|FSReq|Immediate/.test(name)).length
  const round = async () => {
    const broker = await RunningBroker.start({ port: 0, topics: ['t'], config: { 'log.fsync': 'never' } })
    const client = await TestClient.connect(broker.port)
    await produce(client, 't', batchOf(['x'.repeat(10_000)]))
    await client.close()
    await broker.close()
  }
  for (let index = 0; index < 10; index++) await round()
  await new Promise(resolve => setImmediate(resolve))
  const handlesBefore = handles()
  const heapAfterCollection = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const heapBefore = heapAfterCollection()
  for (let index = 0; index < 40; index++) await round()
  await new Promise(resolve => setTimeout(resolve, 10))
  assert.ok(handles() <= handlesBefore, `${handles()} handles after, ${handlesBefore} before`)
  const grownMb = (heapAfterCollection() - heapBefore) / 2 ** 20
  assert.ok(grownMb < 8, `the heap grew by ${grownMb.toFixed(1)} MB`)
})

test('closing under load answers or ends every request, and every answered write is there after', async t => {
  const dataDir = temporaryDirectory(t)
  const first = await startBroker(t, { dataDir, topics: ['load'], config: { 'log.fsync': 'group' } })
  const acknowledged: number[] = []
  const clients = await Promise.all(Array.from({ length: 4 }, () => connect(t, first)))
  const running = clients.map(async client => {
    for (;;) {
      const replies = await Promise.all(
        Array.from({ length: 5 }, () =>
          produce(client, 'load', batchOf(['x'.repeat(1000)])).catch(() => undefined),
        ),
      )
      for (const reply of replies)
        if (reply?.errorCode === ErrorCode.NONE) acknowledged.push(reply.baseOffset)
      if (replies.includes(undefined)) return
    }
  })
  while (acknowledged.length < 50) await new Promise(resolve => setTimeout(resolve, 5))
  await first.close()
  await Promise.all(running)
  assert.equal(new Set(acknowledged).size, acknowledged.length)
  const second = await startBroker(t, { dataDir })
  assert.ok(second.partition('load', 0)!.logEndOffset > Math.max(...acknowledged))
})

test('data past its retention goes by itself, and what is within it stays', async t => {
  const broker = await startBroker(t, {
    topics: [
      {
        name: 'short',
        configs: { 'retention.ms': 60_000, 'segment.bytes': 2_000, 'file.delete.delay.ms': 0 },
      },
    ],
    config: { 'log.retention.check.interval.ms': 20 },
  })
  const client = await connect(t, broker)
  const old = Date.now() - 3_600_000
  for (let index = 0; index < 4; index++) {
    await produce(client, 'short', batchOf(['x'.repeat(1_500)], { timestamp: old }))
  }
  await produce(client, 'short', batchOf(['x'.repeat(1_500)]))
  const log = broker.partition('short', 0)!
  while (log.logStartOffset < 4) await new Promise(resolve => setTimeout(resolve, 5))
  assert.equal(valuesOf(onlyPartition(await fetchFrom(client, 'short', 4)))[0]?.slice(0, 3), '4:x')
})
