// Round-robin assignment: all partitions of all topics in one line, dealt out in turn.
import { AssignmentBuilder, compareMembers, compareText, type PromptAssignor } from './assignor.ts'

/** Kafka's `RoundRobinAssignor`. */
export const roundRobinAssignor: PromptAssignor = {
  name: 'roundrobin',
  protocol: 'eager',
  assign(members, partitionCounts) {
    const sorted = [...members].sort(compareMembers)
    const wanted = sorted.map(member => new Set(member.topics))
    const assignment = new AssignmentBuilder(members)
    let turn = 0
    for (const topic of [...partitionCounts.keys()].sort(compareText)) {
      if (!wanted.some(topics => topics.has(topic))) continue
      const partitionCount = partitionCounts.get(topic)!
      for (let partition = 0; partition < partitionCount; partition++) {
        while (!wanted[turn]!.has(topic)) turn = (turn + 1) % sorted.length
        assignment.add(sorted[turn]!.memberId, topic, partition)
        turn = (turn + 1) % sorted.length
      }
    }
    return assignment.finish()
  },
}
