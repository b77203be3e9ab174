// The one door through which a service tells of itself: listeners hear all of it, a logger each thing not too often.
import type { ClientLogger } from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import { isThenable } from '../thenable.ts'
import type { ServiceEvent } from './service-event.ts'

/** The same thing of the same subject is logged again after this long; how often it happened in between is said then. */
const repeatAfterMs = 10_000
/** Things whose last line is remembered. */
const rememberedMax = 1_000

/** Hears of what a service does. What it throws becomes a warning of the process. */
export type ServiceListener = (event: ServiceEvent) => void

export class EventDoor {
  readonly #clock: Clock
  readonly #logger: ClientLogger | undefined
  readonly #listeners: readonly ServiceListener[]
  readonly #told = new Map<string, { at: number; heldBack: number }>()
  /** Whether anybody listens: look before you compose an event. */
  readonly active: boolean

  constructor(clock: Clock, logger: ClientLogger | undefined, listeners: readonly ServiceListener[]) {
    this.#clock = clock
    this.#logger = logger
    this.#listeners = listeners
    this.active = logger !== undefined || listeners.length > 0
  }

  /** Tells of an event. Never throws. */
  emit(event: ServiceEvent): void {
    for (const listener of this.#listeners) tell(() => listener(event))
    const logger = this.#logger
    if (!logger) return
    const heldBack = this.#heldBack(event)
    if (heldBack === undefined) return
    const { message, level, ...fields } = event
    tell(() => logger[level](heldBack > 0 ? { ...fields, heldBack } : fields, message))
  }

  /** How many like it were held back since the last line; undefined when this one is, too. */
  #heldBack({ type, level, subject }: ServiceEvent): number | undefined {
    const key = `${type} ${level} ${subject}`
    const now = this.#clock.monotonic()
    const told = this.#told.get(key)
    if (told !== undefined && type !== 'service.state' && now - told.at < repeatAfterMs) {
      told.heldBack++
      return undefined
    }
    this.#told.delete(key)
    this.#told.set(key, { at: now, heldBack: 0 })
    if (this.#told.size > rememberedMax) this.#told.delete(this.#told.keys().next().value!)
    return told?.heldBack ?? 0
  }
}

function tell(say: () => unknown): void {
  try {
    const result = say()
    if (isThenable(result)) result.then(undefined, warn)
  } catch (error) {
    warn(error)
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
