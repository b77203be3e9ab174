// Made by generator/main.ts from definitions/55-describe-quorum.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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

function writeDescribeQuorumRequest(w: Writer, m: DescribeQuorumRequestInit, version: number): void {
  writeArrayOfDescribeQuorumRequestTopicData(w, m.topics, version)
  w.uvarint(0)
}

function readDescribeQuorumRequest(r: Reader, version: number): DescribeQuorumRequest {
  const value: DescribeQuorumRequest = {
    topics: readArrayOfDescribeQuorumRequestTopicData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumRequestTopicData(w: Writer, m: DescribeQuorumRequestTopicDataInit, version: number): void {
  w.compactString(m.topicName)
  writeArrayOfDescribeQuorumRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readDescribeQuorumRequestTopicData(r: Reader, version: number): DescribeQuorumRequestTopicData {
  const value: DescribeQuorumRequestTopicData = {
    topicName: r.compactString(),
    partitions: readArrayOfDescribeQuorumRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumRequestPartitionData(w: Writer, m: DescribeQuorumRequestPartitionDataInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.uvarint(0)
}

function readDescribeQuorumRequestPartitionData(r: Reader, _version: number): DescribeQuorumRequestPartitionData {
  const value: DescribeQuorumRequestPartitionData = {
    partitionIndex: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeQuorumRequestTopicData(w: Writer, list: readonly DescribeQuorumRequestTopicDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumRequestTopicData(w, element, version)
}

function readArrayOfDescribeQuorumRequestTopicData(r: Reader, version: number): DescribeQuorumRequestTopicData[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeQuorumRequestTopicData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumRequestTopicData(r, version))
  return list
}

function writeArrayOfDescribeQuorumRequestPartitionData(w: Writer, list: readonly DescribeQuorumRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumRequestPartitionData(w, element, version)
}

function readArrayOfDescribeQuorumRequestPartitionData(r: Reader, version: number): DescribeQuorumRequestPartitionData[] {
  const length = readLength(r, true, 5, 1)
  const list: DescribeQuorumRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumRequestPartitionData(r, version))
  return list
}

export function encodeDescribeQuorumRequest(w: Writer, m: DescribeQuorumRequestInit, version: number): void {
  if (version < 0 || version > 2) unwritable('DescribeQuorumRequest', version)
  writeDescribeQuorumRequest(w, m, version)
}

export function decodeDescribeQuorumRequest(r: Reader, version: number): DescribeQuorumRequest {
  if (version < 0 || version > 2) unreadable('DescribeQuorumRequest', version, r)
  return readDescribeQuorumRequest(r, version)
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
  if (version >= 2) writeArrayOfDescribeQuorumResponseNode(w, m.nodes ?? nothing, version)
  else { if (m.nodes !== undefined && m.nodes.length > 0) refuse('DescribeQuorumResponse.nodes', version) }
  w.uvarint(0)
}

function readDescribeQuorumResponse(r: Reader, version: number): DescribeQuorumResponse {
  const value: DescribeQuorumResponse = {
    errorCode: r.int16(),
    errorMessage: version >= 2 ? r.compactNullableString() : null,
    topics: readArrayOfDescribeQuorumResponseTopicData(r, version),
    nodes: version >= 2 ? readArrayOfDescribeQuorumResponseNode(r, version) : [],
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

function writeDescribeQuorumResponseNode(w: Writer, m: DescribeQuorumResponseNodeInit, version: number): void {
  w.int32(m.nodeId)
  writeArrayOfDescribeQuorumResponseListener(w, m.listeners, version)
  w.uvarint(0)
}

function readDescribeQuorumResponseNode(r: Reader, version: number): DescribeQuorumResponseNode {
  const value: DescribeQuorumResponseNode = {
    nodeId: r.int32(),
    listeners: readArrayOfDescribeQuorumResponseListener(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeQuorumResponseListener(w: Writer, m: DescribeQuorumResponseListenerInit, _version: number): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readDescribeQuorumResponseListener(r: Reader, _version: number): DescribeQuorumResponseListener {
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

function writeArrayOfDescribeQuorumResponseNode(w: Writer, list: readonly DescribeQuorumResponseNodeInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponseNode(w, element, version)
}

function readArrayOfDescribeQuorumResponseNode(r: Reader, version: number): DescribeQuorumResponseNode[] {
  const length = readLength(r, true, 6, 2)
  const list: DescribeQuorumResponseNode[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponseNode(r, version))
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

function writeArrayOfDescribeQuorumResponseListener(w: Writer, list: readonly DescribeQuorumResponseListenerInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeQuorumResponseListener(w, element, version)
}

function readArrayOfDescribeQuorumResponseListener(r: Reader, version: number): DescribeQuorumResponseListener[] {
  const length = readLength(r, true, 5, 3)
  const list: DescribeQuorumResponseListener[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeQuorumResponseListener(r, version))
  return list
}

export function encodeDescribeQuorumResponse(w: Writer, m: DescribeQuorumResponseInit, version: number): void {
  if (version < 0 || version > 2) unwritable('DescribeQuorumResponse', version)
  writeDescribeQuorumResponse(w, m, version)
}

export function decodeDescribeQuorumResponse(r: Reader, version: number): DescribeQuorumResponse {
  if (version < 0 || version > 2) unreadable('DescribeQuorumResponse', version, r)
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
