// Made by generator/main.ts from definitions/streams-group-records.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readInt16s, readInt32s, readLength, readNullableInt32s, readNullableLength, readStrings, writeInt16s, writeInt32s, writeLength, writeNullableInt32s, writeStrings } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unwritable } from '../messages/versions.ts'

export interface StreamsGroupMetadataKey {
  groupId: string
}

export type StreamsGroupMetadataKeyInit = StreamsGroupMetadataKey

function writeStreamsGroupMetadataKey(w: Writer, m: StreamsGroupMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readStreamsGroupMetadataKey(r: Reader, _version: number): StreamsGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupMetadataKey(w: Writer, m: StreamsGroupMetadataKeyInit): void {
  w.int16(17)
  writeStreamsGroupMetadataKey(w, m, 0)
}

export function decodeStreamsGroupMetadataKey(r: Reader): StreamsGroupMetadataKey {
  readRecordType(r, 'StreamsGroupMetadataKey', 17)
  return readStreamsGroupMetadataKey(r, 0)
}

export const StreamsGroupMetadataKeyFormat: RecordFormat<StreamsGroupMetadataKey, StreamsGroupMetadataKeyInit> = {
  name: 'StreamsGroupMetadataKey',
  type: 17,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMetadataKey,
  decode: decodeStreamsGroupMetadataKey,
}

export interface StreamsGroupMetadataValue {
  epoch: number
  metadataHash: number
  validatedTopologyEpoch: number // tag 0
  lastAssignmentConfigs: StreamsGroupMetadataValueLastAssignmentConfig[] | null // tag 1
}

export interface StreamsGroupMetadataValueInit {
  epoch: number
  metadataHash: number
  validatedTopologyEpoch?: number | undefined
  lastAssignmentConfigs?: readonly StreamsGroupMetadataValueLastAssignmentConfigInit[] | null | undefined
}

export interface StreamsGroupMetadataValueLastAssignmentConfig {
  key: string
  value: string
}

export type StreamsGroupMetadataValueLastAssignmentConfigInit = StreamsGroupMetadataValueLastAssignmentConfig

function writeStreamsGroupMetadataValue(w: Writer, m: StreamsGroupMetadataValueInit, version: number): void {
  w.int32(m.epoch)
  w.int64(m.metadataHash)
  const t0 = m.validatedTopologyEpoch
  const has0 = t0 !== undefined && t0 !== -1
  const t1 = m.lastAssignmentConfigs
  const has1 = t1 !== undefined && t1 !== null
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0))
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
  if (has1) {
    const s1 = new Writer()
    writeNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(s1, t1, version)
    writeTag(w, 1, s1)
  }
}

function readStreamsGroupMetadataValue(r: Reader, version: number): StreamsGroupMetadataValue {
  const value: StreamsGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: r.int64(),
    validatedTopologyEpoch: -1,
    lastAssignmentConfigs: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.validatedTopologyEpoch = r.int32()
    else if (tag === 1) value.lastAssignmentConfigs = readNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(r, version)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupMetadataValue', tag)
  }
  return value
}

function writeStreamsGroupMetadataValueLastAssignmentConfig(w: Writer, m: StreamsGroupMetadataValueLastAssignmentConfigInit, _version: number): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupMetadataValueLastAssignmentConfig(r: Reader, _version: number): StreamsGroupMetadataValueLastAssignmentConfig {
  const value: StreamsGroupMetadataValueLastAssignmentConfig = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(w: Writer, list: readonly StreamsGroupMetadataValueLastAssignmentConfigInit[] | null, version: number): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupMetadataValueLastAssignmentConfig(w, element, version)
}

function readNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(r: Reader, version: number): StreamsGroupMetadataValueLastAssignmentConfig[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupMetadataValueLastAssignmentConfig[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupMetadataValueLastAssignmentConfig(r, version))
  return list
}

export function encodeStreamsGroupMetadataValue(w: Writer, m: StreamsGroupMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupMetadataValue', version)
  w.int16(version)
  writeStreamsGroupMetadataValue(w, m, version)
}

export function decodeStreamsGroupMetadataValue(r: Reader): StreamsGroupMetadataValue {
  return readStreamsGroupMetadataValue(r, readVersion(r, 'StreamsGroupMetadataValue', 0, 0))
}

