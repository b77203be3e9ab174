// Services on Kafka: events with types, handlers with retries, dead letters, concurrency and limits.
export type { EventAttributes, EventEnvelope, EventInput } from './envelope/event.ts'
export type { EventFormat, EventTypes } from './envelope/event-serde.ts'
export {
  type AnyEventTopic,
  type EventInputOf,
  type EventOf,
  EventTopic,
  type EventTopicDefinition,
  events,
} from './envelope/event-topic.ts'
export type { DedupeClaims, Deduplicated } from './dedupe/claims.ts'
export type {
  ClaimAnswer,
  ClaimRequest,
  CompleteRequest,
  DedupeIds,
  DedupeStore,
} from './dedupe/dedupe-store.ts'
export { type MemoryDedupeOptions, MemoryDedupeStore } from './dedupe/memory-store.ts'
export { outboxIdHeader } from './dedupe/record-id.ts'
export {
  DeadLetterQueue,
  LetterNotFoundError,
  type PurgedPartition,
} from './dead-letters/dead-letter-queue.ts'
export type { LetterFilter, LetterPlace, StoredLetter } from './dead-letters/letter.ts'
export { givenUpAt } from './dead-letters/letter.ts'
export { RedriveFencedError } from './dead-letters/letter-writer.ts'
export type {
  DeadLetterQueueOptions,
  LetterChange,
  LetterOptions,
  PurgeOptions,
  ReadLettersOptions,
  RedriveOptions,
} from './dead-letters/options.ts'
export type { RedriveFailure, RedriveReport } from './dead-letters/redriver.ts'
export { type Backoff, type ExponentialOptions, exponential, fixed } from './failure/backoff.ts'
export type { Classify } from './failure/classify.ts'
export {
  BatchError,
  type BatchFailure,
  type FailureKind,
  FatalError,
  HandlerTimeoutError,
  PoisonError,
  RetriableError,
  UnknownEventTypeError,
} from './failure/errors.ts'
export {
  type FailureFacts,
  type FailureHeader,
  type FailureHistory,
  historyOf as failureHistory,
  type RecordOriginPlace,
} from './failure/failure-headers.ts'
export { type DeadLetter, type DeadLetterFamily, readDeadLetter } from './failure/read-dead-letter.ts'
export { type DeadLetterBytes, redriveRecord, type RedriveTarget } from './failure/redrive.ts'
export {
  type BytesRecord,
  type DeadLetterHeaders,
  deadLetterRecord,
  type DeadLetterTarget,
  type SetAsideRecord,
} from './failure/set-aside.ts'
export { defaultNaming, type TopicNaming } from './failure/topic-names.ts'
export type { DeadLetterReason } from './failure/verdict.ts'
export { type HandlerContext, type Publication, recordOf } from './handling/context.ts'
export type {
  BatchContext,
  BatchHandler,
  EventHandler,
  EventHandlers,
  Handled,
  Middleware,
  ValueHandler,
} from './handling/handlers.ts'
export type {
  BatchOptions,
  ConcurrencyOptions,
  DeadLetterOptions,
  DedupeOptions,
  HandleBatchOptions,
  HandleOptions,
  RetryOptions,
  UnknownTypePolicy,
} from './handling/options.ts'
export {
  deadLetter,
  type HandlerResult,
  Instruction,
  type InstructionOptions,
  park,
  retry,
  skip,
} from './handling/outcome.ts'
export type { EndpointOptions, HealthEndpoint, ServedService, ServeHealthOptions } from './http/endpoint.ts'
export { serveHealth } from './http/serve-health.ts'
export { type Bulkhead, bulkhead } from './limits/bulkhead.ts'
export {
  type BreakerState,
  type CircuitBreaker,
  type CircuitBreakerOptions,
  circuitBreaker,
} from './limits/circuit-breaker.ts'
export type { Admission, Gate, Passage } from './limits/gate.ts'
export { type RateLimiter, type RateLimiterOptions, rateLimiter } from './limits/rate-limiter.ts'
export type { ServiceListener } from './observe/event-door.ts'
export { type MeasuredService, servicePrometheusText } from './observe/prometheus.ts'
export type {
  BreakerChanged,
  MetadataFull,
  MetadataIgnored,
  PartitionsMoved,
  RecordDeadLettered,
  RecordParked,
  RecordRetried,
  RecordsAbandoned,
  RecordSkipped,
  RecordWaits,
  ServiceEvent,
  ServiceState,
  StateChanged,
  WorkRetried,
} from './observe/service-event.ts'
export type { GroupHealth, ServiceHealth } from './observe/health.ts'
export type { ServiceOptions } from './service/options.ts'
export type { TopicCreation } from './service/own-topics.ts'
export { type RunnableService, type RunOptions, runServices } from './service/run-services.ts'
export { Service } from './service/service.ts'
export type { ReceivedHeader } from './received-header.ts'
