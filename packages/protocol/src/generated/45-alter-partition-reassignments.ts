// Made by generator/main.ts from definitions/45-alter-partition-reassignments.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readNullableInt32s, writeLength, writeNullableInt32s } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number
  allowReplicationFactorChange: boolean // 1
  topics: AlterPartitionReassignmentsRequestReassignableTopic[]
}

export interface AlterPartitionReassignmentsRequestInit {
  timeoutMs?: number | undefined
  allowReplicationFactorChange?: boolean | undefined
  topics: readonly AlterPartitionReassignmentsRequestReassignableTopicInit[]
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  name: string
  partitions: AlterPartitionReassignmentsRequestReassignablePartition[]
}

export interface AlterPartitionReassignmentsRequestReassignableTopicInit {
  name: string
  partitions: readonly AlterPartitionReassignmentsRequestReassignablePartitionInit[]
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  partitionIndex: number
  replicas: number[] | null
}

export interface AlterPartitionReassignmentsRequestReassignablePartitionInit {
  partitionIndex: number
  replicas?: readonly number[] | null | undefined
}

function writeAlterPartitionReassignmentsRequest(w: Writer, m: AlterPartitionReassignmentsRequestInit, version: number): void {
  w.int32(m.timeoutMs ?? 60000)
  if (version >= 1) w.boolean(m.allowReplicationFactorChange ?? true)
  else { if (m.allowReplicationFactorChange !== undefined && m.allowReplicationFactorChange !== true) refuse('AlterPartitionReassignmentsRequest.allowReplicationFactorChange', version) }
  writeArrayOfAlterPartitionReassignmentsRequestReassignableTopic(w, m.topics, version)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsRequest(r: Reader, version: number): AlterPartitionReassignmentsRequest {
  const value: AlterPartitionReassignmentsRequest = {
    timeoutMs: r.int32(),
    allowReplicationFactorChange: version >= 1 ? r.boolean() : true,
    topics: readArrayOfAlterPartitionReassignmentsRequestReassignableTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsRequestReassignableTopic(w: Writer, m: AlterPartitionReassignmentsRequestReassignableTopicInit, version: number): void {
  w.compactString(m.name)
  writeArrayOfAlterPartitionReassignmentsRequestReassignablePartition(w, m.partitions, version)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsRequestReassignableTopic(r: Reader, version: number): AlterPartitionReassignmentsRequestReassignableTopic {
  const value: AlterPartitionReassignmentsRequestReassignableTopic = {
    name: r.compactString(),
    partitions: readArrayOfAlterPartitionReassignmentsRequestReassignablePartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsRequestReassignablePartition(w: Writer, m: AlterPartitionReassignmentsRequestReassignablePartitionInit, _version: number): void {
  w.int32(m.partitionIndex)
  writeNullableInt32s(w, m.replicas ?? null, true)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsRequestReassignablePartition(r: Reader, _version: number): AlterPartitionReassignmentsRequestReassignablePartition {
  const value: AlterPartitionReassignmentsRequestReassignablePartition = {
    partitionIndex: r.int32(),
    replicas: readNullableInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterPartitionReassignmentsRequestReassignableTopic(w: Writer, list: readonly AlterPartitionReassignmentsRequestReassignableTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsRequestReassignableTopic(w, element, version)
}

function readArrayOfAlterPartitionReassignmentsRequestReassignableTopic(r: Reader, version: number): AlterPartitionReassignmentsRequestReassignableTopic[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterPartitionReassignmentsRequestReassignableTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsRequestReassignableTopic(r, version))
  return list
}

function writeArrayOfAlterPartitionReassignmentsRequestReassignablePartition(w: Writer, list: readonly AlterPartitionReassignmentsRequestReassignablePartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsRequestReassignablePartition(w, element, version)
}

function readArrayOfAlterPartitionReassignmentsRequestReassignablePartition(r: Reader, version: number): AlterPartitionReassignmentsRequestReassignablePartition[] {
  const length = readLength(r, true, 6, 2)
  const list: AlterPartitionReassignmentsRequestReassignablePartition[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsRequestReassignablePartition(r, version))
  return list
}

export function encodeAlterPartitionReassignmentsRequest(w: Writer, m: AlterPartitionReassignmentsRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('AlterPartitionReassignmentsRequest', version)
  writeAlterPartitionReassignmentsRequest(w, m, version)
}

export function decodeAlterPartitionReassignmentsRequest(r: Reader, version: number): AlterPartitionReassignmentsRequest {
  if (version < 0 || version > 1) unreadable('AlterPartitionReassignmentsRequest', version, r)
  return readAlterPartitionReassignmentsRequest(r, version)
}

export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number
  allowReplicationFactorChange: boolean // 1
  errorCode: number
  errorMessage: string | null
  responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[]
}

export interface AlterPartitionReassignmentsResponseInit {
  throttleTimeMs: number
  allowReplicationFactorChange?: boolean | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  responses: readonly AlterPartitionReassignmentsResponseReassignableTopicResponseInit[]
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  name: string
  partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[]
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponseInit {
  name: string
  partitions: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponseInit[]
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponseInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAlterPartitionReassignmentsResponse(w: Writer, m: AlterPartitionReassignmentsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  if (version >= 1) w.boolean(m.allowReplicationFactorChange ?? true)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(w, m.responses, version)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsResponse(r: Reader, version: number): AlterPartitionReassignmentsResponse {
  const value: AlterPartitionReassignmentsResponse = {
    throttleTimeMs: r.int32(),
    allowReplicationFactorChange: version >= 1 ? r.boolean() : true,
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    responses: readArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsResponseReassignableTopicResponse(w: Writer, m: AlterPartitionReassignmentsResponseReassignableTopicResponseInit, version: number): void {
  w.compactString(m.name)
  writeArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(w, m.partitions, version)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsResponseReassignableTopicResponse(r: Reader, version: number): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const value: AlterPartitionReassignmentsResponseReassignableTopicResponse = {
    name: r.compactString(),
    partitions: readArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(w: Writer, m: AlterPartitionReassignmentsResponseReassignablePartitionResponseInit, _version: number): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAlterPartitionReassignmentsResponseReassignablePartitionResponse(r: Reader, _version: number): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  const value: AlterPartitionReassignmentsResponseReassignablePartitionResponse = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(w: Writer, list: readonly AlterPartitionReassignmentsResponseReassignableTopicResponseInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsResponseReassignableTopicResponse(w, element, version)
}

function readArrayOfAlterPartitionReassignmentsResponseReassignableTopicResponse(r: Reader, version: number): AlterPartitionReassignmentsResponseReassignableTopicResponse[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsResponseReassignableTopicResponse(r, version))
  return list
}

function writeArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(w: Writer, list: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponseInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(w, element, version)
}

function readArrayOfAlterPartitionReassignmentsResponseReassignablePartitionResponse(r: Reader, version: number): AlterPartitionReassignmentsResponseReassignablePartitionResponse[] {
  const length = readLength(r, true, 8, 3)
  const list: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = []
  for (let index = 0; index < length; index++) list.push(readAlterPartitionReassignmentsResponseReassignablePartitionResponse(r, version))
  return list
}

export function encodeAlterPartitionReassignmentsResponse(w: Writer, m: AlterPartitionReassignmentsResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('AlterPartitionReassignmentsResponse', version)
  writeAlterPartitionReassignmentsResponse(w, m, version)
}

export function decodeAlterPartitionReassignmentsResponse(r: Reader, version: number): AlterPartitionReassignmentsResponse {
  if (version < 0 || version > 1) unreadable('AlterPartitionReassignmentsResponse', version, r)
  return readAlterPartitionReassignmentsResponse(r, version)
}

/** API key 45, versions 0-1. */
export const AlterPartitionReassignmentsApi: Api<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsRequestInit, AlterPartitionReassignmentsResponse, AlterPartitionReassignmentsResponseInit> = {
  key: 45,
  name: 'AlterPartitionReassignments',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterPartitionReassignmentsRequest,
  decodeRequest: decodeAlterPartitionReassignmentsRequest,
  encodeResponse: encodeAlterPartitionReassignmentsResponse,
  decodeResponse: decodeAlterPartitionReassignmentsResponse,
}
