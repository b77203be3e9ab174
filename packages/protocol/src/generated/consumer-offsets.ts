// Made by generator/main.ts from definitions/consumer-offsets.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { zeroUuid } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unwritable } from '../messages/versions.ts'

export interface LegacyOffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export type LegacyOffsetCommitKeyInit = LegacyOffsetCommitKey

function writeLegacyOffsetCommitKey(w: Writer, m: LegacyOffsetCommitKeyInit, _version: number): void {
  w.string(m.group)
  w.string(m.topic)
  w.int32(m.partition)
}

function readLegacyOffsetCommitKey(r: Reader, _version: number): LegacyOffsetCommitKey {
  return {
    group: r.string(),
    topic: r.string(),
    partition: r.int32(),
  }
}

export function encodeLegacyOffsetCommitKey(w: Writer, m: LegacyOffsetCommitKeyInit): void {
  w.int16(0)
  writeLegacyOffsetCommitKey(w, m, 0)
}

export function decodeLegacyOffsetCommitKey(r: Reader): LegacyOffsetCommitKey {
  readRecordType(r, 'LegacyOffsetCommitKey', 0)
  return readLegacyOffsetCommitKey(r, 0)
}

export const LegacyOffsetCommitKeyFormat: RecordFormat<LegacyOffsetCommitKey, LegacyOffsetCommitKeyInit> = {
  name: 'LegacyOffsetCommitKey',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeLegacyOffsetCommitKey,
  decode: decodeLegacyOffsetCommitKey,
}

export interface LegacyOffsetCommitValue {
  offset: number
  metadata: string
  commitTimestamp: number
}

export type LegacyOffsetCommitValueInit = LegacyOffsetCommitValue

function writeLegacyOffsetCommitValue(w: Writer, m: LegacyOffsetCommitValueInit, _version: number): void {
  w.int64(m.offset)
  w.string(m.metadata)
  w.int64(m.commitTimestamp)
}

function readLegacyOffsetCommitValue(r: Reader, _version: number): LegacyOffsetCommitValue {
  return {
    offset: r.int64(),
    metadata: r.string(),
    commitTimestamp: r.int64(),
  }
}

export function encodeLegacyOffsetCommitValue(w: Writer, m: LegacyOffsetCommitValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('LegacyOffsetCommitValue', version)
  w.int16(version)
  writeLegacyOffsetCommitValue(w, m, version)
}

export function decodeLegacyOffsetCommitValue(r: Reader): LegacyOffsetCommitValue {
  return readLegacyOffsetCommitValue(r, readVersion(r, 'LegacyOffsetCommitValue', 0, 0))
}

export const LegacyOffsetCommitValueFormat: RecordFormat<LegacyOffsetCommitValue, LegacyOffsetCommitValueInit> = {
  name: 'LegacyOffsetCommitValue',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeLegacyOffsetCommitValue,
  decode: decodeLegacyOffsetCommitValue,
}

export interface OffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export type OffsetCommitKeyInit = OffsetCommitKey

function writeOffsetCommitKey(w: Writer, m: OffsetCommitKeyInit, _version: number): void {
  w.string(m.group)
  w.string(m.topic)
  w.int32(m.partition)
}

function readOffsetCommitKey(r: Reader, _version: number): OffsetCommitKey {
  return {
    group: r.string(),
    topic: r.string(),
    partition: r.int32(),
  }
}

export function encodeOffsetCommitKey(w: Writer, m: OffsetCommitKeyInit): void {
  w.int16(1)
  writeOffsetCommitKey(w, m, 0)
}

export function decodeOffsetCommitKey(r: Reader): OffsetCommitKey {
  readRecordType(r, 'OffsetCommitKey', 1)
  return readOffsetCommitKey(r, 0)
}

export const OffsetCommitKeyFormat: RecordFormat<OffsetCommitKey, OffsetCommitKeyInit> = {
  name: 'OffsetCommitKey',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeOffsetCommitKey,
  decode: decodeOffsetCommitKey,
}

export interface OffsetCommitValue {
  offset: number
  leaderEpoch: number // 3-4
  metadata: string
  commitTimestamp: number
  expireTimestamp: number // 1
  topicId: string // 4, tag 0
}

export interface OffsetCommitValueInit {
  offset: number
  leaderEpoch?: number | undefined
  metadata: string
  commitTimestamp: number
  expireTimestamp?: number | undefined
  topicId?: string | undefined
}

