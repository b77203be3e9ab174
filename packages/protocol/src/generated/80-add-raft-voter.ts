// Made by generator/main.ts from definitions/80-add-raft-voter.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AddRaftVoterRequest {
  clusterId: string | null
  timeoutMs: number
  voterId: number
  voterDirectoryId: string
  listeners: AddRaftVoterRequestListener[]
  ackWhenCommitted: boolean // 1
}

export interface AddRaftVoterRequestInit {
  clusterId?: string | null | undefined
  timeoutMs: number
  voterId: number
  voterDirectoryId: string
  listeners: readonly AddRaftVoterRequestListenerInit[]
  ackWhenCommitted?: boolean | undefined
}

export interface AddRaftVoterRequestListener {
  name: string
  host: string
  port: number
}

export type AddRaftVoterRequestListenerInit = AddRaftVoterRequestListener

function writeAddRaftVoterRequest(w: Writer, m: AddRaftVoterRequestInit, version: number): void {
  w.compactNullableString(m.clusterId ?? null)
  w.int32(m.timeoutMs)
  w.int32(m.voterId)
  w.uuid(m.voterDirectoryId)
  writeArrayOfAddRaftVoterRequestListener(w, m.listeners, version)
  if (version >= 1) w.boolean(m.ackWhenCommitted ?? true)
  else { if (m.ackWhenCommitted !== undefined && m.ackWhenCommitted !== true) refuse('AddRaftVoterRequest.ackWhenCommitted', version) }
  w.uvarint(0)
}

function readAddRaftVoterRequest(r: Reader, version: number): AddRaftVoterRequest {
  const value: AddRaftVoterRequest = {
    clusterId: r.compactNullableString(),
    timeoutMs: r.int32(),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    listeners: readArrayOfAddRaftVoterRequestListener(r, version),
    ackWhenCommitted: version >= 1 ? r.boolean() : true,
  }
  r.skipTaggedFields()
  return value
}

function writeAddRaftVoterRequestListener(w: Writer, m: AddRaftVoterRequestListenerInit, _version: number): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readAddRaftVoterRequestListener(r: Reader, _version: number): AddRaftVoterRequestListener {
  const value: AddRaftVoterRequestListener = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAddRaftVoterRequestListener(w: Writer, list: readonly AddRaftVoterRequestListenerInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAddRaftVoterRequestListener(w, element, version)
}

function readArrayOfAddRaftVoterRequestListener(r: Reader, version: number): AddRaftVoterRequestListener[] {
  const length = readLength(r, true, 5, 3)
  const list: AddRaftVoterRequestListener[] = []
  for (let index = 0; index < length; index++) list.push(readAddRaftVoterRequestListener(r, version))
  return list
}

export function encodeAddRaftVoterRequest(w: Writer, m: AddRaftVoterRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('AddRaftVoterRequest', version)
  writeAddRaftVoterRequest(w, m, version)
}

export function decodeAddRaftVoterRequest(r: Reader, version: number): AddRaftVoterRequest {
  if (version < 0 || version > 1) unreadable('AddRaftVoterRequest', version, r)
  return readAddRaftVoterRequest(r, version)
}

export interface AddRaftVoterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export interface AddRaftVoterResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAddRaftVoterResponse(w: Writer, m: AddRaftVoterResponseInit, _version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAddRaftVoterResponse(r: Reader, _version: number): AddRaftVoterResponse {
  const value: AddRaftVoterResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeAddRaftVoterResponse(w: Writer, m: AddRaftVoterResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('AddRaftVoterResponse', version)
  writeAddRaftVoterResponse(w, m, version)
}

export function decodeAddRaftVoterResponse(r: Reader, version: number): AddRaftVoterResponse {
  if (version < 0 || version > 1) unreadable('AddRaftVoterResponse', version, r)
  return readAddRaftVoterResponse(r, version)
}

/** API key 80, versions 0-1. */
export const AddRaftVoterApi: Api<AddRaftVoterRequest, AddRaftVoterRequestInit, AddRaftVoterResponse, AddRaftVoterResponseInit> = {
  key: 80,
  name: 'AddRaftVoter',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAddRaftVoterRequest,
  decodeRequest: decodeAddRaftVoterRequest,
  encodeResponse: encodeAddRaftVoterResponse,
  decodeResponse: decodeAddRaftVoterResponse,
}
