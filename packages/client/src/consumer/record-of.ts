// The types of what a consumer hands out, by the types of its topics.
import type { AnyTopic, HeadersOf, KeyOf, Topic, ValueOf } from '../topic/topic.ts'
import type { ConsumerBatch } from './batch.ts'
import type { ConsumerRecord } from './record.ts'
import type { TopicChoice } from './subscription.ts'

/** Topics whose keys and values are bytes. */
export type BytesTopic = Topic<string, Buffer | null, Buffer | null>

/** A record of one of these topics: where there are several, `record.topic` tells them apart. */
export type RecordOf<T extends AnyTopic> = T extends AnyTopic
  ? ConsumerRecord<KeyOf<T>, ValueOf<T>, T['name'], HeadersOf<T>>
  : never

/** A batch of one of these topics: where there are several, `batch.topic` tells them apart. */
export type BatchOf<T extends AnyTopic> = T extends AnyTopic
  ? ConsumerBatch<KeyOf<T>, ValueOf<T>, T['name'], HeadersOf<T>>
  : never

/** What names a topic in a call of a consumer: any name where the consumer has declared no topics, else one of those. */
export type TopicNamed<T extends AnyTopic> = T | T['name']

/** What a consumer can subscribe to: any names and patterns where it has declared no topics, else those. */
export type Subscribable<T extends AnyTopic> =
  | TopicNamed<T>
  | (string extends T['name'] ? TopicChoice : never)
