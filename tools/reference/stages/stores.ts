// What examples of stores take for granted: clients of databases that the application has made, stores, outboxes and services.
import { json, string } from '@millrace/client'
import {
  type Deduplicated,
  type DedupeStore,
  events,
  type HandlerContext,
  type Service,
} from '@millrace/service'
import type {
  IoredisClient,
  MysqlPool,
  MysqlQueryable,
  PostgresClient,
  PostgresPool,
  PostgresQueryable,
  SqliteDatabase,
  SqlOutbox,
} from '@millrace/stores'
import type { DatabaseSync } from 'node:sqlite'

export { DatabaseSync } from 'node:sqlite'

export interface Order {
  readonly total: number
}
export const orders = events('orders', { 'order.created': json<Order>() }, { key: string() })
export declare const service: Service
export declare const billing: Service
export declare const context: HandlerContext
export declare function charge(): Promise<void>

export declare const pg: { readonly Pool: new () => PostgresPool }
export declare const Redis: new () => IoredisClient
export declare function createPool(url: string): MysqlPool
export declare const pool: PostgresPool & MysqlPool
export declare const client: PostgresClient
export declare const transaction: PostgresQueryable
export declare const connection: MysqlQueryable & {
  beginTransaction(): Promise<void>
  commit(): Promise<void>
}
export declare const database: DatabaseSync

interface Marking extends DedupeStore {
  markIn(client: PostgresQueryable | MysqlQueryable, context: Deduplicated): Promise<void>
  markIn(database: SqliteDatabase, context: Deduplicated): void
}
export declare const store: Marking
export declare const outbox: SqlOutbox
