// Two clients and a stranger do what chance says to one group, on real connections: the same seed leads to the same transcript with
// every broker. Two, because with three it is the order of a hash table in Apache Kafka who leads after the leader.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  errorByCode,
  HeartbeatApi,
  JoinGroupApi,
  LeaveGroupApi,
  OffsetCommitApi,
  SyncGroupApi,
} from '@millrace/protocol'
import { coordinatorPartition } from '../../src/coordination/coordinator-key.ts'
import type { TestClient } from '../test-client.ts'
import { subscription } from './conversation.ts'
import { wireTopic } from './wire-conversation.ts'

/** What arrives within this time, and before the barrier behind it, counts as said at once. */
const settleMs = 12
const groupTimeoutMs = 120_000
/** Of the offsets topic, by default of both brokers. */
const offsetsPartitions = 50
const protocolLists = [['range'], ['range', 'sticky'], ['range', 'other', 'sticky'], ['unheard']]

/** mulberry32: small, seeded, the same everywhere. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface Actor {
  readonly name: string
  readonly client: TestClient
  readonly version: number
  readonly instance: string | null
  memberId: string
  generation: number
  /** Its connection waits for the reply to a join or a sync. */
  waiting: boolean
  /** Never a member: it speaks under an id that nobody gave it. */
  readonly isStranger: boolean
}

const errorName = (code: number) => (code === 0 ? 'ok' : errorByCode(code).name)

/** Another group that falls on the same partition. */
function neighbourOf(groupId: string): string {
  for (let count = 0; ; count++) {
    const name = `barrier-${count}`
    if (coordinatorPartition(name, offsetsPartitions) === coordinatorPartition(groupId, offsetsPartitions))
      return name
  }
}

class Game {
  readonly lines: string[] = []
  readonly #groupId: string
  readonly #barrierGroupId: string
  readonly #actors: readonly Actor[]
  readonly #barrier: TestClient
  readonly #chance: (below: number) => number
  /** What member ids are called: the first, second, … of an actor. */
  readonly #names = new Map<string, string>()
  /** Replies since the last step, to be written once all of their ids have names. */
  #said: (() => string)[] = []

  constructor(
    groupId: string,
    actors: readonly Actor[],
    barrier: TestClient,
    chance: (below: number) => number,
  ) {
    this.#groupId = groupId
    this.#barrierGroupId = neighbourOf(groupId)
    this.#actors = actors
    this.#barrier = barrier
    this.#chance = chance
  }

  async step(): Promise<void> {
    const free = this.#actors.filter(actor => !actor.waiting)
    const actor = free[this.#chance(free.length)]!
    const does = this.#chance(10)
    if (does < 4) this.#join(actor)
    else if (does < 7) this.#sync()
    else if (does < 8) await this.#heartbeat(actor)
    else if (does < 9) await this.#commit(actor)
    else if (this.#chance(2) === 0) await this.#leave(actor)
    else if (actor.instance !== null) this.#restart(actor)
    else await this.#heartbeat(actor)
    await this.#settle()
  }

  /** Waits until everything that can be said now was said: a commit behind it, on the same partition, has been written. */
  async #settle(): Promise<void> {
    await sleep(settleMs)
    const partitions = [{ partitionIndex: 0, committedOffset: 0, committedMetadata: '' }]
    const topics = [{ name: wireTopic, partitions }]
    const commit = { groupId: this.#barrierGroupId, generationIdOrMemberEpoch: -1, memberId: '', topics }
    await this.#barrier.send(OffsetCommitApi, 7, commit)
    await sleep(settleMs)
    for (const line of this.#said.map(say => say()).sort()) this.lines.push(`    ${line}`)
    this.#said = []
  }

  #join(actor: Actor): void {
    const protocols = protocolLists[this.#chance(20) === 0 ? 3 : this.#chance(3)]!
    this.lines.push(`${actor.name} joins as ${this.#nameOf(actor.memberId)} with ${protocols.join('+')}`)
    actor.waiting = true
    const reply = actor.client.send(JoinGroupApi, actor.version, {
      groupId: this.#groupId,
      sessionTimeoutMs: groupTimeoutMs,
      rebalanceTimeoutMs: groupTimeoutMs,
      memberId: actor.memberId,
      groupInstanceId: actor.instance,
      protocolType: 'consumer',
      protocols: protocols.map(name => ({ name, metadata: subscription(wireTopic) })),
    })
    this.#hear(reply, ({ errorCode, memberId, generationId, leader, members, skipAssignment }) => {
      actor.waiting = false
      this.#name(memberId, actor)
      this.#said.push(() => {
        const list = members.map(member => this.#nameOf(member.memberId)).sort()
        const leads = `leader ${this.#nameOf(leader)} members ${list.join(',')}${skipAssignment ? ' skips' : ''}`
        return `${actor.name} join: ${errorName(errorCode)} ${this.#nameOf(memberId)} ${generationId} ${leads}`
      })
      const lost = ['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID', 'GROUP_MAX_SIZE_REACHED'].includes(
        errorName(errorCode),
      )
      if (lost) this.#loseId(actor)
      else if (memberId !== '') actor.memberId = memberId
      if (errorCode === 0) actor.generation = generationId
    })
  }

