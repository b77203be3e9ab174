// A producer as KafkaJS has it, over ours: one of our producers for each kind of acknowledgement that is asked for, and one for transactions.
import type { ClusterOptions } from '../cluster/options.ts'
import type { TopicMetadata } from '../cluster/metadata.ts'
import { Producer as MillraceProducer } from '../producer/producer.ts'
import type { ProducerOptions } from '../producer/options.ts'
import { compressionName } from './compression.ts'
import {
  isKafkaJSError,
  KafkaJSError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from './errors.ts'
import { Emitter, type Listener, producerEvents } from './events.ts'
import { Link } from './link.ts'
import {
  byMessage,
  byPartitioner,
  checkTopicMessages,
  dealingPartitioner,
  outgoingRecords,
  type Placing,
  readAcks,
  recordMetadata,
} from './outgoing.ts'
import { Partitioners } from './partitioners.ts'
import { toKafkaJSError } from './protocol-errors.ts'
import { nonRetriable, type RetrySettings } from './retry.ts'
import type { Settings } from './settings.ts'
import { lookUpTopics } from './topic-lookup.ts'
import { beginTransaction, type CommitListener } from './transaction.ts'
import type { Logger } from './types/config.ts'
import type {
  PartitionerArgs,
  Producer,
  ProducerBatch,
  ProducerConfig,
  ProducerRecord,
  RecordMetadata,
  TopicMessages,
  Transaction,
} from './types/producer.ts'

const metadataMaxAgeDefault = 300_000
/** KafkaJS has no limits of its own: these are the brokers' (`socket.request.max.bytes`), and room for one of that size. */
const requestMaxBytes = 104_857_600
const bufferBytes = 134_217_728
/** Brokers keep the last five batches of a producer to recognize duplicates. */
const idempotentInFlightMax = 5
const inFlightDefault = 5
const inFlightMax = 1_000

type Status = 'connected' | 'disconnecting' | 'disconnected'

export class ProducerDoor implements Producer {
  readonly events = producerEvents
  readonly #settings: Settings
  readonly #config: ProducerConfig
  readonly #retry: RetrySettings
  readonly #logger: Logger
  readonly #emitter: Emitter
  readonly #link: Link<MillraceProducer>
  /** Undefined: the default, which our producer has itself. */
  readonly #partitioner: ((args: PartitionerArgs) => number) | undefined
  /** Producers beside that of the link, by what they are for. */
  readonly #others = new Map<0 | 1 | 'transactions', Promise<MillraceProducer>>()
  readonly #onCommit: CommitListener
  #transaction: Transaction | undefined
  #status: Status = 'disconnected'

  /** `onCommit` hears of offsets that transactions have committed. Throws KafkaJSNonRetriableError. */
  constructor(settings: Settings, config: ProducerConfig, onCommit: CommitListener) {
    const { retry, idempotent = false, createPartitioner, metadataMaxAge, allowAutoTopicCreation } = config
    this.#settings = settings
    this.#config = config
    this.#onCommit = onCommit
    this.#retry = settings.retry(retry)
    this.#logger = settings.logger.namespace('Producer')
    if (idempotent) this.#checkRetries(settings.given(retry, 'retries'))
    const isDefault = createPartitioner == null || createPartitioner === Partitioners.DefaultPartitioner
    this.#partitioner = isDefault ? undefined : createPartitioner()
    this.#emitter = new Emitter('producer', producerEvents, settings.clock, this.#logger)
    this.#link = new Link({
      settings,
      emitter: this.#emitter,
      retry: this.#retry,
      metadataMaxAge: metadataMaxAge ?? metadataMaxAgeDefault,
      allowAutoTopicCreation: allowAutoTopicCreation ?? true,
      make: options => this.#make(options, { acks: -1, idempotence: idempotent }),
    })
  }

  #checkRetries(retries: number | undefined): void {
    if (retries === undefined) return
    if (retries < 1)
      throw new KafkaJSNonRetriableError(
        'Idempotent producer must allow retries to protect against transient errors',
      )
    if (retries < Number.MAX_SAFE_INTEGER)
      this.#logger.warn('Limiting retries for the idempotent producer may invalidate EoS guarantees')
  }

  on: Producer['on'] = (name: string, listener: Listener) => this.#emitter.on(name, listener)

  logger = (): Logger => this.#logger

  isIdempotent = (): boolean => this.#config.idempotent ?? false

  connect = async (): Promise<void> => {
    await this.#link.reach()
    this.#status = 'connected'
    this.#emitter.emit(producerEvents.CONNECT)
  }

  disconnect = async (): Promise<void> => {
    this.#status = 'disconnecting'
    const others = [...this.#others.values()]
    this.#others.clear()
    this.#transaction = undefined
    await Promise.all([
      this.#link.close(),
      ...others.map(other => other.then(producer => producer.close()).catch(() => {})),
    ])
    this.#status = 'disconnected'
    this.#emitter.emit(producerEvents.DISCONNECT)
  }

  send = async ({ topic, messages, ...options }: ProducerRecord): Promise<RecordMetadata[]> =>
    this.sendBatch({ ...options, topicMessages: [{ topic, messages }] })

  sendBatch = async (batch: ProducerBatch): Promise<RecordMetadata[]> => {
    const { acks: given = -1, topicMessages = [] } = batch
    this.#check(topicMessages, given, this.isIdempotent())
    const acks = readAcks(given)
    const producer = acks === -1 ? await this.#link.open() : await this.#other(acks)
    const sent = await this.#write(producer, batch)
    return acks === 0 ? [] : sent
  }

  transaction = async (): Promise<Transaction> => {
    const { transactionalId } = this.#config
    if (!transactionalId)
      throw new KafkaJSNonRetriableError('Must provide transactional id for transactional producer')
    if (this.#transaction?.isActive())
      throw new KafkaJSNonRetriableError(
        'There is already an ongoing transaction for this producer. Please end the transaction before beginning another.',
      )
    const producer = await this.#other('transactions')
    this.#transaction = await beginTransaction(producer, {
      sendBatch: async batch => {
        const { acks = -1, topicMessages = [] } = batch
        this.#check(topicMessages, acks, true)
        return this.#write(producer, batch)
      },
      onCommit: this.#onCommit,
    })
    return this.#transaction
  }

  /** Throws KafkaJSError in KafkaJS's words and order. */
  #check(topicMessages: readonly TopicMessages[], acks: number, idempotent: boolean): void {
    if (topicMessages.some(({ topic }) => !topic || typeof topic !== 'string'))
      throw new KafkaJSNonRetriableError('Invalid topic')
    if (idempotent && acks !== -1)
      throw new KafkaJSNonRetriableError(
        `Not requiring ack for all messages invalidates the idempotent producer's EoS guarantees`,
      )
    checkTopicMessages(topicMessages)
    if (this.#status === 'disconnecting')
      throw new KafkaJSNonRetriableError(
        `The producer is disconnecting; therefore, it can't safely accept messages anymore`,
      )
    if (this.#status === 'disconnected') throw new KafkaJSError('The producer is disconnected')
  }

  async #write(producer: MillraceProducer, batch: ProducerBatch): Promise<RecordMetadata[]> {
    const { topicMessages = [], compression } = batch
    const options = { compression: compressionName(compression) }
    // What is not taken by any broker is not kept for when there is one.
    if (!producer.cluster.isConnected) await this.#link.reach()
    try {
      await this.#lookUp(producer, topicMessages)
      const place = await this.#placing(producer, topicMessages)
      const records = outgoingRecords(topicMessages, this.#settings.clock.now(), place)
      if (records.length === 0) return []
      return recordMetadata(await producer.sendBatch(records, options))
    } catch (error) {
      throw this.#sendError(error)
    }
  }

  /** What is not there is not waited for beyond the retries. */
  async #lookUp({ cluster }: MillraceProducer, topicMessages: readonly TopicMessages[]): Promise<void> {
    const missing = topicMessages.filter(({ topic }) => !cluster.metadata.topic(topic))
    if (missing.length === 0) return
    const names = [...new Set(missing.map(({ topic }) => topic))]
    await lookUpTopics(cluster, names, this.#settings, this.#retry).catch((error: Error) => {
      throw error instanceof KafkaJSProtocolError && !error.retriable ? nonRetriable(error) : error
    })
  }

  async #placing(producer: MillraceProducer, topicMessages: readonly TopicMessages[]): Promise<Placing> {
    if (!this.#partitioner) return byMessage
    const topics = new Map<string, TopicMetadata>()
    for (const { topic } of topicMessages) topics.set(topic, await producer.cluster.topic(topic))
    return byPartitioner(this.#partitioner, topics)
  }

  /** What was tried again as long as `retry` says has failed for good. */
  #sendError(caught: unknown): Error {
    const error = toKafkaJSError(caught)
    const { retries, maxRetryTime } = this.#retry
    this.#logger.error(`Failed to send messages: ${error.message}`, { retryCount: retries })
    if (!isKafkaJSError(error) || !error.retriable) return error
    return new KafkaJSNumberOfRetriesExceeded(error, { retryCount: retries, retryTime: maxRetryTime })
  }

  #other(use: 0 | 1 | 'transactions'): Promise<MillraceProducer> {
    const known = this.#others.get(use)
    if (known) return known
    const made = this.#link.clusterOptions().then(options =>
      this.#make(
        options,
        use === 'transactions'
          ? {
              acks: -1,
              transactionalId: this.#config.transactionalId!,
              transactionTimeoutMs: this.#config.transactionTimeout ?? 60_000,
            }
          : { acks: use, idempotence: false },
      ),
    )
    this.#others.set(use, made)
    // One that could not be made is tried anew by the next call.
    made.catch(() => this.#others.delete(use))
    return made
  }

  #make(options: ClusterOptions, own: Partial<ProducerOptions>): MillraceProducer {
    const { maxInFlightRequests } = this.#config
    const most = own.idempotence || own.transactionalId !== undefined ? idempotentInFlightMax : inFlightMax
    try {
      return new MillraceProducer({
        ...options,
        maxInFlight: Math.min(most, Math.max(1, maxInFlightRequests ?? inFlightDefault)),
        maxRequestSize: requestMaxBytes,
        bufferMemory: bufferBytes,
        retries: Math.max(this.#retry.retries, own.idempotence || own.transactionalId ? 1 : 0),
        deliveryTimeoutMs: this.#settings.callTimeMs(this.#retry),
        partitioner: dealingPartitioner(),
        ...own,
      })
    } catch (error) {
      throw toKafkaJSError(error)
    }
  }
}
