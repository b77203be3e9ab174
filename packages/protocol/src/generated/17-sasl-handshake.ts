// Made by generator/main.ts from definitions/17-sasl-handshake.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readStrings, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface SaslHandshakeRequest {
  mechanism: string
}

export type SaslHandshakeRequestInit = SaslHandshakeRequest

function writeSaslHandshakeRequest(w: Writer, m: SaslHandshakeRequestInit, _version: number): void {
  w.string(m.mechanism)
}

function readSaslHandshakeRequest(r: Reader, _version: number): SaslHandshakeRequest {
  return {
    mechanism: r.string(),
  }
}

export function encodeSaslHandshakeRequest(w: Writer, m: SaslHandshakeRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('SaslHandshakeRequest', version)
  writeSaslHandshakeRequest(w, m, version)
}

export function decodeSaslHandshakeRequest(r: Reader, version: number): SaslHandshakeRequest {
  if (version < 0 || version > 1) unreadable('SaslHandshakeRequest', version, r)
  return readSaslHandshakeRequest(r, version)
}

export interface SaslHandshakeResponse {
  errorCode: number
  mechanisms: string[]
}

export interface SaslHandshakeResponseInit {
  errorCode: number
  mechanisms: readonly string[]
}

function writeSaslHandshakeResponse(w: Writer, m: SaslHandshakeResponseInit, _version: number): void {
  w.int16(m.errorCode)
  writeStrings(w, m.mechanisms, false)
}

function readSaslHandshakeResponse(r: Reader, _version: number): SaslHandshakeResponse {
  return {
    errorCode: r.int16(),
    mechanisms: readStrings(r, false),
  }
}

export function encodeSaslHandshakeResponse(w: Writer, m: SaslHandshakeResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('SaslHandshakeResponse', version)
  writeSaslHandshakeResponse(w, m, version)
}

export function decodeSaslHandshakeResponse(r: Reader, version: number): SaslHandshakeResponse {
  if (version < 0 || version > 1) unreadable('SaslHandshakeResponse', version, r)
  return readSaslHandshakeResponse(r, version)
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
