// Made by generator/main.ts from definitions/74-list-config-resources.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt8s, readLength, writeInt8s, writeLength } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 1) unwritable('ListConfigResourcesRequest', version)
  writeListConfigResourcesRequest(w, m, version)
}

export function decodeListConfigResourcesRequest(r: Reader, version: number): ListConfigResourcesRequest {
  if (version < 0 || version > 1) unreadable('ListConfigResourcesRequest', version, r)
  return readListConfigResourcesRequest(r, version)
}

export interface ListConfigResourcesResponse {
  throttleTimeMs: number
  errorCode: number
  configResources: ListConfigResourcesResponseConfigResource[]
}

export interface ListConfigResourcesResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 0 || version > 1) unwritable('ListConfigResourcesResponse', version)
  writeListConfigResourcesResponse(w, m, version)
}

export function decodeListConfigResourcesResponse(r: Reader, version: number): ListConfigResourcesResponse {
  if (version < 0 || version > 1) unreadable('ListConfigResourcesResponse', version, r)
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
