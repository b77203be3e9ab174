// Loads handlers: each at its first request, or all of them ahead, when the broker has nothing else to do.
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { handlersLateMs, handlersPatienceMs, handlersPauseMs, handlersStartMs } from '../limits.ts'
import { RequestError } from '../request-error.ts'
import type { Handler } from './handler.ts'
import { handlerTable } from './table.ts'

/** By API key. */
const loaded: (Handler | undefined)[] = []

/** The handler of an API key if a request has asked for it before. Cheap: for every request that arrives. */
export function loadedHandler(apiKey: number): Handler | undefined {
  return loaded[apiKey]
}

/** The handler of an API key; a promise the first time in a process. Throws `RequestError` for a key that is not in the table. */
export function findHandler(apiKey: number): Handler | Promise<Handler> {
  const known = loaded[apiKey]
  if (known) return known
  const load = handlerTable.get(apiKey)
  if (!load) throw new RequestError(`API key ${apiKey} is not served`)
  return load().then(module => {
    loaded[apiKey] = module.default
    return module.default
  })
}

/**
 * Loads one handler after the other, with a pause before each. While the event loop is busy, which a timer that comes late tells, it
 * waits, but not for ever.
 */
export class HandlersAhead implements Service {
  readonly #core: BrokerCore
  readonly #keys: number[]
  readonly #load: (apiKey: number) => unknown
  readonly #patientUntilMs: number
  #cancel: () => void
  #closed = false

  constructor(core: BrokerCore, keys: Iterable<number>, load: (apiKey: number) => unknown) {
    this.#core = core
    this.#keys = [...keys]
    this.#load = load
    this.#patientUntilMs = core.clock.monotonic() + handlersPatienceMs
    this.#cancel = this.#pause(handlersStartMs)
  }

  /** Does not wait for a handler that is being loaded. */
  close(): void {
    this.#closed = true
    this.#cancel()
  }

  #pause(pauseMs = handlersPauseMs): () => void {
    const { clock } = this.#core
    const dueMs = clock.monotonic() + pauseMs
    const wake = () => {
      const nowMs = clock.monotonic()
      if (nowMs - dueMs > handlersLateMs && nowMs < this.#patientUntilMs) this.#cancel = this.#pause()
      else void this.#loadNext()
    }
    const timer = clock.setTimer(pauseMs, wake, { unref: true })
    return () => timer.cancel()
  }

  async #loadNext(): Promise<void> {
    const apiKey = this.#keys.shift()
    if (apiKey === undefined) return
    try {
      await this.#load(apiKey)
    } catch (error) {
      // Whoever asks for it later makes the next attempt.
      this.#core.logger.log('error', 'handler.load_failed', { apiKey, error: String(error) })
    }
    if (!this.#closed) this.#cancel = this.#pause()
  }
}

export const handlersAhead: ServiceDefinition<HandlersAhead> = {
  name: 'handlers ahead',
  open: core =>
    new HandlersAhead(
      core,
      [...handlerTable.keys()].filter(apiKey => !loaded[apiKey]),
      findHandler,
    ),
}
