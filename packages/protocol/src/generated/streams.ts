// Made by generator/main.ts from definitions/streams/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt16s, readInt32s, readLength, readNullableInt32s, readNullableLength, readStrings, writeInt16s, writeInt32s, writeLength, writeNullableInt32s, writeStrings } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unreadable, unwritable } from '../messages/versions.ts'

// streams/88-streams-group-heartbeat.kmsg

export interface StreamsGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  endpointInformationEpoch: number
  instanceId: string | null
  rackId: string | null
  rebalanceTimeoutMs: number
  topology: StreamsGroupHeartbeatRequestTopology | null
  activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null
  standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null
  warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null
  processId: string | null
  userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null
  clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null
  taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null
  taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null
  shutdownApplication: boolean
}

export interface StreamsGroupHeartbeatRequestInit {
  groupId: string
  memberId: string
  memberEpoch: number
  endpointInformationEpoch: number
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  rebalanceTimeoutMs?: number | undefined
  topology?: StreamsGroupHeartbeatRequestTopologyInit | null | undefined
  activeTasks?: readonly StreamsGroupHeartbeatRequestTaskIdsInit[] | null | undefined
  standbyTasks?: readonly StreamsGroupHeartbeatRequestTaskIdsInit[] | null | undefined
  warmupTasks?: readonly StreamsGroupHeartbeatRequestTaskIdsInit[] | null | undefined
  processId?: string | null | undefined
  userEndpoint?: StreamsGroupHeartbeatRequestEndpointInit | null | undefined
  clientTags?: readonly StreamsGroupHeartbeatRequestKeyValueInit[] | null | undefined
  taskOffsets?: readonly StreamsGroupHeartbeatRequestTaskOffsetInit[] | null | undefined
  taskEndOffsets?: readonly StreamsGroupHeartbeatRequestTaskOffsetInit[] | null | undefined
  shutdownApplication?: boolean | undefined
}

export interface StreamsGroupHeartbeatRequestTopology {
  epoch: number
  subtopologies: StreamsGroupHeartbeatRequestSubtopology[]
}

export interface StreamsGroupHeartbeatRequestTopologyInit {
  epoch: number
  subtopologies: readonly StreamsGroupHeartbeatRequestSubtopologyInit[]
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  subtopologyId: string
  sourceTopics: string[]
  sourceTopicRegex: string[]
  stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[]
  repartitionSinkTopics: string[]
  repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[]
  copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[]
}

export interface StreamsGroupHeartbeatRequestSubtopologyInit {
  subtopologyId: string
  sourceTopics: readonly string[]
  sourceTopicRegex: readonly string[]
  stateChangelogTopics: readonly StreamsGroupHeartbeatRequestTopicInfoInit[]
  repartitionSinkTopics: readonly string[]
  repartitionSourceTopics: readonly StreamsGroupHeartbeatRequestTopicInfoInit[]
  copartitionGroups: readonly StreamsGroupHeartbeatRequestCopartitionGroupInit[]
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: StreamsGroupHeartbeatRequestKeyValue[]
}

export interface StreamsGroupHeartbeatRequestTopicInfoInit {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: readonly StreamsGroupHeartbeatRequestKeyValueInit[]
}

export interface StreamsGroupHeartbeatRequestKeyValue {
  key: string
  value: string
}

export type StreamsGroupHeartbeatRequestKeyValueInit = StreamsGroupHeartbeatRequestKeyValue

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  sourceTopics: number[]
  sourceTopicRegex: number[]
  repartitionSourceTopics: number[]
}

export interface StreamsGroupHeartbeatRequestCopartitionGroupInit {
  sourceTopics: readonly number[]
  sourceTopicRegex: readonly number[]
  repartitionSourceTopics: readonly number[]
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupHeartbeatRequestTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  host: string
  port: number
}

export type StreamsGroupHeartbeatRequestEndpointInit = StreamsGroupHeartbeatRequestEndpoint

export interface StreamsGroupHeartbeatRequestTaskOffset {
  subtopologyId: string
  partition: number
  offset: number
}

export type StreamsGroupHeartbeatRequestTaskOffsetInit = StreamsGroupHeartbeatRequestTaskOffset

