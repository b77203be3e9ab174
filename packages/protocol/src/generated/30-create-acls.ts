// Made by generator/main.ts from definitions/30-create-acls.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 1 || version > 3) unwritable('CreateAclsRequest', version)
  writeCreateAclsRequest(w, m, version)
}

export function decodeCreateAclsRequest(r: Reader, version: number): CreateAclsRequest {
  if (version < 1 || version > 3) unreadable('CreateAclsRequest', version, r)
  return readCreateAclsRequest(r, version)
}

export interface CreateAclsResponse {
  throttleTimeMs: number
  results: CreateAclsResponseAclCreationResult[]
}

export interface CreateAclsResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 1 || version > 3) unwritable('CreateAclsResponse', version)
  writeCreateAclsResponse(w, m, version)
}

export function decodeCreateAclsResponse(r: Reader, version: number): CreateAclsResponse {
  if (version < 1 || version > 3) unreadable('CreateAclsResponse', version, r)
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
