// A disk without room refuses writes and nothing else, and goes on when there is room.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { type Disk, type DiskFile, nodeDisk } from '@millrace/log'
import {
  DeleteTopicsApi,
  ErrorCode,
  FindCoordinatorApi,
  IncrementalAlterConfigsApi,
  OffsetCommitApi,
  OffsetFetchApi,
  ProduceApi,
} from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  temporaryDirectory,
  valuesOf,
} from './broker-fixture.ts'

/** The real disk, which can be told that it has no room. */
class FillableDisk {
  full = false
  /** There is room nevertheless. */
  room: () => boolean = () => false
  /** Only files whose path contains this have no room. */
  fullFor = ''
  /** Syncs of segments take until it resolves. */
  held: Promise<void> | undefined

  asDisk(): Disk {
    return new Proxy(nodeDisk, {
      get: (disk, name: keyof Disk) => {
        if (name === 'open') {
          return (path: string, mode: 'read' | 'write' | 'create') => this.#file(path, disk.open(path, mode))
        }
        const value = disk[name]
        return typeof value === 'function' ? value.bind(disk) : value
      },
    })
  }

  #file(path: string, file: DiskFile): DiskFile {
    return new Proxy(file, {
      get: (target, name: keyof DiskFile) => {
        if (name === 'writev') {
          return (chunks: readonly Uint8Array[], position: number) => {
            if (this.full && !this.room() && path.includes(this.fullFor))
              throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
            target.writev(chunks, position)
          }
        }
        if (name === 'datasync' && path.endsWith('.log')) {
          return async () => {
            await this.held
            await target.datasync()
          }
        }
        const value = target[name]
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
}

for (const fsync of ['group', 'never']) {
  test(`with a full disk writes are refused, reads go on, and writing resumes with room (log.fsync=${fsync})`, async t => {
    const disk = new FillableDisk()
    const broker = await startBroker(t, {
      disk: disk.asDisk(),
      topics: ['tight'],
      config: { 'log.fsync': fsync },
    })
    const client = await connect(t, broker)
    assert.equal((await produce(client, 'tight', batchOf(['before']))).baseOffset, 0)
    disk.full = true
    for (const acks of [1, -1]) {
      const refused = await produce(client, 'tight', batchOf(['lost']), { acks })
      assert.deepEqual([refused.errorCode, refused.baseOffset], [ErrorCode.KAFKA_STORAGE_ERROR, -1])
    }
    await assert.rejects(createTopic(client, 'no-room'), new RegExp(`${ErrorCode.KAFKA_STORAGE_ERROR}`))
    assert.deepEqual(valuesOf(onlyPartition(await fetchFrom(client, 'tight', 0))), ['0:before'])
    disk.full = false
    assert.equal((await produce(client, 'tight', batchOf(['after']))).baseOffset, 1)
    await createTopic(client, 'room')
    assert.deepEqual(valuesOf(onlyPartition(await fetchFrom(client, 'tight', 0))), ['0:before', '1:after'])
  })
}

for (const fsync of ['group', 'never']) {
  test(`a commit of offsets holds though the disk refused records of the same moment (log.fsync=${fsync})`, async t => {
    const disk = new FillableDisk()
    disk.fullFor = 'tight-0'
    const broker = await startBroker(t, {
      disk: disk.asDisk(),
      topics: ['tight', 'wide'],
      config: { 'log.fsync': fsync },
    })
    const client = await connect(t, broker)
    await client.send(FindCoordinatorApi, 4, { coordinatorKeys: ['g'] })
    const commit = (committedOffset: number) =>
      client.send(OffsetCommitApi, 8, {
        groupId: 'g',
        generationIdOrMemberEpoch: -1,
        memberId: '',
        topics: [
          { name: 'wide', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] },
        ],
      })
    await commit(1)
    disk.full = true
    const other = await connect(t, broker)
    // Both in one turn of the broker: they share a write, a sync and the promise of it.
    for (let offset = 2; offset < 22; offset++) {
      const [reply, refused] = await Promise.all([commit(offset), produce(other, 'tight', batchOf(['lost']))])
      assert.equal(refused.errorCode, ErrorCode.KAFKA_STORAGE_ERROR)
      assert.equal(reply.topics[0]!.partitions[0]!.errorCode, ErrorCode.NONE, `offset ${offset}`)
    }
    const found = await client.send(OffsetFetchApi, 7, {
      groupId: 'g',
      topics: [{ name: 'wide', partitionIndexes: [0] }],
    })
    assert.equal(found.topics[0]!.partitions[0]!.committedOffset, 21)
  })
}

test('a record that the disk refused is not called stored because another has its offset', async t => {
  const disk = new FillableDisk()
  disk.fullFor = 'tight-0'
  const broker = await startBroker(t, {
    disk: disk.asDisk(),
    topics: ['tight'],
    config: { 'log.fsync': 'group' },
  })
  const clients = await Promise.all(Array.from({ length: 4 }, () => connect(t, broker)))
  const send = (client: number, value: string, acks: number) =>
    produce(clients[client]!, 'tight', batchOf([value]), { acks })
  const syncing = Promise.withResolvers<void>()
  disk.held = syncing.promise
  const first = send(0, 'first', -1)
  // Acks 1 has the group written although a sync is under way.
  assert.equal((await send(3, 'second', 1)).baseOffset, 1)
  disk.full = true
  const lost = send(1, 'lost', -1)
  assert.equal((await send(3, 'lost, too', 1)).errorCode, ErrorCode.KAFKA_STORAGE_ERROR)
  disk.full = false
  const kept = send(2, 'kept', -1)
  assert.equal((await send(3, 'last', 1)).errorCode, ErrorCode.NONE)
  syncing.resolve()
  disk.held = undefined
  const replies = await Promise.all([first, lost, kept])
  assert.deepEqual(
    replies.map(({ errorCode }) => errorCode),
    [ErrorCode.NONE, ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NONE],
  )
  assert.deepEqual(valuesOf(onlyPartition(await fetchFrom(clients[0]!, 'tight', 0))), [
    '0:first',
    '1:second',
    '2:kept',
    '3:last',
  ])
})

for (const acks of [1, -1]) {
  test(`a partition that the disk refuses fails no other of the same request (acks=${acks})`, async t => {
    const disk = new FillableDisk()
    disk.fullFor = 'tight-0'
    const broker = await startBroker(t, {
      disk: disk.asDisk(),
      topics: ['tight', 'wide'],
      config: { 'log.fsync': 'group' },
    })
    const client = await connect(t, broker)
    disk.full = true
    for (let offset = 0; offset < 10; offset++) {
      const topicData = ['wide', 'tight'].map(name => ({
        name,
        partitionData: [{ index: 0, records: [batchOf([`${name} ${offset}`])] }],
      }))
      const { responses } = await client.send(ProduceApi, 9, { acks, timeoutMs: 5_000, topicData })
      assert.deepEqual(
        responses.map(({ name, partitionResponses: [reply] }) => [name, reply!.errorCode, reply!.baseOffset]),
        [
          ['wide', ErrorCode.NONE, offset],
          ['tight', ErrorCode.KAFKA_STORAGE_ERROR, -1],
        ],
      )
    }
  })
}

for (const fsync of ['group', 'never']) {
  test(`starts on a full disk have a leader epoch each, before anything is appended (log.fsync=${fsync})`, async t => {
    const dataDir = temporaryDirectory(t)
    const epochs: number[] = []
    for (let start = 0; start < 4; start++) {
      const disk = new FillableDisk()
      disk.full = start > 0
      const config = { 'log.fsync': fsync }
      const broker = await startBroker(t, { disk: disk.asDisk(), dataDir, config, topics: ['t'] })
      const client = await connect(t, broker)
      if (start > 0) {
        assert.equal(valuesOf(onlyPartition(await fetchFrom(client, 't', 0))).length, start, 'reads go on')
        const refused = await produce(client, 't', batchOf(['refused']), { acks: 1 })
        assert.equal(refused.errorCode, ErrorCode.KAFKA_STORAGE_ERROR)
        // Only the metadata log has no room: nothing is appended elsewhere either.
        disk.fullFor = '__cluster_metadata'
        assert.equal(
          (await produce(client, 't', batchOf(['refused']))).errorCode,
          ErrorCode.KAFKA_STORAGE_ERROR,
        )
      }
      disk.full = false
      let reply = await produce(client, 't', batchOf([`${start}`]))
      for (let attempt = 0; reply.errorCode !== ErrorCode.NONE && attempt < 200; attempt++) {
        await new Promise(resolve => setTimeout(resolve, 25))
        reply = await produce(client, 't', batchOf([`${start}`]))
      }
      assert.equal(reply.errorCode, ErrorCode.NONE, 'writing goes on without a restart')
      epochs.push(broker.logs.get('t', 0)!.epochAt(reply.baseOffset))
      await broker.close()
    }
    assert.deepEqual(epochs, [0, 1, 2, 3])
  })
}

test('topics are deleted and their retention is shortened on a full disk, none are made', async t => {
  const disk = new FillableDisk()
  const broker = await startBroker(t, {
    disk: disk.asDisk(),
    topics: ['old', 'kept'],
    config: { 'log.fsync': 'group' },
    storageLimits: { directFilesMax: 0 },
  })
  const client = await connect(t, broker)
  await produce(client, 'old', batchOf(['a']))
  // The reserve is filled some time after the start.
  for (let wait = 0; wait < 200 && !existsSync(`${broker.dataDir}/millrace-reserve-3`); wait++)
    await new Promise(resolve => setTimeout(resolve, 25))
  // There is as much room as the reserve holds.
  disk.full = true
  disk.room = () => !existsSync(`${broker.dataDir}/millrace-reserve-0`)
  await assert.rejects(createTopic(client, 'no-room'), new RegExp(`${ErrorCode.KAFKA_STORAGE_ERROR}`))
  const altered = await client.send(IncrementalAlterConfigsApi, 1, {
    validateOnly: false,
    resources: [
      {
        resourceType: 2,
        resourceName: 'kept',
        configs: [{ name: 'retention.ms', configOperation: 0, value: '1000' }],
      },
    ],
  })
  assert.equal(altered.responses[0]!.errorCode, ErrorCode.NONE)
  const deleted = await client.send(DeleteTopicsApi, 5, { topicNames: ['old'], timeoutMs: 5_000 })
  assert.equal(deleted.responses[0]!.errorCode, ErrorCode.NONE)
  const refused = await produce(client, 'kept', batchOf(['b']))
  assert.equal(refused.errorCode, ErrorCode.KAFKA_STORAGE_ERROR, 'what is left is kept for what makes room')
  disk.full = false
  let reply = refused
  for (let wait = 0; wait < 200 && reply.errorCode !== ErrorCode.NONE; wait++) {
    await new Promise(resolve => setTimeout(resolve, 25))
    reply = await produce(client, 'kept', batchOf(['b']))
  }
  assert.equal(reply.errorCode, ErrorCode.NONE, 'writing goes on without a restart')
})