function writeOffsetCommitValue(w: Writer, m: OffsetCommitValueInit, version: number): void {
  const flexible = version >= 4
  w.int64(m.offset)
  if (version >= 3) w.int32(m.leaderEpoch ?? -1)
  if (flexible) w.compactString(m.metadata)
  else w.string(m.metadata)
  w.int64(m.commitTimestamp)
  if (version === 1) w.int64(m.expireTimestamp ?? -1)
  if (flexible) {
    const t0 = m.topicId
    const has0 = t0 !== undefined && t0 !== zeroUuid
    w.uvarint(has0 ? 1 : 0)
    if (has0) {
      w.uvarint(0)
      w.uvarint(16)
      w.uuid(t0)
    }
  }
}

function readOffsetCommitValue(r: Reader, version: number): OffsetCommitValue {
  const flexible = version >= 4
  const value: OffsetCommitValue = {
    offset: r.int64(),
    leaderEpoch: version >= 3 ? r.int32() : -1,
    metadata: flexible ? r.compactString() : r.string(),
    commitTimestamp: r.int64(),
    expireTimestamp: version >= 2 ? -1 : version >= 1 ? r.int64() : -1,
    topicId: zeroUuid,
  }
  if (flexible) {
    for (let count = r.uvarint(); count > 0; count--) {
      const tag = r.uvarint()
      const end = tagEnd(r)
      if (tag === 0) value.topicId = r.uuid()
      else r.offset = end
      if (r.offset !== end) wrongTagLength(r, 'OffsetCommitValue', tag)
    }
  }
  return value
}

export function encodeOffsetCommitValue(w: Writer, m: OffsetCommitValueInit, version = 4): void {
  if (version < 0 || version > 4) unwritable('OffsetCommitValue', version)
  w.int16(version)
  writeOffsetCommitValue(w, m, version)
}

export function decodeOffsetCommitValue(r: Reader): OffsetCommitValue {
  return readOffsetCommitValue(r, readVersion(r, 'OffsetCommitValue', 0, 4))
}

export const OffsetCommitValueFormat: RecordFormat<OffsetCommitValue, OffsetCommitValueInit> = {
  name: 'OffsetCommitValue',
  type: 1,
  minVersion: 0,
  maxVersion: 4,
  encode: encodeOffsetCommitValue,
  decode: decodeOffsetCommitValue,
}

export interface GroupMetadataKey {
  group: string
}

export type GroupMetadataKeyInit = GroupMetadataKey

function writeGroupMetadataKey(w: Writer, m: GroupMetadataKeyInit, _version: number): void {
  w.string(m.group)
}

function readGroupMetadataKey(r: Reader, _version: number): GroupMetadataKey {
  return {
    group: r.string(),
  }
}

export function encodeGroupMetadataKey(w: Writer, m: GroupMetadataKeyInit): void {
  w.int16(2)
  writeGroupMetadataKey(w, m, 0)
}

export function decodeGroupMetadataKey(r: Reader): GroupMetadataKey {
  readRecordType(r, 'GroupMetadataKey', 2)
  return readGroupMetadataKey(r, 0)
}

export const GroupMetadataKeyFormat: RecordFormat<GroupMetadataKey, GroupMetadataKeyInit> = {
  name: 'GroupMetadataKey',
  type: 2,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeGroupMetadataKey,
  decode: decodeGroupMetadataKey,
}

export interface GroupMetadataValue {
  protocolType: string
  generation: number
  protocol: string | null
  leader: string | null
  currentStateTimestamp: number // 2-4
  members: GroupMetadataValueMemberMetadata[]
}

export interface GroupMetadataValueInit {
  protocolType: string
  generation: number
  protocol?: string | null | undefined
  leader?: string | null | undefined
  currentStateTimestamp?: number | undefined
  members: readonly GroupMetadataValueMemberMetadataInit[]
}

export interface GroupMetadataValueMemberMetadata {
  memberId: string
  groupInstanceId: string | null // 3-4
  clientId: string
  clientHost: string
  rebalanceTimeout: number // 1-4
  sessionTimeout: number
  subscription: Buffer
  assignment: Buffer
}

export interface GroupMetadataValueMemberMetadataInit {
  memberId: string
  groupInstanceId?: string | null | undefined
  clientId: string
  clientHost: string
  rebalanceTimeout?: number | undefined
  sessionTimeout: number
  subscription: Uint8Array
  assignment: Uint8Array
}

