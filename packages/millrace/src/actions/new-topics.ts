// Which topics a producer has brought into being: a mistyped name makes one where brokers create topics by themselves.
import { type Cluster, type TopicMetadata } from '@millrace/client'
import { ErrorCode, MetadataApi } from '@millrace/protocol'

/** Metadata says from this version on whether a look-up may create. */
const versionMin = 4
/** Topics that are looked up; one input that names more is not mistyped by hand. */
const watchedMax = 100

export class NewTopics {
  readonly #cluster: Cluster
  /** Whether a topic was there when it was first named. */
  readonly #missing = new Map<string, Promise<boolean>>()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Call it before a record of the topic is sent: the look-up that may create the topic comes behind this one. */
  named(topic: string): void {
    if (this.#missing.has(topic) || this.#missing.size >= watchedMax) return
    this.#missing.set(topic, this.#isMissing(topic))
  }

  /** The topics that were not there and are now. */
  async created(): Promise<TopicMetadata[]> {
    const { metadata } = this.#cluster
    const found: TopicMetadata[] = []
    for (const [name, missing] of this.#missing) {
      const topic = metadata.topic(name)
      if (topic && (await missing)) found.push(topic)
    }
    return found
  }

  /** A courtesy: a broker that does not answer this is the producer's to tell of. */
  async #isMissing(name: string): Promise<boolean> {
    try {
      const { topics } = await this.#cluster.request(
        MetadataApi,
        { topics: [{ name }], allowAutoTopicCreation: false },
        { minVersion: versionMin },
      )
      return topics[0]?.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    } catch {
      return false
    }
  }
}
