// Plays a written conversation with one group and writes down what it does, so that both can be read and compared.
//
//   # comment, until the end of the line
//   config delay=0 max=100            settings, before anything else
//   5000 join j1 as ann v4 session=10000 protocols=range:t1,sticky
//   5000 sync s1 member=ann-1 generation=1 assign=ann-1:A,bob-1:B
//   6000 heartbeat h1 … | 6000 leave l1 … | 6000 commit c1 … | 7000 tick | 7000 stored | 7000 failed STORAGE | 9000 end
//
// The number is the time in milliseconds. Every line is followed by what it led to, indented. `tick`s that the group asks
// for come by themselves when time passes.
import { ErrorCode, errorByCode } from '@millrace/protocol'
import type { Instant } from '../../src/coordination/instant.ts'
import type { Ticket } from '../../src/coordination/ticket.ts'
import { ClassicGroup } from '../../src/groups/classic/classic-group.ts'
import type {
  Continuation,
  GroupEffect,
  GroupEvent,
  MemberProtocol,
} from '../../src/groups/classic/events.ts'
import type { GroupSnapshot } from '../../src/groups/classic/group-snapshot.ts'
import { restoreGroup } from '../../src/groups/classic/restore.ts'
import { step } from '../../src/groups/classic/step.ts'
import type { GroupLimits } from '../../src/groups/classic/step-context.ts'

type Fields = ReadonlyMap<string, string>

interface NamedTicket extends Ticket<unknown> {
  readonly name: string
}

const codes: Readonly<Record<string, number>> = ErrorCode

/** The subscription that a consumer sends: version 0, the topics, no user data. */
export function subscription(...topics: string[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0, 0, 0, 0, 0, topics.length])]
  for (const topic of topics) parts.push(Buffer.from([0, topic.length]), Buffer.from(topic))
  return Buffer.concat([...parts, Buffer.from([255, 255, 255, 255])])
}

function protocolsOf(text: string): MemberProtocol[] {
  return text.split(',').map(each => {
    const [name, topics] = each.split(':')
    return {
      name: name!,
      metadata: topics === undefined ? Buffer.alloc(0) : subscription(...topics.split('+')),
    }
  })
}

class Conversation {
  #group = new ClassicGroup('g', 0)
  #limits: GroupLimits = { initialRebalanceDelayMs: 0, maxSize: 1000, newMemberJoinTimeoutMs: 300_000 }
  readonly #ids = new Map<string, number>()
  readonly #appended: Continuation[] = []
  #stored: GroupSnapshot | null = null
  #nowMs = 0
  #state = ''
  readonly lines: string[] = []

  play(line: string): void {
    const text = line.replace(/#.*/, '').trimEnd()
    if (text.trim() === '') {
      this.lines.push(line)
      return
    }
    const [first, ...rest] = text.trim().split(/\s+/)
    if (first === 'config') {
      this.lines.push(line)
      const fields = fieldsOf(rest)
      this.#limits = {
        ...this.#limits,
        initialRebalanceDelayMs: Number(fields.get('delay') ?? 0),
        maxSize: Number(fields.get('max') ?? 1000),
      }
      return
    }
    this.#advance(Number(first))
    this.lines.push(line)
    this.#do(rest[0]!, rest[1] ?? '', fieldsOf(rest))
  }

