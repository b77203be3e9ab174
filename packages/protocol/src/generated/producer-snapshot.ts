// Made by generator/main.ts from definitions/producer-snapshot.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import type { RecordFormat } from '../messages/record-format.ts'
import { readVersion, unwritable } from '../messages/versions.ts'

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

function writeProducerSnapshot(w: Writer, m: ProducerSnapshotInit, version: number): void {
  w.uint32(m.crc)
  writeArrayOfProducerSnapshotProducerEntry(w, m.producerEntries, version)
}

function readProducerSnapshot(r: Reader, version: number): ProducerSnapshot {
  return {
    crc: r.uint32(),
    producerEntries: readArrayOfProducerSnapshotProducerEntry(r, version),
  }
}

function writeProducerSnapshotProducerEntry(w: Writer, m: ProducerSnapshotProducerEntryInit, _version: number): void {
  w.int64(m.producerId)
  w.int16(m.epoch)
  w.int32(m.lastSequence)
  w.int64(m.lastOffset)
  w.int32(m.offsetDelta)
  w.int64(m.timestamp)
  w.int32(m.coordinatorEpoch)
  w.int64(m.currentTxnFirstOffset)
}

function readProducerSnapshotProducerEntry(r: Reader, _version: number): ProducerSnapshotProducerEntry {
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

function writeArrayOfProducerSnapshotProducerEntry(w: Writer, list: readonly ProducerSnapshotProducerEntryInit[], version: number): void {
  writeLength(w, list.length, false)
  for (const element of list) writeProducerSnapshotProducerEntry(w, element, version)
}

function readArrayOfProducerSnapshotProducerEntry(r: Reader, version: number): ProducerSnapshotProducerEntry[] {
  const length = readLength(r, false, 46, 8)
  const list: ProducerSnapshotProducerEntry[] = []
  for (let index = 0; index < length; index++) list.push(readProducerSnapshotProducerEntry(r, version))
  return list
}

export function encodeProducerSnapshot(w: Writer, m: ProducerSnapshotInit, version = 1): void {
  if (version < 1 || version > 1) unwritable('ProducerSnapshot', version)
  w.int16(version)
  writeProducerSnapshot(w, m, version)
}

export function decodeProducerSnapshot(r: Reader): ProducerSnapshot {
  return readProducerSnapshot(r, readVersion(r, 'ProducerSnapshot', 1, 1))
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
