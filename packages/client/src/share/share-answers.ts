// What becomes of the answers of share sessions: records for the user, outcomes of acknowledgements, new leaders.
import { ErrorCode } from '@millrace/protocol'
import type { ShareAcknowledgeResponse, ShareFetchResponse } from '@millrace/protocol/messages/share'
import type { Cluster } from '../cluster/cluster.ts'
import type { RecordSource } from '../consumer/record.ts'
import { BrokerError, isMetadataCode, isRetriable, UnsupportedVersionError } from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'
import { readAcquired, type SharePartitionData } from './acquired-records.ts'
import { typeCodes } from './acknowledgements.ts'
import type { ShareCounters } from './counters.ts'
import type { AcknowledgeOutcome, ResolvedShareOptions } from './options.ts'
import type { ShareBroker, Ticket } from './share-broker.ts'
import type { ShareItem } from './share-handout.ts'
import { type SharePartition, sharePartitionKey } from './share-partition.ts'

export interface ShareAnswersHost<K, V> {
  sourceOf(partition: SharePartition): RecordSource<K, V>
  /** Records came; they are held for so long. */
  onRecords(items: readonly ShareItem<K, V>[], lockTimeoutMs: number): void
  /** A broker has answered for what was said of records, or never will. */
  onOutcome(outcome: AcknowledgeOutcome): void
  /** A record was to be held for longer: until when it is, on the monotonic clock; undefined where the broker did not take it. */
  onRenewed(partition: SharePartition, offset: number, lockedUntil: number | undefined): void
  /** Something that the user must hear. */
  onError(error: Error): void
}

/** Attempts of an acknowledgement that a broker could not store at the moment. */
const attemptsMax = 5

/** What a broker says of a partition beside its records. */
type PartitionVerdict = Pick<SharePartitionData, 'errorCode' | 'errorMessage' | 'currentLeader'>

export class ShareAnswers<K, V> {
  readonly #cluster: Cluster
  readonly #options: ResolvedShareOptions
  readonly #counters: ShareCounters
  readonly #host: ShareAnswersHost<K, V>
  /** How long brokers hold records, as of their last answer. */
  #lockTimeoutMs = 0

  constructor(
    cluster: Cluster,
    options: ResolvedShareOptions,
    counters: ShareCounters,
    host: ShareAnswersHost<K, V>,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#counters = counters
    this.#host = host
  }

  /** Returns why the request was refused as a whole, if it was. */
  fetched(
    broker: ShareBroker,
    asked: ReadonlyMap<string, SharePartition>,
    tickets: readonly Ticket[],
    response: ShareFetchResponse,
  ): BrokerError | undefined {
    this.#addNodes(response)
    const { errorCode, errorMessage } = response
    if (errorCode !== 0) {
      const error = new BrokerError(errorCode, 'acquiring records', errorMessage)
      this.#refused(broker, tickets, error)
      return error
    }
    broker.session.answered()
    broker.backoffUntil = 0
    this.#lockTimeoutMs = response.acquisitionLockTimeoutMs || this.#lockTimeoutMs
    const open = new Map(tickets.map(ticket => [ticket.key, ticket]))
    for (const { topicId, partitions } of response.responses) {
      for (const data of partitions) {
        const key = sharePartitionKey({ topicId, partition: data.partitionIndex })
        const ticket = open.get(key)
        open.delete(key)
        const partition = asked.get(key) ?? ticket?.acknowledgements.partition
        if (!partition) continue
        if (ticket) {
          const { acknowledgeErrorCode: code, acknowledgeErrorMessage: message } = data
          this.#conclude(broker, ticket, code === 0 ? undefined : acknowledgeError(partition, code, message))
        }
        if (data.errorCode !== 0) this.#refusedPartition(broker, partition, data)
        else this.#records(broker, partition, data)
      }
    }
    for (const ticket of open.values()) this.#conclude(broker, ticket, unanswered(ticket))
    return undefined
  }

  acknowledged(broker: ShareBroker, tickets: readonly Ticket[], response: ShareAcknowledgeResponse): void {
    this.#addNodes(response)
    const { errorCode, errorMessage } = response
    if (errorCode !== 0)
      return this.#refused(broker, tickets, new BrokerError(errorCode, 'acknowledging records', errorMessage))
    broker.session.answered()
    broker.backoffUntil = 0
    if (response.acquisitionLockTimeoutMs > 0) this.#lockTimeoutMs = response.acquisitionLockTimeoutMs
    const open = new Map(tickets.map(ticket => [ticket.key, ticket]))
    for (const { topicId, partitions } of response.responses) {
      for (const data of partitions) {
        const ticket = open.get(sharePartitionKey({ topicId, partition: data.partitionIndex }))
        if (!ticket) continue
        open.delete(ticket.key)
        const { partition } = ticket.acknowledgements
        if (isMetadataCode(data.errorCode)) this.#followLeader(partition, data)
        const { errorCode: code, errorMessage: message } = data
        this.#conclude(broker, ticket, code === 0 ? undefined : acknowledgeError(partition, code, message))
      }
    }
    for (const ticket of open.values()) this.#conclude(broker, ticket, unanswered(ticket))
  }

  /** There is no answer: the broker ends the session with the connection, and what was held is free. */
  lost(broker: ShareBroker, tickets: readonly Ticket[], error: Error): void {
    // What this broker cannot be asked was not sent.
    if (!(error instanceof UnsupportedVersionError)) broker.session.lost()
    this.#backOff(broker)
    for (const ticket of tickets) this.#settle(broker, ticket, error)
  }

