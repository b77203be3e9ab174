// The one door through which a relay tells of itself: a listener hears all of it, a logger each thing not too often.
import type { ClientLogger } from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import type { RelayEvent } from './relay-event.ts'

/** Hears of what a relay does. What it throws becomes a warning of the process. */
export type RelayListener = (event: RelayEvent) => void

/** The same thing of the same subject is logged again after this long. */
const repeatAfterMs = 10_000
/** Things whose last line is remembered. */
const rememberedMax = 1_000

/** What is told beside the relay's name. */
export type Told = RelayEvent extends infer Event
  ? Event extends RelayEvent
    ? Omit<Event, 'relay'>
    : never
  : never

export class RelayDoor {
  readonly #relay: string
  readonly #clock: Clock
  readonly #listener: RelayListener | undefined
  readonly #logger: ClientLogger | undefined
  readonly #toldAt = new Map<string, number>()

  constructor(
    relay: string,
    clock: Clock,
    listener: RelayListener | undefined,
    logger: ClientLogger | undefined,
  ) {
    this.#relay = relay
    this.#clock = clock
    this.#listener = listener
    this.#logger = logger
  }

  /** Tells of an event. Never throws. */
  emit(told: Told): void {
    const event = { ...told, relay: this.#relay } as RelayEvent
    const listener = this.#listener
    if (listener) heard(() => listener(event))
    const logger = this.#logger
    if (!logger || this.#isRepetition(event)) return
    const { message, level, ...fields } = event
    heard(() => logger[level](fields, message))
  }

  /** Something of the relay's work failed and goes again. */
  retried(what: string, error: unknown): void {
    const message = `${what} failed (${(error as Error).message}); trying again`
    this.emit({ type: 'relay.retried', level: 'warn', subject: what, error, message })
  }

  #isRepetition({ type, subject, level }: RelayEvent): boolean {
    if (type === 'relay.state' || type === 'relay.shards') return false
    const key = `${type} ${level} ${subject}`
    const now = this.#clock.monotonic()
    const toldAt = this.#toldAt.get(key)
    if (toldAt !== undefined && now - toldAt < repeatAfterMs) return true
    this.#toldAt.delete(key)
    this.#toldAt.set(key, now)
    if (this.#toldAt.size > rememberedMax) this.#toldAt.delete(this.#toldAt.keys().next().value!)
    return false
  }
}

function heard(say: () => unknown): void {
  try {
    const result = say()
    if (result instanceof Promise) result.catch(warn)
  } catch (error) {
    warn(error)
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
