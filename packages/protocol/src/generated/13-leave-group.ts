// Made by generator/main.ts from definitions/13-leave-group.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface LeaveGroupRequest {
  groupId: string
  memberId: string // 0-2
  members: LeaveGroupRequestMemberIdentity[] // 3-5
}

export interface LeaveGroupRequestInit {
  groupId: string
  memberId?: string | undefined
  members?: readonly LeaveGroupRequestMemberIdentityInit[] | undefined
}

export interface LeaveGroupRequestMemberIdentity {
  memberId: string
  groupInstanceId: string | null
  reason: string | null // 5
}

export interface LeaveGroupRequestMemberIdentityInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  reason?: string | null | undefined
}

function writeLeaveGroupRequest(w: Writer, m: LeaveGroupRequestInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (version >= 3) { if (m.memberId !== undefined && m.memberId !== '') refuse('LeaveGroupRequest.memberId', version) }
  else w.string(m.memberId ?? '')
  if (version >= 3) writeArrayOfLeaveGroupRequestMemberIdentity(w, m.members ?? nothing, version)
  else { if (m.members !== undefined && m.members.length > 0) refuse('LeaveGroupRequest.members', version) }
  if (flexible) w.uvarint(0)
}

function readLeaveGroupRequest(r: Reader, version: number): LeaveGroupRequest {
  const flexible = version >= 4
  const value: LeaveGroupRequest = {
    groupId: flexible ? r.compactString() : r.string(),
    memberId: version >= 3 ? '' : r.string(),
    members: version >= 3 ? readArrayOfLeaveGroupRequestMemberIdentity(r, version) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeLeaveGroupRequestMemberIdentity(w: Writer, m: LeaveGroupRequestMemberIdentityInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else w.nullableString(m.groupInstanceId ?? null)
  if (version >= 5) w.compactNullableString(m.reason ?? null)
  if (flexible) w.uvarint(0)
}

function readLeaveGroupRequestMemberIdentity(r: Reader, version: number): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4
  const value: LeaveGroupRequestMemberIdentity = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : r.nullableString(),
    reason: version >= 5 ? r.compactNullableString() : null,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfLeaveGroupRequestMemberIdentity(w: Writer, list: readonly LeaveGroupRequestMemberIdentityInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeLeaveGroupRequestMemberIdentity(w, element, version)
}

function readArrayOfLeaveGroupRequestMemberIdentity(r: Reader, version: number): LeaveGroupRequestMemberIdentity[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 3 : 4, 3)
  const list: LeaveGroupRequestMemberIdentity[] = []
  for (let index = 0; index < length; index++) list.push(readLeaveGroupRequestMemberIdentity(r, version))
  return list
}

export function encodeLeaveGroupRequest(w: Writer, m: LeaveGroupRequestInit, version: number): void {
  if (version < 0 || version > 5) unwritable('LeaveGroupRequest', version)
  writeLeaveGroupRequest(w, m, version)
}

export function decodeLeaveGroupRequest(r: Reader, version: number): LeaveGroupRequest {
  if (version < 0 || version > 5) unreadable('LeaveGroupRequest', version, r)
  return readLeaveGroupRequest(r, version)
}

export interface LeaveGroupResponse {
  throttleTimeMs: number // 1-5
  errorCode: number
  members: LeaveGroupResponseMemberResponse[] // 3-5
}

export interface LeaveGroupResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  members?: readonly LeaveGroupResponseMemberResponseInit[] | undefined
}

export interface LeaveGroupResponseMemberResponse {
  memberId: string
  groupInstanceId: string | null
  errorCode: number
}

export interface LeaveGroupResponseMemberResponseInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  errorCode: number
}

function writeLeaveGroupResponse(w: Writer, m: LeaveGroupResponseInit, version: number): void {
  const flexible = version >= 4
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (version >= 3) writeArrayOfLeaveGroupResponseMemberResponse(w, m.members ?? nothing, version)
  else { if (m.members !== undefined && m.members.length > 0) refuse('LeaveGroupResponse.members', version) }
  if (flexible) w.uvarint(0)
}

function readLeaveGroupResponse(r: Reader, version: number): LeaveGroupResponse {
  const flexible = version >= 4
  const value: LeaveGroupResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    members: version >= 3 ? readArrayOfLeaveGroupResponseMemberResponse(r, version) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeLeaveGroupResponseMemberResponse(w: Writer, m: LeaveGroupResponseMemberResponseInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else w.nullableString(m.groupInstanceId ?? null)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readLeaveGroupResponseMemberResponse(r: Reader, version: number): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4
  const value: LeaveGroupResponseMemberResponse = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : r.nullableString(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfLeaveGroupResponseMemberResponse(w: Writer, list: readonly LeaveGroupResponseMemberResponseInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeLeaveGroupResponseMemberResponse(w, element, version)
}

function readArrayOfLeaveGroupResponseMemberResponse(r: Reader, version: number): LeaveGroupResponseMemberResponse[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 5 : 6, 3)
  const list: LeaveGroupResponseMemberResponse[] = []
  for (let index = 0; index < length; index++) list.push(readLeaveGroupResponseMemberResponse(r, version))
  return list
}

export function encodeLeaveGroupResponse(w: Writer, m: LeaveGroupResponseInit, version: number): void {
  if (version < 0 || version > 5) unwritable('LeaveGroupResponse', version)
  writeLeaveGroupResponse(w, m, version)
}

export function decodeLeaveGroupResponse(r: Reader, version: number): LeaveGroupResponse {
  if (version < 0 || version > 5) unreadable('LeaveGroupResponse', version, r)
  return readLeaveGroupResponse(r, version)
}

/** API key 13, versions 0-5. */
export const LeaveGroupApi: Api<LeaveGroupRequest, LeaveGroupRequestInit, LeaveGroupResponse, LeaveGroupResponseInit> = {
  key: 13,
  name: 'LeaveGroup',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  encodeRequest: encodeLeaveGroupRequest,
  decodeRequest: decodeLeaveGroupRequest,
  encodeResponse: encodeLeaveGroupResponse,
  decodeResponse: decodeLeaveGroupResponse,
}
