// What an application says of a kind of stream: how its state comes of events, and which events come of a command. Pure functions of its own.
import { ConfigError } from '@millrace/client'
import type { EventInputOf, EventOf, EventTypes } from '@millrace/service'
import type { MaybeLater } from '../event-store/stream-index.ts'

/** What comes of a command: events, one or several, or none. What is thrown refuses it. */
export type Decision<Types extends EventTypes> =
  | EventInputOf<Types>
  | readonly EventInputOf<Types>[]
  | null
  | undefined
  | void

/** What a command is decided on, beside the state. */
export interface DecisionContext {
  /** The stream. */
  readonly stream: string
  /** Its version; 0 where it does not exist. */
  readonly version: number
}

/** Commands and events of a kind of stream. */
export interface Aggregate<State, Command, Types extends EventTypes> {
  /** The state of a stream without events. */
  initial(stream: string): State
  /** The state behind an event; it may change and return what it is given. Must not fail: the event has happened. */
  evolve(state: State, event: EventOf<Types>): State
  /** What comes of a command. Must not change the state. May be called again with a newer state, when others were faster. */
  decide(command: Command, state: State, context: DecisionContext): MaybeLater<Decision<Types>>
  /** What states look like: change it with them, and snapshots of before are passed over. Default `1`. */
  readonly schema?: string
}

/**
 * Says how the streams of a kind work, with types that are told by the event topic.
 *
 * @example
 * const account = aggregate(accounts, {
 *   initial: () => ({ balance: 0 }),
 *   evolve: ({ balance }, { type, data }) => ({ balance: balance + (type === 'money.deposited' ? data.amount : -data.amount) }),
 *   decide(command: { withdraw: number }, { balance }) {
 *     if (command.withdraw > balance) throw new RangeError('not enough money')
 *     return { type: 'money.withdrawn', data: { amount: command.withdraw } }
 *   },
 * })
 */
export function aggregate<State, Command, Types extends EventTypes>(
  _events: { readonly eventTypes: Types },
  definition: Aggregate<State, Command, Types>,
): Aggregate<State, Command, Types> {
  for (const name of ['initial', 'evolve', 'decide'] as const)
    if (typeof definition[name] !== 'function') throw new ConfigError(`aggregate: ${name} is no function`)
  return definition
}

/** Events of a decision. */
export function decidedEvents<Types extends EventTypes>(
  decision: Decision<Types>,
): readonly EventInputOf<Types>[] {
  if (decision === undefined || decision === null) return []
  return Array.isArray(decision)
    ? (decision as readonly EventInputOf<Types>[])
    : [decision as EventInputOf<Types>]
}
