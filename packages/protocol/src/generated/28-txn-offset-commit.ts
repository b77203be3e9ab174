// Made by generator/main.ts from definitions/28-txn-offset-commit.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface TxnOffsetCommitRequest {
  transactionalId: string
  groupId: string
  producerId: number
  producerEpoch: number
  generationId: number // 3-5
  memberId: string // 3-5
  groupInstanceId: string | null // 3-5
  topics: TxnOffsetCommitRequestTxnOffsetCommitRequestTopic[]
}

export interface TxnOffsetCommitRequestInit {
  transactionalId: string
  groupId: string
  producerId: number
  producerEpoch: number
  generationId?: number | undefined
  memberId?: string | undefined
  groupInstanceId?: string | null | undefined
  topics: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit[]
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestTopic {
  name: string
  partitions: TxnOffsetCommitRequestTxnOffsetCommitRequestPartition[]
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit {
  name: string
  partitions: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit[]
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestPartition {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch: number // 2-5
  committedMetadata: string | null
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch?: number | undefined
  committedMetadata?: string | null | undefined
}

function writeTxnOffsetCommitRequest(w: Writer, m: TxnOffsetCommitRequestInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.transactionalId)
  else w.string(m.transactionalId)
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  if (flexible) w.int32(m.generationId ?? -1)
  else { if (m.generationId !== undefined && m.generationId !== -1) refuse('TxnOffsetCommitRequest.generationId', version) }
  if (flexible) w.compactString(m.memberId ?? '')
  else { if (m.memberId !== undefined && m.memberId !== '') refuse('TxnOffsetCommitRequest.memberId', version) }
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('TxnOffsetCommitRequest.groupInstanceId', version) }
  writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitRequest(r: Reader, version: number): TxnOffsetCommitRequest {
  const flexible = version >= 3
  const value: TxnOffsetCommitRequest = {
    transactionalId: flexible ? r.compactString() : r.string(),
    groupId: flexible ? r.compactString() : r.string(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    generationId: flexible ? r.int32() : -1,
    memberId: flexible ? r.compactString() : '',
    groupInstanceId: flexible ? r.compactNullableString() : null,
    topics: readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w: Writer, m: TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestTopic {
  const flexible = version >= 3
  const value: TxnOffsetCommitRequestTxnOffsetCommitRequestTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w: Writer, m: TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.partitionIndex)
  w.int64(m.committedOffset)
  if (version >= 2) w.int32(m.committedLeaderEpoch ?? -1)
  if (flexible) w.compactNullableString(m.committedMetadata ?? null)
  else w.nullableString(m.committedMetadata ?? null)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestPartition {
  const flexible = version >= 3
  const value: TxnOffsetCommitRequestTxnOffsetCommitRequestPartition = {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: version >= 2 ? r.int32() : -1,
    committedMetadata: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w: Writer, list: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w, element, version)
}

function readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestTopic[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: TxnOffsetCommitRequestTxnOffsetCommitRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r, version))
  return list
}

function writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w: Writer, list: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w, element, version)
}

function readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestPartition[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 18 : 14, 4)
  const list: TxnOffsetCommitRequestTxnOffsetCommitRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r, version))
  return list
}

export function encodeTxnOffsetCommitRequest(w: Writer, m: TxnOffsetCommitRequestInit, version: number): void {
  if (version < 0 || version > 5) unwritable('TxnOffsetCommitRequest', version)
  writeTxnOffsetCommitRequest(w, m, version)
}

export function decodeTxnOffsetCommitRequest(r: Reader, version: number): TxnOffsetCommitRequest {
  if (version < 0 || version > 5) unreadable('TxnOffsetCommitRequest', version, r)
  return readTxnOffsetCommitRequest(r, version)
}

export interface TxnOffsetCommitResponse {
  throttleTimeMs: number
  topics: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[]
}

export interface TxnOffsetCommitResponseInit {
  throttleTimeMs: number
  topics: readonly TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponseTopic {
  name: string
  partitions: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit {
  name: string
  partitions: readonly TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export type TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit = TxnOffsetCommitResponseTxnOffsetCommitResponsePartition

function writeTxnOffsetCommitResponse(w: Writer, m: TxnOffsetCommitResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs)
  writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitResponse(r: Reader, version: number): TxnOffsetCommitResponse {
  const flexible = version >= 3
  const value: TxnOffsetCommitResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w: Writer, m: TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponseTopic {
  const flexible = version >= 3
  const value: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w: Writer, m: TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponsePartition {
  const flexible = version >= 3
  const value: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w: Writer, list: readonly TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w, element, version)
}

function readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r, version))
  return list
}

function writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w: Writer, list: readonly TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w, element, version)
}

function readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 7 : 6, 2)
  const list: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r, version))
  return list
}

export function encodeTxnOffsetCommitResponse(w: Writer, m: TxnOffsetCommitResponseInit, version: number): void {
  if (version < 0 || version > 5) unwritable('TxnOffsetCommitResponse', version)
  writeTxnOffsetCommitResponse(w, m, version)
}

export function decodeTxnOffsetCommitResponse(r: Reader, version: number): TxnOffsetCommitResponse {
  if (version < 0 || version > 5) unreadable('TxnOffsetCommitResponse', version, r)
  return readTxnOffsetCommitResponse(r, version)
}

/** API key 28, versions 0-5. */
export const TxnOffsetCommitApi: Api<TxnOffsetCommitRequest, TxnOffsetCommitRequestInit, TxnOffsetCommitResponse, TxnOffsetCommitResponseInit> = {
  key: 28,
  name: 'TxnOffsetCommit',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeTxnOffsetCommitRequest,
  decodeRequest: decodeTxnOffsetCommitRequest,
  encodeResponse: encodeTxnOffsetCommitResponse,
  decodeResponse: decodeTxnOffsetCommitResponse,
}
