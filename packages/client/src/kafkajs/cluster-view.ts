// The cluster as KafkaJS shows it to assigners. Its brokers cannot be talked to directly: what they are asked for is what this has methods for.
import type { Cluster as MillraceCluster } from '../cluster/cluster.ts'
import { listOffsets } from '../admin/partitions/list-offsets.ts'
import { KafkaJSMetadataNotLoaded, KafkaJSNotImplemented } from './errors.ts'
import { partitionMetadata } from './outgoing.ts'
import { protocolError, toKafkaJSError } from './protocol-errors.ts'
import type {
  BrokerMetadata,
  Cluster,
  CoordinatorMetadata,
  OffsetsWish,
  PartitionMetadata,
  TopicOffsets,
} from './types/cluster.ts'

const earliest = -2
const latest = -1

export class ClusterView implements Cluster {
  readonly #find: () => MillraceCluster | undefined

  /** `find`: the cluster, while there is one. */
  constructor(find: () => MillraceCluster | undefined) {
    this.#find = find
  }

  get #cluster(): MillraceCluster {
    const cluster = this.#find()
    if (cluster) return cluster
    throw new KafkaJSMetadataNotLoaded('Topic metadata not loaded')
  }

  isConnected(): boolean {
    return this.#find() !== undefined
  }

  /** A consumer connects and disconnects itself. */
  async connect(): Promise<void> {
    await this.#cluster.connectionTo('any')
  }

  async disconnect(): Promise<void> {
    throw new KafkaJSNotImplemented('An assigner cannot disconnect its consumer; call consumer.disconnect()')
  }

  getNodeIds(): number[] {
    return [...this.#cluster.metadata.nodes.keys()]
  }

  async metadata(): Promise<BrokerMetadata> {
    await this.#cluster.refreshMetadata('all')
    const { nodes, topics } = this.#cluster.metadata
    return {
      brokers: [...nodes.values()].map(({ id, host, port, rack }) => ({
        nodeId: id,
        host,
        port,
        ...(rack !== null && { rack }),
      })),
      topicMetadata: [...topics.values()].map(topic => ({
        topicErrorCode: 0,
        topic: topic.name,
        partitionMetadata: partitionMetadata(topic),
      })),
    }
  }

  refreshMetadata(): Promise<void> {
    return this.#cluster.refreshMetadata('used')
  }

  async refreshMetadataIfNecessary(): Promise<void> {
    if (this.#cluster.metadataDue) await this.refreshMetadata()
  }

  addTargetTopic(topic: string): Promise<void> {
    return this.addMultipleTargetTopics([topic])
  }

  async addMultipleTargetTopics(topics: string[]): Promise<void> {
    const cluster = this.#cluster
    for (const topic of topics) cluster.useTopic(topic)
    if (topics.some(topic => !cluster.metadata.topic(topic))) await cluster.refreshMetadata(topics)
    for (const topic of topics) {
      const problem = cluster.metadata.problemOf(topic)
      if (problem) throw protocolError(problem.errorCode)
    }
  }

  findTopicPartitionMetadata(topic: string): PartitionMetadata[] {
    const found = this.#cluster.metadata.topic(topic)
    return found ? partitionMetadata(found) : []
  }

  findLeaderForPartitions(topic: string, partitions: number[]): { [leader: string]: number[] } {
    const found: { [leader: string]: number[] } = {}
    for (const partition of partitions) {
      const metadata = this.#cluster.metadata.partition(topic, Number(partition))
      if (metadata) (found[metadata.leader] ??= []).push(Number(partition))
    }
    return found
  }

  async findGroupCoordinatorMetadata({ groupId }: { groupId: string }): Promise<CoordinatorMetadata> {
    const found = (await this.#cluster.coordinatorsOf('group', [groupId])).get(groupId)
    if (!found || found instanceof Error) throw toKafkaJSError(found ?? new Error('no coordinator'))
    const { id, host, port } = found
    return { errorCode: 0, coordinator: { nodeId: id, host, port } }
  }

  defaultOffset({ fromBeginning }: { fromBeginning: boolean }): number {
    return fromBeginning ? earliest : latest
  }

  async fetchTopicsOffset(topics: OffsetsWish[]): Promise<TopicOffsets[]> {
    const queries = topics.flatMap(({ topic, partitions, fromBeginning, fromTimestamp }) => {
      const timestamp = fromTimestamp ?? this.defaultOffset({ fromBeginning: fromBeginning ?? false })
      return partitions.map(({ partition }) => ({ topic, partition, timestamp }))
    })
    const found = await listOffsets(this.#cluster, queries, { isolationLevel: 'read_committed' })
    const byTopic = new Map<string, TopicOffsets['partitions']>()
    for (const { topic, partition, offset, error } of found) {
      if (error) throw toKafkaJSError(error)
      const partitions = byTopic.get(topic) ?? []
      byTopic.set(topic, partitions)
      partitions.push({ partition, offset: String(offset) })
    }
    return [...byTopic].map(([topic, partitions]) => ({ topic, partitions }))
  }
}
