// What a client of Nest microservices needs to know, with its defaults.
import { type ClusterOptions, ConfigError, isClusterOption, type ProducerOptions } from '@millrace/client'
import { type Clock, nodeClock, nodeRandom, type Random } from '@millrace/runtime'
import type { ProducerDeserializer, ProducerSerializer } from '@nestjs/microservices'
import type { ParserOptions } from '../messages/received-message.ts'

/** Options of {@link MillraceClient}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface MillraceClientOptions extends ClusterOptions {
  /** Further options of the producer. Default: none. */
  readonly producer?: Partial<Omit<ProducerOptions, keyof ClusterOptions | 'transactionalId'>>
  /** How long a request waits for its answer, connecting and writing included, and for the next one where there are several, in ms. Default 30,000. */
  readonly replyTimeoutMs?: number
  /** Requests at a time that have no answer yet; one more fails at once. Default 10,000. */
  readonly maxPendingRequests?: number
  /** Whether missing reply topics (`orders.reply`) are made, with as many partitions as the broker gives. Default true. */
  readonly createReplyTopics?: boolean
  /** The partition of reply topics that answers to this client come to. Default: one by chance. Clients may share one. */
  readonly replyPartition?: number
  /** How data becomes a record. Default: Nest's way: JSON for objects and lists, else text. */
  readonly serializer?: ProducerSerializer
  /** How answers are read. Default: Nest's way. */
  readonly deserializer?: ProducerDeserializer
  /** How bytes become values. Default: as Nest does. */
  readonly parser?: ParserOptions
}

export interface ResolvedClientOptions {
  readonly cluster: ClusterOptions
  readonly producer: Partial<ProducerOptions>
  readonly replyTimeoutMs: number
  readonly maxPendingRequests: number
  readonly createReplyTopics: boolean
  readonly replyPartition: number | undefined
  readonly serializer: ProducerSerializer | undefined
  readonly deserializer: ProducerDeserializer | undefined
  readonly keepBinary: boolean
  readonly clock: Clock
  readonly random: Random
}

const ownNames: readonly string[] = [
  'producer',
  'replyTimeoutMs',
  'maxPendingRequests',
  'createReplyTopics',
  'replyPartition',
  'serializer',
  'deserializer',
  'parser',
]

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveClientOptions(options: MillraceClientOptions): ResolvedClientOptions {
  const cluster: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (ownNames.includes(name)) continue
    if (!isClusterOption(name)) throw new ConfigError(`MillraceClient: there is no option "${name}"`)
    cluster[name] = value
  }
  whole('replyTimeoutMs', options.replyTimeoutMs, 1)
  whole('maxPendingRequests', options.maxPendingRequests, 1)
  whole('replyPartition', options.replyPartition, 0)
  return {
    cluster: cluster as unknown as ClusterOptions,
    producer: options.producer ?? {},
    replyTimeoutMs: options.replyTimeoutMs ?? 30_000,
    maxPendingRequests: options.maxPendingRequests ?? 10_000,
    createReplyTopics: options.createReplyTopics ?? true,
    replyPartition: options.replyPartition,
    serializer: options.serializer,
    deserializer: options.deserializer,
    keepBinary: options.parser?.keepBinary ?? false,
    clock: options.clock ?? nodeClock,
    random: options.random ?? nodeRandom,
  }
}

function whole(name: string, value: number | undefined, min: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= min))
    throw new ConfigError(`MillraceClient: ${name} is ${value}; write a whole number from ${min} on`)
}
