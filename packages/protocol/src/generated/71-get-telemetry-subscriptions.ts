// Made by generator/main.ts from definitions/71-get-telemetry-subscriptions.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt8s, readStrings, writeInt8s, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: string
}

export type GetTelemetrySubscriptionsRequestInit = GetTelemetrySubscriptionsRequest

function writeGetTelemetrySubscriptionsRequest(w: Writer, m: GetTelemetrySubscriptionsRequestInit, _version: number): void {
  w.uuid(m.clientInstanceId)
  w.uvarint(0)
}

function readGetTelemetrySubscriptionsRequest(r: Reader, _version: number): GetTelemetrySubscriptionsRequest {
  const value: GetTelemetrySubscriptionsRequest = {
    clientInstanceId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeGetTelemetrySubscriptionsRequest(w: Writer, m: GetTelemetrySubscriptionsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('GetTelemetrySubscriptionsRequest', version)
  writeGetTelemetrySubscriptionsRequest(w, m, version)
}

export function decodeGetTelemetrySubscriptionsRequest(r: Reader, version: number): GetTelemetrySubscriptionsRequest {
  if (version < 0 || version > 0) unreadable('GetTelemetrySubscriptionsRequest', version, r)
  return readGetTelemetrySubscriptionsRequest(r, version)
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
  throttleTimeMs: number
  errorCode: number
  clientInstanceId: string
  subscriptionId: number
  acceptedCompressionTypes: readonly number[]
  pushIntervalMs: number
  telemetryMaxBytes: number
  deltaTemporality: boolean
  requestedMetrics: readonly string[]
}

function writeGetTelemetrySubscriptionsResponse(w: Writer, m: GetTelemetrySubscriptionsResponseInit, _version: number): void {
  w.int32(m.throttleTimeMs)
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

function readGetTelemetrySubscriptionsResponse(r: Reader, _version: number): GetTelemetrySubscriptionsResponse {
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
  if (version < 0 || version > 0) unwritable('GetTelemetrySubscriptionsResponse', version)
  writeGetTelemetrySubscriptionsResponse(w, m, version)
}

export function decodeGetTelemetrySubscriptionsResponse(r: Reader, version: number): GetTelemetrySubscriptionsResponse {
  if (version < 0 || version > 0) unreadable('GetTelemetrySubscriptionsResponse', version, r)
  return readGetTelemetrySubscriptionsResponse(r, version)
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
