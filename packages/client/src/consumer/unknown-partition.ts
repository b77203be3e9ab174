// Tells of partitions that topics do not have: whoever asked for one would wait for it without a word.
import type { Cluster } from '../cluster/cluster.ts'
import { partitionUnknown } from '../events/client-event.ts'
import type { PartitionState } from './partition-state.ts'

/** One that was just made is known to all brokers a moment later. */
const graceMs = 1000

/** A partition has no leader that is known. Where that is because its topic has no such partition, and has not had it for a second, the client says so. */
export function tellIfUnknown({ clock, events, metadata }: Cluster, state: PartitionState): void {
  const { topic, partition } = state
  if (!events.active || !metadata.topic(topic) || metadata.partition(topic, partition)) return
  const now = clock.monotonic()
  state.unknownSince ??= now
  if (now - state.unknownSince >= graceMs) events.emit(partitionUnknown(topic, partition))
}