export const StreamsGroupMetadataValueFormat: RecordFormat<StreamsGroupMetadataValue, StreamsGroupMetadataValueInit> = {
  name: 'StreamsGroupMetadataValue',
  type: 17,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMetadataValue,
  decode: decodeStreamsGroupMetadataValue,
}

export interface StreamsGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type StreamsGroupMemberMetadataKeyInit = StreamsGroupMemberMetadataKey

function writeStreamsGroupMemberMetadataKey(w: Writer, m: StreamsGroupMemberMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupMemberMetadataKey(r: Reader, _version: number): StreamsGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupMemberMetadataKey(w: Writer, m: StreamsGroupMemberMetadataKeyInit): void {
  w.int16(19)
  writeStreamsGroupMemberMetadataKey(w, m, 0)
}

export function decodeStreamsGroupMemberMetadataKey(r: Reader): StreamsGroupMemberMetadataKey {
  readRecordType(r, 'StreamsGroupMemberMetadataKey', 19)
  return readStreamsGroupMemberMetadataKey(r, 0)
}

export const StreamsGroupMemberMetadataKeyFormat: RecordFormat<StreamsGroupMemberMetadataKey, StreamsGroupMemberMetadataKeyInit> = {
  name: 'StreamsGroupMemberMetadataKey',
  type: 19,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMemberMetadataKey,
  decode: decodeStreamsGroupMemberMetadataKey,
}

export interface StreamsGroupMemberMetadataValue {
  instanceId: string | null
  rackId: string | null
  clientId: string
  clientHost: string
  rebalanceTimeoutMs: number
  topologyEpoch: number
  processId: string
  userEndpoint: StreamsGroupMemberMetadataValueEndpoint | null
  clientTags: StreamsGroupMemberMetadataValueKeyValue[]
}

export interface StreamsGroupMemberMetadataValueInit {
  instanceId?: string | null | undefined
  rackId?: string | null | undefined
  clientId: string
  clientHost: string
  rebalanceTimeoutMs?: number | undefined
  topologyEpoch: number
  processId: string
  userEndpoint?: StreamsGroupMemberMetadataValueEndpointInit | null | undefined
  clientTags: readonly StreamsGroupMemberMetadataValueKeyValueInit[]
}

export interface StreamsGroupMemberMetadataValueEndpoint {
  host: string
  port: number
}

export type StreamsGroupMemberMetadataValueEndpointInit = StreamsGroupMemberMetadataValueEndpoint

export interface StreamsGroupMemberMetadataValueKeyValue {
  key: string
  value: string
}

export type StreamsGroupMemberMetadataValueKeyValueInit = StreamsGroupMemberMetadataValueKeyValue

function writeStreamsGroupMemberMetadataValue(w: Writer, m: StreamsGroupMemberMetadataValueInit, version: number): void {
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  w.int32(m.topologyEpoch)
  w.compactString(m.processId)
  writeNullableStreamsGroupMemberMetadataValueEndpoint(w, m.userEndpoint ?? null, version)
  writeArrayOfStreamsGroupMemberMetadataValueKeyValue(w, m.clientTags, version)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValue(r: Reader, version: number): StreamsGroupMemberMetadataValue {
  const value: StreamsGroupMemberMetadataValue = {
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    rebalanceTimeoutMs: r.int32(),
    topologyEpoch: r.int32(),
    processId: r.compactString(),
    userEndpoint: readNullableStreamsGroupMemberMetadataValueEndpoint(r, version),
    clientTags: readArrayOfStreamsGroupMemberMetadataValueKeyValue(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupMemberMetadataValueEndpoint(w: Writer, m: StreamsGroupMemberMetadataValueEndpointInit, _version: number): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValueEndpoint(r: Reader, _version: number): StreamsGroupMemberMetadataValueEndpoint {
  const value: StreamsGroupMemberMetadataValueEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupMemberMetadataValueKeyValue(w: Writer, m: StreamsGroupMemberMetadataValueKeyValueInit, _version: number): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValueKeyValue(r: Reader, _version: number): StreamsGroupMemberMetadataValueKeyValue {
  const value: StreamsGroupMemberMetadataValueKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupMemberMetadataValueEndpoint(w: Writer, m: StreamsGroupMemberMetadataValueEndpointInit | null, version: number): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupMemberMetadataValueEndpoint(w, m, version)
}

function readNullableStreamsGroupMemberMetadataValueEndpoint(r: Reader, version: number): StreamsGroupMemberMetadataValueEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupMemberMetadataValueEndpoint(r, version)
}

function writeArrayOfStreamsGroupMemberMetadataValueKeyValue(w: Writer, list: readonly StreamsGroupMemberMetadataValueKeyValueInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupMemberMetadataValueKeyValue(w, element, version)
}

function readArrayOfStreamsGroupMemberMetadataValueKeyValue(r: Reader, version: number): StreamsGroupMemberMetadataValueKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupMemberMetadataValueKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupMemberMetadataValueKeyValue(r, version))
  return list
}

export function encodeStreamsGroupMemberMetadataValue(w: Writer, m: StreamsGroupMemberMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupMemberMetadataValue', version)
  w.int16(version)
  writeStreamsGroupMemberMetadataValue(w, m, version)
}

export function decodeStreamsGroupMemberMetadataValue(r: Reader): StreamsGroupMemberMetadataValue {
  return readStreamsGroupMemberMetadataValue(r, readVersion(r, 'StreamsGroupMemberMetadataValue', 0, 0))
}

export const StreamsGroupMemberMetadataValueFormat: RecordFormat<StreamsGroupMemberMetadataValue, StreamsGroupMemberMetadataValueInit> = {
  name: 'StreamsGroupMemberMetadataValue',
  type: 19,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupMemberMetadataValue,
  decode: decodeStreamsGroupMemberMetadataValue,
}

export interface StreamsGroupTargetAssignmentMetadataKey {
  groupId: string
}

export type StreamsGroupTargetAssignmentMetadataKeyInit = StreamsGroupTargetAssignmentMetadataKey

function writeStreamsGroupTargetAssignmentMetadataKey(w: Writer, m: StreamsGroupTargetAssignmentMetadataKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readStreamsGroupTargetAssignmentMetadataKey(r: Reader, _version: number): StreamsGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupTargetAssignmentMetadataKey(w: Writer, m: StreamsGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(20)
  writeStreamsGroupTargetAssignmentMetadataKey(w, m, 0)
}

export function decodeStreamsGroupTargetAssignmentMetadataKey(r: Reader): StreamsGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'StreamsGroupTargetAssignmentMetadataKey', 20)
  return readStreamsGroupTargetAssignmentMetadataKey(r, 0)
}

export const StreamsGroupTargetAssignmentMetadataKeyFormat: RecordFormat<StreamsGroupTargetAssignmentMetadataKey, StreamsGroupTargetAssignmentMetadataKeyInit> = {
  name: 'StreamsGroupTargetAssignmentMetadataKey',
  type: 20,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMetadataKey,
  decode: decodeStreamsGroupTargetAssignmentMetadataKey,
}

export interface StreamsGroupTargetAssignmentMetadataValue {
  assignmentEpoch: number
  assignmentTimestamp: number // tag 0
}

export interface StreamsGroupTargetAssignmentMetadataValueInit {
  assignmentEpoch: number
  assignmentTimestamp?: number | undefined
}

function writeStreamsGroupTargetAssignmentMetadataValue(w: Writer, m: StreamsGroupTargetAssignmentMetadataValueInit, _version: number): void {
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

function readStreamsGroupTargetAssignmentMetadataValue(r: Reader, _version: number): StreamsGroupTargetAssignmentMetadataValue {
  const value: StreamsGroupTargetAssignmentMetadataValue = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentTimestamp = r.int64()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupTargetAssignmentMetadataValue', tag)
  }
  return value
}

export function encodeStreamsGroupTargetAssignmentMetadataValue(w: Writer, m: StreamsGroupTargetAssignmentMetadataValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeStreamsGroupTargetAssignmentMetadataValue(w, m, version)
}

export function decodeStreamsGroupTargetAssignmentMetadataValue(r: Reader): StreamsGroupTargetAssignmentMetadataValue {
  return readStreamsGroupTargetAssignmentMetadataValue(r, readVersion(r, 'StreamsGroupTargetAssignmentMetadataValue', 0, 0))
}

export const StreamsGroupTargetAssignmentMetadataValueFormat: RecordFormat<StreamsGroupTargetAssignmentMetadataValue, StreamsGroupTargetAssignmentMetadataValueInit> = {
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  type: 20,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMetadataValue,
  decode: decodeStreamsGroupTargetAssignmentMetadataValue,
}

export interface StreamsGroupTargetAssignmentMemberKey {
  groupId: string
  memberId: string
}

export type StreamsGroupTargetAssignmentMemberKeyInit = StreamsGroupTargetAssignmentMemberKey

function writeStreamsGroupTargetAssignmentMemberKey(w: Writer, m: StreamsGroupTargetAssignmentMemberKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupTargetAssignmentMemberKey(r: Reader, _version: number): StreamsGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupTargetAssignmentMemberKey(w: Writer, m: StreamsGroupTargetAssignmentMemberKeyInit): void {
  w.int16(21)
  writeStreamsGroupTargetAssignmentMemberKey(w, m, 0)
}

export function decodeStreamsGroupTargetAssignmentMemberKey(r: Reader): StreamsGroupTargetAssignmentMemberKey {
  readRecordType(r, 'StreamsGroupTargetAssignmentMemberKey', 21)
  return readStreamsGroupTargetAssignmentMemberKey(r, 0)
}

export const StreamsGroupTargetAssignmentMemberKeyFormat: RecordFormat<StreamsGroupTargetAssignmentMemberKey, StreamsGroupTargetAssignmentMemberKeyInit> = {
  name: 'StreamsGroupTargetAssignmentMemberKey',
  type: 21,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMemberKey,
  decode: decodeStreamsGroupTargetAssignmentMemberKey,
}

export interface StreamsGroupTargetAssignmentMemberValue {
  activeTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[]
  standbyTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[]
  warmupTasks: StreamsGroupTargetAssignmentMemberValueTaskIds[]
}

export interface StreamsGroupTargetAssignmentMemberValueInit {
  activeTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]
  standbyTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]
  warmupTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
}

function writeStreamsGroupTargetAssignmentMemberValue(w: Writer, m: StreamsGroupTargetAssignmentMemberValueInit, version: number): void {
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.activeTasks, version)
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.standbyTasks, version)
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.warmupTasks, version)
  w.uvarint(0)
}

