// One broker as a share consumer sees it: its session, and the acknowledgements that it is to hear.
import {
  type AcknowledgeType,
  PartitionAcknowledgements,
  type RecordCode,
  typeCodes,
} from './acknowledgements.ts'
import type { AcknowledgeOutcome } from './options.ts'
import { type SharePartition, sharePartitionKey } from './share-partition.ts'
import { ShareSession } from './share-session.ts'

/** Acknowledgements of one partition on their way. */
export class Ticket {
  readonly acknowledgements: PartitionAcknowledgements
  /** Times they were sent. */
  attempts = 0
  /** When they were first sent, on the monotonic clock. */
  sentAt: number | undefined
  readonly #outcome = Promise.withResolvers<AcknowledgeOutcome>()

  constructor(partition: SharePartition) {
    this.acknowledgements = new PartitionAcknowledgements(partition)
  }

  get key(): string {
    return sharePartitionKey(this.acknowledgements.partition)
  }

  /** Resolves when the broker has answered, whatever it said. */
  get outcome(): Promise<AcknowledgeOutcome> {
    return this.#outcome.promise
  }

  settle(error: Error | undefined): AcknowledgeOutcome {
    const { partition, codes } = this.acknowledgements
    const acknowledged = [...codes]
      .sort(([a], [b]) => a - b)
      .map(([offset, code]) => ({ offset, type: typeOf[code] }))
    const outcome = {
      topic: partition.topic,
      partition: partition.partition,
      acknowledged,
      ...(error && { error }),
    }
    this.#outcome.resolve(outcome)
    return outcome
  }
}

const typeOf: Readonly<Record<RecordCode, AcknowledgeType>> = {
  [typeCodes.accept]: 'accept',
  [typeCodes.release]: 'release',
  [typeCodes.reject]: 'reject',
  [typeCodes.renew]: 'renew',
}

export class ShareBroker {
  readonly id: number
  readonly session = new ShareSession()
  /** The request under way: a session takes one at a time. It does not reject. */
  exchange: Promise<void> | undefined
  /** No request before, on the monotonic clock, after one that failed. */
  backoffUntil = 0
  failures = 0
  /** Rises with each fetch: who was served longest ago comes first. */
  servedAt = 0
  /** What is pending is waited for. */
  urgent = false
  /** Since when something is pending, on the monotonic clock; undefined while nothing is. */
  pendingSince: number | undefined
  #pending = new Map<string, Ticket>()
  readonly #underWay = new Set<Ticket>()

  constructor(id: number) {
    this.id = id
  }

  /** What has no answer yet. */
  get open(): readonly Ticket[] {
    return [...this.#underWay, ...this.#pending.values()]
  }

  get busy(): boolean {
    return this.exchange !== undefined
  }

  get hasPending(): boolean {
    return this.#pending.size > 0
  }

  /** Whether something is pending of a partition that is not among these. */
  hasOthers(wanted: ReadonlyMap<string, SharePartition>): boolean {
    for (const key of this.#pending.keys()) if (!wanted.has(key)) return true
    return false
  }

  /** Whether records are to be held for longer: the locks do not wait. */
  get renews(): boolean {
    for (const { acknowledgements } of this.#pending.values()) if (acknowledgements.renews) return true
    return false
  }

  /** Says something of a record; what was said of it before and is not sent yet is replaced. */
  acknowledge(partition: SharePartition, offset: number, code: RecordCode, now: number): void {
    this.#ticketOf(partition, now).acknowledgements.codes.set(offset, code)
  }

  /** Says something of offsets that are no records. */
  acknowledgeRuns({ partition, runs }: PartitionAcknowledgements, now: number): void {
    if (runs.length > 0) this.#ticketOf(partition, now).acknowledgements.runs.push(...runs)
  }

  /** All that is pending, which is under way from now on. */
  take(now: number): Ticket[] {
    const tickets = [...this.#pending.values()]
    this.#pending = new Map()
    this.pendingSince = undefined
    this.urgent = false
    for (const ticket of tickets) {
      ticket.attempts++
      ticket.sentAt ??= now
      this.#underWay.add(ticket)
    }
    return tickets
  }

  /** Sends a ticket again with what has become pending since, unless something newer was said of a record. Returns whether it could. */
  putBack(ticket: Ticket, now: number): boolean {
    if (this.#pending.has(ticket.key)) return false
    this.#underWay.delete(ticket)
    this.#pending.set(ticket.key, ticket)
    this.pendingSince ??= now
    return true
  }

  done(ticket: Ticket): void {
    this.#underWay.delete(ticket)
  }

  #ticketOf(partition: SharePartition, now: number): Ticket {
    const key = sharePartitionKey(partition)
    let ticket = this.#pending.get(key)
    if (!ticket) {
      ticket = new Ticket(partition)
      this.#pending.set(key, ticket)
    }
    this.pendingSince ??= now
    return ticket
  }
}
