// Made by generator/main.ts from definitions/configs/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt8s, readLength, readNullableLength, readNullableStrings, writeInt8s, writeLength, writeNullableStrings } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

// configs/32-describe-configs.kmsg

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
  if (!(version >= 1 && version <= 4)) unwritable('DescribeConfigsRequest', version)
  writeDescribeConfigsRequest(w, m, version)
}

export function decodeDescribeConfigsRequest(r: Reader, version: number): DescribeConfigsRequest {
  if (!(version >= 1 && version <= 4)) unreadable('DescribeConfigsRequest', version, r)
  return readDescribeConfigsRequest(r, version)
}

export interface DescribeConfigsResponse {
  throttleTimeMs: number
  results: DescribeConfigsResponseDescribeConfigsResult[]
}

export interface DescribeConfigsResponseInit {
  throttleTimeMs?: number | undefined
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
  w.int32(m.throttleTimeMs ?? 0)
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
  if (!(version >= 1 && version <= 4)) unwritable('DescribeConfigsResponse', version)
  writeDescribeConfigsResponse(w, m, version)
}

export function decodeDescribeConfigsResponse(r: Reader, version: number): DescribeConfigsResponse {
  if (!(version >= 1 && version <= 4)) unreadable('DescribeConfigsResponse', version, r)
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

// configs/33-alter-configs.kmsg

export interface AlterConfigsRequest {
  resources: AlterConfigsRequestAlterConfigsResource[]
  validateOnly: boolean
}

export interface AlterConfigsRequestInit {
  resources: readonly AlterConfigsRequestAlterConfigsResourceInit[]
  validateOnly: boolean
}

export interface AlterConfigsRequestAlterConfigsResource {
  resourceType: number
  resourceName: string
  configs: AlterConfigsRequestAlterableConfig[]
}

export interface AlterConfigsRequestAlterConfigsResourceInit {
  resourceType: number
  resourceName: string
  configs: readonly AlterConfigsRequestAlterableConfigInit[]
}

export interface AlterConfigsRequestAlterableConfig {
  name: string
  value: string | null
}

export interface AlterConfigsRequestAlterableConfigInit {
  name: string
  value?: string | null | undefined
}

function writeAlterConfigsRequest(w: Writer, m: AlterConfigsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfAlterConfigsRequestAlterConfigsResource(w, m.resources, version)
  w.boolean(m.validateOnly)
  if (flexible) w.uvarint(0)
}

function readAlterConfigsRequest(r: Reader, version: number): AlterConfigsRequest {
  const flexible = version >= 2
  const value: AlterConfigsRequest = {
    resources: readArrayOfAlterConfigsRequestAlterConfigsResource(r, version),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterConfigsRequestAlterConfigsResource(w: Writer, m: AlterConfigsRequestAlterConfigsResourceInit, version: number): void {
  const flexible = version >= 2
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  writeArrayOfAlterConfigsRequestAlterableConfig(w, m.configs, version)
  if (flexible) w.uvarint(0)
}

function readAlterConfigsRequestAlterConfigsResource(r: Reader, version: number): AlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 2
  const value: AlterConfigsRequestAlterConfigsResource = {
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    configs: readArrayOfAlterConfigsRequestAlterableConfig(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterConfigsRequestAlterableConfig(w: Writer, m: AlterConfigsRequestAlterableConfigInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (flexible) w.compactNullableString(m.value ?? null)
  else w.nullableString(m.value ?? null)
  if (flexible) w.uvarint(0)
}

function readAlterConfigsRequestAlterableConfig(r: Reader, version: number): AlterConfigsRequestAlterableConfig {
  const flexible = version >= 2
  const value: AlterConfigsRequestAlterableConfig = {
    name: flexible ? r.compactString() : r.string(),
    value: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterConfigsRequestAlterConfigsResource(w: Writer, list: readonly AlterConfigsRequestAlterConfigsResourceInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterConfigsRequestAlterConfigsResource(w, element, version)
}

function readArrayOfAlterConfigsRequestAlterConfigsResource(r: Reader, version: number): AlterConfigsRequestAlterConfigsResource[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 4 : 7, 3)
  const list: AlterConfigsRequestAlterConfigsResource[] = []
  for (let index = 0; index < length; index++) list.push(readAlterConfigsRequestAlterConfigsResource(r, version))
  return list
}

function writeArrayOfAlterConfigsRequestAlterableConfig(w: Writer, list: readonly AlterConfigsRequestAlterableConfigInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterConfigsRequestAlterableConfig(w, element, version)
}

function readArrayOfAlterConfigsRequestAlterableConfig(r: Reader, version: number): AlterConfigsRequestAlterableConfig[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: AlterConfigsRequestAlterableConfig[] = []
  for (let index = 0; index < length; index++) list.push(readAlterConfigsRequestAlterableConfig(r, version))
  return list
}

export function encodeAlterConfigsRequest(w: Writer, m: AlterConfigsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('AlterConfigsRequest', version)
  writeAlterConfigsRequest(w, m, version)
}

export function decodeAlterConfigsRequest(r: Reader, version: number): AlterConfigsRequest {
  if (!(version >= 0 && version <= 2)) unreadable('AlterConfigsRequest', version, r)
  return readAlterConfigsRequest(r, version)
}

export interface AlterConfigsResponse {
  throttleTimeMs: number
  responses: AlterConfigsResponseAlterConfigsResourceResponse[]
}

export interface AlterConfigsResponseInit {
  throttleTimeMs?: number | undefined
  responses: readonly AlterConfigsResponseAlterConfigsResourceResponseInit[]
}

export interface AlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
}

export interface AlterConfigsResponseAlterConfigsResourceResponseInit {
  errorCode: number
  errorMessage?: string | null | undefined
  resourceType: number
  resourceName: string
}

function writeAlterConfigsResponse(w: Writer, m: AlterConfigsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfAlterConfigsResponseAlterConfigsResourceResponse(w, m.responses, version)
  if (flexible) w.uvarint(0)
}

function readAlterConfigsResponse(r: Reader, version: number): AlterConfigsResponse {
  const flexible = version >= 2
  const value: AlterConfigsResponse = {
    throttleTimeMs: r.int32(),
    responses: readArrayOfAlterConfigsResponseAlterConfigsResourceResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterConfigsResponseAlterConfigsResourceResponse(w: Writer, m: AlterConfigsResponseAlterConfigsResourceResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  if (flexible) w.uvarint(0)
}

function readAlterConfigsResponseAlterConfigsResourceResponse(r: Reader, version: number): AlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 2
  const value: AlterConfigsResponseAlterConfigsResourceResponse = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterConfigsResponseAlterConfigsResourceResponse(w: Writer, list: readonly AlterConfigsResponseAlterConfigsResourceResponseInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterConfigsResponseAlterConfigsResourceResponse(w, element, version)
}

function readArrayOfAlterConfigsResponseAlterConfigsResourceResponse(r: Reader, version: number): AlterConfigsResponseAlterConfigsResourceResponse[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 6 : 7, 4)
  const list: AlterConfigsResponseAlterConfigsResourceResponse[] = []
  for (let index = 0; index < length; index++) list.push(readAlterConfigsResponseAlterConfigsResourceResponse(r, version))
  return list
}

export function encodeAlterConfigsResponse(w: Writer, m: AlterConfigsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('AlterConfigsResponse', version)
  writeAlterConfigsResponse(w, m, version)
}

export function decodeAlterConfigsResponse(r: Reader, version: number): AlterConfigsResponse {
  if (!(version >= 0 && version <= 2)) unreadable('AlterConfigsResponse', version, r)
  return readAlterConfigsResponse(r, version)
}

/** API key 33, versions 0-2. */
export const AlterConfigsApi: Api<AlterConfigsRequest, AlterConfigsRequestInit, AlterConfigsResponse, AlterConfigsResponseInit> = {
  key: 33,
  name: 'AlterConfigs',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterConfigsRequest,
  decodeRequest: decodeAlterConfigsRequest,
  encodeResponse: encodeAlterConfigsResponse,
  decodeResponse: decodeAlterConfigsResponse,
}

// configs/44-incremental-alter-configs.kmsg

export interface IncrementalAlterConfigsRequest {
  resources: IncrementalAlterConfigsRequestAlterConfigsResource[]
  validateOnly: boolean
}

export interface IncrementalAlterConfigsRequestInit {
  resources: readonly IncrementalAlterConfigsRequestAlterConfigsResourceInit[]
  validateOnly: boolean
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  resourceType: number
  resourceName: string
  configs: IncrementalAlterConfigsRequestAlterableConfig[]
}

export interface IncrementalAlterConfigsRequestAlterConfigsResourceInit {
  resourceType: number
  resourceName: string
  configs: readonly IncrementalAlterConfigsRequestAlterableConfigInit[]
}

export interface IncrementalAlterConfigsRequestAlterableConfig {
  name: string
  configOperation: number
  value: string | null
}

export interface IncrementalAlterConfigsRequestAlterableConfigInit {
  name: string
  configOperation: number
  value?: string | null | undefined
}

function writeIncrementalAlterConfigsRequest(w: Writer, m: IncrementalAlterConfigsRequestInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfIncrementalAlterConfigsRequestAlterConfigsResource(w, m.resources, version)
  w.boolean(m.validateOnly)
  if (flexible) w.uvarint(0)
}

function readIncrementalAlterConfigsRequest(r: Reader, version: number): IncrementalAlterConfigsRequest {
  const flexible = version >= 1
  const value: IncrementalAlterConfigsRequest = {
    resources: readArrayOfIncrementalAlterConfigsRequestAlterConfigsResource(r, version),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeIncrementalAlterConfigsRequestAlterConfigsResource(w: Writer, m: IncrementalAlterConfigsRequestAlterConfigsResourceInit, version: number): void {
  const flexible = version >= 1
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  writeArrayOfIncrementalAlterConfigsRequestAlterableConfig(w, m.configs, version)
  if (flexible) w.uvarint(0)
}

function readIncrementalAlterConfigsRequestAlterConfigsResource(r: Reader, version: number): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 1
  const value: IncrementalAlterConfigsRequestAlterConfigsResource = {
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
    configs: readArrayOfIncrementalAlterConfigsRequestAlterableConfig(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeIncrementalAlterConfigsRequestAlterableConfig(w: Writer, m: IncrementalAlterConfigsRequestAlterableConfigInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  w.int8(m.configOperation)
  if (flexible) w.compactNullableString(m.value ?? null)
  else w.nullableString(m.value ?? null)
  if (flexible) w.uvarint(0)
}

function readIncrementalAlterConfigsRequestAlterableConfig(r: Reader, version: number): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version >= 1
  const value: IncrementalAlterConfigsRequestAlterableConfig = {
    name: flexible ? r.compactString() : r.string(),
    configOperation: r.int8(),
    value: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfIncrementalAlterConfigsRequestAlterConfigsResource(w: Writer, list: readonly IncrementalAlterConfigsRequestAlterConfigsResourceInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeIncrementalAlterConfigsRequestAlterConfigsResource(w, element, version)
}

function readArrayOfIncrementalAlterConfigsRequestAlterConfigsResource(r: Reader, version: number): IncrementalAlterConfigsRequestAlterConfigsResource[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 4 : 7, 3)
  const list: IncrementalAlterConfigsRequestAlterConfigsResource[] = []
  for (let index = 0; index < length; index++) list.push(readIncrementalAlterConfigsRequestAlterConfigsResource(r, version))
  return list
}

function writeArrayOfIncrementalAlterConfigsRequestAlterableConfig(w: Writer, list: readonly IncrementalAlterConfigsRequestAlterableConfigInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeIncrementalAlterConfigsRequestAlterableConfig(w, element, version)
}

function readArrayOfIncrementalAlterConfigsRequestAlterableConfig(r: Reader, version: number): IncrementalAlterConfigsRequestAlterableConfig[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 4 : 5, 3)
  const list: IncrementalAlterConfigsRequestAlterableConfig[] = []
  for (let index = 0; index < length; index++) list.push(readIncrementalAlterConfigsRequestAlterableConfig(r, version))
  return list
}

export function encodeIncrementalAlterConfigsRequest(w: Writer, m: IncrementalAlterConfigsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('IncrementalAlterConfigsRequest', version)
  writeIncrementalAlterConfigsRequest(w, m, version)
}

export function decodeIncrementalAlterConfigsRequest(r: Reader, version: number): IncrementalAlterConfigsRequest {
  if (!(version >= 0 && version <= 1)) unreadable('IncrementalAlterConfigsRequest', version, r)
  return readIncrementalAlterConfigsRequest(r, version)
}

export interface IncrementalAlterConfigsResponse {
  throttleTimeMs: number
  responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[]
}

export interface IncrementalAlterConfigsResponseInit {
  throttleTimeMs?: number | undefined
  responses: readonly IncrementalAlterConfigsResponseAlterConfigsResourceResponseInit[]
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponseInit {
  errorCode: number
  errorMessage?: string | null | undefined
  resourceType: number
  resourceName: string
}

function writeIncrementalAlterConfigsResponse(w: Writer, m: IncrementalAlterConfigsResponseInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfIncrementalAlterConfigsResponseAlterConfigsResourceResponse(w, m.responses, version)
  if (flexible) w.uvarint(0)
}

function readIncrementalAlterConfigsResponse(r: Reader, version: number): IncrementalAlterConfigsResponse {
  const flexible = version >= 1
  const value: IncrementalAlterConfigsResponse = {
    throttleTimeMs: r.int32(),
    responses: readArrayOfIncrementalAlterConfigsResponseAlterConfigsResourceResponse(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(w: Writer, m: IncrementalAlterConfigsResponseAlterConfigsResourceResponseInit, version: number): void {
  const flexible = version >= 1
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  w.int8(m.resourceType)
  if (flexible) w.compactString(m.resourceName)
  else w.string(m.resourceName)
  if (flexible) w.uvarint(0)
}

function readIncrementalAlterConfigsResponseAlterConfigsResourceResponse(r: Reader, version: number): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 1
  const value: IncrementalAlterConfigsResponseAlterConfigsResourceResponse = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    resourceType: r.int8(),
    resourceName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfIncrementalAlterConfigsResponseAlterConfigsResourceResponse(w: Writer, list: readonly IncrementalAlterConfigsResponseAlterConfigsResourceResponseInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(w, element, version)
}

function readArrayOfIncrementalAlterConfigsResponseAlterConfigsResourceResponse(r: Reader, version: number): IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 6 : 7, 4)
  const list: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = []
  for (let index = 0; index < length; index++) list.push(readIncrementalAlterConfigsResponseAlterConfigsResourceResponse(r, version))
  return list
}

export function encodeIncrementalAlterConfigsResponse(w: Writer, m: IncrementalAlterConfigsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('IncrementalAlterConfigsResponse', version)
  writeIncrementalAlterConfigsResponse(w, m, version)
}

export function decodeIncrementalAlterConfigsResponse(r: Reader, version: number): IncrementalAlterConfigsResponse {
  if (!(version >= 0 && version <= 1)) unreadable('IncrementalAlterConfigsResponse', version, r)
  return readIncrementalAlterConfigsResponse(r, version)
}

/** API key 44, versions 0-1. */
export const IncrementalAlterConfigsApi: Api<IncrementalAlterConfigsRequest, IncrementalAlterConfigsRequestInit, IncrementalAlterConfigsResponse, IncrementalAlterConfigsResponseInit> = {
  key: 44,
  name: 'IncrementalAlterConfigs',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeIncrementalAlterConfigsRequest,
  decodeRequest: decodeIncrementalAlterConfigsRequest,
  encodeResponse: encodeIncrementalAlterConfigsResponse,
  decodeResponse: decodeIncrementalAlterConfigsResponse,
}

// configs/48-describe-client-quotas.kmsg

export interface DescribeClientQuotasRequest {
  components: DescribeClientQuotasRequestComponentData[]
  strict: boolean
}

export interface DescribeClientQuotasRequestInit {
  components: readonly DescribeClientQuotasRequestComponentDataInit[]
  strict: boolean
}

export interface DescribeClientQuotasRequestComponentData {
  entityType: string
  matchType: number
  match: string | null
}

export interface DescribeClientQuotasRequestComponentDataInit {
  entityType: string
  matchType: number
  match?: string | null | undefined
}

function writeDescribeClientQuotasRequest(w: Writer, m: DescribeClientQuotasRequestInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfDescribeClientQuotasRequestComponentData(w, m.components, version)
  w.boolean(m.strict)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasRequest(r: Reader, version: number): DescribeClientQuotasRequest {
  const flexible = version >= 1
  const value: DescribeClientQuotasRequest = {
    components: readArrayOfDescribeClientQuotasRequestComponentData(r, version),
    strict: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasRequestComponentData(w: Writer, m: DescribeClientQuotasRequestComponentDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  w.int8(m.matchType)
  if (flexible) w.compactNullableString(m.match ?? null)
  else w.nullableString(m.match ?? null)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasRequestComponentData(r: Reader, version: number): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1
  const value: DescribeClientQuotasRequestComponentData = {
    entityType: flexible ? r.compactString() : r.string(),
    matchType: r.int8(),
    match: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeClientQuotasRequestComponentData(w: Writer, list: readonly DescribeClientQuotasRequestComponentDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeClientQuotasRequestComponentData(w, element, version)
}

function readArrayOfDescribeClientQuotasRequestComponentData(r: Reader, version: number): DescribeClientQuotasRequestComponentData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 4 : 5, 3)
  const list: DescribeClientQuotasRequestComponentData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasRequestComponentData(r, version))
  return list
}

export function encodeDescribeClientQuotasRequest(w: Writer, m: DescribeClientQuotasRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('DescribeClientQuotasRequest', version)
  writeDescribeClientQuotasRequest(w, m, version)
}

export function decodeDescribeClientQuotasRequest(r: Reader, version: number): DescribeClientQuotasRequest {
  if (!(version >= 0 && version <= 1)) unreadable('DescribeClientQuotasRequest', version, r)
  return readDescribeClientQuotasRequest(r, version)
}

export interface DescribeClientQuotasResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  entries: DescribeClientQuotasResponseEntryData[] | null
}

export interface DescribeClientQuotasResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  errorMessage?: string | null | undefined
  entries?: readonly DescribeClientQuotasResponseEntryDataInit[] | null | undefined
}

export interface DescribeClientQuotasResponseEntryData {
  entity: DescribeClientQuotasResponseEntityData[]
  values: DescribeClientQuotasResponseValueData[]
}

export interface DescribeClientQuotasResponseEntryDataInit {
  entity: readonly DescribeClientQuotasResponseEntityDataInit[]
  values: readonly DescribeClientQuotasResponseValueDataInit[]
}

export interface DescribeClientQuotasResponseEntityData {
  entityType: string
  entityName: string | null
}

export interface DescribeClientQuotasResponseEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

export interface DescribeClientQuotasResponseValueData {
  key: string
  value: number
}

export type DescribeClientQuotasResponseValueDataInit = DescribeClientQuotasResponseValueData

function writeDescribeClientQuotasResponse(w: Writer, m: DescribeClientQuotasResponseInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  writeNullableArrayOfDescribeClientQuotasResponseEntryData(w, m.entries ?? null, version)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponse(r: Reader, version: number): DescribeClientQuotasResponse {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    entries: readNullableArrayOfDescribeClientQuotasResponseEntryData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasResponseEntryData(w: Writer, m: DescribeClientQuotasResponseEntryDataInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfDescribeClientQuotasResponseEntityData(w, m.entity, version)
  writeArrayOfDescribeClientQuotasResponseValueData(w, m.values, version)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponseEntryData(r: Reader, version: number): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponseEntryData = {
    entity: readArrayOfDescribeClientQuotasResponseEntityData(r, version),
    values: readArrayOfDescribeClientQuotasResponseValueData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasResponseEntityData(w: Writer, m: DescribeClientQuotasResponseEntityDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  if (flexible) w.compactNullableString(m.entityName ?? null)
  else w.nullableString(m.entityName ?? null)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponseEntityData(r: Reader, version: number): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponseEntityData = {
    entityType: flexible ? r.compactString() : r.string(),
    entityName: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasResponseValueData(w: Writer, m: DescribeClientQuotasResponseValueDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.key)
  else w.string(m.key)
  w.float64(m.value)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponseValueData(r: Reader, version: number): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponseValueData = {
    key: flexible ? r.compactString() : r.string(),
    value: r.float64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeClientQuotasResponseEntityData(w: Writer, list: readonly DescribeClientQuotasResponseEntityDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeClientQuotasResponseEntityData(w, element, version)
}

function readArrayOfDescribeClientQuotasResponseEntityData(r: Reader, version: number): DescribeClientQuotasResponseEntityData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: DescribeClientQuotasResponseEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasResponseEntityData(r, version))
  return list
}

function writeArrayOfDescribeClientQuotasResponseValueData(w: Writer, list: readonly DescribeClientQuotasResponseValueDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeClientQuotasResponseValueData(w, element, version)
}

function readArrayOfDescribeClientQuotasResponseValueData(r: Reader, version: number): DescribeClientQuotasResponseValueData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 10 : 10, 2)
  const list: DescribeClientQuotasResponseValueData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasResponseValueData(r, version))
  return list
}

function writeNullableArrayOfDescribeClientQuotasResponseEntryData(w: Writer, list: readonly DescribeClientQuotasResponseEntryDataInit[] | null, version: number): void {
  const flexible = version >= 1
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeDescribeClientQuotasResponseEntryData(w, element, version)
}

function readNullableArrayOfDescribeClientQuotasResponseEntryData(r: Reader, version: number): DescribeClientQuotasResponseEntryData[] | null {
  const flexible = version >= 1
  const length = readNullableLength(r, flexible, flexible ? 3 : 8, 2)
  if (length < 0) return null
  const list: DescribeClientQuotasResponseEntryData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasResponseEntryData(r, version))
  return list
}

export function encodeDescribeClientQuotasResponse(w: Writer, m: DescribeClientQuotasResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('DescribeClientQuotasResponse', version)
  writeDescribeClientQuotasResponse(w, m, version)
}

export function decodeDescribeClientQuotasResponse(r: Reader, version: number): DescribeClientQuotasResponse {
  if (!(version >= 0 && version <= 1)) unreadable('DescribeClientQuotasResponse', version, r)
  return readDescribeClientQuotasResponse(r, version)
}

/** API key 48, versions 0-1. */
export const DescribeClientQuotasApi: Api<DescribeClientQuotasRequest, DescribeClientQuotasRequestInit, DescribeClientQuotasResponse, DescribeClientQuotasResponseInit> = {
  key: 48,
  name: 'DescribeClientQuotas',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeClientQuotasRequest,
  decodeRequest: decodeDescribeClientQuotasRequest,
  encodeResponse: encodeDescribeClientQuotasResponse,
  decodeResponse: decodeDescribeClientQuotasResponse,
}

// configs/49-alter-client-quotas.kmsg

export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[]
  validateOnly: boolean
}

export interface AlterClientQuotasRequestInit {
  entries: readonly AlterClientQuotasRequestEntryDataInit[]
  validateOnly: boolean
}

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[]
  ops: AlterClientQuotasRequestOpData[]
}

export interface AlterClientQuotasRequestEntryDataInit {
  entity: readonly AlterClientQuotasRequestEntityDataInit[]
  ops: readonly AlterClientQuotasRequestOpDataInit[]
}

export interface AlterClientQuotasRequestEntityData {
  entityType: string
  entityName: string | null
}

export interface AlterClientQuotasRequestEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

export interface AlterClientQuotasRequestOpData {
  key: string
  value: number
  remove: boolean
}

export type AlterClientQuotasRequestOpDataInit = AlterClientQuotasRequestOpData

function writeAlterClientQuotasRequest(w: Writer, m: AlterClientQuotasRequestInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfAlterClientQuotasRequestEntryData(w, m.entries, version)
  w.boolean(m.validateOnly)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequest(r: Reader, version: number): AlterClientQuotasRequest {
  const flexible = version >= 1
  const value: AlterClientQuotasRequest = {
    entries: readArrayOfAlterClientQuotasRequestEntryData(r, version),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasRequestEntryData(w: Writer, m: AlterClientQuotasRequestEntryDataInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfAlterClientQuotasRequestEntityData(w, m.entity, version)
  writeArrayOfAlterClientQuotasRequestOpData(w, m.ops, version)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequestEntryData(r: Reader, version: number): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1
  const value: AlterClientQuotasRequestEntryData = {
    entity: readArrayOfAlterClientQuotasRequestEntityData(r, version),
    ops: readArrayOfAlterClientQuotasRequestOpData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasRequestEntityData(w: Writer, m: AlterClientQuotasRequestEntityDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  if (flexible) w.compactNullableString(m.entityName ?? null)
  else w.nullableString(m.entityName ?? null)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequestEntityData(r: Reader, version: number): AlterClientQuotasRequestEntityData {
  const flexible = version >= 1
  const value: AlterClientQuotasRequestEntityData = {
    entityType: flexible ? r.compactString() : r.string(),
    entityName: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasRequestOpData(w: Writer, m: AlterClientQuotasRequestOpDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.key)
  else w.string(m.key)
  w.float64(m.value)
  w.boolean(m.remove)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequestOpData(r: Reader, version: number): AlterClientQuotasRequestOpData {
  const flexible = version >= 1
  const value: AlterClientQuotasRequestOpData = {
    key: flexible ? r.compactString() : r.string(),
    value: r.float64(),
    remove: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterClientQuotasRequestEntryData(w: Writer, list: readonly AlterClientQuotasRequestEntryDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasRequestEntryData(w, element, version)
}

function readArrayOfAlterClientQuotasRequestEntryData(r: Reader, version: number): AlterClientQuotasRequestEntryData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 8, 2)
  const list: AlterClientQuotasRequestEntryData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasRequestEntryData(r, version))
  return list
}

function writeArrayOfAlterClientQuotasRequestEntityData(w: Writer, list: readonly AlterClientQuotasRequestEntityDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasRequestEntityData(w, element, version)
}

function readArrayOfAlterClientQuotasRequestEntityData(r: Reader, version: number): AlterClientQuotasRequestEntityData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: AlterClientQuotasRequestEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasRequestEntityData(r, version))
  return list
}

function writeArrayOfAlterClientQuotasRequestOpData(w: Writer, list: readonly AlterClientQuotasRequestOpDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasRequestOpData(w, element, version)
}

function readArrayOfAlterClientQuotasRequestOpData(r: Reader, version: number): AlterClientQuotasRequestOpData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 11 : 11, 3)
  const list: AlterClientQuotasRequestOpData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasRequestOpData(r, version))
  return list
}

export function encodeAlterClientQuotasRequest(w: Writer, m: AlterClientQuotasRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('AlterClientQuotasRequest', version)
  writeAlterClientQuotasRequest(w, m, version)
}

export function decodeAlterClientQuotasRequest(r: Reader, version: number): AlterClientQuotasRequest {
  if (!(version >= 0 && version <= 1)) unreadable('AlterClientQuotasRequest', version, r)
  return readAlterClientQuotasRequest(r, version)
}

export interface AlterClientQuotasResponse {
  throttleTimeMs: number
  entries: AlterClientQuotasResponseEntryData[]
}

export interface AlterClientQuotasResponseInit {
  throttleTimeMs?: number | undefined
  entries: readonly AlterClientQuotasResponseEntryDataInit[]
}

export interface AlterClientQuotasResponseEntryData {
  errorCode: number
  errorMessage: string | null
  entity: AlterClientQuotasResponseEntityData[]
}

export interface AlterClientQuotasResponseEntryDataInit {
  errorCode: number
  errorMessage?: string | null | undefined
  entity: readonly AlterClientQuotasResponseEntityDataInit[]
}

export interface AlterClientQuotasResponseEntityData {
  entityType: string
  entityName: string | null
}

export interface AlterClientQuotasResponseEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

function writeAlterClientQuotasResponse(w: Writer, m: AlterClientQuotasResponseInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfAlterClientQuotasResponseEntryData(w, m.entries, version)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasResponse(r: Reader, version: number): AlterClientQuotasResponse {
  const flexible = version >= 1
  const value: AlterClientQuotasResponse = {
    throttleTimeMs: r.int32(),
    entries: readArrayOfAlterClientQuotasResponseEntryData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasResponseEntryData(w: Writer, m: AlterClientQuotasResponseEntryDataInit, version: number): void {
  const flexible = version >= 1
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  writeArrayOfAlterClientQuotasResponseEntityData(w, m.entity, version)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasResponseEntryData(r: Reader, version: number): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1
  const value: AlterClientQuotasResponseEntryData = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    entity: readArrayOfAlterClientQuotasResponseEntityData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasResponseEntityData(w: Writer, m: AlterClientQuotasResponseEntityDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  if (flexible) w.compactNullableString(m.entityName ?? null)
  else w.nullableString(m.entityName ?? null)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasResponseEntityData(r: Reader, version: number): AlterClientQuotasResponseEntityData {
  const flexible = version >= 1
  const value: AlterClientQuotasResponseEntityData = {
    entityType: flexible ? r.compactString() : r.string(),
    entityName: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterClientQuotasResponseEntryData(w: Writer, list: readonly AlterClientQuotasResponseEntryDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasResponseEntryData(w, element, version)
}

function readArrayOfAlterClientQuotasResponseEntryData(r: Reader, version: number): AlterClientQuotasResponseEntryData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 5 : 8, 3)
  const list: AlterClientQuotasResponseEntryData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasResponseEntryData(r, version))
  return list
}

function writeArrayOfAlterClientQuotasResponseEntityData(w: Writer, list: readonly AlterClientQuotasResponseEntityDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasResponseEntityData(w, element, version)
}

function readArrayOfAlterClientQuotasResponseEntityData(r: Reader, version: number): AlterClientQuotasResponseEntityData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: AlterClientQuotasResponseEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasResponseEntityData(r, version))
  return list
}

export function encodeAlterClientQuotasResponse(w: Writer, m: AlterClientQuotasResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('AlterClientQuotasResponse', version)
  writeAlterClientQuotasResponse(w, m, version)
}

export function decodeAlterClientQuotasResponse(r: Reader, version: number): AlterClientQuotasResponse {
  if (!(version >= 0 && version <= 1)) unreadable('AlterClientQuotasResponse', version, r)
  return readAlterClientQuotasResponse(r, version)
}

/** API key 49, versions 0-1. */
export const AlterClientQuotasApi: Api<AlterClientQuotasRequest, AlterClientQuotasRequestInit, AlterClientQuotasResponse, AlterClientQuotasResponseInit> = {
  key: 49,
  name: 'AlterClientQuotas',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterClientQuotasRequest,
  decodeRequest: decodeAlterClientQuotasRequest,
  encodeResponse: encodeAlterClientQuotasResponse,
  decodeResponse: decodeAlterClientQuotasResponse,
}

// configs/74-list-config-resources.kmsg

export interface ListConfigResourcesRequest {
  resourceTypes: number[] // 1
}

export interface ListConfigResourcesRequestInit {
  resourceTypes?: readonly number[] | undefined
}

function writeListConfigResourcesRequest(w: Writer, m: ListConfigResourcesRequestInit, version: number): void {
  if (version >= 1) writeInt8s(w, m.resourceTypes ?? nothing, true)
  else { if (m.resourceTypes !== undefined && m.resourceTypes.length > 0) refuse('ListConfigResourcesRequest.resourceTypes', version) }
  w.uvarint(0)
}

function readListConfigResourcesRequest(r: Reader, version: number): ListConfigResourcesRequest {
  const value: ListConfigResourcesRequest = {
    resourceTypes: version >= 1 ? readInt8s(r, true) : [],
  }
  r.skipTaggedFields()
  return value
}

export function encodeListConfigResourcesRequest(w: Writer, m: ListConfigResourcesRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ListConfigResourcesRequest', version)
  writeListConfigResourcesRequest(w, m, version)
}

export function decodeListConfigResourcesRequest(r: Reader, version: number): ListConfigResourcesRequest {
  if (!(version >= 0 && version <= 1)) unreadable('ListConfigResourcesRequest', version, r)
  return readListConfigResourcesRequest(r, version)
}

export interface ListConfigResourcesResponse {
  throttleTimeMs: number
  errorCode: number
  configResources: ListConfigResourcesResponseConfigResource[]
}

export interface ListConfigResourcesResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  configResources: readonly ListConfigResourcesResponseConfigResourceInit[]
}

export interface ListConfigResourcesResponseConfigResource {
  resourceName: string
  resourceType: number // 1
}

export interface ListConfigResourcesResponseConfigResourceInit {
  resourceName: string
  resourceType?: number | undefined
}

function writeListConfigResourcesResponse(w: Writer, m: ListConfigResourcesResponseInit, version: number): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  writeArrayOfListConfigResourcesResponseConfigResource(w, m.configResources, version)
  w.uvarint(0)
}

function readListConfigResourcesResponse(r: Reader, version: number): ListConfigResourcesResponse {
  const value: ListConfigResourcesResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    configResources: readArrayOfListConfigResourcesResponseConfigResource(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeListConfigResourcesResponseConfigResource(w: Writer, m: ListConfigResourcesResponseConfigResourceInit, version: number): void {
  w.compactString(m.resourceName)
  if (version >= 1) w.int8(m.resourceType ?? 16)
  w.uvarint(0)
}

function readListConfigResourcesResponseConfigResource(r: Reader, version: number): ListConfigResourcesResponseConfigResource {
  const value: ListConfigResourcesResponseConfigResource = {
    resourceName: r.compactString(),
    resourceType: version >= 1 ? r.int8() : 16,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfListConfigResourcesResponseConfigResource(w: Writer, list: readonly ListConfigResourcesResponseConfigResourceInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListConfigResourcesResponseConfigResource(w, element, version)
}

function readArrayOfListConfigResourcesResponseConfigResource(r: Reader, version: number): ListConfigResourcesResponseConfigResource[] {
  const length = readLength(r, true, 2, 2)
  const list: ListConfigResourcesResponseConfigResource[] = []
  for (let index = 0; index < length; index++) list.push(readListConfigResourcesResponseConfigResource(r, version))
  return list
}

export function encodeListConfigResourcesResponse(w: Writer, m: ListConfigResourcesResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ListConfigResourcesResponse', version)
  writeListConfigResourcesResponse(w, m, version)
}

export function decodeListConfigResourcesResponse(r: Reader, version: number): ListConfigResourcesResponse {
  if (!(version >= 0 && version <= 1)) unreadable('ListConfigResourcesResponse', version, r)
  return readListConfigResourcesResponse(r, version)
}

/** API key 74, versions 0-1. */
export const ListConfigResourcesApi: Api<ListConfigResourcesRequest, ListConfigResourcesRequestInit, ListConfigResourcesResponse, ListConfigResourcesResponseInit> = {
  key: 74,
  name: 'ListConfigResources',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeListConfigResourcesRequest,
  decodeRequest: decodeListConfigResourcesRequest,
  encodeResponse: encodeListConfigResourcesResponse,
  decodeResponse: decodeListConfigResourcesResponse,
}
