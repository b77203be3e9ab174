// Made by generator/main.ts from definitions/09-offset-fetch.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 1 || version > 10) unwritable('OffsetFetchRequest', version)
  writeOffsetFetchRequest(w, m, version)
}

export function decodeOffsetFetchRequest(r: Reader, version: number): OffsetFetchRequest {
  if (version < 1 || version > 10) unreadable('OffsetFetchRequest', version, r)
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
  writeArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(w, m.partitions, version)
  w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponseTopics(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponseTopics {
  const value: OffsetFetchResponseOffsetFetchResponseTopics = {
    name: version >= 10 ? '' : r.compactString(),
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    partitions: readArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeOffsetFetchResponseOffsetFetchResponsePartitions(w: Writer, m: OffsetFetchResponseOffsetFetchResponsePartitionsInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.int64(m.committedOffset)
  w.int32(m.committedLeaderEpoch ?? -1)
  w.compactNullableString(m.metadata ?? null)
  w.int16(m.errorCode)
  w.uvarint(0)
}

function readOffsetFetchResponseOffsetFetchResponsePartitions(r: Reader, _version: number): OffsetFetchResponseOffsetFetchResponsePartitions {
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

function writeArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(w: Writer, list: readonly OffsetFetchResponseOffsetFetchResponsePartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeOffsetFetchResponseOffsetFetchResponsePartitions(w, element, version)
}

function readArrayOfOffsetFetchResponseOffsetFetchResponsePartitions(r: Reader, version: number): OffsetFetchResponseOffsetFetchResponsePartitions[] {
  const length = readLength(r, true, 20, 5)
  const list: OffsetFetchResponseOffsetFetchResponsePartitions[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetFetchResponseOffsetFetchResponsePartitions(r, version))
  return list
}

export function encodeOffsetFetchResponse(w: Writer, m: OffsetFetchResponseInit, version: number): void {
  if (version < 1 || version > 10) unwritable('OffsetFetchResponse', version)
  writeOffsetFetchResponse(w, m, version)
}

export function decodeOffsetFetchResponse(r: Reader, version: number): OffsetFetchResponse {
  if (version < 1 || version > 10) unreadable('OffsetFetchResponse', version, r)
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
