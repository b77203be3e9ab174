// What both brokers are asked of settings: of topics and of groups, good values and bad ones.
import {
  AlterConfigsApi,
  DescribeConfigsApi,
  IncrementalAlterConfigsApi,
  ListConfigResourcesApi,
} from '@millrace/protocol'
import { type Question, question } from './questions.ts'

const topicType = 2
const someConfigs = [
  'retention.ms',
  'cleanup.policy',
  'max.message.bytes',
  'segment.bytes',
  'compression.type',
]
const clientMetricsType = 16
const groupType = 32
const unknownType = 99

const alterOld = (name: string, value: string) => () => ({
  resources: [{ resourceType: topicType, resourceName: 'read', configs: [{ name, value }] }],
  validateOnly: true,
})

const alter = (resourceName: string, name: string, configOperation: number, value: string | null) => () => ({
  resources: [{ resourceType: topicType, resourceName, configs: [{ name, configOperation, value }] }],
  validateOnly: true,
})

/** Settings of a group that there is not, with what Apache Kafka makes of them; nothing is changed. */
const groupChanges: readonly (readonly [name: string, value: string | null])[] = [
  ['consumer.session.timeout.ms', '50000'],
  ['consumer.session.timeout.ms', '1'],
  ['consumer.session.timeout.ms', '100000'],
  ['consumer.session.timeout.ms', '0'],
  ['consumer.session.timeout.ms', 'x'],
  ['consumer.session.timeout.ms', null],
  ['consumer.heartbeat.interval.ms', '60000'],
  ['consumer.assignment.interval.ms', '15001'],
  ['consumer.assignor.offload.enable', 'true'],
  ['share.heartbeat.interval.ms', '15000'],
  ['share.auto.offset.reset', 'earliest'],
  ['share.auto.offset.reset', 'EARLIEST'],
  ['share.auto.offset.reset', 'by_duration:P1DT2H3M4.5S'],
  ['share.auto.offset.reset', 'by_duration:P'],
  ['share.auto.offset.reset', 'by_duration:PT'],
  ['share.auto.offset.reset', 'by_duration:-PT1H'],
  ['share.isolation.level', 'read_committed'],
  ['share.isolation.level', 'READ_COMMITTED'],
  ['share.renew.acknowledge.enable', 'maybe'],
  ['share.delivery.count.limit', '11'],
  ['share.partition.max.record.locks', '5000'],
  ['share.record.lock.duration.ms', '5000'],
  ['streams.num.standby.replicas', '3'],
  ['streams.num.standby.replicas', '2'],
  ['streams.initial.rebalance.delay.ms', '0'],
  ['no.such', '1'],
]

/** Settings of a subscription to metrics of clients; nothing is changed. */
const subscriptionChanges: readonly (readonly [name: string, value: string | null])[] = [
  ['metrics', ''],
  ['metrics', '*,org.a'],
  ['metrics', 'org.a,org.a'],
  ['metrics', 'org.a,'],
  ['metrics', ' org.a , org.b '],
  ['metrics', null],
  ['interval.ms', '100'],
  ['interval.ms', '99'],
  ['interval.ms', '3600001'],
  ['interval.ms', ' 200 '],
  ['interval.ms', '2147483648'],
  ['match', ''],
  ['match', 'client_id=a,client_id=a'],
  ['match', 'client_id=a,,'],
  ['match', 'client_id'],
  ['match', 'client_id=a=b'],
  ['match', 'client_id=('],
  ['match', 'CLIENT_ID=a'],
  ['match', ' client_source_port = 9.* '],
  ['METRICS', 'a'],
]

const ofSubscription = (name: string, value: string | null, resourceName = 'a-subscription') => ({
  resources: [
    { resourceType: clientMetricsType, resourceName, configs: [{ name, configOperation: 0, value }] },
  ],
  validateOnly: true,
})

const describeAll = (resourceType: number, resourceName: string) => () => ({
  resources: [{ resourceType, resourceName, configurationKeys: [] }],
})

const ofGroup = (name: string, value: string | null, configOperation = 0, resourceName = 'a-group') => ({
  resources: [{ resourceType: groupType, resourceName, configs: [{ name, configOperation, value }] }],
  validateOnly: true,
})

