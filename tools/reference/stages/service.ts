// What examples of services take for granted: topics of events, services, and functions of an application.
import { json, type Producer, type StandardSchema } from '@millrace/client'
import {
  type EventEnvelope,
  type EventHandler,
  type EventHandlers,
  events,
  type HandlerContext,
  type Service,
} from '@millrace/service'

export { default as assert } from 'node:assert/strict'
export { nodeClock } from '@millrace/runtime'

export interface Order {
  readonly total: number
}
export declare const OrderCreated: StandardSchema<unknown, Order>
const types = { 'order.created': json<Order>() }
export const orders = events('orders', types)
export const invoices = events('invoices', { 'invoice.issued': json<Order>() })

export declare const brokers: readonly string[]
export declare const producer: Producer
export declare const service: Service
export declare const billing: Service
export declare const shipping: Service

type OnOrder = EventHandler<'order.created', Order, unknown>
export declare const handlers: EventHandlers<typeof types, unknown>
export declare const pay: OnOrder
export declare const store: OnOrder
export declare const announce: OnOrder
export declare function charge(order: Order): Promise<void>
export declare function onOrderCreated(
  event: EventEnvelope<'order.created', Order>,
  context: HandlerContext<string>,
): Promise<void>
export declare const results: readonly (
  | { readonly ok: true; readonly error?: never }
  | { readonly ok: false; readonly error: unknown }
)[]
