// Patterns on topics: request and reply, delayed delivery, event store, commands and queries, routing.
export {
  Requester,
  type GatherOptions,
  type Reply,
  type RequesterCloseOptions,
  type RequesterStatistics,
  type RequestOptions,
} from './request-reply/requester.ts'
export type { RequesterOptions } from './request-reply/options.ts'
export type { RequestHeaderStyle } from './request-reply/headers.ts'
export { ReplyError, ReplyTimeoutError, TooManyRequestsError } from './request-reply/errors.ts'
export {
  type Replied,
  replying,
  type ReplyingHandler,
  type ReplyingOptions,
} from './request-reply/replying.ts'
export { type SchedulerOptions } from './scheduled/options.ts'
export type { ScheduledRecord } from './scheduled/entry.ts'
export {
  type ScheduleEntry,
  type ScheduleMessage,
  ScheduleTopic,
  scheduleTopic,
  type ScheduleTopicDefinition,
  type When,
} from './scheduled/schedule-topic.ts'
export { Scheduler, type SchedulerStatistics } from './scheduled/scheduler.ts'
export type { RunState } from './lifecycle/lifecycle.ts'
export {
  type AppendOptions,
  type AppendResult,
  EventStore,
  type EventStoreStatistics,
  type LoadedStream,
  type LoadOptions,
} from './event-store/event-store.ts'
export {
  AppendTimeoutError,
  ConcurrencyError,
  type ExpectedVersion,
  StoreBusyError,
  StreamTruncatedError,
} from './event-store/errors.ts'
export type { EventStoreOptions, StreamTopic } from './event-store/options.ts'
export {
  memorySnapshots,
  type Snapshot,
  type SnapshotStore,
  type SnapshotTopic,
  TopicSnapshots,
  type TopicSnapshotsOptions,
} from './event-store/snapshots.ts'
export { sqliteStreamIndex, type SqliteStreamIndexOptions } from './event-store/sqlite-stream-index.ts'
export type { EventPlace, EventPosition, StoredEvent } from './event-store/stored-event.ts'
export {
  type IndexedEvent,
  type IndexedRange,
  type MaybeLater,
  memoryStreamIndex,
  type StreamIndex,
} from './event-store/stream-index.ts'
export { type Aggregate, aggregate, type Decision, type DecisionContext } from './cqrs/aggregate.ts'
export {
  CommandSide,
  type CommandSideOptions,
  type Executed,
  type ExecuteOptions,
  type StateOptions,
  type StreamState,
} from './cqrs/command-side.ts'
export { type MemoryCollection, type MemoryView, memoryViews } from './cqrs/memory-views.ts'
export { Projection, type ProjectionStatistics, type ReachedOptions } from './cqrs/projection.ts'
export type {
  ProjectedEvent,
  ProjectionHandler,
  ProjectionHandlers,
  ProjectionMoment,
  ProjectionOptions,
} from './cqrs/projection-options.ts'
export { sqliteViews, type SqliteViewsOptions } from './cqrs/sqlite-views.ts'
export type { ProjectionMove, ViewStore } from './cqrs/view-store.ts'
export type { SqliteDatabase, SqliteStatement, SqliteValue } from './sqlite/database.ts'
export {
  allOf,
  anyOf,
  type Filter,
  hasHeader,
  inTime,
  not,
  ofType,
  type TimeRange,
} from './routing/filters.ts'
export {
  type Destination,
  forward,
  route,
  type RouteAnswer,
  type RouteOptions,
  type RouteRule,
  type Routing,
  transform,
} from './routing/route.ts'
export type { LogConsumerOption, LogProducerOption } from './event-store/options.ts'