export const configQuestions: readonly Question[] = [
  question(DescribeConfigsApi, 'of a topic', version => ({
    resources: [{ resourceType: topicType, resourceName: 'read', configurationKeys: someConfigs }],
    ...(version >= 1 && { includeSynonyms: true }),
  })),
  question(DescribeConfigsApi, 'of an unknown topic', () => ({
    resources: [{ resourceType: topicType, resourceName: 'unknown', configurationKeys: someConfigs }],
  })),
  question(AlterConfigsApi, 'a good value', alterOld('retention.ms', '5000')),
  question(AlterConfigsApi, 'a bad value', alterOld('retention.ms', 'x')),
  question(IncrementalAlterConfigsApi, 'set', alter('read', 'retention.ms', 0, '5000')),
  question(IncrementalAlterConfigsApi, 'a bad value', alter('read', 'retention.ms', 0, 'x')),
  question(IncrementalAlterConfigsApi, 'null as value', alter('read', 'retention.ms', 0, null)),
  question(IncrementalAlterConfigsApi, 'an unknown name', alter('read', 'no.such', 0, '1')),
  question(IncrementalAlterConfigsApi, 'append to what is no list', alter('read', 'retention.ms', 2, '1')),
  question(IncrementalAlterConfigsApi, 'an unknown topic', alter('unknown', 'retention.ms', 0, '1')),
  question(
    IncrementalAlterConfigsApi,
    'a bad value of an unknown topic',
    alter('unknown', 'retention.ms', 0, 'x'),
  ),
  question(IncrementalAlterConfigsApi, 'a topic without a name', alter('', 'retention.ms', 0, '1')),
  question(IncrementalAlterConfigsApi, 'a topic that cannot be', alter('..', 'retention.ms', 0, '1')),
  question(
    IncrementalAlterConfigsApi,
    'append to what is no list of an unknown topic',
    alter('unknown', 'a', 2, '1'),
  ),
  question(IncrementalAlterConfigsApi, 'a resource twice', () => {
    const { resources } = alter('read', 'retention.ms', 0, '5000')()
    return { resources: [...resources, ...resources], validateOnly: true }
  }),
  ...subscriptionChanges.map(([name, value]) =>
    question(IncrementalAlterConfigsApi, `${name}=${value} of a subscription`, () =>
      ofSubscription(name, value),
    ),
  ),
  question(IncrementalAlterConfigsApi, 'a subscription without a name', () =>
    ofSubscription('metrics', '*', ''),
  ),
  question(DescribeConfigsApi, 'of a subscription that there is not', describeAll(clientMetricsType, 'none')),
  question(DescribeConfigsApi, 'all of a group, by an empty list', describeAll(groupType, 'a-group')),
  question(DescribeConfigsApi, 'all of a topic, by an empty list', describeAll(topicType, 'write')),
  question(DescribeConfigsApi, 'of a group', version => ({
    resources: [
      {
        resourceType: groupType,
        resourceName: 'a-group',
        configurationKeys: ['consumer.session.timeout.ms', 'share.auto.offset.reset', 'no.such'],
      },
    ],
    ...(version >= 1 && { includeSynonyms: true }),
  })),
  question(DescribeConfigsApi, 'of a group without a name', () => ({
    resources: [{ resourceType: groupType, resourceName: '', configurationKeys: null }],
  })),
  ...groupChanges.map(([name, value]) =>
    question(IncrementalAlterConfigsApi, `${name}=${value} of a group`, () => ofGroup(name, value)),
  ),
  question(IncrementalAlterConfigsApi, 'append to a setting of a group', () =>
    ofGroup('share.auto.offset.reset', 'earliest', 2),
  ),
  question(IncrementalAlterConfigsApi, 'delete what a group cannot have', () => ofGroup('no.such', null, 1)),
  question(IncrementalAlterConfigsApi, 'a group without a name', () =>
    ofGroup('share.isolation.level', 'read_committed', 0, ''),
  ),
  question(ListConfigResourcesApi, 'loggers and groups', version => ({
    ...(version >= 1 && { resourceTypes: [groupType, 8] }),
  })),
  question(ListConfigResourcesApi, 'a type that there is not', version => ({
    ...(version >= 1 && { resourceTypes: [unknownType] }),
  })),
]
