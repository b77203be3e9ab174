// What a group is about: the topics its members want and how many partitions those have, and whether that has changed.
import type { Cluster } from '../../cluster/cluster.ts'
import type { GroupMember } from '../assignors/assignor.ts'
import type { Subscription } from '../subscription.ts'

export interface TopicWatchHost {
  isLeader(): boolean
  isStable(): boolean
  /** The group must divide anew. */
  onChange(): void
}

export class TopicWatch {
  subscription: Subscription
  readonly #cluster: Cluster
  readonly #host: TopicWatchHost
  /** Topics that were last sent to the group. */
  #sent: readonly string[] = []
  /** Partition counts that were last divided here, as leader. */
  #divided: ReadonlyMap<string, number> | undefined
  #looking = false

  constructor(cluster: Cluster, subscription: Subscription, host: TopicWatchHost) {
    this.#cluster = cluster
    this.subscription = subscription
    this.#host = host
  }

  /** The topics that the subscription comes to now, for joining. */
  async resolve(): Promise<readonly string[]> {
    await this.#lookUp()
    this.#sent = this.subscription.topics(this.#cluster.metadata)
    return this.#sent
  }

  /** Partition counts of all that the members want, for dividing. Topics that do not exist are left out. */
  async countsFor(members: readonly GroupMember[]): Promise<ReadonlyMap<string, number>> {
    const topics = [...new Set(members.flatMap(member => member.topics))]
    const { metadata } = this.#cluster
    for (const topic of topics) this.#cluster.useTopic(topic)
    if (this.#cluster.metadataDue || topics.some(topic => !metadata.topic(topic))) {
      await this.#cluster.refreshMetadata(topics)
    }
    const counts = new Map<string, number>()
    for (const name of topics) {
      const topic = metadata.topic(name)
      if (topic) counts.set(name, topic.partitions.length)
    }
    this.#divided = counts
    return counts
  }

  /** Looks for new topics and partitions where the metadata is old or a topic is missing. */
  watch(): void {
    const { metadata } = this.#cluster
    const missing = this.#sent.some(topic => !metadata.topic(topic))
    if (this.#looking || !(this.#cluster.metadataDue || missing)) return
    this.#looking = true
    this.#lookUp()
      .then(() => this.#compare())
      .catch(() => {
        // No broker can be reached: the heartbeats find that out as well.
      })
      .finally(() => {
        this.#looking = false
      })
  }

  async #lookUp(): Promise<void> {
    const { names, hasPatterns } = this.subscription
    for (const name of names) this.#cluster.useTopic(name)
    if (hasPatterns) await this.#cluster.refreshMetadata('all')
    else if (this.#cluster.metadataDue || names.some(name => !this.#cluster.metadata.topic(name))) {
      await this.#cluster.refreshMetadata(names)
    }
  }

  #compare(): void {
    if (!this.#host.isStable()) return
    const topics = this.subscription.topics(this.#cluster.metadata)
    const subscriptionChanged = topics.join() !== this.#sent.join()
    if (subscriptionChanged || (this.#host.isLeader() && this.#countsChanged(topics))) this.#host.onChange()
  }

  #countsChanged(topics: readonly string[]): boolean {
    const divided = this.#divided
    if (!divided) return false
    const { metadata } = this.#cluster
    return [...new Set([...divided.keys(), ...topics])].some(
      topic => (metadata.topic(topic)?.partitions.length ?? 0) !== (divided.get(topic) ?? 0),
    )
  }
}
