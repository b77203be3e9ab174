// Made by generator/main.ts from definitions/85-write-share-group-state.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface WriteShareGroupStateRequest {
  groupId: string
  topics: WriteShareGroupStateRequestWriteStateData[]
}

export interface WriteShareGroupStateRequestInit {
  groupId: string
  topics: readonly WriteShareGroupStateRequestWriteStateDataInit[]
}

export interface WriteShareGroupStateRequestWriteStateData {
  topicId: string
  partitions: WriteShareGroupStateRequestPartitionData[]
}

export interface WriteShareGroupStateRequestWriteStateDataInit {
  topicId: string
  partitions: readonly WriteShareGroupStateRequestPartitionDataInit[]
}

export interface WriteShareGroupStateRequestPartitionData {
  partition: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // 1
  stateBatches: WriteShareGroupStateRequestStateBatch[]
}

export interface WriteShareGroupStateRequestPartitionDataInit {
  partition: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
  stateBatches: readonly WriteShareGroupStateRequestStateBatchInit[]
}

export interface WriteShareGroupStateRequestStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type WriteShareGroupStateRequestStateBatchInit = WriteShareGroupStateRequestStateBatch

function writeWriteShareGroupStateRequest(w: Writer, m: WriteShareGroupStateRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfWriteShareGroupStateRequestWriteStateData(w, m.topics, version)
  w.uvarint(0)
}

