// One Produce request: built from batches, and its response handed back batch by batch.
import {
  ProduceApi,
  type ProduceRequestInit,
  type ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
  zeroUuid,
} from '@millrace/protocol'
import type { Metadata } from '../cluster/metadata.ts'
import type { VersionLimits } from '../network/api-ranges.ts'
import type { Numbering } from './numbering.ts'
import type { ProduceBatch } from './produce-batch.ts'

/** From this version on topics go by id. */
const topicIdsFrom = 13

/** A batch and the bytes that carry it in this request. */
export interface Shipment {
  readonly batch: ProduceBatch
  readonly bytes: Buffer
}

export class ProduceExchange {
  readonly shipments: readonly Shipment[]
  readonly #byTopic = new Map<string, Shipment[]>()
  readonly #topicIds = new Map<string, string>()
  readonly #names = new Map<string, string>()
  readonly #transactionalId: string | null
  /** The versions that it can go in: the newest wants the ids of all topics, and transactions have their own. */
  readonly versions: VersionLimits

  constructor(
    shipments: readonly Shipment[],
    metadata: Metadata,
    { transactionalId, produceVersions }: Pick<Numbering, 'transactionalId' | 'produceVersions'>,
  ) {
    this.shipments = shipments
    this.#transactionalId = transactionalId
    let maxVersion = produceVersions.maxVersion ?? ProduceApi.maxVersion
    for (const shipment of shipments) {
      const { topic } = shipment.batch.queue
      const list = this.#byTopic.get(topic)
      if (list) {
        list.push(shipment)
        continue
      }
      this.#byTopic.set(topic, [shipment])
      const topicId = metadata.topic(topic)?.topicId ?? zeroUuid
      if (topicId === zeroUuid) maxVersion = Math.min(maxVersion, topicIdsFrom - 1)
      this.#topicIds.set(topic, topicId)
      this.#names.set(topicId, topic)
    }
    this.versions = { ...produceVersions, maxVersion }
  }

  body(version: number, acks: number, timeoutMs: number): ProduceRequestInit {
    const topicData = [...this.#byTopic].map(([name, shipments]) => {
      const partitionData = shipments.map(({ batch, bytes }) => ({
        index: batch.queue.partition,
        records: [bytes],
      }))
      return version >= topicIdsFrom
        ? { topicId: this.#topicIds.get(name)!, partitionData }
        : { name, partitionData }
    })
    return { transactionalId: this.#transactionalId, acks, timeoutMs, topicData }
  }

  /** Calls `take` once for each batch that the response speaks of. Returns the batches it leaves out. */
  distribute(
    response: ProduceResponse,
    take: (batch: ProduceBatch, answer: ProduceResponsePartitionProduceResponse) => void,
  ): ProduceBatch[] {
    const open = new Set(this.shipments.map(({ batch }) => batch))
    for (const topic of response.responses) {
      const name = topic.topicId === zeroUuid ? topic.name : (this.#names.get(topic.topicId) ?? '')
      const shipments = this.#byTopic.get(name) ?? []
      topic.partitionResponses.forEach((answer, position) => {
        // Brokers answer in the order of the request, as a rule; the search is for those that do not.
        const guess = shipments[position]
        const shipment =
          guess?.batch.queue.partition === answer.index
            ? guess
            : shipments.find(({ batch }) => batch.queue.partition === answer.index)
        if (shipment && open.delete(shipment.batch)) take(shipment.batch, answer)
      })
    }
    return [...open]
  }
}
