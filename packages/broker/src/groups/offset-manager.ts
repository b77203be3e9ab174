// Committed offsets of groups: commit, fetch, delete, expire.
import { ErrorCode, zeroUuid } from '@millrace/protocol'
import type { Timer } from '@millrace/runtime'
import type { BrokerCore } from '../core.ts'
import type { TopicImage } from '../metadata/image.ts'
import { offsetsTopic } from '../metadata/internal-topics.ts'
import { type CommitDeadlines, commitDeadlines } from '../commit-deadlines.ts'
import { coordinatorErrorCode } from '../coordination/coordinator-error.ts'
import type { CoordinatorRecord } from '../coordination/record.ts'
import type { Shards } from '../coordination/shards.ts'
import type { ClassicRunner } from './classic/runner.ts'
import { admitCommitToNewGroup, type CommitIdentity } from './group.ts'
import { GroupShard, type HostedGroup } from './group-shard.ts'
import type { LiveGroups } from './live-groups.ts'
import { type CommittedOffset, deletionOf, type OffsetChange } from './offset-change.ts'
import type { TopicOffsets } from './offset-table.ts'
import { offsetRecord } from './offsets-records.ts'

const minuteMs = 60_000

/** One offset of a commit. */
export interface OffsetToCommit extends Omit<CommittedOffset, 'commitTimestampMs' | 'expireTimestampMs'> {
  readonly topic: string
  readonly partition: number
}

export interface OffsetCommit {
  readonly groupId: string
  readonly by: CommitIdentity
  readonly apiVersion: number
  /** Time for which the client wants the offsets kept, in milliseconds; -1 for the broker's. Old clients only. */
  readonly retentionMs: number
  readonly offsets: readonly OffsetToCommit[]
}

/** Offsets of a group as they are now: to be read at once. */
export interface FetchedOffsets {
  readonly topics: ReadonlyMap<string, TopicOffsets>
  /** Whether a transaction that has not ended may change the offset, and the client does not want it then (KIP-447). */
  readonly isUnstable: (topic: string, partition: number) => boolean
}

/** What became of OffsetDelete: an error for all, or one a topic. */
export interface OffsetDeletion {
  readonly errorCode: number
  /** Of topics that members subscribe to: GROUP_SUBSCRIBED_TO_TOPIC. */
  readonly refusedTopics: ReadonlySet<string>
}

export class OffsetManager {
  readonly #core: BrokerCore
  readonly #shards: Shards<GroupShard>
  readonly #live: LiveGroups
  readonly #classic: ClassicRunner
  readonly #unlisten: () => void
  readonly #deadlines: CommitDeadlines
  #timer: Timer | undefined
  #closed = false

  /** A commit to a group that does not exist makes a classic one. */
  constructor(core: BrokerCore, shards: Shards<GroupShard>, live: LiveGroups, classic: ClassicRunner) {
    this.#core = core
    this.#shards = shards
    this.#live = live
    this.#classic = classic
    this.#unlisten = core.metadata.listen({ onTopicDeleted: topic => this.#topicDeleted(topic) })
    this.#deadlines = core.service(commitDeadlines)
    this.#expireLater()
  }

