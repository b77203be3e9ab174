// Made by generator/main.ts from definitions/89-streams-group-describe.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, readStrings, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface StreamsGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export interface StreamsGroupDescribeRequestInit {
  groupIds: readonly string[]
  includeAuthorizedOperations: boolean
}

function writeStreamsGroupDescribeRequest(w: Writer, m: StreamsGroupDescribeRequestInit, _version: number): void {
  writeStrings(w, m.groupIds, true)
  w.boolean(m.includeAuthorizedOperations)
  w.uvarint(0)
}

function readStreamsGroupDescribeRequest(r: Reader, _version: number): StreamsGroupDescribeRequest {
  const value: StreamsGroupDescribeRequest = {
    groupIds: readStrings(r, true),
    includeAuthorizedOperations: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeStreamsGroupDescribeRequest(w: Writer, m: StreamsGroupDescribeRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupDescribeRequest', version)
  writeStreamsGroupDescribeRequest(w, m, version)
}

export function decodeStreamsGroupDescribeRequest(r: Reader, version: number): StreamsGroupDescribeRequest {
  if (version < 0 || version > 0) unreadable('StreamsGroupDescribeRequest', version, r)
  return readStreamsGroupDescribeRequest(r, version)
}

export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number
  groups: StreamsGroupDescribeResponseDescribedGroup[]
}

export interface StreamsGroupDescribeResponseInit {
  throttleTimeMs: number
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

function writeStreamsGroupDescribeResponse(w: Writer, m: StreamsGroupDescribeResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfStreamsGroupDescribeResponseDescribedGroup(w, m.groups, version)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponse(r: Reader, version: number): StreamsGroupDescribeResponse {
  const value: StreamsGroupDescribeResponse = {
    throttleTimeMs: r.int32(),
    groups: readArrayOfStreamsGroupDescribeResponseDescribedGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseDescribedGroup(w: Writer, m: StreamsGroupDescribeResponseDescribedGroupInit, version: number): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.compactString(m.groupId)
  w.compactString(m.groupState)
  w.int32(m.groupEpoch)
  w.int32(m.assignmentEpoch)
  writeNullableStreamsGroupDescribeResponseTopology(w, m.topology ?? null, version)
  writeArrayOfStreamsGroupDescribeResponseMember(w, m.members, version)
  w.int32(m.authorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseDescribedGroup(r: Reader, version: number): StreamsGroupDescribeResponseDescribedGroup {
  const value: StreamsGroupDescribeResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    groupId: r.compactString(),
    groupState: r.compactString(),
    groupEpoch: r.int32(),
    assignmentEpoch: r.int32(),
    topology: readNullableStreamsGroupDescribeResponseTopology(r, version),
    members: readArrayOfStreamsGroupDescribeResponseMember(r, version),
    authorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTopology(w: Writer, m: StreamsGroupDescribeResponseTopologyInit, version: number): void {
  w.int32(m.epoch)
  writeNullableArrayOfStreamsGroupDescribeResponseSubtopology(w, m.subtopologies ?? null, version)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTopology(r: Reader, version: number): StreamsGroupDescribeResponseTopology {
  const value: StreamsGroupDescribeResponseTopology = {
    epoch: r.int32(),
    subtopologies: readNullableArrayOfStreamsGroupDescribeResponseSubtopology(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseSubtopology(w: Writer, m: StreamsGroupDescribeResponseSubtopologyInit, version: number): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupDescribeResponseTopicInfo(w, m.stateChangelogTopics, version)
  writeArrayOfStreamsGroupDescribeResponseTopicInfo(w, m.repartitionSourceTopics, version)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseSubtopology(r: Reader, version: number): StreamsGroupDescribeResponseSubtopology {
  const value: StreamsGroupDescribeResponseSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    repartitionSinkTopics: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupDescribeResponseTopicInfo(r, version),
    repartitionSourceTopics: readArrayOfStreamsGroupDescribeResponseTopicInfo(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTopicInfo(w: Writer, m: StreamsGroupDescribeResponseTopicInfoInit, version: number): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupDescribeResponseKeyValue(w, m.topicConfigs, version)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTopicInfo(r: Reader, version: number): StreamsGroupDescribeResponseTopicInfo {
  const value: StreamsGroupDescribeResponseTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupDescribeResponseKeyValue(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseKeyValue(w: Writer, m: StreamsGroupDescribeResponseKeyValueInit, _version: number): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseKeyValue(r: Reader, _version: number): StreamsGroupDescribeResponseKeyValue {
  const value: StreamsGroupDescribeResponseKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseMember(w: Writer, m: StreamsGroupDescribeResponseMemberInit, version: number): void {
  w.compactString(m.memberId)
  w.int32(m.memberEpoch)
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  w.int32(m.topologyEpoch)
  w.compactString(m.processId)
  writeNullableStreamsGroupDescribeResponseEndpoint(w, m.userEndpoint ?? null, version)
  writeArrayOfStreamsGroupDescribeResponseKeyValue(w, m.clientTags, version)
  writeArrayOfStreamsGroupDescribeResponseTaskOffset(w, m.taskOffsets, version)
  writeArrayOfStreamsGroupDescribeResponseTaskOffset(w, m.taskEndOffsets, version)
  writeStreamsGroupDescribeResponseAssignment(w, m.assignment, version)
  writeStreamsGroupDescribeResponseAssignment(w, m.targetAssignment, version)
  w.boolean(m.isClassic)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseMember(r: Reader, version: number): StreamsGroupDescribeResponseMember {
  const value: StreamsGroupDescribeResponseMember = {
    memberId: r.compactString(),
    memberEpoch: r.int32(),
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    topologyEpoch: r.int32(),
    processId: r.compactString(),
    userEndpoint: readNullableStreamsGroupDescribeResponseEndpoint(r, version),
    clientTags: readArrayOfStreamsGroupDescribeResponseKeyValue(r, version),
    taskOffsets: readArrayOfStreamsGroupDescribeResponseTaskOffset(r, version),
    taskEndOffsets: readArrayOfStreamsGroupDescribeResponseTaskOffset(r, version),
    assignment: readStreamsGroupDescribeResponseAssignment(r, version),
    targetAssignment: readStreamsGroupDescribeResponseAssignment(r, version),
    isClassic: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseEndpoint(w: Writer, m: StreamsGroupDescribeResponseEndpointInit, _version: number): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseEndpoint(r: Reader, _version: number): StreamsGroupDescribeResponseEndpoint {
  const value: StreamsGroupDescribeResponseEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTaskOffset(w: Writer, m: StreamsGroupDescribeResponseTaskOffsetInit, _version: number): void {
  w.compactString(m.subtopologyId)
  w.int32(m.partition)
  w.int64(m.offset)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTaskOffset(r: Reader, _version: number): StreamsGroupDescribeResponseTaskOffset {
  const value: StreamsGroupDescribeResponseTaskOffset = {
    subtopologyId: r.compactString(),
    partition: r.int32(),
    offset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseAssignment(w: Writer, m: StreamsGroupDescribeResponseAssignmentInit, version: number): void {
  writeArrayOfStreamsGroupDescribeResponseTaskIds(w, m.activeTasks, version)
  writeArrayOfStreamsGroupDescribeResponseTaskIds(w, m.standbyTasks, version)
  writeArrayOfStreamsGroupDescribeResponseTaskIds(w, m.warmupTasks, version)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseAssignment(r: Reader, version: number): StreamsGroupDescribeResponseAssignment {
  const value: StreamsGroupDescribeResponseAssignment = {
    activeTasks: readArrayOfStreamsGroupDescribeResponseTaskIds(r, version),
    standbyTasks: readArrayOfStreamsGroupDescribeResponseTaskIds(r, version),
    warmupTasks: readArrayOfStreamsGroupDescribeResponseTaskIds(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupDescribeResponseTaskIds(w: Writer, m: StreamsGroupDescribeResponseTaskIdsInit, _version: number): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupDescribeResponseTaskIds(r: Reader, _version: number): StreamsGroupDescribeResponseTaskIds {
  const value: StreamsGroupDescribeResponseTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupDescribeResponseTopology(w: Writer, m: StreamsGroupDescribeResponseTopologyInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupDescribeResponseTopology(w, m, version)
}

function readNullableStreamsGroupDescribeResponseTopology(r: Reader, version: number): StreamsGroupDescribeResponseTopology | null {
  return r.int8() < 0 ? null : readStreamsGroupDescribeResponseTopology(r, version)
}

function writeNullableStreamsGroupDescribeResponseEndpoint(w: Writer, m: StreamsGroupDescribeResponseEndpointInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupDescribeResponseEndpoint(w, m, version)
}

function readNullableStreamsGroupDescribeResponseEndpoint(r: Reader, version: number): StreamsGroupDescribeResponseEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupDescribeResponseEndpoint(r, version)
}

function writeArrayOfStreamsGroupDescribeResponseDescribedGroup(w: Writer, list: readonly StreamsGroupDescribeResponseDescribedGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseDescribedGroup(w, element, version)
}

function readArrayOfStreamsGroupDescribeResponseDescribedGroup(r: Reader, version: number): StreamsGroupDescribeResponseDescribedGroup[] {
  const length = readLength(r, true, 20, 9)
  const list: StreamsGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseDescribedGroup(r, version))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseMember(w: Writer, list: readonly StreamsGroupDescribeResponseMemberInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseMember(w, element, version)
}

function readArrayOfStreamsGroupDescribeResponseMember(r: Reader, version: number): StreamsGroupDescribeResponseMember[] {
  const length = readLength(r, true, 28, 15)
  const list: StreamsGroupDescribeResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseMember(r, version))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseTopicInfo(w: Writer, list: readonly StreamsGroupDescribeResponseTopicInfoInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseTopicInfo(w, element, version)
}

function readArrayOfStreamsGroupDescribeResponseTopicInfo(r: Reader, version: number): StreamsGroupDescribeResponseTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupDescribeResponseTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseTopicInfo(r, version))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseKeyValue(w: Writer, list: readonly StreamsGroupDescribeResponseKeyValueInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseKeyValue(w, element, version)
}

function readArrayOfStreamsGroupDescribeResponseKeyValue(r: Reader, version: number): StreamsGroupDescribeResponseKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupDescribeResponseKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseKeyValue(r, version))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseTaskOffset(w: Writer, list: readonly StreamsGroupDescribeResponseTaskOffsetInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseTaskOffset(w, element, version)
}

function readArrayOfStreamsGroupDescribeResponseTaskOffset(r: Reader, version: number): StreamsGroupDescribeResponseTaskOffset[] {
  const length = readLength(r, true, 14, 3)
  const list: StreamsGroupDescribeResponseTaskOffset[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseTaskOffset(r, version))
  return list
}

function writeArrayOfStreamsGroupDescribeResponseTaskIds(w: Writer, list: readonly StreamsGroupDescribeResponseTaskIdsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupDescribeResponseTaskIds(w, element, version)
}

function readArrayOfStreamsGroupDescribeResponseTaskIds(r: Reader, version: number): StreamsGroupDescribeResponseTaskIds[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupDescribeResponseTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseTaskIds(r, version))
  return list
}

function writeNullableArrayOfStreamsGroupDescribeResponseSubtopology(w: Writer, list: readonly StreamsGroupDescribeResponseSubtopologyInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupDescribeResponseSubtopology(w, element, version)
}

function readNullableArrayOfStreamsGroupDescribeResponseSubtopology(r: Reader, version: number): StreamsGroupDescribeResponseSubtopology[] | null {
  const length = readNullableLength(r, true, 6, 5)
  if (length < 0) return null
  const list: StreamsGroupDescribeResponseSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupDescribeResponseSubtopology(r, version))
  return list
}

export function encodeStreamsGroupDescribeResponse(w: Writer, m: StreamsGroupDescribeResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupDescribeResponse', version)
  writeStreamsGroupDescribeResponse(w, m, version)
}

export function decodeStreamsGroupDescribeResponse(r: Reader, version: number): StreamsGroupDescribeResponse {
  if (version < 0 || version > 0) unreadable('StreamsGroupDescribeResponse', version, r)
  return readStreamsGroupDescribeResponse(r, version)
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
