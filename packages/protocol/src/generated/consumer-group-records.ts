// Made by generator/main.ts from definitions/consumer-group-records.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readInt32s, readLength, readNullableInt32s, readStrings, writeInt32s, writeLength, writeNullableInt32s, writeStrings } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unwritable } from '../messages/versions.ts'

export interface ConsumerGroupMetadataKey {
  groupId: string
}

export type ConsumerGroupMetadataKeyInit = ConsumerGroupMetadataKey

function writeConsumerGroupMetadataKey(w: Writer, m: ConsumerGroupMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readConsumerGroupMetadataKey(r: Reader, _version: number): ConsumerGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupMetadataKey(w: Writer, m: ConsumerGroupMetadataKeyInit): void {
  w.int16(3)
  writeConsumerGroupMetadataKey(w, m, 0)
}

export function decodeConsumerGroupMetadataKey(r: Reader): ConsumerGroupMetadataKey {
  readRecordType(r, 'ConsumerGroupMetadataKey', 3)
  return readConsumerGroupMetadataKey(r, 0)
}

export const ConsumerGroupMetadataKeyFormat: RecordFormat<ConsumerGroupMetadataKey, ConsumerGroupMetadataKeyInit> = {
  name: 'ConsumerGroupMetadataKey',
  type: 3,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMetadataKey,
  decode: decodeConsumerGroupMetadataKey,
}

export interface ConsumerGroupMetadataValue {
  epoch: number
  metadataHash: number // tag 0
}

export interface ConsumerGroupMetadataValueInit {
  epoch: number
  metadataHash?: number | undefined
}

function writeConsumerGroupMetadataValue(w: Writer, m: ConsumerGroupMetadataValueInit, _version: number): void {
  w.int32(m.epoch)
  const t0 = m.metadataHash
  const has0 = t0 !== undefined && t0 !== 0
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(8)
    w.int64(t0)
  }
}

function readConsumerGroupMetadataValue(r: Reader, _version: number): ConsumerGroupMetadataValue {
  const value: ConsumerGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.metadataHash = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupMetadataValue', tag)
  }
  return value
}

export function encodeConsumerGroupMetadataValue(w: Writer, m: ConsumerGroupMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupMetadataValue', version)
  w.int16(version)
  writeConsumerGroupMetadataValue(w, m, version)
}

export function decodeConsumerGroupMetadataValue(r: Reader): ConsumerGroupMetadataValue {
  return readConsumerGroupMetadataValue(r, readVersion(r, 'ConsumerGroupMetadataValue', 0, 0))
}

export const ConsumerGroupMetadataValueFormat: RecordFormat<ConsumerGroupMetadataValue, ConsumerGroupMetadataValueInit> = {
  name: 'ConsumerGroupMetadataValue',
  type: 3,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMetadataValue,
  decode: decodeConsumerGroupMetadataValue,
}

export interface ConsumerGroupPartitionMetadataKey {
  groupId: string
}

export type ConsumerGroupPartitionMetadataKeyInit = ConsumerGroupPartitionMetadataKey

