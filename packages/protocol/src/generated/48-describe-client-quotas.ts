// Made by generator/main.ts from definitions/48-describe-client-quotas.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readLength, readNullableLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeClientQuotasRequest {
  components: DescribeClientQuotasRequestComponentData[]
  strict: boolean
}

export interface DescribeClientQuotasRequestInit {
  components: readonly DescribeClientQuotasRequestComponentDataInit[]
  strict: boolean
}

export interface DescribeClientQuotasRequestComponentData {
  entityType: string
  matchType: number
  match: string | null
}

export interface DescribeClientQuotasRequestComponentDataInit {
  entityType: string
  matchType: number
  match?: string | null | undefined
}

function writeDescribeClientQuotasRequest(w: Writer, m: DescribeClientQuotasRequestInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfDescribeClientQuotasRequestComponentData(w, m.components, version)
  w.boolean(m.strict)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasRequest(r: Reader, version: number): DescribeClientQuotasRequest {
  const flexible = version >= 1
  const value: DescribeClientQuotasRequest = {
    components: readArrayOfDescribeClientQuotasRequestComponentData(r, version),
    strict: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasRequestComponentData(w: Writer, m: DescribeClientQuotasRequestComponentDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  w.int8(m.matchType)
  if (flexible) w.compactNullableString(m.match ?? null)
  else w.nullableString(m.match ?? null)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasRequestComponentData(r: Reader, version: number): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1
  const value: DescribeClientQuotasRequestComponentData = {
    entityType: flexible ? r.compactString() : r.string(),
    matchType: r.int8(),
    match: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeClientQuotasRequestComponentData(w: Writer, list: readonly DescribeClientQuotasRequestComponentDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeClientQuotasRequestComponentData(w, element, version)
}

function readArrayOfDescribeClientQuotasRequestComponentData(r: Reader, version: number): DescribeClientQuotasRequestComponentData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 4 : 5, 3)
  const list: DescribeClientQuotasRequestComponentData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasRequestComponentData(r, version))
  return list
}

export function encodeDescribeClientQuotasRequest(w: Writer, m: DescribeClientQuotasRequestInit, version: number): void {
  if (version < 0 || version > 1) unwritable('DescribeClientQuotasRequest', version)
  writeDescribeClientQuotasRequest(w, m, version)
}

export function decodeDescribeClientQuotasRequest(r: Reader, version: number): DescribeClientQuotasRequest {
  if (version < 0 || version > 1) unreadable('DescribeClientQuotasRequest', version, r)
  return readDescribeClientQuotasRequest(r, version)
}

export interface DescribeClientQuotasResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  entries: DescribeClientQuotasResponseEntryData[] | null
}

export interface DescribeClientQuotasResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  entries?: readonly DescribeClientQuotasResponseEntryDataInit[] | null | undefined
}

export interface DescribeClientQuotasResponseEntryData {
  entity: DescribeClientQuotasResponseEntityData[]
  values: DescribeClientQuotasResponseValueData[]
}

export interface DescribeClientQuotasResponseEntryDataInit {
  entity: readonly DescribeClientQuotasResponseEntityDataInit[]
  values: readonly DescribeClientQuotasResponseValueDataInit[]
}

export interface DescribeClientQuotasResponseEntityData {
  entityType: string
  entityName: string | null
}

export interface DescribeClientQuotasResponseEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

export interface DescribeClientQuotasResponseValueData {
  key: string
  value: number
}

export type DescribeClientQuotasResponseValueDataInit = DescribeClientQuotasResponseValueData

