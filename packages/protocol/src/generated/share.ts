// Made by generator/main.ts from definitions/share/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readInt8s, readLength, readNullableLength, readNullableStrings, readStrings, writeInt32s, writeInt8s, writeLength, writeNullableStrings, writeStrings } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { readRecords, writeRecords } from '../messages/records.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unreadable, unwritable } from '../messages/versions.ts'

// share/76-share-group-heartbeat.kmsg

export interface ShareGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  rackId: string | null
  subscribedTopicNames: string[] | null
}

export interface ShareGroupHeartbeatRequestInit {
  groupId: string
  memberId: string
  memberEpoch: number
  rackId?: string | null | undefined
  subscribedTopicNames?: readonly string[] | null | undefined
}

function writeShareGroupHeartbeatRequest(w: Writer, m: ShareGroupHeartbeatRequestInit): void {
  w.compactString(m.groupId)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.compactNullableString(m.rackId ?? null)
  writeNullableStrings(w, m.subscribedTopicNames ?? null, true)
  w.uvarint(0)
}

function readShareGroupHeartbeatRequest(r: Reader): ShareGroupHeartbeatRequest {
  const value: ShareGroupHeartbeatRequest = {
    groupId: r.compactString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    rackId: r.compactNullableString(),
    subscribedTopicNames: readNullableStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupHeartbeatRequest(w: Writer, m: ShareGroupHeartbeatRequestInit, version: number): void {
  if (version !== 1) unwritable('ShareGroupHeartbeatRequest', version)
  writeShareGroupHeartbeatRequest(w, m)
}

export function decodeShareGroupHeartbeatRequest(r: Reader, version: number): ShareGroupHeartbeatRequest {
  if (version !== 1) unreadable('ShareGroupHeartbeatRequest', version, r)
  return readShareGroupHeartbeatRequest(r)
}

export interface ShareGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string | null
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment: ShareGroupHeartbeatResponseAssignment | null
}

export interface ShareGroupHeartbeatResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  memberId?: string | null | undefined
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment?: ShareGroupHeartbeatResponseAssignmentInit | null | undefined
}

export interface ShareGroupHeartbeatResponseAssignment {
  topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[]
}