  /**
   * Commits, all or nothing; resolves with the error for all of it, 0 once durable. Where the group's shard is loaded, the
   * commit has its place in the log when this returns: calls take effect in order.
   */
  async commit(commit: OffsetCommit): Promise<number> {
    if (this.#closed) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    const found = this.#shards.findOrCreate(commit.groupId)
    const shard = found instanceof GroupShard ? found : await found
    const errorCode = this.#admit(shard, commit)
    if (errorCode !== ErrorCode.NONE) return errorCode
    const nowMs = this.#core.clock.now()
    const expireTimestampMs =
      commit.retentionMs < 0 ? -1 : Math.min(nowMs + commit.retentionMs, Number.MAX_SAFE_INTEGER)
    const changes = commit.offsets.map(({ topic, partition, offset, leaderEpoch, metadata, topicId }) => ({
      groupId: commit.groupId,
      topic,
      partition,
      committed: { offset, leaderEpoch, metadata, topicId, commitTimestampMs: nowMs, expireTimestampMs },
    }))
    const written = this.#write(shard, changes)
    const timeoutMs = this.#core.config.get('offsets.commit.timeout.ms')
    const inTime = await this.#deadlines.within(timeoutMs, written)
    // It may still become durable. As in Kafka, who commits is sent to look for the coordinator again.
    return inTime ? written : ErrorCode.COORDINATOR_NOT_AVAILABLE
  }

  /** Durable offsets; none for a group that does not exist. With `requireStable`, what is being written is waited for. */
  async fetch(groupId: string, requireStable: boolean): Promise<FetchedOffsets> {
    const shard = await this.#shards.find(groupId)
    if (!shard) return { topics: new Map(), isUnstable: () => false }
    const { offsets } = shard
    if (requireStable && offsets.isPending(groupId)) await this.#shards.settled()
    return {
      topics: offsets.topics(groupId),
      isUnstable: (topic, partition) => requireStable && offsets.isUnstable(groupId, topic, partition),
    }
  }

  /** Deletes offsets of topics that no member subscribes to. */
  async delete(
    groupId: string,
    partitions: readonly { readonly topic: string; readonly partition: number }[],
  ): Promise<OffsetDeletion> {
    const refuse = (errorCode: number) => ({ errorCode, refusedTopics: new Set<string>() })
    if (this.#closed) return refuse(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    if (groupId === '') return refuse(ErrorCode.INVALID_GROUP_ID)
    const shard = await this.#shards.find(groupId)
    const hosted = shard?.groups.get(groupId)
    if (!shard || !hosted) return refuse(ErrorCode.GROUP_ID_NOT_FOUND)
    const admitted = hosted.group.admitOffsetDelete()
    if (admitted !== ErrorCode.NONE) return refuse(admitted)
    const refusedTopics = new Set<string>()
    const deletions: OffsetChange[] = []
    for (const { topic, partition } of partitions) {
      if (hosted.group.isSubscribedTo(topic)) refusedTopics.add(topic)
      // Also where nothing is known: a commit that failed may be in the log all the same, and a restart would find it.
      else deletions.push({ groupId, topic, partition, committed: null })
    }
    return { errorCode: await this.#write(shard, deletions), refusedTopics }
  }

  /** Drops expired offsets, and groups that have neither members nor offsets. */
  async expire(): Promise<void> {
    for (const shard of await this.#shards.all()) {
      await Promise.all([...shard.groups.values()].map(hosted => this.#expireGroup(shard, hosted)))
    }
  }

  close(): void {
    this.#closed = true
    this.#unlisten()
    this.#timer?.cancel()
  }

  /** The topic is gone: so are the offsets that were committed for it. */
  #topicDeleted(topic: TopicImage): void {
    if (topic.name === offsetsTopic) return
    // Those in memory now, before anything can be committed to a new topic of that name.
    for (const shard of this.#shards.loaded()) this.#drop(shard, topic)
    this.#shards.all().then(
      shards => {
        for (const shard of shards) this.#drop(shard, topic)
      },
      () => {
        // Said by the loader. The offsets keep the id of the deleted topic: nobody takes them for those of a new one.
      },
    )
  }

  #admit(shard: GroupShard, { groupId, by, apiVersion }: OffsetCommit): number {
    const hosted = shard.groups.get(groupId)
    if (hosted) {
      const errorCode = hosted.group.admitCommit(by, this.#live.now)
      this.#live.expect(hosted)
      return errorCode
    }
    const errorCode = admitCommitToNewGroup(by, apiVersion)
    if (errorCode === ErrorCode.NONE) this.#classic.create(shard, groupId)
    return errorCode
  }

  /** Writes changes as one batch; resolves with 0 once they are durable, or the error. */
  async #write(
    shard: GroupShard,
    changes: readonly OffsetChange[],
    others: readonly CoordinatorRecord[] = [],
  ): Promise<number> {
    try {
      const records = [...changes.map(offsetRecord), ...others]
      await this.#shards.write(shard, records, shard.offsets.written(changes))
      return ErrorCode.NONE
    } catch (error) {
      const fields = { partition: shard.index, error: String(error) }
      this.#core.logger.log('error', 'offsets.write_failed', fields)
      return coordinatorErrorCode(error)
    }
  }

  #drop(shard: GroupShard, topic: TopicImage): void {
    const deletions: OffsetChange[] = []
    for (const groupId of shard.groups.keys()) {
      for (const change of shard.offsets.known(groupId, topic.name)) {
        // An offset of a newer topic of this name stays.
        const topicId = change.committed?.topicId
        if (topicId === topic.topicId || topicId === zeroUuid) deletions.push(deletionOf(change))
      }
    }
    void this.#write(shard, deletions)
  }

  #expireLater(): void {
    const { clock, config, logger } = this.#core
    const intervalMs = config.get('offsets.retention.check.interval.ms')
    this.#timer = clock.setTimer(
      intervalMs,
      () => {
        this.expire()
          .catch((error: unknown) => logger.log('error', 'offsets.expire_failed', { error: String(error) }))
          .finally(() => {
            if (!this.#closed) this.#expireLater()
          })
      },
      { unref: true },
    )
  }

  async #expireGroup(shard: GroupShard, hosted: HostedGroup): Promise<void> {
    const { group } = hosted
    const { groupId } = group
    const { offsets } = shard
    // What is being committed now is not old.
    if (offsets.isPending(groupId)) return
    const retentionMs = this.#core.config.get('offsets.retention.minutes') * minuteMs
    const nowMs = this.#core.clock.now()
    const expired: OffsetChange[] = []
    const all = offsets.known(groupId)
    for (const change of all) {
      // One that is being deleted has nothing that could expire, and one in a transaction is not old.
      const { topic, partition, committed } = change
      if (offsets.isUnstable(groupId, topic, partition)) continue
      if (committed && group.isExpired(topic, committed, nowMs, retentionMs)) {
        expired.push(deletionOf(change))
      }
    }
    if (expired.length > 0) {
      this.#core.logger.log('info', 'offsets.expired', { group: groupId, offsets: expired.length })
    }
    if (expired.length < all.length || !group.isUnused) {
      await this.#write(shard, expired)
      return
    }
    // From here on the group is gone for everybody: a member or a commit that comes now makes a new one, behind the tombstone.
    this.#live.remove(hosted, ErrorCode.GROUP_ID_NOT_FOUND)
    await this.#write(shard, expired, group.tombstones())
  }
}
