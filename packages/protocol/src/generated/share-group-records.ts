// Made by generator/main.ts from definitions/share-group-records.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readInt32s, readLength, readStrings, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unwritable } from '../messages/versions.ts'

export interface ShareGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type ShareGroupMemberMetadataKeyInit = ShareGroupMemberMetadataKey

function writeShareGroupMemberMetadataKey(w: Writer, m: ShareGroupMemberMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupMemberMetadataKey(r: Reader, _version: number): ShareGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupMemberMetadataKey(w: Writer, m: ShareGroupMemberMetadataKeyInit): void {
  w.int16(10)
  writeShareGroupMemberMetadataKey(w, m, 0)
}

export function decodeShareGroupMemberMetadataKey(r: Reader): ShareGroupMemberMetadataKey {
  readRecordType(r, 'ShareGroupMemberMetadataKey', 10)
  return readShareGroupMemberMetadataKey(r, 0)
}

export const ShareGroupMemberMetadataKeyFormat: RecordFormat<ShareGroupMemberMetadataKey, ShareGroupMemberMetadataKeyInit> = {
  name: 'ShareGroupMemberMetadataKey',
  type: 10,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMemberMetadataKey,
  decode: decodeShareGroupMemberMetadataKey,
}

export interface ShareGroupMemberMetadataValue {
  rackId: string | null
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
}

export interface ShareGroupMemberMetadataValueInit {
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  subscribedTopicNames: readonly string[]
}

function writeShareGroupMemberMetadataValue(w: Writer, m: ShareGroupMemberMetadataValueInit, _version: number): void {
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.uvarint(0)
}

function readShareGroupMemberMetadataValue(r: Reader, _version: number): ShareGroupMemberMetadataValue {
  const value: ShareGroupMemberMetadataValue = {
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupMemberMetadataValue(w: Writer, m: ShareGroupMemberMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareGroupMemberMetadataValue', version)
  w.int16(version)
  writeShareGroupMemberMetadataValue(w, m, version)
}

export function decodeShareGroupMemberMetadataValue(r: Reader): ShareGroupMemberMetadataValue {
  return readShareGroupMemberMetadataValue(r, readVersion(r, 'ShareGroupMemberMetadataValue', 0, 0))
}

export const ShareGroupMemberMetadataValueFormat: RecordFormat<ShareGroupMemberMetadataValue, ShareGroupMemberMetadataValueInit> = {
  name: 'ShareGroupMemberMetadataValue',
  type: 10,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMemberMetadataValue,
  decode: decodeShareGroupMemberMetadataValue,
}

export interface ShareGroupMetadataKey {
  groupId: string
}

export type ShareGroupMetadataKeyInit = ShareGroupMetadataKey

function writeShareGroupMetadataKey(w: Writer, m: ShareGroupMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readShareGroupMetadataKey(r: Reader, _version: number): ShareGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupMetadataKey(w: Writer, m: ShareGroupMetadataKeyInit): void {
  w.int16(11)
  writeShareGroupMetadataKey(w, m, 0)
}

export function decodeShareGroupMetadataKey(r: Reader): ShareGroupMetadataKey {
  readRecordType(r, 'ShareGroupMetadataKey', 11)
  return readShareGroupMetadataKey(r, 0)
}

export const ShareGroupMetadataKeyFormat: RecordFormat<ShareGroupMetadataKey, ShareGroupMetadataKeyInit> = {
  name: 'ShareGroupMetadataKey',
  type: 11,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMetadataKey,
  decode: decodeShareGroupMetadataKey,
}

export interface ShareGroupMetadataValue {
  epoch: number
  metadataHash: number
}

export type ShareGroupMetadataValueInit = ShareGroupMetadataValue

function writeShareGroupMetadataValue(w: Writer, m: ShareGroupMetadataValueInit, _version: number): void {
  w.int32(m.epoch)
  w.int64(m.metadataHash)
  w.uvarint(0)
}

function readShareGroupMetadataValue(r: Reader, _version: number): ShareGroupMetadataValue {
  const value: ShareGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupMetadataValue(w: Writer, m: ShareGroupMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareGroupMetadataValue', version)
  w.int16(version)
  writeShareGroupMetadataValue(w, m, version)
}

export function decodeShareGroupMetadataValue(r: Reader): ShareGroupMetadataValue {
  return readShareGroupMetadataValue(r, readVersion(r, 'ShareGroupMetadataValue', 0, 0))
}

export const ShareGroupMetadataValueFormat: RecordFormat<ShareGroupMetadataValue, ShareGroupMetadataValueInit> = {
  name: 'ShareGroupMetadataValue',
  type: 11,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupMetadataValue,
  decode: decodeShareGroupMetadataValue,
}

export interface ShareGroupTargetAssignmentMetadataKey {
  groupId: string
}

export type ShareGroupTargetAssignmentMetadataKeyInit = ShareGroupTargetAssignmentMetadataKey

function writeShareGroupTargetAssignmentMetadataKey(w: Writer, m: ShareGroupTargetAssignmentMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readShareGroupTargetAssignmentMetadataKey(r: Reader, _version: number): ShareGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupTargetAssignmentMetadataKey(w: Writer, m: ShareGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(12)
  writeShareGroupTargetAssignmentMetadataKey(w, m, 0)
}

export function decodeShareGroupTargetAssignmentMetadataKey(r: Reader): ShareGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'ShareGroupTargetAssignmentMetadataKey', 12)
  return readShareGroupTargetAssignmentMetadataKey(r, 0)
}

export const ShareGroupTargetAssignmentMetadataKeyFormat: RecordFormat<ShareGroupTargetAssignmentMetadataKey, ShareGroupTargetAssignmentMetadataKeyInit> = {
  name: 'ShareGroupTargetAssignmentMetadataKey',
  type: 12,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMetadataKey,
  decode: decodeShareGroupTargetAssignmentMetadataKey,
}

export interface ShareGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number
  assignmentTimestamp: number // tag 0
}

export interface ShareGroupTargetAssignmentMetadataValueInit {
  assignmentEpoch: number
  assignmentTimestamp?: number | undefined
}

function writeShareGroupTargetAssignmentMetadataValue(w: Writer, m: ShareGroupTargetAssignmentMetadataValueInit, _version: number): void {
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

function readShareGroupTargetAssignmentMetadataValue(r: Reader, _version: number): ShareGroupTargetAssignmentMetadataValue {
  const value: ShareGroupTargetAssignmentMetadataValue = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentTimestamp = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ShareGroupTargetAssignmentMetadataValue', tag)
  }
  return value
}

export function encodeShareGroupTargetAssignmentMetadataValue(w: Writer, m: ShareGroupTargetAssignmentMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeShareGroupTargetAssignmentMetadataValue(w, m, version)
}

export function decodeShareGroupTargetAssignmentMetadataValue(r: Reader): ShareGroupTargetAssignmentMetadataValue {
  return readShareGroupTargetAssignmentMetadataValue(r, readVersion(r, 'ShareGroupTargetAssignmentMetadataValue', 0, 0))
}

export const ShareGroupTargetAssignmentMetadataValueFormat: RecordFormat<ShareGroupTargetAssignmentMetadataValue, ShareGroupTargetAssignmentMetadataValueInit> = {
  name: 'ShareGroupTargetAssignmentMetadataValue',
  type: 12,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMetadataValue,
  decode: decodeShareGroupTargetAssignmentMetadataValue,
}

export interface ShareGroupTargetAssignmentMemberKey {
  groupId: string
  memberId: string
}

export type ShareGroupTargetAssignmentMemberKeyInit = ShareGroupTargetAssignmentMemberKey

function writeShareGroupTargetAssignmentMemberKey(w: Writer, m: ShareGroupTargetAssignmentMemberKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupTargetAssignmentMemberKey(r: Reader, _version: number): ShareGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupTargetAssignmentMemberKey(w: Writer, m: ShareGroupTargetAssignmentMemberKeyInit): void {
  w.int16(13)
  writeShareGroupTargetAssignmentMemberKey(w, m, 0)
}

export function decodeShareGroupTargetAssignmentMemberKey(r: Reader): ShareGroupTargetAssignmentMemberKey {
  readRecordType(r, 'ShareGroupTargetAssignmentMemberKey', 13)
  return readShareGroupTargetAssignmentMemberKey(r, 0)
}

export const ShareGroupTargetAssignmentMemberKeyFormat: RecordFormat<ShareGroupTargetAssignmentMemberKey, ShareGroupTargetAssignmentMemberKeyInit> = {
  name: 'ShareGroupTargetAssignmentMemberKey',
  type: 13,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMemberKey,
  decode: decodeShareGroupTargetAssignmentMemberKey,
}

export interface ShareGroupTargetAssignmentMemberValue {
  topicPartitions: ShareGroupTargetAssignmentMemberValueTopicPartition[]
}

export interface ShareGroupTargetAssignmentMemberValueInit {
  topicPartitions: readonly ShareGroupTargetAssignmentMemberValueTopicPartitionInit[]
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartition {
  topicId: string
  partitions: number[]
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartitionInit {
  topicId: string
  partitions: readonly number[]
}

function writeShareGroupTargetAssignmentMemberValue(w: Writer, m: ShareGroupTargetAssignmentMemberValueInit, version: number): void {
  writeArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(w, m.topicPartitions, version)
  w.uvarint(0)
}

function readShareGroupTargetAssignmentMemberValue(r: Reader, version: number): ShareGroupTargetAssignmentMemberValue {
  const value: ShareGroupTargetAssignmentMemberValue = {
    topicPartitions: readArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupTargetAssignmentMemberValueTopicPartition(w: Writer, m: ShareGroupTargetAssignmentMemberValueTopicPartitionInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupTargetAssignmentMemberValueTopicPartition(r: Reader, _version: number): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const value: ShareGroupTargetAssignmentMemberValueTopicPartition = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(w: Writer, list: readonly ShareGroupTargetAssignmentMemberValueTopicPartitionInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupTargetAssignmentMemberValueTopicPartition(w, element, version)
}

function readArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(r: Reader, version: number): ShareGroupTargetAssignmentMemberValueTopicPartition[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupTargetAssignmentMemberValueTopicPartition(r, version))
  return list
}

export function encodeShareGroupTargetAssignmentMemberValue(w: Writer, m: ShareGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeShareGroupTargetAssignmentMemberValue(w, m, version)
}

export function decodeShareGroupTargetAssignmentMemberValue(r: Reader): ShareGroupTargetAssignmentMemberValue {
  return readShareGroupTargetAssignmentMemberValue(r, readVersion(r, 'ShareGroupTargetAssignmentMemberValue', 0, 0))
}

export const ShareGroupTargetAssignmentMemberValueFormat: RecordFormat<ShareGroupTargetAssignmentMemberValue, ShareGroupTargetAssignmentMemberValueInit> = {
  name: 'ShareGroupTargetAssignmentMemberValue',
  type: 13,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupTargetAssignmentMemberValue,
  decode: decodeShareGroupTargetAssignmentMemberValue,
}

export interface ShareGroupCurrentMemberAssignmentKey {
  groupId: string
  memberId: string
}

export type ShareGroupCurrentMemberAssignmentKeyInit = ShareGroupCurrentMemberAssignmentKey

function writeShareGroupCurrentMemberAssignmentKey(w: Writer, m: ShareGroupCurrentMemberAssignmentKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupCurrentMemberAssignmentKey(r: Reader, _version: number): ShareGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupCurrentMemberAssignmentKey(w: Writer, m: ShareGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(14)
  writeShareGroupCurrentMemberAssignmentKey(w, m, 0)
}

export function decodeShareGroupCurrentMemberAssignmentKey(r: Reader): ShareGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'ShareGroupCurrentMemberAssignmentKey', 14)
  return readShareGroupCurrentMemberAssignmentKey(r, 0)
}

export const ShareGroupCurrentMemberAssignmentKeyFormat: RecordFormat<ShareGroupCurrentMemberAssignmentKey, ShareGroupCurrentMemberAssignmentKeyInit> = {
  name: 'ShareGroupCurrentMemberAssignmentKey',
  type: 14,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupCurrentMemberAssignmentKey,
  decode: decodeShareGroupCurrentMemberAssignmentKey,
}

export interface ShareGroupCurrentMemberAssignmentValue {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: ShareGroupCurrentMemberAssignmentValueTopicPartitions[]
}

export interface ShareGroupCurrentMemberAssignmentValueInit {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  assignedPartitions: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit[]
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  topicId: string
  partitions: number[]
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit {
  topicId: string
  partitions: readonly number[]
}

function writeShareGroupCurrentMemberAssignmentValue(w: Writer, m: ShareGroupCurrentMemberAssignmentValueInit, version: number): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(w, m.assignedPartitions, version)
  w.uvarint(0)
}

function readShareGroupCurrentMemberAssignmentValue(r: Reader, version: number): ShareGroupCurrentMemberAssignmentValue {
  const value: ShareGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: readArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, m: ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit, _version: number): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader, _version: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const value: ShareGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, list: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupCurrentMemberAssignmentValueTopicPartitions(w, element, version)
}

function readArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader, version: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupCurrentMemberAssignmentValueTopicPartitions(r, version))
  return list
}

export function encodeShareGroupCurrentMemberAssignmentValue(w: Writer, m: ShareGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeShareGroupCurrentMemberAssignmentValue(w, m, version)
}

export function decodeShareGroupCurrentMemberAssignmentValue(r: Reader): ShareGroupCurrentMemberAssignmentValue {
  return readShareGroupCurrentMemberAssignmentValue(r, readVersion(r, 'ShareGroupCurrentMemberAssignmentValue', 0, 0))
}

export const ShareGroupCurrentMemberAssignmentValueFormat: RecordFormat<ShareGroupCurrentMemberAssignmentValue, ShareGroupCurrentMemberAssignmentValueInit> = {
  name: 'ShareGroupCurrentMemberAssignmentValue',
  type: 14,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupCurrentMemberAssignmentValue,
  decode: decodeShareGroupCurrentMemberAssignmentValue,
}

export interface ShareGroupStatePartitionMetadataKey {
  groupId: string
}

export type ShareGroupStatePartitionMetadataKeyInit = ShareGroupStatePartitionMetadataKey

function writeShareGroupStatePartitionMetadataKey(w: Writer, m: ShareGroupStatePartitionMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readShareGroupStatePartitionMetadataKey(r: Reader, _version: number): ShareGroupStatePartitionMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupStatePartitionMetadataKey(w: Writer, m: ShareGroupStatePartitionMetadataKeyInit): void {
  w.int16(15)
  writeShareGroupStatePartitionMetadataKey(w, m, 0)
}

export function decodeShareGroupStatePartitionMetadataKey(r: Reader): ShareGroupStatePartitionMetadataKey {
  readRecordType(r, 'ShareGroupStatePartitionMetadataKey', 15)
  return readShareGroupStatePartitionMetadataKey(r, 0)
}

export const ShareGroupStatePartitionMetadataKeyFormat: RecordFormat<ShareGroupStatePartitionMetadataKey, ShareGroupStatePartitionMetadataKeyInit> = {
  name: 'ShareGroupStatePartitionMetadataKey',
  type: 15,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupStatePartitionMetadataKey,
  decode: decodeShareGroupStatePartitionMetadataKey,
}

export interface ShareGroupStatePartitionMetadataValue {
  initializingTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[]
  initializedTopics: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[]
  deletingTopics: ShareGroupStatePartitionMetadataValueTopicInfo[]
}

export interface ShareGroupStatePartitionMetadataValueInit {
  initializingTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[]
  initializedTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[]
  deletingTopics: readonly ShareGroupStatePartitionMetadataValueTopicInfoInit[]
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  topicId: string
  topicName: string
  partitions: number[]
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit {
  topicId: string
  topicName: string
  partitions: readonly number[]
}

export interface ShareGroupStatePartitionMetadataValueTopicInfo {
  topicId: string
  topicName: string
}

export type ShareGroupStatePartitionMetadataValueTopicInfoInit = ShareGroupStatePartitionMetadataValueTopicInfo

function writeShareGroupStatePartitionMetadataValue(w: Writer, m: ShareGroupStatePartitionMetadataValueInit, version: number): void {
  writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, m.initializingTopics, version)
  writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, m.initializedTopics, version)
  writeArrayOfShareGroupStatePartitionMetadataValueTopicInfo(w, m.deletingTopics, version)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValue(r: Reader, version: number): ShareGroupStatePartitionMetadataValue {
  const value: ShareGroupStatePartitionMetadataValue = {
    initializingTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r, version),
    initializedTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r, version),
    deletingTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicInfo(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w: Writer, m: ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit, _version: number): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const value: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupStatePartitionMetadataValueTopicInfo(w: Writer, m: ShareGroupStatePartitionMetadataValueTopicInfoInit, _version: number): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValueTopicInfo(r: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicInfo {
  const value: ShareGroupStatePartitionMetadataValueTopicInfo = {
    topicId: r.uuid(),
    topicName: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w: Writer, list: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, element, version)
}

function readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r: Reader, version: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r, version))
  return list
}

function writeArrayOfShareGroupStatePartitionMetadataValueTopicInfo(w: Writer, list: readonly ShareGroupStatePartitionMetadataValueTopicInfoInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupStatePartitionMetadataValueTopicInfo(w, element, version)
}

function readArrayOfShareGroupStatePartitionMetadataValueTopicInfo(r: Reader, version: number): ShareGroupStatePartitionMetadataValueTopicInfo[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupStatePartitionMetadataValueTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupStatePartitionMetadataValueTopicInfo(r, version))
  return list
}

export function encodeShareGroupStatePartitionMetadataValue(w: Writer, m: ShareGroupStatePartitionMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareGroupStatePartitionMetadataValue', version)
  w.int16(version)
  writeShareGroupStatePartitionMetadataValue(w, m, version)
}

export function decodeShareGroupStatePartitionMetadataValue(r: Reader): ShareGroupStatePartitionMetadataValue {
  return readShareGroupStatePartitionMetadataValue(r, readVersion(r, 'ShareGroupStatePartitionMetadataValue', 0, 0))
}

export const ShareGroupStatePartitionMetadataValueFormat: RecordFormat<ShareGroupStatePartitionMetadataValue, ShareGroupStatePartitionMetadataValueInit> = {
  name: 'ShareGroupStatePartitionMetadataValue',
  type: 15,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareGroupStatePartitionMetadataValue,
  decode: decodeShareGroupStatePartitionMetadataValue,
}

export const shareGroupRecordsFormats: readonly RecordFormat[] = [
  ShareGroupMemberMetadataKeyFormat,
  ShareGroupMemberMetadataValueFormat,
  ShareGroupMetadataKeyFormat,
  ShareGroupMetadataValueFormat,
  ShareGroupTargetAssignmentMetadataKeyFormat,
  ShareGroupTargetAssignmentMetadataValueFormat,
  ShareGroupTargetAssignmentMemberKeyFormat,
  ShareGroupTargetAssignmentMemberValueFormat,
  ShareGroupCurrentMemberAssignmentKeyFormat,
  ShareGroupCurrentMemberAssignmentValueFormat,
  ShareGroupStatePartitionMetadataKeyFormat,
  ShareGroupStatePartitionMetadataValueFormat,
]
