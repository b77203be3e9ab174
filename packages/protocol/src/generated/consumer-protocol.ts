// Made by generator/main.ts from definitions/consumer-protocol.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readInt32s, readLength, readStrings, writeInt32s, writeLength, writeStrings } from '../messages/arrays.ts'
import { nothing } from '../messages/constants.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { readVersion, unwritable } from '../messages/versions.ts'

export interface ConsumerProtocolSubscription {
  topics: string[]
  userData: Buffer | null
  ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[] // 1-3
  generationId: number // 2-3
  rackId: string | null // 3
}

export interface ConsumerProtocolSubscriptionInit {
  topics: readonly string[]
  userData?: Uint8Array | null | undefined
  ownedPartitions?: readonly ConsumerProtocolSubscriptionTopicPartitionInit[] | undefined
  generationId?: number | undefined
  rackId?: string | null | undefined
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  topic: string
  partitions: number[]
}

export interface ConsumerProtocolSubscriptionTopicPartitionInit {
  topic: string
  partitions: readonly number[]
}

function writeConsumerProtocolSubscription(w: Writer, m: ConsumerProtocolSubscriptionInit, version: number): void {
  writeStrings(w, m.topics, false)
  w.nullableBytes(m.userData ?? null)
  if (version >= 1) writeArrayOfConsumerProtocolSubscriptionTopicPartition(w, m.ownedPartitions ?? nothing, version)
  if (version >= 2) w.int32(m.generationId ?? -1)
  if (version >= 3) w.nullableString(m.rackId ?? null)
}

function readConsumerProtocolSubscription(r: Reader, version: number): ConsumerProtocolSubscription {
  return {
    topics: readStrings(r, false),
    userData: r.nullableBytes(),
    ownedPartitions: version >= 1 ? readArrayOfConsumerProtocolSubscriptionTopicPartition(r, version) : [],
    generationId: version >= 2 ? r.int32() : -1,
    rackId: version >= 3 ? r.nullableString() : null,
  }
}

function writeConsumerProtocolSubscriptionTopicPartition(w: Writer, m: ConsumerProtocolSubscriptionTopicPartitionInit, _version: number): void {
  w.string(m.topic)
  writeInt32s(w, m.partitions, false)
}

function readConsumerProtocolSubscriptionTopicPartition(r: Reader, _version: number): ConsumerProtocolSubscriptionTopicPartition {
  return {
    topic: r.string(),
    partitions: readInt32s(r, false),
  }
}

function writeArrayOfConsumerProtocolSubscriptionTopicPartition(w: Writer, list: readonly ConsumerProtocolSubscriptionTopicPartitionInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeConsumerProtocolSubscriptionTopicPartition(w, element, version)
}

function readArrayOfConsumerProtocolSubscriptionTopicPartition(r: Reader, version: number): ConsumerProtocolSubscriptionTopicPartition[] {
  const length = readLength(r, false, 6, 2)
  const list: ConsumerProtocolSubscriptionTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerProtocolSubscriptionTopicPartition(r, version))
  return list
}

export function encodeConsumerProtocolSubscription(w: Writer, m: ConsumerProtocolSubscriptionInit, version = 3): void {
  if (version < 0 || version > 3) unwritable('ConsumerProtocolSubscription', version)
  w.int16(version)
  writeConsumerProtocolSubscription(w, m, version)
}

export function decodeConsumerProtocolSubscription(r: Reader): ConsumerProtocolSubscription {
  return readConsumerProtocolSubscription(r, readVersion(r, 'ConsumerProtocolSubscription', 0, 3))
}

export const ConsumerProtocolSubscriptionFormat: RecordFormat<ConsumerProtocolSubscription, ConsumerProtocolSubscriptionInit> = {
  name: 'ConsumerProtocolSubscription',
  type: -1,
  minVersion: 0,
  maxVersion: 3,
  encode: encodeConsumerProtocolSubscription,
  decode: decodeConsumerProtocolSubscription,
}

export interface ConsumerProtocolAssignment {
  assignedPartitions: ConsumerProtocolAssignmentTopicPartition[]
  userData: Buffer | null
}

export interface ConsumerProtocolAssignmentInit {
  assignedPartitions: readonly ConsumerProtocolAssignmentTopicPartitionInit[]
  userData?: Uint8Array | null | undefined
}

export interface ConsumerProtocolAssignmentTopicPartition {
  topic: string
  partitions: number[]
}

export interface ConsumerProtocolAssignmentTopicPartitionInit {
  topic: string
  partitions: readonly number[]
}

function writeConsumerProtocolAssignment(w: Writer, m: ConsumerProtocolAssignmentInit, version: number): void {
  writeArrayOfConsumerProtocolAssignmentTopicPartition(w, m.assignedPartitions, version)
  w.nullableBytes(m.userData ?? null)
}

function readConsumerProtocolAssignment(r: Reader, version: number): ConsumerProtocolAssignment {
  return {
    assignedPartitions: readArrayOfConsumerProtocolAssignmentTopicPartition(r, version),
    userData: r.nullableBytes(),
  }
}

function writeConsumerProtocolAssignmentTopicPartition(w: Writer, m: ConsumerProtocolAssignmentTopicPartitionInit, _version: number): void {
  w.string(m.topic)
  writeInt32s(w, m.partitions, false)
}

function readConsumerProtocolAssignmentTopicPartition(r: Reader, _version: number): ConsumerProtocolAssignmentTopicPartition {
  return {
    topic: r.string(),
    partitions: readInt32s(r, false),
  }
}

function writeArrayOfConsumerProtocolAssignmentTopicPartition(w: Writer, list: readonly ConsumerProtocolAssignmentTopicPartitionInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeConsumerProtocolAssignmentTopicPartition(w, element, version)
}

function readArrayOfConsumerProtocolAssignmentTopicPartition(r: Reader, version: number): ConsumerProtocolAssignmentTopicPartition[] {
  const length = readLength(r, false, 6, 2)
  const list: ConsumerProtocolAssignmentTopicPartition[] = []
  for (let index = 0; index < length; index++) list.push(readConsumerProtocolAssignmentTopicPartition(r, version))
  return list
}

export function encodeConsumerProtocolAssignment(w: Writer, m: ConsumerProtocolAssignmentInit, version = 3): void {
  if (version < 0 || version > 3) unwritable('ConsumerProtocolAssignment', version)
  w.int16(version)
  writeConsumerProtocolAssignment(w, m, version)
}

export function decodeConsumerProtocolAssignment(r: Reader): ConsumerProtocolAssignment {
  return readConsumerProtocolAssignment(r, readVersion(r, 'ConsumerProtocolAssignment', 0, 3))
}

export const ConsumerProtocolAssignmentFormat: RecordFormat<ConsumerProtocolAssignment, ConsumerProtocolAssignmentInit> = {
  name: 'ConsumerProtocolAssignment',
  type: -1,
  minVersion: 0,
  maxVersion: 3,
  encode: encodeConsumerProtocolAssignment,
  decode: decodeConsumerProtocolAssignment,
}

export const consumerProtocolFormats: readonly RecordFormat[] = [
  ConsumerProtocolSubscriptionFormat,
  ConsumerProtocolAssignmentFormat,
]
