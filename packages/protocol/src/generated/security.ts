// Made by generator/main.ts from definitions/security/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readNullableLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

// security/29-describe-acls.kmsg

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
  if (!(version >= 1 && version <= 3)) unwritable('DescribeAclsRequest', version)
  writeDescribeAclsRequest(w, m, version)
}

export function decodeDescribeAclsRequest(r: Reader, version: number): DescribeAclsRequest {
  if (!(version >= 1 && version <= 3)) unreadable('DescribeAclsRequest', version, r)
  return readDescribeAclsRequest(r, version)
}

export interface DescribeAclsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  resources: DescribeAclsResponseDescribeAclsResource[]
}

export interface DescribeAclsResponseInit {
  throttleTimeMs?: number | undefined
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
  w.int32(m.throttleTimeMs ?? 0)
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
  if (!(version >= 1 && version <= 3)) unwritable('DescribeAclsResponse', version)
  writeDescribeAclsResponse(w, m, version)
}

export function decodeDescribeAclsResponse(r: Reader, version: number): DescribeAclsResponse {
  if (!(version >= 1 && version <= 3)) unreadable('DescribeAclsResponse', version, r)
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

// security/30-create-acls.kmsg

export interface CreateAclsRequest {
  creations: CreateAclsRequestAclCreation[]
}

export interface CreateAclsRequestInit {
  creations: readonly CreateAclsRequestAclCreationInit[]
}

export interface CreateAclsRequestAclCreation {
  resourceType: number
  resourceName: string
  resourcePatternType: number
  principal: string
  host: string
  operation: number
  permissionType: number
}

export interface CreateAclsRequestAclCreationInit {
  resourceType: number
  resourceName: string
  resourcePatternType?: number | undefined
  principal: string
  host: string
  operation: number
  permissionType: number
}

function writeCreateAclsRequest(w: Writer, m: CreateAclsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfCreateAclsRequestAclCreation(w, m.creations, version)
  if (flexible) w.uvarint(0)
}

function readCreateAclsRequest(r: Reader, version: number): CreateAclsRequest {
  const flexible = version >= 2
  const value: CreateAclsRequest = {
    creations: readArrayOfCreateAclsRequestAclCreation(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateAclsRequestAclCreation(w: Writer, m: CreateAclsRequestAclCreationInit, version: number): void {
  const flexible = version >= 2
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  w.int8(m.resourcePatternType ?? 3)
  if (flexible) w.compactString(m.principal)
  else w.string(m.principal)
  if (flexible) w.compactString(m.host)
  else w.string(m.host)
  w.int8(m.operation)
  w.int8(m.permissionType)
  if (flexible) w.uvarint(0)
}

function readCreateAclsRequestAclCreation(r: Reader, version: number): CreateAclsRequestAclCreation {
  const flexible = version >= 2
  const value: CreateAclsRequestAclCreation = {
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    resourcePatternType: r.int8(),
    principal: flexible ? r.compactString() : r.string(),
    host: flexible ? r.compactString() : r.string(),
    operation: r.int8(),
    permissionType: r.int8(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreateAclsRequestAclCreation(w: Writer, list: readonly CreateAclsRequestAclCreationInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateAclsRequestAclCreation(w, element, version)
}

function readArrayOfCreateAclsRequestAclCreation(r: Reader, version: number): CreateAclsRequestAclCreation[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 8 : 10, 7)
  const list: CreateAclsRequestAclCreation[] = []
  for (let index = 0; index < length; index++) list.push(readCreateAclsRequestAclCreation(r, version))
  return list
}

export function encodeCreateAclsRequest(w: Writer, m: CreateAclsRequestInit, version: number): void {
  if (!(version >= 1 && version <= 3)) unwritable('CreateAclsRequest', version)
  writeCreateAclsRequest(w, m, version)
}

export function decodeCreateAclsRequest(r: Reader, version: number): CreateAclsRequest {
  if (!(version >= 1 && version <= 3)) unreadable('CreateAclsRequest', version, r)
  return readCreateAclsRequest(r, version)
}

export interface CreateAclsResponse {
  throttleTimeMs: number
  results: CreateAclsResponseAclCreationResult[]
}

export interface CreateAclsResponseInit {
  throttleTimeMs?: number | undefined
  results: readonly CreateAclsResponseAclCreationResultInit[]
}

export interface CreateAclsResponseAclCreationResult {
  errorCode: number
  errorMessage: string | null
}

export interface CreateAclsResponseAclCreationResultInit {
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeCreateAclsResponse(w: Writer, m: CreateAclsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfCreateAclsResponseAclCreationResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readCreateAclsResponse(r: Reader, version: number): CreateAclsResponse {
  const flexible = version >= 2
  const value: CreateAclsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfCreateAclsResponseAclCreationResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateAclsResponseAclCreationResult(w: Writer, m: CreateAclsResponseAclCreationResultInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  if (flexible) w.uvarint(0)
}

function readCreateAclsResponseAclCreationResult(r: Reader, version: number): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2
  const value: CreateAclsResponseAclCreationResult = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreateAclsResponseAclCreationResult(w: Writer, list: readonly CreateAclsResponseAclCreationResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateAclsResponseAclCreationResult(w, element, version)
}

function readArrayOfCreateAclsResponseAclCreationResult(r: Reader, version: number): CreateAclsResponseAclCreationResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 4 : 4, 2)
  const list: CreateAclsResponseAclCreationResult[] = []
  for (let index = 0; index < length; index++) list.push(readCreateAclsResponseAclCreationResult(r, version))
  return list
}

export function encodeCreateAclsResponse(w: Writer, m: CreateAclsResponseInit, version: number): void {
  if (!(version >= 1 && version <= 3)) unwritable('CreateAclsResponse', version)
  writeCreateAclsResponse(w, m, version)
}

export function decodeCreateAclsResponse(r: Reader, version: number): CreateAclsResponse {
  if (!(version >= 1 && version <= 3)) unreadable('CreateAclsResponse', version, r)
  return readCreateAclsResponse(r, version)
}

/** API key 30, versions 1-3. */
export const CreateAclsApi: Api<CreateAclsRequest, CreateAclsRequestInit, CreateAclsResponse, CreateAclsResponseInit> = {
  key: 30,
  name: 'CreateAcls',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeCreateAclsRequest,
  decodeRequest: decodeCreateAclsRequest,
  encodeResponse: encodeCreateAclsResponse,
  decodeResponse: decodeCreateAclsResponse,
}

// security/31-delete-acls.kmsg

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
  if (!(version >= 1 && version <= 3)) unwritable('DeleteAclsRequest', version)
  writeDeleteAclsRequest(w, m, version)
}

export function decodeDeleteAclsRequest(r: Reader, version: number): DeleteAclsRequest {
  if (!(version >= 1 && version <= 3)) unreadable('DeleteAclsRequest', version, r)
  return readDeleteAclsRequest(r, version)
}

export interface DeleteAclsResponse {
  throttleTimeMs: number
  filterResults: DeleteAclsResponseDeleteAclsFilterResult[]
}

export interface DeleteAclsResponseInit {
  throttleTimeMs?: number | undefined
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
  w.int32(m.throttleTimeMs ?? 0)
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
  if (!(version >= 1 && version <= 3)) unwritable('DeleteAclsResponse', version)
  writeDeleteAclsResponse(w, m, version)
}

export function decodeDeleteAclsResponse(r: Reader, version: number): DeleteAclsResponse {
  if (!(version >= 1 && version <= 3)) unreadable('DeleteAclsResponse', version, r)
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

// security/38-create-delegation-token.kmsg

export interface CreateDelegationTokenRequest {
  ownerPrincipalType: string | null // 3
  ownerPrincipalName: string | null // 3
  renewers: CreateDelegationTokenRequestCreatableRenewers[]
  maxLifetimeMs: number
}

export interface CreateDelegationTokenRequestInit {
  ownerPrincipalType?: string | null | undefined
  ownerPrincipalName?: string | null | undefined
  renewers: readonly CreateDelegationTokenRequestCreatableRenewersInit[]
  maxLifetimeMs: number
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  principalType: string
  principalName: string
}

export type CreateDelegationTokenRequestCreatableRenewersInit = CreateDelegationTokenRequestCreatableRenewers

function writeCreateDelegationTokenRequest(w: Writer, m: CreateDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  if (version >= 3) w.compactNullableString(m.ownerPrincipalType ?? null)
  else { if (m.ownerPrincipalType !== undefined && m.ownerPrincipalType !== null) refuse('CreateDelegationTokenRequest.ownerPrincipalType', version) }
  if (version >= 3) w.compactNullableString(m.ownerPrincipalName ?? null)
  else { if (m.ownerPrincipalName !== undefined && m.ownerPrincipalName !== null) refuse('CreateDelegationTokenRequest.ownerPrincipalName', version) }
  writeArrayOfCreateDelegationTokenRequestCreatableRenewers(w, m.renewers, version)
  w.int64(m.maxLifetimeMs)
  if (flexible) w.uvarint(0)
}

function readCreateDelegationTokenRequest(r: Reader, version: number): CreateDelegationTokenRequest {
  const flexible = version >= 2
  const value: CreateDelegationTokenRequest = {
    ownerPrincipalType: version >= 3 ? r.compactNullableString() : null,
    ownerPrincipalName: version >= 3 ? r.compactNullableString() : null,
    renewers: readArrayOfCreateDelegationTokenRequestCreatableRenewers(r, version),
    maxLifetimeMs: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateDelegationTokenRequestCreatableRenewers(w: Writer, m: CreateDelegationTokenRequestCreatableRenewersInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (flexible) w.uvarint(0)
}

function readCreateDelegationTokenRequestCreatableRenewers(r: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2
  const value: CreateDelegationTokenRequestCreatableRenewers = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreateDelegationTokenRequestCreatableRenewers(w: Writer, list: readonly CreateDelegationTokenRequestCreatableRenewersInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateDelegationTokenRequestCreatableRenewers(w, element, version)
}

function readArrayOfCreateDelegationTokenRequestCreatableRenewers(r: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: CreateDelegationTokenRequestCreatableRenewers[] = []
  for (let index = 0; index < length; index++) list.push(readCreateDelegationTokenRequestCreatableRenewers(r, version))
  return list
}

export function encodeCreateDelegationTokenRequest(w: Writer, m: CreateDelegationTokenRequestInit, version: number): void {
  if (!(version >= 1 && version <= 3)) unwritable('CreateDelegationTokenRequest', version)
  writeCreateDelegationTokenRequest(w, m, version)
}

export function decodeCreateDelegationTokenRequest(r: Reader, version: number): CreateDelegationTokenRequest {
  if (!(version >= 1 && version <= 3)) unreadable('CreateDelegationTokenRequest', version, r)
  return readCreateDelegationTokenRequest(r, version)
}

export interface CreateDelegationTokenResponse {
  errorCode: number
  principalType: string
  principalName: string
  tokenRequesterPrincipalType: string // 3
  tokenRequesterPrincipalName: string // 3
  issueTimestampMs: number
  expiryTimestampMs: number
  maxTimestampMs: number
  tokenId: string
  hmac: Buffer
  throttleTimeMs: number
}

export interface CreateDelegationTokenResponseInit {
  errorCode: number
  principalType: string
  principalName: string
  tokenRequesterPrincipalType?: string | undefined
  tokenRequesterPrincipalName?: string | undefined
  issueTimestampMs: number
  expiryTimestampMs: number
  maxTimestampMs: number
  tokenId: string
  hmac: Uint8Array
  throttleTimeMs?: number | undefined
}

function writeCreateDelegationTokenResponse(w: Writer, m: CreateDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalType ?? '')
  else { if (m.tokenRequesterPrincipalType !== undefined && m.tokenRequesterPrincipalType !== '') refuse('CreateDelegationTokenResponse.tokenRequesterPrincipalType', version) }
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalName ?? '')
  else { if (m.tokenRequesterPrincipalName !== undefined && m.tokenRequesterPrincipalName !== '') refuse('CreateDelegationTokenResponse.tokenRequesterPrincipalName', version) }
  w.int64(m.issueTimestampMs)
  w.int64(m.expiryTimestampMs)
  w.int64(m.maxTimestampMs)
  if (flexible) w.compactString(m.tokenId)
  else w.string(m.tokenId)
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  w.int32(m.throttleTimeMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readCreateDelegationTokenResponse(r: Reader, version: number): CreateDelegationTokenResponse {
  const flexible = version >= 2
  const value: CreateDelegationTokenResponse = {
    errorCode: r.int16(),
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
    tokenRequesterPrincipalType: version >= 3 ? r.compactString() : '',
    tokenRequesterPrincipalName: version >= 3 ? r.compactString() : '',
    issueTimestampMs: r.int64(),
    expiryTimestampMs: r.int64(),
    maxTimestampMs: r.int64(),
    tokenId: flexible ? r.compactString() : r.string(),
    hmac: flexible ? r.compactBytes() : r.bytes(),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeCreateDelegationTokenResponse(w: Writer, m: CreateDelegationTokenResponseInit, version: number): void {
  if (!(version >= 1 && version <= 3)) unwritable('CreateDelegationTokenResponse', version)
  writeCreateDelegationTokenResponse(w, m, version)
}

export function decodeCreateDelegationTokenResponse(r: Reader, version: number): CreateDelegationTokenResponse {
  if (!(version >= 1 && version <= 3)) unreadable('CreateDelegationTokenResponse', version, r)
  return readCreateDelegationTokenResponse(r, version)
}

/** API key 38, versions 1-3. */
export const CreateDelegationTokenApi: Api<CreateDelegationTokenRequest, CreateDelegationTokenRequestInit, CreateDelegationTokenResponse, CreateDelegationTokenResponseInit> = {
  key: 38,
  name: 'CreateDelegationToken',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeCreateDelegationTokenRequest,
  decodeRequest: decodeCreateDelegationTokenRequest,
  encodeResponse: encodeCreateDelegationTokenResponse,
  decodeResponse: decodeCreateDelegationTokenResponse,
}

// security/39-renew-delegation-token.kmsg

export interface RenewDelegationTokenRequest {
  hmac: Buffer
  renewPeriodMs: number
}

export interface RenewDelegationTokenRequestInit {
  hmac: Uint8Array
  renewPeriodMs: number
}

function writeRenewDelegationTokenRequest(w: Writer, m: RenewDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  w.int64(m.renewPeriodMs)
  if (flexible) w.uvarint(0)
}

function readRenewDelegationTokenRequest(r: Reader, version: number): RenewDelegationTokenRequest {
  const flexible = version >= 2
  const value: RenewDelegationTokenRequest = {
    hmac: flexible ? r.compactBytes() : r.bytes(),
    renewPeriodMs: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeRenewDelegationTokenRequest(w: Writer, m: RenewDelegationTokenRequestInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('RenewDelegationTokenRequest', version)
  writeRenewDelegationTokenRequest(w, m, version)
}

export function decodeRenewDelegationTokenRequest(r: Reader, version: number): RenewDelegationTokenRequest {
  if (!(version >= 1 && version <= 2)) unreadable('RenewDelegationTokenRequest', version, r)
  return readRenewDelegationTokenRequest(r, version)
}

export interface RenewDelegationTokenResponse {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs: number
}

export interface RenewDelegationTokenResponseInit {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs?: number | undefined
}

function writeRenewDelegationTokenResponse(w: Writer, m: RenewDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  w.int64(m.expiryTimestampMs)
  w.int32(m.throttleTimeMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readRenewDelegationTokenResponse(r: Reader, version: number): RenewDelegationTokenResponse {
  const flexible = version >= 2
  const value: RenewDelegationTokenResponse = {
    errorCode: r.int16(),
    expiryTimestampMs: r.int64(),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeRenewDelegationTokenResponse(w: Writer, m: RenewDelegationTokenResponseInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('RenewDelegationTokenResponse', version)
  writeRenewDelegationTokenResponse(w, m, version)
}

export function decodeRenewDelegationTokenResponse(r: Reader, version: number): RenewDelegationTokenResponse {
  if (!(version >= 1 && version <= 2)) unreadable('RenewDelegationTokenResponse', version, r)
  return readRenewDelegationTokenResponse(r, version)
}

/** API key 39, versions 1-2. */
export const RenewDelegationTokenApi: Api<RenewDelegationTokenRequest, RenewDelegationTokenRequestInit, RenewDelegationTokenResponse, RenewDelegationTokenResponseInit> = {
  key: 39,
  name: 'RenewDelegationToken',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeRenewDelegationTokenRequest,
  decodeRequest: decodeRenewDelegationTokenRequest,
  encodeResponse: encodeRenewDelegationTokenResponse,
  decodeResponse: decodeRenewDelegationTokenResponse,
}

// security/40-expire-delegation-token.kmsg

export interface ExpireDelegationTokenRequest {
  hmac: Buffer
  expiryTimePeriodMs: number
}

export interface ExpireDelegationTokenRequestInit {
  hmac: Uint8Array
  expiryTimePeriodMs: number
}

function writeExpireDelegationTokenRequest(w: Writer, m: ExpireDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  w.int64(m.expiryTimePeriodMs)
  if (flexible) w.uvarint(0)
}

function readExpireDelegationTokenRequest(r: Reader, version: number): ExpireDelegationTokenRequest {
  const flexible = version >= 2
  const value: ExpireDelegationTokenRequest = {
    hmac: flexible ? r.compactBytes() : r.bytes(),
    expiryTimePeriodMs: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeExpireDelegationTokenRequest(w: Writer, m: ExpireDelegationTokenRequestInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('ExpireDelegationTokenRequest', version)
  writeExpireDelegationTokenRequest(w, m, version)
}

export function decodeExpireDelegationTokenRequest(r: Reader, version: number): ExpireDelegationTokenRequest {
  if (!(version >= 1 && version <= 2)) unreadable('ExpireDelegationTokenRequest', version, r)
  return readExpireDelegationTokenRequest(r, version)
}

export interface ExpireDelegationTokenResponse {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs: number
}

export interface ExpireDelegationTokenResponseInit {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs?: number | undefined
}

function writeExpireDelegationTokenResponse(w: Writer, m: ExpireDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  w.int64(m.expiryTimestampMs)
  w.int32(m.throttleTimeMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readExpireDelegationTokenResponse(r: Reader, version: number): ExpireDelegationTokenResponse {
  const flexible = version >= 2
  const value: ExpireDelegationTokenResponse = {
    errorCode: r.int16(),
    expiryTimestampMs: r.int64(),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeExpireDelegationTokenResponse(w: Writer, m: ExpireDelegationTokenResponseInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('ExpireDelegationTokenResponse', version)
  writeExpireDelegationTokenResponse(w, m, version)
}

export function decodeExpireDelegationTokenResponse(r: Reader, version: number): ExpireDelegationTokenResponse {
  if (!(version >= 1 && version <= 2)) unreadable('ExpireDelegationTokenResponse', version, r)
  return readExpireDelegationTokenResponse(r, version)
}

/** API key 40, versions 1-2. */
export const ExpireDelegationTokenApi: Api<ExpireDelegationTokenRequest, ExpireDelegationTokenRequestInit, ExpireDelegationTokenResponse, ExpireDelegationTokenResponseInit> = {
  key: 40,
  name: 'ExpireDelegationToken',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeExpireDelegationTokenRequest,
  decodeRequest: decodeExpireDelegationTokenRequest,
  encodeResponse: encodeExpireDelegationTokenResponse,
  decodeResponse: decodeExpireDelegationTokenResponse,
}

// security/41-describe-delegation-token.kmsg

export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null
}

export interface DescribeDelegationTokenRequestInit {
  owners?: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit[] | null | undefined
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  principalType: string
  principalName: string
}

export type DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit = DescribeDelegationTokenRequestDescribeDelegationTokenOwner

function writeDescribeDelegationTokenRequest(w: Writer, m: DescribeDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  writeNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w, m.owners ?? null, version)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenRequest(r: Reader, version: number): DescribeDelegationTokenRequest {
  const flexible = version >= 2
  const value: DescribeDelegationTokenRequest = {
    owners: readNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w: Writer, m: DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r: Reader, version: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  const flexible = version >= 2
  const value: DescribeDelegationTokenRequestDescribeDelegationTokenOwner = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w: Writer, list: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w, element, version)
}

function readNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r: Reader, version: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 3 : 4, 2)
  if (length < 0) return null
  const list: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r, version))
  return list
}

export function encodeDescribeDelegationTokenRequest(w: Writer, m: DescribeDelegationTokenRequestInit, version: number): void {
  if (!(version >= 1 && version <= 3)) unwritable('DescribeDelegationTokenRequest', version)
  writeDescribeDelegationTokenRequest(w, m, version)
}

export function decodeDescribeDelegationTokenRequest(r: Reader, version: number): DescribeDelegationTokenRequest {
  if (!(version >= 1 && version <= 3)) unreadable('DescribeDelegationTokenRequest', version, r)
  return readDescribeDelegationTokenRequest(r, version)
}

export interface DescribeDelegationTokenResponse {
  errorCode: number
  tokens: DescribeDelegationTokenResponseDescribedDelegationToken[]
  throttleTimeMs: number
}

export interface DescribeDelegationTokenResponseInit {
  errorCode: number
  tokens: readonly DescribeDelegationTokenResponseDescribedDelegationTokenInit[]
  throttleTimeMs?: number | undefined
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  principalType: string
  principalName: string
  tokenRequesterPrincipalType: string // 3
  tokenRequesterPrincipalName: string // 3
  issueTimestamp: number
  expiryTimestamp: number
  maxTimestamp: number
  tokenId: string
  hmac: Buffer
  renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenInit {
  principalType: string
  principalName: string
  tokenRequesterPrincipalType?: string | undefined
  tokenRequesterPrincipalName?: string | undefined
  issueTimestamp: number
  expiryTimestamp: number
  maxTimestamp: number
  tokenId: string
  hmac: Uint8Array
  renewers: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  principalType: string
  principalName: string
}

export type DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit = DescribeDelegationTokenResponseDescribedDelegationTokenRenewer

function writeDescribeDelegationTokenResponse(w: Writer, m: DescribeDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  writeArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(w, m.tokens, version)
  w.int32(m.throttleTimeMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenResponse(r: Reader, version: number): DescribeDelegationTokenResponse {
  const flexible = version >= 2
  const value: DescribeDelegationTokenResponse = {
    errorCode: r.int16(),
    tokens: readArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(r, version),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeDelegationTokenResponseDescribedDelegationToken(w: Writer, m: DescribeDelegationTokenResponseDescribedDelegationTokenInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalType ?? '')
  else { if (m.tokenRequesterPrincipalType !== undefined && m.tokenRequesterPrincipalType !== '') refuse('DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalType', version) }
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalName ?? '')
  else { if (m.tokenRequesterPrincipalName !== undefined && m.tokenRequesterPrincipalName !== '') refuse('DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalName', version) }
  w.int64(m.issueTimestamp)
  w.int64(m.expiryTimestamp)
  w.int64(m.maxTimestamp)
  if (flexible) w.compactString(m.tokenId)
  else w.string(m.tokenId)
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  writeArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w, m.renewers, version)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenResponseDescribedDelegationToken(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2
  const value: DescribeDelegationTokenResponseDescribedDelegationToken = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
    tokenRequesterPrincipalType: version >= 3 ? r.compactString() : '',
    tokenRequesterPrincipalName: version >= 3 ? r.compactString() : '',
    issueTimestamp: r.int64(),
    expiryTimestamp: r.int64(),
    maxTimestamp: r.int64(),
    tokenId: flexible ? r.compactString() : r.string(),
    hmac: flexible ? r.compactBytes() : r.bytes(),
    renewers: readArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w: Writer, m: DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2
  const value: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(w: Writer, list: readonly DescribeDelegationTokenResponseDescribedDelegationTokenInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeDelegationTokenResponseDescribedDelegationToken(w, element, version)
}

function readArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 30 : 38, 10)
  const list: DescribeDelegationTokenResponseDescribedDelegationToken[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeDelegationTokenResponseDescribedDelegationToken(r, version))
  return list
}

function writeArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w: Writer, list: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w, element, version)
}

function readArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r, version))
  return list
}

export function encodeDescribeDelegationTokenResponse(w: Writer, m: DescribeDelegationTokenResponseInit, version: number): void {
  if (!(version >= 1 && version <= 3)) unwritable('DescribeDelegationTokenResponse', version)
  writeDescribeDelegationTokenResponse(w, m, version)
}

export function decodeDescribeDelegationTokenResponse(r: Reader, version: number): DescribeDelegationTokenResponse {
  if (!(version >= 1 && version <= 3)) unreadable('DescribeDelegationTokenResponse', version, r)
  return readDescribeDelegationTokenResponse(r, version)
}

/** API key 41, versions 1-3. */
export const DescribeDelegationTokenApi: Api<DescribeDelegationTokenRequest, DescribeDelegationTokenRequestInit, DescribeDelegationTokenResponse, DescribeDelegationTokenResponseInit> = {
  key: 41,
  name: 'DescribeDelegationToken',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeDelegationTokenRequest,
  decodeRequest: decodeDescribeDelegationTokenRequest,
  encodeResponse: encodeDescribeDelegationTokenResponse,
  decodeResponse: decodeDescribeDelegationTokenResponse,
}

// security/50-describe-user-scram-credentials.kmsg

export interface DescribeUserScramCredentialsRequest {
  users: DescribeUserScramCredentialsRequestUserName[] | null
}

export interface DescribeUserScramCredentialsRequestInit {
  users?: readonly DescribeUserScramCredentialsRequestUserNameInit[] | null | undefined
}

export interface DescribeUserScramCredentialsRequestUserName {
  name: string
}

export type DescribeUserScramCredentialsRequestUserNameInit = DescribeUserScramCredentialsRequestUserName

function writeDescribeUserScramCredentialsRequest(w: Writer, m: DescribeUserScramCredentialsRequestInit): void {
  writeNullableArrayOfDescribeUserScramCredentialsRequestUserName(w, m.users ?? null)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsRequest(r: Reader): DescribeUserScramCredentialsRequest {
  const value: DescribeUserScramCredentialsRequest = {
    users: readNullableArrayOfDescribeUserScramCredentialsRequestUserName(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeUserScramCredentialsRequestUserName(w: Writer, m: DescribeUserScramCredentialsRequestUserNameInit): void {
  w.compactString(m.name)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsRequestUserName(r: Reader): DescribeUserScramCredentialsRequestUserName {
  const value: DescribeUserScramCredentialsRequestUserName = {
    name: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfDescribeUserScramCredentialsRequestUserName(w: Writer, list: readonly DescribeUserScramCredentialsRequestUserNameInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeDescribeUserScramCredentialsRequestUserName(w, element)
}

function readNullableArrayOfDescribeUserScramCredentialsRequestUserName(r: Reader): DescribeUserScramCredentialsRequestUserName[] | null {
  const length = readNullableLength(r, true, 2, 1)
  if (length < 0) return null
  const list: DescribeUserScramCredentialsRequestUserName[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeUserScramCredentialsRequestUserName(r))
  return list
}

export function encodeDescribeUserScramCredentialsRequest(w: Writer, m: DescribeUserScramCredentialsRequestInit, version: number): void {
  if (version !== 0) unwritable('DescribeUserScramCredentialsRequest', version)
  writeDescribeUserScramCredentialsRequest(w, m)
}

export function decodeDescribeUserScramCredentialsRequest(r: Reader, version: number): DescribeUserScramCredentialsRequest {
  if (version !== 0) unreadable('DescribeUserScramCredentialsRequest', version, r)
  return readDescribeUserScramCredentialsRequest(r)
}

export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[]
}

export interface DescribeUserScramCredentialsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  results: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit[]
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  user: string
  errorCode: number
  errorMessage: string | null
  credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[]
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit {
  user: string
  errorCode: number
  errorMessage?: string | null | undefined
  credentialInfos: readonly DescribeUserScramCredentialsResponseCredentialInfoInit[]
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  mechanism: number
  iterations: number
}

export type DescribeUserScramCredentialsResponseCredentialInfoInit = DescribeUserScramCredentialsResponseCredentialInfo

function writeDescribeUserScramCredentialsResponse(w: Writer, m: DescribeUserScramCredentialsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w, m.results)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsResponse(r: Reader): DescribeUserScramCredentialsResponse {
  const value: DescribeUserScramCredentialsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    results: readArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w: Writer, m: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit): void {
  w.compactString(m.user)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeUserScramCredentialsResponseCredentialInfo(w, m.credentialInfos)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r: Reader): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const value: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult = {
    user: r.compactString(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    credentialInfos: readArrayOfDescribeUserScramCredentialsResponseCredentialInfo(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeUserScramCredentialsResponseCredentialInfo(w: Writer, m: DescribeUserScramCredentialsResponseCredentialInfoInit): void {
  w.int8(m.mechanism)
  w.int32(m.iterations)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsResponseCredentialInfo(r: Reader): DescribeUserScramCredentialsResponseCredentialInfo {
  const value: DescribeUserScramCredentialsResponseCredentialInfo = {
    mechanism: r.int8(),
    iterations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w: Writer, list: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w, element)
}

function readArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r: Reader): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] {
  const length = readLength(r, true, 6, 4)
  const list: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r))
  return list
}

function writeArrayOfDescribeUserScramCredentialsResponseCredentialInfo(w: Writer, list: readonly DescribeUserScramCredentialsResponseCredentialInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeUserScramCredentialsResponseCredentialInfo(w, element)
}

function readArrayOfDescribeUserScramCredentialsResponseCredentialInfo(r: Reader): DescribeUserScramCredentialsResponseCredentialInfo[] {
  const length = readLength(r, true, 6, 2)
  const list: DescribeUserScramCredentialsResponseCredentialInfo[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeUserScramCredentialsResponseCredentialInfo(r))
  return list
}

export function encodeDescribeUserScramCredentialsResponse(w: Writer, m: DescribeUserScramCredentialsResponseInit, version: number): void {
  if (version !== 0) unwritable('DescribeUserScramCredentialsResponse', version)
  writeDescribeUserScramCredentialsResponse(w, m)
}

export function decodeDescribeUserScramCredentialsResponse(r: Reader, version: number): DescribeUserScramCredentialsResponse {
  if (version !== 0) unreadable('DescribeUserScramCredentialsResponse', version, r)
  return readDescribeUserScramCredentialsResponse(r)
}

/** API key 50, versions 0. */
export const DescribeUserScramCredentialsApi: Api<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsRequestInit, DescribeUserScramCredentialsResponse, DescribeUserScramCredentialsResponseInit> = {
  key: 50,
  name: 'DescribeUserScramCredentials',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeUserScramCredentialsRequest,
  decodeRequest: decodeDescribeUserScramCredentialsRequest,
  encodeResponse: encodeDescribeUserScramCredentialsResponse,
  decodeResponse: decodeDescribeUserScramCredentialsResponse,
}

// security/51-alter-user-scram-credentials.kmsg

export interface AlterUserScramCredentialsRequest {
  deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[]
  upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[]
}

export interface AlterUserScramCredentialsRequestInit {
  deletions: readonly AlterUserScramCredentialsRequestScramCredentialDeletionInit[]
  upsertions: readonly AlterUserScramCredentialsRequestScramCredentialUpsertionInit[]
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  name: string
  mechanism: number
}

export type AlterUserScramCredentialsRequestScramCredentialDeletionInit = AlterUserScramCredentialsRequestScramCredentialDeletion

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  name: string
  mechanism: number
  iterations: number
  salt: Buffer
  saltedPassword: Buffer
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertionInit {
  name: string
  mechanism: number
  iterations: number
  salt: Uint8Array
  saltedPassword: Uint8Array
}

function writeAlterUserScramCredentialsRequest(w: Writer, m: AlterUserScramCredentialsRequestInit): void {
  writeArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(w, m.deletions)
  writeArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(w, m.upsertions)
  w.uvarint(0)
}

function readAlterUserScramCredentialsRequest(r: Reader): AlterUserScramCredentialsRequest {
  const value: AlterUserScramCredentialsRequest = {
    deletions: readArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(r),
    upsertions: readArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterUserScramCredentialsRequestScramCredentialDeletion(w: Writer, m: AlterUserScramCredentialsRequestScramCredentialDeletionInit): void {
  w.compactString(m.name)
  w.int8(m.mechanism)
  w.uvarint(0)
}

function readAlterUserScramCredentialsRequestScramCredentialDeletion(r: Reader): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const value: AlterUserScramCredentialsRequestScramCredentialDeletion = {
    name: r.compactString(),
    mechanism: r.int8(),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterUserScramCredentialsRequestScramCredentialUpsertion(w: Writer, m: AlterUserScramCredentialsRequestScramCredentialUpsertionInit): void {
  w.compactString(m.name)
  w.int8(m.mechanism)
  w.int32(m.iterations)
  w.compactBytes(m.salt)
  w.compactBytes(m.saltedPassword)
  w.uvarint(0)
}

function readAlterUserScramCredentialsRequestScramCredentialUpsertion(r: Reader): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const value: AlterUserScramCredentialsRequestScramCredentialUpsertion = {
    name: r.compactString(),
    mechanism: r.int8(),
    iterations: r.int32(),
    salt: r.compactBytes(),
    saltedPassword: r.compactBytes(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(w: Writer, list: readonly AlterUserScramCredentialsRequestScramCredentialDeletionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterUserScramCredentialsRequestScramCredentialDeletion(w, element)
}

function readArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(r: Reader): AlterUserScramCredentialsRequestScramCredentialDeletion[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterUserScramCredentialsRequestScramCredentialDeletion[] = []
  for (let index = 0; index < length; index++) list.push(readAlterUserScramCredentialsRequestScramCredentialDeletion(r))
  return list
}

function writeArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(w: Writer, list: readonly AlterUserScramCredentialsRequestScramCredentialUpsertionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterUserScramCredentialsRequestScramCredentialUpsertion(w, element)
}

function readArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(r: Reader): AlterUserScramCredentialsRequestScramCredentialUpsertion[] {
  const length = readLength(r, true, 9, 5)
  const list: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = []
  for (let index = 0; index < length; index++) list.push(readAlterUserScramCredentialsRequestScramCredentialUpsertion(r))
  return list
}

export function encodeAlterUserScramCredentialsRequest(w: Writer, m: AlterUserScramCredentialsRequestInit, version: number): void {
  if (version !== 0) unwritable('AlterUserScramCredentialsRequest', version)
  writeAlterUserScramCredentialsRequest(w, m)
}

export function decodeAlterUserScramCredentialsRequest(r: Reader, version: number): AlterUserScramCredentialsRequest {
  if (version !== 0) unreadable('AlterUserScramCredentialsRequest', version, r)
  return readAlterUserScramCredentialsRequest(r)
}

export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number
  results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[]
}

export interface AlterUserScramCredentialsResponseInit {
  throttleTimeMs?: number | undefined
  results: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit[]
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  user: string
  errorCode: number
  errorMessage: string | null
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit {
  user: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAlterUserScramCredentialsResponse(w: Writer, m: AlterUserScramCredentialsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w, m.results)
  w.uvarint(0)
}

function readAlterUserScramCredentialsResponse(r: Reader): AlterUserScramCredentialsResponse {
  const value: AlterUserScramCredentialsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w: Writer, m: AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit): void {
  w.compactString(m.user)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r: Reader): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const value: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult = {
    user: r.compactString(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w: Writer, list: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w, element)
}

function readArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r: Reader): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] {
  const length = readLength(r, true, 5, 3)
  const list: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = []
  for (let index = 0; index < length; index++) list.push(readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r))
  return list
}

export function encodeAlterUserScramCredentialsResponse(w: Writer, m: AlterUserScramCredentialsResponseInit, version: number): void {
  if (version !== 0) unwritable('AlterUserScramCredentialsResponse', version)
  writeAlterUserScramCredentialsResponse(w, m)
}

export function decodeAlterUserScramCredentialsResponse(r: Reader, version: number): AlterUserScramCredentialsResponse {
  if (version !== 0) unreadable('AlterUserScramCredentialsResponse', version, r)
  return readAlterUserScramCredentialsResponse(r)
}

/** API key 51, versions 0. */
export const AlterUserScramCredentialsApi: Api<AlterUserScramCredentialsRequest, AlterUserScramCredentialsRequestInit, AlterUserScramCredentialsResponse, AlterUserScramCredentialsResponseInit> = {
  key: 51,
  name: 'AlterUserScramCredentials',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterUserScramCredentialsRequest,
  decodeRequest: decodeAlterUserScramCredentialsRequest,
  encodeResponse: encodeAlterUserScramCredentialsResponse,
  decodeResponse: decodeAlterUserScramCredentialsResponse,
}
