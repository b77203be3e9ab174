// What users do wrong with administration: the mistake is named with its place, and nothing is sent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, StateError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

type Call = (admin: Untyped) => Promise<unknown>

/** Methods as callers without types see them. */
type Untyped = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>

const wrong: [what: string, call: Call, message: RegExp][] = [
  [
    'a name for a list of topics',
    admin => admin.createTopics!('orders'),
    /^createTopics: topics is "orders": write a list$/,
  ],
  [
    'an object around the topics, as for KafkaJS',
    admin => admin.createTopics!({ topics: [{ topic: 'a' }] }),
    /^createTopics: topics is \{ topics: \[ \[Object\] \] \}: write the list itself, and options after it: createTopics\(/,
  ],
  [
    'a count under the name that KafkaJS has for it',
    admin => admin.createTopics!([{ name: 'a', numPartitions: 3 }]),
    /^createTopics: topics\[0\] has a field "numPartitions": did you mean "partitions"\?$/,
  ],
  [
    'a misspelt field',
    admin => admin.createTopics!([{ name: 'a', partitons: 3 }]),
    /topics\[0\] has a field "partitons": did you mean "partitions"\?/,
  ],
  [
    'a misspelt option',
    admin => admin.createTopics!([{ name: 'a' }], { validateonly: true }),
    /^createTopics: options has a field "validateonly": did you mean "validateOnly"\?/,
  ],
  [
    'more partitions than the protocol can say',
    admin => admin.createTopics!([{ name: 'a', partitions: 2 ** 31 }]),
    /partitions is 2147483648: write a number from -2147483648 to 2147483647/,
  ],
  [
    'more replicas than the protocol can say',
    admin => admin.createTopics!([{ name: 'a', replicationFactor: 2 ** 15 }]),
    /replicationFactor is 32768: write a number from -32768 to 32767/,
  ],
  [
    'a partition beyond all',
    admin => admin.listOffsets!([{ topic: 'a', partition: 2 ** 31, timestamp: -1 }]),
    /partition is 2147483648: write a number/,
  ],
  [
    'a time that no timer takes',
    admin => admin.listTopics!({ timeoutMs: 2 ** 31 }),
    /^listTopics: options\.timeoutMs is 2147483648: write milliseconds, 2147483647 at most/,
  ],
  [
    'names for topics',
    admin => admin.createTopics!(['orders']),
    /^createTopics: topics\[0\] is "orders": write \{ name, partitions, /,
  ],
  [
    'a name under the name that KafkaJS has for it',
    admin => admin.createTopics!([{ name: 'a' }, { topic: 'b' }]),
    /^createTopics: topics\[1\] has a field "topic": did you mean "name"\?$/,
  ],
  [
    'partitions as text',
    admin => admin.createTopics!([{ name: 'a', partitions: '3' }]),
    /topics\[0\]\.partitions is "3": write a whole number/,
  ],
  [
    'a setting that is a number',
    admin => admin.createTopics!([{ name: 'a', configs: { 'retention.ms': 1000 } }]),
    /topics\[0\]\.configs\["retention.ms"\] is 1000: write text/,
  ],
  [
    'settings as a Map',
    admin => admin.createTopics!([{ name: 'a', configs: ['retention.ms=1'] }]),
    /configs is \[ 'retention.ms=1' \]: write \{ name: text \}/,
  ],
  [
    'an assignment that is no list of lists',
    admin => admin.createTopics!([{ name: 'a', assignments: [1, 2] }]),
    /assignments\[0\] is 1: write a list/,
  ],
  [
    'a quota of nobody',
    admin => admin.alterClientQuotas!([{ entity: {}, values: { producer_byte_rate: 1 } }]),
    /^alterClientQuotas: changes\[0\]\.entity names nobody: write user, clientId, both, or ip; null is the default$/,
  ],
  [
    'a quota of nothing',
    admin => admin.alterClientQuotas!([{ entity: { user: 'a' }, values: { producer_byte_rate: 0 } }]),
    /values\.producer_byte_rate is 0: write a number above 0, or null to take the quota away$/,
  ],
  [
    'a misspelt quota',
    admin => admin.alterClientQuotas!([{ entity: { user: 'a' }, values: { producer_byterate: 1 } }]),
    /values has a field "producer_byterate": did you mean "producer_byte_rate"\?/,
  ],
  [
    'a number for a user',
    admin => admin.describeClientQuotas!({ user: 5 }),
    /^describeClientQuotas: filter\.user is 5: write text, or null$/,
  ],
  [
    'an ACL without whom it is for',
    admin => admin.createAcls!([{ resourceType: 'topic', resourceName: 'a', operation: 'read' }]),
    /^createAcls: acls\[0\]\.principal is missing: write text/,
  ],
  [
    'an operation that there is not',
    admin =>
      admin.createAcls!([
        { resourceType: 'topic', resourceName: 'a', principal: 'User:a', operation: 'READ' },
      ]),
    /^createAcls: acls\[0\]\.operation is "READ": write one of all, read, write,/,
  ],
  [
    'a pattern that is for filters',
    admin =>
      admin.createAcls!([
        {
          resourceType: 'topic',
          resourceName: 'a',
          patternType: 'match',
          principal: 'User:a',
          operation: 'read',
        },
      ]),
    /patternType is "match": write one of literal, prefixed$/,
  ],
  [
    'a misspelt field of a filter',
    admin => admin.describeAcls!({ principl: 'User:a' }),
    /^describeAcls: filter has a field "principl": did you mean "principal"\?$/,
  ],
  [
    'one filter for a list',
    admin => admin.deleteAcls!({ principal: 'User:a' }),
    /^deleteAcls: filters is .*: write a list$/,
  ],
  ['nothing at all', admin => admin.deleteTopics!(), /^deleteTopics: topics is missing: write a list$/],
  ['a name that is null', admin => admin.deleteTopics!(['a', null]), /topics\[1\] is null: write text/],
  ['one name', admin => admin.describeTopics!('a'), /describeTopics: topics is "a": write a list/],
  [
    'a count that is missing',
    admin => admin.createPartitions!([{ topic: 'a' }]),
    /topics\[0\]\.count is missing: write a whole number/,
  ],
  [
    'an offset that is a bigint',
    admin => admin.deleteRecords!([{ topic: 'a', partition: 0, beforeOffset: 5n }]),
    /records\[0\]\.beforeOffset is 5n: write a whole number/,
  ],
  [
    'a type of resource that does not exist',
    admin => admin.describeConfigs!([{ type: 'Topic', name: 'a' }]),
    /resources\[0\]\.type is "Topic": write one of topic, broker, /,
  ],
  [
    'an operation that does not exist',
    admin =>
      admin.alterConfigs!([
        { resource: { type: 'topic', name: 'a' }, changes: [{ name: 'x', operation: 'SET', value: '1' }] },
      ]),
    /changes\[0\]\.operation is "SET": write one of set, delete, append, subtract/,
  ],
  [
    'a value that is a number',
    admin =>
      admin.alterConfigs!([
        { resource: { type: 'topic', name: 'a' }, changes: [{ name: 'retention.ms', value: 1 }] },
      ]),
    /changes\[0\]\.value is 1: write text/,
  ],
  [
    'settings that are missing',
    admin => admin.replaceConfigs!({ type: 'topic', name: 'a' }),
    /replaceConfigs: configs is missing/,
  ],
  [
    'a time that is a Date',
    admin => admin.listOffsets!([{ topic: 'a', partition: 0, timestamp: new Date(0) }]),
    /queries\[0\]\.timestamp is 1970-01-01T00:00:00.000Z: write milliseconds since 1970/,
  ],
  ['a group that is not named', admin => admin.groupOffsets!(), /^groupOffsets: groupId is missing/],
  [
    'groups that are objects',
    admin => admin.deleteGroups!([{ groupId: 'g' }]),
    /groupIds\[0\] is \{ groupId: 'g' \}/,
  ],
  [
    'a transactional id for a list of them',
    admin => admin.describeTransactions!('billing'),
    /^describeTransactions: transactionalIds is "billing": write a list$/,
  ],
  [
    'a duration that is text',
    admin => admin.listTransactions!({ durationMs: '1m' }),
    /^listTransactions: options\.durationMs is "1m": write a whole number$/,
  ],
  [
    'a partition without its number',
    admin => admin.describeProducers!([{ topic: 'a' }]),
    /partitions\[0\]\.partition is missing/,
  ],
  [
    'an epoch beyond all',
    admin =>
      admin.abortTransaction!({
        topic: 'a',
        partition: 0,
        producerId: 1,
        producerEpoch: 2 ** 15,
        coordinatorEpoch: 0,
      }),
    /^abortTransaction: transaction\.producerEpoch is 32768: write a number from -32768 to 32767$/,
  ],
  [
    'a kind of change that there is not',
    admin => admin.updateFeatures!([{ name: 'transaction.version', level: 1, kind: 'lower' }]),
    /updates\[0\]\.kind is "lower": write one of upgrade, safeDowngrade, unsafeDowngrade$/,
  ],
  [
    'an id that is none',
    admin => admin.describeTopics!([{ topicId: 'orders' }]),
    /^describeTopics: topics\[0\]\.topicId is "orders": write 22 characters of URL-safe base64$/,
  ],
  [
    'a broker by another name than its id',
    admin => admin.describeConfigs!([{ type: 'broker', name: 'kafka-1' }]),
    /^describeConfigs: resources\[0\]\.name is "kafka-1": write the id of a broker$/,
  ],
  [
    'an election that there is not',
    admin => admin.electLeaders!('fair', [{ topic: 'a', partition: 0 }]),
    /^electLeaders: kind is "fair": write one of preferred, unclean$/,
  ],
  [
    'replicas that are missing, which would call a move off',
    admin => admin.alterPartitionReassignments!([{ topic: 'a', partition: 0 }]),
    /^alterPartitionReassignments: reassignments\[0\]\.replicas is missing: write a list$/,
  ],
  [
    'a partition as text',
    admin => admin.listPartitionReassignments!(['a-0']),
    /^listPartitionReassignments: partitions\[0\] is "a-0": write \{ topic, partition \}$/,
  ],
  [
    'a replica without its broker',
    admin => admin.describeReplicaLogDirs!([{ topic: 'a', partition: 0 }]),
    /^describeReplicaLogDirs: replicas\[0\]\.brokerId is missing: write a whole number$/,
  ],
  [
    'a directory under the name of its property',
    admin => admin.alterReplicaLogDirs!([{ topic: 'a', partition: 0, brokerId: 1, logDir: '/d' }]),
    /^alterReplicaLogDirs: moves\[0\] has a field "logDir": there are topic, partition, brokerId, path$/,
  ],
  [
    'a broker that is text',
    admin => admin.unregisterBroker!('3'),
    /^unregisterBroker: brokerId is "3": write a whole number$/,
  ],
  [
    'a voter without its directory',
    admin => admin.removeRaftVoter!({ voterId: 1 }),
    /^removeRaftVoter: voter\.voterDirectoryId is missing: write 22 characters of URL-safe base64$/,
  ],
  [
    'an address as text',
    admin =>
      admin.addRaftVoter!({
        voterId: 1,
        voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ',
        endpoints: ['CONTROLLER://localhost:9093'],
      }),
    /^addRaftVoter: voter\.endpoints\[0\] is "CONTROLLER:\/\/localhost:9093": write \{ name, host, port \}$/,
  ],
  [
    'a kind of coordinator that there is not',
    admin => admin.findCoordinators!('groups', ['a']),
    /^findCoordinators: type is "groups": write one of group, transaction, share$/,
  ],
  [
    'a type of resource in the plural',
    admin => admin.listConfigResources!(['topics']),
    /^listConfigResources: types\[0\] is "topics": write one of topic, broker, /,
  ],
  [
    'a type of group that there is not',
    admin => admin.listGroups!({ types: ['Consumer'] }),
    /^listGroups: options\.types\[0\] is "Consumer": write one of classic, consumer, share, streams$/,
  ],
  [
    'one group for a list of them',
    admin => admin.listGroupOffsets!('billing'),
    /^listGroupOffsets: groups is "billing": write a list$/,
  ],
  [
    'members that are forgotten, which could mean all',
    admin => admin.removeMembers!('billing'),
    /^removeMembers: members is missing: write a list$/,
  ],
  [
    'a place in all topics under the name of the method beside it',
    admin => admin.listTopicOffsets!(['a'], 'latest'),
    /^listTopicOffsets: timestamp is "latest": write a whole number$/,
  ],
  [
    'a marker with a result that is text',
    admin =>
      admin.writeTransactionMarkers!([
        { topic: 'a', partition: 0, producerId: 1, producerEpoch: 0, coordinatorEpoch: 0, committed: 'no' },
      ]),
    /^writeTransactionMarkers: markers\[0\]\.committed is "no": write true or false$/,
  ],
  [
    'transactional ids for one',
    admin => admin.forceTerminateTransaction!(['billing']),
    /^forceTerminateTransaction: transactionalId is \[ 'billing' \]: write text$/,
  ],
  [
    'an option of another method',
    admin => admin.describeStreamsGroups!(['a'], { requireStable: true }),
    /^describeStreamsGroups: options has a field "requireStable": there are timeoutMs, signal, includeAuthorizedOperations$/,
  ],
  [
    'an offset that is NaN',
    admin => admin.alterGroupOffsets!('g', [{ topic: 'a', partition: 0, offset: Number.NaN }]),
    /offsets\[0\]\.offset is NaN: write a whole number/,
  ],
]

for (const [what, call, message] of wrong) {
  test(`${what}: refused with its place, and nothing is sent`, async () => {
    const cluster = new FakeCluster()
    await using admin = new Admin({ brokers: cluster.bootstrap, network: cluster.network })
    await assert.rejects(call(admin as unknown as Untyped), (error: StateError) => {
      assert.ok(error instanceof StateError, String(error))
      assert.match(error.message, message)
      return true
    })
    assert.equal(cluster.connects, 0)
  })
}
