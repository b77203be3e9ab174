// Asks the leader of one partition: the one that was dialled, or whichever leads by now; never beyond a deadline.
import type { Api } from '@millrace/protocol'
import { atMost } from '../cluster/at-most.ts'
import type { Cluster, RequestOptions, Target } from '../cluster/cluster.ts'
import type { Purpose } from '../cluster/connection-pool.ts'
import type { BrokerNode } from '../cluster/metadata.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError, isMetadataCode, OperationTimeoutError } from '../errors/index.ts'
import type { RequestBody } from '../network/broker-connection.ts'

/** How one question is asked. */
interface Question<R> {
  /** What is being done, for error messages: "reading orders-0". */
  readonly what: string
  readonly purpose: Purpose
  /** Time that is left, in ms; `Infinity` without a deadline. */
  readonly leftMs: number
  /** How long the leader may take on top of `requestTimeoutMs`, in ms, because it was asked to wait. Default 0. */
  readonly waitMs?: number
  readonly signal: AbortSignal | undefined
  readonly maxVersion?: number
  readonly minVersion?: number
  /** The error code of the partition in the answer, and what the broker says of it. */
  readonly errorOf: (response: R) => { readonly errorCode: number; readonly errorMessage?: string | null }
}

export class LeaderLine {
  readonly cluster: Cluster
  readonly partition: TopicPartition
  readonly #redials: boolean
  #leader: BrokerNode

  constructor(cluster: Cluster, partition: TopicPartition, leader: BrokerNode, redials: boolean) {
    this.cluster = cluster
    this.partition = partition
    this.#leader = leader
    this.#redials = redials
  }

  /** The broker that was asked last. */
  get leader(): BrokerNode {
    return this.#leader
  }

  get name(): string {
    return `${this.partition.topic}-${this.partition.partition}`
  }

  /**
   * Asks once, or with `redial` until the leader that there is by now has answered. `mayRepeat`: which errors that passes over. Throws BrokerError with the partition's
   * own error, ConnectionError, OperationTimeoutError at the deadline, the signal's reason.
   */
  async ask<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    question: Question<R>,
    mayRepeat: (error: unknown) => boolean = () => true,
  ): Promise<R> {
    if (!this.#redials) return this.#inTime(question, this.#once(api, body, question, this.#target()))
    const { what, signal } = question
    const timeoutMs = Math.min(question.leftMs, this.cluster.options.apiTimeoutMs)
    let final: { readonly error: unknown } | undefined
    const response = await this.cluster.retry(
      what,
      async () => {
        try {
          return await this.#once(api, body, question, this.#target())
        } catch (error) {
          if (mayRepeat(error)) throw error
          final = { error }
          return undefined
        }
      },
      { timeoutMs, signal },
    )
    if (final) throw final.error
    return response!
  }

  /** Whom to ask. */
  #target(): Target {
    return this.#redials ? { leaderOf: this.partition } : { broker: this.#leader.id }
  }

  /** An open connection to the leader, for what has no answer. */
  async connection(question: Pick<Question<unknown>, 'what' | 'leftMs' | 'purpose' | 'signal'>) {
    const { purpose, signal } = question
    return this.#inTime(question, this.cluster.connectionTo(this.#target(), purpose, signal))
  }

  async #once<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    body: RequestBody<NoInfer<QI>>,
    question: Question<R>,
    to: Target,
  ): Promise<R> {
    const { what, purpose, signal, waitMs = 0, minVersion, maxVersion, errorOf } = question
    const options: RequestOptions = {
      to,
      purpose,
      signal,
      timeoutMs: this.cluster.options.requestTimeoutMs + waitMs,
      ...(minVersion !== undefined && { minVersion }),
      ...(maxVersion !== undefined && { maxVersion }),
    }
    const response = await this.cluster.request(api, body, options)
    this.#noteLeader()
    const { errorCode, errorMessage } = errorOf(response)
    if (errorCode !== 0) throw this.#refused(what, errorCode, errorMessage)
    return response
  }

  #refused(what: string, errorCode: number, errorMessage: string | null | undefined): BrokerError {
    if (this.#redials || !isMetadataCode(errorCode)) return new BrokerError(errorCode, what, errorMessage)
    const { id, host, port } = this.#leader
    const advice = `broker ${id} (${host}:${port}) does not lead the partition any more: dial again, or set onLeaderChange to "redial"`
    return new BrokerError(errorCode, what, advice)
  }

  #noteLeader(): void {
    if (!this.#redials) return
    const { topic, partition } = this.partition
    const { metadata } = this.cluster
    const leader = metadata.nodes.get(metadata.partition(topic, partition)?.leader ?? -1)
    if (leader) this.#leader = leader
  }

  async #inTime<T>(question: Pick<Question<T>, 'what' | 'leftMs'>, work: Promise<T>): Promise<T> {
    const { what, leftMs } = question
    if (leftMs === Number.POSITIVE_INFINITY) return work
    // The answer may come, or fail to, when nobody waits for it any more.
    work.catch(() => {})
    if (await atMost(this.cluster.clock, leftMs, work)) return work
    throw late(what)
  }
}

/** The deadline is over. */
export function late(what: string): OperationTimeoutError {
  return new OperationTimeoutError(`${what} did not come to an end before the deadline`)
}