function readStreamsGroupTargetAssignmentMemberValue(r: Reader, version: number): StreamsGroupTargetAssignmentMemberValue {
  const value: StreamsGroupTargetAssignmentMemberValue = {
    activeTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r, version),
    standbyTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r, version),
    warmupTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTargetAssignmentMemberValueTaskIds(w: Writer, m: StreamsGroupTargetAssignmentMemberValueTaskIdsInit, _version: number): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupTargetAssignmentMemberValueTaskIds(r: Reader, _version: number): StreamsGroupTargetAssignmentMemberValueTaskIds {
  const value: StreamsGroupTargetAssignmentMemberValueTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w: Writer, list: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTargetAssignmentMemberValueTaskIds(w, element, version)
}

function readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r: Reader, version: number): StreamsGroupTargetAssignmentMemberValueTaskIds[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTargetAssignmentMemberValueTaskIds(r, version))
  return list
}

export function encodeStreamsGroupTargetAssignmentMemberValue(w: Writer, m: StreamsGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeStreamsGroupTargetAssignmentMemberValue(w, m, version)
}

export function decodeStreamsGroupTargetAssignmentMemberValue(r: Reader): StreamsGroupTargetAssignmentMemberValue {
  return readStreamsGroupTargetAssignmentMemberValue(r, readVersion(r, 'StreamsGroupTargetAssignmentMemberValue', 0, 0))
}

