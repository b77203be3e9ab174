// What is known of the cluster: brokers, topics, who leads which partition. Pure; filled from Metadata responses.
import type { MetadataResponse } from '@millrace/protocol'
import { ErrorCode, zeroUuid } from '@millrace/protocol'
import { ProtocolError } from '../errors/index.ts'

/** A broker of the cluster. */
export interface BrokerNode {
  /** Its id (`node.id`). */
  readonly id: number
  /** Where clients reach it: name or address of the machine. */
  readonly host: string
  /** TCP port. */
  readonly port: number
  /** Where it stands (`broker.rack`); null where it does not say. */
  readonly rack: string | null
}

/** What the cluster says of a partition. */
export interface PartitionMetadata {
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Broker id of the leader, −1 while there is none. */
  readonly leader: number
  /** Rises with each change of the leader; −1 from brokers that do not tell. */
  readonly leaderEpoch: number
  /** Ids of the brokers that have a copy; the first is the preferred leader. */
  readonly replicas: readonly number[]
  /** Ids of those that are in sync with the leader. */
  readonly inSyncReplicas: readonly number[]
  /** Ids of those whose copy cannot be reached. */
  readonly offlineReplicas: readonly number[]
  /** Kafka’s number of what is wrong with it; 0 for nothing. */
  readonly errorCode: number
}

/** What the cluster says of a topic. */
export interface TopicMetadata {
  /** Name of the topic. */
  readonly name: string
  /** All-zero where the broker is too old to tell. */
  readonly topicId: string
  /** Whether it is Kafka’s own, as `__consumer_offsets`. */
  readonly isInternal: boolean
  /** Sorted by partition number, which is each one's index. */
  readonly partitions: readonly PartitionMetadata[]
}

/** A topic that a Metadata response named with an error, or that it was asked for and left out. */
export interface TopicProblem {
  /** Kafka’s number of the error. */
  readonly errorCode: number
}

/**
 * Partitions that a response may leave out of a topic. Partitions are numbered without a gap, and brokers tell all of them; a number
 * beyond is none, and a list up to it would take all memory.
 */
const gapMax = 10_000

/** Throws ProtocolError for a response that numbers partitions as nobody does, whatever else it says. */
export function checkPartitionNumbers({ topics }: MetadataResponse): void {
  for (const { name, topicId, partitions } of topics) {
    for (const { partitionIndex } of partitions) {
      if (partitionIndex >= 0 && partitionIndex < partitions.length + gapMax) continue
      throw new ProtocolError(
        `a Metadata response names partition ${partitionIndex} of topic "${name ?? topicId}", of which it tells ${partitions.length}`,
      )
    }
  }
}

/** What a client knows of its cluster: brokers, topics, who leads which partition. */
export class Metadata {
  #nodes: ReadonlyMap<number, BrokerNode> = new Map()
  readonly #topics = new Map<string, TopicMetadata>()
  readonly #namesById = new Map<string, string>()
  readonly #problems = new Map<string, TopicProblem>()
  /** Ids of all brokers that the cluster ever named. */
  readonly #seen = new Set<number>()
  #clusterId: string | null = null
  #controllerId = -1
  #version = 0

  /** Counts the changes, so that whoever derives something from metadata knows when to look again. */
  get version(): number {
    return this.#version
  }

  /** The cluster’s id; null while it is unknown. */
  get clusterId(): string | null {
    return this.#clusterId
  }

  /** The broker to send controller requests to, −1 while unknown. */
  get controllerId(): number {
    return this.#controllerId
  }

  /** Brokers that the cluster names at present, by id. */
  get nodes(): ReadonlyMap<number, BrokerNode> {
    return this.#nodes
  }

  /** Whether the cluster ever named a broker: one that it does not name now is down, perhaps for a moment. */
  hasSeen(brokerId: number): boolean {
    return this.#seen.has(brokerId)
  }

  /** Topics that were looked up and are there, by name. */
  get topics(): ReadonlyMap<string, TopicMetadata> {
    return this.#topics
  }

  /** A topic, if it was looked up and is there. */
  topic(name: string): TopicMetadata | undefined {
    return this.#topics.get(name)
  }

  /** Name of the topic with an id, if that is known. */
  topicNameOf(topicId: string): string | undefined {
    return this.#namesById.get(topicId)
  }

  /** Why a topic that was looked up is not there. */
  problemOf(name: string): TopicProblem | undefined {
    return this.#problems.get(name)
  }

  /** A partition of a topic that was looked up. */
  partition(topic: string, partition: number): PartitionMetadata | undefined {
    return this.#topics.get(topic)?.partitions[partition]
  }

