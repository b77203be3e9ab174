// What an administrator does with more than one broker and more than one disk, on three nodes of Apache Kafka: partitions move, and are called back; leaders
// are elected; replicas go to other disks; controllers become voters, and cease to be; a broker that is gone is forgotten.
// node conformance/admin.ts [class path]
//   class path: a folder of jars or a class path (default: the environment's KAFKA_LIBS)
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, type ConfigChange, Producer, throwFirst } from '@millrace/client'
import { type ApacheNode, classPath, startApache } from './harness/apache-node.ts'
import { freePorts } from './harness/engine.ts'

const libs = classPath(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-admin-'))
const disks = (id: number) => ['a', 'b'].map(disk => join(folder, `node-${id}-disk-${disk}`))
const waitMs = 60_000
/** Slow enough that a move is seen on its way. */
const throttle = '100000'
const records = 200
const recordBytes = 10_000

/** Starts one node: the first is the first voter, the second a controller that may become one, the third none. */
function startNode(id: number, ports: readonly number[], controllerPorts: readonly number[]) {
  const isController = id < 3
  const own = `PLAINTEXT://127.0.0.1:${ports[id - 1]}`
  const ofController = `CONTROLLER://127.0.0.1:${controllerPorts[id - 1]}`
  for (const disk of disks(id)) mkdirSync(disk, { recursive: true })
  return startApache({
    libs,
    dir: join(folder, `node-${id}`),
    formatArgs: isController ? [id === 1 ? '--standalone' : '--no-initial-controllers'] : [],
    properties: {
      'node.id': String(id),
      'process.roles': isController ? 'broker,controller' : 'broker',
      'controller.quorum.voters': '',
      'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPorts[0]}`,
      listeners: isController ? `${own},${ofController}` : own,
      'advertised.listeners': isController ? `${own},${ofController}` : own,
      'log.dirs': disks(id).join(','),
      'offsets.topic.num.partitions': '1',
      'auto.leader.rebalance.enable': 'false',
      'broker.session.timeout.ms': '6000',
    },
  })
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < waitMs / 200; attempt++) {
    if (await holds()) return
    await sleep(200)
  }
  throw new Error(`did not come about: ${what}`)
}

const [port1, port2, port3, ...controllerPorts] = await freePorts(5)
const ports = [port1!, port2!, port3!]
const nodes: ApacheNode[] = []

/** A topic of one partition on these brokers. */
async function topicOn(admin: Admin, topic: string, replicas: readonly number[]): Promise<void> {
  throwFirst(await admin.createTopics([{ name: topic, assignments: [replicas] }]))
  await using producer = new Producer({ brokers: ports.map(port => `127.0.0.1:${port}`) })
  for (let sent = 0; sent < records; sent += 50) {
    await producer.sendBatch(
      Array.from({ length: 50 }, () => ({ topic, partition: 0, value: Buffer.alloc(recordBytes) })),
    )
  }
}

const partitionOf = async (admin: Admin, topic: string) =>
  throwFirst(await admin.describeTopics([topic]))[0]!.partitions[0]!

async function onEveryBroker(admin: Admin, changes: readonly ConfigChange[]): Promise<void> {
  const resources = [1, 2, 3].map(id => ({
    resource: { type: 'broker', name: String(id) } as const,
    changes,
  }))
  throwFirst(await admin.alterConfigs(resources))
}

async function moveAndCallBack(admin: Admin): Promise<void> {
  const [topic, partition] = ['moving', 0]
  await topicOn(admin, topic, [1])
  await onEveryBroker(admin, [
    { name: 'leader.replication.throttled.rate', value: throttle },
    { name: 'follower.replication.throttled.rate', value: throttle },
  ])
  const throttled = ['leader', 'follower'].map(side => ({
    name: `${side}.replication.throttled.replicas`,
    value: '*',
  }))
  throwFirst(await admin.alterConfigs([{ resource: { type: 'topic', name: topic }, changes: throttled }]))
  const to = async (replicas: readonly number[] | null) =>
    throwFirst(await admin.alterPartitionReassignments([{ topic, partition, replicas }]))
  await to([2, 3])
  const [moving] = await admin.listPartitionReassignments([{ topic, partition }])
  assert.deepEqual([moving!.addingReplicas, moving!.removingReplicas], [[2, 3], [1]])
  assert.deepEqual(
    moving!.replicas.toSorted((a, b) => a - b),
    [1, 2, 3],
  )
  assert.deepEqual(await admin.listPartitionReassignments(), [moving])
  await to(null)
  assert.deepEqual(await admin.listPartitionReassignments(), [])
  await eventually(
    'it is where it was',
    async () => (await partitionOf(admin, topic)).replicas.join() === '1',
  )
  const kept = await admin.alterPartitionReassignments([{ topic, partition, replicas: [2, 3] }], {
    allowReplicationFactorChange: false,
  })
  assert.equal(kept[0]!.error?.code, 'INVALID_REPLICATION_FACTOR')
  await onEveryBroker(admin, [
    { name: 'leader.replication.throttled.rate' },
    { name: 'follower.replication.throttled.rate' },
  ])
  await to([2, 3])
  await eventually('the partition has moved', async () => {
    const { replicas, inSyncReplicas } = await partitionOf(admin, topic)
    return replicas.join() === '2,3' && inSyncReplicas.length === 2
  })
  assert.deepEqual(await admin.listPartitionReassignments([{ topic, partition }]), [])
}

