// What a Scheduler needs to know, with its defaults.
import {
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  type ProducerOptions,
} from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import {
  type LogConsumerOption,
  type LogProducerOption,
  ownConsumerOptions,
  ownProducerOptions,
} from '../options/log-clients.ts'
import { checkNumber, clusterOptionsOf, refuseOwn } from '../options/split-options.ts'
import { ScheduleTopic } from './schedule-topic.ts'

/** Options of a {@link Scheduler}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface SchedulerOptions extends ClusterOptions {
  /** Where records come that are to be delivered later. Several schedulers share its partitions. */
  readonly schedules: ScheduleTopic
  /**
   * Where they wait: a compacted topic of the scheduler's own, with as many partitions. It says what waits, and how far `schedules` is read. Default: the name of that and `-pending`.
   */
  readonly pendingTopic?: string
  /** Their group (`group.id`), and what their transactional ids begin with. Default: the topic's name and `-scheduler`. */
  readonly group?: string
  /** Entries of a partition that are kept in memory, those that are due first: beyond that the partition is read again when they are delivered. Default 100,000. */
  readonly maxEntries?: number
  /** Bytes of records of a partition that are kept with them; others are read again when they are due. Default 16,777,216. */
  readonly maxHeldBytes?: number
  /** Records that are delivered in one transaction at most. Default 500. */
  readonly maxBatch?: number
  /**
   * Where what cannot be delivered goes: its topic is missing or not allowed, or it is too large. Default: the topic's name and `-dlt`. False: the scheduler stops before it, since nothing is passed
   * over in silence.
   */
  readonly deadLetterTopic?: string | false
  /** How long a topic that something is to be delivered to may be missing, in ms, before that counts as failed. Default 10,000. */
  readonly missingTopicMs?: number
  /** Whether the topics of schedules, of what waits and of what cannot be delivered are made where they are missing. Default true. */
  readonly createTopics?: boolean
  /** How long a rebalance or a stop waits for a transaction that is under way, in ms. Default 10,000. */
  readonly drainTimeoutMs?: number
  /** Further options of the consumer. Default: none. */
  readonly consumer?: Partial<Omit<ConsumerOptions, LogConsumerOption | keyof ClusterOptions>>
  /** Further options of the producers. Default: `transactionTimeoutMs` is 10,000. */
  readonly producer?: Partial<Omit<ProducerOptions, LogProducerOption | keyof ClusterOptions>>
  /** Time that is waited for, where it is not that of the clients: tests let it pass at will. Default: `clock`. */
  readonly handlingClock?: Clock
  /** Called with what goes wrong and is tried again, and with records of the schedule topic that are no schedules. Default: a warning of the process. */
  readonly onWarning?: (error: Error) => void
}

const ownNames = [
  'schedules',
  'pendingTopic',
  'group',
  'maxEntries',
  'maxHeldBytes',
  'maxBatch',
  'deadLetterTopic',
  'missingTopicMs',
  'createTopics',
  'drainTimeoutMs',
  'consumer',
  'producer',
  'handlingClock',
  'onWarning',
] as const

export interface ResolvedSchedulerOptions {
  readonly schedules: ScheduleTopic
  readonly pendingTopic: string
  readonly group: string
  readonly maxEntries: number
  readonly maxHeldBytes: number
  readonly maxBatch: number
  readonly deadLetterTopic: string | undefined
  readonly missingTopicMs: number
  readonly createTopics: boolean
  readonly drainTimeoutMs: number
  readonly cluster: ClusterOptions
  readonly consumer: ConsumerOptions
  readonly producer: ProducerOptions
  readonly handlingClock: Clock | undefined
  readonly onWarning: (error: Error) => void
}

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveSchedulerOptions(options: SchedulerOptions): ResolvedSchedulerOptions {
  const place = 'Scheduler'
  const cluster = clusterOptionsOf(place, options, ownNames)
  const { schedules, group, deadLetterTopic } = options
  if (!(schedules instanceof ScheduleTopic))
    throw new ConfigError(`${place}: schedules is no schedule topic; make one by scheduleTopic(…)`)
  if (group === '')
    throw new ConfigError(`${place}: group is empty; leave it out for "${schedules.name}-scheduler"`)
  for (const [name, min] of [
    ['maxEntries', 1],
    ['maxHeldBytes', 0],
    ['maxBatch', 1],
    ['missingTopicMs', 1],
    ['drainTimeoutMs', 0],
  ] as const)
    checkNumber(`${place}: ${name}`, options[name], min)
  refuseOwn(`${place}: consumer`, options.consumer, ownConsumerOptions)
  refuseOwn(`${place}: producer`, options.producer, ownProducerOptions)
  const onWarning = options.onWarning ?? ((error: Error) => process.emitWarning(error))
  const groupId = group ?? `${schedules.name}-scheduler`
  return {
    schedules,
    pendingTopic: options.pendingTopic ?? `${schedules.name}-pending`,
    group: groupId,
    maxEntries: options.maxEntries ?? 100_000,
    maxHeldBytes: options.maxHeldBytes ?? 16_777_216,
    maxBatch: options.maxBatch ?? 500,
    deadLetterTopic: deadLetterTopic === false ? undefined : (deadLetterTopic ?? `${schedules.name}-dlt`),
    missingTopicMs: options.missingTopicMs ?? 10_000,
    createTopics: options.createTopics ?? true,
    drainTimeoutMs: options.drainTimeoutMs ?? 10_000,
    cluster,
    consumer: {
      ...(options.consumer as Partial<ConsumerOptions>),
      ...cluster,
      groupId,
      autoCommit: false,
      // How far it is read stands with what waits.
      autoOffsetReset: 'earliest',
      isolationLevel: 'read_committed',
      onWarning,
    },
    producer: { transactionTimeoutMs: 10_000, ...options.producer, ...cluster },
    handlingClock: options.handlingClock,
    onWarning,
  }
}
