// Sends what was read of a shard, and does what has to be done about each row: takes it out, has it wait, or sets it aside.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { exponential } from '@millrace/service'
import type { OutboxSource } from '../outbox/outbox-source.ts'
import type { OutboxRow } from '../outbox/row.ts'
import { Delays } from './delays.ts'
import { Finisher } from './finisher.ts'
import type { RelayDoor } from './relay-door.ts'
import type { RelayCounts } from './relay-metrics.ts'
import type { Sender, Unsent } from './sender.ts'
import { delayBackoff, type Topics } from './topics.ts'

export interface WaveSenderOptions {
  readonly source: OutboxSource
  readonly sender: Sender
  readonly topics: Topics
  readonly poison: 'set-aside' | 'block'
  readonly keepsSent: boolean
  readonly clock: Clock
  readonly random: Random
  readonly door: RelayDoor
  readonly counts: RelayCounts
  /** Nothing more is sent. */
  readonly stopping: AbortSignal
  /** Nothing is tried again any more. */
  readonly givenUp: AbortSignal
}

const databaseBackoff = exponential({ initialMs: 100, maxMs: 5_000 })
/** Lanes that wait one by one; where more would, their topic does. */
const lanesMax = 500
/** Characters of an error that stay with a row. */
const errorCharsMax = 2_000

export class WaveSender {
  readonly lanes = new Delays<number>()
  /** On the monotonic clock: nothing is sent before. */
  pausedUntil = 0
  readonly #options: WaveSenderOptions
  readonly #finisher: Finisher
  #pauses = 0

  constructor(options: WaveSenderOptions) {
    this.#options = options
    const { source, keepsSent, clock, random, door, givenUp } = options
    const { table } = source
    this.#finisher = new Finisher({
      clock,
      random,
      backoff: databaseBackoff,
      remove: seqs => source.run(keepsSent ? table.keep(seqs) : table.remove(seqs)),
      onRetried: error => door.retried('taking sent rows out of the outbox', error),
      signal: givenUp,
    })
  }

  /** Resolves when all that can be done about the rows is done. Never rejects. */
  async send(rows: readonly OutboxRow[]): Promise<void> {
    const { sender, topics, counts, stopping } = this.#options
    const outcomes = await Promise.all(rows.map(row => sender.send(row)))
    const sent = rows.filter((_, index) => outcomes[index] === undefined)
    for (const { topic, lane } of sent) {
      counts.sent(topic)
      topics.worked(topic)
      this.lanes.worked(lane)
      this.#pauses = 0
    }
    await this.#finisher.finish(sent.map(({ seq }) => seq))
    const unsent = new Map<OutboxRow, Unsent>()
    for (const [index, outcome] of outcomes.entries()) if (outcome) unsent.set(rows[index]!, outcome)
    if (unsent.size > 0 && !stopping.aborted) await this.#failed(unsent)
  }

  async #failed(unsent: ReadonlyMap<OutboxRow, Unsent>): Promise<void> {
    const { counts, poison, topics } = this.#options
    const badTopics = new Map<string, unknown>()
    let all: Unsent | undefined
    const asides: Promise<void>[] = []
    for (const [row, outcome] of unsent) {
      if (outcome.fault === 'record' && poison === 'set-aside') {
        asides.push(this.#setAside(row, outcome.error))
        continue
      }
      counts.failedAttempts++
      if (outcome.fault === 'all') all = outcome
      else if (outcome.fault === 'topic') badTopics.set(row.topic, outcome.error)
      else this.#delayLane(row, outcome.error)
    }
    for (const [topic, error] of badTopics) topics.failed(topic, error)
    if (all) await this.#pause(all.error)
    await Promise.all(asides)
  }

  async #setAside(row: OutboxRow, error: unknown): Promise<void> {
    const { source, clock, random, door, counts, givenUp } = this.#options
    const why = `${(error as Error).name}: ${(error as Error).message}`.slice(0, errorCharsMax)
    for (let failures = 0; ; ) {
      try {
        await source.run(source.table.setAside(row.seq, why))
        break
      } catch (problem) {
        if (givenUp.aborted) return
        door.retried('setting a row aside', problem)
        await sleep(clock, databaseBackoff(++failures, random), givenUp).catch(() => {})
      }
    }
    counts.setAsideRows++
    const { id, topic } = row
    const message = `row ${id} for ${topic} cannot be sent and is set aside (${why})`
    door.emit({ type: 'relay.set_aside', level: 'error', subject: topic, id, topic, error, message })
  }

  #delayLane(row: OutboxRow, error: unknown): void {
    const { clock, random, topics } = this.#options
    if (this.lanes.size >= lanesMax && this.lanes.failuresOf(row.lane) === 0)
      return topics.failed(row.topic, error)
    const afterMs = delayBackoff(this.lanes.failuresOf(row.lane) + 1, random)
    this.lanes.failed(row.lane, clock.monotonic() + afterMs)
    const what = `row ${row.id} for ${row.topic} cannot be sent, and those of its key wait behind it`
    this.#tell(row.topic, error, afterMs, what)
  }

  /** Nothing can be sent: the producer may be what is wrong. */
  async #pause(error: unknown): Promise<void> {
    const { clock, random, sender } = this.#options
    const now = clock.monotonic()
    // Other shards' rows failed with the same.
    if (now < this.pausedUntil) return
    const afterMs = delayBackoff(++this.#pauses, random)
    this.pausedUntil = now + afterMs
    this.#tell(undefined, error, afterMs, 'nothing can be sent')
    await sender.renew()
  }

  #tell(topic: string | undefined, error: unknown, afterMs: number, what: string): void {
    const message = `${what} (${(error as Error).message}); trying again in ${afterMs} ms`
    const subject = topic ?? 'sending'
    this.#options.door.emit({ type: 'relay.delayed', level: 'warn', subject, topic, error, afterMs, message })
  }
}
