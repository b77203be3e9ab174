// Made by generator/main.ts from definitions/47-offset-delete.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface OffsetDeleteRequest {
  groupId: string
  topics: OffsetDeleteRequestOffsetDeleteRequestTopic[]
}

export interface OffsetDeleteRequestInit {
  groupId: string
  topics: readonly OffsetDeleteRequestOffsetDeleteRequestTopicInit[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestTopic {
  name: string
  partitions: OffsetDeleteRequestOffsetDeleteRequestPartition[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestTopicInit {
  name: string
  partitions: readonly OffsetDeleteRequestOffsetDeleteRequestPartitionInit[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestPartition {
  partitionIndex: number
}

export type OffsetDeleteRequestOffsetDeleteRequestPartitionInit = OffsetDeleteRequestOffsetDeleteRequestPartition

function writeOffsetDeleteRequest(w: Writer, m: OffsetDeleteRequestInit, version: number): void {
  w.string(m.groupId)
  writeArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(w, m.topics, version)
}

function readOffsetDeleteRequest(r: Reader, version: number): OffsetDeleteRequest {
  return {
    groupId: r.string(),
    topics: readArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(r, version),
  }
}

function writeOffsetDeleteRequestOffsetDeleteRequestTopic(w: Writer, m: OffsetDeleteRequestOffsetDeleteRequestTopicInit, version: number): void {
  w.string(m.name)
  writeArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(w, m.partitions, version)
}

function readOffsetDeleteRequestOffsetDeleteRequestTopic(r: Reader, version: number): OffsetDeleteRequestOffsetDeleteRequestTopic {
  return {
    name: r.string(),
    partitions: readArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(r, version),
  }
}

function writeOffsetDeleteRequestOffsetDeleteRequestPartition(w: Writer, m: OffsetDeleteRequestOffsetDeleteRequestPartitionInit, _version: number): void {
  w.int32(m.partitionIndex)
}

function readOffsetDeleteRequestOffsetDeleteRequestPartition(r: Reader, _version: number): OffsetDeleteRequestOffsetDeleteRequestPartition {
  return {
    partitionIndex: r.int32(),
  }
}

function writeArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(w: Writer, list: readonly OffsetDeleteRequestOffsetDeleteRequestTopicInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteRequestOffsetDeleteRequestTopic(w, element, version)
}

function readArrayOfOffsetDeleteRequestOffsetDeleteRequestTopic(r: Reader, version: number): OffsetDeleteRequestOffsetDeleteRequestTopic[] {
  const length = readLength(r, false, 6, 2)
  const list: OffsetDeleteRequestOffsetDeleteRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteRequestOffsetDeleteRequestTopic(r, version))
  return list
}

function writeArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(w: Writer, list: readonly OffsetDeleteRequestOffsetDeleteRequestPartitionInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteRequestOffsetDeleteRequestPartition(w, element, version)
}

function readArrayOfOffsetDeleteRequestOffsetDeleteRequestPartition(r: Reader, version: number): OffsetDeleteRequestOffsetDeleteRequestPartition[] {
  const length = readLength(r, false, 4, 1)
  const list: OffsetDeleteRequestOffsetDeleteRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteRequestOffsetDeleteRequestPartition(r, version))
  return list
}

export function encodeOffsetDeleteRequest(w: Writer, m: OffsetDeleteRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('OffsetDeleteRequest', version)
  writeOffsetDeleteRequest(w, m, version)
}

export function decodeOffsetDeleteRequest(r: Reader, version: number): OffsetDeleteRequest {
  if (version < 0 || version > 0) unreadable('OffsetDeleteRequest', version, r)
  return readOffsetDeleteRequest(r, version)
}

export interface OffsetDeleteResponse {
  errorCode: number
  throttleTimeMs: number
  topics: OffsetDeleteResponseOffsetDeleteResponseTopic[]
}

export interface OffsetDeleteResponseInit {
  errorCode: number
  throttleTimeMs: number
  topics: readonly OffsetDeleteResponseOffsetDeleteResponseTopicInit[]
}

export interface OffsetDeleteResponseOffsetDeleteResponseTopic {
  name: string
  partitions: OffsetDeleteResponseOffsetDeleteResponsePartition[]
}

export interface OffsetDeleteResponseOffsetDeleteResponseTopicInit {
  name: string
  partitions: readonly OffsetDeleteResponseOffsetDeleteResponsePartitionInit[]
}

export interface OffsetDeleteResponseOffsetDeleteResponsePartition {
  partitionIndex: number
  errorCode: number
}

export type OffsetDeleteResponseOffsetDeleteResponsePartitionInit = OffsetDeleteResponseOffsetDeleteResponsePartition

function writeOffsetDeleteResponse(w: Writer, m: OffsetDeleteResponseInit, version: number): void {
  w.int16(m.errorCode)
  w.int32(m.throttleTimeMs)
  writeArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(w, m.topics, version)
}

function readOffsetDeleteResponse(r: Reader, version: number): OffsetDeleteResponse {
  return {
    errorCode: r.int16(),
    throttleTimeMs: r.int32(),
    topics: readArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(r, version),
  }
}

function writeOffsetDeleteResponseOffsetDeleteResponseTopic(w: Writer, m: OffsetDeleteResponseOffsetDeleteResponseTopicInit, version: number): void {
  w.string(m.name)
  writeArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(w, m.partitions, version)
}

function readOffsetDeleteResponseOffsetDeleteResponseTopic(r: Reader, version: number): OffsetDeleteResponseOffsetDeleteResponseTopic {
  return {
    name: r.string(),
    partitions: readArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(r, version),
  }
}

function writeOffsetDeleteResponseOffsetDeleteResponsePartition(w: Writer, m: OffsetDeleteResponseOffsetDeleteResponsePartitionInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
}

function readOffsetDeleteResponseOffsetDeleteResponsePartition(r: Reader, _version: number): OffsetDeleteResponseOffsetDeleteResponsePartition {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
}

function writeArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(w: Writer, list: readonly OffsetDeleteResponseOffsetDeleteResponseTopicInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteResponseOffsetDeleteResponseTopic(w, element, version)
}

function readArrayOfOffsetDeleteResponseOffsetDeleteResponseTopic(r: Reader, version: number): OffsetDeleteResponseOffsetDeleteResponseTopic[] {
  const length = readLength(r, false, 6, 2)
  const list: OffsetDeleteResponseOffsetDeleteResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteResponseOffsetDeleteResponseTopic(r, version))
  return list
}

function writeArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(w: Writer, list: readonly OffsetDeleteResponseOffsetDeleteResponsePartitionInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeOffsetDeleteResponseOffsetDeleteResponsePartition(w, element, version)
}

function readArrayOfOffsetDeleteResponseOffsetDeleteResponsePartition(r: Reader, version: number): OffsetDeleteResponseOffsetDeleteResponsePartition[] {
  const length = readLength(r, false, 6, 2)
  const list: OffsetDeleteResponseOffsetDeleteResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readOffsetDeleteResponseOffsetDeleteResponsePartition(r, version))
  return list
}

export function encodeOffsetDeleteResponse(w: Writer, m: OffsetDeleteResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('OffsetDeleteResponse', version)
  writeOffsetDeleteResponse(w, m, version)
}

export function decodeOffsetDeleteResponse(r: Reader, version: number): OffsetDeleteResponse {
  if (version < 0 || version > 0) unreadable('OffsetDeleteResponse', version, r)
  return readOffsetDeleteResponse(r, version)
}

/** API key 47, versions 0. */
export const OffsetDeleteApi: Api<OffsetDeleteRequest, OffsetDeleteRequestInit, OffsetDeleteResponse, OffsetDeleteResponseInit> = {
  key: 47,
  name: 'OffsetDelete',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: Infinity,
  latestVersionUnstable: false,
  encodeRequest: encodeOffsetDeleteRequest,
  decodeRequest: decodeOffsetDeleteRequest,
  encodeResponse: encodeOffsetDeleteResponse,
  decodeResponse: decodeOffsetDeleteResponse,
}
