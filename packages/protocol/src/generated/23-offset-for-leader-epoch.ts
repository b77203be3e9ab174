// Made by generator/main.ts from definitions/23-offset-for-leader-epoch.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface OffsetForLeaderEpochRequest {
  replicaId: number // 3-4
  topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[]
}

export interface OffsetForLeaderEpochRequestInit {
  replicaId?: number | undefined
  topics: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopicInit[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  topic: string
  partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopicInit {
  topic: string
  partitions: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  partition: number
  currentLeaderEpoch: number
  leaderEpoch: number
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit {
  partition: number
  currentLeaderEpoch?: number | undefined
  leaderEpoch: number
}

function writeOffsetForLeaderEpochRequest(w: Writer, m: OffsetForLeaderEpochRequestInit, version: number): void {
  const flexible = version >= 4
  if (version >= 3) w.int32(m.replicaId ?? -2)
  writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochRequest(r: Reader, version: number): OffsetForLeaderEpochRequest {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochRequest = {
    replicaId: version >= 3 ? r.int32() : -2,
    topics: readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(w: Writer, m: OffsetForLeaderEpochRequestOffsetForLeaderTopicInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochRequestOffsetForLeaderTopic(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochRequestOffsetForLeaderTopic = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(w: Writer, m: OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.partition)
  w.int32(m.currentLeaderEpoch ?? -1)
  w.int32(m.leaderEpoch)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochRequestOffsetForLeaderPartition(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochRequestOffsetForLeaderPartition = {
    partition: r.int32(),
    currentLeaderEpoch: r.int32(),
    leaderEpoch: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(w: Writer, list: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopicInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(w, element, version)
}

function readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochRequestOffsetForLeaderTopic(r, version))
  return list
}

function writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(w: Writer, list: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(w, element, version)
}

function readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 13 : 12, 3)
  const list: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochRequestOffsetForLeaderPartition(r, version))
  return list
}

export function encodeOffsetForLeaderEpochRequest(w: Writer, m: OffsetForLeaderEpochRequestInit, version: number): void {
  if (version < 2 || version > 4) unwritable('OffsetForLeaderEpochRequest', version)
  writeOffsetForLeaderEpochRequest(w, m, version)
}

export function decodeOffsetForLeaderEpochRequest(r: Reader, version: number): OffsetForLeaderEpochRequest {
  if (version < 2 || version > 4) unreadable('OffsetForLeaderEpochRequest', version, r)
  return readOffsetForLeaderEpochRequest(r, version)
}

export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number
  topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[]
}

export interface OffsetForLeaderEpochResponseInit {
  throttleTimeMs: number
  topics: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit[]
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  topic: string
  partitions: OffsetForLeaderEpochResponseEpochEndOffset[]
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit {
  topic: string
  partitions: readonly OffsetForLeaderEpochResponseEpochEndOffsetInit[]
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  errorCode: number
  partition: number
  leaderEpoch: number
  endOffset: number
}

export interface OffsetForLeaderEpochResponseEpochEndOffsetInit {
  errorCode: number
  partition: number
  leaderEpoch?: number | undefined
  endOffset?: number | undefined
}

function writeOffsetForLeaderEpochResponse(w: Writer, m: OffsetForLeaderEpochResponseInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.throttleTimeMs)
  writeArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochResponse(r: Reader, version: number): OffsetForLeaderEpochResponse {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w: Writer, m: OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeArrayOfOffsetForLeaderEpochResponseEpochEndOffset(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfOffsetForLeaderEpochResponseEpochEndOffset(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochResponseEpochEndOffset(w: Writer, m: OffsetForLeaderEpochResponseEpochEndOffsetInit, version: number): void {
  const flexible = version >= 4
  w.int16(m.errorCode)
  w.int32(m.partition)
  w.int32(m.leaderEpoch ?? -1)
  w.int64(m.endOffset ?? -1)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochResponseEpochEndOffset(r: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochResponseEpochEndOffset = {
    errorCode: r.int16(),
    partition: r.int32(),
    leaderEpoch: r.int32(),
    endOffset: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w: Writer, list: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w, element, version)
}

function readArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r, version))
  return list
}

function writeArrayOfOffsetForLeaderEpochResponseEpochEndOffset(w: Writer, list: readonly OffsetForLeaderEpochResponseEpochEndOffsetInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochResponseEpochEndOffset(w, element, version)
}

function readArrayOfOffsetForLeaderEpochResponseEpochEndOffset(r: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 19 : 18, 4)
  const list: OffsetForLeaderEpochResponseEpochEndOffset[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochResponseEpochEndOffset(r, version))
  return list
}

export function encodeOffsetForLeaderEpochResponse(w: Writer, m: OffsetForLeaderEpochResponseInit, version: number): void {
  if (version < 2 || version > 4) unwritable('OffsetForLeaderEpochResponse', version)
  writeOffsetForLeaderEpochResponse(w, m, version)
}

export function decodeOffsetForLeaderEpochResponse(r: Reader, version: number): OffsetForLeaderEpochResponse {
  if (version < 2 || version > 4) unreadable('OffsetForLeaderEpochResponse', version, r)
  return readOffsetForLeaderEpochResponse(r, version)
}

/** API key 23, versions 2-4. */
export const OffsetForLeaderEpochApi: Api<OffsetForLeaderEpochRequest, OffsetForLeaderEpochRequestInit, OffsetForLeaderEpochResponse, OffsetForLeaderEpochResponseInit> = {
  key: 23,
  name: 'OffsetForLeaderEpoch',
  minVersion: 2,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeOffsetForLeaderEpochRequest,
  decodeRequest: decodeOffsetForLeaderEpochRequest,
  encodeResponse: encodeOffsetForLeaderEpochResponse,
  decodeResponse: decodeOffsetForLeaderEpochResponse,
}
