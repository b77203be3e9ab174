// Made by generator/main.ts from definitions/11-join-group.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { notNull, refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface JoinGroupRequest {
  groupId: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs: number // 1-9
  memberId: string
  groupInstanceId: string | null // 5-9
  protocolType: string
  protocols: JoinGroupRequestJoinGroupRequestProtocol[]
  reason: string | null // 8-9
}

export interface JoinGroupRequestInit {
  groupId: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs?: number | undefined
  memberId: string
  groupInstanceId?: string | null | undefined
  protocolType: string
  protocols: readonly JoinGroupRequestJoinGroupRequestProtocolInit[]
  reason?: string | null | undefined
}

export interface JoinGroupRequestJoinGroupRequestProtocol {
  name: string
  metadata: Buffer
}

export interface JoinGroupRequestJoinGroupRequestProtocolInit {
  name: string
  metadata: Uint8Array
}

function writeJoinGroupRequest(w: Writer, m: JoinGroupRequestInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int32(m.sessionTimeoutMs)
  if (version >= 1) w.int32(m.rebalanceTimeoutMs ?? -1)
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 5) w.nullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('JoinGroupRequest.groupInstanceId', version) }
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  writeArrayOfJoinGroupRequestJoinGroupRequestProtocol(w, m.protocols, version)
  if (version >= 8) w.compactNullableString(m.reason ?? null)
  if (flexible) w.uvarint(0)
}

