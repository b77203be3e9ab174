// Which topics rows can be sent to: one that nobody knows yet, or that does not take them, holds none of the others up.
import type { Clock, Random } from '@millrace/runtime'
import { exponential } from '@millrace/service'
import { Delays } from './delays.ts'
import type { RelayDoor } from './relay-door.ts'
import type { Sender } from './sender.ts'

export interface TopicsOptions {
  readonly sender: Sender
  readonly clock: Clock
  readonly random: Random
  readonly door: RelayDoor
  /** There may be something to send. */
  readonly wake: () => void
  /** Nothing more is looked up. */
  readonly stopping: AbortSignal
}

/** Between attempts at what cannot be sent for the moment. */
export const delayBackoff = exponential({ initialMs: 500, maxMs: 60_000, jitter: 'none' })

export class Topics {
  readonly #options: TopicsOptions
  readonly #known = new Set<string>()
  readonly #sought = new Set<string>()
  readonly #delays = new Delays<string>()

  constructor(options: TopicsOptions) {
    this.#options = options
  }

  /** Whether rows of it may be sent. Has it looked up where nobody knows. */
  isKnown(topic: string): boolean {
    if (this.#known.has(topic)) return true
    if (!this.#sought.has(topic)) void this.#seek(topic)
    return false
  }

  /** Before anything is sent: what fails on the way there would let what comes behind it through. */
  async #seek(topic: string): Promise<void> {
    const { sender, wake, stopping } = this.#options
    this.#sought.add(topic)
    const unsent = await sender.seek(topic, stopping)
    this.#sought.delete(topic)
    if (stopping.aborted) return
    if (unsent) this.failed(topic, unsent.error)
    else this.#known.add(topic)
    wake()
  }

  /** Topics whose rows are left alone for the moment. */
  excluded(now: number): string[] {
    return [...this.#sought, ...this.#delays.waiting(now)]
  }

  /** When the next of them is due, on the monotonic clock; undefined where none waits. */
  nextAt(now: number): number | undefined {
    return this.#delays.nextAt(now)
  }

  /** Rows of it could not be sent, and others would fare no better. */
  failed(topic: string, error: unknown): void {
    const { clock, random, door } = this.#options
    this.#known.delete(topic)
    const afterMs = delayBackoff(this.#delays.failuresOf(topic) + 1, random)
    this.#delays.failed(topic, clock.monotonic() + afterMs)
    const message = `nothing can be sent to ${topic} (${(error as Error).message}); trying again in ${afterMs} ms`
    door.emit({ type: 'relay.delayed', level: 'warn', subject: topic, topic, error, afterMs, message })
  }

  /** The producer has not come through to it for so long, and goes on. */
  stuck(topic: string, afterMs: number): void {
    const message = `nothing was written to ${topic} for ${afterMs} ms; the producer goes on trying, and rows of other topics go past`
    const told = { subject: topic, topic, error: undefined, afterMs: 0, message }
    this.#options.door.emit({ type: 'relay.delayed', level: 'warn', ...told })
  }

  /** A row of it was sent. */
  worked(topic: string): void {
    this.#delays.worked(topic)
  }

  /** Those that nothing can be sent to at present. */
  delayed(now: number): string[] {
    return this.#delays.waiting(now)
  }
}
