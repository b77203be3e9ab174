// Made by generator/main.ts from definitions/12-heartbeat.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface HeartbeatRequest {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId: string | null // 3-4
}

export interface HeartbeatRequestInit {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId?: string | null | undefined
}

function writeHeartbeatRequest(w: Writer, m: HeartbeatRequestInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.generationId)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 3) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('HeartbeatRequest.groupInstanceId', version) }
  if (flexible) w.uvarint(0)
}

function readHeartbeatRequest(r: Reader, version: number): HeartbeatRequest {
  const flexible = version >= 4
  const value: HeartbeatRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    generationId: r.int32(),
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeHeartbeatRequest(w: Writer, m: HeartbeatRequestInit, version: number): void {
  if (version < 0 || version > 4) unwritable('HeartbeatRequest', version)
  writeHeartbeatRequest(w, m, version)
}

export function decodeHeartbeatRequest(r: Reader, version: number): HeartbeatRequest {
  if (version < 0 || version > 4) unreadable('HeartbeatRequest', version, r)
  return readHeartbeatRequest(r, version)
}

export interface HeartbeatResponse {
  throttleTimeMs: number // 1-4
  errorCode: number
}

export interface HeartbeatResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
}

function writeHeartbeatResponse(w: Writer, m: HeartbeatResponseInit, version: number): void {
  const flexible = version >= 4
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readHeartbeatResponse(r: Reader, version: number): HeartbeatResponse {
  const flexible = version >= 4
  const value: HeartbeatResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeHeartbeatResponse(w: Writer, m: HeartbeatResponseInit, version: number): void {
  if (version < 0 || version > 4) unwritable('HeartbeatResponse', version)
  writeHeartbeatResponse(w, m, version)
}

export function decodeHeartbeatResponse(r: Reader, version: number): HeartbeatResponse {
  if (version < 0 || version > 4) unreadable('HeartbeatResponse', version, r)
  return readHeartbeatResponse(r, version)
}

/** API key 12, versions 0-4. */
export const HeartbeatApi: Api<HeartbeatRequest, HeartbeatRequestInit, HeartbeatResponse, HeartbeatResponseInit> = {
  key: 12,
  name: 'Heartbeat',
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeHeartbeatRequest,
  decodeRequest: decodeHeartbeatRequest,
  encodeResponse: encodeHeartbeatResponse,
  decodeResponse: decodeHeartbeatResponse,
}
