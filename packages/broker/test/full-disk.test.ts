import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Disk, type DiskFile, nodeDisk } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol'
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

  asDisk(): Disk {
    return new Proxy(nodeDisk, {
      get: (disk, name: keyof Disk) => {
        if (name === 'open') {
          return (path: string, mode: 'read' | 'write' | 'create') => this.#file(disk.open(path, mode))
        }
        const value = disk[name]
        return typeof value === 'function' ? value.bind(disk) : value
      },
    })
  }

  #file(file: DiskFile): DiskFile {
    return new Proxy(file, {
      get: (target, name: keyof DiskFile) => {
        if (name === 'writev') {
          return (chunks: readonly Uint8Array[], position: number) => {
            if (this.full) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
            target.writev(chunks, position)
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