function writeConsumerGroupPartitionMetadataKey(w: Writer, m: ConsumerGroupPartitionMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readConsumerGroupPartitionMetadataKey(r: Reader, _version: number): ConsumerGroupPartitionMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupPartitionMetadataKey(w: Writer, m: ConsumerGroupPartitionMetadataKeyInit): void {
  w.int16(4)
  writeConsumerGroupPartitionMetadataKey(w, m, 0)
}

export function decodeConsumerGroupPartitionMetadataKey(r: Reader): ConsumerGroupPartitionMetadataKey {
  readRecordType(r, 'ConsumerGroupPartitionMetadataKey', 4)
  return readConsumerGroupPartitionMetadataKey(r, 0)
}

export const ConsumerGroupPartitionMetadataKeyFormat: RecordFormat<ConsumerGroupPartitionMetadataKey, ConsumerGroupPartitionMetadataKeyInit> = {
  name: 'ConsumerGroupPartitionMetadataKey',
  type: 4,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupPartitionMetadataKey,
  decode: decodeConsumerGroupPartitionMetadataKey,
}

export interface ConsumerGroupPartitionMetadataValue {
  topics: ConsumerGroupPartitionMetadataValueTopicMetadata[]
}

export interface ConsumerGroupPartitionMetadataValueInit {
  topics: readonly ConsumerGroupPartitionMetadataValueTopicMetadataInit[]
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadata {
  topicId: string
  topicName: string
  numPartitions: number
  partitionMetadata: ConsumerGroupPartitionMetadataValuePartitionMetadata[]
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadataInit {
  topicId: string
  topicName: string
  numPartitions: number
  partitionMetadata: readonly ConsumerGroupPartitionMetadataValuePartitionMetadataInit[]
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadata {
  partition: number
  racks: string[]
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadataInit {
  partition: number
  racks: readonly string[]
}

function writeConsumerGroupPartitionMetadataValue(w: Writer, m: ConsumerGroupPartitionMetadataValueInit, version: number): void {
  writeArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(w, m.topics, version)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValue(r: Reader, version: number): ConsumerGroupPartitionMetadataValue {
  const value: ConsumerGroupPartitionMetadataValue = {
    topics: readArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupPartitionMetadataValueTopicMetadata(w: Writer, m: ConsumerGroupPartitionMetadataValueTopicMetadataInit, version: number): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  w.int32(m.numPartitions)
  writeArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(w, m.partitionMetadata, version)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValueTopicMetadata(r: Reader, version: number): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const value: ConsumerGroupPartitionMetadataValueTopicMetadata = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    numPartitions: r.int32(),
    partitionMetadata: readArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupPartitionMetadataValuePartitionMetadata(w: Writer, m: ConsumerGroupPartitionMetadataValuePartitionMetadataInit, _version: number): void {
  w.int32(m.partition)
  writeStrings(w, m.racks, true)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValuePartitionMetadata(r: Reader, _version: number): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const value: ConsumerGroupPartitionMetadataValuePartitionMetadata = {
    partition: r.int32(),
    racks: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(w: Writer, list: readonly ConsumerGroupPartitionMetadataValueTopicMetadataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupPartitionMetadataValueTopicMetadata(w, element, version)
}

function readArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(r: Reader, version: number): ConsumerGroupPartitionMetadataValueTopicMetadata[] {
  const length = readLength(r, true, 23, 4)
  const list: ConsumerGroupPartitionMetadataValueTopicMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupPartitionMetadataValueTopicMetadata(r, version))
  return list
}

function writeArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(w: Writer, list: readonly ConsumerGroupPartitionMetadataValuePartitionMetadataInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupPartitionMetadataValuePartitionMetadata(w, element, version)
}

function readArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(r: Reader, version: number): ConsumerGroupPartitionMetadataValuePartitionMetadata[] {
  const length = readLength(r, true, 6, 2)
  const list: ConsumerGroupPartitionMetadataValuePartitionMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupPartitionMetadataValuePartitionMetadata(r, version))
  return list
}

export function encodeConsumerGroupPartitionMetadataValue(w: Writer, m: ConsumerGroupPartitionMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupPartitionMetadataValue', version)
  w.int16(version)
  writeConsumerGroupPartitionMetadataValue(w, m, version)
}

export function decodeConsumerGroupPartitionMetadataValue(r: Reader): ConsumerGroupPartitionMetadataValue {
  return readConsumerGroupPartitionMetadataValue(r, readVersion(r, 'ConsumerGroupPartitionMetadataValue', 0, 0))
}

export const ConsumerGroupPartitionMetadataValueFormat: RecordFormat<ConsumerGroupPartitionMetadataValue, ConsumerGroupPartitionMetadataValueInit> = {
  name: 'ConsumerGroupPartitionMetadataValue',
  type: 4,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupPartitionMetadataValue,
  decode: decodeConsumerGroupPartitionMetadataValue,
}

export interface ConsumerGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type ConsumerGroupMemberMetadataKeyInit = ConsumerGroupMemberMetadataKey

function writeConsumerGroupMemberMetadataKey(w: Writer, m: ConsumerGroupMemberMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupMemberMetadataKey(r: Reader, _version: number): ConsumerGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupMemberMetadataKey(w: Writer, m: ConsumerGroupMemberMetadataKeyInit): void {
  w.int16(5)
  writeConsumerGroupMemberMetadataKey(w, m, 0)
}

export function decodeConsumerGroupMemberMetadataKey(r: Reader): ConsumerGroupMemberMetadataKey {
  readRecordType(r, 'ConsumerGroupMemberMetadataKey', 5)
  return readConsumerGroupMemberMetadataKey(r, 0)
}

export const ConsumerGroupMemberMetadataKeyFormat: RecordFormat<ConsumerGroupMemberMetadataKey, ConsumerGroupMemberMetadataKeyInit> = {
  name: 'ConsumerGroupMemberMetadataKey',
  type: 5,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMemberMetadataKey,
  decode: decodeConsumerGroupMemberMetadataKey,
}

export interface ConsumerGroupMemberMetadataValue {
  instanceId: string | null
  rackId: string | null
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  subscribedTopicRegex: string | null
  rebalanceTimeoutMs: number
  serverAssignor: string | null
  classicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata | null // tag 0
}

export interface ConsumerGroupMemberMetadataValueInit {
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
  subscribedTopicRegex?: string | null | undefined
  rebalanceTimeoutMs?: number | undefined
  serverAssignor?: string | null | undefined
  classicMemberMetadata?: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit | null | undefined
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  sessionTimeoutMs: number
  supportedProtocols: ConsumerGroupMemberMetadataValueClassicProtocol[]
}

export interface ConsumerGroupMemberMetadataValueClassicMemberMetadataInit {
  sessionTimeoutMs: number
  supportedProtocols: readonly ConsumerGroupMemberMetadataValueClassicProtocolInit[]
}

export interface ConsumerGroupMemberMetadataValueClassicProtocol {
  name: string
  metadata: Buffer
}

export interface ConsumerGroupMemberMetadataValueClassicProtocolInit {
  name: string
  metadata: Uint8Array
}

function writeConsumerGroupMemberMetadataValue(w: Writer, m: ConsumerGroupMemberMetadataValueInit, version: number): void {
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.compactNullableString(m.subscribedTopicRegex ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  w.compactNullableString(m.serverAssignor ?? null)
  const t0 = m.classicMemberMetadata
  const has0 = t0 !== undefined && t0 !== null
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(s0, t0, version)
    writeTag(w, 0, s0)
  }
}

function readConsumerGroupMemberMetadataValue(r: Reader, version: number): ConsumerGroupMemberMetadataValue {
  const value: ConsumerGroupMemberMetadataValue = {
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    subscribedTopicRegex: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    serverAssignor: r.compactNullableString(),
    classicMemberMetadata: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.classicMemberMetadata = readNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(r, version)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupMemberMetadataValue', tag)
  }
  return value
}

function writeConsumerGroupMemberMetadataValueClassicMemberMetadata(w: Writer, m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit, version: number): void {
  w.int32(m.sessionTimeoutMs)
  writeArrayOfConsumerGroupMemberMetadataValueClassicProtocol(w, m.supportedProtocols, version)
  w.uvarint(0)
}

function readConsumerGroupMemberMetadataValueClassicMemberMetadata(r: Reader, version: number): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const value: ConsumerGroupMemberMetadataValueClassicMemberMetadata = {
    sessionTimeoutMs: r.int32(),
    supportedProtocols: readArrayOfConsumerGroupMemberMetadataValueClassicProtocol(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupMemberMetadataValueClassicProtocol(w: Writer, m: ConsumerGroupMemberMetadataValueClassicProtocolInit, _version: number): void {
  w.compactString(m.name)
  w.compactBytes(m.metadata)
  w.uvarint(0)
}

function readConsumerGroupMemberMetadataValueClassicProtocol(r: Reader, _version: number): ConsumerGroupMemberMetadataValueClassicProtocol {
  const value: ConsumerGroupMemberMetadataValueClassicProtocol = {
    name: r.compactString(),
    metadata: r.compactBytes(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(w: Writer, m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeConsumerGroupMemberMetadataValueClassicMemberMetadata(w, m, version)
}

function readNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(r: Reader, version: number): ConsumerGroupMemberMetadataValueClassicMemberMetadata | null {
  return r.int8() < 0 ? null : readConsumerGroupMemberMetadataValueClassicMemberMetadata(r, version)
}

function writeArrayOfConsumerGroupMemberMetadataValueClassicProtocol(w: Writer, list: readonly ConsumerGroupMemberMetadataValueClassicProtocolInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupMemberMetadataValueClassicProtocol(w, element, version)
}

function readArrayOfConsumerGroupMemberMetadataValueClassicProtocol(r: Reader, version: number): ConsumerGroupMemberMetadataValueClassicProtocol[] {
  const length = readLength(r, true, 3, 2)
  const list: ConsumerGroupMemberMetadataValueClassicProtocol[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupMemberMetadataValueClassicProtocol(r, version))
  return list
}

export function encodeConsumerGroupMemberMetadataValue(w: Writer, m: ConsumerGroupMemberMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupMemberMetadataValue', version)
  w.int16(version)
  writeConsumerGroupMemberMetadataValue(w, m, version)
}

export function decodeConsumerGroupMemberMetadataValue(r: Reader): ConsumerGroupMemberMetadataValue {
  return readConsumerGroupMemberMetadataValue(r, readVersion(r, 'ConsumerGroupMemberMetadataValue', 0, 0))
}

export const ConsumerGroupMemberMetadataValueFormat: RecordFormat<ConsumerGroupMemberMetadataValue, ConsumerGroupMemberMetadataValueInit> = {
  name: 'ConsumerGroupMemberMetadataValue',
  type: 5,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupMemberMetadataValue,
  decode: decodeConsumerGroupMemberMetadataValue,
}

export interface ConsumerGroupTargetAssignmentMetadataKey {
  groupId: string
}

export type ConsumerGroupTargetAssignmentMetadataKeyInit = ConsumerGroupTargetAssignmentMetadataKey

function writeConsumerGroupTargetAssignmentMetadataKey(w: Writer, m: ConsumerGroupTargetAssignmentMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readConsumerGroupTargetAssignmentMetadataKey(r: Reader, _version: number): ConsumerGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupTargetAssignmentMetadataKey(w: Writer, m: ConsumerGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(6)
  writeConsumerGroupTargetAssignmentMetadataKey(w, m, 0)
}

export function decodeConsumerGroupTargetAssignmentMetadataKey(r: Reader): ConsumerGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'ConsumerGroupTargetAssignmentMetadataKey', 6)
  return readConsumerGroupTargetAssignmentMetadataKey(r, 0)
}

export const ConsumerGroupTargetAssignmentMetadataKeyFormat: RecordFormat<ConsumerGroupTargetAssignmentMetadataKey, ConsumerGroupTargetAssignmentMetadataKeyInit> = {
  name: 'ConsumerGroupTargetAssignmentMetadataKey',
  type: 6,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMetadataKey,
  decode: decodeConsumerGroupTargetAssignmentMetadataKey,
}

export interface ConsumerGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number
  assignmentTimestamp: number // tag 0
}

export interface ConsumerGroupTargetAssignmentMetadataValueInit {
  assignmentEpoch: number
  assignmentTimestamp?: number | undefined
}

function writeConsumerGroupTargetAssignmentMetadataValue(w: Writer, m: ConsumerGroupTargetAssignmentMetadataValueInit, _version: number): void {
  w.int32(m.assignmentEpoch)
  const t0 = m.assignmentTimestamp
  const has0 = t0 !== undefined && t0 !== 0
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(8)
    w.int64(t0)
  }
}

function readConsumerGroupTargetAssignmentMetadataValue(r: Reader, _version: number): ConsumerGroupTargetAssignmentMetadataValue {
  const value: ConsumerGroupTargetAssignmentMetadataValue = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentTimestamp = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupTargetAssignmentMetadataValue', tag)
  }
  return value
}

export function encodeConsumerGroupTargetAssignmentMetadataValue(w: Writer, m: ConsumerGroupTargetAssignmentMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeConsumerGroupTargetAssignmentMetadataValue(w, m, version)
}

export function decodeConsumerGroupTargetAssignmentMetadataValue(r: Reader): ConsumerGroupTargetAssignmentMetadataValue {
  return readConsumerGroupTargetAssignmentMetadataValue(r, readVersion(r, 'ConsumerGroupTargetAssignmentMetadataValue', 0, 0))
}

export const ConsumerGroupTargetAssignmentMetadataValueFormat: RecordFormat<ConsumerGroupTargetAssignmentMetadataValue, ConsumerGroupTargetAssignmentMetadataValueInit> = {
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  type: 6,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMetadataValue,
  decode: decodeConsumerGroupTargetAssignmentMetadataValue,
}

export interface ConsumerGroupTargetAssignmentMemberKey {
  groupId: string
  memberId: string
}

export type ConsumerGroupTargetAssignmentMemberKeyInit = ConsumerGroupTargetAssignmentMemberKey

function writeConsumerGroupTargetAssignmentMemberKey(w: Writer, m: ConsumerGroupTargetAssignmentMemberKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupTargetAssignmentMemberKey(r: Reader, _version: number): ConsumerGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupTargetAssignmentMemberKey(w: Writer, m: ConsumerGroupTargetAssignmentMemberKeyInit): void {
  w.int16(7)
  writeConsumerGroupTargetAssignmentMemberKey(w, m, 0)
}

export function decodeConsumerGroupTargetAssignmentMemberKey(r: Reader): ConsumerGroupTargetAssignmentMemberKey {
  readRecordType(r, 'ConsumerGroupTargetAssignmentMemberKey', 7)
  return readConsumerGroupTargetAssignmentMemberKey(r, 0)
}

export const ConsumerGroupTargetAssignmentMemberKeyFormat: RecordFormat<ConsumerGroupTargetAssignmentMemberKey, ConsumerGroupTargetAssignmentMemberKeyInit> = {
  name: 'ConsumerGroupTargetAssignmentMemberKey',
  type: 7,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMemberKey,
  decode: decodeConsumerGroupTargetAssignmentMemberKey,
}

export interface ConsumerGroupTargetAssignmentMemberValue {
  topicPartitions: ConsumerGroupTargetAssignmentMemberValueTopicPartition[]
}

export interface ConsumerGroupTargetAssignmentMemberValueInit {
  topicPartitions: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit[]
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  topicId: string
  partitions: number[]
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit {
  topicId: string
  partitions: readonly number[]
}

function writeConsumerGroupTargetAssignmentMemberValue(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueInit, version: number): void {
  writeArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(w, m.topicPartitions, version)
  w.uvarint(0)
}

function readConsumerGroupTargetAssignmentMemberValue(r: Reader, version: number): ConsumerGroupTargetAssignmentMemberValue {
  const value: ConsumerGroupTargetAssignmentMemberValue = {
    topicPartitions: readArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupTargetAssignmentMemberValueTopicPartition(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupTargetAssignmentMemberValueTopicPartition(r: Reader, _version: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const value: ConsumerGroupTargetAssignmentMemberValueTopicPartition = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(w: Writer, list: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupTargetAssignmentMemberValueTopicPartition(w, element, version)
}

function readArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(r: Reader, version: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition[] {
  const length = readLength(r, true, 18, 2)
  const list: ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupTargetAssignmentMemberValueTopicPartition(r, version))
  return list
}

export function encodeConsumerGroupTargetAssignmentMemberValue(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeConsumerGroupTargetAssignmentMemberValue(w, m, version)
}

export function decodeConsumerGroupTargetAssignmentMemberValue(r: Reader): ConsumerGroupTargetAssignmentMemberValue {
  return readConsumerGroupTargetAssignmentMemberValue(r, readVersion(r, 'ConsumerGroupTargetAssignmentMemberValue', 0, 0))
}

export const ConsumerGroupTargetAssignmentMemberValueFormat: RecordFormat<ConsumerGroupTargetAssignmentMemberValue, ConsumerGroupTargetAssignmentMemberValueInit> = {
  name: 'ConsumerGroupTargetAssignmentMemberValue',
  type: 7,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupTargetAssignmentMemberValue,
  decode: decodeConsumerGroupTargetAssignmentMemberValue,
}

export interface ConsumerGroupCurrentMemberAssignmentKey {
  groupId: string
  memberId: string
}

export type ConsumerGroupCurrentMemberAssignmentKeyInit = ConsumerGroupCurrentMemberAssignmentKey

function writeConsumerGroupCurrentMemberAssignmentKey(w: Writer, m: ConsumerGroupCurrentMemberAssignmentKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupCurrentMemberAssignmentKey(r: Reader, _version: number): ConsumerGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupCurrentMemberAssignmentKey(w: Writer, m: ConsumerGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(8)
  writeConsumerGroupCurrentMemberAssignmentKey(w, m, 0)
}

export function decodeConsumerGroupCurrentMemberAssignmentKey(r: Reader): ConsumerGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'ConsumerGroupCurrentMemberAssignmentKey', 8)
  return readConsumerGroupCurrentMemberAssignmentKey(r, 0)
}

export const ConsumerGroupCurrentMemberAssignmentKeyFormat: RecordFormat<ConsumerGroupCurrentMemberAssignmentKey, ConsumerGroupCurrentMemberAssignmentKeyInit> = {
  name: 'ConsumerGroupCurrentMemberAssignmentKey',
  type: 8,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupCurrentMemberAssignmentKey,
  decode: decodeConsumerGroupCurrentMemberAssignmentKey,
}

export interface ConsumerGroupCurrentMemberAssignmentValue {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[]
  partitionsPendingRevocation: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[]
}

export interface ConsumerGroupCurrentMemberAssignmentValueInit {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[]
  partitionsPendingRevocation: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[]
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: string
  partitions: number[]
  assignmentEpochs: number[] | null // tag 0
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
  assignmentEpochs?: readonly number[] | null | undefined
}

function writeConsumerGroupCurrentMemberAssignmentValue(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueInit, version: number): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, m.assignedPartitions, version)
  writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, m.partitionsPendingRevocation, version)
  w.uvarint(0)
}

function readConsumerGroupCurrentMemberAssignmentValue(r: Reader, version: number): ConsumerGroupCurrentMemberAssignmentValue {
  const value: ConsumerGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r, version),
    partitionsPendingRevocation: readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  const t0 = m.assignmentEpochs
  const has0 = t0 !== undefined && t0 !== null
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeNullableInt32s(s0, t0, true)
    writeTag(w, 0, s0)
  }
}

function readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader, _version: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const value: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
    assignmentEpochs: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentEpochs = readNullableInt32s(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupCurrentMemberAssignmentValue', tag)
  }
  return value
}

function writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, list: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, element, version)
}

function readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader, version: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const length = readLength(r, true, 18, 3)
  const list: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r, version))
  return list
}

export function encodeConsumerGroupCurrentMemberAssignmentValue(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeConsumerGroupCurrentMemberAssignmentValue(w, m, version)
}

export function decodeConsumerGroupCurrentMemberAssignmentValue(r: Reader): ConsumerGroupCurrentMemberAssignmentValue {
  return readConsumerGroupCurrentMemberAssignmentValue(r, readVersion(r, 'ConsumerGroupCurrentMemberAssignmentValue', 0, 0))
}

export const ConsumerGroupCurrentMemberAssignmentValueFormat: RecordFormat<ConsumerGroupCurrentMemberAssignmentValue, ConsumerGroupCurrentMemberAssignmentValueInit> = {
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  type: 8,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupCurrentMemberAssignmentValue,
  decode: decodeConsumerGroupCurrentMemberAssignmentValue,
}

export interface ConsumerGroupRegularExpressionKey {
  groupId: string
  regularExpression: string
}

export type ConsumerGroupRegularExpressionKeyInit = ConsumerGroupRegularExpressionKey

function writeConsumerGroupRegularExpressionKey(w: Writer, m: ConsumerGroupRegularExpressionKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.regularExpression)
}

function readConsumerGroupRegularExpressionKey(r: Reader, _version: number): ConsumerGroupRegularExpressionKey {
  return {
    groupId: r.string(),
    regularExpression: r.string(),
  }
}

export function encodeConsumerGroupRegularExpressionKey(w: Writer, m: ConsumerGroupRegularExpressionKeyInit): void {
  w.int16(16)
  writeConsumerGroupRegularExpressionKey(w, m, 0)
}

export function decodeConsumerGroupRegularExpressionKey(r: Reader): ConsumerGroupRegularExpressionKey {
  readRecordType(r, 'ConsumerGroupRegularExpressionKey', 16)
  return readConsumerGroupRegularExpressionKey(r, 0)
}

export const ConsumerGroupRegularExpressionKeyFormat: RecordFormat<ConsumerGroupRegularExpressionKey, ConsumerGroupRegularExpressionKeyInit> = {
  name: 'ConsumerGroupRegularExpressionKey',
  type: 16,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupRegularExpressionKey,
  decode: decodeConsumerGroupRegularExpressionKey,
}

export interface ConsumerGroupRegularExpressionValue {
  topics: string[]
  version: number
  timestamp: number
}

export interface ConsumerGroupRegularExpressionValueInit {
  topics: readonly string[]
  version: number
  timestamp: number
}

function writeConsumerGroupRegularExpressionValue(w: Writer, m: ConsumerGroupRegularExpressionValueInit, _version: number): void {
  writeStrings(w, m.topics, true)
  w.int64(m.version)
  w.int64(m.timestamp)
  w.uvarint(0)
}

function readConsumerGroupRegularExpressionValue(r: Reader, _version: number): ConsumerGroupRegularExpressionValue {
  const value: ConsumerGroupRegularExpressionValue = {
    topics: readStrings(r, true),
    version: r.int64(),
    timestamp: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeConsumerGroupRegularExpressionValue(w: Writer, m: ConsumerGroupRegularExpressionValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ConsumerGroupRegularExpressionValue', version)
  w.int16(version)
  writeConsumerGroupRegularExpressionValue(w, m, version)
}

export function decodeConsumerGroupRegularExpressionValue(r: Reader): ConsumerGroupRegularExpressionValue {
  return readConsumerGroupRegularExpressionValue(r, readVersion(r, 'ConsumerGroupRegularExpressionValue', 0, 0))
}

export const ConsumerGroupRegularExpressionValueFormat: RecordFormat<ConsumerGroupRegularExpressionValue, ConsumerGroupRegularExpressionValueInit> = {
  name: 'ConsumerGroupRegularExpressionValue',
  type: 16,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConsumerGroupRegularExpressionValue,
  decode: decodeConsumerGroupRegularExpressionValue,
}

export const consumerGroupRecordsFormats: readonly RecordFormat[] = [
  ConsumerGroupMetadataKeyFormat,
  ConsumerGroupMetadataValueFormat,
  ConsumerGroupPartitionMetadataKeyFormat,
  ConsumerGroupPartitionMetadataValueFormat,
  ConsumerGroupMemberMetadataKeyFormat,
  ConsumerGroupMemberMetadataValueFormat,
  ConsumerGroupTargetAssignmentMetadataKeyFormat,
  ConsumerGroupTargetAssignmentMetadataValueFormat,
  ConsumerGroupTargetAssignmentMemberKeyFormat,
  ConsumerGroupTargetAssignmentMemberValueFormat,
  ConsumerGroupCurrentMemberAssignmentKeyFormat,
  ConsumerGroupCurrentMemberAssignmentValueFormat,
  ConsumerGroupRegularExpressionKeyFormat,
  ConsumerGroupRegularExpressionValueFormat,
]
