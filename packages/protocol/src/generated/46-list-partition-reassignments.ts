// Made by generator/main.ts from definitions/46-list-partition-reassignments.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ListPartitionReassignmentsRequest {
  timeoutMs: number
  topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null
}

export interface ListPartitionReassignmentsRequestInit {
  timeoutMs?: number | undefined
  topics?: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit[] | null | undefined
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  name: string
  partitionIndexes: number[]
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit {
  name: string
  partitionIndexes: readonly number[]
}

function writeListPartitionReassignmentsRequest(w: Writer, m: ListPartitionReassignmentsRequestInit, version: number): void {
  w.int32(m.timeoutMs ?? 60000)
  writeNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w, m.topics ?? null, version)
  w.uvarint(0)
}

function readListPartitionReassignmentsRequest(r: Reader, version: number): ListPartitionReassignmentsRequest {
  const value: ListPartitionReassignmentsRequest = {
    timeoutMs: r.int32(),
    topics: readNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w: Writer, m: ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit, _version: number): void {
  w.compactString(m.name)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r: Reader, _version: number): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  const value: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics = {
    name: r.compactString(),
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w: Writer, list: readonly ListPartitionReassignmentsRequestListPartitionReassignmentsTopicsInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(w, element, version)
}

function readNullableArrayOfListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r: Reader, version: number): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] = []
  for (let index = 0; index < length; index++) list.push(readListPartitionReassignmentsRequestListPartitionReassignmentsTopics(r, version))
  return list
}

export function encodeListPartitionReassignmentsRequest(w: Writer, m: ListPartitionReassignmentsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('ListPartitionReassignmentsRequest', version)
  writeListPartitionReassignmentsRequest(w, m, version)
}

export function decodeListPartitionReassignmentsRequest(r: Reader, version: number): ListPartitionReassignmentsRequest {
  if (version < 0 || version > 0) unreadable('ListPartitionReassignmentsRequest', version, r)
  return readListPartitionReassignmentsRequest(r, version)
}

export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[]
}

export interface ListPartitionReassignmentsResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  topics: readonly ListPartitionReassignmentsResponseOngoingTopicReassignmentInit[]
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  name: string
  partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[]
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignmentInit {
  name: string
  partitions: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit[]
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  partitionIndex: number
  replicas: number[]
  addingReplicas: number[]
  removingReplicas: number[]
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit {
  partitionIndex: number
  replicas: readonly number[]
  addingReplicas: readonly number[]
  removingReplicas: readonly number[]
}

function writeListPartitionReassignmentsResponse(w: Writer, m: ListPartitionReassignmentsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(w, m.topics, version)
  w.uvarint(0)
}

function readListPartitionReassignmentsResponse(r: Reader, version: number): ListPartitionReassignmentsResponse {
  const value: ListPartitionReassignmentsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    topics: readArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeListPartitionReassignmentsResponseOngoingTopicReassignment(w: Writer, m: ListPartitionReassignmentsResponseOngoingTopicReassignmentInit, version: number): void {
  w.compactString(m.name)
  writeArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(w, m.partitions, version)
  w.uvarint(0)
}

function readListPartitionReassignmentsResponseOngoingTopicReassignment(r: Reader, version: number): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const value: ListPartitionReassignmentsResponseOngoingTopicReassignment = {
    name: r.compactString(),
    partitions: readArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeListPartitionReassignmentsResponseOngoingPartitionReassignment(w: Writer, m: ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit, _version: number): void {
  w.int32(m.partitionIndex)
  writeInt32s(w, m.replicas, true)
  writeInt32s(w, m.addingReplicas, true)
  writeInt32s(w, m.removingReplicas, true)
  w.uvarint(0)
}

function readListPartitionReassignmentsResponseOngoingPartitionReassignment(r: Reader, _version: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const value: ListPartitionReassignmentsResponseOngoingPartitionReassignment = {
    partitionIndex: r.int32(),
    replicas: readInt32s(r, true),
    addingReplicas: readInt32s(r, true),
    removingReplicas: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(w: Writer, list: readonly ListPartitionReassignmentsResponseOngoingTopicReassignmentInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListPartitionReassignmentsResponseOngoingTopicReassignment(w, element, version)
}

function readArrayOfListPartitionReassignmentsResponseOngoingTopicReassignment(r: Reader, version: number): ListPartitionReassignmentsResponseOngoingTopicReassignment[] {
  const length = readLength(r, true, 3, 2)
  const list: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = []
  for (let index = 0; index < length; index++) list.push(readListPartitionReassignmentsResponseOngoingTopicReassignment(r, version))
  return list
}

function writeArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(w: Writer, list: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignmentInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListPartitionReassignmentsResponseOngoingPartitionReassignment(w, element, version)
}

function readArrayOfListPartitionReassignmentsResponseOngoingPartitionReassignment(r: Reader, version: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment[] {
  const length = readLength(r, true, 8, 4)
  const list: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = []
  for (let index = 0; index < length; index++) list.push(readListPartitionReassignmentsResponseOngoingPartitionReassignment(r, version))
  return list
}

export function encodeListPartitionReassignmentsResponse(w: Writer, m: ListPartitionReassignmentsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('ListPartitionReassignmentsResponse', version)
  writeListPartitionReassignmentsResponse(w, m, version)
}

export function decodeListPartitionReassignmentsResponse(r: Reader, version: number): ListPartitionReassignmentsResponse {
  if (version < 0 || version > 0) unreadable('ListPartitionReassignmentsResponse', version, r)
  return readListPartitionReassignmentsResponse(r, version)
}

/** API key 46, versions 0. */
export const ListPartitionReassignmentsApi: Api<ListPartitionReassignmentsRequest, ListPartitionReassignmentsRequestInit, ListPartitionReassignmentsResponse, ListPartitionReassignmentsResponseInit> = {
  key: 46,
  name: 'ListPartitionReassignments',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeListPartitionReassignmentsRequest,
  decodeRequest: decodeListPartitionReassignmentsRequest,
  encodeResponse: encodeListPartitionReassignmentsResponse,
  decodeResponse: decodeListPartitionReassignmentsResponse,
}