export const StreamsGroupTargetAssignmentMemberValueFormat: RecordFormat<StreamsGroupTargetAssignmentMemberValue, StreamsGroupTargetAssignmentMemberValueInit> = {
  name: 'StreamsGroupTargetAssignmentMemberValue',
  type: 21,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTargetAssignmentMemberValue,
  decode: decodeStreamsGroupTargetAssignmentMemberValue,
}

export interface StreamsGroupCurrentMemberAssignmentKey {
  groupId: string
  memberId: string
}

export type StreamsGroupCurrentMemberAssignmentKeyInit = StreamsGroupCurrentMemberAssignmentKey

function writeStreamsGroupCurrentMemberAssignmentKey(w: Writer, m: StreamsGroupCurrentMemberAssignmentKeyInit, _version: number): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupCurrentMemberAssignmentKey(r: Reader, _version: number): StreamsGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupCurrentMemberAssignmentKey(w: Writer, m: StreamsGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(22)
  writeStreamsGroupCurrentMemberAssignmentKey(w, m, 0)
}

export function decodeStreamsGroupCurrentMemberAssignmentKey(r: Reader): StreamsGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'StreamsGroupCurrentMemberAssignmentKey', 22)
  return readStreamsGroupCurrentMemberAssignmentKey(r, 0)
}

