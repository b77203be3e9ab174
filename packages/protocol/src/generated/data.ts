// Made by generator/main.ts from definitions/data/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { readNullableRecords, writeNullableRecords } from '../messages/records.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

// data/00-produce.kmsg

export interface ProduceRequest {
  transactionalId: string | null
  acks: number
  timeoutMs: number
  topicData: ProduceRequestTopicProduceData[]
}

export interface ProduceRequestInit {
  transactionalId?: string | null | undefined
  acks: number
  timeoutMs: number
  topicData: readonly ProduceRequestTopicProduceDataInit[]
}

export interface ProduceRequestTopicProduceData {
  name: string // 3-12
  topicId: string // 13
  partitionData: ProduceRequestPartitionProduceData[]
}

export interface ProduceRequestTopicProduceDataInit {
  name?: string | undefined
  topicId?: string | undefined
  partitionData: readonly ProduceRequestPartitionProduceDataInit[]
}

export interface ProduceRequestPartitionProduceData {
  index: number
  records: readonly Buffer[] | null
}

export interface ProduceRequestPartitionProduceDataInit {
  index: number
  records?: readonly Uint8Array[] | null | undefined
}

function writeProduceRequest(w: Writer, m: ProduceRequestInit, version: number): void {
  const flexible = version >= 9
  if (flexible) w.compactNullableString(m.transactionalId ?? null)
  else w.nullableString(m.transactionalId ?? null)
  w.int16(m.acks)
  w.int32(m.timeoutMs)
  writeArrayOfProduceRequestTopicProduceData(w, m.topicData, version)
  if (flexible) w.uvarint(0)
}

