// Made by generator/main.ts from definitions/68-consumer-group-heartbeat.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, readNullableStrings, writeInt32s, writeLength, writeNullableStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ConsumerGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  instanceId: string | null
  rackId: string | null
  rebalanceTimeoutMs: number
  subscribedTopicNames: string[] | null
  subscribedTopicRegex: string | null // 1
  serverAssignor: string | null
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null
}

export interface ConsumerGroupHeartbeatRequestInit {
  groupId: string
  memberId: string
  memberEpoch: number
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  rebalanceTimeoutMs?: number | undefined
  subscribedTopicNames?: readonly string[] | null | undefined
  subscribedTopicRegex?: string | null | undefined
  serverAssignor?: string | null | undefined
  topicPartitions?: readonly ConsumerGroupHeartbeatRequestTopicPartitionsInit[] | null | undefined
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ConsumerGroupHeartbeatRequestTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeConsumerGroupHeartbeatRequest(w: Writer, m: ConsumerGroupHeartbeatRequestInit, version: number): void {
  w.compactString(m.groupId)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  writeNullableStrings(w, m.subscribedTopicNames ?? null, true)
  if (version >= 1) w.compactNullableString(m.subscribedTopicRegex ?? null)
  else { if (m.subscribedTopicRegex !== undefined && m.subscribedTopicRegex !== null) refuse('ConsumerGroupHeartbeatRequest.subscribedTopicRegex', version) }
  w.compactNullableString(m.serverAssignor ?? null)
  writeNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(w, m.topicPartitions ?? null, version)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatRequest(r: Reader, version: number): ConsumerGroupHeartbeatRequest {
  const value: ConsumerGroupHeartbeatRequest = {
    groupId: r.compactString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    subscribedTopicNames: readNullableStrings(r, true),
    subscribedTopicRegex: version >= 1 ? r.compactNullableString() : null,
    serverAssignor: r.compactNullableString(),
    topicPartitions: readNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupHeartbeatRequestTopicPartitions(w: Writer, m: ConsumerGroupHeartbeatRequestTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatRequestTopicPartitions(r: Reader, _version: number): ConsumerGroupHeartbeatRequestTopicPartitions {
  const value: ConsumerGroupHeartbeatRequestTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(w: Writer, list: readonly ConsumerGroupHeartbeatRequestTopicPartitionsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeConsumerGroupHeartbeatRequestTopicPartitions(w, element, version)
}

function readNullableArrayOfConsumerGroupHeartbeatRequestTopicPartitions(r: Reader, version: number): ConsumerGroupHeartbeatRequestTopicPartitions[] | null {
  const length = readNullableLength(r, true, 18, 2)
  if (length < 0) return null
  const list: ConsumerGroupHeartbeatRequestTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupHeartbeatRequestTopicPartitions(r, version))
  return list
}

export function encodeConsumerGroupHeartbeatRequest(w: Writer, m: ConsumerGroupHeartbeatRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ConsumerGroupHeartbeatRequest', version)
  writeConsumerGroupHeartbeatRequest(w, m, version)
}

export function decodeConsumerGroupHeartbeatRequest(r: Reader, version: number): ConsumerGroupHeartbeatRequest {
  if (version < 0 || version > 1) unreadable('ConsumerGroupHeartbeatRequest', version, r)
  return readConsumerGroupHeartbeatRequest(r, version)
}

export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string | null
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment: ConsumerGroupHeartbeatResponseAssignment | null
}

export interface ConsumerGroupHeartbeatResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  memberId?: string | null | undefined
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment?: ConsumerGroupHeartbeatResponseAssignmentInit | null | undefined
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[]
}

export interface ConsumerGroupHeartbeatResponseAssignmentInit {
  topicPartitions: readonly ConsumerGroupHeartbeatResponseTopicPartitionsInit[]
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ConsumerGroupHeartbeatResponseTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeConsumerGroupHeartbeatResponse(w: Writer, m: ConsumerGroupHeartbeatResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactNullableString(m.memberId ?? null)
  w.int32(m.memberEpoch)
  w.int32(m.heartbeatIntervalMs)
  writeNullableConsumerGroupHeartbeatResponseAssignment(w, m.assignment ?? null, version)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatResponse(r: Reader, version: number): ConsumerGroupHeartbeatResponse {
  const value: ConsumerGroupHeartbeatResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    memberId: r.compactNullableString(),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    assignment: readNullableConsumerGroupHeartbeatResponseAssignment(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupHeartbeatResponseAssignment(w: Writer, m: ConsumerGroupHeartbeatResponseAssignmentInit, version: number): void {
  writeArrayOfConsumerGroupHeartbeatResponseTopicPartitions(w, m.topicPartitions, version)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatResponseAssignment(r: Reader, version: number): ConsumerGroupHeartbeatResponseAssignment {
  const value: ConsumerGroupHeartbeatResponseAssignment = {
    topicPartitions: readArrayOfConsumerGroupHeartbeatResponseTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupHeartbeatResponseTopicPartitions(w: Writer, m: ConsumerGroupHeartbeatResponseTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupHeartbeatResponseTopicPartitions(r: Reader, _version: number): ConsumerGroupHeartbeatResponseTopicPartitions {
  const value: ConsumerGroupHeartbeatResponseTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableConsumerGroupHeartbeatResponseAssignment(w: Writer, m: ConsumerGroupHeartbeatResponseAssignmentInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeConsumerGroupHeartbeatResponseAssignment(w, m, version)
}

function readNullableConsumerGroupHeartbeatResponseAssignment(r: Reader, version: number): ConsumerGroupHeartbeatResponseAssignment | null {
  return r.int8() < 0 ? null : readConsumerGroupHeartbeatResponseAssignment(r, version)
}

function writeArrayOfConsumerGroupHeartbeatResponseTopicPartitions(w: Writer, list: readonly ConsumerGroupHeartbeatResponseTopicPartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupHeartbeatResponseTopicPartitions(w, element, version)
}

function readArrayOfConsumerGroupHeartbeatResponseTopicPartitions(r: Reader, version: number): ConsumerGroupHeartbeatResponseTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ConsumerGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupHeartbeatResponseTopicPartitions(r, version))
  return list
}

export function encodeConsumerGroupHeartbeatResponse(w: Writer, m: ConsumerGroupHeartbeatResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ConsumerGroupHeartbeatResponse', version)
  writeConsumerGroupHeartbeatResponse(w, m, version)
}

export function decodeConsumerGroupHeartbeatResponse(r: Reader, version: number): ConsumerGroupHeartbeatResponse {
  if (version < 0 || version > 1) unreadable('ConsumerGroupHeartbeatResponse', version, r)
  return readConsumerGroupHeartbeatResponse(r, version)
}

/** API key 68, versions 0-1. */
export const ConsumerGroupHeartbeatApi: Api<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatRequestInit, ConsumerGroupHeartbeatResponse, ConsumerGroupHeartbeatResponseInit> = {
  key: 68,
  name: 'ConsumerGroupHeartbeat',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeConsumerGroupHeartbeatRequest,
  decodeRequest: decodeConsumerGroupHeartbeatRequest,
  encodeResponse: encodeConsumerGroupHeartbeatResponse,
  decodeResponse: decodeConsumerGroupHeartbeatResponse,
}
