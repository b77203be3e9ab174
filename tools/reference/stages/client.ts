// What examples of the client and its companions take for granted: clients that are open, topics, and functions of an application.
import {
  type Admin,
  type ApplicationMetric,
  type Consumer,
  json,
  type Producer,
  string,
  topic,
} from '@millrace/client'
import type { OpenTelemetryHooks } from '@millrace/opentelemetry'

export { ListGroupsApi } from '@millrace/protocol'
export { createServer } from 'node:http'

export declare const brokers: readonly string[]
export declare const admin: Admin
export declare const producer: Producer
export declare const consumer: Consumer
export declare const telemetry: OpenTelemetryHooks

export interface Order {
  readonly total: number
}
export const orders = topic('orders', { key: string(), value: json<Order>() })
export declare function work(record: unknown): Promise<void>
export declare function priceOf(value: Buffer | null): string

export declare const jobs: ReadonlySet<unknown>
export declare const jobsMetric: ApplicationMetric
export declare const token: { readonly hmac: string }
export declare const password: string