  /** Lets time pass, with the ticks that the group asks for on the way. */
  #advance(toMs: number): void {
    while (this.#group.wakeAtMs <= toMs) {
      this.#nowMs = Math.max(this.#nowMs, this.#group.wakeAtMs)
      const before = this.lines.length
      this.lines.push(`${this.#nowMs} tick`)
      this.#step({ type: 'tick' })
      // A group may wake for a deadline that has been moved: nobody wants to read that.
      if (this.lines.length === before + 1) this.lines.length = before
    }
    this.#nowMs = Math.max(this.#nowMs, toMs)
  }

  #do(verb: string, name: string, fields: Fields): void {
    const ticket: NamedTicket = { name, answer: () => {} }
    const memberId = fields.get('member') ?? ''
    const groupInstanceId = fields.get('instance') ?? null
    const generationId = Number(fields.get('generation') ?? -1)
    switch (verb) {
      case 'join': {
        const client = fields.get('as') ?? 'client'
        const count = (this.#ids.get(client) ?? 0) + 1
        if (memberId === '') this.#ids.set(client, count)
        this.#step({
          type: 'join',
          ticket,
          apiVersion: Number(fields.get('v') ?? 9),
          clientId: client,
          clientHost: '/127.0.0.1',
          sessionTimeoutMs: Number(fields.get('session') ?? 10_000),
          rebalanceTimeoutMs: Number(fields.get('rebalance') ?? 60_000),
          memberId,
          groupInstanceId,
          protocolType: fields.get('type') ?? 'consumer',
          protocols: protocolsOf(fields.get('protocols') ?? 'range:t1'),
          reason: fields.get('reason') ?? null,
          newMemberId: `${client}-${count}`,
        })
        return
      }
      case 'sync':
        this.#step({
          type: 'sync',
          ticket,
          generationId,
          memberId,
          groupInstanceId,
          protocolType: fields.get('type') ?? null,
          protocolName: fields.get('protocol') ?? null,
          assignments: (fields.get('assign') ?? '')
            .split(',')
            .filter(each => each !== '')
            .map(each => {
              const [id, assignment] = each.split(':')
              return { memberId: id!, assignment: Buffer.from(assignment ?? '') }
            }),
        })
        return
      case 'heartbeat':
        this.#step({ type: 'heartbeat', ticket, generationId, memberId, groupInstanceId })
        return
      case 'leave': {
        const members = [...fields.entries()].filter(([key]) => key === 'member' || key === 'instance')
        this.#step({
          type: 'leave',
          ticket,
          members:
            members.length > 0
              ? [{ memberId, groupInstanceId, reason: null }]
              : (fields.get('members') ?? '').split(',').map(id => ({
                  memberId: id,
                  groupInstanceId: null,
                  reason: null,
                })),
        })
        return
      }
      case 'commit': {
        const by = { memberId, groupInstanceId, generationId }
        this.#say(`${name} <- ${errorName(this.#group.admitCommit(by, this.#now))}`)
        return
      }
      case 'stored':
      case 'failed': {
        const next = this.#appended.shift()
        if (!next) throw new Error('nothing waits for the disk')
        this.#step({ type: 'appended', next, errorCode: verb === 'stored' ? 0 : codes[name]! })
        return
      }
      case 'restart':
        if (!this.#stored) throw new Error('nothing was stored')
        this.#group = restoreGroup('g', this.#stored, this.#nowMs)
        this.#sayState()
        return
      case 'end':
        this.#step({ type: 'end', errorCode: ErrorCode.NOT_COORDINATOR })
        return
      case 'wait':
        return
      default:
        throw new Error(`nobody knows how to ${verb}`)
    }
  }

  get #now(): Instant {
    return { wallMs: this.#nowMs, monotonicMs: this.#nowMs }
  }

  #step(event: GroupEvent): void {
    const effects: GroupEffect[] = []
    step(this.#group, event, this.#now, this.#limits, effects)
    for (const effect of effects) this.#tell(effect)
    this.#sayState()
  }

  #sayState(): void {
    if (this.#group.state === this.#state) return
    this.#state = this.#group.state
    this.#say(`is ${this.#state}`)
  }

  #tell(effect: GroupEffect): void {
    switch (effect.type) {
      case 'join-reply': {
        const { errorCode, memberId, generationId, protocolName, leader, members, skipAssignment } =
          effect.reply
        const parts = [errorName(errorCode)]
        if (memberId) parts.push(`member=${memberId}`)
        if (generationId >= 0)
          parts.push(`generation=${generationId} protocol=${protocolName} leader=${leader}`)
        if (members.length > 0) parts.push(`members=${members.map(each => each.memberId).join(',')}`)
        if (skipAssignment) parts.push('skipAssignment')
        this.#say(`${nameOf(effect.to)} <- ${parts.join(' ')}`)
        return
      }
      case 'sync-reply': {
        const { errorCode, assignment } = effect.reply
        const part = errorCode === 0 ? ` assignment=${Buffer.from(assignment).toString()}` : ''
        this.#say(`${nameOf(effect.to)} <- ${errorName(errorCode)}${part}`)
        return
      }
      case 'heartbeat-reply':
        this.#say(`${nameOf(effect.to)} <- ${errorName(effect.reply.errorCode)}`)
        return
      case 'leave-reply': {
        const members = effect.reply.members.map(
          each => ` ${each.memberId || each.groupInstanceId}:${errorName(each.errorCode)}`,
        )
        this.#say(`${nameOf(effect.to)} <- ${errorName(effect.reply.errorCode)}${members.join('')}`)
        return
      }
      case 'append': {
        const { generation, protocol, leader, members } = effect.snapshot
        this.#stored = effect.snapshot
        if (effect.next) this.#appended.push(effect.next)
        const list = members.map(each => `${each.memberId}:${Buffer.from(each.assignment).toString()}`)
        this.#say(
          `store generation=${generation} protocol=${protocol} leader=${leader} members=${list.join(',') || 'none'}`,
        )
        return
      }
      case 'log':
        if (effect.fields['reason'] !== undefined) this.#say(`rebalances: ${effect.fields['reason']}`)
    }
  }

  #say(text: string): void {
    this.lines.push(`    ${text}`)
  }
}

function fieldsOf(words: readonly string[]): Fields {
  const fields = new Map<string, string>()
  words.forEach((word, index) => {
    const at = word.indexOf('=')
    if (word === 'as') fields.set('as', words[index + 1]!)
    else if (/^v\d+$/.test(word)) fields.set('v', word.slice(1))
    else if (at > 0) fields.set(word.slice(0, at), word.slice(at + 1))
  })
  return fields
}

const nameOf = (ticket: object): string => (ticket as NamedTicket).name
const errorName = (code: number): string => (code === 0 ? 'ok' : errorByCode(code).name)

/** What `script` becomes when its expected outcomes (indented lines) are dropped and it is played. */
export function play(script: string): string {
  const conversation = new Conversation()
  let skipTicks = false
  for (const line of script.trimEnd().split('\n')) {
    if (/^\s+\S/.test(line)) continue
    // Ticks are written by the player itself.
    skipTicks = /^\d+ tick\b/.test(line)
    if (!skipTicks) conversation.play(line)
  }
  return `${conversation.lines.join('\n')}\n`
}
