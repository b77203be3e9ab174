// A client that pushes metrics, and when it may (KIP-714): by the rules of Kafka's ClientMetricsManager and ClientMetricsInstance. Pure.
import { ErrorCode } from '@millrace/protocol/base'
import type { ClientAttributes, ClientSubscription } from './subscriptions.ts'

/** A push, as far as the rules look at it. */
export interface Push {
  readonly subscriptionId: number
  readonly terminating: boolean
  readonly compressionType: number
  readonly bytes: number
}

/** Instances that nobody hears of are forgotten after three intervals, and no sooner than this. */
const forgottenAfterMs = 60_000
const compressionTypeMax = 4

export class ClientInstance {
  readonly id: string
  readonly attributes: ClientAttributes
  /** The connection that it was first heard of on. */
  readonly connectionId: number
  #subscription: ClientSubscription
  /** Of all resources, when the subscription was put together. */
  #version: number
  #lastGetAtMs = Number.NEGATIVE_INFINITY
  #lastPushAtMs = Number.NEGATIVE_INFINITY
  #lastError = 0
  #terminating = false
  #heardAtMs = 0

  constructor(
    id: string,
    attributes: ClientAttributes,
    subscription: ClientSubscription,
    version: number,
    connectionId: number,
  ) {
    this.id = id
    this.attributes = attributes
    this.connectionId = connectionId
    this.#subscription = subscription
    this.#version = version
  }

  get subscription(): ClientSubscription {
    return this.#subscription
  }

  get version(): number {
    return this.#version
  }

  /** Resources have changed: as if the client was new. */
  subscribe(subscription: ClientSubscription, version: number): void {
    this.#subscription = subscription
    this.#version = version
    this.#lastGetAtMs = Number.NEGATIVE_INFINITY
    this.#lastPushAtMs = Number.NEGATIVE_INFINITY
    this.#lastError = 0
    this.#terminating = false
  }

  /** When it is forgotten unless it is heard of again. */
  get expiresAtMs(): number {
    return this.#heardAtMs + Math.max(forgottenAfterMs, 3 * this.#subscription.pushIntervalMs)
  }

  /** It is heard of. All times are monotonic. */
  heard(nowMs: number): void {
    this.#heardAtMs = nowMs
  }

  /** The error code for a question what to push: before the interval is over it is answered only where the answer before was found wrong. */
  asks(nowMs: number): number {
    const elapsedMs = nowMs - Math.max(this.#lastGetAtMs, this.#lastPushAtMs)
    if (elapsedMs >= this.#subscription.pushIntervalMs) this.#lastGetAtMs = nowMs
    else if (
      this.#lastError !== ErrorCode.UNKNOWN_SUBSCRIPTION_ID &&
      this.#lastError !== ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
    )
      return ErrorCode.THROTTLING_QUOTA_EXCEEDED
    this.#lastError = ErrorCode.NONE
    return ErrorCode.NONE
  }

  /** The error code for a push. What comes of its metrics is told by `failed`. */
  pushes(push: Push, maxBytes: number, nowMs: number): number {
    this.#lastError = this.#check(push, maxBytes, nowMs)
    this.#terminating = push.terminating
    return this.#lastError
  }

  /** The metrics of a push that was taken could not be used. */
  failed(errorCode: number): void {
    this.#lastError = errorCode
  }

  #check(push: Push, maxBytes: number, nowMs: number): number {
    if (this.#terminating) return ErrorCode.INVALID_REQUEST
    // The first push after a question comes when the client likes: it waits for half an interval to one and a half.
    const isFirst = this.#lastGetAtMs > this.#lastPushAtMs
    const isDue = isFirst || nowMs - this.#lastPushAtMs >= this.#subscription.pushIntervalMs
    if (isDue) this.#lastPushAtMs = nowMs
    else if (!push.terminating) return ErrorCode.THROTTLING_QUOTA_EXCEEDED
    if (push.subscriptionId !== this.#subscription.id) return ErrorCode.UNKNOWN_SUBSCRIPTION_ID
    if (push.compressionType < 0 || push.compressionType > compressionTypeMax)
      return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
    return push.bytes > maxBytes ? ErrorCode.TELEMETRY_TOO_LARGE : ErrorCode.NONE
  }
}
