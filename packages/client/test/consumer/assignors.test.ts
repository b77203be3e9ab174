// The assignors, without a group: fair, complete, and sticky where they promise it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  cooperativeStickyAssignor,
  type GroupAssignment,
  type GroupMember,
  rangeAssignor,
  roundRobinAssignor,
  stickyAssignor,
} from '../../src/index.ts'

function member(memberId: string, topics: readonly string[], more: Partial<GroupMember> = {}): GroupMember {
  return {
    memberId,
    topics,
    groupInstanceId: null,
    owned: new Map(),
    generation: -1,
    rack: null,
    userData: null,
    ...more,
  }
}

function show(assignment: GroupAssignment): Record<string, string[]> {
  return Object.fromEntries(
    [...assignment].map(([memberId, topics]) => [
      memberId,
      [...topics]
        .flatMap(([topic, partitions]) => partitions.map(partition => `${topic}${partition}`))
        .sort(),
    ]),
  )
}

const counts = (entries: Record<string, number>) => new Map(Object.entries(entries))

test('range gives runs of each topic, the first members one more', () => {
  const members = [member('b', ['x', 'y']), member('a', ['x', 'y']), member('c', ['y'])]
  assert.deepEqual(show(rangeAssignor.assign(members, counts({ x: 3, y: 5 }))), {
    a: ['x0', 'x1', 'y0', 'y1'],
    b: ['x2', 'y2', 'y3'],
    c: ['y4'],
  })
})

test('static members come first, by instance id', () => {
  const members = [member('a', ['x']), member('z', ['x'], { groupInstanceId: '1' })]
  assert.deepEqual(show(rangeAssignor.assign(members, counts({ x: 1 }))), { a: [], z: ['x0'] })
})

test('round robin deals all partitions in turn and passes over who does not want the topic', () => {
  const members = [member('a', ['x']), member('b', ['x', 'y']), member('c', ['y'])]
  assert.deepEqual(show(roundRobinAssignor.assign(members, counts({ x: 3, y: 3 }))), {
    a: ['x0', 'x2'],
    b: ['x1', 'y0', 'y2'],
    c: ['y1'],
  })
})

test('sticky keeps what it can when a member comes', () => {
  const owned = (partitions: number[]) => ({ owned: new Map([['x', partitions]]), generation: 4 })
  const members = [
    member('a', ['x'], owned([0, 1, 2])),
    member('b', ['x'], owned([3, 4, 5])),
    member('c', ['x']),
  ]
  const result = show(stickyAssignor.assign(members, counts({ x: 6 })))
  assert.deepEqual(result['a'], ['x0', 'x1'])
  assert.deepEqual(result['b'], ['x3', 'x4'])
  assert.deepEqual(result['c'], ['x2', 'x5'])
})

test('who comes is given some of each topic, and of each the same partitions', () => {
  const all = [0, 1, 2, 3, 4, 5]
  const owned = new Map([
    ['orders', all],
    ['orders-retry', all],
  ])
  const topics = ['orders', 'orders-retry']
  const members = [member('a', topics, { owned, generation: 4 }), member('b', topics)]
  const given = stickyAssignor.assign(members, counts({ orders: 6, 'orders-retry': 6 })).get('b')!
  for (const topic of topics) assert.deepEqual(given.get(topic)?.toSorted(), [3, 4, 5], topic)
})

test('the newer of two claims counts; of equal ones none does', () => {
  const claim = (generation: number) => ({ owned: new Map([['x', [0]]]), generation })
  const newer = [member('a', ['x'], claim(3)), member('b', ['x'], claim(4))]
  assert.deepEqual(show(stickyAssignor.assign(newer, counts({ x: 1 }))), { a: [], b: ['x0'] })
  const equal = [member('a', ['x'], claim(4)), member('b', ['x'], claim(4))]
  // Under cooperation nobody gets it before both have let go.
  assert.deepEqual(show(cooperativeStickyAssignor.assign(equal, counts({ x: 1 }))), { a: [], b: [] })
})

test('cooperative hands over in two steps', () => {
  const first = [member('a', ['x'], { owned: new Map([['x', [0, 1]]]), generation: 1 }), member('b', ['x'])]
  assert.deepEqual(show(cooperativeStickyAssignor.assign(first, counts({ x: 2 }))), { a: ['x0'], b: [] })
  const second = [
    member('a', ['x'], { owned: new Map([['x', [0]]]), generation: 2 }),
    member('b', ['x'], { generation: 2 }),
  ]
  assert.deepEqual(show(cooperativeStickyAssignor.assign(second, counts({ x: 2 }))), { a: ['x0'], b: ['x1'] })
})

test('chains of moves even out what single moves cannot', () => {
  // a has two of x; b could take one of them if it gave its y to c.
  const members = [
    member('a', ['x'], { owned: new Map([['x', [0, 1]]]), generation: 1 }),
    member('b', ['x', 'y'], { owned: new Map([['y', [0]]]), generation: 1 }),
    member('c', ['y'], { generation: 1 }),
  ]
  const result = show(stickyAssignor.assign(members, counts({ x: 2, y: 1 })))
  assert.deepEqual(
    Object.values(result).map(({ length }) => length),
    [1, 1, 1],
  )
})

test('user data survives its way through the group', () => {
  const owned = new Map([
    ['x', [1, 2]],
    ['y', [0]],
  ])
  assert.deepEqual(stickyAssignor.readUserData!(stickyAssignor.userData!(owned, 7)!), {
    owned,
    generation: 7,
  })
  assert.deepEqual(cooperativeStickyAssignor.readUserData!(cooperativeStickyAssignor.userData!(owned, 7)!), {
    generation: 7,
  })
})

