// Made by generator/main.ts from definitions/75-describe-topic-partitions.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableInt32s, writeInt32s, writeLength, writeNullableInt32s } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeTopicPartitionsRequest {
  topics: DescribeTopicPartitionsRequestTopicRequest[]
  responsePartitionLimit: number
  cursor: DescribeTopicPartitionsRequestCursor | null
}

export interface DescribeTopicPartitionsRequestInit {
  topics: readonly DescribeTopicPartitionsRequestTopicRequestInit[]
  responsePartitionLimit?: number | undefined
  cursor?: DescribeTopicPartitionsRequestCursorInit | null | undefined
}

export interface DescribeTopicPartitionsRequestTopicRequest {
  name: string
}

export type DescribeTopicPartitionsRequestTopicRequestInit = DescribeTopicPartitionsRequestTopicRequest

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string
  partitionIndex: number
}

export type DescribeTopicPartitionsRequestCursorInit = DescribeTopicPartitionsRequestCursor

function writeDescribeTopicPartitionsRequest(w: Writer, m: DescribeTopicPartitionsRequestInit, version: number): void {
  writeArrayOfDescribeTopicPartitionsRequestTopicRequest(w, m.topics, version)
  w.int32(m.responsePartitionLimit ?? 2000)
  writeNullableDescribeTopicPartitionsRequestCursor(w, m.cursor ?? null, version)
  w.uvarint(0)
}

