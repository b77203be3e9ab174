// The topics of the application: what users want, what stock says to it, what has come of it, and the totals of that.
import { defaultPartitioner, type Partitioner, json, priorityPartitioner, string } from '@millrace/client'
import { defaultNaming, events } from '@millrace/service'

/** `high` passes everybody else: its records have a partition of their own. */
export type Priority = 'normal' | 'high'

/** An order as its user wants it by now. */
export interface Wanted {
  readonly order: string
  /** 1 when it is placed, one more with each change: the latest one counts, in whatever order they come. */
  readonly version: number
  readonly sku: string
  readonly quantity: number
  /** What all of it costs. */
  readonly cents: number
  /** When it was placed, in ms since the epoch. */
  readonly placedAt: number
}

/** What stock has decided about a version of an order. */
export interface StockDecision {
  readonly order: string
  readonly version: number
  readonly cents: number
  readonly placedAt: number
}

/** An order is through with everything, unless somebody changes it. */
export type FinalStatus = 'completed' | 'rejected' | 'cancelled'

/** What counts in the totals. */
export interface Counted {
  readonly status: FinalStatus
  readonly cents: number
}

/** What has come of a version of an order. */
export interface Settled extends Counted {
  readonly order: string
  readonly version: number
  /** What counted for the order before; null for nothing. */
  readonly was: Counted | null
  readonly priority: Priority
  readonly placedAt: number
  readonly settledAt: number
}

/** What totals grow or shrink by. */
export interface TotalChange extends Counted {
  /** 1 or −1. */
  readonly orders: number
}

/** How many partitions each topic has. */
export const partitionsOfTopics = 6
const definition = { key: string(), source: '/orders', partitions: partitionsOfTopics }

/** Topics and groups by the prefix of their names: a cluster may have several applications. Keys are users everywhere. */
export function namesOf(prefix: string) {
  return {
    prefix,
    orders: events(
      `${prefix}orders`,
      {
        'order.created': json<Wanted>(),
        'order.updated': json<Wanted>(),
        'order.cancelled': json<Wanted>(),
      },
      definition,
    ),
    decisions: events(
      `${prefix}stock-decisions`,
      {
        'stock.reserved': json<StockDecision>(),
        'stock.refused': json<StockDecision>(),
        'stock.released': json<StockDecision>(),
      },
      definition,
    ),
    outcomes: events(`${prefix}order-outcomes`, { 'order.settled': json<Settled>() }, definition),
    totals: events(`${prefix}order-totals`, { 'total.changed': json<TotalChange>() }, definition),
    groups: {
      stock: `${prefix}stock`,
      payment: `${prefix}payment`,
      totals: `${prefix}totals`,
    },
  }
}

export type Names = ReturnType<typeof namesOf>
export type Stage = keyof Names['groups']

/** What a group reads, and what becomes of that which it gives up. */
export function stagesOf(
  names: Names,
): readonly { stage: Stage; group: string; topic: string; letters: string }[] {
  const { groups, orders, decisions, outcomes } = names
  return [
    { stage: 'stock', group: groups.stock, topic: orders.name },
    { stage: 'payment', group: groups.payment, topic: decisions.name },
    { stage: 'totals', group: groups.totals, topic: outcomes.name },
  ].map(each => ({
    ...each,
    stage: each.stage as Stage,
    letters: defaultNaming.deadLetter(each.topic, each.group),
  }))
}

export const priorityHeader = 'priority'

/** What is urgent has the first partition of a topic to itself; topics where nothing is have none to spare. */
export function lanes({ orders, decisions }: Names): Partitioner {
  const withLanes = new Set<string>([orders.name, decisions.name])
  const byPriority = priorityPartitioner({ header: priorityHeader, reserved: { high: [0] } })
  return (input, count) =>
    withLanes.has(input.topic) ? byPriority(input, count) : defaultPartitioner(input, count)
}

/** A priority as header of a record. */
export function headersOf(priority: Priority): readonly { key: string; value: string }[] {
  return priority === 'high' ? [{ key: priorityHeader, value: priority }] : []
}
