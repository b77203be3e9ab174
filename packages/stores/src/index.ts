// What an application keeps in its databases for services: which records were handled, and which events are to be sent.
export { type IoredisClient, type NodeRedisClient, type RedisClient } from './dedupe/redis-client.ts'
export { MysqlDedupeStore } from './dedupe/mysql-dedupe-store.ts'
export { PostgresDedupeStore } from './dedupe/postgres-dedupe-store.ts'
export { RedisDedupeStore, type RedisDedupeOptions } from './dedupe/redis-dedupe-store.ts'
export { ClaimLostError, SqlDedupeStore, type SqlDedupeOptions } from './dedupe/sql-dedupe-store.ts'
export { SqliteDedupeStore } from './dedupe/sqlite-dedupe-store.ts'
export { MysqlOutbox } from './outbox/mysql-outbox.ts'
export { PostgresOutbox, type PostgresOutboxOptions } from './outbox/postgres-outbox.ts'
export { PreparedRecord } from './outbox/prepare.ts'
export {
  type ListSetAsideOptions,
  type OutboxOptions,
  type OutboxStatus,
  type SetAsideRow,
  SqlOutbox,
} from './outbox/sql-outbox.ts'
export { SqliteOutbox } from './outbox/sqlite-outbox.ts'
export type { OutboxRelayOptions } from './relay/options.ts'
export { OutboxRelay } from './relay/outbox-relay.ts'
export type { RelayListener } from './relay/relay-door.ts'
export type {
  RelayDelayed,
  RelayEvent,
  RelayRetried,
  RelaySetAside,
  RelayShardsMoved,
  RelayState,
  RelayStateChanged,
} from './relay/relay-event.ts'
export type { RelayStatistics } from './relay/relay-metrics.ts'
export type { MysqlPool, MysqlQueryable } from './sql/mysql-client.ts'
export type { PostgresClient, PostgresPool, PostgresQueryable } from './sql/postgres-client.ts'
export type { SqliteDatabase, SqliteStatement } from './sql/sqlite-client.ts'
export type { SqlStatement, SqlValue } from './sql/statement.ts'
