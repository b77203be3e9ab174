// Made by generator/main.ts from definitions/records/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import { readInt16s, readInt32s, readLength, readNullableInt32s, readNullableLength, readNullableUuids, readStrings, readUuids, writeInt16s, writeInt32s, writeLength, writeNullableInt32s, writeNullableUuids, writeStrings, writeUuids } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { readMetadataVersion, readRecordType, readVersion, unreadable, unwritable } from '../messages/versions.ts'

// records/cluster-metadata.kmsg

export interface RegisterBrokerRecord {
  brokerId: number
  isMigratingZkBroker: boolean // 2-4
  incarnationId: string
  brokerEpoch: number
  endPoints: RegisterBrokerRecordBrokerEndpoint[]
  features: RegisterBrokerRecordBrokerFeature[]
  rack: string | null
  fenced: boolean
  inControlledShutdown: boolean // 1-4
  logDirs: string[] // 3-4, tag 0
  cordonedLogDirs: string[] | null // 4, tag 1
}

export interface RegisterBrokerRecordInit {
  brokerId: number
  isMigratingZkBroker?: boolean | undefined
  incarnationId: string
  brokerEpoch: number
  endPoints: readonly RegisterBrokerRecordBrokerEndpointInit[]
  features: readonly RegisterBrokerRecordBrokerFeatureInit[]
  rack?: string | null | undefined
  fenced?: boolean | undefined
  inControlledShutdown?: boolean | undefined
  logDirs?: readonly string[] | undefined
  cordonedLogDirs?: readonly string[] | null | undefined
}

export interface RegisterBrokerRecordBrokerEndpoint {
  name: string
  host: string
  port: number
  securityProtocol: number
}

export type RegisterBrokerRecordBrokerEndpointInit = RegisterBrokerRecordBrokerEndpoint

export interface RegisterBrokerRecordBrokerFeature {
  name: string
  minSupportedVersion: number
  maxSupportedVersion: number
}

export type RegisterBrokerRecordBrokerFeatureInit = RegisterBrokerRecordBrokerFeature

function writeRegisterBrokerRecord(w: Writer, m: RegisterBrokerRecordInit, version: number): void {
  w.int32(m.brokerId)
  if (version >= 2) w.boolean(m.isMigratingZkBroker ?? false)
  else { if (m.isMigratingZkBroker !== undefined && m.isMigratingZkBroker !== false) refuse('RegisterBrokerRecord.isMigratingZkBroker', version) }
  w.uuid(m.incarnationId)
  w.int64(m.brokerEpoch)
  writeArrayOfRegisterBrokerRecordBrokerEndpoint(w, m.endPoints)
  writeArrayOfRegisterBrokerRecordBrokerFeature(w, m.features)
  w.compactNullableString(m.rack ?? null)
  w.boolean(m.fenced ?? true)
  if (version >= 1) w.boolean(m.inControlledShutdown ?? false)
  else { if (m.inControlledShutdown !== undefined && m.inControlledShutdown !== false) refuse('RegisterBrokerRecord.inControlledShutdown', version) }
  if (version <= 2) { if (m.logDirs !== undefined && m.logDirs.length > 0) refuse('RegisterBrokerRecord.logDirs', version) }
  if (version <= 3) { if (m.cordonedLogDirs !== undefined && m.cordonedLogDirs !== null) refuse('RegisterBrokerRecord.cordonedLogDirs', version) }
  const t0 = m.logDirs
  const has0 = version >= 3 && t0 !== undefined && t0.length > 0
  const t1 = m.cordonedLogDirs
  const has1 = version >= 4 && t1 !== undefined && t1 !== null
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0))
  if (has0) {
    const s0 = new Writer()
    writeUuids(s0, t0, true)
    writeTag(w, 0, s0)
  }
  if (has1) {
    const s1 = new Writer()
    writeNullableUuids(s1, t1, true)
    writeTag(w, 1, s1)
  }
}

function readRegisterBrokerRecord(r: Reader, version: number): RegisterBrokerRecord {
  const value: RegisterBrokerRecord = {
    brokerId: r.int32(),
    isMigratingZkBroker: version >= 2 ? r.boolean() : false,
    incarnationId: r.uuid(),
    brokerEpoch: r.int64(),
    endPoints: readArrayOfRegisterBrokerRecordBrokerEndpoint(r),
    features: readArrayOfRegisterBrokerRecordBrokerFeature(r),
    rack: r.compactNullableString(),
    fenced: r.boolean(),
    inControlledShutdown: version >= 1 ? r.boolean() : false,
    logDirs: [],
    cordonedLogDirs: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0 && version >= 3) value.logDirs = readUuids(r, true)
    else if (tag === 1 && version >= 4) value.cordonedLogDirs = readNullableUuids(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'RegisterBrokerRecord', tag)
  }
  return value
}

function writeRegisterBrokerRecordBrokerEndpoint(w: Writer, m: RegisterBrokerRecordBrokerEndpointInit): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.int16(m.securityProtocol)
  w.uvarint(0)
}

