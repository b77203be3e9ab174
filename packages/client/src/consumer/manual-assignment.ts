// Partitions that the user names, whatever a group does.
import { ConfigError } from '../errors/index.ts'
import { partitionKey } from './assignors/ownership.ts'
import type { PartitionStart } from './call-arguments.ts'
import { checkStart } from './check-offset.ts'
import type { ConsumerCore } from './consumer-core.ts'
import type { ResolvedConsumerOptions } from './options.ts'
import type { StartingPoint } from './partition-state.ts'

/** Takes these partitions in place of those before: see `Consumer.assign`. Throws StateError, ConfigError. */
export function assignPartitions<K, V>(
  core: ConsumerCore<K, V>,
  partitions: readonly PartitionStart[],
): void {
  const { assignment, committer, options } = core
  for (const { topic, partition, offset } of partitions) {
    if (offset !== undefined) checkStart(`${topic}-${partition}`, offset, ['earliest', 'latest', 'committed'])
  }
  core.mode = 'assigned'
  const wanted = new Set(partitions.map(({ topic, partition }) => partitionKey(topic, partition)))
  const dropped = [...assignment].filter(
    ({ topic, partition }) => !wanted.has(partitionKey(topic, partition)),
  )
  if (options.autoCommit)
    committer.commitProcessed(dropped).catch((error: unknown) => core.warn(error as Error))
  for (const state of dropped) assignment.remove(state)
  for (const { topic, partition, offset } of partitions) {
    const known = assignment.find(topic, partition)
    const state = known ?? assignment.add(topic, partition)
    if (offset !== undefined || !known) assignment.start(state, offset ?? defaultStart(options, topic))
  }
  core.start()
}

function defaultStart({ groupId, resetOf }: ResolvedConsumerOptions, topic: string): StartingPoint {
  if (groupId !== undefined) return 'committed'
  const autoOffsetReset = resetOf(topic)
  if (autoOffsetReset !== 'none') return autoOffsetReset
  throw new ConfigError(
    'Consumer: assign without offsets needs a groupId or an autoOffsetReset other than "none"',
  )
}
