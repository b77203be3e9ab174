// A streams group as programs see it: its topology and its members with their tasks (KIP-1071).
import type { AclOperationName } from '../security/acl.ts'
import type { Outcome } from '../outcome.ts'

/** Partitions of one part of the topology. */
export interface StreamsTask {
  /** The part’s id. */
  readonly subtopologyId: string
  /** Its partitions, one a task. */
  readonly partitions: readonly number[]
}

/** What a member has of each kind of task. */
export interface StreamsAssignment {
  /** Those that it works on. */
  readonly active: readonly StreamsTask[]
  /** Those whose state it keeps a copy of. */
  readonly standby: readonly StreamsTask[]
  /** Those whose state it copies in order to take them over. */
  readonly warmup: readonly StreamsTask[]
}

/** An offset of a task’s changelogs. */
export interface StreamsTaskOffset {
  /** The part of the topology. */
  readonly subtopologyId: string
  /** The task’s partition. */
  readonly partition: number
  /** The sum over its changelogs. */
  readonly offset: number
}

/** One member of a streams group. */
export interface DescribedStreamsMember {
  /** The id that it gave itself. */
  readonly memberId: string
  /** Counts its assignments. */
  readonly memberEpoch: number
  /** `group.instance.id` of a static member, null otherwise. */
  readonly groupInstanceId: string | null
  /** `client.rack`, null without one. */
  readonly rackId: string | null
  /** `client.id` of its connection. */
  readonly clientId: string
  /** As the broker saw it, `/127.0.0.1`. */
  readonly clientHost: string
  /** The topology that it has. */
  readonly topologyEpoch: number
  /** Which process it is part of: several threads of one share state. */
  readonly processId: string
  /** Where its state can be queried (`application.server`); null without it. */
  readonly endpoint: { readonly host: string; readonly port: number } | null
  /** Tags that racks are told by. */
  readonly clientTags: Readonly<Record<string, string>>
  /** How far its copies are. */
  readonly taskOffsets: readonly StreamsTaskOffset[]
  /** How far the changelogs are. */
  readonly taskEndOffsets: readonly StreamsTaskOffset[]
  /** What it has. */
  readonly assignment: StreamsAssignment
  /** What the broker means it to have in the end. */
  readonly targetAssignment: StreamsAssignment
  /** Whether it is a member of the classic protocol, while a group goes over. */
  readonly isClassic: boolean
}

/** A topic that a topology has of its own. */
export interface StreamsTopic {
  /** Its name. */
  readonly name: string
  /** How many partitions it is to have; 0 for as many as the broker finds right. */
  readonly partitions: number
  /** How many replicas; 0 for the broker’s default. */
  readonly replicationFactor: number
  /** Its settings. */
  readonly configs: Readonly<Record<string, string>>
}

/** A part of a topology, whose tasks are independent of those of other parts. */
export interface StreamsSubtopology {
  /** Its id. */
  readonly subtopologyId: string
  /** Topics that it reads. */
  readonly sourceTopics: readonly string[]
  /** Repartition topics that it writes to. */
  readonly repartitionSinkTopics: readonly string[]
  /** Changelogs of its state. */
  readonly stateChangelogTopics: readonly StreamsTopic[]
  /** Repartition topics that it reads. */
  readonly repartitionSourceTopics: readonly StreamsTopic[]
}

/** One streams group: Kafka’s `StreamsGroupDescription`. */
export interface DescribedStreamsGroup extends Outcome {
  /** The group’s id, which is the `application.id`. */
  readonly groupId: string
  /** `Stable`, `Empty`, `NotReady`, `Assigning`, `Reconciling`, `Dead`; empty where there is an error. */
  readonly state: string
  /** Counts the changes of members and topology; −1 where there is an error. */
  readonly groupEpoch: number
  /** The group epoch that the assignment is for; −1 where there is an error. */
  readonly assignmentEpoch: number
  /** Which topology is in force; −1 for none. */
  readonly topologyEpoch: number
  /** The parts of the topology; empty where it is not known. */
  readonly subtopologies: readonly StreamsSubtopology[]
  /** Its members; empty where there is an error. */
  readonly members: readonly DescribedStreamsMember[]
  /** What this client may do with the group; undefined unless asked for. */
  readonly authorizedOperations: readonly AclOperationName[] | undefined
}
