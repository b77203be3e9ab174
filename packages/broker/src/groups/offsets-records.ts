// The records of `__consumer_offsets` in Apache Kafka's formats: committed offsets, classic groups, and whose any other record is.
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
import type { CoordinatorRecord } from '../coordination/record.ts'
import type { GroupSnapshot } from './classic/group-snapshot.ts'
import type { OffsetChange } from './offset-change.ts'
import { classicKeyType, offsetKeyTypeMax, type UnservedKey, unservedKey } from './record-types.ts'

/*
 * Key:    type int16 │ fields                    0 and 1: an offset (group, topic, partition); 2: a classic group (id);
 *                                                others (`record-types.ts`): the group's id comes first, too
 * Value:  version int16 │ fields                 none: what the key names is deleted (tombstone)
 */

const keyTypeBytes = 2

/** What a record says. */
export type OffsetsEntry =
  | { readonly type: 'offset'; readonly change: OffsetChange }
  | { readonly type: 'classic'; readonly groupId: string; readonly snapshot: GroupSnapshot | null }
  /** Something of a group of a kind that is not run here. */
  | { readonly type: 'unserved'; readonly groupId: string; readonly key: UnservedKey }

/** As Apache Kafka 4.3 writes them: version 1 is the only one with an expiry time. */
const offsetVersion = 4
const expiringOffsetVersion = 1
const groupVersion = 3

const writer = new Writer(1024)

/** What was written, as memory of its own: the writer's is used again. */
function take(): Buffer {
  return Buffer.concat(writer.finish())
}

export function offsetRecord({ groupId, topic, partition, committed }: OffsetChange): CoordinatorRecord {
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
export function groupRecord(groupId: string, snapshot: GroupSnapshot | null): CoordinatorRecord {
  encodeGroupMetadataKey(writer, { group: groupId })
  const key = take()
  if (!snapshot) return { key, value: null }
  encodeGroupMetadataValue(writer, snapshot, groupVersion)
  return { key, value: take() }
}

/** Undefined for types that are not known. Throws `DecodeError`. */
export function readOffsetsRecord(key: Buffer, value: Buffer | null): OffsetsEntry | undefined {
  if (key.length < keyTypeBytes) return undefined
  const type = key.readInt16BE(0)
  if (type >= 0 && type <= offsetKeyTypeMax) return readOffset(key, value)
  if (type === classicKeyType) {
    const { group } = decodeGroupMetadataKey(new Reader(key))
    return { type: 'classic', groupId: group, snapshot: value ? readGroup(value) : null }
  }
  const unserved = unservedKey(type)
  if (!unserved) return undefined
  const reader = new Reader(key)
  reader.int16()
  return { type: 'unserved', groupId: reader.string(), key: unserved }
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
