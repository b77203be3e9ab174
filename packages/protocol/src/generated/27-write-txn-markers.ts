// Made by generator/main.ts from definitions/27-write-txn-markers.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface WriteTxnMarkersRequest {
  markers: WriteTxnMarkersRequestWritableTxnMarker[]
}

export interface WriteTxnMarkersRequestInit {
  markers: readonly WriteTxnMarkersRequestWritableTxnMarkerInit[]
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  producerId: number
  producerEpoch: number
  transactionResult: boolean
  topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[]
  coordinatorEpoch: number
  transactionVersion: number // 2
}

export interface WriteTxnMarkersRequestWritableTxnMarkerInit {
  producerId: number
  producerEpoch: number
  transactionResult: boolean
  topics: readonly WriteTxnMarkersRequestWritableTxnMarkerTopicInit[]
  coordinatorEpoch: number
  transactionVersion?: number | undefined
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  name: string
  partitionIndexes: number[]
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopicInit {
  name: string
  partitionIndexes: readonly number[]
}

function writeWriteTxnMarkersRequest(w: Writer, m: WriteTxnMarkersRequestInit, version: number): void {
  writeArrayOfWriteTxnMarkersRequestWritableTxnMarker(w, m.markers, version)
  w.uvarint(0)
}

function readWriteTxnMarkersRequest(r: Reader, version: number): WriteTxnMarkersRequest {
  const value: WriteTxnMarkersRequest = {
    markers: readArrayOfWriteTxnMarkersRequestWritableTxnMarker(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersRequestWritableTxnMarker(w: Writer, m: WriteTxnMarkersRequestWritableTxnMarkerInit, version: number): void {
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  w.boolean(m.transactionResult)
  writeArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(w, m.topics, version)
  w.int32(m.coordinatorEpoch)
  if (version >= 2) w.int8(m.transactionVersion ?? 0)
  w.uvarint(0)
}

function readWriteTxnMarkersRequestWritableTxnMarker(r: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker {
  const value: WriteTxnMarkersRequestWritableTxnMarker = {
    producerId: r.int64(),
    producerEpoch: r.int16(),
    transactionResult: r.boolean(),
    topics: readArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(r, version),
    coordinatorEpoch: r.int32(),
    transactionVersion: version >= 2 ? r.int8() : 0,
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersRequestWritableTxnMarkerTopic(w: Writer, m: WriteTxnMarkersRequestWritableTxnMarkerTopicInit, _version: number): void {
  w.compactString(m.name)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readWriteTxnMarkersRequestWritableTxnMarkerTopic(r: Reader, _version: number): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const value: WriteTxnMarkersRequestWritableTxnMarkerTopic = {
    name: r.compactString(),
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteTxnMarkersRequestWritableTxnMarker(w: Writer, list: readonly WriteTxnMarkersRequestWritableTxnMarkerInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersRequestWritableTxnMarker(w, element, version)
}

function readArrayOfWriteTxnMarkersRequestWritableTxnMarker(r: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker[] {
  const length = readLength(r, true, 17, 6)
  const list: WriteTxnMarkersRequestWritableTxnMarker[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersRequestWritableTxnMarker(r, version))
  return list
}

function writeArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(w: Writer, list: readonly WriteTxnMarkersRequestWritableTxnMarkerTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersRequestWritableTxnMarkerTopic(w, element, version)
}

function readArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(r: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarkerTopic[] {
  const length = readLength(r, true, 3, 2)
  const list: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersRequestWritableTxnMarkerTopic(r, version))
  return list
}

export function encodeWriteTxnMarkersRequest(w: Writer, m: WriteTxnMarkersRequestInit, version: number): void {
  if (version < 1 || version > 2) unwritable('WriteTxnMarkersRequest', version)
  writeWriteTxnMarkersRequest(w, m, version)
}

export function decodeWriteTxnMarkersRequest(r: Reader, version: number): WriteTxnMarkersRequest {
  if (version < 1 || version > 2) unreadable('WriteTxnMarkersRequest', version, r)
  return readWriteTxnMarkersRequest(r, version)
}

export interface WriteTxnMarkersResponse {
  markers: WriteTxnMarkersResponseWritableTxnMarkerResult[]
}

export interface WriteTxnMarkersResponseInit {
  markers: readonly WriteTxnMarkersResponseWritableTxnMarkerResultInit[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  producerId: number
  topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResultInit {
  producerId: number
  topics: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  name: string
  partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit {
  name: string
  partitions: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  partitionIndex: number
  errorCode: number
}

export type WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit = WriteTxnMarkersResponseWritableTxnMarkerPartitionResult

function writeWriteTxnMarkersResponse(w: Writer, m: WriteTxnMarkersResponseInit, version: number): void {
  writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(w, m.markers, version)
  w.uvarint(0)
}

function readWriteTxnMarkersResponse(r: Reader, version: number): WriteTxnMarkersResponse {
  const value: WriteTxnMarkersResponse = {
    markers: readArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersResponseWritableTxnMarkerResult(w: Writer, m: WriteTxnMarkersResponseWritableTxnMarkerResultInit, version: number): void {
  w.int64(m.producerId)
  writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w, m.topics, version)
  w.uvarint(0)
}

function readWriteTxnMarkersResponseWritableTxnMarkerResult(r: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const value: WriteTxnMarkersResponseWritableTxnMarkerResult = {
    producerId: r.int64(),
    topics: readArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w: Writer, m: WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit, version: number): void {
  w.compactString(m.name)
  writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w, m.partitions, version)
  w.uvarint(0)
}

function readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const value: WriteTxnMarkersResponseWritableTxnMarkerTopicResult = {
    name: r.compactString(),
    partitions: readArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w: Writer, m: WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.uvarint(0)
}

function readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r: Reader, _version: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const value: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(w: Writer, list: readonly WriteTxnMarkersResponseWritableTxnMarkerResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersResponseWritableTxnMarkerResult(w, element, version)
}

function readArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(r: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerResult[] {
  const length = readLength(r, true, 10, 2)
  const list: WriteTxnMarkersResponseWritableTxnMarkerResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerResult(r, version))
  return list
}

function writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w: Writer, list: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w, element, version)
}

function readArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] {
  const length = readLength(r, true, 3, 2)
  const list: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r, version))
  return list
}

function writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w: Writer, list: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w, element, version)
}

function readArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] {
  const length = readLength(r, true, 7, 2)
  const list: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r, version))
  return list
}

export function encodeWriteTxnMarkersResponse(w: Writer, m: WriteTxnMarkersResponseInit, version: number): void {
  if (version < 1 || version > 2) unwritable('WriteTxnMarkersResponse', version)
  writeWriteTxnMarkersResponse(w, m, version)
}

export function decodeWriteTxnMarkersResponse(r: Reader, version: number): WriteTxnMarkersResponse {
  if (version < 1 || version > 2) unreadable('WriteTxnMarkersResponse', version, r)
  return readWriteTxnMarkersResponse(r, version)
}

/** API key 27, versions 1-2. */
export const WriteTxnMarkersApi: Api<WriteTxnMarkersRequest, WriteTxnMarkersRequestInit, WriteTxnMarkersResponse, WriteTxnMarkersResponseInit> = {
  key: 27,
  name: 'WriteTxnMarkers',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeWriteTxnMarkersRequest,
  decodeRequest: decodeWriteTxnMarkersRequest,
  encodeResponse: encodeWriteTxnMarkersResponse,
  decodeResponse: decodeWriteTxnMarkersResponse,
}
