// Does what outcomes say: counts, tells, writes what has to be written first, and has records count as done.
import { type Clock, violated } from '@millrace/runtime'
import { classOf, messageOf } from '../failure/classify.ts'
import { type FailureFacts, redrivesOf } from '../failure/failure-headers.ts'
import { type BytesRecord, deadLetterRecord, parkedRecord } from '../failure/set-aside.ts'
import { deadLetterTopic } from '../failure/topic-names.ts'
import type { DeadLetterReason } from '../failure/verdict.ts'
import type { BatchJob, BatchResult } from '../handling/batch-handler.ts'
import type { Output } from '../handling/context.ts'
import type { Delivery } from '../handling/delivery.ts'
import type { Outcome } from '../handling/outcome.ts'
import type { RecordSpan } from '../handling/record-span.ts'
import type { EventDoor } from '../observe/event-door.ts'
import type { ServiceMetrics } from '../observe/metrics.ts'
import type { Cause, Ledger } from './ledger.ts'
import type { PartitionWork } from './partition-work.ts'
import type { Station } from './station.ts'
import { writeErrorOf } from '../failure/write-errors.ts'

export interface SettlementHost {
  readonly clock: Clock
  readonly service: string
  readonly ledger: Ledger
  readonly events: EventDoor
  readonly metrics: ServiceMetrics
  stationOf(work: PartitionWork): Station
  /** How many partitions one of our topics has; undefined where that is not known. */
  partitionsOf(topic: string): number | undefined
  /** Enough is done to commit it. */
  onDue(): void
  /** Nothing may be done about a record: the service stops before it. */
  fail(error: Error): void
}

type SetAside = Extract<Outcome, { readonly kind: 'park' | 'deadLetter' }>

/**
 * Nothing is awaited that need not be: in a turn between what is written and the record that counts as done, a transaction would commit the one without the other.
 */
export class Settlement {
  readonly #host: SettlementHost

  constructor(host: SettlementHost) {
    this.#host = host
  }

