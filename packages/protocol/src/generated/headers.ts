// Made by generator/main.ts from definitions/headers.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface RequestHeader {
  requestApiKey: number
  requestApiVersion: number
  correlationId: number
  clientId: string | null
}

export interface RequestHeaderInit {
  requestApiKey: number
  requestApiVersion: number
  correlationId: number
  clientId?: string | null | undefined
}

function writeRequestHeader(w: Writer, m: RequestHeaderInit, version: number): void {
  const flexible = version >= 2
  w.int16(m.requestApiKey)
  w.int16(m.requestApiVersion)
  w.int32(m.correlationId)
  w.nullableString(m.clientId ?? null)
  if (flexible) w.uvarint(0)
}

function readRequestHeader(r: Reader, version: number): RequestHeader {
  const flexible = version >= 2
  const value: RequestHeader = {
    requestApiKey: r.int16(),
    requestApiVersion: r.int16(),
    correlationId: r.int32(),
    clientId: r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeRequestHeader(w: Writer, m: RequestHeaderInit, version: number): void {
  if (version < 1 || version > 2) unwritable('RequestHeader', version)
  writeRequestHeader(w, m, version)
}

export function decodeRequestHeader(r: Reader, version: number): RequestHeader {
  if (version < 1 || version > 2) unreadable('RequestHeader', version, r)
  return readRequestHeader(r, version)
}

export interface ResponseHeader {
  correlationId: number
}

export type ResponseHeaderInit = ResponseHeader

function writeResponseHeader(w: Writer, m: ResponseHeaderInit, version: number): void {
  const flexible = version >= 1
  w.int32(m.correlationId)
  if (flexible) w.uvarint(0)
}

function readResponseHeader(r: Reader, version: number): ResponseHeader {
  const flexible = version >= 1
  const value: ResponseHeader = {
    correlationId: r.int32(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeResponseHeader(w: Writer, m: ResponseHeaderInit, version: number): void {
  if (version < 0 || version > 1) unwritable('ResponseHeader', version)
  writeResponseHeader(w, m, version)
}

export function decodeResponseHeader(r: Reader, version: number): ResponseHeader {
  if (version < 0 || version > 1) unreadable('ResponseHeader', version, r)
  return readResponseHeader(r, version)
}
