// Made by generator/main.ts from definitions/control-records.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { zeroUuid } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { readVersion, unreadable, unwritable } from '../messages/versions.ts'

export interface ControlRecordTypeSchema {
  type: number
}

export type ControlRecordTypeSchemaInit = ControlRecordTypeSchema

function writeControlRecordTypeSchema(w: Writer, m: ControlRecordTypeSchemaInit, _version: number): void {
  w.int16(m.type)
}

function readControlRecordTypeSchema(r: Reader, _version: number): ControlRecordTypeSchema {
  return {
    type: r.int16(),
  }
}

export function encodeControlRecordTypeSchema(w: Writer, m: ControlRecordTypeSchemaInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('ControlRecordTypeSchema', version)
  w.int16(version)
  writeControlRecordTypeSchema(w, m, version)
}

export function decodeControlRecordTypeSchema(r: Reader): ControlRecordTypeSchema {
  return readControlRecordTypeSchema(r, readVersion(r, 'ControlRecordTypeSchema', 0, 0))
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

function writeEndTxnMarker(w: Writer, m: EndTxnMarkerInit, _version: number): void {
  w.int32(m.coordinatorEpoch)
}

function readEndTxnMarker(r: Reader, _version: number): EndTxnMarker {
  return {
    coordinatorEpoch: r.int32(),
  }
}

export function encodeEndTxnMarker(w: Writer, m: EndTxnMarkerInit, version = 0): void {
  if (version < 0 || version > 0) unwritable('EndTxnMarker', version)
  w.int16(version)
  writeEndTxnMarker(w, m, version)
}

export function decodeEndTxnMarker(r: Reader): EndTxnMarker {
  return readEndTxnMarker(r, readVersion(r, 'EndTxnMarker', 0, 0))
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
  if (version < 0 || version > 1) unwritable('LeaderChangeMessage', version)
  writeLeaderChangeMessage(w, m, version)
}

export function decodeLeaderChangeMessage(r: Reader, version: number): LeaderChangeMessage {
  if (version < 0 || version > 1) unreadable('LeaderChangeMessage', version, r)
  return readLeaderChangeMessage(r, version)
}

export interface SnapshotHeaderRecord {
  version: number
  lastContainedLogTimestamp: number
}

export type SnapshotHeaderRecordInit = SnapshotHeaderRecord

function writeSnapshotHeaderRecord(w: Writer, m: SnapshotHeaderRecordInit, _version: number): void {
  w.int16(m.version)
  w.int64(m.lastContainedLogTimestamp)
  w.uvarint(0)
}

function readSnapshotHeaderRecord(r: Reader, _version: number): SnapshotHeaderRecord {
  const value: SnapshotHeaderRecord = {
    version: r.int16(),
    lastContainedLogTimestamp: r.int64(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeSnapshotHeaderRecord(w: Writer, m: SnapshotHeaderRecordInit, version: number): void {
  if (version < 0 || version > 0) unwritable('SnapshotHeaderRecord', version)
  writeSnapshotHeaderRecord(w, m, version)
}

export function decodeSnapshotHeaderRecord(r: Reader, version: number): SnapshotHeaderRecord {
  if (version < 0 || version > 0) unreadable('SnapshotHeaderRecord', version, r)
  return readSnapshotHeaderRecord(r, version)
}

export interface SnapshotFooterRecord {
  version: number
}

export type SnapshotFooterRecordInit = SnapshotFooterRecord

function writeSnapshotFooterRecord(w: Writer, m: SnapshotFooterRecordInit, _version: number): void {
  w.int16(m.version)
  w.uvarint(0)
}

function readSnapshotFooterRecord(r: Reader, _version: number): SnapshotFooterRecord {
  const value: SnapshotFooterRecord = {
    version: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeSnapshotFooterRecord(w: Writer, m: SnapshotFooterRecordInit, version: number): void {
  if (version < 0 || version > 0) unwritable('SnapshotFooterRecord', version)
  writeSnapshotFooterRecord(w, m, version)
}

export function decodeSnapshotFooterRecord(r: Reader, version: number): SnapshotFooterRecord {
  if (version < 0 || version > 0) unreadable('SnapshotFooterRecord', version, r)
  return readSnapshotFooterRecord(r, version)
}

export interface KRaftVersionRecord {
  version: number
  kRaftVersion: number
}

export type KRaftVersionRecordInit = KRaftVersionRecord

function writeKRaftVersionRecord(w: Writer, m: KRaftVersionRecordInit, _version: number): void {
  w.int16(m.version)
  w.int16(m.kRaftVersion)
  w.uvarint(0)
}

function readKRaftVersionRecord(r: Reader, _version: number): KRaftVersionRecord {
  const value: KRaftVersionRecord = {
    version: r.int16(),
    kRaftVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

export function encodeKRaftVersionRecord(w: Writer, m: KRaftVersionRecordInit, version: number): void {
  if (version < 0 || version > 0) unwritable('KRaftVersionRecord', version)
  writeKRaftVersionRecord(w, m, version)
}

export function decodeKRaftVersionRecord(r: Reader, version: number): KRaftVersionRecord {
  if (version < 0 || version > 0) unreadable('KRaftVersionRecord', version, r)
  return readKRaftVersionRecord(r, version)
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

function writeVotersRecord(w: Writer, m: VotersRecordInit, version: number): void {
  w.int16(m.version)
  writeArrayOfVotersRecordVoter(w, m.voters, version)
  w.uvarint(0)
}

function readVotersRecord(r: Reader, version: number): VotersRecord {
  const value: VotersRecord = {
    version: r.int16(),
    voters: readArrayOfVotersRecordVoter(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeVotersRecordVoter(w: Writer, m: VotersRecordVoterInit, version: number): void {
  w.int32(m.voterId)
  w.uuid(m.voterDirectoryId)
  writeArrayOfVotersRecordEndpoint(w, m.endpoints, version)
  writeVotersRecordKRaftVersionFeature(w, m.kRaftVersionFeature, version)
  w.uvarint(0)
}

function readVotersRecordVoter(r: Reader, version: number): VotersRecordVoter {
  const value: VotersRecordVoter = {
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    endpoints: readArrayOfVotersRecordEndpoint(r, version),
    kRaftVersionFeature: readVotersRecordKRaftVersionFeature(r, version),
  }
  r.skipTaggedFields()
  return value
}

function writeVotersRecordEndpoint(w: Writer, m: VotersRecordEndpointInit, _version: number): void {
  w.compactString(m.name)
  w.compactString(m.host)
  w.uint16(m.port)
  w.uvarint(0)
}

function readVotersRecordEndpoint(r: Reader, _version: number): VotersRecordEndpoint {
  const value: VotersRecordEndpoint = {
    name: r.compactString(),
    host: r.compactString(),
    port: r.uint16(),
  }
  r.skipTaggedFields()
  return value
}

function writeVotersRecordKRaftVersionFeature(w: Writer, m: VotersRecordKRaftVersionFeatureInit, _version: number): void {
  w.int16(m.minSupportedVersion)
  w.int16(m.maxSupportedVersion)
  w.uvarint(0)
}

function readVotersRecordKRaftVersionFeature(r: Reader, _version: number): VotersRecordKRaftVersionFeature {
  const value: VotersRecordKRaftVersionFeature = {
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfVotersRecordVoter(w: Writer, list: readonly VotersRecordVoterInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeVotersRecordVoter(w, element, version)
}

function readArrayOfVotersRecordVoter(r: Reader, version: number): VotersRecordVoter[] {
  const length = readLength(r, true, 27, 4)
  const list: VotersRecordVoter[] = []
  for (let index = 0; index < length; index++) list.push(readVotersRecordVoter(r, version))
  return list
}

function writeArrayOfVotersRecordEndpoint(w: Writer, list: readonly VotersRecordEndpointInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeVotersRecordEndpoint(w, element, version)
}

function readArrayOfVotersRecordEndpoint(r: Reader, version: number): VotersRecordEndpoint[] {
  const length = readLength(r, true, 5, 3)
  const list: VotersRecordEndpoint[] = []
  for (let index = 0; index < length; index++) list.push(readVotersRecordEndpoint(r, version))
  return list
}

export function encodeVotersRecord(w: Writer, m: VotersRecordInit, version: number): void {
  if (version < 0 || version > 0) unwritable('VotersRecord', version)
  writeVotersRecord(w, m, version)
}

export function decodeVotersRecord(r: Reader, version: number): VotersRecord {
  if (version < 0 || version > 0) unreadable('VotersRecord', version, r)
  return readVotersRecord(r, version)
}

export const controlRecordsFormats: readonly RecordFormat[] = [
  ControlRecordTypeSchemaFormat,
  EndTxnMarkerFormat,
]
