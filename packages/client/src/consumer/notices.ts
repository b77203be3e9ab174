// What a consumer has to tell beside records, kept for whoever consumes by events, and for nobody else.
import { BrokerError } from '../errors/index.ts'
import { ErrorCode } from '@millrace/protocol'
import type { ClientEvent } from '../events/client-event.ts'
import type { ErrorEvent, PartitionEndEvent } from './consumer-event.ts'

/** Notices that wait; the oldest go beyond that: a loop that does not come back for so long has missed more than one of them. */
const noticesMax = 1000

type Notice = PartitionEndEvent | ErrorEvent

export class Notices {
  readonly #onNotice: () => void
  readonly #readers = new Set<object>()
  #waiting: Notice[] = []

  /** `onNotice` is called when there is something new. */
  constructor(onNotice: () => void) {
    this.#onNotice = onNotice
  }

  /** Whether anybody consumes by events. */
  get isOpen(): boolean {
    return this.#readers.size > 0
  }

  /** From here on notices are kept, until all readers have closed. */
  open(reader: object): void {
    this.#readers.add(reader)
  }

  close(reader: object): void {
    this.#readers.delete(reader)
    if (!this.isOpen) this.#waiting = []
  }

  /** A partition's end that is not told yet is replaced by a later one. */
  partitionEnd(topic: string, partition: number, offset: number): void {
    if (!this.isOpen) return
    this.#waiting = this.#waiting.filter(
      notice => notice.type !== 'partitionEnd' || notice.topic !== topic || notice.partition !== partition,
    )
    this.#add({ type: 'partitionEnd', topic, partition, offset })
  }

  /** Something went wrong that the consumer sees to by itself. */
  informational(error: Error): void {
    if (this.isOpen) this.#add({ type: 'error', error, severity: 'informational' })
  }

  /** The same for what the client tells while it works, as far as it needs attention. */
  clientEvent(event: ClientEvent): void {
    if (event.level !== 'warn' && event.level !== 'error') return
    if ('error' in event) this.informational(event.error)
    else if (event.type === 'partition.leaderless')
      this.informational(new BrokerError(ErrorCode.LEADER_NOT_AVAILABLE, event.subject, event.message))
  }

  take(): Notice | undefined {
    return this.#waiting.shift()
  }

  #add(notice: Notice): void {
    if (this.#waiting.length >= noticesMax) this.#waiting.shift()
    this.#waiting.push(notice)
    this.#onNotice()
  }
}
