// Made by generator/main.ts from definitions/87-read-share-group-state-summary.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ReadShareGroupStateSummaryRequest {
  groupId: string
  topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[]
}

export interface ReadShareGroupStateSummaryRequestInit {
  groupId: string
  topics: readonly ReadShareGroupStateSummaryRequestReadStateSummaryDataInit[]
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  topicId: string
  partitions: ReadShareGroupStateSummaryRequestPartitionData[]
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryDataInit {
  topicId: string
  partitions: readonly ReadShareGroupStateSummaryRequestPartitionDataInit[]
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  partition: number
  leaderEpoch: number
}

export type ReadShareGroupStateSummaryRequestPartitionDataInit = ReadShareGroupStateSummaryRequestPartitionData

function writeReadShareGroupStateSummaryRequest(w: Writer, m: ReadShareGroupStateSummaryRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(w, m.topics, version)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryRequest(r: Reader, version: number): ReadShareGroupStateSummaryRequest {
  const value: ReadShareGroupStateSummaryRequest = {
    groupId: r.compactString(),
    topics: readArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryRequestReadStateSummaryData(w: Writer, m: ReadShareGroupStateSummaryRequestReadStateSummaryDataInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateSummaryRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryRequestReadStateSummaryData(r: Reader, version: number): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const value: ReadShareGroupStateSummaryRequestReadStateSummaryData = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateSummaryRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryRequestPartitionData(w: Writer, m: ReadShareGroupStateSummaryRequestPartitionDataInit, _version: number): void {
  w.int32(m.partition)
  w.int32(m.leaderEpoch)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryRequestPartitionData(r: Reader, _version: number): ReadShareGroupStateSummaryRequestPartitionData {
  const value: ReadShareGroupStateSummaryRequestPartitionData = {
    partition: r.int32(),
    leaderEpoch: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(w: Writer, list: readonly ReadShareGroupStateSummaryRequestReadStateSummaryDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryRequestReadStateSummaryData(w, element, version)
}

function readArrayOfReadShareGroupStateSummaryRequestReadStateSummaryData(r: Reader, version: number): ReadShareGroupStateSummaryRequestReadStateSummaryData[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryRequestReadStateSummaryData(r, version))
  return list
}

function writeArrayOfReadShareGroupStateSummaryRequestPartitionData(w: Writer, list: readonly ReadShareGroupStateSummaryRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryRequestPartitionData(w, element, version)
}

function readArrayOfReadShareGroupStateSummaryRequestPartitionData(r: Reader, version: number): ReadShareGroupStateSummaryRequestPartitionData[] {
  const length = readLength(r, true, 9, 2)
  const list: ReadShareGroupStateSummaryRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryRequestPartitionData(r, version))
  return list
}

export function encodeReadShareGroupStateSummaryRequest(w: Writer, m: ReadShareGroupStateSummaryRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ReadShareGroupStateSummaryRequest', version)
  writeReadShareGroupStateSummaryRequest(w, m, version)
}

export function decodeReadShareGroupStateSummaryRequest(r: Reader, version: number): ReadShareGroupStateSummaryRequest {
  if (version < 0 || version > 1) unreadable('ReadShareGroupStateSummaryRequest', version, r)
  return readReadShareGroupStateSummaryRequest(r, version)
}

export interface ReadShareGroupStateSummaryResponse {
  results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[]
}

export interface ReadShareGroupStateSummaryResponseInit {
  results: readonly ReadShareGroupStateSummaryResponseReadStateSummaryResultInit[]
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  topicId: string
  partitions: ReadShareGroupStateSummaryResponsePartitionResult[]
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResultInit {
  topicId: string
  partitions: readonly ReadShareGroupStateSummaryResponsePartitionResultInit[]
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // 1
}

export interface ReadShareGroupStateSummaryResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
}

function writeReadShareGroupStateSummaryResponse(w: Writer, m: ReadShareGroupStateSummaryResponseInit, version: number): void {
  writeArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(w, m.results, version)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryResponse(r: Reader, version: number): ReadShareGroupStateSummaryResponse {
  const value: ReadShareGroupStateSummaryResponse = {
    results: readArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryResponseReadStateSummaryResult(w: Writer, m: ReadShareGroupStateSummaryResponseReadStateSummaryResultInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfReadShareGroupStateSummaryResponsePartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryResponseReadStateSummaryResult(r: Reader, version: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const value: ReadShareGroupStateSummaryResponseReadStateSummaryResult = {
    topicId: r.uuid(),
    partitions: readArrayOfReadShareGroupStateSummaryResponsePartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeReadShareGroupStateSummaryResponsePartitionResult(w: Writer, m: ReadShareGroupStateSummaryResponsePartitionResultInit, version: number): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  if (version >= 1) w.int32(m.deliveryCompleteCount ?? -1)
  w.uvarint(0)
}

function readReadShareGroupStateSummaryResponsePartitionResult(r: Reader, version: number): ReadShareGroupStateSummaryResponsePartitionResult {
  const value: ReadShareGroupStateSummaryResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: version >= 1 ? r.int32() : -1,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(w: Writer, list: readonly ReadShareGroupStateSummaryResponseReadStateSummaryResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryResponseReadStateSummaryResult(w, element, version)
}

function readArrayOfReadShareGroupStateSummaryResponseReadStateSummaryResult(r: Reader, version: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult[] {
  const length = readLength(r, true, 18, 2)
  const list: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryResponseReadStateSummaryResult(r, version))
  return list
}

function writeArrayOfReadShareGroupStateSummaryResponsePartitionResult(w: Writer, list: readonly ReadShareGroupStateSummaryResponsePartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeReadShareGroupStateSummaryResponsePartitionResult(w, element, version)
}

function readArrayOfReadShareGroupStateSummaryResponsePartitionResult(r: Reader, version: number): ReadShareGroupStateSummaryResponsePartitionResult[] {
  const length = readLength(r, true, 24, 7)
  const list: ReadShareGroupStateSummaryResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readReadShareGroupStateSummaryResponsePartitionResult(r, version))
  return list
}

export function encodeReadShareGroupStateSummaryResponse(w: Writer, m: ReadShareGroupStateSummaryResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ReadShareGroupStateSummaryResponse', version)
  writeReadShareGroupStateSummaryResponse(w, m, version)
}

export function decodeReadShareGroupStateSummaryResponse(r: Reader, version: number): ReadShareGroupStateSummaryResponse {
  if (version < 0 || version > 1) unreadable('ReadShareGroupStateSummaryResponse', version, r)
  return readReadShareGroupStateSummaryResponse(r, version)
}

/** API key 87, versions 0-1. */
export const ReadShareGroupStateSummaryApi: Api<ReadShareGroupStateSummaryRequest, ReadShareGroupStateSummaryRequestInit, ReadShareGroupStateSummaryResponse, ReadShareGroupStateSummaryResponseInit> = {
  key: 87,
  name: 'ReadShareGroupStateSummary',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeReadShareGroupStateSummaryRequest,
  decodeRequest: decodeReadShareGroupStateSummaryRequest,
  encodeResponse: encodeReadShareGroupStateSummaryResponse,
  decodeResponse: decodeReadShareGroupStateSummaryResponse,
}
