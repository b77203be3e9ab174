// Made by generator/main.ts from definitions/92-delete-share-group-offsets.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DeleteShareGroupOffsetsRequest {
  groupId: string
  topics: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic[]
}

export interface DeleteShareGroupOffsetsRequestInit {
  groupId: string
  topics: readonly DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit[]
}

export interface DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic {
  topicName: string
}

export type DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit = DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic

function writeDeleteShareGroupOffsetsRequest(w: Writer, m: DeleteShareGroupOffsetsRequestInit, version: number): void {
  w.compactString(m.groupId)
  writeArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w, m.topics, version)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsRequest(r: Reader, version: number): DeleteShareGroupOffsetsRequest {
  const value: DeleteShareGroupOffsetsRequest = {
    groupId: r.compactString(),
    topics: readArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w: Writer, m: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit, _version: number): void {
  w.compactString(m.topicName)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r: Reader, _version: number): DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic {
  const value: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic = {
    topicName: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w: Writer, list: readonly DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(w, element, version)
}

function readArrayOfDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r: Reader, version: number): DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic[] {
  const length = readLength(r, true, 2, 1)
  const list: DeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupOffsetsRequestDeleteShareGroupOffsetsRequestTopic(r, version))
  return list
}

export function encodeDeleteShareGroupOffsetsRequest(w: Writer, m: DeleteShareGroupOffsetsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DeleteShareGroupOffsetsRequest', version)
  writeDeleteShareGroupOffsetsRequest(w, m, version)
}

export function decodeDeleteShareGroupOffsetsRequest(r: Reader, version: number): DeleteShareGroupOffsetsRequest {
  if (version < 0 || version > 0) unreadable('DeleteShareGroupOffsetsRequest', version, r)
  return readDeleteShareGroupOffsetsRequest(r, version)
}

export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  responses: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic[]
}

export interface DeleteShareGroupOffsetsResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  responses: readonly DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit[]
}

export interface DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: string
  errorCode: number
  errorMessage: string | null
}

export interface DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit {
  topicName: string
  topicId: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeDeleteShareGroupOffsetsResponse(w: Writer, m: DeleteShareGroupOffsetsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w, m.responses, version)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsResponse(r: Reader, version: number): DeleteShareGroupOffsetsResponse {
  const value: DeleteShareGroupOffsetsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    responses: readArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w: Writer, m: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit, _version: number): void {
  w.compactString(m.topicName)
  w.uuid(m.topicId)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r: Reader, _version: number): DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic {
  const value: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic = {
    topicName: r.compactString(),
    topicId: r.uuid(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w: Writer, list: readonly DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopicInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(w, element, version)
}

function readArrayOfDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r: Reader, version: number): DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic[] {
  const length = readLength(r, true, 21, 4)
  const list: DeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteShareGroupOffsetsResponseDeleteShareGroupOffsetsResponseTopic(r, version))
  return list
}

export function encodeDeleteShareGroupOffsetsResponse(w: Writer, m: DeleteShareGroupOffsetsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DeleteShareGroupOffsetsResponse', version)
  writeDeleteShareGroupOffsetsResponse(w, m, version)
}

export function decodeDeleteShareGroupOffsetsResponse(r: Reader, version: number): DeleteShareGroupOffsetsResponse {
  if (version < 0 || version > 0) unreadable('DeleteShareGroupOffsetsResponse', version, r)
  return readDeleteShareGroupOffsetsResponse(r, version)
}

/** API key 92, versions 0. */
export const DeleteShareGroupOffsetsApi: Api<DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsRequestInit, DeleteShareGroupOffsetsResponse, DeleteShareGroupOffsetsResponseInit> = {
  key: 92,
  name: 'DeleteShareGroupOffsets',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteShareGroupOffsetsRequest,
  decodeRequest: decodeDeleteShareGroupOffsetsRequest,
  encodeResponse: encodeDeleteShareGroupOffsetsResponse,
  decodeResponse: decodeDeleteShareGroupOffsetsResponse,
}
