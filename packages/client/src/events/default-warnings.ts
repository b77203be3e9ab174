// What a client says where nobody listens: warnings of the process, for what keeps it from its work and would otherwise be a silence of minutes.
import type { Clock, Timer } from '@millrace/runtime'
import type { ClientEvent } from './client-event.ts'
import type { ClientLogger } from './event-door.ts'

/** What readers are warned of by `onWarning`, since they would wait without a word. */
export const topicWarnings: ReadonlySet<ClientEvent['type']> = new Set<ClientEvent['type']>([
  'topic.unknown',
  'topic.gone',
  'topic.recreated',
  'partition.unknown',
])
/** They last already, or are told once: what a call waits for, and what an operator has to see to. */
const toldAtOnce: ReadonlySet<ClientEvent['type']> = new Set<ClientEvent['type']>([
  ...topicWarnings,
  'partition.leaderless',
  'login.exposed',
  'login.delayed',
  'token.kept',
  'certificate.kept',
])
/** A broker that is just being started is not worth a word. */
const graceMs = 2_000
/** Subjects that are remembered as told of; the oldest are forgotten beyond that. */
const rememberedMax = 1_000

export interface DefaultWarningsOptions {
  readonly clock: Clock
  readonly clientId: string
  /** Whether any broker is connected at present. */
  readonly isConnected: () => boolean
  /** What is told elsewhere. */
  readonly except: ReadonlySet<ClientEvent['type']>
  /** When any client told a thing last, on the monotonic clock: those of one process mostly wait for the same. Default: that of all clients. */
  readonly toldByAny?: Map<string, number>
}

const toldByAll = new Map<string, number>()
/** What one client has told is not told by another one for this long. */
const toldByAnyMs = 60_000

type Fields = Pick<ClientEvent, 'type' | 'subject'>

/** Each thing once, and again when it was over in between. */
export class DefaultWarnings implements ClientLogger {
  readonly #options: DefaultWarningsOptions
  readonly #told = new Set<string>()
  /** Connections that could not be opened, with what was said of each last, until the grace is over. */
  readonly #failing = new Map<string, string>()
  #grace: Timer | undefined

  constructor(options: DefaultWarningsOptions) {
    this.#options = options
  }

  debug(): void {}

  info(fields: object): void {
    const { type, subject } = fields as Fields
    if (type !== 'connection.restored') return
    this.#failing.delete(subject)
    this.#told.delete(`connection.failed ${subject}`)
  }

  warn(fields: object, message: string): void {
    const { type, subject } = fields as Fields
    if (this.#options.except.has(type)) return
    if (toldAtOnce.has(type)) this.#tell(type, subject, message)
    if (type === 'connection.failed') this.#failed(subject, message)
  }

  /** What is not tried again is thrown by the calls. */
  error(): void {}

  /** Says nothing more. */
  close(): void {
    this.#grace?.cancel()
    this.#failing.clear()
  }

  /** One of several brokers that is away for a moment keeps nobody waiting for long: the same told again says that it stays away. */
  #failed(subject: string, message: string): void {
    const isLasting = this.#failing.has(subject)
    this.#failing.set(subject, message)
    if (isLasting) this.#tell('connection.failed', subject, message)
    else this.#grace ??= this.#options.clock.setTimer(graceMs, () => this.#graceOver(), { unref: true })
  }

  #graceOver(): void {
    this.#grace = undefined
    if (this.#options.isConnected()) return
    for (const [subject, message] of this.#failing) this.#tell('connection.failed', subject, message)
  }

  #isToldByAny(key: string): boolean {
    const { clock, toldByAny = toldByAll } = this.#options
    const now = clock.monotonic()
    for (const [other, at] of toldByAny) if (now - at >= toldByAnyMs) toldByAny.delete(other)
    if (toldByAny.has(key)) return true
    toldByAny.set(key, now)
    return false
  }

  #tell(type: ClientEvent['type'], subject: string, message: string): void {
    const key = `${type} ${subject}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    if (this.#told.size > rememberedMax) this.#told.delete(this.#told.values().next().value!)
    if (this.#isToldByAny(key)) return
    process.emitWarning(message, {
      type: 'MillraceWarning',
      code: type,
      detail: `Of client "${this.#options.clientId}". Its option "logger" tells more, and logger: null nothing.`,
    })
  }
}
