// The records that a share consumer holds: those that wait for the user, and those in the user's hands.
import type { Clock } from '@millrace/runtime'
import { type DeserializationError, StateError } from '../errors/index.ts'
import { Fifo } from '../network/fifo.ts'
import { type AcknowledgeType, typeCodes } from './acknowledgements.ts'
import type { ShareBroker } from './share-broker.ts'
import { type SharePartition, sharePartitionKey } from './share-partition.ts'
import type { ShareRecord } from './share-record.ts'

/** A record that this member holds. */
export interface ShareItem<K, V> {
  readonly record: ShareRecord<K, V>
  /** Why it cannot be read: thrown in its place. Implicitly acknowledged, it is released then, unless something else is said of it. */
  trouble: DeserializationError | undefined
  readonly partition: SharePartition
  /** Who gave it out and wants to hear of it. */
  readonly broker: ShareBroker
  /** When its lock runs out, on the monotonic clock. */
  lockedUntil: number
  /** It was not said what became of it. */
  isOpen: boolean
  /** It is to be held for longer: what becomes of it comes later. */
  isRenewed: boolean
  /** A handler works on it, and is done with it when it returns. */
  inHandler: boolean
}

/** More is no news: whoever does not ask for so long hears of the first ones. */
const troublesMax = 100

export class ShareHandout<K, V> {
  readonly #clock: Clock
  readonly #waiting = new Fifo<ShareItem<K, V>>()
  /** By partition, and offset in it. */
  readonly #inHand = new Map<string, Map<number, ShareItem<K, V>>>()
  readonly #waiters = new Set<() => void>()
  #troubles: Error[] = []
  #end: Error | undefined
  #closed = false
  #polled = false
  /** What was thrown in place of records that cannot be read, and the user may say something of. */
  #refused: ShareItem<K, V>[] = []
  /** Since when somebody waits, on the monotonic clock; undefined while nobody does. */
  #idleSince: number | undefined
  #idleMs = 0
  readonly #onHandedOut: (topic: string) => void

  /** `onHandedOut` is called for each record that the user gets. */
  constructor(clock: Clock, onHandedOut: (topic: string) => void) {
    this.#clock = clock
    this.#onHandedOut = onHandedOut
  }

  /** Records that wait for the user. */
  get waitingCount(): number {
    return this.#waiting.length
  }

