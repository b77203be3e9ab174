// Made by generator/main.ts from definitions/cluster/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableInt32s, readNullableLength, readStrings, writeInt32s, writeLength, writeNullableInt32s, writeStrings } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

// cluster/03-metadata.kmsg

export interface MetadataRequest {
  topics: MetadataRequestMetadataRequestTopic[] | null
  allowAutoTopicCreation: boolean // 4-13
  includeClusterAuthorizedOperations: boolean // 8-10
  includeTopicAuthorizedOperations: boolean // 8-13
}

export interface MetadataRequestInit {
  topics?: readonly MetadataRequestMetadataRequestTopicInit[] | null | undefined
  allowAutoTopicCreation?: boolean | undefined
  includeClusterAuthorizedOperations?: boolean | undefined
  includeTopicAuthorizedOperations?: boolean | undefined
}

export interface MetadataRequestMetadataRequestTopic {
  topicId: string // 10-13
  name: string | null
}

export interface MetadataRequestMetadataRequestTopicInit {
  topicId?: string | undefined
  name?: string | null | undefined
}

function writeMetadataRequest(w: Writer, m: MetadataRequestInit, version: number): void {
  const flexible = version >= 9
  if (version >= 1) writeNullableArrayOfMetadataRequestMetadataRequestTopic(w, m.topics ?? null, version)
  else writeArrayOfMetadataRequestMetadataRequestTopic(w, notNull(m.topics, nothing, 'MetadataRequest.topics', version), version)
  if (version >= 4) w.boolean(m.allowAutoTopicCreation ?? true)
  else { if (m.allowAutoTopicCreation !== undefined && m.allowAutoTopicCreation !== true) refuse('MetadataRequest.allowAutoTopicCreation', version) }
  if (version >= 11) { if (m.includeClusterAuthorizedOperations !== undefined && m.includeClusterAuthorizedOperations !== false) refuse('MetadataRequest.includeClusterAuthorizedOperations', version) }
  else if (version >= 8) w.boolean(m.includeClusterAuthorizedOperations ?? false)
  else { if (m.includeClusterAuthorizedOperations !== undefined && m.includeClusterAuthorizedOperations !== false) refuse('MetadataRequest.includeClusterAuthorizedOperations', version) }
  if (version >= 8) w.boolean(m.includeTopicAuthorizedOperations ?? false)
  else { if (m.includeTopicAuthorizedOperations !== undefined && m.includeTopicAuthorizedOperations !== false) refuse('MetadataRequest.includeTopicAuthorizedOperations', version) }
  if (flexible) w.uvarint(0)
}

