// Made by generator/main.ts from definitions/33-alter-configs.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 2) unwritable('AlterConfigsRequest', version)
  writeAlterConfigsRequest(w, m, version)
}

export function decodeAlterConfigsRequest(r: Reader, version: number): AlterConfigsRequest {
  if (version < 0 || version > 2) unreadable('AlterConfigsRequest', version, r)
  return readAlterConfigsRequest(r, version)
}

export interface AlterConfigsResponse {
  throttleTimeMs: number
  responses: AlterConfigsResponseAlterConfigsResourceResponse[]
}

export interface AlterConfigsResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 0 || version > 2) unwritable('AlterConfigsResponse', version)
  writeAlterConfigsResponse(w, m, version)
}

export function decodeAlterConfigsResponse(r: Reader, version: number): AlterConfigsResponse {
  if (version < 0 || version > 2) unreadable('AlterConfigsResponse', version, r)
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