  /** @internal Takes over a response. `all`: it speaks of every topic there is, so what it leaves out is gone. */
  update(response: MetadataResponse, all: boolean): void {
    this.#version++
    this.#clusterId = response.clusterId ?? this.#clusterId
    this.#controllerId = response.controllerId
    if (response.brokers.length > 0) {
      this.#nodes = new Map(
        response.brokers.map(({ nodeId, host, port, rack }) => [nodeId, { id: nodeId, host, port, rack }]),
      )
      for (const { nodeId } of response.brokers) this.#seen.add(nodeId)
    }
    const seen = new Set<string>()
    for (const topic of response.topics) {
      const name = topic.name ?? this.#namesById.get(topic.topicId)
      if (name === undefined) continue
      seen.add(name)
      if (topic.errorCode === 0) this.#take(name, topic)
      else this.#problem(name, topic.errorCode)
    }
    if (!all) return
    for (const name of this.#topics.keys()) if (!seen.has(name)) this.#forget(name)
    this.#problems.clear()
  }

  /** A produce or fetch response told of a newer leader (KIP-951). Returns whether that is news. */
  updateLeader(topic: string, partition: number, leader: number, leaderEpoch: number): boolean {
    const known = this.#topics.get(topic)
    const old = known?.partitions[partition]
    if (!known || !old || leaderEpoch <= old.leaderEpoch || !this.#nodes.has(leader)) return false
    const partitions = known.partitions.with(partition, { ...old, leader, leaderEpoch, errorCode: 0 })
    this.#topics.set(topic, { ...known, partitions })
    this.#version++
    return true
  }

  /** Takes over brokers that another answer has named. */
  addNodes(nodes: readonly BrokerNode[]): void {
    const merged = new Map(this.#nodes)
    for (const node of nodes) {
      merged.set(node.id, node)
      this.#seen.add(node.id)
    }
    this.#nodes = merged
    this.#version++
  }

  /** Forgets brokers and leaders, as a client that starts over from its bootstrap list (KIP-1102). */
  reset(): void {
    this.#nodes = new Map()
    this.#topics.clear()
    this.#namesById.clear()
    this.#problems.clear()
    this.#controllerId = -1
    this.#version++
  }

  /** @internal Nobody needs a topic any more. Returns whether it was known. */
  drop(name: string): boolean {
    this.#problems.delete(name)
    if (!this.#topics.has(name)) return false
    this.#forget(name)
    this.#version++
    return true
  }

  /** Whether the cluster is known, and nothing of this topic: it was never looked up, or not in use for so long that it is forgotten. */
  isUnasked(name: string): boolean {
    return this.#nodes.size > 0 && !this.#topics.has(name) && !this.#problems.has(name)
  }

  #take(name: string, topic: MetadataResponse['topics'][number]): void {
    this.#problems.delete(name)
    const old = this.#topics.get(name)
    const sameTopic = old !== undefined && old.topicId === topic.topicId
    if (old && !sameTopic) this.#namesById.delete(old.topicId)
    const partitions: PartitionMetadata[] = []
    for (const entry of topic.partitions) {
      const before = sameTopic ? old.partitions[entry.partitionIndex] : undefined
      // KIP-320: an older epoch comes from a broker that is behind; what is known is newer.
      const stale = before !== undefined && entry.leaderEpoch !== -1 && entry.leaderEpoch < before.leaderEpoch
      partitions[entry.partitionIndex] = stale
        ? before
        : {
            partition: entry.partitionIndex,
            leader: entry.leaderId,
            leaderEpoch: entry.leaderEpoch,
            replicas: entry.replicaNodes,
            inSyncReplicas: entry.isrNodes,
            offlineReplicas: entry.offlineReplicas,
            errorCode: entry.errorCode,
          }
    }
    // Partitions are numbered from 0 without a gap; a broker that hides one would shift every key.
    for (let index = 0; index < partitions.length; index++) partitions[index] ??= leaderless(index)
    this.#topics.set(name, { name, topicId: topic.topicId, isInternal: topic.isInternal, partitions })
    if (topic.topicId !== zeroUuid) this.#namesById.set(topic.topicId, name)
  }

  #problem(name: string, errorCode: number): void {
    this.#problems.set(name, { errorCode })
    if (
      errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ||
      errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED ||
      errorCode === ErrorCode.UNKNOWN_TOPIC_ID
    ) {
      this.#forget(name)
    }
  }

  #forget(name: string): void {
    const topic = this.#topics.get(name)
    if (!topic) return
    this.#topics.delete(name)
    this.#namesById.delete(topic.topicId)
  }
}

function leaderless(partition: number): PartitionMetadata {
  return {
    partition,
    leader: -1,
    leaderEpoch: -1,
    replicas: [],
    inSyncReplicas: [],
    offlineReplicas: [],
    errorCode: ErrorCode.LEADER_NOT_AVAILABLE,
  }
}
