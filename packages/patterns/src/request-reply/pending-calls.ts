// Requests that wait for replies: so many at a time, others in line. Each ends once: with what it wanted, its time, its signal, or with all others.
import { type Clock, type Timer, violated } from '@millrace/runtime'
import { ReplyTimeoutError, TooManyRequestsError } from './errors.ts'

/** What a call waits for. */
export interface CallOptions {
  /** For error messages: the topic that is asked. */
  readonly topic: string
  /** Replies that end it; `Infinity` for all that come in its time. */
  readonly want: number
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

export interface CallLimits {
  readonly maxPending: number
  readonly maxWaiting: number
}

const stages = {
  waiting: 'it waited for others, of which too many are pending (maxPending)',
  sending: 'its request was not written by then',
  asked: 'its request is written',
} as const

export class Call<Reply> {
  readonly id: string
  readonly replies: Promise<readonly Reply[]>
  /** Resolves when it may be sent; never for one that ends before that. */
  readonly admitted: Promise<void>
  stage: keyof typeof stages = 'waiting'
  readonly deadline: number
  readonly #options: CallOptions
  readonly #onEnd: (call: Call<Reply>) => void
  readonly #timer: Timer
  readonly #got: Reply[] = []
  #admit: () => void = () => violated('a call is admitted before it is made')
  #settle: { resolve(replies: readonly Reply[]): void; reject(error: unknown): void } | undefined

  constructor(id: string, options: CallOptions, clock: Clock, onEnd: (call: Call<Reply>) => void) {
    this.id = id
    this.#options = options
    this.#onEnd = onEnd
    this.deadline = clock.now() + options.timeoutMs
    this.replies = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.admitted = new Promise(resolve => {
      this.#admit = resolve
    })
    this.#timer = clock.setTimer(options.timeoutMs, () => this.#onTime())
    options.signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get isOver(): boolean {
    return this.#settle === undefined
  }

  admit(): void {
    this.stage = 'sending'
    this.#admit()
  }

  take(reply: Reply): void {
    this.#got.push(reply)
    if (this.#got.length >= this.#options.want) this.#end(settle => settle.resolve(this.#got))
  }

  fail(error: unknown): void {
    this.#end(settle => settle.reject(error))
  }

  #onTime(): void {
    const { want, topic, timeoutMs } = this.#options
    if (want === Number.POSITIVE_INFINITY && this.stage === 'asked') {
      this.#end(settle => settle.resolve(this.#got))
      return
    }
    const got = this.#got.length === 0 ? 'no reply' : `${this.#got.length} of ${want} replies`
    const message = `${got} from "${topic}" within ${timeoutMs} ms: ${stages[this.stage]}`
    this.fail(new ReplyTimeoutError(message, this.#got))
  }

  readonly #onAbort = () => this.fail(this.#options.signal!.reason)

  #end(settle: (ends: { resolve(replies: readonly Reply[]): void; reject(error: unknown): void }) => void) {
    const ends = this.#settle
    if (!ends) return
    this.#settle = undefined
    this.#timer.cancel()
    this.#options.signal?.removeEventListener('abort', this.#onAbort)
    settle(ends)
    this.#onEnd(this)
  }
}

export class PendingCalls<Reply> {
  readonly #clock: Clock
  /** What the ids of this instance begin with. */
  readonly #prefix: string
  readonly #limits: CallLimits
  readonly #pending = new Map<string, Call<Reply>>()
  /** In the order in which they came. */
  readonly #line = new Set<Call<Reply>>()
  #serial = 0

  constructor(clock: Clock, prefix: string, limits: CallLimits) {
    this.#clock = clock
    this.#prefix = `${prefix}:`
    this.#limits = limits
  }

  get pending(): number {
    return this.#pending.size
  }

  get waiting(): number {
    return this.#line.size
  }

  /** Throws TooManyRequestsError when there is no place in the line, the signal's reason when it has aborted. */
  open(options: CallOptions): Call<Reply> {
    options.signal?.throwIfAborted()
    const { maxPending, maxWaiting } = this.#limits
    const hasRoom = this.#pending.size < maxPending
    if (!hasRoom && this.#line.size >= maxWaiting)
      throw new TooManyRequestsError(
        `a request for "${options.topic}" is refused: ${maxPending} are pending (maxPending) and ${maxWaiting} wait for a place (maxWaiting)`,
      )
    const id = `${this.#prefix}${++this.#serial}`
    const call = new Call<Reply>(id, options, this.#clock, ended => this.#onEnd(ended))
    if (hasRoom) this.#admit(call)
    else this.#line.add(call)
    return call
  }

  /** The call that a reply is for; `late` where it is over, `foreign` where it is another instance's. */
  find(id: string): Call<Reply> | 'late' | 'foreign' {
    return this.#pending.get(id) ?? (id.startsWith(this.#prefix) ? 'late' : 'foreign')
  }

  /** Resolves when none is left, or the time is over. */
  async settledWithin(timeoutMs: number): Promise<void> {
    const calls = [...this.#pending.values(), ...this.#line]
    let timer: Timer | undefined
    const time = new Promise<void>(resolve => {
      timer = this.#clock.setTimer(timeoutMs, resolve)
    })
    await Promise.race([Promise.allSettled(calls.map(({ replies }) => replies)), time])
    timer?.cancel()
  }

  failAll(error: unknown): void {
    // Those in line first: an end lets the next one in.
    for (const call of [...this.#line, ...this.#pending.values()]) call.fail(error)
  }

  #admit(call: Call<Reply>): void {
    this.#pending.set(call.id, call)
    call.admit()
  }

  #onEnd(call: Call<Reply>): void {
    if (this.#line.delete(call) || !this.#pending.delete(call.id)) return
    const [next] = this.#line
    if (!next) return
    this.#line.delete(next)
    this.#admit(next)
  }
}