export const StreamsGroupCurrentMemberAssignmentKeyFormat: RecordFormat<StreamsGroupCurrentMemberAssignmentKey, StreamsGroupCurrentMemberAssignmentKeyInit> = {
  name: 'StreamsGroupCurrentMemberAssignmentKey',
  type: 22,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupCurrentMemberAssignmentKey,
  decode: decodeStreamsGroupCurrentMemberAssignmentKey,
}

export interface StreamsGroupCurrentMemberAssignmentValue {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  activeTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  standbyTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  warmupTasks: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  activeTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  standbyTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  warmupTasksPendingRevocation: StreamsGroupCurrentMemberAssignmentValueTaskIds[]
}

export interface StreamsGroupCurrentMemberAssignmentValueInit {
  memberEpoch: number
  previousMemberEpoch: number
  state: number
  activeTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  standbyTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  warmupTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  activeTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  standbyTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
  warmupTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIds {
  subtopologyId: string
  partitions: number[]
  assignmentEpochs: number[] | null // tag 0
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIdsInit {
  subtopologyId: string
  partitions: readonly number[]
  assignmentEpochs?: readonly number[] | null | undefined
}

function writeStreamsGroupCurrentMemberAssignmentValue(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueInit, version: number): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.activeTasks, version)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.standbyTasks, version)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.warmupTasks, version)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.activeTasksPendingRevocation, version)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.standbyTasksPendingRevocation, version)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.warmupTasksPendingRevocation, version)
  w.uvarint(0)
}

function readStreamsGroupCurrentMemberAssignmentValue(r: Reader, version: number): StreamsGroupCurrentMemberAssignmentValue {
  const value: StreamsGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    activeTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version),
    standbyTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version),
    warmupTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version),
    activeTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version),
    standbyTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version),
    warmupTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupCurrentMemberAssignmentValueTaskIds(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueTaskIdsInit, _version: number): void {
  w.compactString(m.subtopologyId)
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

function readStreamsGroupCurrentMemberAssignmentValueTaskIds(r: Reader, _version: number): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const value: StreamsGroupCurrentMemberAssignmentValueTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
    assignmentEpochs: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.assignmentEpochs = readNullableInt32s(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupCurrentMemberAssignmentValue', tag)
  }
  return value
}

function writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w: Writer, list: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(w, element, version)
}

function readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r: Reader, version: number): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  const length = readLength(r, true, 3, 3)
  const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(r, version))
  return list
}

export function encodeStreamsGroupCurrentMemberAssignmentValue(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeStreamsGroupCurrentMemberAssignmentValue(w, m, version)
}

export function decodeStreamsGroupCurrentMemberAssignmentValue(r: Reader): StreamsGroupCurrentMemberAssignmentValue {
  return readStreamsGroupCurrentMemberAssignmentValue(r, readVersion(r, 'StreamsGroupCurrentMemberAssignmentValue', 0, 0))
}

export const StreamsGroupCurrentMemberAssignmentValueFormat: RecordFormat<StreamsGroupCurrentMemberAssignmentValue, StreamsGroupCurrentMemberAssignmentValueInit> = {
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  type: 22,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupCurrentMemberAssignmentValue,
  decode: decodeStreamsGroupCurrentMemberAssignmentValue,
}

export interface StreamsGroupTopologyKey {
  groupId: string
}

export type StreamsGroupTopologyKeyInit = StreamsGroupTopologyKey

function writeStreamsGroupTopologyKey(w: Writer, m: StreamsGroupTopologyKeyInit, _version: number): void {
  w.string(m.groupId)
}

function readStreamsGroupTopologyKey(r: Reader, _version: number): StreamsGroupTopologyKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupTopologyKey(w: Writer, m: StreamsGroupTopologyKeyInit): void {
  w.int16(23)
  writeStreamsGroupTopologyKey(w, m, 0)
}

export function decodeStreamsGroupTopologyKey(r: Reader): StreamsGroupTopologyKey {
  readRecordType(r, 'StreamsGroupTopologyKey', 23)
  return readStreamsGroupTopologyKey(r, 0)
}

