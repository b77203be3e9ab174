// Made by generator/main.ts from definitions/15-describe-groups.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readStrings, writeLength, writeStrings } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeGroupsRequest {
  groups: string[]
  includeAuthorizedOperations: boolean // 3-6
}

export interface DescribeGroupsRequestInit {
  groups: readonly string[]
  includeAuthorizedOperations?: boolean | undefined
}

function writeDescribeGroupsRequest(w: Writer, m: DescribeGroupsRequestInit, version: number): void {
  const flexible = version >= 5
  writeStrings(w, m.groups, flexible)
  if (version >= 3) w.boolean(m.includeAuthorizedOperations ?? false)
  else { if (m.includeAuthorizedOperations !== undefined && m.includeAuthorizedOperations !== false) refuse('DescribeGroupsRequest.includeAuthorizedOperations', version) }
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsRequest(r: Reader, version: number): DescribeGroupsRequest {
  const flexible = version >= 5
  const value: DescribeGroupsRequest = {
    groups: readStrings(r, flexible),
    includeAuthorizedOperations: version >= 3 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeDescribeGroupsRequest(w: Writer, m: DescribeGroupsRequestInit, version: number): void {
  if (version < 0 || version > 6) unwritable('DescribeGroupsRequest', version)
  writeDescribeGroupsRequest(w, m, version)
}

export function decodeDescribeGroupsRequest(r: Reader, version: number): DescribeGroupsRequest {
  if (version < 0 || version > 6) unreadable('DescribeGroupsRequest', version, r)
  return readDescribeGroupsRequest(r, version)
}

export interface DescribeGroupsResponse {
  throttleTimeMs: number // 1-6
  groups: DescribeGroupsResponseDescribedGroup[]
}

export interface DescribeGroupsResponseInit {
  throttleTimeMs?: number | undefined
  groups: readonly DescribeGroupsResponseDescribedGroupInit[]
}

export interface DescribeGroupsResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null // 6
  groupId: string
  groupState: string
  protocolType: string
  protocolData: string
  members: DescribeGroupsResponseDescribedGroupMember[]
  authorizedOperations: number // 3-6
}

export interface DescribeGroupsResponseDescribedGroupInit {
  errorCode: number
  errorMessage?: string | null | undefined
  groupId: string
  groupState: string
  protocolType: string
  protocolData: string
  members: readonly DescribeGroupsResponseDescribedGroupMemberInit[]
  authorizedOperations?: number | undefined
}

export interface DescribeGroupsResponseDescribedGroupMember {
  memberId: string
  groupInstanceId: string | null // 4-6
  clientId: string
  clientHost: string
  memberMetadata: Buffer
  memberAssignment: Buffer
}

export interface DescribeGroupsResponseDescribedGroupMemberInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  clientId: string
  clientHost: string
  memberMetadata: Uint8Array
  memberAssignment: Uint8Array
}

function writeDescribeGroupsResponse(w: Writer, m: DescribeGroupsResponseInit, version: number): void {
  const flexible = version >= 5
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDescribeGroupsResponseDescribedGroup(w, m.groups, version)
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsResponse(r: Reader, version: number): DescribeGroupsResponse {
  const flexible = version >= 5
  const value: DescribeGroupsResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    groups: readArrayOfDescribeGroupsResponseDescribedGroup(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeGroupsResponseDescribedGroup(w: Writer, m: DescribeGroupsResponseDescribedGroupInit, version: number): void {
  const flexible = version >= 5
  w.int16(m.errorCode)
  if (version >= 6) w.compactNullableString(m.errorMessage ?? null)
  else { if (m.errorMessage !== undefined && m.errorMessage !== null) refuse('DescribeGroupsResponseDescribedGroup.errorMessage', version) }
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (flexible) w.compactString(m.groupState)
  else w.string(m.groupState)
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  if (flexible) w.compactString(m.protocolData)
  else w.string(m.protocolData)
  writeArrayOfDescribeGroupsResponseDescribedGroupMember(w, m.members, version)
  if (version >= 3) w.int32(m.authorizedOperations ?? -2147483648)
  else { if (m.authorizedOperations !== undefined && m.authorizedOperations !== -2147483648) refuse('DescribeGroupsResponseDescribedGroup.authorizedOperations', version) }
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsResponseDescribedGroup(r: Reader, version: number): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5
  const value: DescribeGroupsResponseDescribedGroup = {
    errorCode: r.int16(),
    errorMessage: version >= 6 ? r.compactNullableString() : null,
    groupId: flexible ? r.compactString() : r.string(),
    groupState: flexible ? r.compactString() : r.string(),
    protocolType: flexible ? r.compactString() : r.string(),
    protocolData: flexible ? r.compactString() : r.string(),
    members: readArrayOfDescribeGroupsResponseDescribedGroupMember(r, version),
    authorizedOperations: version >= 3 ? r.int32() : -2147483648,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeGroupsResponseDescribedGroupMember(w: Writer, m: DescribeGroupsResponseDescribedGroupMemberInit, version: number): void {
  const flexible = version >= 5
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 4) w.nullableString(m.groupInstanceId ?? null)
  if (flexible) w.compactString(m.clientId)
  else w.string(m.clientId)
  if (flexible) w.compactString(m.clientHost)
  else w.string(m.clientHost)
  if (flexible) w.compactBytes(m.memberMetadata)
  else w.bytes(m.memberMetadata)
  if (flexible) w.compactBytes(m.memberAssignment)
  else w.bytes(m.memberAssignment)
  if (flexible) w.uvarint(0)
}

function readDescribeGroupsResponseDescribedGroupMember(r: Reader, version: number): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5
  const value: DescribeGroupsResponseDescribedGroupMember = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 4 ? r.nullableString() : null,
    clientId: flexible ? r.compactString() : r.string(),
    clientHost: flexible ? r.compactString() : r.string(),
    memberMetadata: flexible ? r.compactBytes() : r.bytes(),
    memberAssignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeGroupsResponseDescribedGroup(w: Writer, list: readonly DescribeGroupsResponseDescribedGroupInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeGroupsResponseDescribedGroup(w, element, version)
}

function readArrayOfDescribeGroupsResponseDescribedGroup(r: Reader, version: number): DescribeGroupsResponseDescribedGroup[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 12 : 14, 8)
  const list: DescribeGroupsResponseDescribedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeGroupsResponseDescribedGroup(r, version))
  return list
}

function writeArrayOfDescribeGroupsResponseDescribedGroupMember(w: Writer, list: readonly DescribeGroupsResponseDescribedGroupMemberInit[], version: number): void {
  const flexible = version >= 5
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeGroupsResponseDescribedGroupMember(w, element, version)
}

function readArrayOfDescribeGroupsResponseDescribedGroupMember(r: Reader, version: number): DescribeGroupsResponseDescribedGroupMember[] {
  const flexible = version >= 5
  const length = readLength(r, flexible, flexible ? 7 : 14, 6)
  const list: DescribeGroupsResponseDescribedGroupMember[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeGroupsResponseDescribedGroupMember(r, version))
  return list
}

export function encodeDescribeGroupsResponse(w: Writer, m: DescribeGroupsResponseInit, version: number): void {
  if (version < 0 || version > 6) unwritable('DescribeGroupsResponse', version)
  writeDescribeGroupsResponse(w, m, version)
}

export function decodeDescribeGroupsResponse(r: Reader, version: number): DescribeGroupsResponse {
  if (version < 0 || version > 6) unreadable('DescribeGroupsResponse', version, r)
  return readDescribeGroupsResponse(r, version)
}

/** API key 15, versions 0-6. */
export const DescribeGroupsApi: Api<DescribeGroupsRequest, DescribeGroupsRequestInit, DescribeGroupsResponse, DescribeGroupsResponseInit> = {
  key: 15,
  name: 'DescribeGroups',
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeGroupsRequest,
  decodeRequest: decodeDescribeGroupsRequest,
  encodeResponse: encodeDescribeGroupsResponse,
  decodeResponse: decodeDescribeGroupsResponse,
}
