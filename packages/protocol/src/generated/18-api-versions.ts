// Made by generator/main.ts from definitions/18-api-versions.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ApiVersionsRequest {
  clientSoftwareName: string // 3-4
  clientSoftwareVersion: string // 3-4
}

export interface ApiVersionsRequestInit {
  clientSoftwareName?: string | undefined
  clientSoftwareVersion?: string | undefined
}

function writeApiVersionsRequest(w: Writer, m: ApiVersionsRequestInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.clientSoftwareName ?? '')
  if (flexible) w.compactString(m.clientSoftwareVersion ?? '')
  if (flexible) w.uvarint(0)
}

function readApiVersionsRequest(r: Reader, version: number): ApiVersionsRequest {
  const flexible = version >= 3
  const value: ApiVersionsRequest = {
    clientSoftwareName: flexible ? r.compactString() : '',
    clientSoftwareVersion: flexible ? r.compactString() : '',
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeApiVersionsRequest(w: Writer, m: ApiVersionsRequestInit, version: number): void {
  if (version < 0 || version > 4) unwritable('ApiVersionsRequest', version)
  writeApiVersionsRequest(w, m, version)
}

export function decodeApiVersionsRequest(r: Reader, version: number): ApiVersionsRequest {
  if (version < 0 || version > 4) unreadable('ApiVersionsRequest', version, r)
  return readApiVersionsRequest(r, version)
}

export interface ApiVersionsResponse {
  errorCode: number
  apiKeys: ApiVersionsResponseApiVersion[]
  throttleTimeMs: number // 1-4
  supportedFeatures: ApiVersionsResponseSupportedFeatureKey[] // 3-4, tag 0
  finalizedFeaturesEpoch: number // 3-4, tag 1
  finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[] // 3-4, tag 2
  zkMigrationReady: boolean // 3-4, tag 3
}

export interface ApiVersionsResponseInit {
  errorCode: number
  apiKeys: readonly ApiVersionsResponseApiVersionInit[]
  throttleTimeMs?: number | undefined
  supportedFeatures?: readonly ApiVersionsResponseSupportedFeatureKeyInit[] | undefined
  finalizedFeaturesEpoch?: number | undefined
  finalizedFeatures?: readonly ApiVersionsResponseFinalizedFeatureKeyInit[] | undefined
  zkMigrationReady?: boolean | undefined
}

export interface ApiVersionsResponseApiVersion {
  apiKey: number
  minVersion: number
  maxVersion: number
}

export type ApiVersionsResponseApiVersionInit = ApiVersionsResponseApiVersion

export interface ApiVersionsResponseSupportedFeatureKey {
  name: string
  minVersion: number
  maxVersion: number
}

export type ApiVersionsResponseSupportedFeatureKeyInit = ApiVersionsResponseSupportedFeatureKey

export interface ApiVersionsResponseFinalizedFeatureKey {
  name: string
  maxVersionLevel: number
  minVersionLevel: number
}

export type ApiVersionsResponseFinalizedFeatureKeyInit = ApiVersionsResponseFinalizedFeatureKey

function writeApiVersionsResponse(w: Writer, m: ApiVersionsResponseInit, version: number): void {
  const flexible = version >= 3
  w.int16(m.errorCode)
  writeArrayOfApiVersionsResponseApiVersion(w, m.apiKeys, version)
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  if (flexible) {
    const t0 = m.supportedFeatures
    const has0 = t0 !== undefined && t0.length > 0
    const t1 = m.finalizedFeaturesEpoch
    const has1 = t1 !== undefined && t1 !== -1
    const t2 = m.finalizedFeatures
    const has2 = t2 !== undefined && t2.length > 0
    const t3 = m.zkMigrationReady
    const has3 = t3 !== undefined && t3 !== false
    w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0) + (has3 ? 1 : 0))
    if (has0) {
      const s0 = new Writer()
      writeArrayOfApiVersionsResponseSupportedFeatureKey(s0, t0, version)
      writeTag(w, 0, s0)
    }
    if (has1) {
      w.uvarint(1)
      w.uvarint(8)
      w.int64(t1)
    }
    if (has2) {
      const s2 = new Writer()
      writeArrayOfApiVersionsResponseFinalizedFeatureKey(s2, t2, version)
      writeTag(w, 2, s2)
    }
    if (has3) {
      w.uvarint(3)
      w.uvarint(1)
      w.boolean(t3)
    }
  }
}

function readApiVersionsResponse(r: Reader, version: number): ApiVersionsResponse {
  const flexible = version >= 3
  const value: ApiVersionsResponse = {
    errorCode: r.int16(),
    apiKeys: readArrayOfApiVersionsResponseApiVersion(r, version),
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1,
    finalizedFeatures: [],
    zkMigrationReady: false,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.supportedFeatures = readArrayOfApiVersionsResponseSupportedFeatureKey(r, version)
      else if (tag === 1) value.finalizedFeaturesEpoch = r.int64()
      else if (tag === 2) value.finalizedFeatures = readArrayOfApiVersionsResponseFinalizedFeatureKey(r, version)
      else if (tag === 3) value.zkMigrationReady = r.boolean()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'ApiVersionsResponse', tag)
    }
  }
  return value
}

