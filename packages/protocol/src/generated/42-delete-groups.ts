// Made by generator/main.ts from definitions/42-delete-groups.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readStrings, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DeleteGroupsRequest {
  groupsNames: string[]
}

export interface DeleteGroupsRequestInit {
  groupsNames: readonly string[]
}

function writeDeleteGroupsRequest(w: Writer, m: DeleteGroupsRequestInit, version: number): void {
  const flexible = version >= 2
  writeStrings(w, m.groupsNames, flexible)
  if (flexible) w.uvarint(0)
}

function readDeleteGroupsRequest(r: Reader, version: number): DeleteGroupsRequest {
  const flexible = version >= 2
  const value: DeleteGroupsRequest = {
    groupsNames: readStrings(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeDeleteGroupsRequest(w: Writer, m: DeleteGroupsRequestInit, version: number): void {
  if (version < 0 || version > 2) unwritable('DeleteGroupsRequest', version)
  writeDeleteGroupsRequest(w, m, version)
}

export function decodeDeleteGroupsRequest(r: Reader, version: number): DeleteGroupsRequest {
  if (version < 0 || version > 2) unreadable('DeleteGroupsRequest', version, r)
  return readDeleteGroupsRequest(r, version)
}

export interface DeleteGroupsResponse {
  throttleTimeMs: number
  results: DeleteGroupsResponseDeletableGroupResult[]
}

export interface DeleteGroupsResponseInit {
  throttleTimeMs: number
  results: readonly DeleteGroupsResponseDeletableGroupResultInit[]
}

export interface DeleteGroupsResponseDeletableGroupResult {
  groupId: string
  errorCode: number
}

export type DeleteGroupsResponseDeletableGroupResultInit = DeleteGroupsResponseDeletableGroupResult

function writeDeleteGroupsResponse(w: Writer, m: DeleteGroupsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  writeArrayOfDeleteGroupsResponseDeletableGroupResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readDeleteGroupsResponse(r: Reader, version: number): DeleteGroupsResponse {
  const flexible = version >= 2
  const value: DeleteGroupsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfDeleteGroupsResponseDeletableGroupResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteGroupsResponseDeletableGroupResult(w: Writer, m: DeleteGroupsResponseDeletableGroupResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readDeleteGroupsResponseDeletableGroupResult(r: Reader, version: number): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2
  const value: DeleteGroupsResponseDeletableGroupResult = {
    groupId: flexible ? r.compactString() : r.string(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteGroupsResponseDeletableGroupResult(w: Writer, list: readonly DeleteGroupsResponseDeletableGroupResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteGroupsResponseDeletableGroupResult(w, element, version)
}

function readArrayOfDeleteGroupsResponseDeletableGroupResult(r: Reader, version: number): DeleteGroupsResponseDeletableGroupResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 4 : 4, 2)
  const list: DeleteGroupsResponseDeletableGroupResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteGroupsResponseDeletableGroupResult(r, version))
  return list
}

export function encodeDeleteGroupsResponse(w: Writer, m: DeleteGroupsResponseInit, version: number): void {
  if (version < 0 || version > 2) unwritable('DeleteGroupsResponse', version)
  writeDeleteGroupsResponse(w, m, version)
}

export function decodeDeleteGroupsResponse(r: Reader, version: number): DeleteGroupsResponse {
  if (version < 0 || version > 2) unreadable('DeleteGroupsResponse', version, r)
  return readDeleteGroupsResponse(r, version)
}

/** API key 42, versions 0-2. */
export const DeleteGroupsApi: Api<DeleteGroupsRequest, DeleteGroupsRequestInit, DeleteGroupsResponse, DeleteGroupsResponseInit> = {
  key: 42,
  name: 'DeleteGroups',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteGroupsRequest,
  decodeRequest: decodeDeleteGroupsRequest,
  encodeResponse: encodeDeleteGroupsResponse,
  decodeResponse: decodeDeleteGroupsResponse,
}
