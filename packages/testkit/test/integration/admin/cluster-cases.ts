// What `Admin` does with the cluster as a whole, on whichever broker.
import assert from 'node:assert/strict'
import { throwFirst } from '@millrace/client'
import { GetTelemetrySubscriptionsApi } from '@millrace/protocol'
import { whyNot } from '@millrace/testkit'
import { type AdminCase, codeOf, type Operation, rejectsWith } from './admin-case.ts'

export const clusterCases = {
  async describeCluster({ admin }) {
    const plain = await admin.describeCluster()
    assert.ok(plain.clusterId)
    assert.ok(plain.brokers.some(({ id }) => id === plain.controllerId))
    assert.equal(plain.authorizedOperations, undefined)
    const whole = await admin.describeCluster({
      includeAuthorizedOperations: true,
      includeFencedBrokers: true,
    })
    assert.ok(whole.authorizedOperations?.includes('alter'))
    for (const { host, port, isFenced } of whole.brokers) {
      assert.ok(host !== '' && port > 0)
      assert.equal(isFenced, false)
    }
    assert.deepEqual(whole.brokers, plain.brokers)
  },

  async describeFeatures({ admin }) {
    const { brokers } = await admin.describeCluster()
    const [any, one] = [
      await admin.describeFeatures(),
      await admin.describeFeatures({ brokerId: brokers[0]!.id }),
    ]
    assert.deepEqual(one.features, any.features)
    const transactions = any.features.find(({ name }) => name === 'transaction.version')
    assert.ok(transactions && transactions.level <= transactions.maxLevel && transactions.maxLevel >= 2)
    assert.ok(any.epoch >= 0)
  },

  async updateFeatures({ admin }) {
    const level = async () =>
      (await admin.describeFeatures()).features.find(({ name }) => name === 'transaction.version')!.level
    const before = await level()
    const to = (wanted: number, kind: 'upgrade' | 'safeDowngrade') => [
      { name: 'transaction.version', level: wanted, kind },
    ]
    await admin.updateFeatures(to(before, 'upgrade'), { validateOnly: true })
    await rejectsWith(admin.updateFeatures(to(99, 'upgrade')), 'INVALID_UPDATE_VERSION')
    await rejectsWith(admin.updateFeatures(to(before - 1, 'upgrade')), 'INVALID_UPDATE_VERSION')
    assert.equal(await level(), before)
  },

  async describeApiVersions({ admin }) {
    const { brokers } = await admin.describeCluster()
    const described = throwFirst(await admin.describeApiVersions())
    assert.deepEqual(
      described.map(({ brokerId }) => brokerId),
      brokers.map(({ id }) => id).sort((a, b) => a - b),
    )
    for (const { apis } of described) {
      const fetch = apis.find(({ key }) => key === 1)
      assert.ok(fetch && fetch.maxVersion > fetch.minVersion)
      assert.deepEqual(
        apis,
        apis.toSorted((a, b) => a.key - b.key),
      )
    }
  },

  async findCoordinators({ admin, uniqueName }) {
    const { brokers } = await admin.describeCluster()
    for (const type of ['group', 'transaction'] as const) {
      const keys = [uniqueName(type), uniqueName(type)]
      const found = throwFirst(await admin.findCoordinators(type, keys))
      assert.deepEqual(
        found.map(({ key }) => key),
        keys,
      )
      for (const { coordinator } of found) {
        const { id, host, port } = coordinator!
        assert.ok(brokers.some(broker => broker.id === id && broker.host === host && broker.port === port))
      }
    }
    const [nobody] = await admin.findCoordinators('share', ['no share partition'])
    // Where share groups are not served at all, nobody looks at the key.
    assert.ok(['INVALID_REQUEST', 'UNSUPPORTED_VERSION'].includes(codeOf(nobody)!), codeOf(nobody))
    assert.equal(nobody!.coordinator, undefined)
  },

  async describeMetadataQuorum({ admin }) {
    const quorum = await admin.describeMetadataQuorum()
    const leader = quorum.voters.find(({ replicaId }) => replicaId === quorum.leaderId)
    assert.ok(leader)
    assert.ok(quorum.highWatermark > 0 && leader.logEndOffset >= quorum.highWatermark)
    assert.ok(quorum.leaderEpoch >= 0)
    assert.match(leader.directoryId, /^[\w-]{22}$/)
    const { endpoints } = quorum.nodes.find(({ nodeId }) => nodeId === quorum.leaderId)!
    assert.ok(endpoints.length > 0 && endpoints.every(({ name, host, port }) => name && host && port > 0))
  },

  async addRaftVoter({ admin }) {
    const voter = {
      voterId: 99,
      voterDirectoryId: 'zzzzzzzzzzzzzzzzzzzzzw',
      endpoints: [{ name: 'CONTROLLER', host: 'localhost', port: 1 }],
    }
    const { clusterId } = await admin.describeCluster()
    await rejectsWith(admin.addRaftVoter(voter, { clusterId: clusterId! }), 'UNSUPPORTED_VERSION')
    await rejectsWith(
      admin.addRaftVoter(voter, { clusterId: 'zzzzzzzzzzzzzzzzzzzzzw' }),
      'INCONSISTENT_CLUSTER_ID',
    )
  },

  async removeRaftVoter({ admin }) {
    const voter = { voterId: 99, voterDirectoryId: 'zzzzzzzzzzzzzzzzzzzzzw' }
    await rejectsWith(admin.removeRaftVoter(voter), 'UNSUPPORTED_VERSION')
    await rejectsWith(
      admin.removeRaftVoter(voter, { clusterId: 'zzzzzzzzzzzzzzzzzzzzzw' }),
      'INCONSISTENT_CLUSTER_ID',
    )
  },

  async unregisterBroker({ admin }) {
    await rejectsWith(admin.unregisterBroker(999), 'BROKER_ID_NOT_REGISTERED')
    assert.ok((await admin.describeCluster()).brokers.length > 0)
  },

  async clientInstanceId(world) {
    const { admin } = world
    if ((await whyNot(world, GetTelemetrySubscriptionsApi)) !== undefined) {
      return rejectsWith(admin.clientInstanceId({ timeoutMs: 100 }), 'OPERATION_TIMEOUT')
    }
    const name = await admin.clientInstanceId()
    assert.match(name, /^[\w-]{22}$/)
    assert.equal(await admin.clientInstanceId(), name)
  },
} satisfies Partial<Record<Operation, AdminCase>>
