// The one door through which a client tells of itself: to a listener and to a logger, and not too often.
import type { Clock } from '@millrace/runtime'
import type { ClientEvent, EventLevel } from './client-event.ts'
import type { Signal } from './signal.ts'
import { tell } from './tell.ts'

/**
 * Four methods that take facts and a text: pino's, for one. `console` fits, too.
 *
 * The first argument is the {@link ClientEvent} without its message.
 */
export interface ClientLogger {
  /** What only a search for a fault needs: each retry of a call. */
  debug(fields: object, message: string): void
  /** What changed and needs no attention: a connection that is back. */
  info(fields: object, message: string): void
  /** What keeps records from moving and is tried again. */
  warn(fields: object, message: string): void
  /** What is not tried again. */
  error(fields: object, message: string): void
}

export interface EventDoorOptions {
  readonly clock: Clock
  readonly onEvent: ((event: ClientEvent) => void) | undefined
  readonly logger: ClientLogger | undefined
  /** Hooks and the diagnostics channel. Default: none. */
  readonly signal?: Signal<ClientEvent>
}

/** The same thing is told again after this long; what happens in between is held back. */
const repeatAfterMs = 10_000
/** Things whose last event is remembered. The oldest are forgotten beyond that: they may be told a little early. */
const rememberedMax = 1000
const levels: readonly EventLevel[] = ['debug', 'info', 'warn', 'error']

export class EventDoor {
  readonly #options: EventDoorOptions
  readonly #isHeard: boolean
  /** When each kind of event was last told of each subject, on the monotonic clock; the longest ago first. */
  readonly #toldAt = new Map<string, number>()

  constructor(options: EventDoorOptions) {
    this.#options = options
    this.#isHeard = options.onEvent !== undefined || options.logger !== undefined
  }

  /** Whether anybody listens: look before you compose an event. */
  get active(): boolean {
    return this.#isHeard || this.#options.signal?.active === true
  }

  /** Tells of an event, unless the same was told of the same subject a moment ago: then false. Never throws. */
  emit(event: ClientEvent): boolean {
    if (!this.active || this.#isRepetition(event)) return false
    const { onEvent, logger, signal } = this.#options
    if (onEvent) tell(onEvent, event)
    if (logger) {
      const { message, level, ...fields } = event
      tell(() => logger[level](fields, message))
    }
    if (signal?.active) signal.emit(event)
    return true
  }

  /** The state that an event spoke of is over: the next one like it is news again. */
  forget(type: ClientEvent['type'], subject: string): void {
    for (const level of levels) this.#toldAt.delete(`${type} ${level} ${subject}`)
  }

  /** The level is part of it: an idle connection that ends must not hide one that ends with requests on it. */
  #isRepetition({ type, level, subject }: ClientEvent): boolean {
    const key = `${type} ${level} ${subject}`
    const now = this.#options.clock.monotonic()
    const toldAt = this.#toldAt.get(key)
    if (toldAt !== undefined && now - toldAt < repeatAfterMs) return true
    this.#toldAt.delete(key)
    this.#toldAt.set(key, now)
    if (this.#toldAt.size > rememberedMax) this.#toldAt.delete(this.#toldAt.keys().next().value!)
    return false
  }
}