export interface ShareGroupHeartbeatResponseAssignmentInit {
  topicPartitions: readonly ShareGroupHeartbeatResponseTopicPartitionsInit[]
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ShareGroupHeartbeatResponseTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeShareGroupHeartbeatResponse(w: Writer, m: ShareGroupHeartbeatResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactNullableString(m.memberId ?? null)
  w.int32(m.memberEpoch)
  w.int32(m.heartbeatIntervalMs)
  writeNullableShareGroupHeartbeatResponseAssignment(w, m.assignment ?? null)
  w.uvarint(0)
}

function readShareGroupHeartbeatResponse(r: Reader): ShareGroupHeartbeatResponse {
  const value: ShareGroupHeartbeatResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    memberId: r.compactNullableString(),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    assignment: readNullableShareGroupHeartbeatResponseAssignment(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupHeartbeatResponseAssignment(w: Writer, m: ShareGroupHeartbeatResponseAssignmentInit): void {
  writeArrayOfShareGroupHeartbeatResponseTopicPartitions(w, m.topicPartitions)
  w.uvarint(0)
}

function readShareGroupHeartbeatResponseAssignment(r: Reader): ShareGroupHeartbeatResponseAssignment {
  const value: ShareGroupHeartbeatResponseAssignment = {
    topicPartitions: readArrayOfShareGroupHeartbeatResponseTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupHeartbeatResponseTopicPartitions(w: Writer, m: ShareGroupHeartbeatResponseTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupHeartbeatResponseTopicPartitions(r: Reader): ShareGroupHeartbeatResponseTopicPartitions {
  const value: ShareGroupHeartbeatResponseTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableShareGroupHeartbeatResponseAssignment(w: Writer, m: ShareGroupHeartbeatResponseAssignmentInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeShareGroupHeartbeatResponseAssignment(w, m)
}

function readNullableShareGroupHeartbeatResponseAssignment(r: Reader): ShareGroupHeartbeatResponseAssignment | null {
  return r.int8() < 0 ? null : readShareGroupHeartbeatResponseAssignment(r)
}

function writeArrayOfShareGroupHeartbeatResponseTopicPartitions(w: Writer, list: readonly ShareGroupHeartbeatResponseTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupHeartbeatResponseTopicPartitions(w, element)
}

function readArrayOfShareGroupHeartbeatResponseTopicPartitions(r: Reader): ShareGroupHeartbeatResponseTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupHeartbeatResponseTopicPartitions(r))
  return list
}

export function encodeShareGroupHeartbeatResponse(w: Writer, m: ShareGroupHeartbeatResponseInit, version: number): void {
  if (version !== 1) unwritable('ShareGroupHeartbeatResponse', version)
  writeShareGroupHeartbeatResponse(w, m)
}

export function decodeShareGroupHeartbeatResponse(r: Reader, version: number): ShareGroupHeartbeatResponse {
  if (version !== 1) unreadable('ShareGroupHeartbeatResponse', version, r)
  return readShareGroupHeartbeatResponse(r)
}

/** API key 76, versions 1. */
export const ShareGroupHeartbeatApi: Api<ShareGroupHeartbeatRequest, ShareGroupHeartbeatRequestInit, ShareGroupHeartbeatResponse, ShareGroupHeartbeatResponseInit> = {
  key: 76,
  name: 'ShareGroupHeartbeat',
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeShareGroupHeartbeatRequest,
  decodeRequest: decodeShareGroupHeartbeatRequest,
  encodeResponse: encodeShareGroupHeartbeatResponse,
  decodeResponse: decodeShareGroupHeartbeatResponse,
}

// share/77-share-group-describe.kmsg

export interface ShareGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export interface ShareGroupDescribeRequestInit {
  groupIds: readonly string[]
  includeAuthorizedOperations: boolean
}

function writeShareGroupDescribeRequest(w: Writer, m: ShareGroupDescribeRequestInit): void {
  writeStrings(w, m.groupIds, true)
  w.boolean(m.includeAuthorizedOperations)
  w.uvarint(0)
}

function readShareGroupDescribeRequest(r: Reader): ShareGroupDescribeRequest {
  const value: ShareGroupDescribeRequest = {
    groupIds: readStrings(r, true),
    includeAuthorizedOperations: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupDescribeRequest(w: Writer, m: ShareGroupDescribeRequestInit, version: number): void {
  if (version !== 1) unwritable('ShareGroupDescribeRequest', version)
  writeShareGroupDescribeRequest(w, m)
}

export function decodeShareGroupDescribeRequest(r: Reader, version: number): ShareGroupDescribeRequest {
  if (version !== 1) unreadable('ShareGroupDescribeRequest', version, r)
  return readShareGroupDescribeRequest(r)
}

export interface ShareGroupDescribeResponse {
  throttleTimeMs: number
  groups: ShareGroupDescribeResponseDescribedGroup[]
}

export interface ShareGroupDescribeResponseInit {
  throttleTimeMs?: number | undefined
  groups: readonly ShareGroupDescribeResponseDescribedGroupInit[]
}

export interface ShareGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: ShareGroupDescribeResponseMember[]
  authorizedOperations: number
}

export interface ShareGroupDescribeResponseDescribedGroupInit {
  errorCode: number
  errorMessage?: string | null | undefined
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: readonly ShareGroupDescribeResponseMemberInit[]
  authorizedOperations?: number | undefined
}

export interface ShareGroupDescribeResponseMember {
  memberId: string
  rackId: string | null
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  assignment: ShareGroupDescribeResponseAssignment
}

export interface ShareGroupDescribeResponseMemberInit {
  memberId: string
  rackId?: string | null | undefined
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
  assignment: ShareGroupDescribeResponseAssignmentInit
}

export interface ShareGroupDescribeResponseAssignment {
  topicPartitions: ShareGroupDescribeResponseTopicPartitions[]
}

export interface ShareGroupDescribeResponseAssignmentInit {
  topicPartitions: readonly ShareGroupDescribeResponseTopicPartitionsInit[]
}

export interface ShareGroupDescribeResponseTopicPartitions {
  topicId: string
  topicName: string
  partitions: number[]
}

export interface ShareGroupDescribeResponseTopicPartitionsInit {
  topicId: string
  topicName: string
  partitions: readonly number[]
}

function writeShareGroupDescribeResponse(w: Writer, m: ShareGroupDescribeResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfShareGroupDescribeResponseDescribedGroup(w, m.groups)
  w.uvarint(0)
}

function readShareGroupDescribeResponse(r: Reader): ShareGroupDescribeResponse {
  const value: ShareGroupDescribeResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfShareGroupDescribeResponseDescribedGroup(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseDescribedGroup(w: Writer, m: ShareGroupDescribeResponseDescribedGroupInit): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.groupId)
  w.compactString(m.groupState)
  w.int32(m.groupEpoch)
  w.int32(m.assignmentEpoch)
  w.compactString(m.assignorName)
  writeArrayOfShareGroupDescribeResponseMember(w, m.members)
  w.int32(m.authorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readShareGroupDescribeResponseDescribedGroup(r: Reader): ShareGroupDescribeResponseDescribedGroup {
  const value: ShareGroupDescribeResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    groupId: r.compactString(),
    groupState: r.compactString(),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    assignorName: r.compactString(),
    members: readArrayOfShareGroupDescribeResponseMember(r),
    authorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseMember(w: Writer, m: ShareGroupDescribeResponseMemberInit): void {
  w.compactString(m.memberId)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.memberEpoch)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  writeShareGroupDescribeResponseAssignment(w, m.assignment)
  w.uvarint(0)
}

function readShareGroupDescribeResponseMember(r: Reader): ShareGroupDescribeResponseMember {
  const value: ShareGroupDescribeResponseMember = {
    memberId: r.compactString(),
    rackId: r.compactNullableString(),
    memberEpoch: r.int32(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    assignment: readShareGroupDescribeResponseAssignment(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseAssignment(w: Writer, m: ShareGroupDescribeResponseAssignmentInit): void {
  writeArrayOfShareGroupDescribeResponseTopicPartitions(w, m.topicPartitions)
  w.uvarint(0)
}

function readShareGroupDescribeResponseAssignment(r: Reader): ShareGroupDescribeResponseAssignment {
  const value: ShareGroupDescribeResponseAssignment = {
    topicPartitions: readArrayOfShareGroupDescribeResponseTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseTopicPartitions(w: Writer, m: ShareGroupDescribeResponseTopicPartitionsInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupDescribeResponseTopicPartitions(r: Reader): ShareGroupDescribeResponseTopicPartitions {
  const value: ShareGroupDescribeResponseTopicPartitions = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupDescribeResponseDescribedGroup(w: Writer, list: readonly ShareGroupDescribeResponseDescribedGroupInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupDescribeResponseDescribedGroup(w, element)
}

function readArrayOfShareGroupDescribeResponseDescribedGroup(r: Reader): ShareGroupDescribeResponseDescribedGroup[] {
  const length = readLength(r, true, 20, 9)
  const list: ShareGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupDescribeResponseDescribedGroup(r))
  return list
}

function writeArrayOfShareGroupDescribeResponseMember(w: Writer, list: readonly ShareGroupDescribeResponseMemberInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupDescribeResponseMember(w, element)
}

function readArrayOfShareGroupDescribeResponseMember(r: Reader): ShareGroupDescribeResponseMember[] {
  const length = readLength(r, true, 12, 7)
  const list: ShareGroupDescribeResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupDescribeResponseMember(r))
  return list
}

function writeArrayOfShareGroupDescribeResponseTopicPartitions(w: Writer, list: readonly ShareGroupDescribeResponseTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupDescribeResponseTopicPartitions(w, element)
}

function readArrayOfShareGroupDescribeResponseTopicPartitions(r: Reader): ShareGroupDescribeResponseTopicPartitions[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupDescribeResponseTopicPartitions(r))
  return list
}

export function encodeShareGroupDescribeResponse(w: Writer, m: ShareGroupDescribeResponseInit, version: number): void {
  if (version !== 1) unwritable('ShareGroupDescribeResponse', version)
  writeShareGroupDescribeResponse(w, m)
}

export function decodeShareGroupDescribeResponse(r: Reader, version: number): ShareGroupDescribeResponse {
  if (version !== 1) unreadable('ShareGroupDescribeResponse', version, r)
  return readShareGroupDescribeResponse(r)
}

/** API key 77, versions 1. */
export const ShareGroupDescribeApi: Api<ShareGroupDescribeRequest, ShareGroupDescribeRequestInit, ShareGroupDescribeResponse, ShareGroupDescribeResponseInit> = {
  key: 77,
  name: 'ShareGroupDescribe',
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeShareGroupDescribeRequest,
  decodeRequest: decodeShareGroupDescribeRequest,
  encodeResponse: encodeShareGroupDescribeResponse,
  decodeResponse: decodeShareGroupDescribeResponse,
}

// share/78-share-fetch.kmsg

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
  writeArrayOfShareFetchRequestFetchTopic(w, m.topics)
  writeArrayOfShareFetchRequestForgottenTopic(w, m.forgottenTopicsData)
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
    topics: readArrayOfShareFetchRequestFetchTopic(r),
    forgottenTopicsData: readArrayOfShareFetchRequestForgottenTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestFetchTopic(w: Writer, m: ShareFetchRequestFetchTopicInit): void {
  w.uuid(m.topicId)
  writeArrayOfShareFetchRequestFetchPartition(w, m.partitions)
  w.uvarint(0)
}

function readShareFetchRequestFetchTopic(r: Reader): ShareFetchRequestFetchTopic {
  const value: ShareFetchRequestFetchTopic = {
    topicId: r.uuid(),
    partitions: readArrayOfShareFetchRequestFetchPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestFetchPartition(w: Writer, m: ShareFetchRequestFetchPartitionInit): void {
  w.int32(m.partitionIndex)
  writeArrayOfShareFetchRequestAcknowledgementBatch(w, m.acknowledgementBatches)
  w.uvarint(0)
}

function readShareFetchRequestFetchPartition(r: Reader): ShareFetchRequestFetchPartition {
  const value: ShareFetchRequestFetchPartition = {
    partitionIndex: r.int32(),
    acknowledgementBatches: readArrayOfShareFetchRequestAcknowledgementBatch(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestAcknowledgementBatch(w: Writer, m: ShareFetchRequestAcknowledgementBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  writeInt8s(w, m.acknowledgeTypes, true)
  w.uvarint(0)
}

function readShareFetchRequestAcknowledgementBatch(r: Reader): ShareFetchRequestAcknowledgementBatch {
  const value: ShareFetchRequestAcknowledgementBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    acknowledgeTypes: readInt8s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchRequestForgottenTopic(w: Writer, m: ShareFetchRequestForgottenTopicInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareFetchRequestForgottenTopic(r: Reader): ShareFetchRequestForgottenTopic {
  const value: ShareFetchRequestForgottenTopic = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareFetchRequestFetchTopic(w: Writer, list: readonly ShareFetchRequestFetchTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestFetchTopic(w, element)
}

function readArrayOfShareFetchRequestFetchTopic(r: Reader): ShareFetchRequestFetchTopic[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareFetchRequestFetchTopic[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestFetchTopic(r))
  return list
}

function writeArrayOfShareFetchRequestForgottenTopic(w: Writer, list: readonly ShareFetchRequestForgottenTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestForgottenTopic(w, element)
}

function readArrayOfShareFetchRequestForgottenTopic(r: Reader): ShareFetchRequestForgottenTopic[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareFetchRequestForgottenTopic[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestForgottenTopic(r))
  return list
}

function writeArrayOfShareFetchRequestFetchPartition(w: Writer, list: readonly ShareFetchRequestFetchPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestFetchPartition(w, element)
}

function readArrayOfShareFetchRequestFetchPartition(r: Reader): ShareFetchRequestFetchPartition[] {
  const length = readLength(r, true, 6, 2)
  const list: ShareFetchRequestFetchPartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestFetchPartition(r))
  return list
}

function writeArrayOfShareFetchRequestAcknowledgementBatch(w: Writer, list: readonly ShareFetchRequestAcknowledgementBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchRequestAcknowledgementBatch(w, element)
}

function readArrayOfShareFetchRequestAcknowledgementBatch(r: Reader): ShareFetchRequestAcknowledgementBatch[] {
  const length = readLength(r, true, 18, 3)
  const list: ShareFetchRequestAcknowledgementBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchRequestAcknowledgementBatch(r))
  return list
}

export function encodeShareFetchRequest(w: Writer, m: ShareFetchRequestInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('ShareFetchRequest', version)
  writeShareFetchRequest(w, m, version)
}

export function decodeShareFetchRequest(r: Reader, version: number): ShareFetchRequest {
  if (!(version >= 1 && version <= 2)) unreadable('ShareFetchRequest', version, r)
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
  throttleTimeMs?: number | undefined
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

function writeShareFetchResponse(w: Writer, m: ShareFetchResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.acquisitionLockTimeoutMs)
  writeArrayOfShareFetchResponseShareFetchableTopicResponse(w, m.responses)
  writeArrayOfShareFetchResponseNodeEndpoint(w, m.nodeEndpoints)
  w.uvarint(0)
}

function readShareFetchResponse(r: Reader): ShareFetchResponse {
  const value: ShareFetchResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    acquisitionLockTimeoutMs: r.int32(),
    responses: readArrayOfShareFetchResponseShareFetchableTopicResponse(r),
    nodeEndpoints: readArrayOfShareFetchResponseNodeEndpoint(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseShareFetchableTopicResponse(w: Writer, m: ShareFetchResponseShareFetchableTopicResponseInit): void {
  w.uuid(m.topicId)
  writeArrayOfShareFetchResponsePartitionData(w, m.partitions)
  w.uvarint(0)
}

function readShareFetchResponseShareFetchableTopicResponse(r: Reader): ShareFetchResponseShareFetchableTopicResponse {
  const value: ShareFetchResponseShareFetchableTopicResponse = {
    topicId: r.uuid(),
    partitions: readArrayOfShareFetchResponsePartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponsePartitionData(w: Writer, m: ShareFetchResponsePartitionDataInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int16(m.acknowledgeErrorCode)
  w.compactNullableString(m.acknowledgeErrorMessage ?? null)
  writeShareFetchResponseLeaderIdAndEpoch(w, m.currentLeader)
  writeRecords(w, m.records, true)
  writeArrayOfShareFetchResponseAcquiredRecords(w, m.acquiredRecords)
  w.uvarint(0)
}

function readShareFetchResponsePartitionData(r: Reader): ShareFetchResponsePartitionData {
  const value: ShareFetchResponsePartitionData = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    acknowledgeErrorCode: r.int16(),
    acknowledgeErrorMessage: r.compactNullableString(),
    currentLeader: readShareFetchResponseLeaderIdAndEpoch(r),
    records: readRecords(r, true),
    acquiredRecords: readArrayOfShareFetchResponseAcquiredRecords(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseLeaderIdAndEpoch(w: Writer, m: ShareFetchResponseLeaderIdAndEpochInit): void {
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readShareFetchResponseLeaderIdAndEpoch(r: Reader): ShareFetchResponseLeaderIdAndEpoch {
  const value: ShareFetchResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseAcquiredRecords(w: Writer, m: ShareFetchResponseAcquiredRecordsInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareFetchResponseAcquiredRecords(r: Reader): ShareFetchResponseAcquiredRecords {
  const value: ShareFetchResponseAcquiredRecords = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareFetchResponseNodeEndpoint(w: Writer, m: ShareFetchResponseNodeEndpointInit): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readShareFetchResponseNodeEndpoint(r: Reader): ShareFetchResponseNodeEndpoint {
  const value: ShareFetchResponseNodeEndpoint = {
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareFetchResponseShareFetchableTopicResponse(w: Writer, list: readonly ShareFetchResponseShareFetchableTopicResponseInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponseShareFetchableTopicResponse(w, element)
}

function readArrayOfShareFetchResponseShareFetchableTopicResponse(r: Reader): ShareFetchResponseShareFetchableTopicResponse[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareFetchResponseShareFetchableTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponseShareFetchableTopicResponse(r))
  return list
}

function writeArrayOfShareFetchResponseNodeEndpoint(w: Writer, list: readonly ShareFetchResponseNodeEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponseNodeEndpoint(w, element)
}

function readArrayOfShareFetchResponseNodeEndpoint(r: Reader): ShareFetchResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: ShareFetchResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponseNodeEndpoint(r))
  return list
}

function writeArrayOfShareFetchResponsePartitionData(w: Writer, list: readonly ShareFetchResponsePartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponsePartitionData(w, element)
}

function readArrayOfShareFetchResponsePartitionData(r: Reader): ShareFetchResponsePartitionData[] {
  const length = readLength(r, true, 22, 8)
  const list: ShareFetchResponsePartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponsePartitionData(r))
  return list
}

function writeArrayOfShareFetchResponseAcquiredRecords(w: Writer, list: readonly ShareFetchResponseAcquiredRecordsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareFetchResponseAcquiredRecords(w, element)
}

function readArrayOfShareFetchResponseAcquiredRecords(r: Reader): ShareFetchResponseAcquiredRecords[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareFetchResponseAcquiredRecords[] = []
  for (let index = 0; index < length; index++) list.push(readShareFetchResponseAcquiredRecords(r))
  return list
}

export function encodeShareFetchResponse(w: Writer, m: ShareFetchResponseInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('ShareFetchResponse', version)
  writeShareFetchResponse(w, m)
}

export function decodeShareFetchResponse(r: Reader, version: number): ShareFetchResponse {
  if (!(version >= 1 && version <= 2)) unreadable('ShareFetchResponse', version, r)
  return readShareFetchResponse(r)
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

// share/79-share-acknowledge.kmsg

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
  writeArrayOfShareAcknowledgeRequestAcknowledgeTopic(w, m.topics)
  w.uvarint(0)
}

function readShareAcknowledgeRequest(r: Reader, version: number): ShareAcknowledgeRequest {
  const value: ShareAcknowledgeRequest = {
    groupId: r.compactNullableString(),
    memberId: r.compactNullableString(),
    shareSessionEpoch: r.int32(),
    isRenewAck: version >= 2 ? r.boolean() : false,
    topics: readArrayOfShareAcknowledgeRequestAcknowledgeTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeRequestAcknowledgeTopic(w: Writer, m: ShareAcknowledgeRequestAcknowledgeTopicInit): void {
  w.uuid(m.topicId)
  writeArrayOfShareAcknowledgeRequestAcknowledgePartition(w, m.partitions)
  w.uvarint(0)
}

function readShareAcknowledgeRequestAcknowledgeTopic(r: Reader): ShareAcknowledgeRequestAcknowledgeTopic {
  const value: ShareAcknowledgeRequestAcknowledgeTopic = {
    topicId: r.uuid(),
    partitions: readArrayOfShareAcknowledgeRequestAcknowledgePartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeRequestAcknowledgePartition(w: Writer, m: ShareAcknowledgeRequestAcknowledgePartitionInit): void {
  w.int32(m.partitionIndex)
  writeArrayOfShareAcknowledgeRequestAcknowledgementBatch(w, m.acknowledgementBatches)
  w.uvarint(0)
}

function readShareAcknowledgeRequestAcknowledgePartition(r: Reader): ShareAcknowledgeRequestAcknowledgePartition {
  const value: ShareAcknowledgeRequestAcknowledgePartition = {
    partitionIndex: r.int32(),
    acknowledgementBatches: readArrayOfShareAcknowledgeRequestAcknowledgementBatch(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeRequestAcknowledgementBatch(w: Writer, m: ShareAcknowledgeRequestAcknowledgementBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  writeInt8s(w, m.acknowledgeTypes, true)
  w.uvarint(0)
}

function readShareAcknowledgeRequestAcknowledgementBatch(r: Reader): ShareAcknowledgeRequestAcknowledgementBatch {
  const value: ShareAcknowledgeRequestAcknowledgementBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    acknowledgeTypes: readInt8s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareAcknowledgeRequestAcknowledgeTopic(w: Writer, list: readonly ShareAcknowledgeRequestAcknowledgeTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeRequestAcknowledgeTopic(w, element)
}

function readArrayOfShareAcknowledgeRequestAcknowledgeTopic(r: Reader): ShareAcknowledgeRequestAcknowledgeTopic[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareAcknowledgeRequestAcknowledgeTopic[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeRequestAcknowledgeTopic(r))
  return list
}

function writeArrayOfShareAcknowledgeRequestAcknowledgePartition(w: Writer, list: readonly ShareAcknowledgeRequestAcknowledgePartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeRequestAcknowledgePartition(w, element)
}

function readArrayOfShareAcknowledgeRequestAcknowledgePartition(r: Reader): ShareAcknowledgeRequestAcknowledgePartition[] {
  const length = readLength(r, true, 6, 2)
  const list: ShareAcknowledgeRequestAcknowledgePartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeRequestAcknowledgePartition(r))
  return list
}

function writeArrayOfShareAcknowledgeRequestAcknowledgementBatch(w: Writer, list: readonly ShareAcknowledgeRequestAcknowledgementBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeRequestAcknowledgementBatch(w, element)
}

function readArrayOfShareAcknowledgeRequestAcknowledgementBatch(r: Reader): ShareAcknowledgeRequestAcknowledgementBatch[] {
  const length = readLength(r, true, 18, 3)
  const list: ShareAcknowledgeRequestAcknowledgementBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeRequestAcknowledgementBatch(r))
  return list
}

export function encodeShareAcknowledgeRequest(w: Writer, m: ShareAcknowledgeRequestInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('ShareAcknowledgeRequest', version)
  writeShareAcknowledgeRequest(w, m, version)
}

export function decodeShareAcknowledgeRequest(r: Reader, version: number): ShareAcknowledgeRequest {
  if (!(version >= 1 && version <= 2)) unreadable('ShareAcknowledgeRequest', version, r)
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
  throttleTimeMs?: number | undefined
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
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  if (version >= 2) w.int32(m.acquisitionLockTimeoutMs ?? 0)
  writeArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(w, m.responses)
  writeArrayOfShareAcknowledgeResponseNodeEndpoint(w, m.nodeEndpoints)
  w.uvarint(0)
}

function readShareAcknowledgeResponse(r: Reader, version: number): ShareAcknowledgeResponse {
  const value: ShareAcknowledgeResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    acquisitionLockTimeoutMs: version >= 2 ? r.int32() : 0,
    responses: readArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(r),
    nodeEndpoints: readArrayOfShareAcknowledgeResponseNodeEndpoint(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(w: Writer, m: ShareAcknowledgeResponseShareAcknowledgeTopicResponseInit): void {
  w.uuid(m.topicId)
  writeArrayOfShareAcknowledgeResponsePartitionData(w, m.partitions)
  w.uvarint(0)
}

function readShareAcknowledgeResponseShareAcknowledgeTopicResponse(r: Reader): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const value: ShareAcknowledgeResponseShareAcknowledgeTopicResponse = {
    topicId: r.uuid(),
    partitions: readArrayOfShareAcknowledgeResponsePartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponsePartitionData(w: Writer, m: ShareAcknowledgeResponsePartitionDataInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeShareAcknowledgeResponseLeaderIdAndEpoch(w, m.currentLeader)
  w.uvarint(0)
}

function readShareAcknowledgeResponsePartitionData(r: Reader): ShareAcknowledgeResponsePartitionData {
  const value: ShareAcknowledgeResponsePartitionData = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    currentLeader: readShareAcknowledgeResponseLeaderIdAndEpoch(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponseLeaderIdAndEpoch(w: Writer, m: ShareAcknowledgeResponseLeaderIdAndEpochInit): void {
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readShareAcknowledgeResponseLeaderIdAndEpoch(r: Reader): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const value: ShareAcknowledgeResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareAcknowledgeResponseNodeEndpoint(w: Writer, m: ShareAcknowledgeResponseNodeEndpointInit): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readShareAcknowledgeResponseNodeEndpoint(r: Reader): ShareAcknowledgeResponseNodeEndpoint {
  const value: ShareAcknowledgeResponseNodeEndpoint = {
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(w: Writer, list: readonly ShareAcknowledgeResponseShareAcknowledgeTopicResponseInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(w, element)
}

function readArrayOfShareAcknowledgeResponseShareAcknowledgeTopicResponse(r: Reader): ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeResponseShareAcknowledgeTopicResponse(r))
  return list
}

function writeArrayOfShareAcknowledgeResponseNodeEndpoint(w: Writer, list: readonly ShareAcknowledgeResponseNodeEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeResponseNodeEndpoint(w, element)
}

function readArrayOfShareAcknowledgeResponseNodeEndpoint(r: Reader): ShareAcknowledgeResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: ShareAcknowledgeResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeResponseNodeEndpoint(r))
  return list
}

function writeArrayOfShareAcknowledgeResponsePartitionData(w: Writer, list: readonly ShareAcknowledgeResponsePartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareAcknowledgeResponsePartitionData(w, element)
}

function readArrayOfShareAcknowledgeResponsePartitionData(r: Reader): ShareAcknowledgeResponsePartitionData[] {
  const length = readLength(r, true, 17, 4)
  const list: ShareAcknowledgeResponsePartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readShareAcknowledgeResponsePartitionData(r))
  return list
}

export function encodeShareAcknowledgeResponse(w: Writer, m: ShareAcknowledgeResponseInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('ShareAcknowledgeResponse', version)
  writeShareAcknowledgeResponse(w, m, version)
}

export function decodeShareAcknowledgeResponse(r: Reader, version: number): ShareAcknowledgeResponse {
  if (!(version >= 1 && version <= 2)) unreadable('ShareAcknowledgeResponse', version, r)
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

// share/83-initialize-share-group-state.kmsg

export interface InitializeShareGroupStateRequest {
  groupId: string
  topics: InitializeShareGroupStateRequestInitializeStateData[]
}

export interface InitializeShareGroupStateRequestInit {
  groupId: string
  topics: readonly InitializeShareGroupStateRequestInitializeStateDataInit[]
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  topicId: string
  partitions: InitializeShareGroupStateRequestPartitionData[]
}

export interface InitializeShareGroupStateRequestInitializeStateDataInit {
  topicId: string
  partitions: readonly InitializeShareGroupStateRequestPartitionDataInit[]
}

export interface InitializeShareGroupStateRequestPartitionData {
  partition: number
  stateEpoch: number
  startOffset: number
}

export type InitializeShareGroupStateRequestPartitionDataInit = InitializeShareGroupStateRequestPartitionData

function writeInitializeShareGroupStateRequest(w: Writer, m: InitializeShareGroupStateRequestInit): void {
  w.compactString(m.groupId)
  writeArrayOfInitializeShareGroupStateRequestInitializeStateData(w, m.topics)
  w.uvarint(0)
}

function readInitializeShareGroupStateRequest(r: Reader): InitializeShareGroupStateRequest {
  const value: InitializeShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfInitializeShareGroupStateRequestInitializeStateData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateRequestInitializeStateData(w: Writer, m: InitializeShareGroupStateRequestInitializeStateDataInit): void {
  w.uuid(m.topicId)
  writeArrayOfInitializeShareGroupStateRequestPartitionData(w, m.partitions)
  w.uvarint(0)
}

function readInitializeShareGroupStateRequestInitializeStateData(r: Reader): InitializeShareGroupStateRequestInitializeStateData {
  const value: InitializeShareGroupStateRequestInitializeStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfInitializeShareGroupStateRequestPartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateRequestPartitionData(w: Writer, m: InitializeShareGroupStateRequestPartitionDataInit): void {
  w.int32(m.partition)
  w.int32(m.stateEpoch)
  w.int64(m.startOffset)
  w.uvarint(0)
}

function readInitializeShareGroupStateRequestPartitionData(r: Reader): InitializeShareGroupStateRequestPartitionData {
  const value: InitializeShareGroupStateRequestPartitionData = {
    partition: r.int32(),
    stateEpoch: r.int32(),
    startOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfInitializeShareGroupStateRequestInitializeStateData(w: Writer, list: readonly InitializeShareGroupStateRequestInitializeStateDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateRequestInitializeStateData(w, element)
}

function readArrayOfInitializeShareGroupStateRequestInitializeStateData(r: Reader): InitializeShareGroupStateRequestInitializeStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: InitializeShareGroupStateRequestInitializeStateData[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateRequestInitializeStateData(r))
  return list
}

function writeArrayOfInitializeShareGroupStateRequestPartitionData(w: Writer, list: readonly InitializeShareGroupStateRequestPartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateRequestPartitionData(w, element)
}

function readArrayOfInitializeShareGroupStateRequestPartitionData(r: Reader): InitializeShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 17, 3)
  const list: InitializeShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateRequestPartitionData(r))
  return list
}

export function encodeInitializeShareGroupStateRequest(w: Writer, m: InitializeShareGroupStateRequestInit, version: number): void {
  if (version !== 0) unwritable('InitializeShareGroupStateRequest', version)
  writeInitializeShareGroupStateRequest(w, m)
}

export function decodeInitializeShareGroupStateRequest(r: Reader, version: number): InitializeShareGroupStateRequest {
  if (version !== 0) unreadable('InitializeShareGroupStateRequest', version, r)
  return readInitializeShareGroupStateRequest(r)
}

export interface InitializeShareGroupStateResponse {
  results: InitializeShareGroupStateResponseInitializeStateResult[]
}

export interface InitializeShareGroupStateResponseInit {
  results: readonly InitializeShareGroupStateResponseInitializeStateResultInit[]
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  topicId: string
  partitions: InitializeShareGroupStateResponsePartitionResult[]
}

export interface InitializeShareGroupStateResponseInitializeStateResultInit {
  topicId: string
  partitions: readonly InitializeShareGroupStateResponsePartitionResultInit[]
}

export interface InitializeShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export interface InitializeShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeInitializeShareGroupStateResponse(w: Writer, m: InitializeShareGroupStateResponseInit): void {
  writeArrayOfInitializeShareGroupStateResponseInitializeStateResult(w, m.results)
  w.uvarint(0)
}

function readInitializeShareGroupStateResponse(r: Reader): InitializeShareGroupStateResponse {
  const value: InitializeShareGroupStateResponse = {
    results: readArrayOfInitializeShareGroupStateResponseInitializeStateResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateResponseInitializeStateResult(w: Writer, m: InitializeShareGroupStateResponseInitializeStateResultInit): void {
  w.uuid(m.topicId)
  writeArrayOfInitializeShareGroupStateResponsePartitionResult(w, m.partitions)
  w.uvarint(0)
}

function readInitializeShareGroupStateResponseInitializeStateResult(r: Reader): InitializeShareGroupStateResponseInitializeStateResult {
  const value: InitializeShareGroupStateResponseInitializeStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfInitializeShareGroupStateResponsePartitionResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateResponsePartitionResult(w: Writer, m: InitializeShareGroupStateResponsePartitionResultInit): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readInitializeShareGroupStateResponsePartitionResult(r: Reader): InitializeShareGroupStateResponsePartitionResult {
  const value: InitializeShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfInitializeShareGroupStateResponseInitializeStateResult(w: Writer, list: readonly InitializeShareGroupStateResponseInitializeStateResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateResponseInitializeStateResult(w, element)
}

function readArrayOfInitializeShareGroupStateResponseInitializeStateResult(r: Reader): InitializeShareGroupStateResponseInitializeStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: InitializeShareGroupStateResponseInitializeStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateResponseInitializeStateResult(r))
  return list
}

function writeArrayOfInitializeShareGroupStateResponsePartitionResult(w: Writer, list: readonly InitializeShareGroupStateResponsePartitionResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateResponsePartitionResult(w, element)
}

function readArrayOfInitializeShareGroupStateResponsePartitionResult(r: Reader): InitializeShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 8, 3)
  const list: InitializeShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateResponsePartitionResult(r))
  return list
}

export function encodeInitializeShareGroupStateResponse(w: Writer, m: InitializeShareGroupStateResponseInit, version: number): void {
  if (version !== 0) unwritable('InitializeShareGroupStateResponse', version)
  writeInitializeShareGroupStateResponse(w, m)
}

export function decodeInitializeShareGroupStateResponse(r: Reader, version: number): InitializeShareGroupStateResponse {
  if (version !== 0) unreadable('InitializeShareGroupStateResponse', version, r)
  return readInitializeShareGroupStateResponse(r)
}

/** API key 83, versions 0. */
export const InitializeShareGroupStateApi: Api<InitializeShareGroupStateRequest, InitializeShareGroupStateRequestInit, InitializeShareGroupStateResponse, InitializeShareGroupStateResponseInit> = {
  key: 83,
  name: 'InitializeShareGroupState',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeInitializeShareGroupStateRequest,
  decodeRequest: decodeInitializeShareGroupStateRequest,
  encodeResponse: encodeInitializeShareGroupStateResponse,
  decodeResponse: decodeInitializeShareGroupStateResponse,
}

// share/84-read-share-group-state.kmsg

export interface ReadShareGroupStateRequest {
  groupId: string
  topics: ReadShareGroupStateRequestReadStateData[]
}

export interface ReadShareGroupStateRequestInit {
  groupId: string
  topics: readonly ReadShareGroupStateRequestReadStateDataInit[]
}

export interface ReadShareGroupStateRequestReadStateData {
  topicId: string
  partitions: ReadShareGroupStateRequestPartitionData[]
}

export interface ReadShareGroupStateRequestReadStateDataInit {
  topicId: string
  partitions: readonly ReadShareGroupStateRequestPartitionDataInit[]
}

export interface ReadShareGroupStateRequestPartitionData {
  partition: number
  leaderEpoch: number
}

export type ReadShareGroupStateRequestPartitionDataInit = ReadShareGroupStateRequestPartitionData

function writeReadShareGroupStateRequest(w: Writer, m: ReadShareGroupStateRequestInit): void {
  w.compactString(m.groupId)
  writeArrayOfReadShareGroupStateRequestReadStateData(w, m.topics)
  w.uvarint(0)
}

function readReadShareGroupStateRequest(r: Reader): ReadShareGroupStateRequest {
  const value: ReadShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfReadShareGroupStateRequestReadStateData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateRequestReadStateData(w: Writer, m: ReadShareGroupStateRequestReadStateDataInit): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateRequestPartitionData(w, m.partitions)
  w.uvarint(0)
}

function readReadShareGroupStateRequestReadStateData(r: Reader): ReadShareGroupStateRequestReadStateData {
  const value: ReadShareGroupStateRequestReadStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateRequestPartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateRequestPartitionData(w: Writer, m: ReadShareGroupStateRequestPartitionDataInit): void {
  w.int32(m.partition)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readReadShareGroupStateRequestPartitionData(r: Reader): ReadShareGroupStateRequestPartitionData {
  const value: ReadShareGroupStateRequestPartitionData = {
    partition: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateRequestReadStateData(w: Writer, list: readonly ReadShareGroupStateRequestReadStateDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateRequestReadStateData(w, element)
}

function readArrayOfReadShareGroupStateRequestReadStateData(r: Reader): ReadShareGroupStateRequestReadStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateRequestReadStateData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateRequestReadStateData(r))
  return list
}

function writeArrayOfReadShareGroupStateRequestPartitionData(w: Writer, list: readonly ReadShareGroupStateRequestPartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateRequestPartitionData(w, element)
}

function readArrayOfReadShareGroupStateRequestPartitionData(r: Reader): ReadShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 9, 2)
  const list: ReadShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateRequestPartitionData(r))
  return list
}

export function encodeReadShareGroupStateRequest(w: Writer, m: ReadShareGroupStateRequestInit, version: number): void {
  if (version !== 0) unwritable('ReadShareGroupStateRequest', version)
  writeReadShareGroupStateRequest(w, m)
}

export function decodeReadShareGroupStateRequest(r: Reader, version: number): ReadShareGroupStateRequest {
  if (version !== 0) unreadable('ReadShareGroupStateRequest', version, r)
  return readReadShareGroupStateRequest(r)
}

export interface ReadShareGroupStateResponse {
  results: ReadShareGroupStateResponseReadStateResult[]
}

export interface ReadShareGroupStateResponseInit {
  results: readonly ReadShareGroupStateResponseReadStateResultInit[]
}

export interface ReadShareGroupStateResponseReadStateResult {
  topicId: string
  partitions: ReadShareGroupStateResponsePartitionResult[]
}

export interface ReadShareGroupStateResponseReadStateResultInit {
  topicId: string
  partitions: readonly ReadShareGroupStateResponsePartitionResultInit[]
}

export interface ReadShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
  stateEpoch: number
  startOffset: number
  stateBatches: ReadShareGroupStateResponseStateBatch[]
}

export interface ReadShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
  stateEpoch: number
  startOffset: number
  stateBatches: readonly ReadShareGroupStateResponseStateBatchInit[]
}

export interface ReadShareGroupStateResponseStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type ReadShareGroupStateResponseStateBatchInit = ReadShareGroupStateResponseStateBatch

function writeReadShareGroupStateResponse(w: Writer, m: ReadShareGroupStateResponseInit): void {
  writeArrayOfReadShareGroupStateResponseReadStateResult(w, m.results)
  w.uvarint(0)
}

function readReadShareGroupStateResponse(r: Reader): ReadShareGroupStateResponse {
  const value: ReadShareGroupStateResponse = {
    results: readArrayOfReadShareGroupStateResponseReadStateResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateResponseReadStateResult(w: Writer, m: ReadShareGroupStateResponseReadStateResultInit): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateResponsePartitionResult(w, m.partitions)
  w.uvarint(0)
}

function readReadShareGroupStateResponseReadStateResult(r: Reader): ReadShareGroupStateResponseReadStateResult {
  const value: ReadShareGroupStateResponseReadStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateResponsePartitionResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateResponsePartitionResult(w: Writer, m: ReadShareGroupStateResponsePartitionResultInit): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.stateEpoch)
  w.int64(m.startOffset)
  writeArrayOfReadShareGroupStateResponseStateBatch(w, m.stateBatches)
  w.uvarint(0)
}

function readReadShareGroupStateResponsePartitionResult(r: Reader): ReadShareGroupStateResponsePartitionResult {
  const value: ReadShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    stateEpoch: r.int32(),
    startOffset: r.int64(),
    stateBatches: readArrayOfReadShareGroupStateResponseStateBatch(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateResponseStateBatch(w: Writer, m: ReadShareGroupStateResponseStateBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readReadShareGroupStateResponseStateBatch(r: Reader): ReadShareGroupStateResponseStateBatch {
  const value: ReadShareGroupStateResponseStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateResponseReadStateResult(w: Writer, list: readonly ReadShareGroupStateResponseReadStateResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateResponseReadStateResult(w, element)
}

function readArrayOfReadShareGroupStateResponseReadStateResult(r: Reader): ReadShareGroupStateResponseReadStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateResponseReadStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateResponseReadStateResult(r))
  return list
}

function writeArrayOfReadShareGroupStateResponsePartitionResult(w: Writer, list: readonly ReadShareGroupStateResponsePartitionResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateResponsePartitionResult(w, element)
}

function readArrayOfReadShareGroupStateResponsePartitionResult(r: Reader): ReadShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 21, 6)
  const list: ReadShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateResponsePartitionResult(r))
  return list
}

function writeArrayOfReadShareGroupStateResponseStateBatch(w: Writer, list: readonly ReadShareGroupStateResponseStateBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateResponseStateBatch(w, element)
}

function readArrayOfReadShareGroupStateResponseStateBatch(r: Reader): ReadShareGroupStateResponseStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ReadShareGroupStateResponseStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateResponseStateBatch(r))
  return list
}

export function encodeReadShareGroupStateResponse(w: Writer, m: ReadShareGroupStateResponseInit, version: number): void {
  if (version !== 0) unwritable('ReadShareGroupStateResponse', version)
  writeReadShareGroupStateResponse(w, m)
}

export function decodeReadShareGroupStateResponse(r: Reader, version: number): ReadShareGroupStateResponse {
  if (version !== 0) unreadable('ReadShareGroupStateResponse', version, r)
  return readReadShareGroupStateResponse(r)
}

/** API key 84, versions 0. */
export const ReadShareGroupStateApi: Api<ReadShareGroupStateRequest, ReadShareGroupStateRequestInit, ReadShareGroupStateResponse, ReadShareGroupStateResponseInit> = {
  key: 84,
  name: 'ReadShareGroupState',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeReadShareGroupStateRequest,
  decodeRequest: decodeReadShareGroupStateRequest,
  encodeResponse: encodeReadShareGroupStateResponse,
  decodeResponse: decodeReadShareGroupStateResponse,
}

// share/85-write-share-group-state.kmsg

export interface WriteShareGroupStateRequest {
  groupId: string
  topics: WriteShareGroupStateRequestWriteStateData[]
}

export interface WriteShareGroupStateRequestInit {
  groupId: string
  topics: readonly WriteShareGroupStateRequestWriteStateDataInit[]
}

export interface WriteShareGroupStateRequestWriteStateData {
  topicId: string
  partitions: WriteShareGroupStateRequestPartitionData[]
}

export interface WriteShareGroupStateRequestWriteStateDataInit {
  topicId: string
  partitions: readonly WriteShareGroupStateRequestPartitionDataInit[]
}

export interface WriteShareGroupStateRequestPartitionData {
  partition: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // 1
  stateBatches: WriteShareGroupStateRequestStateBatch[]
}

export interface WriteShareGroupStateRequestPartitionDataInit {
  partition: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
  stateBatches: readonly WriteShareGroupStateRequestStateBatchInit[]
}

export interface WriteShareGroupStateRequestStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type WriteShareGroupStateRequestStateBatchInit = WriteShareGroupStateRequestStateBatch

function writeWriteShareGroupStateRequest(w: Writer, m: WriteShareGroupStateRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfWriteShareGroupStateRequestWriteStateData(w, m.topics, version)
  w.uvarint(0)
}

function readWriteShareGroupStateRequest(r: Reader, version: number): WriteShareGroupStateRequest {
  const value: WriteShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfWriteShareGroupStateRequestWriteStateData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateRequestWriteStateData(w: Writer, m: WriteShareGroupStateRequestWriteStateDataInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfWriteShareGroupStateRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readWriteShareGroupStateRequestWriteStateData(r: Reader, version: number): WriteShareGroupStateRequestWriteStateData {
  const value: WriteShareGroupStateRequestWriteStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfWriteShareGroupStateRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateRequestPartitionData(w: Writer, m: WriteShareGroupStateRequestPartitionDataInit, version: number): void {
  w.int32(m.partition)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  if (version >= 1) w.int32(m.deliveryCompleteCount ?? -1)
  writeArrayOfWriteShareGroupStateRequestStateBatch(w, m.stateBatches)
  w.uvarint(0)
}

function readWriteShareGroupStateRequestPartitionData(r: Reader, version: number): WriteShareGroupStateRequestPartitionData {
  const value: WriteShareGroupStateRequestPartitionData = {
    partition: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: version >= 1 ? r.int32() : -1,
    stateBatches: readArrayOfWriteShareGroupStateRequestStateBatch(r),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateRequestStateBatch(w: Writer, m: WriteShareGroupStateRequestStateBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readWriteShareGroupStateRequestStateBatch(r: Reader): WriteShareGroupStateRequestStateBatch {
  const value: WriteShareGroupStateRequestStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteShareGroupStateRequestWriteStateData(w: Writer, list: readonly WriteShareGroupStateRequestWriteStateDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateRequestWriteStateData(w, element, version)
}

function readArrayOfWriteShareGroupStateRequestWriteStateData(r: Reader, version: number): WriteShareGroupStateRequestWriteStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: WriteShareGroupStateRequestWriteStateData[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateRequestWriteStateData(r, version))
  return list
}

function writeArrayOfWriteShareGroupStateRequestPartitionData(w: Writer, list: readonly WriteShareGroupStateRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateRequestPartitionData(w, element, version)
}

function readArrayOfWriteShareGroupStateRequestPartitionData(r: Reader, version: number): WriteShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 22, 6)
  const list: WriteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateRequestPartitionData(r, version))
  return list
}

function writeArrayOfWriteShareGroupStateRequestStateBatch(w: Writer, list: readonly WriteShareGroupStateRequestStateBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateRequestStateBatch(w, element)
}

function readArrayOfWriteShareGroupStateRequestStateBatch(r: Reader): WriteShareGroupStateRequestStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: WriteShareGroupStateRequestStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateRequestStateBatch(r))
  return list
}

export function encodeWriteShareGroupStateRequest(w: Writer, m: WriteShareGroupStateRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('WriteShareGroupStateRequest', version)
  writeWriteShareGroupStateRequest(w, m, version)
}

export function decodeWriteShareGroupStateRequest(r: Reader, version: number): WriteShareGroupStateRequest {
  if (!(version >= 0 && version <= 1)) unreadable('WriteShareGroupStateRequest', version, r)
  return readWriteShareGroupStateRequest(r, version)
}

export interface WriteShareGroupStateResponse {
  results: WriteShareGroupStateResponseWriteStateResult[]
}

export interface WriteShareGroupStateResponseInit {
  results: readonly WriteShareGroupStateResponseWriteStateResultInit[]
}

export interface WriteShareGroupStateResponseWriteStateResult {
  topicId: string
  partitions: WriteShareGroupStateResponsePartitionResult[]
}

export interface WriteShareGroupStateResponseWriteStateResultInit {
  topicId: string
  partitions: readonly WriteShareGroupStateResponsePartitionResultInit[]
}

export interface WriteShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export interface WriteShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeWriteShareGroupStateResponse(w: Writer, m: WriteShareGroupStateResponseInit): void {
  writeArrayOfWriteShareGroupStateResponseWriteStateResult(w, m.results)
  w.uvarint(0)
}

function readWriteShareGroupStateResponse(r: Reader): WriteShareGroupStateResponse {
  const value: WriteShareGroupStateResponse = {
    results: readArrayOfWriteShareGroupStateResponseWriteStateResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateResponseWriteStateResult(w: Writer, m: WriteShareGroupStateResponseWriteStateResultInit): void {
  w.uuid(m.topicId)
  writeArrayOfWriteShareGroupStateResponsePartitionResult(w, m.partitions)
  w.uvarint(0)
}

function readWriteShareGroupStateResponseWriteStateResult(r: Reader): WriteShareGroupStateResponseWriteStateResult {
  const value: WriteShareGroupStateResponseWriteStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfWriteShareGroupStateResponsePartitionResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateResponsePartitionResult(w: Writer, m: WriteShareGroupStateResponsePartitionResultInit): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readWriteShareGroupStateResponsePartitionResult(r: Reader): WriteShareGroupStateResponsePartitionResult {
  const value: WriteShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteShareGroupStateResponseWriteStateResult(w: Writer, list: readonly WriteShareGroupStateResponseWriteStateResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateResponseWriteStateResult(w, element)
}

function readArrayOfWriteShareGroupStateResponseWriteStateResult(r: Reader): WriteShareGroupStateResponseWriteStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: WriteShareGroupStateResponseWriteStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateResponseWriteStateResult(r))
  return list
}

function writeArrayOfWriteShareGroupStateResponsePartitionResult(w: Writer, list: readonly WriteShareGroupStateResponsePartitionResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateResponsePartitionResult(w, element)
}

function readArrayOfWriteShareGroupStateResponsePartitionResult(r: Reader): WriteShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 8, 3)
  const list: WriteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateResponsePartitionResult(r))
  return list
}

export function encodeWriteShareGroupStateResponse(w: Writer, m: WriteShareGroupStateResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('WriteShareGroupStateResponse', version)
  writeWriteShareGroupStateResponse(w, m)
}

export function decodeWriteShareGroupStateResponse(r: Reader, version: number): WriteShareGroupStateResponse {
  if (!(version >= 0 && version <= 1)) unreadable('WriteShareGroupStateResponse', version, r)
  return readWriteShareGroupStateResponse(r)
}

/** API key 85, versions 0-1. */
export const WriteShareGroupStateApi: Api<WriteShareGroupStateRequest, WriteShareGroupStateRequestInit, WriteShareGroupStateResponse, WriteShareGroupStateResponseInit> = {
  key: 85,
  name: 'WriteShareGroupState',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeWriteShareGroupStateRequest,
  decodeRequest: decodeWriteShareGroupStateRequest,
  encodeResponse: encodeWriteShareGroupStateResponse,
  decodeResponse: decodeWriteShareGroupStateResponse,
}

// share/86-delete-share-group-state.kmsg

export interface DeleteShareGroupStateRequest {
  groupId: string
  topics: DeleteShareGroupStateRequestDeleteStateData[]
}

export interface DeleteShareGroupStateRequestInit {
  groupId: string
  topics: readonly DeleteShareGroupStateRequestDeleteStateDataInit[]
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  topicId: string
  partitions: DeleteShareGroupStateRequestPartitionData[]
}

export interface DeleteShareGroupStateRequestDeleteStateDataInit {
  topicId: string
  partitions: readonly DeleteShareGroupStateRequestPartitionDataInit[]
}

export interface DeleteShareGroupStateRequestPartitionData {
  partition: number
}

export type DeleteShareGroupStateRequestPartitionDataInit = DeleteShareGroupStateRequestPartitionData

function writeDeleteShareGroupStateRequest(w: Writer, m: DeleteShareGroupStateRequestInit): void {
  w.compactString(m.groupId)
  writeArrayOfDeleteShareGroupStateRequestDeleteStateData(w, m.topics)
  w.uvarint(0)
}

function readDeleteShareGroupStateRequest(r: Reader): DeleteShareGroupStateRequest {
  const value: DeleteShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfDeleteShareGroupStateRequestDeleteStateData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateRequestDeleteStateData(w: Writer, m: DeleteShareGroupStateRequestDeleteStateDataInit): void {
  w.uuid(m.topicId)
  writeArrayOfDeleteShareGroupStateRequestPartitionData(w, m.partitions)
  w.uvarint(0)
}

function readDeleteShareGroupStateRequestDeleteStateData(r: Reader): DeleteShareGroupStateRequestDeleteStateData {
  const value: DeleteShareGroupStateRequestDeleteStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfDeleteShareGroupStateRequestPartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateRequestPartitionData(w: Writer, m: DeleteShareGroupStateRequestPartitionDataInit): void {
  w.int32(m.partition)
  w.uvarint(0)
}

function readDeleteShareGroupStateRequestPartitionData(r: Reader): DeleteShareGroupStateRequestPartitionData {
  const value: DeleteShareGroupStateRequestPartitionData = {
    partition: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupStateRequestDeleteStateData(w: Writer, list: readonly DeleteShareGroupStateRequestDeleteStateDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateRequestDeleteStateData(w, element)
}

function readArrayOfDeleteShareGroupStateRequestDeleteStateData(r: Reader): DeleteShareGroupStateRequestDeleteStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: DeleteShareGroupStateRequestDeleteStateData[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateRequestDeleteStateData(r))
  return list
}

function writeArrayOfDeleteShareGroupStateRequestPartitionData(w: Writer, list: readonly DeleteShareGroupStateRequestPartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateRequestPartitionData(w, element)
}

function readArrayOfDeleteShareGroupStateRequestPartitionData(r: Reader): DeleteShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 5, 1)
  const list: DeleteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateRequestPartitionData(r))
  return list
}

export function encodeDeleteShareGroupStateRequest(w: Writer, m: DeleteShareGroupStateRequestInit, version: number): void {
  if (version !== 0) unwritable('DeleteShareGroupStateRequest', version)
  writeDeleteShareGroupStateRequest(w, m)
}

export function decodeDeleteShareGroupStateRequest(r: Reader, version: number): DeleteShareGroupStateRequest {
  if (version !== 0) unreadable('DeleteShareGroupStateRequest', version, r)
  return readDeleteShareGroupStateRequest(r)
}

export interface DeleteShareGroupStateResponse {
  results: DeleteShareGroupStateResponseDeleteStateResult[]
}

export interface DeleteShareGroupStateResponseInit {
  results: readonly DeleteShareGroupStateResponseDeleteStateResultInit[]
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  topicId: string
  partitions: DeleteShareGroupStateResponsePartitionResult[]
}

export interface DeleteShareGroupStateResponseDeleteStateResultInit {
  topicId: string
  partitions: readonly DeleteShareGroupStateResponsePartitionResultInit[]
}

export interface DeleteShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export interface DeleteShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDeleteShareGroupStateResponse(w: Writer, m: DeleteShareGroupStateResponseInit): void {
  writeArrayOfDeleteShareGroupStateResponseDeleteStateResult(w, m.results)
  w.uvarint(0)
}

function readDeleteShareGroupStateResponse(r: Reader): DeleteShareGroupStateResponse {
  const value: DeleteShareGroupStateResponse = {
    results: readArrayOfDeleteShareGroupStateResponseDeleteStateResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateResponseDeleteStateResult(w: Writer, m: DeleteShareGroupStateResponseDeleteStateResultInit): void {
  w.uuid(m.topicId)
  writeArrayOfDeleteShareGroupStateResponsePartitionResult(w, m.partitions)
  w.uvarint(0)
}

function readDeleteShareGroupStateResponseDeleteStateResult(r: Reader): DeleteShareGroupStateResponseDeleteStateResult {
  const value: DeleteShareGroupStateResponseDeleteStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfDeleteShareGroupStateResponsePartitionResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateResponsePartitionResult(w: Writer, m: DeleteShareGroupStateResponsePartitionResultInit): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readDeleteShareGroupStateResponsePartitionResult(r: Reader): DeleteShareGroupStateResponsePartitionResult {
  const value: DeleteShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupStateResponseDeleteStateResult(w: Writer, list: readonly DeleteShareGroupStateResponseDeleteStateResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateResponseDeleteStateResult(w, element)
}

function readArrayOfDeleteShareGroupStateResponseDeleteStateResult(r: Reader): DeleteShareGroupStateResponseDeleteStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: DeleteShareGroupStateResponseDeleteStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateResponseDeleteStateResult(r))
  return list
}

function writeArrayOfDeleteShareGroupStateResponsePartitionResult(w: Writer, list: readonly DeleteShareGroupStateResponsePartitionResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateResponsePartitionResult(w, element)
}

function readArrayOfDeleteShareGroupStateResponsePartitionResult(r: Reader): DeleteShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 8, 3)
  const list: DeleteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateResponsePartitionResult(r))
  return list
}

export function encodeDeleteShareGroupStateResponse(w: Writer, m: DeleteShareGroupStateResponseInit, version: number): void {
  if (version !== 0) unwritable('DeleteShareGroupStateResponse', version)
  writeDeleteShareGroupStateResponse(w, m)
}

export function decodeDeleteShareGroupStateResponse(r: Reader, version: number): DeleteShareGroupStateResponse {
  if (version !== 0) unreadable('DeleteShareGroupStateResponse', version, r)
  return readDeleteShareGroupStateResponse(r)
}

/** API key 86, versions 0. */
export const DeleteShareGroupStateApi: Api<DeleteShareGroupStateRequest, DeleteShareGroupStateRequestInit, DeleteShareGroupStateResponse, DeleteShareGroupStateResponseInit> = {
  key: 86,
  name: 'DeleteShareGroupState',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteShareGroupStateRequest,
  decodeRequest: decodeDeleteShareGroupStateRequest,
  encodeResponse: encodeDeleteShareGroupStateResponse,
  decodeResponse: decodeDeleteShareGroupStateResponse,
}

// share/87-read-share-group-state-summary.kmsg

export interface ReadShareGroupStateSummaryRequest {
  groupId: string
  topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[]
}

export interface ReadShareGroupStateSummaryRequestInit {
  groupId: string
  topics: readonly ReadShareGroupStateSummaryRequestReadStateSummaryDataInit[]
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  topicId: string
  partitions: ReadShareGroupStateSummaryRequestPartitionData[]
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryDataInit {
  topicId: string
  partitions: readonly ReadShareGroupStateSummaryRequestPartitionDataInit[]
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  partition: number
  leaderEpoch: number
}

export type ReadShareGroupStateSummaryRequestPartitionDataInit = ReadShareGroupStateSummaryRequestPartitionData

function writeReadShareGroupStateSummaryRequest(w: Writer, m: ReadShareGroupStateSummaryRequestInit): void {
  w.compactString(m.groupId)
  writeArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(w, m.topics)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryRequest(r: Reader): ReadShareGroupStateSummaryRequest {
  const value: ReadShareGroupStateSummaryRequest = {
    groupId: r.compactString(),
    topics: readArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryRequestReadStateSummaryData(w: Writer, m: ReadShareGroupStateSummaryRequestReadStateSummaryDataInit): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateSummaryRequestPartitionData(w, m.partitions)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryRequestReadStateSummaryData(r: Reader): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const value: ReadShareGroupStateSummaryRequestReadStateSummaryData = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateSummaryRequestPartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryRequestPartitionData(w: Writer, m: ReadShareGroupStateSummaryRequestPartitionDataInit): void {
  w.int32(m.partition)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryRequestPartitionData(r: Reader): ReadShareGroupStateSummaryRequestPartitionData {
  const value: ReadShareGroupStateSummaryRequestPartitionData = {
    partition: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(w: Writer, list: readonly ReadShareGroupStateSummaryRequestReadStateSummaryDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryRequestReadStateSummaryData(w, element)
}

function readArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(r: Reader): ReadShareGroupStateSummaryRequestReadStateSummaryData[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryRequestReadStateSummaryData(r))
  return list
}

function writeArrayOfReadShareGroupStateSummaryRequestPartitionData(w: Writer, list: readonly ReadShareGroupStateSummaryRequestPartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryRequestPartitionData(w, element)
}

function readArrayOfReadShareGroupStateSummaryRequestPartitionData(r: Reader): ReadShareGroupStateSummaryRequestPartitionData[] {
  const length = readLength(r, true, 9, 2)
  const list: ReadShareGroupStateSummaryRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryRequestPartitionData(r))
  return list
}

export function encodeReadShareGroupStateSummaryRequest(w: Writer, m: ReadShareGroupStateSummaryRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ReadShareGroupStateSummaryRequest', version)
  writeReadShareGroupStateSummaryRequest(w, m)
}

export function decodeReadShareGroupStateSummaryRequest(r: Reader, version: number): ReadShareGroupStateSummaryRequest {
  if (!(version >= 0 && version <= 1)) unreadable('ReadShareGroupStateSummaryRequest', version, r)
  return readReadShareGroupStateSummaryRequest(r)
}

export interface ReadShareGroupStateSummaryResponse {
  results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[]
}

export interface ReadShareGroupStateSummaryResponseInit {
  results: readonly ReadShareGroupStateSummaryResponseReadStateSummaryResultInit[]
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  topicId: string
  partitions: ReadShareGroupStateSummaryResponsePartitionResult[]
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResultInit {
  topicId: string
  partitions: readonly ReadShareGroupStateSummaryResponsePartitionResultInit[]
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // 1
}

export interface ReadShareGroupStateSummaryResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
}

function writeReadShareGroupStateSummaryResponse(w: Writer, m: ReadShareGroupStateSummaryResponseInit, version: number): void {
  writeArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(w, m.results, version)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryResponse(r: Reader, version: number): ReadShareGroupStateSummaryResponse {
  const value: ReadShareGroupStateSummaryResponse = {
    results: readArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryResponseReadStateSummaryResult(w: Writer, m: ReadShareGroupStateSummaryResponseReadStateSummaryResultInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateSummaryResponsePartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryResponseReadStateSummaryResult(r: Reader, version: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const value: ReadShareGroupStateSummaryResponseReadStateSummaryResult = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateSummaryResponsePartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryResponsePartitionResult(w: Writer, m: ReadShareGroupStateSummaryResponsePartitionResultInit, version: number): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  if (version >= 1) w.int32(m.deliveryCompleteCount ?? -1)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryResponsePartitionResult(r: Reader, version: number): ReadShareGroupStateSummaryResponsePartitionResult {
  const value: ReadShareGroupStateSummaryResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: version >= 1 ? r.int32() : -1,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(w: Writer, list: readonly ReadShareGroupStateSummaryResponseReadStateSummaryResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryResponseReadStateSummaryResult(w, element, version)
}

function readArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(r: Reader, version: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryResponseReadStateSummaryResult(r, version))
  return list
}

function writeArrayOfReadShareGroupStateSummaryResponsePartitionResult(w: Writer, list: readonly ReadShareGroupStateSummaryResponsePartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryResponsePartitionResult(w, element, version)
}

function readArrayOfReadShareGroupStateSummaryResponsePartitionResult(r: Reader, version: number): ReadShareGroupStateSummaryResponsePartitionResult[] {
  const length = readLength(r, true, 24, 7)
  const list: ReadShareGroupStateSummaryResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryResponsePartitionResult(r, version))
  return list
}

export function encodeReadShareGroupStateSummaryResponse(w: Writer, m: ReadShareGroupStateSummaryResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ReadShareGroupStateSummaryResponse', version)
  writeReadShareGroupStateSummaryResponse(w, m, version)
}

export function decodeReadShareGroupStateSummaryResponse(r: Reader, version: number): ReadShareGroupStateSummaryResponse {
  if (!(version >= 0 && version <= 1)) unreadable('ReadShareGroupStateSummaryResponse', version, r)
  return readReadShareGroupStateSummaryResponse(r, version)
}

/** API key 87, versions 0-1. */
export const ReadShareGroupStateSummaryApi: Api<ReadShareGroupStateSummaryRequest, ReadShareGroupStateSummaryRequestInit, ReadShareGroupStateSummaryResponse, ReadShareGroupStateSummaryResponseInit> = {
  key: 87,
  name: 'ReadShareGroupStateSummary',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeReadShareGroupStateSummaryRequest,
  decodeRequest: decodeReadShareGroupStateSummaryRequest,
  encodeResponse: encodeReadShareGroupStateSummaryResponse,
  decodeResponse: decodeReadShareGroupStateSummaryResponse,
}

// share/90-describe-share-group-offsets.kmsg

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

function writeDescribeShareGroupOffsetsRequest(w: Writer, m: DescribeShareGroupOffsetsRequestInit): void {
  writeArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w, m.groups)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsRequest(r: Reader): DescribeShareGroupOffsetsRequest {
  const value: DescribeShareGroupOffsetsRequest = {
    groups: readArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w: Writer, m: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupInit): void {
  w.compactString(m.groupId)
  writeNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w, m.topics ?? null)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r: Reader): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup {
  const value: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup = {
    groupId: r.compactString(),
    topics: readNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w: Writer, m: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicInit): void {
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r: Reader): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic {
  const value: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic = {
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w: Writer, list: readonly DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(w, element)
}

function readArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r: Reader): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(r))
  return list
}

function writeNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w: Writer, list: readonly DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(w, element)
}

function readNullableArrayOfDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r: Reader): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(r))
  return list
}

export function encodeDescribeShareGroupOffsetsRequest(w: Writer, m: DescribeShareGroupOffsetsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('DescribeShareGroupOffsetsRequest', version)
  writeDescribeShareGroupOffsetsRequest(w, m)
}

export function decodeDescribeShareGroupOffsetsRequest(r: Reader, version: number): DescribeShareGroupOffsetsRequest {
  if (!(version >= 0 && version <= 1)) unreadable('DescribeShareGroupOffsetsRequest', version, r)
  return readDescribeShareGroupOffsetsRequest(r)
}

export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number
  groups: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[]
}

export interface DescribeShareGroupOffsetsResponseInit {
  throttleTimeMs?: number | undefined
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
  w.int32(m.throttleTimeMs ?? 0)
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
  if (!(version >= 0 && version <= 1)) unwritable('DescribeShareGroupOffsetsResponse', version)
  writeDescribeShareGroupOffsetsResponse(w, m, version)
}

export function decodeDescribeShareGroupOffsetsResponse(r: Reader, version: number): DescribeShareGroupOffsetsResponse {
  if (!(version >= 0 && version <= 1)) unreadable('DescribeShareGroupOffsetsResponse', version, r)
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

// share/91-alter-share-group-offsets.kmsg

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

function writeAlterShareGroupOffsetsRequest(w: Writer, m: AlterShareGroupOffsetsRequestInit): void {
  w.compactString(m.groupId)
  writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w, m.topics)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsRequest(r: Reader): AlterShareGroupOffsetsRequest {
  const value: AlterShareGroupOffsetsRequest = {
    groupId: r.compactString(),
    topics: readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w: Writer, m: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicInit): void {
  w.compactString(m.topicName)
  writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w, m.partitions)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r: Reader): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic {
  const value: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic = {
    topicName: r.compactString(),
    partitions: readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w: Writer, m: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionInit): void {
  w.int32(m.partitionIndex)
  w.int64(m.startOffset)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r: Reader): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition {
  const value: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition = {
    partitionIndex: r.int32(),
    startOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w: Writer, list: readonly AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(w, element)
}

function readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r: Reader): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(r))
  return list
}

function writeArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w: Writer, list: readonly AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(w, element)
}

function readArrayOfAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r: Reader): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] {
  const length = readLength(r, true, 13, 2)
  const list: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(r))
  return list
}

export function encodeAlterShareGroupOffsetsRequest(w: Writer, m: AlterShareGroupOffsetsRequestInit, version: number): void {
  if (version !== 0) unwritable('AlterShareGroupOffsetsRequest', version)
  writeAlterShareGroupOffsetsRequest(w, m)
}

export function decodeAlterShareGroupOffsetsRequest(r: Reader, version: number): AlterShareGroupOffsetsRequest {
  if (version !== 0) unreadable('AlterShareGroupOffsetsRequest', version, r)
  return readAlterShareGroupOffsetsRequest(r)
}

export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  responses: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[]
}

export interface AlterShareGroupOffsetsResponseInit {
  throttleTimeMs?: number | undefined
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

function writeAlterShareGroupOffsetsResponse(w: Writer, m: AlterShareGroupOffsetsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w, m.responses)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsResponse(r: Reader): AlterShareGroupOffsetsResponse {
  const value: AlterShareGroupOffsetsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    responses: readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w: Writer, m: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicInit): void {
  w.compactString(m.topicName)
  w.uuid(m.topicId)
  writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w, m.partitions)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r: Reader): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic {
  const value: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic = {
    topicName: r.compactString(),
    topicId: r.uuid(),
    partitions: readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w: Writer, m: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r: Reader): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition {
  const value: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w: Writer, list: readonly AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(w, element)
}

function readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r: Reader): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] {
  const length = readLength(r, true, 19, 3)
  const list: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(r))
  return list
}

function writeArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w: Writer, list: readonly AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(w, element)
}

function readArrayOfAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r: Reader): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] {
  const length = readLength(r, true, 8, 3)
  const list: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(r))
  return list
}

export function encodeAlterShareGroupOffsetsResponse(w: Writer, m: AlterShareGroupOffsetsResponseInit, version: number): void {
  if (version !== 0) unwritable('AlterShareGroupOffsetsResponse', version)
  writeAlterShareGroupOffsetsResponse(w, m)
}

export function decodeAlterShareGroupOffsetsResponse(r: Reader, version: number): AlterShareGroupOffsetsResponse {
  if (version !== 0) unreadable('AlterShareGroupOffsetsResponse', version, r)
  return readAlterShareGroupOffsetsResponse(r)
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

// share/92-delete-share-group-offsets.kmsg

export interface DeleteShareGroupOffsetsRequest {
  groupId: string
  topics: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic[]
}

export interface DeleteShareGroupOffsetsRequestInit {
  groupId: string
  topics: readonly DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit[]
}

export interface DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic {
  topicName: string
}

export type DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit = DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic

function writeDeleteShareGroupOffsetsRequest(w: Writer, m: DeleteShareGroupOffsetsRequestInit): void {
  w.compactString(m.groupId)
  writeArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w, m.topics)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsRequest(r: Reader): DeleteShareGroupOffsetsRequest {
  const value: DeleteShareGroupOffsetsRequest = {
    groupId: r.compactString(),
    topics: readArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w: Writer, m: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit): void {
  w.compactString(m.topicName)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r: Reader): DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic {
  const value: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic = {
    topicName: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w: Writer, list: readonly DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w, element)
}

function readArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r: Reader): DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic[] {
  const length = readLength(r, true, 2, 1)
  const list: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r))
  return list
}

export function encodeDeleteShareGroupOffsetsRequest(w: Writer, m: DeleteShareGroupOffsetsRequestInit, version: number): void {
  if (version !== 0) unwritable('DeleteShareGroupOffsetsRequest', version)
  writeDeleteShareGroupOffsetsRequest(w, m)
}

export function decodeDeleteShareGroupOffsetsRequest(r: Reader, version: number): DeleteShareGroupOffsetsRequest {
  if (version !== 0) unreadable('DeleteShareGroupOffsetsRequest', version, r)
  return readDeleteShareGroupOffsetsRequest(r)
}

export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  responses: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic[]
}

export interface DeleteShareGroupOffsetsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  responses: readonly DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit[]
}

export interface DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: string
  errorCode: number
  errorMessage: string | null
}

export interface DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit {
  topicName: string
  topicId: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDeleteShareGroupOffsetsResponse(w: Writer, m: DeleteShareGroupOffsetsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w, m.responses)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsResponse(r: Reader): DeleteShareGroupOffsetsResponse {
  const value: DeleteShareGroupOffsetsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    responses: readArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w: Writer, m: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit): void {
  w.compactString(m.topicName)
  w.uuid(m.topicId)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r: Reader): DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic {
  const value: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic = {
    topicName: r.compactString(),
    topicId: r.uuid(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w: Writer, list: readonly DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w, element)
}

function readArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r: Reader): DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic[] {
  const length = readLength(r, true, 21, 4)
  const list: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r))
  return list
}

export function encodeDeleteShareGroupOffsetsResponse(w: Writer, m: DeleteShareGroupOffsetsResponseInit, version: number): void {
  if (version !== 0) unwritable('DeleteShareGroupOffsetsResponse', version)
  writeDeleteShareGroupOffsetsResponse(w, m)
}

export function decodeDeleteShareGroupOffsetsResponse(r: Reader, version: number): DeleteShareGroupOffsetsResponse {
  if (version !== 0) unreadable('DeleteShareGroupOffsetsResponse', version, r)
  return readDeleteShareGroupOffsetsResponse(r)
}

/** API key 92, versions 0. */
export const DeleteShareGroupOffsetsApi: Api<DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsRequestInit, DeleteShareGroupOffsetsResponse, DeleteShareGroupOffsetsResponseInit> = {
  key: 92,
  name: 'DeleteShareGroupOffsets',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteShareGroupOffsetsRequest,
  decodeRequest: decodeDeleteShareGroupOffsetsRequest,
  encodeResponse: encodeDeleteShareGroupOffsetsResponse,
  decodeResponse: decodeDeleteShareGroupOffsetsResponse,
}

// share/share-group-records.kmsg

export interface ShareGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type ShareGroupMemberMetadataKeyInit = ShareGroupMemberMetadataKey

function writeShareGroupMemberMetadataKey(w: Writer, m: ShareGroupMemberMetadataKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupMemberMetadataKey(r: Reader): ShareGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupMemberMetadataKey(w: Writer, m: ShareGroupMemberMetadataKeyInit): void {
  w.int16(10)
  writeShareGroupMemberMetadataKey(w, m)
}

export function decodeShareGroupMemberMetadataKey(r: Reader): ShareGroupMemberMetadataKey {
  readRecordType(r, 'ShareGroupMemberMetadataKey', 10)
  return readShareGroupMemberMetadataKey(r)
}

export const ShareGroupMemberMetadataKeyFormat: RecordFormat<ShareGroupMemberMetadataKey, ShareGroupMemberMetadataKeyInit> = {
  name: 'ShareGroupMemberMetadataKey',
  type: 10,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMemberMetadataKey,
  decode: decodeShareGroupMemberMetadataKey,
}

export interface ShareGroupMemberMetadataValue {
  rackId: string | null
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
}

export interface ShareGroupMemberMetadataValueInit {
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
}

function writeShareGroupMemberMetadataValue(w: Writer, m: ShareGroupMemberMetadataValueInit): void {
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.uvarint(0)
}

function readShareGroupMemberMetadataValue(r: Reader): ShareGroupMemberMetadataValue {
  const value: ShareGroupMemberMetadataValue = {
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupMemberMetadataValue(w: Writer, m: ShareGroupMemberMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupMemberMetadataValue', version)
  w.int16(version)
  writeShareGroupMemberMetadataValue(w, m)
}

export function decodeShareGroupMemberMetadataValue(r: Reader): ShareGroupMemberMetadataValue {
  readVersion(r, 'ShareGroupMemberMetadataValue', 0, 0)
  return readShareGroupMemberMetadataValue(r)
}

export const ShareGroupMemberMetadataValueFormat: RecordFormat<ShareGroupMemberMetadataValue, ShareGroupMemberMetadataValueInit> = {
  name: 'ShareGroupMemberMetadataValue',
  type: 10,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMemberMetadataValue,
  decode: decodeShareGroupMemberMetadataValue,
}

export interface ShareGroupMetadataKey {
  groupId: string
}

export type ShareGroupMetadataKeyInit = ShareGroupMetadataKey

function writeShareGroupMetadataKey(w: Writer, m: ShareGroupMetadataKeyInit): void {
  w.string(m.groupId)
}

function readShareGroupMetadataKey(r: Reader): ShareGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupMetadataKey(w: Writer, m: ShareGroupMetadataKeyInit): void {
  w.int16(11)
  writeShareGroupMetadataKey(w, m)
}

export function decodeShareGroupMetadataKey(r: Reader): ShareGroupMetadataKey {
  readRecordType(r, 'ShareGroupMetadataKey', 11)
  return readShareGroupMetadataKey(r)
}

export const ShareGroupMetadataKeyFormat: RecordFormat<ShareGroupMetadataKey, ShareGroupMetadataKeyInit> = {
  name: 'ShareGroupMetadataKey',
  type: 11,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMetadataKey,
  decode: decodeShareGroupMetadataKey,
}

export interface ShareGroupMetadataValue {
  epoch: number
  metadataHash: number
}

export type ShareGroupMetadataValueInit = ShareGroupMetadataValue

function writeShareGroupMetadataValue(w: Writer, m: ShareGroupMetadataValueInit): void {
  w.int32(m.epoch)
  w.int64(m.metadataHash)
  w.uvarint(0)
}

function readShareGroupMetadataValue(r: Reader): ShareGroupMetadataValue {
  const value: ShareGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupMetadataValue(w: Writer, m: ShareGroupMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupMetadataValue', version)
  w.int16(version)
  writeShareGroupMetadataValue(w, m)
}

export function decodeShareGroupMetadataValue(r: Reader): ShareGroupMetadataValue {
  readVersion(r, 'ShareGroupMetadataValue', 0, 0)
  return readShareGroupMetadataValue(r)
}

export const ShareGroupMetadataValueFormat: RecordFormat<ShareGroupMetadataValue, ShareGroupMetadataValueInit> = {
  name: 'ShareGroupMetadataValue',
  type: 11,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMetadataValue,
  decode: decodeShareGroupMetadataValue,
}

export interface ShareGroupTargetAssignmentMetadataKey {
  groupId: string
}

export type ShareGroupTargetAssignmentMetadataKeyInit = ShareGroupTargetAssignmentMetadataKey

function writeShareGroupTargetAssignmentMetadataKey(w: Writer, m: ShareGroupTargetAssignmentMetadataKeyInit): void {
  w.string(m.groupId)
}

function readShareGroupTargetAssignmentMetadataKey(r: Reader): ShareGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupTargetAssignmentMetadataKey(w: Writer, m: ShareGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(12)
  writeShareGroupTargetAssignmentMetadataKey(w, m)
}

export function decodeShareGroupTargetAssignmentMetadataKey(r: Reader): ShareGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'ShareGroupTargetAssignmentMetadataKey', 12)
  return readShareGroupTargetAssignmentMetadataKey(r)
}

export const ShareGroupTargetAssignmentMetadataKeyFormat: RecordFormat<ShareGroupTargetAssignmentMetadataKey, ShareGroupTargetAssignmentMetadataKeyInit> = {
  name: 'ShareGroupTargetAssignmentMetadataKey',
  type: 12,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMetadataKey,
  decode: decodeShareGroupTargetAssignmentMetadataKey,
}

export interface ShareGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number
  assignmentTimestamp: number // tag 0
}

export interface ShareGroupTargetAssignmentMetadataValueInit {
  assignmentEpoch: number
  assignmentTimestamp?: number | undefined
}

function writeShareGroupTargetAssignmentMetadataValue(w: Writer, m: ShareGroupTargetAssignmentMetadataValueInit): void {
  w.int32(m.assignmentEpoch)
  const t0 = m.assignmentTimestamp
  const has0 = t0 !== undefined && t0 !== 0
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(8)
    w.int64(t0)
  }
}

function readShareGroupTargetAssignmentMetadataValue(r: Reader): ShareGroupTargetAssignmentMetadataValue {
  const value: ShareGroupTargetAssignmentMetadataValue = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentTimestamp = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ShareGroupTargetAssignmentMetadataValue', tag)
  }
  return value
}

export function encodeShareGroupTargetAssignmentMetadataValue(w: Writer, m: ShareGroupTargetAssignmentMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeShareGroupTargetAssignmentMetadataValue(w, m)
}

export function decodeShareGroupTargetAssignmentMetadataValue(r: Reader): ShareGroupTargetAssignmentMetadataValue {
  readVersion(r, 'ShareGroupTargetAssignmentMetadataValue', 0, 0)
  return readShareGroupTargetAssignmentMetadataValue(r)
}

export const ShareGroupTargetAssignmentMetadataValueFormat: RecordFormat<ShareGroupTargetAssignmentMetadataValue, ShareGroupTargetAssignmentMetadataValueInit> = {
  name: 'ShareGroupTargetAssignmentMetadataValue',
  type: 12,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMetadataValue,
  decode: decodeShareGroupTargetAssignmentMetadataValue,
}

export interface ShareGroupTargetAssignmentMemberKey {
  groupId: string
  memberId: string
}

export type ShareGroupTargetAssignmentMemberKeyInit = ShareGroupTargetAssignmentMemberKey

function writeShareGroupTargetAssignmentMemberKey(w: Writer, m: ShareGroupTargetAssignmentMemberKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupTargetAssignmentMemberKey(r: Reader): ShareGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupTargetAssignmentMemberKey(w: Writer, m: ShareGroupTargetAssignmentMemberKeyInit): void {
  w.int16(13)
  writeShareGroupTargetAssignmentMemberKey(w, m)
}

export function decodeShareGroupTargetAssignmentMemberKey(r: Reader): ShareGroupTargetAssignmentMemberKey {
  readRecordType(r, 'ShareGroupTargetAssignmentMemberKey', 13)
  return readShareGroupTargetAssignmentMemberKey(r)
}

export const ShareGroupTargetAssignmentMemberKeyFormat: RecordFormat<ShareGroupTargetAssignmentMemberKey, ShareGroupTargetAssignmentMemberKeyInit> = {
  name: 'ShareGroupTargetAssignmentMemberKey',
  type: 13,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMemberKey,
  decode: decodeShareGroupTargetAssignmentMemberKey,
}

export interface ShareGroupTargetAssignmentMemberValue {
  topicPartitions: ShareGroupTargetAssignmentMemberValueTopicPartition[]
}

export interface ShareGroupTargetAssignmentMemberValueInit {
  topicPartitions: readonly ShareGroupTargetAssignmentMemberValueTopicPartitionInit[]
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartition {
  topicId: string
  partitions: number[]
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartitionInit {
  topicId: string
  partitions: readonly number[]
}

function writeShareGroupTargetAssignmentMemberValue(w: Writer, m: ShareGroupTargetAssignmentMemberValueInit): void {
  writeArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(w, m.topicPartitions)
  w.uvarint(0)
}

function readShareGroupTargetAssignmentMemberValue(r: Reader): ShareGroupTargetAssignmentMemberValue {
  const value: ShareGroupTargetAssignmentMemberValue = {
    topicPartitions: readArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupTargetAssignmentMemberValueTopicPartition(w: Writer, m: ShareGroupTargetAssignmentMemberValueTopicPartitionInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const value: ShareGroupTargetAssignmentMemberValueTopicPartition = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(w: Writer, list: readonly ShareGroupTargetAssignmentMemberValueTopicPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupTargetAssignmentMemberValueTopicPartition(w, element)
}

function readArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ShareGroupTargetAssignmentMemberValueTopicPartition[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupTargetAssignmentMemberValueTopicPartition(r))
  return list
}

export function encodeShareGroupTargetAssignmentMemberValue(w: Writer, m: ShareGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeShareGroupTargetAssignmentMemberValue(w, m)
}

export function decodeShareGroupTargetAssignmentMemberValue(r: Reader): ShareGroupTargetAssignmentMemberValue {
  readVersion(r, 'ShareGroupTargetAssignmentMemberValue', 0, 0)
  return readShareGroupTargetAssignmentMemberValue(r)
}

export const ShareGroupTargetAssignmentMemberValueFormat: RecordFormat<ShareGroupTargetAssignmentMemberValue, ShareGroupTargetAssignmentMemberValueInit> = {
  name: 'ShareGroupTargetAssignmentMemberValue',
  type: 13,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMemberValue,
  decode: decodeShareGroupTargetAssignmentMemberValue,
}

export interface ShareGroupCurrentMemberAssignmentKey {
  groupId: string
  memberId: string
}

export type ShareGroupCurrentMemberAssignmentKeyInit = ShareGroupCurrentMemberAssignmentKey

function writeShareGroupCurrentMemberAssignmentKey(w: Writer, m: ShareGroupCurrentMemberAssignmentKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupCurrentMemberAssignmentKey(r: Reader): ShareGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupCurrentMemberAssignmentKey(w: Writer, m: ShareGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(14)
  writeShareGroupCurrentMemberAssignmentKey(w, m)
}

export function decodeShareGroupCurrentMemberAssignmentKey(r: Reader): ShareGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'ShareGroupCurrentMemberAssignmentKey', 14)
  return readShareGroupCurrentMemberAssignmentKey(r)
}

export const ShareGroupCurrentMemberAssignmentKeyFormat: RecordFormat<ShareGroupCurrentMemberAssignmentKey, ShareGroupCurrentMemberAssignmentKeyInit> = {
  name: 'ShareGroupCurrentMemberAssignmentKey',
  type: 14,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupCurrentMemberAssignmentKey,
  decode: decodeShareGroupCurrentMemberAssignmentKey,
}

export interface ShareGroupCurrentMemberAssignmentValue {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: ShareGroupCurrentMemberAssignmentValueTopicPartitions[]
}

export interface ShareGroupCurrentMemberAssignmentValueInit {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit[]
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeShareGroupCurrentMemberAssignmentValue(w: Writer, m: ShareGroupCurrentMemberAssignmentValueInit): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(w, m.assignedPartitions)
  w.uvarint(0)
}

function readShareGroupCurrentMemberAssignmentValue(r: Reader): ShareGroupCurrentMemberAssignmentValue {
  const value: ShareGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: readArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, m: ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const value: ShareGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, list: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupCurrentMemberAssignmentValueTopicPartitions(w, element)
}

function readArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ShareGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupCurrentMemberAssignmentValueTopicPartitions(r))
  return list
}

export function encodeShareGroupCurrentMemberAssignmentValue(w: Writer, m: ShareGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeShareGroupCurrentMemberAssignmentValue(w, m)
}

export function decodeShareGroupCurrentMemberAssignmentValue(r: Reader): ShareGroupCurrentMemberAssignmentValue {
  readVersion(r, 'ShareGroupCurrentMemberAssignmentValue', 0, 0)
  return readShareGroupCurrentMemberAssignmentValue(r)
}

export const ShareGroupCurrentMemberAssignmentValueFormat: RecordFormat<ShareGroupCurrentMemberAssignmentValue, ShareGroupCurrentMemberAssignmentValueInit> = {
  name: 'ShareGroupCurrentMemberAssignmentValue',
  type: 14,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupCurrentMemberAssignmentValue,
  decode: decodeShareGroupCurrentMemberAssignmentValue,
}

export interface ShareGroupStatePartitionMetadataKey {
  groupId: string
}

export type ShareGroupStatePartitionMetadataKeyInit = ShareGroupStatePartitionMetadataKey

function writeShareGroupStatePartitionMetadataKey(w: Writer, m: ShareGroupStatePartitionMetadataKeyInit): void {
  w.string(m.groupId)
}

function readShareGroupStatePartitionMetadataKey(r: Reader): ShareGroupStatePartitionMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupStatePartitionMetadataKey(w: Writer, m: ShareGroupStatePartitionMetadataKeyInit): void {
  w.int16(15)
  writeShareGroupStatePartitionMetadataKey(w, m)
}

export function decodeShareGroupStatePartitionMetadataKey(r: Reader): ShareGroupStatePartitionMetadataKey {
  readRecordType(r, 'ShareGroupStatePartitionMetadataKey', 15)
  return readShareGroupStatePartitionMetadataKey(r)
}

export const ShareGroupStatePartitionMetadataKeyFormat: RecordFormat<ShareGroupStatePartitionMetadataKey, ShareGroupStatePartitionMetadataKeyInit> = {
  name: 'ShareGroupStatePartitionMetadataKey',
  type: 15,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupStatePartitionMetadataKey,
  decode: decodeShareGroupStatePartitionMetadataKey,
}

export interface ShareGroupStatePartitionMetadataValue {
  initializingTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[]
  initializedTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[]
  deletingTopics: ShareGroupStatePartitionMetadataValueTopicInfo[]
}

export interface ShareGroupStatePartitionMetadataValueInit {
  initializingTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[]
  initializedTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[]
  deletingTopics: readonly ShareGroupStatePartitionMetadataValueTopicInfoInit[]
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  topicId: string
  topicName: string
  partitions: number[]
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit {
  topicId: string
  topicName: string
  partitions: readonly number[]
}

export interface ShareGroupStatePartitionMetadataValueTopicInfo {
  topicId: string
  topicName: string
}

export type ShareGroupStatePartitionMetadataValueTopicInfoInit = ShareGroupStatePartitionMetadataValueTopicInfo

function writeShareGroupStatePartitionMetadataValue(w: Writer, m: ShareGroupStatePartitionMetadataValueInit): void {
  writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, m.initializingTopics)
  writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, m.initializedTopics)
  writeArrayOfShareGroupStatePartitionMetadataValueTopicInfo(w, m.deletingTopics)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValue(r: Reader): ShareGroupStatePartitionMetadataValue {
  const value: ShareGroupStatePartitionMetadataValue = {
    initializingTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r),
    initializedTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r),
    deletingTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicInfo(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w: Writer, m: ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const value: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupStatePartitionMetadataValueTopicInfo(w: Writer, m: ShareGroupStatePartitionMetadataValueTopicInfoInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValueTopicInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicInfo {
  const value: ShareGroupStatePartitionMetadataValueTopicInfo = {
    topicId: r.uuid(),
    topicName: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w: Writer, list: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, element)
}

function readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r))
  return list
}

function writeArrayOfShareGroupStatePartitionMetadataValueTopicInfo(w: Writer, list: readonly ShareGroupStatePartitionMetadataValueTopicInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupStatePartitionMetadataValueTopicInfo(w, element)
}

function readArrayOfShareGroupStatePartitionMetadataValueTopicInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicInfo[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupStatePartitionMetadataValueTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupStatePartitionMetadataValueTopicInfo(r))
  return list
}

export function encodeShareGroupStatePartitionMetadataValue(w: Writer, m: ShareGroupStatePartitionMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupStatePartitionMetadataValue', version)
  w.int16(version)
  writeShareGroupStatePartitionMetadataValue(w, m)
}

export function decodeShareGroupStatePartitionMetadataValue(r: Reader): ShareGroupStatePartitionMetadataValue {
  readVersion(r, 'ShareGroupStatePartitionMetadataValue', 0, 0)
  return readShareGroupStatePartitionMetadataValue(r)
}

export const ShareGroupStatePartitionMetadataValueFormat: RecordFormat<ShareGroupStatePartitionMetadataValue, ShareGroupStatePartitionMetadataValueInit> = {
  name: 'ShareGroupStatePartitionMetadataValue',
  type: 15,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupStatePartitionMetadataValue,
  decode: decodeShareGroupStatePartitionMetadataValue,
}

export const shareGroupRecordsFormats: readonly RecordFormat[] = [
  ShareGroupMemberMetadataKeyFormat,
  ShareGroupMemberMetadataValueFormat,
  ShareGroupMetadataKeyFormat,
  ShareGroupMetadataValueFormat,
  ShareGroupTargetAssignmentMetadataKeyFormat,
  ShareGroupTargetAssignmentMetadataValueFormat,
  ShareGroupTargetAssignmentMemberKeyFormat,
  ShareGroupTargetAssignmentMemberValueFormat,
  ShareGroupCurrentMemberAssignmentKeyFormat,
  ShareGroupCurrentMemberAssignmentValueFormat,
  ShareGroupStatePartitionMetadataKeyFormat,
  ShareGroupStatePartitionMetadataValueFormat,
]

// share/share-group-state.kmsg

export interface ShareSnapshotKey {
  groupId: string
  topicId: string
  partition: number
}

export type ShareSnapshotKeyInit = ShareSnapshotKey

function writeShareSnapshotKey(w: Writer, m: ShareSnapshotKeyInit): void {
  w.string(m.groupId)
  w.uuid(m.topicId)
  w.int32(m.partition)
}

function readShareSnapshotKey(r: Reader): ShareSnapshotKey {
  return {
    groupId: r.string(),
    topicId: r.uuid(),
    partition: r.int32(),
  }
}

export function encodeShareSnapshotKey(w: Writer, m: ShareSnapshotKeyInit): void {
  w.int16(0)
  writeShareSnapshotKey(w, m)
}

export function decodeShareSnapshotKey(r: Reader): ShareSnapshotKey {
  readRecordType(r, 'ShareSnapshotKey', 0)
  return readShareSnapshotKey(r)
}

export const ShareSnapshotKeyFormat: RecordFormat<ShareSnapshotKey, ShareSnapshotKeyInit> = {
  name: 'ShareSnapshotKey',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareSnapshotKey,
  decode: decodeShareSnapshotKey,
}

export interface ShareSnapshotValue {
  snapshotEpoch: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // tag 0
  createTimestamp: number
  writeTimestamp: number
  stateBatches: ShareSnapshotValueStateBatch[]
}

export interface ShareSnapshotValueInit {
  snapshotEpoch: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
  createTimestamp: number
  writeTimestamp: number
  stateBatches: readonly ShareSnapshotValueStateBatchInit[]
}

export interface ShareSnapshotValueStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type ShareSnapshotValueStateBatchInit = ShareSnapshotValueStateBatch

function writeShareSnapshotValue(w: Writer, m: ShareSnapshotValueInit): void {
  w.int32(m.snapshotEpoch)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  w.int64(m.createTimestamp)
  w.int64(m.writeTimestamp)
  writeArrayOfShareSnapshotValueStateBatch(w, m.stateBatches)
  const t0 = m.deliveryCompleteCount
  const has0 = t0 !== undefined && t0 !== -1
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
}

function readShareSnapshotValue(r: Reader): ShareSnapshotValue {
  const value: ShareSnapshotValue = {
    snapshotEpoch: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    createTimestamp: r.int64(),
    writeTimestamp: r.int64(),
    stateBatches: readArrayOfShareSnapshotValueStateBatch(r),
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.deliveryCompleteCount = r.int32()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ShareSnapshotValue', tag)
  }
  return value
}

function writeShareSnapshotValueStateBatch(w: Writer, m: ShareSnapshotValueStateBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareSnapshotValueStateBatch(r: Reader): ShareSnapshotValueStateBatch {
  const value: ShareSnapshotValueStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareSnapshotValueStateBatch(w: Writer, list: readonly ShareSnapshotValueStateBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareSnapshotValueStateBatch(w, element)
}

function readArrayOfShareSnapshotValueStateBatch(r: Reader): ShareSnapshotValueStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ShareSnapshotValueStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareSnapshotValueStateBatch(r))
  return list
}

export function encodeShareSnapshotValue(w: Writer, m: ShareSnapshotValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareSnapshotValue', version)
  w.int16(version)
  writeShareSnapshotValue(w, m)
}

export function decodeShareSnapshotValue(r: Reader): ShareSnapshotValue {
  readVersion(r, 'ShareSnapshotValue', 0, 0)
  return readShareSnapshotValue(r)
}

export const ShareSnapshotValueFormat: RecordFormat<ShareSnapshotValue, ShareSnapshotValueInit> = {
  name: 'ShareSnapshotValue',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareSnapshotValue,
  decode: decodeShareSnapshotValue,
}

export interface ShareUpdateKey {
  groupId: string
  topicId: string
  partition: number
}

export type ShareUpdateKeyInit = ShareUpdateKey

function writeShareUpdateKey(w: Writer, m: ShareUpdateKeyInit): void {
  w.string(m.groupId)
  w.uuid(m.topicId)
  w.int32(m.partition)
}

function readShareUpdateKey(r: Reader): ShareUpdateKey {
  return {
    groupId: r.string(),
    topicId: r.uuid(),
    partition: r.int32(),
  }
}

export function encodeShareUpdateKey(w: Writer, m: ShareUpdateKeyInit): void {
  w.int16(1)
  writeShareUpdateKey(w, m)
}

export function decodeShareUpdateKey(r: Reader): ShareUpdateKey {
  readRecordType(r, 'ShareUpdateKey', 1)
  return readShareUpdateKey(r)
}

export const ShareUpdateKeyFormat: RecordFormat<ShareUpdateKey, ShareUpdateKeyInit> = {
  name: 'ShareUpdateKey',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareUpdateKey,
  decode: decodeShareUpdateKey,
}

export interface ShareUpdateValue {
  snapshotEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // tag 0
  stateBatches: ShareUpdateValueStateBatch[]
}

export interface ShareUpdateValueInit {
  snapshotEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
  stateBatches: readonly ShareUpdateValueStateBatchInit[]
}

export interface ShareUpdateValueStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type ShareUpdateValueStateBatchInit = ShareUpdateValueStateBatch

function writeShareUpdateValue(w: Writer, m: ShareUpdateValueInit): void {
  w.int32(m.snapshotEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  writeArrayOfShareUpdateValueStateBatch(w, m.stateBatches)
  const t0 = m.deliveryCompleteCount
  const has0 = t0 !== undefined && t0 !== -1
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
}

function readShareUpdateValue(r: Reader): ShareUpdateValue {
  const value: ShareUpdateValue = {
    snapshotEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    stateBatches: readArrayOfShareUpdateValueStateBatch(r),
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.deliveryCompleteCount = r.int32()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ShareUpdateValue', tag)
  }
  return value
}

function writeShareUpdateValueStateBatch(w: Writer, m: ShareUpdateValueStateBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareUpdateValueStateBatch(r: Reader): ShareUpdateValueStateBatch {
  const value: ShareUpdateValueStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareUpdateValueStateBatch(w: Writer, list: readonly ShareUpdateValueStateBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareUpdateValueStateBatch(w, element)
}

function readArrayOfShareUpdateValueStateBatch(r: Reader): ShareUpdateValueStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ShareUpdateValueStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareUpdateValueStateBatch(r))
  return list
}

export function encodeShareUpdateValue(w: Writer, m: ShareUpdateValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareUpdateValue', version)
  w.int16(version)
  writeShareUpdateValue(w, m)
}

export function decodeShareUpdateValue(r: Reader): ShareUpdateValue {
  readVersion(r, 'ShareUpdateValue', 0, 0)
  return readShareUpdateValue(r)
}

export const ShareUpdateValueFormat: RecordFormat<ShareUpdateValue, ShareUpdateValueInit> = {
  name: 'ShareUpdateValue',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareUpdateValue,
  decode: decodeShareUpdateValue,
}

export const shareGroupStateFormats: readonly RecordFormat[] = [
  ShareSnapshotKeyFormat,
  ShareSnapshotValueFormat,
  ShareUpdateKeyFormat,
  ShareUpdateValueFormat,
]
