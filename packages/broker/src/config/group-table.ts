// Every setting that a group can have of its own, whatever kind it is of: Kafka's names, defaults and bounds, and the broker property each one inherits from.
import { boolean, choice, type ConfigDefinition, ConfigValueError, int, string } from './definition.ts'

/** From when on a share group reads that has no position yet: an end, or a time back from now in Java's form, `PnDTnHnMn.nS`. */
const resetForm =
  /^(?:earliest|latest|by_duration:P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{0,9})?S)?)?)$/

function checkReset(text: string): void {
  if (resetForm.test(text)) return
  throw new ConfigValueError(
    `Invalid value \`${text}\` for configuration share.auto.offset.reset. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`,
  )
}

export const groupTable = {
  'consumer.session.timeout.ms': int({
    default: 45000,
    min: 1,
    doc: 'Time without a heartbeat after which a member of a consumer group is put out. In milliseconds.',
  }),
  'consumer.heartbeat.interval.ms': int({
    default: 5000,
    min: 1,
    doc: 'Time between two heartbeats of a member of a consumer group. In milliseconds.',
  }),
  'consumer.assignment.interval.ms': int({
    default: 1000,
    min: 0,
    doc: 'Least time between two assignments of a consumer group. In milliseconds.',
  }),
  'share.session.timeout.ms': int({
    default: 45000,
    min: 1,
    doc: 'Time without a heartbeat after which a member of a share group is put out. In milliseconds.',
  }),
  'share.heartbeat.interval.ms': int({
    default: 5000,
    min: 1,
    doc: 'Time between two heartbeats of a member of a share group. In milliseconds.',
  }),
  'share.record.lock.duration.ms': int({
    default: 30000,
    min: 1000,
    doc: 'How long a member of a share group has a record to itself. In milliseconds.',
  }),
  'share.delivery.count.limit': int({
    default: 5,
    min: 2,
    doc: 'How often a share group delivers a record before it gives it up.',
  }),
  'share.partition.max.record.locks': int({
    default: 2000,
    min: 100,
    doc: 'How many records of a partition a share group has under way at most.',
  }),
  'share.auto.offset.reset': string({
    default: 'latest',
    check: checkReset,
    doc: 'Where a share group begins: "earliest", "latest", or "by_duration:" with a time back from now (PnDTnHnMn.nS).',
  }),
  'share.isolation.level': choice({
    default: 'read_uncommitted',
    values: ['read_committed', 'read_uncommitted'],
    doc: 'Whether a share group delivers records of transactions that are not committed.',
  }),
  'share.renew.acknowledge.enable': boolean({
    default: true,
    doc: 'Whether a member of a share group may renew its hold on a record.',
  }),
  'share.assignment.interval.ms': int({
    default: 1000,
    min: 0,
    doc: 'Least time between two assignments of a share group. In milliseconds.',
  }),
  'streams.session.timeout.ms': int({
    default: 45000,
    min: 1,
    doc: 'Time without a heartbeat after which a member of a streams group is put out. In milliseconds.',
  }),
  'streams.heartbeat.interval.ms': int({
    default: 5000,
    min: 1,
    doc: 'Time between two heartbeats of a member of a streams group. In milliseconds.',
  }),
  'streams.num.standby.replicas': int({
    default: 0,
    min: 0,
    doc: 'How many members of a streams group keep a copy of each task’s state.',
  }),
  'streams.initial.rebalance.delay.ms': int({
    default: 3000,
    min: 0,
    doc: 'Time to wait for more members before the first assignment of a streams group. In milliseconds.',
  }),
  'streams.assignment.interval.ms': int({
    default: 1000,
    min: 0,
    doc: 'Least time between two assignments of a streams group. In milliseconds.',
  }),
} as const satisfies Readonly<Record<string, ConfigDefinition>>

export type GroupConfigName = keyof typeof groupTable

/** The settings that no property of the broker is a default of. */
const alone: ReadonlySet<string> = new Set([
  'share.auto.offset.reset',
  'share.isolation.level',
  'share.renew.acknowledge.enable',
])

/** The property of the broker that a group inherits a setting from. */
export function groupSynonym(name: string): string | undefined {
  return alone.has(name) ? undefined : `group.${name}`
}
