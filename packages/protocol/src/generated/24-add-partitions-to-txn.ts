// Made by generator/main.ts from definitions/24-add-partitions-to-txn.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

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
  if (version < 0 || version > 5) unwritable('AddPartitionsToTxnRequest', version)
  writeAddPartitionsToTxnRequest(w, m, version)
}

export function decodeAddPartitionsToTxnRequest(r: Reader, version: number): AddPartitionsToTxnRequest {
  if (version < 0 || version > 5) unreadable('AddPartitionsToTxnRequest', version, r)
  return readAddPartitionsToTxnRequest(r, version)
}

export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number
  errorCode: number // 4-5
  resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] // 4-5
  resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] // 0-3
}

export interface AddPartitionsToTxnResponseInit {
  throttleTimeMs: number
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
  w.int32(m.throttleTimeMs)
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
  if (version < 0 || version > 5) unwritable('AddPartitionsToTxnResponse', version)
  writeAddPartitionsToTxnResponse(w, m, version)
}

export function decodeAddPartitionsToTxnResponse(r: Reader, version: number): AddPartitionsToTxnResponse {
  if (version < 0 || version > 5) unreadable('AddPartitionsToTxnResponse', version, r)
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
