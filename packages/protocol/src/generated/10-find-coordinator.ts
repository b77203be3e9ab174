// Made by generator/main.ts from definitions/10-find-coordinator.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readStrings, writeLength, writeStrings } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface FindCoordinatorRequest {
  key: string // 0-3
  keyType: number // 1-6
  coordinatorKeys: string[] // 4-6
}

export interface FindCoordinatorRequestInit {
  key?: string | undefined
  keyType?: number | undefined
  coordinatorKeys?: readonly string[] | undefined
}

function writeFindCoordinatorRequest(w: Writer, m: FindCoordinatorRequestInit, version: number): void {
  const flexible = version >= 3
  if (version >= 4) { if (m.key !== undefined && m.key !== '') refuse('FindCoordinatorRequest.key', version) }
  else if (flexible) w.compactString(m.key ?? '')
  else w.string(m.key ?? '')
  if (version >= 1) w.int8(m.keyType ?? 0)
  else { if (m.keyType !== undefined && m.keyType !== 0) refuse('FindCoordinatorRequest.keyType', version) }
  if (version >= 4) writeStrings(w, m.coordinatorKeys ?? nothing, flexible)
  else { if (m.coordinatorKeys !== undefined && m.coordinatorKeys.length > 0) refuse('FindCoordinatorRequest.coordinatorKeys', version) }
  if (flexible) w.uvarint(0)
}

function readFindCoordinatorRequest(r: Reader, version: number): FindCoordinatorRequest {
  const flexible = version >= 3
  const value: FindCoordinatorRequest = {
    key: version >= 4 ? '' : flexible ? r.compactString() : r.string(),
    keyType: version >= 1 ? r.int8() : 0,
    coordinatorKeys: version >= 4 ? readStrings(r, flexible) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeFindCoordinatorRequest(w: Writer, m: FindCoordinatorRequestInit, version: number): void {
  if (version < 0 || version > 6) unwritable('FindCoordinatorRequest', version)
  writeFindCoordinatorRequest(w, m, version)
}

export function decodeFindCoordinatorRequest(r: Reader, version: number): FindCoordinatorRequest {
  if (version < 0 || version > 6) unreadable('FindCoordinatorRequest', version, r)
  return readFindCoordinatorRequest(r, version)
}

export interface FindCoordinatorResponse {
  throttleTimeMs: number // 1-6
  errorCode: number // 0-3
  errorMessage: string | null // 1-3
  nodeId: number // 0-3
  host: string // 0-3
  port: number // 0-3
  coordinators: FindCoordinatorResponseCoordinator[] // 4-6
}

export interface FindCoordinatorResponseInit {
  throttleTimeMs?: number | undefined
  errorCode?: number | undefined
  errorMessage?: string | null | undefined
  nodeId?: number | undefined
  host?: string | undefined
  port?: number | undefined
  coordinators?: readonly FindCoordinatorResponseCoordinatorInit[] | undefined
}

export interface FindCoordinatorResponseCoordinator {
  key: string
  nodeId: number
  host: string
  port: number
  errorCode: number
  errorMessage: string | null
}

export interface FindCoordinatorResponseCoordinatorInit {
  key: string
  nodeId: number
  host: string
  port: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeFindCoordinatorResponse(w: Writer, m: FindCoordinatorResponseInit, version: number): void {
  const flexible = version >= 3
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  if (version >= 4) { if (m.errorCode !== undefined && m.errorCode !== 0) refuse('FindCoordinatorResponse.errorCode', version) }
  else w.int16(m.errorCode ?? 0)
  if (version === 3) w.compactNullableString(m.errorMessage ?? null)
  else if (version >= 1 && version <= 2) w.nullableString(m.errorMessage ?? null)
  if (version >= 4) { if (m.nodeId !== undefined && m.nodeId !== 0) refuse('FindCoordinatorResponse.nodeId', version) }
  else w.int32(m.nodeId ?? 0)
  if (version >= 4) { if (m.host !== undefined && m.host !== '') refuse('FindCoordinatorResponse.host', version) }
  else if (flexible) w.compactString(m.host ?? '')
  else w.string(m.host ?? '')
  if (version >= 4) { if (m.port !== undefined && m.port !== 0) refuse('FindCoordinatorResponse.port', version) }
  else w.int32(m.port ?? 0)
  if (version >= 4) writeArrayOfFindCoordinatorResponseCoordinator(w, m.coordinators ?? nothing, version)
  else { if (m.coordinators !== undefined && m.coordinators.length > 0) refuse('FindCoordinatorResponse.coordinators', version) }
  if (flexible) w.uvarint(0)
}

function readFindCoordinatorResponse(r: Reader, version: number): FindCoordinatorResponse {
  const flexible = version >= 3
  const value: FindCoordinatorResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: version >= 4 ? 0 : r.int16(),
    errorMessage: version >= 4 ? null : flexible ? r.compactNullableString() : version >= 1 ? r.nullableString() : null,
    nodeId: version >= 4 ? 0 : r.int32(),
    host: version >= 4 ? '' : flexible ? r.compactString() : r.string(),
    port: version >= 4 ? 0 : r.int32(),
    coordinators: version >= 4 ? readArrayOfFindCoordinatorResponseCoordinator(r, version) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeFindCoordinatorResponseCoordinator(w: Writer, m: FindCoordinatorResponseCoordinatorInit, _version: number): void {
  w.compactString(m.key)
  w.int32(m.nodeId)
  w.compactString(m.host)
  w.int32(m.port)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readFindCoordinatorResponseCoordinator(r: Reader, _version: number): FindCoordinatorResponseCoordinator {
  const value: FindCoordinatorResponseCoordinator = {
    key: r.compactString(),
    nodeId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfFindCoordinatorResponseCoordinator(w: Writer, list: readonly FindCoordinatorResponseCoordinatorInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeFindCoordinatorResponseCoordinator(w, element, version)
}

function readArrayOfFindCoordinatorResponseCoordinator(r: Reader, version: number): FindCoordinatorResponseCoordinator[] {
  const length = readLength(r, true, 14, 6)
  const list: FindCoordinatorResponseCoordinator[] = []
  for (let index = 0; index < length; index++) list.push(readFindCoordinatorResponseCoordinator(r, version))
  return list
}

export function encodeFindCoordinatorResponse(w: Writer, m: FindCoordinatorResponseInit, version: number): void {
  if (version < 0 || version > 6) unwritable('FindCoordinatorResponse', version)
  writeFindCoordinatorResponse(w, m, version)
}

export function decodeFindCoordinatorResponse(r: Reader, version: number): FindCoordinatorResponse {
  if (version < 0 || version > 6) unreadable('FindCoordinatorResponse', version, r)
  return readFindCoordinatorResponse(r, version)
}

/** API key 10, versions 0-6. */
export const FindCoordinatorApi: Api<FindCoordinatorRequest, FindCoordinatorRequestInit, FindCoordinatorResponse, FindCoordinatorResponseInit> = {
  key: 10,
  name: 'FindCoordinator',
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeFindCoordinatorRequest,
  decodeRequest: decodeFindCoordinatorRequest,
  encodeResponse: encodeFindCoordinatorResponse,
  decodeResponse: decodeFindCoordinatorResponse,
}
