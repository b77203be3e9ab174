// Evens out an assignment with few moves: single moves and chains of moves from the fullest members to the emptiest.
import { AssignmentBuilder, type GroupAssignment, type GroupMember } from './assignor.ts'

interface Share {
  readonly index: number
  readonly member: GroupMember
  readonly topics: ReadonlySet<string>
  /** Partitions by topic. What was kept from before comes first; moves take from the end. */
  readonly held: Map<string, number[]>
  load: number
}

interface Step {
  readonly from: Share
  readonly to: Share
  readonly topic: string
}

/**
 * Invariant that `settle` establishes: no chain of moves leads from a member to one with at least two partitions less. Each chain
 * lowers the sum of the squared loads, so it ends.
 */
export class StickyBalance {
  readonly #shares: Share[]
  readonly #byId = new Map<string, Share>()
  readonly #takers = new Map<string, Share[]>()

  constructor(members: readonly GroupMember[]) {
    this.#shares = members.map((member, index) => ({
      index,
      member,
      topics: new Set(member.topics),
      held: new Map(),
      load: 0,
    }))
    for (const share of this.#shares) {
      this.#byId.set(share.member.memberId, share)
      for (const topic of share.topics) {
        const takers = this.#takers.get(topic)
        if (takers) takers.push(share)
        else this.#takers.set(topic, [share])
      }
    }
  }

  /** How many members want the topic. */
  takersOf(topic: string): number {
    return this.#takers.get(topic)?.length ?? 0
  }

  /** Leaves a partition with the member that had it. All of these come before the first `give`. */
  keep(memberId: string, topic: string, partition: number): void {
    put(this.#byId.get(memberId)!, topic, partition)
  }

  /** Gives a partition to the member with the least, of those who want its topic. Nobody may want it. */
  give(topic: string, partition: number): void {
    let least: Share | undefined
    for (const share of this.#takers.get(topic) ?? []) if (!least || share.load < least.load) least = share
    if (least) put(least, topic, partition)
  }

  /** Moves partitions until it is as even as the subscriptions allow. */
  settle(): void {
    for (;;) {
      const fullest = [...this.#shares].sort((a, b) => b.load - a.load || a.index - b.index)
      let moved = false
      for (const share of fullest) {
        while (this.#relieve(share)) moved = true
      }
      if (!moved) return
    }
  }

  finish(): GroupAssignment {
    const assignment = new AssignmentBuilder(this.#shares.map(({ member }) => member))
    for (const { member, held } of this.#shares) {
      for (const [topic, partitions] of held) {
        for (const partition of partitions) assignment.add(member.memberId, topic, partition)
      }
    }
    return assignment.finish()
  }

  /** Takes one partition off a member by the shortest chain of moves to a member with two less. Returns whether there is one. */
  #relieve(start: Share): boolean {
    const cameBy = new Map<Share, Step | undefined>([[start, undefined]])
    const topicsSeen = new Set<string>()
    const queue = [start]
    for (let at = 0; at < queue.length; at++) {
      const from = queue[at]!
      // Of the topic of which it has most: one that comes second in the alphabet would else be left to one member, and the first to another.
      for (const [topic, partitions] of byLength(from.held)) {
        // Whoever wants the topic is reached already when it was seen once.
        if (partitions.length === 0 || topicsSeen.has(topic)) continue
        topicsSeen.add(topic)
        for (const to of this.#byLoad(topic)) {
          if (cameBy.has(to)) continue
          cameBy.set(to, { from, to, topic })
          if (to.load <= start.load - 2) {
            this.#moveAlong(to, cameBy)
            return true
          }
          queue.push(to)
        }
      }
    }
    return false
  }

  #byLoad(topic: string): Share[] {
    return [...(this.#takers.get(topic) ?? [])].sort((a, b) => a.load - b.load || a.index - b.index)
  }

  #moveAlong(end: Share, cameBy: ReadonlyMap<Share, Step | undefined>): void {
    for (let step = cameBy.get(end); step; step = cameBy.get(step.from)) {
      const partition = step.from.held.get(step.topic)!.pop()!
      step.from.load--
      put(step.to, step.topic, partition)
    }
  }
}

function byLength(held: ReadonlyMap<string, number[]>): [string, number[]][] {
  const topics = [...held]
  return topics.length === 1 ? topics : topics.sort((a, b) => b[1].length - a[1].length)
}

function put(share: Share, topic: string, partition: number): void {
  const partitions = share.held.get(topic)
  if (partitions) partitions.push(partition)
  else share.held.set(topic, [partition])
  share.load++
}
