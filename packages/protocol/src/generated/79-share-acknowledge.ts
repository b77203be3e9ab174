// Made by generator/main.ts from definitions/79-share-acknowledge.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt8s, readLength, writeInt8s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ShareAcknowledgeRequest {
  groupId: string | null
  memberId: string | null
  shareSessionEpoch: number
  isRenewAck: boolean // 2
  topics: ShareAcknowledgeRequestAcknowledgeTopic[]
}

export interface ShareAcknowledgeRequestInit {
  groupId?: string | null | undefined
  memberId?: string | null | undefined
  shareSessionEpoch: number
  isRenewAck?: boolean | undefined
  topics: readonly ShareAcknowledgeRequestAcknowledgeTopicInit[]
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  topicId: string
  partitions: ShareAcknowledgeRequestAcknowledgePartition[]
}

export interface ShareAcknowledgeRequestAcknowledgeTopicInit {
  topicId: string
  partitions: readonly ShareAcknowledgeRequestAcknowledgePartitionInit[]
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  partitionIndex: number
  acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[]
}

export interface ShareAcknowledgeRequestAcknowledgePartitionInit {
  partitionIndex: number
  acknowledgementBatches: readonly ShareAcknowledgeRequestAcknowledgementBatchInit[]
}

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  firstOffset: number
  lastOffset: number
  acknowledgeTypes: number[]
}

export interface ShareAcknowledgeRequestAcknowledgementBatchInit {
  firstOffset: number
  lastOffset: number
  acknowledgeTypes: readonly number[]
}

function writeShareAcknowledgeRequest(w: Writer, m: ShareAcknowledgeRequestInit, version: number): void {
  w.compactNullableString(m.groupId ?? null)
  w.compactNullableString(m.memberId ?? null)
  w.int32(m.shareSessionEpoch)
  if (version >= 2) w.boolean(m.isRenewAck ?? false)
  else { if (m.isRenewAck !== undefined && m.isRenewAck !== false) refuse('ShareAcknowledgeRequest.isRenewAck', version) }
  writeArrayOfShareAcknowledgeRequestAcknowledgeTopic(w, m.topics, version)
  w.uvarint(0)
}

