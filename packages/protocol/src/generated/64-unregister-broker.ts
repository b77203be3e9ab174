// Made by generator/main.ts from definitions/64-unregister-broker.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface UnregisterBrokerRequest {
  brokerId: number
}

export type UnregisterBrokerRequestInit = UnregisterBrokerRequest

function writeUnregisterBrokerRequest(w: Writer, m: UnregisterBrokerRequestInit, _version: number): void {
  w.int32(m.brokerId)
  w.uvarint(0)
}

function readUnregisterBrokerRequest(r: Reader, _version: number): UnregisterBrokerRequest {
  const value: UnregisterBrokerRequest = {
    brokerId: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUnregisterBrokerRequest(w: Writer, m: UnregisterBrokerRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('UnregisterBrokerRequest', version)
  writeUnregisterBrokerRequest(w, m, version)
}

export function decodeUnregisterBrokerRequest(r: Reader, version: number): UnregisterBrokerRequest {
  if (version < 0 || version > 0) unreadable('UnregisterBrokerRequest', version, r)
  return readUnregisterBrokerRequest(r, version)
}

export interface UnregisterBrokerResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export interface UnregisterBrokerResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeUnregisterBrokerResponse(w: Writer, m: UnregisterBrokerResponseInit, _version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readUnregisterBrokerResponse(r: Reader, _version: number): UnregisterBrokerResponse {
  const value: UnregisterBrokerResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUnregisterBrokerResponse(w: Writer, m: UnregisterBrokerResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('UnregisterBrokerResponse', version)
  writeUnregisterBrokerResponse(w, m, version)
}

export function decodeUnregisterBrokerResponse(r: Reader, version: number): UnregisterBrokerResponse {
  if (version < 0 || version > 0) unreadable('UnregisterBrokerResponse', version, r)
  return readUnregisterBrokerResponse(r, version)
}

/** API key 64, versions 0. */
export const UnregisterBrokerApi: Api<UnregisterBrokerRequest, UnregisterBrokerRequestInit, UnregisterBrokerResponse, UnregisterBrokerResponseInit> = {
  key: 64,
  name: 'UnregisterBroker',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeUnregisterBrokerRequest,
  decodeRequest: decodeUnregisterBrokerRequest,
  encodeResponse: encodeUnregisterBrokerResponse,
  decodeResponse: decodeUnregisterBrokerResponse,
}
