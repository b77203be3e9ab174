// The front of it: `new Kafka({ brokers })`, which makes producers, consumers and admin clients of one cluster.
import { AdminDoor } from './admin.ts'
import { ConsumerDoor } from './consumer.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import { ProducerDoor } from './producer.ts'
import { Settings } from './settings.ts'
import type { Admin, AdminConfig } from './types/admin.ts'
import type { KafkaConfig, Logger } from './types/config.ts'
import type { Consumer, ConsumerConfig } from './types/consumer.ts'
import type { Producer, ProducerConfig } from './types/producer.ts'

/**
 * KafkaJS's `Kafka`, over our clients: applications of KafkaJS 2 run on it as they are.
 *
 * @example
 * import { Kafka } from '@millrace/client/kafkajs' // was: from 'kafkajs'
 * const kafka = new Kafka({ clientId: 'shop', brokers: ['localhost:9092'] })
 */
export class Kafka {
  readonly #settings: Settings
  /** Consumers that are at work: a transaction of the same `Kafka` may commit offsets for them. */
  readonly #consumers = new Set<ConsumerDoor>()

  /** Connects to nothing. */
  constructor(config: KafkaConfig) {
    this.#settings = new Settings(config)
  }

  /** A producer; `connect` it first. Throws KafkaJSNonRetriableError. */
  producer(config: ProducerConfig = {}): Producer {
    return new ProducerDoor(this.#settings, config, {
      memberOf: groupId => {
        const members = this.#of(groupId).flatMap(({ membership }) => membership ?? [])
        return members.length === 1 ? members[0]! : groupId
      },
      committed: (groupId, offsets) => {
        for (const consumer of this.#of(groupId)) consumer.noteCommitted(offsets)
      },
    })
  }

  #of(groupId: string): ConsumerDoor[] {
    return [...this.#consumers].filter(consumer => consumer.groupId === groupId)
  }

  /** A consumer; `connect` it first. Throws KafkaJSNonRetriableError. */
  consumer(config: ConsumerConfig): Consumer {
    if (!config) throw new KafkaJSNonRetriableError('Consumer groupId must be a non-empty string.')
    return new ConsumerDoor(this.#settings, config, this.#consumers)
  }

  /** An admin client; `connect` it first. */
  admin(config: AdminConfig = {}): Admin {
    return new AdminDoor(this.#settings, config)
  }

  /** Writes to the log of this `Kafka`. */
  logger(): Logger {
    return this.#settings.logger
  }
}
