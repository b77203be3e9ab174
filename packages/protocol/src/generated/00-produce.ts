// Made by generator/main.ts from definitions/00-produce.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { readNullableRecords, writeNullableRecords } from '../messages/records.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 3 || version > 13) unwritable('ProduceRequest', version)
  writeProduceRequest(w, m, version)
}

export function decodeProduceRequest(r: Reader, version: number): ProduceRequest {
  if (version < 3 || version > 13) unreadable('ProduceRequest', version, r)
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
      writeArrayOfProduceResponseNodeEndpoint(s0, t0, version)
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
      if (tag === 0 && version >= 10) value.nodeEndpoints = readArrayOfProduceResponseNodeEndpoint(r, version)
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
      writeProduceResponseLeaderIdAndEpoch(s0, t0, version)
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
      if (tag === 0 && version >= 10) value.currentLeader = readProduceResponseLeaderIdAndEpoch(r, version)
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

function writeProduceResponseLeaderIdAndEpoch(w: Writer, m: ProduceResponseLeaderIdAndEpochInit, _version: number): void {
  w.int32(m.leaderId ?? -1)
  w.int32(m.leaderEpoch ?? -1)
  w.uvarint(0)
}

function readProduceResponseLeaderIdAndEpoch(r: Reader, _version: number): ProduceResponseLeaderIdAndEpoch {
  const value: ProduceResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeProduceResponseNodeEndpoint(w: Writer, m: ProduceResponseNodeEndpointInit, _version: number): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readProduceResponseNodeEndpoint(r: Reader, _version: number): ProduceResponseNodeEndpoint {
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

function writeArrayOfProduceResponseNodeEndpoint(w: Writer, list: readonly ProduceResponseNodeEndpointInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeProduceResponseNodeEndpoint(w, element, version)
}

function readArrayOfProduceResponseNodeEndpoint(r: Reader, version: number): ProduceResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: ProduceResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readProduceResponseNodeEndpoint(r, version))
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
  if (version < 3 || version > 13) unwritable('ProduceResponse', version)
  writeProduceResponse(w, m, version)
}

export function decodeProduceResponse(r: Reader, version: number): ProduceResponse {
  if (version < 3 || version > 13) unreadable('ProduceResponse', version, r)
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
