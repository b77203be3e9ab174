// What examples of patterns take for granted: topics, services, and functions of an application.
import { json, string, topic } from '@millrace/client'
import {
  type Aggregate,
  type EventStore,
  type Requester,
  type Scheduler,
  scheduleTopic,
  type SnapshotStore,
} from '@millrace/patterns'
import { events, type HandlerContext, type Service } from '@millrace/service'

export { default as assert } from 'node:assert/strict'
export { DatabaseSync } from 'node:sqlite'
export { nodeClock } from '@millrace/runtime'

export interface Price {
  readonly total: number
}
interface Amount {
  readonly amount: number
}

export const priceRequests = topic('price-requests', { key: string(), value: json<Amount>() })
export const priceReplies = topic('price-replies', { value: json<Price>() })
export const offerRequests = topic('offer-requests', { key: string(), value: json<Amount>() })

export declare const brokers: readonly string[]
export declare const service: Service
export declare const requester: Requester<typeof priceReplies>
export const reminders = topic('reminders', { key: string(), value: json<{ text: string }>() })
export const delays = scheduleTopic('delays')
export declare const scheduler: Scheduler
export declare const context: HandlerContext<string>

export interface Account {
  readonly balance: number
}
const accountTypes = { 'money.deposited': json<Amount>(), 'money.withdrawn': json<Amount>() }
export const accounts = events('accounts', accountTypes, { key: string(), partitions: 3 })
export declare const account: Aggregate<Account, { readonly withdraw: number }, typeof accountTypes>
export declare const store: EventStore<typeof accountTypes>
export declare const snapshots: SnapshotStore<Account>
export const orders = events('orders', {
  'order.created': json<{ total: number }>(),
  'order.cancelled': json<{ total: number }>(),
})
