// Made by generator/main.ts from definitions/83-initialize-share-group-state.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface InitializeShareGroupStateRequest {
  groupId: string
  topics: InitializeShareGroupStateRequestInitializeStateData[]
}

export interface InitializeShareGroupStateRequestInit {
  groupId: string
  topics: readonly InitializeShareGroupStateRequestInitializeStateDataInit[]
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  topicId: string
  partitions: InitializeShareGroupStateRequestPartitionData[]
}

export interface InitializeShareGroupStateRequestInitializeStateDataInit {
  topicId: string
  partitions: readonly InitializeShareGroupStateRequestPartitionDataInit[]
}

export interface InitializeShareGroupStateRequestPartitionData {
  partition: number
  stateEpoch: number
  startOffset: number
}

export type InitializeShareGroupStateRequestPartitionDataInit = InitializeShareGroupStateRequestPartitionData

function writeInitializeShareGroupStateRequest(w: Writer, m: InitializeShareGroupStateRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfInitializeShareGroupStateRequestInitializeStateData(w, m.topics, version)
  w.uvarint(0)
}

function readInitializeShareGroupStateRequest(r: Reader, version: number): InitializeShareGroupStateRequest {
  const value: InitializeShareGroupStateRequest = {
    groupId: r.compactString(),
    topics: readArrayOfInitializeShareGroupStateRequestInitializeStateData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateRequestInitializeStateData(w: Writer, m: InitializeShareGroupStateRequestInitializeStateDataInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfInitializeShareGroupStateRequestPartitionData(w, m.partitions, version)
  w.uvarint(0)
}

function readInitializeShareGroupStateRequestInitializeStateData(r: Reader, version: number): InitializeShareGroupStateRequestInitializeStateData {
  const value: InitializeShareGroupStateRequestInitializeStateData = {
    topicId: r.uuid(),
    partitions: readArrayOfInitializeShareGroupStateRequestPartitionData(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateRequestPartitionData(w: Writer, m: InitializeShareGroupStateRequestPartitionDataInit, _version: number): void {
  w.int32(m.partition)
  w.int32(m.stateEpoch)
  w.int64(m.startOffset)
  w.uvarint(0)
}

function readInitializeShareGroupStateRequestPartitionData(r: Reader, _version: number): InitializeShareGroupStateRequestPartitionData {
  const value: InitializeShareGroupStateRequestPartitionData = {
    partition: r.int32(),
    stateEpoch: r.int32(),
    startOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfInitializeShareGroupStateRequestInitializeStateData(w: Writer, list: readonly InitializeShareGroupStateRequestInitializeStateDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateRequestInitializeStateData(w, element, version)
}

function readArrayOfInitializeShareGroupStateRequestInitializeStateData(r: Reader, version: number): InitializeShareGroupStateRequestInitializeStateData[] {
  const length = readLength(r, true, 18, 2)
  const list: InitializeShareGroupStateRequestInitializeStateData[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateRequestInitializeStateData(r, version))
  return list
}

function writeArrayOfInitializeShareGroupStateRequestPartitionData(w: Writer, list: readonly InitializeShareGroupStateRequestPartitionDataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateRequestPartitionData(w, element, version)
}

function readArrayOfInitializeShareGroupStateRequestPartitionData(r: Reader, version: number): InitializeShareGroupStateRequestPartitionData[] {
  const length = readLength(r, true, 17, 3)
  const list: InitializeShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateRequestPartitionData(r, version))
  return list
}

export function encodeInitializeShareGroupStateRequest(w: Writer, m: InitializeShareGroupStateRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('InitializeShareGroupStateRequest', version)
  writeInitializeShareGroupStateRequest(w, m, version)
}

export function decodeInitializeShareGroupStateRequest(r: Reader, version: number): InitializeShareGroupStateRequest {
  if (version < 0 || version > 0) unreadable('InitializeShareGroupStateRequest', version, r)
  return readInitializeShareGroupStateRequest(r, version)
}

export interface InitializeShareGroupStateResponse {
  results: InitializeShareGroupStateResponseInitializeStateResult[]
}

export interface InitializeShareGroupStateResponseInit {
  results: readonly InitializeShareGroupStateResponseInitializeStateResultInit[]
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  topicId: string
  partitions: InitializeShareGroupStateResponsePartitionResult[]
}

export interface InitializeShareGroupStateResponseInitializeStateResultInit {
  topicId: string
  partitions: readonly InitializeShareGroupStateResponsePartitionResultInit[]
}

export interface InitializeShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export interface InitializeShareGroupStateResponsePartitionResultInit {
  partition: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeInitializeShareGroupStateResponse(w: Writer, m: InitializeShareGroupStateResponseInit, version: number): void {
  writeArrayOfInitializeShareGroupStateResponseInitializeStateResult(w, m.results, version)
  w.uvarint(0)
}

function readInitializeShareGroupStateResponse(r: Reader, version: number): InitializeShareGroupStateResponse {
  const value: InitializeShareGroupStateResponse = {
    results: readArrayOfInitializeShareGroupStateResponseInitializeStateResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateResponseInitializeStateResult(w: Writer, m: InitializeShareGroupStateResponseInitializeStateResultInit, version: number): void {
  w.uuid(m.topicId)
  writeArrayOfInitializeShareGroupStateResponsePartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readInitializeShareGroupStateResponseInitializeStateResult(r: Reader, version: number): InitializeShareGroupStateResponseInitializeStateResult {
  const value: InitializeShareGroupStateResponseInitializeStateResult = {
    topicId: r.uuid(),
    partitions: readArrayOfInitializeShareGroupStateResponsePartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeInitializeShareGroupStateResponsePartitionResult(w: Writer, m: InitializeShareGroupStateResponsePartitionResultInit, _version: number): void {
  w.int32(m.partition)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readInitializeShareGroupStateResponsePartitionResult(r: Reader, _version: number): InitializeShareGroupStateResponsePartitionResult {
  const value: InitializeShareGroupStateResponsePartitionResult = {
    partition: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfInitializeShareGroupStateResponseInitializeStateResult(w: Writer, list: readonly InitializeShareGroupStateResponseInitializeStateResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateResponseInitializeStateResult(w, element, version)
}

function readArrayOfInitializeShareGroupStateResponseInitializeStateResult(r: Reader, version: number): InitializeShareGroupStateResponseInitializeStateResult[] {
  const length = readLength(r, true, 18, 2)
  const list: InitializeShareGroupStateResponseInitializeStateResult[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateResponseInitializeStateResult(r, version))
  return list
}

function writeArrayOfInitializeShareGroupStateResponsePartitionResult(w: Writer, list: readonly InitializeShareGroupStateResponsePartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeInitializeShareGroupStateResponsePartitionResult(w, element, version)
}

function readArrayOfInitializeShareGroupStateResponsePartitionResult(r: Reader, version: number): InitializeShareGroupStateResponsePartitionResult[] {
  const length = readLength(r, true, 8, 3)
  const list: InitializeShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readInitializeShareGroupStateResponsePartitionResult(r, version))
  return list
}

export function encodeInitializeShareGroupStateResponse(w: Writer, m: InitializeShareGroupStateResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('InitializeShareGroupStateResponse', version)
  writeInitializeShareGroupStateResponse(w, m, version)
}

export function decodeInitializeShareGroupStateResponse(r: Reader, version: number): InitializeShareGroupStateResponse {
  if (version < 0 || version > 0) unreadable('InitializeShareGroupStateResponse', version, r)
  return readInitializeShareGroupStateResponse(r, version)
}

/** API key 83, versions 0. */
export const InitializeShareGroupStateApi: Api<InitializeShareGroupStateRequest, InitializeShareGroupStateRequestInit, InitializeShareGroupStateResponse, InitializeShareGroupStateResponseInit> = {
  key: 83,
  name: 'InitializeShareGroupState',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeInitializeShareGroupStateRequest,
  decodeRequest: decodeInitializeShareGroupStateRequest,
  encodeResponse: encodeInitializeShareGroupStateResponse,
  decodeResponse: decodeInitializeShareGroupStateResponse,
}
