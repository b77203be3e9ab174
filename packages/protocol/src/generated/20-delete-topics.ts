// Made by generator/main.ts from definitions/20-delete-topics.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readStrings, writeLength, writeStrings } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DeleteTopicsRequest {
  topics: DeleteTopicsRequestDeleteTopicState[] // 6
  topicNames: string[] // 1-5
  timeoutMs: number
}

export interface DeleteTopicsRequestInit {
  topics?: readonly DeleteTopicsRequestDeleteTopicStateInit[] | undefined
  topicNames?: readonly string[] | undefined
  timeoutMs: number
}

export interface DeleteTopicsRequestDeleteTopicState {
  name: string | null
  topicId: string
}

export interface DeleteTopicsRequestDeleteTopicStateInit {
  name?: string | null | undefined
  topicId: string
}

function writeDeleteTopicsRequest(w: Writer, m: DeleteTopicsRequestInit, version: number): void {
  const flexible = version >= 4
  if (version >= 6) writeArrayOfDeleteTopicsRequestDeleteTopicState(w, m.topics ?? nothing, version)
  else { if (m.topics !== undefined && m.topics.length > 0) refuse('DeleteTopicsRequest.topics', version) }
  if (version <= 5) writeStrings(w, m.topicNames ?? nothing, flexible)
  w.int32(m.timeoutMs)
  if (flexible) w.uvarint(0)
}

function readDeleteTopicsRequest(r: Reader, version: number): DeleteTopicsRequest {
  const flexible = version >= 4
  const value: DeleteTopicsRequest = {
    topics: version >= 6 ? readArrayOfDeleteTopicsRequestDeleteTopicState(r, version) : [],
    topicNames: version >= 6 ? [] : readStrings(r, flexible),
    timeoutMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteTopicsRequestDeleteTopicState(w: Writer, m: DeleteTopicsRequestDeleteTopicStateInit, _version: number): void {
  w.compactNullableString(m.name ?? null)
  w.uuid(m.topicId)
  w.uvarint(0)
}

function readDeleteTopicsRequestDeleteTopicState(r: Reader, _version: number): DeleteTopicsRequestDeleteTopicState {
  const value: DeleteTopicsRequestDeleteTopicState = {
    name: r.compactNullableString(),
    topicId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteTopicsRequestDeleteTopicState(w: Writer, list: readonly DeleteTopicsRequestDeleteTopicStateInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteTopicsRequestDeleteTopicState(w, element, version)
}

function readArrayOfDeleteTopicsRequestDeleteTopicState(r: Reader, version: number): DeleteTopicsRequestDeleteTopicState[] {
  const length = readLength(r, true, 18, 2)
  const list: DeleteTopicsRequestDeleteTopicState[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteTopicsRequestDeleteTopicState(r, version))
  return list
}

export function encodeDeleteTopicsRequest(w: Writer, m: DeleteTopicsRequestInit, version: number): void {
  if (version < 1 || version > 6) unwritable('DeleteTopicsRequest', version)
  writeDeleteTopicsRequest(w, m, version)
}

export function decodeDeleteTopicsRequest(r: Reader, version: number): DeleteTopicsRequest {
  if (version < 1 || version > 6) unreadable('DeleteTopicsRequest', version, r)
  return readDeleteTopicsRequest(r, version)
}

export interface DeleteTopicsResponse {
  throttleTimeMs: number
  responses: DeleteTopicsResponseDeletableTopicResult[]
}

export interface DeleteTopicsResponseInit {
  throttleTimeMs: number
  responses: readonly DeleteTopicsResponseDeletableTopicResultInit[]
}

export interface DeleteTopicsResponseDeletableTopicResult {
  name: string | null
  topicId: string // 6
  errorCode: number
  errorMessage: string | null // 5-6
}

export interface DeleteTopicsResponseDeletableTopicResultInit {
  name?: string | null | undefined
  topicId?: string | undefined
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDeleteTopicsResponse(w: Writer, m: DeleteTopicsResponseInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.throttleTimeMs)
  writeArrayOfDeleteTopicsResponseDeletableTopicResult(w, m.responses, version)
  if (flexible) w.uvarint(0)
}

function readDeleteTopicsResponse(r: Reader, version: number): DeleteTopicsResponse {
  const flexible = version >= 4
  const value: DeleteTopicsResponse = {
    throttleTimeMs: r.int32(),
    responses: readArrayOfDeleteTopicsResponseDeletableTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteTopicsResponseDeletableTopicResult(w: Writer, m: DeleteTopicsResponseDeletableTopicResultInit, version: number): void {
  const flexible = version >= 4
  if (version >= 6) w.compactNullableString(m.name ?? null)
  else if (flexible) w.compactString(notNull(m.name, '', 'DeleteTopicsResponseDeletableTopicResult.name', version))
  else w.string(notNull(m.name, '', 'DeleteTopicsResponseDeletableTopicResult.name', version))
  if (version >= 6) w.uuid(m.topicId ?? zeroUuid)
  w.int16(m.errorCode)
  if (version >= 5) w.compactNullableString(m.errorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readDeleteTopicsResponseDeletableTopicResult(r: Reader, version: number): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4
  const value: DeleteTopicsResponseDeletableTopicResult = {
    name: version >= 6 ? r.compactNullableString() : flexible ? r.compactString() : r.string(),
    topicId: version >= 6 ? r.uuid() : zeroUuid,
    errorCode: r.int16(),
    errorMessage: version >= 5 ? r.compactNullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteTopicsResponseDeletableTopicResult(w: Writer, list: readonly DeleteTopicsResponseDeletableTopicResultInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteTopicsResponseDeletableTopicResult(w, element, version)
}

function readArrayOfDeleteTopicsResponseDeletableTopicResult(r: Reader, version: number): DeleteTopicsResponseDeletableTopicResult[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 4 : 4, 4)
  const list: DeleteTopicsResponseDeletableTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteTopicsResponseDeletableTopicResult(r, version))
  return list
}

export function encodeDeleteTopicsResponse(w: Writer, m: DeleteTopicsResponseInit, version: number): void {
  if (version < 1 || version > 6) unwritable('DeleteTopicsResponse', version)
  writeDeleteTopicsResponse(w, m, version)
}

export function decodeDeleteTopicsResponse(r: Reader, version: number): DeleteTopicsResponse {
  if (version < 1 || version > 6) unreadable('DeleteTopicsResponse', version, r)
  return readDeleteTopicsResponse(r, version)
}

/** API key 20, versions 1-6. */
export const DeleteTopicsApi: Api<DeleteTopicsRequest, DeleteTopicsRequestInit, DeleteTopicsResponse, DeleteTopicsResponseInit> = {
  key: 20,
  name: 'DeleteTopics',
  minVersion: 1,
  maxVersion: 6,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteTopicsRequest,
  decodeRequest: decodeDeleteTopicsRequest,
  encodeResponse: encodeDeleteTopicsResponse,
  decodeResponse: decodeDeleteTopicsResponse,
}
