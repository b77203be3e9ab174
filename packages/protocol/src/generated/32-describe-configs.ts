// Made by generator/main.ts from definitions/32-describe-configs.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readNullableStrings, writeLength, writeNullableStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeConfigsRequest {
  resources: DescribeConfigsRequestDescribeConfigsResource[]
  includeSynonyms: boolean
  includeDocumentation: boolean // 3-4
}

export interface DescribeConfigsRequestInit {
  resources: readonly DescribeConfigsRequestDescribeConfigsResourceInit[]
  includeSynonyms?: boolean | undefined
  includeDocumentation?: boolean | undefined
}

export interface DescribeConfigsRequestDescribeConfigsResource {
  resourceType: number
  resourceName: string
  configurationKeys: string[] | null
}

export interface DescribeConfigsRequestDescribeConfigsResourceInit {
  resourceType: number
  resourceName: string
  configurationKeys?: readonly string[] | null | undefined
}

function writeDescribeConfigsRequest(w: Writer, m: DescribeConfigsRequestInit, version: number): void {
  const flexible = version >= 4
  writeArrayOfDescribeConfigsRequestDescribeConfigsResource(w, m.resources, version)
  w.boolean(m.includeSynonyms ?? false)
  if (version >= 3) w.boolean(m.includeDocumentation ?? false)
  else { if (m.includeDocumentation !== undefined && m.includeDocumentation !== false) refuse('DescribeConfigsRequest.includeDocumentation', version) }
  if (flexible) w.uvarint(0)
}

