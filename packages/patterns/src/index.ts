// Patterns on topics: request and reply.
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
