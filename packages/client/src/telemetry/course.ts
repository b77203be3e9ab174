// What a client does next for KIP-714, and when: asks for its subscription, pushes, or gives up. Pure.
import { codecById, ErrorCode, type GetTelemetrySubscriptionsResponse, zeroUuid } from '@millrace/protocol'
import type { Random } from '@millrace/runtime'

/** Java's: the pause after a failure, and for a broker that names no sensible interval. */
export const defaultIntervalMs = 300_000

/** What a broker wants to be told. */
export interface Subscription {
  readonly id: number
  readonly intervalMs: number
  /** Ids of codecs that the broker takes, its favourite first. */
  readonly compressionIds: readonly number[]
  readonly maxBytes: number
  readonly delta: boolean
  /** Names of metrics begin with one of these; `*` takes all. */
  readonly prefixes: readonly string[]
}

export type NextStep =
  | { readonly what: 'subscribe'; readonly at: number }
  | { readonly what: 'push'; readonly at: number }
  /** Nothing, ever again. */
  | { readonly what: 'none' }

export class TelemetryCourse {
  readonly #random: Random
  /** The broker's name for this client, and zero before it has given one. It stays over subscriptions. */
  clientInstanceId: string = zeroUuid
  subscription: Subscription | undefined
  next: NextStep = { what: 'subscribe', at: 0 }
  /** Codecs that a broker named, and did not take all the same. */
  readonly #refusedCompressionIds = new Set<number>()

  constructor(random: Random) {
    this.#random = random
  }

  /** The broker has answered GetTelemetrySubscriptions. */
  subscribed(response: GetTelemetrySubscriptionsResponse, now: number): void {
    if (response.errorCode !== 0) return this.#refused(response.errorCode, now + this.#intervalMs, now)
    const intervalMs = response.pushIntervalMs > 0 ? response.pushIntervalMs : defaultIntervalMs
    this.clientInstanceId = response.clientInstanceId
    this.subscription = {
      id: response.subscriptionId,
      intervalMs,
      compressionIds: response.acceptedCompressionTypes,
      maxBytes: response.telemetryMaxBytes,
      delta: response.deltaTemporality,
      prefixes: response.requestedMetrics,
    }
    // Nothing is wanted: it may be later.
    if (response.requestedMetrics.length === 0) this.next = { what: 'subscribe', at: now + intervalMs }
    // Clients that were started together, or found another subscription together, are not to push together.
    else this.next = { what: 'push', at: now + intervalMs * (0.5 + this.#random.float()) }
  }

  /** The broker has answered PushTelemetry. */
  pushed(errorCode: number, now: number): void {
    if (errorCode === ErrorCode.UNSUPPORTED_COMPRESSION_TYPE)
      this.#refusedCompressionIds.add(this.compressionId)
    if (errorCode !== 0) return this.#refused(errorCode, now, now)
    this.next = { what: 'push', at: now + this.#intervalMs }
  }

  /** There was no answer, or the broker does not know the API: another one may. */
  failed(now: number): void {
    this.next = { what: 'subscribe', at: now + defaultIntervalMs }
  }

  /** `soon`: when to ask for the subscription again where that is all that is needed. */
  #refused(errorCode: number, soon: number, now: number): void {
    switch (errorCode) {
      case ErrorCode.UNKNOWN_SUBSCRIPTION_ID:
      case ErrorCode.UNSUPPORTED_COMPRESSION_TYPE:
        this.next = { what: 'subscribe', at: soon }
        break
      case ErrorCode.TELEMETRY_TOO_LARGE:
      case ErrorCode.THROTTLING_QUOTA_EXCEEDED:
        this.next = { what: 'subscribe', at: now + this.#intervalMs }
        break
      default:
        // INVALID_REQUEST, INVALID_RECORD and what nobody knows: to send the same again would not help.
        this.next = { what: 'none' }
    }
  }

  /** Id of the codec to push with: the broker's favourite among those that there are here; 0, none, where it names no other. */
  get compressionId(): number {
    const offered = this.subscription?.compressionIds ?? []
    return offered.find(id => codecById(id) !== undefined && !this.#refusedCompressionIds.has(id)) ?? 0
  }

  get #intervalMs(): number {
    return this.subscription?.intervalMs ?? defaultIntervalMs
  }
}
