// Made by generator/main.ts from definitions/91-alter-share-group-offsets.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AlterShareGroupOffsetsRequest {
  groupId: string
  topics: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[]
}

export interface AlterShareGroupOffsetsRequestInit {
  groupId: string
  topics: readonly AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicInit[]
}

export interface AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic {
  topicName: string
  partitions: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[]
}

export interface AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicInit {
  topicName: string
  partitions: readonly AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionInit[]
}

export interface AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition {
  partitionIndex: number
  startOffset: number
}

export type AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionInit = AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition

function writeAlterShareGroupOffsetsRequest(w: Writer, m: AlterShareGroupOffsetsRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w, m.topics, version)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsRequest(r: Reader, version: number): AlterShareGroupOffsetsRequest {
  const value: AlterShareGroupOffsetsRequest = {
    groupId: r.compactString(),
    topics: readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w: Writer, m: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicInit, version: number): void {
  w.compactString(m.topicName)
  writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w, m.partitions, version)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r: Reader, version: number): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic {
  const value: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic = {
    topicName: r.compactString(),
    partitions: readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w: Writer, m: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.int64(m.startOffset)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r: Reader, _version: number): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition {
  const value: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition = {
    partitionIndex: r.int32(),
    startOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w: Writer, list: readonly AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w, element, version)
}

function readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r: Reader, version: number): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r, version))
  return list
}

function writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w: Writer, list: readonly AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w, element, version)
}

function readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r: Reader, version: number): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] {
  const length = readLength(r, true, 13, 2)
  const list: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r, version))
  return list
}

export function encodeAlterShareGroupOffsetsRequest(w: Writer, m: AlterShareGroupOffsetsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('AlterShareGroupOffsetsRequest', version)
  writeAlterShareGroupOffsetsRequest(w, m, version)
}

export function decodeAlterShareGroupOffsetsRequest(r: Reader, version: number): AlterShareGroupOffsetsRequest {
  if (version < 0 || version > 0) unreadable('AlterShareGroupOffsetsRequest', version, r)
  return readAlterShareGroupOffsetsRequest(r, version)
}

export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  responses: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[]
}

export interface AlterShareGroupOffsetsResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  responses: readonly AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicInit[]
}

export interface AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: string
  partitions: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[]
}

export interface AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicInit {
  topicName: string
  topicId: string
  partitions: readonly AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionInit[]
}

export interface AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
}

export interface AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAlterShareGroupOffsetsResponse(w: Writer, m: AlterShareGroupOffsetsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w, m.responses, version)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsResponse(r: Reader, version: number): AlterShareGroupOffsetsResponse {
  const value: AlterShareGroupOffsetsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    responses: readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w: Writer, m: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicInit, version: number): void {
  w.compactString(m.topicName)
  w.uuid(m.topicId)
  writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w, m.partitions, version)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r: Reader, version: number): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic {
  const value: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic = {
    topicName: r.compactString(),
    topicId: r.uuid(),
    partitions: readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w: Writer, m: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r: Reader, _version: number): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition {
  const value: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w: Writer, list: readonly AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w, element, version)
}

function readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r: Reader, version: number): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] {
  const length = readLength(r, true, 19, 3)
  const list: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r, version))
  return list
}

function writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w: Writer, list: readonly AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w, element, version)
}

function readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r: Reader, version: number): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] {
  const length = readLength(r, true, 8, 3)
  const list: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r, version))
  return list
}

export function encodeAlterShareGroupOffsetsResponse(w: Writer, m: AlterShareGroupOffsetsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('AlterShareGroupOffsetsResponse', version)
  writeAlterShareGroupOffsetsResponse(w, m, version)
}

export function decodeAlterShareGroupOffsetsResponse(r: Reader, version: number): AlterShareGroupOffsetsResponse {
  if (version < 0 || version > 0) unreadable('AlterShareGroupOffsetsResponse', version, r)
  return readAlterShareGroupOffsetsResponse(r, version)
}

/** API key 91, versions 0. */
export const AlterShareGroupOffsetsApi: Api<AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsRequestInit, AlterShareGroupOffsetsResponse, AlterShareGroupOffsetsResponseInit> = {
  key: 91,
  name: 'AlterShareGroupOffsets',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterShareGroupOffsetsRequest,
  decodeRequest: decodeAlterShareGroupOffsetsRequest,
  encodeResponse: encodeAlterShareGroupOffsetsResponse,
  decodeResponse: decodeAlterShareGroupOffsetsResponse,
}
