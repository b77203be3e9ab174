// The one line that an application changes: which library has KafkaJS's API. `LIBRARY=kafkajs` takes KafkaJS itself.
import type * as KafkaJs from '@millrace/client/kafkajs'

const name = process.env['LIBRARY'] ?? '@millrace/client/kafkajs'
export const kafkajs = ((await import(name)) as { readonly default: typeof KafkaJs }).default
export type {
  Consumer,
  EachBatchPayload,
  Kafka,
  KafkaMessage,
  Message,
  Producer,
} from '@millrace/client/kafkajs'