function writeGroupMetadataValue(w: Writer, m: GroupMetadataValueInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.protocolType)
  else w.string(m.protocolType)
  w.int32(m.generation)
  if (flexible) w.compactNullableString(m.protocol ?? null)
  else w.nullableString(m.protocol ?? null)
  if (flexible) w.compactNullableString(m.leader ?? null)
  else w.nullableString(m.leader ?? null)
  if (version >= 2) w.int64(m.currentStateTimestamp ?? -1)
  writeArrayOfGroupMetadataValueMemberMetadata(w, m.members, version)
  if (flexible) w.uvarint(0)
}

function readGroupMetadataValue(r: Reader, version: number): GroupMetadataValue {
  const flexible = version >= 4
  const value: GroupMetadataValue = {
    protocolType: flexible ? r.compactString() : r.string(),
    generation: r.int32(),
    protocol: flexible ? r.compactNullableString() : r.nullableString(),
    leader: flexible ? r.compactNullableString() : r.nullableString(),
    currentStateTimestamp: version >= 2 ? r.int64() : -1,
    members: readArrayOfGroupMetadataValueMemberMetadata(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeGroupMetadataValueMemberMetadata(w: Writer, m: GroupMetadataValueMemberMetadataInit, version: number): void {
  const flexible = version >= 4
  if (flexible) w.compactString(m.memberId)
  else w.string(m.memberId)
  if (flexible) w.compactNullableString(m.groupInstanceId ?? null)
  else if (version >= 3) w.nullableString(m.groupInstanceId ?? null)
  if (flexible) w.compactString(m.clientId)
  else w.string(m.clientId)
  if (flexible) w.compactString(m.clientHost)
  else w.string(m.clientHost)
  if (version >= 1) w.int32(m.rebalanceTimeout ?? -1)
  w.int32(m.sessionTimeout)
  if (flexible) w.compactBytes(m.subscription)
  else w.bytes(m.subscription)
  if (flexible) w.compactBytes(m.assignment)
  else w.bytes(m.assignment)
  if (flexible) w.uvarint(0)
}

function readGroupMetadataValueMemberMetadata(r: Reader, version: number): GroupMetadataValueMemberMetadata {
  const flexible = version >= 4
  const value: GroupMetadataValueMemberMetadata = {
    memberId: flexible ? r.compactString() : r.string(),
    groupInstanceId: flexible ? r.compactNullableString() : version >= 3 ? r.nullableString() : null,
    clientId: flexible ? r.compactString() : r.string(),
    clientHost: flexible ? r.compactString() : r.string(),
    rebalanceTimeout: version >= 1 ? r.int32() : -1,
    sessionTimeout: r.int32(),
    subscription: flexible ? r.compactBytes() : r.bytes(),
    assignment: flexible ? r.compactBytes() : r.bytes(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfGroupMetadataValueMemberMetadata(w: Writer, list: readonly GroupMetadataValueMemberMetadataInit[], version: number): void {
  const flexible = version >= 4
  writeLength(w, list.length, flexible)
  for (const element of list) writeGroupMetadataValueMemberMetadata(w, element, version)
}

function readArrayOfGroupMetadataValueMemberMetadata(r: Reader, version: number): GroupMetadataValueMemberMetadata[] {
  const flexible = version >= 4
  const length = readLength(r, flexible, flexible ? 15 : 18, 8)
  const list: GroupMetadataValueMemberMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readGroupMetadataValueMemberMetadata(r, version))
  return list
}

export function encodeGroupMetadataValue(w: Writer, m: GroupMetadataValueInit, version = 4): void {
  if (version < 0 || version > 4) unwritable('GroupMetadataValue', version)
  w.int16(version)
  writeGroupMetadataValue(w, m, version)
}

export function decodeGroupMetadataValue(r: Reader): GroupMetadataValue {
  return readGroupMetadataValue(r, readVersion(r, 'GroupMetadataValue', 0, 4))
}

export const GroupMetadataValueFormat: RecordFormat<GroupMetadataValue, GroupMetadataValueInit> = {
  name: 'GroupMetadataValue',
  type: 2,
  minVersion: 0,
  maxVersion: 4,
  encode: encodeGroupMetadataValue,
  decode: decodeGroupMetadataValue,
}

export const consumerOffsetsFormats: readonly RecordFormat[] = [
  LegacyOffsetCommitKeyFormat,
  LegacyOffsetCommitValueFormat,
  OffsetCommitKeyFormat,
  OffsetCommitValueFormat,
  GroupMetadataKeyFormat,
  GroupMetadataValueFormat,
]
