// Members join, leave, stand still and die under load; checked: nothing is lost, nothing is repeated but what may be, nothing waits for longer than a session.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, type ConsumerOptions, Producer } from '@millrace/client'
import { eventually, type TestCluster } from '@millrace/testkit'
import { type Delivery, TortureMember } from './torture-member.ts'

export interface TortureOptions {
  readonly seconds: number
  readonly seed: number
  /** What makes a member of the group that is to be tortured. */
  readonly consumer: Partial<ConsumerOptions>
  /** How long the group waits for a member that says nothing. */
  readonly sessionMs: number
}

const partitions = 6
const membersMax = 4
const recordsEach = 12
const produceEveryMs = 60
const autoCommitIntervalMs = 200
/** An automatic commit, and what a busy machine takes for it. */
const commitWithinMs = 3_000
/** On top of a session: what a rebalance takes. */
const slackMs = 3_000
/** On a busy machine everything takes longer: the more so, the longer the first members took to start. */
const slackByStart = 2

/** One course, which a seed repeats as far as processes allow. */
export class RebalanceTorture {
  readonly #cluster: TestCluster
  readonly #options: TortureOptions
  readonly #random: () => number
  readonly #members: TortureMember[] = []
  readonly #deliveries = new Map<string, Delivery[]>()
  /** When records were acknowledged to their producer. */
  readonly #sentAt = new Map<string, number>()
  /** What happens to members beside the course. */
  readonly #asides: Promise<void>[] = []
  readonly log: string[] = []
  #topic = ''
  #groupId = ''
  #harmedAt = Number.NEGATIVE_INFINITY
  /** When the first members had begun to work, and how long that took. */
  #begun = { at: 0, tookMs: 0 }

  constructor(cluster: TestCluster, options: TortureOptions) {
    this.#cluster = cluster
    this.#options = options
    this.#random = randomFrom(options.seed)
  }

