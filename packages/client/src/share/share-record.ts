// A record of a share group: as any other, and how often it was delivered.
import type { FetchedChunk } from '../consumer/fetched-chunk.ts'
import { ConsumerRecord, type RecordSource } from '../consumer/record.ts'
import type { AnyTopic, HeadersOf, KeyOf, NoHeaders, ValueOf } from '../topic/topic.ts'

/** A record that this member holds until it is acknowledged, or its lock runs out. */
export class ShareRecord<
  K = Buffer | null,
  V = Buffer | null,
  Name extends string = string,
  Headers = NoHeaders,
> extends ConsumerRecord<K, V, Name, Headers> {
  /** How often it was delivered to members of the group, this time included: 1 for the first. */
  readonly deliveryCount: number

  /** @internal Takes over the chunk's current record. */
  constructor(source: RecordSource<K, V>, chunk: FetchedChunk, deliveryCount: number) {
    super(source, chunk)
    this.deliveryCount = deliveryCount
  }
}

/** A record of one of these topics: where there are several, `record.topic` tells them apart. */
export type ShareRecordOf<T extends AnyTopic> = T extends AnyTopic
  ? ShareRecord<KeyOf<T>, ValueOf<T>, T['name'], HeadersOf<T>>
  : never
