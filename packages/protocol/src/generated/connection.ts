// Made by generator/main.ts from definitions/connection/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt8s, readLength, readStrings, writeInt8s, writeLength, writeStrings } from '../messages/arrays.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

// connection/17-sasl-handshake.kmsg

export interface SaslHandshakeRequest {
  mechanism: string
}

export type SaslHandshakeRequestInit = SaslHandshakeRequest

function writeSaslHandshakeRequest(w: Writer, m: SaslHandshakeRequestInit): void {
  w.string(m.mechanism)
}

function readSaslHandshakeRequest(r: Reader): SaslHandshakeRequest {
  return {
    mechanism: r.string(),
  }
}

export function encodeSaslHandshakeRequest(w: Writer, m: SaslHandshakeRequestInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('SaslHandshakeRequest', version)
  writeSaslHandshakeRequest(w, m)
}

export function decodeSaslHandshakeRequest(r: Reader, version: number): SaslHandshakeRequest {
  if (!(version >= 0 && version <= 1)) unreadable('SaslHandshakeRequest', version, r)
  return readSaslHandshakeRequest(r)
}

export interface SaslHandshakeResponse {
  errorCode: number
  mechanisms: string[]
}

export interface SaslHandshakeResponseInit {
  errorCode: number
  mechanisms: readonly string[]
}

function writeSaslHandshakeResponse(w: Writer, m: SaslHandshakeResponseInit): void {
  w.int16(m.errorCode)
  writeStrings(w, m.mechanisms, false)
}

function readSaslHandshakeResponse(r: Reader): SaslHandshakeResponse {
  return {
    errorCode: r.int16(),
    mechanisms: readStrings(r, false),
  }
}

export function encodeSaslHandshakeResponse(w: Writer, m: SaslHandshakeResponseInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('SaslHandshakeResponse', version)
  writeSaslHandshakeResponse(w, m)
}

export function decodeSaslHandshakeResponse(r: Reader, version: number): SaslHandshakeResponse {
  if (!(version >= 0 && version <= 1)) unreadable('SaslHandshakeResponse', version, r)
  return readSaslHandshakeResponse(r)
}

/** API key 17, versions 0-1. */
export const SaslHandshakeApi: Api<SaslHandshakeRequest, SaslHandshakeRequestInit, SaslHandshakeResponse, SaslHandshakeResponseInit> = {
  key: 17,
  name: 'SaslHandshake',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: Infinity,
  latestVersionUnstable: false,
  encodeRequest: encodeSaslHandshakeRequest,
  decodeRequest: decodeSaslHandshakeRequest,
  encodeResponse: encodeSaslHandshakeResponse,
  decodeResponse: decodeSaslHandshakeResponse,
}

// connection/18-api-versions.kmsg

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
  if (!(version >= 0 && version <= 4)) unwritable('ApiVersionsRequest', version)
  writeApiVersionsRequest(w, m, version)
}

