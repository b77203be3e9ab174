// Made by generator/main.ts from definitions/76-share-group-heartbeat.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableStrings, writeInt32s, writeLength, writeNullableStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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

function writeShareGroupHeartbeatRequest(w: Writer, m: ShareGroupHeartbeatRequestInit, _version: number): void {
  w.compactString(m.groupId)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.compactNullableString(m.rackId ?? null)
  writeNullableStrings(w, m.subscribedTopicNames ?? null, true)
  w.uvarint(0)
}

function readShareGroupHeartbeatRequest(r: Reader, _version: number): ShareGroupHeartbeatRequest {
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
  if (version < 1 || version > 1) unwritable('ShareGroupHeartbeatRequest', version)
  writeShareGroupHeartbeatRequest(w, m, version)
}

export function decodeShareGroupHeartbeatRequest(r: Reader, version: number): ShareGroupHeartbeatRequest {
  if (version < 1 || version > 1) unreadable('ShareGroupHeartbeatRequest', version, r)
  return readShareGroupHeartbeatRequest(r, version)
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
  throttleTimeMs: number
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

function writeShareGroupHeartbeatResponse(w: Writer, m: ShareGroupHeartbeatResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactNullableString(m.memberId ?? null)
  w.int32(m.memberEpoch)
  w.int32(m.heartbeatIntervalMs)
  writeNullableShareGroupHeartbeatResponseAssignment(w, m.assignment ?? null, version)
  w.uvarint(0)
}

function readShareGroupHeartbeatResponse(r: Reader, version: number): ShareGroupHeartbeatResponse {
  const value: ShareGroupHeartbeatResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    memberId: r.compactNullableString(),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    assignment: readNullableShareGroupHeartbeatResponseAssignment(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupHeartbeatResponseAssignment(w: Writer, m: ShareGroupHeartbeatResponseAssignmentInit, version: number): void {
  writeArrayOfShareGroupHeartbeatResponseTopicPartitions(w, m.topicPartitions, version)
  w.uvarint(0)
}

function readShareGroupHeartbeatResponseAssignment(r: Reader, version: number): ShareGroupHeartbeatResponseAssignment {
  const value: ShareGroupHeartbeatResponseAssignment = {
    topicPartitions: readArrayOfShareGroupHeartbeatResponseTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupHeartbeatResponseTopicPartitions(w: Writer, m: ShareGroupHeartbeatResponseTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupHeartbeatResponseTopicPartitions(r: Reader, _version: number): ShareGroupHeartbeatResponseTopicPartitions {
  const value: ShareGroupHeartbeatResponseTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableShareGroupHeartbeatResponseAssignment(w: Writer, m: ShareGroupHeartbeatResponseAssignmentInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeShareGroupHeartbeatResponseAssignment(w, m, version)
}

function readNullableShareGroupHeartbeatResponseAssignment(r: Reader, version: number): ShareGroupHeartbeatResponseAssignment | null {
  return r.int8() < 0 ? null : readShareGroupHeartbeatResponseAssignment(r, version)
}

function writeArrayOfShareGroupHeartbeatResponseTopicPartitions(w: Writer, list: readonly ShareGroupHeartbeatResponseTopicPartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupHeartbeatResponseTopicPartitions(w, element, version)
}

function readArrayOfShareGroupHeartbeatResponseTopicPartitions(r: Reader, version: number): ShareGroupHeartbeatResponseTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupHeartbeatResponseTopicPartitions(r, version))
  return list
}

export function encodeShareGroupHeartbeatResponse(w: Writer, m: ShareGroupHeartbeatResponseInit, version: number): void {
  if (version < 1 || version > 1) unwritable('ShareGroupHeartbeatResponse', version)
  writeShareGroupHeartbeatResponse(w, m, version)
}

export function decodeShareGroupHeartbeatResponse(r: Reader, version: number): ShareGroupHeartbeatResponse {
  if (version < 1 || version > 1) unreadable('ShareGroupHeartbeatResponse', version, r)
  return readShareGroupHeartbeatResponse(r, version)
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