export const StreamsGroupTopologyKeyFormat: RecordFormat<StreamsGroupTopologyKey, StreamsGroupTopologyKeyInit> = {
  name: 'StreamsGroupTopologyKey',
  type: 23,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTopologyKey,
  decode: decodeStreamsGroupTopologyKey,
}

export interface StreamsGroupTopologyValue {
  epoch: number
  subtopologies: StreamsGroupTopologyValueSubtopology[]
}

export interface StreamsGroupTopologyValueInit {
  epoch: number
  subtopologies: readonly StreamsGroupTopologyValueSubtopologyInit[]
}

export interface StreamsGroupTopologyValueSubtopology {
  subtopologyId: string
  sourceTopics: string[]
  sourceTopicRegex: string[]
  stateChangelogTopics: StreamsGroupTopologyValueTopicInfo[]
  repartitionSinkTopics: string[]
  repartitionSourceTopics: StreamsGroupTopologyValueTopicInfo[]
  copartitionGroups: StreamsGroupTopologyValueCopartitionGroup[]
}

export interface StreamsGroupTopologyValueSubtopologyInit {
  subtopologyId: string
  sourceTopics: readonly string[]
  sourceTopicRegex: readonly string[]
  stateChangelogTopics: readonly StreamsGroupTopologyValueTopicInfoInit[]
  repartitionSinkTopics: readonly string[]
  repartitionSourceTopics: readonly StreamsGroupTopologyValueTopicInfoInit[]
  copartitionGroups: readonly StreamsGroupTopologyValueCopartitionGroupInit[]
}

export interface StreamsGroupTopologyValueTopicInfo {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: StreamsGroupTopologyValueTopicConfig[]
}

export interface StreamsGroupTopologyValueTopicInfoInit {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: readonly StreamsGroupTopologyValueTopicConfigInit[]
}

export interface StreamsGroupTopologyValueTopicConfig {
  key: string
  value: string
}

export type StreamsGroupTopologyValueTopicConfigInit = StreamsGroupTopologyValueTopicConfig

export interface StreamsGroupTopologyValueCopartitionGroup {
  sourceTopics: number[]
  sourceTopicRegex: number[]
  repartitionSourceTopics: number[]
}

export interface StreamsGroupTopologyValueCopartitionGroupInit {
  sourceTopics: readonly number[]
  sourceTopicRegex: readonly number[]
  repartitionSourceTopics: readonly number[]
}

function writeStreamsGroupTopologyValue(w: Writer, m: StreamsGroupTopologyValueInit, version: number): void {
  w.int32(m.epoch)
  writeArrayOfStreamsGroupTopologyValueSubtopology(w, m.subtopologies, version)
  w.uvarint(0)
}

