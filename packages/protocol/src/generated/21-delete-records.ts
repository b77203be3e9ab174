// Made by generator/main.ts from definitions/21-delete-records.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 2) unwritable('DeleteRecordsRequest', version)
  writeDeleteRecordsRequest(w, m, version)
}

export function decodeDeleteRecordsRequest(r: Reader, version: number): DeleteRecordsRequest {
  if (version < 0 || version > 2) unreadable('DeleteRecordsRequest', version, r)
  return readDeleteRecordsRequest(r, version)
}

export interface DeleteRecordsResponse {
  throttleTimeMs: number
  topics: DeleteRecordsResponseDeleteRecordsTopicResult[]
}

export interface DeleteRecordsResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 0 || version > 2) unwritable('DeleteRecordsResponse', version)
  writeDeleteRecordsResponse(w, m, version)
}

export function decodeDeleteRecordsResponse(r: Reader, version: number): DeleteRecordsResponse {
  if (version < 0 || version > 2) unreadable('DeleteRecordsResponse', version, r)
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
