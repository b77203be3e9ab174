// `millrace group list`, `delete` and `delete-offsets`: what they do.
import type { Outcome } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import { parsePartitions } from '../format/partition-list.ts'
import type { GroupDeleteOffsetsOptions, GroupListOptions } from '../options/group.ts'
import { UsageError } from '../output/errors.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'

export async function listGroups(options: GroupListOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const groups = await admin.listGroups({ states: options.state, signal: context.signal })
    await printRows(
      context.terminal,
      groups.map(({ groupId, state, protocolType, type, coordinatorId }) => ({
        group: groupId,
        state,
        protocolType,
        type,
        coordinator: coordinatorId,
      })),
      [
        { title: 'GROUP', value: row => row.group },
        { title: 'STATE', value: row => row.state || null },
        // As kafka-groups has them.
        { title: 'TYPE', value: row => row.type || null },
        { title: 'PROTOCOL', value: row => row.protocolType || null },
        { title: 'COORDINATOR', value: row => row.coordinator },
      ],
      options.json ?? false,
    )
  })
}

export async function deleteGroups(
  ids: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<void> {
  await withAdmin(options, context, async admin => {
    const deleted = await admin.deleteGroups(ids, { signal: context.signal })
    const outcomes = deleted.map(({ groupId, error }) => ({ group: groupId, result: 'deleted', error }))
    await reportOutcomes(outcomes, 'group', [{ title: 'GROUP', value: row => row.group }], options, context)
  })
}

export async function deleteGroupOffsets(
  id: string,
  options: GroupDeleteOffsetsOptions,
  context: Context,
): Promise<void> {
  const choices = options.topic.map(text => parsePartitions(text, '--topic'))
  const { signal } = context
  await withAdmin(options, context, async admin => {
    const committed = await admin.groupOffsets(id, undefined, { signal })
    // Offsets of a topic that is gone can be deleted, too: what is committed counts, not what exists.
    const chosen = choices.flatMap(({ topic, partitions }) =>
      committed.filter(entry => entry.topic === topic && (partitions?.includes(entry.partition) ?? true)),
    )
    if (chosen.length === 0)
      throw new UsageError(
        `group "${id}" has committed nothing in ${options.topic.join(', ')}`,
        `"millrace group describe ${id}" shows what it has`,
      )
    const deleted = await admin.deleteGroupOffsets(id, chosen, { signal })
    const offsets = new Map(chosen.map(entry => [`${entry.topic}-${entry.partition}`, entry.offset]))
    const outcomes: (Outcome & { topic: string; partition: number; offset: number; result: string })[] =
      deleted.map(({ topic, partition, error }) => ({
        topic,
        partition,
        offset: offsets.get(`${topic}-${partition}`) ?? -1,
        result: 'deleted',
        error,
      }))
    await reportOutcomes(
      outcomes,
      'partition',
      [
        { title: 'TOPIC', value: row => row.topic },
        { title: 'PARTITION', value: row => row.partition },
        { title: 'OFFSET', value: row => row.offset },
      ],
      options,
      context,
    )
  })
}
