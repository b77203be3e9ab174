// Made by generator/main.ts from definitions/41-describe-delegation-token.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readNullableLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null
}

export interface DescribeDelegationTokenRequestInit {
  owners?: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit[] | null | undefined
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  principalType: string
  principalName: string
}

export type DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit = DescribeDelegationTokenRequestDescribeDelegationTokenOwner

function writeDescribeDelegationTokenRequest(w: Writer, m: DescribeDelegationTokenRequestInit, version: number): void {
  const flexible = version >= 2
  writeNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w, m.owners ?? null, version)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenRequest(r: Reader, version: number): DescribeDelegationTokenRequest {
  const flexible = version >= 2
  const value: DescribeDelegationTokenRequest = {
    owners: readNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w: Writer, m: DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r: Reader, version: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  const flexible = version >= 2
  const value: DescribeDelegationTokenRequestDescribeDelegationTokenOwner = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w: Writer, list: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInit[] | null, version: number): void {
  const flexible = version >= 2
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(w, element, version)
}

function readNullableArrayOfDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r: Reader, version: number): DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null {
  const flexible = version >= 2
  const length = readNullableLength(r, flexible, flexible ? 3 : 4, 2)
  if (length < 0) return null
  const list: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(r, version))
  return list
}

export function encodeDescribeDelegationTokenRequest(w: Writer, m: DescribeDelegationTokenRequestInit, version: number): void {
  if (version < 1 || version > 3) unwritable('DescribeDelegationTokenRequest', version)
  writeDescribeDelegationTokenRequest(w, m, version)
}

export function decodeDescribeDelegationTokenRequest(r: Reader, version: number): DescribeDelegationTokenRequest {
  if (version < 1 || version > 3) unreadable('DescribeDelegationTokenRequest', version, r)
  return readDescribeDelegationTokenRequest(r, version)
}

export interface DescribeDelegationTokenResponse {
  errorCode: number
  tokens: DescribeDelegationTokenResponseDescribedDelegationToken[]
  throttleTimeMs: number
}

export interface DescribeDelegationTokenResponseInit {
  errorCode: number
  tokens: readonly DescribeDelegationTokenResponseDescribedDelegationTokenInit[]
  throttleTimeMs: number
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  principalType: string
  principalName: string
  tokenRequesterPrincipalType: string // 3
  tokenRequesterPrincipalName: string // 3
  issueTimestamp: number
  expiryTimestamp: number
  maxTimestamp: number
  tokenId: string
  hmac: Buffer
  renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenInit {
  principalType: string
  principalName: string
  tokenRequesterPrincipalType?: string | undefined
  tokenRequesterPrincipalName?: string | undefined
  issueTimestamp: number
  expiryTimestamp: number
  maxTimestamp: number
  tokenId: string
  hmac: Uint8Array
  renewers: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  principalType: string
  principalName: string
}

export type DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit = DescribeDelegationTokenResponseDescribedDelegationTokenRenewer

function writeDescribeDelegationTokenResponse(w: Writer, m: DescribeDelegationTokenResponseInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.errorCode)
  writeArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(w, m.tokens, version)
  w.int32(m.throttleTimeMs)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenResponse(r: Reader, version: number): DescribeDelegationTokenResponse {
  const flexible = version >= 2
  const value: DescribeDelegationTokenResponse = {
    errorCode: r.int16(),
    tokens: readArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(r, version),
    throttleTimeMs: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeDelegationTokenResponseDescribedDelegationToken(w: Writer, m: DescribeDelegationTokenResponseDescribedDelegationTokenInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalType ?? '')
  else { if (m.tokenRequesterPrincipalType !== undefined && m.tokenRequesterPrincipalType !== '') refuse('DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalType', version) }
  if (version >= 3) w.compactString(m.tokenRequesterPrincipalName ?? '')
  else { if (m.tokenRequesterPrincipalName !== undefined && m.tokenRequesterPrincipalName !== '') refuse('DescribeDelegationTokenResponseDescribedDelegationToken.tokenRequesterPrincipalName', version) }
  w.int64(m.issueTimestamp)
  w.int64(m.expiryTimestamp)
  w.int64(m.maxTimestamp)
  if (flexible) w.compactString(m.tokenId)
  else w.string(m.tokenId)
  if (flexible) w.compactBytes(m.hmac)
  else w.bytes(m.hmac)
  writeArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w, m.renewers, version)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenResponseDescribedDelegationToken(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2
  const value: DescribeDelegationTokenResponseDescribedDelegationToken = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
    tokenRequesterPrincipalType: version >= 3 ? r.compactString() : '',
    tokenRequesterPrincipalName: version >= 3 ? r.compactString() : '',
    issueTimestamp: r.int64(),
    expiryTimestamp: r.int64(),
    maxTimestamp: r.int64(),
    tokenId: flexible ? r.compactString() : r.string(),
    hmac: flexible ? r.compactBytes() : r.bytes(),
    renewers: readArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w: Writer, m: DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.principalType)
  else w.string(m.principalType)
  if (flexible) w.compactString(m.principalName)
  else w.string(m.principalName)
  if (flexible) w.uvarint(0)
}

function readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2
  const value: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer = {
    principalType: flexible ? r.compactString() : r.string(),
    principalName: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(w: Writer, list: readonly DescribeDelegationTokenResponseDescribedDelegationTokenInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeDelegationTokenResponseDescribedDelegationToken(w, element, version)
}

function readArrayOfDescribeDelegationTokenResponseDescribedDelegationToken(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 30 : 38, 10)
  const list: DescribeDelegationTokenResponseDescribedDelegationToken[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeDelegationTokenResponseDescribedDelegationToken(r, version))
  return list
}

function writeArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w: Writer, list: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(w, element, version)
}

function readArrayOfDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(r, version))
  return list
}

export function encodeDescribeDelegationTokenResponse(w: Writer, m: DescribeDelegationTokenResponseInit, version: number): void {
  if (version < 1 || version > 3) unwritable('DescribeDelegationTokenResponse', version)
  writeDescribeDelegationTokenResponse(w, m, version)
}

export function decodeDescribeDelegationTokenResponse(r: Reader, version: number): DescribeDelegationTokenResponse {
  if (version < 1 || version > 3) unreadable('DescribeDelegationTokenResponse', version, r)
  return readDescribeDelegationTokenResponse(r, version)
}

/** API key 41, versions 1-3. */
export const DescribeDelegationTokenApi: Api<DescribeDelegationTokenRequest, DescribeDelegationTokenRequestInit, DescribeDelegationTokenResponse, DescribeDelegationTokenResponseInit> = {
  key: 41,
  name: 'DescribeDelegationToken',
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeDelegationTokenRequest,
  decodeRequest: decodeDescribeDelegationTokenRequest,
  encodeResponse: encodeDescribeDelegationTokenResponse,
  decodeResponse: decodeDescribeDelegationTokenResponse,
}