const topics = ['t0', 't1', 't2', 't3']
const groups = fc.record({
  partitionCounts: fc.tuple(...topics.map(() => fc.nat(9))),
  wishes: fc.array(fc.subarray(topics, { minLength: 1 }), { minLength: 1, maxLength: 7 }),
})

function build({ partitionCounts, wishes }: { partitionCounts: number[]; wishes: string[][] }) {
  const byTopic = new Map(topics.map((topic, index) => [topic, partitionCounts[index]!]))
  return { byTopic, members: wishes.map((wish, index) => member(`m${index}`, wish)) }
}

function checkComplete(
  assignment: GroupAssignment,
  members: readonly GroupMember[],
  byTopic: ReadonlyMap<string, number>,
): void {
  const given: string[] = []
  for (const { memberId, topics: wish } of members) {
    for (const [topic, partitions] of assignment.get(memberId)!) {
      assert.ok(wish.includes(topic), `${memberId} got ${topic}, which it does not want`)
      given.push(...partitions.map(partition => `${topic}/${partition}`))
    }
  }
  const wanted = [...byTopic].flatMap(([topic, count]) =>
    members.some(({ topics: wish }) => wish.includes(topic))
      ? Array.from({ length: count }, (_, partition) => `${topic}/${partition}`)
      : [],
  )
  assert.deepEqual(given.sort(), wanted.sort())
}

function loads(assignment: GroupAssignment): Map<string, number> {
  return new Map(
    [...assignment].map(([memberId, byTopic]) => [
      memberId,
      [...byTopic.values()].reduce((sum, partitions) => sum + partitions.length, 0),
    ]),
  )
}

/** What members say in the next round when they hold this. */
function holding(
  members: readonly GroupMember[],
  assignment: GroupAssignment,
  generation: number,
): GroupMember[] {
  return members.map(each => ({ ...each, generation, owned: assignment.get(each.memberId) ?? new Map() }))
}

for (const assignor of [rangeAssignor, roundRobinAssignor, stickyAssignor]) {
  test(`${assignor.name} gives every wanted partition to one member that wants it`, () => {
    fc.assert(
      fc.property(groups, group => {
        const { byTopic, members } = build(group)
        checkComplete(assignor.assign(members, byTopic), members, byTopic)
      }),
    )
  })
}

test('sticky cannot be evened out by any move, and does nothing when nothing changed', () => {
  fc.assert(
    fc.property(groups, group => {
      const { byTopic, members } = build(group)
      const assignment = stickyAssignor.assign(members, byTopic)
      const load = loads(assignment)
      for (const { memberId } of members) {
        for (const [topic, partitions] of assignment.get(memberId)!) {
          if (partitions.length === 0) continue
          for (const other of members) {
            if (!other.topics.includes(topic)) continue
            assert.ok(load.get(memberId)! <= load.get(other.memberId)! + 1)
          }
        }
      }
      const again = stickyAssignor.assign(holding(members, assignment, 1), byTopic)
      assert.deepEqual(show(again), show(assignment))
    }),
  )
})

test('sticky moves only what a departed member had when the others want the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 30 }),
      (memberCount, partitions) => {
        const members = Array.from({ length: memberCount }, (_, index) => member(`m${index}`, ['t0']))
        const byTopic = new Map([['t0', partitions]])
        const before = stickyAssignor.assign(members, byTopic)
        const left = members.slice(1)
        const after = stickyAssignor.assign(holding(left, before, 1), byTopic)
        for (const { memberId } of left) {
          const kept = before.get(memberId)!.get('t0') ?? []
          const has = new Set(after.get(memberId)!.get('t0') ?? [])
          for (const partition of kept) assert.ok(has.has(partition))
        }
      },
    ),
  )
})

test('cooperative never gives what another holds, and is complete and even after as many rounds as it takes', () => {
  fc.assert(
    fc.property(groups, groups, (one, two) => {
      const first = build(one)
      let held: GroupAssignment = stickyAssignor.assign(first.members, first.byTopic)
      const { byTopic, members } = build({ ...two, partitionCounts: one.partitionCounts })
      for (let round = 1; ; round++) {
        assert.ok(round < 10, 'it does not settle')
        const claims = holding(members, held, round)
        const next = cooperativeStickyAssignor.assign(claims, byTopic)
        for (const { memberId } of members) {
          for (const [topic, partitions] of next.get(memberId)!) {
            for (const partition of partitions) {
              const holder = claims.find(
                other => other.memberId !== memberId && other.owned.get(topic)?.includes(partition),
              )
              assert.equal(holder, undefined)
            }
          }
        }
        // A member that had to give something up asks for another round.
        const revoked = claims.some(({ memberId, owned }) =>
          [...owned].some(([topic, partitions]) =>
            partitions.some(partition => !next.get(memberId)!.get(topic)?.includes(partition)),
          ),
        )
        held = next
        if (!revoked) break
      }
      checkComplete(held, members, byTopic)
    }),
  )
})

test('a thousand members and ten thousand partitions are divided in a moment', () => {
  const members = Array.from({ length: 1_000 }, (_, index) => member(`m${index}`, ['big']))
  const byTopic = new Map([['big', 10_000]])
  const assignment = cooperativeStickyAssignor.assign(members, byTopic)
  assert.ok([...loads(assignment).values()].every(load => load === 10))
  const grown = stickyAssignor.assign(holding([...members, member('new', ['big'])], assignment, 1), byTopic)
  assert.equal(Math.min(...loads(grown).values()), 9)
})
