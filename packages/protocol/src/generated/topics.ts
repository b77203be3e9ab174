// Made by generator/main.ts from definitions/topics/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableInt32s, readNullableLength, readStrings, writeInt32s, writeLength, writeNullableInt32s, writeStrings } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

// topics/19-create-topics.kmsg

export interface CreateTopicsRequest {
  topics: CreateTopicsRequestCreatableTopic[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreateTopicsRequestInit {
  topics: readonly CreateTopicsRequestCreatableTopicInit[]
  timeoutMs?: number | undefined
  validateOnly?: boolean | undefined
}

export interface CreateTopicsRequestCreatableTopic {
  name: string
  numPartitions: number
  replicationFactor: number
  assignments: CreateTopicsRequestCreatableReplicaAssignment[]
  configs: CreateTopicsRequestCreatableTopicConfig[]
}

export interface CreateTopicsRequestCreatableTopicInit {
  name: string
  numPartitions: number
  replicationFactor: number
  assignments: readonly CreateTopicsRequestCreatableReplicaAssignmentInit[]
  configs: readonly CreateTopicsRequestCreatableTopicConfigInit[]
}

export interface CreateTopicsRequestCreatableReplicaAssignment {
  partitionIndex: number
  brokerIds: number[]
}

export interface CreateTopicsRequestCreatableReplicaAssignmentInit {
  partitionIndex: number
  brokerIds: readonly number[]
}

export interface CreateTopicsRequestCreatableTopicConfig {
  name: string
  value: string | null
}

export interface CreateTopicsRequestCreatableTopicConfigInit {
  name: string
  value?: string | null | undefined
}

function writeCreateTopicsRequest(w: Writer, m: CreateTopicsRequestInit, version: number): void {
  const flexible = version >= 5
  writeArrayOfCreateTopicsRequestCreatableTopic(w, m.topics, version)
  w.int32(m.timeoutMs ?? 60000)
  w.boolean(m.validateOnly ?? false)
  if (flexible) w.uvarint(0)
}

function readCreateTopicsRequest(r: Reader, version: number): CreateTopicsRequest {
  const flexible = version >= 5
  const value: CreateTopicsRequest = {
    topics: readArrayOfCreateTopicsRequestCreatableTopic(r, version),
    timeoutMs: r.int32(),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateTopicsRequestCreatableTopic(w: Writer, m: CreateTopicsRequestCreatableTopicInit, version: number): void {
  const flexible = version >= 5
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  w.int32(m.numPartitions)
  w.int16(m.replicationFactor)
  writeArrayOfCreateTopicsRequestCreatableReplicaAssignment(w, m.assignments, version)
  writeArrayOfCreateTopicsRequestCreatableTopicConfig(w, m.configs, version)
  if (flexible) w.uvarint(0)
}

function readCreateTopicsRequestCreatableTopic(r: Reader, version: number): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5
  const value: CreateTopicsRequestCreatableTopic = {
    name: flexible ? r.compactString() : r.string(),
    numPartitions: r.int32(),
    replicationFactor: r.int16(),
    assignments: readArrayOfCreateTopicsRequestCreatableReplicaAssignment(r, version),
    configs: readArrayOfCreateTopicsRequestCreatableTopicConfig(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateTopicsRequestCreatableReplicaAssignment(w: Writer, m: CreateTopicsRequestCreatableReplicaAssignmentInit, version: number): void {
  const flexible = version >= 5
  w.int32(m.partitionIndex)
  writeInt32s(w, m.brokerIds, flexible)
  if (flexible) w.uvarint(0)
}

function readCreateTopicsRequestCreatableReplicaAssignment(r: Reader, version: number): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5
  const value: CreateTopicsRequestCreatableReplicaAssignment = {
    partitionIndex: r.int32(),
    brokerIds: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateTopicsRequestCreatableTopicConfig(w: Writer, m: CreateTopicsRequestCreatableTopicConfigInit, version: number): void {
  const flexible = version >= 5
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (flexible) w.compactNullableString(m.value ?? null)
  else w.nullableString(m.value ?? null)
  if (flexible) w.uvarint(0)
}

function readCreateTopicsRequestCreatableTopicConfig(r: Reader, version: number): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5
  const value: CreateTopicsRequestCreatableTopicConfig = {
    name: flexible ? r.compactString() : r.string(),
    value: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreateTopicsRequestCreatableTopic(w: Writer, list: readonly CreateTopicsRequestCreatableTopicInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateTopicsRequestCreatableTopic(w, element, version)
}

function readArrayOfCreateTopicsRequestCreatableTopic(r: Reader, version: number): CreateTopicsRequestCreatableTopic[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 10 : 16, 5)
  const list: CreateTopicsRequestCreatableTopic[] = []
  for (let index = 0; index < length; index++) list.push(readCreateTopicsRequestCreatableTopic(r, version))
  return list
}

function writeArrayOfCreateTopicsRequestCreatableReplicaAssignment(w: Writer, list: readonly CreateTopicsRequestCreatableReplicaAssignmentInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateTopicsRequestCreatableReplicaAssignment(w, element, version)
}

function readArrayOfCreateTopicsRequestCreatableReplicaAssignment(r: Reader, version: number): CreateTopicsRequestCreatableReplicaAssignment[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 6 : 8, 2)
  const list: CreateTopicsRequestCreatableReplicaAssignment[] = []
  for (let index = 0; index < length; index++) list.push(readCreateTopicsRequestCreatableReplicaAssignment(r, version))
  return list
}

function writeArrayOfCreateTopicsRequestCreatableTopicConfig(w: Writer, list: readonly CreateTopicsRequestCreatableTopicConfigInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateTopicsRequestCreatableTopicConfig(w, element, version)
}

function readArrayOfCreateTopicsRequestCreatableTopicConfig(r: Reader, version: number): CreateTopicsRequestCreatableTopicConfig[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: CreateTopicsRequestCreatableTopicConfig[] = []
  for (let index = 0; index < length; index++) list.push(readCreateTopicsRequestCreatableTopicConfig(r, version))
  return list
}

export function encodeCreateTopicsRequest(w: Writer, m: CreateTopicsRequestInit, version: number): void {
  if (!(version >= 2 && version <= 7)) unwritable('CreateTopicsRequest', version)
  writeCreateTopicsRequest(w, m, version)
}

export function decodeCreateTopicsRequest(r: Reader, version: number): CreateTopicsRequest {
  if (!(version >= 2 && version <= 7)) unreadable('CreateTopicsRequest', version, r)
  return readCreateTopicsRequest(r, version)
}

export interface CreateTopicsResponse {
  throttleTimeMs: number
  topics: CreateTopicsResponseCreatableTopicResult[]
}

export interface CreateTopicsResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly CreateTopicsResponseCreatableTopicResultInit[]
}

export interface CreateTopicsResponseCreatableTopicResult {
  name: string
  topicId: string // 7
  errorCode: number
  errorMessage: string | null
  topicConfigErrorCode: number // 5-7, tag 0
  numPartitions: number // 5-7
  replicationFactor: number // 5-7
  configs: CreateTopicsResponseCreatableTopicConfigs[] | null // 5-7
}

export interface CreateTopicsResponseCreatableTopicResultInit {
  name: string
  topicId?: string | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  topicConfigErrorCode?: number | undefined
  numPartitions?: number | undefined
  replicationFactor?: number | undefined
  configs?: readonly CreateTopicsResponseCreatableTopicConfigsInit[] | null | undefined
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  name: string
  value: string | null
  readOnly: boolean
  configSource: number
  isSensitive: boolean
}

export interface CreateTopicsResponseCreatableTopicConfigsInit {
  name: string
  value?: string | null | undefined
  readOnly: boolean
  configSource?: number | undefined
  isSensitive: boolean
}

function writeCreateTopicsResponse(w: Writer, m: CreateTopicsResponseInit, version: number): void {
  const flexible = version >= 5
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfCreateTopicsResponseCreatableTopicResult(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readCreateTopicsResponse(r: Reader, version: number): CreateTopicsResponse {
  const flexible = version >= 5
  const value: CreateTopicsResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfCreateTopicsResponseCreatableTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateTopicsResponseCreatableTopicResult(w: Writer, m: CreateTopicsResponseCreatableTopicResultInit, version: number): void {
  const flexible = version >= 5
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (version >= 7) w.uuid(m.topicId ?? zeroUuid)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  if (flexible) w.int32(m.numPartitions ?? -1)
  if (flexible) w.int16(m.replicationFactor ?? -1)
  if (flexible) writeNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(w, m.configs ?? null)
  if (flexible) {
    const t0 = m.topicConfigErrorCode
    const has0 = t0 !== undefined && t0 !== 0
    w.uvarint(has0 ? 1 : 0)
    if (has0) {
      w.uvarint(0)
      w.uvarint(2)
      w.int16(t0)
    }
  }
}

function readCreateTopicsResponseCreatableTopicResult(r: Reader, version: number): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5
  const value: CreateTopicsResponseCreatableTopicResult = {
    name: flexible ? r.compactString() : r.string(),
    topicId: version >= 7 ? r.uuid() : zeroUuid,
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    topicConfigErrorCode: 0,
    numPartitions: flexible ? r.int32() : -1,
    replicationFactor: flexible ? r.int16() : -1,
    configs: flexible ? readNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(r) : null,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.topicConfigErrorCode = r.int16()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'CreateTopicsResponse', tag)
    }
  }
  return value
}

function writeCreateTopicsResponseCreatableTopicConfigs(w: Writer, m: CreateTopicsResponseCreatableTopicConfigsInit): void {
  w.compactString(m.name)
  w.compactNullableString(m.value ?? null)
  w.boolean(m.readOnly)
  w.int8(m.configSource ?? -1)
  w.boolean(m.isSensitive)
  w.uvarint(0)
}

function readCreateTopicsResponseCreatableTopicConfigs(r: Reader): CreateTopicsResponseCreatableTopicConfigs {
  const value: CreateTopicsResponseCreatableTopicConfigs = {
    name: r.compactString(),
    value: r.compactNullableString(),
    readOnly: r.boolean(),
    configSource: r.int8(),
    isSensitive: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfCreateTopicsResponseCreatableTopicResult(w: Writer, list: readonly CreateTopicsResponseCreatableTopicResultInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateTopicsResponseCreatableTopicResult(w, element, version)
}

function readArrayOfCreateTopicsResponseCreatableTopicResult(r: Reader, version: number): CreateTopicsResponseCreatableTopicResult[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 12 : 6, 8)
  const list: CreateTopicsResponseCreatableTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readCreateTopicsResponseCreatableTopicResult(r, version))
  return list
}

function writeNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(w: Writer, list: readonly CreateTopicsResponseCreatableTopicConfigsInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeCreateTopicsResponseCreatableTopicConfigs(w, element)
}

function readNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(r: Reader): CreateTopicsResponseCreatableTopicConfigs[] | null {
  const length = readNullableLength(r, true, 6, 5)
  if (length < 0) return null
  const list: CreateTopicsResponseCreatableTopicConfigs[] = []
  for (let index = 0; index < length; index++) list.push(readCreateTopicsResponseCreatableTopicConfigs(r))
  return list
}

export function encodeCreateTopicsResponse(w: Writer, m: CreateTopicsResponseInit, version: number): void {
  if (!(version >= 2 && version <= 7)) unwritable('CreateTopicsResponse', version)
  writeCreateTopicsResponse(w, m, version)
}

export function decodeCreateTopicsResponse(r: Reader, version: number): CreateTopicsResponse {
  if (!(version >= 2 && version <= 7)) unreadable('CreateTopicsResponse', version, r)
  return readCreateTopicsResponse(r, version)
}

/** API key 19, versions 2-7. */
export const CreateTopicsApi: Api<CreateTopicsRequest, CreateTopicsRequestInit, CreateTopicsResponse, CreateTopicsResponseInit> = {
  key: 19,
  name: 'CreateTopics',
  minVersion: 2,
  maxVersion: 7,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  encodeRequest: encodeCreateTopicsRequest,
  decodeRequest: decodeCreateTopicsRequest,
  encodeResponse: encodeCreateTopicsResponse,
  decodeResponse: decodeCreateTopicsResponse,
}

// topics/20-delete-topics.kmsg

export interface DeleteTopicsRequest {
  topics: DeleteTopicsRequestDeleteTopicState[] // 6
  topicNames: string[] // 1-5
  timeoutMs: number
}

export interface DeleteTopicsRequestInit {
  topics?: readonly DeleteTopicsRequestDeleteTopicStateInit[] | undefined
  topicNames?: readonly string[] | undefined
  timeoutMs: number
}

export interface DeleteTopicsRequestDeleteTopicState {
  name: string | null
  topicId: string
}

export interface DeleteTopicsRequestDeleteTopicStateInit {
  name?: string | null | undefined
  topicId: string
}

function writeDeleteTopicsRequest(w: Writer, m: DeleteTopicsRequestInit, version: number): void {
  const flexible = version >= 4
  if (version >= 6) writeArrayOfDeleteTopicsRequestDeleteTopicState(w, m.topics ?? nothing)
  else { if (m.topics !== undefined && m.topics.length > 0) refuse('DeleteTopicsRequest.topics', version) }
  if (version <= 5) writeStrings(w, m.topicNames ?? nothing, flexible)
  w.int32(m.timeoutMs)
  if (flexible) w.uvarint(0)
}

function readDeleteTopicsRequest(r: Reader, version: number): DeleteTopicsRequest {
  const flexible = version >= 4
  const value: DeleteTopicsRequest = {
    topics: version >= 6 ? readArrayOfDeleteTopicsRequestDeleteTopicState(r) : [],
    topicNames: version >= 6 ? [] : readStrings(r, flexible),
    timeoutMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteTopicsRequestDeleteTopicState(w: Writer, m: DeleteTopicsRequestDeleteTopicStateInit): void {
  w.compactNullableString(m.name ?? null)
  w.uuid(m.topicId)
  w.uvarint(0)
}

function readDeleteTopicsRequestDeleteTopicState(r: Reader): DeleteTopicsRequestDeleteTopicState {
  const value: DeleteTopicsRequestDeleteTopicState = {
    name: r.compactNullableString(),
    topicId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteTopicsRequestDeleteTopicState(w: Writer, list: readonly DeleteTopicsRequestDeleteTopicStateInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteTopicsRequestDeleteTopicState(w, element)
}

function readArrayOfDeleteTopicsRequestDeleteTopicState(r: Reader): DeleteTopicsRequestDeleteTopicState[] {
  const length = readLength(r, true, 18, 2)
  const list: DeleteTopicsRequestDeleteTopicState[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteTopicsRequestDeleteTopicState(r))
  return list
}

export function encodeDeleteTopicsRequest(w: Writer, m: DeleteTopicsRequestInit, version: number): void {
  if (!(version >= 1 && version <= 6)) unwritable('DeleteTopicsRequest', version)
  writeDeleteTopicsRequest(w, m, version)
}

export function decodeDeleteTopicsRequest(r: Reader, version: number): DeleteTopicsRequest {
  if (!(version >= 1 && version <= 6)) unreadable('DeleteTopicsRequest', version, r)
  return readDeleteTopicsRequest(r, version)
}

export interface DeleteTopicsResponse {
  throttleTimeMs: number
  responses: DeleteTopicsResponseDeletableTopicResult[]
}

export interface DeleteTopicsResponseInit {
  throttleTimeMs?: number | undefined
  responses: readonly DeleteTopicsResponseDeletableTopicResultInit[]
}

export interface DeleteTopicsResponseDeletableTopicResult {
  name: string | null
  topicId: string // 6
  errorCode: number
  errorMessage: string | null // 5-6
}

export interface DeleteTopicsResponseDeletableTopicResultInit {
  name?: string | null | undefined
  topicId?: string | undefined
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDeleteTopicsResponse(w: Writer, m: DeleteTopicsResponseInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDeleteTopicsResponseDeletableTopicResult(w, m.responses, version)
  if (flexible) w.uvarint(0)
}

function readDeleteTopicsResponse(r: Reader, version: number): DeleteTopicsResponse {
  const flexible = version >= 4
  const value: DeleteTopicsResponse = {
    throttleTimeMs: r.int32(),
    responses: readArrayOfDeleteTopicsResponseDeletableTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteTopicsResponseDeletableTopicResult(w: Writer, m: DeleteTopicsResponseDeletableTopicResultInit, version: number): void {
  const flexible = version >= 4
  if (version >= 6) w.compactNullableString(m.name ?? null)
  else if (flexible) w.compactString(notNull(m.name, '', 'DeleteTopicsResponseDeletableTopicResult.name', version))
  else w.string(notNull(m.name, '', 'DeleteTopicsResponseDeletableTopicResult.name', version))
  if (version >= 6) w.uuid(m.topicId ?? zeroUuid)
  w.int16(m.errorCode)
  if (version >= 5) w.compactNullableString(m.errorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readDeleteTopicsResponseDeletableTopicResult(r: Reader, version: number): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4
  const value: DeleteTopicsResponseDeletableTopicResult = {
    name: version >= 6 ? r.compactNullableString() : flexible ? r.compactString() : r.string(),
    topicId: version >= 6 ? r.uuid() : zeroUuid,
    errorCode: r.int16(),
    errorMessage: version >= 5 ? r.compactNullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteTopicsResponseDeletableTopicResult(w: Writer, list: readonly DeleteTopicsResponseDeletableTopicResultInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteTopicsResponseDeletableTopicResult(w, element, version)
}

function readArrayOfDeleteTopicsResponseDeletableTopicResult(r: Reader, version: number): DeleteTopicsResponseDeletableTopicResult[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 4 : 4, 4)
  const list: DeleteTopicsResponseDeletableTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteTopicsResponseDeletableTopicResult(r, version))
  return list
}

export function encodeDeleteTopicsResponse(w: Writer, m: DeleteTopicsResponseInit, version: number): void {
  if (!(version >= 1 && version <= 6)) unwritable('DeleteTopicsResponse', version)
  writeDeleteTopicsResponse(w, m, version)
}

export function decodeDeleteTopicsResponse(r: Reader, version: number): DeleteTopicsResponse {
  if (!(version >= 1 && version <= 6)) unreadable('DeleteTopicsResponse', version, r)
  return readDeleteTopicsResponse(r, version)
}

/** API key 20, versions 1-6. */
export const DeleteTopicsApi: Api<DeleteTopicsRequest, DeleteTopicsRequestInit, DeleteTopicsResponse, DeleteTopicsResponseInit> = {
  key: 20,
  name: 'DeleteTopics',
  minVersion: 1,
  maxVersion: 6,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteTopicsRequest,
  decodeRequest: decodeDeleteTopicsRequest,
  encodeResponse: encodeDeleteTopicsResponse,
  decodeResponse: decodeDeleteTopicsResponse,
}

// topics/37-create-partitions.kmsg

export interface CreatePartitionsRequest {
  topics: CreatePartitionsRequestCreatePartitionsTopic[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreatePartitionsRequestInit {
  topics: readonly CreatePartitionsRequestCreatePartitionsTopicInit[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  name: string
  count: number
  assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null
}

export interface CreatePartitionsRequestCreatePartitionsTopicInit {
  name: string
  count: number
  assignments?: readonly CreatePartitionsRequestCreatePartitionsAssignmentInit[] | null | undefined
}

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  brokerIds: number[]
}

export interface CreatePartitionsRequestCreatePartitionsAssignmentInit {
  brokerIds: readonly number[]
}

function writeCreatePartitionsRequest(w: Writer, m: CreatePartitionsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfCreatePartitionsRequestCreatePartitionsTopic(w, m.topics, version)
  w.int32(m.timeoutMs)
  w.boolean(m.validateOnly)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsRequest(r: Reader, version: number): CreatePartitionsRequest {
  const flexible = version >= 2
  const value: CreatePartitionsRequest = {
    topics: readArrayOfCreatePartitionsRequestCreatePartitionsTopic(r, version),
    timeoutMs: r.int32(),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreatePartitionsRequestCreatePartitionsTopic(w: Writer, m: CreatePartitionsRequestCreatePartitionsTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  w.int32(m.count)
  writeNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(w, m.assignments ?? null, version)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsRequestCreatePartitionsTopic(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2
  const value: CreatePartitionsRequestCreatePartitionsTopic = {
    name: flexible ? r.compactString() : r.string(),
    count: r.int32(),
    assignments: readNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreatePartitionsRequestCreatePartitionsAssignment(w: Writer, m: CreatePartitionsRequestCreatePartitionsAssignmentInit, version: number): void {
  const flexible = version >= 2
  writeInt32s(w, m.brokerIds, flexible)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsRequestCreatePartitionsAssignment(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2
  const value: CreatePartitionsRequestCreatePartitionsAssignment = {
    brokerIds: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreatePartitionsRequestCreatePartitionsTopic(w: Writer, list: readonly CreatePartitionsRequestCreatePartitionsTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreatePartitionsRequestCreatePartitionsTopic(w, element, version)
}

function readArrayOfCreatePartitionsRequestCreatePartitionsTopic(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 7 : 10, 3)
  const list: CreatePartitionsRequestCreatePartitionsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readCreatePartitionsRequestCreatePartitionsTopic(r, version))
  return list
}

function writeNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(w: Writer, list: readonly CreatePartitionsRequestCreatePartitionsAssignmentInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeCreatePartitionsRequestCreatePartitionsAssignment(w, element, version)
}

function readNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsAssignment[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 2 : 4, 1)
  if (length < 0) return null
  const list: CreatePartitionsRequestCreatePartitionsAssignment[] = []
  for (let index = 0; index < length; index++) list.push(readCreatePartitionsRequestCreatePartitionsAssignment(r, version))
  return list
}

export function encodeCreatePartitionsRequest(w: Writer, m: CreatePartitionsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 3)) unwritable('CreatePartitionsRequest', version)
  writeCreatePartitionsRequest(w, m, version)
}

export function decodeCreatePartitionsRequest(r: Reader, version: number): CreatePartitionsRequest {
  if (!(version >= 0 && version <= 3)) unreadable('CreatePartitionsRequest', version, r)
  return readCreatePartitionsRequest(r, version)
}

export interface CreatePartitionsResponse {
  throttleTimeMs: number
  results: CreatePartitionsResponseCreatePartitionsTopicResult[]
}

export interface CreatePartitionsResponseInit {
  throttleTimeMs?: number | undefined
  results: readonly CreatePartitionsResponseCreatePartitionsTopicResultInit[]
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  name: string
  errorCode: number
  errorMessage: string | null
}

export interface CreatePartitionsResponseCreatePartitionsTopicResultInit {
  name: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeCreatePartitionsResponse(w: Writer, m: CreatePartitionsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsResponse(r: Reader, version: number): CreatePartitionsResponse {
  const flexible = version >= 2
  const value: CreatePartitionsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreatePartitionsResponseCreatePartitionsTopicResult(w: Writer, m: CreatePartitionsResponseCreatePartitionsTopicResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsResponseCreatePartitionsTopicResult(r: Reader, version: number): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2
  const value: CreatePartitionsResponseCreatePartitionsTopicResult = {
    name: flexible ? r.compactString() : r.string(),
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(w: Writer, list: readonly CreatePartitionsResponseCreatePartitionsTopicResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreatePartitionsResponseCreatePartitionsTopicResult(w, element, version)
}

function readArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(r: Reader, version: number): CreatePartitionsResponseCreatePartitionsTopicResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 6, 3)
  const list: CreatePartitionsResponseCreatePartitionsTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readCreatePartitionsResponseCreatePartitionsTopicResult(r, version))
  return list
}

export function encodeCreatePartitionsResponse(w: Writer, m: CreatePartitionsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 3)) unwritable('CreatePartitionsResponse', version)
  writeCreatePartitionsResponse(w, m, version)
}

export function decodeCreatePartitionsResponse(r: Reader, version: number): CreatePartitionsResponse {
  if (!(version >= 0 && version <= 3)) unreadable('CreatePartitionsResponse', version, r)
  return readCreatePartitionsResponse(r, version)
}

/** API key 37, versions 0-3. */
export const CreatePartitionsApi: Api<CreatePartitionsRequest, CreatePartitionsRequestInit, CreatePartitionsResponse, CreatePartitionsResponseInit> = {
  key: 37,
  name: 'CreatePartitions',
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeCreatePartitionsRequest,
  decodeRequest: decodeCreatePartitionsRequest,
  encodeResponse: encodeCreatePartitionsResponse,
  decodeResponse: decodeCreatePartitionsResponse,
}

// topics/43-elect-leaders.kmsg

export interface ElectLeadersRequest {
  electionType: number // 1-2
  topicPartitions: ElectLeadersRequestTopicPartitions[] | null
  timeoutMs: number
}

export interface ElectLeadersRequestInit {
  electionType?: number | undefined
  topicPartitions?: readonly ElectLeadersRequestTopicPartitionsInit[] | null | undefined
  timeoutMs?: number | undefined
}

export interface ElectLeadersRequestTopicPartitions {
  topic: string
  partitions: number[]
}

export interface ElectLeadersRequestTopicPartitionsInit {
  topic: string
  partitions: readonly number[]
}

function writeElectLeadersRequest(w: Writer, m: ElectLeadersRequestInit, version: number): void {
  const flexible = version >= 2
  if (version >= 1) w.int8(m.electionType ?? 0)
  else { if (m.electionType !== undefined && m.electionType !== 0) refuse('ElectLeadersRequest.electionType', version) }
  writeNullableArrayOfElectLeadersRequestTopicPartitions(w, m.topicPartitions ?? null, version)
  w.int32(m.timeoutMs ?? 60000)
  if (flexible) w.uvarint(0)
}

function readElectLeadersRequest(r: Reader, version: number): ElectLeadersRequest {
  const flexible = version >= 2
  const value: ElectLeadersRequest = {
    electionType: version >= 1 ? r.int8() : 0,
    topicPartitions: readNullableArrayOfElectLeadersRequestTopicPartitions(r, version),
    timeoutMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeElectLeadersRequestTopicPartitions(w: Writer, m: ElectLeadersRequestTopicPartitionsInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readElectLeadersRequestTopicPartitions(r: Reader, version: number): ElectLeadersRequestTopicPartitions {
  const flexible = version >= 2
  const value: ElectLeadersRequestTopicPartitions = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfElectLeadersRequestTopicPartitions(w: Writer, list: readonly ElectLeadersRequestTopicPartitionsInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeElectLeadersRequestTopicPartitions(w, element, version)
}

function readNullableArrayOfElectLeadersRequestTopicPartitions(r: Reader, version: number): ElectLeadersRequestTopicPartitions[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 3 : 6, 2)
  if (length < 0) return null
  const list: ElectLeadersRequestTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readElectLeadersRequestTopicPartitions(r, version))
  return list
}

export function encodeElectLeadersRequest(w: Writer, m: ElectLeadersRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('ElectLeadersRequest', version)
  writeElectLeadersRequest(w, m, version)
}

export function decodeElectLeadersRequest(r: Reader, version: number): ElectLeadersRequest {
  if (!(version >= 0 && version <= 2)) unreadable('ElectLeadersRequest', version, r)
  return readElectLeadersRequest(r, version)
}

export interface ElectLeadersResponse {
  throttleTimeMs: number
  errorCode: number // 1-2
  replicaElectionResults: ElectLeadersResponseReplicaElectionResult[]
}

export interface ElectLeadersResponseInit {
  throttleTimeMs?: number | undefined
  errorCode?: number | undefined
  replicaElectionResults: readonly ElectLeadersResponseReplicaElectionResultInit[]
}

export interface ElectLeadersResponseReplicaElectionResult {
  topic: string
  partitionResult: ElectLeadersResponsePartitionResult[]
}

export interface ElectLeadersResponseReplicaElectionResultInit {
  topic: string
  partitionResult: readonly ElectLeadersResponsePartitionResultInit[]
}

export interface ElectLeadersResponsePartitionResult {
  partitionId: number
  errorCode: number
  errorMessage: string | null
}

export interface ElectLeadersResponsePartitionResultInit {
  partitionId: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeElectLeadersResponse(w: Writer, m: ElectLeadersResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  if (version >= 1) w.int16(m.errorCode ?? 0)
  else { if (m.errorCode !== undefined && m.errorCode !== 0) refuse('ElectLeadersResponse.errorCode', version) }
  writeArrayOfElectLeadersResponseReplicaElectionResult(w, m.replicaElectionResults, version)
  if (flexible) w.uvarint(0)
}

function readElectLeadersResponse(r: Reader, version: number): ElectLeadersResponse {
  const flexible = version >= 2
  const value: ElectLeadersResponse = {
    throttleTimeMs: r.int32(),
    errorCode: version >= 1 ? r.int16() : 0,
    replicaElectionResults: readArrayOfElectLeadersResponseReplicaElectionResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeElectLeadersResponseReplicaElectionResult(w: Writer, m: ElectLeadersResponseReplicaElectionResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeArrayOfElectLeadersResponsePartitionResult(w, m.partitionResult, version)
  if (flexible) w.uvarint(0)
}

function readElectLeadersResponseReplicaElectionResult(r: Reader, version: number): ElectLeadersResponseReplicaElectionResult {
  const flexible = version >= 2
  const value: ElectLeadersResponseReplicaElectionResult = {
    topic: flexible ? r.compactString() : r.string(),
    partitionResult: readArrayOfElectLeadersResponsePartitionResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeElectLeadersResponsePartitionResult(w: Writer, m: ElectLeadersResponsePartitionResultInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionId)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readElectLeadersResponsePartitionResult(r: Reader, version: number): ElectLeadersResponsePartitionResult {
  const flexible = version >= 2
  const value: ElectLeadersResponsePartitionResult = {
    partitionId: r.int32(),
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfElectLeadersResponseReplicaElectionResult(w: Writer, list: readonly ElectLeadersResponseReplicaElectionResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeElectLeadersResponseReplicaElectionResult(w, element, version)
}

function readArrayOfElectLeadersResponseReplicaElectionResult(r: Reader, version: number): ElectLeadersResponseReplicaElectionResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: ElectLeadersResponseReplicaElectionResult[] = []
  for (let index = 0; index < length; index++) list.push(readElectLeadersResponseReplicaElectionResult(r, version))
  return list
}

function writeArrayOfElectLeadersResponsePartitionResult(w: Writer, list: readonly ElectLeadersResponsePartitionResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeElectLeadersResponsePartitionResult(w, element, version)
}

function readArrayOfElectLeadersResponsePartitionResult(r: Reader, version: number): ElectLeadersResponsePartitionResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 8 : 8, 3)
  const list: ElectLeadersResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readElectLeadersResponsePartitionResult(r, version))
  return list
}

export function encodeElectLeadersResponse(w: Writer, m: ElectLeadersResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('ElectLeadersResponse', version)
  writeElectLeadersResponse(w, m, version)
}

export function decodeElectLeadersResponse(r: Reader, version: number): ElectLeadersResponse {
  if (!(version >= 0 && version <= 2)) unreadable('ElectLeadersResponse', version, r)
  return readElectLeadersResponse(r, version)
}

/** API key 43, versions 0-2. */
export const ElectLeadersApi: Api<ElectLeadersRequest, ElectLeadersRequestInit, ElectLeadersResponse, ElectLeadersResponseInit> = {
  key: 43,
  name: 'ElectLeaders',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeElectLeadersRequest,
  decodeRequest: decodeElectLeadersRequest,
  encodeResponse: encodeElectLeadersResponse,
  decodeResponse: decodeElectLeadersResponse,
}

// topics/45-alter-partition-reassignments.kmsg

export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number
  allowReplicationFactorChange: boolean // 1
  topics: AlterPartitionReassignmentsRequestReassignableTopic[]
}

export interface AlterPartitionReassignmentsRequestInit {
  timeoutMs?: number | undefined
  allowReplicationFactorChange?: boolean | undefined
  topics: readonly AlterPartitionReassignmentsRequestReassignableTopicInit[]
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  name: string
  partitions: AlterPartitionReassignmentsRequestReassignablePartition[]
}

export interface AlterPartitionReassignmentsRequestReassignableTopicInit {
  name: string
  partitions: readonly AlterPartitionReassignmentsRequestReassignablePartitionInit[]
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  partitionIndex: number
  replicas: number[] | null
}

export interface AlterPartitionReassignmentsRequestReassignablePartitionInit {
  partitionIndex: number
  replicas?: readonly number[] | null | undefined
}

function writeAlterPartitionReassignmentsRequest(w: Writer, m: AlterPartitionReassignmentsRequestInit, version: number): void {
  w.int32(m.timeoutMs ?? 60000)
  if (version >= 1) w.boolean(m.allowReplicationFactorChange ?? true)
  else { if (m.allowReplicationFactorChange !== undefined && m.allowReplicationFactorChange !== true) refuse('AlterPartitionReassignmentsRequest.allowReplicationFactorChange', version) }
  writeArrayOfAlterPartitionReassignmentsRequestReassignableTopic(w, m.topics)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsRequest(r: Reader, version: number): AlterPartitionReassignmentsRequest {
  const value: AlterPartitionReassignmentsRequest = {
    timeoutMs: r.int32(),
    allowReplicationFactorChange: version >= 1 ? r.boolean() : true,
    topics: readArrayOfAlterPartitionReassignmentsRequestReassignableTopic(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsRequestReassignableTopic(w: Writer, m: AlterPartitionReassignmentsRequestReassignableTopicInit): void {
  w.compactString(m.name)
  writeArrayOfAlterPartitionReassignmentsRequestReassignablePartition(w, m.partitions)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsRequestReassignableTopic(r: Reader): AlterPartitionReassignmentsRequestReassignableTopic {
  const value: AlterPartitionReassignmentsRequestReassignableTopic = {
    name: r.compactString(),
    partitions: readArrayOfAlterPartitionReassignmentsRequestReassignablePartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsRequestReassignablePartition(w: Writer, m: AlterPartitionReassignmentsRequestReassignablePartitionInit): void {
  w.int32(m.partitionIndex)
  writeNullableInt32s(w, m.replicas ?? null, true)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsRequestReassignablePartition(r: Reader): AlterPartitionReassignmentsRequestReassignablePartition {
  const value: AlterPartitionReassignmentsRequestReassignablePartition = {
    partitionIndex: r.int32(),
    replicas: readNullableInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterPartitionReassignmentsRequestReassignableTopic(w: Writer, list: readonly AlterPartitionReassignmentsRequestReassignableTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsRequestReassignableTopic(w, element)
}

function readArrayOfAlterPartitionReassignmentsRequestReassignableTopic(r: Reader): AlterPartitionReassignmentsRequestReassignableTopic[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterPartitionReassignmentsRequestReassignableTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsRequestReassignableTopic(r))
  return list
}

function writeArrayOfAlterPartitionReassignmentsRequestReassignablePartition(w: Writer, list: readonly AlterPartitionReassignmentsRequestReassignablePartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsRequestReassignablePartition(w, element)
}

function readArrayOfAlterPartitionReassignmentsRequestReassignablePartition(r: Reader): AlterPartitionReassignmentsRequestReassignablePartition[] {
  const length = readLength(r, true, 6, 2)
  const list: AlterPartitionReassignmentsRequestReassignablePartition[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsRequestReassignablePartition(r))
  return list
}

export function encodeAlterPartitionReassignmentsRequest(w: Writer, m: AlterPartitionReassignmentsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('AlterPartitionReassignmentsRequest', version)
  writeAlterPartitionReassignmentsRequest(w, m, version)
}

export function decodeAlterPartitionReassignmentsRequest(r: Reader, version: number): AlterPartitionReassignmentsRequest {
  if (!(version >= 0 && version <= 1)) unreadable('AlterPartitionReassignmentsRequest', version, r)
  return readAlterPartitionReassignmentsRequest(r, version)
}

export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number
  allowReplicationFactorChange: boolean // 1
  errorCode: number
  errorMessage: string | null
  responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[]
}

export interface AlterPartitionReassignmentsResponseInit {
  throttleTimeMs?: number | undefined
  allowReplicationFactorChange?: boolean | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  responses: readonly AlterPartitionReassignmentsResponseReassignableTopicResponseInit[]
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  name: string
  partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[]
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponseInit {
  name: string
  partitions: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponseInit[]
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponseInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAlterPartitionReassignmentsResponse(w: Writer, m: AlterPartitionReassignmentsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs ?? 0)
  if (version >= 1) w.boolean(m.allowReplicationFactorChange ?? true)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(w, m.responses)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsResponse(r: Reader, version: number): AlterPartitionReassignmentsResponse {
  const value: AlterPartitionReassignmentsResponse = {
    throttleTimeMs: r.int32(),
    allowReplicationFactorChange: version >= 1 ? r.boolean() : true,
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    responses: readArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsResponseReassignableTopicResponse(w: Writer, m: AlterPartitionReassignmentsResponseReassignableTopicResponseInit): void {
  w.compactString(m.name)
  writeArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(w, m.partitions)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsResponseReassignableTopicResponse(r: Reader): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const value: AlterPartitionReassignmentsResponseReassignableTopicResponse = {
    name: r.compactString(),
    partitions: readArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(w: Writer, m: AlterPartitionReassignmentsResponseReassignablePartitionResponseInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsResponseReassignablePartitionResponse(r: Reader): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  const value: AlterPartitionReassignmentsResponseReassignablePartitionResponse = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(w: Writer, list: readonly AlterPartitionReassignmentsResponseReassignableTopicResponseInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsResponseReassignableTopicResponse(w, element)
}

function readArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(r: Reader): AlterPartitionReassignmentsResponseReassignableTopicResponse[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsResponseReassignableTopicResponse(r))
  return list
}

function writeArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(w: Writer, list: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponseInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(w, element)
}

function readArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(r: Reader): AlterPartitionReassignmentsResponseReassignablePartitionResponse[] {
  const length = readLength(r, true, 8, 3)
  const list: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsResponseReassignablePartitionResponse(r))
  return list
}

export function encodeAlterPartitionReassignmentsResponse(w: Writer, m: AlterPartitionReassignmentsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('AlterPartitionReassignmentsResponse', version)
  writeAlterPartitionReassignmentsResponse(w, m, version)
}

export function decodeAlterPartitionReassignmentsResponse(r: Reader, version: number): AlterPartitionReassignmentsResponse {
  if (!(version >= 0 && version <= 1)) unreadable('AlterPartitionReassignmentsResponse', version, r)
  return readAlterPartitionReassignmentsResponse(r, version)
}

/** API key 45, versions 0-1. */
export const AlterPartitionReassignmentsApi: Api<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsRequestInit, AlterPartitionReassignmentsResponse, AlterPartitionReassignmentsResponseInit> = {
  key: 45,
  name: 'AlterPartitionReassignments',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterPartitionReassignmentsRequest,
  decodeRequest: decodeAlterPartitionReassignmentsRequest,
  encodeResponse: encodeAlterPartitionReassignmentsResponse,
  decodeResponse: decodeAlterPartitionReassignmentsResponse,
}

// topics/46-list-partition-reassignments.kmsg

export interface ListPartitionReassignmentsRequest {
  timeoutMs: number
  topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null
}

export interface ListPartitionReassignmentsRequestInit {
  timeoutMs?: number | undefined
  topics?: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit[] | null | undefined
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  name: string
  partitionIndexes: number[]
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit {
  name: string
  partitionIndexes: readonly number[]
}

function writeListPartitionReassignmentsRequest(w: Writer, m: ListPartitionReassignmentsRequestInit): void {
  w.int32(m.timeoutMs ?? 60000)
  writeNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w, m.topics ?? null)
  w.uvarint(0)
}

function readListPartitionReassignmentsRequest(r: Reader): ListPartitionReassignmentsRequest {
  const value: ListPartitionReassignmentsRequest = {
    timeoutMs: r.int32(),
    topics: readNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r),
  }
  r.skipTaggedFields()
  return value
}

function writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w: Writer, m: ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit): void {
  w.compactString(m.name)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r: Reader): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  const value: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics = {
    name: r.compactString(),
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w: Writer, list: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w, element)
}

function readNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r: Reader): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] = []
  for (let index = 0; index < length; index++) list.push(readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r))
  return list
}

export function encodeListPartitionReassignmentsRequest(w: Writer, m: ListPartitionReassignmentsRequestInit, version: number): void {
  if (version !== 0) unwritable('ListPartitionReassignmentsRequest', version)
  writeListPartitionReassignmentsRequest(w, m)
}

export function decodeListPartitionReassignmentsRequest(r: Reader, version: number): ListPartitionReassignmentsRequest {
  if (version !== 0) unreadable('ListPartitionReassignmentsRequest', version, r)
  return readListPartitionReassignmentsRequest(r)
}

export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[]
}

export interface ListPartitionReassignmentsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  topics: readonly ListPartitionReassignmentsResponseOngoingTopicReassignmentInit[]
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  name: string
  partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[]
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignmentInit {
  name: string
  partitions: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit[]
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  partitionIndex: number
  replicas: number[]
  addingReplicas: number[]
  removingReplicas: number[]
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit {
  partitionIndex: number
  replicas: readonly number[]
  addingReplicas: readonly number[]
  removingReplicas: readonly number[]
}

function writeListPartitionReassignmentsResponse(w: Writer, m: ListPartitionReassignmentsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(w, m.topics)
  w.uvarint(0)
}

function readListPartitionReassignmentsResponse(r: Reader): ListPartitionReassignmentsResponse {
  const value: ListPartitionReassignmentsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    topics: readArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(r),
  }
  r.skipTaggedFields()
  return value
}

function writeListPartitionReassignmentsResponseOngoingTopicReassignment(w: Writer, m: ListPartitionReassignmentsResponseOngoingTopicReassignmentInit): void {
  w.compactString(m.name)
  writeArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(w, m.partitions)
  w.uvarint(0)
}

function readListPartitionReassignmentsResponseOngoingTopicReassignment(r: Reader): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const value: ListPartitionReassignmentsResponseOngoingTopicReassignment = {
    name: r.compactString(),
    partitions: readArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(r),
  }
  r.skipTaggedFields()
  return value
}

function writeListPartitionReassignmentsResponseOngoingPartitionReassignment(w: Writer, m: ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit): void {
  w.int32(m.partitionIndex)
  writeInt32s(w, m.replicas, true)
  writeInt32s(w, m.addingReplicas, true)
  writeInt32s(w, m.removingReplicas, true)
  w.uvarint(0)
}

function readListPartitionReassignmentsResponseOngoingPartitionReassignment(r: Reader): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const value: ListPartitionReassignmentsResponseOngoingPartitionReassignment = {
    partitionIndex: r.int32(),
    replicas: readInt32s(r, true),
    addingReplicas: readInt32s(r, true),
    removingReplicas: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(w: Writer, list: readonly ListPartitionReassignmentsResponseOngoingTopicReassignmentInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListPartitionReassignmentsResponseOngoingTopicReassignment(w, element)
}

function readArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(r: Reader): ListPartitionReassignmentsResponseOngoingTopicReassignment[] {
  const length = readLength(r, true, 3, 2)
  const list: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = []
  for (let index = 0; index < length; index++) list.push(readListPartitionReassignmentsResponseOngoingTopicReassignment(r))
  return list
}

function writeArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(w: Writer, list: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListPartitionReassignmentsResponseOngoingPartitionReassignment(w, element)
}

function readArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(r: Reader): ListPartitionReassignmentsResponseOngoingPartitionReassignment[] {
  const length = readLength(r, true, 8, 4)
  const list: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = []
  for (let index = 0; index < length; index++) list.push(readListPartitionReassignmentsResponseOngoingPartitionReassignment(r))
  return list
}

export function encodeListPartitionReassignmentsResponse(w: Writer, m: ListPartitionReassignmentsResponseInit, version: number): void {
  if (version !== 0) unwritable('ListPartitionReassignmentsResponse', version)
  writeListPartitionReassignmentsResponse(w, m)
}

export function decodeListPartitionReassignmentsResponse(r: Reader, version: number): ListPartitionReassignmentsResponse {
  if (version !== 0) unreadable('ListPartitionReassignmentsResponse', version, r)
  return readListPartitionReassignmentsResponse(r)
}

/** API key 46, versions 0. */
export const ListPartitionReassignmentsApi: Api<ListPartitionReassignmentsRequest, ListPartitionReassignmentsRequestInit, ListPartitionReassignmentsResponse, ListPartitionReassignmentsResponseInit> = {
  key: 46,
  name: 'ListPartitionReassignments',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeListPartitionReassignmentsRequest,
  decodeRequest: decodeListPartitionReassignmentsRequest,
  encodeResponse: encodeListPartitionReassignmentsResponse,
  decodeResponse: decodeListPartitionReassignmentsResponse,
}
