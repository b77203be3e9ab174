// Made by generator/main.ts from definitions/31-delete-acls.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DeleteAclsRequest {
  filters: DeleteAclsRequestDeleteAclsFilter[]
}

export interface DeleteAclsRequestInit {
  filters: readonly DeleteAclsRequestDeleteAclsFilterInit[]
}

export interface DeleteAclsRequestDeleteAclsFilter {
  resourceTypeFilter: number
  resourceNameFilter: string | null
  patternTypeFilter: number
  principalFilter: string | null
  hostFilter: string | null
  operation: number
  permissionType: number
}

export interface DeleteAclsRequestDeleteAclsFilterInit {
  resourceTypeFilter: number
  resourceNameFilter?: string | null | undefined
  patternTypeFilter?: number | undefined
  principalFilter?: string | null | undefined
  hostFilter?: string | null | undefined
  operation: number
  permissionType: number
}

function writeDeleteAclsRequest(w: Writer, m: DeleteAclsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfDeleteAclsRequestDeleteAclsFilter(w, m.filters, version)
  if (flexible) w.uvarint(0)
}

function readDeleteAclsRequest(r: Reader, version: number): DeleteAclsRequest {
  const flexible = version >= 2
  const value: DeleteAclsRequest = {
    filters: readArrayOfDeleteAclsRequestDeleteAclsFilter(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteAclsRequestDeleteAclsFilter(w: Writer, m: DeleteAclsRequestDeleteAclsFilterInit, version: number): void {
  const flexible = version >= 2
  w.int8(m.resourceTypeFilter)
  if (flexible) w.compactNullableString(m.resourceNameFilter ?? null)
  else w.nullableString(m.resourceNameFilter ?? null)
  w.int8(m.patternTypeFilter ?? 3)
  if (flexible) w.compactNullableString(m.principalFilter ?? null)
  else w.nullableString(m.principalFilter ?? null)
  if (flexible) w.compactNullableString(m.hostFilter ?? null)
  else w.nullableString(m.hostFilter ?? null)
  w.int8(m.operation)
  w.int8(m.permissionType)
  if (flexible) w.uvarint(0)
}

function readDeleteAclsRequestDeleteAclsFilter(r: Reader, version: number): DeleteAclsRequestDeleteAclsFilter {
  const flexible = version >= 2
  const value: DeleteAclsRequestDeleteAclsFilter = {
    resourceTypeFilter: r.int8(),
    resourceNameFilter: flexible ? r.compactNullableString() : r.nullableString(),
    patternTypeFilter: r.int8(),
    principalFilter: flexible ? r.compactNullableString() : r.nullableString(),
    hostFilter: flexible ? r.compactNullableString() : r.nullableString(),
    operation: r.int8(),
    permissionType: r.int8(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteAclsRequestDeleteAclsFilter(w: Writer, list: readonly DeleteAclsRequestDeleteAclsFilterInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteAclsRequestDeleteAclsFilter(w, element, version)
}

function readArrayOfDeleteAclsRequestDeleteAclsFilter(r: Reader, version: number): DeleteAclsRequestDeleteAclsFilter[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 8 : 10, 7)
  const list: DeleteAclsRequestDeleteAclsFilter[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteAclsRequestDeleteAclsFilter(r, version))
  return list
}

export function encodeDeleteAclsRequest(w: Writer, m: DeleteAclsRequestInit, version: number): void {
  if (version < 1 || version > 3) unwritable('DeleteAclsRequest', version)
  writeDeleteAclsRequest(w, m, version)
}

export function decodeDeleteAclsRequest(r: Reader, version: number): DeleteAclsRequest {
  if (version < 1 || version > 3) unreadable('DeleteAclsRequest', version, r)
  return readDeleteAclsRequest(r, version)
}

export interface DeleteAclsResponse {
  throttleTimeMs: number
  filterResults: DeleteAclsResponseDeleteAclsFilterResult[]
}

export interface DeleteAclsResponseInit {
  throttleTimeMs: number
  filterResults: readonly DeleteAclsResponseDeleteAclsFilterResultInit[]
}

export interface DeleteAclsResponseDeleteAclsFilterResult {
  errorCode: number
  errorMessage: string | null
  matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[]
}

export interface DeleteAclsResponseDeleteAclsFilterResultInit {
  errorCode: number
  errorMessage?: string | null | undefined
  matchingAcls: readonly DeleteAclsResponseDeleteAclsMatchingAclInit[]
}

export interface DeleteAclsResponseDeleteAclsMatchingAcl {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
  patternType: number
  principal: string
  host: string
  operation: number
  permissionType: number
}

export interface DeleteAclsResponseDeleteAclsMatchingAclInit {
  errorCode: number
  errorMessage?: string | null | undefined
  resourceType: number
  resourceName: string
  patternType?: number | undefined
  principal: string
  host: string
  operation: number
  permissionType: number
}

function writeDeleteAclsResponse(w: Writer, m: DeleteAclsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  writeArrayOfDeleteAclsResponseDeleteAclsFilterResult(w, m.filterResults, version)
  if (flexible) w.uvarint(0)
}

function readDeleteAclsResponse(r: Reader, version: number): DeleteAclsResponse {
  const flexible = version >= 2
  const value: DeleteAclsResponse = {
    throttleTimeMs: r.int32(),
    filterResults: readArrayOfDeleteAclsResponseDeleteAclsFilterResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteAclsResponseDeleteAclsFilterResult(w: Writer, m: DeleteAclsResponseDeleteAclsFilterResultInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  writeArrayOfDeleteAclsResponseDeleteAclsMatchingAcl(w, m.matchingAcls, version)
  if (flexible) w.uvarint(0)
}

function readDeleteAclsResponseDeleteAclsFilterResult(r: Reader, version: number): DeleteAclsResponseDeleteAclsFilterResult {
  const flexible = version >= 2
  const value: DeleteAclsResponseDeleteAclsFilterResult = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    matchingAcls: readArrayOfDeleteAclsResponseDeleteAclsMatchingAcl(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDeleteAclsResponseDeleteAclsMatchingAcl(w: Writer, m: DeleteAclsResponseDeleteAclsMatchingAclInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  w.int8(m.patternType ?? 3)
  if (flexible) w.compactString(m.principal)
  else w.string(m.principal)
  if (flexible) w.compactString(m.host)
  else w.string(m.host)
  w.int8(m.operation)
  w.int8(m.permissionType)
  if (flexible) w.uvarint(0)
}

function readDeleteAclsResponseDeleteAclsMatchingAcl(r: Reader, version: number): DeleteAclsResponseDeleteAclsMatchingAcl {
  const flexible = version >= 2
  const value: DeleteAclsResponseDeleteAclsMatchingAcl = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    patternType: r.int8(),
    principal: flexible ? r.compactString() : r.string(),
    host: flexible ? r.compactString() : r.string(),
    operation: r.int8(),
    permissionType: r.int8(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDeleteAclsResponseDeleteAclsFilterResult(w: Writer, list: readonly DeleteAclsResponseDeleteAclsFilterResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteAclsResponseDeleteAclsFilterResult(w, element, version)
}

function readArrayOfDeleteAclsResponseDeleteAclsFilterResult(r: Reader, version: number): DeleteAclsResponseDeleteAclsFilterResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 8, 3)
  const list: DeleteAclsResponseDeleteAclsFilterResult[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteAclsResponseDeleteAclsFilterResult(r, version))
  return list
}

function writeArrayOfDeleteAclsResponseDeleteAclsMatchingAcl(w: Writer, list: readonly DeleteAclsResponseDeleteAclsMatchingAclInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDeleteAclsResponseDeleteAclsMatchingAcl(w, element, version)
}

function readArrayOfDeleteAclsResponseDeleteAclsMatchingAcl(r: Reader, version: number): DeleteAclsResponseDeleteAclsMatchingAcl[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 11 : 14, 9)
  const list: DeleteAclsResponseDeleteAclsMatchingAcl[] = []
  for (let index = 0; index < length; index++) list.push(readDeleteAclsResponseDeleteAclsMatchingAcl(r, version))
  return list
}

export function encodeDeleteAclsResponse(w: Writer, m: DeleteAclsResponseInit, version: number): void {
  if (version < 1 || version > 3) unwritable('DeleteAclsResponse', version)
  writeDeleteAclsResponse(w, m, version)
}

export function decodeDeleteAclsResponse(r: Reader, version: number): DeleteAclsResponse {
  if (version < 1 || version > 3) unreadable('DeleteAclsResponse', version, r)
  return readDeleteAclsResponse(r, version)
}

/** API key 31, versions 1-3. */
export const DeleteAclsApi: Api<DeleteAclsRequest, DeleteAclsRequestInit, DeleteAclsResponse, DeleteAclsResponseInit> = {
  key: 31,
  name: 'DeleteAcls',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDeleteAclsRequest,
  decodeRequest: decodeDeleteAclsRequest,
  encodeResponse: encodeDeleteAclsResponse,
  decodeResponse: decodeDeleteAclsResponse,
}
