// Made by generator/main.ts from definitions/38-create-delegation-token.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface CreateDelegationTokenRequest {
  ownerPrincipalType: string | null // 3
  ownerPrincipalName: string | null // 3
  renewers: CreateDelegationTokenRequestCreatableRenewers[]
  maxLifetimeMs: number
}

export interface CreateDelegationTokenRequestInit {
  ownerPrincipalType?: string | null | undefined
  ownerPrincipalName?: string | null | undefined
  renewers: readonly CreateDelegationTokenRequestCreatableRenewersInit[]
  maxLifetimeMs: number
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  principalType: string
  principalName: string
}

export type CreateDelegationTokenRequestCreatableRenewersInit = CreateDelegationTokenRequestCreatableRenewers

function writeCreateDelegationTokenRequest(w: Writer, m: CreateDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  if (version >= 3) w.compactNullableString(m.ownerPrincipalType ?? null)
  else { if (m.ownerPrincipalType !== undefined && m.ownerPrincipalType !== null) refuse('CreateDelegationTokenRequest.ownerPrincipalType', version) }
  if (version >= 3) w.compactNullableString(m.ownerPrincipalName ?? null)
  else { if (m.ownerPrincipalName !== undefined && m.ownerPrincipalName !== null) refuse('CreateDelegationTokenRequest.ownerPrincipalName', version) }
  writeArrayOfCreateDelegationTokenRequestCreatableRenewers(w, m.renewers, version)
  w.int64(m.maxLifetimeMs)
  if (flexible) w.uvarint(0)
}

function readCreateDelegationTokenRequest(r: Reader, version: number): CreateDelegationTokenRequest {
  const flexible = version >= 2
  const value: CreateDelegationTokenRequest = {
    ownerPrincipalType: version >= 3 ? r.compactNullableString() : null,
    ownerPrincipalName: version >= 3 ? r.compactNullableString() : null,
    renewers: readArrayOfCreateDelegationTokenRequestCreatableRenewers(r, version),
    maxLifetimeMs: r.int64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeCreateDelegationTokenRequestCreatableRenewers(w: Writer, m: CreateDelegationTokenRequestCreatableRenewersInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (flexible) w.uvarint(0)
}

function readCreateDelegationTokenRequestCreatableRenewers(r: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2
  const value: CreateDelegationTokenRequestCreatableRenewers = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfCreateDelegationTokenRequestCreatableRenewers(w: Writer, list: readonly CreateDelegationTokenRequestCreatableRenewersInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeCreateDelegationTokenRequestCreatableRenewers(w, element, version)
}

function readArrayOfCreateDelegationTokenRequestCreatableRenewers(r: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: CreateDelegationTokenRequestCreatableRenewers[] = []
  for (let index = 0; index < length; index++) list.push(readCreateDelegationTokenRequestCreatableRenewers(r, version))
  return list
}

export function encodeCreateDelegationTokenRequest(w: Writer, m: CreateDelegationTokenRequestInit, version: number): void {
  if (version < 1 || version > 3) unwritable('CreateDelegationTokenRequest', version)
  writeCreateDelegationTokenRequest(w, m, version)
}

export function decodeCreateDelegationTokenRequest(r: Reader, version: number): CreateDelegationTokenRequest {
  if (version < 1 || version > 3) unreadable('CreateDelegationTokenRequest', version, r)
  return readCreateDelegationTokenRequest(r, version)
}

export interface CreateDelegationTokenResponse {
  errorCode: number
  principalType: string
  principalName: string
  tokenRequesterPrincipalType: string // 3
  tokenRequesterPrincipalName: string // 3
  issueTimestampMs: number
  expiryTimestampMs: number
  maxTimestampMs: number
  tokenId: string
  hmac: Buffer
  throttleTimeMs: number
}

export interface CreateDelegationTokenResponseInit {
  errorCode: number
  principalType: string
  principalName: string
  tokenRequesterPrincipalType?: string | undefined
  tokenRequesterPrincipalName?: string | undefined
  issueTimestampMs: number
  expiryTimestampMs: number
  maxTimestampMs: number
  tokenId: string
  hmac: Uint8Array
  throttleTimeMs: number
}

function writeCreateDelegationTokenResponse(w: Writer, m: CreateDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalType ?? '')
  else { if (m.tokenRequesterPrincipalType !== undefined && m.tokenRequesterPrincipalType !== '') refuse('CreateDelegationTokenResponse.tokenRequesterPrincipalType', version) }
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalName ?? '')
  else { if (m.tokenRequesterPrincipalName !== undefined && m.tokenRequesterPrincipalName !== '') refuse('CreateDelegationTokenResponse.tokenRequesterPrincipalName', version) }
  w.int64(m.issueTimestampMs)
  w.int64(m.expiryTimestampMs)
  w.int64(m.maxTimestampMs)
  if (flexible) w.compactString(m.tokenId)
  else w.string(m.tokenId)
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  w.int32(m.throttleTimeMs)
  if (flexible) w.uvarint(0)
}

function readCreateDelegationTokenResponse(r: Reader, version: number): CreateDelegationTokenResponse {
  const flexible = version >= 2
  const value: CreateDelegationTokenResponse = {
    errorCode: r.int16(),
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
    tokenRequesterPrincipalType: version >= 3 ? r.compactString() : '',
    tokenRequesterPrincipalName: version >= 3 ? r.compactString() : '',
    issueTimestampMs: r.int64(),
    expiryTimestampMs: r.int64(),
    maxTimestampMs: r.int64(),
    tokenId: flexible ? r.compactString() : r.string(),
    hmac: flexible ? r.compactBytes() : r.bytes(),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeCreateDelegationTokenResponse(w: Writer, m: CreateDelegationTokenResponseInit, version: number): void {
  if (version < 1 || version > 3) unwritable('CreateDelegationTokenResponse', version)
  writeCreateDelegationTokenResponse(w, m, version)
}

export function decodeCreateDelegationTokenResponse(r: Reader, version: number): CreateDelegationTokenResponse {
  if (version < 1 || version > 3) unreadable('CreateDelegationTokenResponse', version, r)
  return readCreateDelegationTokenResponse(r, version)
}

/** API key 38, versions 1-3. */
export const CreateDelegationTokenApi: Api<CreateDelegationTokenRequest, CreateDelegationTokenRequestInit, CreateDelegationTokenResponse, CreateDelegationTokenResponseInit> = {
  key: 38,
  name: 'CreateDelegationToken',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeCreateDelegationTokenRequest,
  decodeRequest: decodeCreateDelegationTokenRequest,
  encodeResponse: encodeCreateDelegationTokenResponse,
  decodeResponse: decodeCreateDelegationTokenResponse,
}
