// Whatever members do in whatever order, nobody is left hanging and the group's rules hold.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import fc from 'fast-check'
import type { Ticket } from '../../src/coordination/ticket.ts'
import { ClassicGroup } from '../../src/groups/classic/classic-group.ts'
import type {
  Continuation,
  GroupEffect,
  GroupEvent,
  HeartbeatReply,
  JoinReply,
  SyncReply,
} from '../../src/groups/classic/events.ts'
import { step } from '../../src/groups/classic/step.ts'
import type { GroupLimits } from '../../src/groups/classic/step-context.ts'

const protocolChoices = [['range'], ['range', 'sticky'], ['sticky', 'range'], ['sticky'], ['other', 'range']]

/** What a client may do next; `client` and numbers choose among what exists. */
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('join' as const), client: fc.nat(4), protocols: fc.nat(4) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('sync' as const), client: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('heartbeat' as const), client: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), client: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), client: fc.nat(4) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('disk' as const), fails: fc.integer({ min: 0, max: 9 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.nat(12_000) }) },
)

interface Client {
  readonly instance: string | null
  readonly version: number
  memberId: string
  generation: number
  /** It was told to join (again), or has never been told anything. */
  mustJoin: boolean
  joining: boolean
}

/** A group with clients that do as they like, and the books that are kept about it. */
class World {
  readonly group = new ClassicGroup('g', 0)
  readonly clients: Client[]
  readonly #limits: GroupLimits
  readonly #waiting = new Map<object, string>()
  readonly #appending: Continuation[] = []
  #nowMs = 0
  #count = 0
  #generation = 0

  constructor(delayMs: number, maxSize: number) {
    this.#limits = { initialRebalanceDelayMs: delayMs, maxSize, newMemberJoinTimeoutMs: 20_000 }
    this.clients = [9, 3, 5, 9, 0].map((version, index) => ({
      version,
      instance: index >= 3 ? `i${index}` : null,
      memberId: '',
      generation: -1,
      mustJoin: true,
      joining: false,
    }))
  }

