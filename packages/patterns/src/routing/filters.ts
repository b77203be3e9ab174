// Filters for handlers and routes: by type, by time, by header, and combinations of them.
import { ConfigError } from '@millrace/client'
import type { HandlerContext } from '@millrace/service'
import { isThenable } from '../records/thenable.ts'

/** Says whether an event or value is wanted, at once or later. Fits `filter` of handlers, and `when` of routes. */
export type Filter<Item> = (item: Item, context: HandlerContext) => boolean | PromiseLike<boolean>

/** Events of these types. */
export function ofType<const Type extends string>(
  ...types: readonly Type[]
): (event: { readonly type: string }) => boolean {
  if (types.length === 0) throw new ConfigError('ofType: name a type')
  const wanted: ReadonlySet<string> = new Set(types)
  return event => wanted.has(event.type)
}

/** A part of time. */
export interface TimeRange {
  /** From this time on: a Date, or ms since the epoch. Default: from the beginning. */
  readonly from?: Date | number
  /** Before this time. Default: without end. */
  readonly to?: Date | number
  /**
   * Whose time counts: `record`, that of the record where it was first, which every one has; `event`, when the event happened, by its sender; one that does not say is not wanted. Default `record`.
   */
  readonly by?: 'record' | 'event'
}

/** What is of a part of time. Throws ConfigError for one that is none. */
export function inTime(range: TimeRange): Filter<unknown> {
  const [from, to] = [
    msOf('from', range.from, Number.NEGATIVE_INFINITY),
    msOf('to', range.to, Number.POSITIVE_INFINITY),
  ]
  if (from >= to) throw new ConfigError(`inTime: from (${from}) is not before to (${to})`)
  const isIn = (time: number | undefined) => time !== undefined && time >= from && time < to
  if (range.by === 'event') return event => isIn((event as { readonly time?: number } | null)?.time)
  return (_item, context) => isIn(context.origin.timestamp)
}

function msOf(name: string, time: Date | number | undefined, none: number): number {
  if (time === undefined) return none
  const ms = typeof time === 'number' ? time : time.getTime()
  if (Number.isNaN(ms))
    throw new ConfigError(`inTime: ${name} is no time; write a Date, or ms since the epoch`)
  return ms
}

/** Records with a header, whose last value as text is this one, or matches; without `value`, whatever it says. */
export function hasHeader(name: string, value?: string | RegExp): Filter<unknown> {
  return (_item, { record }) => {
    const found = record.headers.findLast(({ key }) => key === name)
    if (!found) return false
    if (value === undefined) return true
    const text = found.value?.toString() ?? ''
    return typeof value === 'string' ? text === value : matches(value, text)
  }
}

/** A pattern with the flag `g` or `y` remembers where it was. */
function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(text)
}

/** What all of the filters want; those behind the first that does not are not asked. */
export function allOf<Item>(...filters: readonly Filter<Item>[]): Filter<Item> {
  return (item, context) => decide(filters, item, context, true)
}

/** What one of the filters wants; those behind it are not asked. */
export function anyOf<Item>(...filters: readonly Filter<Item>[]): Filter<Item> {
  return (item, context) => decide(filters, item, context, false)
}

/** What a filter does not want. */
export function not<Item>(filter: Filter<Item>): Filter<Item> {
  return (item, context) => {
    const wanted = filter(item, context)
    return isThenable(wanted) ? wanted.then(answer => !answer) : !wanted
  }
}

/** Asks one after the other, until one answers other than `goesOn`. */
function decide<Item>(
  filters: readonly Filter<Item>[],
  item: Item,
  context: HandlerContext,
  goesOn: boolean,
  from = 0,
): boolean | PromiseLike<boolean> {
  for (let at = from; at < filters.length; at++) {
    const answer = filters[at]!(item, context)
    if (isThenable(answer))
      return answer.then(said =>
        Boolean(said) === goesOn ? decide(filters, item, context, goesOn, at + 1) : !goesOn,
      )
    if (Boolean(answer) !== goesOn) return !goesOn
  }
  return goesOn
}
