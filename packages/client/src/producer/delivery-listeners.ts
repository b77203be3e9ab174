// Tells a user's listeners what has become of records: batch by batch, and record by record, for which a batch keeps what it takes.
import { tell } from '../events/tell.ts'
import { topicName } from '../topic/topic.ts'
import type { Delivery, Outcome } from './delivery.ts'
import { anyPartition } from './partitioners/partitioner.ts'
import type { AnyRecord, DeliveryReport, RecordDeliveryReport } from './record.ts'

/** The listeners of a producer's options. */
export interface DeliveryListenerOptions {
  readonly onDelivery?: ((report: DeliveryReport) => void) | undefined
  readonly onRecordDelivery?: ((report: RecordDeliveryReport) => void) | undefined
  readonly reportErrorsOnly: boolean
}

export class DeliveryListeners {
  readonly #options: DeliveryListenerOptions

  constructor(options: DeliveryListenerOptions) {
    this.#options = options
  }

  /** Whether anybody hears of failures that no call throws. */
  get any(): boolean {
    return (this.#options.onDelivery ?? this.#options.onRecordDelivery) !== undefined
  }

  /** Whether batches have to keep their records. */
  get keepsRecords(): boolean {
    return this.#options.onRecordDelivery !== undefined
  }

  /** A record has gone into a batch, behind those that went there before. */
  keep(delivery: Delivery, record: AnyRecord, timestamp: number): void {
    const kept = (delivery.kept ??= { records: [], timestamps: [] })
    kept.records.push(record)
    kept.timestamps.push(timestamp)
  }

  /** A batch has its outcome, or a part of one that was divided. What a listener throws must not become the trouble of other batches. */
  settled(delivery: Delivery, report: DeliveryReport, outcome: Outcome): void {
    const { onDelivery, onRecordDelivery, reportErrorsOnly } = this.#options
    if (reportErrorsOnly && !outcome.error) return
    if (onDelivery) tell(onDelivery, report)
    if (!onRecordDelivery || !delivery.kept) return
    const { topic, partition, kept } = delivery
    const { firstIndex, recordCount, baseOffset, logAppendTimeMs, status, error } = outcome
    for (let at = 0; at < recordCount; at++) {
      const index = firstIndex + at
      tell(onRecordDelivery, {
        record: kept.records[index]!,
        topic,
        partition,
        offset: baseOffset === -1 ? -1 : baseOffset + at,
        timestamp: logAppendTimeMs === -1 ? kept.timestamps[index]! : logAppendTimeMs,
        status,
        error,
      })
    }
  }

  /** A record that was enqueued has come into no batch. */
  unsent(topic: string, record: AnyRecord, error: Error): void {
    const { onDelivery } = this.#options
    const nowhere = { topic, partition: anyPartition, baseOffset: -1, logAppendTime: -1, logStartOffset: -1 }
    if (onDelivery) tell(onDelivery, { ...nowhere, recordCount: 1, status: 'not-persisted', error })
    this.leftOut([record], error)
  }

  /** Records of a call have come into no batch, and whoever made it does not know which. */
  leftOut(records: readonly AnyRecord[], error: Error): void {
    const { onRecordDelivery } = this.#options
    if (!onRecordDelivery) return
    for (const record of records) {
      const place = { topic: topicName(record.topic), partition: anyPartition, offset: -1 }
      const timestamp = record.timestamp ?? -1
      tell(onRecordDelivery, { record, ...place, timestamp, status: 'not-persisted', error })
    }
  }
}
