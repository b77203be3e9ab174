// A disk without room refuses writes and nothing else, and goes on when there is room.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Disk, type DiskFile, nodeDisk } from '@millrace/log'
import { ErrorCode, FindCoordinatorApi, OffsetCommitApi, OffsetFetchApi } from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  valuesOf,
} from './broker-fixture.ts'

/** The real disk, which can be told that it has no room. */
class FillableDisk {
  full = false
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
            if (this.full && path.includes(this.fullFor))
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