function readProduceRequest(r: Reader, version: number): ProduceRequest {
  const flexible = version >= 9
  const value: ProduceRequest = {
    transactionalId: flexible ? r.compactNullableString() : r.nullableString(),
    acks: r.int16(),
    timeoutMs: r.int32(),
    topicData: readArrayOfProduceRequestTopicProduceData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeProduceRequestTopicProduceData(w: Writer, m: ProduceRequestTopicProduceDataInit, version: number): void {
  const flexible = version >= 9
  if (flexible && version <= 12) w.compactString(m.name ?? '')
  else if (version <= 8) w.string(m.name ?? '')
  if (version >= 13) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfProduceRequestPartitionProduceData(w, m.partitionData, version)
  if (flexible) w.uvarint(0)
}

function readProduceRequestTopicProduceData(r: Reader, version: number): ProduceRequestTopicProduceData {
  const flexible = version >= 9
  const value: ProduceRequestTopicProduceData = {
    name: version >= 13 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 13 ? r.uuid() : zeroUuid,
    partitionData: readArrayOfProduceRequestPartitionProduceData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeProduceRequestPartitionProduceData(w: Writer, m: ProduceRequestPartitionProduceDataInit, version: number): void {
  const flexible = version >= 9
  w.int32(m.index)
  writeNullableRecords(w, m.records ?? null, flexible)
  if (flexible) w.uvarint(0)
}

function readProduceRequestPartitionProduceData(r: Reader, version: number): ProduceRequestPartitionProduceData {
  const flexible = version >= 9
  const value: ProduceRequestPartitionProduceData = {
    index: r.int32(),
    records: readNullableRecords(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfProduceRequestTopicProduceData(w: Writer, list: readonly ProduceRequestTopicProduceDataInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeProduceRequestTopicProduceData(w, element, version)
}

function readArrayOfProduceRequestTopicProduceData(r: Reader, version: number): ProduceRequestTopicProduceData[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: ProduceRequestTopicProduceData[] = []
  for (let index = 0; index < length; index++) list.push(readProduceRequestTopicProduceData(r, version))
  return list
}

function writeArrayOfProduceRequestPartitionProduceData(w: Writer, list: readonly ProduceRequestPartitionProduceDataInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeProduceRequestPartitionProduceData(w, element, version)
}

function readArrayOfProduceRequestPartitionProduceData(r: Reader, version: number): ProduceRequestPartitionProduceData[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 6 : 8, 2)
  const list: ProduceRequestPartitionProduceData[] = []
  for (let index = 0; index < length; index++) list.push(readProduceRequestPartitionProduceData(r, version))
  return list
}

export function encodeProduceRequest(w: Writer, m: ProduceRequestInit, version: number): void {
  if (!(version >= 3 && version <= 13)) unwritable('ProduceRequest', version)
  writeProduceRequest(w, m, version)
}

export function decodeProduceRequest(r: Reader, version: number): ProduceRequest {
  if (!(version >= 3 && version <= 13)) unreadable('ProduceRequest', version, r)
  return readProduceRequest(r, version)
}

export interface ProduceResponse {
  responses: ProduceResponseTopicProduceResponse[]
  throttleTimeMs: number
  nodeEndpoints: ProduceResponseNodeEndpoint[] // 10-13, tag 0
}

export interface ProduceResponseInit {
  responses: readonly ProduceResponseTopicProduceResponseInit[]
  throttleTimeMs?: number | undefined
  nodeEndpoints?: readonly ProduceResponseNodeEndpointInit[] | undefined
}

export interface ProduceResponseTopicProduceResponse {
  name: string // 3-12
  topicId: string // 13
  partitionResponses: ProduceResponsePartitionProduceResponse[]
}

export interface ProduceResponseTopicProduceResponseInit {
  name?: string | undefined
  topicId?: string | undefined
  partitionResponses: readonly ProduceResponsePartitionProduceResponseInit[]
}

export interface ProduceResponsePartitionProduceResponse {
  index: number
  errorCode: number
  baseOffset: number
  logAppendTimeMs: number
  logStartOffset: number // 5-13
  recordErrors: ProduceResponseBatchIndexAndErrorMessage[] // 8-13
  errorMessage: string | null // 8-13
  currentLeader: ProduceResponseLeaderIdAndEpoch // 10-13, tag 0
}

export interface ProduceResponsePartitionProduceResponseInit {
  index: number
  errorCode: number
  baseOffset: number
  logAppendTimeMs?: number | undefined
  logStartOffset?: number | undefined
  recordErrors?: readonly ProduceResponseBatchIndexAndErrorMessageInit[] | undefined
  errorMessage?: string | null | undefined
  currentLeader?: ProduceResponseLeaderIdAndEpochInit | undefined
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  batchIndex: number
  batchIndexErrorMessage: string | null
}

export interface ProduceResponseBatchIndexAndErrorMessageInit {
  batchIndex: number
  batchIndexErrorMessage?: string | null | undefined
}

export interface ProduceResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export interface ProduceResponseLeaderIdAndEpochInit {
  leaderId?: number | undefined
  leaderEpoch?: number | undefined
}

export interface ProduceResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export interface ProduceResponseNodeEndpointInit {
  nodeId: number
  host: string
  port: number
  rack?: string | null | undefined
}

const defaultProduceResponseLeaderIdAndEpoch: ProduceResponseLeaderIdAndEpoch = Object.freeze({ leaderId: -1, leaderEpoch: -1 })

function isDefaultProduceResponseLeaderIdAndEpoch(m: ProduceResponseLeaderIdAndEpochInit): boolean {
  if (m === defaultProduceResponseLeaderIdAndEpoch) return true
  return !((m.leaderId !== undefined && m.leaderId !== -1) || (m.leaderEpoch !== undefined && m.leaderEpoch !== -1))
}

function writeProduceResponse(w: Writer, m: ProduceResponseInit, version: number): void {
  const flexible = version >= 9
  writeArrayOfProduceResponseTopicProduceResponse(w, m.responses, version)
  w.int32(m.throttleTimeMs ?? 0)
  if (version <= 9) { if (m.nodeEndpoints !== undefined && m.nodeEndpoints.length > 0) refuse('ProduceResponse.nodeEndpoints', version) }
  if (flexible) {
    const t0 = m.nodeEndpoints
    const has0 = version >= 10 && t0 !== undefined && t0.length > 0
    w.uvarint(has0 ? 1 : 0)
    if (has0) {
      const s0 = new Writer()
      writeArrayOfProduceResponseNodeEndpoint(s0, t0)
      writeTag(w, 0, s0)
    }
  }
}

function readProduceResponse(r: Reader, version: number): ProduceResponse {
  const flexible = version >= 9
  const value: ProduceResponse = {
    responses: readArrayOfProduceResponseTopicProduceResponse(r, version),
    throttleTimeMs: r.int32(),
    nodeEndpoints: [],
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0 && version >= 10) value.nodeEndpoints = readArrayOfProduceResponseNodeEndpoint(r)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'ProduceResponse', tag)
    }
  }
  return value
}

function writeProduceResponseTopicProduceResponse(w: Writer, m: ProduceResponseTopicProduceResponseInit, version: number): void {
  const flexible = version >= 9
  if (flexible && version <= 12) w.compactString(m.name ?? '')
  else if (version <= 8) w.string(m.name ?? '')
  if (version >= 13) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfProduceResponsePartitionProduceResponse(w, m.partitionResponses, version)
  if (flexible) w.uvarint(0)
}

function readProduceResponseTopicProduceResponse(r: Reader, version: number): ProduceResponseTopicProduceResponse {
  const flexible = version >= 9
  const value: ProduceResponseTopicProduceResponse = {
    name: version >= 13 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 13 ? r.uuid() : zeroUuid,
    partitionResponses: readArrayOfProduceResponsePartitionProduceResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeProduceResponsePartitionProduceResponse(w: Writer, m: ProduceResponsePartitionProduceResponseInit, version: number): void {
  const flexible = version >= 9
  w.int32(m.index)
  w.int16(m.errorCode)
  w.int64(m.baseOffset)
  w.int64(m.logAppendTimeMs ?? -1)
  if (version >= 5) w.int64(m.logStartOffset ?? -1)
  if (version >= 8) writeArrayOfProduceResponseBatchIndexAndErrorMessage(w, m.recordErrors ?? nothing, version)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else if (version >= 8) w.nullableString(m.errorMessage ?? null)
  if (version <= 9) { if (m.currentLeader !== undefined && !isDefaultProduceResponseLeaderIdAndEpoch(m.currentLeader)) refuse('ProduceResponsePartitionProduceResponse.currentLeader', version) }
  if (flexible) {
    const t0 = m.currentLeader
    const has0 = version >= 10 && t0 !== undefined && !isDefaultProduceResponseLeaderIdAndEpoch(t0)
    w.uvarint(has0 ? 1 : 0)
    if (has0) {
      const s0 = new Writer()
      writeProduceResponseLeaderIdAndEpoch(s0, t0)
      writeTag(w, 0, s0)
    }
  }
}

function readProduceResponsePartitionProduceResponse(r: Reader, version: number): ProduceResponsePartitionProduceResponse {
  const flexible = version >= 9
  const value: ProduceResponsePartitionProduceResponse = {
    index: r.int32(),
    errorCode: r.int16(),
    baseOffset: r.int64(),
    logAppendTimeMs: r.int64(),
    logStartOffset: version >= 5 ? r.int64() : -1,
    recordErrors: version >= 8 ? readArrayOfProduceResponseBatchIndexAndErrorMessage(r, version) : [],
    errorMessage: flexible ? r.compactNullableString() : version >= 8 ? r.nullableString() : null,
    currentLeader: defaultProduceResponseLeaderIdAndEpoch,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0 && version >= 10) value.currentLeader = readProduceResponseLeaderIdAndEpoch(r)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'ProduceResponse', tag)
    }
  }
  return value
}

function writeProduceResponseBatchIndexAndErrorMessage(w: Writer, m: ProduceResponseBatchIndexAndErrorMessageInit, version: number): void {
  const flexible = version >= 9
  w.int32(m.batchIndex)
  if (flexible) w.compactNullableString(m.batchIndexErrorMessage ?? null)
  else w.nullableString(m.batchIndexErrorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readProduceResponseBatchIndexAndErrorMessage(r: Reader, version: number): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9
  const value: ProduceResponseBatchIndexAndErrorMessage = {
    batchIndex: r.int32(),
    batchIndexErrorMessage: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeProduceResponseLeaderIdAndEpoch(w: Writer, m: ProduceResponseLeaderIdAndEpochInit): void {
  w.int32(m.leaderId ?? -1)
  w.int32(m.leaderEpoch ?? -1)
  w.uvarint(0)
}

function readProduceResponseLeaderIdAndEpoch(r: Reader): ProduceResponseLeaderIdAndEpoch {
  const value: ProduceResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeProduceResponseNodeEndpoint(w: Writer, m: ProduceResponseNodeEndpointInit): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readProduceResponseNodeEndpoint(r: Reader): ProduceResponseNodeEndpoint {
  const value: ProduceResponseNodeEndpoint = {
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfProduceResponseTopicProduceResponse(w: Writer, list: readonly ProduceResponseTopicProduceResponseInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeProduceResponseTopicProduceResponse(w, element, version)
}

function readArrayOfProduceResponseTopicProduceResponse(r: Reader, version: number): ProduceResponseTopicProduceResponse[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: ProduceResponseTopicProduceResponse[] = []
  for (let index = 0; index < length; index++) list.push(readProduceResponseTopicProduceResponse(r, version))
  return list
}

function writeArrayOfProduceResponseNodeEndpoint(w: Writer, list: readonly ProduceResponseNodeEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeProduceResponseNodeEndpoint(w, element)
}

function readArrayOfProduceResponseNodeEndpoint(r: Reader): ProduceResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: ProduceResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readProduceResponseNodeEndpoint(r))
  return list
}

function writeArrayOfProduceResponsePartitionProduceResponse(w: Writer, list: readonly ProduceResponsePartitionProduceResponseInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeProduceResponsePartitionProduceResponse(w, element, version)
}

function readArrayOfProduceResponsePartitionProduceResponse(r: Reader, version: number): ProduceResponsePartitionProduceResponse[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 33 : 22, 8)
  const list: ProduceResponsePartitionProduceResponse[] = []
  for (let index = 0; index < length; index++) list.push(readProduceResponsePartitionProduceResponse(r, version))
  return list
}

function writeArrayOfProduceResponseBatchIndexAndErrorMessage(w: Writer, list: readonly ProduceResponseBatchIndexAndErrorMessageInit[], version: number): void {
  const flexible = version >= 9
  writeLength(w, list.length, flexible)
  for (const element of list) writeProduceResponseBatchIndexAndErrorMessage(w, element, version)
}

function readArrayOfProduceResponseBatchIndexAndErrorMessage(r: Reader, version: number): ProduceResponseBatchIndexAndErrorMessage[] {
  const flexible = version >= 9
  const length = readLength(r, flexible, flexible ? 6 : 6, 2)
  const list: ProduceResponseBatchIndexAndErrorMessage[] = []
  for (let index = 0; index < length; index++) list.push(readProduceResponseBatchIndexAndErrorMessage(r, version))
  return list
}

export function encodeProduceResponse(w: Writer, m: ProduceResponseInit, version: number): void {
  if (!(version >= 3 && version <= 13)) unwritable('ProduceResponse', version)
  writeProduceResponse(w, m, version)
}

export function decodeProduceResponse(r: Reader, version: number): ProduceResponse {
  if (!(version >= 3 && version <= 13)) unreadable('ProduceResponse', version, r)
  return readProduceResponse(r, version)
}

/** API key 0, versions 3-13. */
export const ProduceApi: Api<ProduceRequest, ProduceRequestInit, ProduceResponse, ProduceResponseInit> = {
  key: 0,
  name: 'Produce',
  minVersion: 3,
  maxVersion: 13,
  flexibleFrom: 9,
  latestVersionUnstable: false,
  encodeRequest: encodeProduceRequest,
  decodeRequest: decodeProduceRequest,
  encodeResponse: encodeProduceResponse,
  decodeResponse: decodeProduceResponse,
}

// data/01-fetch.kmsg

export interface FetchRequest {
  clusterId: string | null // 12-18, tag 0
  replicaId: number // 4-14
  replicaState: FetchRequestReplicaState // 15-18, tag 1
  maxWaitMs: number
  minBytes: number
  maxBytes: number
  isolationLevel: number
  sessionId: number // 7-18
  sessionEpoch: number // 7-18
  topics: FetchRequestFetchTopic[]
  forgottenTopicsData: FetchRequestForgottenTopic[] // 7-18
  rackId: string // 11-18
}

export interface FetchRequestInit {
  clusterId?: string | null | undefined
  replicaId?: number | undefined
  replicaState?: FetchRequestReplicaStateInit | undefined
  maxWaitMs: number
  minBytes: number
  maxBytes?: number | undefined
  isolationLevel?: number | undefined
  sessionId?: number | undefined
  sessionEpoch?: number | undefined
  topics: readonly FetchRequestFetchTopicInit[]
  forgottenTopicsData?: readonly FetchRequestForgottenTopicInit[] | undefined
  rackId?: string | undefined
}

export interface FetchRequestReplicaState {
  replicaId: number
  replicaEpoch: number
}

export interface FetchRequestReplicaStateInit {
  replicaId?: number | undefined
  replicaEpoch?: number | undefined
}

export interface FetchRequestFetchTopic {
  topic: string // 4-12
  topicId: string // 13-18
  partitions: FetchRequestFetchPartition[]
}

export interface FetchRequestFetchTopicInit {
  topic?: string | undefined
  topicId?: string | undefined
  partitions: readonly FetchRequestFetchPartitionInit[]
}

export interface FetchRequestFetchPartition {
  partition: number
  currentLeaderEpoch: number // 9-18
  fetchOffset: number
  lastFetchedEpoch: number // 12-18
  logStartOffset: number // 5-18
  partitionMaxBytes: number
  replicaDirectoryId: string // 17-18, tag 0
  highWatermark: number // 18, tag 1
}

export interface FetchRequestFetchPartitionInit {
  partition: number
  currentLeaderEpoch?: number | undefined
  fetchOffset: number
  lastFetchedEpoch?: number | undefined
  logStartOffset?: number | undefined
  partitionMaxBytes: number
  replicaDirectoryId?: string | undefined
  highWatermark?: number | undefined
}

export interface FetchRequestForgottenTopic {
  topic: string // 7-12
  topicId: string // 13-18
  partitions: number[]
}

export interface FetchRequestForgottenTopicInit {
  topic?: string | undefined
  topicId?: string | undefined
  partitions: readonly number[]
}

const defaultFetchRequestReplicaState: FetchRequestReplicaState = Object.freeze({ replicaId: -1, replicaEpoch: -1 })

function isDefaultFetchRequestReplicaState(m: FetchRequestReplicaStateInit): boolean {
  if (m === defaultFetchRequestReplicaState) return true
  return !((m.replicaId !== undefined && m.replicaId !== -1) || (m.replicaEpoch !== undefined && m.replicaEpoch !== -1))
}

function writeFetchRequest(w: Writer, m: FetchRequestInit, version: number): void {
  const flexible = version >= 12
  if (version >= 15) { if (m.replicaId !== undefined && m.replicaId !== -1) refuse('FetchRequest.replicaId', version) }
  else w.int32(m.replicaId ?? -1)
  w.int32(m.maxWaitMs)
  w.int32(m.minBytes)
  w.int32(m.maxBytes ?? 2147483647)
  w.int8(m.isolationLevel ?? 0)
  if (version >= 7) w.int32(m.sessionId ?? 0)
  if (version >= 7) w.int32(m.sessionEpoch ?? -1)
  writeArrayOfFetchRequestFetchTopic(w, m.topics, version)
  if (version >= 7) writeArrayOfFetchRequestForgottenTopic(w, m.forgottenTopicsData ?? nothing, version)
  else { if (m.forgottenTopicsData !== undefined && m.forgottenTopicsData.length > 0) refuse('FetchRequest.forgottenTopicsData', version) }
  if (flexible) w.compactString(m.rackId ?? '')
  else if (version >= 11) w.string(m.rackId ?? '')
  if (version <= 14) { if (m.replicaState !== undefined && !isDefaultFetchRequestReplicaState(m.replicaState)) refuse('FetchRequest.replicaState', version) }
  if (flexible) {
    const t0 = m.clusterId
    const has0 = t0 !== undefined && t0 !== null
    const t1 = m.replicaState
    const has1 = version >= 15 && t1 !== undefined && !isDefaultFetchRequestReplicaState(t1)
    w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0))
    if (has0) {
      const s0 = new Writer()
      s0.compactNullableString(t0)
      writeTag(w, 0, s0)
    }
    if (has1) {
      const s1 = new Writer()
      writeFetchRequestReplicaState(s1, t1)
      writeTag(w, 1, s1)
    }
  }
}

function readFetchRequest(r: Reader, version: number): FetchRequest {
  const flexible = version >= 12
  const value: FetchRequest = {
    clusterId: null,
    replicaId: version >= 15 ? -1 : r.int32(),
    replicaState: defaultFetchRequestReplicaState,
    maxWaitMs: r.int32(),
    minBytes: r.int32(),
    maxBytes: r.int32(),
    isolationLevel: r.int8(),
    sessionId: version >= 7 ? r.int32() : 0,
    sessionEpoch: version >= 7 ? r.int32() : -1,
    topics: readArrayOfFetchRequestFetchTopic(r, version),
    forgottenTopicsData: version >= 7 ? readArrayOfFetchRequestForgottenTopic(r, version) : [],
    rackId: flexible ? r.compactString() : version >= 11 ? r.string() : '',
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.clusterId = r.compactNullableString()
      else if (tag === 1 && version >= 15) value.replicaState = readFetchRequestReplicaState(r)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'FetchRequest', tag)
    }
  }
  return value
}

function writeFetchRequestReplicaState(w: Writer, m: FetchRequestReplicaStateInit): void {
  w.int32(m.replicaId ?? -1)
  w.int64(m.replicaEpoch ?? -1)
  w.uvarint(0)
}

function readFetchRequestReplicaState(r: Reader): FetchRequestReplicaState {
  const value: FetchRequestReplicaState = {
    replicaId: r.int32(),
    replicaEpoch: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeFetchRequestFetchTopic(w: Writer, m: FetchRequestFetchTopicInit, version: number): void {
  const flexible = version >= 12
  if (version === 12) w.compactString(m.topic ?? '')
  else if (version <= 11) w.string(m.topic ?? '')
  if (version >= 13) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfFetchRequestFetchPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readFetchRequestFetchTopic(r: Reader, version: number): FetchRequestFetchTopic {
  const flexible = version >= 12
  const value: FetchRequestFetchTopic = {
    topic: version >= 13 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 13 ? r.uuid() : zeroUuid,
    partitions: readArrayOfFetchRequestFetchPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeFetchRequestFetchPartition(w: Writer, m: FetchRequestFetchPartitionInit, version: number): void {
  const flexible = version >= 12
  w.int32(m.partition)
  if (version >= 9) w.int32(m.currentLeaderEpoch ?? -1)
  w.int64(m.fetchOffset)
  if (flexible) w.int32(m.lastFetchedEpoch ?? -1)
  else { if (m.lastFetchedEpoch !== undefined && m.lastFetchedEpoch !== -1) refuse('FetchRequestFetchPartition.lastFetchedEpoch', version) }
  if (version >= 5) w.int64(m.logStartOffset ?? -1)
  w.int32(m.partitionMaxBytes)
  if (flexible) {
    const t0 = m.replicaDirectoryId
    const has0 = version >= 17 && t0 !== undefined && t0 !== zeroUuid
    const t1 = m.highWatermark
    const has1 = version >= 18 && t1 !== undefined && t1 !== Number.MAX_SAFE_INTEGER
    w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0))
    if (has0) {
      w.uvarint(0)
      w.uvarint(16)
      w.uuid(t0)
    }
    if (has1) {
      w.uvarint(1)
      w.uvarint(8)
      w.int64(t1)
    }
  }
}

function readFetchRequestFetchPartition(r: Reader, version: number): FetchRequestFetchPartition {
  const flexible = version >= 12
  const value: FetchRequestFetchPartition = {
    partition: r.int32(),
    currentLeaderEpoch: version >= 9 ? r.int32() : -1,
    fetchOffset: r.int64(),
    lastFetchedEpoch: flexible ? r.int32() : -1,
    logStartOffset: version >= 5 ? r.int64() : -1,
    partitionMaxBytes: r.int32(),
    replicaDirectoryId: zeroUuid,
    highWatermark: Number.MAX_SAFE_INTEGER,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0 && version >= 17) value.replicaDirectoryId = r.uuid()
      else if (tag === 1 && version >= 18) value.highWatermark = r.int64()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'FetchRequest', tag)
    }
  }
  return value
}

function writeFetchRequestForgottenTopic(w: Writer, m: FetchRequestForgottenTopicInit, version: number): void {
  const flexible = version >= 12
  if (version === 12) w.compactString(m.topic ?? '')
  else if (version <= 11) w.string(m.topic ?? '')
  if (version >= 13) w.uuid(m.topicId ?? zeroUuid)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readFetchRequestForgottenTopic(r: Reader, version: number): FetchRequestForgottenTopic {
  const flexible = version >= 12
  const value: FetchRequestForgottenTopic = {
    topic: version >= 13 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 13 ? r.uuid() : zeroUuid,
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfFetchRequestFetchTopic(w: Writer, list: readonly FetchRequestFetchTopicInit[], version: number): void {
  const flexible = version >= 12
  writeLength(w, list.length, flexible)
  for (const element of list) writeFetchRequestFetchTopic(w, element, version)
}

function readArrayOfFetchRequestFetchTopic(r: Reader, version: number): FetchRequestFetchTopic[] {
  const flexible = version >= 12
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: FetchRequestFetchTopic[] = []
  for (let index = 0; index < length; index++) list.push(readFetchRequestFetchTopic(r, version))
  return list
}

function writeArrayOfFetchRequestForgottenTopic(w: Writer, list: readonly FetchRequestForgottenTopicInit[], version: number): void {
  const flexible = version >= 12
  writeLength(w, list.length, flexible)
  for (const element of list) writeFetchRequestForgottenTopic(w, element, version)
}

function readArrayOfFetchRequestForgottenTopic(r: Reader, version: number): FetchRequestForgottenTopic[] {
  const flexible = version >= 12
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: FetchRequestForgottenTopic[] = []
  for (let index = 0; index < length; index++) list.push(readFetchRequestForgottenTopic(r, version))
  return list
}

function writeArrayOfFetchRequestFetchPartition(w: Writer, list: readonly FetchRequestFetchPartitionInit[], version: number): void {
  const flexible = version >= 12
  writeLength(w, list.length, flexible)
  for (const element of list) writeFetchRequestFetchPartition(w, element, version)
}

function readArrayOfFetchRequestFetchPartition(r: Reader, version: number): FetchRequestFetchPartition[] {
  const flexible = version >= 12
  const length = readLength(r, flexible, flexible ? 33 : 16, 8)
  const list: FetchRequestFetchPartition[] = []
  for (let index = 0; index < length; index++) list.push(readFetchRequestFetchPartition(r, version))
  return list
}

export function encodeFetchRequest(w: Writer, m: FetchRequestInit, version: number): void {
  if (!(version >= 4 && version <= 18)) unwritable('FetchRequest', version)
  writeFetchRequest(w, m, version)
}

export function decodeFetchRequest(r: Reader, version: number): FetchRequest {
  if (!(version >= 4 && version <= 18)) unreadable('FetchRequest', version, r)
  return readFetchRequest(r, version)
}

export interface FetchResponse {
  throttleTimeMs: number
  errorCode: number // 7-18
  sessionId: number // 7-18
  responses: FetchResponseFetchableTopicResponse[]
  nodeEndpoints: FetchResponseNodeEndpoint[] // 16-18, tag 0
}

export interface FetchResponseInit {
  throttleTimeMs?: number | undefined
  errorCode?: number | undefined
  sessionId?: number | undefined
  responses: readonly FetchResponseFetchableTopicResponseInit[]
  nodeEndpoints?: readonly FetchResponseNodeEndpointInit[] | undefined
}

export interface FetchResponseFetchableTopicResponse {
  topic: string // 4-12
  topicId: string // 13-18
  partitions: FetchResponsePartitionData[]
}

export interface FetchResponseFetchableTopicResponseInit {
  topic?: string | undefined
  topicId?: string | undefined
  partitions: readonly FetchResponsePartitionDataInit[]
}

export interface FetchResponsePartitionData {
  partitionIndex: number
  errorCode: number
  highWatermark: number
  lastStableOffset: number
  logStartOffset: number // 5-18
  divergingEpoch: FetchResponseEpochEndOffset // 12-18, tag 0
  currentLeader: FetchResponseLeaderIdAndEpoch // 12-18, tag 1
  snapshotId: FetchResponseSnapshotId // 12-18, tag 2
  abortedTransactions: FetchResponseAbortedTransaction[] | null
  preferredReadReplica: number // 11-18
  records: readonly Buffer[] | null
}

export interface FetchResponsePartitionDataInit {
  partitionIndex: number
  errorCode: number
  highWatermark: number
  lastStableOffset?: number | undefined
  logStartOffset?: number | undefined
  divergingEpoch?: FetchResponseEpochEndOffsetInit | undefined
  currentLeader?: FetchResponseLeaderIdAndEpochInit | undefined
  snapshotId?: FetchResponseSnapshotIdInit | undefined
  abortedTransactions?: readonly FetchResponseAbortedTransactionInit[] | null | undefined
  preferredReadReplica?: number | undefined
  records?: readonly Uint8Array[] | null | undefined
}

export interface FetchResponseEpochEndOffset {
  epoch: number
  endOffset: number
}

export interface FetchResponseEpochEndOffsetInit {
  epoch?: number | undefined
  endOffset?: number | undefined
}

export interface FetchResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export interface FetchResponseLeaderIdAndEpochInit {
  leaderId?: number | undefined
  leaderEpoch?: number | undefined
}

export interface FetchResponseSnapshotId {
  endOffset: number
  epoch: number
}

export interface FetchResponseSnapshotIdInit {
  endOffset?: number | undefined
  epoch?: number | undefined
}

export interface FetchResponseAbortedTransaction {
  producerId: number
  firstOffset: number
}

export type FetchResponseAbortedTransactionInit = FetchResponseAbortedTransaction

export interface FetchResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export interface FetchResponseNodeEndpointInit {
  nodeId: number
  host: string
  port: number
  rack?: string | null | undefined
}

const defaultFetchResponseSnapshotId: FetchResponseSnapshotId = Object.freeze({ endOffset: -1, epoch: -1 })

function isDefaultFetchResponseSnapshotId(m: FetchResponseSnapshotIdInit): boolean {
  if (m === defaultFetchResponseSnapshotId) return true
  return !((m.endOffset !== undefined && m.endOffset !== -1) || (m.epoch !== undefined && m.epoch !== -1))
}

const defaultFetchResponseLeaderIdAndEpoch: FetchResponseLeaderIdAndEpoch = Object.freeze({ leaderId: -1, leaderEpoch: -1 })

function isDefaultFetchResponseLeaderIdAndEpoch(m: FetchResponseLeaderIdAndEpochInit): boolean {
  if (m === defaultFetchResponseLeaderIdAndEpoch) return true
  return !((m.leaderId !== undefined && m.leaderId !== -1) || (m.leaderEpoch !== undefined && m.leaderEpoch !== -1))
}

const defaultFetchResponseEpochEndOffset: FetchResponseEpochEndOffset = Object.freeze({ epoch: -1, endOffset: -1 })

function isDefaultFetchResponseEpochEndOffset(m: FetchResponseEpochEndOffsetInit): boolean {
  if (m === defaultFetchResponseEpochEndOffset) return true
  return !((m.epoch !== undefined && m.epoch !== -1) || (m.endOffset !== undefined && m.endOffset !== -1))
}

function writeFetchResponse(w: Writer, m: FetchResponseInit, version: number): void {
  const flexible = version >= 12
  w.int32(m.throttleTimeMs ?? 0)
  if (version >= 7) w.int16(m.errorCode ?? 0)
  if (version >= 7) w.int32(m.sessionId ?? 0)
  else { if (m.sessionId !== undefined && m.sessionId !== 0) refuse('FetchResponse.sessionId', version) }
  writeArrayOfFetchResponseFetchableTopicResponse(w, m.responses, version)
  if (version <= 15) { if (m.nodeEndpoints !== undefined && m.nodeEndpoints.length > 0) refuse('FetchResponse.nodeEndpoints', version) }
  if (flexible) {
    const t0 = m.nodeEndpoints
    const has0 = version >= 16 && t0 !== undefined && t0.length > 0
    w.uvarint(has0 ? 1 : 0)
    if (has0) {
      const s0 = new Writer()
      writeArrayOfFetchResponseNodeEndpoint(s0, t0)
      writeTag(w, 0, s0)
    }
  }
}

function readFetchResponse(r: Reader, version: number): FetchResponse {
  const flexible = version >= 12
  const value: FetchResponse = {
    throttleTimeMs: r.int32(),
    errorCode: version >= 7 ? r.int16() : 0,
    sessionId: version >= 7 ? r.int32() : 0,
    responses: readArrayOfFetchResponseFetchableTopicResponse(r, version),
    nodeEndpoints: [],
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0 && version >= 16) value.nodeEndpoints = readArrayOfFetchResponseNodeEndpoint(r)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'FetchResponse', tag)
    }
  }
  return value
}

function writeFetchResponseFetchableTopicResponse(w: Writer, m: FetchResponseFetchableTopicResponseInit, version: number): void {
  const flexible = version >= 12
  if (version === 12) w.compactString(m.topic ?? '')
  else if (version <= 11) w.string(m.topic ?? '')
  if (version >= 13) w.uuid(m.topicId ?? zeroUuid)
  writeArrayOfFetchResponsePartitionData(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readFetchResponseFetchableTopicResponse(r: Reader, version: number): FetchResponseFetchableTopicResponse {
  const flexible = version >= 12
  const value: FetchResponseFetchableTopicResponse = {
    topic: version >= 13 ? '' : flexible ? r.compactString() : r.string(),
    topicId: version >= 13 ? r.uuid() : zeroUuid,
    partitions: readArrayOfFetchResponsePartitionData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeFetchResponsePartitionData(w: Writer, m: FetchResponsePartitionDataInit, version: number): void {
  const flexible = version >= 12
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.int64(m.highWatermark)
  w.int64(m.lastStableOffset ?? -1)
  if (version >= 5) w.int64(m.logStartOffset ?? -1)
  writeNullableArrayOfFetchResponseAbortedTransaction(w, m.abortedTransactions ?? null, version)
  if (version >= 11) w.int32(m.preferredReadReplica ?? -1)
  else { if (m.preferredReadReplica !== undefined && m.preferredReadReplica !== -1) refuse('FetchResponsePartitionData.preferredReadReplica', version) }
  writeNullableRecords(w, m.records ?? null, flexible)
  if (version <= 11) { if (m.divergingEpoch !== undefined && !isDefaultFetchResponseEpochEndOffset(m.divergingEpoch)) refuse('FetchResponsePartitionData.divergingEpoch', version) }
  if (version <= 11) { if (m.currentLeader !== undefined && !isDefaultFetchResponseLeaderIdAndEpoch(m.currentLeader)) refuse('FetchResponsePartitionData.currentLeader', version) }
  if (version <= 11) { if (m.snapshotId !== undefined && !isDefaultFetchResponseSnapshotId(m.snapshotId)) refuse('FetchResponsePartitionData.snapshotId', version) }
  if (flexible) {
    const t0 = m.divergingEpoch
    const has0 = t0 !== undefined && !isDefaultFetchResponseEpochEndOffset(t0)
    const t1 = m.currentLeader
    const has1 = t1 !== undefined && !isDefaultFetchResponseLeaderIdAndEpoch(t1)
    const t2 = m.snapshotId
    const has2 = t2 !== undefined && !isDefaultFetchResponseSnapshotId(t2)
    w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0))
    if (has0) {
      const s0 = new Writer()
      writeFetchResponseEpochEndOffset(s0, t0)
      writeTag(w, 0, s0)
    }
    if (has1) {
      const s1 = new Writer()
      writeFetchResponseLeaderIdAndEpoch(s1, t1)
      writeTag(w, 1, s1)
    }
    if (has2) {
      const s2 = new Writer()
      writeFetchResponseSnapshotId(s2, t2)
      writeTag(w, 2, s2)
    }
  }
}

function readFetchResponsePartitionData(r: Reader, version: number): FetchResponsePartitionData {
  const flexible = version >= 12
  const value: FetchResponsePartitionData = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    highWatermark: r.int64(),
    lastStableOffset: r.int64(),
    logStartOffset: version >= 5 ? r.int64() : -1,
    divergingEpoch: defaultFetchResponseEpochEndOffset,
    currentLeader: defaultFetchResponseLeaderIdAndEpoch,
    snapshotId: defaultFetchResponseSnapshotId,
    abortedTransactions: readNullableArrayOfFetchResponseAbortedTransaction(r, version),
    preferredReadReplica: version >= 11 ? r.int32() : -1,
    records: readNullableRecords(r, flexible),
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.divergingEpoch = readFetchResponseEpochEndOffset(r)
      else if (tag === 1) value.currentLeader = readFetchResponseLeaderIdAndEpoch(r)
      else if (tag === 2) value.snapshotId = readFetchResponseSnapshotId(r)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'FetchResponse', tag)
    }
  }
  return value
}

