// Made by generator/main.ts from definitions/36-sasl-authenticate.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 2) unwritable('SaslAuthenticateRequest', version)
  writeSaslAuthenticateRequest(w, m, version)
}

export function decodeSaslAuthenticateRequest(r: Reader, version: number): SaslAuthenticateRequest {
  if (version < 0 || version > 2) unreadable('SaslAuthenticateRequest', version, r)
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
  if (version < 0 || version > 2) unwritable('SaslAuthenticateResponse', version)
  writeSaslAuthenticateResponse(w, m, version)
}

export function decodeSaslAuthenticateResponse(r: Reader, version: number): SaslAuthenticateResponse {
  if (version < 0 || version > 2) unreadable('SaslAuthenticateResponse', version, r)
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
