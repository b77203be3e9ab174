// The broker: a durable single node that speaks the Kafka protocol.
export { type LogFields, type Logger, type LogLevel, silentLogger } from './logger.ts'
