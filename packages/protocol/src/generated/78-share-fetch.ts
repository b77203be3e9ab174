// Made by generator/main.ts from definitions/78-share-fetch.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readInt8s, readLength, writeInt32s, writeInt8s, writeLength } from '../messages/arrays.ts'
import { readRecords, writeRecords } from '../messages/records.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ShareFetchRequest {
  groupId: string | null
  memberId: string | null
  shareSessionEpoch: number
  maxWaitMs: number
  minBytes: number
  maxBytes: number
  maxRecords: number
  batchSize: number
  shareAcquireMode: number // 2
  isRenewAck: boolean // 2
  topics: ShareFetchRequestFetchTopic[]
  forgottenTopicsData: ShareFetchRequestForgottenTopic[]
}

export interface ShareFetchRequestInit {
  groupId?: string | null | undefined
  memberId?: string | null | undefined
  shareSessionEpoch: number
  maxWaitMs: number
  minBytes: number
  maxBytes?: number | undefined
  maxRecords: number
  batchSize: number
  shareAcquireMode?: number | undefined
  isRenewAck?: boolean | undefined
  topics: readonly ShareFetchRequestFetchTopicInit[]
  forgottenTopicsData: readonly ShareFetchRequestForgottenTopicInit[]
}

export interface ShareFetchRequestFetchTopic {
  topicId: string
  partitions: ShareFetchRequestFetchPartition[]
}

export interface ShareFetchRequestFetchTopicInit {
  topicId: string
  partitions: readonly ShareFetchRequestFetchPartitionInit[]
}

export interface ShareFetchRequestFetchPartition {
  partitionIndex: number
  acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[]
}

export interface ShareFetchRequestFetchPartitionInit {
  partitionIndex: number
  acknowledgementBatches: readonly ShareFetchRequestAcknowledgementBatchInit[]
}

export interface ShareFetchRequestAcknowledgementBatch {
  firstOffset: number
  lastOffset: number
  acknowledgeTypes: number[]
}

export interface ShareFetchRequestAcknowledgementBatchInit {
  firstOffset: number
  lastOffset: number
  acknowledgeTypes: readonly number[]
}

export interface ShareFetchRequestForgottenTopic {
  topicId: string
  partitions: number[]
}

export interface ShareFetchRequestForgottenTopicInit {
  topicId: string
  partitions: readonly number[]
}

function writeShareFetchRequest(w: Writer, m: ShareFetchRequestInit, version: number): void {
  w.compactNullableString(m.groupId ?? null)
  w.compactNullableString(m.memberId ?? null)
  w.int32(m.shareSessionEpoch)
  w.int32(m.maxWaitMs)
  w.int32(m.minBytes)
  w.int32(m.maxBytes ?? 2147483647)
  w.int32(m.maxRecords)
  w.int32(m.batchSize)
  if (version >= 2) w.int8(m.shareAcquireMode ?? 0)
  if (version >= 2) w.boolean(m.isRenewAck ?? false)
  else { if (m.isRenewAck !== undefined && m.isRenewAck !== false) refuse('ShareFetchRequest.isRenewAck', version) }
  writeArrayOfShareFetchRequestFetchTopic(w, m.topics, version)
  writeArrayOfShareFetchRequestForgottenTopic(w, m.forgottenTopicsData, version)
  w.uvarint(0)
}

