// Made by generator/main.ts from definitions/40-expire-delegation-token.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ExpireDelegationTokenRequest {
  hmac: Buffer
  expiryTimePeriodMs: number
}

export interface ExpireDelegationTokenRequestInit {
  hmac: Uint8Array
  expiryTimePeriodMs: number
}

function writeExpireDelegationTokenRequest(w: Writer, m: ExpireDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  w.int64(m.expiryTimePeriodMs)
  if (flexible) w.uvarint(0)
}

function readExpireDelegationTokenRequest(r: Reader, version: number): ExpireDelegationTokenRequest {
  const flexible = version >= 2
  const value: ExpireDelegationTokenRequest = {
    hmac: flexible ? r.compactBytes() : r.bytes(),
    expiryTimePeriodMs: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeExpireDelegationTokenRequest(w: Writer, m: ExpireDelegationTokenRequestInit, version: number): void {
  if (version < 1 || version > 2) unwritable('ExpireDelegationTokenRequest', version)
  writeExpireDelegationTokenRequest(w, m, version)
}

export function decodeExpireDelegationTokenRequest(r: Reader, version: number): ExpireDelegationTokenRequest {
  if (version < 1 || version > 2) unreadable('ExpireDelegationTokenRequest', version, r)
  return readExpireDelegationTokenRequest(r, version)
}

export interface ExpireDelegationTokenResponse {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs: number
}

export type ExpireDelegationTokenResponseInit = ExpireDelegationTokenResponse

function writeExpireDelegationTokenResponse(w: Writer, m: ExpireDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  w.int64(m.expiryTimestampMs)
  w.int32(m.throttleTimeMs)
  if (flexible) w.uvarint(0)
}

function readExpireDelegationTokenResponse(r: Reader, version: number): ExpireDelegationTokenResponse {
  const flexible = version >= 2
  const value: ExpireDelegationTokenResponse = {
    errorCode: r.int16(),
    expiryTimestampMs: r.int64(),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeExpireDelegationTokenResponse(w: Writer, m: ExpireDelegationTokenResponseInit, version: number): void {
  if (version < 1 || version > 2) unwritable('ExpireDelegationTokenResponse', version)
  writeExpireDelegationTokenResponse(w, m, version)
}

export function decodeExpireDelegationTokenResponse(r: Reader, version: number): ExpireDelegationTokenResponse {
  if (version < 1 || version > 2) unreadable('ExpireDelegationTokenResponse', version, r)
  return readExpireDelegationTokenResponse(r, version)
}

/** API key 40, versions 1-2. */
export const ExpireDelegationTokenApi: Api<ExpireDelegationTokenRequest, ExpireDelegationTokenRequestInit, ExpireDelegationTokenResponse, ExpireDelegationTokenResponseInit> = {
  key: 40,
  name: 'ExpireDelegationToken',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeExpireDelegationTokenRequest,
  decodeRequest: decodeExpireDelegationTokenRequest,
  encodeResponse: encodeExpireDelegationTokenResponse,
  decodeResponse: decodeExpireDelegationTokenResponse,
}
