// The lag of groups as Prometheus reads it, in the names of kafka_exporter where it has some.
import { expositionOf, type Family, type Sample } from '@millrace/runtime'
import type { GroupStatus, PartitionStatus } from './group-status.ts'
import { groupLevels, partitionLevels } from './verdict.ts'

/** Families of metrics of groups. */
export function lagFamilies(groups: readonly GroupStatus[]): Family[] {
  const ofGroup = (value: (group: GroupStatus) => number | undefined): Sample[] =>
    groups.flatMap(group => sampleOf(value(group), { consumergroup: group.group }))
  const ofPartition = (value: (of: PartitionStatus) => number | undefined): Sample[] =>
    groups.flatMap(({ group, partitions }) =>
      partitions.flatMap(each =>
        sampleOf(value(each), { consumergroup: group, topic: each.topic, partition: each.partition }),
      ),
    )
  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name,
    type: 'gauge',
    help,
    samples,
  })
  return [
    gauge(
      'kafka_consumergroup_current_offset',
      'The next offset that a group will read.',
      ofPartition(p => p.committed),
    ),
    gauge(
      'kafka_consumergroup_lag',
      'Records that are left to read.',
      ofPartition(p => p.lag),
    ),
    gauge(
      'kafka_consumergroup_lag_seconds',
      'How long ago the next record was written.',
      ofPartition(p => seconds(p.lagMs)),
    ),
    gauge(
      'kafka_consumergroup_partition_status',
      '1 OK, 2 WARN, 4 STOP, 5 STALL, 6 REWIND.',
      ofPartition(p => partitionLevels[p.verdict]),
    ),
    gauge(
      'kafka_consumergroup_lag_sum',
      'Records that are left to read, over all partitions.',
      ofGroup(g => g.lag),
    ),
    gauge(
      'kafka_consumergroup_max_lag_seconds',
      'The longest of the partitions.',
      ofGroup(g => seconds(g.lagMs)),
    ),
    gauge(
      'kafka_consumergroup_members',
      'Members of a group.',
      ofGroup(g => g.members),
    ),
    gauge(
      'kafka_consumergroup_status',
      '0 NOTFOUND, 1 OK, 2 WARN, 3 ERR.',
      ofGroup(g => groupLevels[g.verdict]),
    ),
  ]
}

/** The same as text. */
export function lagText(families: readonly Family[]): string {
  let text = ''
  for (const family of families) for (const line of expositionOf(family)) text += line
  return text
}

function sampleOf(value: number | undefined, labels: Sample['labels']): Sample[] {
  return value === undefined ? [] : [{ value, ...(labels && { labels }) }]
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1_000
}
