// Made by generator/main.ts from definitions/22-init-producer-id.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface InitProducerIdRequest {
  transactionalId: string | null
  transactionTimeoutMs: number
  producerId: number // 3-6
  producerEpoch: number // 3-6
  enable2Pc: boolean // 6
  keepPreparedTxn: boolean // 6
}

export interface InitProducerIdRequestInit {
  transactionalId?: string | null | undefined
  transactionTimeoutMs: number
  producerId?: number | undefined
  producerEpoch?: number | undefined
  enable2Pc?: boolean | undefined
  keepPreparedTxn?: boolean | undefined
}

function writeInitProducerIdRequest(w: Writer, m: InitProducerIdRequestInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactNullableString(m.transactionalId ?? null)
  else w.nullableString(m.transactionalId ?? null)
  w.int32(m.transactionTimeoutMs)
  if (version >= 3) w.int64(m.producerId ?? -1)
  else { if (m.producerId !== undefined && m.producerId !== -1) refuse('InitProducerIdRequest.producerId', version) }
  if (version >= 3) w.int16(m.producerEpoch ?? -1)
  else { if (m.producerEpoch !== undefined && m.producerEpoch !== -1) refuse('InitProducerIdRequest.producerEpoch', version) }
  if (version >= 6) w.boolean(m.enable2Pc ?? false)
  else { if (m.enable2Pc !== undefined && m.enable2Pc !== false) refuse('InitProducerIdRequest.enable2Pc', version) }
  if (version >= 6) w.boolean(m.keepPreparedTxn ?? false)
  else { if (m.keepPreparedTxn !== undefined && m.keepPreparedTxn !== false) refuse('InitProducerIdRequest.keepPreparedTxn', version) }
  if (flexible) w.uvarint(0)
}

function readInitProducerIdRequest(r: Reader, version: number): InitProducerIdRequest {
  const flexible = version >= 2
  const value: InitProducerIdRequest = {
    transactionalId: flexible ? r.compactNullableString() : r.nullableString(),
    transactionTimeoutMs: r.int32(),
    producerId: version >= 3 ? r.int64() : -1,
    producerEpoch: version >= 3 ? r.int16() : -1,
    enable2Pc: version >= 6 ? r.boolean() : false,
    keepPreparedTxn: version >= 6 ? r.boolean() : false,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeInitProducerIdRequest(w: Writer, m: InitProducerIdRequestInit, version: number): void {
  if (version < 0 || version > 6) unwritable('InitProducerIdRequest', version)
  writeInitProducerIdRequest(w, m, version)
}

export function decodeInitProducerIdRequest(r: Reader, version: number): InitProducerIdRequest {
  if (version < 0 || version > 6) unreadable('InitProducerIdRequest', version, r)
  return readInitProducerIdRequest(r, version)
}

export interface InitProducerIdResponse {
  throttleTimeMs: number
  errorCode: number
  producerId: number
  producerEpoch: number
  ongoingTxnProducerId: number // 6
  ongoingTxnProducerEpoch: number // 6
}

export interface InitProducerIdResponseInit {
  throttleTimeMs: number
  errorCode: number
  producerId?: number | undefined
  producerEpoch: number
  ongoingTxnProducerId?: number | undefined
  ongoingTxnProducerEpoch?: number | undefined
}

function writeInitProducerIdResponse(w: Writer, m: InitProducerIdResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.int64(m.producerId ?? -1)
  w.int16(m.producerEpoch)
  if (version >= 6) w.int64(m.ongoingTxnProducerId ?? -1)
  else { if (m.ongoingTxnProducerId !== undefined && m.ongoingTxnProducerId !== -1) refuse('InitProducerIdResponse.ongoingTxnProducerId', version) }
  if (version >= 6) w.int16(m.ongoingTxnProducerEpoch ?? -1)
  else { if (m.ongoingTxnProducerEpoch !== undefined && m.ongoingTxnProducerEpoch !== -1) refuse('InitProducerIdResponse.ongoingTxnProducerEpoch', version) }
  if (flexible) w.uvarint(0)
}

function readInitProducerIdResponse(r: Reader, version: number): InitProducerIdResponse {
  const flexible = version >= 2
  const value: InitProducerIdResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    ongoingTxnProducerId: version >= 6 ? r.int64() : -1,
    ongoingTxnProducerEpoch: version >= 6 ? r.int16() : -1,
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeInitProducerIdResponse(w: Writer, m: InitProducerIdResponseInit, version: number): void {
  if (version < 0 || version > 6) unwritable('InitProducerIdResponse', version)
  writeInitProducerIdResponse(w, m, version)
}

export function decodeInitProducerIdResponse(r: Reader, version: number): InitProducerIdResponse {
  if (version < 0 || version > 6) unreadable('InitProducerIdResponse', version, r)
  return readInitProducerIdResponse(r, version)
}

/** API key 22, versions 0-6. */
export const InitProducerIdApi: Api<InitProducerIdRequest, InitProducerIdRequestInit, InitProducerIdResponse, InitProducerIdResponseInit> = {
  key: 22,
  name: 'InitProducerId',
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 2,
  latestVersionUnstable: true,
  encodeRequest: encodeInitProducerIdRequest,
  decodeRequest: decodeInitProducerIdRequest,
  encodeResponse: encodeInitProducerIdResponse,
  decodeResponse: decodeInitProducerIdResponse,
}
