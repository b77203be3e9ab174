// Made by generator/main.ts from definitions/88-streams-group-heartbeat.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt16s, readInt32s, readLength, readNullableLength, readStrings, writeInt16s, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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

function writeStreamsGroupHeartbeatRequest(w: Writer, m: StreamsGroupHeartbeatRequestInit, version: number): void {
  w.compactString(m.groupId)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.int32(m.endpointInformationEpoch)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  writeNullableStreamsGroupHeartbeatRequestTopology(w, m.topology ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w, m.activeTasks ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w, m.standbyTasks ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w, m.warmupTasks ?? null, version)
  w.compactNullableString(m.processId ?? null)
  writeNullableStreamsGroupHeartbeatRequestEndpoint(w, m.userEndpoint ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(w, m.clientTags ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(w, m.taskOffsets ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(w, m.taskEndOffsets ?? null, version)
  w.boolean(m.shutdownApplication ?? false)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequest(r: Reader, version: number): StreamsGroupHeartbeatRequest {
  const value: StreamsGroupHeartbeatRequest = {
    groupId: r.compactString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    endpointInformationEpoch: r.int32(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    topology: readNullableStreamsGroupHeartbeatRequestTopology(r, version),
    activeTasks: readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r, version),
    standbyTasks: readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r, version),
    warmupTasks: readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r, version),
    processId: r.compactNullableString(),
    userEndpoint: readNullableStreamsGroupHeartbeatRequestEndpoint(r, version),
    clientTags: readNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(r, version),
    taskOffsets: readNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(r, version),
    taskEndOffsets: readNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(r, version),
    shutdownApplication: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTopology(w: Writer, m: StreamsGroupHeartbeatRequestTopologyInit, version: number): void {
  w.int32(m.epoch)
  writeArrayOfStreamsGroupHeartbeatRequestSubtopology(w, m.subtopologies, version)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTopology(r: Reader, version: number): StreamsGroupHeartbeatRequestTopology {
  const value: StreamsGroupHeartbeatRequestTopology = {
    epoch: r.int32(),
    subtopologies: readArrayOfStreamsGroupHeartbeatRequestSubtopology(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestSubtopology(w: Writer, m: StreamsGroupHeartbeatRequestSubtopologyInit, version: number): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.sourceTopicRegex, true)
  writeArrayOfStreamsGroupHeartbeatRequestTopicInfo(w, m.stateChangelogTopics, version)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupHeartbeatRequestTopicInfo(w, m.repartitionSourceTopics, version)
  writeArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(w, m.copartitionGroups, version)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestSubtopology(r: Reader, version: number): StreamsGroupHeartbeatRequestSubtopology {
  const value: StreamsGroupHeartbeatRequestSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    sourceTopicRegex: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupHeartbeatRequestTopicInfo(r, version),
    repartitionSinkTopics: readStrings(r, true),
    repartitionSourceTopics: readArrayOfStreamsGroupHeartbeatRequestTopicInfo(r, version),
    copartitionGroups: readArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTopicInfo(w: Writer, m: StreamsGroupHeartbeatRequestTopicInfoInit, version: number): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupHeartbeatRequestKeyValue(w, m.topicConfigs, version)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTopicInfo(r: Reader, version: number): StreamsGroupHeartbeatRequestTopicInfo {
  const value: StreamsGroupHeartbeatRequestTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupHeartbeatRequestKeyValue(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestKeyValue(w: Writer, m: StreamsGroupHeartbeatRequestKeyValueInit, _version: number): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestKeyValue(r: Reader, _version: number): StreamsGroupHeartbeatRequestKeyValue {
  const value: StreamsGroupHeartbeatRequestKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestCopartitionGroup(w: Writer, m: StreamsGroupHeartbeatRequestCopartitionGroupInit, _version: number): void {
  writeInt16s(w, m.sourceTopics, true)
  writeInt16s(w, m.sourceTopicRegex, true)
  writeInt16s(w, m.repartitionSourceTopics, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestCopartitionGroup(r: Reader, _version: number): StreamsGroupHeartbeatRequestCopartitionGroup {
  const value: StreamsGroupHeartbeatRequestCopartitionGroup = {
    sourceTopics: readInt16s(r, true),
    sourceTopicRegex: readInt16s(r, true),
    repartitionSourceTopics: readInt16s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTaskIds(w: Writer, m: StreamsGroupHeartbeatRequestTaskIdsInit, _version: number): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTaskIds(r: Reader, _version: number): StreamsGroupHeartbeatRequestTaskIds {
  const value: StreamsGroupHeartbeatRequestTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestEndpoint(w: Writer, m: StreamsGroupHeartbeatRequestEndpointInit, _version: number): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestEndpoint(r: Reader, _version: number): StreamsGroupHeartbeatRequestEndpoint {
  const value: StreamsGroupHeartbeatRequestEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatRequestTaskOffset(w: Writer, m: StreamsGroupHeartbeatRequestTaskOffsetInit, _version: number): void {
  w.compactString(m.subtopologyId)
  w.int32(m.partition)
  w.int64(m.offset)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatRequestTaskOffset(r: Reader, _version: number): StreamsGroupHeartbeatRequestTaskOffset {
  const value: StreamsGroupHeartbeatRequestTaskOffset = {
    subtopologyId: r.compactString(),
    partition: r.int32(),
    offset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupHeartbeatRequestTopology(w: Writer, m: StreamsGroupHeartbeatRequestTopologyInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupHeartbeatRequestTopology(w, m, version)
}

function readNullableStreamsGroupHeartbeatRequestTopology(r: Reader, version: number): StreamsGroupHeartbeatRequestTopology | null {
  return r.int8() < 0 ? null : readStreamsGroupHeartbeatRequestTopology(r, version)
}

function writeNullableStreamsGroupHeartbeatRequestEndpoint(w: Writer, m: StreamsGroupHeartbeatRequestEndpointInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupHeartbeatRequestEndpoint(w, m, version)
}

function readNullableStreamsGroupHeartbeatRequestEndpoint(r: Reader, version: number): StreamsGroupHeartbeatRequestEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupHeartbeatRequestEndpoint(r, version)
}

function writeArrayOfStreamsGroupHeartbeatRequestSubtopology(w: Writer, list: readonly StreamsGroupHeartbeatRequestSubtopologyInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestSubtopology(w, element, version)
}

function readArrayOfStreamsGroupHeartbeatRequestSubtopology(r: Reader, version: number): StreamsGroupHeartbeatRequestSubtopology[] {
  const length = readLength(r, true, 8, 7)
  const list: StreamsGroupHeartbeatRequestSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestSubtopology(r, version))
  return list
}

function writeArrayOfStreamsGroupHeartbeatRequestTopicInfo(w: Writer, list: readonly StreamsGroupHeartbeatRequestTopicInfoInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestTopicInfo(w, element, version)
}

function readArrayOfStreamsGroupHeartbeatRequestTopicInfo(r: Reader, version: number): StreamsGroupHeartbeatRequestTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupHeartbeatRequestTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestTopicInfo(r, version))
  return list
}

function writeArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(w: Writer, list: readonly StreamsGroupHeartbeatRequestCopartitionGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestCopartitionGroup(w, element, version)
}

function readArrayOfStreamsGroupHeartbeatRequestCopartitionGroup(r: Reader, version: number): StreamsGroupHeartbeatRequestCopartitionGroup[] {
  const length = readLength(r, true, 4, 3)
  const list: StreamsGroupHeartbeatRequestCopartitionGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestCopartitionGroup(r, version))
  return list
}

function writeArrayOfStreamsGroupHeartbeatRequestKeyValue(w: Writer, list: readonly StreamsGroupHeartbeatRequestKeyValueInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatRequestKeyValue(w, element, version)
}

function readArrayOfStreamsGroupHeartbeatRequestKeyValue(r: Reader, version: number): StreamsGroupHeartbeatRequestKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupHeartbeatRequestKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestKeyValue(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(w: Writer, list: readonly StreamsGroupHeartbeatRequestTaskIdsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatRequestTaskIds(w, element, version)
}

function readNullableArrayOfStreamsGroupHeartbeatRequestTaskIds(r: Reader, version: number): StreamsGroupHeartbeatRequestTaskIds[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatRequestTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestTaskIds(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(w: Writer, list: readonly StreamsGroupHeartbeatRequestKeyValueInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatRequestKeyValue(w, element, version)
}

function readNullableArrayOfStreamsGroupHeartbeatRequestKeyValue(r: Reader, version: number): StreamsGroupHeartbeatRequestKeyValue[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatRequestKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestKeyValue(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(w: Writer, list: readonly StreamsGroupHeartbeatRequestTaskOffsetInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatRequestTaskOffset(w, element, version)
}

function readNullableArrayOfStreamsGroupHeartbeatRequestTaskOffset(r: Reader, version: number): StreamsGroupHeartbeatRequestTaskOffset[] | null {
  const length = readNullableLength(r, true, 14, 3)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatRequestTaskOffset[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatRequestTaskOffset(r, version))
  return list
}

export function encodeStreamsGroupHeartbeatRequest(w: Writer, m: StreamsGroupHeartbeatRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupHeartbeatRequest', version)
  writeStreamsGroupHeartbeatRequest(w, m, version)
}

export function decodeStreamsGroupHeartbeatRequest(r: Reader, version: number): StreamsGroupHeartbeatRequest {
  if (version < 0 || version > 0) unreadable('StreamsGroupHeartbeatRequest', version, r)
  return readStreamsGroupHeartbeatRequest(r, version)
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
  throttleTimeMs: number
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

function writeStreamsGroupHeartbeatResponse(w: Writer, m: StreamsGroupHeartbeatResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.int32(m.heartbeatIntervalMs)
  w.int32(m.acceptableRecoveryLag)
  w.int32(m.taskOffsetIntervalMs)
  writeNullableArrayOfStreamsGroupHeartbeatResponseStatus(w, m.status ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w, m.activeTasks ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w, m.standbyTasks ?? null, version)
  writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w, m.warmupTasks ?? null, version)
  w.int32(m.endpointInformationEpoch)
  writeNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(w, m.partitionsByUserEndpoint ?? null, version)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponse(r: Reader, version: number): StreamsGroupHeartbeatResponse {
  const value: StreamsGroupHeartbeatResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    acceptableRecoveryLag: r.int32(),
    taskOffsetIntervalMs: r.int32(),
    status: readNullableArrayOfStreamsGroupHeartbeatResponseStatus(r, version),
    activeTasks: readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r, version),
    standbyTasks: readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r, version),
    warmupTasks: readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r, version),
    endpointInformationEpoch: r.int32(),
    partitionsByUserEndpoint: readNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseStatus(w: Writer, m: StreamsGroupHeartbeatResponseStatusInit, _version: number): void {
  w.int8(m.statusCode)
  w.compactString(m.statusDetail)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseStatus(r: Reader, _version: number): StreamsGroupHeartbeatResponseStatus {
  const value: StreamsGroupHeartbeatResponseStatus = {
    statusCode: r.int8(),
    statusDetail: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseTaskIds(w: Writer, m: StreamsGroupHeartbeatResponseTaskIdsInit, _version: number): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseTaskIds(r: Reader, _version: number): StreamsGroupHeartbeatResponseTaskIds {
  const value: StreamsGroupHeartbeatResponseTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseEndpointToPartitions(w: Writer, m: StreamsGroupHeartbeatResponseEndpointToPartitionsInit, version: number): void {
  writeStreamsGroupHeartbeatResponseEndpoint(w, m.userEndpoint, version)
  writeArrayOfStreamsGroupHeartbeatResponseTopicPartition(w, m.activePartitions, version)
  writeArrayOfStreamsGroupHeartbeatResponseTopicPartition(w, m.standbyPartitions, version)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseEndpointToPartitions(r: Reader, version: number): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const value: StreamsGroupHeartbeatResponseEndpointToPartitions = {
    userEndpoint: readStreamsGroupHeartbeatResponseEndpoint(r, version),
    activePartitions: readArrayOfStreamsGroupHeartbeatResponseTopicPartition(r, version),
    standbyPartitions: readArrayOfStreamsGroupHeartbeatResponseTopicPartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseEndpoint(w: Writer, m: StreamsGroupHeartbeatResponseEndpointInit, _version: number): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseEndpoint(r: Reader, _version: number): StreamsGroupHeartbeatResponseEndpoint {
  const value: StreamsGroupHeartbeatResponseEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupHeartbeatResponseTopicPartition(w: Writer, m: StreamsGroupHeartbeatResponseTopicPartitionInit, _version: number): void {
  w.compactString(m.topic)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupHeartbeatResponseTopicPartition(r: Reader, _version: number): StreamsGroupHeartbeatResponseTopicPartition {
  const value: StreamsGroupHeartbeatResponseTopicPartition = {
    topic: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupHeartbeatResponseTopicPartition(w: Writer, list: readonly StreamsGroupHeartbeatResponseTopicPartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupHeartbeatResponseTopicPartition(w, element, version)
}

function readArrayOfStreamsGroupHeartbeatResponseTopicPartition(r: Reader, version: number): StreamsGroupHeartbeatResponseTopicPartition[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupHeartbeatResponseTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseTopicPartition(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatResponseStatus(w: Writer, list: readonly StreamsGroupHeartbeatResponseStatusInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatResponseStatus(w, element, version)
}

function readNullableArrayOfStreamsGroupHeartbeatResponseStatus(r: Reader, version: number): StreamsGroupHeartbeatResponseStatus[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatResponseStatus[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseStatus(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(w: Writer, list: readonly StreamsGroupHeartbeatResponseTaskIdsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatResponseTaskIds(w, element, version)
}

function readNullableArrayOfStreamsGroupHeartbeatResponseTaskIds(r: Reader, version: number): StreamsGroupHeartbeatResponseTaskIds[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatResponseTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseTaskIds(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(w: Writer, list: readonly StreamsGroupHeartbeatResponseEndpointToPartitionsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupHeartbeatResponseEndpointToPartitions(w, element, version)
}

function readNullableArrayOfStreamsGroupHeartbeatResponseEndpointToPartitions(r: Reader, version: number): StreamsGroupHeartbeatResponseEndpointToPartitions[] | null {
  const length = readNullableLength(r, true, 7, 3)
  if (length < 0) return null
  const list: StreamsGroupHeartbeatResponseEndpointToPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupHeartbeatResponseEndpointToPartitions(r, version))
  return list
}

export function encodeStreamsGroupHeartbeatResponse(w: Writer, m: StreamsGroupHeartbeatResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupHeartbeatResponse', version)
  writeStreamsGroupHeartbeatResponse(w, m, version)
}

export function decodeStreamsGroupHeartbeatResponse(r: Reader, version: number): StreamsGroupHeartbeatResponse {
  if (version < 0 || version > 0) unreadable('StreamsGroupHeartbeatResponse', version, r)
  return readStreamsGroupHeartbeatResponse(r, version)
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
