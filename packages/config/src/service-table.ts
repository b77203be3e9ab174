// What the sections of a service's settings may hold. The compiler holds the tables to the options that they become.
import type { ClusterOptions } from '@millrace/client'
import {
  circuitBreaker,
  exponential,
  fixed,
  type HandleBatchOptions,
  type HandleOptions,
  rateLimiter,
  type ServiceOptions,
} from '@millrace/service'
import { amount, flag, listOf, oneOf, type Read, text, whole } from './values.ts'

/** Fields of a section: how each is read, or the table of the mapping that it is. */
export interface Table {
  readonly [name: string]: Read | Mapping
}

/** A field that is a mapping of its own, or, where `plain` takes it, another value. */
export interface Mapping {
  readonly table: Table
  /** What stands in place of a mapping, such as `true`. */
  readonly plain?: Read
  /** What the fields become. Throws ConfigError. */
  readonly make?: (fields: Readonly<Record<string, unknown>>, name: string) => unknown
}

/** Those of the seed's shape; all options that every client has stand beside them. */
export const kafkaTable = {
  brokers: listOf(text),
  username: text,
  password: text,
  mechanism: oneOf('plain', 'scram-sha-256', 'scram-sha-512'),
  topic: text,
  retries: whole(),
  producerReturnSuccesses: flag,
} satisfies Table

export const logTable = {
  level: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  rotationSize: amount('megabytes'),
  rotationCount: whole(),
  file: text,
  format: oneOf('json', 'ecs'),
  stdout: flag,
  topic: text,
  redact: listOf(text),
} satisfies Table

export const metricsTable = { port: whole(0, 65_535), host: text } satisfies Table

/** Options of a service that can be written down. */
type WrittenServiceOption = Exclude<
  keyof ServiceOptions,
  | keyof ClusterOptions
  | 'middleware'
  | 'naming'
  | 'consumer'
  | 'producer'
  | 'http'
  | 'onServiceEvent'
  | 'handlingClock'
>

export const serviceTable = {
  name: text,
  group: text,
  consumers: whole(1),
  createTopics: oneOf('own', 'all', 'none'),
  commitIntervalMs: whole(1),
  transactionIntervalMs: whole(1),
  drainTimeoutMs: whole(),
  revokeTimeoutMs: whole(),
  maxInFlightRecords: whole(1),
  maxInFlightBytes: whole(1),
  offsetMetadataMaxChars: whole(),
} satisfies Table & Record<WrittenServiceOption, Read>

const off: Read<false> = value => {
  if (value === false || value === 'false') return false
  throw new Error(`it is ${JSON.stringify(value)}; write false, or a mapping`)
}

const backoff: Mapping = {
  table: {
    initialMs: whole(),
    maxMs: whole(),
    factor: amount('how many times as long'),
    jitter: oneOf('full', 'none'),
    fixedMs: whole(),
  },
  make({ fixedMs, ...rest }) {
    if (fixedMs === undefined) return exponential(rest)
    if (Object.keys(rest).length > 0) throw new Error('fixedMs stands alone')
    return fixed(fixedMs as number)
  },
}

/** Options of a handler that can be written down. */
type WrittenHandleOption = Exclude<
  keyof HandleOptions | keyof HandleBatchOptions,
  'filter' | 'middleware' | 'dedupe'
>

export const handlerTable = {
  group: text,
  retry: {
    plain: off,
    table: {
      attempts: whole(1),
      backoff,
      topicDelaysMs: listOf(whole()),
      giveUpAfterMs: whole(),
    },
  },
  deadLetter: {
    plain: flag,
    table: { topic: text, headers: oneOf('millrace', 'spring', 'both'), stackMaxChars: whole() },
  },
  concurrency: { table: { by: oneOf('partition', 'key', 'unordered'), max: whole(1) } },
  batch: { table: { maxRecords: whole(1), maxBytes: whole(1), maxWaitMs: whole() } },
  unknownType: oneOf('fail', 'skip', 'dead-letter'),
  timeoutMs: whole(1),
  breaker: {
    table: {
      name: text,
      failures: whole(1),
      failureRate: amount('a share'),
      window: whole(1),
      openMs: whole(),
      probes: whole(1),
    },
    make: (fields, name) => circuitBreaker({ name, ...fields }),
  },
  rateLimit: {
    table: {
      recordsPerSecond: amount('records'),
      bytesPerSecond: amount('bytes'),
      burstSeconds: amount('seconds'),
      perKey: flag,
    },
    make: fields => rateLimiter(fields),
  },
  bulkhead: whole(1),
  guarantee: oneOf('at-least-once', 'exactly-once'),
} satisfies Table & Record<WrittenHandleOption, Read | Mapping>

/** Whether a field is a mapping. */
export function isMapping(field: Read | Mapping): field is Mapping {
  return typeof field !== 'function'
}
