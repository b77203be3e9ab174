// Made by generator/main.ts from definitions/39-renew-delegation-token.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface RenewDelegationTokenRequest {
  hmac: Buffer
  renewPeriodMs: number
}

export interface RenewDelegationTokenRequestInit {
  hmac: Uint8Array
  renewPeriodMs: number
}

function writeRenewDelegationTokenRequest(w: Writer, m: RenewDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  w.int64(m.renewPeriodMs)
  if (flexible) w.uvarint(0)
}

function readRenewDelegationTokenRequest(r: Reader, version: number): RenewDelegationTokenRequest {
  const flexible = version >= 2
  const value: RenewDelegationTokenRequest = {
    hmac: flexible ? r.compactBytes() : r.bytes(),
    renewPeriodMs: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeRenewDelegationTokenRequest(w: Writer, m: RenewDelegationTokenRequestInit, version: number): void {
  if (version < 1 || version > 2) unwritable('RenewDelegationTokenRequest', version)
  writeRenewDelegationTokenRequest(w, m, version)
}

export function decodeRenewDelegationTokenRequest(r: Reader, version: number): RenewDelegationTokenRequest {
  if (version < 1 || version > 2) unreadable('RenewDelegationTokenRequest', version, r)
  return readRenewDelegationTokenRequest(r, version)
}

export interface RenewDelegationTokenResponse {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs: number
}

export type RenewDelegationTokenResponseInit = RenewDelegationTokenResponse

function writeRenewDelegationTokenResponse(w: Writer, m: RenewDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  w.int64(m.expiryTimestampMs)
  w.int32(m.throttleTimeMs)
  if (flexible) w.uvarint(0)
}

function readRenewDelegationTokenResponse(r: Reader, version: number): RenewDelegationTokenResponse {
  const flexible = version >= 2
  const value: RenewDelegationTokenResponse = {
    errorCode: r.int16(),
    expiryTimestampMs: r.int64(),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeRenewDelegationTokenResponse(w: Writer, m: RenewDelegationTokenResponseInit, version: number): void {
  if (version < 1 || version > 2) unwritable('RenewDelegationTokenResponse', version)
  writeRenewDelegationTokenResponse(w, m, version)
}

export function decodeRenewDelegationTokenResponse(r: Reader, version: number): RenewDelegationTokenResponse {
  if (version < 1 || version > 2) unreadable('RenewDelegationTokenResponse', version, r)
  return readRenewDelegationTokenResponse(r, version)
}

/** API key 39, versions 1-2. */
export const RenewDelegationTokenApi: Api<RenewDelegationTokenRequest, RenewDelegationTokenRequestInit, RenewDelegationTokenResponse, RenewDelegationTokenResponseInit> = {
  key: 39,
  name: 'RenewDelegationToken',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeRenewDelegationTokenRequest,
  decodeRequest: decodeRenewDelegationTokenRequest,
  encodeResponse: encodeRenewDelegationTokenResponse,
  decodeResponse: decodeRenewDelegationTokenResponse,
}
