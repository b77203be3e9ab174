// Made by generator/main.ts from definitions/50-describe-user-scram-credentials.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readNullableLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeUserScramCredentialsRequest {
  users: DescribeUserScramCredentialsRequestUserName[] | null
}

export interface DescribeUserScramCredentialsRequestInit {
  users?: readonly DescribeUserScramCredentialsRequestUserNameInit[] | null | undefined
}

export interface DescribeUserScramCredentialsRequestUserName {
  name: string
}

export type DescribeUserScramCredentialsRequestUserNameInit = DescribeUserScramCredentialsRequestUserName

function writeDescribeUserScramCredentialsRequest(w: Writer, m: DescribeUserScramCredentialsRequestInit, version: number): void {
  writeNullableArrayOfDescribeUserScramCredentialsRequestUserName(w, m.users ?? null, version)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsRequest(r: Reader, version: number): DescribeUserScramCredentialsRequest {
  const value: DescribeUserScramCredentialsRequest = {
    users: readNullableArrayOfDescribeUserScramCredentialsRequestUserName(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeUserScramCredentialsRequestUserName(w: Writer, m: DescribeUserScramCredentialsRequestUserNameInit, _version: number): void {
  w.compactString(m.name)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsRequestUserName(r: Reader, _version: number): DescribeUserScramCredentialsRequestUserName {
  const value: DescribeUserScramCredentialsRequestUserName = {
    name: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfDescribeUserScramCredentialsRequestUserName(w: Writer, list: readonly DescribeUserScramCredentialsRequestUserNameInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeDescribeUserScramCredentialsRequestUserName(w, element, version)
}

function readNullableArrayOfDescribeUserScramCredentialsRequestUserName(r: Reader, version: number): DescribeUserScramCredentialsRequestUserName[] | null {
  const length = readNullableLength(r, true, 2, 1)
  if (length < 0) return null
  const list: DescribeUserScramCredentialsRequestUserName[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeUserScramCredentialsRequestUserName(r, version))
  return list
}

export function encodeDescribeUserScramCredentialsRequest(w: Writer, m: DescribeUserScramCredentialsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeUserScramCredentialsRequest', version)
  writeDescribeUserScramCredentialsRequest(w, m, version)
}

export function decodeDescribeUserScramCredentialsRequest(r: Reader, version: number): DescribeUserScramCredentialsRequest {
  if (version < 0 || version > 0) unreadable('DescribeUserScramCredentialsRequest', version, r)
  return readDescribeUserScramCredentialsRequest(r, version)
}

export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[]
}

export interface DescribeUserScramCredentialsResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  results: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit[]
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  user: string
  errorCode: number
  errorMessage: string | null
  credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[]
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit {
  user: string
  errorCode: number
  errorMessage?: string | null | undefined
  credentialInfos: readonly DescribeUserScramCredentialsResponseCredentialInfoInit[]
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  mechanism: number
  iterations: number
}

export type DescribeUserScramCredentialsResponseCredentialInfoInit = DescribeUserScramCredentialsResponseCredentialInfo

function writeDescribeUserScramCredentialsResponse(w: Writer, m: DescribeUserScramCredentialsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w, m.results, version)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsResponse(r: Reader, version: number): DescribeUserScramCredentialsResponse {
  const value: DescribeUserScramCredentialsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    results: readArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w: Writer, m: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit, version: number): void {
  w.compactString(m.user)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeUserScramCredentialsResponseCredentialInfo(w, m.credentialInfos, version)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r: Reader, version: number): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const value: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult = {
    user: r.compactString(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    credentialInfos: readArrayOfDescribeUserScramCredentialsResponseCredentialInfo(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeUserScramCredentialsResponseCredentialInfo(w: Writer, m: DescribeUserScramCredentialsResponseCredentialInfoInit, _version: number): void {
  w.int8(m.mechanism)
  w.int32(m.iterations)
  w.uvarint(0)
}

function readDescribeUserScramCredentialsResponseCredentialInfo(r: Reader, _version: number): DescribeUserScramCredentialsResponseCredentialInfo {
  const value: DescribeUserScramCredentialsResponseCredentialInfo = {
    mechanism: r.int8(),
    iterations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w: Writer, list: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(w, element, version)
}

function readArrayOfDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r: Reader, version: number): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] {
  const length = readLength(r, true, 6, 4)
  const list: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(r, version))
  return list
}

function writeArrayOfDescribeUserScramCredentialsResponseCredentialInfo(w: Writer, list: readonly DescribeUserScramCredentialsResponseCredentialInfoInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeUserScramCredentialsResponseCredentialInfo(w, element, version)
}

function readArrayOfDescribeUserScramCredentialsResponseCredentialInfo(r: Reader, version: number): DescribeUserScramCredentialsResponseCredentialInfo[] {
  const length = readLength(r, true, 6, 2)
  const list: DescribeUserScramCredentialsResponseCredentialInfo[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeUserScramCredentialsResponseCredentialInfo(r, version))
  return list
}

export function encodeDescribeUserScramCredentialsResponse(w: Writer, m: DescribeUserScramCredentialsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('DescribeUserScramCredentialsResponse', version)
  writeDescribeUserScramCredentialsResponse(w, m, version)
}

export function decodeDescribeUserScramCredentialsResponse(r: Reader, version: number): DescribeUserScramCredentialsResponse {
  if (version < 0 || version > 0) unreadable('DescribeUserScramCredentialsResponse', version, r)
  return readDescribeUserScramCredentialsResponse(r, version)
}

/** API key 50, versions 0. */
export const DescribeUserScramCredentialsApi: Api<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsRequestInit, DescribeUserScramCredentialsResponse, DescribeUserScramCredentialsResponseInit> = {
  key: 50,
  name: 'DescribeUserScramCredentials',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeUserScramCredentialsRequest,
  decodeRequest: decodeDescribeUserScramCredentialsRequest,
  encodeResponse: encodeDescribeUserScramCredentialsResponse,
  decodeResponse: decodeDescribeUserScramCredentialsResponse,
}
