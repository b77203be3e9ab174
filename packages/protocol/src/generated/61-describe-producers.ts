// Made by generator/main.ts from definitions/61-describe-producers.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeProducersRequest {
  topics: DescribeProducersRequestTopicRequest[]
}

export interface DescribeProducersRequestInit {
  topics: readonly DescribeProducersRequestTopicRequestInit[]
}

export interface DescribeProducersRequestTopicRequest {
  name: string
  partitionIndexes: number[]
}

export interface DescribeProducersRequestTopicRequestInit {
  name: string
  partitionIndexes: readonly number[]
}

function writeDescribeProducersRequest(w: Writer, m: DescribeProducersRequestInit, version: number): void {
  writeArrayOfDescribeProducersRequestTopicRequest(w, m.topics, version)
  w.uvarint(0)
}

function readDescribeProducersRequest(r: Reader, version: number): DescribeProducersRequest {
  const value: DescribeProducersRequest = {
    topics: readArrayOfDescribeProducersRequestTopicRequest(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersRequestTopicRequest(w: Writer, m: DescribeProducersRequestTopicRequestInit, _version: number): void {
  w.compactString(m.name)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readDescribeProducersRequestTopicRequest(r: Reader, _version: number): DescribeProducersRequestTopicRequest {
  const value: DescribeProducersRequestTopicRequest = {
    name: r.compactString(),
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeProducersRequestTopicRequest(w: Writer, list: readonly DescribeProducersRequestTopicRequestInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersRequestTopicRequest(w, element, version)
}

function readArrayOfDescribeProducersRequestTopicRequest(r: Reader, version: number): DescribeProducersRequestTopicRequest[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeProducersRequestTopicRequest[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersRequestTopicRequest(r, version))
  return list
}

export function encodeDescribeProducersRequest(w: Writer, m: DescribeProducersRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeProducersRequest', version)
  writeDescribeProducersRequest(w, m, version)
}

export function decodeDescribeProducersRequest(r: Reader, version: number): DescribeProducersRequest {
  if (version < 0 || version > 0) unreadable('DescribeProducersRequest', version, r)
  return readDescribeProducersRequest(r, version)
}

export interface DescribeProducersResponse {
  throttleTimeMs: number
  topics: DescribeProducersResponseTopicResponse[]
}

export interface DescribeProducersResponseInit {
  throttleTimeMs: number
  topics: readonly DescribeProducersResponseTopicResponseInit[]
}

export interface DescribeProducersResponseTopicResponse {
  name: string
  partitions: DescribeProducersResponsePartitionResponse[]
}

export interface DescribeProducersResponseTopicResponseInit {
  name: string
  partitions: readonly DescribeProducersResponsePartitionResponseInit[]
}

export interface DescribeProducersResponsePartitionResponse {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  activeProducers: DescribeProducersResponseProducerState[]
}

export interface DescribeProducersResponsePartitionResponseInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
  activeProducers: readonly DescribeProducersResponseProducerStateInit[]
}

export interface DescribeProducersResponseProducerState {
  producerId: number
  producerEpoch: number
  lastSequence: number
  lastTimestamp: number
  coordinatorEpoch: number
  currentTxnStartOffset: number
}

export interface DescribeProducersResponseProducerStateInit {
  producerId: number
  producerEpoch: number
  lastSequence?: number | undefined
  lastTimestamp?: number | undefined
  coordinatorEpoch: number
  currentTxnStartOffset?: number | undefined
}

function writeDescribeProducersResponse(w: Writer, m: DescribeProducersResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfDescribeProducersResponseTopicResponse(w, m.topics, version)
  w.uvarint(0)
}

function readDescribeProducersResponse(r: Reader, version: number): DescribeProducersResponse {
  const value: DescribeProducersResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfDescribeProducersResponseTopicResponse(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersResponseTopicResponse(w: Writer, m: DescribeProducersResponseTopicResponseInit, version: number): void {
  w.compactString(m.name)
  writeArrayOfDescribeProducersResponsePartitionResponse(w, m.partitions, version)
  w.uvarint(0)
}

function readDescribeProducersResponseTopicResponse(r: Reader, version: number): DescribeProducersResponseTopicResponse {
  const value: DescribeProducersResponseTopicResponse = {
    name: r.compactString(),
    partitions: readArrayOfDescribeProducersResponsePartitionResponse(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersResponsePartitionResponse(w: Writer, m: DescribeProducersResponsePartitionResponseInit, version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeProducersResponseProducerState(w, m.activeProducers, version)
  w.uvarint(0)
}

function readDescribeProducersResponsePartitionResponse(r: Reader, version: number): DescribeProducersResponsePartitionResponse {
  const value: DescribeProducersResponsePartitionResponse = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    activeProducers: readArrayOfDescribeProducersResponseProducerState(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersResponseProducerState(w: Writer, m: DescribeProducersResponseProducerStateInit, _version: number): void {
  w.int64(m.producerId)
  w.int32(m.producerEpoch)
  w.int32(m.lastSequence ?? -1)
  w.int64(m.lastTimestamp ?? -1)
  w.int32(m.coordinatorEpoch)
  w.int64(m.currentTxnStartOffset ?? -1)
  w.uvarint(0)
}

function readDescribeProducersResponseProducerState(r: Reader, _version: number): DescribeProducersResponseProducerState {
  const value: DescribeProducersResponseProducerState = {
    producerId: r.int64(),
    producerEpoch: r.int32(),
    lastSequence: r.int32(),
    lastTimestamp: r.int64(),
    coordinatorEpoch: r.int32(),
    currentTxnStartOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeProducersResponseTopicResponse(w: Writer, list: readonly DescribeProducersResponseTopicResponseInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersResponseTopicResponse(w, element, version)
}

function readArrayOfDescribeProducersResponseTopicResponse(r: Reader, version: number): DescribeProducersResponseTopicResponse[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeProducersResponseTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersResponseTopicResponse(r, version))
  return list
}

function writeArrayOfDescribeProducersResponsePartitionResponse(w: Writer, list: readonly DescribeProducersResponsePartitionResponseInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersResponsePartitionResponse(w, element, version)
}

function readArrayOfDescribeProducersResponsePartitionResponse(r: Reader, version: number): DescribeProducersResponsePartitionResponse[] {
  const length = readLength(r, true, 9, 4)
  const list: DescribeProducersResponsePartitionResponse[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersResponsePartitionResponse(r, version))
  return list
}

function writeArrayOfDescribeProducersResponseProducerState(w: Writer, list: readonly DescribeProducersResponseProducerStateInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersResponseProducerState(w, element, version)
}

function readArrayOfDescribeProducersResponseProducerState(r: Reader, version: number): DescribeProducersResponseProducerState[] {
  const length = readLength(r, true, 37, 6)
  const list: DescribeProducersResponseProducerState[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersResponseProducerState(r, version))
  return list
}

export function encodeDescribeProducersResponse(w: Writer, m: DescribeProducersResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeProducersResponse', version)
  writeDescribeProducersResponse(w, m, version)
}

export function decodeDescribeProducersResponse(r: Reader, version: number): DescribeProducersResponse {
  if (version < 0 || version > 0) unreadable('DescribeProducersResponse', version, r)
  return readDescribeProducersResponse(r, version)
}

/** API key 61, versions 0. */
export const DescribeProducersApi: Api<DescribeProducersRequest, DescribeProducersRequestInit, DescribeProducersResponse, DescribeProducersResponseInit> = {
  key: 61,
  name: 'DescribeProducers',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeProducersRequest,
  decodeRequest: decodeDescribeProducersRequest,
  encodeResponse: encodeDescribeProducersResponse,
  decodeResponse: decodeDescribeProducersResponse,
}