  /** All at once: it does not matter who leads. */
  #sync(): void {
    this.lines.push('all sync')
    for (const actor of this.#actors) {
      if (actor.waiting) continue
      actor.waiting = true
      const { memberId, generation: generationId, instance: groupInstanceId } = actor
      const assignments = this.#actors.map(each => ({
        memberId: each.memberId,
        assignment: Buffer.from(`part of ${each.name}`),
      }))
      const request = { groupId: this.#groupId, memberId, generationId, groupInstanceId, assignments }
      const version = groupInstanceId === null ? 2 : 4
      this.#hear(actor.client.send(SyncGroupApi, version, request), ({ errorCode, assignment }) => {
        actor.waiting = false
        this.#said.push(() => `${actor.name} sync: ${errorName(errorCode)} ${assignment.toString()}`)
        if (errorName(errorCode) === 'UNKNOWN_MEMBER_ID') this.#loseId(actor)
      })
    }
  }

  async #heartbeat(actor: Actor): Promise<void> {
    const { memberId, generation, instance: groupInstanceId } = actor
    const generationId = this.#chance(5) === 0 ? generation + 1 : generation
    this.lines.push(`${actor.name} heartbeat ${this.#nameOf(memberId)} ${generationId}`)
    const request = { groupId: this.#groupId, memberId, generationId, groupInstanceId }
    const { errorCode } = await actor.client.send(HeartbeatApi, 3, request)
    this.#said.push(() => `${actor.name} heartbeat: ${errorName(errorCode)}`)
  }

  async #commit(actor: Actor): Promise<void> {
    const member = this.#chance(3) > 0
    this.lines.push(`${actor.name} commits ${member ? `as ${this.#nameOf(actor.memberId)}` : 'as nobody'}`)
    const partitions = [{ partitionIndex: 0, committedOffset: this.lines.length, committedMetadata: '' }]
    const request = {
      groupId: this.#groupId,
      generationIdOrMemberEpoch: member ? actor.generation : -1,
      memberId: member ? actor.memberId : '',
      groupInstanceId: member ? actor.instance : null,
      topics: [{ name: wireTopic, partitions }],
    }
    const { topics } = await actor.client.send(OffsetCommitApi, 7, request)
    this.#said.push(() => `${actor.name} commit: ${errorName(topics[0]!.partitions[0]!.errorCode)}`)
  }

  async #leave(actor: Actor): Promise<void> {
    const byInstance = actor.instance !== null && this.#chance(2) === 0
    const memberId = byInstance ? '' : actor.memberId
    this.lines.push(`${actor.name} leaves as ${this.#nameOf(memberId)}`)
    const members = [{ memberId, groupInstanceId: actor.instance }]
    const reply = await actor.client.send(LeaveGroupApi, 4, { groupId: this.#groupId, members })
    const error = reply.errorCode || (reply.members[0]?.errorCode ?? 0)
    this.#said.push(() => `${actor.name} leave: ${errorName(error)}`)
    if (error === 0) this.#loseId(actor)
  }

  /** Its process starts again, without its id. A dynamic member would be waited for until its session ends. */
  #restart(actor: Actor): void {
    this.lines.push(`${actor.name} starts again`)
    actor.memberId = ''
  }

  /** Replies that have not come when the game is over are of no interest. */
  #hear<Reply>(reply: Promise<Reply>, hear: (reply: Reply) => void): void {
    reply.then(hear, () => {})
  }

  #loseId(actor: Actor): void {
    if (!actor.isStranger) actor.memberId = ''
  }

  #name(memberId: string, actor: Actor): void {
    if (memberId === '' || this.#names.has(memberId)) return
    const count = [...this.#names.values()].filter(name => name.startsWith(actor.name)).length
    this.#names.set(memberId, `${actor.name}${count + 1}`)
  }

  #nameOf(memberId: string): string {
    return memberId === '' ? 'nobody' : (this.#names.get(memberId) ?? 'somebody')
  }
}

/** One game of `steps` steps; `connect` gives a new connection each time. */
export async function wireChance(
  connect: (clientId: string) => Promise<TestClient>,
  seed: number,
  steps: number,
): Promise<string> {
  const chance = chanceOf(seed)
  const actor = async (name: string, isStatic: boolean): Promise<Actor> => ({
    name,
    client: await connect(name),
    version: isStatic ? 5 + chance(5) : 1 + chance(9),
    instance: isStatic ? `instance-of-${name}` : null,
    memberId: '',
    generation: -1,
    waiting: false,
    isStranger: name === 'eve',
  })
  const actors = [await actor('ann', chance(2) === 0), await actor('bob', chance(2) === 0)]
  const stranger = { ...(await actor('eve', false)), memberId: 'eve-0', generation: 1 }
  const everybody = [...actors, stranger]
  const barrier = await connect('barrier')
  const game = new Game(`chance-${seed}`, everybody, barrier, chance)
  for (let step = 0; step < steps; step++) {
    // Both wait for the other: nothing will come of it.
    if (actors.every(each => each.waiting)) break
    await game.step()
  }
  await barrier.close()
  for (const { client } of everybody) await client.close()
  return `${game.lines.join('\n')}\n`
}