function readRegisterBrokerRecordBrokerEndpoint(r: Reader): RegisterBrokerRecordBrokerEndpoint {
  const value: RegisterBrokerRecordBrokerEndpoint = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
    securityProtocol: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeRegisterBrokerRecordBrokerFeature(w: Writer, m: RegisterBrokerRecordBrokerFeatureInit): void {
  w.compactString(m.name)
  w.int16(m.minSupportedVersion)
  w.int16(m.maxSupportedVersion)
  w.uvarint(0)
}

function readRegisterBrokerRecordBrokerFeature(r: Reader): RegisterBrokerRecordBrokerFeature {
  const value: RegisterBrokerRecordBrokerFeature = {
    name: r.compactString(),
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfRegisterBrokerRecordBrokerEndpoint(w: Writer, list: readonly RegisterBrokerRecordBrokerEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeRegisterBrokerRecordBrokerEndpoint(w, element)
}

function readArrayOfRegisterBrokerRecordBrokerEndpoint(r: Reader): RegisterBrokerRecordBrokerEndpoint[] {
  const length = readLength(r, true, 7, 4)
  const list: RegisterBrokerRecordBrokerEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readRegisterBrokerRecordBrokerEndpoint(r))
  return list
}

function writeArrayOfRegisterBrokerRecordBrokerFeature(w: Writer, list: readonly RegisterBrokerRecordBrokerFeatureInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeRegisterBrokerRecordBrokerFeature(w, element)
}

function readArrayOfRegisterBrokerRecordBrokerFeature(r: Reader): RegisterBrokerRecordBrokerFeature[] {
  const length = readLength(r, true, 6, 3)
  const list: RegisterBrokerRecordBrokerFeature[] = []
  for (let index = 0; index < length; index++) list.push(readRegisterBrokerRecordBrokerFeature(r))
  return list
}

export function encodeRegisterBrokerRecord(w: Writer, m: RegisterBrokerRecordInit, version = 4): void {
  if (!(version >= 0 && version <= 4)) unwritable('RegisterBrokerRecord', version)
  w.uvarint(1)
  w.uvarint(0)
  w.uvarint(version)
  writeRegisterBrokerRecord(w, m, version)
}

export function decodeRegisterBrokerRecord(r: Reader): RegisterBrokerRecord {
  const version = readMetadataVersion(r, 'RegisterBrokerRecord', 0, 0, 4)
  return readRegisterBrokerRecord(r, version)
}

export const RegisterBrokerRecordFormat: RecordFormat<RegisterBrokerRecord, RegisterBrokerRecordInit> = {
  name: 'RegisterBrokerRecord',
  type: 0,
  minVersion: 0,
  maxVersion: 4,
  encode: encodeRegisterBrokerRecord,
  decode: decodeRegisterBrokerRecord,
}

export interface UnregisterBrokerRecord {
  brokerId: number
  brokerEpoch: number
}

export type UnregisterBrokerRecordInit = UnregisterBrokerRecord

function writeUnregisterBrokerRecord(w: Writer, m: UnregisterBrokerRecordInit): void {
  w.int32(m.brokerId)
  w.int64(m.brokerEpoch)
  w.uvarint(0)
}

function readUnregisterBrokerRecord(r: Reader): UnregisterBrokerRecord {
  const value: UnregisterBrokerRecord = {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUnregisterBrokerRecord(w: Writer, m: UnregisterBrokerRecordInit, version = 0): void {
  if (version !== 0) unwritable('UnregisterBrokerRecord', version)
  w.uvarint(1)
  w.uvarint(1)
  w.uvarint(version)
  writeUnregisterBrokerRecord(w, m)
}

export function decodeUnregisterBrokerRecord(r: Reader): UnregisterBrokerRecord {
  readMetadataVersion(r, 'UnregisterBrokerRecord', 1, 0, 0)
  return readUnregisterBrokerRecord(r)
}

export const UnregisterBrokerRecordFormat: RecordFormat<UnregisterBrokerRecord, UnregisterBrokerRecordInit> = {
  name: 'UnregisterBrokerRecord',
  type: 1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeUnregisterBrokerRecord,
  decode: decodeUnregisterBrokerRecord,
}

export interface TopicRecord {
  name: string
  topicId: string
}

export type TopicRecordInit = TopicRecord

function writeTopicRecord(w: Writer, m: TopicRecordInit): void {
  w.compactString(m.name)
  w.uuid(m.topicId)
  w.uvarint(0)
}

function readTopicRecord(r: Reader): TopicRecord {
  const value: TopicRecord = {
    name: r.compactString(),
    topicId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeTopicRecord(w: Writer, m: TopicRecordInit, version = 0): void {
  if (version !== 0) unwritable('TopicRecord', version)
  w.uvarint(1)
  w.uvarint(2)
  w.uvarint(version)
  writeTopicRecord(w, m)
}

export function decodeTopicRecord(r: Reader): TopicRecord {
  readMetadataVersion(r, 'TopicRecord', 2, 0, 0)
  return readTopicRecord(r)
}

export const TopicRecordFormat: RecordFormat<TopicRecord, TopicRecordInit> = {
  name: 'TopicRecord',
  type: 2,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeTopicRecord,
  decode: decodeTopicRecord,
}

export interface PartitionRecord {
  partitionId: number
  topicId: string
  replicas: number[]
  isr: number[]
  removingReplicas: number[]
  addingReplicas: number[]
  leader: number
  leaderRecoveryState: number // tag 0
  leaderEpoch: number
  partitionEpoch: number
  directories: string[] // 1-2
  eligibleLeaderReplicas: number[] | null // 2, tag 1
  lastKnownElr: number[] | null // 2, tag 2
}

export interface PartitionRecordInit {
  partitionId?: number | undefined
  topicId: string
  replicas: readonly number[]
  isr: readonly number[]
  removingReplicas: readonly number[]
  addingReplicas: readonly number[]
  leader?: number | undefined
  leaderRecoveryState?: number | undefined
  leaderEpoch?: number | undefined
  partitionEpoch?: number | undefined
  directories?: readonly string[] | undefined
  eligibleLeaderReplicas?: readonly number[] | null | undefined
  lastKnownElr?: readonly number[] | null | undefined
}

function writePartitionRecord(w: Writer, m: PartitionRecordInit, version: number): void {
  w.int32(m.partitionId ?? -1)
  w.uuid(m.topicId)
  writeInt32s(w, m.replicas, true)
  writeInt32s(w, m.isr, true)
  writeInt32s(w, m.removingReplicas, true)
  writeInt32s(w, m.addingReplicas, true)
  w.int32(m.leader ?? -1)
  w.int32(m.leaderEpoch ?? -1)
  w.int32(m.partitionEpoch ?? -1)
  if (version >= 1) writeUuids(w, m.directories ?? nothing, true)
  else { if (m.directories !== undefined && m.directories.length > 0) refuse('PartitionRecord.directories', version) }
  if (version <= 1) { if (m.eligibleLeaderReplicas !== undefined && m.eligibleLeaderReplicas !== null) refuse('PartitionRecord.eligibleLeaderReplicas', version) }
  if (version <= 1) { if (m.lastKnownElr !== undefined && m.lastKnownElr !== null) refuse('PartitionRecord.lastKnownElr', version) }
  const t0 = m.leaderRecoveryState
  const has0 = t0 !== undefined && t0 !== 0
  const t1 = m.eligibleLeaderReplicas
  const has1 = version >= 2 && t1 !== undefined && t1 !== null
  const t2 = m.lastKnownElr
  const has2 = version >= 2 && t2 !== undefined && t2 !== null
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0))
  if (has0) {
    w.uvarint(0)
    w.uvarint(1)
    w.int8(t0)
  }
  if (has1) {
    const s1 = new Writer()
    writeNullableInt32s(s1, t1, true)
    writeTag(w, 1, s1)
  }
  if (has2) {
    const s2 = new Writer()
    writeNullableInt32s(s2, t2, true)
    writeTag(w, 2, s2)
  }
}

function readPartitionRecord(r: Reader, version: number): PartitionRecord {
  const value: PartitionRecord = {
    partitionId: r.int32(),
    topicId: r.uuid(),
    replicas: readInt32s(r, true),
    isr: readInt32s(r, true),
    removingReplicas: readInt32s(r, true),
    addingReplicas: readInt32s(r, true),
    leader: r.int32(),
    leaderRecoveryState: 0,
    leaderEpoch: r.int32(),
    partitionEpoch: r.int32(),
    directories: version >= 1 ? readUuids(r, true) : [],
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.leaderRecoveryState = r.int8()
    else if (tag === 1 && version >= 2) value.eligibleLeaderReplicas = readNullableInt32s(r, true)
    else if (tag === 2 && version >= 2) value.lastKnownElr = readNullableInt32s(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'PartitionRecord', tag)
  }
  return value
}

export function encodePartitionRecord(w: Writer, m: PartitionRecordInit, version = 2): void {
  if (!(version >= 0 && version <= 2)) unwritable('PartitionRecord', version)
  w.uvarint(1)
  w.uvarint(3)
  w.uvarint(version)
  writePartitionRecord(w, m, version)
}

export function decodePartitionRecord(r: Reader): PartitionRecord {
  const version = readMetadataVersion(r, 'PartitionRecord', 3, 0, 2)
  return readPartitionRecord(r, version)
}

export const PartitionRecordFormat: RecordFormat<PartitionRecord, PartitionRecordInit> = {
  name: 'PartitionRecord',
  type: 3,
  minVersion: 0,
  maxVersion: 2,
  encode: encodePartitionRecord,
  decode: decodePartitionRecord,
}

export interface ConfigRecord {
  resourceType: number
  resourceName: string
  name: string
  value: string | null
}

export interface ConfigRecordInit {
  resourceType: number
  resourceName: string
  name: string
  value?: string | null | undefined
}

function writeConfigRecord(w: Writer, m: ConfigRecordInit): void {
  w.int8(m.resourceType)
  w.compactString(m.resourceName)
  w.compactString(m.name)
  w.compactNullableString(m.value ?? null)
  w.uvarint(0)
}

function readConfigRecord(r: Reader): ConfigRecord {
  const value: ConfigRecord = {
    resourceType: r.int8(),
    resourceName: r.compactString(),
    name: r.compactString(),
    value: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeConfigRecord(w: Writer, m: ConfigRecordInit, version = 0): void {
  if (version !== 0) unwritable('ConfigRecord', version)
  w.uvarint(1)
  w.uvarint(4)
  w.uvarint(version)
  writeConfigRecord(w, m)
}

export function decodeConfigRecord(r: Reader): ConfigRecord {
  readMetadataVersion(r, 'ConfigRecord', 4, 0, 0)
  return readConfigRecord(r)
}

export const ConfigRecordFormat: RecordFormat<ConfigRecord, ConfigRecordInit> = {
  name: 'ConfigRecord',
  type: 4,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeConfigRecord,
  decode: decodeConfigRecord,
}

export interface PartitionChangeRecord {
  partitionId: number
  topicId: string
  isr: number[] | null // tag 0
  leader: number // tag 1
  replicas: number[] | null // tag 2
  removingReplicas: number[] | null // tag 3
  addingReplicas: number[] | null // tag 4
  leaderRecoveryState: number // tag 5
  directories: string[] | null // 1-2, tag 8
  eligibleLeaderReplicas: number[] | null // 2, tag 6
  lastKnownElr: number[] | null // 2, tag 7
}

export interface PartitionChangeRecordInit {
  partitionId?: number | undefined
  topicId: string
  isr?: readonly number[] | null | undefined
  leader?: number | undefined
  replicas?: readonly number[] | null | undefined
  removingReplicas?: readonly number[] | null | undefined
  addingReplicas?: readonly number[] | null | undefined
  leaderRecoveryState?: number | undefined
  directories?: readonly string[] | null | undefined
  eligibleLeaderReplicas?: readonly number[] | null | undefined
  lastKnownElr?: readonly number[] | null | undefined
}

function writePartitionChangeRecord(w: Writer, m: PartitionChangeRecordInit, version: number): void {
  w.int32(m.partitionId ?? -1)
  w.uuid(m.topicId)
  if (version <= 1) { if (m.eligibleLeaderReplicas !== undefined && m.eligibleLeaderReplicas !== null) refuse('PartitionChangeRecord.eligibleLeaderReplicas', version) }
  if (version <= 1) { if (m.lastKnownElr !== undefined && m.lastKnownElr !== null) refuse('PartitionChangeRecord.lastKnownElr', version) }
  if (version === 0) { if (m.directories !== undefined && m.directories !== null) refuse('PartitionChangeRecord.directories', version) }
  const t0 = m.isr
  const has0 = t0 !== undefined && t0 !== null
  const t1 = m.leader
  const has1 = t1 !== undefined && t1 !== -2
  const t2 = m.replicas
  const has2 = t2 !== undefined && t2 !== null
  const t3 = m.removingReplicas
  const has3 = t3 !== undefined && t3 !== null
  const t4 = m.addingReplicas
  const has4 = t4 !== undefined && t4 !== null
  const t5 = m.leaderRecoveryState
  const has5 = t5 !== undefined && t5 !== -1
  const t6 = m.eligibleLeaderReplicas
  const has6 = version >= 2 && t6 !== undefined && t6 !== null
  const t7 = m.lastKnownElr
  const has7 = version >= 2 && t7 !== undefined && t7 !== null
  const t8 = m.directories
  const has8 = version >= 1 && t8 !== undefined && t8 !== null
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0) + (has3 ? 1 : 0) + (has4 ? 1 : 0) + (has5 ? 1 : 0) + (has6 ? 1 : 0) + (has7 ? 1 : 0) + (has8 ? 1 : 0))
  if (has0) {
    const s0 = new Writer()
    writeNullableInt32s(s0, t0, true)
    writeTag(w, 0, s0)
  }
  if (has1) {
    w.uvarint(1)
    w.uvarint(4)
    w.int32(t1)
  }
  if (has2) {
    const s2 = new Writer()
    writeNullableInt32s(s2, t2, true)
    writeTag(w, 2, s2)
  }
  if (has3) {
    const s3 = new Writer()
    writeNullableInt32s(s3, t3, true)
    writeTag(w, 3, s3)
  }
  if (has4) {
    const s4 = new Writer()
    writeNullableInt32s(s4, t4, true)
    writeTag(w, 4, s4)
  }
  if (has5) {
    w.uvarint(5)
    w.uvarint(1)
    w.int8(t5)
  }
  if (has6) {
    const s6 = new Writer()
    writeNullableInt32s(s6, t6, true)
    writeTag(w, 6, s6)
  }
  if (has7) {
    const s7 = new Writer()
    writeNullableInt32s(s7, t7, true)
    writeTag(w, 7, s7)
  }
  if (has8) {
    const s8 = new Writer()
    writeNullableUuids(s8, t8, true)
    writeTag(w, 8, s8)
  }
}

function readPartitionChangeRecord(r: Reader, version: number): PartitionChangeRecord {
  const value: PartitionChangeRecord = {
    partitionId: r.int32(),
    topicId: r.uuid(),
    isr: null,
    leader: -2,
    replicas: null,
    removingReplicas: null,
    addingReplicas: null,
    leaderRecoveryState: -1,
    directories: null,
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.isr = readNullableInt32s(r, true)
    else if (tag === 1) value.leader = r.int32()
    else if (tag === 2) value.replicas = readNullableInt32s(r, true)
    else if (tag === 3) value.removingReplicas = readNullableInt32s(r, true)
    else if (tag === 4) value.addingReplicas = readNullableInt32s(r, true)
    else if (tag === 5) value.leaderRecoveryState = r.int8()
    else if (tag === 6 && version >= 2) value.eligibleLeaderReplicas = readNullableInt32s(r, true)
    else if (tag === 7 && version >= 2) value.lastKnownElr = readNullableInt32s(r, true)
    else if (tag === 8 && version >= 1) value.directories = readNullableUuids(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'PartitionChangeRecord', tag)
  }
  return value
}

export function encodePartitionChangeRecord(w: Writer, m: PartitionChangeRecordInit, version = 2): void {
  if (!(version >= 0 && version <= 2)) unwritable('PartitionChangeRecord', version)
  w.uvarint(1)
  w.uvarint(5)
  w.uvarint(version)
  writePartitionChangeRecord(w, m, version)
}

export function decodePartitionChangeRecord(r: Reader): PartitionChangeRecord {
  const version = readMetadataVersion(r, 'PartitionChangeRecord', 5, 0, 2)
  return readPartitionChangeRecord(r, version)
}

export const PartitionChangeRecordFormat: RecordFormat<PartitionChangeRecord, PartitionChangeRecordInit> = {
  name: 'PartitionChangeRecord',
  type: 5,
  minVersion: 0,
  maxVersion: 2,
  encode: encodePartitionChangeRecord,
  decode: decodePartitionChangeRecord,
}

export interface FenceBrokerRecord {
  id: number
  epoch: number
}

export type FenceBrokerRecordInit = FenceBrokerRecord

function writeFenceBrokerRecord(w: Writer, m: FenceBrokerRecordInit): void {
  w.int32(m.id)
  w.int64(m.epoch)
  w.uvarint(0)
}

function readFenceBrokerRecord(r: Reader): FenceBrokerRecord {
  const value: FenceBrokerRecord = {
    id: r.int32(),
    epoch: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeFenceBrokerRecord(w: Writer, m: FenceBrokerRecordInit, version = 0): void {
  if (version !== 0) unwritable('FenceBrokerRecord', version)
  w.uvarint(1)
  w.uvarint(7)
  w.uvarint(version)
  writeFenceBrokerRecord(w, m)
}

export function decodeFenceBrokerRecord(r: Reader): FenceBrokerRecord {
  readMetadataVersion(r, 'FenceBrokerRecord', 7, 0, 0)
  return readFenceBrokerRecord(r)
}

export const FenceBrokerRecordFormat: RecordFormat<FenceBrokerRecord, FenceBrokerRecordInit> = {
  name: 'FenceBrokerRecord',
  type: 7,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeFenceBrokerRecord,
  decode: decodeFenceBrokerRecord,
}

export interface UnfenceBrokerRecord {
  id: number
  epoch: number
}

export type UnfenceBrokerRecordInit = UnfenceBrokerRecord

function writeUnfenceBrokerRecord(w: Writer, m: UnfenceBrokerRecordInit): void {
  w.int32(m.id)
  w.int64(m.epoch)
  w.uvarint(0)
}

function readUnfenceBrokerRecord(r: Reader): UnfenceBrokerRecord {
  const value: UnfenceBrokerRecord = {
    id: r.int32(),
    epoch: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUnfenceBrokerRecord(w: Writer, m: UnfenceBrokerRecordInit, version = 0): void {
  if (version !== 0) unwritable('UnfenceBrokerRecord', version)
  w.uvarint(1)
  w.uvarint(8)
  w.uvarint(version)
  writeUnfenceBrokerRecord(w, m)
}

export function decodeUnfenceBrokerRecord(r: Reader): UnfenceBrokerRecord {
  readMetadataVersion(r, 'UnfenceBrokerRecord', 8, 0, 0)
  return readUnfenceBrokerRecord(r)
}

export const UnfenceBrokerRecordFormat: RecordFormat<UnfenceBrokerRecord, UnfenceBrokerRecordInit> = {
  name: 'UnfenceBrokerRecord',
  type: 8,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeUnfenceBrokerRecord,
  decode: decodeUnfenceBrokerRecord,
}

export interface RemoveTopicRecord {
  topicId: string
}

export type RemoveTopicRecordInit = RemoveTopicRecord

function writeRemoveTopicRecord(w: Writer, m: RemoveTopicRecordInit): void {
  w.uuid(m.topicId)
  w.uvarint(0)
}

function readRemoveTopicRecord(r: Reader): RemoveTopicRecord {
  const value: RemoveTopicRecord = {
    topicId: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveTopicRecord(w: Writer, m: RemoveTopicRecordInit, version = 0): void {
  if (version !== 0) unwritable('RemoveTopicRecord', version)
  w.uvarint(1)
  w.uvarint(9)
  w.uvarint(version)
  writeRemoveTopicRecord(w, m)
}

export function decodeRemoveTopicRecord(r: Reader): RemoveTopicRecord {
  readMetadataVersion(r, 'RemoveTopicRecord', 9, 0, 0)
  return readRemoveTopicRecord(r)
}

export const RemoveTopicRecordFormat: RecordFormat<RemoveTopicRecord, RemoveTopicRecordInit> = {
  name: 'RemoveTopicRecord',
  type: 9,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeRemoveTopicRecord,
  decode: decodeRemoveTopicRecord,
}

export interface DelegationTokenRecord {
  owner: string
  requester: string
  renewers: string[]
  issueTimestamp: number
  maxTimestamp: number
  expirationTimestamp: number
  tokenId: string
}

export interface DelegationTokenRecordInit {
  owner: string
  requester: string
  renewers: readonly string[]
  issueTimestamp: number
  maxTimestamp: number
  expirationTimestamp: number
  tokenId: string
}

function writeDelegationTokenRecord(w: Writer, m: DelegationTokenRecordInit): void {
  w.compactString(m.owner)
  w.compactString(m.requester)
  writeStrings(w, m.renewers, true)
  w.int64(m.issueTimestamp)
  w.int64(m.maxTimestamp)
  w.int64(m.expirationTimestamp)
  w.compactString(m.tokenId)
  w.uvarint(0)
}

function readDelegationTokenRecord(r: Reader): DelegationTokenRecord {
  const value: DelegationTokenRecord = {
    owner: r.compactString(),
    requester: r.compactString(),
    renewers: readStrings(r, true),
    issueTimestamp: r.int64(),
    maxTimestamp: r.int64(),
    expirationTimestamp: r.int64(),
    tokenId: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeDelegationTokenRecord(w: Writer, m: DelegationTokenRecordInit, version = 0): void {
  if (version !== 0) unwritable('DelegationTokenRecord', version)
  w.uvarint(1)
  w.uvarint(10)
  w.uvarint(version)
  writeDelegationTokenRecord(w, m)
}

export function decodeDelegationTokenRecord(r: Reader): DelegationTokenRecord {
  readMetadataVersion(r, 'DelegationTokenRecord', 10, 0, 0)
  return readDelegationTokenRecord(r)
}

export const DelegationTokenRecordFormat: RecordFormat<DelegationTokenRecord, DelegationTokenRecordInit> = {
  name: 'DelegationTokenRecord',
  type: 10,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeDelegationTokenRecord,
  decode: decodeDelegationTokenRecord,
}

export interface UserScramCredentialRecord {
  name: string
  mechanism: number
  salt: Buffer
  storedKey: Buffer
  serverKey: Buffer
  iterations: number
}

export interface UserScramCredentialRecordInit {
  name: string
  mechanism: number
  salt: Uint8Array
  storedKey: Uint8Array
  serverKey: Uint8Array
  iterations: number
}

function writeUserScramCredentialRecord(w: Writer, m: UserScramCredentialRecordInit): void {
  w.compactString(m.name)
  w.int8(m.mechanism)
  w.compactBytes(m.salt)
  w.compactBytes(m.storedKey)
  w.compactBytes(m.serverKey)
  w.int32(m.iterations)
  w.uvarint(0)
}

function readUserScramCredentialRecord(r: Reader): UserScramCredentialRecord {
  const value: UserScramCredentialRecord = {
    name: r.compactString(),
    mechanism: r.int8(),
    salt: r.compactBytes(),
    storedKey: r.compactBytes(),
    serverKey: r.compactBytes(),
    iterations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeUserScramCredentialRecord(w: Writer, m: UserScramCredentialRecordInit, version = 0): void {
  if (version !== 0) unwritable('UserScramCredentialRecord', version)
  w.uvarint(1)
  w.uvarint(11)
  w.uvarint(version)
  writeUserScramCredentialRecord(w, m)
}

export function decodeUserScramCredentialRecord(r: Reader): UserScramCredentialRecord {
  readMetadataVersion(r, 'UserScramCredentialRecord', 11, 0, 0)
  return readUserScramCredentialRecord(r)
}

export const UserScramCredentialRecordFormat: RecordFormat<UserScramCredentialRecord, UserScramCredentialRecordInit> = {
  name: 'UserScramCredentialRecord',
  type: 11,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeUserScramCredentialRecord,
  decode: decodeUserScramCredentialRecord,
}

export interface FeatureLevelRecord {
  name: string
  featureLevel: number
}

export type FeatureLevelRecordInit = FeatureLevelRecord

function writeFeatureLevelRecord(w: Writer, m: FeatureLevelRecordInit): void {
  w.compactString(m.name)
  w.int16(m.featureLevel)
  w.uvarint(0)
}

function readFeatureLevelRecord(r: Reader): FeatureLevelRecord {
  const value: FeatureLevelRecord = {
    name: r.compactString(),
    featureLevel: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeFeatureLevelRecord(w: Writer, m: FeatureLevelRecordInit, version = 0): void {
  if (version !== 0) unwritable('FeatureLevelRecord', version)
  w.uvarint(1)
  w.uvarint(12)
  w.uvarint(version)
  writeFeatureLevelRecord(w, m)
}

export function decodeFeatureLevelRecord(r: Reader): FeatureLevelRecord {
  readMetadataVersion(r, 'FeatureLevelRecord', 12, 0, 0)
  return readFeatureLevelRecord(r)
}

export const FeatureLevelRecordFormat: RecordFormat<FeatureLevelRecord, FeatureLevelRecordInit> = {
  name: 'FeatureLevelRecord',
  type: 12,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeFeatureLevelRecord,
  decode: decodeFeatureLevelRecord,
}

export interface ClientQuotaRecord {
  entity: ClientQuotaRecordEntityData[]
  key: string
  value: number
  remove: boolean
}

export interface ClientQuotaRecordInit {
  entity: readonly ClientQuotaRecordEntityDataInit[]
  key: string
  value: number
  remove: boolean
}

export interface ClientQuotaRecordEntityData {
  entityType: string
  entityName: string | null
}

export interface ClientQuotaRecordEntityDataInit {
  entityType: string
  entityName?: string | null | undefined
}

function writeClientQuotaRecord(w: Writer, m: ClientQuotaRecordInit): void {
  writeArrayOfClientQuotaRecordEntityData(w, m.entity)
  w.compactString(m.key)
  w.float64(m.value)
  w.boolean(m.remove)
  w.uvarint(0)
}

function readClientQuotaRecord(r: Reader): ClientQuotaRecord {
  const value: ClientQuotaRecord = {
    entity: readArrayOfClientQuotaRecordEntityData(r),
    key: r.compactString(),
    value: r.float64(),
    remove: r.boolean(),
  }
  r.skipTaggedFields()
  return value
}

function writeClientQuotaRecordEntityData(w: Writer, m: ClientQuotaRecordEntityDataInit): void {
  w.compactString(m.entityType)
  w.compactNullableString(m.entityName ?? null)
  w.uvarint(0)
}

function readClientQuotaRecordEntityData(r: Reader): ClientQuotaRecordEntityData {
  const value: ClientQuotaRecordEntityData = {
    entityType: r.compactString(),
    entityName: r.compactNullableString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfClientQuotaRecordEntityData(w: Writer, list: readonly ClientQuotaRecordEntityDataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeClientQuotaRecordEntityData(w, element)
}

function readArrayOfClientQuotaRecordEntityData(r: Reader): ClientQuotaRecordEntityData[] {
  const length = readLength(r, true, 3, 2)
  const list: ClientQuotaRecordEntityData[] = []
  for (let index = 0; index < length; index++) list.push(readClientQuotaRecordEntityData(r))
  return list
}

export function encodeClientQuotaRecord(w: Writer, m: ClientQuotaRecordInit, version = 0): void {
  if (version !== 0) unwritable('ClientQuotaRecord', version)
  w.uvarint(1)
  w.uvarint(14)
  w.uvarint(version)
  writeClientQuotaRecord(w, m)
}

export function decodeClientQuotaRecord(r: Reader): ClientQuotaRecord {
  readMetadataVersion(r, 'ClientQuotaRecord', 14, 0, 0)
  return readClientQuotaRecord(r)
}

export const ClientQuotaRecordFormat: RecordFormat<ClientQuotaRecord, ClientQuotaRecordInit> = {
  name: 'ClientQuotaRecord',
  type: 14,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeClientQuotaRecord,
  decode: decodeClientQuotaRecord,
}

export interface ProducerIdsRecord {
  brokerId: number
  brokerEpoch: number
  nextProducerId: number
}

export interface ProducerIdsRecordInit {
  brokerId: number
  brokerEpoch?: number | undefined
  nextProducerId: number
}

function writeProducerIdsRecord(w: Writer, m: ProducerIdsRecordInit): void {
  w.int32(m.brokerId)
  w.int64(m.brokerEpoch ?? -1)
  w.int64(m.nextProducerId)
  w.uvarint(0)
}

function readProducerIdsRecord(r: Reader): ProducerIdsRecord {
  const value: ProducerIdsRecord = {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    nextProducerId: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeProducerIdsRecord(w: Writer, m: ProducerIdsRecordInit, version = 0): void {
  if (version !== 0) unwritable('ProducerIdsRecord', version)
  w.uvarint(1)
  w.uvarint(15)
  w.uvarint(version)
  writeProducerIdsRecord(w, m)
}

export function decodeProducerIdsRecord(r: Reader): ProducerIdsRecord {
  readMetadataVersion(r, 'ProducerIdsRecord', 15, 0, 0)
  return readProducerIdsRecord(r)
}

export const ProducerIdsRecordFormat: RecordFormat<ProducerIdsRecord, ProducerIdsRecordInit> = {
  name: 'ProducerIdsRecord',
  type: 15,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeProducerIdsRecord,
  decode: decodeProducerIdsRecord,
}

export interface BrokerRegistrationChangeRecord {
  brokerId: number
  brokerEpoch: number
  fenced: number // tag 0
  inControlledShutdown: number // 1-3, tag 1
  logDirs: string[] // 2-3, tag 2
  cordonedLogDirs: string[] | null // 3, tag 3
}

export interface BrokerRegistrationChangeRecordInit {
  brokerId: number
  brokerEpoch: number
  fenced?: number | undefined
  inControlledShutdown?: number | undefined
  logDirs?: readonly string[] | undefined
  cordonedLogDirs?: readonly string[] | null | undefined
}

function writeBrokerRegistrationChangeRecord(w: Writer, m: BrokerRegistrationChangeRecordInit, version: number): void {
  w.int32(m.brokerId)
  w.int64(m.brokerEpoch)
  if (version === 0) { if (m.inControlledShutdown !== undefined && m.inControlledShutdown !== 0) refuse('BrokerRegistrationChangeRecord.inControlledShutdown', version) }
  if (version <= 1) { if (m.logDirs !== undefined && m.logDirs.length > 0) refuse('BrokerRegistrationChangeRecord.logDirs', version) }
  if (version <= 2) { if (m.cordonedLogDirs !== undefined && m.cordonedLogDirs !== null) refuse('BrokerRegistrationChangeRecord.cordonedLogDirs', version) }
  const t0 = m.fenced
  const has0 = t0 !== undefined && t0 !== 0
  const t1 = m.inControlledShutdown
  const has1 = version >= 1 && t1 !== undefined && t1 !== 0
  const t2 = m.logDirs
  const has2 = version >= 2 && t2 !== undefined && t2.length > 0
  const t3 = m.cordonedLogDirs
  const has3 = version >= 3 && t3 !== undefined && t3 !== null
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0) + (has2 ? 1 : 0) + (has3 ? 1 : 0))
  if (has0) {
    w.uvarint(0)
    w.uvarint(1)
    w.int8(t0)
  }
  if (has1) {
    w.uvarint(1)
    w.uvarint(1)
    w.int8(t1)
  }
  if (has2) {
    const s2 = new Writer()
    writeUuids(s2, t2, true)
    writeTag(w, 2, s2)
  }
  if (has3) {
    const s3 = new Writer()
    writeNullableUuids(s3, t3, true)
    writeTag(w, 3, s3)
  }
}

function readBrokerRegistrationChangeRecord(r: Reader, version: number): BrokerRegistrationChangeRecord {
  const value: BrokerRegistrationChangeRecord = {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    fenced: 0,
    inControlledShutdown: 0,
    logDirs: [],
    cordonedLogDirs: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.fenced = r.int8()
    else if (tag === 1 && version >= 1) value.inControlledShutdown = r.int8()
    else if (tag === 2 && version >= 2) value.logDirs = readUuids(r, true)
    else if (tag === 3 && version >= 3) value.cordonedLogDirs = readNullableUuids(r, true)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'BrokerRegistrationChangeRecord', tag)
  }
  return value
}

export function encodeBrokerRegistrationChangeRecord(w: Writer, m: BrokerRegistrationChangeRecordInit, version = 3): void {
  if (!(version >= 0 && version <= 3)) unwritable('BrokerRegistrationChangeRecord', version)
  w.uvarint(1)
  w.uvarint(17)
  w.uvarint(version)
  writeBrokerRegistrationChangeRecord(w, m, version)
}

export function decodeBrokerRegistrationChangeRecord(r: Reader): BrokerRegistrationChangeRecord {
  const version = readMetadataVersion(r, 'BrokerRegistrationChangeRecord', 17, 0, 3)
  return readBrokerRegistrationChangeRecord(r, version)
}

export const BrokerRegistrationChangeRecordFormat: RecordFormat<BrokerRegistrationChangeRecord, BrokerRegistrationChangeRecordInit> = {
  name: 'BrokerRegistrationChangeRecord',
  type: 17,
  minVersion: 0,
  maxVersion: 3,
  encode: encodeBrokerRegistrationChangeRecord,
  decode: decodeBrokerRegistrationChangeRecord,
}

export interface AccessControlEntryRecord {
  id: string
  resourceType: number
  resourceName: string
  patternType: number
  principal: string
  host: string
  operation: number
  permissionType: number
}

export type AccessControlEntryRecordInit = AccessControlEntryRecord

function writeAccessControlEntryRecord(w: Writer, m: AccessControlEntryRecordInit): void {
  w.uuid(m.id)
  w.int8(m.resourceType)
  w.compactString(m.resourceName)
  w.int8(m.patternType)
  w.compactString(m.principal)
  w.compactString(m.host)
  w.int8(m.operation)
  w.int8(m.permissionType)
  w.uvarint(0)
}

function readAccessControlEntryRecord(r: Reader): AccessControlEntryRecord {
  const value: AccessControlEntryRecord = {
    id: r.uuid(),
    resourceType: r.int8(),
    resourceName: r.compactString(),
    patternType: r.int8(),
    principal: r.compactString(),
    host: r.compactString(),
    operation: r.int8(),
    permissionType: r.int8(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeAccessControlEntryRecord(w: Writer, m: AccessControlEntryRecordInit, version = 0): void {
  if (version !== 0) unwritable('AccessControlEntryRecord', version)
  w.uvarint(1)
  w.uvarint(18)
  w.uvarint(version)
  writeAccessControlEntryRecord(w, m)
}

export function decodeAccessControlEntryRecord(r: Reader): AccessControlEntryRecord {
  readMetadataVersion(r, 'AccessControlEntryRecord', 18, 0, 0)
  return readAccessControlEntryRecord(r)
}

export const AccessControlEntryRecordFormat: RecordFormat<AccessControlEntryRecord, AccessControlEntryRecordInit> = {
  name: 'AccessControlEntryRecord',
  type: 18,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeAccessControlEntryRecord,
  decode: decodeAccessControlEntryRecord,
}

export interface RemoveAccessControlEntryRecord {
  id: string
}

export type RemoveAccessControlEntryRecordInit = RemoveAccessControlEntryRecord

function writeRemoveAccessControlEntryRecord(w: Writer, m: RemoveAccessControlEntryRecordInit): void {
  w.uuid(m.id)
  w.uvarint(0)
}

function readRemoveAccessControlEntryRecord(r: Reader): RemoveAccessControlEntryRecord {
  const value: RemoveAccessControlEntryRecord = {
    id: r.uuid(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveAccessControlEntryRecord(w: Writer, m: RemoveAccessControlEntryRecordInit, version = 0): void {
  if (version !== 0) unwritable('RemoveAccessControlEntryRecord', version)
  w.uvarint(1)
  w.uvarint(19)
  w.uvarint(version)
  writeRemoveAccessControlEntryRecord(w, m)
}

export function decodeRemoveAccessControlEntryRecord(r: Reader): RemoveAccessControlEntryRecord {
  readMetadataVersion(r, 'RemoveAccessControlEntryRecord', 19, 0, 0)
  return readRemoveAccessControlEntryRecord(r)
}

export const RemoveAccessControlEntryRecordFormat: RecordFormat<RemoveAccessControlEntryRecord, RemoveAccessControlEntryRecordInit> = {
  name: 'RemoveAccessControlEntryRecord',
  type: 19,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeRemoveAccessControlEntryRecord,
  decode: decodeRemoveAccessControlEntryRecord,
}

export interface NoOpRecord {
}

export type NoOpRecordInit = NoOpRecord

function writeNoOpRecord(w: Writer, _m: NoOpRecordInit): void {
  w.uvarint(0)
}

function readNoOpRecord(r: Reader): NoOpRecord {
  const value: NoOpRecord = {
  }
  r.skipTaggedFields()
  return value
}

export function encodeNoOpRecord(w: Writer, m: NoOpRecordInit, version = 0): void {
  if (version !== 0) unwritable('NoOpRecord', version)
  w.uvarint(1)
  w.uvarint(20)
  w.uvarint(version)
  writeNoOpRecord(w, m)
}

export function decodeNoOpRecord(r: Reader): NoOpRecord {
  readMetadataVersion(r, 'NoOpRecord', 20, 0, 0)
  return readNoOpRecord(r)
}

export const NoOpRecordFormat: RecordFormat<NoOpRecord, NoOpRecordInit> = {
  name: 'NoOpRecord',
  type: 20,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeNoOpRecord,
  decode: decodeNoOpRecord,
}

export interface ZkMigrationStateRecord {
  zkMigrationState: number
}

export type ZkMigrationStateRecordInit = ZkMigrationStateRecord

function writeZkMigrationStateRecord(w: Writer, m: ZkMigrationStateRecordInit): void {
  w.int8(m.zkMigrationState)
  w.uvarint(0)
}

function readZkMigrationStateRecord(r: Reader): ZkMigrationStateRecord {
  const value: ZkMigrationStateRecord = {
    zkMigrationState: r.int8(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeZkMigrationStateRecord(w: Writer, m: ZkMigrationStateRecordInit, version = 0): void {
  if (version !== 0) unwritable('ZkMigrationStateRecord', version)
  w.uvarint(1)
  w.uvarint(21)
  w.uvarint(version)
  writeZkMigrationStateRecord(w, m)
}

export function decodeZkMigrationStateRecord(r: Reader): ZkMigrationStateRecord {
  readMetadataVersion(r, 'ZkMigrationStateRecord', 21, 0, 0)
  return readZkMigrationStateRecord(r)
}

export const ZkMigrationStateRecordFormat: RecordFormat<ZkMigrationStateRecord, ZkMigrationStateRecordInit> = {
  name: 'ZkMigrationStateRecord',
  type: 21,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeZkMigrationStateRecord,
  decode: decodeZkMigrationStateRecord,
}

export interface RemoveUserScramCredentialRecord {
  name: string
  mechanism: number
}

export type RemoveUserScramCredentialRecordInit = RemoveUserScramCredentialRecord

function writeRemoveUserScramCredentialRecord(w: Writer, m: RemoveUserScramCredentialRecordInit): void {
  w.compactString(m.name)
  w.int8(m.mechanism)
  w.uvarint(0)
}

function readRemoveUserScramCredentialRecord(r: Reader): RemoveUserScramCredentialRecord {
  const value: RemoveUserScramCredentialRecord = {
    name: r.compactString(),
    mechanism: r.int8(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveUserScramCredentialRecord(w: Writer, m: RemoveUserScramCredentialRecordInit, version = 0): void {
  if (version !== 0) unwritable('RemoveUserScramCredentialRecord', version)
  w.uvarint(1)
  w.uvarint(22)
  w.uvarint(version)
  writeRemoveUserScramCredentialRecord(w, m)
}

export function decodeRemoveUserScramCredentialRecord(r: Reader): RemoveUserScramCredentialRecord {
  readMetadataVersion(r, 'RemoveUserScramCredentialRecord', 22, 0, 0)
  return readRemoveUserScramCredentialRecord(r)
}

export const RemoveUserScramCredentialRecordFormat: RecordFormat<RemoveUserScramCredentialRecord, RemoveUserScramCredentialRecordInit> = {
  name: 'RemoveUserScramCredentialRecord',
  type: 22,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeRemoveUserScramCredentialRecord,
  decode: decodeRemoveUserScramCredentialRecord,
}

export interface BeginTransactionRecord {
  name: string | null // tag 0
}

export interface BeginTransactionRecordInit {
  name?: string | null | undefined
}

function writeBeginTransactionRecord(w: Writer, m: BeginTransactionRecordInit): void {
  const t0 = m.name
  const has0 = t0 !== undefined && t0 !== null
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    s0.compactNullableString(t0)
    writeTag(w, 0, s0)
  }
}

function readBeginTransactionRecord(r: Reader): BeginTransactionRecord {
  const value: BeginTransactionRecord = {
    name: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.name = r.compactNullableString()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'BeginTransactionRecord', tag)
  }
  return value
}

export function encodeBeginTransactionRecord(w: Writer, m: BeginTransactionRecordInit, version = 0): void {
  if (version !== 0) unwritable('BeginTransactionRecord', version)
  w.uvarint(1)
  w.uvarint(23)
  w.uvarint(version)
  writeBeginTransactionRecord(w, m)
}

export function decodeBeginTransactionRecord(r: Reader): BeginTransactionRecord {
  readMetadataVersion(r, 'BeginTransactionRecord', 23, 0, 0)
  return readBeginTransactionRecord(r)
}

export const BeginTransactionRecordFormat: RecordFormat<BeginTransactionRecord, BeginTransactionRecordInit> = {
  name: 'BeginTransactionRecord',
  type: 23,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeBeginTransactionRecord,
  decode: decodeBeginTransactionRecord,
}

export interface EndTransactionRecord {
}

export type EndTransactionRecordInit = EndTransactionRecord

function writeEndTransactionRecord(w: Writer, _m: EndTransactionRecordInit): void {
  w.uvarint(0)
}

function readEndTransactionRecord(r: Reader): EndTransactionRecord {
  const value: EndTransactionRecord = {
  }
  r.skipTaggedFields()
  return value
}

export function encodeEndTransactionRecord(w: Writer, m: EndTransactionRecordInit, version = 0): void {
  if (version !== 0) unwritable('EndTransactionRecord', version)
  w.uvarint(1)
  w.uvarint(24)
  w.uvarint(version)
  writeEndTransactionRecord(w, m)
}

export function decodeEndTransactionRecord(r: Reader): EndTransactionRecord {
  readMetadataVersion(r, 'EndTransactionRecord', 24, 0, 0)
  return readEndTransactionRecord(r)
}

export const EndTransactionRecordFormat: RecordFormat<EndTransactionRecord, EndTransactionRecordInit> = {
  name: 'EndTransactionRecord',
  type: 24,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeEndTransactionRecord,
  decode: decodeEndTransactionRecord,
}

export interface AbortTransactionRecord {
  reason: string | null // tag 0
}

export interface AbortTransactionRecordInit {
  reason?: string | null | undefined
}

function writeAbortTransactionRecord(w: Writer, m: AbortTransactionRecordInit): void {
  const t0 = m.reason
  const has0 = t0 !== undefined && t0 !== null
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    s0.compactNullableString(t0)
    writeTag(w, 0, s0)
  }
}

function readAbortTransactionRecord(r: Reader): AbortTransactionRecord {
  const value: AbortTransactionRecord = {
    reason: null,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.reason = r.compactNullableString()
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'AbortTransactionRecord', tag)
  }
  return value
}

export function encodeAbortTransactionRecord(w: Writer, m: AbortTransactionRecordInit, version = 0): void {
  if (version !== 0) unwritable('AbortTransactionRecord', version)
  w.uvarint(1)
  w.uvarint(25)
  w.uvarint(version)
  writeAbortTransactionRecord(w, m)
}

export function decodeAbortTransactionRecord(r: Reader): AbortTransactionRecord {
  readMetadataVersion(r, 'AbortTransactionRecord', 25, 0, 0)
  return readAbortTransactionRecord(r)
}

export const AbortTransactionRecordFormat: RecordFormat<AbortTransactionRecord, AbortTransactionRecordInit> = {
  name: 'AbortTransactionRecord',
  type: 25,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeAbortTransactionRecord,
  decode: decodeAbortTransactionRecord,
}

export interface RemoveDelegationTokenRecord {
  tokenId: string
}

export type RemoveDelegationTokenRecordInit = RemoveDelegationTokenRecord

function writeRemoveDelegationTokenRecord(w: Writer, m: RemoveDelegationTokenRecordInit): void {
  w.compactString(m.tokenId)
  w.uvarint(0)
}

function readRemoveDelegationTokenRecord(r: Reader): RemoveDelegationTokenRecord {
  const value: RemoveDelegationTokenRecord = {
    tokenId: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeRemoveDelegationTokenRecord(w: Writer, m: RemoveDelegationTokenRecordInit, version = 0): void {
  if (version !== 0) unwritable('RemoveDelegationTokenRecord', version)
  w.uvarint(1)
  w.uvarint(26)
  w.uvarint(version)
  writeRemoveDelegationTokenRecord(w, m)
}

export function decodeRemoveDelegationTokenRecord(r: Reader): RemoveDelegationTokenRecord {
  readMetadataVersion(r, 'RemoveDelegationTokenRecord', 26, 0, 0)
  return readRemoveDelegationTokenRecord(r)
}

export const RemoveDelegationTokenRecordFormat: RecordFormat<RemoveDelegationTokenRecord, RemoveDelegationTokenRecordInit> = {
  name: 'RemoveDelegationTokenRecord',
  type: 26,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeRemoveDelegationTokenRecord,
  decode: decodeRemoveDelegationTokenRecord,
}

export interface RegisterControllerRecord {
  controllerId: number
  incarnationId: string
  zkMigrationReady: boolean
  endPoints: RegisterControllerRecordControllerEndpoint[]
  features: RegisterControllerRecordControllerFeature[]
}

export interface RegisterControllerRecordInit {
  controllerId: number
  incarnationId: string
  zkMigrationReady: boolean
  endPoints: readonly RegisterControllerRecordControllerEndpointInit[]
  features: readonly RegisterControllerRecordControllerFeatureInit[]
}

export interface RegisterControllerRecordControllerEndpoint {
  name: string
  host: string
  port: number
  securityProtocol: number
}

export type RegisterControllerRecordControllerEndpointInit = RegisterControllerRecordControllerEndpoint

export interface RegisterControllerRecordControllerFeature {
  name: string
  minSupportedVersion: number
  maxSupportedVersion: number
}

export type RegisterControllerRecordControllerFeatureInit = RegisterControllerRecordControllerFeature

function writeRegisterControllerRecord(w: Writer, m: RegisterControllerRecordInit): void {
  w.int32(m.controllerId)
  w.uuid(m.incarnationId)
  w.boolean(m.zkMigrationReady)
  writeArrayOfRegisterControllerRecordControllerEndpoint(w, m.endPoints)
  writeArrayOfRegisterControllerRecordControllerFeature(w, m.features)
  w.uvarint(0)
}

function readRegisterControllerRecord(r: Reader): RegisterControllerRecord {
  const value: RegisterControllerRecord = {
    controllerId: r.int32(),
    incarnationId: r.uuid(),
    zkMigrationReady: r.boolean(),
    endPoints: readArrayOfRegisterControllerRecordControllerEndpoint(r),
    features: readArrayOfRegisterControllerRecordControllerFeature(r),
  }
  r.skipTaggedFields()
  return value
}

function writeRegisterControllerRecordControllerEndpoint(w: Writer, m: RegisterControllerRecordControllerEndpointInit): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.int16(m.securityProtocol)
  w.uvarint(0)
}

function readRegisterControllerRecordControllerEndpoint(r: Reader): RegisterControllerRecordControllerEndpoint {
  const value: RegisterControllerRecordControllerEndpoint = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
    securityProtocol: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeRegisterControllerRecordControllerFeature(w: Writer, m: RegisterControllerRecordControllerFeatureInit): void {
  w.compactString(m.name)
  w.int16(m.minSupportedVersion)
  w.int16(m.maxSupportedVersion)
  w.uvarint(0)
}

function readRegisterControllerRecordControllerFeature(r: Reader): RegisterControllerRecordControllerFeature {
  const value: RegisterControllerRecordControllerFeature = {
    name: r.compactString(),
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfRegisterControllerRecordControllerEndpoint(w: Writer, list: readonly RegisterControllerRecordControllerEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeRegisterControllerRecordControllerEndpoint(w, element)
}

function readArrayOfRegisterControllerRecordControllerEndpoint(r: Reader): RegisterControllerRecordControllerEndpoint[] {
  const length = readLength(r, true, 7, 4)
  const list: RegisterControllerRecordControllerEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readRegisterControllerRecordControllerEndpoint(r))
  return list
}

function writeArrayOfRegisterControllerRecordControllerFeature(w: Writer, list: readonly RegisterControllerRecordControllerFeatureInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeRegisterControllerRecordControllerFeature(w, element)
}

function readArrayOfRegisterControllerRecordControllerFeature(r: Reader): RegisterControllerRecordControllerFeature[] {
  const length = readLength(r, true, 6, 3)
  const list: RegisterControllerRecordControllerFeature[] = []
  for (let index = 0; index < length; index++) list.push(readRegisterControllerRecordControllerFeature(r))
  return list
}

export function encodeRegisterControllerRecord(w: Writer, m: RegisterControllerRecordInit, version = 0): void {
  if (version !== 0) unwritable('RegisterControllerRecord', version)
  w.uvarint(1)
  w.uvarint(27)
  w.uvarint(version)
  writeRegisterControllerRecord(w, m)
}

export function decodeRegisterControllerRecord(r: Reader): RegisterControllerRecord {
  readMetadataVersion(r, 'RegisterControllerRecord', 27, 0, 0)
  return readRegisterControllerRecord(r)
}

export const RegisterControllerRecordFormat: RecordFormat<RegisterControllerRecord, RegisterControllerRecordInit> = {
  name: 'RegisterControllerRecord',
  type: 27,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeRegisterControllerRecord,
  decode: decodeRegisterControllerRecord,
}

export interface ClearElrRecord {
  topicName: string
}

export type ClearElrRecordInit = ClearElrRecord

function writeClearElrRecord(w: Writer, m: ClearElrRecordInit): void {
  w.compactString(m.topicName)
  w.uvarint(0)
}

function readClearElrRecord(r: Reader): ClearElrRecord {
  const value: ClearElrRecord = {
    topicName: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeClearElrRecord(w: Writer, m: ClearElrRecordInit, version = 0): void {
  if (version !== 0) unwritable('ClearElrRecord', version)
  w.uvarint(1)
  w.uvarint(28)
  w.uvarint(version)
  writeClearElrRecord(w, m)
}

export function decodeClearElrRecord(r: Reader): ClearElrRecord {
  readMetadataVersion(r, 'ClearElrRecord', 28, 0, 0)
  return readClearElrRecord(r)
}

export const ClearElrRecordFormat: RecordFormat<ClearElrRecord, ClearElrRecordInit> = {
  name: 'ClearElrRecord',
  type: 28,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeClearElrRecord,
  decode: decodeClearElrRecord,
}

export const clusterMetadataFormats: readonly RecordFormat[] = [
  RegisterBrokerRecordFormat,
  UnregisterBrokerRecordFormat,
  TopicRecordFormat,
  PartitionRecordFormat,
  ConfigRecordFormat,
  PartitionChangeRecordFormat,
  FenceBrokerRecordFormat,
  UnfenceBrokerRecordFormat,
  RemoveTopicRecordFormat,
  DelegationTokenRecordFormat,
  UserScramCredentialRecordFormat,
  FeatureLevelRecordFormat,
  ClientQuotaRecordFormat,
  ProducerIdsRecordFormat,
  BrokerRegistrationChangeRecordFormat,
  AccessControlEntryRecordFormat,
  RemoveAccessControlEntryRecordFormat,
  NoOpRecordFormat,
  ZkMigrationStateRecordFormat,
  RemoveUserScramCredentialRecordFormat,
  BeginTransactionRecordFormat,
  EndTransactionRecordFormat,
  AbortTransactionRecordFormat,
  RemoveDelegationTokenRecordFormat,
  RegisterControllerRecordFormat,
  ClearElrRecordFormat,
]

// records/consumer-group-records.kmsg

export interface ConsumerGroupMetadataKey {
  groupId: string
}

export type ConsumerGroupMetadataKeyInit = ConsumerGroupMetadataKey

function writeConsumerGroupMetadataKey(w: Writer, m: ConsumerGroupMetadataKeyInit): void {
  w.string(m.groupId)
}

function readConsumerGroupMetadataKey(r: Reader): ConsumerGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupMetadataKey(w: Writer, m: ConsumerGroupMetadataKeyInit): void {
  w.int16(3)
  writeConsumerGroupMetadataKey(w, m)
}

export function decodeConsumerGroupMetadataKey(r: Reader): ConsumerGroupMetadataKey {
  readRecordType(r, 'ConsumerGroupMetadataKey', 3)
  return readConsumerGroupMetadataKey(r)
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

function writeConsumerGroupMetadataValue(w: Writer, m: ConsumerGroupMetadataValueInit): void {
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

function readConsumerGroupMetadataValue(r: Reader): ConsumerGroupMetadataValue {
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
  if (version !== 0) unwritable('ConsumerGroupMetadataValue', version)
  w.int16(version)
  writeConsumerGroupMetadataValue(w, m)
}

export function decodeConsumerGroupMetadataValue(r: Reader): ConsumerGroupMetadataValue {
  readVersion(r, 'ConsumerGroupMetadataValue', 0, 0)
  return readConsumerGroupMetadataValue(r)
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

function writeConsumerGroupPartitionMetadataKey(w: Writer, m: ConsumerGroupPartitionMetadataKeyInit): void {
  w.string(m.groupId)
}

function readConsumerGroupPartitionMetadataKey(r: Reader): ConsumerGroupPartitionMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupPartitionMetadataKey(w: Writer, m: ConsumerGroupPartitionMetadataKeyInit): void {
  w.int16(4)
  writeConsumerGroupPartitionMetadataKey(w, m)
}

export function decodeConsumerGroupPartitionMetadataKey(r: Reader): ConsumerGroupPartitionMetadataKey {
  readRecordType(r, 'ConsumerGroupPartitionMetadataKey', 4)
  return readConsumerGroupPartitionMetadataKey(r)
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

function writeConsumerGroupPartitionMetadataValue(w: Writer, m: ConsumerGroupPartitionMetadataValueInit): void {
  writeArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(w, m.topics)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValue(r: Reader): ConsumerGroupPartitionMetadataValue {
  const value: ConsumerGroupPartitionMetadataValue = {
    topics: readArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupPartitionMetadataValueTopicMetadata(w: Writer, m: ConsumerGroupPartitionMetadataValueTopicMetadataInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  w.int32(m.numPartitions)
  writeArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(w, m.partitionMetadata)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValueTopicMetadata(r: Reader): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const value: ConsumerGroupPartitionMetadataValueTopicMetadata = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    numPartitions: r.int32(),
    partitionMetadata: readArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupPartitionMetadataValuePartitionMetadata(w: Writer, m: ConsumerGroupPartitionMetadataValuePartitionMetadataInit): void {
  w.int32(m.partition)
  writeStrings(w, m.racks, true)
  w.uvarint(0)
}

function readConsumerGroupPartitionMetadataValuePartitionMetadata(r: Reader): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const value: ConsumerGroupPartitionMetadataValuePartitionMetadata = {
    partition: r.int32(),
    racks: readStrings(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(w: Writer, list: readonly ConsumerGroupPartitionMetadataValueTopicMetadataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupPartitionMetadataValueTopicMetadata(w, element)
}

function readArrayOfConsumerGroupPartitionMetadataValueTopicMetadata(r: Reader): ConsumerGroupPartitionMetadataValueTopicMetadata[] {
  const length = readLength(r, true, 23, 4)
  const list: ConsumerGroupPartitionMetadataValueTopicMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupPartitionMetadataValueTopicMetadata(r))
  return list
}

function writeArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(w: Writer, list: readonly ConsumerGroupPartitionMetadataValuePartitionMetadataInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupPartitionMetadataValuePartitionMetadata(w, element)
}

function readArrayOfConsumerGroupPartitionMetadataValuePartitionMetadata(r: Reader): ConsumerGroupPartitionMetadataValuePartitionMetadata[] {
  const length = readLength(r, true, 6, 2)
  const list: ConsumerGroupPartitionMetadataValuePartitionMetadata[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupPartitionMetadataValuePartitionMetadata(r))
  return list
}

export function encodeConsumerGroupPartitionMetadataValue(w: Writer, m: ConsumerGroupPartitionMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupPartitionMetadataValue', version)
  w.int16(version)
  writeConsumerGroupPartitionMetadataValue(w, m)
}

export function decodeConsumerGroupPartitionMetadataValue(r: Reader): ConsumerGroupPartitionMetadataValue {
  readVersion(r, 'ConsumerGroupPartitionMetadataValue', 0, 0)
  return readConsumerGroupPartitionMetadataValue(r)
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

function writeConsumerGroupMemberMetadataKey(w: Writer, m: ConsumerGroupMemberMetadataKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupMemberMetadataKey(r: Reader): ConsumerGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupMemberMetadataKey(w: Writer, m: ConsumerGroupMemberMetadataKeyInit): void {
  w.int16(5)
  writeConsumerGroupMemberMetadataKey(w, m)
}

export function decodeConsumerGroupMemberMetadataKey(r: Reader): ConsumerGroupMemberMetadataKey {
  readRecordType(r, 'ConsumerGroupMemberMetadataKey', 5)
  return readConsumerGroupMemberMetadataKey(r)
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

const defaultConsumerGroupMemberMetadataValueClassicMemberMetadata: ConsumerGroupMemberMetadataValueClassicMemberMetadata = Object.freeze({ sessionTimeoutMs: 0, supportedProtocols: [] })

function isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit): boolean {
  if (m === defaultConsumerGroupMemberMetadataValueClassicMemberMetadata) return true
  return !((m.sessionTimeoutMs !== undefined && m.sessionTimeoutMs !== 0) || (m.supportedProtocols !== undefined && m.supportedProtocols.length > 0))
}

function writeConsumerGroupMemberMetadataValue(w: Writer, m: ConsumerGroupMemberMetadataValueInit): void {
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.compactNullableString(m.subscribedTopicRegex ?? null)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  w.compactNullableString(m.serverAssignor ?? null)
  const t0 = m.classicMemberMetadata
  const has0 = (t0 === null || (t0 !== undefined && !isDefaultConsumerGroupMemberMetadataValueClassicMemberMetadata(t0)))
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(s0, t0)
    writeTag(w, 0, s0)
  }
}

function readConsumerGroupMemberMetadataValue(r: Reader): ConsumerGroupMemberMetadataValue {
  const value: ConsumerGroupMemberMetadataValue = {
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    subscribedTopicNames: readStrings(r, true),
    subscribedTopicRegex: r.compactNullableString(),
    rebalanceTimeoutMs: r.int32(),
    serverAssignor: r.compactNullableString(),
    classicMemberMetadata: defaultConsumerGroupMemberMetadataValueClassicMemberMetadata,
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.classicMemberMetadata = readTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(r)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'ConsumerGroupMemberMetadataValue', tag)
  }
  return value
}

function writeConsumerGroupMemberMetadataValueClassicMemberMetadata(w: Writer, m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit): void {
  w.int32(m.sessionTimeoutMs)
  writeArrayOfConsumerGroupMemberMetadataValueClassicProtocol(w, m.supportedProtocols)
  w.uvarint(0)
}

function readConsumerGroupMemberMetadataValueClassicMemberMetadata(r: Reader): ConsumerGroupMemberMetadataValueClassicMemberMetadata {
  const value: ConsumerGroupMemberMetadataValueClassicMemberMetadata = {
    sessionTimeoutMs: r.int32(),
    supportedProtocols: readArrayOfConsumerGroupMemberMetadataValueClassicProtocol(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupMemberMetadataValueClassicProtocol(w: Writer, m: ConsumerGroupMemberMetadataValueClassicProtocolInit): void {
  w.compactString(m.name)
  w.compactBytes(m.metadata)
  w.uvarint(0)
}

function readConsumerGroupMemberMetadataValueClassicProtocol(r: Reader): ConsumerGroupMemberMetadataValueClassicProtocol {
  const value: ConsumerGroupMemberMetadataValueClassicProtocol = {
    name: r.compactString(),
    metadata: r.compactBytes(),
  }
  r.skipTaggedFields()
  return value
}

function writeTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(w: Writer, m: ConsumerGroupMemberMetadataValueClassicMemberMetadataInit | null): void {
  w.int8(m === null ? 0 : 1)
  if (m !== null) writeConsumerGroupMemberMetadataValueClassicMemberMetadata(w, m)
}

function readTaggedNullableConsumerGroupMemberMetadataValueClassicMemberMetadata(r: Reader): ConsumerGroupMemberMetadataValueClassicMemberMetadata | null {
  return r.uvarint() === 0 ? null : readConsumerGroupMemberMetadataValueClassicMemberMetadata(r)
}

function writeArrayOfConsumerGroupMemberMetadataValueClassicProtocol(w: Writer, list: readonly ConsumerGroupMemberMetadataValueClassicProtocolInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupMemberMetadataValueClassicProtocol(w, element)
}

function readArrayOfConsumerGroupMemberMetadataValueClassicProtocol(r: Reader): ConsumerGroupMemberMetadataValueClassicProtocol[] {
  const length = readLength(r, true, 3, 2)
  const list: ConsumerGroupMemberMetadataValueClassicProtocol[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupMemberMetadataValueClassicProtocol(r))
  return list
}

export function encodeConsumerGroupMemberMetadataValue(w: Writer, m: ConsumerGroupMemberMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupMemberMetadataValue', version)
  w.int16(version)
  writeConsumerGroupMemberMetadataValue(w, m)
}

export function decodeConsumerGroupMemberMetadataValue(r: Reader): ConsumerGroupMemberMetadataValue {
  readVersion(r, 'ConsumerGroupMemberMetadataValue', 0, 0)
  return readConsumerGroupMemberMetadataValue(r)
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

function writeConsumerGroupTargetAssignmentMetadataKey(w: Writer, m: ConsumerGroupTargetAssignmentMetadataKeyInit): void {
  w.string(m.groupId)
}

function readConsumerGroupTargetAssignmentMetadataKey(r: Reader): ConsumerGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeConsumerGroupTargetAssignmentMetadataKey(w: Writer, m: ConsumerGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(6)
  writeConsumerGroupTargetAssignmentMetadataKey(w, m)
}

export function decodeConsumerGroupTargetAssignmentMetadataKey(r: Reader): ConsumerGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'ConsumerGroupTargetAssignmentMetadataKey', 6)
  return readConsumerGroupTargetAssignmentMetadataKey(r)
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

function writeConsumerGroupTargetAssignmentMetadataValue(w: Writer, m: ConsumerGroupTargetAssignmentMetadataValueInit): void {
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

function readConsumerGroupTargetAssignmentMetadataValue(r: Reader): ConsumerGroupTargetAssignmentMetadataValue {
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
  if (version !== 0) unwritable('ConsumerGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeConsumerGroupTargetAssignmentMetadataValue(w, m)
}

export function decodeConsumerGroupTargetAssignmentMetadataValue(r: Reader): ConsumerGroupTargetAssignmentMetadataValue {
  readVersion(r, 'ConsumerGroupTargetAssignmentMetadataValue', 0, 0)
  return readConsumerGroupTargetAssignmentMetadataValue(r)
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

function writeConsumerGroupTargetAssignmentMemberKey(w: Writer, m: ConsumerGroupTargetAssignmentMemberKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupTargetAssignmentMemberKey(r: Reader): ConsumerGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupTargetAssignmentMemberKey(w: Writer, m: ConsumerGroupTargetAssignmentMemberKeyInit): void {
  w.int16(7)
  writeConsumerGroupTargetAssignmentMemberKey(w, m)
}

export function decodeConsumerGroupTargetAssignmentMemberKey(r: Reader): ConsumerGroupTargetAssignmentMemberKey {
  readRecordType(r, 'ConsumerGroupTargetAssignmentMemberKey', 7)
  return readConsumerGroupTargetAssignmentMemberKey(r)
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

function writeConsumerGroupTargetAssignmentMemberValue(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueInit): void {
  writeArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(w, m.topicPartitions)
  w.uvarint(0)
}

function readConsumerGroupTargetAssignmentMemberValue(r: Reader): ConsumerGroupTargetAssignmentMemberValue {
  const value: ConsumerGroupTargetAssignmentMemberValue = {
    topicPartitions: readArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupTargetAssignmentMemberValueTopicPartition(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readConsumerGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const value: ConsumerGroupTargetAssignmentMemberValueTopicPartition = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(w: Writer, list: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupTargetAssignmentMemberValueTopicPartition(w, element)
}

function readArrayOfConsumerGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ConsumerGroupTargetAssignmentMemberValueTopicPartition[] {
  const length = readLength(r, true, 18, 2)
  const list: ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupTargetAssignmentMemberValueTopicPartition(r))
  return list
}

export function encodeConsumerGroupTargetAssignmentMemberValue(w: Writer, m: ConsumerGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeConsumerGroupTargetAssignmentMemberValue(w, m)
}

export function decodeConsumerGroupTargetAssignmentMemberValue(r: Reader): ConsumerGroupTargetAssignmentMemberValue {
  readVersion(r, 'ConsumerGroupTargetAssignmentMemberValue', 0, 0)
  return readConsumerGroupTargetAssignmentMemberValue(r)
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

function writeConsumerGroupCurrentMemberAssignmentKey(w: Writer, m: ConsumerGroupCurrentMemberAssignmentKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readConsumerGroupCurrentMemberAssignmentKey(r: Reader): ConsumerGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeConsumerGroupCurrentMemberAssignmentKey(w: Writer, m: ConsumerGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(8)
  writeConsumerGroupCurrentMemberAssignmentKey(w, m)
}

export function decodeConsumerGroupCurrentMemberAssignmentKey(r: Reader): ConsumerGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'ConsumerGroupCurrentMemberAssignmentKey', 8)
  return readConsumerGroupCurrentMemberAssignmentKey(r)
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

function writeConsumerGroupCurrentMemberAssignmentValue(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueInit): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, m.assignedPartitions)
  writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, m.partitionsPendingRevocation)
  w.uvarint(0)
}

function readConsumerGroupCurrentMemberAssignmentValue(r: Reader): ConsumerGroupCurrentMemberAssignmentValue {
  const value: ConsumerGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r),
    partitionsPendingRevocation: readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  const t0 = m.assignmentEpochs
  const has0 = (t0 === null || (t0 !== undefined && t0.length > 0))
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeNullableInt32s(s0, t0, true)
    writeTag(w, 0, s0)
  }
}

function readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const value: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
    assignmentEpochs: [],
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

function writeArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, list: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(w, element)
}

function readArrayOfConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const length = readLength(r, true, 18, 3)
  const list: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerGroupCurrentMemberAssignmentValueTopicPartitions(r))
  return list
}

export function encodeConsumerGroupCurrentMemberAssignmentValue(w: Writer, m: ConsumerGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeConsumerGroupCurrentMemberAssignmentValue(w, m)
}

export function decodeConsumerGroupCurrentMemberAssignmentValue(r: Reader): ConsumerGroupCurrentMemberAssignmentValue {
  readVersion(r, 'ConsumerGroupCurrentMemberAssignmentValue', 0, 0)
  return readConsumerGroupCurrentMemberAssignmentValue(r)
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

function writeConsumerGroupRegularExpressionKey(w: Writer, m: ConsumerGroupRegularExpressionKeyInit): void {
  w.string(m.groupId)
  w.string(m.regularExpression)
}

function readConsumerGroupRegularExpressionKey(r: Reader): ConsumerGroupRegularExpressionKey {
  return {
    groupId: r.string(),
    regularExpression: r.string(),
  }
}

export function encodeConsumerGroupRegularExpressionKey(w: Writer, m: ConsumerGroupRegularExpressionKeyInit): void {
  w.int16(16)
  writeConsumerGroupRegularExpressionKey(w, m)
}

export function decodeConsumerGroupRegularExpressionKey(r: Reader): ConsumerGroupRegularExpressionKey {
  readRecordType(r, 'ConsumerGroupRegularExpressionKey', 16)
  return readConsumerGroupRegularExpressionKey(r)
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

function writeConsumerGroupRegularExpressionValue(w: Writer, m: ConsumerGroupRegularExpressionValueInit): void {
  writeStrings(w, m.topics, true)
  w.int64(m.version)
  w.int64(m.timestamp)
  w.uvarint(0)
}

function readConsumerGroupRegularExpressionValue(r: Reader): ConsumerGroupRegularExpressionValue {
  const value: ConsumerGroupRegularExpressionValue = {
    topics: readStrings(r, true),
    version: r.int64(),
    timestamp: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeConsumerGroupRegularExpressionValue(w: Writer, m: ConsumerGroupRegularExpressionValueInit, version = 0): void {
  if (version !== 0) unwritable('ConsumerGroupRegularExpressionValue', version)
  w.int16(version)
  writeConsumerGroupRegularExpressionValue(w, m)
}

export function decodeConsumerGroupRegularExpressionValue(r: Reader): ConsumerGroupRegularExpressionValue {
  readVersion(r, 'ConsumerGroupRegularExpressionValue', 0, 0)
  return readConsumerGroupRegularExpressionValue(r)
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

// records/consumer-offsets.kmsg

export interface LegacyOffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export type LegacyOffsetCommitKeyInit = LegacyOffsetCommitKey

function writeLegacyOffsetCommitKey(w: Writer, m: LegacyOffsetCommitKeyInit): void {
  w.string(m.group)
  w.string(m.topic)
  w.int32(m.partition)
}

function readLegacyOffsetCommitKey(r: Reader): LegacyOffsetCommitKey {
  return {
    group: r.string(),
    topic: r.string(),
    partition: r.int32(),
  }
}

export function encodeLegacyOffsetCommitKey(w: Writer, m: LegacyOffsetCommitKeyInit): void {
  w.int16(0)
  writeLegacyOffsetCommitKey(w, m)
}

export function decodeLegacyOffsetCommitKey(r: Reader): LegacyOffsetCommitKey {
  readRecordType(r, 'LegacyOffsetCommitKey', 0)
  return readLegacyOffsetCommitKey(r)
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

function writeLegacyOffsetCommitValue(w: Writer, m: LegacyOffsetCommitValueInit): void {
  w.int64(m.offset)
  w.string(m.metadata)
  w.int64(m.commitTimestamp)
}

function readLegacyOffsetCommitValue(r: Reader): LegacyOffsetCommitValue {
  return {
    offset: r.int64(),
    metadata: r.string(),
    commitTimestamp: r.int64(),
  }
}

export function encodeLegacyOffsetCommitValue(w: Writer, m: LegacyOffsetCommitValueInit, version = 0): void {
  if (version !== 0) unwritable('LegacyOffsetCommitValue', version)
  w.int16(version)
  writeLegacyOffsetCommitValue(w, m)
}

export function decodeLegacyOffsetCommitValue(r: Reader): LegacyOffsetCommitValue {
  readVersion(r, 'LegacyOffsetCommitValue', 0, 0)
  return readLegacyOffsetCommitValue(r)
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

function writeOffsetCommitKey(w: Writer, m: OffsetCommitKeyInit): void {
  w.string(m.group)
  w.string(m.topic)
  w.int32(m.partition)
}

function readOffsetCommitKey(r: Reader): OffsetCommitKey {
  return {
    group: r.string(),
    topic: r.string(),
    partition: r.int32(),
  }
}

export function encodeOffsetCommitKey(w: Writer, m: OffsetCommitKeyInit): void {
  w.int16(1)
  writeOffsetCommitKey(w, m)
}

export function decodeOffsetCommitKey(r: Reader): OffsetCommitKey {
  readRecordType(r, 'OffsetCommitKey', 1)
  return readOffsetCommitKey(r)
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
  if (!(version >= 0 && version <= 4)) unwritable('OffsetCommitValue', version)
  w.int16(version)
  writeOffsetCommitValue(w, m, version)
}

export function decodeOffsetCommitValue(r: Reader): OffsetCommitValue {
  const version = readVersion(r, 'OffsetCommitValue', 0, 4)
  return readOffsetCommitValue(r, version)
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

function writeGroupMetadataKey(w: Writer, m: GroupMetadataKeyInit): void {
  w.string(m.group)
}

function readGroupMetadataKey(r: Reader): GroupMetadataKey {
  return {
    group: r.string(),
  }
}

export function encodeGroupMetadataKey(w: Writer, m: GroupMetadataKeyInit): void {
  w.int16(2)
  writeGroupMetadataKey(w, m)
}

export function decodeGroupMetadataKey(r: Reader): GroupMetadataKey {
  readRecordType(r, 'GroupMetadataKey', 2)
  return readGroupMetadataKey(r)
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
  if (!(version >= 0 && version <= 4)) unwritable('GroupMetadataValue', version)
  w.int16(version)
  writeGroupMetadataValue(w, m, version)
}

export function decodeGroupMetadataValue(r: Reader): GroupMetadataValue {
  const version = readVersion(r, 'GroupMetadataValue', 0, 4)
  return readGroupMetadataValue(r, version)
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

// records/control-records.kmsg

export interface ControlRecordTypeSchema {
  type: number
}

export type ControlRecordTypeSchemaInit = ControlRecordTypeSchema

function writeControlRecordTypeSchema(w: Writer, m: ControlRecordTypeSchemaInit): void {
  w.int16(m.type)
}

function readControlRecordTypeSchema(r: Reader): ControlRecordTypeSchema {
  return {
    type: r.int16(),
  }
}

export function encodeControlRecordTypeSchema(w: Writer, m: ControlRecordTypeSchemaInit, version = 0): void {
  if (version !== 0) unwritable('ControlRecordTypeSchema', version)
  w.int16(version)
  writeControlRecordTypeSchema(w, m)
}

export function decodeControlRecordTypeSchema(r: Reader): ControlRecordTypeSchema {
  readVersion(r, 'ControlRecordTypeSchema', 0, 0)
  return readControlRecordTypeSchema(r)
}

export const ControlRecordTypeSchemaFormat: RecordFormat<ControlRecordTypeSchema, ControlRecordTypeSchemaInit> = {
  name: 'ControlRecordTypeSchema',
  type: -1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeControlRecordTypeSchema,
  decode: decodeControlRecordTypeSchema,
}

export interface EndTxnMarker {
  coordinatorEpoch: number
}

export type EndTxnMarkerInit = EndTxnMarker

function writeEndTxnMarker(w: Writer, m: EndTxnMarkerInit): void {
  w.int32(m.coordinatorEpoch)
}

function readEndTxnMarker(r: Reader): EndTxnMarker {
  return {
    coordinatorEpoch: r.int32(),
  }
}

export function encodeEndTxnMarker(w: Writer, m: EndTxnMarkerInit, version = 0): void {
  if (version !== 0) unwritable('EndTxnMarker', version)
  w.int16(version)
  writeEndTxnMarker(w, m)
}

export function decodeEndTxnMarker(r: Reader): EndTxnMarker {
  readVersion(r, 'EndTxnMarker', 0, 0)
  return readEndTxnMarker(r)
}

export const EndTxnMarkerFormat: RecordFormat<EndTxnMarker, EndTxnMarkerInit> = {
  name: 'EndTxnMarker',
  type: -1,
  minVersion: 0,
  maxVersion: 0,
  encode: encodeEndTxnMarker,
  decode: decodeEndTxnMarker,
}

export interface LeaderChangeMessage {
  version: number
  leaderId: number
  voters: LeaderChangeMessageVoter[]
  grantingVoters: LeaderChangeMessageVoter[]
}

export interface LeaderChangeMessageInit {
  version: number
  leaderId: number
  voters: readonly LeaderChangeMessageVoterInit[]
  grantingVoters: readonly LeaderChangeMessageVoterInit[]
}

export interface LeaderChangeMessageVoter {
  voterId: number
  voterDirectoryId: string // 1
}

export interface LeaderChangeMessageVoterInit {
  voterId: number
  voterDirectoryId?: string | undefined
}

function writeLeaderChangeMessage(w: Writer, m: LeaderChangeMessageInit, version: number): void {
  w.int16(m.version)
  w.int32(m.leaderId)
  writeArrayOfLeaderChangeMessageVoter(w, m.voters, version)
  writeArrayOfLeaderChangeMessageVoter(w, m.grantingVoters, version)
  w.uvarint(0)
}

function readLeaderChangeMessage(r: Reader, version: number): LeaderChangeMessage {
  const value: LeaderChangeMessage = {
    version: r.int16(),
    leaderId: r.int32(),
    voters: readArrayOfLeaderChangeMessageVoter(r, version),
    grantingVoters: readArrayOfLeaderChangeMessageVoter(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeLeaderChangeMessageVoter(w: Writer, m: LeaderChangeMessageVoterInit, version: number): void {
  w.int32(m.voterId)
  if (version >= 1) w.uuid(m.voterDirectoryId ?? zeroUuid)
  else { if (m.voterDirectoryId !== undefined && m.voterDirectoryId !== zeroUuid) refuse('LeaderChangeMessageVoter.voterDirectoryId', version) }
  w.uvarint(0)
}

function readLeaderChangeMessageVoter(r: Reader, version: number): LeaderChangeMessageVoter {
  const value: LeaderChangeMessageVoter = {
    voterId: r.int32(),
    voterDirectoryId: version >= 1 ? r.uuid() : zeroUuid,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfLeaderChangeMessageVoter(w: Writer, list: readonly LeaderChangeMessageVoterInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeLeaderChangeMessageVoter(w, element, version)
}

function readArrayOfLeaderChangeMessageVoter(r: Reader, version: number): LeaderChangeMessageVoter[] {
  const length = readLength(r, true, 5, 2)
  const list: LeaderChangeMessageVoter[] = []
  for (let index = 0; index < length; index++) list.push(readLeaderChangeMessageVoter(r, version))
  return list
}

export function encodeLeaderChangeMessage(w: Writer, m: LeaderChangeMessageInit, version: number): void {
  if (!(version >= 0 && version <= 1)) unwritable('LeaderChangeMessage', version)
  writeLeaderChangeMessage(w, m, version)
}

export function decodeLeaderChangeMessage(r: Reader, version: number): LeaderChangeMessage {
  if (!(version >= 0 && version <= 1)) unreadable('LeaderChangeMessage', version, r)
  return readLeaderChangeMessage(r, version)
}

export interface SnapshotHeaderRecord {
  version: number
  lastContainedLogTimestamp: number
}

export type SnapshotHeaderRecordInit = SnapshotHeaderRecord

function writeSnapshotHeaderRecord(w: Writer, m: SnapshotHeaderRecordInit): void {
  w.int16(m.version)
  w.int64(m.lastContainedLogTimestamp)
  w.uvarint(0)
}

function readSnapshotHeaderRecord(r: Reader): SnapshotHeaderRecord {
  const value: SnapshotHeaderRecord = {
    version: r.int16(),
    lastContainedLogTimestamp: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeSnapshotHeaderRecord(w: Writer, m: SnapshotHeaderRecordInit, version: number): void {
  if (version !== 0) unwritable('SnapshotHeaderRecord', version)
  writeSnapshotHeaderRecord(w, m)
}

export function decodeSnapshotHeaderRecord(r: Reader, version: number): SnapshotHeaderRecord {
  if (version !== 0) unreadable('SnapshotHeaderRecord', version, r)
  return readSnapshotHeaderRecord(r)
}

export interface SnapshotFooterRecord {
  version: number
}

export type SnapshotFooterRecordInit = SnapshotFooterRecord

function writeSnapshotFooterRecord(w: Writer, m: SnapshotFooterRecordInit): void {
  w.int16(m.version)
  w.uvarint(0)
}

function readSnapshotFooterRecord(r: Reader): SnapshotFooterRecord {
  const value: SnapshotFooterRecord = {
    version: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeSnapshotFooterRecord(w: Writer, m: SnapshotFooterRecordInit, version: number): void {
  if (version !== 0) unwritable('SnapshotFooterRecord', version)
  writeSnapshotFooterRecord(w, m)
}

export function decodeSnapshotFooterRecord(r: Reader, version: number): SnapshotFooterRecord {
  if (version !== 0) unreadable('SnapshotFooterRecord', version, r)
  return readSnapshotFooterRecord(r)
}

export interface KRaftVersionRecord {
  version: number
  kRaftVersion: number
}

export type KRaftVersionRecordInit = KRaftVersionRecord

function writeKRaftVersionRecord(w: Writer, m: KRaftVersionRecordInit): void {
  w.int16(m.version)
  w.int16(m.kRaftVersion)
  w.uvarint(0)
}

function readKRaftVersionRecord(r: Reader): KRaftVersionRecord {
  const value: KRaftVersionRecord = {
    version: r.int16(),
    kRaftVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeKRaftVersionRecord(w: Writer, m: KRaftVersionRecordInit, version: number): void {
  if (version !== 0) unwritable('KRaftVersionRecord', version)
  writeKRaftVersionRecord(w, m)
}

export function decodeKRaftVersionRecord(r: Reader, version: number): KRaftVersionRecord {
  if (version !== 0) unreadable('KRaftVersionRecord', version, r)
  return readKRaftVersionRecord(r)
}

export interface VotersRecord {
  version: number
  voters: VotersRecordVoter[]
}

export interface VotersRecordInit {
  version: number
  voters: readonly VotersRecordVoterInit[]
}

export interface VotersRecordVoter {
  voterId: number
  voterDirectoryId: string
  endpoints: VotersRecordEndpoint[]
  kRaftVersionFeature: VotersRecordKRaftVersionFeature
}

export interface VotersRecordVoterInit {
  voterId: number
  voterDirectoryId: string
  endpoints: readonly VotersRecordEndpointInit[]
  kRaftVersionFeature: VotersRecordKRaftVersionFeatureInit
}

export interface VotersRecordEndpoint {
  name: string
  host: string
  port: number
}

export type VotersRecordEndpointInit = VotersRecordEndpoint

export interface VotersRecordKRaftVersionFeature {
  minSupportedVersion: number
  maxSupportedVersion: number
}

export type VotersRecordKRaftVersionFeatureInit = VotersRecordKRaftVersionFeature

function writeVotersRecord(w: Writer, m: VotersRecordInit): void {
  w.int16(m.version)
  writeArrayOfVotersRecordVoter(w, m.voters)
  w.uvarint(0)
}

function readVotersRecord(r: Reader): VotersRecord {
  const value: VotersRecord = {
    version: r.int16(),
    voters: readArrayOfVotersRecordVoter(r),
  }
  r.skipTaggedFields()
  return value
}

function writeVotersRecordVoter(w: Writer, m: VotersRecordVoterInit): void {
  w.int32(m.voterId)
  w.uuid(m.voterDirectoryId)
  writeArrayOfVotersRecordEndpoint(w, m.endpoints)
  writeVotersRecordKRaftVersionFeature(w, m.kRaftVersionFeature)
  w.uvarint(0)
}

function readVotersRecordVoter(r: Reader): VotersRecordVoter {
  const value: VotersRecordVoter = {
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    endpoints: readArrayOfVotersRecordEndpoint(r),
    kRaftVersionFeature: readVotersRecordKRaftVersionFeature(r),
  }
  r.skipTaggedFields()
  return value
}

function writeVotersRecordEndpoint(w: Writer, m: VotersRecordEndpointInit): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readVotersRecordEndpoint(r: Reader): VotersRecordEndpoint {
  const value: VotersRecordEndpoint = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeVotersRecordKRaftVersionFeature(w: Writer, m: VotersRecordKRaftVersionFeatureInit): void {
  w.int16(m.minSupportedVersion)
  w.int16(m.maxSupportedVersion)
  w.uvarint(0)
}

function readVotersRecordKRaftVersionFeature(r: Reader): VotersRecordKRaftVersionFeature {
  const value: VotersRecordKRaftVersionFeature = {
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfVotersRecordVoter(w: Writer, list: readonly VotersRecordVoterInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeVotersRecordVoter(w, element)
}

function readArrayOfVotersRecordVoter(r: Reader): VotersRecordVoter[] {
  const length = readLength(r, true, 27, 4)
  const list: VotersRecordVoter[] = []
  for (let index = 0; index < length; index++) list.push(readVotersRecordVoter(r))
  return list
}

function writeArrayOfVotersRecordEndpoint(w: Writer, list: readonly VotersRecordEndpointInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeVotersRecordEndpoint(w, element)
}

function readArrayOfVotersRecordEndpoint(r: Reader): VotersRecordEndpoint[] {
  const length = readLength(r, true, 5, 3)
  const list: VotersRecordEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readVotersRecordEndpoint(r))
  return list
}

export function encodeVotersRecord(w: Writer, m: VotersRecordInit, version: number): void {
  if (version !== 0) unwritable('VotersRecord', version)
  writeVotersRecord(w, m)
}

export function decodeVotersRecord(r: Reader, version: number): VotersRecord {
  if (version !== 0) unreadable('VotersRecord', version, r)
  return readVotersRecord(r)
}

export const controlRecordsFormats: readonly RecordFormat[] = [
  ControlRecordTypeSchemaFormat,
  EndTxnMarkerFormat,
]

// records/producer-snapshot.kmsg

export interface ProducerSnapshot {
  crc: number
  producerEntries: ProducerSnapshotProducerEntry[]
}

export interface ProducerSnapshotInit {
  crc: number
  producerEntries: readonly ProducerSnapshotProducerEntryInit[]
}

export interface ProducerSnapshotProducerEntry {
  producerId: number
  epoch: number
  lastSequence: number
  lastOffset: number
  offsetDelta: number
  timestamp: number
  coordinatorEpoch: number
  currentTxnFirstOffset: number
}

export type ProducerSnapshotProducerEntryInit = ProducerSnapshotProducerEntry

function writeProducerSnapshot(w: Writer, m: ProducerSnapshotInit): void {
  w.uint32(m.crc)
  writeArrayOfProducerSnapshotProducerEntry(w, m.producerEntries)
}

function readProducerSnapshot(r: Reader): ProducerSnapshot {
  return {
    crc: r.uint32(),
    producerEntries: readArrayOfProducerSnapshotProducerEntry(r),
  }
}

function writeProducerSnapshotProducerEntry(w: Writer, m: ProducerSnapshotProducerEntryInit): void {
  w.int64(m.producerId)
  w.int16(m.epoch)
  w.int32(m.lastSequence)
  w.int64(m.lastOffset)
  w.int32(m.offsetDelta)
  w.int64(m.timestamp)
  w.int32(m.coordinatorEpoch)
  w.int64(m.currentTxnFirstOffset)
}

function readProducerSnapshotProducerEntry(r: Reader): ProducerSnapshotProducerEntry {
  return {
    producerId: r.int64(),
    epoch: r.int16(),
    lastSequence: r.int32(),
    lastOffset: r.int64(),
    offsetDelta: r.int32(),
    timestamp: r.int64(),
    coordinatorEpoch: r.int32(),
    currentTxnFirstOffset: r.int64(),
  }
}

function writeArrayOfProducerSnapshotProducerEntry(w: Writer, list: readonly ProducerSnapshotProducerEntryInit[]): void {
  writeLength(w, list.length, false)
  for (const element of list) writeProducerSnapshotProducerEntry(w, element)
}

function readArrayOfProducerSnapshotProducerEntry(r: Reader): ProducerSnapshotProducerEntry[] {
  const length = readLength(r, false, 46, 8)
  const list: ProducerSnapshotProducerEntry[] = []
  for (let index = 0; index < length; index++) list.push(readProducerSnapshotProducerEntry(r))
  return list
}

export function encodeProducerSnapshot(w: Writer, m: ProducerSnapshotInit, version = 1): void {
  if (version !== 1) unwritable('ProducerSnapshot', version)
  w.int16(version)
  writeProducerSnapshot(w, m)
}

export function decodeProducerSnapshot(r: Reader): ProducerSnapshot {
  readVersion(r, 'ProducerSnapshot', 1, 1)
  return readProducerSnapshot(r)
}

export const ProducerSnapshotFormat: RecordFormat<ProducerSnapshot, ProducerSnapshotInit> = {
  name: 'ProducerSnapshot',
  type: -1,
  minVersion: 1,
  maxVersion: 1,
  encode: encodeProducerSnapshot,
  decode: decodeProducerSnapshot,
}

export const producerSnapshotFormats: readonly RecordFormat[] = [
  ProducerSnapshotFormat,
]

// records/share-group-records.kmsg

export interface ShareGroupMemberMetadataKey {
  groupId: string
  memberId: string
}

export type ShareGroupMemberMetadataKeyInit = ShareGroupMemberMetadataKey

function writeShareGroupMemberMetadataKey(w: Writer, m: ShareGroupMemberMetadataKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupMemberMetadataKey(r: Reader): ShareGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupMemberMetadataKey(w: Writer, m: ShareGroupMemberMetadataKeyInit): void {
  w.int16(10)
  writeShareGroupMemberMetadataKey(w, m)
}

export function decodeShareGroupMemberMetadataKey(r: Reader): ShareGroupMemberMetadataKey {
  readRecordType(r, 'ShareGroupMemberMetadataKey', 10)
  return readShareGroupMemberMetadataKey(r)
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

function writeShareGroupMemberMetadataValue(w: Writer, m: ShareGroupMemberMetadataValueInit): void {
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  writeStrings(w, m.subscribedTopicNames, true)
  w.uvarint(0)
}

function readShareGroupMemberMetadataValue(r: Reader): ShareGroupMemberMetadataValue {
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
  if (version !== 0) unwritable('ShareGroupMemberMetadataValue', version)
  w.int16(version)
  writeShareGroupMemberMetadataValue(w, m)
}

export function decodeShareGroupMemberMetadataValue(r: Reader): ShareGroupMemberMetadataValue {
  readVersion(r, 'ShareGroupMemberMetadataValue', 0, 0)
  return readShareGroupMemberMetadataValue(r)
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

function writeShareGroupMetadataKey(w: Writer, m: ShareGroupMetadataKeyInit): void {
  w.string(m.groupId)
}

function readShareGroupMetadataKey(r: Reader): ShareGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupMetadataKey(w: Writer, m: ShareGroupMetadataKeyInit): void {
  w.int16(11)
  writeShareGroupMetadataKey(w, m)
}

export function decodeShareGroupMetadataKey(r: Reader): ShareGroupMetadataKey {
  readRecordType(r, 'ShareGroupMetadataKey', 11)
  return readShareGroupMetadataKey(r)
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

function writeShareGroupMetadataValue(w: Writer, m: ShareGroupMetadataValueInit): void {
  w.int32(m.epoch)
  w.int64(m.metadataHash)
  w.uvarint(0)
}

function readShareGroupMetadataValue(r: Reader): ShareGroupMetadataValue {
  const value: ShareGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeShareGroupMetadataValue(w: Writer, m: ShareGroupMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupMetadataValue', version)
  w.int16(version)
  writeShareGroupMetadataValue(w, m)
}

export function decodeShareGroupMetadataValue(r: Reader): ShareGroupMetadataValue {
  readVersion(r, 'ShareGroupMetadataValue', 0, 0)
  return readShareGroupMetadataValue(r)
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

function writeShareGroupTargetAssignmentMetadataKey(w: Writer, m: ShareGroupTargetAssignmentMetadataKeyInit): void {
  w.string(m.groupId)
}

function readShareGroupTargetAssignmentMetadataKey(r: Reader): ShareGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupTargetAssignmentMetadataKey(w: Writer, m: ShareGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(12)
  writeShareGroupTargetAssignmentMetadataKey(w, m)
}

export function decodeShareGroupTargetAssignmentMetadataKey(r: Reader): ShareGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'ShareGroupTargetAssignmentMetadataKey', 12)
  return readShareGroupTargetAssignmentMetadataKey(r)
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

function writeShareGroupTargetAssignmentMetadataValue(w: Writer, m: ShareGroupTargetAssignmentMetadataValueInit): void {
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

function readShareGroupTargetAssignmentMetadataValue(r: Reader): ShareGroupTargetAssignmentMetadataValue {
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
  if (version !== 0) unwritable('ShareGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeShareGroupTargetAssignmentMetadataValue(w, m)
}

export function decodeShareGroupTargetAssignmentMetadataValue(r: Reader): ShareGroupTargetAssignmentMetadataValue {
  readVersion(r, 'ShareGroupTargetAssignmentMetadataValue', 0, 0)
  return readShareGroupTargetAssignmentMetadataValue(r)
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

function writeShareGroupTargetAssignmentMemberKey(w: Writer, m: ShareGroupTargetAssignmentMemberKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupTargetAssignmentMemberKey(r: Reader): ShareGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupTargetAssignmentMemberKey(w: Writer, m: ShareGroupTargetAssignmentMemberKeyInit): void {
  w.int16(13)
  writeShareGroupTargetAssignmentMemberKey(w, m)
}

export function decodeShareGroupTargetAssignmentMemberKey(r: Reader): ShareGroupTargetAssignmentMemberKey {
  readRecordType(r, 'ShareGroupTargetAssignmentMemberKey', 13)
  return readShareGroupTargetAssignmentMemberKey(r)
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

function writeShareGroupTargetAssignmentMemberValue(w: Writer, m: ShareGroupTargetAssignmentMemberValueInit): void {
  writeArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(w, m.topicPartitions)
  w.uvarint(0)
}

function readShareGroupTargetAssignmentMemberValue(r: Reader): ShareGroupTargetAssignmentMemberValue {
  const value: ShareGroupTargetAssignmentMemberValue = {
    topicPartitions: readArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupTargetAssignmentMemberValueTopicPartition(w: Writer, m: ShareGroupTargetAssignmentMemberValueTopicPartitionInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const value: ShareGroupTargetAssignmentMemberValueTopicPartition = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(w: Writer, list: readonly ShareGroupTargetAssignmentMemberValueTopicPartitionInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupTargetAssignmentMemberValueTopicPartition(w, element)
}

function readArrayOfShareGroupTargetAssignmentMemberValueTopicPartition(r: Reader): ShareGroupTargetAssignmentMemberValueTopicPartition[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupTargetAssignmentMemberValueTopicPartition(r))
  return list
}

export function encodeShareGroupTargetAssignmentMemberValue(w: Writer, m: ShareGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeShareGroupTargetAssignmentMemberValue(w, m)
}

export function decodeShareGroupTargetAssignmentMemberValue(r: Reader): ShareGroupTargetAssignmentMemberValue {
  readVersion(r, 'ShareGroupTargetAssignmentMemberValue', 0, 0)
  return readShareGroupTargetAssignmentMemberValue(r)
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

function writeShareGroupCurrentMemberAssignmentKey(w: Writer, m: ShareGroupCurrentMemberAssignmentKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readShareGroupCurrentMemberAssignmentKey(r: Reader): ShareGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeShareGroupCurrentMemberAssignmentKey(w: Writer, m: ShareGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(14)
  writeShareGroupCurrentMemberAssignmentKey(w, m)
}

export function decodeShareGroupCurrentMemberAssignmentKey(r: Reader): ShareGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'ShareGroupCurrentMemberAssignmentKey', 14)
  return readShareGroupCurrentMemberAssignmentKey(r)
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

function writeShareGroupCurrentMemberAssignmentValue(w: Writer, m: ShareGroupCurrentMemberAssignmentValueInit): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(w, m.assignedPartitions)
  w.uvarint(0)
}

function readShareGroupCurrentMemberAssignmentValue(r: Reader): ShareGroupCurrentMemberAssignmentValue {
  const value: ShareGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    assignedPartitions: readArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, m: ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit): void {
  w.uuid(m.topicId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const value: ShareGroupCurrentMemberAssignmentValueTopicPartitions = {
    topicId: r.uuid(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(w: Writer, list: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitionsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupCurrentMemberAssignmentValueTopicPartitions(w, element)
}

function readArrayOfShareGroupCurrentMemberAssignmentValueTopicPartitions(r: Reader): ShareGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupCurrentMemberAssignmentValueTopicPartitions(r))
  return list
}

export function encodeShareGroupCurrentMemberAssignmentValue(w: Writer, m: ShareGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeShareGroupCurrentMemberAssignmentValue(w, m)
}

export function decodeShareGroupCurrentMemberAssignmentValue(r: Reader): ShareGroupCurrentMemberAssignmentValue {
  readVersion(r, 'ShareGroupCurrentMemberAssignmentValue', 0, 0)
  return readShareGroupCurrentMemberAssignmentValue(r)
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

function writeShareGroupStatePartitionMetadataKey(w: Writer, m: ShareGroupStatePartitionMetadataKeyInit): void {
  w.string(m.groupId)
}

function readShareGroupStatePartitionMetadataKey(r: Reader): ShareGroupStatePartitionMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeShareGroupStatePartitionMetadataKey(w: Writer, m: ShareGroupStatePartitionMetadataKeyInit): void {
  w.int16(15)
  writeShareGroupStatePartitionMetadataKey(w, m)
}

export function decodeShareGroupStatePartitionMetadataKey(r: Reader): ShareGroupStatePartitionMetadataKey {
  readRecordType(r, 'ShareGroupStatePartitionMetadataKey', 15)
  return readShareGroupStatePartitionMetadataKey(r)
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

function writeShareGroupStatePartitionMetadataValue(w: Writer, m: ShareGroupStatePartitionMetadataValueInit): void {
  writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, m.initializingTopics)
  writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, m.initializedTopics)
  writeArrayOfShareGroupStatePartitionMetadataValueTopicInfo(w, m.deletingTopics)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValue(r: Reader): ShareGroupStatePartitionMetadataValue {
  const value: ShareGroupStatePartitionMetadataValue = {
    initializingTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r),
    initializedTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r),
    deletingTopics: readArrayOfShareGroupStatePartitionMetadataValueTopicInfo(r),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w: Writer, m: ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const value: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo = {
    topicId: r.uuid(),
    topicName: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeShareGroupStatePartitionMetadataValueTopicInfo(w: Writer, m: ShareGroupStatePartitionMetadataValueTopicInfoInit): void {
  w.uuid(m.topicId)
  w.compactString(m.topicName)
  w.uvarint(0)
}

function readShareGroupStatePartitionMetadataValueTopicInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicInfo {
  const value: ShareGroupStatePartitionMetadataValueTopicInfo = {
    topicId: r.uuid(),
    topicName: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w: Writer, list: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(w, element)
}

function readArrayOfShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] {
  const length = readLength(r, true, 19, 3)
  const list: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupStatePartitionMetadataValueTopicPartitionsInfo(r))
  return list
}

function writeArrayOfShareGroupStatePartitionMetadataValueTopicInfo(w: Writer, list: readonly ShareGroupStatePartitionMetadataValueTopicInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareGroupStatePartitionMetadataValueTopicInfo(w, element)
}

function readArrayOfShareGroupStatePartitionMetadataValueTopicInfo(r: Reader): ShareGroupStatePartitionMetadataValueTopicInfo[] {
  const length = readLength(r, true, 18, 2)
  const list: ShareGroupStatePartitionMetadataValueTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readShareGroupStatePartitionMetadataValueTopicInfo(r))
  return list
}

export function encodeShareGroupStatePartitionMetadataValue(w: Writer, m: ShareGroupStatePartitionMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareGroupStatePartitionMetadataValue', version)
  w.int16(version)
  writeShareGroupStatePartitionMetadataValue(w, m)
}

export function decodeShareGroupStatePartitionMetadataValue(r: Reader): ShareGroupStatePartitionMetadataValue {
  readVersion(r, 'ShareGroupStatePartitionMetadataValue', 0, 0)
  return readShareGroupStatePartitionMetadataValue(r)
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

// records/share-group-state.kmsg

export interface ShareSnapshotKey {
  groupId: string
  topicId: string
  partition: number
}

export type ShareSnapshotKeyInit = ShareSnapshotKey

function writeShareSnapshotKey(w: Writer, m: ShareSnapshotKeyInit): void {
  w.string(m.groupId)
  w.uuid(m.topicId)
  w.int32(m.partition)
}

function readShareSnapshotKey(r: Reader): ShareSnapshotKey {
  return {
    groupId: r.string(),
    topicId: r.uuid(),
    partition: r.int32(),
  }
}

export function encodeShareSnapshotKey(w: Writer, m: ShareSnapshotKeyInit): void {
  w.int16(0)
  writeShareSnapshotKey(w, m)
}

export function decodeShareSnapshotKey(r: Reader): ShareSnapshotKey {
  readRecordType(r, 'ShareSnapshotKey', 0)
  return readShareSnapshotKey(r)
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

function writeShareSnapshotValue(w: Writer, m: ShareSnapshotValueInit): void {
  w.int32(m.snapshotEpoch)
  w.int32(m.stateEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  w.int64(m.createTimestamp)
  w.int64(m.writeTimestamp)
  writeArrayOfShareSnapshotValueStateBatch(w, m.stateBatches)
  const t0 = m.deliveryCompleteCount
  const has0 = t0 !== undefined && t0 !== -1
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
}

function readShareSnapshotValue(r: Reader): ShareSnapshotValue {
  const value: ShareSnapshotValue = {
    snapshotEpoch: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    createTimestamp: r.int64(),
    writeTimestamp: r.int64(),
    stateBatches: readArrayOfShareSnapshotValueStateBatch(r),
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

function writeShareSnapshotValueStateBatch(w: Writer, m: ShareSnapshotValueStateBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareSnapshotValueStateBatch(r: Reader): ShareSnapshotValueStateBatch {
  const value: ShareSnapshotValueStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareSnapshotValueStateBatch(w: Writer, list: readonly ShareSnapshotValueStateBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareSnapshotValueStateBatch(w, element)
}

function readArrayOfShareSnapshotValueStateBatch(r: Reader): ShareSnapshotValueStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ShareSnapshotValueStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareSnapshotValueStateBatch(r))
  return list
}

export function encodeShareSnapshotValue(w: Writer, m: ShareSnapshotValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareSnapshotValue', version)
  w.int16(version)
  writeShareSnapshotValue(w, m)
}

export function decodeShareSnapshotValue(r: Reader): ShareSnapshotValue {
  readVersion(r, 'ShareSnapshotValue', 0, 0)
  return readShareSnapshotValue(r)
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

function writeShareUpdateKey(w: Writer, m: ShareUpdateKeyInit): void {
  w.string(m.groupId)
  w.uuid(m.topicId)
  w.int32(m.partition)
}

function readShareUpdateKey(r: Reader): ShareUpdateKey {
  return {
    groupId: r.string(),
    topicId: r.uuid(),
    partition: r.int32(),
  }
}

export function encodeShareUpdateKey(w: Writer, m: ShareUpdateKeyInit): void {
  w.int16(1)
  writeShareUpdateKey(w, m)
}

export function decodeShareUpdateKey(r: Reader): ShareUpdateKey {
  readRecordType(r, 'ShareUpdateKey', 1)
  return readShareUpdateKey(r)
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

function writeShareUpdateValue(w: Writer, m: ShareUpdateValueInit): void {
  w.int32(m.snapshotEpoch)
  w.int32(m.leaderEpoch)
  w.int64(m.startOffset)
  writeArrayOfShareUpdateValueStateBatch(w, m.stateBatches)
  const t0 = m.deliveryCompleteCount
  const has0 = t0 !== undefined && t0 !== -1
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
}

function readShareUpdateValue(r: Reader): ShareUpdateValue {
  const value: ShareUpdateValue = {
    snapshotEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    stateBatches: readArrayOfShareUpdateValueStateBatch(r),
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

function writeShareUpdateValueStateBatch(w: Writer, m: ShareUpdateValueStateBatchInit): void {
  w.int64(m.firstOffset)
  w.int64(m.lastOffset)
  w.int8(m.deliveryState)
  w.int16(m.deliveryCount)
  w.uvarint(0)
}

function readShareUpdateValueStateBatch(r: Reader): ShareUpdateValueStateBatch {
  const value: ShareUpdateValueStateBatch = {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfShareUpdateValueStateBatch(w: Writer, list: readonly ShareUpdateValueStateBatchInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeShareUpdateValueStateBatch(w, element)
}

function readArrayOfShareUpdateValueStateBatch(r: Reader): ShareUpdateValueStateBatch[] {
  const length = readLength(r, true, 20, 4)
  const list: ShareUpdateValueStateBatch[] = []
  for (let index = 0; index < length; index++) list.push(readShareUpdateValueStateBatch(r))
  return list
}

export function encodeShareUpdateValue(w: Writer, m: ShareUpdateValueInit, version = 0): void {
  if (version !== 0) unwritable('ShareUpdateValue', version)
  w.int16(version)
  writeShareUpdateValue(w, m)
}

export function decodeShareUpdateValue(r: Reader): ShareUpdateValue {
  readVersion(r, 'ShareUpdateValue', 0, 0)
  return readShareUpdateValue(r)
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

// records/streams-group-records.kmsg

export interface StreamsGroupMetadataKey {
  groupId: string
}

export type StreamsGroupMetadataKeyInit = StreamsGroupMetadataKey

function writeStreamsGroupMetadataKey(w: Writer, m: StreamsGroupMetadataKeyInit): void {
  w.string(m.groupId)
}

function readStreamsGroupMetadataKey(r: Reader): StreamsGroupMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupMetadataKey(w: Writer, m: StreamsGroupMetadataKeyInit): void {
  w.int16(17)
  writeStreamsGroupMetadataKey(w, m)
}

export function decodeStreamsGroupMetadataKey(r: Reader): StreamsGroupMetadataKey {
  readRecordType(r, 'StreamsGroupMetadataKey', 17)
  return readStreamsGroupMetadataKey(r)
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

function writeStreamsGroupMetadataValue(w: Writer, m: StreamsGroupMetadataValueInit): void {
  w.int32(m.epoch)
  w.int64(m.metadataHash)
  const t0 = m.validatedTopologyEpoch
  const has0 = t0 !== undefined && t0 !== -1
  const t1 = m.lastAssignmentConfigs
  const has1 = (t1 === null || (t1 !== undefined && t1.length > 0))
  w.uvarint((has0 ? 1 : 0) + (has1 ? 1 : 0))
  if (has0) {
    w.uvarint(0)
    w.uvarint(4)
    w.int32(t0)
  }
  if (has1) {
    const s1 = new Writer()
    writeNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(s1, t1)
    writeTag(w, 1, s1)
  }
}

function readStreamsGroupMetadataValue(r: Reader): StreamsGroupMetadataValue {
  const value: StreamsGroupMetadataValue = {
    epoch: r.int32(),
    metadataHash: r.int64(),
    validatedTopologyEpoch: -1,
    lastAssignmentConfigs: [],
  }
  for (let count = r.uvarint(); count > 0; count--) {
    const tag = r.uvarint()
    const end = tagEnd(r)
    if (tag === 0) value.validatedTopologyEpoch = r.int32()
    else if (tag === 1) value.lastAssignmentConfigs = readNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(r)
    else r.offset = end
    if (r.offset !== end) wrongTagLength(r, 'StreamsGroupMetadataValue', tag)
  }
  return value
}

function writeStreamsGroupMetadataValueLastAssignmentConfig(w: Writer, m: StreamsGroupMetadataValueLastAssignmentConfigInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupMetadataValueLastAssignmentConfig(r: Reader): StreamsGroupMetadataValueLastAssignmentConfig {
  const value: StreamsGroupMetadataValueLastAssignmentConfig = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(w: Writer, list: readonly StreamsGroupMetadataValueLastAssignmentConfigInit[] | null): void {
  writeLength(w, list === null ? -1 : list.length, true)
  if (list !== null) for (const element of list) writeStreamsGroupMetadataValueLastAssignmentConfig(w, element)
}

function readNullableArrayOfStreamsGroupMetadataValueLastAssignmentConfig(r: Reader): StreamsGroupMetadataValueLastAssignmentConfig[] | null {
  const length = readNullableLength(r, true, 3, 2)
  if (length < 0) return null
  const list: StreamsGroupMetadataValueLastAssignmentConfig[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupMetadataValueLastAssignmentConfig(r))
  return list
}

export function encodeStreamsGroupMetadataValue(w: Writer, m: StreamsGroupMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupMetadataValue', version)
  w.int16(version)
  writeStreamsGroupMetadataValue(w, m)
}

export function decodeStreamsGroupMetadataValue(r: Reader): StreamsGroupMetadataValue {
  readVersion(r, 'StreamsGroupMetadataValue', 0, 0)
  return readStreamsGroupMetadataValue(r)
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

function writeStreamsGroupMemberMetadataKey(w: Writer, m: StreamsGroupMemberMetadataKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupMemberMetadataKey(r: Reader): StreamsGroupMemberMetadataKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupMemberMetadataKey(w: Writer, m: StreamsGroupMemberMetadataKeyInit): void {
  w.int16(19)
  writeStreamsGroupMemberMetadataKey(w, m)
}

export function decodeStreamsGroupMemberMetadataKey(r: Reader): StreamsGroupMemberMetadataKey {
  readRecordType(r, 'StreamsGroupMemberMetadataKey', 19)
  return readStreamsGroupMemberMetadataKey(r)
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

function writeStreamsGroupMemberMetadataValue(w: Writer, m: StreamsGroupMemberMetadataValueInit): void {
  w.compactNullableString(m.instanceId ?? null)
  w.compactNullableString(m.rackId ?? null)
  w.compactString(m.clientId)
  w.compactString(m.clientHost)
  w.int32(m.rebalanceTimeoutMs ?? -1)
  w.int32(m.topologyEpoch)
  w.compactString(m.processId)
  writeNullableStreamsGroupMemberMetadataValueEndpoint(w, m.userEndpoint ?? null)
  writeArrayOfStreamsGroupMemberMetadataValueKeyValue(w, m.clientTags)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValue(r: Reader): StreamsGroupMemberMetadataValue {
  const value: StreamsGroupMemberMetadataValue = {
    instanceId: r.compactNullableString(),
    rackId: r.compactNullableString(),
    clientId: r.compactString(),
    clientHost: r.compactString(),
    rebalanceTimeoutMs: r.int32(),
    topologyEpoch: r.int32(),
    processId: r.compactString(),
    userEndpoint: readNullableStreamsGroupMemberMetadataValueEndpoint(r),
    clientTags: readArrayOfStreamsGroupMemberMetadataValueKeyValue(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupMemberMetadataValueEndpoint(w: Writer, m: StreamsGroupMemberMetadataValueEndpointInit): void {
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValueEndpoint(r: Reader): StreamsGroupMemberMetadataValueEndpoint {
  const value: StreamsGroupMemberMetadataValueEndpoint = {
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupMemberMetadataValueKeyValue(w: Writer, m: StreamsGroupMemberMetadataValueKeyValueInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupMemberMetadataValueKeyValue(r: Reader): StreamsGroupMemberMetadataValueKeyValue {
  const value: StreamsGroupMemberMetadataValueKeyValue = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeNullableStreamsGroupMemberMetadataValueEndpoint(w: Writer, m: StreamsGroupMemberMetadataValueEndpointInit | null): void {
  w.int8(m === null ? -1 : 1)
  if (m !== null) writeStreamsGroupMemberMetadataValueEndpoint(w, m)
}

function readNullableStreamsGroupMemberMetadataValueEndpoint(r: Reader): StreamsGroupMemberMetadataValueEndpoint | null {
  return r.int8() < 0 ? null : readStreamsGroupMemberMetadataValueEndpoint(r)
}

function writeArrayOfStreamsGroupMemberMetadataValueKeyValue(w: Writer, list: readonly StreamsGroupMemberMetadataValueKeyValueInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupMemberMetadataValueKeyValue(w, element)
}

function readArrayOfStreamsGroupMemberMetadataValueKeyValue(r: Reader): StreamsGroupMemberMetadataValueKeyValue[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupMemberMetadataValueKeyValue[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupMemberMetadataValueKeyValue(r))
  return list
}

export function encodeStreamsGroupMemberMetadataValue(w: Writer, m: StreamsGroupMemberMetadataValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupMemberMetadataValue', version)
  w.int16(version)
  writeStreamsGroupMemberMetadataValue(w, m)
}

export function decodeStreamsGroupMemberMetadataValue(r: Reader): StreamsGroupMemberMetadataValue {
  readVersion(r, 'StreamsGroupMemberMetadataValue', 0, 0)
  return readStreamsGroupMemberMetadataValue(r)
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

function writeStreamsGroupTargetAssignmentMetadataKey(w: Writer, m: StreamsGroupTargetAssignmentMetadataKeyInit): void {
  w.string(m.groupId)
}

function readStreamsGroupTargetAssignmentMetadataKey(r: Reader): StreamsGroupTargetAssignmentMetadataKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupTargetAssignmentMetadataKey(w: Writer, m: StreamsGroupTargetAssignmentMetadataKeyInit): void {
  w.int16(20)
  writeStreamsGroupTargetAssignmentMetadataKey(w, m)
}

export function decodeStreamsGroupTargetAssignmentMetadataKey(r: Reader): StreamsGroupTargetAssignmentMetadataKey {
  readRecordType(r, 'StreamsGroupTargetAssignmentMetadataKey', 20)
  return readStreamsGroupTargetAssignmentMetadataKey(r)
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

function writeStreamsGroupTargetAssignmentMetadataValue(w: Writer, m: StreamsGroupTargetAssignmentMetadataValueInit): void {
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

function readStreamsGroupTargetAssignmentMetadataValue(r: Reader): StreamsGroupTargetAssignmentMetadataValue {
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
  if (version !== 0) unwritable('StreamsGroupTargetAssignmentMetadataValue', version)
  w.int16(version)
  writeStreamsGroupTargetAssignmentMetadataValue(w, m)
}

export function decodeStreamsGroupTargetAssignmentMetadataValue(r: Reader): StreamsGroupTargetAssignmentMetadataValue {
  readVersion(r, 'StreamsGroupTargetAssignmentMetadataValue', 0, 0)
  return readStreamsGroupTargetAssignmentMetadataValue(r)
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

function writeStreamsGroupTargetAssignmentMemberKey(w: Writer, m: StreamsGroupTargetAssignmentMemberKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupTargetAssignmentMemberKey(r: Reader): StreamsGroupTargetAssignmentMemberKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupTargetAssignmentMemberKey(w: Writer, m: StreamsGroupTargetAssignmentMemberKeyInit): void {
  w.int16(21)
  writeStreamsGroupTargetAssignmentMemberKey(w, m)
}

export function decodeStreamsGroupTargetAssignmentMemberKey(r: Reader): StreamsGroupTargetAssignmentMemberKey {
  readRecordType(r, 'StreamsGroupTargetAssignmentMemberKey', 21)
  return readStreamsGroupTargetAssignmentMemberKey(r)
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

function writeStreamsGroupTargetAssignmentMemberValue(w: Writer, m: StreamsGroupTargetAssignmentMemberValueInit): void {
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.activeTasks)
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.standbyTasks)
  writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w, m.warmupTasks)
  w.uvarint(0)
}

function readStreamsGroupTargetAssignmentMemberValue(r: Reader): StreamsGroupTargetAssignmentMemberValue {
  const value: StreamsGroupTargetAssignmentMemberValue = {
    activeTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r),
    standbyTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r),
    warmupTasks: readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTargetAssignmentMemberValueTaskIds(w: Writer, m: StreamsGroupTargetAssignmentMemberValueTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  w.uvarint(0)
}

function readStreamsGroupTargetAssignmentMemberValueTaskIds(r: Reader): StreamsGroupTargetAssignmentMemberValueTaskIds {
  const value: StreamsGroupTargetAssignmentMemberValueTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(w: Writer, list: readonly StreamsGroupTargetAssignmentMemberValueTaskIdsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTargetAssignmentMemberValueTaskIds(w, element)
}

function readArrayOfStreamsGroupTargetAssignmentMemberValueTaskIds(r: Reader): StreamsGroupTargetAssignmentMemberValueTaskIds[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupTargetAssignmentMemberValueTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTargetAssignmentMemberValueTaskIds(r))
  return list
}

export function encodeStreamsGroupTargetAssignmentMemberValue(w: Writer, m: StreamsGroupTargetAssignmentMemberValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupTargetAssignmentMemberValue', version)
  w.int16(version)
  writeStreamsGroupTargetAssignmentMemberValue(w, m)
}

export function decodeStreamsGroupTargetAssignmentMemberValue(r: Reader): StreamsGroupTargetAssignmentMemberValue {
  readVersion(r, 'StreamsGroupTargetAssignmentMemberValue', 0, 0)
  return readStreamsGroupTargetAssignmentMemberValue(r)
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

function writeStreamsGroupCurrentMemberAssignmentKey(w: Writer, m: StreamsGroupCurrentMemberAssignmentKeyInit): void {
  w.string(m.groupId)
  w.string(m.memberId)
}

function readStreamsGroupCurrentMemberAssignmentKey(r: Reader): StreamsGroupCurrentMemberAssignmentKey {
  return {
    groupId: r.string(),
    memberId: r.string(),
  }
}

export function encodeStreamsGroupCurrentMemberAssignmentKey(w: Writer, m: StreamsGroupCurrentMemberAssignmentKeyInit): void {
  w.int16(22)
  writeStreamsGroupCurrentMemberAssignmentKey(w, m)
}

export function decodeStreamsGroupCurrentMemberAssignmentKey(r: Reader): StreamsGroupCurrentMemberAssignmentKey {
  readRecordType(r, 'StreamsGroupCurrentMemberAssignmentKey', 22)
  return readStreamsGroupCurrentMemberAssignmentKey(r)
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

function writeStreamsGroupCurrentMemberAssignmentValue(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueInit): void {
  w.int32(m.memberEpoch)
  w.int32(m.previousMemberEpoch)
  w.int8(m.state)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.activeTasks)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.standbyTasks)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.warmupTasks)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.activeTasksPendingRevocation)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.standbyTasksPendingRevocation)
  writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w, m.warmupTasksPendingRevocation)
  w.uvarint(0)
}

function readStreamsGroupCurrentMemberAssignmentValue(r: Reader): StreamsGroupCurrentMemberAssignmentValue {
  const value: StreamsGroupCurrentMemberAssignmentValue = {
    memberEpoch: r.int32(),
    previousMemberEpoch: r.int32(),
    state: r.int8(),
    activeTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    standbyTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    warmupTasks: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    activeTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    standbyTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
    warmupTasksPendingRevocation: readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupCurrentMemberAssignmentValueTaskIds(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueTaskIdsInit): void {
  w.compactString(m.subtopologyId)
  writeInt32s(w, m.partitions, true)
  const t0 = m.assignmentEpochs
  const has0 = (t0 === null || (t0 !== undefined && t0.length > 0))
  w.uvarint(has0 ? 1 : 0)
  if (has0) {
    const s0 = new Writer()
    writeNullableInt32s(s0, t0, true)
    writeTag(w, 0, s0)
  }
}

function readStreamsGroupCurrentMemberAssignmentValueTaskIds(r: Reader): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const value: StreamsGroupCurrentMemberAssignmentValueTaskIds = {
    subtopologyId: r.compactString(),
    partitions: readInt32s(r, true),
    assignmentEpochs: [],
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

function writeArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(w: Writer, list: readonly StreamsGroupCurrentMemberAssignmentValueTaskIdsInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupCurrentMemberAssignmentValueTaskIds(w, element)
}

function readArrayOfStreamsGroupCurrentMemberAssignmentValueTaskIds(r: Reader): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  const length = readLength(r, true, 3, 3)
  const list: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupCurrentMemberAssignmentValueTaskIds(r))
  return list
}

export function encodeStreamsGroupCurrentMemberAssignmentValue(w: Writer, m: StreamsGroupCurrentMemberAssignmentValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupCurrentMemberAssignmentValue', version)
  w.int16(version)
  writeStreamsGroupCurrentMemberAssignmentValue(w, m)
}

export function decodeStreamsGroupCurrentMemberAssignmentValue(r: Reader): StreamsGroupCurrentMemberAssignmentValue {
  readVersion(r, 'StreamsGroupCurrentMemberAssignmentValue', 0, 0)
  return readStreamsGroupCurrentMemberAssignmentValue(r)
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

function writeStreamsGroupTopologyKey(w: Writer, m: StreamsGroupTopologyKeyInit): void {
  w.string(m.groupId)
}

function readStreamsGroupTopologyKey(r: Reader): StreamsGroupTopologyKey {
  return {
    groupId: r.string(),
  }
}

export function encodeStreamsGroupTopologyKey(w: Writer, m: StreamsGroupTopologyKeyInit): void {
  w.int16(23)
  writeStreamsGroupTopologyKey(w, m)
}

export function decodeStreamsGroupTopologyKey(r: Reader): StreamsGroupTopologyKey {
  readRecordType(r, 'StreamsGroupTopologyKey', 23)
  return readStreamsGroupTopologyKey(r)
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

function writeStreamsGroupTopologyValue(w: Writer, m: StreamsGroupTopologyValueInit): void {
  w.int32(m.epoch)
  writeArrayOfStreamsGroupTopologyValueSubtopology(w, m.subtopologies)
  w.uvarint(0)
}

function readStreamsGroupTopologyValue(r: Reader): StreamsGroupTopologyValue {
  const value: StreamsGroupTopologyValue = {
    epoch: r.int32(),
    subtopologies: readArrayOfStreamsGroupTopologyValueSubtopology(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueSubtopology(w: Writer, m: StreamsGroupTopologyValueSubtopologyInit): void {
  w.compactString(m.subtopologyId)
  writeStrings(w, m.sourceTopics, true)
  writeStrings(w, m.sourceTopicRegex, true)
  writeArrayOfStreamsGroupTopologyValueTopicInfo(w, m.stateChangelogTopics)
  writeStrings(w, m.repartitionSinkTopics, true)
  writeArrayOfStreamsGroupTopologyValueTopicInfo(w, m.repartitionSourceTopics)
  writeArrayOfStreamsGroupTopologyValueCopartitionGroup(w, m.copartitionGroups)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueSubtopology(r: Reader): StreamsGroupTopologyValueSubtopology {
  const value: StreamsGroupTopologyValueSubtopology = {
    subtopologyId: r.compactString(),
    sourceTopics: readStrings(r, true),
    sourceTopicRegex: readStrings(r, true),
    stateChangelogTopics: readArrayOfStreamsGroupTopologyValueTopicInfo(r),
    repartitionSinkTopics: readStrings(r, true),
    repartitionSourceTopics: readArrayOfStreamsGroupTopologyValueTopicInfo(r),
    copartitionGroups: readArrayOfStreamsGroupTopologyValueCopartitionGroup(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueTopicInfo(w: Writer, m: StreamsGroupTopologyValueTopicInfoInit): void {
  w.compactString(m.name)
  w.int32(m.partitions)
  w.int16(m.replicationFactor)
  writeArrayOfStreamsGroupTopologyValueTopicConfig(w, m.topicConfigs)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueTopicInfo(r: Reader): StreamsGroupTopologyValueTopicInfo {
  const value: StreamsGroupTopologyValueTopicInfo = {
    name: r.compactString(),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: readArrayOfStreamsGroupTopologyValueTopicConfig(r),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueTopicConfig(w: Writer, m: StreamsGroupTopologyValueTopicConfigInit): void {
  w.compactString(m.key)
  w.compactString(m.value)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueTopicConfig(r: Reader): StreamsGroupTopologyValueTopicConfig {
  const value: StreamsGroupTopologyValueTopicConfig = {
    key: r.compactString(),
    value: r.compactString(),
  }
  r.skipTaggedFields()
  return value
}

function writeStreamsGroupTopologyValueCopartitionGroup(w: Writer, m: StreamsGroupTopologyValueCopartitionGroupInit): void {
  writeInt16s(w, m.sourceTopics, true)
  writeInt16s(w, m.sourceTopicRegex, true)
  writeInt16s(w, m.repartitionSourceTopics, true)
  w.uvarint(0)
}

function readStreamsGroupTopologyValueCopartitionGroup(r: Reader): StreamsGroupTopologyValueCopartitionGroup {
  const value: StreamsGroupTopologyValueCopartitionGroup = {
    sourceTopics: readInt16s(r, true),
    sourceTopicRegex: readInt16s(r, true),
    repartitionSourceTopics: readInt16s(r, true),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfStreamsGroupTopologyValueSubtopology(w: Writer, list: readonly StreamsGroupTopologyValueSubtopologyInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueSubtopology(w, element)
}

function readArrayOfStreamsGroupTopologyValueSubtopology(r: Reader): StreamsGroupTopologyValueSubtopology[] {
  const length = readLength(r, true, 8, 7)
  const list: StreamsGroupTopologyValueSubtopology[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueSubtopology(r))
  return list
}

function writeArrayOfStreamsGroupTopologyValueTopicInfo(w: Writer, list: readonly StreamsGroupTopologyValueTopicInfoInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueTopicInfo(w, element)
}

function readArrayOfStreamsGroupTopologyValueTopicInfo(r: Reader): StreamsGroupTopologyValueTopicInfo[] {
  const length = readLength(r, true, 9, 4)
  const list: StreamsGroupTopologyValueTopicInfo[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueTopicInfo(r))
  return list
}

function writeArrayOfStreamsGroupTopologyValueCopartitionGroup(w: Writer, list: readonly StreamsGroupTopologyValueCopartitionGroupInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueCopartitionGroup(w, element)
}

function readArrayOfStreamsGroupTopologyValueCopartitionGroup(r: Reader): StreamsGroupTopologyValueCopartitionGroup[] {
  const length = readLength(r, true, 4, 3)
  const list: StreamsGroupTopologyValueCopartitionGroup[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueCopartitionGroup(r))
  return list
}

function writeArrayOfStreamsGroupTopologyValueTopicConfig(w: Writer, list: readonly StreamsGroupTopologyValueTopicConfigInit[]): void {
  writeLength(w, list.length, true)
  for (const element of list) writeStreamsGroupTopologyValueTopicConfig(w, element)
}

function readArrayOfStreamsGroupTopologyValueTopicConfig(r: Reader): StreamsGroupTopologyValueTopicConfig[] {
  const length = readLength(r, true, 3, 2)
  const list: StreamsGroupTopologyValueTopicConfig[] = []
  for (let index = 0; index < length; index++) list.push(readStreamsGroupTopologyValueTopicConfig(r))
  return list
}

export function encodeStreamsGroupTopologyValue(w: Writer, m: StreamsGroupTopologyValueInit, version = 0): void {
  if (version !== 0) unwritable('StreamsGroupTopologyValue', version)
  w.int16(version)
  writeStreamsGroupTopologyValue(w, m)
}

export function decodeStreamsGroupTopologyValue(r: Reader): StreamsGroupTopologyValue {
  readVersion(r, 'StreamsGroupTopologyValue', 0, 0)
  return readStreamsGroupTopologyValue(r)
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

// records/transaction-state.kmsg

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
