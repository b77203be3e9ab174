// Kafka in Fastify: a producer, topics, a service and health routes, which live as long as the server.
export { type InstanceHealth, MillraceInstance } from './millrace-instance.ts'
export type { CorrelationOptions, MillraceFastifyOptions, RoutePaths, Topics } from './options.ts'
export { millrace } from './plugin.ts'
export type { MillraceRegistry, TopicsOf } from './registry.ts'
export { RequestScope } from './request-scope.ts'