function readDescribeConfigsRequest(r: Reader, version: number): DescribeConfigsRequest {
  const flexible = version >= 4
  const value: DescribeConfigsRequest = {
    resources: readArrayOfDescribeConfigsRequestDescribeConfigsResource(r, version),
    includeSynonyms: r.boolean(),
    includeDocumentation: version >= 3 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeConfigsRequestDescribeConfigsResource(w: Writer, m: DescribeConfigsRequestDescribeConfigsResourceInit, version: number): void {
  const flexible = version >= 4
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  writeNullableStrings(w, m.configurationKeys ?? null, flexible)
  if (flexible) w.uvarint(0)
}

function readDescribeConfigsRequestDescribeConfigsResource(r: Reader, version: number): DescribeConfigsRequestDescribeConfigsResource {
  const flexible = version >= 4
  const value: DescribeConfigsRequestDescribeConfigsResource = {
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    configurationKeys: readNullableStrings(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeConfigsRequestDescribeConfigsResource(w: Writer, list: readonly DescribeConfigsRequestDescribeConfigsResourceInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeConfigsRequestDescribeConfigsResource(w, element, version)
}

function readArrayOfDescribeConfigsRequestDescribeConfigsResource(r: Reader, version: number): DescribeConfigsRequestDescribeConfigsResource[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 4 : 7, 3)
  const list: DescribeConfigsRequestDescribeConfigsResource[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeConfigsRequestDescribeConfigsResource(r, version))
  return list
}

export function encodeDescribeConfigsRequest(w: Writer, m: DescribeConfigsRequestInit, version: number): void {
  if (version < 1 || version > 4) unwritable('DescribeConfigsRequest', version)
  writeDescribeConfigsRequest(w, m, version)
}

export function decodeDescribeConfigsRequest(r: Reader, version: number): DescribeConfigsRequest {
  if (version < 1 || version > 4) unreadable('DescribeConfigsRequest', version, r)
  return readDescribeConfigsRequest(r, version)
}

export interface DescribeConfigsResponse {
  throttleTimeMs: number
  results: DescribeConfigsResponseDescribeConfigsResult[]
}

export interface DescribeConfigsResponseInit {
  throttleTimeMs: number
  results: readonly DescribeConfigsResponseDescribeConfigsResultInit[]
}

export interface DescribeConfigsResponseDescribeConfigsResult {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
  configs: DescribeConfigsResponseDescribeConfigsResourceResult[]
}

export interface DescribeConfigsResponseDescribeConfigsResultInit {
  errorCode: number
  errorMessage?: string | null | undefined
  resourceType: number
  resourceName: string
  configs: readonly DescribeConfigsResponseDescribeConfigsResourceResultInit[]
}

export interface DescribeConfigsResponseDescribeConfigsResourceResult {
  name: string
  value: string | null
  readOnly: boolean
  configSource: number
  isSensitive: boolean
  synonyms: DescribeConfigsResponseDescribeConfigsSynonym[]
  configType: number // 3-4
  documentation: string | null // 3-4
}

export interface DescribeConfigsResponseDescribeConfigsResourceResultInit {
  name: string
  value?: string | null | undefined
  readOnly: boolean
  configSource?: number | undefined
  isSensitive: boolean
  synonyms: readonly DescribeConfigsResponseDescribeConfigsSynonymInit[]
  configType?: number | undefined
  documentation?: string | null | undefined
}

export interface DescribeConfigsResponseDescribeConfigsSynonym {
  name: string
  value: string | null
  source: number
}

export interface DescribeConfigsResponseDescribeConfigsSynonymInit {
  name: string
  value?: string | null | undefined
  source: number
}

function writeDescribeConfigsResponse(w: Writer, m: DescribeConfigsResponseInit, version: number): void {
  const flexible = version >= 4
  w.int32(m.throttleTimeMs)
  writeArrayOfDescribeConfigsResponseDescribeConfigsResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readDescribeConfigsResponse(r: Reader, version: number): DescribeConfigsResponse {
  const flexible = version >= 4
  const value: DescribeConfigsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfDescribeConfigsResponseDescribeConfigsResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeConfigsResponseDescribeConfigsResult(w: Writer, m: DescribeConfigsResponseDescribeConfigsResultInit, version: number): void {
  const flexible = version >= 4
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  writeArrayOfDescribeConfigsResponseDescribeConfigsResourceResult(w, m.configs, version)
  if (flexible) w.uvarint(0)
}

function readDescribeConfigsResponseDescribeConfigsResult(r: Reader, version: number): DescribeConfigsResponseDescribeConfigsResult {
  const flexible = version >= 4
  const value: DescribeConfigsResponseDescribeConfigsResult = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    configs: readArrayOfDescribeConfigsResponseDescribeConfigsResourceResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeConfigsResponseDescribeConfigsResourceResult(w: Writer, m: DescribeConfigsResponseDescribeConfigsResourceResultInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (flexible) w.compactNullableString(m.value ?? null)
  else w.nullableString(m.value ?? null)
  w.boolean(m.readOnly)
  w.int8(m.configSource ?? -1)
  w.boolean(m.isSensitive)
  writeArrayOfDescribeConfigsResponseDescribeConfigsSynonym(w, m.synonyms, version)
  if (version >= 3) w.int8(m.configType ?? 0)
  if (flexible) w.compactNullableString(m.documentation ?? null)
  else if (version >= 3) w.nullableString(m.documentation ?? null)
  if (flexible) w.uvarint(0)
}

function readDescribeConfigsResponseDescribeConfigsResourceResult(r: Reader, version: number): DescribeConfigsResponseDescribeConfigsResourceResult {
  const flexible = version >= 4
  const value: DescribeConfigsResponseDescribeConfigsResourceResult = {
    name: flexible ? r.compactString() : r.string(),
    value: flexible ? r.compactNullableString() : r.nullableString(),
    readOnly: r.boolean(),
    configSource: r.int8(),
    isSensitive: r.boolean(),
    synonyms: readArrayOfDescribeConfigsResponseDescribeConfigsSynonym(r, version),
    configType: version >= 3 ? r.int8() : 0,
    documentation: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeConfigsResponseDescribeConfigsSynonym(w: Writer, m: DescribeConfigsResponseDescribeConfigsSynonymInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (flexible) w.compactNullableString(m.value ?? null)
  else w.nullableString(m.value ?? null)
  w.int8(m.source)
  if (flexible) w.uvarint(0)
}

function readDescribeConfigsResponseDescribeConfigsSynonym(r: Reader, version: number): DescribeConfigsResponseDescribeConfigsSynonym {
  const flexible = version >= 4
  const value: DescribeConfigsResponseDescribeConfigsSynonym = {
    name: flexible ? r.compactString() : r.string(),
    value: flexible ? r.compactNullableString() : r.nullableString(),
    source: r.int8(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeConfigsResponseDescribeConfigsResult(w: Writer, list: readonly DescribeConfigsResponseDescribeConfigsResultInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeConfigsResponseDescribeConfigsResult(w, element, version)
}

function readArrayOfDescribeConfigsResponseDescribeConfigsResult(r: Reader, version: number): DescribeConfigsResponseDescribeConfigsResult[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 7 : 11, 5)
  const list: DescribeConfigsResponseDescribeConfigsResult[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeConfigsResponseDescribeConfigsResult(r, version))
  return list
}

function writeArrayOfDescribeConfigsResponseDescribeConfigsResourceResult(w: Writer, list: readonly DescribeConfigsResponseDescribeConfigsResourceResultInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeConfigsResponseDescribeConfigsResourceResult(w, element, version)
}

function readArrayOfDescribeConfigsResponseDescribeConfigsResourceResult(r: Reader, version: number): DescribeConfigsResponseDescribeConfigsResourceResult[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 9 : 11, 8)
  const list: DescribeConfigsResponseDescribeConfigsResourceResult[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeConfigsResponseDescribeConfigsResourceResult(r, version))
  return list
}

function writeArrayOfDescribeConfigsResponseDescribeConfigsSynonym(w: Writer, list: readonly DescribeConfigsResponseDescribeConfigsSynonymInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeConfigsResponseDescribeConfigsSynonym(w, element, version)
}

function readArrayOfDescribeConfigsResponseDescribeConfigsSynonym(r: Reader, version: number): DescribeConfigsResponseDescribeConfigsSynonym[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 4 : 5, 3)
  const list: DescribeConfigsResponseDescribeConfigsSynonym[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeConfigsResponseDescribeConfigsSynonym(r, version))
  return list
}

export function encodeDescribeConfigsResponse(w: Writer, m: DescribeConfigsResponseInit, version: number): void {
  if (version < 1 || version > 4) unwritable('DescribeConfigsResponse', version)
  writeDescribeConfigsResponse(w, m, version)
}

export function decodeDescribeConfigsResponse(r: Reader, version: number): DescribeConfigsResponse {
  if (version < 1 || version > 4) unreadable('DescribeConfigsResponse', version, r)
  return readDescribeConfigsResponse(r, version)
}

/** API key 32, versions 1-4. */
export const DescribeConfigsApi: Api<DescribeConfigsRequest, DescribeConfigsRequestInit, DescribeConfigsResponse, DescribeConfigsResponseInit> = {
  key: 32,
  name: 'DescribeConfigs',
  minVersion: 1,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeConfigsRequest,
  decodeRequest: decodeDescribeConfigsRequest,
  encodeResponse: encodeDescribeConfigsResponse,
  decodeResponse: decodeDescribeConfigsResponse,
}
