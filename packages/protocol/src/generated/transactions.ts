// Made by generator/main.ts from definitions/transactions/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readInt64s, readLength, readNullableLength, readStrings, writeInt32s, writeInt64s, writeLength, writeStrings } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unreadable, unwritable } from '../messages/versions.ts'

// transactions/22-init-producer-id.kmsg

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
  if (!(version >= 0 && version <= 6)) unwritable('InitProducerIdRequest', version)
  writeInitProducerIdRequest(w, m, version)
}

export function decodeInitProducerIdRequest(r: Reader, version: number): InitProducerIdRequest {
  if (!(version >= 0 && version <= 6)) unreadable('InitProducerIdRequest', version, r)
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
  throttleTimeMs?: number | undefined
  errorCode: number
  producerId?: number | undefined
  producerEpoch: number
  ongoingTxnProducerId?: number | undefined
  ongoingTxnProducerEpoch?: number | undefined
}

function writeInitProducerIdResponse(w: Writer, m: InitProducerIdResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs ?? 0)
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
  if (!(version >= 0 && version <= 6)) unwritable('InitProducerIdResponse', version)
  writeInitProducerIdResponse(w, m, version)
}

export function decodeInitProducerIdResponse(r: Reader, version: number): InitProducerIdResponse {
  if (!(version >= 0 && version <= 6)) unreadable('InitProducerIdResponse', version, r)
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

// transactions/24-add-partitions-to-txn.kmsg

export interface AddPartitionsToTxnRequest {
  transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] // 4-5
  v3AndBelowTransactionalId: string // 0-3
  v3AndBelowProducerId: number // 0-3
  v3AndBelowProducerEpoch: number // 0-3
  v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] // 0-3
}

