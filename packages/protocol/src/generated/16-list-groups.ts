// Made by generator/main.ts from definitions/16-list-groups.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readStrings, writeLength, writeStrings } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface ListGroupsRequest {
  statesFilter: string[] // 4-5
  typesFilter: string[] // 5
}

export interface ListGroupsRequestInit {
  statesFilter?: readonly string[] | undefined
  typesFilter?: readonly string[] | undefined
}

function writeListGroupsRequest(w: Writer, m: ListGroupsRequestInit, version: number): void {
  const flexible = version >= 3
  if (version >= 4) writeStrings(w, m.statesFilter ?? nothing, flexible)
  else { if (m.statesFilter !== undefined && m.statesFilter.length > 0) refuse('ListGroupsRequest.statesFilter', version) }
  if (version >= 5) writeStrings(w, m.typesFilter ?? nothing, flexible)
  else { if (m.typesFilter !== undefined && m.typesFilter.length > 0) refuse('ListGroupsRequest.typesFilter', version) }
  if (flexible) w.uvarint(0)
}

function readListGroupsRequest(r: Reader, version: number): ListGroupsRequest {
  const flexible = version >= 3
  const value: ListGroupsRequest = {
    statesFilter: version >= 4 ? readStrings(r, flexible) : [],
    typesFilter: version >= 5 ? readStrings(r, flexible) : [],
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeListGroupsRequest(w: Writer, m: ListGroupsRequestInit, version: number): void {
  if (version < 0 || version > 5) unwritable('ListGroupsRequest', version)
  writeListGroupsRequest(w, m, version)
}

export function decodeListGroupsRequest(r: Reader, version: number): ListGroupsRequest {
  if (version < 0 || version > 5) unreadable('ListGroupsRequest', version, r)
  return readListGroupsRequest(r, version)
}

export interface ListGroupsResponse {
  throttleTimeMs: number // 1-5
  errorCode: number
  groups: ListGroupsResponseListedGroup[]
}

export interface ListGroupsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  groups: readonly ListGroupsResponseListedGroupInit[]
}

export interface ListGroupsResponseListedGroup {
  groupId: string
  protocolType: string
  groupState: string // 4-5
  groupType: string // 5
}

export interface ListGroupsResponseListedGroupInit {
  groupId: string
  protocolType: string
  groupState?: string | undefined
  groupType?: string | undefined
}

function writeListGroupsResponse(w: Writer, m: ListGroupsResponseInit, version: number): void {
  const flexible = version >= 3
  if (version >= 1) w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  writeArrayOfListGroupsResponseListedGroup(w, m.groups, version)
  if (flexible) w.uvarint(0)
}

function readListGroupsResponse(r: Reader, version: number): ListGroupsResponse {
  const flexible = version >= 3
  const value: ListGroupsResponse = {
    throttleTimeMs: version >= 1 ? r.int32() : 0,
    errorCode: r.int16(),
    groups: readArrayOfListGroupsResponseListedGroup(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeListGroupsResponseListedGroup(w: Writer, m: ListGroupsResponseListedGroupInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  if (version >= 4) w.compactString(m.groupState ?? '')
  if (version >= 5) w.compactString(m.groupType ?? '')
  if (flexible) w.uvarint(0)
}

function readListGroupsResponseListedGroup(r: Reader, version: number): ListGroupsResponseListedGroup {
  const flexible = version >= 3
  const value: ListGroupsResponseListedGroup = {
    groupId: flexible ? r.compactString() : r.string(),
    protocolType: flexible ? r.compactString() : r.string(),
    groupState: version >= 4 ? r.compactString() : '',
    groupType: version >= 5 ? r.compactString() : '',
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfListGroupsResponseListedGroup(w: Writer, list: readonly ListGroupsResponseListedGroupInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeListGroupsResponseListedGroup(w, element, version)
}

function readArrayOfListGroupsResponseListedGroup(r: Reader, version: number): ListGroupsResponseListedGroup[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 4, 4)
  const list: ListGroupsResponseListedGroup[] = []
  for (let index = 0; index < length; index++) list.push(readListGroupsResponseListedGroup(r, version))
  return list
}

export function encodeListGroupsResponse(w: Writer, m: ListGroupsResponseInit, version: number): void {
  if (version < 0 || version > 5) unwritable('ListGroupsResponse', version)
  writeListGroupsResponse(w, m, version)
}

export function decodeListGroupsResponse(r: Reader, version: number): ListGroupsResponse {
  if (version < 0 || version > 5) unreadable('ListGroupsResponse', version, r)
  return readListGroupsResponse(r, version)
}

/** API key 16, versions 0-5. */
export const ListGroupsApi: Api<ListGroupsRequest, ListGroupsRequestInit, ListGroupsResponse, ListGroupsResponseInit> = {
  key: 16,
  name: 'ListGroups',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeListGroupsRequest,
  decodeRequest: decodeListGroupsRequest,
  encodeResponse: encodeListGroupsResponse,
  decodeResponse: decodeListGroupsResponse,
}
