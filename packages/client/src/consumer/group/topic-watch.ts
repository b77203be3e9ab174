// What a group is about: the topics that its members want and how many partitions those have, and whether that has changed.
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
  /** Partition counts that were last divided here, as leader; 0 for topics that do not exist yet. */
  #divided: ReadonlyMap<string, number> | undefined
  #looking = false
  /** When all topics were last looked up for the patterns of the subscription. */
  #allLookedUpAt = Number.NEGATIVE_INFINITY
  /** The metadata version that was last compared with what the group knows. */
  #comparedVersion = -1

  constructor(cluster: Cluster, subscription: Subscription, host: TopicWatchHost) {
    this.#cluster = cluster
    this.subscription = subscription
    this.#host = host
    cluster.needTopics(() => [...this.#sent, ...(this.#divided?.keys() ?? [])])
  }

  /** The topics that the subscription comes to now, for joining. */
  async resolve(): Promise<readonly string[]> {
    this.#divided = undefined
    await this.#lookUp()
    this.#sent = this.subscription.topics(this.#cluster.metadata)
    return this.#sent
  }

  /** Whether this member has asked for a topic when it joined. */
  wants(topic: string): boolean {
    return this.#sent.includes(topic)
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
    this.#divided = new Map(topics.map(name => [name, counts.get(name) ?? 0]))
    return counts
  }

  /** Notices new topics and partitions, whoever looked them up, and looks them up where nobody else does. */
  watch(): void {
    if (this.#looking) return
    const { metadata } = this.#cluster
    // The leader answers for what the others want, too.
    for (const topic of this.#divided?.keys() ?? []) this.#cluster.useTopic(topic)
    const missing = this.#sent.some(topic => !metadata.topic(topic))
    if (!this.#cluster.metadataDue && !missing && !this.#patternsDue()) {
      this.#compare()
      return
    }
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

  /** Refreshes for anyone else cover the topics in use: those that a pattern has yet to find are not among them. */
  #patternsDue(): boolean {
    const { clock, options } = this.#cluster
    return (
      this.subscription.hasPatterns && clock.monotonic() - this.#allLookedUpAt >= options.metadataMaxAgeMs
    )
  }

  async #lookUp(): Promise<void> {
    const { names, hasPatterns } = this.subscription
    const wanted = [...new Set([...names, ...(this.#divided?.keys() ?? [])])]
    for (const name of wanted) this.#cluster.useTopic(name)
    if (hasPatterns) {
      await this.#cluster.refreshMetadata('all')
      this.#allLookedUpAt = this.#cluster.clock.monotonic()
    } else if (this.#cluster.metadataDue || names.some(name => !this.#cluster.metadata.topic(name))) {
      await this.#cluster.refreshMetadata(wanted)
    }
  }

  #compare(): void {
    const { version } = this.#cluster.metadata
    if (version === this.#comparedVersion || !this.#host.isStable()) return
    this.#comparedVersion = version
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
