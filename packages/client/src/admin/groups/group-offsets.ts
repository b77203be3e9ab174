// Admin: read the committed offsets of one group.
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, flag, listOf, optional, optionsWith, partitionFields, text } from '../../config/arguments.ts'
import type { FoundGroupOffset } from './committed-offset.ts'
import { type GroupOffsetsOptions, listGroupOffsets } from './list-group-offsets.ts'

const checkPartitions = optional(listOf(entry(partitionFields)))
const checkOptions = optionsWith({ requireStable: flag })

/**
 * Committed offsets of a group: of the given partitions, or of all it ever committed. Partitions without one are left out; one that the
 * coordinator refuses has its error, and hides no other. Throws what concerns the group.
 */
export async function groupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions?: readonly TopicPartition[],
  options: GroupOffsetsOptions = {},
): Promise<FoundGroupOffset[]> {
  text('groupOffsets: groupId', groupId)
  checkPartitions('groupOffsets: partitions', partitions)
  checkOptions('groupOffsets: options', options)
  const [found] = await listGroupOffsets(cluster, [{ groupId, partitions }], options)
  if (found!.error) throw found!.error
  return [...found!.offsets]
}