  /** Settles a record of its own. */
  settle(delivery: Delivery, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'done': {
        const outputs = delivery.attempt?.outputs
        if (outputs !== undefined) void this.#writeOutputs(delivery, outputs)
        else if (delivery.dedupe) void this.#markAndComplete(delivery)
        else this.#complete(delivery)
        break
      }
      case 'retry':
        this.#tellRetried(delivery, outcome)
        this.#host.stationOf(workOf(delivery)).delay(delivery, outcome.afterMs)
        break
      case 'wait':
        this.#tellWaits(delivery, outcome)
        this.#host.stationOf(workOf(delivery)).delay(delivery, outcome.afterMs)
        break
      default:
        void this.#settleOther(delivery, outcome)
    }
  }

  /** What a handler wants written goes first; what cannot be written as it is makes the attempt one that failed. */
  async #writeOutputs(delivery: Delivery, outputs: readonly Output[]): Promise<void> {
    const work = workOf(delivery)
    try {
      const writing = this.#host.ledger.write(work, outputs, causeOf(delivery))
      if (writing) await writing
    } catch (error) {
      if (work.isGone || delivery.state !== 'running') return delivery.dedupe?.release()
      if (writeErrorOf(error) === 'producer') return this.#fail(delivery, error)
      const { handler } = work
      return this.settle(delivery, handler.judge(delivery, handler.failed(error)))
    }
    await this.#markAndComplete(delivery)
  }

  /** What was handled is remembered, if anybody asked for that, before it counts as done: whoever has the partition by then. */
  async #markAndComplete(delivery: Delivery): Promise<void> {
    const marking = this.#mark(delivery)
    if (marking) await marking
    this.#complete(delivery)
  }

  /** Has the dedupe store remember that a record was handled; with transactions, once they are committed. */
  #mark({ dedupe, source }: Delivery): Promise<void> | undefined {
    if (!dedupe?.claim) return undefined
    const { ledger } = this.#host
    if (!ledger.onCommitted) return dedupe.complete()
    ledger.onCommitted(source as PartitionWork, {
      committed: () => void dedupe.complete(),
      dropped: () => dedupe.release(),
    })
    return undefined
  }

  async settleBatch(job: BatchJob, { settled, again }: BatchResult): Promise<void> {
    const work = job.source as PartitionWork
    for (const { span, done, outcomes, outputs, inContext } of settled) {
      try {
        const cause = { of: span ?? done[0], inContext }
        const writing = outputs && this.#host.ledger.write(work, outputs, cause)
        if (writing) await writing
      } catch (error) {
        if (work.isGone || job.state !== 'running') return job.release()
        return this.#fail(span ?? done[0]!, error)
      }
      const marking = done.flatMap(delivery => this.#mark(delivery) ?? [])
      if (marking.length > 0) await Promise.all(marking)
      if (work.isGone || job.state !== 'running') return job.release()
      this.#completeAll(work, span, done)
      for (const [delivery, outcome] of outcomes) {
        await this.#settleOther(delivery, outcome)
        if (work.isGone || job.state !== 'running') return job.release()
      }
    }
    if (!again) return
    const first = (job.opened[0] ?? job.unopened[0])!
    const { afterMs, error, refusal } = again
    if (refusal) this.#tellWaits(first, { kind: 'wait', afterMs, refusal })
    else this.#tellRetried(first, { kind: 'retry', afterMs, error })
  }

  async #settleOther(delivery: Delivery, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case 'skipped':
        this.#tellSkipped(delivery, outcome.reason)
        return this.#markAndComplete(delivery)
      case 'park':
      case 'deadLetter':
        return this.#setAside(delivery, outcome)
      case 'fail':
        return this.#fail(delivery, outcome.error)
      case 'retry':
      case 'wait':
        // Neither a record of its own nor one of a batch comes here with it: the first is delayed, the second stays in its batch.
        violated('what is tried again in place is not settled')
      case 'done':
        return this.#markAndComplete(delivery)
    }
  }

  /** Writes a record to a topic for what failed; only when it is safe there does it count as done here. */
  async #setAside(delivery: Delivery, outcome: SetAside): Promise<void> {
    const work = workOf(delivery)
    const isMine = () => !work.isGone && !delivery.isDone
    for (const slim of [false, true]) {
      const record =
        outcome.kind === 'park' ? this.#parked(delivery, outcome) : this.#letter(delivery, outcome, slim)
      try {
        const writing = this.#host.ledger.write(work, [record], causeOf(delivery))
        if (writing) await writing
        // It is to be handled again: from where it is now.
        delivery.dedupe?.release()
        if (!isMine()) return
        this.#tellSetAside(delivery, outcome, record.topic)
        return this.#complete(delivery)
      } catch (error) {
        if (!isMine()) return delivery.dedupe?.release()
        // What is said of the failure may be what makes it too large.
        if (!slim && outcome.kind === 'deadLetter' && writeErrorOf(error) === 'record') continue
        return this.#fail(
          delivery,
          error,
          `it failed (${messageOf(outcome.error)}) and cannot be written to ${record.topic}`,
        )
      }
    }
  }

  #factsOf(delivery: Delivery, error: unknown): FailureFacts {
    const failedAt = this.#host.clock.now()
    return {
      origin: delivery.origin,
      group: delivery.group,
      attempts: delivery.attempts,
      error,
      firstFailedAt: delivery.firstFailedAt ?? failedAt,
      failedAt,
      redrives: redrivesOf(delivery.record.headers),
    }
  }

  #parked(delivery: Delivery, { tier, delayMs, error }: Extract<Outcome, { kind: 'park' }>): BytesRecord {
    const { options } = workOf(delivery).handler
    const { origin } = delivery
    const tierMs = options.plan.tierDelaysMs[tier - 1]!
    const topic = options.naming.retry(origin.topic, delivery.group, tierMs)
    const facts = this.#factsOf(delivery, error)
    const dueAt = facts.failedAt + delayMs
    return parkedRecord(delivery.record, facts, { ...this.#placeIn(topic, origin.partition), tier, dueAt })
  }

  #letter(
    delivery: Delivery,
    { reason, error }: { readonly reason: DeadLetterReason; readonly error: unknown },
    slim: boolean,
  ): BytesRecord {
    const { options } = workOf(delivery).handler
    const { deadLetter, naming } = options
    const { origin } = delivery
    const topic = deadLetter.topic ?? deadLetterTopic(naming, origin.topic, delivery.group)
    return deadLetterRecord(delivery.record, this.#factsOf(delivery, error), {
      ...this.#placeIn(topic, origin.partition),
      reason,
      style: deadLetter.headers,
      stackChars: slim ? 0 : deadLetter.stackMaxChars,
    })
  }

  /** The partition of the same number, where there is one: what was in order stays so. Elsewhere the key decides. */
  #placeIn(topic: string, partition: number): { readonly topic: string; readonly partition?: number } {
    const count = this.#host.partitionsOf(topic)
    return count !== undefined && partition < count ? { topic, partition } : { topic }
  }

  #complete(delivery: Delivery): void {
    const work = workOf(delivery)
    if (work.isGone || delivery.isDone) return
    work.tracker!.done(delivery)
    work.isDirty = true
    this.#host.stationOf(work).finish(delivery, work)
    if (this.#host.ledger.isDue) this.#host.onDue()
  }

  /** The same for what a batch came to, in order. */
  #completeAll(work: PartitionWork, span: RecordSpan | undefined, done: readonly Delivery[]): void {
    if (!span && done.length === 0) return
    if (span) work.tracker!.spanDone(span)
    else work.tracker!.allDone(done)
    work.isDirty = true
    this.#host.stationOf(work).relieve(work)
    if (this.#host.ledger.isDue) this.#host.onDue()
  }

  #fail(delivery: Pick<Delivery, 'record'>, cause: unknown, why = messageOf(cause)): void {
    const { topic, partition, offset } = delivery.record
    this.#host.fail(
      new Error(
        `${topic}-${partition} at offset ${offset}: ${why}; the service stops before it, so that it is not lost. Set deadLetter, or mend what keeps it from being handled`,
        { cause },
      ),
    )
  }

  #tellRetried(delivery: Delivery, { afterMs, error }: Extract<Outcome, { kind: 'retry' }>): void {
    const { events, metrics, service } = this.#host
    const { group, origin, attempts } = delivery
    metrics.retries.add({ topic: origin.topic, consumer_group: group, where: 'in-place' })
    if (!events.active) return
    const subject = `${origin.topic}-${origin.partition}`
    events.emit({
      type: 'record.retried',
      level: 'warn',
      subject,
      service,
      group,
      origin,
      attempts,
      error,
      afterMs,
      message: `${subject} at offset ${origin.offset} failed (${messageOf(error)}); attempt ${attempts + 1} in ${Math.round(afterMs)} ms`,
    })
  }

  #tellWaits({ group, origin }: Delivery, { afterMs, refusal }: Extract<Outcome, { kind: 'wait' }>): void {
    const { events, metrics, service } = this.#host
    const reason = refusal === 'failed' ? 'unavailable' : 'busy'
    metrics.dedupeWaits.add({ topic: origin.topic, consumer_group: group, reason })
    if (!events.active) return
    const subject = `${origin.topic}-${origin.partition}`
    const why = refusal === 'failed' ? 'the dedupe store does not answer' : 'another has it in hand'
    const message = `${subject} at offset ${origin.offset} waits: ${why}`
    events.emit({
      type: 'record.waits',
      level: 'debug',
      subject,
      service,
      group,
      origin,
      reason,
      afterMs,
      message,
    })
  }

  #tellSkipped({ group, origin }: Delivery, reason: string): void {
    const { events, metrics, service } = this.#host
    metrics.skipped.add({ topic: origin.topic, consumer_group: group, reason })
    if (!events.active) return
    const subject = `${origin.topic}-${origin.partition}`
    const message = `passed over ${subject} at offset ${origin.offset}: ${reason}`
    events.emit({ type: 'record.skipped', level: 'debug', subject, service, group, origin, reason, message })
  }

  #tellSetAside(delivery: Delivery, outcome: SetAside, topic: string): void {
    const { events, metrics, service } = this.#host
    const { group, origin, attempts } = delivery
    const { error } = outcome
    if (outcome.kind === 'park')
      metrics.retries.add({ topic: origin.topic, consumer_group: group, where: 'retry-topic' })
    else
      metrics.deadLetters.add({
        topic: origin.topic,
        consumer_group: group,
        reason: outcome.reason,
        error: classOf(error),
      })
    if (!events.active) return
    const subject = `${origin.topic}-${origin.partition}`
    const place = `${subject} at offset ${origin.offset}`
    const common = { subject, service, group, origin, attempts, error, topic }
    if (outcome.kind === 'park') {
      const message = `${place} failed (${messageOf(error)}); another attempt in ${outcome.delayMs} ms, from ${topic}`
      events.emit({ ...common, type: 'record.parked', level: 'warn', delayMs: outcome.delayMs, message })
    } else {
      const message = `${place} is given up (${outcome.reason}: ${messageOf(error)}) and stands in ${topic}`
      events.emit({
        ...common,
        type: 'record.dead_lettered',
        level: 'error',
        reason: outcome.reason,
        message,
      })
    }
  }
}

function causeOf(delivery: Delivery): Cause {
  return { of: delivery, inContext: delivery.inContext }
}

function workOf(delivery: Delivery): PartitionWork {
  return delivery.source as PartitionWork
}
