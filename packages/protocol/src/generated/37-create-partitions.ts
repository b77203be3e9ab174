// Made by generator/main.ts from definitions/37-create-partitions.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, readNullableLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface CreatePartitionsRequest {
  topics: CreatePartitionsRequestCreatePartitionsTopic[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreatePartitionsRequestInit {
  topics: readonly CreatePartitionsRequestCreatePartitionsTopicInit[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  name: string
  count: number
  assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null
}

export interface CreatePartitionsRequestCreatePartitionsTopicInit {
  name: string
  count: number
  assignments?: readonly CreatePartitionsRequestCreatePartitionsAssignmentInit[] | null | undefined
}

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  brokerIds: number[]
}

export interface CreatePartitionsRequestCreatePartitionsAssignmentInit {
  brokerIds: readonly number[]
}

function writeCreatePartitionsRequest(w: Writer, m: CreatePartitionsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfCreatePartitionsRequestCreatePartitionsTopic(w, m.topics, version)
  w.int32(m.timeoutMs)
  w.boolean(m.validateOnly)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsRequest(r: Reader, version: number): CreatePartitionsRequest {
  const flexible = version >= 2
  const value: CreatePartitionsRequest = {
    topics: readArrayOfCreatePartitionsRequestCreatePartitionsTopic(r, version),
    timeoutMs: r.int32(),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreatePartitionsRequestCreatePartitionsTopic(w: Writer, m: CreatePartitionsRequestCreatePartitionsTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  w.int32(m.count)
  writeNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(w, m.assignments ?? null, version)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsRequestCreatePartitionsTopic(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2
  const value: CreatePartitionsRequestCreatePartitionsTopic = {
    name: flexible ? r.compactString() : r.string(),
    count: r.int32(),
    assignments: readNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreatePartitionsRequestCreatePartitionsAssignment(w: Writer, m: CreatePartitionsRequestCreatePartitionsAssignmentInit, version: number): void {
  const flexible = version >= 2
  writeInt32s(w, m.brokerIds, flexible)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsRequestCreatePartitionsAssignment(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2
  const value: CreatePartitionsRequestCreatePartitionsAssignment = {
    brokerIds: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreatePartitionsRequestCreatePartitionsTopic(w: Writer, list: readonly CreatePartitionsRequestCreatePartitionsTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreatePartitionsRequestCreatePartitionsTopic(w, element, version)
}

function readArrayOfCreatePartitionsRequestCreatePartitionsTopic(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 7 : 10, 3)
  const list: CreatePartitionsRequestCreatePartitionsTopic[] = []
  for (let index = 0; index < length; index++) list.push(readCreatePartitionsRequestCreatePartitionsTopic(r, version))
  return list
}

function writeNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(w: Writer, list: readonly CreatePartitionsRequestCreatePartitionsAssignmentInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeCreatePartitionsRequestCreatePartitionsAssignment(w, element, version)
}

function readNullableArrayOfCreatePartitionsRequestCreatePartitionsAssignment(r: Reader, version: number): CreatePartitionsRequestCreatePartitionsAssignment[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 2 : 4, 1)
  if (length < 0) return null
  const list: CreatePartitionsRequestCreatePartitionsAssignment[] = []
  for (let index = 0; index < length; index++) list.push(readCreatePartitionsRequestCreatePartitionsAssignment(r, version))
  return list
}

export function encodeCreatePartitionsRequest(w: Writer, m: CreatePartitionsRequestInit, version: number): void {
  if (version < 0 || version > 3) unwritable('CreatePartitionsRequest', version)
  writeCreatePartitionsRequest(w, m, version)
}

export function decodeCreatePartitionsRequest(r: Reader, version: number): CreatePartitionsRequest {
  if (version < 0 || version > 3) unreadable('CreatePartitionsRequest', version, r)
  return readCreatePartitionsRequest(r, version)
}

export interface CreatePartitionsResponse {
  throttleTimeMs: number
  results: CreatePartitionsResponseCreatePartitionsTopicResult[]
}

export interface CreatePartitionsResponseInit {
  throttleTimeMs: number
  results: readonly CreatePartitionsResponseCreatePartitionsTopicResultInit[]
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  name: string
  errorCode: number
  errorMessage: string | null
}

export interface CreatePartitionsResponseCreatePartitionsTopicResultInit {
  name: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeCreatePartitionsResponse(w: Writer, m: CreatePartitionsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  writeArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsResponse(r: Reader, version: number): CreatePartitionsResponse {
  const flexible = version >= 2
  const value: CreatePartitionsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreatePartitionsResponseCreatePartitionsTopicResult(w: Writer, m: CreatePartitionsResponseCreatePartitionsTopicResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readCreatePartitionsResponseCreatePartitionsTopicResult(r: Reader, version: number): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2
  const value: CreatePartitionsResponseCreatePartitionsTopicResult = {
    name: flexible ? r.compactString() : r.string(),
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(w: Writer, list: readonly CreatePartitionsResponseCreatePartitionsTopicResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreatePartitionsResponseCreatePartitionsTopicResult(w, element, version)
}

function readArrayOfCreatePartitionsResponseCreatePartitionsTopicResult(r: Reader, version: number): CreatePartitionsResponseCreatePartitionsTopicResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 6, 3)
  const list: CreatePartitionsResponseCreatePartitionsTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readCreatePartitionsResponseCreatePartitionsTopicResult(r, version))
  return list
}

export function encodeCreatePartitionsResponse(w: Writer, m: CreatePartitionsResponseInit, version: number): void {
  if (version < 0 || version > 3) unwritable('CreatePartitionsResponse', version)
  writeCreatePartitionsResponse(w, m, version)
}

export function decodeCreatePartitionsResponse(r: Reader, version: number): CreatePartitionsResponse {
  if (version < 0 || version > 3) unreadable('CreatePartitionsResponse', version, r)
  return readCreatePartitionsResponse(r, version)
}

/** API key 37, versions 0-3. */
export const CreatePartitionsApi: Api<CreatePartitionsRequest, CreatePartitionsRequestInit, CreatePartitionsResponse, CreatePartitionsResponseInit> = {
  key: 37,
  name: 'CreatePartitions',
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeCreatePartitionsRequest,
  decodeRequest: decodeCreatePartitionsRequest,
  encodeResponse: encodeCreatePartitionsResponse,
  decodeResponse: decodeCreatePartitionsResponse,
}
