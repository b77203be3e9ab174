// Made by generator/main.ts from definitions/84-read-share-group-state.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ReadShareGroupStateRequest {
  groupId: string
  topics: ReadShareGroupStateRequestReadStateData[]
}

export interface ReadShareGroupStateRequestInit {
  groupId: string
  topics: readonly ReadShareGroupStateRequestReadStateDataInit[]
}

export interface ReadShareGroupStateRequestReadStateData {
  topicId: string
  partitions: ReadShareGroupStateRequestPartitionData[]
}

export interface ReadShareGroupStateRequestReadStateDataInit {
  topicId: string
  partitions: readonly ReadShareGroupStateRequestPartitionDataInit[]
}

export interface ReadShareGroupStateRequestPartitionData {
  partition: number
  leaderEpoch: number
}

export type ReadShareGroupStateRequestPartitionDataInit = ReadShareGroupStateRequestPartitionData

function writeReadShareGroupStateRequest(w: Writer, m: ReadShareGroupStateRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfReadShareGroupStateRequestReadStateData(w, m.topics, version)
  w.uvarint(0)
}

function readReadShareGroupStateRequest(r: Reader, version: number): ReadShareGroupStateRequest {
  const value: ReadShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfReadShareGroupStateRequestReadStateData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateRequestReadStateData(w: Writer, m: ReadShareGroupStateRequestReadStateDataInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readReadShareGroupStateRequestReadStateData(r: Reader, version: number): ReadShareGroupStateRequestReadStateData {
  const value: ReadShareGroupStateRequestReadStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateRequestPartitionData(w: Writer, m: ReadShareGroupStateRequestPartitionDataInit, _version: number): void {
  w.int32(m.partition)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readReadShareGroupStateRequestPartitionData(r: Reader, _version: number): ReadShareGroupStateRequestPartitionData {
  const value: ReadShareGroupStateRequestPartitionData = {
    partition: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateRequestReadStateData(w: Writer, list: readonly ReadShareGroupStateRequestReadStateDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateRequestReadStateData(w, element, version)
}

function readArrayOfReadShareGroupStateRequestReadStateData(r: Reader, version: number): ReadShareGroupStateRequestReadStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateRequestReadStateData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateRequestReadStateData(r, version))
  return list
}

function writeArrayOfReadShareGroupStateRequestPartitionData(w: Writer, list: readonly ReadShareGroupStateRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateRequestPartitionData(w, element, version)
}

function readArrayOfReadShareGroupStateRequestPartitionData(r: Reader, version: number): ReadShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 9, 2)
  const list: ReadShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateRequestPartitionData(r, version))
  return list
}

export function encodeReadShareGroupStateRequest(w: Writer, m: ReadShareGroupStateRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('ReadShareGroupStateRequest', version)
  writeReadShareGroupStateRequest(w, m, version)
}

export function decodeReadShareGroupStateRequest(r: Reader, version: number): ReadShareGroupStateRequest {
  if (version < 0 || version > 0) unreadable('ReadShareGroupStateRequest', version, r)
  return readReadShareGroupStateRequest(r, version)
}

export interface ReadShareGroupStateResponse {
  results: ReadShareGroupStateResponseReadStateResult[]
}

export interface ReadShareGroupStateResponseInit {
  results: readonly ReadShareGroupStateResponseReadStateResultInit[]
}

export interface ReadShareGroupStateResponseReadStateResult {
  topicId: string
  partitions: ReadShareGroupStateResponsePartitionResult[]
}

export interface ReadShareGroupStateResponseReadStateResultInit {
  topicId: string
  partitions: readonly ReadShareGroupStateResponsePartitionResultInit[]
}

export interface ReadShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
  stateEpoch: number
  startOffset: number
  stateBatches: ReadShareGroupStateResponseStateBatch[]
}

export interface ReadShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
  stateEpoch: number
  startOffset: number
  stateBatches: readonly ReadShareGroupStateResponseStateBatchInit[]
}

export interface ReadShareGroupStateResponseStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type ReadShareGroupStateResponseStateBatchInit = ReadShareGroupStateResponseStateBatch

function writeReadShareGroupStateResponse(w: Writer, m: ReadShareGroupStateResponseInit, version: number): void {
  writeArrayOfReadShareGroupStateResponseReadStateResult(w, m.results, version)
  w.uvarint(0)
}

function readReadShareGroupStateResponse(r: Reader, version: number): ReadShareGroupStateResponse {
  const value: ReadShareGroupStateResponse = {
    results: readArrayOfReadShareGroupStateResponseReadStateResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateResponseReadStateResult(w: Writer, m: ReadShareGroupStateResponseReadStateResultInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateResponsePartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readReadShareGroupStateResponseReadStateResult(r: Reader, version: number): ReadShareGroupStateResponseReadStateResult {
  const value: ReadShareGroupStateResponseReadStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateResponsePartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateResponsePartitionResult(w: Writer, m: ReadShareGroupStateResponsePartitionResultInit, version: number): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.stateEpoch)
  w.int64(m.startOffset)
  writeArrayOfReadShareGroupStateResponseStateBatch(w, m.stateBatches, version)
  w.uvarint(0)
}

function readReadShareGroupStateResponsePartitionResult(r: Reader, version: number): ReadShareGroupStateResponsePartitionResult {
  const value: ReadShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    stateEpoch: r.int32(),
    startOffset: r.int64(),
    stateBatches: readArrayOfReadShareGroupStateResponseStateBatch(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateResponseStateBatch(w: Writer, m: ReadShareGroupStateResponseStateBatchInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readReadShareGroupStateResponseStateBatch(r: Reader, _version: number): ReadShareGroupStateResponseStateBatch {
  const value: ReadShareGroupStateResponseStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateResponseReadStateResult(w: Writer, list: readonly ReadShareGroupStateResponseReadStateResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateResponseReadStateResult(w, element, version)
}

function readArrayOfReadShareGroupStateResponseReadStateResult(r: Reader, version: number): ReadShareGroupStateResponseReadStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateResponseReadStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateResponseReadStateResult(r, version))
  return list
}

function writeArrayOfReadShareGroupStateResponsePartitionResult(w: Writer, list: readonly ReadShareGroupStateResponsePartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateResponsePartitionResult(w, element, version)
}

function readArrayOfReadShareGroupStateResponsePartitionResult(r: Reader, version: number): ReadShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 21, 6)
  const list: ReadShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateResponsePartitionResult(r, version))
  return list
}

function writeArrayOfReadShareGroupStateResponseStateBatch(w: Writer, list: readonly ReadShareGroupStateResponseStateBatchInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateResponseStateBatch(w, element, version)
}

function readArrayOfReadShareGroupStateResponseStateBatch(r: Reader, version: number): ReadShareGroupStateResponseStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ReadShareGroupStateResponseStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateResponseStateBatch(r, version))
  return list
}

export function encodeReadShareGroupStateResponse(w: Writer, m: ReadShareGroupStateResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('ReadShareGroupStateResponse', version)
  writeReadShareGroupStateResponse(w, m, version)
}

export function decodeReadShareGroupStateResponse(r: Reader, version: number): ReadShareGroupStateResponse {
  if (version < 0 || version > 0) unreadable('ReadShareGroupStateResponse', version, r)
  return readReadShareGroupStateResponse(r, version)
}

/** API key 84, versions 0. */
export const ReadShareGroupStateApi: Api<ReadShareGroupStateRequest, ReadShareGroupStateRequestInit, ReadShareGroupStateResponse, ReadShareGroupStateResponseInit> = {
  key: 84,
  name: 'ReadShareGroupState',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeReadShareGroupStateRequest,
  decodeRequest: decodeReadShareGroupStateRequest,
  encodeResponse: encodeReadShareGroupStateResponse,
  decodeResponse: decodeReadShareGroupStateResponse,
}