export interface AddPartitionsToTxnRequestInit {
  transactions?: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInit[] | undefined
  v3AndBelowTransactionalId?: string | undefined
  v3AndBelowProducerId?: number | undefined
  v3AndBelowProducerEpoch?: number | undefined
  v3AndBelowTopics?: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopicInit[] | undefined
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  transactionalId: string
  producerId: number
  producerEpoch: number
  verifyOnly: boolean
  topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[]
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInit {
  transactionalId: string
  producerId: number
  producerEpoch: number
  verifyOnly?: boolean | undefined
  topics: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopicInit[]
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  name: string
  partitions: number[]
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopicInit {
  name: string
  partitions: readonly number[]
}

function writeAddPartitionsToTxnRequest(w: Writer, m: AddPartitionsToTxnRequestInit, version: number): void {
  const flexible = version >= 3
  if (version >= 4) writeArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(w, m.transactions ?? nothing, version)
  else { if (m.transactions !== undefined && m.transactions.length > 0) refuse('AddPartitionsToTxnRequest.transactions', version) }
  if (version >= 4) { if (m.v3AndBelowTransactionalId !== undefined && m.v3AndBelowTransactionalId !== '') refuse('AddPartitionsToTxnRequest.v3AndBelowTransactionalId', version) }
  else if (flexible) w.compactString(m.v3AndBelowTransactionalId ?? '')
  else w.string(m.v3AndBelowTransactionalId ?? '')
  if (version >= 4) { if (m.v3AndBelowProducerId !== undefined && m.v3AndBelowProducerId !== 0) refuse('AddPartitionsToTxnRequest.v3AndBelowProducerId', version) }
  else w.int64(m.v3AndBelowProducerId ?? 0)
  if (version >= 4) { if (m.v3AndBelowProducerEpoch !== undefined && m.v3AndBelowProducerEpoch !== 0) refuse('AddPartitionsToTxnRequest.v3AndBelowProducerEpoch', version) }
  else w.int16(m.v3AndBelowProducerEpoch ?? 0)
  if (version >= 4) { if (m.v3AndBelowTopics !== undefined && m.v3AndBelowTopics.length > 0) refuse('AddPartitionsToTxnRequest.v3AndBelowTopics', version) }
  else writeArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTopic(w, m.v3AndBelowTopics ?? nothing, version)
  if (flexible) w.uvarint(0)
}

function readAddPartitionsToTxnRequest(r: Reader, version: number): AddPartitionsToTxnRequest {
  const flexible = version >= 3
  const value: AddPartitionsToTxnRequest = {
    transactions: version >= 4 ? readArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(r, version) : [],
    v3AndBelowTransactionalId: version >= 4 ? '' : flexible ? r.compactString() : r.string(),
    v3AndBelowProducerId: version >= 4 ? 0 : r.int64(),
    v3AndBelowProducerEpoch: version >= 4 ? 0 : r.int16(),
    v3AndBelowTopics: version >= 4 ? [] : readArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(w: Writer, m: AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInit, version: number): void {
  w.compactString(m.transactionalId)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  w.boolean(m.verifyOnly ?? false)
  writeArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTopic(w, m.topics, version)
  w.uvarint(0)
}

function readAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(r: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  const value: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction = {
    transactionalId: r.compactString(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    verifyOnly: r.boolean(),
    topics: readArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTopic(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(w: Writer, m: AddPartitionsToTxnRequestAddPartitionsToTxnTopicInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(r: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  const flexible = version >= 3
  const value: AddPartitionsToTxnRequestAddPartitionsToTxnTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(w: Writer, list: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTransactionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(w, element, version)
}

function readArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(r: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] {
  const length = readLength(r, true, 14, 5)
  const list: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = []
  for (let index = 0; index < length; index++) list.push(readAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(r, version))
  return list
}

function writeArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTopic(w: Writer, list: readonly AddPartitionsToTxnRequestAddPartitionsToTxnTopicInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(w, element, version)
}

function readArrayOfAddPartitionsToTxnRequestAddPartitionsToTxnTopic(r: Reader, version: number): AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAddPartitionsToTxnRequestAddPartitionsToTxnTopic(r, version))
  return list
}

export function encodeAddPartitionsToTxnRequest(w: Writer, m: AddPartitionsToTxnRequestInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('AddPartitionsToTxnRequest', version)
  writeAddPartitionsToTxnRequest(w, m, version)
}

export function decodeAddPartitionsToTxnRequest(r: Reader, version: number): AddPartitionsToTxnRequest {
  if (!(version >= 0 && version <= 5)) unreadable('AddPartitionsToTxnRequest', version, r)
  return readAddPartitionsToTxnRequest(r, version)
}

export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number
  errorCode: number // 4-5
  resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] // 4-5
  resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] // 0-3
}

export interface AddPartitionsToTxnResponseInit {
  throttleTimeMs?: number | undefined
  errorCode?: number | undefined
  resultsByTransaction?: readonly AddPartitionsToTxnResponseAddPartitionsToTxnResultInit[] | undefined
  resultsByTopicV3AndBelow?: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInit[] | undefined
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  transactionalId: string
  topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResultInit {
  transactionalId: string
  topicResults: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInit[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  name: string
  resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInit {
  name: string
  resultsByPartition: readonly AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInit[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  partitionIndex: number
  partitionErrorCode: number
}

export type AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInit = AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult

function writeAddPartitionsToTxnResponse(w: Writer, m: AddPartitionsToTxnResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs ?? 0)
  if (version >= 4) w.int16(m.errorCode ?? 0)
  if (version >= 4) writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnResult(w, m.resultsByTransaction ?? nothing, version)
  else { if (m.resultsByTransaction !== undefined && m.resultsByTransaction.length > 0) refuse('AddPartitionsToTxnResponse.resultsByTransaction', version) }
  if (version >= 4) { if (m.resultsByTopicV3AndBelow !== undefined && m.resultsByTopicV3AndBelow.length > 0) refuse('AddPartitionsToTxnResponse.resultsByTopicV3AndBelow', version) }
  else writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(w, m.resultsByTopicV3AndBelow ?? nothing, version)
  if (flexible) w.uvarint(0)
}

function readAddPartitionsToTxnResponse(r: Reader, version: number): AddPartitionsToTxnResponse {
  const flexible = version >= 3
  const value: AddPartitionsToTxnResponse = {
    throttleTimeMs: r.int32(),
    errorCode: version >= 4 ? r.int16() : 0,
    resultsByTransaction: version >= 4 ? readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnResult(r, version) : [],
    resultsByTopicV3AndBelow: version >= 4 ? [] : readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnResult(w: Writer, m: AddPartitionsToTxnResponseAddPartitionsToTxnResultInit, version: number): void {
  w.compactString(m.transactionalId)
  writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(w, m.topicResults, version)
  w.uvarint(0)
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnResult(r: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  const value: AddPartitionsToTxnResponseAddPartitionsToTxnResult = {
    transactionalId: r.compactString(),
    topicResults: readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(w: Writer, m: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(w, m.resultsByPartition, version)
  if (flexible) w.uvarint(0)
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(r: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  const flexible = version >= 3
  const value: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult = {
    name: flexible ? r.compactString() : r.string(),
    resultsByPartition: readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(w: Writer, m: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.partitionIndex)
  w.int16(m.partitionErrorCode)
  if (flexible) w.uvarint(0)
}

function readAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(r: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  const flexible = version >= 3
  const value: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult = {
    partitionIndex: r.int32(),
    partitionErrorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnResult(w: Writer, list: readonly AddPartitionsToTxnResponseAddPartitionsToTxnResultInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeAddPartitionsToTxnResponseAddPartitionsToTxnResult(w, element, version)
}

function readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnResult(r: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnResult[] {
  const length = readLength(r, true, 3, 2)
  const list: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = []
  for (let index = 0; index < length; index++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnResult(r, version))
  return list
}

function writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(w: Writer, list: readonly AddPartitionsToTxnResponseAddPartitionsToTxnTopicResultInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(w, element, version)
}

function readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(r: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(r, version))
  return list
}

function writeArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(w: Writer, list: readonly AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(w, element, version)
}

function readArrayOfAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(r: Reader, version: number): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 7 : 6, 2)
  const list: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(r, version))
  return list
}

export function encodeAddPartitionsToTxnResponse(w: Writer, m: AddPartitionsToTxnResponseInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('AddPartitionsToTxnResponse', version)
  writeAddPartitionsToTxnResponse(w, m, version)
}

export function decodeAddPartitionsToTxnResponse(r: Reader, version: number): AddPartitionsToTxnResponse {
  if (!(version >= 0 && version <= 5)) unreadable('AddPartitionsToTxnResponse', version, r)
  return readAddPartitionsToTxnResponse(r, version)
}

/** API key 24, versions 0-5. */
export const AddPartitionsToTxnApi: Api<AddPartitionsToTxnRequest, AddPartitionsToTxnRequestInit, AddPartitionsToTxnResponse, AddPartitionsToTxnResponseInit> = {
  key: 24,
  name: 'AddPartitionsToTxn',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeAddPartitionsToTxnRequest,
  decodeRequest: decodeAddPartitionsToTxnRequest,
  encodeResponse: encodeAddPartitionsToTxnResponse,
  decodeResponse: decodeAddPartitionsToTxnResponse,
}

// transactions/25-add-offsets-to-txn.kmsg

export interface AddOffsetsToTxnRequest {
  transactionalId: string
  producerId: number
  producerEpoch: number
  groupId: string
}

export type AddOffsetsToTxnRequestInit = AddOffsetsToTxnRequest

function writeAddOffsetsToTxnRequest(w: Writer, m: AddOffsetsToTxnRequestInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.transactionalId)
  else w.string(m.transactionalId)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  if (flexible) w.uvarint(0)
}

function readAddOffsetsToTxnRequest(r: Reader, version: number): AddOffsetsToTxnRequest {
  const flexible = version >= 3
  const value: AddOffsetsToTxnRequest = {
    transactionalId: flexible ? r.compactString() : r.string(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    groupId: flexible ? r.compactString() : r.string(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeAddOffsetsToTxnRequest(w: Writer, m: AddOffsetsToTxnRequestInit, version: number): void {
  if (!(version >= 0 && version <= 4)) unwritable('AddOffsetsToTxnRequest', version)
  writeAddOffsetsToTxnRequest(w, m, version)
}

export function decodeAddOffsetsToTxnRequest(r: Reader, version: number): AddOffsetsToTxnRequest {
  if (!(version >= 0 && version <= 4)) unreadable('AddOffsetsToTxnRequest', version, r)
  return readAddOffsetsToTxnRequest(r, version)
}

export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number
  errorCode: number
}

export interface AddOffsetsToTxnResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
}

function writeAddOffsetsToTxnResponse(w: Writer, m: AddOffsetsToTxnResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readAddOffsetsToTxnResponse(r: Reader, version: number): AddOffsetsToTxnResponse {
  const flexible = version >= 3
  const value: AddOffsetsToTxnResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

export function encodeAddOffsetsToTxnResponse(w: Writer, m: AddOffsetsToTxnResponseInit, version: number): void {
  if (!(version >= 0 && version <= 4)) unwritable('AddOffsetsToTxnResponse', version)
  writeAddOffsetsToTxnResponse(w, m, version)
}

export function decodeAddOffsetsToTxnResponse(r: Reader, version: number): AddOffsetsToTxnResponse {
  if (!(version >= 0 && version <= 4)) unreadable('AddOffsetsToTxnResponse', version, r)
  return readAddOffsetsToTxnResponse(r, version)
}

/** API key 25, versions 0-4. */
export const AddOffsetsToTxnApi: Api<AddOffsetsToTxnRequest, AddOffsetsToTxnRequestInit, AddOffsetsToTxnResponse, AddOffsetsToTxnResponseInit> = {
  key: 25,
  name: 'AddOffsetsToTxn',
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeAddOffsetsToTxnRequest,
  decodeRequest: decodeAddOffsetsToTxnRequest,
  encodeResponse: encodeAddOffsetsToTxnResponse,
  decodeResponse: decodeAddOffsetsToTxnResponse,
}

// transactions/26-end-txn.kmsg

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
  if (!(version >= 0 && version <= 5)) unwritable('EndTxnRequest', version)
  writeEndTxnRequest(w, m, version)
}

export function decodeEndTxnRequest(r: Reader, version: number): EndTxnRequest {
  if (!(version >= 0 && version <= 5)) unreadable('EndTxnRequest', version, r)
  return readEndTxnRequest(r, version)
}

export interface EndTxnResponse {
  throttleTimeMs: number
  errorCode: number
  producerId: number // 5
  producerEpoch: number // 5
}

export interface EndTxnResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  producerId?: number | undefined
  producerEpoch?: number | undefined
}

function writeEndTxnResponse(w: Writer, m: EndTxnResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs ?? 0)
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
  if (!(version >= 0 && version <= 5)) unwritable('EndTxnResponse', version)
  writeEndTxnResponse(w, m, version)
}

export function decodeEndTxnResponse(r: Reader, version: number): EndTxnResponse {
  if (!(version >= 0 && version <= 5)) unreadable('EndTxnResponse', version, r)
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

// transactions/27-write-txn-markers.kmsg

export interface WriteTxnMarkersRequest {
  markers: WriteTxnMarkersRequestWritableTxnMarker[]
}

export interface WriteTxnMarkersRequestInit {
  markers: readonly WriteTxnMarkersRequestWritableTxnMarkerInit[]
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  producerId: number
  producerEpoch: number
  transactionResult: boolean
  topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[]
  coordinatorEpoch: number
  transactionVersion: number // 2
}

export interface WriteTxnMarkersRequestWritableTxnMarkerInit {
  producerId: number
  producerEpoch: number
  transactionResult: boolean
  topics: readonly WriteTxnMarkersRequestWritableTxnMarkerTopicInit[]
  coordinatorEpoch: number
  transactionVersion?: number | undefined
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  name: string
  partitionIndexes: number[]
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopicInit {
  name: string
  partitionIndexes: readonly number[]
}

function writeWriteTxnMarkersRequest(w: Writer, m: WriteTxnMarkersRequestInit, version: number): void {
  writeArrayOfWriteTxnMarkersRequestWritableTxnMarker(w, m.markers, version)
  w.uvarint(0)
}

function readWriteTxnMarkersRequest(r: Reader, version: number): WriteTxnMarkersRequest {
  const value: WriteTxnMarkersRequest = {
    markers: readArrayOfWriteTxnMarkersRequestWritableTxnMarker(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersRequestWritableTxnMarker(w: Writer, m: WriteTxnMarkersRequestWritableTxnMarkerInit, version: number): void {
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  w.boolean(m.transactionResult)
  writeArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(w, m.topics)
  w.int32(m.coordinatorEpoch)
  if (version >= 2) w.int8(m.transactionVersion ?? 0)
  w.uvarint(0)
}

function readWriteTxnMarkersRequestWritableTxnMarker(r: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker {
  const value: WriteTxnMarkersRequestWritableTxnMarker = {
    producerId: r.int64(),
    producerEpoch: r.int16(),
    transactionResult: r.boolean(),
    topics: readArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(r),
    coordinatorEpoch: r.int32(),
    transactionVersion: version >= 2 ? r.int8() : 0,
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersRequestWritableTxnMarkerTopic(w: Writer, m: WriteTxnMarkersRequestWritableTxnMarkerTopicInit): void {
  w.compactString(m.name)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readWriteTxnMarkersRequestWritableTxnMarkerTopic(r: Reader): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const value: WriteTxnMarkersRequestWritableTxnMarkerTopic = {
    name: r.compactString(),
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteTxnMarkersRequestWritableTxnMarker(w: Writer, list: readonly WriteTxnMarkersRequestWritableTxnMarkerInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersRequestWritableTxnMarker(w, element, version)
}

function readArrayOfWriteTxnMarkersRequestWritableTxnMarker(r: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker[] {
  const length = readLength(r, true, 17, 6)
  const list: WriteTxnMarkersRequestWritableTxnMarker[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersRequestWritableTxnMarker(r, version))
  return list
}

function writeArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(w: Writer, list: readonly WriteTxnMarkersRequestWritableTxnMarkerTopicInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersRequestWritableTxnMarkerTopic(w, element)
}

function readArrayOfWriteTxnMarkersRequestWritableTxnMarkerTopic(r: Reader): WriteTxnMarkersRequestWritableTxnMarkerTopic[] {
  const length = readLength(r, true, 3, 2)
  const list: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersRequestWritableTxnMarkerTopic(r))
  return list
}

export function encodeWriteTxnMarkersRequest(w: Writer, m: WriteTxnMarkersRequestInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('WriteTxnMarkersRequest', version)
  writeWriteTxnMarkersRequest(w, m, version)
}

export function decodeWriteTxnMarkersRequest(r: Reader, version: number): WriteTxnMarkersRequest {
  if (!(version >= 1 && version <= 2)) unreadable('WriteTxnMarkersRequest', version, r)
  return readWriteTxnMarkersRequest(r, version)
}

export interface WriteTxnMarkersResponse {
  markers: WriteTxnMarkersResponseWritableTxnMarkerResult[]
}

export interface WriteTxnMarkersResponseInit {
  markers: readonly WriteTxnMarkersResponseWritableTxnMarkerResultInit[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  producerId: number
  topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResultInit {
  producerId: number
  topics: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  name: string
  partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit {
  name: string
  partitions: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  partitionIndex: number
  errorCode: number
}

export type WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit = WriteTxnMarkersResponseWritableTxnMarkerPartitionResult

function writeWriteTxnMarkersResponse(w: Writer, m: WriteTxnMarkersResponseInit): void {
  writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(w, m.markers)
  w.uvarint(0)
}

function readWriteTxnMarkersResponse(r: Reader): WriteTxnMarkersResponse {
  const value: WriteTxnMarkersResponse = {
    markers: readArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersResponseWritableTxnMarkerResult(w: Writer, m: WriteTxnMarkersResponseWritableTxnMarkerResultInit): void {
  w.int64(m.producerId)
  writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w, m.topics)
  w.uvarint(0)
}

function readWriteTxnMarkersResponseWritableTxnMarkerResult(r: Reader): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const value: WriteTxnMarkersResponseWritableTxnMarkerResult = {
    producerId: r.int64(),
    topics: readArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w: Writer, m: WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit): void {
  w.compactString(m.name)
  writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w, m.partitions)
  w.uvarint(0)
}

function readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r: Reader): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const value: WriteTxnMarkersResponseWritableTxnMarkerTopicResult = {
    name: r.compactString(),
    partitions: readArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r),
  }
  r.skipTaggedFields()
  return value
}

function writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w: Writer, m: WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.uvarint(0)
}

function readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r: Reader): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const value: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(w: Writer, list: readonly WriteTxnMarkersResponseWritableTxnMarkerResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersResponseWritableTxnMarkerResult(w, element)
}

function readArrayOfWriteTxnMarkersResponseWritableTxnMarkerResult(r: Reader): WriteTxnMarkersResponseWritableTxnMarkerResult[] {
  const length = readLength(r, true, 10, 2)
  const list: WriteTxnMarkersResponseWritableTxnMarkerResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerResult(r))
  return list
}

function writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w: Writer, list: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(w, element)
}

function readArrayOfWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r: Reader): WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] {
  const length = readLength(r, true, 3, 2)
  const list: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(r))
  return list
}

function writeArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w: Writer, list: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(w, element)
}

function readArrayOfWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r: Reader): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] {
  const length = readLength(r, true, 7, 2)
  const list: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(r))
  return list
}

export function encodeWriteTxnMarkersResponse(w: Writer, m: WriteTxnMarkersResponseInit, version: number): void {
  if (!(version >= 1 && version <= 2)) unwritable('WriteTxnMarkersResponse', version)
  writeWriteTxnMarkersResponse(w, m)
}

export function decodeWriteTxnMarkersResponse(r: Reader, version: number): WriteTxnMarkersResponse {
  if (!(version >= 1 && version <= 2)) unreadable('WriteTxnMarkersResponse', version, r)
  return readWriteTxnMarkersResponse(r)
}

/** API key 27, versions 1-2. */
export const WriteTxnMarkersApi: Api<WriteTxnMarkersRequest, WriteTxnMarkersRequestInit, WriteTxnMarkersResponse, WriteTxnMarkersResponseInit> = {
  key: 27,
  name: 'WriteTxnMarkers',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  encodeRequest: encodeWriteTxnMarkersRequest,
  decodeRequest: decodeWriteTxnMarkersRequest,
  encodeResponse: encodeWriteTxnMarkersResponse,
  decodeResponse: decodeWriteTxnMarkersResponse,
}

// transactions/28-txn-offset-commit.kmsg

export interface TxnOffsetCommitRequest {
  transactionalId: string
  groupId: string
  producerId: number
  producerEpoch: number
  generationId: number // 3-5
  memberId: string // 3-5
  groupInstanceId: string | null // 3-5
  topics: TxnOffsetCommitRequestTxnOffsetCommitRequestTopic[]
}

export interface TxnOffsetCommitRequestInit {
  transactionalId: string
  groupId: string
  producerId: number
  producerEpoch: number
  generationId?: number | undefined
  memberId?: string | undefined
  groupInstanceId?: string | null | undefined
  topics: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit[]
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestTopic {
  name: string
  partitions: TxnOffsetCommitRequestTxnOffsetCommitRequestPartition[]
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit {
  name: string
  partitions: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit[]
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestPartition {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch: number // 2-5
  committedMetadata: string | null
}

export interface TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch?: number | undefined
  committedMetadata?: string | null | undefined
}

function writeTxnOffsetCommitRequest(w: Writer, m: TxnOffsetCommitRequestInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.transactionalId)
  else w.string(m.transactionalId)
  if (flexible) w.compactString(m.groupId)
  else w.string(m.groupId)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  if (flexible) w.int32(m.generationId ?? -1)
  else { if (m.generationId !== undefined && m.generationId !== -1) refuse('TxnOffsetCommitRequest.generationId', version) }
  if (flexible) w.compactString(m.memberId ?? '')
  else { if (m.memberId !== undefined && m.memberId !== '') refuse('TxnOffsetCommitRequest.memberId', version) }
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else { if (m.groupInstanceId !== undefined && m.groupInstanceId !== null) refuse('TxnOffsetCommitRequest.groupInstanceId', version) }
  writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitRequest(r: Reader, version: number): TxnOffsetCommitRequest {
  const flexible = version >= 3
  const value: TxnOffsetCommitRequest = {
    transactionalId: flexible ? r.compactString() : r.string(),
    groupId: flexible ? r.compactString() : r.string(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    generationId: flexible ? r.int32() : -1,
    memberId: flexible ? r.compactString() : '',
    groupInstanceId: flexible ? r.compactNullableString() : null,
    topics: readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w: Writer, m: TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestTopic {
  const flexible = version >= 3
  const value: TxnOffsetCommitRequestTxnOffsetCommitRequestTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w: Writer, m: TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.partitionIndex)
  w.int64(m.committedOffset)
  if (version >= 2) w.int32(m.committedLeaderEpoch ?? -1)
  if (flexible) w.compactNullableString(m.committedMetadata ?? null)
  else w.nullableString(m.committedMetadata ?? null)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestPartition {
  const flexible = version >= 3
  const value: TxnOffsetCommitRequestTxnOffsetCommitRequestPartition = {
    partitionIndex: r.int32(),
    committedOffset: r.int64(),
    committedLeaderEpoch: version >= 2 ? r.int32() : -1,
    committedMetadata: flexible ? r.compactNullableString() : r.nullableString(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w: Writer, list: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestTopicInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(w, element, version)
}

function readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestTopic[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: TxnOffsetCommitRequestTxnOffsetCommitRequestTopic[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitRequestTxnOffsetCommitRequestTopic(r, version))
  return list
}

function writeArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w: Writer, list: readonly TxnOffsetCommitRequestTxnOffsetCommitRequestPartitionInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(w, element, version)
}

function readArrayOfTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r: Reader, version: number): TxnOffsetCommitRequestTxnOffsetCommitRequestPartition[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 18 : 14, 4)
  const list: TxnOffsetCommitRequestTxnOffsetCommitRequestPartition[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitRequestTxnOffsetCommitRequestPartition(r, version))
  return list
}

export function encodeTxnOffsetCommitRequest(w: Writer, m: TxnOffsetCommitRequestInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('TxnOffsetCommitRequest', version)
  writeTxnOffsetCommitRequest(w, m, version)
}

export function decodeTxnOffsetCommitRequest(r: Reader, version: number): TxnOffsetCommitRequest {
  if (!(version >= 0 && version <= 5)) unreadable('TxnOffsetCommitRequest', version, r)
  return readTxnOffsetCommitRequest(r, version)
}

export interface TxnOffsetCommitResponse {
  throttleTimeMs: number
  topics: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[]
}

export interface TxnOffsetCommitResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponseTopic {
  name: string
  partitions: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit {
  name: string
  partitions: readonly TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export type TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit = TxnOffsetCommitResponseTxnOffsetCommitResponsePartition

function writeTxnOffsetCommitResponse(w: Writer, m: TxnOffsetCommitResponseInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitResponse(r: Reader, version: number): TxnOffsetCommitResponse {
  const flexible = version >= 3
  const value: TxnOffsetCommitResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w: Writer, m: TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit, version: number): void {
  const flexible = version >= 3
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponseTopic {
  const flexible = version >= 3
  const value: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w: Writer, m: TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit, version: number): void {
  const flexible = version >= 3
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponsePartition {
  const flexible = version >= 3
  const value: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w: Writer, list: readonly TxnOffsetCommitResponseTxnOffsetCommitResponseTopicInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(w, element, version)
}

function readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(r, version))
  return list
}

function writeArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w: Writer, list: readonly TxnOffsetCommitResponseTxnOffsetCommitResponsePartitionInit[], version: number): void {
  const flexible = version >= 3
  writeLength(w, list.length, flexible)
  for (const element of list) writeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(w, element, version)
}

function readArrayOfTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r: Reader, version: number): TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] {
  const flexible = version >= 3
  const length = readLength(r, flexible, flexible ? 7 : 6, 2)
  const list: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] = []
  for (let index = 0; index < length; index++) list.push(readTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(r, version))
  return list
}

export function encodeTxnOffsetCommitResponse(w: Writer, m: TxnOffsetCommitResponseInit, version: number): void {
  if (!(version >= 0 && version <= 5)) unwritable('TxnOffsetCommitResponse', version)
  writeTxnOffsetCommitResponse(w, m, version)
}

export function decodeTxnOffsetCommitResponse(r: Reader, version: number): TxnOffsetCommitResponse {
  if (!(version >= 0 && version <= 5)) unreadable('TxnOffsetCommitResponse', version, r)
  return readTxnOffsetCommitResponse(r, version)
}

/** API key 28, versions 0-5. */
export const TxnOffsetCommitApi: Api<TxnOffsetCommitRequest, TxnOffsetCommitRequestInit, TxnOffsetCommitResponse, TxnOffsetCommitResponseInit> = {
  key: 28,
  name: 'TxnOffsetCommit',
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  encodeRequest: encodeTxnOffsetCommitRequest,
  decodeRequest: decodeTxnOffsetCommitRequest,
  encodeResponse: encodeTxnOffsetCommitResponse,
  decodeResponse: decodeTxnOffsetCommitResponse,
}

// transactions/61-describe-producers.kmsg

export interface DescribeProducersRequest {
  topics: DescribeProducersRequestTopicRequest[]
}

export interface DescribeProducersRequestInit {
  topics: readonly DescribeProducersRequestTopicRequestInit[]
}

export interface DescribeProducersRequestTopicRequest {
  name: string
  partitionIndexes: number[]
}

export interface DescribeProducersRequestTopicRequestInit {
  name: string
  partitionIndexes: readonly number[]
}

function writeDescribeProducersRequest(w: Writer, m: DescribeProducersRequestInit): void {
  writeArrayOfDescribeProducersRequestTopicRequest(w, m.topics)
  w.uvarint(0)
}

function readDescribeProducersRequest(r: Reader): DescribeProducersRequest {
  const value: DescribeProducersRequest = {
    topics: readArrayOfDescribeProducersRequestTopicRequest(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersRequestTopicRequest(w: Writer, m: DescribeProducersRequestTopicRequestInit): void {
  w.compactString(m.name)
  writeInt32s(w, m.partitionIndexes, true)
  w.uvarint(0)
}

function readDescribeProducersRequestTopicRequest(r: Reader): DescribeProducersRequestTopicRequest {
  const value: DescribeProducersRequestTopicRequest = {
    name: r.compactString(),
    partitionIndexes: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeProducersRequestTopicRequest(w: Writer, list: readonly DescribeProducersRequestTopicRequestInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersRequestTopicRequest(w, element)
}

function readArrayOfDescribeProducersRequestTopicRequest(r: Reader): DescribeProducersRequestTopicRequest[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeProducersRequestTopicRequest[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersRequestTopicRequest(r))
  return list
}

export function encodeDescribeProducersRequest(w: Writer, m: DescribeProducersRequestInit, version: number): void {
  if (version !== 0) unwritable('DescribeProducersRequest', version)
  writeDescribeProducersRequest(w, m)
}

export function decodeDescribeProducersRequest(r: Reader, version: number): DescribeProducersRequest {
  if (version !== 0) unreadable('DescribeProducersRequest', version, r)
  return readDescribeProducersRequest(r)
}

export interface DescribeProducersResponse {
  throttleTimeMs: number
  topics: DescribeProducersResponseTopicResponse[]
}

export interface DescribeProducersResponseInit {
  throttleTimeMs?: number | undefined
  topics: readonly DescribeProducersResponseTopicResponseInit[]
}

export interface DescribeProducersResponseTopicResponse {
  name: string
  partitions: DescribeProducersResponsePartitionResponse[]
}

export interface DescribeProducersResponseTopicResponseInit {
  name: string
  partitions: readonly DescribeProducersResponsePartitionResponseInit[]
}

export interface DescribeProducersResponsePartitionResponse {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  activeProducers: DescribeProducersResponseProducerState[]
}

export interface DescribeProducersResponsePartitionResponseInit {
  partitionIndex: number
  errorCode: number
  errorMessage?: string | null | undefined
  activeProducers: readonly DescribeProducersResponseProducerStateInit[]
}

export interface DescribeProducersResponseProducerState {
  producerId: number
  producerEpoch: number
  lastSequence: number
  lastTimestamp: number
  coordinatorEpoch: number
  currentTxnStartOffset: number
}

export interface DescribeProducersResponseProducerStateInit {
  producerId: number
  producerEpoch: number
  lastSequence?: number | undefined
  lastTimestamp?: number | undefined
  coordinatorEpoch: number
  currentTxnStartOffset?: number | undefined
}

function writeDescribeProducersResponse(w: Writer, m: DescribeProducersResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDescribeProducersResponseTopicResponse(w, m.topics)
  w.uvarint(0)
}

function readDescribeProducersResponse(r: Reader): DescribeProducersResponse {
  const value: DescribeProducersResponse = {
    throttleTimeMs: r.int32(),
    topics: readArrayOfDescribeProducersResponseTopicResponse(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersResponseTopicResponse(w: Writer, m: DescribeProducersResponseTopicResponseInit): void {
  w.compactString(m.name)
  writeArrayOfDescribeProducersResponsePartitionResponse(w, m.partitions)
  w.uvarint(0)
}

function readDescribeProducersResponseTopicResponse(r: Reader): DescribeProducersResponseTopicResponse {
  const value: DescribeProducersResponseTopicResponse = {
    name: r.compactString(),
    partitions: readArrayOfDescribeProducersResponsePartitionResponse(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersResponsePartitionResponse(w: Writer, m: DescribeProducersResponsePartitionResponseInit): void {
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  writeArrayOfDescribeProducersResponseProducerState(w, m.activeProducers)
  w.uvarint(0)
}

function readDescribeProducersResponsePartitionResponse(r: Reader): DescribeProducersResponsePartitionResponse {
  const value: DescribeProducersResponsePartitionResponse = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    activeProducers: readArrayOfDescribeProducersResponseProducerState(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeProducersResponseProducerState(w: Writer, m: DescribeProducersResponseProducerStateInit): void {
  w.int64(m.producerId)
  w.int32(m.producerEpoch)
  w.int32(m.lastSequence ?? -1)
  w.int64(m.lastTimestamp ?? -1)
  w.int32(m.coordinatorEpoch)
  w.int64(m.currentTxnStartOffset ?? -1)
  w.uvarint(0)
}

function readDescribeProducersResponseProducerState(r: Reader): DescribeProducersResponseProducerState {
  const value: DescribeProducersResponseProducerState = {
    producerId: r.int64(),
    producerEpoch: r.int32(),
    lastSequence: r.int32(),
    lastTimestamp: r.int64(),
    coordinatorEpoch: r.int32(),
    currentTxnStartOffset: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeProducersResponseTopicResponse(w: Writer, list: readonly DescribeProducersResponseTopicResponseInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersResponseTopicResponse(w, element)
}

function readArrayOfDescribeProducersResponseTopicResponse(r: Reader): DescribeProducersResponseTopicResponse[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeProducersResponseTopicResponse[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersResponseTopicResponse(r))
  return list
}

function writeArrayOfDescribeProducersResponsePartitionResponse(w: Writer, list: readonly DescribeProducersResponsePartitionResponseInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersResponsePartitionResponse(w, element)
}

function readArrayOfDescribeProducersResponsePartitionResponse(r: Reader): DescribeProducersResponsePartitionResponse[] {
  const length = readLength(r, true, 9, 4)
  const list: DescribeProducersResponsePartitionResponse[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersResponsePartitionResponse(r))
  return list
}

function writeArrayOfDescribeProducersResponseProducerState(w: Writer, list: readonly DescribeProducersResponseProducerStateInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeProducersResponseProducerState(w, element)
}

function readArrayOfDescribeProducersResponseProducerState(r: Reader): DescribeProducersResponseProducerState[] {
  const length = readLength(r, true, 37, 6)
  const list: DescribeProducersResponseProducerState[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeProducersResponseProducerState(r))
  return list
}

export function encodeDescribeProducersResponse(w: Writer, m: DescribeProducersResponseInit, version: number): void {
  if (version !== 0) unwritable('DescribeProducersResponse', version)
  writeDescribeProducersResponse(w, m)
}

export function decodeDescribeProducersResponse(r: Reader, version: number): DescribeProducersResponse {
  if (version !== 0) unreadable('DescribeProducersResponse', version, r)
  return readDescribeProducersResponse(r)
}

/** API key 61, versions 0. */
export const DescribeProducersApi: Api<DescribeProducersRequest, DescribeProducersRequestInit, DescribeProducersResponse, DescribeProducersResponseInit> = {
  key: 61,
  name: 'DescribeProducers',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeProducersRequest,
  decodeRequest: decodeDescribeProducersRequest,
  encodeResponse: encodeDescribeProducersResponse,
  decodeResponse: decodeDescribeProducersResponse,
}

// transactions/65-describe-transactions.kmsg

export interface DescribeTransactionsRequest {
  transactionalIds: string[]
}

export interface DescribeTransactionsRequestInit {
  transactionalIds: readonly string[]
}

function writeDescribeTransactionsRequest(w: Writer, m: DescribeTransactionsRequestInit): void {
  writeStrings(w, m.transactionalIds, true)
  w.uvarint(0)
}

function readDescribeTransactionsRequest(r: Reader): DescribeTransactionsRequest {
  const value: DescribeTransactionsRequest = {
    transactionalIds: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

export function encodeDescribeTransactionsRequest(w: Writer, m: DescribeTransactionsRequestInit, version: number): void {
  if (version !== 0) unwritable('DescribeTransactionsRequest', version)
  writeDescribeTransactionsRequest(w, m)
}

export function decodeDescribeTransactionsRequest(r: Reader, version: number): DescribeTransactionsRequest {
  if (version !== 0) unreadable('DescribeTransactionsRequest', version, r)
  return readDescribeTransactionsRequest(r)
}

export interface DescribeTransactionsResponse {
  throttleTimeMs: number
  transactionStates: DescribeTransactionsResponseTransactionState[]
}

export interface DescribeTransactionsResponseInit {
  throttleTimeMs?: number | undefined
  transactionStates: readonly DescribeTransactionsResponseTransactionStateInit[]
}

export interface DescribeTransactionsResponseTransactionState {
  errorCode: number
  transactionalId: string
  transactionState: string
  transactionTimeoutMs: number
  transactionStartTimeMs: number
  producerId: number
  producerEpoch: number
  topics: DescribeTransactionsResponseTopicData[]
}

export interface DescribeTransactionsResponseTransactionStateInit {
  errorCode: number
  transactionalId: string
  transactionState: string
  transactionTimeoutMs: number
  transactionStartTimeMs: number
  producerId: number
  producerEpoch: number
  topics: readonly DescribeTransactionsResponseTopicDataInit[]
}

export interface DescribeTransactionsResponseTopicData {
  topic: string
  partitions: number[]
}

export interface DescribeTransactionsResponseTopicDataInit {
  topic: string
  partitions: readonly number[]
}

function writeDescribeTransactionsResponse(w: Writer, m: DescribeTransactionsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  writeArrayOfDescribeTransactionsResponseTransactionState(w, m.transactionStates)
  w.uvarint(0)
}

function readDescribeTransactionsResponse(r: Reader): DescribeTransactionsResponse {
  const value: DescribeTransactionsResponse = {
    throttleTimeMs: r.int32(),
    transactionStates: readArrayOfDescribeTransactionsResponseTransactionState(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTransactionsResponseTransactionState(w: Writer, m: DescribeTransactionsResponseTransactionStateInit): void {
  w.int16(m.errorCode)
  w.compactString(m.transactionalId)
  w.compactString(m.transactionState)
  w.int32(m.transactionTimeoutMs)
  w.int64(m.transactionStartTimeMs)
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  writeArrayOfDescribeTransactionsResponseTopicData(w, m.topics)
  w.uvarint(0)
}

function readDescribeTransactionsResponseTransactionState(r: Reader): DescribeTransactionsResponseTransactionState {
  const value: DescribeTransactionsResponseTransactionState = {
    errorCode: r.int16(),
    transactionalId: r.compactString(),
    transactionState: r.compactString(),
    transactionTimeoutMs: r.int32(),
    transactionStartTimeMs: r.int64(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    topics: readArrayOfDescribeTransactionsResponseTopicData(r),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeTransactionsResponseTopicData(w: Writer, m: DescribeTransactionsResponseTopicDataInit): void {
  w.compactString(m.topic)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readDescribeTransactionsResponseTopicData(r: Reader): DescribeTransactionsResponseTopicData {
  const value: DescribeTransactionsResponseTopicData = {
    topic: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeTransactionsResponseTransactionState(w: Writer, list: readonly DescribeTransactionsResponseTransactionStateInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTransactionsResponseTransactionState(w, element)
}

function readArrayOfDescribeTransactionsResponseTransactionState(r: Reader): DescribeTransactionsResponseTransactionState[] {
  const length = readLength(r, true, 28, 8)
  const list: DescribeTransactionsResponseTransactionState[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTransactionsResponseTransactionState(r))
  return list
}

function writeArrayOfDescribeTransactionsResponseTopicData(w: Writer, list: readonly DescribeTransactionsResponseTopicDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeTransactionsResponseTopicData(w, element)
}

function readArrayOfDescribeTransactionsResponseTopicData(r: Reader): DescribeTransactionsResponseTopicData[] {
  const length = readLength(r, true, 3, 2)
  const list: DescribeTransactionsResponseTopicData[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeTransactionsResponseTopicData(r))
  return list
}

export function encodeDescribeTransactionsResponse(w: Writer, m: DescribeTransactionsResponseInit, version: number): void {
  if (version !== 0) unwritable('DescribeTransactionsResponse', version)
  writeDescribeTransactionsResponse(w, m)
}

export function decodeDescribeTransactionsResponse(r: Reader, version: number): DescribeTransactionsResponse {
  if (version !== 0) unreadable('DescribeTransactionsResponse', version, r)
  return readDescribeTransactionsResponse(r)
}

/** API key 65, versions 0. */
export const DescribeTransactionsApi: Api<DescribeTransactionsRequest, DescribeTransactionsRequestInit, DescribeTransactionsResponse, DescribeTransactionsResponseInit> = {
  key: 65,
  name: 'DescribeTransactions',
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeTransactionsRequest,
  decodeRequest: decodeDescribeTransactionsRequest,
  encodeResponse: encodeDescribeTransactionsResponse,
  decodeResponse: decodeDescribeTransactionsResponse,
}

// transactions/66-list-transactions.kmsg

export interface ListTransactionsRequest {
  stateFilters: string[]
  producerIdFilters: number[]
  durationFilter: number // 1-2
  transactionalIdPattern: string | null // 2
}

export interface ListTransactionsRequestInit {
  stateFilters: readonly string[]
  producerIdFilters: readonly number[]
  durationFilter?: number | undefined
  transactionalIdPattern?: string | null | undefined
}

function writeListTransactionsRequest(w: Writer, m: ListTransactionsRequestInit, version: number): void {
  writeStrings(w, m.stateFilters, true)
  writeInt64s(w, m.producerIdFilters, true)
  if (version >= 1) w.int64(m.durationFilter ?? -1)
  else { if (m.durationFilter !== undefined && m.durationFilter !== -1) refuse('ListTransactionsRequest.durationFilter', version) }
  if (version >= 2) w.compactNullableString(m.transactionalIdPattern ?? null)
  else { if (m.transactionalIdPattern !== undefined && m.transactionalIdPattern !== null) refuse('ListTransactionsRequest.transactionalIdPattern', version) }
  w.uvarint(0)
}

function readListTransactionsRequest(r: Reader, version: number): ListTransactionsRequest {
  const value: ListTransactionsRequest = {
    stateFilters: readStrings(r, true),
    producerIdFilters: readInt64s(r, true),
    durationFilter: version >= 1 ? r.int64() : -1,
    transactionalIdPattern: version >= 2 ? r.compactNullableString() : null,
  }
  r.skipTaggedFields()
  return value
}

export function encodeListTransactionsRequest(w: Writer, m: ListTransactionsRequestInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('ListTransactionsRequest', version)
  writeListTransactionsRequest(w, m, version)
}

export function decodeListTransactionsRequest(r: Reader, version: number): ListTransactionsRequest {
  if (!(version >= 0 && version <= 2)) unreadable('ListTransactionsRequest', version, r)
  return readListTransactionsRequest(r, version)
}

export interface ListTransactionsResponse {
  throttleTimeMs: number
  errorCode: number
  unknownStateFilters: string[]
  transactionStates: ListTransactionsResponseTransactionState[]
}

export interface ListTransactionsResponseInit {
  throttleTimeMs?: number | undefined
  errorCode: number
  unknownStateFilters: readonly string[]
  transactionStates: readonly ListTransactionsResponseTransactionStateInit[]
}

export interface ListTransactionsResponseTransactionState {
  transactionalId: string
  producerId: number
  transactionState: string
}

export type ListTransactionsResponseTransactionStateInit = ListTransactionsResponseTransactionState

function writeListTransactionsResponse(w: Writer, m: ListTransactionsResponseInit): void {
  w.int32(m.throttleTimeMs ?? 0)
  w.int16(m.errorCode)
  writeStrings(w, m.unknownStateFilters, true)
  writeArrayOfListTransactionsResponseTransactionState(w, m.transactionStates)
  w.uvarint(0)
}

function readListTransactionsResponse(r: Reader): ListTransactionsResponse {
  const value: ListTransactionsResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    unknownStateFilters: readStrings(r, true),
    transactionStates: readArrayOfListTransactionsResponseTransactionState(r),
  }
  r.skipTaggedFields()
  return value
}

function writeListTransactionsResponseTransactionState(w: Writer, m: ListTransactionsResponseTransactionStateInit): void {
  w.compactString(m.transactionalId)
  w.int64(m.producerId)
  w.compactString(m.transactionState)
  w.uvarint(0)
}

function readListTransactionsResponseTransactionState(r: Reader): ListTransactionsResponseTransactionState {
  const value: ListTransactionsResponseTransactionState = {
    transactionalId: r.compactString(),
    producerId: r.int64(),
    transactionState: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfListTransactionsResponseTransactionState(w: Writer, list: readonly ListTransactionsResponseTransactionStateInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeListTransactionsResponseTransactionState(w, element)
}

function readArrayOfListTransactionsResponseTransactionState(r: Reader): ListTransactionsResponseTransactionState[] {
  const length = readLength(r, true, 11, 3)
  const list: ListTransactionsResponseTransactionState[] = []
  for (let index = 0; index < length; index++) list.push(readListTransactionsResponseTransactionState(r))
  return list
}

export function encodeListTransactionsResponse(w: Writer, m: ListTransactionsResponseInit, version: number): void {
  if (!(version >= 0 && version <= 2)) unwritable('ListTransactionsResponse', version)
  writeListTransactionsResponse(w, m)
}

export function decodeListTransactionsResponse(r: Reader, version: number): ListTransactionsResponse {
  if (!(version >= 0 && version <= 2)) unreadable('ListTransactionsResponse', version, r)
  return readListTransactionsResponse(r)
}

/** API key 66, versions 0-2. */
export const ListTransactionsApi: Api<ListTransactionsRequest, ListTransactionsRequestInit, ListTransactionsResponse, ListTransactionsResponseInit> = {
  key: 66,
  name: 'ListTransactions',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeListTransactionsRequest,
  decodeRequest: decodeListTransactionsRequest,
  encodeResponse: encodeListTransactionsResponse,
  decodeResponse: decodeListTransactionsResponse,
}

// transactions/transaction-state.kmsg

export interface TransactionLogKey {
  transactionalId: string
}

export type TransactionLogKeyInit = TransactionLogKey

function writeTransactionLogKey(w: Writer, m: TransactionLogKeyInit): void {
  w.string(m.transactionalId)
}

function readTransactionLogKey(r: Reader): TransactionLogKey {
  return {
    transactionalId: r.string(),
  }
}

export function encodeTransactionLogKey(w: Writer, m: TransactionLogKeyInit): void {
  w.int16(0)
  writeTransactionLogKey(w, m)
}

export function decodeTransactionLogKey(r: Reader): TransactionLogKey {
  readRecordType(r, 'TransactionLogKey', 0)
  return readTransactionLogKey(r)
}

export const TransactionLogKeyFormat: RecordFormat<TransactionLogKey, TransactionLogKeyInit> = {
  name: 'TransactionLogKey',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeTransactionLogKey,
  decode: decodeTransactionLogKey,
}

export interface TransactionLogValue {
  producerId: number
  previousProducerId: number // 1, tag 0
  nextProducerId: number // 1, tag 1
  producerEpoch: number
  nextProducerEpoch: number // 1, tag 3
  transactionTimeoutMs: number
  transactionStatus: number
  transactionPartitions: TransactionLogValuePartitionsSchema[] | null
  transactionLastUpdateTimestampMs: number
  transactionStartTimestampMs: number
  clientTransactionVersion: number // 1, tag 2
}

export interface TransactionLogValueInit {
  producerId: number
  previousProducerId?: number | undefined
  nextProducerId?: number | undefined
  producerEpoch: number
  nextProducerEpoch?: number | undefined
  transactionTimeoutMs: number
  transactionStatus: number
  transactionPartitions?: readonly TransactionLogValuePartitionsSchemaInit[] | null | undefined
  transactionLastUpdateTimestampMs: number
  transactionStartTimestampMs: number
  clientTransactionVersion?: number | undefined
}

export interface TransactionLogValuePartitionsSchema {
  topic: string
  partitionIds: number[]
}

export interface TransactionLogValuePartitionsSchemaInit {
  topic: string
  partitionIds: readonly number[]
}

function writeTransactionLogValue(w: Writer, m: TransactionLogValueInit, version: number): void {
  const flexible = version >= 1
  w.int64(m.producerId)
  w.int16(m.producerEpoch)
  w.int32(m.transactionTimeoutMs)
  w.int8(m.transactionStatus)
  writeNullableArrayOfTransactionLogValuePartitionsSchema(w, m.transactionPartitions ?? null, version)
  w.int64(m.transactionLastUpdateTimestampMs)
  w.int64(m.transactionStartTimestampMs)
  if (version === 0) { if (m.previousProducerId !== undefined && m.previousProducerId !== -1) refuse('TransactionLogValue.previousProducerId', version) }
  if (version === 0) { if (m.nextProducerId !== undefined && m.nextProducerId !== -1) refuse('TransactionLogValue.nextProducerId', version) }
  if (version === 0) { if (m.clientTransactionVersion !== undefined && m.clientTransactionVersion !== 0) refuse('TransactionLogValue.clientTransactionVersion', version) }
  if (version === 0) { if (m.nextProducerEpoch !== undefined && m.nextProducerEpoch !== -1) refuse('TransactionLogValue.nextProducerEpoch', version) }
  if (flexible) {
    const t0 = m.previousProducerId
    const has0 = t0 !== undefined && t0 !== -1
    const t1 = m.nextProducerId
    const has1 = t1 !== undefined && t1 !== -1
    const t2 = m.clientTransactionVersion
    const has2 = t2 !== undefined && t2 !== 0
    const t3 = m.nextProducerEpoch
    const has3 = t3 !== undefined && t3 !== -1
    w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0) + (has3 ? 1 : 0))
    if (has0) {
      w.uvarint(0)
      w.uvarint(8)
      w.int64(t0)
    }
    if (has1) {
      w.uvarint(1)
      w.uvarint(8)
      w.int64(t1)
    }
    if (has2) {
      w.uvarint(2)
      w.uvarint(2)
      w.int16(t2)
    }
    if (has3) {
      w.uvarint(3)
      w.uvarint(2)
      w.int16(t3)
    }
  }
}

function readTransactionLogValue(r: Reader, version: number): TransactionLogValue {
  const flexible = version >= 1
  const value: TransactionLogValue = {
    producerId: r.int64(),
    previousProducerId: -1,
    nextProducerId: -1,
    producerEpoch: r.int16(),
    nextProducerEpoch: -1,
    transactionTimeoutMs: r.int32(),
    transactionStatus: r.int8(),
    transactionPartitions: readNullableArrayOfTransactionLogValuePartitionsSchema(r, version),
    transactionLastUpdateTimestampMs: r.int64(),
    transactionStartTimestampMs: r.int64(),
    clientTransactionVersion: 0,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.previousProducerId = r.int64()
      else if (tag === 1) value.nextProducerId = r.int64()
      else if (tag === 2) value.clientTransactionVersion = r.int16()
      else if (tag === 3) value.nextProducerEpoch = r.int16()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'TransactionLogValue', tag)
    }
  }
  return value
}

function writeTransactionLogValuePartitionsSchema(w: Writer, m: TransactionLogValuePartitionsSchemaInit, version: number): void {
  const flexible = version >= 1
  if (flexible) w.compactString(m.topic)
  else w.string(m.topic)
  writeInt32s(w, m.partitionIds, flexible)
  if (flexible) w.uvarint(0)
}

function readTransactionLogValuePartitionsSchema(r: Reader, version: number): TransactionLogValuePartitionsSchema {
  const flexible = version >= 1
  const value: TransactionLogValuePartitionsSchema = {
    topic: flexible ? r.compactString() : r.string(),
    partitionIds: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeNullableArrayOfTransactionLogValuePartitionsSchema(w: Writer, list: readonly TransactionLogValuePartitionsSchemaInit[] | null, version: number): void {
  const flexible = version >= 1
  writeLength(w, list === null ? -1 : list.length, flexible)
  if (list !== null) for (const element of list) writeTransactionLogValuePartitionsSchema(w, element, version)
}

function readNullableArrayOfTransactionLogValuePartitionsSchema(r: Reader, version: number): TransactionLogValuePartitionsSchema[] | null {
  const flexible = version >= 1
  const length = readNullableLength(r, flexible, flexible ? 3 : 6, 2)
  if (length < 0) return null
  const list: TransactionLogValuePartitionsSchema[] = []
  for (let index = 0; index < length; index++) list.push(readTransactionLogValuePartitionsSchema(r, version))
  return list
}

export function encodeTransactionLogValue(w: Writer, m: TransactionLogValueInit, version = 1): void {
  if (!(version >= 0 && version <= 1)) unwritable('TransactionLogValue', version)
  w.int16(version)
  writeTransactionLogValue(w, m, version)
}

export function decodeTransactionLogValue(r: Reader): TransactionLogValue {
  const version = readVersion(r, 'TransactionLogValue', 0, 1)
  return readTransactionLogValue(r, version)
}

export const TransactionLogValueFormat: RecordFormat<TransactionLogValue, TransactionLogValueInit> = {
  name: 'TransactionLogValue',
  type: 0,
  minVersion: 0,
  maxVersion: 1,
  encode: encodeTransactionLogValue,
  decode: decodeTransactionLogValue,
}

export const transactionStateFormats: readonly RecordFormat[] = [
  TransactionLogKeyFormat,
  TransactionLogValueFormat,
]
