// Patterns on topics: request and reply, delayed delivery.
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
