// What producers were told and what consumers saw, held against the promises of a durable log as it happens and at the end.
import { formatRecordId, type RecordId } from './payload.ts'
import { Violation } from './violation.ts'

/** How much a producer promises. */
export type ProducerKind = 'idempotent' | 'plain'

export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

export function formatPartition({ topic, partition }: PartitionName): string {
  return `${topic}-${partition}`
}

/** One record as found in a partition. */
export interface FoundRecord {
  readonly offset: number
  readonly id: RecordId
}

interface PartitionHistory {
  /** The record that some reader or acknowledgement placed at an offset. */
  readonly seen: Map<number, string>
  /** Offset that was acknowledged for a record. */
  readonly acknowledged: Map<string, number>
  /** Records of which no answer came, or a failure: they may be there or not. */
  readonly uncertain: Set<string>
  highWatermark: number
}

/** Everything that was promised about records, by partition. */
export class RecordHistory {
  readonly #partitions = new Map<string, PartitionHistory>()
  readonly #kinds = new Map<string, ProducerKind>()
  #acknowledgedCount = 0

  get acknowledgedCount(): number {
    return this.#acknowledgedCount
  }

  addProducer(name: string, kind: ProducerKind): void {
    this.#kinds.set(name, kind)
  }

  /** A record was sent. Until it is acknowledged it may be in the log or not. */
  sent(partition: PartitionName, id: RecordId): void {
    this.#of(partition).uncertain.add(formatRecordId(id))
  }

  /** The broker promised that the record is durable, at `offset` unless that is −1 (a retry whose first answer it no longer knows). */
  acknowledged(partition: PartitionName, id: RecordId, offset: number): void {
    const history = this.#of(partition)
    const text = formatRecordId(id)
    if (offset >= 0) this.#place(partition, offset, text, 'an acknowledgement')
    history.uncertain.delete(text)
    history.acknowledged.set(text, offset)
    this.#acknowledgedCount++
  }

  /** A reader got this record. */
  seen(partition: PartitionName, offset: number, id: RecordId | undefined, reader: string): void {
    if (id === undefined) {
      throw new Violation(
        'records come back as they were sent',
        `${reader} got other bytes at ${formatPartition(partition)} offset ${offset}`,
      )
    }
    this.#place(partition, offset, formatRecordId(id), reader)
  }

  /** A reader was told this high watermark, later than every one it was told before. */
  highWatermark(partition: PartitionName, offset: number, last: number): void {
    const history = this.#of(partition)
    if (offset < last) {
      throw new Violation(
        'the high watermark never goes back',
        `${formatPartition(partition)} went from ${last} to ${offset} for one reader of one broker`,
      )
    }
    history.highWatermark = Math.max(history.highWatermark, offset)
  }

  /** Holds a partition's final content, read from start to end, against all that was promised. `retried`: plain producers that retried. */
  checkFinal(
    partition: PartitionName,
    records: readonly FoundRecord[],
    endOffset: number,
    retried: ReadonlySet<string>,
  ): void {
    const history = this.#of(partition)
    const name = formatPartition(partition)
    if (endOffset < history.highWatermark) {
      throw new Violation(
        'the high watermark never goes back',
        `${name} ends at ${endOffset}, but ${history.highWatermark} was shown as its high watermark`,
      )
    }
    const byOffset = new Map<number, string>()
    for (const { offset, id } of records) {
      this.seen(partition, offset, id, 'the final reader')
      byOffset.set(offset, formatRecordId(id))
    }
    const found = new Set(byOffset.values())
    for (const [text, offset] of history.acknowledged) {
      if (found.has(text)) continue
      throw new Violation(
        'acknowledged records are kept',
        `${text} was acknowledged at ${name} offset ${offset} and is nowhere at the end (log end ${endOffset})`,
      )
    }
    for (const [offset, text] of history.seen) {
      if (byOffset.get(offset) === text) continue
      throw new Violation(
        'acknowledged records are kept',
        `${text} was seen at ${name} offset ${offset} and is not there at the end (log end ${endOffset})`,
      )
    }
    this.#checkRepetitions(name, records, retried)
    this.#checkOrder(name, records)
  }

  #checkRepetitions(name: string, records: readonly FoundRecord[], retried: ReadonlySet<string>): void {
    const first = new Map<string, number>()
    for (const { offset, id } of records) {
      const text = formatRecordId(id)
      const earlier = first.get(text)
      if (earlier === undefined) {
        first.set(text, offset)
        continue
      }
      const twice = `${text} is in ${name} at offsets ${earlier} and ${offset}`
      if (this.#kinds.get(id.producer) === 'idempotent') {
        throw new Violation('idempotent producers write each record once', twice)
      }
      if (!retried.has(id.producer)) throw new Violation('plain producers duplicate only by retrying', twice)
    }
  }

  /** Only idempotent producers promise order: others may retry an earlier batch after a later one. */
  #checkOrder(name: string, records: readonly FoundRecord[]): void {
    const last = new Map<string, FoundRecord>()
    for (const record of records) {
      const { producer, number } = record.id
      if (this.#kinds.get(producer) !== 'idempotent') continue
      const before = last.get(producer)
      if (before && before.id.number >= number) {
        throw new Violation(
          'records of a producer keep their order',
          `${name}: ${formatRecordId(before.id)} at ${before.offset}, then ${formatRecordId(record.id)} at ${record.offset}`,
        )
      }
      last.set(producer, record)
    }
  }

  #place(partition: PartitionName, offset: number, text: string, who: string): void {
    const { seen } = this.#of(partition)
    const known = seen.get(offset)
    if (known === undefined) seen.set(offset, text)
    else if (known !== text) {
      throw new Violation(
        'an offset holds one record for ever',
        `${formatPartition(partition)} offset ${offset} held ${known}, and ${who} says ${text}`,
      )
    }
  }

  #of(partition: PartitionName): PartitionHistory {
    const name = formatPartition(partition)
    let history = this.#partitions.get(name)
    if (!history) {
      history = { seen: new Map(), acknowledged: new Map(), uncertain: new Set(), highWatermark: 0 }
      this.#partitions.set(name, history)
    }
    return history
  }
}
