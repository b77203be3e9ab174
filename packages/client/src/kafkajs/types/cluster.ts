// What KafkaJS says of clusters, offsets and partitions, and what it gives to partitioners and assigners.
import type { Logger } from './config.ts'

/** A topic with partitions of it. */
export interface TopicPartitions {
  topic: string
  partitions: number[]
}

/** A partition. */
export interface TopicPartition {
  topic: string
  partition: number
}

/** A partition with an offset, as text. */
export interface TopicPartitionOffset extends TopicPartition {
  offset: string
}

/** The same with a note, as it is committed. */
export interface TopicPartitionOffsetAndMetadata extends TopicPartitionOffset {
  metadata?: string | null
}

/** An offset, as text, in a partition. */
export interface PartitionOffset {
  partition: number
  offset: string
}

/** Where to go on in a partition. */
export type SeekEntry = PartitionOffset

/** Offsets of a topic. */
export interface TopicOffsets {
  topic: string
  partitions: PartitionOffset[]
}

/** Offsets of topics. */
export interface Offsets {
  topics: TopicOffsets[]
}

/** Offsets of topics. */
export type OffsetsByTopicPartition = Offsets

/** What the cluster says of a partition. */
export interface PartitionMetadata {
  partitionErrorCode: number
  partitionId: number
  leader: number
  replicas: number[]
  isr: number[]
  offlineReplicas?: number[]
}

/** What the cluster says of itself. */
export interface BrokerMetadata {
  brokers: Array<{ nodeId: number; host: string; port: number; rack?: string }>
  topicMetadata: Array<{
    topicErrorCode: number
    topic: string
    partitionMetadata: PartitionMetadata[]
  }>
}

/** Who coordinates a group. */
export interface CoordinatorMetadata {
  errorCode: number
  coordinator: { nodeId: number; host: string; port: number }
}

/** Offsets to look up in a topic: one of its ends, or what stands at a time. */
export type OffsetsWish = {
  topic: string
  partitions: Array<{ partition: number }>
} & ({ fromBeginning: boolean; fromTimestamp?: never } | { fromTimestamp: number; fromBeginning?: never })

/** The cluster, as assigners see it. */
export interface Cluster {
  getNodeIds(): number[]
  metadata(): Promise<BrokerMetadata>
  isConnected(): boolean
  connect(): Promise<void>
  disconnect(): Promise<void>
  refreshMetadata(): Promise<void>
  refreshMetadataIfNecessary(): Promise<void>
  addTargetTopic(topic: string): Promise<void>
  addMultipleTargetTopics(topics: string[]): Promise<void>
  findTopicPartitionMetadata(topic: string): PartitionMetadata[]
  findLeaderForPartitions(topic: string, partitions: number[]): { [leader: string]: number[] }
  findGroupCoordinatorMetadata(group: { groupId: string }): Promise<CoordinatorMetadata>
  defaultOffset(config: { fromBeginning: boolean }): number
  fetchTopicsOffset(topics: OffsetsWish[]): Promise<TopicOffsets[]>
}

/** Partitions by topic. */
export interface Assignment {
  [topic: string]: number[]
}

/** A member of a group with what it wrote of itself ({@link MemberMetadata}). */
export interface GroupMember {
  memberId: string
  memberMetadata: Buffer
}

/** A member of a group with its share ({@link MemberAssignment}). */
export interface GroupMemberAssignment {
  memberId: string
  memberAssignment: Buffer
}

/** What a member offers under the name of an assigner. */
export interface GroupState {
  name: string
  metadata: Buffer
}

/** Divides partitions among the members of a group. */
export interface Assigner {
  /** All members of a group must have one of the same name. */
  name: string
  version: number
  /** Called in the member that leads. */
  assign(group: { members: GroupMember[]; topics: string[] }): Promise<GroupMemberAssignment[]>
  /** What this member writes of itself. */
  protocol(subscription: { topics: string[] }): GroupState
}

/** Makes an {@link Assigner}. */
export type PartitionAssigner = (config: { cluster: Cluster; groupId: string; logger: Logger }) => Assigner

/** Writes and reads one kind of bytes. */
export interface ISerializer<T> {
  encode(value: T): Buffer
  /** Null for what is too short to be one. */
  decode(buffer: Buffer): T | null
}

/** What members of a group write of themselves. */
export interface MemberMetadata {
  version: number
  topics: string[]
  userData: Buffer
}

/** What the leader gives to a member. */
export interface MemberAssignment {
  version: number
  assignment: Assignment
  userData: Buffer
}
