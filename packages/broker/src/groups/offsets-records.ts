// The records of `__consumer_offsets` in Apache Kafka's formats: committed offsets and classic groups.
import {
  decodeGroupMetadataKey,
  decodeGroupMetadataValue,
  decodeLegacyOffsetCommitKey,
  decodeOffsetCommitKey,
  decodeOffsetCommitValue,
  encodeGroupMetadataKey,
  encodeGroupMetadataValue,
  encodeOffsetCommitKey,
  encodeOffsetCommitValue,
  Reader,
  Writer,
} from '@millrace/protocol'
import type { GroupSnapshot } from './group-snapshot.ts'
import type { OffsetChange } from './offset-table.ts'

/*
 * Key:    type int16 │ fields                    0 and 1: an offset (group, topic, partition); 2: a group (id)
 * Value:  version int16 │ fields                 none: the key's offset or group is deleted (tombstone)
 *
 * Other types belong to other kinds of groups.
 */

/** Key and value of a record; the value of a tombstone is null. */
export interface OffsetsRecord {
  readonly key: Buffer
  readonly value: Buffer | null
}

/** What a record says, when it is one of those that classic groups have. */
export type OffsetsEntry =
  | { readonly type: 'offset'; readonly change: OffsetChange }
  | { readonly type: 'group'; readonly groupId: string; readonly snapshot: GroupSnapshot | null }

const offsetKeyTypeMax = 1
const groupKeyType = 2
/** As Apache Kafka 4.3 writes them: version 1 is the only one with an expiry time. */
const offsetVersion = 4
const expiringOffsetVersion = 1
const groupVersion = 3

const writer = new Writer(1024)

/** What was written, as memory of its own: the writer's is used again. */
function take(): Buffer {
  return Buffer.concat(writer.finish())
}

export function offsetRecord({ groupId, topic, partition, committed }: OffsetChange): OffsetsRecord {
  encodeOffsetCommitKey(writer, { group: groupId, topic, partition })
  const key = take()
  if (!committed) return { key, value: null }
  const expires = committed.expireTimestampMs !== -1
  encodeOffsetCommitValue(
    writer,
    {
      offset: committed.offset,
      leaderEpoch: committed.leaderEpoch,
      metadata: committed.metadata,
      commitTimestamp: committed.commitTimestampMs,
      ...(expires && { expireTimestamp: committed.expireTimestampMs }),
      topicId: committed.topicId,
    },
    expires ? expiringOffsetVersion : offsetVersion,
  )
  return { key, value: take() }
}

/** A group's record, or its tombstone. */
export function groupRecord(groupId: string, snapshot: GroupSnapshot | null): OffsetsRecord {
  encodeGroupMetadataKey(writer, { group: groupId })
  const key = take()
  if (!snapshot) return { key, value: null }
  encodeGroupMetadataValue(writer, snapshot, groupVersion)
  return { key, value: take() }
}

/** Undefined for records of other kinds of groups. Throws `DecodeError`. */
export function readOffsetsRecord(key: Buffer, value: Buffer | null): OffsetsEntry | undefined {
  const type = key.readInt16BE(0)
  if (type >= 0 && type <= offsetKeyTypeMax) return readOffset(key, value)
  if (type !== groupKeyType) return undefined
  const { group } = decodeGroupMetadataKey(new Reader(key))
  const snapshot = value ? readGroup(value) : null
  return { type: 'group', groupId: group, snapshot }
}

function readOffset(key: Buffer, value: Buffer | null): OffsetsEntry {
  const reader = new Reader(key)
  // Type 0 was written by brokers before 0.9; the fields are the same.
  const isLegacy = key.readInt16BE(0) === 0
  const { group, topic, partition } = isLegacy
    ? decodeLegacyOffsetCommitKey(reader)
    : decodeOffsetCommitKey(reader)
  if (!value) return { type: 'offset', change: { groupId: group, topic, partition, committed: null } }
  const stored = decodeOffsetCommitValue(new Reader(value))
  return {
    type: 'offset',
    change: {
      groupId: group,
      topic,
      partition,
      committed: {
        offset: stored.offset,
        leaderEpoch: stored.leaderEpoch,
        metadata: stored.metadata,
        commitTimestampMs: stored.commitTimestamp,
        expireTimestampMs: stored.expireTimestamp,
        topicId: stored.topicId,
      },
    },
  }
}

function readGroup(value: Buffer): GroupSnapshot {
  const snapshot = decodeGroupMetadataValue(new Reader(value))
  return {
    ...snapshot,
    // Views of the log's memory would keep whole chunks of it alive.
    members: snapshot.members.map(member => ({
      ...member,
      subscription: Buffer.from(member.subscription),
      assignment: Buffer.from(member.assignment),
    })),
  }
}