function readWriteShareGroupStateRequest(r: Reader, version: number): WriteShareGroupStateRequest {
  const value: WriteShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfWriteShareGroupStateRequestWriteStateData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateRequestWriteStateData(w: Writer, m: WriteShareGroupStateRequestWriteStateDataInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfWriteShareGroupStateRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readWriteShareGroupStateRequestWriteStateData(r: Reader, version: number): WriteShareGroupStateRequestWriteStateData {
  const value: WriteShareGroupStateRequestWriteStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfWriteShareGroupStateRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateRequestPartitionData(w: Writer, m: WriteShareGroupStateRequestPartitionDataInit, version: number): void {
  w.int32(m.partition)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  if (version >= 1) w.int32(m.deliveryCompleteCount ?? -1)
  writeArrayOfWriteShareGroupStateRequestStateBatch(w, m.stateBatches, version)
  w.uvarint(0)
}

function readWriteShareGroupStateRequestPartitionData(r: Reader, version: number): WriteShareGroupStateRequestPartitionData {
  const value: WriteShareGroupStateRequestPartitionData = {
    partition: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: version >= 1 ? r.int32() : -1,
    stateBatches: readArrayOfWriteShareGroupStateRequestStateBatch(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateRequestStateBatch(w: Writer, m: WriteShareGroupStateRequestStateBatchInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readWriteShareGroupStateRequestStateBatch(r: Reader, _version: number): WriteShareGroupStateRequestStateBatch {
  const value: WriteShareGroupStateRequestStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteShareGroupStateRequestWriteStateData(w: Writer, list: readonly WriteShareGroupStateRequestWriteStateDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateRequestWriteStateData(w, element, version)
}

function readArrayOfWriteShareGroupStateRequestWriteStateData(r: Reader, version: number): WriteShareGroupStateRequestWriteStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: WriteShareGroupStateRequestWriteStateData[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateRequestWriteStateData(r, version))
  return list
}

function writeArrayOfWriteShareGroupStateRequestPartitionData(w: Writer, list: readonly WriteShareGroupStateRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateRequestPartitionData(w, element, version)
}

function readArrayOfWriteShareGroupStateRequestPartitionData(r: Reader, version: number): WriteShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 22, 6)
  const list: WriteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateRequestPartitionData(r, version))
  return list
}

function writeArrayOfWriteShareGroupStateRequestStateBatch(w: Writer, list: readonly WriteShareGroupStateRequestStateBatchInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateRequestStateBatch(w, element, version)
}

function readArrayOfWriteShareGroupStateRequestStateBatch(r: Reader, version: number): WriteShareGroupStateRequestStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: WriteShareGroupStateRequestStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateRequestStateBatch(r, version))
  return list
}

export function encodeWriteShareGroupStateRequest(w: Writer, m: WriteShareGroupStateRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('WriteShareGroupStateRequest', version)
  writeWriteShareGroupStateRequest(w, m, version)
}

export function decodeWriteShareGroupStateRequest(r: Reader, version: number): WriteShareGroupStateRequest {
  if (version < 0 || version > 1) unreadable('WriteShareGroupStateRequest', version, r)
  return readWriteShareGroupStateRequest(r, version)
}

export interface WriteShareGroupStateResponse {
  results: WriteShareGroupStateResponseWriteStateResult[]
}

export interface WriteShareGroupStateResponseInit {
  results: readonly WriteShareGroupStateResponseWriteStateResultInit[]
}

export interface WriteShareGroupStateResponseWriteStateResult {
  topicId: string
  partitions: WriteShareGroupStateResponsePartitionResult[]
}

export interface WriteShareGroupStateResponseWriteStateResultInit {
  topicId: string
  partitions: readonly WriteShareGroupStateResponsePartitionResultInit[]
}

export interface WriteShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export interface WriteShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeWriteShareGroupStateResponse(w: Writer, m: WriteShareGroupStateResponseInit, version: number): void {
  writeArrayOfWriteShareGroupStateResponseWriteStateResult(w, m.results, version)
  w.uvarint(0)
}

function readWriteShareGroupStateResponse(r: Reader, version: number): WriteShareGroupStateResponse {
  const value: WriteShareGroupStateResponse = {
    results: readArrayOfWriteShareGroupStateResponseWriteStateResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateResponseWriteStateResult(w: Writer, m: WriteShareGroupStateResponseWriteStateResultInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfWriteShareGroupStateResponsePartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readWriteShareGroupStateResponseWriteStateResult(r: Reader, version: number): WriteShareGroupStateResponseWriteStateResult {
  const value: WriteShareGroupStateResponseWriteStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfWriteShareGroupStateResponsePartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteShareGroupStateResponsePartitionResult(w: Writer, m: WriteShareGroupStateResponsePartitionResultInit, _version: number): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readWriteShareGroupStateResponsePartitionResult(r: Reader, _version: number): WriteShareGroupStateResponsePartitionResult {
  const value: WriteShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteShareGroupStateResponseWriteStateResult(w: Writer, list: readonly WriteShareGroupStateResponseWriteStateResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateResponseWriteStateResult(w, element, version)
}

function readArrayOfWriteShareGroupStateResponseWriteStateResult(r: Reader, version: number): WriteShareGroupStateResponseWriteStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: WriteShareGroupStateResponseWriteStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateResponseWriteStateResult(r, version))
  return list
}

function writeArrayOfWriteShareGroupStateResponsePartitionResult(w: Writer, list: readonly WriteShareGroupStateResponsePartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteShareGroupStateResponsePartitionResult(w, element, version)
}

function readArrayOfWriteShareGroupStateResponsePartitionResult(r: Reader, version: number): WriteShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 8, 3)
  const list: WriteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteShareGroupStateResponsePartitionResult(r, version))
  return list
}

export function encodeWriteShareGroupStateResponse(w: Writer, m: WriteShareGroupStateResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('WriteShareGroupStateResponse', version)
  writeWriteShareGroupStateResponse(w, m, version)
}

export function decodeWriteShareGroupStateResponse(r: Reader, version: number): WriteShareGroupStateResponse {
  if (version < 0 || version > 1) unreadable('WriteShareGroupStateResponse', version, r)
  return readWriteShareGroupStateResponse(r, version)
}

/** API key 85, versions 0-1. */
export const WriteShareGroupStateApi: Api<WriteShareGroupStateRequest, WriteShareGroupStateRequestInit, WriteShareGroupStateResponse, WriteShareGroupStateResponseInit> = {
  key: 85,
  name: 'WriteShareGroupState',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeWriteShareGroupStateRequest,
  decodeRequest: decodeWriteShareGroupStateRequest,
  encodeResponse: encodeWriteShareGroupStateResponse,
  decodeResponse: decodeWriteShareGroupStateResponse,
}
