// Lines in the fields of the Elastic Common Schema (ECS), for Elasticsearch without a pipeline in between.
import { type LoggerOptions, stdSerializers } from 'pino'
import type { Clock } from '@millrace/runtime'

/** The schema's version whose fields are written. */
const ecsVersion = '8.10.0'

/** Our fields, and what Elastic calls them: Filebeat's module for Kafka where ECS has no name. */
const names: Readonly<Record<string, string>> = {
  correlationId: 'labels.correlation_id',
  eventId: 'event.id',
  eventType: 'event.action',
  topic: 'kafka.topic',
  partition: 'kafka.partition',
  offset: 'kafka.offset',
  group: 'kafka.consumer_group',
  service: 'service.name',
  hostname: 'host.hostname',
  pid: 'process.pid',
  name: 'log.logger',
}

/** What pino needs to be told. */
export function ecsOptions(
  clock: Clock,
): Required<Pick<LoggerOptions, 'messageKey' | 'timestamp' | 'formatters'>> {
  return {
    messageKey: 'message',
    timestamp: () => `,"@timestamp":"${new Date(clock.now()).toISOString()}"`,
    formatters: {
      level: label => ({ 'log.level': label }),
      bindings: bindings => ({ ...renamed(bindings), 'ecs.version': ecsVersion }),
      log: fields => withError(renamed(fields)),
    },
  }
}

function renamed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const name in fields) result[names[name] ?? name] = fields[name]
  return result
}

/** ECS has one place for an error; ours go by both of the names that are usual. */
function withError(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, error, ...rest } = fields
  const thrown = err instanceof Error ? err : error
  if (!(thrown instanceof Error)) return fields
  const { message, stack } = stdSerializers.err(thrown)
  return { ...rest, error: { type: thrown.constructor.name, message, stack_trace: stack } }
}