  /** Records in the user's hands. */
  get inHandCount(): number {
    let count = 0
    for (const items of this.#inHand.values()) count += items.size
    return count
  }

  /** For how long somebody has waited for records, in all. */
  get idleMs(): number {
    return this.#idleMs + (this.#idleSince === undefined ? 0 : this.#clock.monotonic() - this.#idleSince)
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Whether the user waits for records, and there are none. */
  get isHungry(): boolean {
    return this.#waiters.size > 0 && this.#waiting.length === 0 && !this.#closed
  }

  /** Whether a record can be had without waiting, as far as locks hold. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** Whether the user asked since the last call of this, or is waiting right now. */
  takePolled(): boolean {
    const polled = this.#polled || this.#waiters.size > 0
    this.#polled = false
    return polled
  }

  put(items: readonly ShareItem<K, V>[]): void {
    if (this.#closed) return
    for (const item of items) this.#waiting.push(item)
    if (items.length > 0) this.wake()
  }

  /** The next record, which is in the user's hands from now on. Throws what the user must hear first. One whose lock ran out while it waited may be another member's. */
  take(): ShareItem<K, V> | undefined {
    this.#polled = true
    const trouble = this.#troubles.shift()
    if (trouble) throw trouble
    if (this.#closed) return undefined
    if (this.#end) throw this.#end
    const next = this.#next()
    if (!next?.trouble) return this.takeReady()
    this.#takeInHand(next)
    this.#refused.push(next)
    throw next.trouble
  }

  /** The same, and what the user must hear is left to the next {@link take}. */
  takeReady(): ShareItem<K, V> | undefined {
    const item = this.#next()
    if (!item || item.trouble) return undefined
    this.#takeInHand(item)
    this.#onHandedOut(item.record.topic)
    return item
  }

  /** The first record that waits and is still held. */
  #next(): ShareItem<K, V> | undefined {
    const now = this.#clock.monotonic()
    for (let item = this.#waiting.peek(); item; item = this.#waiting.peek()) {
      if (item.lockedUntil > now) return item
      this.#waiting.shift()
    }
    return undefined
  }

  #takeInHand(item: ShareItem<K, V>): void {
    this.#waiting.shift()
    const key = sharePartitionKey(item.partition)
    const known = this.#inHand.get(key) ?? new Map<number, ShareItem<K, V>>()
    this.#inHand.set(key, known.set(item.record.offset, item))
  }

  /** Whether something was said of everything that was handed out. */
  get allSaid(): boolean {
    for (const items of this.#inHand.values())
      for (const { isOpen, isRenewed } of items.values()) if (isOpen && !isRenewed) return false
    return true
  }

  /** What is in the user's hands and nothing was said of, but for what handlers work on, what is to be held for longer, and what could not be read. */
  openItems(): ShareItem<K, V>[] {
    const isDue = ({ isOpen, inHandler, isRenewed, trouble }: ShareItem<K, V>) =>
      isOpen && !inHandler && !isRenewed && !trouble
    return [...this.#inHand.values()].flatMap(items => [...items.values()].filter(isDue))
  }

  /** What could not be read since the last call of this, and the user has said nothing of. */
  takeRefused(): ShareItem<K, V>[] {
    if (this.#refused.length === 0) return this.#refused
    return this.#refused.splice(0).filter(({ isOpen, isRenewed }) => isOpen && !isRenewed)
  }

  /** The record of this place in the user's hands. Throws StateError where there is none. */
  find(topic: string, partition: number, offset: number): ShareItem<K, V> {
    for (const items of this.#inHand.values()) {
      const item = items.get(offset)
      if (item && item.partition.topic === topic && item.partition.partition === partition) return item
    }
    throw new StateError(
      `acknowledge: ${topic}-${partition} at offset ${offset} is not in hand: it was not handed out, was acknowledged before, or is not held any more`,
    )
  }

  /** Tells its broker; a renewed record stays in hand. */
  acknowledge(item: ShareItem<K, V>, type: AcknowledgeType): void {
    const { broker, partition, record } = item
    broker.acknowledge(partition, record.offset, typeCodes[type], this.#clock.monotonic())
    if (type === 'renew') item.isRenewed = true
    else {
      item.isOpen = false
      this.drop(item)
    }
  }

  /** What a broker took as renewed is the user's for another time; what it did not take is gone. */
  renewed(partition: SharePartition, offset: number, lockedUntil: number | undefined): void {
    const item = this.#inHand.get(sharePartitionKey(partition))?.get(offset)
    if (!item) return
    if (lockedUntil === undefined) this.drop(item)
    else item.lockedUntil = lockedUntil
  }

  drop({ partition, record }: ShareItem<K, V>): void {
    const key = sharePartitionKey(partition)
    const items = this.#inHand.get(key)
    items?.delete(record.offset)
    if (items?.size === 0) this.#inHand.delete(key)
  }

  fail(error: Error): void {
    const isTold = this.#troubles.some(({ message }) => message === error.message)
    if (isTold || this.#troubles.length >= troublesMax) return
    this.#troubles.push(error)
    this.wake()
  }

  /** Nothing will come any more: everyone who asks is told why. */
  failForGood(error: Error): void {
    this.#end = error
    this.wake()
  }

  close(): void {
    this.#closed = true
    this.wake()
  }

  wake(): void {
    for (const wake of this.#waiters) wake()
  }

  /** Waits until there may be something to take; at most `timeoutMs`. Throws the signal's reason. `onHungry`: now the user waits. */
  wait(timeoutMs: number | undefined, signal: AbortSignal | undefined, onHungry: () => void): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    if (this.#closed || this.#end || this.#troubles.length > 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const finish = () => {
        this.#waiters.delete(wake)
        this.#polled = true
        if (this.#waiters.size === 0) {
          this.#idleMs = this.idleMs
          this.#idleSince = undefined
        }
        timer?.cancel()
        signal?.removeEventListener('abort', onAbort)
      }
      const wake = () => {
        finish()
        resolve()
      }
      const onAbort = () => {
        finish()
        reject(signal?.reason as Error)
      }
      const timer = timeoutMs === undefined ? undefined : this.#clock.setTimer(timeoutMs, wake)
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiters.add(wake)
      this.#idleSince ??= this.#clock.monotonic()
      onHungry()
    })
  }
}