  /** What is pending belongs to a session that there is no more. */
  orphaned(broker: ShareBroker): void {
    const error = new BrokerError(ErrorCode.SHARE_SESSION_NOT_FOUND, 'acknowledging records')
    for (const ticket of broker.take(this.#cluster.clock.monotonic())) this.#settle(broker, ticket, error)
  }

  /** Whoever still waits is told that nobody will answer. */
  closed(broker: ShareBroker): void {
    for (const ticket of broker.open) this.#settle(broker, ticket, unanswered(ticket))
  }

  #addNodes({ nodeEndpoints }: ShareFetchResponse | ShareAcknowledgeResponse): void {
    if (nodeEndpoints.length === 0) return
    this.#cluster.metadata.addNodes(
      nodeEndpoints.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack })),
    )
  }

  /** The broker refused the request as a whole. */
  #refused(broker: ShareBroker, tickets: readonly Ticket[], error: BrokerError): void {
    const { errorCode } = error
    const isOfSession =
      errorCode === ErrorCode.SHARE_SESSION_NOT_FOUND || errorCode === ErrorCode.INVALID_SHARE_SESSION_EPOCH
    if (isOfSession) broker.session.lost()
    else {
      broker.session.answered()
      this.#backOff(broker)
      if (!error.retriable) this.#host.onError(error)
    }
    for (const ticket of tickets) this.#settle(broker, ticket, error)
  }

  #refusedPartition(broker: ShareBroker, partition: SharePartition, data: SharePartitionData): void {
    if (isMetadataCode(data.errorCode)) this.#followLeader(partition, data)
    const what = `acquiring records of ${partition.topic}-${partition.partition}`
    const error = new BrokerError(data.errorCode, what, data.errorMessage)
    if (!error.retriable) this.#host.onError(error)
    this.#backOff(broker)
  }

  #followLeader({ topic, partition }: SharePartition, { currentLeader }: PartitionVerdict): void {
    const { leaderId, leaderEpoch } = currentLeader
    if (!this.#cluster.metadata.updateLeader(topic, partition, leaderId, leaderEpoch))
      this.#cluster.invalidateMetadata()
  }

  #records(broker: ShareBroker, partition: SharePartition, data: SharePartitionData): void {
    if (data.acquiredRecords.length === 0) return
    const { records, others, errors } = readAcquired(
      partition,
      data,
      this.#host.sourceOf(partition),
      this.#options,
    )
    const now = this.#cluster.clock.monotonic()
    this.#count(partition, data, records.length)
    broker.acknowledgeRuns(others, now)
    for (const error of errors) this.#host.onError(error)
    const lockedUntil = now + this.#lockTimeoutMs
    this.#host.onRecords(
      records.map(record => ({
        record,
        trouble: undefined,
        partition,
        broker,
        lockedUntil,
        isOpen: true,
        isRenewed: false,
        inHandler: false,
      })),
      this.#lockTimeoutMs,
    )
  }

  #count(partition: SharePartition, { acquiredRecords, records }: SharePartitionData, count: number): void {
    const bytes = records.reduce((sum, { length }) => sum + length, 0)
    const firstOffset = Math.min(...acquiredRecords.map(range => range.firstOffset))
    const endOffset = Math.max(...acquiredRecords.map(range => range.lastOffset)) + 1
    this.#counters.acquired(partition, { firstOffset, endOffset, records: count, bytes })
  }

  /** A broker that could not store what was said is told again. */
  #conclude(broker: ShareBroker, ticket: Ticket, error: BrokerError | undefined): void {
    const now = this.#cluster.clock.monotonic()
    const mayGoAgain = error && isRetriable(error) && !isMetadataCode(error.errorCode)
    if (mayGoAgain && ticket.attempts < attemptsMax && broker.putBack(ticket, now)) {
      broker.urgent = true
      this.#backOff(broker)
    } else this.#settle(broker, ticket, error)
  }

  #settle(broker: ShareBroker, ticket: Ticket, error: Error | undefined): void {
    broker.done(ticket)
    const { partition, codes } = ticket.acknowledgements
    const lockedUntil = error ? undefined : this.#cluster.clock.monotonic() + this.#lockTimeoutMs
    for (const [offset, code] of codes)
      if (code === typeCodes.renew) this.#host.onRenewed(partition, offset, lockedUntil)
    const outcome = ticket.settle(error)
    if (outcome.acknowledged.length === 0) return
    this.#counters.settled(this.#options.groupId, outcome, ticket.sentAt)
    this.#host.onOutcome(outcome)
  }

  #backOff(broker: ShareBroker): void {
    const { clock, random, options } = this.#cluster
    const delayMs = backoffMs(broker.failures++, options.retryBackoffMs, options.retryBackoffMaxMs, random)
    broker.backoffUntil = clock.monotonic() + Math.max(1, delayMs)
  }
}

function acknowledgeError(
  { topic, partition }: SharePartition,
  code: number,
  message: string | null,
): BrokerError {
  return new BrokerError(code, `acknowledging records of ${topic}-${partition}`, message)
}

function unanswered({ acknowledgements: { partition } }: Ticket): BrokerError {
  return acknowledgeError(partition, ErrorCode.INVALID_RECORD_STATE, 'the broker did not answer for them')
}
