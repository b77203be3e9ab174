// Made by generator/main.ts from definitions/90-describe-share-group-offsets.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeShareGroupOffsetsRequest {
  groups: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[]
}

export interface DescribeShareGroupOffsetsRequestInit {
  groups: readonly DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupInit[]
}

export interface DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup {
  groupId: string
  topics: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] | null
}

export interface DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupInit {
  groupId: string
  topics?: readonly DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicInit[] | null | undefined
}

export interface DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic {
  topicName: string
  partitions: number[]
}

export interface DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicInit {
  topicName: string
  partitions: readonly number[]
}

function writeDescribeShareGroupOffsetsRequest(w: Writer, m: DescribeShareGroupOffsetsRequestInit, version: number): void {
  writeArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w, m.groups, version)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsRequest(r: Reader, version: number): DescribeShareGroupOffsetsRequest {
  const value: DescribeShareGroupOffsetsRequest = {
    groups: readArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w: Writer, m: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupInit, version: number): void {
  w.compactString(m.groupId)
  writeNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w, m.topics ?? null, version)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r: Reader, version: number): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup {
  const value: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup = {
    groupId: r.compactString(),
    topics: readNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w: Writer, m: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicInit, _version: number): void {
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r: Reader, _version: number): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic {
  const value: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic = {
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w: Writer, list: readonly DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w, element, version)
}

function readArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r: Reader, version: number): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r, version))
  return list
}

function writeNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w: Writer, list: readonly DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w, element, version)
}

function readNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r: Reader, version: number): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r, version))
  return list
}

export function encodeDescribeShareGroupOffsetsRequest(w: Writer, m: DescribeShareGroupOffsetsRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('DescribeShareGroupOffsetsRequest', version)
  writeDescribeShareGroupOffsetsRequest(w, m, version)
}

export function decodeDescribeShareGroupOffsetsRequest(r: Reader, version: number): DescribeShareGroupOffsetsRequest {
  if (version < 0 || version > 1) unreadable('DescribeShareGroupOffsetsRequest', version, r)
  return readDescribeShareGroupOffsetsRequest(r, version)
}

export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number
  groups: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[]
}

export interface DescribeShareGroupOffsetsResponseInit {
  throttleTimeMs: number
  groups: readonly DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupInit[]
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup {
  groupId: string
  topics: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[]
  errorCode: number
  errorMessage: string | null
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupInit {
  groupId: string
  topics: readonly DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicInit[]
  errorCode: number
  errorMessage?: string | null | undefined
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: string
  partitions: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[]
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicInit {
  topicName: string
  topicId: string
  partitions: readonly DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionInit[]
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition {
  partitionIndex: number
  startOffset: number
  leaderEpoch: number
  lag: number // 1
  errorCode: number
  errorMessage: string | null
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionInit {
  partitionIndex: number
  startOffset: number
  leaderEpoch: number
  lag?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDescribeShareGroupOffsetsResponse(w: Writer, m: DescribeShareGroupOffsetsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(w, m.groups, version)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsResponse(r: Reader, version: number): DescribeShareGroupOffsetsResponse {
  const value: DescribeShareGroupOffsetsResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(w: Writer, m: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(w, m.topics, version)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(r: Reader, version: number): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup {
  const value: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup = {
    groupId: r.compactString(),
    topics: readArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(r, version),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(w: Writer, m: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicInit, version: number): void {
  w.compactString(m.topicName)
  w.uuid(m.topicId)
  writeArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(w, m.partitions, version)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(r: Reader, version: number): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic {
  const value: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic = {
    topicName: r.compactString(),
    topicId: r.uuid(),
    partitions: readArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(w: Writer, m: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionInit, version: number): void {
  w.int32(m.partitionIndex)
  w.int64(m.startOffset)
  w.int32(m.leaderEpoch)
  if (version >= 1) w.int64(m.lag ?? -1)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(r: Reader, version: number): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition {
  const value: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition = {
    partitionIndex: r.int32(),
    startOffset: r.int64(),
    leaderEpoch: r.int32(),
    lag: version >= 1 ? r.int64() : -1,
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(w: Writer, list: readonly DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(w, element, version)
}

function readArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(r: Reader, version: number): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[] {
  const length = readLength(r, true, 6, 4)
  const list: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(r, version))
  return list
}

function writeArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(w: Writer, list: readonly DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(w, element, version)
}

function readArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(r: Reader, version: number): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[] {
  const length = readLength(r, true, 19, 3)
  const list: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(r, version))
  return list
}

function writeArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(w: Writer, list: readonly DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(w, element, version)
}

function readArrayOfDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(r: Reader, version: number): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[] {
  const length = readLength(r, true, 20, 6)
  const list: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(r, version))
  return list
}

export function encodeDescribeShareGroupOffsetsResponse(w: Writer, m: DescribeShareGroupOffsetsResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('DescribeShareGroupOffsetsResponse', version)
  writeDescribeShareGroupOffsetsResponse(w, m, version)
}

export function decodeDescribeShareGroupOffsetsResponse(r: Reader, version: number): DescribeShareGroupOffsetsResponse {
  if (version < 0 || version > 1) unreadable('DescribeShareGroupOffsetsResponse', version, r)
  return readDescribeShareGroupOffsetsResponse(r, version)
}

/** API key 90, versions 0-1. */
export const DescribeShareGroupOffsetsApi: Api<DescribeShareGroupOffsetsRequest, DescribeShareGroupOffsetsRequestInit, DescribeShareGroupOffsetsResponse, DescribeShareGroupOffsetsResponseInit> = {
  key: 90,
  name: 'DescribeShareGroupOffsets',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeShareGroupOffsetsRequest,
  decodeRequest: decodeDescribeShareGroupOffsetsRequest,
  encodeResponse: encodeDescribeShareGroupOffsetsResponse,
  decodeResponse: decodeDescribeShareGroupOffsetsResponse,
}
