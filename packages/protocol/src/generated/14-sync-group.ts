// Made by generator/main.ts from definitions/14-sync-group.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface SyncGroupRequest {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId: string | null // 3-5
  protocolType: string | null // 5
  protocolName: string | null // 5
  assignments: SyncGroupRequestSyncGroupRequestAssignment[]
}

export interface SyncGroupRequestInit {
  groupId: string
  generationId: number
  memberId: string
  groupInstanceId?: string | null | undefined
  protocolType?: string | null | undefined
  protocolName?: string | null | undefined
  assignments: readonly SyncGroupRequestSyncGroupRequestAssignmentInit[]
}

export interface SyncGroupRequestSyncGroupRequestAssignment {
  memberId: string
  assignment: Buffer
}

export interface SyncGroupRequestSyncGroupRequestAssignmentInit {
  memberId: string
  assignment: Uint8Array
}

function writeSyncGroupRequest(w: Writer, m: SyncGroupRequestInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.generationId)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 3) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('SyncGroupRequest.groupInstanceId', version) }
  if (version >= 5) w.compactNullableString(m.protocolType ?? null)
  if (version >= 5) w.compactNullableString(m.protocolName ?? null)
  writeArrayOfSyncGroupRequestSyncGroupRequestAssignment(w, m.assignments, version)
  if (flexible) w.uvarint(0)
}

function readSyncGroupRequest(r: Reader, version: number): SyncGroupRequest {
  const flexible = version >= 4
  const value: SyncGroupRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    generationId: r.int32(),
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
    protocolType: version >= 5 ? r.compactNullableString() : null,
    protocolName: version >= 5 ? r.compactNullableString() : null,
    assignments: readArrayOfSyncGroupRequestSyncGroupRequestAssignment(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeSyncGroupRequestSyncGroupRequestAssignment(w: Writer, m: SyncGroupRequestSyncGroupRequestAssignmentInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactBytes(m.assignment)
  else w.bytes(m.assignment)
  if (flexible) w.uvarint(0)
}

function readSyncGroupRequestSyncGroupRequestAssignment(r: Reader, version: number): SyncGroupRequestSyncGroupRequestAssignment {
  const flexible = version >= 4
  const value: SyncGroupRequestSyncGroupRequestAssignment = {
    memberId: flexible ? r.compactString() : r.string(),
    assignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfSyncGroupRequestSyncGroupRequestAssignment(w: Writer, list: readonly SyncGroupRequestSyncGroupRequestAssignmentInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeSyncGroupRequestSyncGroupRequestAssignment(w, element, version)
}

function readArrayOfSyncGroupRequestSyncGroupRequestAssignment(r: Reader, version: number): SyncGroupRequestSyncGroupRequestAssignment[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: SyncGroupRequestSyncGroupRequestAssignment[] = []
  for (let index = 0; index < length; index++) list.push(readSyncGroupRequestSyncGroupRequestAssignment(r, version))
  return list
}

export function encodeSyncGroupRequest(w: Writer, m: SyncGroupRequestInit, version: number): void {
  if (version < 0 || version > 5) unwritable('SyncGroupRequest', version)
  writeSyncGroupRequest(w, m, version)
}

export function decodeSyncGroupRequest(r: Reader, version: number): SyncGroupRequest {
  if (version < 0 || version > 5) unreadable('SyncGroupRequest', version, r)
  return readSyncGroupRequest(r, version)
}

export interface SyncGroupResponse {
  throttleTimeMs: number // 1-5
  errorCode: number
  protocolType: string | null // 5
  protocolName: string | null // 5
  assignment: Buffer
}

export interface SyncGroupResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  protocolType?: string | null | undefined
  protocolName?: string | null | undefined
  assignment: Uint8Array
}

function writeSyncGroupResponse(w: Writer, m: SyncGroupResponseInit, version: number): void {
  const flexible = version >= 4
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (version >= 5) w.compactNullableString(m.protocolType ?? null)
  if (version >= 5) w.compactNullableString(m.protocolName ?? null)
  if (flexible) w.compactBytes(m.assignment)
  else w.bytes(m.assignment)
  if (flexible) w.uvarint(0)
}

function readSyncGroupResponse(r: Reader, version: number): SyncGroupResponse {
  const flexible = version >= 4
  const value: SyncGroupResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    protocolType: version >= 5 ? r.compactNullableString() : null,
    protocolName: version >= 5 ? r.compactNullableString() : null,
    assignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeSyncGroupResponse(w: Writer, m: SyncGroupResponseInit, version: number): void {
  if (version < 0 || version > 5) unwritable('SyncGroupResponse', version)
  writeSyncGroupResponse(w, m, version)
}

export function decodeSyncGroupResponse(r: Reader, version: number): SyncGroupResponse {
  if (version < 0 || version > 5) unreadable('SyncGroupResponse', version, r)
  return readSyncGroupResponse(r, version)
}

/** API key 14, versions 0-5. */
export const SyncGroupApi: Api<SyncGroupRequest, SyncGroupRequestInit, SyncGroupResponse, SyncGroupResponseInit> = {
  key: 14,
  name: 'SyncGroup',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeSyncGroupRequest,
  decodeRequest: decodeSyncGroupRequest,
  encodeResponse: encodeSyncGroupResponse,
  decodeResponse: decodeSyncGroupResponse,
}