function writeFetchResponseEpochEndOffset(w: Writer, m: FetchResponseEpochEndOffsetInit): void {
  w.int32(m.epoch ?? -1)
  w.int64(m.endOffset ?? -1)
  w.uvarint(0)
}

function readFetchResponseEpochEndOffset(r: Reader): FetchResponseEpochEndOffset {
  const value: FetchResponseEpochEndOffset = {
    epoch: r.int32(),
    endOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeFetchResponseLeaderIdAndEpoch(w: Writer, m: FetchResponseLeaderIdAndEpochInit): void {
  w.int32(m.leaderId ?? -1)
  w.int32(m.leaderEpoch ?? -1)
  w.uvarint(0)
}

function readFetchResponseLeaderIdAndEpoch(r: Reader): FetchResponseLeaderIdAndEpoch {
  const value: FetchResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeFetchResponseSnapshotId(w: Writer, m: FetchResponseSnapshotIdInit): void {
  w.int64(m.endOffset ?? -1)
  w.int32(m.epoch ?? -1)
  w.uvarint(0)
}

function readFetchResponseSnapshotId(r: Reader): FetchResponseSnapshotId {
  const value: FetchResponseSnapshotId = {
    endOffset: r.int64(),
    epoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeFetchResponseAbortedTransaction(w: Writer, m: FetchResponseAbortedTransactionInit, version: number): void {
  const flexible = version >= 12
  w.int64(m.producerId)
  w.int64(m.firstOffset)
  if (flexible) w.uvarint(0)
}

function readFetchResponseAbortedTransaction(r: Reader, version: number): FetchResponseAbortedTransaction {
  const flexible = version >= 12
  const value: FetchResponseAbortedTransaction = {
    producerId: r.int64(),
    firstOffset: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeFetchResponseNodeEndpoint(w: Writer, m: FetchResponseNodeEndpointInit): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readFetchResponseNodeEndpoint(r: Reader): FetchResponseNodeEndpoint {
  const value: FetchResponseNodeEndpoint = {
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfFetchResponseFetchableTopicResponse(w: Writer, list: readonly FetchResponseFetchableTopicResponseInit[], version: number): void {
  const flexible = version >= 12
  writeLength(w, list.length, flexible)
  for (const element of list) writeFetchResponseFetchableTopicResponse(w, element, version)
}

function readArrayOfFetchResponseFetchableTopicResponse(r: Reader, version: number): FetchResponseFetchableTopicResponse[] {
  const flexible = version >= 12
  const length = readLength(r, flexible, flexible ? 3 : 6, 3)
  const list: FetchResponseFetchableTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readFetchResponseFetchableTopicResponse(r, version))
  return list
}

function writeArrayOfFetchResponseNodeEndpoint(w: Writer, list: readonly FetchResponseNodeEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeFetchResponseNodeEndpoint(w, element)
}

function readArrayOfFetchResponseNodeEndpoint(r: Reader): FetchResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: FetchResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readFetchResponseNodeEndpoint(r))
  return list
}

function writeArrayOfFetchResponsePartitionData(w: Writer, list: readonly FetchResponsePartitionDataInit[], version: number): void {
  const flexible = version >= 12
  writeLength(w, list.length, flexible)
  for (const element of list) writeFetchResponsePartitionData(w, element, version)
}

function readArrayOfFetchResponsePartitionData(r: Reader, version: number): FetchResponsePartitionData[] {
  const flexible = version >= 12
  const length = readLength(r, flexible, flexible ? 37 : 30, 11)
  const list: FetchResponsePartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readFetchResponsePartitionData(r, version))
  return list
}

function writeNullableArrayOfFetchResponseAbortedTransaction(w: Writer, list: readonly FetchResponseAbortedTransactionInit[] | null, version: number): void {
  const flexible = version >= 12
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeFetchResponseAbortedTransaction(w, element, version)
}

function readNullableArrayOfFetchResponseAbortedTransaction(r: Reader, version: number): FetchResponseAbortedTransaction[] | null {
  const flexible = version >= 12
  const length = readNullableLength(r, flexible, flexible ? 17 : 16, 2)
  if (length < 0) return null
  const list: FetchResponseAbortedTransaction[] = []
  for (let index = 0; index < length; index++) list.push(readFetchResponseAbortedTransaction(r, version))
  return list
}

export function encodeFetchResponse(w: Writer, m: FetchResponseInit, version: number): void {
  if (!(version >= 4 && version <= 18)) unwritable('FetchResponse', version)
  writeFetchResponse(w, m, version)
}

export function decodeFetchResponse(r: Reader, version: number): FetchResponse {
  if (!(version >= 4 && version <= 18)) unreadable('FetchResponse', version, r)
  return readFetchResponse(r, version)
}

/** API key 1, versions 4-18. */
export const FetchApi: Api<FetchRequest, FetchRequestInit, FetchResponse, FetchResponseInit> = {
  key: 1,
  name: 'Fetch',
  minVersion: 4,
  maxVersion: 18,
  flexibleFrom: 12,
  latestVersionUnstable: false,
  encodeRequest: encodeFetchRequest,
  decodeRequest: decodeFetchRequest,
  encodeResponse: encodeFetchResponse,
  decodeResponse: decodeFetchResponse,
}

// data/02-list-offsets.kmsg

export interface ListOffsetsRequest {
  replicaId: number
  isolationLevel: number // 2-11
  topics: ListOffsetsRequestListOffsetsTopic[]
  timeoutMs: number // 10-11
}

export interface ListOffsetsRequestInit {
  replicaId: number
  isolationLevel?: number | undefined
  topics: readonly ListOffsetsRequestListOffsetsTopicInit[]
  timeoutMs?: number | undefined
}

export interface ListOffsetsRequestListOffsetsTopic {
  name: string
  partitions: ListOffsetsRequestListOffsetsPartition[]
}

export interface ListOffsetsRequestListOffsetsTopicInit {
  name: string
  partitions: readonly ListOffsetsRequestListOffsetsPartitionInit[]
}

export interface ListOffsetsRequestListOffsetsPartition {
  partitionIndex: number
  currentLeaderEpoch: number // 4-11
  timestamp: number
}

export interface ListOffsetsRequestListOffsetsPartitionInit {
  partitionIndex: number
  currentLeaderEpoch?: number | undefined
  timestamp: number
}

function writeListOffsetsRequest(w: Writer, m: ListOffsetsRequestInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.replicaId)
  if (version >= 2) w.int8(m.isolationLevel ?? 0)
  else { if (m.isolationLevel !== undefined && m.isolationLevel !== 0) refuse('ListOffsetsRequest.isolationLevel', version) }
  writeArrayOfListOffsetsRequestListOffsetsTopic(w, m.topics, version)
  if (version >= 10) w.int32(m.timeoutMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readListOffsetsRequest(r: Reader, version: number): ListOffsetsRequest {
  const flexible = version >= 6
  const value: ListOffsetsRequest = {
    replicaId: r.int32(),
    isolationLevel: version >= 2 ? r.int8() : 0,
    topics: readArrayOfListOffsetsRequestListOffsetsTopic(r, version),
    timeoutMs: version >= 10 ? r.int32() : 0,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsRequestListOffsetsTopic(w: Writer, m: ListOffsetsRequestListOffsetsTopicInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfListOffsetsRequestListOffsetsPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readListOffsetsRequestListOffsetsTopic(r: Reader, version: number): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6
  const value: ListOffsetsRequestListOffsetsTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfListOffsetsRequestListOffsetsPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsRequestListOffsetsPartition(w: Writer, m: ListOffsetsRequestListOffsetsPartitionInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.partitionIndex)
  if (version >= 4) w.int32(m.currentLeaderEpoch ?? -1)
  w.int64(m.timestamp)
  if (flexible) w.uvarint(0)
}

function readListOffsetsRequestListOffsetsPartition(r: Reader, version: number): ListOffsetsRequestListOffsetsPartition {
  const flexible = version >= 6
  const value: ListOffsetsRequestListOffsetsPartition = {
    partitionIndex: r.int32(),
    currentLeaderEpoch: version >= 4 ? r.int32() : -1,
    timestamp: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfListOffsetsRequestListOffsetsTopic(w: Writer, list: readonly ListOffsetsRequestListOffsetsTopicInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsRequestListOffsetsTopic(w, element, version)
}

function readArrayOfListOffsetsRequestListOffsetsTopic(r: Reader, version: number): ListOffsetsRequestListOffsetsTopic[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: ListOffsetsRequestListOffsetsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsRequestListOffsetsTopic(r, version))
  return list
}

function writeArrayOfListOffsetsRequestListOffsetsPartition(w: Writer, list: readonly ListOffsetsRequestListOffsetsPartitionInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsRequestListOffsetsPartition(w, element, version)
}

function readArrayOfListOffsetsRequestListOffsetsPartition(r: Reader, version: number): ListOffsetsRequestListOffsetsPartition[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 17 : 12, 3)
  const list: ListOffsetsRequestListOffsetsPartition[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsRequestListOffsetsPartition(r, version))
  return list
}

export function encodeListOffsetsRequest(w: Writer, m: ListOffsetsRequestInit, version: number): void {
  if (!(version >= 1 && version <= 11)) unwritable('ListOffsetsRequest', version)
  writeListOffsetsRequest(w, m, version)
}

export function decodeListOffsetsRequest(r: Reader, version: number): ListOffsetsRequest {
  if (!(version >= 1 && version <= 11)) unreadable('ListOffsetsRequest', version, r)
  return readListOffsetsRequest(r, version)
}

export interface ListOffsetsResponse {
  throttleTimeMs: number // 2-11
  topics: ListOffsetsResponseListOffsetsTopicResponse[]
}

export interface ListOffsetsResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly ListOffsetsResponseListOffsetsTopicResponseInit[]
}

export interface ListOffsetsResponseListOffsetsTopicResponse {
  name: string
  partitions: ListOffsetsResponseListOffsetsPartitionResponse[]
}

export interface ListOffsetsResponseListOffsetsTopicResponseInit {
  name: string
  partitions: readonly ListOffsetsResponseListOffsetsPartitionResponseInit[]
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  partitionIndex: number
  errorCode: number
  timestamp: number
  offset: number
  leaderEpoch: number // 4-11
}

export interface ListOffsetsResponseListOffsetsPartitionResponseInit {
  partitionIndex: number
  errorCode: number
  timestamp?: number | undefined
  offset?: number | undefined
  leaderEpoch?: number | undefined
}

function writeListOffsetsResponse(w: Writer, m: ListOffsetsResponseInit, version: number): void {
  const flexible = version >= 6
  if (version >= 2) w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfListOffsetsResponseListOffsetsTopicResponse(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readListOffsetsResponse(r: Reader, version: number): ListOffsetsResponse {
  const flexible = version >= 6
  const value: ListOffsetsResponse = {
    throttleTimeMs: version >= 2 ? r.int32() : 0,
    topics: readArrayOfListOffsetsResponseListOffsetsTopicResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsResponseListOffsetsTopicResponse(w: Writer, m: ListOffsetsResponseListOffsetsTopicResponseInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfListOffsetsResponseListOffsetsPartitionResponse(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readListOffsetsResponseListOffsetsTopicResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6
  const value: ListOffsetsResponseListOffsetsTopicResponse = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfListOffsetsResponseListOffsetsPartitionResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListOffsetsResponseListOffsetsPartitionResponse(w: Writer, m: ListOffsetsResponseListOffsetsPartitionResponseInit, version: number): void {
  const flexible = version >= 6
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.int64(m.timestamp ?? -1)
  w.int64(m.offset ?? -1)
  if (version >= 4) w.int32(m.leaderEpoch ?? -1)
  else { if (m.leaderEpoch !== undefined && m.leaderEpoch !== -1) refuse('ListOffsetsResponseListOffsetsPartitionResponse.leaderEpoch', version) }
  if (flexible) w.uvarint(0)
}

function readListOffsetsResponseListOffsetsPartitionResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsPartitionResponse {
  const flexible = version >= 6
  const value: ListOffsetsResponseListOffsetsPartitionResponse = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    timestamp: r.int64(),
    offset: r.int64(),
    leaderEpoch: version >= 4 ? r.int32() : -1,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfListOffsetsResponseListOffsetsTopicResponse(w: Writer, list: readonly ListOffsetsResponseListOffsetsTopicResponseInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsResponseListOffsetsTopicResponse(w, element, version)
}

function readArrayOfListOffsetsResponseListOffsetsTopicResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsTopicResponse[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: ListOffsetsResponseListOffsetsTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsResponseListOffsetsTopicResponse(r, version))
  return list
}

function writeArrayOfListOffsetsResponseListOffsetsPartitionResponse(w: Writer, list: readonly ListOffsetsResponseListOffsetsPartitionResponseInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeListOffsetsResponseListOffsetsPartitionResponse(w, element, version)
}

function readArrayOfListOffsetsResponseListOffsetsPartitionResponse(r: Reader, version: number): ListOffsetsResponseListOffsetsPartitionResponse[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 27 : 22, 5)
  const list: ListOffsetsResponseListOffsetsPartitionResponse[] = []
  for (let index = 0; index < length; index++) list.push(readListOffsetsResponseListOffsetsPartitionResponse(r, version))
  return list
}

export function encodeListOffsetsResponse(w: Writer, m: ListOffsetsResponseInit, version: number): void {
  if (!(version >= 1 && version <= 11)) unwritable('ListOffsetsResponse', version)
  writeListOffsetsResponse(w, m, version)
}

export function decodeListOffsetsResponse(r: Reader, version: number): ListOffsetsResponse {
  if (!(version >= 1 && version <= 11)) unreadable('ListOffsetsResponse', version, r)
  return readListOffsetsResponse(r, version)
}

/** API key 2, versions 1-11. */
export const ListOffsetsApi: Api<ListOffsetsRequest, ListOffsetsRequestInit, ListOffsetsResponse, ListOffsetsResponseInit> = {
  key: 2,
  name: 'ListOffsets',
  minVersion: 1,
  maxVersion: 11,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  encodeRequest: encodeListOffsetsRequest,
  decodeRequest: decodeListOffsetsRequest,
  encodeResponse: encodeListOffsetsResponse,
  decodeResponse: decodeListOffsetsResponse,
}

// data/21-delete-records.kmsg

export interface DeleteRecordsRequest {
  topics: DeleteRecordsRequestDeleteRecordsTopic[]
  timeoutMs: number
}

export interface DeleteRecordsRequestInit {
  topics: readonly DeleteRecordsRequestDeleteRecordsTopicInit[]
  timeoutMs: number
}

export interface DeleteRecordsRequestDeleteRecordsTopic {
  name: string
  partitions: DeleteRecordsRequestDeleteRecordsPartition[]
}

export interface DeleteRecordsRequestDeleteRecordsTopicInit {
  name: string
  partitions: readonly DeleteRecordsRequestDeleteRecordsPartitionInit[]
}

export interface DeleteRecordsRequestDeleteRecordsPartition {
  partitionIndex: number
  offset: number
}

export type DeleteRecordsRequestDeleteRecordsPartitionInit = DeleteRecordsRequestDeleteRecordsPartition

function writeDeleteRecordsRequest(w: Writer, m: DeleteRecordsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfDeleteRecordsRequestDeleteRecordsTopic(w, m.topics, version)
  w.int32(m.timeoutMs)
  if (flexible) w.uvarint(0)
}

function readDeleteRecordsRequest(r: Reader, version: number): DeleteRecordsRequest {
  const flexible = version >= 2
  const value: DeleteRecordsRequest = {
    topics: readArrayOfDeleteRecordsRequestDeleteRecordsTopic(r, version),
    timeoutMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteRecordsRequestDeleteRecordsTopic(w: Writer, m: DeleteRecordsRequestDeleteRecordsTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfDeleteRecordsRequestDeleteRecordsPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readDeleteRecordsRequestDeleteRecordsTopic(r: Reader, version: number): DeleteRecordsRequestDeleteRecordsTopic {
  const flexible = version >= 2
  const value: DeleteRecordsRequestDeleteRecordsTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfDeleteRecordsRequestDeleteRecordsPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteRecordsRequestDeleteRecordsPartition(w: Writer, m: DeleteRecordsRequestDeleteRecordsPartitionInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionIndex)
  w.int64(m.offset)
  if (flexible) w.uvarint(0)
}

function readDeleteRecordsRequestDeleteRecordsPartition(r: Reader, version: number): DeleteRecordsRequestDeleteRecordsPartition {
  const flexible = version >= 2
  const value: DeleteRecordsRequestDeleteRecordsPartition = {
    partitionIndex: r.int32(),
    offset: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteRecordsRequestDeleteRecordsTopic(w: Writer, list: readonly DeleteRecordsRequestDeleteRecordsTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteRecordsRequestDeleteRecordsTopic(w, element, version)
}

function readArrayOfDeleteRecordsRequestDeleteRecordsTopic(r: Reader, version: number): DeleteRecordsRequestDeleteRecordsTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: DeleteRecordsRequestDeleteRecordsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteRecordsRequestDeleteRecordsTopic(r, version))
  return list
}

function writeArrayOfDeleteRecordsRequestDeleteRecordsPartition(w: Writer, list: readonly DeleteRecordsRequestDeleteRecordsPartitionInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteRecordsRequestDeleteRecordsPartition(w, element, version)
}

function readArrayOfDeleteRecordsRequestDeleteRecordsPartition(r: Reader, version: number): DeleteRecordsRequestDeleteRecordsPartition[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 13 : 12, 2)
  const list: DeleteRecordsRequestDeleteRecordsPartition[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteRecordsRequestDeleteRecordsPartition(r, version))
  return list
}

export function encodeDeleteRecordsRequest(w: Writer, m: DeleteRecordsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DeleteRecordsRequest', version)
  writeDeleteRecordsRequest(w, m, version)
}

export function decodeDeleteRecordsRequest(r: Reader, version: number): DeleteRecordsRequest {
  if (!(version >= 0 && version <= 2)) unreadable('DeleteRecordsRequest', version, r)
  return readDeleteRecordsRequest(r, version)
}

export interface DeleteRecordsResponse {
  throttleTimeMs: number
  topics: DeleteRecordsResponseDeleteRecordsTopicResult[]
}

export interface DeleteRecordsResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly DeleteRecordsResponseDeleteRecordsTopicResultInit[]
}

export interface DeleteRecordsResponseDeleteRecordsTopicResult {
  name: string
  partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[]
}

export interface DeleteRecordsResponseDeleteRecordsTopicResultInit {
  name: string
  partitions: readonly DeleteRecordsResponseDeleteRecordsPartitionResultInit[]
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResult {
  partitionIndex: number
  lowWatermark: number
  errorCode: number
}

export type DeleteRecordsResponseDeleteRecordsPartitionResultInit = DeleteRecordsResponseDeleteRecordsPartitionResult

function writeDeleteRecordsResponse(w: Writer, m: DeleteRecordsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDeleteRecordsResponseDeleteRecordsTopicResult(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readDeleteRecordsResponse(r: Reader, version: number): DeleteRecordsResponse {
  const flexible = version >= 2
  const value: DeleteRecordsResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfDeleteRecordsResponseDeleteRecordsTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteRecordsResponseDeleteRecordsTopicResult(w: Writer, m: DeleteRecordsResponseDeleteRecordsTopicResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfDeleteRecordsResponseDeleteRecordsPartitionResult(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readDeleteRecordsResponseDeleteRecordsTopicResult(r: Reader, version: number): DeleteRecordsResponseDeleteRecordsTopicResult {
  const flexible = version >= 2
  const value: DeleteRecordsResponseDeleteRecordsTopicResult = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfDeleteRecordsResponseDeleteRecordsPartitionResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteRecordsResponseDeleteRecordsPartitionResult(w: Writer, m: DeleteRecordsResponseDeleteRecordsPartitionResultInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionIndex)
  w.int64(m.lowWatermark)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readDeleteRecordsResponseDeleteRecordsPartitionResult(r: Reader, version: number): DeleteRecordsResponseDeleteRecordsPartitionResult {
  const flexible = version >= 2
  const value: DeleteRecordsResponseDeleteRecordsPartitionResult = {
    partitionIndex: r.int32(),
    lowWatermark: r.int64(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteRecordsResponseDeleteRecordsTopicResult(w: Writer, list: readonly DeleteRecordsResponseDeleteRecordsTopicResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteRecordsResponseDeleteRecordsTopicResult(w, element, version)
}

function readArrayOfDeleteRecordsResponseDeleteRecordsTopicResult(r: Reader, version: number): DeleteRecordsResponseDeleteRecordsTopicResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: DeleteRecordsResponseDeleteRecordsTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteRecordsResponseDeleteRecordsTopicResult(r, version))
  return list
}

function writeArrayOfDeleteRecordsResponseDeleteRecordsPartitionResult(w: Writer, list: readonly DeleteRecordsResponseDeleteRecordsPartitionResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteRecordsResponseDeleteRecordsPartitionResult(w, element, version)
}

function readArrayOfDeleteRecordsResponseDeleteRecordsPartitionResult(r: Reader, version: number): DeleteRecordsResponseDeleteRecordsPartitionResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 15 : 14, 3)
  const list: DeleteRecordsResponseDeleteRecordsPartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteRecordsResponseDeleteRecordsPartitionResult(r, version))
  return list
}

export function encodeDeleteRecordsResponse(w: Writer, m: DeleteRecordsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('DeleteRecordsResponse', version)
  writeDeleteRecordsResponse(w, m, version)
}

export function decodeDeleteRecordsResponse(r: Reader, version: number): DeleteRecordsResponse {
  if (!(version >= 0 && version <= 2)) unreadable('DeleteRecordsResponse', version, r)
  return readDeleteRecordsResponse(r, version)
}

/** API key 21, versions 0-2. */
export const DeleteRecordsApi: Api<DeleteRecordsRequest, DeleteRecordsRequestInit, DeleteRecordsResponse, DeleteRecordsResponseInit> = {
  key: 21,
  name: 'DeleteRecords',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteRecordsRequest,
  decodeRequest: decodeDeleteRecordsRequest,
  encodeResponse: encodeDeleteRecordsResponse,
  decodeResponse: decodeDeleteRecordsResponse,
}

// data/23-offset-for-leader-epoch.kmsg

export interface OffsetForLeaderEpochRequest {
  replicaId: number // 3-4
  topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[]
}

export interface OffsetForLeaderEpochRequestInit {
  replicaId?: number | undefined
  topics: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopicInit[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  topic: string
  partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopicInit {
  topic: string
  partitions: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  partition: number
  currentLeaderEpoch: number
  leaderEpoch: number
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit {
  partition: number
  currentLeaderEpoch?: number | undefined
  leaderEpoch: number
}

function writeOffsetForLeaderEpochRequest(w: Writer, m: OffsetForLeaderEpochRequestInit, version: number): void {
  const flexible = version >= 4
  if (version >= 3) w.int32(m.replicaId ?? -2)
  writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochRequest(r: Reader, version: number): OffsetForLeaderEpochRequest {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochRequest = {
    replicaId: version >= 3 ? r.int32() : -2,
    topics: readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(w: Writer, m: OffsetForLeaderEpochRequestOffsetForLeaderTopicInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochRequestOffsetForLeaderTopic(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochRequestOffsetForLeaderTopic = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(w: Writer, m: OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.partition)
  w.int32(m.currentLeaderEpoch ?? -1)
  w.int32(m.leaderEpoch)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochRequestOffsetForLeaderPartition(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochRequestOffsetForLeaderPartition = {
    partition: r.int32(),
    currentLeaderEpoch: r.int32(),
    leaderEpoch: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(w: Writer, list: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopicInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(w, element, version)
}

function readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderTopic(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochRequestOffsetForLeaderTopic(r, version))
  return list
}

function writeArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(w: Writer, list: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartitionInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(w, element, version)
}

function readArrayOfOffsetForLeaderEpochRequestOffsetForLeaderPartition(r: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 13 : 12, 3)
  const list: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochRequestOffsetForLeaderPartition(r, version))
  return list
}

export function encodeOffsetForLeaderEpochRequest(w: Writer, m: OffsetForLeaderEpochRequestInit, version: number): void {
  if (!(version >= 2 && version <= 4)) unwritable('OffsetForLeaderEpochRequest', version)
  writeOffsetForLeaderEpochRequest(w, m, version)
}

export function decodeOffsetForLeaderEpochRequest(r: Reader, version: number): OffsetForLeaderEpochRequest {
  if (!(version >= 2 && version <= 4)) unreadable('OffsetForLeaderEpochRequest', version, r)
  return readOffsetForLeaderEpochRequest(r, version)
}

export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number
  topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[]
}

export interface OffsetForLeaderEpochResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit[]
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  topic: string
  partitions: OffsetForLeaderEpochResponseEpochEndOffset[]
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit {
  topic: string
  partitions: readonly OffsetForLeaderEpochResponseEpochEndOffsetInit[]
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  errorCode: number
  partition: number
  leaderEpoch: number
  endOffset: number
}

export interface OffsetForLeaderEpochResponseEpochEndOffsetInit {
  errorCode: number
  partition: number
  leaderEpoch?: number | undefined
  endOffset?: number | undefined
}

function writeOffsetForLeaderEpochResponse(w: Writer, m: OffsetForLeaderEpochResponseInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochResponse(r: Reader, version: number): OffsetForLeaderEpochResponse {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w: Writer, m: OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeArrayOfOffsetForLeaderEpochResponseEpochEndOffset(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfOffsetForLeaderEpochResponseEpochEndOffset(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeOffsetForLeaderEpochResponseEpochEndOffset(w: Writer, m: OffsetForLeaderEpochResponseEpochEndOffsetInit, version: number): void {
  const flexible = version >= 4
  w.int16(m.errorCode)
  w.int32(m.partition)
  w.int32(m.leaderEpoch ?? -1)
  w.int64(m.endOffset ?? -1)
  if (flexible) w.uvarint(0)
}

function readOffsetForLeaderEpochResponseEpochEndOffset(r: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4
  const value: OffsetForLeaderEpochResponseEpochEndOffset = {
    errorCode: r.int16(),
    partition: r.int32(),
    leaderEpoch: r.int32(),
    endOffset: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w: Writer, list: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(w, element, version)
}

function readArrayOfOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(r, version))
  return list
}

function writeArrayOfOffsetForLeaderEpochResponseEpochEndOffset(w: Writer, list: readonly OffsetForLeaderEpochResponseEpochEndOffsetInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeOffsetForLeaderEpochResponseEpochEndOffset(w, element, version)
}

function readArrayOfOffsetForLeaderEpochResponseEpochEndOffset(r: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 19 : 18, 4)
  const list: OffsetForLeaderEpochResponseEpochEndOffset[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetForLeaderEpochResponseEpochEndOffset(r, version))
  return list
}

export function encodeOffsetForLeaderEpochResponse(w: Writer, m: OffsetForLeaderEpochResponseInit, version: number): void {
  if (!(version >= 2 && version <= 4)) unwritable('OffsetForLeaderEpochResponse', version)
  writeOffsetForLeaderEpochResponse(w, m, version)
}

export function decodeOffsetForLeaderEpochResponse(r: Reader, version: number): OffsetForLeaderEpochResponse {
  if (!(version >= 2 && version <= 4)) unreadable('OffsetForLeaderEpochResponse', version, r)
  return readOffsetForLeaderEpochResponse(r, version)
}

/** API key 23, versions 2-4. */
export const OffsetForLeaderEpochApi: Api<OffsetForLeaderEpochRequest, OffsetForLeaderEpochRequestInit, OffsetForLeaderEpochResponse, OffsetForLeaderEpochResponseInit> = {
  key: 23,
  name: 'OffsetForLeaderEpoch',
  minVersion: 2,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeOffsetForLeaderEpochRequest,
  decodeRequest: decodeOffsetForLeaderEpochRequest,
  encodeResponse: encodeOffsetForLeaderEpochResponse,
  decodeResponse: decodeOffsetForLeaderEpochResponse,
}
