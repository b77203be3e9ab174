// Made by generator/main.ts from definitions/57-update-features.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface UpdateFeaturesRequest {
  timeoutMs: number
  featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[]
  validateOnly: boolean // 1-2
}

export interface UpdateFeaturesRequestInit {
  timeoutMs?: number | undefined
  featureUpdates: readonly UpdateFeaturesRequestFeatureUpdateKeyInit[]
  validateOnly?: boolean | undefined
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  feature: string
  maxVersionLevel: number
  allowDowngrade: boolean // 0
  upgradeType: number // 1-2
}

export interface UpdateFeaturesRequestFeatureUpdateKeyInit {
  feature: string
  maxVersionLevel: number
  allowDowngrade?: boolean | undefined
  upgradeType?: number | undefined
}

function writeUpdateFeaturesRequest(w: Writer, m: UpdateFeaturesRequestInit, version: number): void {
  w.int32(m.timeoutMs ?? 60000)
  writeArrayOfUpdateFeaturesRequestFeatureUpdateKey(w, m.featureUpdates, version)
  if (version >= 1) w.boolean(m.validateOnly ?? false)
  else { if (m.validateOnly !== undefined && m.validateOnly !== false) refuse('UpdateFeaturesRequest.validateOnly', version) }
  w.uvarint(0)
}

function readUpdateFeaturesRequest(r: Reader, version: number): UpdateFeaturesRequest {
  const value: UpdateFeaturesRequest = {
    timeoutMs: r.int32(),
    featureUpdates: readArrayOfUpdateFeaturesRequestFeatureUpdateKey(r, version),
    validateOnly: version >= 1 ? r.boolean() : false,
  }
  r.skipTaggedFields()
  return value
}

function writeUpdateFeaturesRequestFeatureUpdateKey(w: Writer, m: UpdateFeaturesRequestFeatureUpdateKeyInit, version: number): void {
  w.compactString(m.feature)
  w.int16(m.maxVersionLevel)
  if (version >= 1) { if (m.allowDowngrade !== undefined && m.allowDowngrade !== false) refuse('UpdateFeaturesRequestFeatureUpdateKey.allowDowngrade', version) }
  else w.boolean(m.allowDowngrade ?? false)
  if (version >= 1) w.int8(m.upgradeType ?? 1)
  else { if (m.upgradeType !== undefined && m.upgradeType !== 1) refuse('UpdateFeaturesRequestFeatureUpdateKey.upgradeType', version) }
  w.uvarint(0)
}

function readUpdateFeaturesRequestFeatureUpdateKey(r: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey {
  const value: UpdateFeaturesRequestFeatureUpdateKey = {
    feature: r.compactString(),
    maxVersionLevel: r.int16(),
    allowDowngrade: version >= 1 ? false : r.boolean(),
    upgradeType: version >= 1 ? r.int8() : 1,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfUpdateFeaturesRequestFeatureUpdateKey(w: Writer, list: readonly UpdateFeaturesRequestFeatureUpdateKeyInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeUpdateFeaturesRequestFeatureUpdateKey(w, element, version)
}

function readArrayOfUpdateFeaturesRequestFeatureUpdateKey(r: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey[] {
  const length = readLength(r, true, 5, 4)
  const list: UpdateFeaturesRequestFeatureUpdateKey[] = []
  for (let index = 0; index < length; index++) list.push(readUpdateFeaturesRequestFeatureUpdateKey(r, version))
  return list
}

export function encodeUpdateFeaturesRequest(w: Writer, m: UpdateFeaturesRequestInit, version: number): void {
  if (version < 0 || version > 2) unwritable('UpdateFeaturesRequest', version)
  writeUpdateFeaturesRequest(w, m, version)
}

export function decodeUpdateFeaturesRequest(r: Reader, version: number): UpdateFeaturesRequest {
  if (version < 0 || version > 2) unreadable('UpdateFeaturesRequest', version, r)
  return readUpdateFeaturesRequest(r, version)
}

export interface UpdateFeaturesResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  results: UpdateFeaturesResponseUpdatableFeatureResult[] // 0-1
}

export interface UpdateFeaturesResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  results?: readonly UpdateFeaturesResponseUpdatableFeatureResultInit[] | undefined
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  feature: string
  errorCode: number
  errorMessage: string | null
}

export interface UpdateFeaturesResponseUpdatableFeatureResultInit {
  feature: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeUpdateFeaturesResponse(w: Writer, m: UpdateFeaturesResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  if (version <= 1) writeArrayOfUpdateFeaturesResponseUpdatableFeatureResult(w, m.results ?? nothing, version)
  w.uvarint(0)
}

function readUpdateFeaturesResponse(r: Reader, version: number): UpdateFeaturesResponse {
  const value: UpdateFeaturesResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    results: version >= 2 ? [] : readArrayOfUpdateFeaturesResponseUpdatableFeatureResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeUpdateFeaturesResponseUpdatableFeatureResult(w: Writer, m: UpdateFeaturesResponseUpdatableFeatureResultInit, _version: number): void {
  w.compactString(m.feature)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readUpdateFeaturesResponseUpdatableFeatureResult(r: Reader, _version: number): UpdateFeaturesResponseUpdatableFeatureResult {
  const value: UpdateFeaturesResponseUpdatableFeatureResult = {
    feature: r.compactString(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfUpdateFeaturesResponseUpdatableFeatureResult(w: Writer, list: readonly UpdateFeaturesResponseUpdatableFeatureResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeUpdateFeaturesResponseUpdatableFeatureResult(w, element, version)
}

function readArrayOfUpdateFeaturesResponseUpdatableFeatureResult(r: Reader, version: number): UpdateFeaturesResponseUpdatableFeatureResult[] {
  const length = readLength(r, true, 5, 3)
  const list: UpdateFeaturesResponseUpdatableFeatureResult[] = []
  for (let index = 0; index < length; index++) list.push(readUpdateFeaturesResponseUpdatableFeatureResult(r, version))
  return list
}

export function encodeUpdateFeaturesResponse(w: Writer, m: UpdateFeaturesResponseInit, version: number): void {
  if (version < 0 || version > 2) unwritable('UpdateFeaturesResponse', version)
  writeUpdateFeaturesResponse(w, m, version)
}

export function decodeUpdateFeaturesResponse(r: Reader, version: number): UpdateFeaturesResponse {
  if (version < 0 || version > 2) unreadable('UpdateFeaturesResponse', version, r)
  return readUpdateFeaturesResponse(r, version)
}

/** API key 57, versions 0-2. */
export const UpdateFeaturesApi: Api<UpdateFeaturesRequest, UpdateFeaturesRequestInit, UpdateFeaturesResponse, UpdateFeaturesResponseInit> = {
  key: 57,
  name: 'UpdateFeatures',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeUpdateFeaturesRequest,
  decodeRequest: decodeUpdateFeaturesRequest,
  encodeResponse: encodeUpdateFeaturesResponse,
  decodeResponse: decodeUpdateFeaturesResponse,
}