function readDescribeTopicPartitionsRequest(r: Reader, version: number): DescribeTopicPartitionsRequest {
  const value: DescribeTopicPartitionsRequest = {
    topics: readArrayOfDescribeTopicPartitionsRequestTopicRequest(r, version),
    responsePartitionLimit: r.int32(),
    cursor: readNullableDescribeTopicPartitionsRequestCursor(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsRequestTopicRequest(w: Writer, m: DescribeTopicPartitionsRequestTopicRequestInit, _version: number): void {
  w.compactString(m.name)
  w.uvarint(0)
}

function readDescribeTopicPartitionsRequestTopicRequest(r: Reader, _version: number): DescribeTopicPartitionsRequestTopicRequest {
  const value: DescribeTopicPartitionsRequestTopicRequest = {
    name: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsRequestCursor(w: Writer, m: DescribeTopicPartitionsRequestCursorInit, _version: number): void {
  w.compactString(m.topicName)
  w.int32(m.partitionIndex)
  w.uvarint(0)
}

function readDescribeTopicPartitionsRequestCursor(r: Reader, _version: number): DescribeTopicPartitionsRequestCursor {
  const value: DescribeTopicPartitionsRequestCursor = {
    topicName: r.compactString(),
    partitionIndex: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableDescribeTopicPartitionsRequestCursor(w: Writer, m: DescribeTopicPartitionsRequestCursorInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeDescribeTopicPartitionsRequestCursor(w, m, version)
}

function readNullableDescribeTopicPartitionsRequestCursor(r: Reader, version: number): DescribeTopicPartitionsRequestCursor | null {
  return r.int8() < 0 ? null : readDescribeTopicPartitionsRequestCursor(r, version)
}

function writeArrayOfDescribeTopicPartitionsRequestTopicRequest(w: Writer, list: readonly DescribeTopicPartitionsRequestTopicRequestInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTopicPartitionsRequestTopicRequest(w, element, version)
}

function readArrayOfDescribeTopicPartitionsRequestTopicRequest(r: Reader, version: number): DescribeTopicPartitionsRequestTopicRequest[] {
  const length = readLength(r, true, 2, 1)
  const list: DescribeTopicPartitionsRequestTopicRequest[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTopicPartitionsRequestTopicRequest(r, version))
  return list
}

export function encodeDescribeTopicPartitionsRequest(w: Writer, m: DescribeTopicPartitionsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeTopicPartitionsRequest', version)
  writeDescribeTopicPartitionsRequest(w, m, version)
}

export function decodeDescribeTopicPartitionsRequest(r: Reader, version: number): DescribeTopicPartitionsRequest {
  if (version < 0 || version > 0) unreadable('DescribeTopicPartitionsRequest', version, r)
  return readDescribeTopicPartitionsRequest(r, version)
}

export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number
  topics: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic[]
  nextCursor: DescribeTopicPartitionsResponseCursor | null
}

export interface DescribeTopicPartitionsResponseInit {
  throttleTimeMs: number
  topics: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit[]
  nextCursor?: DescribeTopicPartitionsResponseCursorInit | null | undefined
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic {
  errorCode: number
  name: string | null
  topicId: string
  isInternal: boolean
  partitions: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition[]
  topicAuthorizedOperations: number
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit {
  errorCode: number
  name?: string | null | undefined
  topicId: string
  isInternal?: boolean | undefined
  partitions: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit[]
  topicAuthorizedOperations?: number | undefined
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch: number
  replicaNodes: number[]
  isrNodes: number[]
  eligibleLeaderReplicas: number[] | null
  lastKnownElr: number[] | null
  offlineReplicas: number[]
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch?: number | undefined
  replicaNodes: readonly number[]
  isrNodes: readonly number[]
  eligibleLeaderReplicas?: readonly number[] | null | undefined
  lastKnownElr?: readonly number[] | null | undefined
  offlineReplicas: readonly number[]
}

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string
  partitionIndex: number
}

export type DescribeTopicPartitionsResponseCursorInit = DescribeTopicPartitionsResponseCursor

function writeDescribeTopicPartitionsResponse(w: Writer, m: DescribeTopicPartitionsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w, m.topics, version)
  writeNullableDescribeTopicPartitionsResponseCursor(w, m.nextCursor ?? null, version)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponse(r: Reader, version: number): DescribeTopicPartitionsResponse {
  const value: DescribeTopicPartitionsResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r, version),
    nextCursor: readNullableDescribeTopicPartitionsResponseCursor(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w: Writer, m: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit, version: number): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.name ?? null)
  w.uuid(m.topicId)
  w.boolean(m.isInternal ?? false)
  writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w, m.partitions, version)
  w.int32(m.topicAuthorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r: Reader, version: number): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic {
  const value: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic = {
    errorCode: r.int16(),
    name: r.compactNullableString(),
    topicId: r.uuid(),
    isInternal: r.boolean(),
    partitions: readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r, version),
    topicAuthorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w: Writer, m: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit, _version: number): void {
  w.int16(m.errorCode)
  w.int32(m.partitionIndex)
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch ?? -1)
  writeInt32s(w, m.replicaNodes, true)
  writeInt32s(w, m.isrNodes, true)
  writeNullableInt32s(w, m.eligibleLeaderReplicas ?? null, true)
  writeNullableInt32s(w, m.lastKnownElr ?? null, true)
  writeInt32s(w, m.offlineReplicas, true)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r: Reader, _version: number): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition {
  const value: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition = {
    errorCode: r.int16(),
    partitionIndex: r.int32(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    replicaNodes: readInt32s(r, true),
    isrNodes: readInt32s(r, true),
    eligibleLeaderReplicas: readNullableInt32s(r, true),
    lastKnownElr: readNullableInt32s(r, true),
    offlineReplicas: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsResponseCursor(w: Writer, m: DescribeTopicPartitionsResponseCursorInit, _version: number): void {
  w.compactString(m.topicName)
  w.int32(m.partitionIndex)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponseCursor(r: Reader, _version: number): DescribeTopicPartitionsResponseCursor {
  const value: DescribeTopicPartitionsResponseCursor = {
    topicName: r.compactString(),
    partitionIndex: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableDescribeTopicPartitionsResponseCursor(w: Writer, m: DescribeTopicPartitionsResponseCursorInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeDescribeTopicPartitionsResponseCursor(w, m, version)
}

function readNullableDescribeTopicPartitionsResponseCursor(r: Reader, version: number): DescribeTopicPartitionsResponseCursor | null {
  return r.int8() < 0 ? null : readDescribeTopicPartitionsResponseCursor(r, version)
}

function writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w: Writer, list: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w, element, version)
}

function readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r: Reader, version: number): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic[] {
  const length = readLength(r, true, 26, 6)
  const list: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r, version))
  return list
}

function writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w: Writer, list: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w, element, version)
}

function readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r: Reader, version: number): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition[] {
  const length = readLength(r, true, 20, 9)
  const list: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r, version))
  return list
}

export function encodeDescribeTopicPartitionsResponse(w: Writer, m: DescribeTopicPartitionsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeTopicPartitionsResponse', version)
  writeDescribeTopicPartitionsResponse(w, m, version)
}

export function decodeDescribeTopicPartitionsResponse(r: Reader, version: number): DescribeTopicPartitionsResponse {
  if (version < 0 || version > 0) unreadable('DescribeTopicPartitionsResponse', version, r)
  return readDescribeTopicPartitionsResponse(r, version)
}

/** API key 75, versions 0. */
export const DescribeTopicPartitionsApi: Api<DescribeTopicPartitionsRequest, DescribeTopicPartitionsRequestInit, DescribeTopicPartitionsResponse, DescribeTopicPartitionsResponseInit> = {
  key: 75,
  name: 'DescribeTopicPartitions',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeTopicPartitionsRequest,
  decodeRequest: decodeDescribeTopicPartitionsRequest,
  encodeResponse: encodeDescribeTopicPartitionsResponse,
  decodeResponse: decodeDescribeTopicPartitionsResponse,
}
