// Made by generator/main.ts from definitions/08-offset-commit.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { zeroUuid } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 2 || version > 10) unwritable('OffsetCommitRequest', version)
  writeOffsetCommitRequest(w, m, version)
}

export function decodeOffsetCommitRequest(r: Reader, version: number): OffsetCommitRequest {
  if (version < 2 || version > 10) unreadable('OffsetCommitRequest', version, r)
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
  if (version < 2 || version > 10) unwritable('OffsetCommitResponse', version)
  writeOffsetCommitResponse(w, m, version)
}

export function decodeOffsetCommitResponse(r: Reader, version: number): OffsetCommitResponse {
  if (version < 2 || version > 10) unreadable('OffsetCommitResponse', version, r)
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
