// Made by generator/main.ts from definitions/share-group-state.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, wrongTagLength } from '../messages/tags.ts'
import { readRecordType, readVersion, unwritable } from '../messages/versions.ts'

export interface ShareSnapshotKey {
  groupId: string
  topicId: string
  partition: number
}

export type ShareSnapshotKeyInit = ShareSnapshotKey

function writeShareSnapshotKey(w: Writer, m: ShareSnapshotKeyInit, _version: number): void {
  w.string(m.groupId)
  w.uuid(m.topicId)
  w.int32(m.partition)
}

function readShareSnapshotKey(r: Reader, _version: number): ShareSnapshotKey {
  return {
    groupId: r.string(),
    topicId: r.uuid(),
    partition: r.int32(),
  }
}

export function encodeShareSnapshotKey(w: Writer, m: ShareSnapshotKeyInit): void {
  w.int16(0)
  writeShareSnapshotKey(w, m, 0)
}

export function decodeShareSnapshotKey(r: Reader): ShareSnapshotKey {
  readRecordType(r, 'ShareSnapshotKey', 0)
  return readShareSnapshotKey(r, 0)
}

export const ShareSnapshotKeyFormat: RecordFormat<ShareSnapshotKey, ShareSnapshotKeyInit> = {
  name: 'ShareSnapshotKey',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareSnapshotKey,
  decode: decodeShareSnapshotKey,
}

export interface ShareSnapshotValue {
  snapshotEpoch: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // tag 0
  createTimestamp: number
  writeTimestamp: number
  stateBatches: ShareSnapshotValueStateBatch[]
}

export interface ShareSnapshotValueInit {
  snapshotEpoch: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
  createTimestamp: number
  writeTimestamp: number
  stateBatches: readonly ShareSnapshotValueStateBatchInit[]
}

export interface ShareSnapshotValueStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type ShareSnapshotValueStateBatchInit = ShareSnapshotValueStateBatch

function writeShareSnapshotValue(w: Writer, m: ShareSnapshotValueInit, version: number): void {
  w.int32(m.snapshotEpoch)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  w.int64(m.createTimestamp)
  w.int64(m.writeTimestamp)
  writeArrayOfShareSnapshotValueStateBatch(w, m.stateBatches, version)
  const t0 = m.deliveryCompleteCount
  const has0 = t0 !== undefined && t0 !== -1
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
}

function readShareSnapshotValue(r: Reader, version: number): ShareSnapshotValue {
  const value: ShareSnapshotValue = {
    snapshotEpoch: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    createTimestamp: r.int64(),
    writeTimestamp: r.int64(),
    stateBatches: readArrayOfShareSnapshotValueStateBatch(r, version),
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.deliveryCompleteCount = r.int32()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ShareSnapshotValue', tag)
  }
  return value
}

function writeShareSnapshotValueStateBatch(w: Writer, m: ShareSnapshotValueStateBatchInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareSnapshotValueStateBatch(r: Reader, _version: number): ShareSnapshotValueStateBatch {
  const value: ShareSnapshotValueStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareSnapshotValueStateBatch(w: Writer, list: readonly ShareSnapshotValueStateBatchInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareSnapshotValueStateBatch(w, element, version)
}

function readArrayOfShareSnapshotValueStateBatch(r: Reader, version: number): ShareSnapshotValueStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ShareSnapshotValueStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareSnapshotValueStateBatch(r, version))
  return list
}

export function encodeShareSnapshotValue(w: Writer, m: ShareSnapshotValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareSnapshotValue', version)
  w.int16(version)
  writeShareSnapshotValue(w, m, version)
}

export function decodeShareSnapshotValue(r: Reader): ShareSnapshotValue {
  return readShareSnapshotValue(r, readVersion(r, 'ShareSnapshotValue', 0, 0))
}