async function electPreferred(admin: Admin): Promise<void> {
  const [topic, partition] = ['elected', 0]
  await topicOn(admin, topic, [1, 2, 3])
  await eventually('all are in sync', async () => {
    return (await partitionOf(admin, topic)).inSyncReplicas.length === 3
  })
  throwFirst(await admin.alterPartitionReassignments([{ topic, partition, replicas: [2, 1, 3] }]))
  await eventually(
    'another one is preferred',
    async () => (await partitionOf(admin, topic)).replicas[0] === 2,
  )
  assert.equal((await partitionOf(admin, topic)).leader, 1)
  assert.deepEqual(await admin.electLeaders('preferred'), [{ topic, partition, error: undefined }])
  await eventually('it leads', async () => (await partitionOf(admin, topic)).leader === 2)
  const [again] = await admin.electLeaders('preferred', [{ topic, partition }])
  assert.equal(again!.error?.code, 'ELECTION_NOT_NEEDED')
  const followed = await admin.describeProducers([{ topic, partition }], { brokerId: 3 })
  assert.deepEqual(
    followed.map(({ producers, error }) => [producers.length, error]),
    [[1, undefined]],
  )
}

async function moveToAnotherDisk(admin: Admin): Promise<void> {
  const replica = { topic: 'disks', partition: 0, brokerId: 1 }
  await topicOn(admin, replica.topic, [1])
  const where = async () => throwFirst(await admin.describeReplicaLogDirs([replica]))[0]!
  const path = (await where()).current!.path
  const other = disks(1).find(disk => disk !== path)!
  await onEveryBroker(admin, [{ name: 'replica.alter.log.dirs.io.max.bytes.per.second', value: throttle }])
  throwFirst(await admin.alterReplicaLogDirs([{ ...replica, path: other }]))
  const copying = await where()
  assert.deepEqual([copying.current!.path, copying.future?.path], [path, other])
  await onEveryBroker(admin, [{ name: 'replica.alter.log.dirs.io.max.bytes.per.second' }])
  await eventually('the copy is in use', async () => (await where()).current?.path === other)
  assert.equal((await where()).future, undefined)
}

async function changeVoters(admin: Admin): Promise<void> {
  const voters = async () => (await admin.describeMetadataQuorum()).voters.map(({ replicaId }) => replicaId)
  assert.deepEqual(await voters(), [1])
  const { observers } = await admin.describeMetadataQuorum()
  const { directoryId } = observers.find(({ replicaId }) => replicaId === 2)!
  const endpoints = [{ name: 'CONTROLLER', host: '127.0.0.1', port: controllerPorts[1]! }]
  const voter = { voterId: 2, voterDirectoryId: directoryId }
  await admin.addRaftVoter({ ...voter, endpoints })
  assert.deepEqual(
    (await voters()).toSorted((a, b) => a - b),
    [1, 2],
  )
  const { nodes: named } = await admin.describeMetadataQuorum()
  assert.deepEqual(named.find(({ nodeId }) => nodeId === 2)?.endpoints, endpoints)
  await assert.rejects(admin.addRaftVoter({ ...voter, endpoints }), { code: 'DUPLICATE_VOTER' })
  await admin.removeRaftVoter(voter)
  assert.deepEqual(await voters(), [1])
  await assert.rejects(admin.removeRaftVoter(voter), { code: 'VOTER_NOT_FOUND' })
}

async function forgetBroker(admin: Admin): Promise<void> {
  const [topic, partition] = ['orphan', 0]
  await topicOn(admin, topic, [3])
  await nodes.pop()!.stop()
  const fenced = async () =>
    (await admin.describeCluster({ includeFencedBrokers: true })).brokers
      .filter(({ isFenced }) => isFenced)
      .map(({ id }) => id)
  await eventually('it is fenced', async () => (await fenced()).join() === '3')
  const [elected] = await admin.electLeaders('unclean', [{ topic, partition }])
  assert.equal(elected!.error?.code, 'ELIGIBLE_LEADERS_NOT_AVAILABLE')
  await admin.unregisterBroker(3)
  await eventually('it is forgotten', async () => (await fenced()).length === 0)
  await assert.rejects(admin.unregisterBroker(3), { code: 'BROKER_ID_NOT_REGISTERED' })
  assert.deepEqual(
    (await admin.describeApiVersions()).map(({ brokerId }) => brokerId),
    [1, 2],
  )
}

try {
  for (const id of [1, 2, 3]) nodes.push(await startNode(id, ports, controllerPorts))
  await using admin = new Admin({ brokers: ports.map(port => `127.0.0.1:${port}`) })
  await eventually('three brokers', async () => (await admin.describeCluster()).brokers.length === 3)
  for (const [what, run] of [
    ['partitions move, and are called back', moveAndCallBack],
    ['a preferred replica is elected', electPreferred],
    ['a replica moves to another disk', moveToAnotherDisk],
    ['a controller becomes a voter, and ceases to be one', changeVoters],
    ['a broker that is gone is forgotten', forgetBroker],
  ] as const) {
    await run(admin)
    console.log(`ok: ${what}`)
  }
} finally {
  // The controller last: the others take their leave of it.
  for (const node of nodes.toReversed()) await node.stop()
  rmSync(folder, { recursive: true, force: true })
}
