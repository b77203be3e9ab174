// Made by generator/main.ts from definitions/01-fetch.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { readNullableRecords, writeNullableRecords } from '../messages/records.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
      writeFetchRequestReplicaState(s1, t1, version)
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
      else if (tag === 1 && version >= 15) value.replicaState = readFetchRequestReplicaState(r, version)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'FetchRequest', tag)
    }
  }
  return value
}

function writeFetchRequestReplicaState(w: Writer, m: FetchRequestReplicaStateInit, _version: number): void {
  w.int32(m.replicaId ?? -1)
  w.int64(m.replicaEpoch ?? -1)
  w.uvarint(0)
}

function readFetchRequestReplicaState(r: Reader, _version: number): FetchRequestReplicaState {
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
  if (version < 4 || version > 18) unwritable('FetchRequest', version)
  writeFetchRequest(w, m, version)
}

export function decodeFetchRequest(r: Reader, version: number): FetchRequest {
  if (version < 4 || version > 18) unreadable('FetchRequest', version, r)
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
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
      writeArrayOfFetchResponseNodeEndpoint(s0, t0, version)
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
      if (tag === 0 && version >= 16) value.nodeEndpoints = readArrayOfFetchResponseNodeEndpoint(r, version)
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
      writeFetchResponseEpochEndOffset(s0, t0, version)
      writeTag(w, 0, s0)
    }
    if (has1) {
      const s1 = new Writer()
      writeFetchResponseLeaderIdAndEpoch(s1, t1, version)
      writeTag(w, 1, s1)
    }
    if (has2) {
      const s2 = new Writer()
      writeFetchResponseSnapshotId(s2, t2, version)
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
      if (tag === 0) value.divergingEpoch = readFetchResponseEpochEndOffset(r, version)
      else if (tag === 1) value.currentLeader = readFetchResponseLeaderIdAndEpoch(r, version)
      else if (tag === 2) value.snapshotId = readFetchResponseSnapshotId(r, version)
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'FetchResponse', tag)
    }
  }
  return value
}

function writeFetchResponseEpochEndOffset(w: Writer, m: FetchResponseEpochEndOffsetInit, _version: number): void {
  w.int32(m.epoch ?? -1)
  w.int64(m.endOffset ?? -1)
  w.uvarint(0)
}

function readFetchResponseEpochEndOffset(r: Reader, _version: number): FetchResponseEpochEndOffset {
  const value: FetchResponseEpochEndOffset = {
    epoch: r.int32(),
    endOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeFetchResponseLeaderIdAndEpoch(w: Writer, m: FetchResponseLeaderIdAndEpochInit, _version: number): void {
  w.int32(m.leaderId ?? -1)
  w.int32(m.leaderEpoch ?? -1)
  w.uvarint(0)
}

function readFetchResponseLeaderIdAndEpoch(r: Reader, _version: number): FetchResponseLeaderIdAndEpoch {
  const value: FetchResponseLeaderIdAndEpoch = {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeFetchResponseSnapshotId(w: Writer, m: FetchResponseSnapshotIdInit, _version: number): void {
  w.int64(m.endOffset ?? -1)
  w.int32(m.epoch ?? -1)
  w.uvarint(0)
}

function readFetchResponseSnapshotId(r: Reader, _version: number): FetchResponseSnapshotId {
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

function writeFetchResponseNodeEndpoint(w: Writer, m: FetchResponseNodeEndpointInit, _version: number): void {
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  w.uvarint(0)
}

function readFetchResponseNodeEndpoint(r: Reader, _version: number): FetchResponseNodeEndpoint {
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

function writeArrayOfFetchResponseNodeEndpoint(w: Writer, list: readonly FetchResponseNodeEndpointInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeFetchResponseNodeEndpoint(w, element, version)
}

function readArrayOfFetchResponseNodeEndpoint(r: Reader, version: number): FetchResponseNodeEndpoint[] {
  const length = readLength(r, true, 11, 4)
  const list: FetchResponseNodeEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readFetchResponseNodeEndpoint(r, version))
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
  if (version < 4 || version > 18) unwritable('FetchResponse', version)
  writeFetchResponse(w, m, version)
}

export function decodeFetchResponse(r: Reader, version: number): FetchResponse {
  if (version < 4 || version > 18) unreadable('FetchResponse', version, r)
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