export const ShareSnapshotValueFormat: RecordFormat<ShareSnapshotValue, ShareSnapshotValueInit> = {
  name: 'ShareSnapshotValue',
  type: 0,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareSnapshotValue,
  decode: decodeShareSnapshotValue,
}

export interface ShareUpdateKey {
  groupId: string
  topicId: string
  partition: number
}

export type ShareUpdateKeyInit = ShareUpdateKey

function writeShareUpdateKey(w: Writer, m: ShareUpdateKeyInit, _version: number): void {
  w.string(m.groupId)
  w.uuid(m.topicId)
  w.int32(m.partition)
}

function readShareUpdateKey(r: Reader, _version: number): ShareUpdateKey {
  return {
    groupId: r.string(),
    topicId: r.uuid(),
    partition: r.int32(),
  }
}

export function encodeShareUpdateKey(w: Writer, m: ShareUpdateKeyInit): void {
  w.int16(1)
  writeShareUpdateKey(w, m, 0)
}

export function decodeShareUpdateKey(r: Reader): ShareUpdateKey {
  readRecordType(r, 'ShareUpdateKey', 1)
  return readShareUpdateKey(r, 0)
}

export const ShareUpdateKeyFormat: RecordFormat<ShareUpdateKey, ShareUpdateKeyInit> = {
  name: 'ShareUpdateKey',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareUpdateKey,
  decode: decodeShareUpdateKey,
}

export interface ShareUpdateValue {
  snapshotEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount: number // tag 0
  stateBatches: ShareUpdateValueStateBatch[]
}

export interface ShareUpdateValueInit {
  snapshotEpoch: number
  leaderEpoch: number
  startOffset: number
  deliveryCompleteCount?: number | undefined
  stateBatches: readonly ShareUpdateValueStateBatchInit[]
}

export interface ShareUpdateValueStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export type ShareUpdateValueStateBatchInit = ShareUpdateValueStateBatch

function writeShareUpdateValue(w: Writer, m: ShareUpdateValueInit, version: number): void {
  w.int32(m.snapshotEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  writeArrayOfShareUpdateValueStateBatch(w, m.stateBatches, version)
  const t0 = m.deliveryCompleteCount
  const has0 = t0 !== undefined && t0 !== -1
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
}

function readShareUpdateValue(r: Reader, version: number): ShareUpdateValue {
  const value: ShareUpdateValue = {
    snapshotEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    stateBatches: readArrayOfShareUpdateValueStateBatch(r, version),
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.deliveryCompleteCount = r.int32()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ShareUpdateValue', tag)
  }
  return value
}

function writeShareUpdateValueStateBatch(w: Writer, m: ShareUpdateValueStateBatchInit, _version: number): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareUpdateValueStateBatch(r: Reader, _version: number): ShareUpdateValueStateBatch {
  const value: ShareUpdateValueStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareUpdateValueStateBatch(w: Writer, list: readonly ShareUpdateValueStateBatchInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareUpdateValueStateBatch(w, element, version)
}

function readArrayOfShareUpdateValueStateBatch(r: Reader, version: number): ShareUpdateValueStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ShareUpdateValueStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareUpdateValueStateBatch(r, version))
  return list
}

export function encodeShareUpdateValue(w: Writer, m: ShareUpdateValueInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ShareUpdateValue', version)
  w.int16(version)
  writeShareUpdateValue(w, m, version)
}

export function decodeShareUpdateValue(r: Reader): ShareUpdateValue {
  return readShareUpdateValue(r, readVersion(r, 'ShareUpdateValue', 0, 0))
}

export const ShareUpdateValueFormat: RecordFormat<ShareUpdateValue, ShareUpdateValueInit> = {
  name: 'ShareUpdateValue',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeShareUpdateValue,
  decode: decodeShareUpdateValue,
}

export const shareGroupStateFormats: readonly RecordFormat[] = [
  ShareSnapshotKeyFormat,
  ShareSnapshotValueFormat,
  ShareUpdateKeyFormat,
  ShareUpdateValueFormat,
]