  join(client: Client, protocols: number): void {
    const ticket: Ticket<JoinReply> = { answer: reply => this.#joined(client, reply) }
    this.#waiting.set(ticket, `join of ${client.memberId}`)
    client.joining = true
    this.#step({
      type: 'join',
      ticket,
      apiVersion: client.version,
      clientId: 'c',
      clientHost: '/h',
      sessionTimeoutMs: 6000,
      rebalanceTimeoutMs: 9000,
      memberId: client.memberId,
      groupInstanceId: client.instance,
      protocolType: 'consumer',
      protocols: protocolChoices[protocols]!.map(name => ({ name, metadata: Buffer.alloc(0) })),
      reason: null,
      newMemberId: `m${++this.#count}`,
    })
  }

  /** Somebody of another type asks to be let in: the error at once, undefined when it waits. */
  firstJoin(apiVersion: number): number | undefined {
    let errorCode: number | undefined
    const ticket: Ticket<JoinReply> = {
      answer: reply => {
        errorCode = reply.errorCode
      },
    }
    this.#waiting.set(ticket, 'the first join')
    this.#step({
      type: 'join',
      ticket,
      apiVersion,
      clientId: 'c',
      clientHost: '/h',
      sessionTimeoutMs: 6000,
      rebalanceTimeoutMs: 9000,
      memberId: '',
      groupInstanceId: null,
      protocolType: 'connect',
      protocols: [{ name: 'eager', metadata: Buffer.alloc(0) }],
      reason: null,
      newMemberId: 'first',
    })
    return errorCode
  }

  sync(client: Client): void {
    const ticket: Ticket<SyncReply> = { answer: reply => this.#told(client, reply.errorCode) }
    this.#waiting.set(ticket, `sync of ${client.memberId}`)
    const assignments = [...this.group.members.keys()].map(memberId => ({
      memberId,
      assignment: Buffer.from(`${memberId}@${client.generation}`),
    }))
    const { memberId, instance: groupInstanceId, generation: generationId } = client
    this.#step({
      type: 'sync',
      ticket,
      generationId,
      memberId,
      groupInstanceId,
      protocolType: null,
      protocolName: null,
      assignments,
    })
  }

  heartbeat(client: Client): void {
    const ticket: Ticket<HeartbeatReply> = { answer: reply => this.#told(client, reply.errorCode) }
    this.#waiting.set(ticket, 'heartbeat')
    const { memberId, instance: groupInstanceId, generation: generationId } = client
    this.#step({ type: 'heartbeat', ticket, generationId, memberId, groupInstanceId })
  }

  leave(client: Client): void {
    const ticket = { answer: () => {} }
    this.#waiting.set(ticket, 'leave')
    const { memberId, instance: groupInstanceId } = client
    this.#step({ type: 'leave', ticket, members: [{ memberId, groupInstanceId, reason: null }] })
  }

  disk(fails: boolean): void {
    const next = this.#appending.shift()
    if (next) this.#step({ type: 'appended', next, errorCode: fails ? ErrorCode.NOT_COORDINATOR : 0 })
  }

  pass(ms: number): void {
    const untilMs = this.#nowMs + ms
    while (this.group.wakeAtMs <= untilMs) {
      this.#nowMs = Math.max(this.#nowMs, this.group.wakeAtMs)
      this.#step({ type: 'tick' })
      assert.ok(this.group.wakeAtMs > this.#nowMs, 'a tick leaves nothing that is due')
    }
    this.#nowMs = untilMs
  }

  end(): void {
    this.#step({ type: 'end', errorCode: ErrorCode.NOT_COORDINATOR })
  }

  get waiting(): string[] {
    return [...this.#waiting.values()]
  }

  get isWriting(): boolean {
    return this.#appending.length > 0
  }

  #joined(client: Client, reply: JoinReply): void {
    client.joining = false
    if (reply.errorCode === ErrorCode.NONE) {
      client.memberId = reply.memberId
      client.generation = reply.generationId
      client.mustJoin = false
    } else if (reply.errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
      client.memberId = reply.memberId
    } else {
      this.#told(client, reply.errorCode)
    }
  }

  #told(client: Client, errorCode: number): void {
    if (errorCode === ErrorCode.NONE) return
    client.mustJoin = true
    const keepsId = [
      ErrorCode.REBALANCE_IN_PROGRESS,
      ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
      ErrorCode.NOT_COORDINATOR,
    ] as number[]
    if (!keepsId.includes(errorCode)) client.memberId = ''
  }

  #step(event: GroupEvent): void {
    const now = { wallMs: this.#nowMs, monotonicMs: this.#nowMs }
    const effects: GroupEffect[] = []
    step(this.group, event, now, this.#limits, effects)
    for (const effect of effects) this.#do(effect)
    this.#check()
  }

  #do(effect: GroupEffect): void {
    switch (effect.type) {
      case 'append':
        if (effect.next) this.#appending.push(effect.next)
        assert.equal(effect.snapshot.generation, this.group.generationId)
        return
      case 'log':
        return
      default:
        assert.ok(this.#waiting.delete(effect.to), 'a reply goes to a request that waits, once')
        ;(effect.to.answer as (reply: unknown) => void)(effect.reply)
    }
  }

  #check(): void {
    const { group } = this
    assert.ok(group.generationId >= this.#generation, 'generations never go back')
    this.#generation = group.generationId
    const joining = [...group.members.values()].filter(member => member.joining)
    assert.equal(group.joiningCount, joining.length)
    if (group.state === 'Empty') assert.equal(group.members.size, 0)
    if (group.state === 'Stable' || group.state === 'CompletingRebalance') assert.ok(group.members.size > 0)
    if (group.members.size > 0 && group.state !== 'Dead') {
      assert.ok(group.leaderId !== null && group.members.has(group.leaderId), 'the leader is a member')
    }
    for (const [instance, memberId] of group.staticMembers) {
      assert.equal(group.members.get(memberId)?.groupInstanceId, instance)
    }
    assert.ok(group.wakeAtMs <= group.earliestDeadlineMs(), 'the group is woken for every deadline')
    if (group.state !== 'Dead')
      for (const member of group.members.values()) this.#checkMember(member.memberId)
  }

  /** Somebody must be about to move every member: a deadline of its own or of its group, or the disk. */
  #checkMember(memberId: string): void {
    const member = this.group.members.get(memberId)!
    const moves =
      member.sessionDeadlineMs !== Number.POSITIVE_INFINITY ||
      this.group.joinDeadlineMs !== Number.POSITIVE_INFINITY ||
      this.group.syncDeadlineMs !== Number.POSITIVE_INFINITY ||
      this.isWriting
    assert.ok(moves, `member ${memberId} hangs in state ${this.group.state}`)
  }
}