export function decodeApiVersionsRequest(r: Reader, version: number): ApiVersionsRequest {
  if (!(version >= 0 && version <= 4)) unreadable('ApiVersionsRequest', version, r)
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
      writeArrayOfApiVersionsResponseSupportedFeatureKey(s0, t0)
      writeTag(w, 0, s0)
    }
    if (has1) {
      w.uvarint(1)
      w.uvarint(8)
      w.int64(t1)
    }
    if (has2) {
      const s2 = new Writer()
      writeArrayOfApiVersionsResponseFinalizedFeatureKey(s2, t2)
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
      if (tag === 0) value.supportedFeatures = readArrayOfApiVersionsResponseSupportedFeatureKey(r)
      else if (tag === 1) value.finalizedFeaturesEpoch = r.int64()
      else if (tag === 2) value.finalizedFeatures = readArrayOfApiVersionsResponseFinalizedFeatureKey(r)
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

function writeApiVersionsResponseSupportedFeatureKey(w: Writer, m: ApiVersionsResponseSupportedFeatureKeyInit): void {
  w.compactString(m.name)
  w.int16(m.minVersion)
  w.int16(m.maxVersion)
  w.uvarint(0)
}

function readApiVersionsResponseSupportedFeatureKey(r: Reader): ApiVersionsResponseSupportedFeatureKey {
  const value: ApiVersionsResponseSupportedFeatureKey = {
    name: r.compactString(),
    minVersion: r.int16(),
    maxVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeApiVersionsResponseFinalizedFeatureKey(w: Writer, m: ApiVersionsResponseFinalizedFeatureKeyInit): void {
  w.compactString(m.name)
  w.int16(m.maxVersionLevel)
  w.int16(m.minVersionLevel)
  w.uvarint(0)
}

function readApiVersionsResponseFinalizedFeatureKey(r: Reader): ApiVersionsResponseFinalizedFeatureKey {
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

function writeArrayOfApiVersionsResponseSupportedFeatureKey(w: Writer, list: readonly ApiVersionsResponseSupportedFeatureKeyInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeApiVersionsResponseSupportedFeatureKey(w, element)
}

function readArrayOfApiVersionsResponseSupportedFeatureKey(r: Reader): ApiVersionsResponseSupportedFeatureKey[] {
  const length = readLength(r, true, 6, 3)
  const list: ApiVersionsResponseSupportedFeatureKey[] = []
  for (let index = 0; index < length; index++) list.push(readApiVersionsResponseSupportedFeatureKey(r))
  return list
}

function writeArrayOfApiVersionsResponseFinalizedFeatureKey(w: Writer, list: readonly ApiVersionsResponseFinalizedFeatureKeyInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeApiVersionsResponseFinalizedFeatureKey(w, element)
}

function readArrayOfApiVersionsResponseFinalizedFeatureKey(r: Reader): ApiVersionsResponseFinalizedFeatureKey[] {
  const length = readLength(r, true, 6, 3)
  const list: ApiVersionsResponseFinalizedFeatureKey[] = []
  for (let index = 0; index < length; index++) list.push(readApiVersionsResponseFinalizedFeatureKey(r))
  return list
}

export function encodeApiVersionsResponse(w: Writer, m: ApiVersionsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 4)) unwritable('ApiVersionsResponse', version)
  writeApiVersionsResponse(w, m, version)
}

export function decodeApiVersionsResponse(r: Reader, version: number): ApiVersionsResponse {
  if (!(version >= 0 && version <= 4)) unreadable('ApiVersionsResponse', version, r)
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

// connection/36-sasl-authenticate.kmsg

export interface SaslAuthenticateRequest {
  authBytes: Buffer
}

export interface SaslAuthenticateRequestInit {
  authBytes: Uint8Array
}

function writeSaslAuthenticateRequest(w: Writer, m: SaslAuthenticateRequestInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactBytes(m.authBytes)
  else w.bytes(m.authBytes)
  if (flexible) w.uvarint(0)
}

function readSaslAuthenticateRequest(r: Reader, version: number): SaslAuthenticateRequest {
  const flexible = version >= 2
  const value: SaslAuthenticateRequest = {
    authBytes: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeSaslAuthenticateRequest(w: Writer, m: SaslAuthenticateRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('SaslAuthenticateRequest', version)
  writeSaslAuthenticateRequest(w, m, version)
}

export function decodeSaslAuthenticateRequest(r: Reader, version: number): SaslAuthenticateRequest {
  if (!(version >= 0 && version <= 2)) unreadable('SaslAuthenticateRequest', version, r)
  return readSaslAuthenticateRequest(r, version)
}

export interface SaslAuthenticateResponse {
  errorCode: number
  errorMessage: string | null
  authBytes: Buffer
  sessionLifetimeMs: number // 1-2
}

export interface SaslAuthenticateResponseInit {
  errorCode: number
  errorMessage?: string | null | undefined
  authBytes: Uint8Array
  sessionLifetimeMs?: number | undefined
}

function writeSaslAuthenticateResponse(w: Writer, m: SaslAuthenticateResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  if (flexible) w.compactBytes(m.authBytes)
  else w.bytes(m.authBytes)
  if (version >= 1) w.int64(m.sessionLifetimeMs ?? 0)
  if (flexible) w.uvarint(0)
}

function readSaslAuthenticateResponse(r: Reader, version: number): SaslAuthenticateResponse {
  const flexible = version >= 2
  const value: SaslAuthenticateResponse = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    authBytes: flexible ? r.compactBytes() : r.bytes(),
    sessionLifetimeMs: version >= 1 ? r.int64() : 0,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeSaslAuthenticateResponse(w: Writer, m: SaslAuthenticateResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('SaslAuthenticateResponse', version)
  writeSaslAuthenticateResponse(w, m, version)
}

export function decodeSaslAuthenticateResponse(r: Reader, version: number): SaslAuthenticateResponse {
  if (!(version >= 0 && version <= 2)) unreadable('SaslAuthenticateResponse', version, r)
  return readSaslAuthenticateResponse(r, version)
}

/** API key 36, versions 0-2. */
export const SaslAuthenticateApi: Api<SaslAuthenticateRequest, SaslAuthenticateRequestInit, SaslAuthenticateResponse, SaslAuthenticateResponseInit> = {
  key: 36,
  name: 'SaslAuthenticate',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeSaslAuthenticateRequest,
  decodeRequest: decodeSaslAuthenticateRequest,
  encodeResponse: encodeSaslAuthenticateResponse,
  decodeResponse: decodeSaslAuthenticateResponse,
}

// connection/71-get-telemetry-subscriptions.kmsg

export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: string
}

export type GetTelemetrySubscriptionsRequestInit = GetTelemetrySubscriptionsRequest

function writeGetTelemetrySubscriptionsRequest(w: Writer, m: GetTelemetrySubscriptionsRequestInit): void {
  w.uuid(m.clientInstanceId)
  w.uvarint(0)
}

function readGetTelemetrySubscriptionsRequest(r: Reader): GetTelemetrySubscriptionsRequest {
  const value: GetTelemetrySubscriptionsRequest = {
    clientInstanceId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeGetTelemetrySubscriptionsRequest(w: Writer, m: GetTelemetrySubscriptionsRequestInit, version: number): void {
  if (version !== 0) unwritable('GetTelemetrySubscriptionsRequest', version)
  writeGetTelemetrySubscriptionsRequest(w, m)
}

export function decodeGetTelemetrySubscriptionsRequest(r: Reader, version: number): GetTelemetrySubscriptionsRequest {
  if (version !== 0) unreadable('GetTelemetrySubscriptionsRequest', version, r)
  return readGetTelemetrySubscriptionsRequest(r)
}

export interface GetTelemetrySubscriptionsResponse {
  throttleTimeMs: number
  errorCode: number
  clientInstanceId: string
  subscriptionId: number
  acceptedCompressionTypes: number[]
  pushIntervalMs: number
  telemetryMaxBytes: number
  deltaTemporality: boolean
  requestedMetrics: string[]
}

export interface GetTelemetrySubscriptionsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  clientInstanceId: string
  subscriptionId: number
  acceptedCompressionTypes: readonly number[]
  pushIntervalMs: number
  telemetryMaxBytes: number
  deltaTemporality: boolean
  requestedMetrics: readonly string[]
}

function writeGetTelemetrySubscriptionsResponse(w: Writer, m: GetTelemetrySubscriptionsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.uuid(m.clientInstanceId)
  w.int32(m.subscriptionId)
  writeInt8s(w, m.acceptedCompressionTypes, true)
  w.int32(m.pushIntervalMs)
  w.int32(m.telemetryMaxBytes)
  w.boolean(m.deltaTemporality)
  writeStrings(w, m.requestedMetrics, true)
  w.uvarint(0)
}

function readGetTelemetrySubscriptionsResponse(r: Reader): GetTelemetrySubscriptionsResponse {
  const value: GetTelemetrySubscriptionsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    clientInstanceId: r.uuid(),
    subscriptionId: r.int32(),
    acceptedCompressionTypes: readInt8s(r, true),
    pushIntervalMs: r.int32(),
    telemetryMaxBytes: r.int32(),
    deltaTemporality: r.boolean(),
    requestedMetrics: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

export function encodeGetTelemetrySubscriptionsResponse(w: Writer, m: GetTelemetrySubscriptionsResponseInit, version: number): void {
  if (version !== 0) unwritable('GetTelemetrySubscriptionsResponse', version)
  writeGetTelemetrySubscriptionsResponse(w, m)
}

export function decodeGetTelemetrySubscriptionsResponse(r: Reader, version: number): GetTelemetrySubscriptionsResponse {
  if (version !== 0) unreadable('GetTelemetrySubscriptionsResponse', version, r)
  return readGetTelemetrySubscriptionsResponse(r)
}

/** API key 71, versions 0. */
export const GetTelemetrySubscriptionsApi: Api<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsRequestInit, GetTelemetrySubscriptionsResponse, GetTelemetrySubscriptionsResponseInit> = {
  key: 71,
  name: 'GetTelemetrySubscriptions',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeGetTelemetrySubscriptionsRequest,
  decodeRequest: decodeGetTelemetrySubscriptionsRequest,
  encodeResponse: encodeGetTelemetrySubscriptionsResponse,
  decodeResponse: decodeGetTelemetrySubscriptionsResponse,
}

// connection/72-push-telemetry.kmsg

export interface PushTelemetryRequest {
  clientInstanceId: string
  subscriptionId: number
  terminating: boolean
  compressionType: number
  metrics: Buffer
}

export interface PushTelemetryRequestInit {
  clientInstanceId: string
  subscriptionId: number
  terminating: boolean
  compressionType: number
  metrics: Uint8Array
}

function writePushTelemetryRequest(w: Writer, m: PushTelemetryRequestInit): void {
  w.uuid(m.clientInstanceId)
  w.int32(m.subscriptionId)
  w.boolean(m.terminating)
  w.int8(m.compressionType)
  w.compactBytes(m.metrics)
  w.uvarint(0)
}

function readPushTelemetryRequest(r: Reader): PushTelemetryRequest {
  const value: PushTelemetryRequest = {
    clientInstanceId: r.uuid(),
    subscriptionId: r.int32(),
    terminating: r.boolean(),
    compressionType: r.int8(),
    metrics: r.compactBytes(),
  }
  r.skipTaggedFields()
  return value
}

export function encodePushTelemetryRequest(w: Writer, m: PushTelemetryRequestInit, version: number): void {
  if (version !== 0) unwritable('PushTelemetryRequest', version)
  writePushTelemetryRequest(w, m)
}

export function decodePushTelemetryRequest(r: Reader, version: number): PushTelemetryRequest {
  if (version !== 0) unreadable('PushTelemetryRequest', version, r)
  return readPushTelemetryRequest(r)
}

export interface PushTelemetryResponse {
  throttleTimeMs: number
  errorCode: number
}

export interface PushTelemetryResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
}

function writePushTelemetryResponse(w: Writer, m: PushTelemetryResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.uvarint(0)
}

function readPushTelemetryResponse(r: Reader): PushTelemetryResponse {
  const value: PushTelemetryResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodePushTelemetryResponse(w: Writer, m: PushTelemetryResponseInit, version: number): void {
  if (version !== 0) unwritable('PushTelemetryResponse', version)
  writePushTelemetryResponse(w, m)
}

export function decodePushTelemetryResponse(r: Reader, version: number): PushTelemetryResponse {
  if (version !== 0) unreadable('PushTelemetryResponse', version, r)
  return readPushTelemetryResponse(r)
}

/** API key 72, versions 0. */
export const PushTelemetryApi: Api<PushTelemetryRequest, PushTelemetryRequestInit, PushTelemetryResponse, PushTelemetryResponseInit> = {
  key: 72,
  name: 'PushTelemetry',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodePushTelemetryRequest,
  decodeRequest: decodePushTelemetryRequest,
  encodeResponse: encodePushTelemetryResponse,
  decodeResponse: decodePushTelemetryResponse,
}

// connection/headers.kmsg

export interface RequestHeader {
  requestApiKey: number
  requestApiVersion: number
  correlationId: number
  clientId: string | null
}

export interface RequestHeaderInit {
  requestApiKey: number
  requestApiVersion: number
  correlationId: number
  clientId?: string | null | undefined
}

function writeRequestHeader(w: Writer, m: RequestHeaderInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.requestApiKey)
  w.int16(m.requestApiVersion)
  w.int32(m.correlationId)
  w.nullableString(m.clientId ?? null)
  if (flexible) w.uvarint(0)
}

function readRequestHeader(r: Reader, version: number): RequestHeader {
  const flexible = version >= 2
  const value: RequestHeader = {
    requestApiKey: r.int16(),
    requestApiVersion: r.int16(),
    correlationId: r.int32(),
    clientId: r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeRequestHeader(w: Writer, m: RequestHeaderInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('RequestHeader', version)
  writeRequestHeader(w, m, version)
}

export function decodeRequestHeader(r: Reader, version: number): RequestHeader {
  if (!(version >= 1 && version <= 2)) unreadable('RequestHeader', version, r)
  return readRequestHeader(r, version)
}

export interface ResponseHeader {
  correlationId: number
}

export type ResponseHeaderInit = ResponseHeader

function writeResponseHeader(w: Writer, m: ResponseHeaderInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.correlationId)
  if (flexible) w.uvarint(0)
}

function readResponseHeader(r: Reader, version: number): ResponseHeader {
  const flexible = version >= 1
  const value: ResponseHeader = {
    correlationId: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeResponseHeader(w: Writer, m: ResponseHeaderInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('ResponseHeader', version)
  writeResponseHeader(w, m, version)
}

export function decodeResponseHeader(r: Reader, version: number): ResponseHeader {
  if (!(version >= 0 && version <= 1)) unreadable('ResponseHeader', version, r)
  return readResponseHeader(r, version)
}