function readStreamsGroupTopologyValue(r: Reader, version: number): StreamsGroupTopologyValue {
  const value: StreamsGroupTopologyValue = {
    epoch: r.int32(),
    subtopologies: readArrayOfStreamsGroupTopologyValueSubtopology(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueSubtopology(w: Writer, m: StreamsGroupTopologyValueSubtopologyInit, version: number): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.sourceTopicRegex, true)
  writeArrayOfStreamsGroupTopologyValueTopicInfo(w, m.stateChangelogTopics, version)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupTopologyValueTopicInfo(w, m.repartitionSourceTopics, version)
  writeArrayOfStreamsGroupTopologyValueCopartitionGroup(w, m.copartitionGroups, version)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueSubtopology(r: Reader, version: number): StreamsGroupTopologyValueSubtopology {
  const value: StreamsGroupTopologyValueSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    sourceTopicRegex: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupTopologyValueTopicInfo(r, version),
    repartitionSinkTopics: readStrings(r, true),
    repartitionSourceTopics: readArrayOfStreamsGroupTopologyValueTopicInfo(r, version),
    copartitionGroups: readArrayOfStreamsGroupTopologyValueCopartitionGroup(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueTopicInfo(w: Writer, m: StreamsGroupTopologyValueTopicInfoInit, version: number): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupTopologyValueTopicConfig(w, m.topicConfigs, version)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueTopicInfo(r: Reader, version: number): StreamsGroupTopologyValueTopicInfo {
  const value: StreamsGroupTopologyValueTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupTopologyValueTopicConfig(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueTopicConfig(w: Writer, m: StreamsGroupTopologyValueTopicConfigInit, _version: number): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueTopicConfig(r: Reader, _version: number): StreamsGroupTopologyValueTopicConfig {
  const value: StreamsGroupTopologyValueTopicConfig = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueCopartitionGroup(w: Writer, m: StreamsGroupTopologyValueCopartitionGroupInit, _version: number): void {
  writeInt16s(w, m.sourceTopics, true)
  writeInt16s(w, m.sourceTopicRegex, true)
  writeInt16s(w, m.repartitionSourceTopics, true)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueCopartitionGroup(r: Reader, _version: number): StreamsGroupTopologyValueCopartitionGroup {
  const value: StreamsGroupTopologyValueCopartitionGroup = {
    sourceTopics: readInt16s(r, true),
    sourceTopicRegex: readInt16s(r, true),
    repartitionSourceTopics: readInt16s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupTopologyValueSubtopology(w: Writer, list: readonly StreamsGroupTopologyValueSubtopologyInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueSubtopology(w, element, version)
}

function readArrayOfStreamsGroupTopologyValueSubtopology(r: Reader, version: number): StreamsGroupTopologyValueSubtopology[] {
  const length = readLength(r, true, 8, 7)
  const list: StreamsGroupTopologyValueSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueSubtopology(r, version))
  return list
}

function writeArrayOfStreamsGroupTopologyValueTopicInfo(w: Writer, list: readonly StreamsGroupTopologyValueTopicInfoInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueTopicInfo(w, element, version)
}

function readArrayOfStreamsGroupTopologyValueTopicInfo(r: Reader, version: number): StreamsGroupTopologyValueTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupTopologyValueTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueTopicInfo(r, version))
  return list
}

function writeArrayOfStreamsGroupTopologyValueCopartitionGroup(w: Writer, list: readonly StreamsGroupTopologyValueCopartitionGroupInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueCopartitionGroup(w, element, version)
}

function readArrayOfStreamsGroupTopologyValueCopartitionGroup(r: Reader, version: number): StreamsGroupTopologyValueCopartitionGroup[] {
  const length = readLength(r, true, 4, 3)
  const list: StreamsGroupTopologyValueCopartitionGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueCopartitionGroup(r, version))
  return list
}

function writeArrayOfStreamsGroupTopologyValueTopicConfig(w: Writer, list: readonly StreamsGroupTopologyValueTopicConfigInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueTopicConfig(w, element, version)
}

function readArrayOfStreamsGroupTopologyValueTopicConfig(r: Reader, version: number): StreamsGroupTopologyValueTopicConfig[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupTopologyValueTopicConfig[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueTopicConfig(r, version))
  return list
}

export function encodeStreamsGroupTopologyValue(w: Writer, m: StreamsGroupTopologyValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('StreamsGroupTopologyValue', version)
  w.int16(version)
  writeStreamsGroupTopologyValue(w, m, version)
}

export function decodeStreamsGroupTopologyValue(r: Reader): StreamsGroupTopologyValue {
  return readStreamsGroupTopologyValue(r, readVersion(r, 'StreamsGroupTopologyValue', 0, 0))
}

export const StreamsGroupTopologyValueFormat: RecordFormat<StreamsGroupTopologyValue, StreamsGroupTopologyValueInit> = {
  name: 'StreamsGroupTopologyValue',
  type: 23,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeStreamsGroupTopologyValue,
  decode: decodeStreamsGroupTopologyValue,
}

export const streamsGroupRecordsFormats: readonly RecordFormat[] = [
  StreamsGroupMetadataKeyFormat,
  StreamsGroupMetadataValueFormat,
  StreamsGroupMemberMetadataKeyFormat,
  StreamsGroupMemberMetadataValueFormat,
  StreamsGroupTargetAssignmentMetadataKeyFormat,
  StreamsGroupTargetAssignmentMetadataValueFormat,
  StreamsGroupTargetAssignmentMemberKeyFormat,
  StreamsGroupTargetAssignmentMemberValueFormat,
  StreamsGroupCurrentMemberAssignmentKeyFormat,
  StreamsGroupCurrentMemberAssignmentValueFormat,
  StreamsGroupTopologyKeyFormat,
  StreamsGroupTopologyValueFormat,
]
