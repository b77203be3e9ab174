// Made by generator/main.ts from definitions/26-end-txn.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface EndTxnRequest {
  transactionalId: string
  producerId: number
  producerEpoch: number
  committed: boolean
}

export type EndTxnRequestInit = EndTxnRequest

function writeEndTxnRequest(w: Writer, m: EndTxnRequestInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.transactionalId)
  else w.string(m.transactionalId)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  w.boolean(m.committed)
  if (flexible) w.uvarint(0)
}

function readEndTxnRequest(r: Reader, version: number): EndTxnRequest {
  const flexible = version >= 3
  const value: EndTxnRequest = {
    transactionalId: flexible ? r.compactString() : r.string(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    committed: r.boolean(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeEndTxnRequest(w: Writer, m: EndTxnRequestInit, version: number): void {
  if (version < 0 || version > 5) unwritable('EndTxnRequest', version)
  writeEndTxnRequest(w, m, version)
}

export function decodeEndTxnRequest(r: Reader, version: number): EndTxnRequest {
  if (version < 0 || version > 5) unreadable('EndTxnRequest', version, r)
  return readEndTxnRequest(r, version)
}

export interface EndTxnResponse {
  throttleTimeMs: number
  errorCode: number
  producerId: number // 5
  producerEpoch: number // 5
}

export interface EndTxnResponseInit {
  throttleTimeMs: number
  errorCode: number
  producerId?: number | undefined
  producerEpoch?: number | undefined
}

function writeEndTxnResponse(w: Writer, m: EndTxnResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  if (version >= 5) w.int64(m.producerId ?? -1)
  if (version >= 5) w.int16(m.producerEpoch ?? -1)
  if (flexible) w.uvarint(0)
}

function readEndTxnResponse(r: Reader, version: number): EndTxnResponse {
  const flexible = version >= 3
  const value: EndTxnResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    producerId: version >= 5 ? r.int64() : -1,
    producerEpoch: version >= 5 ? r.int16() : -1,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeEndTxnResponse(w: Writer, m: EndTxnResponseInit, version: number): void {
  if (version < 0 || version > 5) unwritable('EndTxnResponse', version)
  writeEndTxnResponse(w, m, version)
}

export function decodeEndTxnResponse(r: Reader, version: number): EndTxnResponse {
  if (version < 0 || version > 5) unreadable('EndTxnResponse', version, r)
  return readEndTxnResponse(r, version)
}

/** API key 26, versions 0-5. */
export const EndTxnApi: Api<EndTxnRequest, EndTxnRequestInit, EndTxnResponse, EndTxnResponseInit> = {
  key: 26,
  name: 'EndTxn',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeEndTxnRequest,
  decodeRequest: decodeEndTxnRequest,
  encodeResponse: encodeEndTxnResponse,
  decodeResponse: decodeEndTxnResponse,
}