function readJoinGroupRequest(r: Reader, version: number): JoinGroupRequest {
  const flexible = version >= 6
  const value: JoinGroupRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    sessionTimeoutMs: r.int32(),
    rebalanceTimeoutMs: version >= 1 ? r.int32() : -1,
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 5 ? r.nullableString() : null,
    protocolType: flexible ? r.compactString() : r.string(),
    protocols: readArrayOfJoinGroupRequestJoinGroupRequestProtocol(r, version),
    reason: version >= 8 ? r.compactNullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeJoinGroupRequestJoinGroupRequestProtocol(w: Writer, m: JoinGroupRequestJoinGroupRequestProtocolInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  if (flexible) w.compactBytes(m.metadata)
  else w.bytes(m.metadata)
  if (flexible) w.uvarint(0)
}

function readJoinGroupRequestJoinGroupRequestProtocol(r: Reader, version: number): JoinGroupRequestJoinGroupRequestProtocol {
  const flexible = version >= 6
  const value: JoinGroupRequestJoinGroupRequestProtocol = {
    name: flexible ? r.compactString() : r.string(),
    metadata: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfJoinGroupRequestJoinGroupRequestProtocol(w: Writer, list: readonly JoinGroupRequestJoinGroupRequestProtocolInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeJoinGroupRequestJoinGroupRequestProtocol(w, element, version)
}

function readArrayOfJoinGroupRequestJoinGroupRequestProtocol(r: Reader, version: number): JoinGroupRequestJoinGroupRequestProtocol[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: JoinGroupRequestJoinGroupRequestProtocol[] = []
  for (let index = 0; index < length; index++) list.push(readJoinGroupRequestJoinGroupRequestProtocol(r, version))
  return list
}

export function encodeJoinGroupRequest(w: Writer, m: JoinGroupRequestInit, version: number): void {
  if (version < 0 || version > 9) unwritable('JoinGroupRequest', version)
  writeJoinGroupRequest(w, m, version)
}

export function decodeJoinGroupRequest(r: Reader, version: number): JoinGroupRequest {
  if (version < 0 || version > 9) unreadable('JoinGroupRequest', version, r)
  return readJoinGroupRequest(r, version)
}

export interface JoinGroupResponse {
  throttleTimeMs: number // 2-9
  errorCode: number
  generationId: number
  protocolType: string | null // 7-9
  protocolName: string | null
  leader: string
  skipAssignment: boolean // 9
  memberId: string
  members: JoinGroupResponseJoinGroupResponseMember[]
}

export interface JoinGroupResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  generationId?: number | undefined
  protocolType?: string | null | undefined
  protocolName?: string | null | undefined
  leader: string
  skipAssignment?: boolean | undefined
  memberId: string
  members: readonly JoinGroupResponseJoinGroupResponseMemberInit[]
}

export interface JoinGroupResponseJoinGroupResponseMember {
  memberId: string
  groupInstanceId: string | null // 5-9
  metadata: Buffer
}

export interface JoinGroupResponseJoinGroupResponseMemberInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  metadata: Uint8Array
}

function writeJoinGroupResponse(w: Writer, m: JoinGroupResponseInit, version: number): void {
  const flexible = version >= 6
  if (version >= 2) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  w.int32(m.generationId ?? -1)
  if (version >= 7) w.compactNullableString(m.protocolType ?? null)
  if (version >= 7) w.compactNullableString(m.protocolName ?? null)
  else if (flexible) w.compactString(notNull(m.protocolName, '', 'JoinGroupResponse.protocolName', version))
  else w.string(notNull(m.protocolName, '', 'JoinGroupResponse.protocolName', version))
  if (flexible) w.compactString(m.leader)
  else w.string(m.leader)
  if (version >= 9) w.boolean(m.skipAssignment ?? false)
  else { if (m.skipAssignment !== undefined && m.skipAssignment !== false) refuse('JoinGroupResponse.skipAssignment', version) }
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  writeArrayOfJoinGroupResponseJoinGroupResponseMember(w, m.members, version)
  if (flexible) w.uvarint(0)
}

function readJoinGroupResponse(r: Reader, version: number): JoinGroupResponse {
  const flexible = version >= 6
  const value: JoinGroupResponse = {
    throttleTimeMs: version >= 2 ? r.int32() : 0,
    errorCode: r.int16(),
    generationId: r.int32(),
    protocolType: version >= 7 ? r.compactNullableString() : null,
    protocolName: version >= 7 ? r.compactNullableString() : flexible ? r.compactString() : r.string(),
    leader: flexible ? r.compactString() : r.string(),
    skipAssignment: version >= 9 ? r.boolean() : false,
    memberId: flexible ? r.compactString() : r.string(),
    members: readArrayOfJoinGroupResponseJoinGroupResponseMember(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeJoinGroupResponseJoinGroupResponseMember(w: Writer, m: JoinGroupResponseJoinGroupResponseMemberInit, version: number): void {
  const flexible = version >= 6
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 5) w.nullableString(m.groupInstanceId ?? null)
  if (flexible) w.compactBytes(m.metadata)
  else w.bytes(m.metadata)
  if (flexible) w.uvarint(0)
}

function readJoinGroupResponseJoinGroupResponseMember(r: Reader, version: number): JoinGroupResponseJoinGroupResponseMember {
  const flexible = version >= 6
  const value: JoinGroupResponseJoinGroupResponseMember = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 5 ? r.nullableString() : null,
    metadata: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfJoinGroupResponseJoinGroupResponseMember(w: Writer, list: readonly JoinGroupResponseJoinGroupResponseMemberInit[], version: number): void {
  const flexible = version >= 6
  writeLength(w, list.length, flexible)
  for (const element of list) writeJoinGroupResponseJoinGroupResponseMember(w, element, version)
}

function readArrayOfJoinGroupResponseJoinGroupResponseMember(r: Reader, version: number): JoinGroupResponseJoinGroupResponseMember[] {
  const flexible = version >= 6
  const length = readLength(r, flexible, flexible ? 4 : 6, 3)
  const list: JoinGroupResponseJoinGroupResponseMember[] = []
  for (let index = 0; index < length; index++) list.push(readJoinGroupResponseJoinGroupResponseMember(r, version))
  return list
}

export function encodeJoinGroupResponse(w: Writer, m: JoinGroupResponseInit, version: number): void {
  if (version < 0 || version > 9) unwritable('JoinGroupResponse', version)
  writeJoinGroupResponse(w, m, version)
}

export function decodeJoinGroupResponse(r: Reader, version: number): JoinGroupResponse {
  if (version < 0 || version > 9) unreadable('JoinGroupResponse', version, r)
  return readJoinGroupResponse(r, version)
}

/** API key 11, versions 0-9. */
export const JoinGroupApi: Api<JoinGroupRequest, JoinGroupRequestInit, JoinGroupResponse, JoinGroupResponseInit> = {
  key: 11,
  name: 'JoinGroup',
  minVersion: 0,
  maxVersion: 9,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  encodeRequest: encodeJoinGroupRequest,
  decodeRequest: decodeJoinGroupRequest,
  encodeResponse: encodeJoinGroupResponse,
  decodeResponse: decodeJoinGroupResponse,
}
