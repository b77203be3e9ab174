// Consumer groups in numbers, under the names of kafka_exporter: committed offsets, and how far behind they are.
import type { BrokerCore } from '../core.ts'
import type { GroupCoordinator } from '../groups/coordinator.ts'
import type { GroupProgress } from '../groups/group-admin.ts'
import type { Family, Sample } from '@millrace/runtime'

interface TopicProgress {
  readonly labels: { readonly consumergroup: string; readonly topic: string }
  readonly offsets: readonly { readonly partition: number; readonly offset: number; readonly lag: number }[]
}

/** Behind what consumers see; 0 for an offset beyond, which a topic that was made anew may leave. */
function lagOf(core: BrokerCore, topic: string, partition: number, offset: number): number | undefined {
  const log = core.partition(topic, partition)
  return log && Math.max(log.highWatermark - offset, 0)
}

function* progressOf(core: BrokerCore, { groupId, topics }: GroupProgress): Generator<TopicProgress> {
  for (const [topic, partitions] of topics) {
    const offsets = Array.from(partitions, ([partition, { offset }]) => ({
      partition,
      offset,
      lag: lagOf(core, topic, partition, offset),
    }))
    // A topic that is gone has no end to be behind of.
    const known = offsets.filter((each): each is typeof each & { lag: number } => each.lag !== undefined)
    if (known.length > 0) yield { labels: { consumergroup: groupId, topic }, offsets: known }
  }
}

/** Groups whose partition of `__consumer_offsets` is loaded, which all are soon after the start. */
export function* groupFamilies(core: BrokerCore, groups: GroupCoordinator): Generator<Family> {
  const prefix = 'kafka_consumergroup_'
  function* byPartition(value: 'offset' | 'lag'): Generator<Sample> {
    for (const group of groups.admin.progress()) {
      for (const { labels, offsets } of progressOf(core, group)) {
        for (const each of offsets) {
          yield { labels: { ...labels, partition: each.partition }, value: each[value] }
        }
      }
    }
  }
  function* byTopic(value: 'offset' | 'lag'): Generator<Sample> {
    for (const group of groups.admin.progress()) {
      for (const { labels, offsets } of progressOf(core, group)) {
        yield { labels, value: offsets.reduce((sum, each) => sum + each[value], 0) }
      }
    }
  }
  function* members(): Generator<Sample> {
    for (const { groupId, memberCount } of groups.admin.progress()) {
      yield { labels: { consumergroup: groupId }, value: memberCount }
    }
  }
  const gauge = (name: string, help: string, samples: Iterable<Sample>): Family => ({
    name: `${prefix}${name}`,
    type: 'gauge',
    help,
    samples,
  })
  yield gauge('current_offset', 'Committed offset of a group.', byPartition('offset'))
  yield gauge('lag', 'Records that a group has not committed.', byPartition('lag'))
  yield gauge('current_offset_sum', 'Committed offsets of a group over a topic.', byTopic('offset'))
  yield gauge('lag_sum', 'Records of a topic that a group has not committed.', byTopic('lag'))
  yield gauge('members', 'Members of a group.', members())
}
