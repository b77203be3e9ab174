// Sends records on by their content: rules, or a function, say where; what fits nowhere is never passed over in silence.
import { type AnyTopic, ConfigError, topic, type ValueOf } from '@millrace/client'
import {
  type EventHandlers,
  type EventOf,
  EventTopic,
  type EventTypes,
  FatalError,
  type HandlerContext,
  type HandlerResult,
  type Publication,
  type ReceivedHeader,
  skip,
  type ValueHandler,
} from '@millrace/service'
import { checkFields, checkOneOf } from '../options/split-options.ts'
import type { Filter } from './filters.ts'

/** Where a record goes: made by {@link forward} and {@link transform}. */
export interface Destination<Item = unknown> {
  /** Name of the topic. */
  readonly topic: string
  /** @internal Publishes what goes there. */
  send(item: Item, context: HandlerContext): void
}

/** A rule: what it wants goes there. */
export interface RouteRule<Item> {
  /** What it is for. Default: everything that comes to it. */
  readonly when?: Filter<Item>
  /** Where it goes. */
  readonly to: Destination<Item> | readonly Destination<Item>[]
}

/** What a function that routes answers: destinations, or none. */
export type RouteAnswer<Item> = Destination<Item> | readonly Destination<Item>[] | null | undefined

/** How records are sent on. Give `rules` or `by`. */
export interface RouteOptions<Item> {
  /** Rules, asked in their order. Default: none, and `by` says it. */
  readonly rules?: readonly RouteRule<Item>[]
  /** A function that says where a record goes. Default: none, and `rules` say it. */
  readonly by?: (item: Item, context: HandlerContext) => RouteAnswer<Item> | PromiseLike<RouteAnswer<Item>>
  /** Of several rules that fit: the `first` counts, or `all` do. Default `first`. */
  readonly match?: 'first' | 'all'
  /**
   * What becomes of a record that fits nowhere: it goes to a destination; `fail` makes it one that no attempt mends, a dead letter where the handler has `deadLetter`, else the service stops before it; `skip` passes over it, and counts. Default
   * `fail`.
   */
  readonly otherwise?: Destination<Item> | 'fail' | 'skip'
}

/** Handlers that route, for `service.handle(source, routing.handlers)`. */
export interface Routing<Handlers> {
  /** What `service.handle` takes. */
  readonly handlers: Handlers
  /** Records by the topic that they were sent to, and `nowhere`: every attempt counts. */
  readonly counts: ReadonlyMap<string, number>
}

/** Headers that say what a record has been through in a service: they are that service's. */
const ofServices = ['__millrace.errors.', '__millrace.redrive.']

/** To a topic, as it is: key, value, headers and time are those that it came with, byte for byte. */
export function forward(to: AnyTopic | string): Destination {
  const name = typeof to === 'string' ? to : to.name
  const bytes = topic(name)
  return {
    topic: name,
    send(_item, context) {
      const { record, origin } = context
      context.publish(bytes, {
        key: record.keyBytes,
        value: record.valueBytes,
        headers: ownHeaders(record.headers),
        ...(origin.timestamp >= 0 && { timestamp: origin.timestamp }),
      })
    },
  }
}

function ownHeaders(headers: readonly ReceivedHeader[]): ReceivedHeader[] {
  return headers.filter(({ key }) => !ofServices.some(prefix => key.startsWith(prefix)))
}

/** To a topic, as something else: what `make` returns is published there. */
export function transform<T extends AnyTopic, Item, const M extends Publication<T>>(
  to: T,
  make: (item: Item, context: HandlerContext) => M,
): Destination<Item> {
  return { topic: to.name, send: (item, context) => context.publish(to, make(item, context)) }
}

const names = ['rules', 'by', 'match', 'otherwise'] as const

/**
 * Handlers for a topic that send its records on. What they send is written before a record counts as done, and in the same transaction with `exactly-once`. Throws ConfigError.
 *
 * @example
 * const routing = route(orders, {
 *   rules: [
 *     { when: ({ data }) => data.total > 1_000, to: forward('big-orders') },
 *     { when: ofType('order.cancelled'), to: forward('cancelled-orders') },
 *   ],
 *   otherwise: forward('other-orders'),
 * })
 * service.handle(orders, routing.handlers)
 */
