// Made by generator/main.ts from definitions/35-describe-log-dirs.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeLogDirsRequest {
  topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null
}

export interface DescribeLogDirsRequestInit {
  topics?: readonly DescribeLogDirsRequestDescribableLogDirTopicInit[] | null | undefined
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  topic: string
  partitions: number[]
}

export interface DescribeLogDirsRequestDescribableLogDirTopicInit {
  topic: string
  partitions: readonly number[]
}

function writeDescribeLogDirsRequest(w: Writer, m: DescribeLogDirsRequestInit, version: number): void {
  const flexible = version >= 2
  writeNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(w, m.topics ?? null, version)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsRequest(r: Reader, version: number): DescribeLogDirsRequest {
  const flexible = version >= 2
  const value: DescribeLogDirsRequest = {
    topics: readNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsRequestDescribableLogDirTopic(w: Writer, m: DescribeLogDirsRequestDescribableLogDirTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsRequestDescribableLogDirTopic(r: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2
  const value: DescribeLogDirsRequestDescribableLogDirTopic = {
    topic: flexible ? r.compactString() : r.string(),
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(w: Writer, list: readonly DescribeLogDirsRequestDescribableLogDirTopicInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeDescribeLogDirsRequestDescribableLogDirTopic(w, element, version)
}

function readNullableArrayOfDescribeLogDirsRequestDescribableLogDirTopic(r: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 3 : 6, 2)
  if (length < 0) return null
  const list: DescribeLogDirsRequestDescribableLogDirTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsRequestDescribableLogDirTopic(r, version))
  return list
}

export function encodeDescribeLogDirsRequest(w: Writer, m: DescribeLogDirsRequestInit, version: number): void {
  if (version < 1 || version > 5) unwritable('DescribeLogDirsRequest', version)
  writeDescribeLogDirsRequest(w, m, version)
}

export function decodeDescribeLogDirsRequest(r: Reader, version: number): DescribeLogDirsRequest {
  if (version < 1 || version > 5) unreadable('DescribeLogDirsRequest', version, r)
  return readDescribeLogDirsRequest(r, version)
}

export interface DescribeLogDirsResponse {
  throttleTimeMs: number
  errorCode: number // 3-5
  results: DescribeLogDirsResponseDescribeLogDirsResult[]
}

export interface DescribeLogDirsResponseInit {
  throttleTimeMs: number
  errorCode?: number | undefined
  results: readonly DescribeLogDirsResponseDescribeLogDirsResultInit[]
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  errorCode: number
  logDir: string
  topics: DescribeLogDirsResponseDescribeLogDirsTopic[]
  totalBytes: number // 4-5
  usableBytes: number // 4-5
  isCordoned: boolean // 5
}

export interface DescribeLogDirsResponseDescribeLogDirsResultInit {
  errorCode: number
  logDir: string
  topics: readonly DescribeLogDirsResponseDescribeLogDirsTopicInit[]
  totalBytes?: number | undefined
  usableBytes?: number | undefined
  isCordoned?: boolean | undefined
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  name: string
  partitions: DescribeLogDirsResponseDescribeLogDirsPartition[]
}

export interface DescribeLogDirsResponseDescribeLogDirsTopicInit {
  name: string
  partitions: readonly DescribeLogDirsResponseDescribeLogDirsPartitionInit[]
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  partitionIndex: number
  partitionSize: number
  offsetLag: number
  isFutureKey: boolean
}

export type DescribeLogDirsResponseDescribeLogDirsPartitionInit = DescribeLogDirsResponseDescribeLogDirsPartition

function writeDescribeLogDirsResponse(w: Writer, m: DescribeLogDirsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  if (version >= 3) w.int16(m.errorCode ?? 0)
  writeArrayOfDescribeLogDirsResponseDescribeLogDirsResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponse(r: Reader, version: number): DescribeLogDirsResponse {
  const flexible = version >= 2
  const value: DescribeLogDirsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: version >= 3 ? r.int16() : 0,
    results: readArrayOfDescribeLogDirsResponseDescribeLogDirsResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsResponseDescribeLogDirsResult(w: Writer, m: DescribeLogDirsResponseDescribeLogDirsResultInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactString(m.logDir)
  else w.string(m.logDir)
  writeArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(w, m.topics, version)
  if (version >= 4) w.int64(m.totalBytes ?? -1)
  if (version >= 4) w.int64(m.usableBytes ?? -1)
  if (version >= 5) w.boolean(m.isCordoned ?? false)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponseDescribeLogDirsResult(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2
  const value: DescribeLogDirsResponseDescribeLogDirsResult = {
    errorCode: r.int16(),
    logDir: flexible ? r.compactString() : r.string(),
    topics: readArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(r, version),
    totalBytes: version >= 4 ? r.int64() : -1,
    usableBytes: version >= 4 ? r.int64() : -1,
    isCordoned: version >= 5 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsResponseDescribeLogDirsTopic(w: Writer, m: DescribeLogDirsResponseDescribeLogDirsTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponseDescribeLogDirsTopic(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2
  const value: DescribeLogDirsResponseDescribeLogDirsTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeLogDirsResponseDescribeLogDirsPartition(w: Writer, m: DescribeLogDirsResponseDescribeLogDirsPartitionInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionIndex)
  w.int64(m.partitionSize)
  w.int64(m.offsetLag)
  w.boolean(m.isFutureKey)
  if (flexible) w.uvarint(0)
}

function readDescribeLogDirsResponseDescribeLogDirsPartition(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsPartition {
  const flexible = version >= 2
  const value: DescribeLogDirsResponseDescribeLogDirsPartition = {
    partitionIndex: r.int32(),
    partitionSize: r.int64(),
    offsetLag: r.int64(),
    isFutureKey: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeLogDirsResponseDescribeLogDirsResult(w: Writer, list: readonly DescribeLogDirsResponseDescribeLogDirsResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeLogDirsResponseDescribeLogDirsResult(w, element, version)
}

function readArrayOfDescribeLogDirsResponseDescribeLogDirsResult(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 8, 6)
  const list: DescribeLogDirsResponseDescribeLogDirsResult[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsResponseDescribeLogDirsResult(r, version))
  return list
}

function writeArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(w: Writer, list: readonly DescribeLogDirsResponseDescribeLogDirsTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeLogDirsResponseDescribeLogDirsTopic(w, element, version)
}

function readArrayOfDescribeLogDirsResponseDescribeLogDirsTopic(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: DescribeLogDirsResponseDescribeLogDirsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsResponseDescribeLogDirsTopic(r, version))
  return list
}

function writeArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(w: Writer, list: readonly DescribeLogDirsResponseDescribeLogDirsPartitionInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeLogDirsResponseDescribeLogDirsPartition(w, element, version)
}

function readArrayOfDescribeLogDirsResponseDescribeLogDirsPartition(r: Reader, version: number): DescribeLogDirsResponseDescribeLogDirsPartition[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 22 : 21, 4)
  const list: DescribeLogDirsResponseDescribeLogDirsPartition[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeLogDirsResponseDescribeLogDirsPartition(r, version))
  return list
}

export function encodeDescribeLogDirsResponse(w: Writer, m: DescribeLogDirsResponseInit, version: number): void {
  if (version < 1 || version > 5) unwritable('DescribeLogDirsResponse', version)
  writeDescribeLogDirsResponse(w, m, version)
}

export function decodeDescribeLogDirsResponse(r: Reader, version: number): DescribeLogDirsResponse {
  if (version < 1 || version > 5) unreadable('DescribeLogDirsResponse', version, r)
  return readDescribeLogDirsResponse(r, version)
}

/** API key 35, versions 1-5. */
export const DescribeLogDirsApi: Api<DescribeLogDirsRequest, DescribeLogDirsRequestInit, DescribeLogDirsResponse, DescribeLogDirsResponseInit> = {
  key: 35,
  name: 'DescribeLogDirs',
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeLogDirsRequest,
  decodeRequest: decodeDescribeLogDirsRequest,
  encodeResponse: encodeDescribeLogDirsResponse,
  decodeResponse: decodeDescribeLogDirsResponse,
}
