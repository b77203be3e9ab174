// Made by generator/main.ts from definitions/records/*.kmsg: change those, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import { readInt32s, readLength, readNullableInt32s, readNullableUuids, readStrings, readUuids, writeInt32s, writeLength, writeNullableInt32s, writeNullableUuids, writeStrings, writeUuids } from '../messages/arrays.ts'
import { nothing, zeroUuid } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { tagEnd, writeTag, wrongTagLength } from '../messages/tags.ts'
import { readMetadataVersion, readVersion, unreadable, unwritable } from '../messages/versions.ts'

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
