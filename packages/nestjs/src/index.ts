// NestJS microservices on Kafka: a transport with retries and dead letters, a client, and a module to inject from.
export { MillraceClient } from './client/millrace-client.ts'
export type { MillraceClientOptions } from './client/options.ts'
export type { SerializedRecord } from './messages/outgoing-record.ts'
export type { MillraceMessage, ParserOptions } from './messages/received-message.ts'
export {
  type HealthSource,
  type MillraceHealth,
  MillraceHealthIndicator,
  type MillraceHealthResult,
} from './module/millrace-health-indicator.ts'
export { MillraceModule } from './module/millrace-module.ts'
export type {
  MillraceModuleAsyncOptions,
  MillraceModulePlace,
  MillraceOptions,
  MillraceOptionsFactory,
} from './module/options.ts'
export { type Injectable, InjectMillrace, millraceToken } from './module/tokens.ts'
export { type GroupHandle, MillraceContext } from './server/millrace-context.ts'
export { MillraceServer, type MillraceServerEvents } from './server/millrace-server.ts'
export type { MillraceExtras, MillraceServerOptions } from './server/options.ts'
