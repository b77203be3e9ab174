// Made by generator/main.ts from definitions/86-delete-share-group-state.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DeleteShareGroupStateRequest {
  groupId: string
  topics: DeleteShareGroupStateRequestDeleteStateData[]
}

export interface DeleteShareGroupStateRequestInit {
  groupId: string
  topics: readonly DeleteShareGroupStateRequestDeleteStateDataInit[]
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  topicId: string
  partitions: DeleteShareGroupStateRequestPartitionData[]
}

export interface DeleteShareGroupStateRequestDeleteStateDataInit {
  topicId: string
  partitions: readonly DeleteShareGroupStateRequestPartitionDataInit[]
}

export interface DeleteShareGroupStateRequestPartitionData {
  partition: number
}

export type DeleteShareGroupStateRequestPartitionDataInit = DeleteShareGroupStateRequestPartitionData

function writeDeleteShareGroupStateRequest(w: Writer, m: DeleteShareGroupStateRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfDeleteShareGroupStateRequestDeleteStateData(w, m.topics, version)
  w.uvarint(0)
}

function readDeleteShareGroupStateRequest(r: Reader, version: number): DeleteShareGroupStateRequest {
  const value: DeleteShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfDeleteShareGroupStateRequestDeleteStateData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateRequestDeleteStateData(w: Writer, m: DeleteShareGroupStateRequestDeleteStateDataInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfDeleteShareGroupStateRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readDeleteShareGroupStateRequestDeleteStateData(r: Reader, version: number): DeleteShareGroupStateRequestDeleteStateData {
  const value: DeleteShareGroupStateRequestDeleteStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfDeleteShareGroupStateRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateRequestPartitionData(w: Writer, m: DeleteShareGroupStateRequestPartitionDataInit, _version: number): void {
  w.int32(m.partition)
  w.uvarint(0)
}

function readDeleteShareGroupStateRequestPartitionData(r: Reader, _version: number): DeleteShareGroupStateRequestPartitionData {
  const value: DeleteShareGroupStateRequestPartitionData = {
    partition: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupStateRequestDeleteStateData(w: Writer, list: readonly DeleteShareGroupStateRequestDeleteStateDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateRequestDeleteStateData(w, element, version)
}

function readArrayOfDeleteShareGroupStateRequestDeleteStateData(r: Reader, version: number): DeleteShareGroupStateRequestDeleteStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: DeleteShareGroupStateRequestDeleteStateData[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateRequestDeleteStateData(r, version))
  return list
}

function writeArrayOfDeleteShareGroupStateRequestPartitionData(w: Writer, list: readonly DeleteShareGroupStateRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateRequestPartitionData(w, element, version)
}

function readArrayOfDeleteShareGroupStateRequestPartitionData(r: Reader, version: number): DeleteShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 5, 1)
  const list: DeleteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateRequestPartitionData(r, version))
  return list
}

export function encodeDeleteShareGroupStateRequest(w: Writer, m: DeleteShareGroupStateRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DeleteShareGroupStateRequest', version)
  writeDeleteShareGroupStateRequest(w, m, version)
}

export function decodeDeleteShareGroupStateRequest(r: Reader, version: number): DeleteShareGroupStateRequest {
  if (version < 0 || version > 0) unreadable('DeleteShareGroupStateRequest', version, r)
  return readDeleteShareGroupStateRequest(r, version)
}

export interface DeleteShareGroupStateResponse {
  results: DeleteShareGroupStateResponseDeleteStateResult[]
}

export interface DeleteShareGroupStateResponseInit {
  results: readonly DeleteShareGroupStateResponseDeleteStateResultInit[]
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  topicId: string
  partitions: DeleteShareGroupStateResponsePartitionResult[]
}

export interface DeleteShareGroupStateResponseDeleteStateResultInit {
  topicId: string
  partitions: readonly DeleteShareGroupStateResponsePartitionResultInit[]
}

export interface DeleteShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export interface DeleteShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDeleteShareGroupStateResponse(w: Writer, m: DeleteShareGroupStateResponseInit, version: number): void {
  writeArrayOfDeleteShareGroupStateResponseDeleteStateResult(w, m.results, version)
  w.uvarint(0)
}

function readDeleteShareGroupStateResponse(r: Reader, version: number): DeleteShareGroupStateResponse {
  const value: DeleteShareGroupStateResponse = {
    results: readArrayOfDeleteShareGroupStateResponseDeleteStateResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateResponseDeleteStateResult(w: Writer, m: DeleteShareGroupStateResponseDeleteStateResultInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfDeleteShareGroupStateResponsePartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readDeleteShareGroupStateResponseDeleteStateResult(r: Reader, version: number): DeleteShareGroupStateResponseDeleteStateResult {
  const value: DeleteShareGroupStateResponseDeleteStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfDeleteShareGroupStateResponsePartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupStateResponsePartitionResult(w: Writer, m: DeleteShareGroupStateResponsePartitionResultInit, _version: number): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readDeleteShareGroupStateResponsePartitionResult(r: Reader, _version: number): DeleteShareGroupStateResponsePartitionResult {
  const value: DeleteShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupStateResponseDeleteStateResult(w: Writer, list: readonly DeleteShareGroupStateResponseDeleteStateResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateResponseDeleteStateResult(w, element, version)
}

function readArrayOfDeleteShareGroupStateResponseDeleteStateResult(r: Reader, version: number): DeleteShareGroupStateResponseDeleteStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: DeleteShareGroupStateResponseDeleteStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateResponseDeleteStateResult(r, version))
  return list
}

function writeArrayOfDeleteShareGroupStateResponsePartitionResult(w: Writer, list: readonly DeleteShareGroupStateResponsePartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupStateResponsePartitionResult(w, element, version)
}

function readArrayOfDeleteShareGroupStateResponsePartitionResult(r: Reader, version: number): DeleteShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 8, 3)
  const list: DeleteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupStateResponsePartitionResult(r, version))
  return list
}

export function encodeDeleteShareGroupStateResponse(w: Writer, m: DeleteShareGroupStateResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DeleteShareGroupStateResponse', version)
  writeDeleteShareGroupStateResponse(w, m, version)
}

export function decodeDeleteShareGroupStateResponse(r: Reader, version: number): DeleteShareGroupStateResponse {
  if (version < 0 || version > 0) unreadable('DeleteShareGroupStateResponse', version, r)
  return readDeleteShareGroupStateResponse(r, version)
}

/** API key 86, versions 0. */
export const DeleteShareGroupStateApi: Api<DeleteShareGroupStateRequest, DeleteShareGroupStateRequestInit, DeleteShareGroupStateResponse, DeleteShareGroupStateResponseInit> = {
  key: 86,
  name: 'DeleteShareGroupState',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteShareGroupStateRequest,
  decodeRequest: decodeDeleteShareGroupStateRequest,
  encodeResponse: encodeDeleteShareGroupStateResponse,
  decodeResponse: decodeDeleteShareGroupStateResponse,
}