function readMetadataRequest(r: Reader, version: number): MetadataRequest {
  const flexible = version >= 9
  const value: MetadataRequest = {
    topics: version >= 1 ? readNullableArrayOfMetadataRequestMetadataRequestTopic(r, version) : readArrayOfMetadataRequestMetadataRequestTopic(r, version),
    allowAutoTopicCreation: version >= 4 ? r.boolean() : true,
    includeClusterAuthorizedOperations: version >= 11 ? false : version >= 8 ? r.boolean() : false,
    includeTopicAuthorizedOperations: version >= 8 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeMetadataRequestMetadataRequestTopic(w: Writer, m: MetadataRequestMetadataRequestTopicInit, version: number): void {
  const flexible = version >= 9
  if (version >= 10) w.uuid(m.topicId ?? zeroUuid)
  if (version >= 10) w.compactNullableString(m.name ?? null)
  else if (flexible) w.compactString(notNull(m.name, '', 'MetadataRequestMetadataRequestTopic.name', version))
  else w.string(notNull(m.name, '', 'MetadataRequestMetadataRequestTopic.name', version))
  if (flexible) w.uvarint(0)
}

function readMetadataRequestMetadataRequestTopic(r: Reader, version: number): MetadataRequestMetadataRequestTopic {
  const flexible = version >= 9
  const value: MetadataRequestMetadataRequestTopic = {
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    name: version >= 10 ? r.compactNullableString() : flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfMetadataRequestMetadataRequestTopic(w: Writer, list: readonly MetadataRequestMetadataRequestTopicInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeMetadataRequestMetadataRequestTopic(w, element, version)
}

function readArrayOfMetadataRequestMetadataRequestTopic(r: Reader, version: number): MetadataRequestMetadataRequestTopic[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 2 : 2, 2)
  const list: MetadataRequestMetadataRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readMetadataRequestMetadataRequestTopic(r, version))
  return list
}

function writeNullableArrayOfMetadataRequestMetadataRequestTopic(w: Writer, list: readonly MetadataRequestMetadataRequestTopicInit[] | null, version: number): void {
  const flexible = version >= 9
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeMetadataRequestMetadataRequestTopic(w, element, version)
}

function readNullableArrayOfMetadataRequestMetadataRequestTopic(r: Reader, version: number): MetadataRequestMetadataRequestTopic[] | null {
  const flexible = version >= 9
  const length = readNullableLength(r, flexible, flexible ? 2 : 2, 2)
  if (length < 0) return null
  const list: MetadataRequestMetadataRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readMetadataRequestMetadataRequestTopic(r, version))
  return list
}

export function encodeMetadataRequest(w: Writer, m: MetadataRequestInit, version: number): void {
  if (!(version >= 0 && version <= 13)) unwritable('MetadataRequest', version)
  writeMetadataRequest(w, m, version)
}

export function decodeMetadataRequest(r: Reader, version: number): MetadataRequest {
  if (!(version >= 0 && version <= 13)) unreadable('MetadataRequest', version, r)
  return readMetadataRequest(r, version)
}

export interface MetadataResponse {
  throttleTimeMs: number // 3-13
  brokers: MetadataResponseMetadataResponseBroker[]
  clusterId: string | null // 2-13
  controllerId: number // 1-13
  topics: MetadataResponseMetadataResponseTopic[]
  clusterAuthorizedOperations: number // 8-10
  errorCode: number // 13
}

export interface MetadataResponseInit {
  throttleTimeMs?: number | undefined
  brokers: readonly MetadataResponseMetadataResponseBrokerInit[]
  clusterId?: string | null | undefined
  controllerId?: number | undefined
  topics: readonly MetadataResponseMetadataResponseTopicInit[]
  clusterAuthorizedOperations?: number | undefined
  errorCode?: number | undefined
}

export interface MetadataResponseMetadataResponseBroker {
  nodeId: number
  host: string
  port: number
  rack: string | null // 1-13
}

export interface MetadataResponseMetadataResponseBrokerInit {
  nodeId: number
  host: string
  port: number
  rack?: string | null | undefined
}

export interface MetadataResponseMetadataResponseTopic {
  errorCode: number
  name: string | null
  topicId: string // 10-13
  isInternal: boolean // 1-13
  partitions: MetadataResponseMetadataResponsePartition[]
  topicAuthorizedOperations: number // 8-13
}

export interface MetadataResponseMetadataResponseTopicInit {
  errorCode: number
  name?: string | null | undefined
  topicId?: string | undefined
  isInternal?: boolean | undefined
  partitions: readonly MetadataResponseMetadataResponsePartitionInit[]
  topicAuthorizedOperations?: number | undefined
}

export interface MetadataResponseMetadataResponsePartition {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch: number // 7-13
  replicaNodes: number[]
  isrNodes: number[]
  offlineReplicas: number[] // 5-13
}

export interface MetadataResponseMetadataResponsePartitionInit {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch?: number | undefined
  replicaNodes: readonly number[]
  isrNodes: readonly number[]
  offlineReplicas?: readonly number[] | undefined
}

function writeMetadataResponse(w: Writer, m: MetadataResponseInit, version: number): void {
  const flexible = version >= 9
  if (version >= 3) w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfMetadataResponseMetadataResponseBroker(w, m.brokers, version)
  if (flexible) w.compactNullableString(m.clusterId ?? null)
  else if (version >= 2) w.nullableString(m.clusterId ?? null)
  if (version >= 1) w.int32(m.controllerId ?? -1)
  writeArrayOfMetadataResponseMetadataResponseTopic(w, m.topics, version)
  if (version >= 11) { if (m.clusterAuthorizedOperations !== undefined && m.clusterAuthorizedOperations !== -2147483648) refuse('MetadataResponse.clusterAuthorizedOperations', version) }
  else if (version >= 8) w.int32(m.clusterAuthorizedOperations ?? -2147483648)
  else { if (m.clusterAuthorizedOperations !== undefined && m.clusterAuthorizedOperations !== -2147483648) refuse('MetadataResponse.clusterAuthorizedOperations', version) }
  if (version >= 13) w.int16(m.errorCode ?? 0)
  if (flexible) w.uvarint(0)
}

function readMetadataResponse(r: Reader, version: number): MetadataResponse {
  const flexible = version >= 9
  const value: MetadataResponse = {
    throttleTimeMs: version >= 3 ? r.int32() : 0,
    brokers: readArrayOfMetadataResponseMetadataResponseBroker(r, version),
    clusterId: flexible ? r.compactNullableString() : version >= 2 ? r.nullableString() : null,
    controllerId: version >= 1 ? r.int32() : -1,
    topics: readArrayOfMetadataResponseMetadataResponseTopic(r, version),
    clusterAuthorizedOperations: version >= 11 ? -2147483648 : version >= 8 ? r.int32() : -2147483648,
    errorCode: version >= 13 ? r.int16() : 0,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeMetadataResponseMetadataResponseBroker(w: Writer, m: MetadataResponseMetadataResponseBrokerInit, version: number): void {
  const flexible = version >= 9
  w.int32(m.nodeId)
  if (flexible) w.compactString(m.host)
  else w.string(m.host)
  w.int32(m.port)
  if (flexible) w.compactNullableString(m.rack ?? null)
  else if (version >= 1) w.nullableString(m.rack ?? null)
  if (flexible) w.uvarint(0)
}

function readMetadataResponseMetadataResponseBroker(r: Reader, version: number): MetadataResponseMetadataResponseBroker {
  const flexible = version >= 9
  const value: MetadataResponseMetadataResponseBroker = {
    nodeId: r.int32(),
    host: flexible ? r.compactString() : r.string(),
    port: r.int32(),
    rack: flexible ? r.compactNullableString() : version >= 1 ? r.nullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeMetadataResponseMetadataResponseTopic(w: Writer, m: MetadataResponseMetadataResponseTopicInit, version: number): void {
  const flexible = version >= 9
  w.int16(m.errorCode)
  if (version >= 12) w.compactNullableString(m.name ?? null)
  else if (flexible) w.compactString(notNull(m.name, '', 'MetadataResponseMetadataResponseTopic.name', version))
  else w.string(notNull(m.name, '', 'MetadataResponseMetadataResponseTopic.name', version))
  if (version >= 10) w.uuid(m.topicId ?? zeroUuid)
  if (version >= 1) w.boolean(m.isInternal ?? false)
  writeArrayOfMetadataResponseMetadataResponsePartition(w, m.partitions, version)
  if (version >= 8) w.int32(m.topicAuthorizedOperations ?? -2147483648)
  else { if (m.topicAuthorizedOperations !== undefined && m.topicAuthorizedOperations !== -2147483648) refuse('MetadataResponseMetadataResponseTopic.topicAuthorizedOperations', version) }
  if (flexible) w.uvarint(0)
}

function readMetadataResponseMetadataResponseTopic(r: Reader, version: number): MetadataResponseMetadataResponseTopic {
  const flexible = version >= 9
  const value: MetadataResponseMetadataResponseTopic = {
    errorCode: r.int16(),
    name: version >= 12 ? r.compactNullableString() : flexible ? r.compactString() : r.string(),
    topicId: version >= 10 ? r.uuid() : zeroUuid,
    isInternal: version >= 1 ? r.boolean() : false,
    partitions: readArrayOfMetadataResponseMetadataResponsePartition(r, version),
    topicAuthorizedOperations: version >= 8 ? r.int32() : -2147483648,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeMetadataResponseMetadataResponsePartition(w: Writer, m: MetadataResponseMetadataResponsePartitionInit, version: number): void {
  const flexible = version >= 9
  w.int16(m.errorCode)
  w.int32(m.partitionIndex)
  w.int32(m.leaderId)
  if (version >= 7) w.int32(m.leaderEpoch ?? -1)
  writeInt32s(w, m.replicaNodes, flexible)
  writeInt32s(w, m.isrNodes, flexible)
  if (version >= 5) writeInt32s(w, m.offlineReplicas ?? nothing, flexible)
  if (flexible) w.uvarint(0)
}

function readMetadataResponseMetadataResponsePartition(r: Reader, version: number): MetadataResponseMetadataResponsePartition {
  const flexible = version >= 9
  const value: MetadataResponseMetadataResponsePartition = {
    errorCode: r.int16(),
    partitionIndex: r.int32(),
    leaderId: r.int32(),
    leaderEpoch: version >= 7 ? r.int32() : -1,
    replicaNodes: readInt32s(r, flexible),
    isrNodes: readInt32s(r, flexible),
    offlineReplicas: version >= 5 ? readInt32s(r, flexible) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfMetadataResponseMetadataResponseBroker(w: Writer, list: readonly MetadataResponseMetadataResponseBrokerInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeMetadataResponseMetadataResponseBroker(w, element, version)
}

function readArrayOfMetadataResponseMetadataResponseBroker(r: Reader, version: number): MetadataResponseMetadataResponseBroker[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 11 : 10, 4)
  const list: MetadataResponseMetadataResponseBroker[] = []
  for (let index = 0; index < length; index++) list.push(readMetadataResponseMetadataResponseBroker(r, version))
  return list
}

function writeArrayOfMetadataResponseMetadataResponseTopic(w: Writer, list: readonly MetadataResponseMetadataResponseTopicInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeMetadataResponseMetadataResponseTopic(w, element, version)
}

function readArrayOfMetadataResponseMetadataResponseTopic(r: Reader, version: number): MetadataResponseMetadataResponseTopic[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 10 : 8, 6)
  const list: MetadataResponseMetadataResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readMetadataResponseMetadataResponseTopic(r, version))
  return list
}

function writeArrayOfMetadataResponseMetadataResponsePartition(w: Writer, list: readonly MetadataResponseMetadataResponsePartitionInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeMetadataResponseMetadataResponsePartition(w, element, version)
}

function readArrayOfMetadataResponseMetadataResponsePartition(r: Reader, version: number): MetadataResponseMetadataResponsePartition[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 18 : 18, 7)
  const list: MetadataResponseMetadataResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readMetadataResponseMetadataResponsePartition(r, version))
  return list
}

export function encodeMetadataResponse(w: Writer, m: MetadataResponseInit, version: number): void {
  if (!(version >= 0 && version <= 13)) unwritable('MetadataResponse', version)
  writeMetadataResponse(w, m, version)
}

export function decodeMetadataResponse(r: Reader, version: number): MetadataResponse {
  if (!(version >= 0 && version <= 13)) unreadable('MetadataResponse', version, r)
  return readMetadataResponse(r, version)
}

/** API key 3, versions 0-13. */
export const MetadataApi: Api<MetadataRequest, MetadataRequestInit, MetadataResponse, MetadataResponseInit> = {
  key: 3,
  name: 'Metadata',
  minVersion: 0,
  maxVersion: 13,
  flexibleFrom: 9,
  latestVersionUnstable: false,
  encodeRequest: encodeMetadataRequest,
  decodeRequest: decodeMetadataRequest,
  encodeResponse: encodeMetadataResponse,
  decodeResponse: decodeMetadataResponse,
}

// cluster/10-find-coordinator.kmsg

export interface FindCoordinatorRequest {
  key: string // 0-3
  keyType: number // 1-6
  coordinatorKeys: string[] // 4-6
}

export interface FindCoordinatorRequestInit {
  key?: string | undefined
  keyType?: number | undefined
  coordinatorKeys?: readonly string[] | undefined
}

function writeFindCoordinatorRequest(w: Writer, m: FindCoordinatorRequestInit, version: number): void {
  const flexible = version >= 3
  if (version >= 4) { if (m.key !== undefined && m.key !== '') refuse('FindCoordinatorRequest.key', version) }
  else if (flexible) w.compactString(m.key ?? '')
  else w.string(m.key ?? '')
  if (version >= 1) w.int8(m.keyType ?? 0)
  else { if (m.keyType !== undefined && m.keyType !== 0) refuse('FindCoordinatorRequest.keyType', version) }
  if (version >= 4) writeStrings(w, m.coordinatorKeys ?? nothing, flexible)
  else { if (m.coordinatorKeys !== undefined && m.coordinatorKeys.length > 0) refuse('FindCoordinatorRequest.coordinatorKeys', version) }
  if (flexible) w.uvarint(0)
}

function readFindCoordinatorRequest(r: Reader, version: number): FindCoordinatorRequest {
  const flexible = version >= 3
  const value: FindCoordinatorRequest = {
    key: version >= 4 ? '' : flexible ? r.compactString() : r.string(),
    keyType: version >= 1 ? r.int8() : 0,
    coordinatorKeys: version >= 4 ? readStrings(r, flexible) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeFindCoordinatorRequest(w: Writer, m: FindCoordinatorRequestInit, version: number): void {
  if (!(version >= 0 && version <= 6)) unwritable('FindCoordinatorRequest', version)
  writeFindCoordinatorRequest(w, m, version)
}

export function decodeFindCoordinatorRequest(r: Reader, version: number): FindCoordinatorRequest {
  if (!(version >= 0 && version <= 6)) unreadable('FindCoordinatorRequest', version, r)
  return readFindCoordinatorRequest(r, version)
}

export interface FindCoordinatorResponse {
  throttleTimeMs: number // 1-6
  errorCode: number // 0-3
  errorMessage: string | null // 1-3
  nodeId: number // 0-3
  host: string // 0-3
  port: number // 0-3
  coordinators: FindCoordinatorResponseCoordinator[] // 4-6
}

export interface FindCoordinatorResponseInit {
  throttleTimeMs?: number | undefined
  errorCode?: number | undefined
  errorMessage?: string | null | undefined
  nodeId?: number | undefined
  host?: string | undefined
  port?: number | undefined
  coordinators?: readonly FindCoordinatorResponseCoordinatorInit[] | undefined
}

export interface FindCoordinatorResponseCoordinator {
  key: string
  nodeId: number
  host: string
  port: number
  errorCode: number
  errorMessage: string | null
}

export interface FindCoordinatorResponseCoordinatorInit {
  key: string
  nodeId: number
  host: string
  port: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeFindCoordinatorResponse(w: Writer, m: FindCoordinatorResponseInit, version: number): void {
  const flexible = version >= 3
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  if (version >= 4) { if (m.errorCode !== undefined && m.errorCode !== 0) refuse('FindCoordinatorResponse.errorCode', version) }
  else w.int16(m.errorCode ?? 0)
  if (version === 3) w.compactNullableString(m.errorMessage ?? null)
  else if (version >= 1 && version <= 2) w.nullableString(m.errorMessage ?? null)
  if (version >= 4) { if (m.nodeId !== undefined && m.nodeId !== 0) refuse('FindCoordinatorResponse.nodeId', version) }
  else w.int32(m.nodeId ?? 0)
  if (version >= 4) { if (m.host !== undefined && m.host !== '') refuse('FindCoordinatorResponse.host', version) }
  else if (flexible) w.compactString(m.host ?? '')
  else w.string(m.host ?? '')
  if (version >= 4) { if (m.port !== undefined && m.port !== 0) refuse('FindCoordinatorResponse.port', version) }
  else w.int32(m.port ?? 0)
  if (version >= 4) writeArrayOfFindCoordinatorResponseCoordinator(w, m.coordinators ?? nothing)
  else { if (m.coordinators !== undefined && m.coordinators.length > 0) refuse('FindCoordinatorResponse.coordinators', version) }
  if (flexible) w.uvarint(0)
}

function readFindCoordinatorResponse(r: Reader, version: number): FindCoordinatorResponse {
  const flexible = version >= 3
  const value: FindCoordinatorResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: version >= 4 ? 0 : r.int16(),
    errorMessage: version >= 4 ? null : flexible ? r.compactNullableString() : version >= 1 ? r.nullableString() : null,
    nodeId: version >= 4 ? 0 : r.int32(),
    host: version >= 4 ? '' : flexible ? r.compactString() : r.string(),
    port: version >= 4 ? 0 : r.int32(),
    coordinators: version >= 4 ? readArrayOfFindCoordinatorResponseCoordinator(r) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeFindCoordinatorResponseCoordinator(w: Writer, m: FindCoordinatorResponseCoordinatorInit): void {
  w.compactString(m.key)
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readFindCoordinatorResponseCoordinator(r: Reader): FindCoordinatorResponseCoordinator {
  const value: FindCoordinatorResponseCoordinator = {
    key: r.compactString(),
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfFindCoordinatorResponseCoordinator(w: Writer, list: readonly FindCoordinatorResponseCoordinatorInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeFindCoordinatorResponseCoordinator(w, element)
}

function readArrayOfFindCoordinatorResponseCoordinator(r: Reader): FindCoordinatorResponseCoordinator[] {
  const length = readLength(r, true, 14, 6)
  const list: FindCoordinatorResponseCoordinator[] = []
  for (let index = 0; index < length; index++) list.push(readFindCoordinatorResponseCoordinator(r))
  return list
}

export function encodeFindCoordinatorResponse(w: Writer, m: FindCoordinatorResponseInit, version: number): void {
  if (!(version >= 0 && version <= 6)) unwritable('FindCoordinatorResponse', version)
  writeFindCoordinatorResponse(w, m, version)
}

export function decodeFindCoordinatorResponse(r: Reader, version: number): FindCoordinatorResponse {
  if (!(version >= 0 && version <= 6)) unreadable('FindCoordinatorResponse', version, r)
  return readFindCoordinatorResponse(r, version)
}

/** API key 10, versions 0-6. */
export const FindCoordinatorApi: Api<FindCoordinatorRequest, FindCoordinatorRequestInit, FindCoordinatorResponse, FindCoordinatorResponseInit> = {
  key: 10,
  name: 'FindCoordinator',
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeFindCoordinatorRequest,
  decodeRequest: decodeFindCoordinatorRequest,
  encodeResponse: encodeFindCoordinatorResponse,
  decodeResponse: decodeFindCoordinatorResponse,
}

// cluster/34-alter-replica-log-dirs.kmsg

export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[]
}

export interface AlterReplicaLogDirsRequestInit {
  dirs: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirInit[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  path: string
  topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirInit {
  path: string
  topics: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  name: string
  partitions: number[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit {
  name: string
  partitions: readonly number[]
}

function writeAlterReplicaLogDirsRequest(w: Writer, m: AlterReplicaLogDirsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(w, m.dirs, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsRequest(r: Reader, version: number): AlterReplicaLogDirsRequest {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsRequest = {
    dirs: readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDir(w: Writer, m: AlterReplicaLogDirsRequestAlterReplicaLogDirInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.path)
  else w.string(m.path)
  writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDir(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsRequestAlterReplicaLogDir = {
    path: flexible ? r.compactString() : r.string(),
    topics: readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w: Writer, m: AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(w: Writer, list: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsRequestAlterReplicaLogDir(w, element, version)
}

function readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsRequestAlterReplicaLogDir(r, version))
  return list
}

function writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w: Writer, list: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w, element, version)
}

function readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r, version))
  return list
}

export function encodeAlterReplicaLogDirsRequest(w: Writer, m: AlterReplicaLogDirsRequestInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('AlterReplicaLogDirsRequest', version)
  writeAlterReplicaLogDirsRequest(w, m, version)
}

export function decodeAlterReplicaLogDirsRequest(r: Reader, version: number): AlterReplicaLogDirsRequest {
  if (!(version >= 1 && version <= 2)) unreadable('AlterReplicaLogDirsRequest', version, r)
  return readAlterReplicaLogDirsRequest(r, version)
}

export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number
  results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[]
}

export interface AlterReplicaLogDirsResponseInit {
  throttleTimeMs?: number | undefined
  results: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  topicName: string
  partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit {
  topicName: string
  partitions: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  partitionIndex: number
  errorCode: number
}

export type AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit = AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult

function writeAlterReplicaLogDirsResponse(w: Writer, m: AlterReplicaLogDirsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsResponse(r: Reader, version: number): AlterReplicaLogDirsResponse {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w: Writer, m: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.topicName)
  else w.string(m.topicName)
  writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult = {
    topicName: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w: Writer, m: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w: Writer, list: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w, element, version)
}

function readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r, version))
  return list
}

function writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w: Writer, list: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w, element, version)
}

function readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 7 : 6, 2)
  const list: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r, version))
  return list
}

export function encodeAlterReplicaLogDirsResponse(w: Writer, m: AlterReplicaLogDirsResponseInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('AlterReplicaLogDirsResponse', version)
  writeAlterReplicaLogDirsResponse(w, m, version)
}

export function decodeAlterReplicaLogDirsResponse(r: Reader, version: number): AlterReplicaLogDirsResponse {
  if (!(version >= 1 && version <= 2)) unreadable('AlterReplicaLogDirsResponse', version, r)
  return readAlterReplicaLogDirsResponse(r, version)
}

/** API key 34, versions 1-2. */
export const AlterReplicaLogDirsApi: Api<AlterReplicaLogDirsRequest, AlterReplicaLogDirsRequestInit, AlterReplicaLogDirsResponse, AlterReplicaLogDirsResponseInit> = {
  key: 34,
  name: 'AlterReplicaLogDirs',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterReplicaLogDirsRequest,
  decodeRequest: decodeAlterReplicaLogDirsRequest,
  encodeResponse: encodeAlterReplicaLogDirsResponse,
  decodeResponse: decodeAlterReplicaLogDirsResponse,
}

// cluster/35-describe-log-dirs.kmsg

export interface DescribeLogDirsRequest {
  topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null
}

export interface DescribeLogDirsRequestInit {
  topics?: readonly DescribeLogDirsRequestDescribableLogDirTopicInit[] | null | undefined
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  topic: string
  partitions: number[]
}

export interface DescribeLogDirsRequestDescribableLogDirTopicInit {
  topic: string
  partitions: readonly number[]
}

function writeDescribeLogDirsRequest(w: Writer, m: DescribeLogDirsRequestInit, version: number): void {
  const flexible = version >= 2
  writeNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(w, m.topics ?? null, version)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsRequest(r: Reader, version: number): DescribeLogDirsRequest {
  const flexible = version >= 2
  const value: DescribeLogDirsRequest = {
    topics: readNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsRequestDescribableLogDirTopic(w: Writer, m: DescribeLogDirsRequestDescribableLogDirTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsRequestDescribableLogDirTopic(r: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2
  const value: DescribeLogDirsRequestDescribableLogDirTopic = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(w: Writer, list: readonly DescribeLogDirsRequestDescribableLogDirTopicInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeDescribeLogDirsRequestDescribableLogDirTopic(w, element, version)
}

function readNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(r: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 3 : 6, 2)
  if (length < 0) return null
  const list: DescribeLogDirsRequestDescribableLogDirTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsRequestDescribableLogDirTopic(r, version))
  return list
}

export function encodeDescribeLogDirsRequest(w: Writer, m: DescribeLogDirsRequestInit, version: number): void {
  if (!(version >= 1 && version <= 5)) unwritable('DescribeLogDirsRequest', version)
  writeDescribeLogDirsRequest(w, m, version)
}

export function decodeDescribeLogDirsRequest(r: Reader, version: number): DescribeLogDirsRequest {
  if (!(version >= 1 && version <= 5)) unreadable('DescribeLogDirsRequest', version, r)
  return readDescribeLogDirsRequest(r, version)
}

export interface DescribeLogDirsResponse {
  throttleTimeMs: number
  errorCode: number // 3-5
  results: DescribeLogDirsResponseDescribeLogDirsResult[]
}

export interface DescribeLogDirsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode?: number | undefined
  results: readonly DescribeLogDirsResponseDescribeLogDirsResultInit[]
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  errorCode: number
  logDir: string
  topics: DescribeLogDirsResponseDescribeLogDirsTopic[]
  totalBytes: number // 4-5
  usableBytes: number // 4-5
  isCordoned: boolean // 5
}

export interface DescribeLogDirsResponseDescribeLogDirsResultInit {
  errorCode: number
  logDir: string
  topics: readonly DescribeLogDirsResponseDescribeLogDirsTopicInit[]
  totalBytes?: number | undefined
  usableBytes?: number | undefined
  isCordoned?: boolean | undefined
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  name: string
  partitions: DescribeLogDirsResponseDescribeLogDirsPartition[]
}

export interface DescribeLogDirsResponseDescribeLogDirsTopicInit {
  name: string
  partitions: readonly DescribeLogDirsResponseDescribeLogDirsPartitionInit[]
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  partitionIndex: number
  partitionSize: number
  offsetLag: number
  isFutureKey: boolean
}

export type DescribeLogDirsResponseDescribeLogDirsPartitionInit = DescribeLogDirsResponseDescribeLogDirsPartition

function writeDescribeLogDirsResponse(w: Writer, m: DescribeLogDirsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  if (version >= 3) w.int16(m.errorCode ?? 0)
  writeArrayOfDescribeLogDirsResponseDescribeLogDirsResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponse(r: Reader, version: number): DescribeLogDirsResponse {
  const flexible = version >= 2
  const value: DescribeLogDirsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: version >= 3 ? r.int16() : 0,
    results: readArrayOfDescribeLogDirsResponseDescribeLogDirsResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsResponseDescribeLogDirsResult(w: Writer, m: DescribeLogDirsResponseDescribeLogDirsResultInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactString(m.logDir)
  else w.string(m.logDir)
  writeArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(w, m.topics, version)
  if (version >= 4) w.int64(m.totalBytes ?? -1)
  if (version >= 4) w.int64(m.usableBytes ?? -1)
  if (version >= 5) w.boolean(m.isCordoned ?? false)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponseDescribeLogDirsResult(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2
  const value: DescribeLogDirsResponseDescribeLogDirsResult = {
    errorCode: r.int16(),
    logDir: flexible ? r.compactString() : r.string(),
    topics: readArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(r, version),
    totalBytes: version >= 4 ? r.int64() : -1,
    usableBytes: version >= 4 ? r.int64() : -1,
    isCordoned: version >= 5 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsResponseDescribeLogDirsTopic(w: Writer, m: DescribeLogDirsResponseDescribeLogDirsTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponseDescribeLogDirsTopic(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2
  const value: DescribeLogDirsResponseDescribeLogDirsTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsResponseDescribeLogDirsPartition(w: Writer, m: DescribeLogDirsResponseDescribeLogDirsPartitionInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionIndex)
  w.int64(m.partitionSize)
  w.int64(m.offsetLag)
  w.boolean(m.isFutureKey)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponseDescribeLogDirsPartition(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsPartition {
  const flexible = version >= 2
  const value: DescribeLogDirsResponseDescribeLogDirsPartition = {
    partitionIndex: r.int32(),
    partitionSize: r.int64(),
    offsetLag: r.int64(),
    isFutureKey: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeLogDirsResponseDescribeLogDirsResult(w: Writer, list: readonly DescribeLogDirsResponseDescribeLogDirsResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeLogDirsResponseDescribeLogDirsResult(w, element, version)
}

function readArrayOfDescribeLogDirsResponseDescribeLogDirsResult(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 8, 6)
  const list: DescribeLogDirsResponseDescribeLogDirsResult[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsResponseDescribeLogDirsResult(r, version))
  return list
}

function writeArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(w: Writer, list: readonly DescribeLogDirsResponseDescribeLogDirsTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeLogDirsResponseDescribeLogDirsTopic(w, element, version)
}

function readArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: DescribeLogDirsResponseDescribeLogDirsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsResponseDescribeLogDirsTopic(r, version))
  return list
}

function writeArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(w: Writer, list: readonly DescribeLogDirsResponseDescribeLogDirsPartitionInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeLogDirsResponseDescribeLogDirsPartition(w, element, version)
}

function readArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsPartition[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 22 : 21, 4)
  const list: DescribeLogDirsResponseDescribeLogDirsPartition[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsResponseDescribeLogDirsPartition(r, version))
  return list
}

export function encodeDescribeLogDirsResponse(w: Writer, m: DescribeLogDirsResponseInit, version: number): void {
  if (!(version >= 1 && version <= 5)) unwritable('DescribeLogDirsResponse', version)
  writeDescribeLogDirsResponse(w, m, version)
}

export function decodeDescribeLogDirsResponse(r: Reader, version: number): DescribeLogDirsResponse {
  if (!(version >= 1 && version <= 5)) unreadable('DescribeLogDirsResponse', version, r)
  return readDescribeLogDirsResponse(r, version)
}

/** API key 35, versions 1-5. */
export const DescribeLogDirsApi: Api<DescribeLogDirsRequest, DescribeLogDirsRequestInit, DescribeLogDirsResponse, DescribeLogDirsResponseInit> = {
  key: 35,
  name: 'DescribeLogDirs',
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeLogDirsRequest,
  decodeRequest: decodeDescribeLogDirsRequest,
  encodeResponse: encodeDescribeLogDirsResponse,
  decodeResponse: decodeDescribeLogDirsResponse,
}

// cluster/55-describe-quorum.kmsg

export interface DescribeQuorumRequest {
  topics: DescribeQuorumRequestTopicData[]
}

export interface DescribeQuorumRequestInit {
  topics: readonly DescribeQuorumRequestTopicDataInit[]
}

export interface DescribeQuorumRequestTopicData {
  topicName: string
  partitions: DescribeQuorumRequestPartitionData[]
}

export interface DescribeQuorumRequestTopicDataInit {
  topicName: string
  partitions: readonly DescribeQuorumRequestPartitionDataInit[]
}

export interface DescribeQuorumRequestPartitionData {
  partitionIndex: number
}

export type DescribeQuorumRequestPartitionDataInit = DescribeQuorumRequestPartitionData

function writeDescribeQuorumRequest(w: Writer, m: DescribeQuorumRequestInit): void {
  writeArrayOfDescribeQuorumRequestTopicData(w, m.topics)
  w.uvarint(0)
}

function readDescribeQuorumRequest(r: Reader): DescribeQuorumRequest {
  const value: DescribeQuorumRequest = {
    topics: readArrayOfDescribeQuorumRequestTopicData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumRequestTopicData(w: Writer, m: DescribeQuorumRequestTopicDataInit): void {
  w.compactString(m.topicName)
  writeArrayOfDescribeQuorumRequestPartitionData(w, m.partitions)
  w.uvarint(0)
}

function readDescribeQuorumRequestTopicData(r: Reader): DescribeQuorumRequestTopicData {
  const value: DescribeQuorumRequestTopicData = {
    topicName: r.compactString(),
    partitions: readArrayOfDescribeQuorumRequestPartitionData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumRequestPartitionData(w: Writer, m: DescribeQuorumRequestPartitionDataInit): void {
  w.int32(m.partitionIndex)
  w.uvarint(0)
}

function readDescribeQuorumRequestPartitionData(r: Reader): DescribeQuorumRequestPartitionData {
  const value: DescribeQuorumRequestPartitionData = {
    partitionIndex: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeQuorumRequestTopicData(w: Writer, list: readonly DescribeQuorumRequestTopicDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumRequestTopicData(w, element)
}

function readArrayOfDescribeQuorumRequestTopicData(r: Reader): DescribeQuorumRequestTopicData[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeQuorumRequestTopicData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumRequestTopicData(r))
  return list
}

function writeArrayOfDescribeQuorumRequestPartitionData(w: Writer, list: readonly DescribeQuorumRequestPartitionDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumRequestPartitionData(w, element)
}

function readArrayOfDescribeQuorumRequestPartitionData(r: Reader): DescribeQuorumRequestPartitionData[] {
  const length = readLength(r, true, 5, 1)
  const list: DescribeQuorumRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumRequestPartitionData(r))
  return list
}

export function encodeDescribeQuorumRequest(w: Writer, m: DescribeQuorumRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DescribeQuorumRequest', version)
  writeDescribeQuorumRequest(w, m)
}

export function decodeDescribeQuorumRequest(r: Reader, version: number): DescribeQuorumRequest {
  if (!(version >= 0 && version <= 2)) unreadable('DescribeQuorumRequest', version, r)
  return readDescribeQuorumRequest(r)
}

export interface DescribeQuorumResponse {
  errorCode: number
  errorMessage: string | null // 2
  topics: DescribeQuorumResponseTopicData[]
  nodes: DescribeQuorumResponseNode[] // 2
}

export interface DescribeQuorumResponseInit {
  errorCode: number
  errorMessage?: string | null | undefined
  topics: readonly DescribeQuorumResponseTopicDataInit[]
  nodes?: readonly DescribeQuorumResponseNodeInit[] | undefined
}

export interface DescribeQuorumResponseTopicData {
  topicName: string
  partitions: DescribeQuorumResponsePartitionData[]
}

export interface DescribeQuorumResponseTopicDataInit {
  topicName: string
  partitions: readonly DescribeQuorumResponsePartitionDataInit[]
}

export interface DescribeQuorumResponsePartitionData {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null // 2
  leaderId: number
  leaderEpoch: number
  highWatermark: number
  currentVoters: DescribeQuorumResponseReplicaState[]
  observers: DescribeQuorumResponseReplicaState[]
}

export interface DescribeQuorumResponsePartitionDataInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
  leaderId: number
  leaderEpoch: number
  highWatermark: number
  currentVoters: readonly DescribeQuorumResponseReplicaStateInit[]
  observers: readonly DescribeQuorumResponseReplicaStateInit[]
}

export interface DescribeQuorumResponseReplicaState {
  replicaId: number
  replicaDirectoryId: string // 2
  logEndOffset: number
  lastFetchTimestamp: number // 1-2
  lastCaughtUpTimestamp: number // 1-2
}

export interface DescribeQuorumResponseReplicaStateInit {
  replicaId: number
  replicaDirectoryId?: string | undefined
  logEndOffset: number
  lastFetchTimestamp?: number | undefined
  lastCaughtUpTimestamp?: number | undefined
}

export interface DescribeQuorumResponseNode {
  nodeId: number
  listeners: DescribeQuorumResponseListener[]
}

export interface DescribeQuorumResponseNodeInit {
  nodeId: number
  listeners: readonly DescribeQuorumResponseListenerInit[]
}

export interface DescribeQuorumResponseListener {
  name: string
  host: string
  port: number
}

export type DescribeQuorumResponseListenerInit = DescribeQuorumResponseListener

function writeDescribeQuorumResponse(w: Writer, m: DescribeQuorumResponseInit, version: number): void {
  w.int16(m.errorCode)
  if (version >= 2) w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeQuorumResponseTopicData(w, m.topics, version)
  if (version >= 2) writeArrayOfDescribeQuorumResponseNode(w, m.nodes ?? nothing)
  else { if (m.nodes !== undefined && m.nodes.length > 0) refuse('DescribeQuorumResponse.nodes', version) }
  w.uvarint(0)
}

function readDescribeQuorumResponse(r: Reader, version: number): DescribeQuorumResponse {
  const value: DescribeQuorumResponse = {
    errorCode: r.int16(),
    errorMessage: version >= 2 ? r.compactNullableString() : null,
    topics: readArrayOfDescribeQuorumResponseTopicData(r, version),
    nodes: version >= 2 ? readArrayOfDescribeQuorumResponseNode(r) : [],
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumResponseTopicData(w: Writer, m: DescribeQuorumResponseTopicDataInit, version: number): void {
  w.compactString(m.topicName)
  writeArrayOfDescribeQuorumResponsePartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readDescribeQuorumResponseTopicData(r: Reader, version: number): DescribeQuorumResponseTopicData {
  const value: DescribeQuorumResponseTopicData = {
    topicName: r.compactString(),
    partitions: readArrayOfDescribeQuorumResponsePartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumResponsePartitionData(w: Writer, m: DescribeQuorumResponsePartitionDataInit, version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  if (version >= 2) w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch)
  w.int64(m.highWatermark)
  writeArrayOfDescribeQuorumResponseReplicaState(w, m.currentVoters, version)
  writeArrayOfDescribeQuorumResponseReplicaState(w, m.observers, version)
  w.uvarint(0)
}

function readDescribeQuorumResponsePartitionData(r: Reader, version: number): DescribeQuorumResponsePartitionData {
  const value: DescribeQuorumResponsePartitionData = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: version >= 2 ? r.compactNullableString() : null,
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    highWatermark: r.int64(),
    currentVoters: readArrayOfDescribeQuorumResponseReplicaState(r, version),
    observers: readArrayOfDescribeQuorumResponseReplicaState(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumResponseReplicaState(w: Writer, m: DescribeQuorumResponseReplicaStateInit, version: number): void {
  w.int32(m.replicaId)
  if (version >= 2) w.uuid(m.replicaDirectoryId ?? zeroUuid)
  else { if (m.replicaDirectoryId !== undefined && m.replicaDirectoryId !== zeroUuid) refuse('DescribeQuorumResponseReplicaState.replicaDirectoryId', version) }
  w.int64(m.logEndOffset)
  if (version >= 1) w.int64(m.lastFetchTimestamp ?? -1)
  if (version >= 1) w.int64(m.lastCaughtUpTimestamp ?? -1)
  w.uvarint(0)
}

function readDescribeQuorumResponseReplicaState(r: Reader, version: number): DescribeQuorumResponseReplicaState {
  const value: DescribeQuorumResponseReplicaState = {
    replicaId: r.int32(),
    replicaDirectoryId: version >= 2 ? r.uuid() : zeroUuid,
    logEndOffset: r.int64(),
    lastFetchTimestamp: version >= 1 ? r.int64() : -1,
    lastCaughtUpTimestamp: version >= 1 ? r.int64() : -1,
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumResponseNode(w: Writer, m: DescribeQuorumResponseNodeInit): void {
  w.int32(m.nodeId)
  writeArrayOfDescribeQuorumResponseListener(w, m.listeners)
  w.uvarint(0)
}

function readDescribeQuorumResponseNode(r: Reader): DescribeQuorumResponseNode {
  const value: DescribeQuorumResponseNode = {
    nodeId: r.int32(),
    listeners: readArrayOfDescribeQuorumResponseListener(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumResponseListener(w: Writer, m: DescribeQuorumResponseListenerInit): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readDescribeQuorumResponseListener(r: Reader): DescribeQuorumResponseListener {
  const value: DescribeQuorumResponseListener = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeQuorumResponseTopicData(w: Writer, list: readonly DescribeQuorumResponseTopicDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponseTopicData(w, element, version)
}

function readArrayOfDescribeQuorumResponseTopicData(r: Reader, version: number): DescribeQuorumResponseTopicData[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeQuorumResponseTopicData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponseTopicData(r, version))
  return list
}

function writeArrayOfDescribeQuorumResponseNode(w: Writer, list: readonly DescribeQuorumResponseNodeInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponseNode(w, element)
}

function readArrayOfDescribeQuorumResponseNode(r: Reader): DescribeQuorumResponseNode[] {
  const length = readLength(r, true, 6, 2)
  const list: DescribeQuorumResponseNode[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponseNode(r))
  return list
}

function writeArrayOfDescribeQuorumResponsePartitionData(w: Writer, list: readonly DescribeQuorumResponsePartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponsePartitionData(w, element, version)
}

function readArrayOfDescribeQuorumResponsePartitionData(r: Reader, version: number): DescribeQuorumResponsePartitionData[] {
  const length = readLength(r, true, 25, 8)
  const list: DescribeQuorumResponsePartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponsePartitionData(r, version))
  return list
}

function writeArrayOfDescribeQuorumResponseReplicaState(w: Writer, list: readonly DescribeQuorumResponseReplicaStateInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponseReplicaState(w, element, version)
}

function readArrayOfDescribeQuorumResponseReplicaState(r: Reader, version: number): DescribeQuorumResponseReplicaState[] {
  const length = readLength(r, true, 13, 5)
  const list: DescribeQuorumResponseReplicaState[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponseReplicaState(r, version))
  return list
}

function writeArrayOfDescribeQuorumResponseListener(w: Writer, list: readonly DescribeQuorumResponseListenerInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponseListener(w, element)
}

function readArrayOfDescribeQuorumResponseListener(r: Reader): DescribeQuorumResponseListener[] {
  const length = readLength(r, true, 5, 3)
  const list: DescribeQuorumResponseListener[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponseListener(r))
  return list
}

export function encodeDescribeQuorumResponse(w: Writer, m: DescribeQuorumResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DescribeQuorumResponse', version)
  writeDescribeQuorumResponse(w, m, version)
}

export function decodeDescribeQuorumResponse(r: Reader, version: number): DescribeQuorumResponse {
  if (!(version >= 0 && version <= 2)) unreadable('DescribeQuorumResponse', version, r)
  return readDescribeQuorumResponse(r, version)
}

/** API key 55, versions 0-2. */
export const DescribeQuorumApi: Api<DescribeQuorumRequest, DescribeQuorumRequestInit, DescribeQuorumResponse, DescribeQuorumResponseInit> = {
  key: 55,
  name: 'DescribeQuorum',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeQuorumRequest,
  decodeRequest: decodeDescribeQuorumRequest,
  encodeResponse: encodeDescribeQuorumResponse,
  decodeResponse: decodeDescribeQuorumResponse,
}

// cluster/57-update-features.kmsg

export interface UpdateFeaturesRequest {
  timeoutMs: number
  featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[]
  validateOnly: boolean // 1-2
}

export interface UpdateFeaturesRequestInit {
  timeoutMs?: number | undefined
  featureUpdates: readonly UpdateFeaturesRequestFeatureUpdateKeyInit[]
  validateOnly?: boolean | undefined
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  feature: string
  maxVersionLevel: number
  allowDowngrade: boolean // 0
  upgradeType: number // 1-2
}

export interface UpdateFeaturesRequestFeatureUpdateKeyInit {
  feature: string
  maxVersionLevel: number
  allowDowngrade?: boolean | undefined
  upgradeType?: number | undefined
}

function writeUpdateFeaturesRequest(w: Writer, m: UpdateFeaturesRequestInit, version: number): void {
  w.int32(m.timeoutMs ?? 60000)
  writeArrayOfUpdateFeaturesRequestFeatureUpdateKey(w, m.featureUpdates, version)
  if (version >= 1) w.boolean(m.validateOnly ?? false)
  else { if (m.validateOnly !== undefined && m.validateOnly !== false) refuse('UpdateFeaturesRequest.validateOnly', version) }
  w.uvarint(0)
}

function readUpdateFeaturesRequest(r: Reader, version: number): UpdateFeaturesRequest {
  const value: UpdateFeaturesRequest = {
    timeoutMs: r.int32(),
    featureUpdates: readArrayOfUpdateFeaturesRequestFeatureUpdateKey(r, version),
    validateOnly: version >= 1 ? r.boolean() : false,
  }
  r.skipTaggedFields()
  return value
}

function writeUpdateFeaturesRequestFeatureUpdateKey(w: Writer, m: UpdateFeaturesRequestFeatureUpdateKeyInit, version: number): void {
  w.compactString(m.feature)
  w.int16(m.maxVersionLevel)
  if (version >= 1) { if (m.allowDowngrade !== undefined && m.allowDowngrade !== false) refuse('UpdateFeaturesRequestFeatureUpdateKey.allowDowngrade', version) }
  else w.boolean(m.allowDowngrade ?? false)
  if (version >= 1) w.int8(m.upgradeType ?? 1)
  else { if (m.upgradeType !== undefined && m.upgradeType !== 1) refuse('UpdateFeaturesRequestFeatureUpdateKey.upgradeType', version) }
  w.uvarint(0)
}

function readUpdateFeaturesRequestFeatureUpdateKey(r: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey {
  const value: UpdateFeaturesRequestFeatureUpdateKey = {
    feature: r.compactString(),
    maxVersionLevel: r.int16(),
    allowDowngrade: version >= 1 ? false : r.boolean(),
    upgradeType: version >= 1 ? r.int8() : 1,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfUpdateFeaturesRequestFeatureUpdateKey(w: Writer, list: readonly UpdateFeaturesRequestFeatureUpdateKeyInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeUpdateFeaturesRequestFeatureUpdateKey(w, element, version)
}

function readArrayOfUpdateFeaturesRequestFeatureUpdateKey(r: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey[] {
  const length = readLength(r, true, 5, 4)
  const list: UpdateFeaturesRequestFeatureUpdateKey[] = []
  for (let index = 0; index < length; index++) list.push(readUpdateFeaturesRequestFeatureUpdateKey(r, version))
  return list
}

export function encodeUpdateFeaturesRequest(w: Writer, m: UpdateFeaturesRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('UpdateFeaturesRequest', version)
  writeUpdateFeaturesRequest(w, m, version)
}

export function decodeUpdateFeaturesRequest(r: Reader, version: number): UpdateFeaturesRequest {
  if (!(version >= 0 && version <= 2)) unreadable('UpdateFeaturesRequest', version, r)
  return readUpdateFeaturesRequest(r, version)
}

export interface UpdateFeaturesResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  results: UpdateFeaturesResponseUpdatableFeatureResult[] // 0-1
}

export interface UpdateFeaturesResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  results?: readonly UpdateFeaturesResponseUpdatableFeatureResultInit[] | undefined
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  feature: string
  errorCode: number
  errorMessage: string | null
}

export interface UpdateFeaturesResponseUpdatableFeatureResultInit {
  feature: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeUpdateFeaturesResponse(w: Writer, m: UpdateFeaturesResponseInit, version: number): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  if (version <= 1) writeArrayOfUpdateFeaturesResponseUpdatableFeatureResult(w, m.results ?? nothing)
  w.uvarint(0)
}

function readUpdateFeaturesResponse(r: Reader, version: number): UpdateFeaturesResponse {
  const value: UpdateFeaturesResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    results: version >= 2 ? [] : readArrayOfUpdateFeaturesResponseUpdatableFeatureResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeUpdateFeaturesResponseUpdatableFeatureResult(w: Writer, m: UpdateFeaturesResponseUpdatableFeatureResultInit): void {
  w.compactString(m.feature)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readUpdateFeaturesResponseUpdatableFeatureResult(r: Reader): UpdateFeaturesResponseUpdatableFeatureResult {
  const value: UpdateFeaturesResponseUpdatableFeatureResult = {
    feature: r.compactString(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfUpdateFeaturesResponseUpdatableFeatureResult(w: Writer, list: readonly UpdateFeaturesResponseUpdatableFeatureResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeUpdateFeaturesResponseUpdatableFeatureResult(w, element)
}

function readArrayOfUpdateFeaturesResponseUpdatableFeatureResult(r: Reader): UpdateFeaturesResponseUpdatableFeatureResult[] {
  const length = readLength(r, true, 5, 3)
  const list: UpdateFeaturesResponseUpdatableFeatureResult[] = []
  for (let index = 0; index < length; index++) list.push(readUpdateFeaturesResponseUpdatableFeatureResult(r))
  return list
}

export function encodeUpdateFeaturesResponse(w: Writer, m: UpdateFeaturesResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('UpdateFeaturesResponse', version)
  writeUpdateFeaturesResponse(w, m, version)
}

export function decodeUpdateFeaturesResponse(r: Reader, version: number): UpdateFeaturesResponse {
  if (!(version >= 0 && version <= 2)) unreadable('UpdateFeaturesResponse', version, r)
  return readUpdateFeaturesResponse(r, version)
}

/** API key 57, versions 0-2. */
export const UpdateFeaturesApi: Api<UpdateFeaturesRequest, UpdateFeaturesRequestInit, UpdateFeaturesResponse, UpdateFeaturesResponseInit> = {
  key: 57,
  name: 'UpdateFeatures',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeUpdateFeaturesRequest,
  decodeRequest: decodeUpdateFeaturesRequest,
  encodeResponse: encodeUpdateFeaturesResponse,
  decodeResponse: decodeUpdateFeaturesResponse,
}

// cluster/60-describe-cluster.kmsg

export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean
  endpointType: number // 1-2
  includeFencedBrokers: boolean // 2
}

export interface DescribeClusterRequestInit {
  includeClusterAuthorizedOperations: boolean
  endpointType?: number | undefined
  includeFencedBrokers?: boolean | undefined
}

function writeDescribeClusterRequest(w: Writer, m: DescribeClusterRequestInit, version: number): void {
  w.boolean(m.includeClusterAuthorizedOperations)
  if (version >= 1) w.int8(m.endpointType ?? 1)
  else { if (m.endpointType !== undefined && m.endpointType !== 1) refuse('DescribeClusterRequest.endpointType', version) }
  if (version >= 2) w.boolean(m.includeFencedBrokers ?? false)
  else { if (m.includeFencedBrokers !== undefined && m.includeFencedBrokers !== false) refuse('DescribeClusterRequest.includeFencedBrokers', version) }
  w.uvarint(0)
}

function readDescribeClusterRequest(r: Reader, version: number): DescribeClusterRequest {
  const value: DescribeClusterRequest = {
    includeClusterAuthorizedOperations: r.boolean(),
    endpointType: version >= 1 ? r.int8() : 1,
    includeFencedBrokers: version >= 2 ? r.boolean() : false,
  }
  r.skipTaggedFields()
  return value
}

export function encodeDescribeClusterRequest(w: Writer, m: DescribeClusterRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DescribeClusterRequest', version)
  writeDescribeClusterRequest(w, m, version)
}

export function decodeDescribeClusterRequest(r: Reader, version: number): DescribeClusterRequest {
  if (!(version >= 0 && version <= 2)) unreadable('DescribeClusterRequest', version, r)
  return readDescribeClusterRequest(r, version)
}

export interface DescribeClusterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  endpointType: number // 1-2
  clusterId: string
  controllerId: number
  brokers: DescribeClusterResponseDescribeClusterBroker[]
  clusterAuthorizedOperations: number
}

export interface DescribeClusterResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  endpointType?: number | undefined
  clusterId: string
  controllerId?: number | undefined
  brokers: readonly DescribeClusterResponseDescribeClusterBrokerInit[]
  clusterAuthorizedOperations?: number | undefined
}

export interface DescribeClusterResponseDescribeClusterBroker {
  brokerId: number
  host: string
  port: number
  rack: string | null
  isFenced: boolean // 2
}

export interface DescribeClusterResponseDescribeClusterBrokerInit {
  brokerId: number
  host: string
  port: number
  rack?: string | null | undefined
  isFenced?: boolean | undefined
}

function writeDescribeClusterResponse(w: Writer, m: DescribeClusterResponseInit, version: number): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  if (version >= 1) w.int8(m.endpointType ?? 1)
  else { if (m.endpointType !== undefined && m.endpointType !== 1) refuse('DescribeClusterResponse.endpointType', version) }
  w.compactString(m.clusterId)
  w.int32(m.controllerId ?? -1)
  writeArrayOfDescribeClusterResponseDescribeClusterBroker(w, m.brokers, version)
  w.int32(m.clusterAuthorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readDescribeClusterResponse(r: Reader, version: number): DescribeClusterResponse {
  const value: DescribeClusterResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    endpointType: version >= 1 ? r.int8() : 1,
    clusterId: r.compactString(),
    controllerId: r.int32(),
    brokers: readArrayOfDescribeClusterResponseDescribeClusterBroker(r, version),
    clusterAuthorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeClusterResponseDescribeClusterBroker(w: Writer, m: DescribeClusterResponseDescribeClusterBrokerInit, version: number): void {
  w.int32(m.brokerId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  if (version >= 2) w.boolean(m.isFenced ?? false)
  else { if (m.isFenced !== undefined && m.isFenced !== false) refuse('DescribeClusterResponseDescribeClusterBroker.isFenced', version) }
  w.uvarint(0)
}

function readDescribeClusterResponseDescribeClusterBroker(r: Reader, version: number): DescribeClusterResponseDescribeClusterBroker {
  const value: DescribeClusterResponseDescribeClusterBroker = {
    brokerId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
    isFenced: version >= 2 ? r.boolean() : false,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeClusterResponseDescribeClusterBroker(w: Writer, list: readonly DescribeClusterResponseDescribeClusterBrokerInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeClusterResponseDescribeClusterBroker(w, element, version)
}

function readArrayOfDescribeClusterResponseDescribeClusterBroker(r: Reader, version: number): DescribeClusterResponseDescribeClusterBroker[] {
  const length = readLength(r, true, 11, 5)
  const list: DescribeClusterResponseDescribeClusterBroker[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClusterResponseDescribeClusterBroker(r, version))
  return list
}

export function encodeDescribeClusterResponse(w: Writer, m: DescribeClusterResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DescribeClusterResponse', version)
  writeDescribeClusterResponse(w, m, version)
}

export function decodeDescribeClusterResponse(r: Reader, version: number): DescribeClusterResponse {
  if (!(version >= 0 && version <= 2)) unreadable('DescribeClusterResponse', version, r)
  return readDescribeClusterResponse(r, version)
}

/** API key 60, versions 0-2. */
export const DescribeClusterApi: Api<DescribeClusterRequest, DescribeClusterRequestInit, DescribeClusterResponse, DescribeClusterResponseInit> = {
  key: 60,
  name: 'DescribeCluster',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeClusterRequest,
  decodeRequest: decodeDescribeClusterRequest,
  encodeResponse: encodeDescribeClusterResponse,
  decodeResponse: decodeDescribeClusterResponse,
}

// cluster/64-unregister-broker.kmsg

export interface UnregisterBrokerRequest {
  brokerId: number
}

export type UnregisterBrokerRequestInit = UnregisterBrokerRequest

function writeUnregisterBrokerRequest(w: Writer, m: UnregisterBrokerRequestInit): void {
  w.int32(m.brokerId)
  w.uvarint(0)
}

function readUnregisterBrokerRequest(r: Reader): UnregisterBrokerRequest {
  const value: UnregisterBrokerRequest = {
    brokerId: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUnregisterBrokerRequest(w: Writer, m: UnregisterBrokerRequestInit, version: number): void {
  if (version !== 0) unwritable('UnregisterBrokerRequest', version)
  writeUnregisterBrokerRequest(w, m)
}

export function decodeUnregisterBrokerRequest(r: Reader, version: number): UnregisterBrokerRequest {
  if (version !== 0) unreadable('UnregisterBrokerRequest', version, r)
  return readUnregisterBrokerRequest(r)
}

export interface UnregisterBrokerResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export interface UnregisterBrokerResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeUnregisterBrokerResponse(w: Writer, m: UnregisterBrokerResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readUnregisterBrokerResponse(r: Reader): UnregisterBrokerResponse {
  const value: UnregisterBrokerResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUnregisterBrokerResponse(w: Writer, m: UnregisterBrokerResponseInit, version: number): void {
  if (version !== 0) unwritable('UnregisterBrokerResponse', version)
  writeUnregisterBrokerResponse(w, m)
}

export function decodeUnregisterBrokerResponse(r: Reader, version: number): UnregisterBrokerResponse {
  if (version !== 0) unreadable('UnregisterBrokerResponse', version, r)
  return readUnregisterBrokerResponse(r)
}

/** API key 64, versions 0. */
export const UnregisterBrokerApi: Api<UnregisterBrokerRequest, UnregisterBrokerRequestInit, UnregisterBrokerResponse, UnregisterBrokerResponseInit> = {
  key: 64,
  name: 'UnregisterBroker',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeUnregisterBrokerRequest,
  decodeRequest: decodeUnregisterBrokerRequest,
  encodeResponse: encodeUnregisterBrokerResponse,
  decodeResponse: decodeUnregisterBrokerResponse,
}

// cluster/75-describe-topic-partitions.kmsg

export interface DescribeTopicPartitionsRequest {
  topics: DescribeTopicPartitionsRequestTopicRequest[]
  responsePartitionLimit: number
  cursor: DescribeTopicPartitionsRequestCursor | null
}

export interface DescribeTopicPartitionsRequestInit {
  topics: readonly DescribeTopicPartitionsRequestTopicRequestInit[]
  responsePartitionLimit?: number | undefined
  cursor?: DescribeTopicPartitionsRequestCursorInit | null | undefined
}

export interface DescribeTopicPartitionsRequestTopicRequest {
  name: string
}

export type DescribeTopicPartitionsRequestTopicRequestInit = DescribeTopicPartitionsRequestTopicRequest

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string
  partitionIndex: number
}

export type DescribeTopicPartitionsRequestCursorInit = DescribeTopicPartitionsRequestCursor

function writeDescribeTopicPartitionsRequest(w: Writer, m: DescribeTopicPartitionsRequestInit): void {
  writeArrayOfDescribeTopicPartitionsRequestTopicRequest(w, m.topics)
  w.int32(m.responsePartitionLimit ?? 2000)
  writeNullableDescribeTopicPartitionsRequestCursor(w, m.cursor ?? null)
  w.uvarint(0)
}

function readDescribeTopicPartitionsRequest(r: Reader): DescribeTopicPartitionsRequest {
  const value: DescribeTopicPartitionsRequest = {
    topics: readArrayOfDescribeTopicPartitionsRequestTopicRequest(r),
    responsePartitionLimit: r.int32(),
    cursor: readNullableDescribeTopicPartitionsRequestCursor(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsRequestTopicRequest(w: Writer, m: DescribeTopicPartitionsRequestTopicRequestInit): void {
  w.compactString(m.name)
  w.uvarint(0)
}

function readDescribeTopicPartitionsRequestTopicRequest(r: Reader): DescribeTopicPartitionsRequestTopicRequest {
  const value: DescribeTopicPartitionsRequestTopicRequest = {
    name: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsRequestCursor(w: Writer, m: DescribeTopicPartitionsRequestCursorInit): void {
  w.compactString(m.topicName)
  w.int32(m.partitionIndex)
  w.uvarint(0)
}

function readDescribeTopicPartitionsRequestCursor(r: Reader): DescribeTopicPartitionsRequestCursor {
  const value: DescribeTopicPartitionsRequestCursor = {
    topicName: r.compactString(),
    partitionIndex: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableDescribeTopicPartitionsRequestCursor(w: Writer, m: DescribeTopicPartitionsRequestCursorInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeDescribeTopicPartitionsRequestCursor(w, m)
}

function readNullableDescribeTopicPartitionsRequestCursor(r: Reader): DescribeTopicPartitionsRequestCursor | null {
  return r.int8() < 0 ? null : readDescribeTopicPartitionsRequestCursor(r)
}

function writeArrayOfDescribeTopicPartitionsRequestTopicRequest(w: Writer, list: readonly DescribeTopicPartitionsRequestTopicRequestInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTopicPartitionsRequestTopicRequest(w, element)
}

function readArrayOfDescribeTopicPartitionsRequestTopicRequest(r: Reader): DescribeTopicPartitionsRequestTopicRequest[] {
  const length = readLength(r, true, 2, 1)
  const list: DescribeTopicPartitionsRequestTopicRequest[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTopicPartitionsRequestTopicRequest(r))
  return list
}

export function encodeDescribeTopicPartitionsRequest(w: Writer, m: DescribeTopicPartitionsRequestInit, version: number): void {
  if (version !== 0) unwritable('DescribeTopicPartitionsRequest', version)
  writeDescribeTopicPartitionsRequest(w, m)
}

export function decodeDescribeTopicPartitionsRequest(r: Reader, version: number): DescribeTopicPartitionsRequest {
  if (version !== 0) unreadable('DescribeTopicPartitionsRequest', version, r)
  return readDescribeTopicPartitionsRequest(r)
}

export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number
  topics: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic[]
  nextCursor: DescribeTopicPartitionsResponseCursor | null
}

export interface DescribeTopicPartitionsResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit[]
  nextCursor?: DescribeTopicPartitionsResponseCursorInit | null | undefined
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic {
  errorCode: number
  name: string | null
  topicId: string
  isInternal: boolean
  partitions: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition[]
  topicAuthorizedOperations: number
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit {
  errorCode: number
  name?: string | null | undefined
  topicId: string
  isInternal?: boolean | undefined
  partitions: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit[]
  topicAuthorizedOperations?: number | undefined
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch: number
  replicaNodes: number[]
  isrNodes: number[]
  eligibleLeaderReplicas: number[] | null
  lastKnownElr: number[] | null
  offlineReplicas: number[]
}

export interface DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch?: number | undefined
  replicaNodes: readonly number[]
  isrNodes: readonly number[]
  eligibleLeaderReplicas?: readonly number[] | null | undefined
  lastKnownElr?: readonly number[] | null | undefined
  offlineReplicas: readonly number[]
}

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string
  partitionIndex: number
}

export type DescribeTopicPartitionsResponseCursorInit = DescribeTopicPartitionsResponseCursor

function writeDescribeTopicPartitionsResponse(w: Writer, m: DescribeTopicPartitionsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w, m.topics)
  writeNullableDescribeTopicPartitionsResponseCursor(w, m.nextCursor ?? null)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponse(r: Reader): DescribeTopicPartitionsResponse {
  const value: DescribeTopicPartitionsResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r),
    nextCursor: readNullableDescribeTopicPartitionsResponseCursor(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w: Writer, m: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit): void {
  w.int16(m.errorCode)
  w.compactNullableString(m.name ?? null)
  w.uuid(m.topicId)
  w.boolean(m.isInternal ?? false)
  writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w, m.partitions)
  w.int32(m.topicAuthorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r: Reader): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic {
  const value: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic = {
    errorCode: r.int16(),
    name: r.compactNullableString(),
    topicId: r.uuid(),
    isInternal: r.boolean(),
    partitions: readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r),
    topicAuthorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w: Writer, m: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit): void {
  w.int16(m.errorCode)
  w.int32(m.partitionIndex)
  w.int32(m.leaderId)
  w.int32(m.leaderEpoch ?? -1)
  writeInt32s(w, m.replicaNodes, true)
  writeInt32s(w, m.isrNodes, true)
  writeNullableInt32s(w, m.eligibleLeaderReplicas ?? null, true)
  writeNullableInt32s(w, m.lastKnownElr ?? null, true)
  writeInt32s(w, m.offlineReplicas, true)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r: Reader): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition {
  const value: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition = {
    errorCode: r.int16(),
    partitionIndex: r.int32(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    replicaNodes: readInt32s(r, true),
    isrNodes: readInt32s(r, true),
    eligibleLeaderReplicas: readNullableInt32s(r, true),
    lastKnownElr: readNullableInt32s(r, true),
    offlineReplicas: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTopicPartitionsResponseCursor(w: Writer, m: DescribeTopicPartitionsResponseCursorInit): void {
  w.compactString(m.topicName)
  w.int32(m.partitionIndex)
  w.uvarint(0)
}

function readDescribeTopicPartitionsResponseCursor(r: Reader): DescribeTopicPartitionsResponseCursor {
  const value: DescribeTopicPartitionsResponseCursor = {
    topicName: r.compactString(),
    partitionIndex: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableDescribeTopicPartitionsResponseCursor(w: Writer, m: DescribeTopicPartitionsResponseCursorInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeDescribeTopicPartitionsResponseCursor(w, m)
}

function readNullableDescribeTopicPartitionsResponseCursor(r: Reader): DescribeTopicPartitionsResponseCursor | null {
  return r.int8() < 0 ? null : readDescribeTopicPartitionsResponseCursor(r)
}

function writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w: Writer, list: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(w, element)
}

function readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r: Reader): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic[] {
  const length = readLength(r, true, 26, 6)
  const list: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponseTopic(r))
  return list
}

function writeArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w: Writer, list: readonly DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(w, element)
}

function readArrayOfDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r: Reader): DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition[] {
  const length = readLength(r, true, 20, 9)
  const list: DescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTopicPartitionsResponseDescribeTopicPartitionsResponsePartition(r))
  return list
}

export function encodeDescribeTopicPartitionsResponse(w: Writer, m: DescribeTopicPartitionsResponseInit, version: number): void {
  if (version !== 0) unwritable('DescribeTopicPartitionsResponse', version)
  writeDescribeTopicPartitionsResponse(w, m)
}

export function decodeDescribeTopicPartitionsResponse(r: Reader, version: number): DescribeTopicPartitionsResponse {
  if (version !== 0) unreadable('DescribeTopicPartitionsResponse', version, r)
  return readDescribeTopicPartitionsResponse(r)
}

/** API key 75, versions 0. */
export const DescribeTopicPartitionsApi: Api<DescribeTopicPartitionsRequest, DescribeTopicPartitionsRequestInit, DescribeTopicPartitionsResponse, DescribeTopicPartitionsResponseInit> = {
  key: 75,
  name: 'DescribeTopicPartitions',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeTopicPartitionsRequest,
  decodeRequest: decodeDescribeTopicPartitionsRequest,
  encodeResponse: encodeDescribeTopicPartitionsResponse,
  decodeResponse: decodeDescribeTopicPartitionsResponse,
}

// cluster/80-add-raft-voter.kmsg

export interface AddRaftVoterRequest {
  clusterId: string | null
  timeoutMs: number
  voterId: number
  voterDirectoryId: string
  listeners: AddRaftVoterRequestListener[]
  ackWhenCommitted: boolean // 1
}

export interface AddRaftVoterRequestInit {
  clusterId?: string | null | undefined
  timeoutMs: number
  voterId: number
  voterDirectoryId: string
  listeners: readonly AddRaftVoterRequestListenerInit[]
  ackWhenCommitted?: boolean | undefined
}

export interface AddRaftVoterRequestListener {
  name: string
  host: string
  port: number
}

export type AddRaftVoterRequestListenerInit = AddRaftVoterRequestListener

function writeAddRaftVoterRequest(w: Writer, m: AddRaftVoterRequestInit, version: number): void {
  w.compactNullableString(m.clusterId ?? null)
  w.int32(m.timeoutMs)
  w.int32(m.voterId)
  w.uuid(m.voterDirectoryId)
  writeArrayOfAddRaftVoterRequestListener(w, m.listeners)
  if (version >= 1) w.boolean(m.ackWhenCommitted ?? true)
  else { if (m.ackWhenCommitted !== undefined && m.ackWhenCommitted !== true) refuse('AddRaftVoterRequest.ackWhenCommitted', version) }
  w.uvarint(0)
}

function readAddRaftVoterRequest(r: Reader, version: number): AddRaftVoterRequest {
  const value: AddRaftVoterRequest = {
    clusterId: r.compactNullableString(),
    timeoutMs: r.int32(),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    listeners: readArrayOfAddRaftVoterRequestListener(r),
    ackWhenCommitted: version >= 1 ? r.boolean() : true,
  }
  r.skipTaggedFields()
  return value
}

function writeAddRaftVoterRequestListener(w: Writer, m: AddRaftVoterRequestListenerInit): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readAddRaftVoterRequestListener(r: Reader): AddRaftVoterRequestListener {
  const value: AddRaftVoterRequestListener = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAddRaftVoterRequestListener(w: Writer, list: readonly AddRaftVoterRequestListenerInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAddRaftVoterRequestListener(w, element)
}

function readArrayOfAddRaftVoterRequestListener(r: Reader): AddRaftVoterRequestListener[] {
  const length = readLength(r, true, 5, 3)
  const list: AddRaftVoterRequestListener[] = []
  for (let index = 0; index < length; index++) list.push(readAddRaftVoterRequestListener(r))
  return list
}

export function encodeAddRaftVoterRequest(w: Writer, m: AddRaftVoterRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('AddRaftVoterRequest', version)
  writeAddRaftVoterRequest(w, m, version)
}

export function decodeAddRaftVoterRequest(r: Reader, version: number): AddRaftVoterRequest {
  if (!(version >= 0 && version <= 1)) unreadable('AddRaftVoterRequest', version, r)
  return readAddRaftVoterRequest(r, version)
}

export interface AddRaftVoterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export interface AddRaftVoterResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAddRaftVoterResponse(w: Writer, m: AddRaftVoterResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAddRaftVoterResponse(r: Reader): AddRaftVoterResponse {
  const value: AddRaftVoterResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeAddRaftVoterResponse(w: Writer, m: AddRaftVoterResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('AddRaftVoterResponse', version)
  writeAddRaftVoterResponse(w, m)
}

export function decodeAddRaftVoterResponse(r: Reader, version: number): AddRaftVoterResponse {
  if (!(version >= 0 && version <= 1)) unreadable('AddRaftVoterResponse', version, r)
  return readAddRaftVoterResponse(r)
}

/** API key 80, versions 0-1. */
export const AddRaftVoterApi: Api<AddRaftVoterRequest, AddRaftVoterRequestInit, AddRaftVoterResponse, AddRaftVoterResponseInit> = {
  key: 80,
  name: 'AddRaftVoter',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAddRaftVoterRequest,
  decodeRequest: decodeAddRaftVoterRequest,
  encodeResponse: encodeAddRaftVoterResponse,
  decodeResponse: decodeAddRaftVoterResponse,
}

// cluster/81-remove-raft-voter.kmsg

export interface RemoveRaftVoterRequest {
  clusterId: string | null
  voterId: number
  voterDirectoryId: string
}

export interface RemoveRaftVoterRequestInit {
  clusterId?: string | null | undefined
  voterId: number
  voterDirectoryId: string
}

function writeRemoveRaftVoterRequest(w: Writer, m: RemoveRaftVoterRequestInit): void {
  w.compactNullableString(m.clusterId ?? null)
  w.int32(m.voterId)
  w.uuid(m.voterDirectoryId)
  w.uvarint(0)
}

function readRemoveRaftVoterRequest(r: Reader): RemoveRaftVoterRequest {
  const value: RemoveRaftVoterRequest = {
    clusterId: r.compactNullableString(),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveRaftVoterRequest(w: Writer, m: RemoveRaftVoterRequestInit, version: number): void {
  if (version !== 0) unwritable('RemoveRaftVoterRequest', version)
  writeRemoveRaftVoterRequest(w, m)
}

export function decodeRemoveRaftVoterRequest(r: Reader, version: number): RemoveRaftVoterRequest {
  if (version !== 0) unreadable('RemoveRaftVoterRequest', version, r)
  return readRemoveRaftVoterRequest(r)
}

export interface RemoveRaftVoterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export interface RemoveRaftVoterResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeRemoveRaftVoterResponse(w: Writer, m: RemoveRaftVoterResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readRemoveRaftVoterResponse(r: Reader): RemoveRaftVoterResponse {
  const value: RemoveRaftVoterResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveRaftVoterResponse(w: Writer, m: RemoveRaftVoterResponseInit, version: number): void {
  if (version !== 0) unwritable('RemoveRaftVoterResponse', version)
  writeRemoveRaftVoterResponse(w, m)
}

export function decodeRemoveRaftVoterResponse(r: Reader, version: number): RemoveRaftVoterResponse {
  if (version !== 0) unreadable('RemoveRaftVoterResponse', version, r)
  return readRemoveRaftVoterResponse(r)
}

/** API key 81, versions 0. */
export const RemoveRaftVoterApi: Api<RemoveRaftVoterRequest, RemoveRaftVoterRequestInit, RemoveRaftVoterResponse, RemoveRaftVoterResponseInit> = {
  key: 81,
  name: 'RemoveRaftVoter',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeRemoveRaftVoterRequest,
  decodeRequest: decodeRemoveRaftVoterRequest,
  encodeResponse: encodeRemoveRaftVoterResponse,
  decodeResponse: decodeRemoveRaftVoterResponse,
}
