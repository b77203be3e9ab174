// Made by generator/main.ts from definitions/81-remove-raft-voter.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface RemoveRaftVoterRequest {
  clusterId: string | null
  voterId: number
  voterDirectoryId: string
}

export interface RemoveRaftVoterRequestInit {
  clusterId?: string | null | undefined
  voterId: number
  voterDirectoryId: string
}

function writeRemoveRaftVoterRequest(w: Writer, m: RemoveRaftVoterRequestInit, _version: number): void {
  w.compactNullableString(m.clusterId ?? null)
  w.int32(m.voterId)
  w.uuid(m.voterDirectoryId)
  w.uvarint(0)
}

function readRemoveRaftVoterRequest(r: Reader, _version: number): RemoveRaftVoterRequest {
  const value: RemoveRaftVoterRequest = {
    clusterId: r.compactNullableString(),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveRaftVoterRequest(w: Writer, m: RemoveRaftVoterRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('RemoveRaftVoterRequest', version)
  writeRemoveRaftVoterRequest(w, m, version)
}

export function decodeRemoveRaftVoterRequest(r: Reader, version: number): RemoveRaftVoterRequest {
  if (version < 0 || version > 0) unreadable('RemoveRaftVoterRequest', version, r)
  return readRemoveRaftVoterRequest(r, version)
}

export interface RemoveRaftVoterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export interface RemoveRaftVoterResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeRemoveRaftVoterResponse(w: Writer, m: RemoveRaftVoterResponseInit, _version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readRemoveRaftVoterResponse(r: Reader, _version: number): RemoveRaftVoterResponse {
  const value: RemoveRaftVoterResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveRaftVoterResponse(w: Writer, m: RemoveRaftVoterResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('RemoveRaftVoterResponse', version)
  writeRemoveRaftVoterResponse(w, m, version)
}

export function decodeRemoveRaftVoterResponse(r: Reader, version: number): RemoveRaftVoterResponse {
  if (version < 0 || version > 0) unreadable('RemoveRaftVoterResponse', version, r)
  return readRemoveRaftVoterResponse(r, version)
}

/** API key 81, versions 0. */
export const RemoveRaftVoterApi: Api<RemoveRaftVoterRequest, RemoveRaftVoterRequestInit, RemoveRaftVoterResponse, RemoveRaftVoterResponseInit> = {
  key: 81,
  name: 'RemoveRaftVoter',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeRemoveRaftVoterRequest,
  decodeRequest: decodeRemoveRaftVoterRequest,
  encodeResponse: encodeRemoveRaftVoterResponse,
  decodeResponse: decodeRemoveRaftVoterResponse,
}