  /** Runs the course and checks what came of it. Returns what there is to say of it. */
  async run(): Promise<string> {
    this.#topic = await this.#cluster.createTopic({ partitions })
    this.#groupId = this.#cluster.uniqueName('torture')
    const abort = new AbortController()
    const producing = this.#produce(abort.signal)
    try {
      const startedAt = performance.now()
      this.#join()
      this.#join()
      const allWork = () => this.#members.every(({ hasWorked }) => hasWorked)
      await eventually('the first members work', allWork, 60_000)
      this.#begun = { at: performance.now(), tookMs: performance.now() - startedAt }
      const end = performance.now() + this.#options.seconds * 1_000
      while (performance.now() < end) {
        await sleep(200 + this.#random() * 800)
        this.#act()
        for (const member of this.#members) member.check()
      }
      abort.abort()
      await producing
      await Promise.all(this.#asides)
      await eventually(
        'everything is delivered',
        () => this.#deliveries.size >= this.#sentAt.size,
        this.#limitMs() + 30_000,
      )
      await Promise.all(this.#living().map(member => member.leave()))
      this.#checkRepeats()
      await this.#checkCommitted()
      return this.#verdict()
    } finally {
      abort.abort()
      for (const member of this.#members) member.kill()
    }
  }

  #living(): TortureMember[] {
    return this.#members.filter(({ state }) => state === 'works' || state === 'stands still')
  }

  #join(): void {
    const options = {
      brokers: this.#cluster.brokers,
      topic: this.#topic,
      groupId: this.#groupId,
      autoOffsetReset: 'earliest',
      autoCommitIntervalMs,
      ...this.#options.consumer,
    }
    const member = new TortureMember(
      `member ${this.#members.length + 1}`,
      options,
      (partition, offset, by) => {
        const key = `${partition}:${offset}`
        const delivery = { member: by, at: performance.now() }
        const known = this.#deliveries.get(key)
        if (known) known.push(delivery)
        else this.#deliveries.set(key, [delivery])
      },
    )
    this.#members.push(member)
    this.#note(`${member.name} joins`)
  }

  /** Does the next thing to the group; two members are not out of reach at a time, or one session would wait for the other. */
  #act(): void {
    const working = this.#members.filter(({ state, hasWorked }) => state === 'works' && hasWorked)
    const victim = working[Math.floor(this.#random() * working.length)]
    const mayHarm = performance.now() - this.#harmedAt > this.#options.sessionMs + 2_000
    const choice = this.#random()
    if (this.#living().length < 2 || (choice < 0.35 && this.#living().length < membersMax)) this.#join()
    else if (!victim || working.length < 2) return
    else if (mayHarm) this.#harm(victim)
    else if (choice < 0.7) {
      this.#note(`${victim.name} leaves`)
      this.#asides.push(victim.leave())
    } else {
      const forMs = 100 + this.#random() * (this.#options.sessionMs / 4)
      this.#note(`${victim.name} stands still for ${Math.round(forMs)} ms`)
      this.#asides.push(victim.standStill(forMs, false))
    }
  }

  #harm(victim: TortureMember): void {
    this.#harmedAt = performance.now()
    if (this.#random() < 0.6) {
      this.#note(`${victim.name} dies`)
      victim.kill()
      return
    }
    const forMs = this.#options.sessionMs + 1_500
    this.#harmedAt += 1_500
    this.#note(`${victim.name} stands still for longer than its session`)
    this.#asides.push(victim.standStill(forMs, true))
  }

  async #produce(signal: AbortSignal): Promise<void> {
    await using producer = new Producer({ brokers: this.#cluster.brokers })
    for (let next = 0; !signal.aborted; ) {
      const records = Array.from({ length: recordsEach }, () => ({
        topic: this.#topic,
        partition: next % partitions,
        value: String(next++),
      }))
      for (const { partition, offset } of await producer.send(records))
        this.#sentAt.set(`${partition}:${offset}`, performance.now())
      await sleep(produceEveryMs)
    }
  }

  /** A record comes again only where the group could not know what a member had done with it. */
  #checkRepeats(): void {
    for (const [key, deliveries] of this.#deliveries) {
      const excused = deliveries.filter(({ member, at }) => member.excuses(at, commitWithinMs))
      const needed = deliveries.length - 1
      const by = deliveries.map(({ member }) => member.name).join(', ')
      assert.ok(
        excused.length >= needed,
        `${key} was delivered ${deliveries.length} times, to ${by}:\n${this.log.join('\n')}`,
      )
    }
  }

  /** Who leaves commits what it was done with. */
  async #checkCommitted(): Promise<void> {
    await using consumer = new Consumer({
      brokers: this.#cluster.brokers,
      groupId: this.#groupId,
      autoCommit: false,
    })
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic: this.#topic, partition }))
    const ends = await consumer.endOffsets(all)
    const committed = await consumer.committed(all)
    assert.deepEqual(
      committed.map(each => each?.offset),
      ends.map(({ offset }) => offset),
      this.log.join('\n'),
    )
  }

  #verdict(): string {
    let longestMs = 0
    let repeated = 0
    for (const [key, sentAt] of this.#sentAt) {
      const deliveries = this.#deliveries.get(key)!
      if (sentAt >= this.#begun.at)
        longestMs = Math.max(longestMs, Math.min(...deliveries.map(({ at }) => at)) - sentAt)
      if (deliveries.length > 1) repeated++
    }
    assert.ok(
      longestMs <= this.#limitMs(),
      `a record waited ${Math.round(longestMs)} ms:\n${this.log.join('\n')}`,
    )
    const { length } = this.#members
    return `${this.#sentAt.size} records, ${length} members, ${repeated} repeated, longest wait ${Math.round(longestMs)} ms`
  }

  #limitMs(): number {
    return this.#options.sessionMs + slackMs + slackByStart * this.#begun.tookMs
  }

  #note(what: string): void {
    this.log.push(`${Math.round(performance.now())} ms: ${what}`)
  }
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
