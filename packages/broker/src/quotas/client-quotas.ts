// Holds clients to their quotas (Kafka's ClientQuotaManager and its kin): counts what each uses, and has those who use too much wait: their replies
// say how long, and their connections are muted until then (KIP-219). Loaded when the first quota is set: a broker without quotas does not pay.
import { ErrorCode } from '@millrace/protocol/base'
import type { Clock } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import type { BrokerConfig } from '../config/broker-config.ts'
import type { ClientQuotaTable } from '../metadata/client-quotas.ts'
import { type QuotaAccount, QuotaAccounts, type QuotaClient } from './quota-accounts.ts'
import { QuotaLimits } from './quota-limits.ts'
import { TokenBucket } from './token-bucket.ts'
import { type RateWindow, WindowedRate } from './windowed-rate.ts'

/** A request as far as quotas are concerned. */
export interface QuotedRequest extends QuotaClient {
  /** Size of the request. */
  readonly bytes: number
  /** How long it has kept the event loop from others so far. In milliseconds. */
  readonly localTimeMs: number
  throttle(timeMs: number): void
}

/** Of `HandlerTraits.quota`. */
type QuotaKind = 'PRODUCE' | 'FETCH' | 'REQUEST' | 'CONTROLLER_MUTATION'

/** The changes of the cluster that one request makes, as far as its client may. */
export interface MutationQuota {
  /** Counts partitions that are made or deleted. Throws `ApiError` (THROTTLING_QUOTA_EXCEEDED) when the client has used up what it may. */
  record(partitions: number): void
  /** Has the client wait if it has used more than it may. */
  settle(): void
}

/** A request time of one percent is this part of the milliseconds of a second. */
const percentPerMs = 100 / 1000

export class ClientQuotas {
  readonly #clock: Clock
  readonly #window: RateWindow
  readonly #produce: QuotaAccounts<WindowedRate>
  readonly #fetch: QuotaAccounts<WindowedRate>
  readonly #request: QuotaAccounts<WindowedRate>
  readonly #mutation: QuotaAccounts<TokenBucket>

  constructor(clock: Clock, config: BrokerConfig, table: ClientQuotaTable) {
    this.#clock = clock
    this.#window = {
      samples: config.get('quota.window.num'),
      sampleMs: config.get('quota.window.size.seconds') * 1000,
    }
    const mutationWindow = {
      samples: config.get('controller.quota.window.num'),
      sampleMs: config.get('controller.quota.window.size.seconds') * 1000,
    }
    const newRate = () => new WindowedRate(this.#window)
    const none = new QuotaLimits([], '')
    this.#produce = new QuotaAccounts(none, newRate)
    this.#fetch = new QuotaAccounts(none, newRate)
    this.#request = new QuotaAccounts(none, newRate)
    this.#mutation = new QuotaAccounts(none, () => new TokenBucket(mutationWindow))
    this.update(table)
  }

  /** Goes by what is set now. What was used is remembered. */
  update(table: ClientQuotaTable): void {
    this.#produce.setLimits(new QuotaLimits(table.all(), 'producer_byte_rate'))
    this.#fetch.setLimits(new QuotaLimits(table.all(), 'consumer_byte_rate'))
    this.#request.setLimits(new QuotaLimits(table.all(), 'request_percentage'))
    this.#mutation.setLimits(new QuotaLimits(table.all(), 'controller_mutation_rate'))
  }

  /**
   * A request was handled: counts it and its time, and has its client wait if that is too much. Produce without a reply (acks=0) counts with its
   * bytes alone, as in Kafka; a fetch was counted by `holdsBack`.
   */
  settle(kind: QuotaKind, request: QuotedRequest, replied: boolean): void {
    if (kind === 'FETCH') return
    const nowMs = this.#clock.monotonic()
    if (kind === 'PRODUCE')
      request.throttle(throttleTime(this.#produce.find(request, nowMs), request.bytes, nowMs))
    if (replied) request.throttle(this.#requestTime(request, nowMs))
  }

  /**
   * The most that a fetch may ask for: more than a client may read in the whole window would have it wait whatever it does. In bytes; infinite without
   * a quota.
   */
  fetchMaxBytes(client: QuotaClient): number {
    const account = this.#fetch.find(client, this.#clock.monotonic())
    if (!account) return Number.POSITIVE_INFINITY
    return Math.floor((account.limit * (this.#window.samples - 1) * this.#window.sampleMs) / 1000)
  }

  /**
   * A fetch has found `replyBytes`: counts them and its time. When that is too much its client must wait, and gets an empty reply: true. What it does
   * not get does not count. Who has had nothing in the whole window gets it and then waits: a batch that is larger than what may be read in a window
   * would never come otherwise, and never does from Apache Kafka.
   */
  holdsBack(request: QuotedRequest, replyBytes: number): boolean {
    const nowMs = this.#clock.monotonic()
    const account = this.#fetch.find(request, nowMs)
    const isFirst = account !== undefined && account.usage.total(nowMs) <= 0
    const fetchTimeMs = throttleTime(account, replyBytes, nowMs)
    const requestTimeMs = this.#requestTime(request, nowMs)
    const timeMs = Math.max(requestTimeMs, fetchTimeMs)
    if (timeMs <= 0) return false
    request.throttle(timeMs)
    if (isFirst && requestTimeMs <= 0) return false
    account?.usage.record(-replyBytes, nowMs)
    return true
  }

  /**
   * For a request that changes the cluster; undefined without a quota. Versions that know THROTTLING_QUOTA_EXCEEDED are `strict`: once the quota is
   * used up, what they ask for is refused, and they wait. Others get what they ask for and wait (KIP-599).
   */
  mutations(request: QuotedRequest, strict: boolean): MutationQuota | undefined {
    const account = this.#mutation.find(request, this.#clock.monotonic())
    if (!account) return undefined
    const { usage, limit } = account
    let waits = !strict
    return {
      record: partitions => {
        const nowMs = this.#clock.monotonic()
        if (strict && usage.throttleTimeMs(limit, nowMs) > 0) {
          waits = true
          throw new ApiError(ErrorCode.THROTTLING_QUOTA_EXCEEDED, 'The throttling quota has been exceeded.')
        }
        usage.take(partitions, limit, nowMs)
      },
      settle: () => {
        if (waits) request.throttle(usage.throttleTimeMs(limit, this.#clock.monotonic()))
      },
    }
  }

  /** Never longer than one sample, as in Kafka: what comes back with time is there soon. */
  #requestTime(request: QuotedRequest, nowMs: number): number {
    const account = this.#request.find(request, nowMs)
    if (!account) return 0
    const timeMs = throttleTime(account, request.localTimeMs * percentPerMs, nowMs)
    return Math.min(timeMs, this.#window.sampleMs)
  }
}

function throttleTime(account: QuotaAccount<WindowedRate> | undefined, value: number, nowMs: number): number {
  if (!account) return 0
  account.usage.record(value, nowMs)
  return account.usage.throttleTimeMs(account.limit, nowMs)
}
