// Made by generator/main.ts from definitions/groups/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableInt32s, readNullableLength, readNullableStrings, readStrings, writeInt32s, writeLength, writeNullableInt32s, writeNullableStrings, writeStrings } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, readVersionLeniently, unreadable, unwritable } from '../messages/versions.ts'

// groups/08-offset-commit.kmsg

export interface OffsetCommitRequest {
  groupId: string
  generationIdOrMemberEpoch: number
  memberId: string
  groupInstanceId: string | null // 7-10
  retentionTimeMs: number // 2-4
  topics: OffsetCommitRequestOffsetCommitRequestTopic[]
}

export interface OffsetCommitRequestInit {
  groupId: string
  generationIdOrMemberEpoch?: number | undefined
  memberId: string
  groupInstanceId?: string | null | undefined
  retentionTimeMs?: number | undefined
  topics: readonly OffsetCommitRequestOffsetCommitRequestTopicInit[]
}

export interface OffsetCommitRequestOffsetCommitRequestTopic {
  name: string // 2-9
  topicId: string // 10
  partitions: OffsetCommitRequestOffsetCommitRequestPartition[]
}

export interface OffsetCommitRequestOffsetCommitRequestTopicInit {
  name?: string | undefined
  topicId?: string | undefined
  partitions: readonly OffsetCommitRequestOffsetCommitRequestPartitionInit[]
}

export interface OffsetCommitRequestOffsetCommitRequestPartition {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch: number // 6-10
  committedMetadata: string | null
}

export interface OffsetCommitRequestOffsetCommitRequestPartitionInit {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch?: number | undefined
  committedMetadata?: string | null | undefined
}

