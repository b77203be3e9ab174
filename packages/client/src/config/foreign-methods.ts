// What other clients call the methods that are known here under another name: for callers without types, who would read "is not a function".
import { StateError } from '../errors/index.ts'

type Advice = Readonly<Record<string, string>>

/** KafkaJS has these on every client. */
const ofAll: Advice = {
  connect: 'it connects on first use; leave the call out',
  disconnect: 'call close()',
  on: 'give onEvent, logger or hooks as an option',
}

/** KafkaJS's and librdkafka's. */
export const producerMethods: Advice = {
  ...ofAll,
  produce: 'call enqueue({ topic, partition, key, value }), or await send(…)',
  poll: 'reports come by themselves: give onRecordDelivery or onDelivery as an option',
  isIdempotent: 'it is, unless the option idempotence says otherwise',
}

/** KafkaJS's, librdkafka's and Java's. */
export const consumerMethods: Advice = {
  ...ofAll,
  stop: 'call close(), or end run by its signal',
  consume: 'loop over it by for await, or call run, poll or pollEvent',
  commitOffsets: 'call commit([{ topic, partition, offset }, …])',
  commitSync: 'await commit()',
  commitAsync: 'call commit(), and await it later',
  describeGroup: 'call describeGroups([groupId]) of an Admin',
  seekToBeginning: "call seek(partition, 'earliest')",
  seekToEnd: "call seek(partition, 'latest')",
  unsubscribe: 'call close(), or subscribe to other topics',
}

/** KafkaJS's and Java's; docs/admin.md has the whole table. */
export const adminMethods: Advice = {
  ...ofAll,
  fetchTopicMetadata: 'call describeTopics([…names])',
  fetchTopicOffsets: 'call listOffsets([{ topic, partition, timestamp: OffsetSpec.latest }, …])',
  fetchTopicOffsetsByTimestamp: 'call listOffsets([{ topic, partition, timestamp }, …])',
  deleteTopicRecords: 'call deleteRecords([{ topic, partition, beforeOffset }, …])',
  fetchOffsets: 'call groupOffsets(groupId)',
  setOffsets: 'call alterGroupOffsets(groupId, [{ topic, partition, offset }, …])',
  resetOffsets: 'call alterGroupOffsets(groupId, [{ topic, partition, offset }, …])',
  incrementalAlterConfigs: 'call alterConfigs([{ resource, changes }, …])',
  listConsumerGroups: "call listGroups({ protocolTypes: ['consumer'] })",
  describeConsumerGroups: 'call describeGroups([…groupIds])',
  describeClassicGroups: 'call describeGroups([…groupIds])',
  deleteConsumerGroups: 'call deleteGroups([…groupIds])',
  deleteShareGroups: 'call deleteGroups([…groupIds])',
  listConsumerGroupOffsets: 'call groupOffsets(groupId)',
  listShareGroupOffsets: 'call shareGroupOffsets',
  alterConsumerGroupOffsets: 'call alterGroupOffsets(groupId, [{ topic, partition, offset }, …])',
  deleteConsumerGroupOffsets: 'call deleteGroupOffsets(groupId, [{ topic, partition }, …])',
  removeMembersFromConsumerGroup: 'call removeMembers(groupId, members)',
  describeDelegationToken: 'call describeDelegationTokens()',
  metrics: 'read cluster.statistics',
}

/** Gives a class methods that only say what to write instead. They are not part of the type and do not show when the object is listed. */
export function explainMissingMethods(owner: string, prototype: object, advice: Advice): void {
  for (const [name, text] of Object.entries(advice)) {
    const value = () => {
      throw new StateError(`${owner} has no ${name}(): ${text}`)
    }
    Object.defineProperty(prototype, name, { value, enumerable: false, configurable: true })
  }
}
