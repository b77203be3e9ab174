// Sticky assignment: as even as possible, and within that as few partitions moved as possible. Eager and cooperative (KIP-429).
import { Reader, Writer } from '@millrace/protocol'
import {
  AssignmentBuilder,
  compareText,
  type GroupAssignment,
  type PromptAssignor,
  type GroupMember,
  type TopicPartitions,
} from './assignor.ts'
import { partitionKey, settleOwners } from './ownership.ts'
import { StickyBalance } from './sticky-balance.ts'

/** Kafka's `StickyAssignor`: every member gives up everything first, and mostly gets the same back. */
export const stickyAssignor: PromptAssignor = {
  name: 'sticky',
  protocol: 'eager',
  userData: encodeOwned,
  readUserData: decodeOwned,
  assign: (members, partitionCounts) =>
    balance(members, partitionCounts, settleOwners(members, partitionCounts)),
}

/** Kafka's `CooperativeStickyAssignor`: a partition that changes hands is given up in one rebalance and handed over in the next. */
export const cooperativeStickyAssignor: PromptAssignor = {
  name: 'cooperative-sticky',
  protocol: 'cooperative',
  userData: encodeGeneration,
  readUserData: userData => ({ generation: userData.length >= 4 ? userData.readInt32BE(0) : -1 }),
  assign(members, partitionCounts) {
    const owners = settleOwners(members, partitionCounts)
    return withholdMoving(members, balance(members, partitionCounts, owners))
  },
}

function balance(
  members: readonly GroupMember[],
  partitionCounts: ReadonlyMap<string, number>,
  owners: ReadonlyMap<string, string>,
): GroupAssignment {
  const sorted = [...members].sort((a, b) => compareText(a.memberId, b.memberId))
  const state = new StickyBalance(sorted)
  const unowned: [string, number][] = []
  for (const topic of [...partitionCounts.keys()].sort(compareText)) {
    const count = partitionCounts.get(topic)!
    for (let partition = 0; partition < count; partition++) {
      const owner = owners.get(partitionKey(topic, partition))
      if (owner === undefined) unowned.push([topic, partition])
      else state.keep(owner, topic, partition)
    }
  }
  // Topics that few want first: the others can still even things out.
  unowned.sort((a, b) => state.takersOf(a[0]) - state.takersOf(b[0]))
  for (const [topic, partition] of unowned) state.give(topic, partition)
  state.settle()
  return state.finish()
}

/** Takes out of an assignment what another member still holds: its holder learns that it must give it up. */
function withholdMoving(members: readonly GroupMember[], target: GroupAssignment): GroupAssignment {
  const holders = new Map<string, Set<string>>()
  for (const { memberId, owned } of members) {
    for (const [topic, partitions] of owned) {
      for (const partition of partitions) {
        const key = partitionKey(topic, partition)
        const set = holders.get(key)
        if (set) set.add(memberId)
        else holders.set(key, new Set([memberId]))
      }
    }
  }
  const result = new AssignmentBuilder(members)
  for (const [memberId, topics] of target) {
    for (const [topic, partitions] of topics) {
      for (const partition of partitions) {
        const held = holders.get(partitionKey(topic, partition))
        const heldElsewhere = held !== undefined && (held.size > 1 || !held.has(memberId))
        if (!heldElsewhere) result.add(memberId, topic, partition)
      }
    }
  }
  return result.finish()
}

/*
 * User data of `sticky` (version 1): [count int32] { topic string, [count int32] partition int32 } generation int32
 * User data of `cooperative-sticky`: generation int32; ownership stands in the subscription itself.
 */
function encodeOwned(owned: TopicPartitions, generation: number): Buffer {
  const writer = new Writer()
  writer.arrayLength(owned.size)
  for (const [topic, partitions] of owned) {
    writer.string(topic)
    writer.arrayLength(partitions.length)
    for (const partition of partitions) writer.int32(partition)
  }
  writer.int32(generation)
  return writer.finishBuffer()
}

function decodeOwned(userData: Buffer): { owned: TopicPartitions; generation: number } {
  const reader = new Reader(userData)
  const owned = new Map<string, number[]>()
  for (let topics = reader.arrayLength(6); topics > 0; topics--) {
    const topic = reader.string()
    const partitions: number[] = []
    for (let count = reader.arrayLength(4); count > 0; count--) partitions.push(reader.int32())
    owned.set(topic, partitions)
  }
  // Version 0 of the format has no generation.
  return { owned, generation: reader.remaining >= 4 ? reader.int32() : -1 }
}

function encodeGeneration(_owned: TopicPartitions, generation: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(generation)
  return bytes
}