function readShareAcknowledgeRequest(r: Reader, version: number): ShareAcknowledgeRequest {
  const value: ShareAcknowledgeRequest = {
    groupId: r.compactNullableString(),
    memberId: r.compactNullableString(),
    shareSessionEpoch: r.int32(),
    isRenewAck: version >= 2 ? r.boolean() : false,
    topics: readArrayOfShareAcknowledgeRequestAcknowledgeTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeRequestAcknowledgeTopic(w: Writer, m: ShareAcknowledgeRequestAcknowledgeTopicInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfShareAcknowledgeRequestAcknowledgePartition(w, m.partitions, version)
  w.uvarint(0)
}

function readShareAcknowledgeRequestAcknowledgeTopic(r: Reader, version: number): ShareAcknowledgeRequestAcknowledgeTopic {
  const value: ShareAcknowledgeRequestAcknowledgeTopic = {
    topicId: r.uuid(),
    partitions: readArrayOfShareAcknowledgeRequestAcknowledgePartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeRequestAcknowledgePartition(w: Writer, m: ShareAcknowledgeRequestAcknowledgePartitionInit, version: number): void {
  w.int32(m.partitionIndex)
  writeArrayOfShareAcknowledgeRequestAcknowledgementBatch(w, m.acknowledgementBatches, version)
  w.uvarint(0)
}

function readShareAcknowledgeRequestAcknowledgePartition(r: Reader, version: number): ShareAcknowledgeRequestAcknowledgePartition {
  const value: ShareAcknowledgeRequestAcknowledgePartition = {
    partitionIndex: r.int32(),
    acknowledgementBatches: readArrayOfShareAcknowledgeRequestAcknowledgementBatch(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeRequestAcknowledgementBatch(w: Writer, m: ShareAcknowledgeRequestAcknowledgementBatchInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  writeInt8s(w, m.acknowledgeTypes, true)
  w.uvarint(0)
}

function readShareAcknowledgeRequestAcknowledgementBatch(r: Reader, _version: number): ShareAcknowledgeRequestAcknowledgementBatch {
  const value: ShareAcknowledgeRequestAcknowledgementBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    acknowledgeTypes: readInt8s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareAcknowledgeRequestAcknowledgeTopic(w: Writer, list: readonly ShareAcknowledgeRequestAcknowledgeTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeRequestAcknowledgeTopic(w, element, version)
}

function readArrayOfShareAcknowledgeRequestAcknowledgeTopic(r: Reader, version: number): ShareAcknowledgeRequestAcknowledgeTopic[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareAcknowledgeRequestAcknowledgeTopic[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeRequestAcknowledgeTopic(r, version))
  return list
}

function writeArrayOfShareAcknowledgeRequestAcknowledgePartition(w: Writer, list: readonly ShareAcknowledgeRequestAcknowledgePartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeRequestAcknowledgePartition(w, element, version)
}

function readArrayOfShareAcknowledgeRequestAcknowledgePartition(r: Reader, version: number): ShareAcknowledgeRequestAcknowledgePartition[] {
  const length = readLength(r, true, 6, 2)
  const list: ShareAcknowledgeRequestAcknowledgePartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeRequestAcknowledgePartition(r, version))
  return list
}

function writeArrayOfShareAcknowledgeRequestAcknowledgementBatch(w: Writer, list: readonly ShareAcknowledgeRequestAcknowledgementBatchInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeRequestAcknowledgementBatch(w, element, version)
}

function readArrayOfShareAcknowledgeRequestAcknowledgementBatch(r: Reader, version: number): ShareAcknowledgeRequestAcknowledgementBatch[] {
  const length = readLength(r, true, 18, 3)
  const list: ShareAcknowledgeRequestAcknowledgementBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeRequestAcknowledgementBatch(r, version))
  return list
}

export function encodeShareAcknowledgeRequest(w: Writer, m: ShareAcknowledgeRequestInit, version: number): void {
  if (version < 1 || version > 2) unwritable('ShareAcknowledgeRequest', version)
  writeShareAcknowledgeRequest(w, m, version)
}

export function decodeShareAcknowledgeRequest(r: Reader, version: number): ShareAcknowledgeRequest {
  if (version < 1 || version > 2) unreadable('ShareAcknowledgeRequest', version, r)
  return readShareAcknowledgeRequest(r, version)
}

export interface ShareAcknowledgeResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  acquisitionLockTimeoutMs: number // 2
  responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[]
  nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[]
}

export interface ShareAcknowledgeResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  acquisitionLockTimeoutMs?: number | undefined
  responses: readonly ShareAcknowledgeResponseShareAcknowledgeTopicResponseInit[]
  nodeEndpoints: readonly ShareAcknowledgeResponseNodeEndpointInit[]
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  topicId: string
  partitions: ShareAcknowledgeResponsePartitionData[]
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponseInit {
  topicId: string
  partitions: readonly ShareAcknowledgeResponsePartitionDataInit[]
}

export interface ShareAcknowledgeResponsePartitionData {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch
}

export interface ShareAcknowledgeResponsePartitionDataInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
  currentLeader: ShareAcknowledgeResponseLeaderIdAndEpochInit
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export type ShareAcknowledgeResponseLeaderIdAndEpochInit = ShareAcknowledgeResponseLeaderIdAndEpoch

export interface ShareAcknowledgeResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export interface ShareAcknowledgeResponseNodeEndpointInit {
  nodeId: number
  host: string
  port: number
  rack?: string | null | undefined
}

function writeShareAcknowledgeResponse(w: Writer, m: ShareAcknowledgeResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  if (version >= 2) w.int32(m.acquisitionLockTimeoutMs ?? 0)
  writeArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(w, m.responses, version)
  writeArrayOfShareAcknowledgeResponseNodeEndpoint(w, m.nodeEndpoints, version)
  w.uvarint(0)
}

function readShareAcknowledgeResponse(r: Reader, version: number): ShareAcknowledgeResponse {
  const value: ShareAcknowledgeResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    acquisitionLockTimeoutMs: version >= 2 ? r.int32() : 0,
    responses: readArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(r, version),
    nodeEndpoints: readArrayOfShareAcknowledgeResponseNodeEndpoint(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(w: Writer, m: ShareAcknowledgeResponseShareAcknowledgeTopicResponseInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfShareAcknowledgeResponsePartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readShareAcknowledgeResponseShareAcknowledgeTopicResponse(r: Reader, version: number): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const value: ShareAcknowledgeResponseShareAcknowledgeTopicResponse = {
    topicId: r.uuid(),
    partitions: readArrayOfShareAcknowledgeResponsePartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponsePartitionData(w: Writer, m: ShareAcknowledgeResponsePartitionDataInit, version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeShareAcknowledgeResponseLeaderIdAndEpoch(w, m.currentLeader, version)
  w.uvarint(0)
}

function readShareAcknowledgeResponsePartitionData(r: Reader, version: number): ShareAcknowledgeResponsePartitionData {
  const value: ShareAcknowledgeResponsePartitionData = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    currentLeader: readShareAcknowledgeResponseLeaderIdAndEpoch(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponseLeaderIdAndEpoch(w: Writer, m: ShareAcknowledgeResponseLeaderIdAndEpochInit, _version: number): void {
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readShareAcknowledgeResponseLeaderIdAndEpoch(r: Reader, _version: number): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const value: ShareAcknowledgeResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponseNodeEndpoint(w: Writer, m: ShareAcknowledgeResponseNodeEndpointInit, _version: number): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readShareAcknowledgeResponseNodeEndpoint(r: Reader, _version: number): ShareAcknowledgeResponseNodeEndpoint {
  const value: ShareAcknowledgeResponseNodeEndpoint = {
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(w: Writer, list: readonly ShareAcknowledgeResponseShareAcknowledgeTopicResponseInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(w, element, version)
}

function readArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(r: Reader, version: number): ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeResponseShareAcknowledgeTopicResponse(r, version))
  return list
}

function writeArrayOfShareAcknowledgeResponseNodeEndpoint(w: Writer, list: readonly ShareAcknowledgeResponseNodeEndpointInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeResponseNodeEndpoint(w, element, version)
}

function readArrayOfShareAcknowledgeResponseNodeEndpoint(r: Reader, version: number): ShareAcknowledgeResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: ShareAcknowledgeResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeResponseNodeEndpoint(r, version))
  return list
}

function writeArrayOfShareAcknowledgeResponsePartitionData(w: Writer, list: readonly ShareAcknowledgeResponsePartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeResponsePartitionData(w, element, version)
}

function readArrayOfShareAcknowledgeResponsePartitionData(r: Reader, version: number): ShareAcknowledgeResponsePartitionData[] {
  const length = readLength(r, true, 17, 4)
  const list: ShareAcknowledgeResponsePartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeResponsePartitionData(r, version))
  return list
}

export function encodeShareAcknowledgeResponse(w: Writer, m: ShareAcknowledgeResponseInit, version: number): void {
  if (version < 1 || version > 2) unwritable('ShareAcknowledgeResponse', version)
  writeShareAcknowledgeResponse(w, m, version)
}

export function decodeShareAcknowledgeResponse(r: Reader, version: number): ShareAcknowledgeResponse {
  if (version < 1 || version > 2) unreadable('ShareAcknowledgeResponse', version, r)
  return readShareAcknowledgeResponse(r, version)
}

/** API key 79, versions 1-2. */
export const ShareAcknowledgeApi: Api<ShareAcknowledgeRequest, ShareAcknowledgeRequestInit, ShareAcknowledgeResponse, ShareAcknowledgeResponseInit> = {
  key: 79,
  name: 'ShareAcknowledge',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeShareAcknowledgeRequest,
  decodeRequest: decodeShareAcknowledgeRequest,
  encodeResponse: encodeShareAcknowledgeResponse,
  decodeResponse: decodeShareAcknowledgeResponse,
}