function writeApiVersionsResponseApiVersion(w: Writer, m: ApiVersionsResponseApiVersionInit, version: number): void {
  const flexible = version >= 3
  w.int16(m.apiKey)
  w.int16(m.minVersion)
  w.int16(m.maxVersion)
  if (flexible) w.uvarint(0)
}

function readApiVersionsResponseApiVersion(r: Reader, version: number): ApiVersionsResponseApiVersion {
  const flexible = version >= 3
  const value: ApiVersionsResponseApiVersion = {
    apiKey: r.int16(),
    minVersion: r.int16(),
    maxVersion: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeApiVersionsResponseSupportedFeatureKey(w: Writer, m: ApiVersionsResponseSupportedFeatureKeyInit, _version: number): void {
  w.compactString(m.name)
  w.int16(m.minVersion)
  w.int16(m.maxVersion)
  w.uvarint(0)
}

function readApiVersionsResponseSupportedFeatureKey(r: Reader, _version: number): ApiVersionsResponseSupportedFeatureKey {
  const value: ApiVersionsResponseSupportedFeatureKey = {
    name: r.compactString(),
    minVersion: r.int16(),
    maxVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeApiVersionsResponseFinalizedFeatureKey(w: Writer, m: ApiVersionsResponseFinalizedFeatureKeyInit, _version: number): void {
  w.compactString(m.name)
  w.int16(m.maxVersionLevel)
  w.int16(m.minVersionLevel)
  w.uvarint(0)
}

function readApiVersionsResponseFinalizedFeatureKey(r: Reader, _version: number): ApiVersionsResponseFinalizedFeatureKey {
  const value: ApiVersionsResponseFinalizedFeatureKey = {
    name: r.compactString(),
    maxVersionLevel: r.int16(),
    minVersionLevel: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfApiVersionsResponseApiVersion(w: Writer, list: readonly ApiVersionsResponseApiVersionInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeApiVersionsResponseApiVersion(w, element, version)
}

function readArrayOfApiVersionsResponseApiVersion(r: Reader, version: number): ApiVersionsResponseApiVersion[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 7 : 6, 3)
  const list: ApiVersionsResponseApiVersion[] = []
  for (let index = 0; index < length; index++) list.push(readApiVersionsResponseApiVersion(r, version))
  return list
}

function writeArrayOfApiVersionsResponseSupportedFeatureKey(w: Writer, list: readonly ApiVersionsResponseSupportedFeatureKeyInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeApiVersionsResponseSupportedFeatureKey(w, element, version)
}

function readArrayOfApiVersionsResponseSupportedFeatureKey(r: Reader, version: number): ApiVersionsResponseSupportedFeatureKey[] {
  const length = readLength(r, true, 6, 3)
  const list: ApiVersionsResponseSupportedFeatureKey[] = []
  for (let index = 0; index < length; index++) list.push(readApiVersionsResponseSupportedFeatureKey(r, version))
  return list
}

function writeArrayOfApiVersionsResponseFinalizedFeatureKey(w: Writer, list: readonly ApiVersionsResponseFinalizedFeatureKeyInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeApiVersionsResponseFinalizedFeatureKey(w, element, version)
}

function readArrayOfApiVersionsResponseFinalizedFeatureKey(r: Reader, version: number): ApiVersionsResponseFinalizedFeatureKey[] {
  const length = readLength(r, true, 6, 3)
  const list: ApiVersionsResponseFinalizedFeatureKey[] = []
  for (let index = 0; index < length; index++) list.push(readApiVersionsResponseFinalizedFeatureKey(r, version))
  return list
}

export function encodeApiVersionsResponse(w: Writer, m: ApiVersionsResponseInit, version: number): void {
  if (version < 0 || version > 4) unwritable('ApiVersionsResponse', version)
  writeApiVersionsResponse(w, m, version)
}

export function decodeApiVersionsResponse(r: Reader, version: number): ApiVersionsResponse {
  if (version < 0 || version > 4) unreadable('ApiVersionsResponse', version, r)
  return readApiVersionsResponse(r, version)
}

/** API key 18, versions 0-4. */
export const ApiVersionsApi: Api<ApiVersionsRequest, ApiVersionsRequestInit, ApiVersionsResponse, ApiVersionsResponseInit> = {
  key: 18,
  name: 'ApiVersions',
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeApiVersionsRequest,
  decodeRequest: decodeApiVersionsRequest,
  encodeResponse: encodeApiVersionsResponse,
  decodeResponse: decodeApiVersionsResponse,
}