function writeOffsetCommitRequest(w: Writer, m: OffsetCommitRequestInit, version: number): void {
  const flexible = version >= 8
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.generationIdOrMemberEpoch ?? -1)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 7) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('OffsetCommitRequest.groupInstanceId', version) }
  if (version <= 4) w.int64(m.retentionTimeMs ?? -1)
  writeArrayOfOffsetCommitRequestOffsetCommitRequestTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readOffsetCommitRequest(r: Reader, version: number): OffsetCommitRequest {
  const flexible = version >= 8
  const value: OffsetCommitRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    generationIdOrMemberEpoch: r.int32(),
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 7 ? r.nullableString() : null,
    retentionTimeMs: version >= 5 ? -1 : r.int64(),
    topics: readArrayOfOffsetCommitRequestOffsetCommitRequestTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetCommitRequestOffsetCommitRequestTopic(w: Writer, m: OffsetCommitRequestOffsetCommitRequestTopicInit, version: number): void {
  const flexible = version >= 8
  if (flexible && version <= 9) w.compactString(m.name ?? '')
  else if (version <= 7) w.string(m.name ?? '')
  if (version >= 10) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfOffsetCommitRequestOffsetCommitRequestPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetCommitRequestOffsetCommitRequestTopic(r: Reader, version: number): OffsetCommitRequestOffsetCommitRequestTopic {
  const flexible = version >= 8
  const value: OffsetCommitRequestOffsetCommitRequestTopic = {
    name: version >= 10 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    partitions: readArrayOfOffsetCommitRequestOffsetCommitRequestPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetCommitRequestOffsetCommitRequestPartition(w: Writer, m: OffsetCommitRequestOffsetCommitRequestPartitionInit, version: number): void {
  const flexible = version >= 8
  w.int32(m.partitionIndex)
  w.int64(m.committedOffset)
  if (version >= 6) w.int32(m.committedLeaderEpoch ?? -1)
  if (flexible) w.compactNullableString(m.committedMetadata ?? null)
  else w.nullableString(m.committedMetadata ?? null)
  if (flexible) w.uvarint(0)
}

function readOffsetCommitRequestOffsetCommitRequestPartition(r: Reader, version: number): OffsetCommitRequestOffsetCommitRequestPartition {
  const flexible = version >= 8
  const value: OffsetCommitRequestOffsetCommitRequestPartition = {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: version >= 6 ? r.int32() : -1,
    committedMetadata: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetCommitRequestOffsetCommitRequestTopic(w: Writer, list: readonly OffsetCommitRequestOffsetCommitRequestTopicInit[], version: number): void {
  const flexible = version >= 8
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetCommitRequestOffsetCommitRequestTopic(w, element, version)
}

function readArrayOfOffsetCommitRequestOffsetCommitRequestTopic(r: Reader, version: number): OffsetCommitRequestOffsetCommitRequestTopic[] {
  const flexible = version >= 8
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: OffsetCommitRequestOffsetCommitRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetCommitRequestOffsetCommitRequestTopic(r, version))
  return list
}

function writeArrayOfOffsetCommitRequestOffsetCommitRequestPartition(w: Writer, list: readonly OffsetCommitRequestOffsetCommitRequestPartitionInit[], version: number): void {
  const flexible = version >= 8
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetCommitRequestOffsetCommitRequestPartition(w, element, version)
}

function readArrayOfOffsetCommitRequestOffsetCommitRequestPartition(r: Reader, version: number): OffsetCommitRequestOffsetCommitRequestPartition[] {
  const flexible = version >= 8
  const length = readLength(r, flexible, flexible ? 18 : 14, 4)
  const list: OffsetCommitRequestOffsetCommitRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetCommitRequestOffsetCommitRequestPartition(r, version))
  return list
}

export function encodeOffsetCommitRequest(w: Writer, m: OffsetCommitRequestInit, version: number): void {
  if (!(version >= 2 && version <= 10)) unwritable('OffsetCommitRequest', version)
  writeOffsetCommitRequest(w, m, version)
}

export function decodeOffsetCommitRequest(r: Reader, version: number): OffsetCommitRequest {
  if (!(version >= 2 && version <= 10)) unreadable('OffsetCommitRequest', version, r)
  return readOffsetCommitRequest(r, version)
}

export interface OffsetCommitResponse {
  throttleTimeMs: number // 3-10
  topics: OffsetCommitResponseOffsetCommitResponseTopic[]
}

export interface OffsetCommitResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly OffsetCommitResponseOffsetCommitResponseTopicInit[]
}

export interface OffsetCommitResponseOffsetCommitResponseTopic {
  name: string // 2-9
  topicId: string // 10
  partitions: OffsetCommitResponseOffsetCommitResponsePartition[]
}

export interface OffsetCommitResponseOffsetCommitResponseTopicInit {
  name?: string | undefined
  topicId?: string | undefined
  partitions: readonly OffsetCommitResponseOffsetCommitResponsePartitionInit[]
}

export interface OffsetCommitResponseOffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export type OffsetCommitResponseOffsetCommitResponsePartitionInit = OffsetCommitResponseOffsetCommitResponsePartition

function writeOffsetCommitResponse(w: Writer, m: OffsetCommitResponseInit, version: number): void {
  const flexible = version >= 8
  if (version >= 3) w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfOffsetCommitResponseOffsetCommitResponseTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readOffsetCommitResponse(r: Reader, version: number): OffsetCommitResponse {
  const flexible = version >= 8
  const value: OffsetCommitResponse = {
    throttleTimeMs: version >= 3 ? r.int32() : 0,
    topics: readArrayOfOffsetCommitResponseOffsetCommitResponseTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetCommitResponseOffsetCommitResponseTopic(w: Writer, m: OffsetCommitResponseOffsetCommitResponseTopicInit, version: number): void {
  const flexible = version >= 8
  if (flexible && version <= 9) w.compactString(m.name ?? '')
  else if (version <= 7) w.string(m.name ?? '')
  if (version >= 10) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfOffsetCommitResponseOffsetCommitResponsePartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetCommitResponseOffsetCommitResponseTopic(r: Reader, version: number): OffsetCommitResponseOffsetCommitResponseTopic {
  const flexible = version >= 8
  const value: OffsetCommitResponseOffsetCommitResponseTopic = {
    name: version >= 10 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    partitions: readArrayOfOffsetCommitResponseOffsetCommitResponsePartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetCommitResponseOffsetCommitResponsePartition(w: Writer, m: OffsetCommitResponseOffsetCommitResponsePartitionInit, version: number): void {
  const flexible = version >= 8
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readOffsetCommitResponseOffsetCommitResponsePartition(r: Reader, version: number): OffsetCommitResponseOffsetCommitResponsePartition {
  const flexible = version >= 8
  const value: OffsetCommitResponseOffsetCommitResponsePartition = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetCommitResponseOffsetCommitResponseTopic(w: Writer, list: readonly OffsetCommitResponseOffsetCommitResponseTopicInit[], version: number): void {
  const flexible = version >= 8
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetCommitResponseOffsetCommitResponseTopic(w, element, version)
}

function readArrayOfOffsetCommitResponseOffsetCommitResponseTopic(r: Reader, version: number): OffsetCommitResponseOffsetCommitResponseTopic[] {
  const flexible = version >= 8
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: OffsetCommitResponseOffsetCommitResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetCommitResponseOffsetCommitResponseTopic(r, version))
  return list
}

function writeArrayOfOffsetCommitResponseOffsetCommitResponsePartition(w: Writer, list: readonly OffsetCommitResponseOffsetCommitResponsePartitionInit[], version: number): void {
  const flexible = version >= 8
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetCommitResponseOffsetCommitResponsePartition(w, element, version)
}

function readArrayOfOffsetCommitResponseOffsetCommitResponsePartition(r: Reader, version: number): OffsetCommitResponseOffsetCommitResponsePartition[] {
  const flexible = version >= 8
  const length = readLength(r, flexible, flexible ? 7 : 6, 2)
  const list: OffsetCommitResponseOffsetCommitResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetCommitResponseOffsetCommitResponsePartition(r, version))
  return list
}

export function encodeOffsetCommitResponse(w: Writer, m: OffsetCommitResponseInit, version: number): void {
  if (!(version >= 2 && version <= 10)) unwritable('OffsetCommitResponse', version)
  writeOffsetCommitResponse(w, m, version)
}

export function decodeOffsetCommitResponse(r: Reader, version: number): OffsetCommitResponse {
  if (!(version >= 2 && version <= 10)) unreadable('OffsetCommitResponse', version, r)
  return readOffsetCommitResponse(r, version)
}

/** API key 8, versions 2-10. */
export const OffsetCommitApi: Api<OffsetCommitRequest, OffsetCommitRequestInit, OffsetCommitResponse, OffsetCommitResponseInit> = {
  key: 8,
  name: 'OffsetCommit',
  minVersion: 2,
  maxVersion: 10,
  flexibleFrom: 8,
  latestVersionUnstable: false,
  encodeRequest: encodeOffsetCommitRequest,
  decodeRequest: decodeOffsetCommitRequest,
  encodeResponse: encodeOffsetCommitResponse,
  decodeResponse: decodeOffsetCommitResponse,
}

// groups/09-offset-fetch.kmsg

export interface OffsetFetchRequest {
  groupId: string // 1-7
  topics: OffsetFetchRequestOffsetFetchRequestTopic[] | null // 1-7
  groups: OffsetFetchRequestOffsetFetchRequestGroup[] // 8-10
  requireStable: boolean // 7-10
}

export interface OffsetFetchRequestInit {
  groupId?: string | undefined
  topics?: readonly OffsetFetchRequestOffsetFetchRequestTopicInit[] | null | undefined
  groups?: readonly OffsetFetchRequestOffsetFetchRequestGroupInit[] | undefined
  requireStable?: boolean | undefined
}

export interface OffsetFetchRequestOffsetFetchRequestTopic {
  name: string
  partitionIndexes: number[]
}

export interface OffsetFetchRequestOffsetFetchRequestTopicInit {
  name: string
  partitionIndexes: readonly number[]
}

export interface OffsetFetchRequestOffsetFetchRequestGroup {
  groupId: string
  memberId: string | null // 9-10
  memberEpoch: number // 9-10
  topics: OffsetFetchRequestOffsetFetchRequestTopics[] | null
}

export interface OffsetFetchRequestOffsetFetchRequestGroupInit {
  groupId: string
  memberId?: string | null | undefined
  memberEpoch?: number | undefined
  topics?: readonly OffsetFetchRequestOffsetFetchRequestTopicsInit[] | null | undefined
}

export interface OffsetFetchRequestOffsetFetchRequestTopics {
  name: string // 8-9
  topicId: string // 10
  partitionIndexes: number[]
}

export interface OffsetFetchRequestOffsetFetchRequestTopicsInit {
  name?: string | undefined
  topicId?: string | undefined
  partitionIndexes: readonly number[]
}

function writeOffsetFetchRequest(w: Writer, m: OffsetFetchRequestInit, version: number): void {
  const flexible = version >= 6
  if (version >= 8) { if (m.groupId !== undefined && m.groupId !== '') refuse('OffsetFetchRequest.groupId', version) }
  else if (flexible) w.compactString(m.groupId ?? '')
  else w.string(m.groupId ?? '')
  if (version >= 8) { if (m.topics !== undefined && m.topics !== null) refuse('OffsetFetchRequest.topics', version) }
  else if (version >= 2) writeNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopic(w, m.topics ?? null, version)
  else writeArrayOfOffsetFetchRequestOffsetFetchRequestTopic(w, notNull(m.topics, nothing, 'OffsetFetchRequest.topics', version), version)
  if (version >= 8) writeArrayOfOffsetFetchRequestOffsetFetchRequestGroup(w, m.groups ?? nothing, version)
  else { if (m.groups !== undefined && m.groups.length > 0) refuse('OffsetFetchRequest.groups', version) }
  if (version >= 7) w.boolean(m.requireStable ?? false)
  else { if (m.requireStable !== undefined && m.requireStable !== false) refuse('OffsetFetchRequest.requireStable', version) }
  if (flexible) w.uvarint(0)
}

function readOffsetFetchRequest(r: Reader, version: number): OffsetFetchRequest {
  const flexible = version >= 6
  const value: OffsetFetchRequest = {
    groupId: version >= 8 ? '' : flexible ? r.compactString() : r.string(),
    topics: version >= 8 ? null : version >= 2 ? readNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopic(r, version) : readArrayOfOffsetFetchRequestOffsetFetchRequestTopic(r, version),
    groups: version >= 8 ? readArrayOfOffsetFetchRequestOffsetFetchRequestGroup(r, version) : [],
    requireStable: version >= 7 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetFetchRequestOffsetFetchRequestTopic(w: Writer, m: OffsetFetchRequestOffsetFetchRequestTopicInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeInt32s(w, m.partitionIndexes, flexible)
  if (flexible) w.uvarint(0)
}

function readOffsetFetchRequestOffsetFetchRequestTopic(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestTopic {
  const flexible = version >= 6
  const value: OffsetFetchRequestOffsetFetchRequestTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitionIndexes: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetFetchRequestOffsetFetchRequestGroup(w: Writer, m: OffsetFetchRequestOffsetFetchRequestGroupInit, version: number): void {
  w.compactString(m.groupId)
  if (version >= 9) w.compactNullableString(m.memberId ?? null)
  if (version >= 9) w.int32(m.memberEpoch ?? -1)
  writeNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopics(w, m.topics ?? null, version)
  w.uvarint(0)
}

function readOffsetFetchRequestOffsetFetchRequestGroup(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestGroup {
  const value: OffsetFetchRequestOffsetFetchRequestGroup = {
    groupId: r.compactString(),
    memberId: version >= 9 ? r.compactNullableString() : null,
    memberEpoch: version >= 9 ? r.int32() : -1,
    topics: readNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopics(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeOffsetFetchRequestOffsetFetchRequestTopics(w: Writer, m: OffsetFetchRequestOffsetFetchRequestTopicsInit, version: number): void {
  if (version <= 9) w.compactString(m.name ?? '')
  if (version >= 10) w.uuid(m.topicId ?? zeroUuid)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readOffsetFetchRequestOffsetFetchRequestTopics(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestTopics {
  const value: OffsetFetchRequestOffsetFetchRequestTopics = {
    name: version >= 10 ? '' : r.compactString(),
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetFetchRequestOffsetFetchRequestTopic(w: Writer, list: readonly OffsetFetchRequestOffsetFetchRequestTopicInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetFetchRequestOffsetFetchRequestTopic(w, element, version)
}

function readArrayOfOffsetFetchRequestOffsetFetchRequestTopic(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestTopic[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: OffsetFetchRequestOffsetFetchRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchRequestOffsetFetchRequestTopic(r, version))
  return list
}

function writeArrayOfOffsetFetchRequestOffsetFetchRequestGroup(w: Writer, list: readonly OffsetFetchRequestOffsetFetchRequestGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeOffsetFetchRequestOffsetFetchRequestGroup(w, element, version)
}

function readArrayOfOffsetFetchRequestOffsetFetchRequestGroup(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestGroup[] {
  const length = readLength(r, true, 3, 4)
  const list: OffsetFetchRequestOffsetFetchRequestGroup[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchRequestOffsetFetchRequestGroup(r, version))
  return list
}

function writeNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopic(w: Writer, list: readonly OffsetFetchRequestOffsetFetchRequestTopicInit[] | null, version: number): void {
  const flexible = version >= 6
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeOffsetFetchRequestOffsetFetchRequestTopic(w, element, version)
}

function readNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopic(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestTopic[] | null {
  const flexible = version >= 6
  const length = readNullableLength(r, flexible, flexible ? 3 : 6, 2)
  if (length < 0) return null
  const list: OffsetFetchRequestOffsetFetchRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchRequestOffsetFetchRequestTopic(r, version))
  return list
}

function writeNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopics(w: Writer, list: readonly OffsetFetchRequestOffsetFetchRequestTopicsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeOffsetFetchRequestOffsetFetchRequestTopics(w, element, version)
}

function readNullableArrayOfOffsetFetchRequestOffsetFetchRequestTopics(r: Reader, version: number): OffsetFetchRequestOffsetFetchRequestTopics[] | null {
  const length = readNullableLength(r, true, 3, 3)
  if (length < 0) return null
  const list: OffsetFetchRequestOffsetFetchRequestTopics[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchRequestOffsetFetchRequestTopics(r, version))
  return list
}

export function encodeOffsetFetchRequest(w: Writer, m: OffsetFetchRequestInit, version: number): void {
  if (!(version >= 1 && version <= 10)) unwritable('OffsetFetchRequest', version)
  writeOffsetFetchRequest(w, m, version)
}

export function decodeOffsetFetchRequest(r: Reader, version: number): OffsetFetchRequest {
  if (!(version >= 1 && version <= 10)) unreadable('OffsetFetchRequest', version, r)
  return readOffsetFetchRequest(r, version)
}

export interface OffsetFetchResponse {
  throttleTimeMs: number // 3-10
  topics: OffsetFetchResponseOffsetFetchResponseTopic[] // 1-7
  errorCode: number // 2-7
  groups: OffsetFetchResponseOffsetFetchResponseGroup[] // 8-10
}

export interface OffsetFetchResponseInit {
  throttleTimeMs?: number | undefined
  topics?: readonly OffsetFetchResponseOffsetFetchResponseTopicInit[] | undefined
  errorCode?: number | undefined
  groups?: readonly OffsetFetchResponseOffsetFetchResponseGroupInit[] | undefined
}

export interface OffsetFetchResponseOffsetFetchResponseTopic {
  name: string
  partitions: OffsetFetchResponseOffsetFetchResponsePartition[]
}

export interface OffsetFetchResponseOffsetFetchResponseTopicInit {
  name: string
  partitions: readonly OffsetFetchResponseOffsetFetchResponsePartitionInit[]
}

export interface OffsetFetchResponseOffsetFetchResponsePartition {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch: number // 5-7
  metadata: string | null
  errorCode: number
}

export interface OffsetFetchResponseOffsetFetchResponsePartitionInit {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch?: number | undefined
  metadata?: string | null | undefined
  errorCode: number
}

export interface OffsetFetchResponseOffsetFetchResponseGroup {
  groupId: string
  topics: OffsetFetchResponseOffsetFetchResponseTopics[]
  errorCode: number
}

export interface OffsetFetchResponseOffsetFetchResponseGroupInit {
  groupId: string
  topics: readonly OffsetFetchResponseOffsetFetchResponseTopicsInit[]
  errorCode?: number | undefined
}

export interface OffsetFetchResponseOffsetFetchResponseTopics {
  name: string // 8-9
  topicId: string // 10
  partitions: OffsetFetchResponseOffsetFetchResponsePartitions[]
}

export interface OffsetFetchResponseOffsetFetchResponseTopicsInit {
  name?: string | undefined
  topicId?: string | undefined
  partitions: readonly OffsetFetchResponseOffsetFetchResponsePartitionsInit[]
}

export interface OffsetFetchResponseOffsetFetchResponsePartitions {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch: number
  metadata: string | null
  errorCode: number
}

export interface OffsetFetchResponseOffsetFetchResponsePartitionsInit {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch?: number | undefined
  metadata?: string | null | undefined
  errorCode: number
}

function writeOffsetFetchResponse(w: Writer, m: OffsetFetchResponseInit, version: number): void {
  const flexible = version >= 6
  if (version >= 3) w.int32(m.throttleTimeMs ?? 0)
  if (version >= 8) { if (m.topics !== undefined && m.topics.length > 0) refuse('OffsetFetchResponse.topics', version) }
  else writeArrayOfOffsetFetchResponseOffsetFetchResponseTopic(w, m.topics ?? nothing, version)
  if (version >= 2 && version <= 7) w.int16(m.errorCode ?? 0)
  if (version >= 8) writeArrayOfOffsetFetchResponseOffsetFetchResponseGroup(w, m.groups ?? nothing, version)
  else { if (m.groups !== undefined && m.groups.length > 0) refuse('OffsetFetchResponse.groups', version) }
  if (flexible) w.uvarint(0)
}

function readOffsetFetchResponse(r: Reader, version: number): OffsetFetchResponse {
  const flexible = version >= 6
  const value: OffsetFetchResponse = {
    throttleTimeMs: version >= 3 ? r.int32() : 0,
    topics: version >= 8 ? [] : readArrayOfOffsetFetchResponseOffsetFetchResponseTopic(r, version),
    errorCode: version >= 8 ? 0 : version >= 2 ? r.int16() : 0,
    groups: version >= 8 ? readArrayOfOffsetFetchResponseOffsetFetchResponseGroup(r, version) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetFetchResponseOffsetFetchResponseTopic(w: Writer, m: OffsetFetchResponseOffsetFetchResponseTopicInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfOffsetFetchResponseOffsetFetchResponsePartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponseTopic(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseTopic {
  const flexible = version >= 6
  const value: OffsetFetchResponseOffsetFetchResponseTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfOffsetFetchResponseOffsetFetchResponsePartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetFetchResponseOffsetFetchResponsePartition(w: Writer, m: OffsetFetchResponseOffsetFetchResponsePartitionInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.partitionIndex)
  w.int64(m.committedOffset)
  if (version >= 5) w.int32(m.committedLeaderEpoch ?? -1)
  if (flexible) w.compactNullableString(m.metadata ?? null)
  else w.nullableString(m.metadata ?? null)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponsePartition(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponsePartition {
  const flexible = version >= 6
  const value: OffsetFetchResponseOffsetFetchResponsePartition = {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: version >= 5 ? r.int32() : -1,
    metadata: flexible ? r.compactNullableString() : r.nullableString(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetFetchResponseOffsetFetchResponseGroup(w: Writer, m: OffsetFetchResponseOffsetFetchResponseGroupInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfOffsetFetchResponseOffsetFetchResponseTopics(w, m.topics, version)
  w.int16(m.errorCode ?? 0)
  w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponseGroup(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseGroup {
  const value: OffsetFetchResponseOffsetFetchResponseGroup = {
    groupId: r.compactString(),
    topics: readArrayOfOffsetFetchResponseOffsetFetchResponseTopics(r, version),
    errorCode: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeOffsetFetchResponseOffsetFetchResponseTopics(w: Writer, m: OffsetFetchResponseOffsetFetchResponseTopicsInit, version: number): void {
  if (version <= 9) w.compactString(m.name ?? '')
  if (version >= 10) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(w, m.partitions)
  w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponseTopics(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseTopics {
  const value: OffsetFetchResponseOffsetFetchResponseTopics = {
    name: version >= 10 ? '' : r.compactString(),
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    partitions: readArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeOffsetFetchResponseOffsetFetchResponsePartitions(w: Writer, m: OffsetFetchResponseOffsetFetchResponsePartitionsInit): void {
  w.int32(m.partitionIndex)
  w.int64(m.committedOffset)
  w.int32(m.committedLeaderEpoch ?? -1)
  w.compactNullableString(m.metadata ?? null)
  w.int16(m.errorCode)
  w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponsePartitions(r: Reader): OffsetFetchResponseOffsetFetchResponsePartitions {
  const value: OffsetFetchResponseOffsetFetchResponsePartitions = {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: r.int32(),
    metadata: r.compactNullableString(),
    errorCode: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetFetchResponseOffsetFetchResponseTopic(w: Writer, list: readonly OffsetFetchResponseOffsetFetchResponseTopicInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetFetchResponseOffsetFetchResponseTopic(w, element, version)
}

function readArrayOfOffsetFetchResponseOffsetFetchResponseTopic(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseTopic[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: OffsetFetchResponseOffsetFetchResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchResponseOffsetFetchResponseTopic(r, version))
  return list
}

function writeArrayOfOffsetFetchResponseOffsetFetchResponseGroup(w: Writer, list: readonly OffsetFetchResponseOffsetFetchResponseGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeOffsetFetchResponseOffsetFetchResponseGroup(w, element, version)
}

function readArrayOfOffsetFetchResponseOffsetFetchResponseGroup(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseGroup[] {
  const length = readLength(r, true, 5, 3)
  const list: OffsetFetchResponseOffsetFetchResponseGroup[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchResponseOffsetFetchResponseGroup(r, version))
  return list
}

function writeArrayOfOffsetFetchResponseOffsetFetchResponsePartition(w: Writer, list: readonly OffsetFetchResponseOffsetFetchResponsePartitionInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetFetchResponseOffsetFetchResponsePartition(w, element, version)
}

function readArrayOfOffsetFetchResponseOffsetFetchResponsePartition(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponsePartition[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 20 : 16, 5)
  const list: OffsetFetchResponseOffsetFetchResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchResponseOffsetFetchResponsePartition(r, version))
  return list
}

function writeArrayOfOffsetFetchResponseOffsetFetchResponseTopics(w: Writer, list: readonly OffsetFetchResponseOffsetFetchResponseTopicsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeOffsetFetchResponseOffsetFetchResponseTopics(w, element, version)
}

function readArrayOfOffsetFetchResponseOffsetFetchResponseTopics(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseTopics[] {
  const length = readLength(r, true, 3, 3)
  const list: OffsetFetchResponseOffsetFetchResponseTopics[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchResponseOffsetFetchResponseTopics(r, version))
  return list
}

function writeArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(w: Writer, list: readonly OffsetFetchResponseOffsetFetchResponsePartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeOffsetFetchResponseOffsetFetchResponsePartitions(w, element)
}

function readArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(r: Reader): OffsetFetchResponseOffsetFetchResponsePartitions[] {
  const length = readLength(r, true, 20, 5)
  const list: OffsetFetchResponseOffsetFetchResponsePartitions[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchResponseOffsetFetchResponsePartitions(r))
  return list
}

export function encodeOffsetFetchResponse(w: Writer, m: OffsetFetchResponseInit, version: number): void {
  if (!(version >= 1 && version <= 10)) unwritable('OffsetFetchResponse', version)
  writeOffsetFetchResponse(w, m, version)
}

export function decodeOffsetFetchResponse(r: Reader, version: number): OffsetFetchResponse {
  if (!(version >= 1 && version <= 10)) unreadable('OffsetFetchResponse', version, r)
  return readOffsetFetchResponse(r, version)
}

/** API key 9, versions 1-10. */
export const OffsetFetchApi: Api<OffsetFetchRequest, OffsetFetchRequestInit, OffsetFetchResponse, OffsetFetchResponseInit> = {
  key: 9,
  name: 'OffsetFetch',
  minVersion: 1,
  maxVersion: 10,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  encodeRequest: encodeOffsetFetchRequest,
  decodeRequest: decodeOffsetFetchRequest,
  encodeResponse: encodeOffsetFetchResponse,
  decodeResponse: decodeOffsetFetchResponse,
}

// groups/11-join-group.kmsg

export interface JoinGroupRequest {
  groupId: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs: number // 1-9
  memberId: string
  groupInstanceId: string | null // 5-9
  protocolType: string
  protocols: JoinGroupRequestJoinGroupRequestProtocol[]
  reason: string | null // 8-9
}

export interface JoinGroupRequestInit {
  groupId: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs?: number | undefined
  memberId: string
  groupInstanceId?: string | null | undefined
  protocolType: string
  protocols: readonly JoinGroupRequestJoinGroupRequestProtocolInit[]
  reason?: string | null | undefined
}

export interface JoinGroupRequestJoinGroupRequestProtocol {
  name: string
  metadata: Buffer
}

export interface JoinGroupRequestJoinGroupRequestProtocolInit {
  name: string
  metadata: Uint8Array
}

function writeJoinGroupRequest(w: Writer, m: JoinGroupRequestInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.sessionTimeoutMs)
  if (version >= 1) w.int32(m.rebalanceTimeoutMs ?? -1)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 5) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('JoinGroupRequest.groupInstanceId', version) }
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  writeArrayOfJoinGroupRequestJoinGroupRequestProtocol(w, m.protocols, version)
  if (version >= 8) w.compactNullableString(m.reason ?? null)
  if (flexible) w.uvarint(0)
}

function readJoinGroupRequest(r: Reader, version: number): JoinGroupRequest {
  const flexible = version >= 6
  const value: JoinGroupRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    sessionTimeoutMs: r.int32(),
    rebalanceTimeoutMs: version >= 1 ? r.int32() : -1,
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 5 ? r.nullableString() : null,
    protocolType: flexible ? r.compactString() : r.string(),
    protocols: readArrayOfJoinGroupRequestJoinGroupRequestProtocol(r, version),
    reason: version >= 8 ? r.compactNullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeJoinGroupRequestJoinGroupRequestProtocol(w: Writer, m: JoinGroupRequestJoinGroupRequestProtocolInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (flexible) w.compactBytes(m.metadata)
  else w.bytes(m.metadata)
  if (flexible) w.uvarint(0)
}

function readJoinGroupRequestJoinGroupRequestProtocol(r: Reader, version: number): JoinGroupRequestJoinGroupRequestProtocol {
  const flexible = version >= 6
  const value: JoinGroupRequestJoinGroupRequestProtocol = {
    name: flexible ? r.compactString() : r.string(),
    metadata: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfJoinGroupRequestJoinGroupRequestProtocol(w: Writer, list: readonly JoinGroupRequestJoinGroupRequestProtocolInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeJoinGroupRequestJoinGroupRequestProtocol(w, element, version)
}

function readArrayOfJoinGroupRequestJoinGroupRequestProtocol(r: Reader, version: number): JoinGroupRequestJoinGroupRequestProtocol[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: JoinGroupRequestJoinGroupRequestProtocol[] = []
  for (let index = 0; index < length; index++) list.push(readJoinGroupRequestJoinGroupRequestProtocol(r, version))
  return list
}

export function encodeJoinGroupRequest(w: Writer, m: JoinGroupRequestInit, version: number): void {
  if (!(version >= 0 && version <= 9)) unwritable('JoinGroupRequest', version)
  writeJoinGroupRequest(w, m, version)
}

export function decodeJoinGroupRequest(r: Reader, version: number): JoinGroupRequest {
  if (!(version >= 0 && version <= 9)) unreadable('JoinGroupRequest', version, r)
  return readJoinGroupRequest(r, version)
}

export interface JoinGroupResponse {
  throttleTimeMs: number // 2-9
  errorCode: number
  generationId: number
  protocolType: string | null // 7-9
  protocolName: string | null
  leader: string
  skipAssignment: boolean // 9
  memberId: string
  members: JoinGroupResponseJoinGroupResponseMember[]
}

export interface JoinGroupResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  generationId?: number | undefined
  protocolType?: string | null | undefined
  protocolName?: string | null | undefined
  leader: string
  skipAssignment?: boolean | undefined
  memberId: string
  members: readonly JoinGroupResponseJoinGroupResponseMemberInit[]
}

export interface JoinGroupResponseJoinGroupResponseMember {
  memberId: string
  groupInstanceId: string | null // 5-9
  metadata: Buffer
}

export interface JoinGroupResponseJoinGroupResponseMemberInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  metadata: Uint8Array
}

function writeJoinGroupResponse(w: Writer, m: JoinGroupResponseInit, version: number): void {
  const flexible = version >= 6
  if (version >= 2) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.int32(m.generationId ?? -1)
  if (version >= 7) w.compactNullableString(m.protocolType ?? null)
  if (version >= 7) w.compactNullableString(m.protocolName ?? null)
  else if (flexible) w.compactString(notNull(m.protocolName, '', 'JoinGroupResponse.protocolName', version))
  else w.string(notNull(m.protocolName, '', 'JoinGroupResponse.protocolName', version))
  if (flexible) w.compactString(m.leader)
  else w.string(m.leader)
  if (version >= 9) w.boolean(m.skipAssignment ?? false)
  else { if (m.skipAssignment !== undefined && m.skipAssignment !== false) refuse('JoinGroupResponse.skipAssignment', version) }
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  writeArrayOfJoinGroupResponseJoinGroupResponseMember(w, m.members, version)
  if (flexible) w.uvarint(0)
}

function readJoinGroupResponse(r: Reader, version: number): JoinGroupResponse {
  const flexible = version >= 6
  const value: JoinGroupResponse = {
    throttleTimeMs: version >= 2 ? r.int32() : 0,
    errorCode: r.int16(),
    generationId: r.int32(),
    protocolType: version >= 7 ? r.compactNullableString() : null,
    protocolName: version >= 7 ? r.compactNullableString() : flexible ? r.compactString() : r.string(),
    leader: flexible ? r.compactString() : r.string(),
    skipAssignment: version >= 9 ? r.boolean() : false,
    memberId: flexible ? r.compactString() : r.string(),
    members: readArrayOfJoinGroupResponseJoinGroupResponseMember(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeJoinGroupResponseJoinGroupResponseMember(w: Writer, m: JoinGroupResponseJoinGroupResponseMemberInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 5) w.nullableString(m.groupInstanceId ?? null)
  if (flexible) w.compactBytes(m.metadata)
  else w.bytes(m.metadata)
  if (flexible) w.uvarint(0)
}

function readJoinGroupResponseJoinGroupResponseMember(r: Reader, version: number): JoinGroupResponseJoinGroupResponseMember {
  const flexible = version >= 6
  const value: JoinGroupResponseJoinGroupResponseMember = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 5 ? r.nullableString() : null,
    metadata: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfJoinGroupResponseJoinGroupResponseMember(w: Writer, list: readonly JoinGroupResponseJoinGroupResponseMemberInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeJoinGroupResponseJoinGroupResponseMember(w, element, version)
}

function readArrayOfJoinGroupResponseJoinGroupResponseMember(r: Reader, version: number): JoinGroupResponseJoinGroupResponseMember[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 4 : 6, 3)
  const list: JoinGroupResponseJoinGroupResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readJoinGroupResponseJoinGroupResponseMember(r, version))
  return list
}

export function encodeJoinGroupResponse(w: Writer, m: JoinGroupResponseInit, version: number): void {
  if (!(version >= 0 && version <= 9)) unwritable('JoinGroupResponse', version)
  writeJoinGroupResponse(w, m, version)
}

export function decodeJoinGroupResponse(r: Reader, version: number): JoinGroupResponse {
  if (!(version >= 0 && version <= 9)) unreadable('JoinGroupResponse', version, r)
  return readJoinGroupResponse(r, version)
}

/** API key 11, versions 0-9. */
export const JoinGroupApi: Api<JoinGroupRequest, JoinGroupRequestInit, JoinGroupResponse, JoinGroupResponseInit> = {
  key: 11,
  name: 'JoinGroup',
  minVersion: 0,
  maxVersion: 9,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  encodeRequest: encodeJoinGroupRequest,
  decodeRequest: decodeJoinGroupRequest,
  encodeResponse: encodeJoinGroupResponse,
  decodeResponse: decodeJoinGroupResponse,
}

// groups/12-heartbeat.kmsg

export interface HeartbeatRequest {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId: string | null // 3-4
}

export interface HeartbeatRequestInit {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId?: string | null | undefined
}

function writeHeartbeatRequest(w: Writer, m: HeartbeatRequestInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.generationId)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 3) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('HeartbeatRequest.groupInstanceId', version) }
  if (flexible) w.uvarint(0)
}

function readHeartbeatRequest(r: Reader, version: number): HeartbeatRequest {
  const flexible = version >= 4
  const value: HeartbeatRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    generationId: r.int32(),
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeHeartbeatRequest(w: Writer, m: HeartbeatRequestInit, version: number): void {
  if (!(version >= 0 && version <= 4)) unwritable('HeartbeatRequest', version)
  writeHeartbeatRequest(w, m, version)
}

export function decodeHeartbeatRequest(r: Reader, version: number): HeartbeatRequest {
  if (!(version >= 0 && version <= 4)) unreadable('HeartbeatRequest', version, r)
  return readHeartbeatRequest(r, version)
}

export interface HeartbeatResponse {
  throttleTimeMs: number // 1-4
  errorCode: number
}

export interface HeartbeatResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
}

function writeHeartbeatResponse(w: Writer, m: HeartbeatResponseInit, version: number): void {
  const flexible = version >= 4
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readHeartbeatResponse(r: Reader, version: number): HeartbeatResponse {
  const flexible = version >= 4
  const value: HeartbeatResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeHeartbeatResponse(w: Writer, m: HeartbeatResponseInit, version: number): void {
  if (!(version >= 0 && version <= 4)) unwritable('HeartbeatResponse', version)
  writeHeartbeatResponse(w, m, version)
}

export function decodeHeartbeatResponse(r: Reader, version: number): HeartbeatResponse {
  if (!(version >= 0 && version <= 4)) unreadable('HeartbeatResponse', version, r)
  return readHeartbeatResponse(r, version)
}

/** API key 12, versions 0-4. */
export const HeartbeatApi: Api<HeartbeatRequest, HeartbeatRequestInit, HeartbeatResponse, HeartbeatResponseInit> = {
  key: 12,
  name: 'Heartbeat',
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeHeartbeatRequest,
  decodeRequest: decodeHeartbeatRequest,
  encodeResponse: encodeHeartbeatResponse,
  decodeResponse: decodeHeartbeatResponse,
}

// groups/13-leave-group.kmsg

export interface LeaveGroupRequest {
  groupId: string
  memberId: string // 0-2
  members: LeaveGroupRequestMemberIdentity[] // 3-5
}

export interface LeaveGroupRequestInit {
  groupId: string
  memberId?: string | undefined
  members?: readonly LeaveGroupRequestMemberIdentityInit[] | undefined
}

export interface LeaveGroupRequestMemberIdentity {
  memberId: string
  groupInstanceId: string | null
  reason: string | null // 5
}

export interface LeaveGroupRequestMemberIdentityInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  reason?: string | null | undefined
}

function writeLeaveGroupRequest(w: Writer, m: LeaveGroupRequestInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (version >= 3) { if (m.memberId !== undefined && m.memberId !== '') refuse('LeaveGroupRequest.memberId', version) }
  else w.string(m.memberId ?? '')
  if (version >= 3) writeArrayOfLeaveGroupRequestMemberIdentity(w, m.members ?? nothing, version)
  else { if (m.members !== undefined && m.members.length > 0) refuse('LeaveGroupRequest.members', version) }
  if (flexible) w.uvarint(0)
}

function readLeaveGroupRequest(r: Reader, version: number): LeaveGroupRequest {
  const flexible = version >= 4
  const value: LeaveGroupRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    memberId: version >= 3 ? '' : r.string(),
    members: version >= 3 ? readArrayOfLeaveGroupRequestMemberIdentity(r, version) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeLeaveGroupRequestMemberIdentity(w: Writer, m: LeaveGroupRequestMemberIdentityInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else w.nullableString(m.groupInstanceId ?? null)
  if (version >= 5) w.compactNullableString(m.reason ?? null)
  if (flexible) w.uvarint(0)
}

function readLeaveGroupRequestMemberIdentity(r: Reader, version: number): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4
  const value: LeaveGroupRequestMemberIdentity = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : r.nullableString(),
    reason: version >= 5 ? r.compactNullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfLeaveGroupRequestMemberIdentity(w: Writer, list: readonly LeaveGroupRequestMemberIdentityInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeLeaveGroupRequestMemberIdentity(w, element, version)
}

function readArrayOfLeaveGroupRequestMemberIdentity(r: Reader, version: number): LeaveGroupRequestMemberIdentity[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 4, 3)
  const list: LeaveGroupRequestMemberIdentity[] = []
  for (let index = 0; index < length; index++) list.push(readLeaveGroupRequestMemberIdentity(r, version))
  return list
}

export function encodeLeaveGroupRequest(w: Writer, m: LeaveGroupRequestInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('LeaveGroupRequest', version)
  writeLeaveGroupRequest(w, m, version)
}

export function decodeLeaveGroupRequest(r: Reader, version: number): LeaveGroupRequest {
  if (!(version >= 0 && version <= 5)) unreadable('LeaveGroupRequest', version, r)
  return readLeaveGroupRequest(r, version)
}

export interface LeaveGroupResponse {
  throttleTimeMs: number // 1-5
  errorCode: number
  members: LeaveGroupResponseMemberResponse[] // 3-5
}

export interface LeaveGroupResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  members?: readonly LeaveGroupResponseMemberResponseInit[] | undefined
}

export interface LeaveGroupResponseMemberResponse {
  memberId: string
  groupInstanceId: string | null
  errorCode: number
}

export interface LeaveGroupResponseMemberResponseInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  errorCode: number
}

function writeLeaveGroupResponse(w: Writer, m: LeaveGroupResponseInit, version: number): void {
  const flexible = version >= 4
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (version >= 3) writeArrayOfLeaveGroupResponseMemberResponse(w, m.members ?? nothing, version)
  else { if (m.members !== undefined && m.members.length > 0) refuse('LeaveGroupResponse.members', version) }
  if (flexible) w.uvarint(0)
}

function readLeaveGroupResponse(r: Reader, version: number): LeaveGroupResponse {
  const flexible = version >= 4
  const value: LeaveGroupResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    members: version >= 3 ? readArrayOfLeaveGroupResponseMemberResponse(r, version) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeLeaveGroupResponseMemberResponse(w: Writer, m: LeaveGroupResponseMemberResponseInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else w.nullableString(m.groupInstanceId ?? null)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readLeaveGroupResponseMemberResponse(r: Reader, version: number): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4
  const value: LeaveGroupResponseMemberResponse = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : r.nullableString(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfLeaveGroupResponseMemberResponse(w: Writer, list: readonly LeaveGroupResponseMemberResponseInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeLeaveGroupResponseMemberResponse(w, element, version)
}

function readArrayOfLeaveGroupResponseMemberResponse(r: Reader, version: number): LeaveGroupResponseMemberResponse[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 5 : 6, 3)
  const list: LeaveGroupResponseMemberResponse[] = []
  for (let index = 0; index < length; index++) list.push(readLeaveGroupResponseMemberResponse(r, version))
  return list
}

export function encodeLeaveGroupResponse(w: Writer, m: LeaveGroupResponseInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('LeaveGroupResponse', version)
  writeLeaveGroupResponse(w, m, version)
}

export function decodeLeaveGroupResponse(r: Reader, version: number): LeaveGroupResponse {
  if (!(version >= 0 && version <= 5)) unreadable('LeaveGroupResponse', version, r)
  return readLeaveGroupResponse(r, version)
}

/** API key 13, versions 0-5. */
export const LeaveGroupApi: Api<LeaveGroupRequest, LeaveGroupRequestInit, LeaveGroupResponse, LeaveGroupResponseInit> = {
  key: 13,
  name: 'LeaveGroup',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeLeaveGroupRequest,
  decodeRequest: decodeLeaveGroupRequest,
  encodeResponse: encodeLeaveGroupResponse,
  decodeResponse: decodeLeaveGroupResponse,
}

// groups/14-sync-group.kmsg

export interface SyncGroupRequest {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId: string | null // 3-5
  protocolType: string | null // 5
  protocolName: string | null // 5
  assignments: SyncGroupRequestSyncGroupRequestAssignment[]
}

export interface SyncGroupRequestInit {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId?: string | null | undefined
  protocolType?: string | null | undefined
  protocolName?: string | null | undefined
  assignments: readonly SyncGroupRequestSyncGroupRequestAssignmentInit[]
}

export interface SyncGroupRequestSyncGroupRequestAssignment {
  memberId: string
  assignment: Buffer
}

export interface SyncGroupRequestSyncGroupRequestAssignmentInit {
  memberId: string
  assignment: Uint8Array
}

function writeSyncGroupRequest(w: Writer, m: SyncGroupRequestInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.generationId)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 3) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('SyncGroupRequest.groupInstanceId', version) }
  if (version >= 5) w.compactNullableString(m.protocolType ?? null)
  if (version >= 5) w.compactNullableString(m.protocolName ?? null)
  writeArrayOfSyncGroupRequestSyncGroupRequestAssignment(w, m.assignments, version)
  if (flexible) w.uvarint(0)
}

function readSyncGroupRequest(r: Reader, version: number): SyncGroupRequest {
  const flexible = version >= 4
  const value: SyncGroupRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    generationId: r.int32(),
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
    protocolType: version >= 5 ? r.compactNullableString() : null,
    protocolName: version >= 5 ? r.compactNullableString() : null,
    assignments: readArrayOfSyncGroupRequestSyncGroupRequestAssignment(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeSyncGroupRequestSyncGroupRequestAssignment(w: Writer, m: SyncGroupRequestSyncGroupRequestAssignmentInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactBytes(m.assignment)
  else w.bytes(m.assignment)
  if (flexible) w.uvarint(0)
}

function readSyncGroupRequestSyncGroupRequestAssignment(r: Reader, version: number): SyncGroupRequestSyncGroupRequestAssignment {
  const flexible = version >= 4
  const value: SyncGroupRequestSyncGroupRequestAssignment = {
    memberId: flexible ? r.compactString() : r.string(),
    assignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfSyncGroupRequestSyncGroupRequestAssignment(w: Writer, list: readonly SyncGroupRequestSyncGroupRequestAssignmentInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeSyncGroupRequestSyncGroupRequestAssignment(w, element, version)
}

function readArrayOfSyncGroupRequestSyncGroupRequestAssignment(r: Reader, version: number): SyncGroupRequestSyncGroupRequestAssignment[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: SyncGroupRequestSyncGroupRequestAssignment[] = []
  for (let index = 0; index < length; index++) list.push(readSyncGroupRequestSyncGroupRequestAssignment(r, version))
  return list
}

export function encodeSyncGroupRequest(w: Writer, m: SyncGroupRequestInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('SyncGroupRequest', version)
  writeSyncGroupRequest(w, m, version)
}

export function decodeSyncGroupRequest(r: Reader, version: number): SyncGroupRequest {
  if (!(version >= 0 && version <= 5)) unreadable('SyncGroupRequest', version, r)
  return readSyncGroupRequest(r, version)
}

export interface SyncGroupResponse {
  throttleTimeMs: number // 1-5
  errorCode: number
  protocolType: string | null // 5
  protocolName: string | null // 5
  assignment: Buffer
}

export interface SyncGroupResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  protocolType?: string | null | undefined
  protocolName?: string | null | undefined
  assignment: Uint8Array
}

function writeSyncGroupResponse(w: Writer, m: SyncGroupResponseInit, version: number): void {
  const flexible = version >= 4
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (version >= 5) w.compactNullableString(m.protocolType ?? null)
  if (version >= 5) w.compactNullableString(m.protocolName ?? null)
  if (flexible) w.compactBytes(m.assignment)
  else w.bytes(m.assignment)
  if (flexible) w.uvarint(0)
}

function readSyncGroupResponse(r: Reader, version: number): SyncGroupResponse {
  const flexible = version >= 4
  const value: SyncGroupResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    protocolType: version >= 5 ? r.compactNullableString() : null,
    protocolName: version >= 5 ? r.compactNullableString() : null,
    assignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeSyncGroupResponse(w: Writer, m: SyncGroupResponseInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('SyncGroupResponse', version)
  writeSyncGroupResponse(w, m, version)
}

export function decodeSyncGroupResponse(r: Reader, version: number): SyncGroupResponse {
  if (!(version >= 0 && version <= 5)) unreadable('SyncGroupResponse', version, r)
  return readSyncGroupResponse(r, version)
}

/** API key 14, versions 0-5. */
export const SyncGroupApi: Api<SyncGroupRequest, SyncGroupRequestInit, SyncGroupResponse, SyncGroupResponseInit> = {
  key: 14,
  name: 'SyncGroup',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeSyncGroupRequest,
  decodeRequest: decodeSyncGroupRequest,
  encodeResponse: encodeSyncGroupResponse,
  decodeResponse: decodeSyncGroupResponse,
}

// groups/15-describe-groups.kmsg

export interface DescribeGroupsRequest {
  groups: string[]
  includeAuthorizedOperations: boolean // 3-6
}

export interface DescribeGroupsRequestInit {
  groups: readonly string[]
  includeAuthorizedOperations?: boolean | undefined
}

function writeDescribeGroupsRequest(w: Writer, m: DescribeGroupsRequestInit, version: number): void {
  const flexible = version >= 5
  writeStrings(w, m.groups, flexible)
  if (version >= 3) w.boolean(m.includeAuthorizedOperations ?? false)
  else { if (m.includeAuthorizedOperations !== undefined && m.includeAuthorizedOperations !== false) refuse('DescribeGroupsRequest.includeAuthorizedOperations', version) }
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsRequest(r: Reader, version: number): DescribeGroupsRequest {
  const flexible = version >= 5
  const value: DescribeGroupsRequest = {
    groups: readStrings(r, flexible),
    includeAuthorizedOperations: version >= 3 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeDescribeGroupsRequest(w: Writer, m: DescribeGroupsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 6)) unwritable('DescribeGroupsRequest', version)
  writeDescribeGroupsRequest(w, m, version)
}

export function decodeDescribeGroupsRequest(r: Reader, version: number): DescribeGroupsRequest {
  if (!(version >= 0 && version <= 6)) unreadable('DescribeGroupsRequest', version, r)
  return readDescribeGroupsRequest(r, version)
}

export interface DescribeGroupsResponse {
  throttleTimeMs: number // 1-6
  groups: DescribeGroupsResponseDescribedGroup[]
}

export interface DescribeGroupsResponseInit {
  throttleTimeMs?: number | undefined
  groups: readonly DescribeGroupsResponseDescribedGroupInit[]
}

export interface DescribeGroupsResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null // 6
  groupId: string
  groupState: string
  protocolType: string
  protocolData: string
  members: DescribeGroupsResponseDescribedGroupMember[]
  authorizedOperations: number // 3-6
}

export interface DescribeGroupsResponseDescribedGroupInit {
  errorCode: number
  errorMessage?: string | null | undefined
  groupId: string
  groupState: string
  protocolType: string
  protocolData: string
  members: readonly DescribeGroupsResponseDescribedGroupMemberInit[]
  authorizedOperations?: number | undefined
}

export interface DescribeGroupsResponseDescribedGroupMember {
  memberId: string
  groupInstanceId: string | null // 4-6
  clientId: string
  clientHost: string
  memberMetadata: Buffer
  memberAssignment: Buffer
}

export interface DescribeGroupsResponseDescribedGroupMemberInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  clientId: string
  clientHost: string
  memberMetadata: Uint8Array
  memberAssignment: Uint8Array
}

function writeDescribeGroupsResponse(w: Writer, m: DescribeGroupsResponseInit, version: number): void {
  const flexible = version >= 5
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDescribeGroupsResponseDescribedGroup(w, m.groups, version)
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsResponse(r: Reader, version: number): DescribeGroupsResponse {
  const flexible = version >= 5
  const value: DescribeGroupsResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    groups: readArrayOfDescribeGroupsResponseDescribedGroup(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeGroupsResponseDescribedGroup(w: Writer, m: DescribeGroupsResponseDescribedGroupInit, version: number): void {
  const flexible = version >= 5
  w.int16(m.errorCode)
  if (version >= 6) w.compactNullableString(m.errorMessage ?? null)
  else { if (m.errorMessage !== undefined && m.errorMessage !== null) refuse('DescribeGroupsResponseDescribedGroup.errorMessage', version) }
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (flexible) w.compactString(m.groupState)
  else w.string(m.groupState)
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  if (flexible) w.compactString(m.protocolData)
  else w.string(m.protocolData)
  writeArrayOfDescribeGroupsResponseDescribedGroupMember(w, m.members, version)
  if (version >= 3) w.int32(m.authorizedOperations ?? -2147483648)
  else { if (m.authorizedOperations !== undefined && m.authorizedOperations !== -2147483648) refuse('DescribeGroupsResponseDescribedGroup.authorizedOperations', version) }
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsResponseDescribedGroup(r: Reader, version: number): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5
  const value: DescribeGroupsResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: version >= 6 ? r.compactNullableString() : null,
    groupId: flexible ? r.compactString() : r.string(),
    groupState: flexible ? r.compactString() : r.string(),
    protocolType: flexible ? r.compactString() : r.string(),
    protocolData: flexible ? r.compactString() : r.string(),
    members: readArrayOfDescribeGroupsResponseDescribedGroupMember(r, version),
    authorizedOperations: version >= 3 ? r.int32() : -2147483648,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeGroupsResponseDescribedGroupMember(w: Writer, m: DescribeGroupsResponseDescribedGroupMemberInit, version: number): void {
  const flexible = version >= 5
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 4) w.nullableString(m.groupInstanceId ?? null)
  if (flexible) w.compactString(m.clientId)
  else w.string(m.clientId)
  if (flexible) w.compactString(m.clientHost)
  else w.string(m.clientHost)
  if (flexible) w.compactBytes(m.memberMetadata)
  else w.bytes(m.memberMetadata)
  if (flexible) w.compactBytes(m.memberAssignment)
  else w.bytes(m.memberAssignment)
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsResponseDescribedGroupMember(r: Reader, version: number): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5
  const value: DescribeGroupsResponseDescribedGroupMember = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 4 ? r.nullableString() : null,
    clientId: flexible ? r.compactString() : r.string(),
    clientHost: flexible ? r.compactString() : r.string(),
    memberMetadata: flexible ? r.compactBytes() : r.bytes(),
    memberAssignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeGroupsResponseDescribedGroup(w: Writer, list: readonly DescribeGroupsResponseDescribedGroupInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeGroupsResponseDescribedGroup(w, element, version)
}

function readArrayOfDescribeGroupsResponseDescribedGroup(r: Reader, version: number): DescribeGroupsResponseDescribedGroup[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 12 : 14, 8)
  const list: DescribeGroupsResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeGroupsResponseDescribedGroup(r, version))
  return list
}

function writeArrayOfDescribeGroupsResponseDescribedGroupMember(w: Writer, list: readonly DescribeGroupsResponseDescribedGroupMemberInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeGroupsResponseDescribedGroupMember(w, element, version)
}

function readArrayOfDescribeGroupsResponseDescribedGroupMember(r: Reader, version: number): DescribeGroupsResponseDescribedGroupMember[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 7 : 14, 6)
  const list: DescribeGroupsResponseDescribedGroupMember[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeGroupsResponseDescribedGroupMember(r, version))
  return list
}

export function encodeDescribeGroupsResponse(w: Writer, m: DescribeGroupsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 6)) unwritable('DescribeGroupsResponse', version)
  writeDescribeGroupsResponse(w, m, version)
}

export function decodeDescribeGroupsResponse(r: Reader, version: number): DescribeGroupsResponse {
  if (!(version >= 0 && version <= 6)) unreadable('DescribeGroupsResponse', version, r)
  return readDescribeGroupsResponse(r, version)
}

/** API key 15, versions 0-6. */
export const DescribeGroupsApi: Api<DescribeGroupsRequest, DescribeGroupsRequestInit, DescribeGroupsResponse, DescribeGroupsResponseInit> = {
  key: 15,
  name: 'DescribeGroups',
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeGroupsRequest,
  decodeRequest: decodeDescribeGroupsRequest,
  encodeResponse: encodeDescribeGroupsResponse,
  decodeResponse: decodeDescribeGroupsResponse,
}

// groups/16-list-groups.kmsg

export interface ListGroupsRequest {
  statesFilter: string[] // 4-5
  typesFilter: string[] // 5
}

export interface ListGroupsRequestInit {
  statesFilter?: readonly string[] | undefined
  typesFilter?: readonly string[] | undefined
}

function writeListGroupsRequest(w: Writer, m: ListGroupsRequestInit, version: number): void {
  const flexible = version >= 3
  if (version >= 4) writeStrings(w, m.statesFilter ?? nothing, flexible)
  else { if (m.statesFilter !== undefined && m.statesFilter.length > 0) refuse('ListGroupsRequest.statesFilter', version) }
  if (version >= 5) writeStrings(w, m.typesFilter ?? nothing, flexible)
  else { if (m.typesFilter !== undefined && m.typesFilter.length > 0) refuse('ListGroupsRequest.typesFilter', version) }
  if (flexible) w.uvarint(0)
}

function readListGroupsRequest(r: Reader, version: number): ListGroupsRequest {
  const flexible = version >= 3
  const value: ListGroupsRequest = {
    statesFilter: version >= 4 ? readStrings(r, flexible) : [],
    typesFilter: version >= 5 ? readStrings(r, flexible) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeListGroupsRequest(w: Writer, m: ListGroupsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('ListGroupsRequest', version)
  writeListGroupsRequest(w, m, version)
}

export function decodeListGroupsRequest(r: Reader, version: number): ListGroupsRequest {
  if (!(version >= 0 && version <= 5)) unreadable('ListGroupsRequest', version, r)
  return readListGroupsRequest(r, version)
}

export interface ListGroupsResponse {
  throttleTimeMs: number // 1-5
  errorCode: number
  groups: ListGroupsResponseListedGroup[]
}

export interface ListGroupsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  groups: readonly ListGroupsResponseListedGroupInit[]
}

export interface ListGroupsResponseListedGroup {
  groupId: string
  protocolType: string
  groupState: string // 4-5
  groupType: string // 5
}

export interface ListGroupsResponseListedGroupInit {
  groupId: string
  protocolType: string
  groupState?: string | undefined
  groupType?: string | undefined
}

function writeListGroupsResponse(w: Writer, m: ListGroupsResponseInit, version: number): void {
  const flexible = version >= 3
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  writeArrayOfListGroupsResponseListedGroup(w, m.groups, version)
  if (flexible) w.uvarint(0)
}

function readListGroupsResponse(r: Reader, version: number): ListGroupsResponse {
  const flexible = version >= 3
  const value: ListGroupsResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    groups: readArrayOfListGroupsResponseListedGroup(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListGroupsResponseListedGroup(w: Writer, m: ListGroupsResponseListedGroupInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  if (version >= 4) w.compactString(m.groupState ?? '')
  if (version >= 5) w.compactString(m.groupType ?? '')
  if (flexible) w.uvarint(0)
}

function readListGroupsResponseListedGroup(r: Reader, version: number): ListGroupsResponseListedGroup {
  const flexible = version >= 3
  const value: ListGroupsResponseListedGroup = {
    groupId: flexible ? r.compactString() : r.string(),
    protocolType: flexible ? r.compactString() : r.string(),
    groupState: version >= 4 ? r.compactString() : '',
    groupType: version >= 5 ? r.compactString() : '',
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfListGroupsResponseListedGroup(w: Writer, list: readonly ListGroupsResponseListedGroupInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeListGroupsResponseListedGroup(w, element, version)
}

function readArrayOfListGroupsResponseListedGroup(r: Reader, version: number): ListGroupsResponseListedGroup[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 4, 4)
  const list: ListGroupsResponseListedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readListGroupsResponseListedGroup(r, version))
  return list
}

export function encodeListGroupsResponse(w: Writer, m: ListGroupsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('ListGroupsResponse', version)
  writeListGroupsResponse(w, m, version)
}

export function decodeListGroupsResponse(r: Reader, version: number): ListGroupsResponse {
  if (!(version >= 0 && version <= 5)) unreadable('ListGroupsResponse', version, r)
  return readListGroupsResponse(r, version)
}

/** API key 16, versions 0-5. */
export const ListGroupsApi: Api<ListGroupsRequest, ListGroupsRequestInit, ListGroupsResponse, ListGroupsResponseInit> = {
  key: 16,
  name: 'ListGroups',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeListGroupsRequest,
  decodeRequest: decodeListGroupsRequest,
  encodeResponse: encodeListGroupsResponse,
  decodeResponse: decodeListGroupsResponse,
}

// groups/42-delete-groups.kmsg

export interface DeleteGroupsRequest {
  groupsNames: string[]
}

export interface DeleteGroupsRequestInit {
  groupsNames: readonly string[]
}

function writeDeleteGroupsRequest(w: Writer, m: DeleteGroupsRequestInit, version: number): void {
  const flexible = version >= 2
  writeStrings(w, m.groupsNames, flexible)
  if (flexible) w.uvarint(0)
}

function readDeleteGroupsRequest(r: Reader, version: number): DeleteGroupsRequest {
  const flexible = version >= 2
  const value: DeleteGroupsRequest = {
    groupsNames: readStrings(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeDeleteGroupsRequest(w: Writer, m: DeleteGroupsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DeleteGroupsRequest', version)
  writeDeleteGroupsRequest(w, m, version)
}

export function decodeDeleteGroupsRequest(r: Reader, version: number): DeleteGroupsRequest {
  if (!(version >= 0 && version <= 2)) unreadable('DeleteGroupsRequest', version, r)
  return readDeleteGroupsRequest(r, version)
}

export interface DeleteGroupsResponse {
  throttleTimeMs: number
  results: DeleteGroupsResponseDeletableGroupResult[]
}

export interface DeleteGroupsResponseInit {
  throttleTimeMs?: number | undefined
  results: readonly DeleteGroupsResponseDeletableGroupResultInit[]
}

export interface DeleteGroupsResponseDeletableGroupResult {
  groupId: string
  errorCode: number
}

export type DeleteGroupsResponseDeletableGroupResultInit = DeleteGroupsResponseDeletableGroupResult

function writeDeleteGroupsResponse(w: Writer, m: DeleteGroupsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDeleteGroupsResponseDeletableGroupResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readDeleteGroupsResponse(r: Reader, version: number): DeleteGroupsResponse {
  const flexible = version >= 2
  const value: DeleteGroupsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfDeleteGroupsResponseDeletableGroupResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteGroupsResponseDeletableGroupResult(w: Writer, m: DeleteGroupsResponseDeletableGroupResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readDeleteGroupsResponseDeletableGroupResult(r: Reader, version: number): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2
  const value: DeleteGroupsResponseDeletableGroupResult = {
    groupId: flexible ? r.compactString() : r.string(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteGroupsResponseDeletableGroupResult(w: Writer, list: readonly DeleteGroupsResponseDeletableGroupResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteGroupsResponseDeletableGroupResult(w, element, version)
}

function readArrayOfDeleteGroupsResponseDeletableGroupResult(r: Reader, version: number): DeleteGroupsResponseDeletableGroupResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 4 : 4, 2)
  const list: DeleteGroupsResponseDeletableGroupResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteGroupsResponseDeletableGroupResult(r, version))
  return list
}

export function encodeDeleteGroupsResponse(w: Writer, m: DeleteGroupsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DeleteGroupsResponse', version)
  writeDeleteGroupsResponse(w, m, version)
}

export function decodeDeleteGroupsResponse(r: Reader, version: number): DeleteGroupsResponse {
  if (!(version >= 0 && version <= 2)) unreadable('DeleteGroupsResponse', version, r)
  return readDeleteGroupsResponse(r, version)
}

/** API key 42, versions 0-2. */
export const DeleteGroupsApi: Api<DeleteGroupsRequest, DeleteGroupsRequestInit, DeleteGroupsResponse, DeleteGroupsResponseInit> = {
  key: 42,
  name: 'DeleteGroups',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteGroupsRequest,
  decodeRequest: decodeDeleteGroupsRequest,
  encodeResponse: encodeDeleteGroupsResponse,
  decodeResponse: decodeDeleteGroupsResponse,
}

// groups/47-offset-delete.kmsg

export interface OffsetDeleteRequest {
  groupId: string
  topics: OffsetDeleteRequestOffsetDeleteRequestTopic[]
}

export interface OffsetDeleteRequestInit {
  groupId: string
  topics: readonly OffsetDeleteRequestOffsetDeleteRequestTopicInit[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestTopic {
  name: string
  partitions: OffsetDeleteRequestOffsetDeleteRequestPartition[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestTopicInit {
  name: string
  partitions: readonly OffsetDeleteRequestOffsetDeleteRequestPartitionInit[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestPartition {
  partitionIndex: number
}

export type OffsetDeleteRequestOffsetDeleteRequestPartitionInit = OffsetDeleteRequestOffsetDeleteRequestPartition

function writeOffsetDeleteRequest(w: Writer, m: OffsetDeleteRequestInit): void {
  w.string(m.groupId)
  writeArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(w, m.topics)
}

function readOffsetDeleteRequest(r: Reader): OffsetDeleteRequest {
  return {
    groupId: r.string(),
    topics: readArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(r),
  }
}

function writeOffsetDeleteRequestOffsetDeleteRequestTopic(w: Writer, m: OffsetDeleteRequestOffsetDeleteRequestTopicInit): void {
  w.string(m.name)
  writeArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(w, m.partitions)
}

function readOffsetDeleteRequestOffsetDeleteRequestTopic(r: Reader): OffsetDeleteRequestOffsetDeleteRequestTopic {
  return {
    name: r.string(),
    partitions: readArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(r),
  }
}

function writeOffsetDeleteRequestOffsetDeleteRequestPartition(w: Writer, m: OffsetDeleteRequestOffsetDeleteRequestPartitionInit): void {
  w.int32(m.partitionIndex)
}

function readOffsetDeleteRequestOffsetDeleteRequestPartition(r: Reader): OffsetDeleteRequestOffsetDeleteRequestPartition {
  return {
    partitionIndex: r.int32(),
  }
}

function writeArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(w: Writer, list: readonly OffsetDeleteRequestOffsetDeleteRequestTopicInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteRequestOffsetDeleteRequestTopic(w, element)
}

function readArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(r: Reader): OffsetDeleteRequestOffsetDeleteRequestTopic[] {
  const length = readLength(r, false, 6, 2)
  const list: OffsetDeleteRequestOffsetDeleteRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteRequestOffsetDeleteRequestTopic(r))
  return list
}

function writeArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(w: Writer, list: readonly OffsetDeleteRequestOffsetDeleteRequestPartitionInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteRequestOffsetDeleteRequestPartition(w, element)
}

function readArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(r: Reader): OffsetDeleteRequestOffsetDeleteRequestPartition[] {
  const length = readLength(r, false, 4, 1)
  const list: OffsetDeleteRequestOffsetDeleteRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteRequestOffsetDeleteRequestPartition(r))
  return list
}

export function encodeOffsetDeleteRequest(w: Writer, m: OffsetDeleteRequestInit, version: number): void {
  if (version !== 0) unwritable('OffsetDeleteRequest', version)
  writeOffsetDeleteRequest(w, m)
}

export function decodeOffsetDeleteRequest(r: Reader, version: number): OffsetDeleteRequest {
  if (version !== 0) unreadable('OffsetDeleteRequest', version, r)
  return readOffsetDeleteRequest(r)
}

export interface OffsetDeleteResponse {
  errorCode: number
  throttleTimeMs: number
  topics: OffsetDeleteResponseOffsetDeleteResponseTopic[]
}

export interface OffsetDeleteResponseInit {
  errorCode: number
  throttleTimeMs?: number | undefined
  topics: readonly OffsetDeleteResponseOffsetDeleteResponseTopicInit[]
}

export interface OffsetDeleteResponseOffsetDeleteResponseTopic {
  name: string
  partitions: OffsetDeleteResponseOffsetDeleteResponsePartition[]
}

export interface OffsetDeleteResponseOffsetDeleteResponseTopicInit {
  name: string
  partitions: readonly OffsetDeleteResponseOffsetDeleteResponsePartitionInit[]
}

export interface OffsetDeleteResponseOffsetDeleteResponsePartition {
  partitionIndex: number
  errorCode: number
}

export type OffsetDeleteResponseOffsetDeleteResponsePartitionInit = OffsetDeleteResponseOffsetDeleteResponsePartition

function writeOffsetDeleteResponse(w: Writer, m: OffsetDeleteResponseInit): void {
  w.int16(m.errorCode)
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(w, m.topics)
}

function readOffsetDeleteResponse(r: Reader): OffsetDeleteResponse {
  return {
    errorCode: r.int16(),
    throttleTimeMs: r.int32(),
    topics: readArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(r),
  }
}

function writeOffsetDeleteResponseOffsetDeleteResponseTopic(w: Writer, m: OffsetDeleteResponseOffsetDeleteResponseTopicInit): void {
  w.string(m.name)
  writeArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(w, m.partitions)
}

function readOffsetDeleteResponseOffsetDeleteResponseTopic(r: Reader): OffsetDeleteResponseOffsetDeleteResponseTopic {
  return {
    name: r.string(),
    partitions: readArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(r),
  }
}

function writeOffsetDeleteResponseOffsetDeleteResponsePartition(w: Writer, m: OffsetDeleteResponseOffsetDeleteResponsePartitionInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
}

function readOffsetDeleteResponseOffsetDeleteResponsePartition(r: Reader): OffsetDeleteResponseOffsetDeleteResponsePartition {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
}

function writeArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(w: Writer, list: readonly OffsetDeleteResponseOffsetDeleteResponseTopicInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteResponseOffsetDeleteResponseTopic(w, element)
}

function readArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(r: Reader): OffsetDeleteResponseOffsetDeleteResponseTopic[] {
  const length = readLength(r, false, 6, 2)
  const list: OffsetDeleteResponseOffsetDeleteResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteResponseOffsetDeleteResponseTopic(r))
  return list
}

function writeArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(w: Writer, list: readonly OffsetDeleteResponseOffsetDeleteResponsePartitionInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteResponseOffsetDeleteResponsePartition(w, element)
}

function readArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(r: Reader): OffsetDeleteResponseOffsetDeleteResponsePartition[] {
  const length = readLength(r, false, 6, 2)
  const list: OffsetDeleteResponseOffsetDeleteResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteResponseOffsetDeleteResponsePartition(r))
  return list
}

export function encodeOffsetDeleteResponse(w: Writer, m: OffsetDeleteResponseInit, version: number): void {
  if (version !== 0) unwritable('OffsetDeleteResponse', version)
  writeOffsetDeleteResponse(w, m)
}

export function decodeOffsetDeleteResponse(r: Reader, version: number): OffsetDeleteResponse {
  if (version !== 0) unreadable('OffsetDeleteResponse', version, r)
  return readOffsetDeleteResponse(r)
}

/** API key 47, versions 0. */
export const OffsetDeleteApi: Api<OffsetDeleteRequest, OffsetDeleteRequestInit, OffsetDeleteResponse, OffsetDeleteResponseInit> = {
  key: 47,
  name: 'OffsetDelete',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: Infinity,
  latestVersionUnstable: false,
  encodeRequest: encodeOffsetDeleteRequest,
  decodeRequest: decodeOffsetDeleteRequest,
  encodeResponse: encodeOffsetDeleteResponse,
  decodeResponse: decodeOffsetDeleteResponse,
}

// groups/68-consumer-group-heartbeat.kmsg

export interface ConsumerGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  instanceId: string | null
  rackId: string | null
  rebalanceTimeoutMs: number
  subscribedTopicNames: string[] | null
  subscribedTopicRegex: string | null // 1
  serverAssignor: string | null
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null
}

export interface ConsumerGroupHeartbeatRequestInit {
  groupId: string
  memberId: string
  memberEpoch: number
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  rebalanceTimeoutMs?: number | undefined
  subscribedTopicNames?: readonly string[] | null | undefined
  subscribedTopicRegex?: string | null | undefined
  serverAssignor?: string | null | undefined
  topicPartitions?: readonly ConsumerGroupHeartbeatRequestTopicPartitionsInit[] | null | undefined
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ConsumerGroupHeartbeatRequestTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeConsumerGroupHeartbeatRequest(w: Writer, m: ConsumerGroupHeartbeatRequestInit, version: number): void {
  w.compactString(m.groupId)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  writeNullableStrings(w, m.subscribedTopicNames ?? null, true)
  if (version >= 1) w.compactNullableString(m.subscribedTopicRegex ?? null)
  else { if (m.subscribedTopicRegex !== undefined && m.subscribedTopicRegex !== null) refuse('ConsumerGroupHeartbeatRequest.subscribedTopicRegex', version) }
  w.compactNullableString(m.serverAssignor ?? null)
  writeNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(w, m.topicPartitions ?? null)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatRequest(r: Reader, version: number): ConsumerGroupHeartbeatRequest {
  const value: ConsumerGroupHeartbeatRequest = {
    groupId: r.compactString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    subscribedTopicNames: readNullableStrings(r, true),
    subscribedTopicRegex: version >= 1 ? r.compactNullableString() : null,
    serverAssignor: r.compactNullableString(),
    topicPartitions: readNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupHeartbeatRequestTopicPartitions(w: Writer, m: ConsumerGroupHeartbeatRequestTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatRequestTopicPartitions(r: Reader): ConsumerGroupHeartbeatRequestTopicPartitions {
  const value: ConsumerGroupHeartbeatRequestTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(w: Writer, list: readonly ConsumerGroupHeartbeatRequestTopicPartitionsInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeConsumerGroupHeartbeatRequestTopicPartitions(w, element)
}

function readNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(r: Reader): ConsumerGroupHeartbeatRequestTopicPartitions[] | null {
  const length = readNullableLength(r, true, 18, 2)
  if (length < 0) return null
  const list: ConsumerGroupHeartbeatRequestTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupHeartbeatRequestTopicPartitions(r))
  return list
}

export function encodeConsumerGroupHeartbeatRequest(w: Writer, m: ConsumerGroupHeartbeatRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ConsumerGroupHeartbeatRequest', version)
  writeConsumerGroupHeartbeatRequest(w, m, version)
}

export function decodeConsumerGroupHeartbeatRequest(r: Reader, version: number): ConsumerGroupHeartbeatRequest {
  if (!(version >= 0 && version <= 1)) unreadable('ConsumerGroupHeartbeatRequest', version, r)
  return readConsumerGroupHeartbeatRequest(r, version)
}

export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string | null
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment: ConsumerGroupHeartbeatResponseAssignment | null
}

export interface ConsumerGroupHeartbeatResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  memberId?: string | null | undefined
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment?: ConsumerGroupHeartbeatResponseAssignmentInit | null | undefined
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[]
}

export interface ConsumerGroupHeartbeatResponseAssignmentInit {
  topicPartitions: readonly ConsumerGroupHeartbeatResponseTopicPartitionsInit[]
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ConsumerGroupHeartbeatResponseTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeConsumerGroupHeartbeatResponse(w: Writer, m: ConsumerGroupHeartbeatResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactNullableString(m.memberId ?? null)
  w.int32(m.memberEpoch)
  w.int32(m.heartbeatIntervalMs)
  writeNullableConsumerGroupHeartbeatResponseAssignment(w, m.assignment ?? null)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatResponse(r: Reader): ConsumerGroupHeartbeatResponse {
  const value: ConsumerGroupHeartbeatResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    memberId: r.compactNullableString(),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    assignment: readNullableConsumerGroupHeartbeatResponseAssignment(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupHeartbeatResponseAssignment(w: Writer, m: ConsumerGroupHeartbeatResponseAssignmentInit): void {
  writeArrayOfConsumerGroupHeartbeatResponseTopicPartitions(w, m.topicPartitions)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatResponseAssignment(r: Reader): ConsumerGroupHeartbeatResponseAssignment {
  const value: ConsumerGroupHeartbeatResponseAssignment = {
    topicPartitions: readArrayOfConsumerGroupHeartbeatResponseTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupHeartbeatResponseTopicPartitions(w: Writer, m: ConsumerGroupHeartbeatResponseTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatResponseTopicPartitions(r: Reader): ConsumerGroupHeartbeatResponseTopicPartitions {
  const value: ConsumerGroupHeartbeatResponseTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableConsumerGroupHeartbeatResponseAssignment(w: Writer, m: ConsumerGroupHeartbeatResponseAssignmentInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeConsumerGroupHeartbeatResponseAssignment(w, m)
}

function readNullableConsumerGroupHeartbeatResponseAssignment(r: Reader): ConsumerGroupHeartbeatResponseAssignment | null {
  return r.int8() < 0 ? null : readConsumerGroupHeartbeatResponseAssignment(r)
}

function writeArrayOfConsumerGroupHeartbeatResponseTopicPartitions(w: Writer, list: readonly ConsumerGroupHeartbeatResponseTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupHeartbeatResponseTopicPartitions(w, element)
}

function readArrayOfConsumerGroupHeartbeatResponseTopicPartitions(r: Reader): ConsumerGroupHeartbeatResponseTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ConsumerGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupHeartbeatResponseTopicPartitions(r))
  return list
}

export function encodeConsumerGroupHeartbeatResponse(w: Writer, m: ConsumerGroupHeartbeatResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ConsumerGroupHeartbeatResponse', version)
  writeConsumerGroupHeartbeatResponse(w, m)
}

export function decodeConsumerGroupHeartbeatResponse(r: Reader, version: number): ConsumerGroupHeartbeatResponse {
  if (!(version >= 0 && version <= 1)) unreadable('ConsumerGroupHeartbeatResponse', version, r)
  return readConsumerGroupHeartbeatResponse(r)
}

/** API key 68, versions 0-1. */
export const ConsumerGroupHeartbeatApi: Api<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatRequestInit, ConsumerGroupHeartbeatResponse, ConsumerGroupHeartbeatResponseInit> = {
  key: 68,
  name: 'ConsumerGroupHeartbeat',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeConsumerGroupHeartbeatRequest,
  decodeRequest: decodeConsumerGroupHeartbeatRequest,
  encodeResponse: encodeConsumerGroupHeartbeatResponse,
  decodeResponse: decodeConsumerGroupHeartbeatResponse,
}

// groups/69-consumer-group-describe.kmsg

export interface ConsumerGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export interface ConsumerGroupDescribeRequestInit {
  groupIds: readonly string[]
  includeAuthorizedOperations: boolean
}

function writeConsumerGroupDescribeRequest(w: Writer, m: ConsumerGroupDescribeRequestInit): void {
  writeStrings(w, m.groupIds, true)
  w.boolean(m.includeAuthorizedOperations)
  w.uvarint(0)
}

function readConsumerGroupDescribeRequest(r: Reader): ConsumerGroupDescribeRequest {
  const value: ConsumerGroupDescribeRequest = {
    groupIds: readStrings(r, true),
    includeAuthorizedOperations: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeConsumerGroupDescribeRequest(w: Writer, m: ConsumerGroupDescribeRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ConsumerGroupDescribeRequest', version)
  writeConsumerGroupDescribeRequest(w, m)
}

export function decodeConsumerGroupDescribeRequest(r: Reader, version: number): ConsumerGroupDescribeRequest {
  if (!(version >= 0 && version <= 1)) unreadable('ConsumerGroupDescribeRequest', version, r)
  return readConsumerGroupDescribeRequest(r)
}

export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number
  groups: ConsumerGroupDescribeResponseDescribedGroup[]
}

export interface ConsumerGroupDescribeResponseInit {
  throttleTimeMs?: number | undefined
  groups: readonly ConsumerGroupDescribeResponseDescribedGroupInit[]
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: ConsumerGroupDescribeResponseMember[]
  authorizedOperations: number
}

export interface ConsumerGroupDescribeResponseDescribedGroupInit {
  errorCode: number
  errorMessage?: string | null | undefined
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: readonly ConsumerGroupDescribeResponseMemberInit[]
  authorizedOperations?: number | undefined
}

export interface ConsumerGroupDescribeResponseMember {
  memberId: string
  instanceId: string | null
  rackId: string | null
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  subscribedTopicRegex: string | null
  assignment: ConsumerGroupDescribeResponseAssignment
  targetAssignment: ConsumerGroupDescribeResponseAssignment
  memberType: number // 1
}

export interface ConsumerGroupDescribeResponseMemberInit {
  memberId: string
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
  subscribedTopicRegex?: string | null | undefined
  assignment: ConsumerGroupDescribeResponseAssignmentInit
  targetAssignment: ConsumerGroupDescribeResponseAssignmentInit
  memberType?: number | undefined
}

export interface ConsumerGroupDescribeResponseAssignment {
  topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[]
}

export interface ConsumerGroupDescribeResponseAssignmentInit {
  topicPartitions: readonly ConsumerGroupDescribeResponseTopicPartitionsInit[]
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  topicId: string
  topicName: string
  partitions: number[]
}

export interface ConsumerGroupDescribeResponseTopicPartitionsInit {
  topicId: string
  topicName: string
  partitions: readonly number[]
}

function writeConsumerGroupDescribeResponse(w: Writer, m: ConsumerGroupDescribeResponseInit, version: number): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfConsumerGroupDescribeResponseDescribedGroup(w, m.groups, version)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponse(r: Reader, version: number): ConsumerGroupDescribeResponse {
  const value: ConsumerGroupDescribeResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfConsumerGroupDescribeResponseDescribedGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseDescribedGroup(w: Writer, m: ConsumerGroupDescribeResponseDescribedGroupInit, version: number): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.groupId)
  w.compactString(m.groupState)
  w.int32(m.groupEpoch)
  w.int32(m.assignmentEpoch)
  w.compactString(m.assignorName)
  writeArrayOfConsumerGroupDescribeResponseMember(w, m.members, version)
  w.int32(m.authorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseDescribedGroup(r: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup {
  const value: ConsumerGroupDescribeResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    groupId: r.compactString(),
    groupState: r.compactString(),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    assignorName: r.compactString(),
    members: readArrayOfConsumerGroupDescribeResponseMember(r, version),
    authorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseMember(w: Writer, m: ConsumerGroupDescribeResponseMemberInit, version: number): void {
  w.compactString(m.memberId)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.memberEpoch)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.compactNullableString(m.subscribedTopicRegex ?? null)
  writeConsumerGroupDescribeResponseAssignment(w, m.assignment)
  writeConsumerGroupDescribeResponseAssignment(w, m.targetAssignment)
  if (version >= 1) w.int8(m.memberType ?? -1)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseMember(r: Reader, version: number): ConsumerGroupDescribeResponseMember {
  const value: ConsumerGroupDescribeResponseMember = {
    memberId: r.compactString(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    memberEpoch: r.int32(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    subscribedTopicRegex: r.compactNullableString(),
    assignment: readConsumerGroupDescribeResponseAssignment(r),
    targetAssignment: readConsumerGroupDescribeResponseAssignment(r),
    memberType: version >= 1 ? r.int8() : -1,
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseAssignment(w: Writer, m: ConsumerGroupDescribeResponseAssignmentInit): void {
  writeArrayOfConsumerGroupDescribeResponseTopicPartitions(w, m.topicPartitions)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseAssignment(r: Reader): ConsumerGroupDescribeResponseAssignment {
  const value: ConsumerGroupDescribeResponseAssignment = {
    topicPartitions: readArrayOfConsumerGroupDescribeResponseTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseTopicPartitions(w: Writer, m: ConsumerGroupDescribeResponseTopicPartitionsInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseTopicPartitions(r: Reader): ConsumerGroupDescribeResponseTopicPartitions {
  const value: ConsumerGroupDescribeResponseTopicPartitions = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupDescribeResponseDescribedGroup(w: Writer, list: readonly ConsumerGroupDescribeResponseDescribedGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupDescribeResponseDescribedGroup(w, element, version)
}

function readArrayOfConsumerGroupDescribeResponseDescribedGroup(r: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup[] {
  const length = readLength(r, true, 20, 9)
  const list: ConsumerGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupDescribeResponseDescribedGroup(r, version))
  return list
}

function writeArrayOfConsumerGroupDescribeResponseMember(w: Writer, list: readonly ConsumerGroupDescribeResponseMemberInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupDescribeResponseMember(w, element, version)
}

function readArrayOfConsumerGroupDescribeResponseMember(r: Reader, version: number): ConsumerGroupDescribeResponseMember[] {
  const length = readLength(r, true, 16, 11)
  const list: ConsumerGroupDescribeResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupDescribeResponseMember(r, version))
  return list
}

function writeArrayOfConsumerGroupDescribeResponseTopicPartitions(w: Writer, list: readonly ConsumerGroupDescribeResponseTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupDescribeResponseTopicPartitions(w, element)
}

function readArrayOfConsumerGroupDescribeResponseTopicPartitions(r: Reader): ConsumerGroupDescribeResponseTopicPartitions[] {
  const length = readLength(r, true, 19, 3)
  const list: ConsumerGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupDescribeResponseTopicPartitions(r))
  return list
}

export function encodeConsumerGroupDescribeResponse(w: Writer, m: ConsumerGroupDescribeResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ConsumerGroupDescribeResponse', version)
  writeConsumerGroupDescribeResponse(w, m, version)
}

export function decodeConsumerGroupDescribeResponse(r: Reader, version: number): ConsumerGroupDescribeResponse {
  if (!(version >= 0 && version <= 1)) unreadable('ConsumerGroupDescribeResponse', version, r)
  return readConsumerGroupDescribeResponse(r, version)
}

/** API key 69, versions 0-1. */
export const ConsumerGroupDescribeApi: Api<ConsumerGroupDescribeRequest, ConsumerGroupDescribeRequestInit, ConsumerGroupDescribeResponse, ConsumerGroupDescribeResponseInit> = {
  key: 69,
  name: 'ConsumerGroupDescribe',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeConsumerGroupDescribeRequest,
  decodeRequest: decodeConsumerGroupDescribeRequest,
  encodeResponse: encodeConsumerGroupDescribeResponse,
  decodeResponse: decodeConsumerGroupDescribeResponse,
}

// groups/consumer-group-records.kmsg

export interface ConsumerGroupMetadataKey {
  groupId: string
}

export type ConsumerGroupMetadataKeyInit = ConsumerGroupMetadataKey

function writeConsumerGroupMetadataKey(w: Writer, m: ConsumerGroupMetadataKeyInit): void {
  w.string(m.groupId)
}

function readConsumerGroupMetadataKey(r: Reader): ConsumerGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupMetadataKey(w: Writer, m: ConsumerGroupMetadataKeyInit): void {
  w.int16(3)
  writeConsumerGroupMetadataKey(w, m)
}

export function decodeConsumerGroupMetadataKey(r: Reader): ConsumerGroupMetadataKey {
  readRecordType(r, 'ConsumerGroupMetadataKey', 3)
  return readConsumerGroupMetadataKey(r)
}

export const ConsumerGroupMetadataKeyFormat: RecordFormat<ConsumerGroupMetadataKey, ConsumerGroupMetadataKeyInit> = {
  name: 'ConsumerGroupMetadataKey',
  type: 3,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMetadataKey,
  decode: decodeConsumerGroupMetadataKey,
}

export interface ConsumerGroupMetadataValue {
  epoch: number
  metadataHash: number // tag 0
}

export interface ConsumerGroupMetadataValueInit {
  epoch: number
  metadataHash?: number | undefined
}

function writeConsumerGroupMetadataValue(w: Writer, m: ConsumerGroupMetadataValueInit): void {
  w.int32(m.epoch)
  const t0 = m.metadataHash
  const has0 = t0 !== undefined && t0 !== 0
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(8)
    w.int64(t0)
  }
}

function readConsumerGroupMetadataValue(r: Reader): ConsumerGroupMetadataValue {
  const value: ConsumerGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.metadataHash = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupMetadataValue', tag)
  }
  return value
}

export function encodeConsumerGroupMetadataValue(w: Writer, m: ConsumerGroupMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupMetadataValue', version)
  w.int16(version)
  writeConsumerGroupMetadataValue(w, m)
}

export function decodeConsumerGroupMetadataValue(r: Reader): ConsumerGroupMetadataValue {
  readVersion(r, 'ConsumerGroupMetadataValue', 0, 0)
  return readConsumerGroupMetadataValue(r)
}

export const ConsumerGroupMetadataValueFormat: RecordFormat<ConsumerGroupMetadataValue, ConsumerGroupMetadataValueInit> = {
  name: 'ConsumerGroupMetadataValue',
  type: 3,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMetadataValue,
  decode: decodeConsumerGroupMetadataValue,
}

export interface ConsumerGroupPartitionMetadataKey {
  groupId: string
}

export type ConsumerGroupPartitionMetadataKeyInit = ConsumerGroupPartitionMetadataKey

function writeConsumerGroupPartitionMetadataKey(w: Writer, m: ConsumerGroupPartitionMetadataKeyInit): void {
  w.string(m.groupId)
}

function readConsumerGroupPartitionMetadataKey(r: Reader): ConsumerGroupPartitionMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupPartitionMetadataKey(w: Writer, m: ConsumerGroupPartitionMetadataKeyInit): void {
  w.int16(4)
  writeConsumerGroupPartitionMetadataKey(w, m)
}

export function decodeConsumerGroupPartitionMetadataKey(r: Reader): ConsumerGroupPartitionMetadataKey {
  readRecordType(r, 'ConsumerGroupPartitionMetadataKey', 4)
  return readConsumerGroupPartitionMetadataKey(r)
}

export const ConsumerGroupPartitionMetadataKeyFormat: RecordFormat<ConsumerGroupPartitionMetadataKey, ConsumerGroupPartitionMetadataKeyInit> = {
  name: 'ConsumerGroupPartitionMetadataKey',
  type: 4,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupPartitionMetadataKey,
  decode: decodeConsumerGroupPartitionMetadataKey,
}

export interface ConsumerGroupPartitionMetadataValue {
  topics: ConsumerGroupPartitionMetadataValueTopicMetadata[]
}

export interface ConsumerGroupPartitionMetadataValueInit {
  topics: readonly ConsumerGroupPartitionMetadataValueTopicMetadataInit[]
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadata {
  topicId: string
  topicName: string
  numPartitions: number
  partitionMetadata: ConsumerGroupPartitionMetadataValuePartitionMetadata[]
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadataInit {
  topicId: string
  topicName: string
  numPartitions: number
  partitionMetadata: readonly ConsumerGroupPartitionMetadataValuePartitionMetadataInit[]
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadata {
  partition: number
  racks: string[]
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadataInit {
  partition: number
  racks: readonly string[]
}

function writeConsumerGroupPartitionMetadataValue(w: Writer, m: ConsumerGroupPartitionMetadataValueInit): void {
  writeArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(w, m.topics)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValue(r: Reader): ConsumerGroupPartitionMetadataValue {
  const value: ConsumerGroupPartitionMetadataValue = {
    topics: readArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupPartitionMetadataValueTopicMetadata(w: Writer, m: ConsumerGroupPartitionMetadataValueTopicMetadataInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  w.int32(m.numPartitions)
  writeArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(w, m.partitionMetadata)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValueTopicMetadata(r: Reader): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const value: ConsumerGroupPartitionMetadataValueTopicMetadata = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    numPartitions: r.int32(),
    partitionMetadata: readArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupPartitionMetadataValuePartitionMetadata(w: Writer, m: ConsumerGroupPartitionMetadataValuePartitionMetadataInit): void {
  w.int32(m.partition)
  writeStrings(w, m.racks, true)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValuePartitionMetadata(r: Reader): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const value: ConsumerGroupPartitionMetadataValuePartitionMetadata = {
    partition: r.int32(),
    racks: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(w: Writer, list: readonly ConsumerGroupPartitionMetadataValueTopicMetadataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupPartitionMetadataValueTopicMetadata(w, element)
}

function readArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(r: Reader): ConsumerGroupPartitionMetadataValueTopicMetadata[] {
  const length = readLength(r, true, 23, 4)
  const list: ConsumerGroupPartitionMetadataValueTopicMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupPartitionMetadataValueTopicMetadata(r))
  return list
}

function writeArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(w: Writer, list: readonly ConsumerGroupPartitionMetadataValuePartitionMetadataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupPartitionMetadataValuePartitionMetadata(w, element)
}

function readArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(r: Reader): ConsumerGroupPartitionMetadataValuePartitionMetadata[] {
  const length = readLength(r, true, 6, 2)
  const list: ConsumerGroupPartitionMetadataValuePartitionMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupPartitionMetadataValuePartitionMetadata(r))
  return list
}

export function encodeConsumerGroupPartitionMetadataValue(w: Writer, m: ConsumerGroupPartitionMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupPartitionMetadataValue', version)
  w.int16(version)
  writeConsumerGroupPartitionMetadataValue(w, m)
}

export function decodeConsumerGroupPartitionMetadataValue(r: Reader): ConsumerGroupPartitionMetadataValue {
  readVersion(r, 'ConsumerGroupPartitionMetadataValue', 0, 0)
  return readConsumerGroupPartitionMetadataValue(r)
}

export const ConsumerGroupPartitionMetadataValueFormat: RecordFormat<ConsumerGroupPartitionMetadataValue, ConsumerGroupPartitionMetadataValueInit> = {
  name: 'ConsumerGroupPartitionMetadataValue',
  type: 4,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupPartitionMetadataValue,
  decode: decodeConsumerGroupPartitionMetadataValue,
}

export interface ConsumerGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type ConsumerGroupMemberMetadataKeyInit = ConsumerGroupMemberMetadataKey

function writeConsumerGroupMemberMetadataKey(w: Writer, m: ConsumerGroupMemberMetadataKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupMemberMetadataKey(r: Reader): ConsumerGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupMemberMetadataKey(w: Writer, m: ConsumerGroupMemberMetadataKeyInit): void {
  w.int16(5)
  writeConsumerGroupMemberMetadataKey(w, m)
}

export function decodeConsumerGroupMemberMetadataKey(r: Reader): ConsumerGroupMemberMetadataKey {
  readRecordType(r, 'ConsumerGroupMemberMetadataKey', 5)
  return readConsumerGroupMemberMetadataKey(r)
}

export const ConsumerGroupMemberMetadataKeyFormat: RecordFormat<ConsumerGroupMemberMetadataKey, ConsumerGroupMemberMetadataKeyInit> = {
  name: 'ConsumerGroupMemberMetadataKey',
  type: 5,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMemberMetadataKey,
  decode: decodeConsumerGroupMemberMetadataKey,
}

export interface ConsumerGroupMemberMetadataValue {
  instanceId: string | null
  rackId: string | null
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  subscribedTopicRegex: string | null
  rebalanceTimeoutMs: number
  serverAssignor: string | null
  classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null // tag 0
}

export interface ConsumerGroupMemberMetadataValueInit {
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
  subscribedTopicRegex?: string | null | undefined
  rebalanceTimeoutMs?: number | undefined
  serverAssignor?: string | null | undefined
  classicMemberMetadata?: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit | null | undefined
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  sessionTimeoutMs: number
  supportedProtocols: ConsumerGroupMemberMetadataValueClassicProtocol[]
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadataInit {
  sessionTimeoutMs: number
  supportedProtocols: readonly ConsumerGroupMemberMetadataValueClassicProtocolInit[]
}

export interface ConsumerGroupMemberMetadataValueClassicProtocol {
  name: string
  metadata: Buffer
}

export interface ConsumerGroupMemberMetadataValueClassicProtocolInit {
  name: string
  metadata: Uint8Array
}

const defaultConsumerGroupMemberMetadataValueClassicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata = Object.freeze({ sessionTimeoutMs: 0, supportedProtocols: [] })

function isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit): boolean {
  if (m === defaultConsumerGroupMemberMetadataValueClassicMemberMetadata) return true
  return !((m.sessionTimeoutMs !== undefined && m.sessionTimeoutMs !== 0) || (m.supportedProtocols !== undefined && m.supportedProtocols.length > 0))
}

function writeConsumerGroupMemberMetadataValue(w: Writer, m: ConsumerGroupMemberMetadataValueInit): void {
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.compactNullableString(m.subscribedTopicRegex ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  w.compactNullableString(m.serverAssignor ?? null)
  const t0 = m.classicMemberMetadata
  const has0 = (t0 === null || (t0 !== undefined && !isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(t0)))
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(s0, t0)
    writeTag(w, 0, s0)
  }
}

function readConsumerGroupMemberMetadataValue(r: Reader): ConsumerGroupMemberMetadataValue {
  const value: ConsumerGroupMemberMetadataValue = {
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    subscribedTopicRegex: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    serverAssignor: r.compactNullableString(),
    classicMemberMetadata: defaultConsumerGroupMemberMetadataValueClassicMemberMetadata,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.classicMemberMetadata = readTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(r)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupMemberMetadataValue', tag)
  }
  return value
}

function writeConsumerGroupMemberMetadataValueClassicMemberMetadata(w: Writer, m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit): void {
  w.int32(m.sessionTimeoutMs)
  writeArrayOfConsumerGroupMemberMetadataValueClassicProtocol(w, m.supportedProtocols)
  w.uvarint(0)
}

function readConsumerGroupMemberMetadataValueClassicMemberMetadata(r: Reader): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const value: ConsumerGroupMemberMetadataValueClassicMemberMetadata = {
    sessionTimeoutMs: r.int32(),
    supportedProtocols: readArrayOfConsumerGroupMemberMetadataValueClassicProtocol(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupMemberMetadataValueClassicProtocol(w: Writer, m: ConsumerGroupMemberMetadataValueClassicProtocolInit): void {
  w.compactString(m.name)
  w.compactBytes(m.metadata)
  w.uvarint(0)
}

function readConsumerGroupMemberMetadataValueClassicProtocol(r: Reader): ConsumerGroupMemberMetadataValueClassicProtocol {
  const value: ConsumerGroupMemberMetadataValueClassicProtocol = {
    name: r.compactString(),
    metadata: r.compactBytes(),
  }
  r.skipTaggedFields()
  return value
}

function writeTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(w: Writer, m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit | null): void {
  w.int8(m === null ? 0 : 1)
  if (m !== null) writeConsumerGroupMemberMetadataValueClassicMemberMetadata(w, m)
}

function readTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(r: Reader): ConsumerGroupMemberMetadataValueClassicMemberMetadata | null {
  return r.uvarint() === 0 ? null : readConsumerGroupMemberMetadataValueClassicMemberMetadata(r)
}

function writeArrayOfConsumerGroupMemberMetadataValueClassicProtocol(w: Writer, list: readonly ConsumerGroupMemberMetadataValueClassicProtocolInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupMemberMetadataValueClassicProtocol(w, element)
}

function readArrayOfConsumerGroupMemberMetadataValueClassicProtocol(r: Reader): ConsumerGroupMemberMetadataValueClassicProtocol[] {
  const length = readLength(r, true, 3, 2)
  const list: ConsumerGroupMemberMetadataValueClassicProtocol[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupMemberMetadataValueClassicProtocol(r))
  return list
}

export function encodeConsumerGroupMemberMetadataValue(w: Writer, m: ConsumerGroupMemberMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupMemberMetadataValue', version)
  w.int16(version)
  writeConsumerGroupMemberMetadataValue(w, m)
}

export function decodeConsumerGroupMemberMetadataValue(r: Reader): ConsumerGroupMemberMetadataValue {
  readVersion(r, 'ConsumerGroupMemberMetadataValue', 0, 0)
  return readConsumerGroupMemberMetadataValue(r)
}

export const ConsumerGroupMemberMetadataValueFormat: RecordFormat<ConsumerGroupMemberMetadataValue, ConsumerGroupMemberMetadataValueInit> = {
  name: 'ConsumerGroupMemberMetadataValue',
  type: 5,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMemberMetadataValue,
  decode: decodeConsumerGroupMemberMetadataValue,
}

export interface ConsumerGroupTargetAssignmentMetadataKey {
  groupId: string
}

export type ConsumerGroupTargetAssignmentMetadataKeyInit = ConsumerGroupTargetAssignmentMetadataKey

function writeConsumerGroupTargetAssignmentMetadataKey(w: Writer, m: ConsumerGroupTargetAssignmentMetadataKeyInit): void {
  w.string(m.groupId)
}

function readConsumerGroupTargetAssignmentMetadataKey(r: Reader): ConsumerGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupTargetAssignmentMetadataKey(w: Writer, m: ConsumerGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(6)
  writeConsumerGroupTargetAssignmentMetadataKey(w, m)
}

export function decodeConsumerGroupTargetAssignmentMetadataKey(r: Reader): ConsumerGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'ConsumerGroupTargetAssignmentMetadataKey', 6)
  return readConsumerGroupTargetAssignmentMetadataKey(r)
}

export const ConsumerGroupTargetAssignmentMetadataKeyFormat: RecordFormat<ConsumerGroupTargetAssignmentMetadataKey, ConsumerGroupTargetAssignmentMetadataKeyInit> = {
  name: 'ConsumerGroupTargetAssignmentMetadataKey',
  type: 6,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMetadataKey,
  decode: decodeConsumerGroupTargetAssignmentMetadataKey,
}

export interface ConsumerGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number
  assignmentTimestamp: number // tag 0
}

export interface ConsumerGroupTargetAssignmentMetadataValueInit {
  assignmentEpoch: number
  assignmentTimestamp?: number | undefined
}

function writeConsumerGroupTargetAssignmentMetadataValue(w: Writer, m: ConsumerGroupTargetAssignmentMetadataValueInit): void {
  w.int32(m.assignmentEpoch)
  const t0 = m.assignmentTimestamp
  const has0 = t0 !== undefined && t0 !== 0
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(8)
    w.int64(t0)
  }
}

function readConsumerGroupTargetAssignmentMetadataValue(r: Reader): ConsumerGroupTargetAssignmentMetadataValue {
  const value: ConsumerGroupTargetAssignmentMetadataValue = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentTimestamp = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupTargetAssignmentMetadataValue', tag)
  }
  return value
}

export function encodeConsumerGroupTargetAssignmentMetadataValue(w: Writer, m: ConsumerGroupTargetAssignmentMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeConsumerGroupTargetAssignmentMetadataValue(w, m)
}

export function decodeConsumerGroupTargetAssignmentMetadataValue(r: Reader): ConsumerGroupTargetAssignmentMetadataValue {
  readVersion(r, 'ConsumerGroupTargetAssignmentMetadataValue', 0, 0)
  return readConsumerGroupTargetAssignmentMetadataValue(r)
}

export const ConsumerGroupTargetAssignmentMetadataValueFormat: RecordFormat<ConsumerGroupTargetAssignmentMetadataValue, ConsumerGroupTargetAssignmentMetadataValueInit> = {
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  type: 6,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMetadataValue,
  decode: decodeConsumerGroupTargetAssignmentMetadataValue,
}

export interface ConsumerGroupTargetAssignmentMemberKey {
  groupId: string
  memberId: string
}

export type ConsumerGroupTargetAssignmentMemberKeyInit = ConsumerGroupTargetAssignmentMemberKey

function writeConsumerGroupTargetAssignmentMemberKey(w: Writer, m: ConsumerGroupTargetAssignmentMemberKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupTargetAssignmentMemberKey(r: Reader): ConsumerGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupTargetAssignmentMemberKey(w: Writer, m: ConsumerGroupTargetAssignmentMemberKeyInit): void {
  w.int16(7)
  writeConsumerGroupTargetAssignmentMemberKey(w, m)
}

export function decodeConsumerGroupTargetAssignmentMemberKey(r: Reader): ConsumerGroupTargetAssignmentMemberKey {
  readRecordType(r, 'ConsumerGroupTargetAssignmentMemberKey', 7)
  return readConsumerGroupTargetAssignmentMemberKey(r)
}

export const ConsumerGroupTargetAssignmentMemberKeyFormat: RecordFormat<ConsumerGroupTargetAssignmentMemberKey, ConsumerGroupTargetAssignmentMemberKeyInit> = {
  name: 'ConsumerGroupTargetAssignmentMemberKey',
  type: 7,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMemberKey,
  decode: decodeConsumerGroupTargetAssignmentMemberKey,
}

export interface ConsumerGroupTargetAssignmentMemberValue {
  topicPartitions: ConsumerGroupTargetAssignmentMemberValueTopicPartition[]
}

export interface ConsumerGroupTargetAssignmentMemberValueInit {
  topicPartitions: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit[]
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  topicId: string
  partitions: number[]
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit {
  topicId: string
  partitions: readonly number[]
}

function writeConsumerGroupTargetAssignmentMemberValue(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueInit): void {
  writeArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(w, m.topicPartitions)
  w.uvarint(0)
}

function readConsumerGroupTargetAssignmentMemberValue(r: Reader): ConsumerGroupTargetAssignmentMemberValue {
  const value: ConsumerGroupTargetAssignmentMemberValue = {
    topicPartitions: readArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupTargetAssignmentMemberValueTopicPartition(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const value: ConsumerGroupTargetAssignmentMemberValueTopicPartition = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(w: Writer, list: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupTargetAssignmentMemberValueTopicPartition(w, element)
}

function readArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ConsumerGroupTargetAssignmentMemberValueTopicPartition[] {
  const length = readLength(r, true, 18, 2)
  const list: ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupTargetAssignmentMemberValueTopicPartition(r))
  return list
}

export function encodeConsumerGroupTargetAssignmentMemberValue(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeConsumerGroupTargetAssignmentMemberValue(w, m)
}

export function decodeConsumerGroupTargetAssignmentMemberValue(r: Reader): ConsumerGroupTargetAssignmentMemberValue {
  readVersion(r, 'ConsumerGroupTargetAssignmentMemberValue', 0, 0)
  return readConsumerGroupTargetAssignmentMemberValue(r)
}

export const ConsumerGroupTargetAssignmentMemberValueFormat: RecordFormat<ConsumerGroupTargetAssignmentMemberValue, ConsumerGroupTargetAssignmentMemberValueInit> = {
  name: 'ConsumerGroupTargetAssignmentMemberValue',
  type: 7,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMemberValue,
  decode: decodeConsumerGroupTargetAssignmentMemberValue,
}

export interface ConsumerGroupCurrentMemberAssignmentKey {
  groupId: string
  memberId: string
}

export type ConsumerGroupCurrentMemberAssignmentKeyInit = ConsumerGroupCurrentMemberAssignmentKey

function writeConsumerGroupCurrentMemberAssignmentKey(w: Writer, m: ConsumerGroupCurrentMemberAssignmentKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupCurrentMemberAssignmentKey(r: Reader): ConsumerGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupCurrentMemberAssignmentKey(w: Writer, m: ConsumerGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(8)
  writeConsumerGroupCurrentMemberAssignmentKey(w, m)
}

export function decodeConsumerGroupCurrentMemberAssignmentKey(r: Reader): ConsumerGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'ConsumerGroupCurrentMemberAssignmentKey', 8)
  return readConsumerGroupCurrentMemberAssignmentKey(r)
}

export const ConsumerGroupCurrentMemberAssignmentKeyFormat: RecordFormat<ConsumerGroupCurrentMemberAssignmentKey, ConsumerGroupCurrentMemberAssignmentKeyInit> = {
  name: 'ConsumerGroupCurrentMemberAssignmentKey',
  type: 8,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupCurrentMemberAssignmentKey,
  decode: decodeConsumerGroupCurrentMemberAssignmentKey,
}

export interface ConsumerGroupCurrentMemberAssignmentValue {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[]
  partitionsPendingRevocation: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[]
}

export interface ConsumerGroupCurrentMemberAssignmentValueInit {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[]
  partitionsPendingRevocation: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[]
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: string
  partitions: number[]
  assignmentEpochs: number[] | null // tag 0
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
  assignmentEpochs?: readonly number[] | null | undefined
}

function writeConsumerGroupCurrentMemberAssignmentValue(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueInit): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, m.assignedPartitions)
  writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, m.partitionsPendingRevocation)
  w.uvarint(0)
}

function readConsumerGroupCurrentMemberAssignmentValue(r: Reader): ConsumerGroupCurrentMemberAssignmentValue {
  const value: ConsumerGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r),
    partitionsPendingRevocation: readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  const t0 = m.assignmentEpochs
  const has0 = (t0 === null || (t0 !== undefined && t0.length > 0))
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeNullableInt32s(s0, t0, true)
    writeTag(w, 0, s0)
  }
}

function readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const value: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
    assignmentEpochs: [],
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentEpochs = readNullableInt32s(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupCurrentMemberAssignmentValue', tag)
  }
  return value
}

function writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, list: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, element)
}

function readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const length = readLength(r, true, 18, 3)
  const list: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r))
  return list
}

export function encodeConsumerGroupCurrentMemberAssignmentValue(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeConsumerGroupCurrentMemberAssignmentValue(w, m)
}

export function decodeConsumerGroupCurrentMemberAssignmentValue(r: Reader): ConsumerGroupCurrentMemberAssignmentValue {
  readVersion(r, 'ConsumerGroupCurrentMemberAssignmentValue', 0, 0)
  return readConsumerGroupCurrentMemberAssignmentValue(r)
}

export const ConsumerGroupCurrentMemberAssignmentValueFormat: RecordFormat<ConsumerGroupCurrentMemberAssignmentValue, ConsumerGroupCurrentMemberAssignmentValueInit> = {
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  type: 8,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupCurrentMemberAssignmentValue,
  decode: decodeConsumerGroupCurrentMemberAssignmentValue,
}

export interface ConsumerGroupRegularExpressionKey {
  groupId: string
  regularExpression: string
}

export type ConsumerGroupRegularExpressionKeyInit = ConsumerGroupRegularExpressionKey

function writeConsumerGroupRegularExpressionKey(w: Writer, m: ConsumerGroupRegularExpressionKeyInit): void {
  w.string(m.groupId)
  w.string(m.regularExpression)
}

function readConsumerGroupRegularExpressionKey(r: Reader): ConsumerGroupRegularExpressionKey {
  return {
    groupId: r.string(),
    regularExpression: r.string(),
  }
}

export function encodeConsumerGroupRegularExpressionKey(w: Writer, m: ConsumerGroupRegularExpressionKeyInit): void {
  w.int16(16)
  writeConsumerGroupRegularExpressionKey(w, m)
}

export function decodeConsumerGroupRegularExpressionKey(r: Reader): ConsumerGroupRegularExpressionKey {
  readRecordType(r, 'ConsumerGroupRegularExpressionKey', 16)
  return readConsumerGroupRegularExpressionKey(r)
}

export const ConsumerGroupRegularExpressionKeyFormat: RecordFormat<ConsumerGroupRegularExpressionKey, ConsumerGroupRegularExpressionKeyInit> = {
  name: 'ConsumerGroupRegularExpressionKey',
  type: 16,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupRegularExpressionKey,
  decode: decodeConsumerGroupRegularExpressionKey,
}

export interface ConsumerGroupRegularExpressionValue {
  topics: string[]
  version: number
  timestamp: number
}

export interface ConsumerGroupRegularExpressionValueInit {
  topics: readonly string[]
  version: number
  timestamp: number
}

function writeConsumerGroupRegularExpressionValue(w: Writer, m: ConsumerGroupRegularExpressionValueInit): void {
  writeStrings(w, m.topics, true)
  w.int64(m.version)
  w.int64(m.timestamp)
  w.uvarint(0)
}

function readConsumerGroupRegularExpressionValue(r: Reader): ConsumerGroupRegularExpressionValue {
  const value: ConsumerGroupRegularExpressionValue = {
    topics: readStrings(r, true),
    version: r.int64(),
    timestamp: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeConsumerGroupRegularExpressionValue(w: Writer, m: ConsumerGroupRegularExpressionValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupRegularExpressionValue', version)
  w.int16(version)
  writeConsumerGroupRegularExpressionValue(w, m)
}

export function decodeConsumerGroupRegularExpressionValue(r: Reader): ConsumerGroupRegularExpressionValue {
  readVersion(r, 'ConsumerGroupRegularExpressionValue', 0, 0)
  return readConsumerGroupRegularExpressionValue(r)
}

export const ConsumerGroupRegularExpressionValueFormat: RecordFormat<ConsumerGroupRegularExpressionValue, ConsumerGroupRegularExpressionValueInit> = {
  name: 'ConsumerGroupRegularExpressionValue',
  type: 16,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupRegularExpressionValue,
  decode: decodeConsumerGroupRegularExpressionValue,
}

export const consumerGroupRecordsFormats: readonly RecordFormat[] = [
  ConsumerGroupMetadataKeyFormat,
  ConsumerGroupMetadataValueFormat,
  ConsumerGroupPartitionMetadataKeyFormat,
  ConsumerGroupPartitionMetadataValueFormat,
  ConsumerGroupMemberMetadataKeyFormat,
  ConsumerGroupMemberMetadataValueFormat,
  ConsumerGroupTargetAssignmentMetadataKeyFormat,
  ConsumerGroupTargetAssignmentMetadataValueFormat,
  ConsumerGroupTargetAssignmentMemberKeyFormat,
  ConsumerGroupTargetAssignmentMemberValueFormat,
  ConsumerGroupCurrentMemberAssignmentKeyFormat,
  ConsumerGroupCurrentMemberAssignmentValueFormat,
  ConsumerGroupRegularExpressionKeyFormat,
  ConsumerGroupRegularExpressionValueFormat,
]

// groups/consumer-offsets.kmsg

export interface LegacyOffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export type LegacyOffsetCommitKeyInit = LegacyOffsetCommitKey

function writeLegacyOffsetCommitKey(w: Writer, m: LegacyOffsetCommitKeyInit): void {
  w.string(m.group)
  w.string(m.topic)
  w.int32(m.partition)
}

function readLegacyOffsetCommitKey(r: Reader): LegacyOffsetCommitKey {
  return {
    group: r.string(),
    topic: r.string(),
    partition: r.int32(),
  }
}

export function encodeLegacyOffsetCommitKey(w: Writer, m: LegacyOffsetCommitKeyInit): void {
  w.int16(0)
  writeLegacyOffsetCommitKey(w, m)
}

export function decodeLegacyOffsetCommitKey(r: Reader): LegacyOffsetCommitKey {
  readRecordType(r, 'LegacyOffsetCommitKey', 0)
  return readLegacyOffsetCommitKey(r)
}

export const LegacyOffsetCommitKeyFormat: RecordFormat<LegacyOffsetCommitKey, LegacyOffsetCommitKeyInit> = {
  name: 'LegacyOffsetCommitKey',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeLegacyOffsetCommitKey,
  decode: decodeLegacyOffsetCommitKey,
}

export interface LegacyOffsetCommitValue {
  offset: number
  metadata: string
  commitTimestamp: number
}

export type LegacyOffsetCommitValueInit = LegacyOffsetCommitValue

function writeLegacyOffsetCommitValue(w: Writer, m: LegacyOffsetCommitValueInit): void {
  w.int64(m.offset)
  w.string(m.metadata)
  w.int64(m.commitTimestamp)
}

function readLegacyOffsetCommitValue(r: Reader): LegacyOffsetCommitValue {
  return {
    offset: r.int64(),
    metadata: r.string(),
    commitTimestamp: r.int64(),
  }
}

export function encodeLegacyOffsetCommitValue(w: Writer, m: LegacyOffsetCommitValueInit, version = 0): void {
  if (version !== 0) unwritable('LegacyOffsetCommitValue', version)
  w.int16(version)
  writeLegacyOffsetCommitValue(w, m)
}

export function decodeLegacyOffsetCommitValue(r: Reader): LegacyOffsetCommitValue {
  readVersion(r, 'LegacyOffsetCommitValue', 0, 0)
  return readLegacyOffsetCommitValue(r)
}

export const LegacyOffsetCommitValueFormat: RecordFormat<LegacyOffsetCommitValue, LegacyOffsetCommitValueInit> = {
  name: 'LegacyOffsetCommitValue',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeLegacyOffsetCommitValue,
  decode: decodeLegacyOffsetCommitValue,
}

export interface OffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export type OffsetCommitKeyInit = OffsetCommitKey

function writeOffsetCommitKey(w: Writer, m: OffsetCommitKeyInit): void {
  w.string(m.group)
  w.string(m.topic)
  w.int32(m.partition)
}

function readOffsetCommitKey(r: Reader): OffsetCommitKey {
  return {
    group: r.string(),
    topic: r.string(),
    partition: r.int32(),
  }
}

export function encodeOffsetCommitKey(w: Writer, m: OffsetCommitKeyInit): void {
  w.int16(1)
  writeOffsetCommitKey(w, m)
}

export function decodeOffsetCommitKey(r: Reader): OffsetCommitKey {
  readRecordType(r, 'OffsetCommitKey', 1)
  return readOffsetCommitKey(r)
}

export const OffsetCommitKeyFormat: RecordFormat<OffsetCommitKey, OffsetCommitKeyInit> = {
  name: 'OffsetCommitKey',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeOffsetCommitKey,
  decode: decodeOffsetCommitKey,
}

export interface OffsetCommitValue {
  offset: number
  leaderEpoch: number // 3-4
  metadata: string
  commitTimestamp: number
  expireTimestamp: number // 1
  topicId: string // 4, tag 0
}

export interface OffsetCommitValueInit {
  offset: number
  leaderEpoch?: number | undefined
  metadata: string
  commitTimestamp: number
  expireTimestamp?: number | undefined
  topicId?: string | undefined
}

function writeOffsetCommitValue(w: Writer, m: OffsetCommitValueInit, version: number): void {
  const flexible = version >= 4
  w.int64(m.offset)
  if (version >= 3) w.int32(m.leaderEpoch ?? -1)
  if (flexible) w.compactString(m.metadata)
  else w.string(m.metadata)
  w.int64(m.commitTimestamp)
  if (version === 1) w.int64(m.expireTimestamp ?? -1)
  if (flexible) {
    const t0 = m.topicId
    const has0 = t0 !== undefined && t0 !== zeroUuid
    w.uvarint(has0 ? 1 : 0)
    if (has0) {
      w.uvarint(0)
      w.uvarint(16)
      w.uuid(t0)
    }
  }
}

function readOffsetCommitValue(r: Reader, version: number): OffsetCommitValue {
  const flexible = version >= 4
  const value: OffsetCommitValue = {
    offset: r.int64(),
    leaderEpoch: version >= 3 ? r.int32() : -1,
    metadata: flexible ? r.compactString() : r.string(),
    commitTimestamp: r.int64(),
    expireTimestamp: version >= 2 ? -1 : version >= 1 ? r.int64() : -1,
    topicId: zeroUuid,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.topicId = r.uuid()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'OffsetCommitValue', tag)
    }
  }
  return value
}

export function encodeOffsetCommitValue(w: Writer, m: OffsetCommitValueInit, version = 4): void {
  if (!(version >= 0 && version <= 4)) unwritable('OffsetCommitValue', version)
  w.int16(version)
  writeOffsetCommitValue(w, m, version)
}

export function decodeOffsetCommitValue(r: Reader): OffsetCommitValue {
  const version = readVersion(r, 'OffsetCommitValue', 0, 4)
  return readOffsetCommitValue(r, version)
}

export const OffsetCommitValueFormat: RecordFormat<OffsetCommitValue, OffsetCommitValueInit> = {
  name: 'OffsetCommitValue',
  type: 1,
  minVersion: 0,
  maxVersion: 4,
  encode: encodeOffsetCommitValue,
  decode: decodeOffsetCommitValue,
}

export interface GroupMetadataKey {
  group: string
}

export type GroupMetadataKeyInit = GroupMetadataKey

function writeGroupMetadataKey(w: Writer, m: GroupMetadataKeyInit): void {
  w.string(m.group)
}

function readGroupMetadataKey(r: Reader): GroupMetadataKey {
  return {
    group: r.string(),
  }
}

export function encodeGroupMetadataKey(w: Writer, m: GroupMetadataKeyInit): void {
  w.int16(2)
  writeGroupMetadataKey(w, m)
}

export function decodeGroupMetadataKey(r: Reader): GroupMetadataKey {
  readRecordType(r, 'GroupMetadataKey', 2)
  return readGroupMetadataKey(r)
}

export const GroupMetadataKeyFormat: RecordFormat<GroupMetadataKey, GroupMetadataKeyInit> = {
  name: 'GroupMetadataKey',
  type: 2,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeGroupMetadataKey,
  decode: decodeGroupMetadataKey,
}

export interface GroupMetadataValue {
  protocolType: string
  generation: number
  protocol: string | null
  leader: string | null
  currentStateTimestamp: number // 2-4
  members: GroupMetadataValueMemberMetadata[]
}

export interface GroupMetadataValueInit {
  protocolType: string
  generation: number
  protocol?: string | null | undefined
  leader?: string | null | undefined
  currentStateTimestamp?: number | undefined
  members: readonly GroupMetadataValueMemberMetadataInit[]
}

export interface GroupMetadataValueMemberMetadata {
  memberId: string
  groupInstanceId: string | null // 3-4
  clientId: string
  clientHost: string
  rebalanceTimeout: number // 1-4
  sessionTimeout: number
  subscription: Buffer
  assignment: Buffer
}

export interface GroupMetadataValueMemberMetadataInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  clientId: string
  clientHost: string
  rebalanceTimeout?: number | undefined
  sessionTimeout: number
  subscription: Uint8Array
  assignment: Uint8Array
}

function writeGroupMetadataValue(w: Writer, m: GroupMetadataValueInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  w.int32(m.generation)
  if (flexible) w.compactNullableString(m.protocol ?? null)
  else w.nullableString(m.protocol ?? null)
  if (flexible) w.compactNullableString(m.leader ?? null)
  else w.nullableString(m.leader ?? null)
  if (version >= 2) w.int64(m.currentStateTimestamp ?? -1)
  writeArrayOfGroupMetadataValueMemberMetadata(w, m.members, version)
  if (flexible) w.uvarint(0)
}

function readGroupMetadataValue(r: Reader, version: number): GroupMetadataValue {
  const flexible = version >= 4
  const value: GroupMetadataValue = {
    protocolType: flexible ? r.compactString() : r.string(),
    generation: r.int32(),
    protocol: flexible ? r.compactNullableString() : r.nullableString(),
    leader: flexible ? r.compactNullableString() : r.nullableString(),
    currentStateTimestamp: version >= 2 ? r.int64() : -1,
    members: readArrayOfGroupMetadataValueMemberMetadata(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeGroupMetadataValueMemberMetadata(w: Writer, m: GroupMetadataValueMemberMetadataInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 3) w.nullableString(m.groupInstanceId ?? null)
  if (flexible) w.compactString(m.clientId)
  else w.string(m.clientId)
  if (flexible) w.compactString(m.clientHost)
  else w.string(m.clientHost)
  if (version >= 1) w.int32(m.rebalanceTimeout ?? -1)
  w.int32(m.sessionTimeout)
  if (flexible) w.compactBytes(m.subscription)
  else w.bytes(m.subscription)
  if (flexible) w.compactBytes(m.assignment)
  else w.bytes(m.assignment)
  if (flexible) w.uvarint(0)
}

function readGroupMetadataValueMemberMetadata(r: Reader, version: number): GroupMetadataValueMemberMetadata {
  const flexible = version >= 4
  const value: GroupMetadataValueMemberMetadata = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
    clientId: flexible ? r.compactString() : r.string(),
    clientHost: flexible ? r.compactString() : r.string(),
    rebalanceTimeout: version >= 1 ? r.int32() : -1,
    sessionTimeout: r.int32(),
    subscription: flexible ? r.compactBytes() : r.bytes(),
    assignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfGroupMetadataValueMemberMetadata(w: Writer, list: readonly GroupMetadataValueMemberMetadataInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeGroupMetadataValueMemberMetadata(w, element, version)
}

function readArrayOfGroupMetadataValueMemberMetadata(r: Reader, version: number): GroupMetadataValueMemberMetadata[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 15 : 18, 8)
  const list: GroupMetadataValueMemberMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readGroupMetadataValueMemberMetadata(r, version))
  return list
}

export function encodeGroupMetadataValue(w: Writer, m: GroupMetadataValueInit, version = 4): void {
  if (!(version >= 0 && version <= 4)) unwritable('GroupMetadataValue', version)
  w.int16(version)
  writeGroupMetadataValue(w, m, version)
}

export function decodeGroupMetadataValue(r: Reader): GroupMetadataValue {
  const version = readVersion(r, 'GroupMetadataValue', 0, 4)
  return readGroupMetadataValue(r, version)
}

export const GroupMetadataValueFormat: RecordFormat<GroupMetadataValue, GroupMetadataValueInit> = {
  name: 'GroupMetadataValue',
  type: 2,
  minVersion: 0,
  maxVersion: 4,
  encode: encodeGroupMetadataValue,
  decode: decodeGroupMetadataValue,
}

export const consumerOffsetsFormats: readonly RecordFormat[] = [
  LegacyOffsetCommitKeyFormat,
  LegacyOffsetCommitValueFormat,
  OffsetCommitKeyFormat,
  OffsetCommitValueFormat,
  GroupMetadataKeyFormat,
  GroupMetadataValueFormat,
]

// groups/consumer-protocol.kmsg

export interface ConsumerProtocolSubscription {
  topics: string[]
  userData: Buffer | null
  ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[] // 1-3
  generationId: number // 2-3
  rackId: string | null // 3
}

export interface ConsumerProtocolSubscriptionInit {
  topics: readonly string[]
  userData?: Uint8Array | null | undefined
  ownedPartitions?: readonly ConsumerProtocolSubscriptionTopicPartitionInit[] | undefined
  generationId?: number | undefined
  rackId?: string | null | undefined
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  topic: string
  partitions: number[]
}

export interface ConsumerProtocolSubscriptionTopicPartitionInit {
  topic: string
  partitions: readonly number[]
}

function writeConsumerProtocolSubscription(w: Writer, m: ConsumerProtocolSubscriptionInit, version: number): void {
  writeStrings(w, m.topics, false)
  w.nullableBytes(m.userData ?? null)
  if (version >= 1) writeArrayOfConsumerProtocolSubscriptionTopicPartition(w, m.ownedPartitions ?? nothing)
  if (version >= 2) w.int32(m.generationId ?? -1)
  if (version >= 3) w.nullableString(m.rackId ?? null)
}

function readConsumerProtocolSubscription(r: Reader, version: number): ConsumerProtocolSubscription {
  return {
    topics: readStrings(r, false),
    userData: r.nullableBytes(),
    ownedPartitions: version >= 1 ? readArrayOfConsumerProtocolSubscriptionTopicPartition(r) : [],
    generationId: version >= 2 ? r.int32() : -1,
    rackId: version >= 3 ? r.nullableString() : null,
  }
}

function writeConsumerProtocolSubscriptionTopicPartition(w: Writer, m: ConsumerProtocolSubscriptionTopicPartitionInit): void {
  w.string(m.topic)
  writeInt32s(w, m.partitions, false)
}

function readConsumerProtocolSubscriptionTopicPartition(r: Reader): ConsumerProtocolSubscriptionTopicPartition {
  return {
    topic: r.string(),
    partitions: readInt32s(r, false),
  }
}

function writeArrayOfConsumerProtocolSubscriptionTopicPartition(w: Writer, list: readonly ConsumerProtocolSubscriptionTopicPartitionInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeConsumerProtocolSubscriptionTopicPartition(w, element)
}

function readArrayOfConsumerProtocolSubscriptionTopicPartition(r: Reader): ConsumerProtocolSubscriptionTopicPartition[] {
  const length = readLength(r, false, 6, 2)
  const list: ConsumerProtocolSubscriptionTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerProtocolSubscriptionTopicPartition(r))
  return list
}

export function encodeConsumerProtocolSubscription(w: Writer, m: ConsumerProtocolSubscriptionInit, version = 3): void {
  if (!(version >= 0 && version <= 3)) unwritable('ConsumerProtocolSubscription', version)
  w.int16(version)
  writeConsumerProtocolSubscription(w, m, version)
}

export function decodeConsumerProtocolSubscription(r: Reader): ConsumerProtocolSubscription {
  const version = readVersionLeniently(r, 'ConsumerProtocolSubscription', 0, 3)
  return readConsumerProtocolSubscription(r, version)
}

export const ConsumerProtocolSubscriptionFormat: RecordFormat<ConsumerProtocolSubscription, ConsumerProtocolSubscriptionInit> = {
  name: 'ConsumerProtocolSubscription',
  type: -1,
  minVersion: 0,
  maxVersion: 3,
  encode: encodeConsumerProtocolSubscription,
  decode: decodeConsumerProtocolSubscription,
}

export interface ConsumerProtocolAssignment {
  assignedPartitions: ConsumerProtocolAssignmentTopicPartition[]
  userData: Buffer | null
}

export interface ConsumerProtocolAssignmentInit {
  assignedPartitions: readonly ConsumerProtocolAssignmentTopicPartitionInit[]
  userData?: Uint8Array | null | undefined
}

export interface ConsumerProtocolAssignmentTopicPartition {
  topic: string
  partitions: number[]
}

export interface ConsumerProtocolAssignmentTopicPartitionInit {
  topic: string
  partitions: readonly number[]
}

function writeConsumerProtocolAssignment(w: Writer, m: ConsumerProtocolAssignmentInit): void {
  writeArrayOfConsumerProtocolAssignmentTopicPartition(w, m.assignedPartitions)
  w.nullableBytes(m.userData ?? null)
}

function readConsumerProtocolAssignment(r: Reader): ConsumerProtocolAssignment {
  return {
    assignedPartitions: readArrayOfConsumerProtocolAssignmentTopicPartition(r),
    userData: r.nullableBytes(),
  }
}

function writeConsumerProtocolAssignmentTopicPartition(w: Writer, m: ConsumerProtocolAssignmentTopicPartitionInit): void {
  w.string(m.topic)
  writeInt32s(w, m.partitions, false)
}

function readConsumerProtocolAssignmentTopicPartition(r: Reader): ConsumerProtocolAssignmentTopicPartition {
  return {
    topic: r.string(),
    partitions: readInt32s(r, false),
  }
}

function writeArrayOfConsumerProtocolAssignmentTopicPartition(w: Writer, list: readonly ConsumerProtocolAssignmentTopicPartitionInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeConsumerProtocolAssignmentTopicPartition(w, element)
}

function readArrayOfConsumerProtocolAssignmentTopicPartition(r: Reader): ConsumerProtocolAssignmentTopicPartition[] {
  const length = readLength(r, false, 6, 2)
  const list: ConsumerProtocolAssignmentTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerProtocolAssignmentTopicPartition(r))
  return list
}

export function encodeConsumerProtocolAssignment(w: Writer, m: ConsumerProtocolAssignmentInit, version = 3): void {
  if (!(version >= 0 && version <= 3)) unwritable('ConsumerProtocolAssignment', version)
  w.int16(version)
  writeConsumerProtocolAssignment(w, m)
}

export function decodeConsumerProtocolAssignment(r: Reader): ConsumerProtocolAssignment {
  readVersionLeniently(r, 'ConsumerProtocolAssignment', 0, 3)
  return readConsumerProtocolAssignment(r)
}

export const ConsumerProtocolAssignmentFormat: RecordFormat<ConsumerProtocolAssignment, ConsumerProtocolAssignmentInit> = {
  name: 'ConsumerProtocolAssignment',
  type: -1,
  minVersion: 0,
  maxVersion: 3,
  encode: encodeConsumerProtocolAssignment,
  decode: decodeConsumerProtocolAssignment,
}

export const consumerProtocolFormats: readonly RecordFormat[] = [
  ConsumerProtocolSubscriptionFormat,
  ConsumerProtocolAssignmentFormat,
]
