// Made by generator/main.ts from definitions/03-metadata.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 13) unwritable('MetadataRequest', version)
  writeMetadataRequest(w, m, version)
}

export function decodeMetadataRequest(r: Reader, version: number): MetadataRequest {
  if (version < 0 || version > 13) unreadable('MetadataRequest', version, r)
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
  if (version < 0 || version > 13) unwritable('MetadataResponse', version)
  writeMetadataResponse(w, m, version)
}

export function decodeMetadataResponse(r: Reader, version: number): MetadataResponse {
  if (version < 0 || version > 13) unreadable('MetadataResponse', version, r)
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
