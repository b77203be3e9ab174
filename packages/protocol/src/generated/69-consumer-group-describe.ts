// Made by generator/main.ts from definitions/69-consumer-group-describe.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readStrings, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ConsumerGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export interface ConsumerGroupDescribeRequestInit {
  groupIds: readonly string[]
  includeAuthorizedOperations: boolean
}

function writeConsumerGroupDescribeRequest(w: Writer, m: ConsumerGroupDescribeRequestInit, _version: number): void {
  writeStrings(w, m.groupIds, true)
  w.boolean(m.includeAuthorizedOperations)
  w.uvarint(0)
}

function readConsumerGroupDescribeRequest(r: Reader, _version: number): ConsumerGroupDescribeRequest {
  const value: ConsumerGroupDescribeRequest = {
    groupIds: readStrings(r, true),
    includeAuthorizedOperations: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeConsumerGroupDescribeRequest(w: Writer, m: ConsumerGroupDescribeRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ConsumerGroupDescribeRequest', version)
  writeConsumerGroupDescribeRequest(w, m, version)
}

export function decodeConsumerGroupDescribeRequest(r: Reader, version: number): ConsumerGroupDescribeRequest {
  if (version < 0 || version > 1) unreadable('ConsumerGroupDescribeRequest', version, r)
  return readConsumerGroupDescribeRequest(r, version)
}

export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number
  groups: ConsumerGroupDescribeResponseDescribedGroup[]
}

export interface ConsumerGroupDescribeResponseInit {
  throttleTimeMs: number
  groups: readonly ConsumerGroupDescribeResponseDescribedGroupInit[]
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: ConsumerGroupDescribeResponseMember[]
  authorizedOperations: number
}

export interface ConsumerGroupDescribeResponseDescribedGroupInit {
  errorCode: number
  errorMessage?: string | null | undefined
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: readonly ConsumerGroupDescribeResponseMemberInit[]
  authorizedOperations?: number | undefined
}

export interface ConsumerGroupDescribeResponseMember {
  memberId: string
  instanceId: string | null
  rackId: string | null
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  subscribedTopicRegex: string | null
  assignment: ConsumerGroupDescribeResponseAssignment
  targetAssignment: ConsumerGroupDescribeResponseAssignment
  memberType: number // 1
}

export interface ConsumerGroupDescribeResponseMemberInit {
  memberId: string
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
  subscribedTopicRegex?: string | null | undefined
  assignment: ConsumerGroupDescribeResponseAssignmentInit
  targetAssignment: ConsumerGroupDescribeResponseAssignmentInit
  memberType?: number | undefined
}

export interface ConsumerGroupDescribeResponseAssignment {
  topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[]
}

export interface ConsumerGroupDescribeResponseAssignmentInit {
  topicPartitions: readonly ConsumerGroupDescribeResponseTopicPartitionsInit[]
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  topicId: string
  topicName: string
  partitions: number[]
}

export interface ConsumerGroupDescribeResponseTopicPartitionsInit {
  topicId: string
  topicName: string
  partitions: readonly number[]
}

function writeConsumerGroupDescribeResponse(w: Writer, m: ConsumerGroupDescribeResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfConsumerGroupDescribeResponseDescribedGroup(w, m.groups, version)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponse(r: Reader, version: number): ConsumerGroupDescribeResponse {
  const value: ConsumerGroupDescribeResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfConsumerGroupDescribeResponseDescribedGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseDescribedGroup(w: Writer, m: ConsumerGroupDescribeResponseDescribedGroupInit, version: number): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.groupId)
  w.compactString(m.groupState)
  w.int32(m.groupEpoch)
  w.int32(m.assignmentEpoch)
  w.compactString(m.assignorName)
  writeArrayOfConsumerGroupDescribeResponseMember(w, m.members, version)
  w.int32(m.authorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseDescribedGroup(r: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup {
  const value: ConsumerGroupDescribeResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    groupId: r.compactString(),
    groupState: r.compactString(),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    assignorName: r.compactString(),
    members: readArrayOfConsumerGroupDescribeResponseMember(r, version),
    authorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseMember(w: Writer, m: ConsumerGroupDescribeResponseMemberInit, version: number): void {
  w.compactString(m.memberId)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.memberEpoch)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.compactNullableString(m.subscribedTopicRegex ?? null)
  writeConsumerGroupDescribeResponseAssignment(w, m.assignment, version)
  writeConsumerGroupDescribeResponseAssignment(w, m.targetAssignment, version)
  if (version >= 1) w.int8(m.memberType ?? -1)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseMember(r: Reader, version: number): ConsumerGroupDescribeResponseMember {
  const value: ConsumerGroupDescribeResponseMember = {
    memberId: r.compactString(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    memberEpoch: r.int32(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    subscribedTopicRegex: r.compactNullableString(),
    assignment: readConsumerGroupDescribeResponseAssignment(r, version),
    targetAssignment: readConsumerGroupDescribeResponseAssignment(r, version),
    memberType: version >= 1 ? r.int8() : -1,
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseAssignment(w: Writer, m: ConsumerGroupDescribeResponseAssignmentInit, version: number): void {
  writeArrayOfConsumerGroupDescribeResponseTopicPartitions(w, m.topicPartitions, version)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseAssignment(r: Reader, version: number): ConsumerGroupDescribeResponseAssignment {
  const value: ConsumerGroupDescribeResponseAssignment = {
    topicPartitions: readArrayOfConsumerGroupDescribeResponseTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupDescribeResponseTopicPartitions(w: Writer, m: ConsumerGroupDescribeResponseTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupDescribeResponseTopicPartitions(r: Reader, _version: number): ConsumerGroupDescribeResponseTopicPartitions {
  const value: ConsumerGroupDescribeResponseTopicPartitions = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupDescribeResponseDescribedGroup(w: Writer, list: readonly ConsumerGroupDescribeResponseDescribedGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupDescribeResponseDescribedGroup(w, element, version)
}

function readArrayOfConsumerGroupDescribeResponseDescribedGroup(r: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup[] {
  const length = readLength(r, true, 20, 9)
  const list: ConsumerGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupDescribeResponseDescribedGroup(r, version))
  return list
}

function writeArrayOfConsumerGroupDescribeResponseMember(w: Writer, list: readonly ConsumerGroupDescribeResponseMemberInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupDescribeResponseMember(w, element, version)
}

function readArrayOfConsumerGroupDescribeResponseMember(r: Reader, version: number): ConsumerGroupDescribeResponseMember[] {
  const length = readLength(r, true, 16, 11)
  const list: ConsumerGroupDescribeResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupDescribeResponseMember(r, version))
  return list
}

function writeArrayOfConsumerGroupDescribeResponseTopicPartitions(w: Writer, list: readonly ConsumerGroupDescribeResponseTopicPartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupDescribeResponseTopicPartitions(w, element, version)
}

function readArrayOfConsumerGroupDescribeResponseTopicPartitions(r: Reader, version: number): ConsumerGroupDescribeResponseTopicPartitions[] {
  const length = readLength(r, true, 19, 3)
  const list: ConsumerGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupDescribeResponseTopicPartitions(r, version))
  return list
}

export function encodeConsumerGroupDescribeResponse(w: Writer, m: ConsumerGroupDescribeResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ConsumerGroupDescribeResponse', version)
  writeConsumerGroupDescribeResponse(w, m, version)
}

export function decodeConsumerGroupDescribeResponse(r: Reader, version: number): ConsumerGroupDescribeResponse {
  if (version < 0 || version > 1) unreadable('ConsumerGroupDescribeResponse', version, r)
  return readConsumerGroupDescribeResponse(r, version)
}

/** API key 69, versions 0-1. */
export const ConsumerGroupDescribeApi: Api<ConsumerGroupDescribeRequest, ConsumerGroupDescribeRequestInit, ConsumerGroupDescribeResponse, ConsumerGroupDescribeResponseInit> = {
  key: 69,
  name: 'ConsumerGroupDescribe',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeConsumerGroupDescribeRequest,
  decodeRequest: decodeConsumerGroupDescribeRequest,
  encodeResponse: encodeConsumerGroupDescribeResponse,
  decodeResponse: decodeConsumerGroupDescribeResponse,
}
