// Made by generator/main.ts from definitions/29-describe-acls.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeAclsRequest {
  resourceTypeFilter: number
  resourceNameFilter: string | null
  patternTypeFilter: number
  principalFilter: string | null
  hostFilter: string | null
  operation: number
  permissionType: number
}

export interface DescribeAclsRequestInit {
  resourceTypeFilter: number
  resourceNameFilter?: string | null | undefined
  patternTypeFilter?: number | undefined
  principalFilter?: string | null | undefined
  hostFilter?: string | null | undefined
  operation: number
  permissionType: number
}

function writeDescribeAclsRequest(w: Writer, m: DescribeAclsRequestInit, version: number): void {
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

function readDescribeAclsRequest(r: Reader, version: number): DescribeAclsRequest {
  const flexible = version >= 2
  const value: DescribeAclsRequest = {
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

export function encodeDescribeAclsRequest(w: Writer, m: DescribeAclsRequestInit, version: number): void {
  if (version < 1 || version > 3) unwritable('DescribeAclsRequest', version)
  writeDescribeAclsRequest(w, m, version)
}

export function decodeDescribeAclsRequest(r: Reader, version: number): DescribeAclsRequest {
  if (version < 1 || version > 3) unreadable('DescribeAclsRequest', version, r)
  return readDescribeAclsRequest(r, version)
}

export interface DescribeAclsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  resources: DescribeAclsResponseDescribeAclsResource[]
}

export interface DescribeAclsResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  resources: readonly DescribeAclsResponseDescribeAclsResourceInit[]
}

export interface DescribeAclsResponseDescribeAclsResource {
  resourceType: number
  resourceName: string
  patternType: number
  acls: DescribeAclsResponseAclDescription[]
}

export interface DescribeAclsResponseDescribeAclsResourceInit {
  resourceType: number
  resourceName: string
  patternType?: number | undefined
  acls: readonly DescribeAclsResponseAclDescriptionInit[]
}

export interface DescribeAclsResponseAclDescription {
  principal: string
  host: string
  operation: number
  permissionType: number
}

export type DescribeAclsResponseAclDescriptionInit = DescribeAclsResponseAclDescription

function writeDescribeAclsResponse(w: Writer, m: DescribeAclsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  writeArrayOfDescribeAclsResponseDescribeAclsResource(w, m.resources, version)
  if (flexible) w.uvarint(0)
}

function readDescribeAclsResponse(r: Reader, version: number): DescribeAclsResponse {
  const flexible = version >= 2
  const value: DescribeAclsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    resources: readArrayOfDescribeAclsResponseDescribeAclsResource(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeAclsResponseDescribeAclsResource(w: Writer, m: DescribeAclsResponseDescribeAclsResourceInit, version: number): void {
  const flexible = version >= 2
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  w.int8(m.patternType ?? 3)
  writeArrayOfDescribeAclsResponseAclDescription(w, m.acls, version)
  if (flexible) w.uvarint(0)
}

function readDescribeAclsResponseDescribeAclsResource(r: Reader, version: number): DescribeAclsResponseDescribeAclsResource {
  const flexible = version >= 2
  const value: DescribeAclsResponseDescribeAclsResource = {
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    patternType: r.int8(),
    acls: readArrayOfDescribeAclsResponseAclDescription(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeAclsResponseAclDescription(w: Writer, m: DescribeAclsResponseAclDescriptionInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principal)
  else w.string(m.principal)
  if (flexible) w.compactString(m.host)
  else w.string(m.host)
  w.int8(m.operation)
  w.int8(m.permissionType)
  if (flexible) w.uvarint(0)
}

function readDescribeAclsResponseAclDescription(r: Reader, version: number): DescribeAclsResponseAclDescription {
  const flexible = version >= 2
  const value: DescribeAclsResponseAclDescription = {
    principal: flexible ? r.compactString() : r.string(),
    host: flexible ? r.compactString() : r.string(),
    operation: r.int8(),
    permissionType: r.int8(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeAclsResponseDescribeAclsResource(w: Writer, list: readonly DescribeAclsResponseDescribeAclsResourceInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeAclsResponseDescribeAclsResource(w, element, version)
}

function readArrayOfDescribeAclsResponseDescribeAclsResource(r: Reader, version: number): DescribeAclsResponseDescribeAclsResource[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 8, 4)
  const list: DescribeAclsResponseDescribeAclsResource[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeAclsResponseDescribeAclsResource(r, version))
  return list
}

function writeArrayOfDescribeAclsResponseAclDescription(w: Writer, list: readonly DescribeAclsResponseAclDescriptionInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeAclsResponseAclDescription(w, element, version)
}

function readArrayOfDescribeAclsResponseAclDescription(r: Reader, version: number): DescribeAclsResponseAclDescription[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 5 : 6, 4)
  const list: DescribeAclsResponseAclDescription[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeAclsResponseAclDescription(r, version))
  return list
}

export function encodeDescribeAclsResponse(w: Writer, m: DescribeAclsResponseInit, version: number): void {
  if (version < 1 || version > 3) unwritable('DescribeAclsResponse', version)
  writeDescribeAclsResponse(w, m, version)
}

export function decodeDescribeAclsResponse(r: Reader, version: number): DescribeAclsResponse {
  if (version < 1 || version > 3) unreadable('DescribeAclsResponse', version, r)
  return readDescribeAclsResponse(r, version)
}

/** API key 29, versions 1-3. */
export const DescribeAclsApi: Api<DescribeAclsRequest, DescribeAclsRequestInit, DescribeAclsResponse, DescribeAclsResponseInit> = {
  key: 29,
  name: 'DescribeAcls',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeAclsRequest,
  decodeRequest: decodeDescribeAclsRequest,
  encodeResponse: encodeDescribeAclsResponse,
  decodeResponse: decodeDescribeAclsResponse,
}
