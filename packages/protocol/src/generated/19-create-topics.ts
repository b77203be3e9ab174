// Made by generator/main.ts from definitions/19-create-topics.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { zeroUuid } from '../messages/constants.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 2 || version > 7) unwritable('CreateTopicsRequest', version)
  writeCreateTopicsRequest(w, m, version)
}

export function decodeCreateTopicsRequest(r: Reader, version: number): CreateTopicsRequest {
  if (version < 2 || version > 7) unreadable('CreateTopicsRequest', version, r)
  return readCreateTopicsRequest(r, version)
}

export interface CreateTopicsResponse {
  throttleTimeMs: number
  topics: CreateTopicsResponseCreatableTopicResult[]
}

export interface CreateTopicsResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (flexible) writeNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(w, m.configs ?? null, version)
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
    configs: flexible ? readNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(r, version) : null,
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

function writeCreateTopicsResponseCreatableTopicConfigs(w: Writer, m: CreateTopicsResponseCreatableTopicConfigsInit, _version: number): void {
  w.compactString(m.name)
  w.compactNullableString(m.value ?? null)
  w.boolean(m.readOnly)
  w.int8(m.configSource ?? -1)
  w.boolean(m.isSensitive)
  w.uvarint(0)
}

function readCreateTopicsResponseCreatableTopicConfigs(r: Reader, _version: number): CreateTopicsResponseCreatableTopicConfigs {
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

function writeNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(w: Writer, list: readonly CreateTopicsResponseCreatableTopicConfigsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeCreateTopicsResponseCreatableTopicConfigs(w, element, version)
}

function readNullableArrayOfCreateTopicsResponseCreatableTopicConfigs(r: Reader, version: number): CreateTopicsResponseCreatableTopicConfigs[] | null {
  const length = readNullableLength(r, true, 6, 5)
  if (length < 0) return null
  const list: CreateTopicsResponseCreatableTopicConfigs[] = []
  for (let index = 0; index < length; index++) list.push(readCreateTopicsResponseCreatableTopicConfigs(r, version))
  return list
}

export function encodeCreateTopicsResponse(w: Writer, m: CreateTopicsResponseInit, version: number): void {
  if (version < 2 || version > 7) unwritable('CreateTopicsResponse', version)
  writeCreateTopicsResponse(w, m, version)
}

export function decodeCreateTopicsResponse(r: Reader, version: number): CreateTopicsResponse {
  if (version < 2 || version > 7) unreadable('CreateTopicsResponse', version, r)
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
