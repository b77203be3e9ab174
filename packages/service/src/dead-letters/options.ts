// What a dead letter queue needs to know, with its defaults, and what its calls are told.
import { type ClusterOptions, ConfigError, isClusterOption } from '@millrace/client'
import { type Clock, nodeClock } from '@millrace/runtime'
import type { BytesRecord } from '../failure/set-aside.ts'
import type { FailureHeader } from '../failure/failure-headers.ts'
import { checkFields } from '../check-fields.ts'
import type { LetterFilter, StoredLetter } from './letter.ts'

/** Options of a {@link DeadLetterQueue}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface DeadLetterQueueOptions extends ClusterOptions {
  /** The dead letter topic. */
  readonly topic: string
  /**
   * Group whose commits say what was sent back; also the transactional id of what is written. No consumer may be in it. Brokers forget the commits of a group that is idle for `offsets.retention.minutes` (a week): delete
   * what was sent back before that ({@link DeadLetterQueue.purge}). Default: the topic's name and `-redrive`.
   */
  readonly progressGroup?: string
  /** How long a broker that says nothing is waited for, in ms. Default 30,000. */
  readonly stallMs?: number
  /** Characters of a commit's metadata that brokers take (`offset.metadata.max.bytes`). Default 4,096. */
  readonly offsetMetadataMaxChars?: number
}

/** Which letters are read. */
export interface ReadLettersOptions {
  /** Those that are wanted. Default: all. */
  readonly filter?: LetterFilter
  /** Ends reading with its reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** How long one letter is waited for. */
export interface LetterOptions {
  /** Ends the call with its reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** Which letters are sent back, where to and how fast. */
export interface RedriveOptions {
  /** Those that are sent back. Default: all that were not before. */
  readonly filter?: LetterFilter
  /** The topic they are sent to. Default: each to the one that it came from. */
  readonly to?: string
  /**
   * The group that is to handle them, where our headers are on them: services of other groups pass over them. Default: the group that gave them up; `null`: every group handles them
   * again.
   */
  readonly group?: string | null
  /** `key`: the partition that the key says. `same`: the one that the record was in first, where there is one. Default `key`. */
  readonly partition?: 'key' | 'same'
  /** Records a second at most. Default: as fast as it goes. */
  readonly recordsPerSecond?: number
  /** Records at most. Default: all there are when it begins. */
  readonly limit?: number
  /** Does everything but write. Default false. */
  readonly dryRun?: boolean
  /** Called with each letter that was sent, or in a dry run would have been, and what of it was written. Default: nobody. */
  readonly onSent?: (stored: StoredLetter, record: BytesRecord) => void
  /** Ends the run with its reason, after the records under way. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** What is to be different in a letter; what is left out stays. */
export interface LetterChange {
  /** The record's key. */
  readonly key?: Buffer | string | null
  /** The record's value. */
  readonly value?: Buffer | string | null
  /** The record's own headers, all of them: those that tell of the failure stay in any case. */
  readonly headers?: readonly FailureHeader[]
}

/** What is deleted. */
export interface PurgeOptions {
  /** `redriven`: up to the first letter that was not sent back. `all`: whatever there is. Default `redriven`. */
  readonly what?: 'redriven' | 'all'
  /** Only says what would go. Default false. */
  readonly dryRun?: boolean
  /** Ends the call with its reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

export interface ResolvedQueueOptions {
  readonly topic: string
  readonly group: string
  readonly stallMs: number
  readonly metadataMaxChars: number
  readonly clock: Clock
  /** For clients. Whoever reads or writes here makes no topics. */
  readonly cluster: ClusterOptions
}

const ownNames = ['topic', 'progressGroup', 'stallMs', 'offsetMetadataMaxChars'] as const

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveQueueOptions(options: DeadLetterQueueOptions): ResolvedQueueOptions {
  const cluster: Record<string, unknown> = {}
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (isClusterOption(name)) cluster[name] = value
    else own[name] = value
  }
  checkFields('DeadLetterQueue', own, ownNames)
  const { topic, progressGroup, stallMs = 30_000, offsetMetadataMaxChars = 4_096 } = options
  if (typeof topic !== 'string' || topic === '') throw new ConfigError('DeadLetterQueue: topic is missing')
  if (progressGroup === '')
    throw new ConfigError('DeadLetterQueue: progressGroup is empty; leave it out to call it as the topic')
  positive('DeadLetterQueue: stallMs', stallMs)
  positive('DeadLetterQueue: offsetMetadataMaxChars', offsetMetadataMaxChars)
  return {
    topic,
    group: progressGroup ?? `${topic}-redrive`,
    stallMs,
    metadataMaxChars: offsetMetadataMaxChars,
    clock: options.clock ?? nodeClock,
    cluster: { ...cluster, allowAutoTopicCreation: false } as unknown as ClusterOptions,
  }
}

const filterNames: readonly (keyof LetterFilter)[] = [
  'family',
  'origin',
  'group',
  'errorClass',
  'errorMessage',
  'reason',
  'key',
  'since',
  'until',
  'places',
]
const redriveNames: readonly (keyof RedriveOptions)[] = [
  'filter',
  'to',
  'group',
  'partition',
  'recordsPerSecond',
  'limit',
  'dryRun',
  'onSent',
  'signal',
]

/** Throws ConfigError for a condition that there is not: it would hold for everything. */
export function checkFilter(place: string, filter: LetterFilter = {}): void {
  checkFields(`${place}: filter`, filter, filterNames)
}

/** Throws ConfigError. */
export function checkRedrive(options: RedriveOptions): void {
  checkFields('redrive', options, redriveNames)
  checkFilter('redrive', options.filter)
  const { recordsPerSecond, limit, partition } = options
  if (recordsPerSecond !== undefined && !(recordsPerSecond > 0))
    throw new ConfigError(`redrive: recordsPerSecond is ${recordsPerSecond}; write a number above 0`)
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new ConfigError(`redrive: limit is ${limit}; write a whole number from 1 on`)
  if (partition !== undefined && partition !== 'key' && partition !== 'same')
    throw new ConfigError(`redrive: partition is "${String(partition)}"; it is key or same`)
}

function positive(place: string, value: number): void {
  if (!(Number.isInteger(value) && value > 0))
    throw new ConfigError(`${place} is ${value}; write a whole number from 1 on`)
}