function readShareFetchRequest(r: Reader, version: number): ShareFetchRequest {
  const value: ShareFetchRequest = {
    groupId: r.compactNullableString(),
    memberId: r.compactNullableString(),
    shareSessionEpoch: r.int32(),
    maxWaitMs: r.int32(),
    minBytes: r.int32(),
    maxBytes: r.int32(),
    maxRecords: r.int32(),
    batchSize: r.int32(),
    shareAcquireMode: version >= 2 ? r.int8() : 0,
    isRenewAck: version >= 2 ? r.boolean() : false,
    topics: readArrayOfShareFetchRequestFetchTopic(r, version),
    forgottenTopicsData: readArrayOfShareFetchRequestForgottenTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestFetchTopic(w: Writer, m: ShareFetchRequestFetchTopicInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfShareFetchRequestFetchPartition(w, m.partitions, version)
  w.uvarint(0)
}

function readShareFetchRequestFetchTopic(r: Reader, version: number): ShareFetchRequestFetchTopic {
  const value: ShareFetchRequestFetchTopic = {
    topicId: r.uuid(),
    partitions: readArrayOfShareFetchRequestFetchPartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestFetchPartition(w: Writer, m: ShareFetchRequestFetchPartitionInit, version: number): void {
  w.int32(m.partitionIndex)
  writeArrayOfShareFetchRequestAcknowledgementBatch(w, m.acknowledgementBatches, version)
  w.uvarint(0)
}

function readShareFetchRequestFetchPartition(r: Reader, version: number): ShareFetchRequestFetchPartition {
  const value: ShareFetchRequestFetchPartition = {
    partitionIndex: r.int32(),
    acknowledgementBatches: readArrayOfShareFetchRequestAcknowledgementBatch(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestAcknowledgementBatch(w: Writer, m: ShareFetchRequestAcknowledgementBatchInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  writeInt8s(w, m.acknowledgeTypes, true)
  w.uvarint(0)
}

function readShareFetchRequestAcknowledgementBatch(r: Reader, _version: number): ShareFetchRequestAcknowledgementBatch {
  const value: ShareFetchRequestAcknowledgementBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    acknowledgeTypes: readInt8s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestForgottenTopic(w: Writer, m: ShareFetchRequestForgottenTopicInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareFetchRequestForgottenTopic(r: Reader, _version: number): ShareFetchRequestForgottenTopic {
  const value: ShareFetchRequestForgottenTopic = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareFetchRequestFetchTopic(w: Writer, list: readonly ShareFetchRequestFetchTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestFetchTopic(w, element, version)
}

function readArrayOfShareFetchRequestFetchTopic(r: Reader, version: number): ShareFetchRequestFetchTopic[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareFetchRequestFetchTopic[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestFetchTopic(r, version))
  return list
}

function writeArrayOfShareFetchRequestForgottenTopic(w: Writer, list: readonly ShareFetchRequestForgottenTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestForgottenTopic(w, element, version)
}

function readArrayOfShareFetchRequestForgottenTopic(r: Reader, version: number): ShareFetchRequestForgottenTopic[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareFetchRequestForgottenTopic[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestForgottenTopic(r, version))
  return list
}

function writeArrayOfShareFetchRequestFetchPartition(w: Writer, list: readonly ShareFetchRequestFetchPartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestFetchPartition(w, element, version)
}

function readArrayOfShareFetchRequestFetchPartition(r: Reader, version: number): ShareFetchRequestFetchPartition[] {
  const length = readLength(r, true, 6, 2)
  const list: ShareFetchRequestFetchPartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestFetchPartition(r, version))
  return list
}

function writeArrayOfShareFetchRequestAcknowledgementBatch(w: Writer, list: readonly ShareFetchRequestAcknowledgementBatchInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestAcknowledgementBatch(w, element, version)
}

function readArrayOfShareFetchRequestAcknowledgementBatch(r: Reader, version: number): ShareFetchRequestAcknowledgementBatch[] {
  const length = readLength(r, true, 18, 3)
  const list: ShareFetchRequestAcknowledgementBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestAcknowledgementBatch(r, version))
  return list
}

export function encodeShareFetchRequest(w: Writer, m: ShareFetchRequestInit, version: number): void {
  if (version < 1 || version > 2) unwritable('ShareFetchRequest', version)
  writeShareFetchRequest(w, m, version)
}

export function decodeShareFetchRequest(r: Reader, version: number): ShareFetchRequest {
  if (version < 1 || version > 2) unreadable('ShareFetchRequest', version, r)
  return readShareFetchRequest(r, version)
}

export interface ShareFetchResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  acquisitionLockTimeoutMs: number
  responses: ShareFetchResponseShareFetchableTopicResponse[]
  nodeEndpoints: ShareFetchResponseNodeEndpoint[]
}

export interface ShareFetchResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  acquisitionLockTimeoutMs: number
  responses: readonly ShareFetchResponseShareFetchableTopicResponseInit[]
  nodeEndpoints: readonly ShareFetchResponseNodeEndpointInit[]
}

export interface ShareFetchResponseShareFetchableTopicResponse {
  topicId: string
  partitions: ShareFetchResponsePartitionData[]
}

export interface ShareFetchResponseShareFetchableTopicResponseInit {
  topicId: string
  partitions: readonly ShareFetchResponsePartitionDataInit[]
}

export interface ShareFetchResponsePartitionData {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  acknowledgeErrorCode: number
  acknowledgeErrorMessage: string | null
  currentLeader: ShareFetchResponseLeaderIdAndEpoch
  records: readonly Buffer[]
  acquiredRecords: ShareFetchResponseAcquiredRecords[]
}

export interface ShareFetchResponsePartitionDataInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
  acknowledgeErrorCode: number
  acknowledgeErrorMessage?: string | null | undefined
  currentLeader: ShareFetchResponseLeaderIdAndEpochInit
  records: readonly Uint8Array[]
  acquiredRecords: readonly ShareFetchResponseAcquiredRecordsInit[]
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export type ShareFetchResponseLeaderIdAndEpochInit = ShareFetchResponseLeaderIdAndEpoch

export interface ShareFetchResponseAcquiredRecords {
  firstOffset: number
  lastOffset: number
  deliveryCount: number
}

export type ShareFetchResponseAcquiredRecordsInit = ShareFetchResponseAcquiredRecords

export interface ShareFetchResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export interface ShareFetchResponseNodeEndpointInit {
  nodeId: number
  host: string
  port: number
  rack?: string | null | undefined
}

function writeShareFetchResponse(w: Writer, m: ShareFetchResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.acquisitionLockTimeoutMs)
  writeArrayOfShareFetchResponseShareFetchableTopicResponse(w, m.responses, version)
  writeArrayOfShareFetchResponseNodeEndpoint(w, m.nodeEndpoints, version)
  w.uvarint(0)
}

function readShareFetchResponse(r: Reader, version: number): ShareFetchResponse {
  const value: ShareFetchResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    acquisitionLockTimeoutMs: r.int32(),
    responses: readArrayOfShareFetchResponseShareFetchableTopicResponse(r, version),
    nodeEndpoints: readArrayOfShareFetchResponseNodeEndpoint(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseShareFetchableTopicResponse(w: Writer, m: ShareFetchResponseShareFetchableTopicResponseInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfShareFetchResponsePartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readShareFetchResponseShareFetchableTopicResponse(r: Reader, version: number): ShareFetchResponseShareFetchableTopicResponse {
  const value: ShareFetchResponseShareFetchableTopicResponse = {
    topicId: r.uuid(),
    partitions: readArrayOfShareFetchResponsePartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponsePartitionData(w: Writer, m: ShareFetchResponsePartitionDataInit, version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int16(m.acknowledgeErrorCode)
  w.compactNullableString(m.acknowledgeErrorMessage ?? null)
  writeShareFetchResponseLeaderIdAndEpoch(w, m.currentLeader, version)
  writeRecords(w, m.records, true)
  writeArrayOfShareFetchResponseAcquiredRecords(w, m.acquiredRecords, version)
  w.uvarint(0)
}

function readShareFetchResponsePartitionData(r: Reader, version: number): ShareFetchResponsePartitionData {
  const value: ShareFetchResponsePartitionData = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    acknowledgeErrorCode: r.int16(),
    acknowledgeErrorMessage: r.compactNullableString(),
    currentLeader: readShareFetchResponseLeaderIdAndEpoch(r, version),
    records: readRecords(r, true),
    acquiredRecords: readArrayOfShareFetchResponseAcquiredRecords(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseLeaderIdAndEpoch(w: Writer, m: ShareFetchResponseLeaderIdAndEpochInit, _version: number): void {
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readShareFetchResponseLeaderIdAndEpoch(r: Reader, _version: number): ShareFetchResponseLeaderIdAndEpoch {
  const value: ShareFetchResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseAcquiredRecords(w: Writer, m: ShareFetchResponseAcquiredRecordsInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareFetchResponseAcquiredRecords(r: Reader, _version: number): ShareFetchResponseAcquiredRecords {
  const value: ShareFetchResponseAcquiredRecords = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseNodeEndpoint(w: Writer, m: ShareFetchResponseNodeEndpointInit, _version: number): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readShareFetchResponseNodeEndpoint(r: Reader, _version: number): ShareFetchResponseNodeEndpoint {
  const value: ShareFetchResponseNodeEndpoint = {
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareFetchResponseShareFetchableTopicResponse(w: Writer, list: readonly ShareFetchResponseShareFetchableTopicResponseInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponseShareFetchableTopicResponse(w, element, version)
}

function readArrayOfShareFetchResponseShareFetchableTopicResponse(r: Reader, version: number): ShareFetchResponseShareFetchableTopicResponse[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareFetchResponseShareFetchableTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponseShareFetchableTopicResponse(r, version))
  return list
}

function writeArrayOfShareFetchResponseNodeEndpoint(w: Writer, list: readonly ShareFetchResponseNodeEndpointInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponseNodeEndpoint(w, element, version)
}

function readArrayOfShareFetchResponseNodeEndpoint(r: Reader, version: number): ShareFetchResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: ShareFetchResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponseNodeEndpoint(r, version))
  return list
}

function writeArrayOfShareFetchResponsePartitionData(w: Writer, list: readonly ShareFetchResponsePartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponsePartitionData(w, element, version)
}

function readArrayOfShareFetchResponsePartitionData(r: Reader, version: number): ShareFetchResponsePartitionData[] {
  const length = readLength(r, true, 22, 8)
  const list: ShareFetchResponsePartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponsePartitionData(r, version))
  return list
}

function writeArrayOfShareFetchResponseAcquiredRecords(w: Writer, list: readonly ShareFetchResponseAcquiredRecordsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponseAcquiredRecords(w, element, version)
}

function readArrayOfShareFetchResponseAcquiredRecords(r: Reader, version: number): ShareFetchResponseAcquiredRecords[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareFetchResponseAcquiredRecords[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponseAcquiredRecords(r, version))
  return list
}

export function encodeShareFetchResponse(w: Writer, m: ShareFetchResponseInit, version: number): void {
  if (version < 1 || version > 2) unwritable('ShareFetchResponse', version)
  writeShareFetchResponse(w, m, version)
}

export function decodeShareFetchResponse(r: Reader, version: number): ShareFetchResponse {
  if (version < 1 || version > 2) unreadable('ShareFetchResponse', version, r)
  return readShareFetchResponse(r, version)
}

/** API key 78, versions 1-2. */
export const ShareFetchApi: Api<ShareFetchRequest, ShareFetchRequestInit, ShareFetchResponse, ShareFetchResponseInit> = {
  key: 78,
  name: 'ShareFetch',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeShareFetchRequest,
  decodeRequest: decodeShareFetchRequest,
  encodeResponse: encodeShareFetchResponse,
  decodeResponse: decodeShareFetchResponse,
}
