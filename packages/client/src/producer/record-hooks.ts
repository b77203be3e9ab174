// Shows records to hooks before they are written, and sees to it that who wants to hear of an outcome does so once.
import type { HookDoor, OutcomeListener } from '../events/hook-door.ts'
import { topicName } from '../topic/topic.ts'
import type { Delivery } from './delivery.ts'
import { anyPartition } from './partitioners/partitioner.ts'
import { checkHeaders } from './prepare-record.ts'
import { checkFields } from './record-fields.ts'
import type { AnyRecord } from './record.ts'
import { type Divided, plainHeadersOf, typedHeaders, typedHeadersOf } from './typed-headers.ts'

/** Where a record has the listener of a hook that wants to hear of its outcome. */
export const outcomeListener = Symbol('outcome listener')

/** A record that hooks have seen. */
export interface Shown extends Divided {
  readonly [outcomeListener]?: OutcomeListener
}

/** Where the last record went: the accumulator. */
interface Appended {
  readonly lastBatch: { readonly delivery: Delivery } | undefined
  readonly lastIndex: number
}

export class RecordHooks {
  readonly #door: HookDoor
  /** Listeners of records that are in no batch so far. */
  readonly #waiting = new Set<OutcomeListener>()

  constructor(door: HookDoor) {
    this.#door = door
  }

  /** The record with headers of its own, which hooks have seen. Throws StateError for fields and headers that are none, and what hooks throw. */
  show(record: AnyRecord): AnyRecord & Shown {
    checkFields(record)
    const { topic, key, value, timestamp, partition = anyPartition } = record
    const name = topicName(topic)
    const typed = typedHeadersOf(record)
    const given = plainHeadersOf(record, typed)
    checkHeaders(name, given)
    const headers = given.map(header => ({ key: header.key, value: header.value }))
    const wanted = partition === anyPartition ? undefined : partition
    const listener = this.#door.outgoing({ topic: name, key, value, partition: wanted, headers })
    if (listener) this.#waiting.add(listener)
    const shown = { topic, value, headers, partition, ...(key !== undefined && { key }) }
    return {
      ...shown,
      ...(timestamp !== undefined && { timestamp }),
      ...(typed && { [typedHeaders]: typed }),
      ...(listener && { [outcomeListener]: listener }),
    } as AnyRecord & Shown
  }

  /** A record has come into a batch, whose verdict is its own. */
  appended({ [outcomeListener]: listener }: Shown, { lastBatch, lastIndex }: Appended): void {
    if (!listener || !this.#waiting.delete(listener)) return
    lastBatch?.delivery.listen(lastIndex, listener)
  }

  /** Those of the records that are in no batch will not come into one. */
  refused(records: readonly (AnyRecord & Shown)[], error: Error): void {
    for (const { [outcomeListener]: listener } of records) {
      if (listener && this.#waiting.delete(listener)) listener({ partition: -1, offset: -1, error })
    }
  }
}