export function route<Name extends string, K, Types extends EventTypes, KeyInput>(
  source: EventTopic<Name, K, Types, KeyInput>,
  options: RouteOptions<EventOf<Types>>,
): Routing<EventHandlers<Types, K>>
/** The same for a topic without event types. */
export function route<T extends AnyTopic>(
  source: T,
  options: RouteOptions<ValueOf<T>>,
): Routing<ValueHandler<T>>
export function route(source: AnyTopic, options: RouteOptions<never>): Routing<unknown> {
  const place = `route: ${source.name}`
  const routes = new Routes(place, options as RouteOptions<unknown>)
  const handler = (item: unknown, context: HandlerContext) => routes.handle(item, context)
  const isOfEvents = source instanceof EventTopic
  const handlers = isOfEvents
    ? Object.fromEntries(Object.keys(source.eventTypes as EventTypes).map(type => [type, handler]))
    : handler
  return { handlers, counts: routes.counts }
}

class Routes {
  readonly counts = new Map<string, number>([['nowhere', 0]])
  readonly #place: string
  readonly #options: RouteOptions<unknown>

  constructor(place: string, options: RouteOptions<unknown>) {
    checkFields(place, options, names)
    const { rules, by, match, otherwise } = options
    if (!rules === !by) throw new ConfigError(`${place}: give rules, or by`)
    checkOneOf(`${place}: match`, match, ['first', 'all'])
    for (const [at, { when, to }] of (rules ?? []).entries()) {
      if (when !== undefined && typeof when !== 'function')
        throw new ConfigError(`${place}: rules[${at}].when is no function`)
      for (const each of listOf(to)) checkDestination(`${place}: rules[${at}].to`, each)
    }
    if (typeof otherwise === 'string') checkOneOf(`${place}: otherwise`, otherwise, ['fail', 'skip'])
    else if (otherwise !== undefined) checkDestination(`${place}: otherwise`, otherwise)
    this.#place = place
    this.#options = options
  }

  async handle(item: unknown, context: HandlerContext): Promise<HandlerResult> {
    const found = await this.#destinations(item, context)
    if (found.length === 0) return this.#nowhere(item, context)
    for (const destination of found) this.#send(destination, item, context)
    return undefined
  }

  async #destinations(item: unknown, context: HandlerContext): Promise<Destination[]> {
    const { rules, by, match = 'first' } = this.#options
    if (by) {
      const answer = listOf(await by(item, context))
      for (const each of answer) checkDestination(`${this.#place}: what by returned`, each)
      return answer
    }
    const found: Destination[] = []
    for (const { when, to } of rules!) {
      if (when && !(await when(item, context))) continue
      found.push(...listOf(to))
      if (match === 'first') break
    }
    return found
  }

  #nowhere(item: unknown, context: HandlerContext): HandlerResult {
    const { otherwise = 'fail' } = this.#options
    if (typeof otherwise !== 'string') {
      this.#send(otherwise, item, context)
      return undefined
    }
    this.#count('nowhere')
    if (otherwise === 'skip') return skip('no route')
    const why = this.#options.rules
      ? `none of ${this.#options.rules.length} rules wants it`
      : 'by names no destination'
    throw new FatalError(`no route fits it: ${why}`)
  }

  #send(destination: Destination, item: unknown, context: HandlerContext): void {
    destination.send(item, context)
    this.#count(destination.topic)
  }

  #count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }
}

function listOf<Item>(given: RouteAnswer<Item>): Destination<Item>[] {
  if (given === undefined || given === null) return []
  return Array.isArray(given) ? (given as Destination<Item>[]) : [given as Destination<Item>]
}

function checkDestination(place: string, given: unknown): void {
  if (typeof (given as Partial<Destination> | null | undefined)?.send !== 'function')
    throw new ConfigError(`${place} is no destination; write forward(…) or transform(…)`)
}