function writeDescribeClientQuotasResponse(w: Writer, m: DescribeClientQuotasResponseInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  if (flexible) w.compactNullableString(m.errorMessage ?? null)
  else w.nullableString(m.errorMessage ?? null)
  writeNullableArrayOfDescribeClientQuotasResponseEntryData(w, m.entries ?? null, version)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponse(r: Reader, version: number): DescribeClientQuotasResponse {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: flexible ? r.compactNullableString() : r.nullableString(),
    entries: readNullableArrayOfDescribeClientQuotasResponseEntryData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasResponseEntryData(w: Writer, m: DescribeClientQuotasResponseEntryDataInit, version: number): void {
  const flexible = version >= 1
  writeArrayOfDescribeClientQuotasResponseEntityData(w, m.entity, version)
  writeArrayOfDescribeClientQuotasResponseValueData(w, m.values, version)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponseEntryData(r: Reader, version: number): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponseEntryData = {
    entity: readArrayOfDescribeClientQuotasResponseEntityData(r, version),
    values: readArrayOfDescribeClientQuotasResponseValueData(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasResponseEntityData(w: Writer, m: DescribeClientQuotasResponseEntityDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.entityType)
  else w.string(m.entityType)
  if (flexible) w.compactNullableString(m.entityName ?? null)
  else w.nullableString(m.entityName ?? null)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponseEntityData(r: Reader, version: number): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponseEntityData = {
    entityType: flexible ? r.compactString() : r.string(),
    entityName: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeDescribeClientQuotasResponseValueData(w: Writer, m: DescribeClientQuotasResponseValueDataInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.key)
  else w.string(m.key)
  w.float64(m.value)
  if (flexible) w.uvarint(0)
}

function readDescribeClientQuotasResponseValueData(r: Reader, version: number): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1
  const value: DescribeClientQuotasResponseValueData = {
    key: flexible ? r.compactString() : r.string(),
    value: r.float64(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeClientQuotasResponseEntityData(w: Writer, list: readonly DescribeClientQuotasResponseEntityDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeClientQuotasResponseEntityData(w, element, version)
}

function readArrayOfDescribeClientQuotasResponseEntityData(r: Reader, version: number): DescribeClientQuotasResponseEntityData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 3 : 4, 2)
  const list: DescribeClientQuotasResponseEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasResponseEntityData(r, version))
  return list
}

function writeArrayOfDescribeClientQuotasResponseValueData(w: Writer, list: readonly DescribeClientQuotasResponseValueDataInit[], version: number): void {
  const flexible = version >= 1
  writeLength(w, list.length, flexible)
  for (const element of list) writeDescribeClientQuotasResponseValueData(w, element, version)
}

function readArrayOfDescribeClientQuotasResponseValueData(r: Reader, version: number): DescribeClientQuotasResponseValueData[] {
  const flexible = version >= 1
  const length = readLength(r, flexible, flexible ? 10 : 10, 2)
  const list: DescribeClientQuotasResponseValueData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasResponseValueData(r, version))
  return list
}

function writeNullableArrayOfDescribeClientQuotasResponseEntryData(w: Writer, list: readonly DescribeClientQuotasResponseEntryDataInit[] | null, version: number): void {
  const flexible = version >= 1
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeDescribeClientQuotasResponseEntryData(w, element, version)
}

function readNullableArrayOfDescribeClientQuotasResponseEntryData(r: Reader, version: number): DescribeClientQuotasResponseEntryData[] | null {
  const flexible = version >= 1
  const length = readNullableLength(r, flexible, flexible ? 3 : 8, 2)
  if (length < 0) return null
  const list: DescribeClientQuotasResponseEntryData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClientQuotasResponseEntryData(r, version))
  return list
}

export function encodeDescribeClientQuotasResponse(w: Writer, m: DescribeClientQuotasResponseInit, version: number): void {
  if (version < 0 || version > 1) unwritable('DescribeClientQuotasResponse', version)
  writeDescribeClientQuotasResponse(w, m, version)
}

export function decodeDescribeClientQuotasResponse(r: Reader, version: number): DescribeClientQuotasResponse {
  if (version < 0 || version > 1) unreadable('DescribeClientQuotasResponse', version, r)
  return readDescribeClientQuotasResponse(r, version)
}

/** API key 48, versions 0-1. */
export const DescribeClientQuotasApi: Api<DescribeClientQuotasRequest, DescribeClientQuotasRequestInit, DescribeClientQuotasResponse, DescribeClientQuotasResponseInit> = {
  key: 48,
  name: 'DescribeClientQuotas',
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeClientQuotasRequest,
  decodeRequest: decodeDescribeClientQuotasRequest,
  encodeResponse: encodeDescribeClientQuotasResponse,
  decodeResponse: decodeDescribeClientQuotasResponse,
}
