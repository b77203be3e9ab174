// Made by generator/main.ts from definitions/43-elect-leaders.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 2) unwritable('ElectLeadersRequest', version)
  writeElectLeadersRequest(w, m, version)
}

export function decodeElectLeadersRequest(r: Reader, version: number): ElectLeadersRequest {
  if (version < 0 || version > 2) unreadable('ElectLeadersRequest', version, r)
  return readElectLeadersRequest(r, version)
}

export interface ElectLeadersResponse {
  throttleTimeMs: number
  errorCode: number // 1-2
  replicaElectionResults: ElectLeadersResponseReplicaElectionResult[]
}

export interface ElectLeadersResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 0 || version > 2) unwritable('ElectLeadersResponse', version)
  writeElectLeadersResponse(w, m, version)
}

export function decodeElectLeadersResponse(r: Reader, version: number): ElectLeadersResponse {
  if (version < 0 || version > 2) unreadable('ElectLeadersResponse', version, r)
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