function writeStreamsGroupHeartbeatRequest(w: Writer, m: StreamsGroupHeartbeatRequestInit): void {
  w.compactString(m.groupId)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.int32(m.endpointInformationEpoch)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  writeNullableStreamsGroupHeartbeatRequestTopology(w, m.topology ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w, m.activeTasks ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w, m.standbyTasks ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w, m.warmupTasks ?? null)
  w.compactNullableString(m.processId ?? null)
  writeNullableStreamsGroupHeartbeatRequestEndpoint(w, m.userEndpoint ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(w, m.clientTags ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(w, m.taskOffsets ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(w, m.taskEndOffsets ?? null)
  w.boolean(m.shutdownApplication ?? false)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequest(r: Reader): StreamsGroupHeartbeatRequest {
  const value: StreamsGroupHeartbeatRequest = {
    groupId: r.compactString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    endpointInformationEpoch: r.int32(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    topology: readNullableStreamsGroupHeartbeatRequestTopology(r),
    activeTasks: readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r),
    standbyTasks: readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r),
    warmupTasks: readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r),
    processId: r.compactNullableString(),
    userEndpoint: readNullableStreamsGroupHeartbeatRequestEndpoint(r),
    clientTags: readNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(r),
    taskOffsets: readNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(r),
    taskEndOffsets: readNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(r),
    shutdownApplication: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTopology(w: Writer, m: StreamsGroupHeartbeatRequestTopologyInit): void {
  w.int32(m.epoch)
  writeArrayOfStreamsGroupHeartbeatRequestSubtopology(w, m.subtopologies)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTopology(r: Reader): StreamsGroupHeartbeatRequestTopology {
  const value: StreamsGroupHeartbeatRequestTopology = {
    epoch: r.int32(),
    subtopologies: readArrayOfStreamsGroupHeartbeatRequestSubtopology(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestSubtopology(w: Writer, m: StreamsGroupHeartbeatRequestSubtopologyInit): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.sourceTopicRegex, true)
  writeArrayOfStreamsGroupHeartbeatRequestTopicInfo(w, m.stateChangelogTopics)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupHeartbeatRequestTopicInfo(w, m.repartitionSourceTopics)
  writeArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(w, m.copartitionGroups)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestSubtopology(r: Reader): StreamsGroupHeartbeatRequestSubtopology {
  const value: StreamsGroupHeartbeatRequestSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    sourceTopicRegex: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupHeartbeatRequestTopicInfo(r),
    repartitionSinkTopics: readStrings(r, true),
    repartitionSourceTopics: readArrayOfStreamsGroupHeartbeatRequestTopicInfo(r),
    copartitionGroups: readArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTopicInfo(w: Writer, m: StreamsGroupHeartbeatRequestTopicInfoInit): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupHeartbeatRequestKeyValue(w, m.topicConfigs)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTopicInfo(r: Reader): StreamsGroupHeartbeatRequestTopicInfo {
  const value: StreamsGroupHeartbeatRequestTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupHeartbeatRequestKeyValue(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestKeyValue(w: Writer, m: StreamsGroupHeartbeatRequestKeyValueInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestKeyValue(r: Reader): StreamsGroupHeartbeatRequestKeyValue {
  const value: StreamsGroupHeartbeatRequestKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestCopartitionGroup(w: Writer, m: StreamsGroupHeartbeatRequestCopartitionGroupInit): void {
  writeInt16s(w, m.sourceTopics, true)
  writeInt16s(w, m.sourceTopicRegex, true)
  writeInt16s(w, m.repartitionSourceTopics, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestCopartitionGroup(r: Reader): StreamsGroupHeartbeatRequestCopartitionGroup {
  const value: StreamsGroupHeartbeatRequestCopartitionGroup = {
    sourceTopics: readInt16s(r, true),
    sourceTopicRegex: readInt16s(r, true),
    repartitionSourceTopics: readInt16s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTaskIds(w: Writer, m: StreamsGroupHeartbeatRequestTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTaskIds(r: Reader): StreamsGroupHeartbeatRequestTaskIds {
  const value: StreamsGroupHeartbeatRequestTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestEndpoint(w: Writer, m: StreamsGroupHeartbeatRequestEndpointInit): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestEndpoint(r: Reader): StreamsGroupHeartbeatRequestEndpoint {
  const value: StreamsGroupHeartbeatRequestEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTaskOffset(w: Writer, m: StreamsGroupHeartbeatRequestTaskOffsetInit): void {
  w.compactString(m.subtopologyId)
  w.int32(m.partition)
  w.int64(m.offset)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTaskOffset(r: Reader): StreamsGroupHeartbeatRequestTaskOffset {
  const value: StreamsGroupHeartbeatRequestTaskOffset = {
    subtopologyId: r.compactString(),
    partition: r.int32(),
    offset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupHeartbeatRequestTopology(w: Writer, m: StreamsGroupHeartbeatRequestTopologyInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupHeartbeatRequestTopology(w, m)
}

function readNullableStreamsGroupHeartbeatRequestTopology(r: Reader): StreamsGroupHeartbeatRequestTopology | null {
  return r.int8() < 0 ? null : readStreamsGroupHeartbeatRequestTopology(r)
}

function writeNullableStreamsGroupHeartbeatRequestEndpoint(w: Writer, m: StreamsGroupHeartbeatRequestEndpointInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupHeartbeatRequestEndpoint(w, m)
}

function readNullableStreamsGroupHeartbeatRequestEndpoint(r: Reader): StreamsGroupHeartbeatRequestEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupHeartbeatRequestEndpoint(r)
}

function writeArrayOfStreamsGroupHeartbeatRequestSubtopology(w: Writer, list: readonly StreamsGroupHeartbeatRequestSubtopologyInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestSubtopology(w, element)
}

function readArrayOfStreamsGroupHeartbeatRequestSubtopology(r: Reader): StreamsGroupHeartbeatRequestSubtopology[] {
  const length = readLength(r, true, 8, 7)
  const list: StreamsGroupHeartbeatRequestSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestSubtopology(r))
  return list
}

function writeArrayOfStreamsGroupHeartbeatRequestTopicInfo(w: Writer, list: readonly StreamsGroupHeartbeatRequestTopicInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestTopicInfo(w, element)
}

function readArrayOfStreamsGroupHeartbeatRequestTopicInfo(r: Reader): StreamsGroupHeartbeatRequestTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupHeartbeatRequestTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestTopicInfo(r))
  return list
}

function writeArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(w: Writer, list: readonly StreamsGroupHeartbeatRequestCopartitionGroupInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestCopartitionGroup(w, element)
}

function readArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(r: Reader): StreamsGroupHeartbeatRequestCopartitionGroup[] {
  const length = readLength(r, true, 4, 3)
  const list: StreamsGroupHeartbeatRequestCopartitionGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestCopartitionGroup(r))
  return list
}

function writeArrayOfStreamsGroupHeartbeatRequestKeyValue(w: Writer, list: readonly StreamsGroupHeartbeatRequestKeyValueInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestKeyValue(w, element)
}

function readArrayOfStreamsGroupHeartbeatRequestKeyValue(r: Reader): StreamsGroupHeartbeatRequestKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupHeartbeatRequestKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestKeyValue(r))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w: Writer, list: readonly StreamsGroupHeartbeatRequestTaskIdsInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatRequestTaskIds(w, element)
}

function readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r: Reader): StreamsGroupHeartbeatRequestTaskIds[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatRequestTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestTaskIds(r))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(w: Writer, list: readonly StreamsGroupHeartbeatRequestKeyValueInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatRequestKeyValue(w, element)
}

function readNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(r: Reader): StreamsGroupHeartbeatRequestKeyValue[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatRequestKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestKeyValue(r))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(w: Writer, list: readonly StreamsGroupHeartbeatRequestTaskOffsetInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatRequestTaskOffset(w, element)
}

function readNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(r: Reader): StreamsGroupHeartbeatRequestTaskOffset[] | null {
  const length = readNullableLength(r, true, 14, 3)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatRequestTaskOffset[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestTaskOffset(r))
  return list
}

export function encodeStreamsGroupHeartbeatRequest(w: Writer, m: StreamsGroupHeartbeatRequestInit, version: number): void {
  if (version !== 0) unwritable('StreamsGroupHeartbeatRequest', version)
  writeStreamsGroupHeartbeatRequest(w, m)
}

export function decodeStreamsGroupHeartbeatRequest(r: Reader, version: number): StreamsGroupHeartbeatRequest {
  if (version !== 0) unreadable('StreamsGroupHeartbeatRequest', version, r)
  return readStreamsGroupHeartbeatRequest(r)
}

export interface StreamsGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string
  memberEpoch: number
  heartbeatIntervalMs: number
  acceptableRecoveryLag: number
  taskOffsetIntervalMs: number
  status: StreamsGroupHeartbeatResponseStatus[] | null
  activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null
  standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null
  warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null
  endpointInformationEpoch: number
  partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null
}

export interface StreamsGroupHeartbeatResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  memberId: string
  memberEpoch: number
  heartbeatIntervalMs: number
  acceptableRecoveryLag: number
  taskOffsetIntervalMs: number
  status?: readonly StreamsGroupHeartbeatResponseStatusInit[] | null | undefined
  activeTasks?: readonly StreamsGroupHeartbeatResponseTaskIdsInit[] | null | undefined
  standbyTasks?: readonly StreamsGroupHeartbeatResponseTaskIdsInit[] | null | undefined
  warmupTasks?: readonly StreamsGroupHeartbeatResponseTaskIdsInit[] | null | undefined
  endpointInformationEpoch: number
  partitionsByUserEndpoint?: readonly StreamsGroupHeartbeatResponseEndpointToPartitionsInit[] | null | undefined
}

export interface StreamsGroupHeartbeatResponseStatus {
  statusCode: number
  statusDetail: string
}

export type StreamsGroupHeartbeatResponseStatusInit = StreamsGroupHeartbeatResponseStatus

export interface StreamsGroupHeartbeatResponseTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupHeartbeatResponseTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  userEndpoint: StreamsGroupHeartbeatResponseEndpoint
  activePartitions: StreamsGroupHeartbeatResponseTopicPartition[]
  standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[]
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitionsInit {
  userEndpoint: StreamsGroupHeartbeatResponseEndpointInit
  activePartitions: readonly StreamsGroupHeartbeatResponseTopicPartitionInit[]
  standbyPartitions: readonly StreamsGroupHeartbeatResponseTopicPartitionInit[]
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  host: string
  port: number
}

export type StreamsGroupHeartbeatResponseEndpointInit = StreamsGroupHeartbeatResponseEndpoint

export interface StreamsGroupHeartbeatResponseTopicPartition {
  topic: string
  partitions: number[]
}

export interface StreamsGroupHeartbeatResponseTopicPartitionInit {
  topic: string
  partitions: readonly number[]
}

function writeStreamsGroupHeartbeatResponse(w: Writer, m: StreamsGroupHeartbeatResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.int32(m.heartbeatIntervalMs)
  w.int32(m.acceptableRecoveryLag)
  w.int32(m.taskOffsetIntervalMs)
  writeNullableArrayOfStreamsGroupHeartbeatResponseStatus(w, m.status ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w, m.activeTasks ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w, m.standbyTasks ?? null)
  writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w, m.warmupTasks ?? null)
  w.int32(m.endpointInformationEpoch)
  writeNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(w, m.partitionsByUserEndpoint ?? null)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponse(r: Reader): StreamsGroupHeartbeatResponse {
  const value: StreamsGroupHeartbeatResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    acceptableRecoveryLag: r.int32(),
    taskOffsetIntervalMs: r.int32(),
    status: readNullableArrayOfStreamsGroupHeartbeatResponseStatus(r),
    activeTasks: readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r),
    standbyTasks: readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r),
    warmupTasks: readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r),
    endpointInformationEpoch: r.int32(),
    partitionsByUserEndpoint: readNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseStatus(w: Writer, m: StreamsGroupHeartbeatResponseStatusInit): void {
  w.int8(m.statusCode)
  w.compactString(m.statusDetail)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseStatus(r: Reader): StreamsGroupHeartbeatResponseStatus {
  const value: StreamsGroupHeartbeatResponseStatus = {
    statusCode: r.int8(),
    statusDetail: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseTaskIds(w: Writer, m: StreamsGroupHeartbeatResponseTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseTaskIds(r: Reader): StreamsGroupHeartbeatResponseTaskIds {
  const value: StreamsGroupHeartbeatResponseTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseEndpointToPartitions(w: Writer, m: StreamsGroupHeartbeatResponseEndpointToPartitionsInit): void {
  writeStreamsGroupHeartbeatResponseEndpoint(w, m.userEndpoint)
  writeArrayOfStreamsGroupHeartbeatResponseTopicPartition(w, m.activePartitions)
  writeArrayOfStreamsGroupHeartbeatResponseTopicPartition(w, m.standbyPartitions)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseEndpointToPartitions(r: Reader): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const value: StreamsGroupHeartbeatResponseEndpointToPartitions = {
    userEndpoint: readStreamsGroupHeartbeatResponseEndpoint(r),
    activePartitions: readArrayOfStreamsGroupHeartbeatResponseTopicPartition(r),
    standbyPartitions: readArrayOfStreamsGroupHeartbeatResponseTopicPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseEndpoint(w: Writer, m: StreamsGroupHeartbeatResponseEndpointInit): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseEndpoint(r: Reader): StreamsGroupHeartbeatResponseEndpoint {
  const value: StreamsGroupHeartbeatResponseEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseTopicPartition(w: Writer, m: StreamsGroupHeartbeatResponseTopicPartitionInit): void {
  w.compactString(m.topic)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseTopicPartition(r: Reader): StreamsGroupHeartbeatResponseTopicPartition {
  const value: StreamsGroupHeartbeatResponseTopicPartition = {
    topic: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupHeartbeatResponseTopicPartition(w: Writer, list: readonly StreamsGroupHeartbeatResponseTopicPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatResponseTopicPartition(w, element)
}

function readArrayOfStreamsGroupHeartbeatResponseTopicPartition(r: Reader): StreamsGroupHeartbeatResponseTopicPartition[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupHeartbeatResponseTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseTopicPartition(r))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatResponseStatus(w: Writer, list: readonly StreamsGroupHeartbeatResponseStatusInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatResponseStatus(w, element)
}

function readNullableArrayOfStreamsGroupHeartbeatResponseStatus(r: Reader): StreamsGroupHeartbeatResponseStatus[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatResponseStatus[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseStatus(r))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w: Writer, list: readonly StreamsGroupHeartbeatResponseTaskIdsInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatResponseTaskIds(w, element)
}

function readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r: Reader): StreamsGroupHeartbeatResponseTaskIds[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatResponseTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseTaskIds(r))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(w: Writer, list: readonly StreamsGroupHeartbeatResponseEndpointToPartitionsInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatResponseEndpointToPartitions(w, element)
}

function readNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(r: Reader): StreamsGroupHeartbeatResponseEndpointToPartitions[] | null {
  const length = readNullableLength(r, true, 7, 3)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatResponseEndpointToPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseEndpointToPartitions(r))
  return list
}

export function encodeStreamsGroupHeartbeatResponse(w: Writer, m: StreamsGroupHeartbeatResponseInit, version: number): void {
  if (version !== 0) unwritable('StreamsGroupHeartbeatResponse', version)
  writeStreamsGroupHeartbeatResponse(w, m)
}

export function decodeStreamsGroupHeartbeatResponse(r: Reader, version: number): StreamsGroupHeartbeatResponse {
  if (version !== 0) unreadable('StreamsGroupHeartbeatResponse', version, r)
  return readStreamsGroupHeartbeatResponse(r)
}

/** API key 88, versions 0. */
export const StreamsGroupHeartbeatApi: Api<StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatRequestInit, StreamsGroupHeartbeatResponse, StreamsGroupHeartbeatResponseInit> = {
  key: 88,
  name: 'StreamsGroupHeartbeat',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeStreamsGroupHeartbeatRequest,
  decodeRequest: decodeStreamsGroupHeartbeatRequest,
  encodeResponse: encodeStreamsGroupHeartbeatResponse,
  decodeResponse: decodeStreamsGroupHeartbeatResponse,
}

// streams/89-streams-group-describe.kmsg

export interface StreamsGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export interface StreamsGroupDescribeRequestInit {
  groupIds: readonly string[]
  includeAuthorizedOperations: boolean
}

function writeStreamsGroupDescribeRequest(w: Writer, m: StreamsGroupDescribeRequestInit): void {
  writeStrings(w, m.groupIds, true)
  w.boolean(m.includeAuthorizedOperations)
  w.uvarint(0)
}

function readStreamsGroupDescribeRequest(r: Reader): StreamsGroupDescribeRequest {
  const value: StreamsGroupDescribeRequest = {
    groupIds: readStrings(r, true),
    includeAuthorizedOperations: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeStreamsGroupDescribeRequest(w: Writer, m: StreamsGroupDescribeRequestInit, version: number): void {
  if (version !== 0) unwritable('StreamsGroupDescribeRequest', version)
  writeStreamsGroupDescribeRequest(w, m)
}

export function decodeStreamsGroupDescribeRequest(r: Reader, version: number): StreamsGroupDescribeRequest {
  if (version !== 0) unreadable('StreamsGroupDescribeRequest', version, r)
  return readStreamsGroupDescribeRequest(r)
}

export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number
  groups: StreamsGroupDescribeResponseDescribedGroup[]
}

export interface StreamsGroupDescribeResponseInit {
  throttleTimeMs?: number | undefined
  groups: readonly StreamsGroupDescribeResponseDescribedGroupInit[]
}

export interface StreamsGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  topology: StreamsGroupDescribeResponseTopology | null
  members: StreamsGroupDescribeResponseMember[]
  authorizedOperations: number
}

export interface StreamsGroupDescribeResponseDescribedGroupInit {
  errorCode: number
  errorMessage?: string | null | undefined
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  topology?: StreamsGroupDescribeResponseTopologyInit | null | undefined
  members: readonly StreamsGroupDescribeResponseMemberInit[]
  authorizedOperations?: number | undefined
}

export interface StreamsGroupDescribeResponseTopology {
  epoch: number
  subtopologies: StreamsGroupDescribeResponseSubtopology[] | null
}

export interface StreamsGroupDescribeResponseTopologyInit {
  epoch: number
  subtopologies?: readonly StreamsGroupDescribeResponseSubtopologyInit[] | null | undefined
}

export interface StreamsGroupDescribeResponseSubtopology {
  subtopologyId: string
  sourceTopics: string[]
  repartitionSinkTopics: string[]
  stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[]
  repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[]
}

export interface StreamsGroupDescribeResponseSubtopologyInit {
  subtopologyId: string
  sourceTopics: readonly string[]
  repartitionSinkTopics: readonly string[]
  stateChangelogTopics: readonly StreamsGroupDescribeResponseTopicInfoInit[]
  repartitionSourceTopics: readonly StreamsGroupDescribeResponseTopicInfoInit[]
}

export interface StreamsGroupDescribeResponseTopicInfo {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: StreamsGroupDescribeResponseKeyValue[]
}

export interface StreamsGroupDescribeResponseTopicInfoInit {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: readonly StreamsGroupDescribeResponseKeyValueInit[]
}

export interface StreamsGroupDescribeResponseKeyValue {
  key: string
  value: string
}

export type StreamsGroupDescribeResponseKeyValueInit = StreamsGroupDescribeResponseKeyValue

export interface StreamsGroupDescribeResponseMember {
  memberId: string
  memberEpoch: number
  instanceId: string | null
  rackId: string | null
  clientId: string
  clientHost: string
  topologyEpoch: number
  processId: string
  userEndpoint: StreamsGroupDescribeResponseEndpoint | null
  clientTags: StreamsGroupDescribeResponseKeyValue[]
  taskOffsets: StreamsGroupDescribeResponseTaskOffset[]
  taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[]
  assignment: StreamsGroupDescribeResponseAssignment
  targetAssignment: StreamsGroupDescribeResponseAssignment
  isClassic: boolean
}

export interface StreamsGroupDescribeResponseMemberInit {
  memberId: string
  memberEpoch: number
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  topologyEpoch: number
  processId: string
  userEndpoint?: StreamsGroupDescribeResponseEndpointInit | null | undefined
  clientTags: readonly StreamsGroupDescribeResponseKeyValueInit[]
  taskOffsets: readonly StreamsGroupDescribeResponseTaskOffsetInit[]
  taskEndOffsets: readonly StreamsGroupDescribeResponseTaskOffsetInit[]
  assignment: StreamsGroupDescribeResponseAssignmentInit
  targetAssignment: StreamsGroupDescribeResponseAssignmentInit
  isClassic: boolean
}

export interface StreamsGroupDescribeResponseEndpoint {
  host: string
  port: number
}

export type StreamsGroupDescribeResponseEndpointInit = StreamsGroupDescribeResponseEndpoint

export interface StreamsGroupDescribeResponseTaskOffset {
  subtopologyId: string
  partition: number
  offset: number
}

export type StreamsGroupDescribeResponseTaskOffsetInit = StreamsGroupDescribeResponseTaskOffset

export interface StreamsGroupDescribeResponseAssignment {
  activeTasks: StreamsGroupDescribeResponseTaskIds[]
  standbyTasks: StreamsGroupDescribeResponseTaskIds[]
  warmupTasks: StreamsGroupDescribeResponseTaskIds[]
}

export interface StreamsGroupDescribeResponseAssignmentInit {
  activeTasks: readonly StreamsGroupDescribeResponseTaskIdsInit[]
  standbyTasks: readonly StreamsGroupDescribeResponseTaskIdsInit[]
  warmupTasks: readonly StreamsGroupDescribeResponseTaskIdsInit[]
}

export interface StreamsGroupDescribeResponseTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupDescribeResponseTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
}

function writeStreamsGroupDescribeResponse(w: Writer, m: StreamsGroupDescribeResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfStreamsGroupDescribeResponseDescribedGroup(w, m.groups)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponse(r: Reader): StreamsGroupDescribeResponse {
  const value: StreamsGroupDescribeResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfStreamsGroupDescribeResponseDescribedGroup(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseDescribedGroup(w: Writer, m: StreamsGroupDescribeResponseDescribedGroupInit): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.groupId)
  w.compactString(m.groupState)
  w.int32(m.groupEpoch)
  w.int32(m.assignmentEpoch)
  writeNullableStreamsGroupDescribeResponseTopology(w, m.topology ?? null)
  writeArrayOfStreamsGroupDescribeResponseMember(w, m.members)
  w.int32(m.authorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseDescribedGroup(r: Reader): StreamsGroupDescribeResponseDescribedGroup {
  const value: StreamsGroupDescribeResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    groupId: r.compactString(),
    groupState: r.compactString(),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    topology: readNullableStreamsGroupDescribeResponseTopology(r),
    members: readArrayOfStreamsGroupDescribeResponseMember(r),
    authorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTopology(w: Writer, m: StreamsGroupDescribeResponseTopologyInit): void {
  w.int32(m.epoch)
  writeNullableArrayOfStreamsGroupDescribeResponseSubtopology(w, m.subtopologies ?? null)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTopology(r: Reader): StreamsGroupDescribeResponseTopology {
  const value: StreamsGroupDescribeResponseTopology = {
    epoch: r.int32(),
    subtopologies: readNullableArrayOfStreamsGroupDescribeResponseSubtopology(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseSubtopology(w: Writer, m: StreamsGroupDescribeResponseSubtopologyInit): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupDescribeResponseTopicInfo(w, m.stateChangelogTopics)
  writeArrayOfStreamsGroupDescribeResponseTopicInfo(w, m.repartitionSourceTopics)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseSubtopology(r: Reader): StreamsGroupDescribeResponseSubtopology {
  const value: StreamsGroupDescribeResponseSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    repartitionSinkTopics: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupDescribeResponseTopicInfo(r),
    repartitionSourceTopics: readArrayOfStreamsGroupDescribeResponseTopicInfo(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTopicInfo(w: Writer, m: StreamsGroupDescribeResponseTopicInfoInit): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupDescribeResponseKeyValue(w, m.topicConfigs)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTopicInfo(r: Reader): StreamsGroupDescribeResponseTopicInfo {
  const value: StreamsGroupDescribeResponseTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupDescribeResponseKeyValue(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseKeyValue(w: Writer, m: StreamsGroupDescribeResponseKeyValueInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseKeyValue(r: Reader): StreamsGroupDescribeResponseKeyValue {
  const value: StreamsGroupDescribeResponseKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseMember(w: Writer, m: StreamsGroupDescribeResponseMemberInit): void {
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  w.int32(m.topologyEpoch)
  w.compactString(m.processId)
  writeNullableStreamsGroupDescribeResponseEndpoint(w, m.userEndpoint ?? null)
  writeArrayOfStreamsGroupDescribeResponseKeyValue(w, m.clientTags)
  writeArrayOfStreamsGroupDescribeResponseTaskOffset(w, m.taskOffsets)
  writeArrayOfStreamsGroupDescribeResponseTaskOffset(w, m.taskEndOffsets)
  writeStreamsGroupDescribeResponseAssignment(w, m.assignment)
  writeStreamsGroupDescribeResponseAssignment(w, m.targetAssignment)
  w.boolean(m.isClassic)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseMember(r: Reader): StreamsGroupDescribeResponseMember {
  const value: StreamsGroupDescribeResponseMember = {
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    topologyEpoch: r.int32(),
    processId: r.compactString(),
    userEndpoint: readNullableStreamsGroupDescribeResponseEndpoint(r),
    clientTags: readArrayOfStreamsGroupDescribeResponseKeyValue(r),
    taskOffsets: readArrayOfStreamsGroupDescribeResponseTaskOffset(r),
    taskEndOffsets: readArrayOfStreamsGroupDescribeResponseTaskOffset(r),
    assignment: readStreamsGroupDescribeResponseAssignment(r),
    targetAssignment: readStreamsGroupDescribeResponseAssignment(r),
    isClassic: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseEndpoint(w: Writer, m: StreamsGroupDescribeResponseEndpointInit): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseEndpoint(r: Reader): StreamsGroupDescribeResponseEndpoint {
  const value: StreamsGroupDescribeResponseEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTaskOffset(w: Writer, m: StreamsGroupDescribeResponseTaskOffsetInit): void {
  w.compactString(m.subtopologyId)
  w.int32(m.partition)
  w.int64(m.offset)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTaskOffset(r: Reader): StreamsGroupDescribeResponseTaskOffset {
  const value: StreamsGroupDescribeResponseTaskOffset = {
    subtopologyId: r.compactString(),
    partition: r.int32(),
    offset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseAssignment(w: Writer, m: StreamsGroupDescribeResponseAssignmentInit): void {
  writeArrayOfStreamsGroupDescribeResponseTaskIds(w, m.activeTasks)
  writeArrayOfStreamsGroupDescribeResponseTaskIds(w, m.standbyTasks)
  writeArrayOfStreamsGroupDescribeResponseTaskIds(w, m.warmupTasks)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseAssignment(r: Reader): StreamsGroupDescribeResponseAssignment {
  const value: StreamsGroupDescribeResponseAssignment = {
    activeTasks: readArrayOfStreamsGroupDescribeResponseTaskIds(r),
    standbyTasks: readArrayOfStreamsGroupDescribeResponseTaskIds(r),
    warmupTasks: readArrayOfStreamsGroupDescribeResponseTaskIds(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTaskIds(w: Writer, m: StreamsGroupDescribeResponseTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTaskIds(r: Reader): StreamsGroupDescribeResponseTaskIds {
  const value: StreamsGroupDescribeResponseTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupDescribeResponseTopology(w: Writer, m: StreamsGroupDescribeResponseTopologyInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupDescribeResponseTopology(w, m)
}

function readNullableStreamsGroupDescribeResponseTopology(r: Reader): StreamsGroupDescribeResponseTopology | null {
  return r.int8() < 0 ? null : readStreamsGroupDescribeResponseTopology(r)
}

function writeNullableStreamsGroupDescribeResponseEndpoint(w: Writer, m: StreamsGroupDescribeResponseEndpointInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupDescribeResponseEndpoint(w, m)
}

function readNullableStreamsGroupDescribeResponseEndpoint(r: Reader): StreamsGroupDescribeResponseEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupDescribeResponseEndpoint(r)
}

function writeArrayOfStreamsGroupDescribeResponseDescribedGroup(w: Writer, list: readonly StreamsGroupDescribeResponseDescribedGroupInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseDescribedGroup(w, element)
}

function readArrayOfStreamsGroupDescribeResponseDescribedGroup(r: Reader): StreamsGroupDescribeResponseDescribedGroup[] {
  const length = readLength(r, true, 20, 9)
  const list: StreamsGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseDescribedGroup(r))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseMember(w: Writer, list: readonly StreamsGroupDescribeResponseMemberInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseMember(w, element)
}

function readArrayOfStreamsGroupDescribeResponseMember(r: Reader): StreamsGroupDescribeResponseMember[] {
  const length = readLength(r, true, 28, 15)
  const list: StreamsGroupDescribeResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseMember(r))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseTopicInfo(w: Writer, list: readonly StreamsGroupDescribeResponseTopicInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseTopicInfo(w, element)
}

function readArrayOfStreamsGroupDescribeResponseTopicInfo(r: Reader): StreamsGroupDescribeResponseTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupDescribeResponseTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseTopicInfo(r))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseKeyValue(w: Writer, list: readonly StreamsGroupDescribeResponseKeyValueInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseKeyValue(w, element)
}

function readArrayOfStreamsGroupDescribeResponseKeyValue(r: Reader): StreamsGroupDescribeResponseKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupDescribeResponseKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseKeyValue(r))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseTaskOffset(w: Writer, list: readonly StreamsGroupDescribeResponseTaskOffsetInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseTaskOffset(w, element)
}

function readArrayOfStreamsGroupDescribeResponseTaskOffset(r: Reader): StreamsGroupDescribeResponseTaskOffset[] {
  const length = readLength(r, true, 14, 3)
  const list: StreamsGroupDescribeResponseTaskOffset[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseTaskOffset(r))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseTaskIds(w: Writer, list: readonly StreamsGroupDescribeResponseTaskIdsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseTaskIds(w, element)
}

function readArrayOfStreamsGroupDescribeResponseTaskIds(r: Reader): StreamsGroupDescribeResponseTaskIds[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupDescribeResponseTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseTaskIds(r))
  return list
}

function writeNullableArrayOfStreamsGroupDescribeResponseSubtopology(w: Writer, list: readonly StreamsGroupDescribeResponseSubtopologyInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupDescribeResponseSubtopology(w, element)
}

function readNullableArrayOfStreamsGroupDescribeResponseSubtopology(r: Reader): StreamsGroupDescribeResponseSubtopology[] | null {
  const length = readNullableLength(r, true, 6, 5)
  if (length < 0) return null
  const list: StreamsGroupDescribeResponseSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseSubtopology(r))
  return list
}

export function encodeStreamsGroupDescribeResponse(w: Writer, m: StreamsGroupDescribeResponseInit, version: number): void {
  if (version !== 0) unwritable('StreamsGroupDescribeResponse', version)
  writeStreamsGroupDescribeResponse(w, m)
}

export function decodeStreamsGroupDescribeResponse(r: Reader, version: number): StreamsGroupDescribeResponse {
  if (version !== 0) unreadable('StreamsGroupDescribeResponse', version, r)
  return readStreamsGroupDescribeResponse(r)
}

/** API key 89, versions 0. */
export const StreamsGroupDescribeApi: Api<StreamsGroupDescribeRequest, StreamsGroupDescribeRequestInit, StreamsGroupDescribeResponse, StreamsGroupDescribeResponseInit> = {
  key: 89,
  name: 'StreamsGroupDescribe',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeStreamsGroupDescribeRequest,
  decodeRequest: decodeStreamsGroupDescribeRequest,
  encodeResponse: encodeStreamsGroupDescribeResponse,
  decodeResponse: decodeStreamsGroupDescribeResponse,
}

// streams/streams-group-records.kmsg

export interface StreamsGroupMetadataKey {
  groupId: string
}

export type StreamsGroupMetadataKeyInit = StreamsGroupMetadataKey

function writeStreamsGroupMetadataKey(w: Writer, m: StreamsGroupMetadataKeyInit): void {
  w.string(m.groupId)
}

function readStreamsGroupMetadataKey(r: Reader): StreamsGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupMetadataKey(w: Writer, m: StreamsGroupMetadataKeyInit): void {
  w.int16(17)
  writeStreamsGroupMetadataKey(w, m)
}

export function decodeStreamsGroupMetadataKey(r: Reader): StreamsGroupMetadataKey {
  readRecordType(r, 'StreamsGroupMetadataKey', 17)
  return readStreamsGroupMetadataKey(r)
}

export const StreamsGroupMetadataKeyFormat: RecordFormat<StreamsGroupMetadataKey, StreamsGroupMetadataKeyInit> = {
  name: 'StreamsGroupMetadataKey',
  type: 17,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMetadataKey,
  decode: decodeStreamsGroupMetadataKey,
}

export interface StreamsGroupMetadataValue {
  epoch: number
  metadataHash: number
  validatedTopologyEpoch: number // tag 0
  lastAssignmentConfigs: StreamsGroupMetadataValueLastAssignmentConfig[] | null // tag 1
}

export interface StreamsGroupMetadataValueInit {
  epoch: number
  metadataHash: number
  validatedTopologyEpoch?: number | undefined
  lastAssignmentConfigs?: readonly StreamsGroupMetadataValueLastAssignmentConfigInit[] | null | undefined
}

export interface StreamsGroupMetadataValueLastAssignmentConfig {
  key: string
  value: string
}

export type StreamsGroupMetadataValueLastAssignmentConfigInit = StreamsGroupMetadataValueLastAssignmentConfig

function writeStreamsGroupMetadataValue(w: Writer, m: StreamsGroupMetadataValueInit): void {
  w.int32(m.epoch)
  w.int64(m.metadataHash)
  const t0 = m.validatedTopologyEpoch
  const has0 = t0 !== undefined && t0 !== -1
  const t1 = m.lastAssignmentConfigs
  const has1 = (t1 === null || (t1 !== undefined && t1.length > 0))
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0))
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
  if (has1) {
    const s1 = new Writer()
    writeNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(s1, t1)
    writeTag(w, 1, s1)
  }
}

function readStreamsGroupMetadataValue(r: Reader): StreamsGroupMetadataValue {
  const value: StreamsGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: r.int64(),
    validatedTopologyEpoch: -1,
    lastAssignmentConfigs: [],
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.validatedTopologyEpoch = r.int32()
    else if (tag === 1) value.lastAssignmentConfigs = readNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(r)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupMetadataValue', tag)
  }
  return value
}

function writeStreamsGroupMetadataValueLastAssignmentConfig(w: Writer, m: StreamsGroupMetadataValueLastAssignmentConfigInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupMetadataValueLastAssignmentConfig(r: Reader): StreamsGroupMetadataValueLastAssignmentConfig {
  const value: StreamsGroupMetadataValueLastAssignmentConfig = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(w: Writer, list: readonly StreamsGroupMetadataValueLastAssignmentConfigInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupMetadataValueLastAssignmentConfig(w, element)
}

function readNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(r: Reader): StreamsGroupMetadataValueLastAssignmentConfig[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupMetadataValueLastAssignmentConfig[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupMetadataValueLastAssignmentConfig(r))
  return list
}

export function encodeStreamsGroupMetadataValue(w: Writer, m: StreamsGroupMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupMetadataValue', version)
  w.int16(version)
  writeStreamsGroupMetadataValue(w, m)
}

export function decodeStreamsGroupMetadataValue(r: Reader): StreamsGroupMetadataValue {
  readVersion(r, 'StreamsGroupMetadataValue', 0, 0)
  return readStreamsGroupMetadataValue(r)
}

export const StreamsGroupMetadataValueFormat: RecordFormat<StreamsGroupMetadataValue, StreamsGroupMetadataValueInit> = {
  name: 'StreamsGroupMetadataValue',
  type: 17,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMetadataValue,
  decode: decodeStreamsGroupMetadataValue,
}

export interface StreamsGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type StreamsGroupMemberMetadataKeyInit = StreamsGroupMemberMetadataKey

function writeStreamsGroupMemberMetadataKey(w: Writer, m: StreamsGroupMemberMetadataKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupMemberMetadataKey(r: Reader): StreamsGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupMemberMetadataKey(w: Writer, m: StreamsGroupMemberMetadataKeyInit): void {
  w.int16(19)
  writeStreamsGroupMemberMetadataKey(w, m)
}

export function decodeStreamsGroupMemberMetadataKey(r: Reader): StreamsGroupMemberMetadataKey {
  readRecordType(r, 'StreamsGroupMemberMetadataKey', 19)
  return readStreamsGroupMemberMetadataKey(r)
}

export const StreamsGroupMemberMetadataKeyFormat: RecordFormat<StreamsGroupMemberMetadataKey, StreamsGroupMemberMetadataKeyInit> = {
  name: 'StreamsGroupMemberMetadataKey',
  type: 19,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMemberMetadataKey,
  decode: decodeStreamsGroupMemberMetadataKey,
}

export interface StreamsGroupMemberMetadataValue {
  instanceId: string | null
  rackId: string | null
  clientId: string
  clientHost: string
  rebalanceTimeoutMs: number
  topologyEpoch: number
  processId: string
  userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null
  clientTags: StreamsGroupMemberMetadataValueKeyValue[]
}

export interface StreamsGroupMemberMetadataValueInit {
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  rebalanceTimeoutMs?: number | undefined
  topologyEpoch: number
  processId: string
  userEndpoint?: StreamsGroupMemberMetadataValueEndpointInit | null | undefined
  clientTags: readonly StreamsGroupMemberMetadataValueKeyValueInit[]
}

export interface StreamsGroupMemberMetadataValueEndpoint {
  host: string
  port: number
}

export type StreamsGroupMemberMetadataValueEndpointInit = StreamsGroupMemberMetadataValueEndpoint

export interface StreamsGroupMemberMetadataValueKeyValue {
  key: string
  value: string
}

export type StreamsGroupMemberMetadataValueKeyValueInit = StreamsGroupMemberMetadataValueKeyValue

function writeStreamsGroupMemberMetadataValue(w: Writer, m: StreamsGroupMemberMetadataValueInit): void {
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  w.int32(m.topologyEpoch)
  w.compactString(m.processId)
  writeNullableStreamsGroupMemberMetadataValueEndpoint(w, m.userEndpoint ?? null)
  writeArrayOfStreamsGroupMemberMetadataValueKeyValue(w, m.clientTags)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValue(r: Reader): StreamsGroupMemberMetadataValue {
  const value: StreamsGroupMemberMetadataValue = {
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    rebalanceTimeoutMs: r.int32(),
    topologyEpoch: r.int32(),
    processId: r.compactString(),
    userEndpoint: readNullableStreamsGroupMemberMetadataValueEndpoint(r),
    clientTags: readArrayOfStreamsGroupMemberMetadataValueKeyValue(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupMemberMetadataValueEndpoint(w: Writer, m: StreamsGroupMemberMetadataValueEndpointInit): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValueEndpoint(r: Reader): StreamsGroupMemberMetadataValueEndpoint {
  const value: StreamsGroupMemberMetadataValueEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupMemberMetadataValueKeyValue(w: Writer, m: StreamsGroupMemberMetadataValueKeyValueInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValueKeyValue(r: Reader): StreamsGroupMemberMetadataValueKeyValue {
  const value: StreamsGroupMemberMetadataValueKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupMemberMetadataValueEndpoint(w: Writer, m: StreamsGroupMemberMetadataValueEndpointInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupMemberMetadataValueEndpoint(w, m)
}

function readNullableStreamsGroupMemberMetadataValueEndpoint(r: Reader): StreamsGroupMemberMetadataValueEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupMemberMetadataValueEndpoint(r)
}

function writeArrayOfStreamsGroupMemberMetadataValueKeyValue(w: Writer, list: readonly StreamsGroupMemberMetadataValueKeyValueInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupMemberMetadataValueKeyValue(w, element)
}

function readArrayOfStreamsGroupMemberMetadataValueKeyValue(r: Reader): StreamsGroupMemberMetadataValueKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupMemberMetadataValueKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupMemberMetadataValueKeyValue(r))
  return list
}

export function encodeStreamsGroupMemberMetadataValue(w: Writer, m: StreamsGroupMemberMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupMemberMetadataValue', version)
  w.int16(version)
  writeStreamsGroupMemberMetadataValue(w, m)
}

export function decodeStreamsGroupMemberMetadataValue(r: Reader): StreamsGroupMemberMetadataValue {
  readVersion(r, 'StreamsGroupMemberMetadataValue', 0, 0)
  return readStreamsGroupMemberMetadataValue(r)
}

export const StreamsGroupMemberMetadataValueFormat: RecordFormat<StreamsGroupMemberMetadataValue, StreamsGroupMemberMetadataValueInit> = {
  name: 'StreamsGroupMemberMetadataValue',
  type: 19,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMemberMetadataValue,
  decode: decodeStreamsGroupMemberMetadataValue,
}

export interface StreamsGroupTargetAssignmentMetadataKey {
  groupId: string
}

export type StreamsGroupTargetAssignmentMetadataKeyInit = StreamsGroupTargetAssignmentMetadataKey

function writeStreamsGroupTargetAssignmentMetadataKey(w: Writer, m: StreamsGroupTargetAssignmentMetadataKeyInit): void {
  w.string(m.groupId)
}

function readStreamsGroupTargetAssignmentMetadataKey(r: Reader): StreamsGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupTargetAssignmentMetadataKey(w: Writer, m: StreamsGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(20)
  writeStreamsGroupTargetAssignmentMetadataKey(w, m)
}

export function decodeStreamsGroupTargetAssignmentMetadataKey(r: Reader): StreamsGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'StreamsGroupTargetAssignmentMetadataKey', 20)
  return readStreamsGroupTargetAssignmentMetadataKey(r)
}

export const StreamsGroupTargetAssignmentMetadataKeyFormat: RecordFormat<StreamsGroupTargetAssignmentMetadataKey, StreamsGroupTargetAssignmentMetadataKeyInit> = {
  name: 'StreamsGroupTargetAssignmentMetadataKey',
  type: 20,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMetadataKey,
  decode: decodeStreamsGroupTargetAssignmentMetadataKey,
}

export interface StreamsGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number
  assignmentTimestamp: number // tag 0
}

export interface StreamsGroupTargetAssignmentMetadataValueInit {
  assignmentEpoch: number
  assignmentTimestamp?: number | undefined
}

function writeStreamsGroupTargetAssignmentMetadataValue(w: Writer, m: StreamsGroupTargetAssignmentMetadataValueInit): void {
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

function readStreamsGroupTargetAssignmentMetadataValue(r: Reader): StreamsGroupTargetAssignmentMetadataValue {
  const value: StreamsGroupTargetAssignmentMetadataValue = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentTimestamp = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupTargetAssignmentMetadataValue', tag)
  }
  return value
}

export function encodeStreamsGroupTargetAssignmentMetadataValue(w: Writer, m: StreamsGroupTargetAssignmentMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeStreamsGroupTargetAssignmentMetadataValue(w, m)
}

export function decodeStreamsGroupTargetAssignmentMetadataValue(r: Reader): StreamsGroupTargetAssignmentMetadataValue {
  readVersion(r, 'StreamsGroupTargetAssignmentMetadataValue', 0, 0)
  return readStreamsGroupTargetAssignmentMetadataValue(r)
}

export const StreamsGroupTargetAssignmentMetadataValueFormat: RecordFormat<StreamsGroupTargetAssignmentMetadataValue, StreamsGroupTargetAssignmentMetadataValueInit> = {
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  type: 20,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMetadataValue,
  decode: decodeStreamsGroupTargetAssignmentMetadataValue,
}

export interface StreamsGroupTargetAssignmentMemberKey {
  groupId: string
  memberId: string
}

export type StreamsGroupTargetAssignmentMemberKeyInit = StreamsGroupTargetAssignmentMemberKey

function writeStreamsGroupTargetAssignmentMemberKey(w: Writer, m: StreamsGroupTargetAssignmentMemberKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupTargetAssignmentMemberKey(r: Reader): StreamsGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupTargetAssignmentMemberKey(w: Writer, m: StreamsGroupTargetAssignmentMemberKeyInit): void {
  w.int16(21)
  writeStreamsGroupTargetAssignmentMemberKey(w, m)
}

export function decodeStreamsGroupTargetAssignmentMemberKey(r: Reader): StreamsGroupTargetAssignmentMemberKey {
  readRecordType(r, 'StreamsGroupTargetAssignmentMemberKey', 21)
  return readStreamsGroupTargetAssignmentMemberKey(r)
}

export const StreamsGroupTargetAssignmentMemberKeyFormat: RecordFormat<StreamsGroupTargetAssignmentMemberKey, StreamsGroupTargetAssignmentMemberKeyInit> = {
  name: 'StreamsGroupTargetAssignmentMemberKey',
  type: 21,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMemberKey,
  decode: decodeStreamsGroupTargetAssignmentMemberKey,
}

export interface StreamsGroupTargetAssignmentMemberValue {
  activeTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[]
  standbyTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[]
  warmupTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[]
}

export interface StreamsGroupTargetAssignmentMemberValueInit {
  activeTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]
  standbyTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]
  warmupTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
}

function writeStreamsGroupTargetAssignmentMemberValue(w: Writer, m: StreamsGroupTargetAssignmentMemberValueInit): void {
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.activeTasks)
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.standbyTasks)
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.warmupTasks)
  w.uvarint(0)
}

function readStreamsGroupTargetAssignmentMemberValue(r: Reader): StreamsGroupTargetAssignmentMemberValue {
  const value: StreamsGroupTargetAssignmentMemberValue = {
    activeTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r),
    standbyTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r),
    warmupTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTargetAssignmentMemberValueTaskIds(w: Writer, m: StreamsGroupTargetAssignmentMemberValueTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupTargetAssignmentMemberValueTaskIds(r: Reader): StreamsGroupTargetAssignmentMemberValueTaskIds {
  const value: StreamsGroupTargetAssignmentMemberValueTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w: Writer, list: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTargetAssignmentMemberValueTaskIds(w, element)
}

function readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r: Reader): StreamsGroupTargetAssignmentMemberValueTaskIds[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTargetAssignmentMemberValueTaskIds(r))
  return list
}

export function encodeStreamsGroupTargetAssignmentMemberValue(w: Writer, m: StreamsGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeStreamsGroupTargetAssignmentMemberValue(w, m)
}

export function decodeStreamsGroupTargetAssignmentMemberValue(r: Reader): StreamsGroupTargetAssignmentMemberValue {
  readVersion(r, 'StreamsGroupTargetAssignmentMemberValue', 0, 0)
  return readStreamsGroupTargetAssignmentMemberValue(r)
}

export const StreamsGroupTargetAssignmentMemberValueFormat: RecordFormat<StreamsGroupTargetAssignmentMemberValue, StreamsGroupTargetAssignmentMemberValueInit> = {
  name: 'StreamsGroupTargetAssignmentMemberValue',
  type: 21,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMemberValue,
  decode: decodeStreamsGroupTargetAssignmentMemberValue,
}

export interface StreamsGroupCurrentMemberAssignmentKey {
  groupId: string
  memberId: string
}

export type StreamsGroupCurrentMemberAssignmentKeyInit = StreamsGroupCurrentMemberAssignmentKey

function writeStreamsGroupCurrentMemberAssignmentKey(w: Writer, m: StreamsGroupCurrentMemberAssignmentKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupCurrentMemberAssignmentKey(r: Reader): StreamsGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupCurrentMemberAssignmentKey(w: Writer, m: StreamsGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(22)
  writeStreamsGroupCurrentMemberAssignmentKey(w, m)
}

export function decodeStreamsGroupCurrentMemberAssignmentKey(r: Reader): StreamsGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'StreamsGroupCurrentMemberAssignmentKey', 22)
  return readStreamsGroupCurrentMemberAssignmentKey(r)
}

export const StreamsGroupCurrentMemberAssignmentKeyFormat: RecordFormat<StreamsGroupCurrentMemberAssignmentKey, StreamsGroupCurrentMemberAssignmentKeyInit> = {
  name: 'StreamsGroupCurrentMemberAssignmentKey',
  type: 22,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupCurrentMemberAssignmentKey,
  decode: decodeStreamsGroupCurrentMemberAssignmentKey,
}

export interface StreamsGroupCurrentMemberAssignmentValue {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  activeTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  standbyTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  warmupTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  activeTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  standbyTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  warmupTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
}

export interface StreamsGroupCurrentMemberAssignmentValueInit {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  activeTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  standbyTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  warmupTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  activeTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  standbyTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  warmupTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIds {
  subtopologyId: string
  partitions: number[]
  assignmentEpochs: number[] | null // tag 0
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
  assignmentEpochs?: readonly number[] | null | undefined
}

function writeStreamsGroupCurrentMemberAssignmentValue(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueInit): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.activeTasks)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.standbyTasks)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.warmupTasks)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.activeTasksPendingRevocation)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.standbyTasksPendingRevocation)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.warmupTasksPendingRevocation)
  w.uvarint(0)
}

function readStreamsGroupCurrentMemberAssignmentValue(r: Reader): StreamsGroupCurrentMemberAssignmentValue {
  const value: StreamsGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    activeTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    standbyTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    warmupTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    activeTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    standbyTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    warmupTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupCurrentMemberAssignmentValueTaskIds(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  const t0 = m.assignmentEpochs
  const has0 = (t0 === null || (t0 !== undefined && t0.length > 0))
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeNullableInt32s(s0, t0, true)
    writeTag(w, 0, s0)
  }
}

function readStreamsGroupCurrentMemberAssignmentValueTaskIds(r: Reader): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const value: StreamsGroupCurrentMemberAssignmentValueTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
    assignmentEpochs: [],
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentEpochs = readNullableInt32s(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupCurrentMemberAssignmentValue', tag)
  }
  return value
}

function writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w: Writer, list: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(w, element)
}

function readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r: Reader): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  const length = readLength(r, true, 3, 3)
  const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(r))
  return list
}

export function encodeStreamsGroupCurrentMemberAssignmentValue(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeStreamsGroupCurrentMemberAssignmentValue(w, m)
}

export function decodeStreamsGroupCurrentMemberAssignmentValue(r: Reader): StreamsGroupCurrentMemberAssignmentValue {
  readVersion(r, 'StreamsGroupCurrentMemberAssignmentValue', 0, 0)
  return readStreamsGroupCurrentMemberAssignmentValue(r)
}

export const StreamsGroupCurrentMemberAssignmentValueFormat: RecordFormat<StreamsGroupCurrentMemberAssignmentValue, StreamsGroupCurrentMemberAssignmentValueInit> = {
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  type: 22,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupCurrentMemberAssignmentValue,
  decode: decodeStreamsGroupCurrentMemberAssignmentValue,
}

export interface StreamsGroupTopologyKey {
  groupId: string
}

export type StreamsGroupTopologyKeyInit = StreamsGroupTopologyKey

function writeStreamsGroupTopologyKey(w: Writer, m: StreamsGroupTopologyKeyInit): void {
  w.string(m.groupId)
}

function readStreamsGroupTopologyKey(r: Reader): StreamsGroupTopologyKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupTopologyKey(w: Writer, m: StreamsGroupTopologyKeyInit): void {
  w.int16(23)
  writeStreamsGroupTopologyKey(w, m)
}

export function decodeStreamsGroupTopologyKey(r: Reader): StreamsGroupTopologyKey {
  readRecordType(r, 'StreamsGroupTopologyKey', 23)
  return readStreamsGroupTopologyKey(r)
}

export const StreamsGroupTopologyKeyFormat: RecordFormat<StreamsGroupTopologyKey, StreamsGroupTopologyKeyInit> = {
  name: 'StreamsGroupTopologyKey',
  type: 23,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTopologyKey,
  decode: decodeStreamsGroupTopologyKey,
}

export interface StreamsGroupTopologyValue {
  epoch: number
  subtopologies: StreamsGroupTopologyValueSubtopology[]
}

export interface StreamsGroupTopologyValueInit {
  epoch: number
  subtopologies: readonly StreamsGroupTopologyValueSubtopologyInit[]
}

export interface StreamsGroupTopologyValueSubtopology {
  subtopologyId: string
  sourceTopics: string[]
  sourceTopicRegex: string[]
  stateChangelogTopics: StreamsGroupTopologyValueTopicInfo[]
  repartitionSinkTopics: string[]
  repartitionSourceTopics: StreamsGroupTopologyValueTopicInfo[]
  copartitionGroups: StreamsGroupTopologyValueCopartitionGroup[]
}

export interface StreamsGroupTopologyValueSubtopologyInit {
  subtopologyId: string
  sourceTopics: readonly string[]
  sourceTopicRegex: readonly string[]
  stateChangelogTopics: readonly StreamsGroupTopologyValueTopicInfoInit[]
  repartitionSinkTopics: readonly string[]
  repartitionSourceTopics: readonly StreamsGroupTopologyValueTopicInfoInit[]
  copartitionGroups: readonly StreamsGroupTopologyValueCopartitionGroupInit[]
}

export interface StreamsGroupTopologyValueTopicInfo {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: StreamsGroupTopologyValueTopicConfig[]
}

export interface StreamsGroupTopologyValueTopicInfoInit {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: readonly StreamsGroupTopologyValueTopicConfigInit[]
}

export interface StreamsGroupTopologyValueTopicConfig {
  key: string
  value: string
}

export type StreamsGroupTopologyValueTopicConfigInit = StreamsGroupTopologyValueTopicConfig

export interface StreamsGroupTopologyValueCopartitionGroup {
  sourceTopics: number[]
  sourceTopicRegex: number[]
  repartitionSourceTopics: number[]
}

export interface StreamsGroupTopologyValueCopartitionGroupInit {
  sourceTopics: readonly number[]
  sourceTopicRegex: readonly number[]
  repartitionSourceTopics: readonly number[]
}

function writeStreamsGroupTopologyValue(w: Writer, m: StreamsGroupTopologyValueInit): void {
  w.int32(m.epoch)
  writeArrayOfStreamsGroupTopologyValueSubtopology(w, m.subtopologies)
  w.uvarint(0)
}

function readStreamsGroupTopologyValue(r: Reader): StreamsGroupTopologyValue {
  const value: StreamsGroupTopologyValue = {
    epoch: r.int32(),
    subtopologies: readArrayOfStreamsGroupTopologyValueSubtopology(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueSubtopology(w: Writer, m: StreamsGroupTopologyValueSubtopologyInit): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.sourceTopicRegex, true)
  writeArrayOfStreamsGroupTopologyValueTopicInfo(w, m.stateChangelogTopics)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupTopologyValueTopicInfo(w, m.repartitionSourceTopics)
  writeArrayOfStreamsGroupTopologyValueCopartitionGroup(w, m.copartitionGroups)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueSubtopology(r: Reader): StreamsGroupTopologyValueSubtopology {
  const value: StreamsGroupTopologyValueSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    sourceTopicRegex: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupTopologyValueTopicInfo(r),
    repartitionSinkTopics: readStrings(r, true),
    repartitionSourceTopics: readArrayOfStreamsGroupTopologyValueTopicInfo(r),
    copartitionGroups: readArrayOfStreamsGroupTopologyValueCopartitionGroup(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueTopicInfo(w: Writer, m: StreamsGroupTopologyValueTopicInfoInit): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupTopologyValueTopicConfig(w, m.topicConfigs)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueTopicInfo(r: Reader): StreamsGroupTopologyValueTopicInfo {
  const value: StreamsGroupTopologyValueTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupTopologyValueTopicConfig(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueTopicConfig(w: Writer, m: StreamsGroupTopologyValueTopicConfigInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueTopicConfig(r: Reader): StreamsGroupTopologyValueTopicConfig {
  const value: StreamsGroupTopologyValueTopicConfig = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueCopartitionGroup(w: Writer, m: StreamsGroupTopologyValueCopartitionGroupInit): void {
  writeInt16s(w, m.sourceTopics, true)
  writeInt16s(w, m.sourceTopicRegex, true)
  writeInt16s(w, m.repartitionSourceTopics, true)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueCopartitionGroup(r: Reader): StreamsGroupTopologyValueCopartitionGroup {
  const value: StreamsGroupTopologyValueCopartitionGroup = {
    sourceTopics: readInt16s(r, true),
    sourceTopicRegex: readInt16s(r, true),
    repartitionSourceTopics: readInt16s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupTopologyValueSubtopology(w: Writer, list: readonly StreamsGroupTopologyValueSubtopologyInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueSubtopology(w, element)
}

function readArrayOfStreamsGroupTopologyValueSubtopology(r: Reader): StreamsGroupTopologyValueSubtopology[] {
  const length = readLength(r, true, 8, 7)
  const list: StreamsGroupTopologyValueSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueSubtopology(r))
  return list
}

function writeArrayOfStreamsGroupTopologyValueTopicInfo(w: Writer, list: readonly StreamsGroupTopologyValueTopicInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueTopicInfo(w, element)
}

function readArrayOfStreamsGroupTopologyValueTopicInfo(r: Reader): StreamsGroupTopologyValueTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupTopologyValueTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueTopicInfo(r))
  return list
}

function writeArrayOfStreamsGroupTopologyValueCopartitionGroup(w: Writer, list: readonly StreamsGroupTopologyValueCopartitionGroupInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueCopartitionGroup(w, element)
}

function readArrayOfStreamsGroupTopologyValueCopartitionGroup(r: Reader): StreamsGroupTopologyValueCopartitionGroup[] {
  const length = readLength(r, true, 4, 3)
  const list: StreamsGroupTopologyValueCopartitionGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueCopartitionGroup(r))
  return list
}

function writeArrayOfStreamsGroupTopologyValueTopicConfig(w: Writer, list: readonly StreamsGroupTopologyValueTopicConfigInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueTopicConfig(w, element)
}

function readArrayOfStreamsGroupTopologyValueTopicConfig(r: Reader): StreamsGroupTopologyValueTopicConfig[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupTopologyValueTopicConfig[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueTopicConfig(r))
  return list
}

export function encodeStreamsGroupTopologyValue(w: Writer, m: StreamsGroupTopologyValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupTopologyValue', version)
  w.int16(version)
  writeStreamsGroupTopologyValue(w, m)
}

export function decodeStreamsGroupTopologyValue(r: Reader): StreamsGroupTopologyValue {
  readVersion(r, 'StreamsGroupTopologyValue', 0, 0)
  return readStreamsGroupTopologyValue(r)
}

export const StreamsGroupTopologyValueFormat: RecordFormat<StreamsGroupTopologyValue, StreamsGroupTopologyValueInit> = {
  name: 'StreamsGroupTopologyValue',
  type: 23,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTopologyValue,
  decode: decodeStreamsGroupTopologyValue,
}

export const streamsGroupRecordsFormats: readonly RecordFormat[] = [
  StreamsGroupMetadataKeyFormat,
  StreamsGroupMetadataValueFormat,
  StreamsGroupMemberMetadataKeyFormat,
  StreamsGroupMemberMetadataValueFormat,
  StreamsGroupTargetAssignmentMetadataKeyFormat,
  StreamsGroupTargetAssignmentMetadataValueFormat,
  StreamsGroupTargetAssignmentMemberKeyFormat,
  StreamsGroupTargetAssignmentMemberValueFormat,
  StreamsGroupCurrentMemberAssignmentKeyFormat,
  StreamsGroupCurrentMemberAssignmentValueFormat,
  StreamsGroupTopologyKeyFormat,
  StreamsGroupTopologyValueFormat,
]
