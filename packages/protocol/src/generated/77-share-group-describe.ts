// Made by generator/main.ts from definitions/77-share-group-describe.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readStrings, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ShareGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export interface ShareGroupDescribeRequestInit {
  groupIds: readonly string[]
  includeAuthorizedOperations: boolean
}

function writeShareGroupDescribeRequest(w: Writer, m: ShareGroupDescribeRequestInit, _version: number): void {
  writeStrings(w, m.groupIds, true)
  w.boolean(m.includeAuthorizedOperations)
  w.uvarint(0)
}

function readShareGroupDescribeRequest(r: Reader, _version: number): ShareGroupDescribeRequest {
  const value: ShareGroupDescribeRequest = {
    groupIds: readStrings(r, true),
    includeAuthorizedOperations: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupDescribeRequest(w: Writer, m: ShareGroupDescribeRequestInit, version: number): void {
  if (version < 1 || version > 1) unwritable('ShareGroupDescribeRequest', version)
  writeShareGroupDescribeRequest(w, m, version)
}

export function decodeShareGroupDescribeRequest(r: Reader, version: number): ShareGroupDescribeRequest {
  if (version < 1 || version > 1) unreadable('ShareGroupDescribeRequest', version, r)
  return readShareGroupDescribeRequest(r, version)
}

export interface ShareGroupDescribeResponse {
  throttleTimeMs: number
  groups: ShareGroupDescribeResponseDescribedGroup[]
}

export interface ShareGroupDescribeResponseInit {
  throttleTimeMs: number
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

function writeShareGroupDescribeResponse(w: Writer, m: ShareGroupDescribeResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfShareGroupDescribeResponseDescribedGroup(w, m.groups, version)
  w.uvarint(0)
}

function readShareGroupDescribeResponse(r: Reader, version: number): ShareGroupDescribeResponse {
  const value: ShareGroupDescribeResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfShareGroupDescribeResponseDescribedGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseDescribedGroup(w: Writer, m: ShareGroupDescribeResponseDescribedGroupInit, version: number): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.groupId)
  w.compactString(m.groupState)
  w.int32(m.groupEpoch)
  w.int32(m.assignmentEpoch)
  w.compactString(m.assignorName)
  writeArrayOfShareGroupDescribeResponseMember(w, m.members, version)
  w.int32(m.authorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readShareGroupDescribeResponseDescribedGroup(r: Reader, version: number): ShareGroupDescribeResponseDescribedGroup {
  const value: ShareGroupDescribeResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    groupId: r.compactString(),
    groupState: r.compactString(),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    assignorName: r.compactString(),
    members: readArrayOfShareGroupDescribeResponseMember(r, version),
    authorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseMember(w: Writer, m: ShareGroupDescribeResponseMemberInit, version: number): void {
  w.compactString(m.memberId)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.memberEpoch)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  writeShareGroupDescribeResponseAssignment(w, m.assignment, version)
  w.uvarint(0)
}

function readShareGroupDescribeResponseMember(r: Reader, version: number): ShareGroupDescribeResponseMember {
  const value: ShareGroupDescribeResponseMember = {
    memberId: r.compactString(),
    rackId: r.compactNullableString(),
    memberEpoch: r.int32(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    assignment: readShareGroupDescribeResponseAssignment(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseAssignment(w: Writer, m: ShareGroupDescribeResponseAssignmentInit, version: number): void {
  writeArrayOfShareGroupDescribeResponseTopicPartitions(w, m.topicPartitions, version)
  w.uvarint(0)
}

function readShareGroupDescribeResponseAssignment(r: Reader, version: number): ShareGroupDescribeResponseAssignment {
  const value: ShareGroupDescribeResponseAssignment = {
    topicPartitions: readArrayOfShareGroupDescribeResponseTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupDescribeResponseTopicPartitions(w: Writer, m: ShareGroupDescribeResponseTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupDescribeResponseTopicPartitions(r: Reader, _version: number): ShareGroupDescribeResponseTopicPartitions {
  const value: ShareGroupDescribeResponseTopicPartitions = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupDescribeResponseDescribedGroup(w: Writer, list: readonly ShareGroupDescribeResponseDescribedGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupDescribeResponseDescribedGroup(w, element, version)
}

function readArrayOfShareGroupDescribeResponseDescribedGroup(r: Reader, version: number): ShareGroupDescribeResponseDescribedGroup[] {
  const length = readLength(r, true, 20, 9)
  const list: ShareGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupDescribeResponseDescribedGroup(r, version))
  return list
}

function writeArrayOfShareGroupDescribeResponseMember(w: Writer, list: readonly ShareGroupDescribeResponseMemberInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupDescribeResponseMember(w, element, version)
}

function readArrayOfShareGroupDescribeResponseMember(r: Reader, version: number): ShareGroupDescribeResponseMember[] {
  const length = readLength(r, true, 12, 7)
  const list: ShareGroupDescribeResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupDescribeResponseMember(r, version))
  return list
}

function writeArrayOfShareGroupDescribeResponseTopicPartitions(w: Writer, list: readonly ShareGroupDescribeResponseTopicPartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupDescribeResponseTopicPartitions(w, element, version)
}

function readArrayOfShareGroupDescribeResponseTopicPartitions(r: Reader, version: number): ShareGroupDescribeResponseTopicPartitions[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupDescribeResponseTopicPartitions(r, version))
  return list
}

export function encodeShareGroupDescribeResponse(w: Writer, m: ShareGroupDescribeResponseInit, version: number): void {
  if (version < 1 || version > 1) unwritable('ShareGroupDescribeResponse', version)
  writeShareGroupDescribeResponse(w, m, version)
}

export function decodeShareGroupDescribeResponse(r: Reader, version: number): ShareGroupDescribeResponse {
  if (version < 1 || version > 1) unreadable('ShareGroupDescribeResponse', version, r)
  return readShareGroupDescribeResponse(r, version)
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
