// Made by generator/main.ts from definitions/72-push-telemetry.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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

function writePushTelemetryRequest(w: Writer, m: PushTelemetryRequestInit, _version: number): void {
  w.uuid(m.clientInstanceId)
  w.int32(m.subscriptionId)
  w.boolean(m.terminating)
  w.int8(m.compressionType)
  w.compactBytes(m.metrics)
  w.uvarint(0)
}

function readPushTelemetryRequest(r: Reader, _version: number): PushTelemetryRequest {
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
  if (version < 0 || version > 0) unwritable('PushTelemetryRequest', version)
  writePushTelemetryRequest(w, m, version)
}

export function decodePushTelemetryRequest(r: Reader, version: number): PushTelemetryRequest {
  if (version < 0 || version > 0) unreadable('PushTelemetryRequest', version, r)
  return readPushTelemetryRequest(r, version)
}

export interface PushTelemetryResponse {
  throttleTimeMs: number
  errorCode: number
}

export type PushTelemetryResponseInit = PushTelemetryResponse

function writePushTelemetryResponse(w: Writer, m: PushTelemetryResponseInit, _version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.uvarint(0)
}

function readPushTelemetryResponse(r: Reader, _version: number): PushTelemetryResponse {
  const value: PushTelemetryResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodePushTelemetryResponse(w: Writer, m: PushTelemetryResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('PushTelemetryResponse', version)
  writePushTelemetryResponse(w, m, version)
}

export function decodePushTelemetryResponse(r: Reader, version: number): PushTelemetryResponse {
  if (version < 0 || version > 0) unreadable('PushTelemetryResponse', version, r)
  return readPushTelemetryResponse(r, version)
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
