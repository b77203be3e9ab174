// Made by generator/main.ts from definitions/49-alter-client-quotas.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[]
  validateOnly: boolean
}

export interface AlterClientQuotasRequestInit {
  entries: readonly AlterClientQuotasRequestEntryDataInit[]
  validateOnly: boolean
}

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[]
  ops: AlterClientQuotasRequestOpData[]
}

export interface AlterClientQuotasRequestEntryDataInit {
  entity: readonly AlterClientQuotasRequestEntityDataInit[]
  ops: readonly AlterClientQuotasRequestOpDataInit[]
}

export interface AlterClientQuotasRequestEntityData {
  entityType: string
  entityName: string | null
}

export interface AlterClientQuotasRequestEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

export interface AlterClientQuotasRequestOpData {
  key: string
  value: number
  remove: boolean
}

export type AlterClientQuotasRequestOpDataInit = AlterClientQuotasRequestOpData

function writeAlterClientQuotasRequest(w: Writer, m: AlterClientQuotasRequestInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfAlterClientQuotasRequestEntryData(w, m.entries, version)
  w.boolean(m.validateOnly)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequest(r: Reader, version: number): AlterClientQuotasRequest {
  const flexible = version >= 1
  const value: AlterClientQuotasRequest = {
    entries: readArrayOfAlterClientQuotasRequestEntryData(r, version),
    validateOnly: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasRequestEntryData(w: Writer, m: AlterClientQuotasRequestEntryDataInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfAlterClientQuotasRequestEntityData(w, m.entity, version)
  writeArrayOfAlterClientQuotasRequestOpData(w, m.ops, version)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequestEntryData(r: Reader, version: number): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1
  const value: AlterClientQuotasRequestEntryData = {
    entity: readArrayOfAlterClientQuotasRequestEntityData(r, version),
    ops: readArrayOfAlterClientQuotasRequestOpData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasRequestEntityData(w: Writer, m: AlterClientQuotasRequestEntityDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  if (flexible) w.compactNullableString(m.entityName ?? null)
  else w.nullableString(m.entityName ?? null)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequestEntityData(r: Reader, version: number): AlterClientQuotasRequestEntityData {
  const flexible = version >= 1
  const value: AlterClientQuotasRequestEntityData = {
    entityType: flexible ? r.compactString() : r.string(),
    entityName: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasRequestOpData(w: Writer, m: AlterClientQuotasRequestOpDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.key)
  else w.string(m.key)
  w.float64(m.value)
  w.boolean(m.remove)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasRequestOpData(r: Reader, version: number): AlterClientQuotasRequestOpData {
  const flexible = version >= 1
  const value: AlterClientQuotasRequestOpData = {
    key: flexible ? r.compactString() : r.string(),
    value: r.float64(),
    remove: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterClientQuotasRequestEntryData(w: Writer, list: readonly AlterClientQuotasRequestEntryDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasRequestEntryData(w, element, version)
}

function readArrayOfAlterClientQuotasRequestEntryData(r: Reader, version: number): AlterClientQuotasRequestEntryData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 8, 2)
  const list: AlterClientQuotasRequestEntryData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasRequestEntryData(r, version))
  return list
}

function writeArrayOfAlterClientQuotasRequestEntityData(w: Writer, list: readonly AlterClientQuotasRequestEntityDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasRequestEntityData(w, element, version)
}

function readArrayOfAlterClientQuotasRequestEntityData(r: Reader, version: number): AlterClientQuotasRequestEntityData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: AlterClientQuotasRequestEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasRequestEntityData(r, version))
  return list
}

function writeArrayOfAlterClientQuotasRequestOpData(w: Writer, list: readonly AlterClientQuotasRequestOpDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasRequestOpData(w, element, version)
}

function readArrayOfAlterClientQuotasRequestOpData(r: Reader, version: number): AlterClientQuotasRequestOpData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 11 : 11, 3)
  const list: AlterClientQuotasRequestOpData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasRequestOpData(r, version))
  return list
}

export function encodeAlterClientQuotasRequest(w: Writer, m: AlterClientQuotasRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('AlterClientQuotasRequest', version)
  writeAlterClientQuotasRequest(w, m, version)
}

export function decodeAlterClientQuotasRequest(r: Reader, version: number): AlterClientQuotasRequest {
  if (version < 0 || version > 1) unreadable('AlterClientQuotasRequest', version, r)
  return readAlterClientQuotasRequest(r, version)
}

export interface AlterClientQuotasResponse {
  throttleTimeMs: number
  entries: AlterClientQuotasResponseEntryData[]
}

export interface AlterClientQuotasResponseInit {
  throttleTimeMs: number
  entries: readonly AlterClientQuotasResponseEntryDataInit[]
}

export interface AlterClientQuotasResponseEntryData {
  errorCode: number
  errorMessage: string | null
  entity: AlterClientQuotasResponseEntityData[]
}

export interface AlterClientQuotasResponseEntryDataInit {
  errorCode: number
  errorMessage?: string | null | undefined
  entity: readonly AlterClientQuotasResponseEntityDataInit[]
}

export interface AlterClientQuotasResponseEntityData {
  entityType: string
  entityName: string | null
}

export interface AlterClientQuotasResponseEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

function writeAlterClientQuotasResponse(w: Writer, m: AlterClientQuotasResponseInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.throttleTimeMs)
  writeArrayOfAlterClientQuotasResponseEntryData(w, m.entries, version)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasResponse(r: Reader, version: number): AlterClientQuotasResponse {
  const flexible = version >= 1
  const value: AlterClientQuotasResponse = {
    throttleTimeMs: r.int32(),
    entries: readArrayOfAlterClientQuotasResponseEntryData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasResponseEntryData(w: Writer, m: AlterClientQuotasResponseEntryDataInit, version: number): void {
  const flexible = version >= 1
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  writeArrayOfAlterClientQuotasResponseEntityData(w, m.entity, version)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasResponseEntryData(r: Reader, version: number): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1
  const value: AlterClientQuotasResponseEntryData = {
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    entity: readArrayOfAlterClientQuotasResponseEntityData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterClientQuotasResponseEntityData(w: Writer, m: AlterClientQuotasResponseEntityDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  if (flexible) w.compactNullableString(m.entityName ?? null)
  else w.nullableString(m.entityName ?? null)
  if (flexible) w.uvarint(0)
}

function readAlterClientQuotasResponseEntityData(r: Reader, version: number): AlterClientQuotasResponseEntityData {
  const flexible = version >= 1
  const value: AlterClientQuotasResponseEntityData = {
    entityType: flexible ? r.compactString() : r.string(),
    entityName: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterClientQuotasResponseEntryData(w: Writer, list: readonly AlterClientQuotasResponseEntryDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasResponseEntryData(w, element, version)
}

function readArrayOfAlterClientQuotasResponseEntryData(r: Reader, version: number): AlterClientQuotasResponseEntryData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 5 : 8, 3)
  const list: AlterClientQuotasResponseEntryData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasResponseEntryData(r, version))
  return list
}

function writeArrayOfAlterClientQuotasResponseEntityData(w: Writer, list: readonly AlterClientQuotasResponseEntityDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterClientQuotasResponseEntityData(w, element, version)
}

function readArrayOfAlterClientQuotasResponseEntityData(r: Reader, version: number): AlterClientQuotasResponseEntityData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: AlterClientQuotasResponseEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readAlterClientQuotasResponseEntityData(r, version))
  return list
}

export function encodeAlterClientQuotasResponse(w: Writer, m: AlterClientQuotasResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('AlterClientQuotasResponse', version)
  writeAlterClientQuotasResponse(w, m, version)
}

export function decodeAlterClientQuotasResponse(r: Reader, version: number): AlterClientQuotasResponse {
  if (version < 0 || version > 1) unreadable('AlterClientQuotasResponse', version, r)
  return readAlterClientQuotasResponse(r, version)
}

/** API key 49, versions 0-1. */
export const AlterClientQuotasApi: Api<AlterClientQuotasRequest, AlterClientQuotasRequestInit, AlterClientQuotasResponse, AlterClientQuotasResponseInit> = {
  key: 49,
  name: 'AlterClientQuotas',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterClientQuotasRequest,
  decodeRequest: decodeAlterClientQuotasRequest,
  encodeResponse: encodeAlterClientQuotasResponse,
  decodeResponse: decodeAlterClientQuotasResponse,
}
