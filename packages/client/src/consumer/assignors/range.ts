// Range assignment: each topic by itself, in runs of consecutive partitions. Topics with equal counts are divided alike.
import { AssignmentBuilder, compareMembers, type PromptAssignor } from './assignor.ts'

/** Kafka's `RangeAssignor` (without racks). */
export const rangeAssignor: PromptAssignor = {
  name: 'range',
  protocol: 'eager',
  assign(members, partitionCounts) {
    const sorted = [...members].sort(compareMembers)
    const assignment = new AssignmentBuilder(members)
    for (const [topic, partitionCount] of partitionCounts) {
      const takers = sorted.filter(member => member.topics.includes(topic))
      if (takers.length === 0) continue
      const each = Math.floor(partitionCount / takers.length)
      const larger = partitionCount % takers.length
      let partition = 0
      takers.forEach((member, index) => {
        const end = partition + each + (index < larger ? 1 : 0)
        for (; partition < end; partition++) assignment.add(member.memberId, topic, partition)
      })
    }
    return assignment.finish()
  },
}
