// The one door for what a client measures and lets others do: a signal for each kind of fact, and the hooks that stand in a record's way.
import { tracingChannel } from 'node:diagnostics_channel'
import type { ClientEvent } from './client-event.ts'
import type {
  AcknowledgeFacts,
  BatchFacts,
  ClientIdentity,
  CommitFacts,
  ConnectionFacts,
  FetchFacts,
  HandedOutFacts,
  QueueFacts,
  RebalanceFacts,
  RequestFacts,
  RetryFacts,
  ThrottleFacts,
  TransactionFacts,
} from './facts.ts'
import type {
  ClientHooks,
  Handled,
  HandledBatch,
  HandledRecord,
  OutgoingRecord,
  SendOutcome,
} from './hooks.ts'
import { type Listener, Signal } from './signal.ts'
import { tell } from './tell.ts'

/** Told what became of a record, if a hook asked for it. */
export type OutcomeListener = (outcome: SendOutcome) => void

/** Start and end of `send` and `sendBatch`. */
const sendTrace = tracingChannel('millrace.client.send')
/** Start and end of a handler of `run`. */
const processTrace = tracingChannel('millrace.client.process')

export class HookDoor {
  readonly client: ClientIdentity
  readonly connection: Signal<ConnectionFacts>
  readonly request: Signal<RequestFacts>
  readonly queue: Signal<QueueFacts>
  readonly throttle: Signal<ThrottleFacts>
  readonly batch: Signal<BatchFacts>
  readonly fetch: Signal<FetchFacts>
  readonly handedOut: Signal<HandedOutFacts>
  readonly rebalance: Signal<RebalanceFacts>
  readonly commit: Signal<CommitFacts>
  readonly acknowledge: Signal<AcknowledgeFacts>
  readonly retry: Signal<RetryFacts>
  readonly transaction: Signal<TransactionFacts>
  readonly event: Signal<ClientEvent>
  /** Hooks that see records before they are written; undefined where there are none. */
  readonly #senders: readonly ClientHooks[] | undefined
  readonly #aroundRecord: readonly ClientHooks[]
  readonly #aroundBatch: readonly ClientHooks[]

  constructor(client: ClientIdentity, hooks: readonly ClientHooks[] = []) {
    this.client = client
    this.connection = new Signal(client, 'connection')
    this.request = new Signal(client, 'request')
    this.queue = new Signal(client, 'queue')
    this.throttle = new Signal(client, 'throttle')
    this.batch = new Signal(client, 'batch')
    this.fetch = new Signal(client, 'fetch')
    this.handedOut = new Signal(client, 'handed-out')
    this.rebalance = new Signal(client, 'rebalance')
    this.commit = new Signal(client, 'commit')
    this.acknowledge = new Signal(client, 'acknowledge')
    this.retry = new Signal(client, 'retry')
    this.transaction = new Signal(client, 'transaction')
    this.event = new Signal(client, 'event')
    const senders = hooks.filter(hook => hook.onSend !== undefined)
    this.#senders = senders.length > 0 ? senders : undefined
    this.#aroundRecord = hooks.filter(hook => hook.aroundRecord !== undefined)
    this.#aroundBatch = hooks.filter(hook => hook.aroundBatch !== undefined)
    for (const hook of hooks) this.listen(hook)
  }

  /** Has the `on…` methods of hooks called, but for `onSend`, until the function that is returned is called. */
  listen(hooks: ClientHooks): () => void {
    const ends = [
      join(this.connection, hooks.onConnection?.bind(hooks)),
      join(this.request, hooks.onRequest?.bind(hooks)),
      join(this.queue, hooks.onQueue?.bind(hooks)),
      join(this.throttle, hooks.onThrottle?.bind(hooks)),
      join(this.batch, hooks.onBatch?.bind(hooks)),
      join(this.fetch, hooks.onFetch?.bind(hooks)),
      join(this.handedOut, hooks.onHandedOut?.bind(hooks)),
      join(this.rebalance, hooks.onRebalance?.bind(hooks)),
      join(this.commit, hooks.onCommit?.bind(hooks)),
      join(this.acknowledge, hooks.onAcknowledge?.bind(hooks)),
      join(this.retry, hooks.onRetry?.bind(hooks)),
      join(this.transaction, hooks.onTransaction?.bind(hooks)),
      join(this.event, hooks.onEvent?.bind(hooks)),
    ]
    return () => {
      for (const end of ends) end?.()
    }
  }

  /** Whether records have to be shown to hooks before they are written. */
  get seesRecords(): boolean {
    return this.#senders !== undefined
  }

  /** Shows a record to the hooks. Returns who wants to hear of its outcome; undefined where nobody does. Throws what a hook throws. */
  outgoing(record: OutgoingRecord): OutcomeListener | undefined {
    let listeners: OutcomeListener[] | undefined
    for (const hook of this.#senders ?? []) {
      const listener = hook.onSend?.(record, this.client)
      if (listener) (listeners ??= []).push(listener)
    }
    if (!listeners) return undefined
    const told = listeners
    return outcome => {
      for (const listener of told) tell(listener, outcome)
    }
  }

  /** `send`, under the tracing channel where somebody listens to that. `input`: what the call was given. */
  aroundSend<T>(call: 'send' | 'sendBatch', input: unknown, send: () => Promise<T>): () => Promise<T> {
    if (!sendTrace.hasSubscribers) return send
    const records = Array.isArray(input) ? input.length : 1
    return () => sendTrace.tracePromise(send, { client: this.client, call, records })
  }

  /** `handle` with the hooks around it; itself where there are none. Ask again for each run of records: channels get listeners at any time. */
  aroundRecord<T extends HandledRecord>(handle: (record: T) => Handled): (record: T) => Handled {
    const traced = processTrace.hasSubscribers ? this.#traced(handle, record => ({ record })) : handle
    return this.#aroundRecord.reduceRight(
      (inner, hook) => record => hook.aroundRecord!(record, this.client, () => inner(record)),
      traced,
    )
  }

  /** The same for handlers of batches. */
  aroundBatch<T extends HandledBatch>(handle: (batch: T) => Handled): (batch: T) => Handled {
    const traced = processTrace.hasSubscribers ? this.#traced(handle, batch => ({ batch })) : handle
    return this.#aroundBatch.reduceRight(
      (inner, hook) => batch => hook.aroundBatch!(batch, this.client, () => inner(batch)),
      traced,
    )
  }

  #traced<T>(handle: (item: T) => Handled, contextOf: (item: T) => object): (item: T) => Handled {
    const { client } = this
    // A handler that does its work at once becomes one that is waited for: who traces pays for that.
    return item => processTrace.tracePromise(async () => handle(item), { client, ...contextOf(item) })
  }
}

function join<T extends object>(
  signal: Signal<T>,
  listener: Listener<T> | undefined,
): (() => void) | undefined {
  return listener && signal.listen(listener)
}
