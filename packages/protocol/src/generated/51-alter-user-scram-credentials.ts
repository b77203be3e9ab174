// Made by generator/main.ts from definitions/51-alter-user-scram-credentials.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AlterUserScramCredentialsRequest {
  deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[]
  upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[]
}

export interface AlterUserScramCredentialsRequestInit {
  deletions: readonly AlterUserScramCredentialsRequestScramCredentialDeletionInit[]
  upsertions: readonly AlterUserScramCredentialsRequestScramCredentialUpsertionInit[]
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  name: string
  mechanism: number
}

export type AlterUserScramCredentialsRequestScramCredentialDeletionInit = AlterUserScramCredentialsRequestScramCredentialDeletion

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  name: string
  mechanism: number
  iterations: number
  salt: Buffer
  saltedPassword: Buffer
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertionInit {
  name: string
  mechanism: number
  iterations: number
  salt: Uint8Array
  saltedPassword: Uint8Array
}

function writeAlterUserScramCredentialsRequest(w: Writer, m: AlterUserScramCredentialsRequestInit, version: number): void {
  writeArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(w, m.deletions, version)
  writeArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(w, m.upsertions, version)
  w.uvarint(0)
}

function readAlterUserScramCredentialsRequest(r: Reader, version: number): AlterUserScramCredentialsRequest {
  const value: AlterUserScramCredentialsRequest = {
    deletions: readArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(r, version),
    upsertions: readArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterUserScramCredentialsRequestScramCredentialDeletion(w: Writer, m: AlterUserScramCredentialsRequestScramCredentialDeletionInit, _version: number): void {
  w.compactString(m.name)
  w.int8(m.mechanism)
  w.uvarint(0)
}

function readAlterUserScramCredentialsRequestScramCredentialDeletion(r: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const value: AlterUserScramCredentialsRequestScramCredentialDeletion = {
    name: r.compactString(),
    mechanism: r.int8(),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterUserScramCredentialsRequestScramCredentialUpsertion(w: Writer, m: AlterUserScramCredentialsRequestScramCredentialUpsertionInit, _version: number): void {
  w.compactString(m.name)
  w.int8(m.mechanism)
  w.int32(m.iterations)
  w.compactBytes(m.salt)
  w.compactBytes(m.saltedPassword)
  w.uvarint(0)
}

function readAlterUserScramCredentialsRequestScramCredentialUpsertion(r: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const value: AlterUserScramCredentialsRequestScramCredentialUpsertion = {
    name: r.compactString(),
    mechanism: r.int8(),
    iterations: r.int32(),
    salt: r.compactBytes(),
    saltedPassword: r.compactBytes(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(w: Writer, list: readonly AlterUserScramCredentialsRequestScramCredentialDeletionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterUserScramCredentialsRequestScramCredentialDeletion(w, element, version)
}

function readArrayOfAlterUserScramCredentialsRequestScramCredentialDeletion(r: Reader, version: number): AlterUserScramCredentialsRequestScramCredentialDeletion[] {
  const length = readLength(r, true, 3, 2)
  const list: AlterUserScramCredentialsRequestScramCredentialDeletion[] = []
  for (let index = 0; index < length; index++) list.push(readAlterUserScramCredentialsRequestScramCredentialDeletion(r, version))
  return list
}

function writeArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(w: Writer, list: readonly AlterUserScramCredentialsRequestScramCredentialUpsertionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterUserScramCredentialsRequestScramCredentialUpsertion(w, element, version)
}

function readArrayOfAlterUserScramCredentialsRequestScramCredentialUpsertion(r: Reader, version: number): AlterUserScramCredentialsRequestScramCredentialUpsertion[] {
  const length = readLength(r, true, 9, 5)
  const list: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = []
  for (let index = 0; index < length; index++) list.push(readAlterUserScramCredentialsRequestScramCredentialUpsertion(r, version))
  return list
}

export function encodeAlterUserScramCredentialsRequest(w: Writer, m: AlterUserScramCredentialsRequestInit, version: number): void {
  if (version < 0 || version > 0) unwritable('AlterUserScramCredentialsRequest', version)
  writeAlterUserScramCredentialsRequest(w, m, version)
}

export function decodeAlterUserScramCredentialsRequest(r: Reader, version: number): AlterUserScramCredentialsRequest {
  if (version < 0 || version > 0) unreadable('AlterUserScramCredentialsRequest', version, r)
  return readAlterUserScramCredentialsRequest(r, version)
}

export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number
  results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[]
}

export interface AlterUserScramCredentialsResponseInit {
  throttleTimeMs: number
  results: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit[]
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  user: string
  errorCode: number
  errorMessage: string | null
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit {
  user: string
  errorCode: number
  errorMessage?: string | null | undefined
}

function writeAlterUserScramCredentialsResponse(w: Writer, m: AlterUserScramCredentialsResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  writeArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w, m.results, version)
  w.uvarint(0)
}

function readAlterUserScramCredentialsResponse(r: Reader, version: number): AlterUserScramCredentialsResponse {
  const value: AlterUserScramCredentialsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w: Writer, m: AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit, _version: number): void {
  w.compactString(m.user)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  w.uvarint(0)
}

function readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r: Reader, _version: number): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const value: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult = {
    user: r.compactString(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w: Writer, list: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(w, element, version)
}

function readArrayOfAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r: Reader, version: number): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] {
  const length = readLength(r, true, 5, 3)
  const list: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = []
  for (let index = 0; index < length; index++) list.push(readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(r, version))
  return list
}

export function encodeAlterUserScramCredentialsResponse(w: Writer, m: AlterUserScramCredentialsResponseInit, version: number): void {
  if (version < 0 || version > 0) unwritable('AlterUserScramCredentialsResponse', version)
  writeAlterUserScramCredentialsResponse(w, m, version)
}

export function decodeAlterUserScramCredentialsResponse(r: Reader, version: number): AlterUserScramCredentialsResponse {
  if (version < 0 || version > 0) unreadable('AlterUserScramCredentialsResponse', version, r)
  return readAlterUserScramCredentialsResponse(r, version)
}

/** API key 51, versions 0. */
export const AlterUserScramCredentialsApi: Api<AlterUserScramCredentialsRequest, AlterUserScramCredentialsRequestInit, AlterUserScramCredentialsResponse, AlterUserScramCredentialsResponseInit> = {
  key: 51,
  name: 'AlterUserScramCredentials',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterUserScramCredentialsRequest,
  decodeRequest: decodeAlterUserScramCredentialsRequest,
  encodeResponse: encodeAlterUserScramCredentialsResponse,
  decodeResponse: decodeAlterUserScramCredentialsResponse,
}
