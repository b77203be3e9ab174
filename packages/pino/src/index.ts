// Logs of services with pino: rotation, JSON for ELK, ids of records in every line, shipping to a topic.
export { createLogger, type LoggerControls, type ServiceLogger } from './create-logger.ts'
export { type LogContext, logContext, type LogFields } from './log-context.ts'
export type { LoggerOptions, LogLevel } from './options.ts'
export { type ShippingEnd, TopicStream, type TopicStreamOptions } from './topic-stream.ts'