const scenario = fc.record({
  delayMs: fc.constantFrom(0, 3000),
  maxSize: fc.constantFrom(2, 100),
  actions: fc.array(action, { maxLength: 80, size: 'max' }),
})

function run({
  delayMs,
  maxSize,
  actions,
}: typeof scenario extends fc.Arbitrary<infer T> ? T : never): World {
  const world = new World(delayMs, maxSize)
  for (const each of actions) {
    switch (each.do) {
      case 'join':
        world.join(world.clients[each.client]!, each.protocols)
        break
      case 'sync':
        world.sync(world.clients[each.client]!)
        break
      case 'heartbeat':
        world.heartbeat(world.clients[each.client]!)
        break
      case 'leave':
        world.leave(world.clients[each.client]!)
        break
      case 'forget':
        // The process dies and starts again.
        world.clients[each.client]!.memberId = ''
        break
      case 'disk':
        world.disk(each.fails === 0)
        break
      case 'time':
        world.pass(each.ms)
    }
  }
  return world
}

test('every request is answered exactly once, at the latest when time has passed', () => {
  fc.assert(
    fc.property(scenario, given => {
      const world = run(given)
      // Nobody is heard of any more: all sessions end, and with them everything that waited for them.
      for (let round = 0; round < 20; round++) {
        while (world.isWriting) world.disk(false)
        world.pass(10_000)
      }
      assert.deepEqual(world.waiting, [])
      assert.equal(world.group.state, 'Empty')
      assert.equal(world.group.pendingMembers.size, 0)
    }),
    { numRuns: 300 },
  )
})

test('a group without members takes any first member, whatever has happened to it before', () => {
  fc.assert(
    fc.property(scenario, fc.constantFrom(0, 3, 9), ({ actions, ...limits }, version) => {
      for (let length = 0; length <= actions.length; length++) {
        const world = run({ ...limits, actions: actions.slice(0, length) })
        if (world.group.members.size > 0) continue
        assert.notEqual(world.firstJoin(version), ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
      }
    }),
    { numRuns: 100 },
  )
})

test('the end of a group answers everybody and leaves no deadline', () => {
  fc.assert(
    fc.property(scenario, given => {
      const world = run(given)
      world.end()
      assert.deepEqual(world.waiting, [])
      assert.equal(world.group.wakeAtMs, Number.POSITIVE_INFINITY)
      // What was being written when it ended changes nothing any more.
      while (world.isWriting) world.disk(false)
      assert.equal(world.group.state, 'Dead')
    }),
    { numRuns: 200 },
  )
})

test('clients that do what they are told get into one generation', () => {
  fc.assert(
    fc.property(scenario, given => {
      const world = run({ ...given, maxSize: 100 })
      // All protocols are known to all from now on, and everybody follows the protocol.
      for (let round = 0; round < 40; round++) {
        // Twice, since the first join may only give an id.
        for (const client of world.clients) if (client.mustJoin && !client.joining) world.join(client, 1)
        for (const client of world.clients) if (client.mustJoin && !client.joining) world.join(client, 1)
        world.pass(1000)
        for (const client of world.clients) if (!client.mustJoin && !client.joining) world.sync(client)
        while (world.isWriting) world.disk(false)
        for (const client of world.clients) if (!client.mustJoin && !client.joining) world.heartbeat(client)
      }
      assert.equal(world.group.state, 'Stable')
      const generations = new Set(world.clients.map(client => client.generation))
      assert.deepEqual([...generations], [world.group.generationId])
      assert.deepEqual(
        world.clients.map(client => client.memberId).sort(),
        [...world.group.members.keys()].sort(),
      )
    }),
    { numRuns: 100 },
  )
})
