// Made by generator/main.ts from definitions/44-incremental-alter-configs.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 1) unwritable('IncrementalAlterConfigsRequest', version)
  writeIncrementalAlterConfigsRequest(w, m, version)
}

export function decodeIncrementalAlterConfigsRequest(r: Reader, version: number): IncrementalAlterConfigsRequest {
  if (version < 0 || version > 1) unreadable('IncrementalAlterConfigsRequest', version, r)
  return readIncrementalAlterConfigsRequest(r, version)
}

export interface IncrementalAlterConfigsResponse {
  throttleTimeMs: number
  responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[]
}

export interface IncrementalAlterConfigsResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 0 || version > 1) unwritable('IncrementalAlterConfigsResponse', version)
  writeIncrementalAlterConfigsResponse(w, m, version)
}

export function decodeIncrementalAlterConfigsResponse(r: Reader, version: number): IncrementalAlterConfigsResponse {
  if (version < 0 || version > 1) unreadable('IncrementalAlterConfigsResponse', version, r)
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
