// Made by generator/main.ts from definitions/02-list-offsets.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ListOffsetsRequest {
  replicaId: number
  isolationLevel: number // 2-11
  topics: ListOffsetsRequestListOffsetsTopic[]
  timeoutMs: number // 10-11
}

export interface ListOffsetsRequestInit {
  replicaId: number
  isolationLevel?: number | undefined
  topics: readonly ListOffsetsRequestListOffsetsTopicInit[]
  timeoutMs?: number | undefined
}

export interface ListOffsetsRequestListOffsetsTopic {
  name: string
  partitions: ListOffsetsRequestListOffsetsPartition[]
}

export interface ListOffsetsRequestListOffsetsTopicInit {
  name: string
  partitions: readonly ListOffsetsRequestListOffsetsPartitionInit[]
}

export interface ListOffsetsRequestListOffsetsPartition {
  partitionIndex: number
  currentLeaderEpoch: number // 4-11
  timestamp: number
}

export interface ListOffsetsRequestListOffsetsPartitionInit {
  partitionIndex: number
  currentLeaderEpoch?: number | undefined
  timestamp: number
}

function writeListOffsetsRequest(w: Writer, m: ListOffsetsRequestInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.replicaId)
  if (version >= 2) w.int8(m.isolationLevel ?? 0)
  else { if (m.isolationLevel !== undefined && m.isolationLevel !== 0) refuse('ListOffsetsRequest.isolationLevel', version) }
  writeArrayOfListOffsetsRequestListOffsetsTopic(w, m.topics, version)
  if (version >= 10) w.int32(m.timeoutMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readListOffsetsRequest(r: Reader, version: number): ListOffsetsRequest {
  const flexible = version >= 6
  const value: ListOffsetsRequest = {
    replicaId: r.int32(),
    isolationLevel: version >= 2 ? r.int8() : 0,
    topics: readArrayOfListOffsetsRequestListOffsetsTopic(r, version),
    timeoutMs: version >= 10 ? r.int32() : 0,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsRequestListOffsetsTopic(w: Writer, m: ListOffsetsRequestListOffsetsTopicInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfListOffsetsRequestListOffsetsPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readListOffsetsRequestListOffsetsTopic(r: Reader, version: number): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6
  const value: ListOffsetsRequestListOffsetsTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfListOffsetsRequestListOffsetsPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsRequestListOffsetsPartition(w: Writer, m: ListOffsetsRequestListOffsetsPartitionInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.partitionIndex)
  if (version >= 4) w.int32(m.currentLeaderEpoch ?? -1)
  w.int64(m.timestamp)
  if (flexible) w.uvarint(0)
}

function readListOffsetsRequestListOffsetsPartition(r: Reader, version: number): ListOffsetsRequestListOffsetsPartition {
  const flexible = version >= 6
  const value: ListOffsetsRequestListOffsetsPartition = {
    partitionIndex: r.int32(),
    currentLeaderEpoch: version >= 4 ? r.int32() : -1,
    timestamp: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfListOffsetsRequestListOffsetsTopic(w: Writer, list: readonly ListOffsetsRequestListOffsetsTopicInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsRequestListOffsetsTopic(w, element, version)
}

function readArrayOfListOffsetsRequestListOffsetsTopic(r: Reader, version: number): ListOffsetsRequestListOffsetsTopic[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: ListOffsetsRequestListOffsetsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsRequestListOffsetsTopic(r, version))
  return list
}

function writeArrayOfListOffsetsRequestListOffsetsPartition(w: Writer, list: readonly ListOffsetsRequestListOffsetsPartitionInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsRequestListOffsetsPartition(w, element, version)
}

function readArrayOfListOffsetsRequestListOffsetsPartition(r: Reader, version: number): ListOffsetsRequestListOffsetsPartition[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 17 : 12, 3)
  const list: ListOffsetsRequestListOffsetsPartition[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsRequestListOffsetsPartition(r, version))
  return list
}

export function encodeListOffsetsRequest(w: Writer, m: ListOffsetsRequestInit, version: number): void {
  if (version < 1 || version > 11) unwritable('ListOffsetsRequest', version)
  writeListOffsetsRequest(w, m, version)
}

export function decodeListOffsetsRequest(r: Reader, version: number): ListOffsetsRequest {
  if (version < 1 || version > 11) unreadable('ListOffsetsRequest', version, r)
  return readListOffsetsRequest(r, version)
}

export interface ListOffsetsResponse {
  throttleTimeMs: number // 2-11
  topics: ListOffsetsResponseListOffsetsTopicResponse[]
}

export interface ListOffsetsResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly ListOffsetsResponseListOffsetsTopicResponseInit[]
}

export interface ListOffsetsResponseListOffsetsTopicResponse {
  name: string
  partitions: ListOffsetsResponseListOffsetsPartitionResponse[]
}

export interface ListOffsetsResponseListOffsetsTopicResponseInit {
  name: string
  partitions: readonly ListOffsetsResponseListOffsetsPartitionResponseInit[]
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  partitionIndex: number
  errorCode: number
  timestamp: number
  offset: number
  leaderEpoch: number // 4-11
}

export interface ListOffsetsResponseListOffsetsPartitionResponseInit {
  partitionIndex: number
  errorCode: number
  timestamp?: number | undefined
  offset?: number | undefined
  leaderEpoch?: number | undefined
}

function writeListOffsetsResponse(w: Writer, m: ListOffsetsResponseInit, version: number): void {
  const flexible = version >= 6
  if (version >= 2) w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfListOffsetsResponseListOffsetsTopicResponse(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readListOffsetsResponse(r: Reader, version: number): ListOffsetsResponse {
  const flexible = version >= 6
  const value: ListOffsetsResponse = {
    throttleTimeMs: version >= 2 ? r.int32() : 0,
    topics: readArrayOfListOffsetsResponseListOffsetsTopicResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsResponseListOffsetsTopicResponse(w: Writer, m: ListOffsetsResponseListOffsetsTopicResponseInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfListOffsetsResponseListOffsetsPartitionResponse(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readListOffsetsResponseListOffsetsTopicResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6
  const value: ListOffsetsResponseListOffsetsTopicResponse = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfListOffsetsResponseListOffsetsPartitionResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsResponseListOffsetsPartitionResponse(w: Writer, m: ListOffsetsResponseListOffsetsPartitionResponseInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.int64(m.timestamp ?? -1)
  w.int64(m.offset ?? -1)
  if (version >= 4) w.int32(m.leaderEpoch ?? -1)
  else { if (m.leaderEpoch !== undefined && m.leaderEpoch !== -1) refuse('ListOffsetsResponseListOffsetsPartitionResponse.leaderEpoch', version) }
  if (flexible) w.uvarint(0)
}

function readListOffsetsResponseListOffsetsPartitionResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsPartitionResponse {
  const flexible = version >= 6
  const value: ListOffsetsResponseListOffsetsPartitionResponse = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    timestamp: r.int64(),
    offset: r.int64(),
    leaderEpoch: version >= 4 ? r.int32() : -1,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfListOffsetsResponseListOffsetsTopicResponse(w: Writer, list: readonly ListOffsetsResponseListOffsetsTopicResponseInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsResponseListOffsetsTopicResponse(w, element, version)
}

function readArrayOfListOffsetsResponseListOffsetsTopicResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsTopicResponse[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: ListOffsetsResponseListOffsetsTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsResponseListOffsetsTopicResponse(r, version))
  return list
}

function writeArrayOfListOffsetsResponseListOffsetsPartitionResponse(w: Writer, list: readonly ListOffsetsResponseListOffsetsPartitionResponseInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsResponseListOffsetsPartitionResponse(w, element, version)
}

function readArrayOfListOffsetsResponseListOffsetsPartitionResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsPartitionResponse[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 27 : 22, 5)
  const list: ListOffsetsResponseListOffsetsPartitionResponse[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsResponseListOffsetsPartitionResponse(r, version))
  return list
}

export function encodeListOffsetsResponse(w: Writer, m: ListOffsetsResponseInit, version: number): void {
  if (version < 1 || version > 11) unwritable('ListOffsetsResponse', version)
  writeListOffsetsResponse(w, m, version)
}

export function decodeListOffsetsResponse(r: Reader, version: number): ListOffsetsResponse {
  if (version < 1 || version > 11) unreadable('ListOffsetsResponse', version, r)
  return readListOffsetsResponse(r, version)
}

/** API key 2, versions 1-11. */
export const ListOffsetsApi: Api<ListOffsetsRequest, ListOffsetsRequestInit, ListOffsetsResponse, ListOffsetsResponseInit> = {
  key: 2,
  name: 'ListOffsets',
  minVersion: 1,
  maxVersion: 11,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  encodeRequest: encodeListOffsetsRequest,
  decodeRequest: decodeListOffsetsRequest,
  encodeResponse: encodeListOffsetsResponse,
  decodeResponse: decodeListOffsetsResponse,
}
