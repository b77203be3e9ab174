// Reading from the nearest replica (KIP-392) on three nodes of Apache Kafka, each a rack of its own: from the follower that the leader names, from the leader when
// that one is down, and from the follower again when it is back.
// node conformance/racks.ts [class path]
//   class path: a folder of jars or a class path (default: the environment's KAFKA_LIBS)
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Consumer, Producer, throwFirst } from '@millrace/client'
import { type Connection, nodeNetwork, type Network } from '@millrace/runtime'
import { type ApacheNode, classPath, startApache } from './harness/apache-node.ts'
import { freePorts } from './harness/engine.ts'

const libs = classPath(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-racks-'))
const topic = 'racks'
const partition = { topic, partition: 0 }
const batches = 40
const recordBytes = 10_000
const waitMs = 60_000

/** Starts one node; the first is the controller. */
function startNode(id: number, ports: readonly number[], controllerPort: number): Promise<ApacheNode> {
  const isController = id === 1
  const own = `PLAINTEXT://127.0.0.1:${ports[id - 1]}`
  return startApache({
    libs,
    dir: join(folder, `node-${id}`),
    properties: {
      'node.id': String(id),
      'broker.rack': `rack-${id}`,
      'process.roles': isController ? 'broker,controller' : 'broker',
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      listeners: isController ? `${own},CONTROLLER://127.0.0.1:${controllerPort}` : own,
      'advertised.listeners': own,
      'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
      'offsets.topic.num.partitions': '1',
      // A follower that went is out of the set of the leader's choice soon.
      'replica.lag.time.max.ms': '5000',
    },
  })
}

/** The network of the process that counts what comes from each port. */
function countingNetwork(): { network: Network; received: Map<number, number> } {
  const received = new Map<number, number>()
  const network: Network = {
    listen: (options, onConnection) => nodeNetwork.listen(options, onConnection),
    async connect(options) {
      const connection = await nodeNetwork.connect(options)
      return counting(connection, bytes =>
        received.set(options.port, (received.get(options.port) ?? 0) + bytes),
      )
    },
  }
  return { network, received }
}

function counting(connection: Connection, count: (bytes: number) => void): Connection {
  const start = connection.start.bind(connection)
  connection.start = handlers =>
    start({
      space: () => handlers.space(),
      onDrain: () => handlers.onDrain(),
      onClose: error => handlers.onClose(error),
      onReceived(bytes) {
        count(bytes)
        handlers.onReceived(bytes)
      },
    })
  return connection
}

async function write(brokers: readonly string[]): Promise<void> {
  await using producer = new Producer({ brokers })
  for (let batch = 0; batch < batches; batch++)
    await producer.send({ ...partition, value: Buffer.alloc(recordBytes, batch) })
}

/** Writes and reads so many records, and returns the nodes that their bytes came from: some were fetched while they were written. */
async function exchange(
  brokers: readonly string[],
  consumer: Consumer,
  received: Map<number, number>,
): Promise<number[]> {
  const before = new Map(received)
  await write(brokers)
  let records = 0
  for await (const record of consumer.records({ signal: AbortSignal.timeout(waitMs) })) {
    consumer.markProcessed(record)
    if (++records === batches) break
  }
  const gained = (port: number) => (received.get(port) ?? 0) - (before.get(port) ?? 0)
  return ports.flatMap((port, index) => (gained(port) > (batches * recordBytes) / 4 ? [index + 1] : []))
}

/** Waits until all three have the partition. */
async function untilInSync(admin: Admin, count: number): Promise<void> {
  for (let attempt = 0; attempt < waitMs / 200; attempt++) {
    const [described] = await admin.describeTopics([topic])
    if (described?.partitions[0]?.inSyncReplicas.length === count) return
    await sleep(200)
  }
  throw new Error(`${topic}-0 does not have ${count} replicas in sync`)
}

const [controllerPort, ...ports] = await freePorts(4)
const nodes: ApacheNode[] = []
try {
  nodes.push(...(await Promise.all([1, 2, 3].map(id => startNode(id, ports, controllerPort!)))))
  const brokers = ports.map(port => `127.0.0.1:${port}`)
  await using admin = new Admin({ brokers })
  throwFirst(await admin.createTopics([{ name: topic, assignments: [[1, 2, 3]] }]))
  await untilInSync(admin, 3)
  const { network, received } = countingNetwork()
  await using consumer = new Consumer({ brokers, network, rack: 'rack-3', metadataMaxAgeMs: 10_000 })
  consumer.assign([{ ...partition, offset: 'earliest' }])

  // Before the leader has named the follower, records may come from the leader.
  await exchange(brokers, consumer, received)
  assert.deepEqual(await exchange(brokers, consumer, received), [3])
  console.log('same rack: records come from the follower')

  await nodes[2]!.stop()
  const since = performance.now()
  assert.deepEqual(await exchange(brokers, consumer, received), [1])
  console.log(
    `follower down: records come from the leader, after ${Math.round(performance.now() - since)} ms`,
  )

  nodes[2] = await startNode(3, ports, controllerPort!)
  await untilInSync(admin, 3)
  // As long as the client shuns it, at most.
  await sleep(11_000)
  await exchange(brokers, consumer, received)
  assert.deepEqual(await exchange(brokers, consumer, received), [3])
  console.log('follower back: records come from it again')

  await nodes[0]!.stop()
} finally {
  await Promise.all(nodes.slice(1).map(node => node.stop()))
  rmSync(folder, { recursive: true, force: true })
}
