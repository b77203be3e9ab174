// Made by generator/main.ts from definitions/34-alter-replica-log-dirs.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { Api } from '../messages/api.ts'
import { readInt32s, readLength, writeInt32s, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[]
}

export interface AlterReplicaLogDirsRequestInit {
  dirs: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirInit[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  path: string
  topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirInit {
  path: string
  topics: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  name: string
  partitions: number[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit {
  name: string
  partitions: readonly number[]
}

function writeAlterReplicaLogDirsRequest(w: Writer, m: AlterReplicaLogDirsRequestInit, version: number): void {
  const flexible = version >= 2
  writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(w, m.dirs, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsRequest(r: Reader, version: number): AlterReplicaLogDirsRequest {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsRequest = {
    dirs: readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDir(w: Writer, m: AlterReplicaLogDirsRequestAlterReplicaLogDirInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.path)
  else w.string(m.path)
  writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w, m.topics, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDir(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsRequestAlterReplicaLogDir = {
    path: flexible ? r.compactString() : r.string(),
    topics: readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w: Writer, m: AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.name)
  else w.string(m.name)
  writeInt32s(w, m.partitions, flexible)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic = {
    name: flexible ? r.compactString() : r.string(),
    partitions: readInt32s(r, flexible),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(w: Writer, list: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsRequestAlterReplicaLogDir(w, element, version)
}

function readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDir(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsRequestAlterReplicaLogDir(r, version))
  return list
}

function writeArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w: Writer, list: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopicInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(w, element, version)
}

function readArrayOfAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(r, version))
  return list
}

export function encodeAlterReplicaLogDirsRequest(w: Writer, m: AlterReplicaLogDirsRequestInit, version: number): void {
  if (version < 1 || version > 2) unwritable('AlterReplicaLogDirsRequest', version)
  writeAlterReplicaLogDirsRequest(w, m, version)
}

export function decodeAlterReplicaLogDirsRequest(r: Reader, version: number): AlterReplicaLogDirsRequest {
  if (version < 1 || version > 2) unreadable('AlterReplicaLogDirsRequest', version, r)
  return readAlterReplicaLogDirsRequest(r, version)
}

export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number
  results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[]
}

export interface AlterReplicaLogDirsResponseInit {
  throttleTimeMs: number
  results: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  topicName: string
  partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit {
  topicName: string
  partitions: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  partitionIndex: number
  errorCode: number
}

export type AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit = AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult

function writeAlterReplicaLogDirsResponse(w: Writer, m: AlterReplicaLogDirsResponseInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.throttleTimeMs)
  writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w, m.results, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsResponse(r: Reader, version: number): AlterReplicaLogDirsResponse {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsResponse = {
    throttleTimeMs: r.int32(),
    results: readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w: Writer, m: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit, version: number): void {
  const flexible = version >= 2
  if (flexible) w.compactString(m.topicName)
  else w.string(m.topicName)
  writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w, m.partitions, version)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult = {
    topicName: flexible ? r.compactString() : r.string(),
    partitions: readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r, version),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w: Writer, m: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit, version: number): void {
  const flexible = version >= 2
  w.int32(m.partitionIndex)
  w.int16(m.errorCode)
  if (flexible) w.uvarint(0)
}

function readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2
  const value: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
  }
  if (flexible) r.skipTaggedFields()
  return value
}

function writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w: Writer, list: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(w, element, version)
}

function readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 3 : 6, 2)
  const list: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(r, version))
  return list
}

function writeArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w: Writer, list: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultInit[], version: number): void {
  const flexible = version >= 2
  writeLength(w, list.length, flexible)
  for (const element of list) writeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(w, element, version)
}

function readArrayOfAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] {
  const flexible = version >= 2
  const length = readLength(r, flexible, flexible ? 7 : 6, 2)
  const list: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = []
  for (let index = 0; index < length; index++) list.push(readAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(r, version))
  return list
}

export function encodeAlterReplicaLogDirsResponse(w: Writer, m: AlterReplicaLogDirsResponseInit, version: number): void {
  if (version < 1 || version > 2) unwritable('AlterReplicaLogDirsResponse', version)
  writeAlterReplicaLogDirsResponse(w, m, version)
}

export function decodeAlterReplicaLogDirsResponse(r: Reader, version: number): AlterReplicaLogDirsResponse {
  if (version < 1 || version > 2) unreadable('AlterReplicaLogDirsResponse', version, r)
  return readAlterReplicaLogDirsResponse(r, version)
}

/** API key 34, versions 1-2. */
export const AlterReplicaLogDirsApi: Api<AlterReplicaLogDirsRequest, AlterReplicaLogDirsRequestInit, AlterReplicaLogDirsResponse, AlterReplicaLogDirsResponseInit> = {
  key: 34,
  name: 'AlterReplicaLogDirs',
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  encodeRequest: encodeAlterReplicaLogDirsRequest,
  decodeRequest: decodeAlterReplicaLogDirsRequest,
  encodeResponse: encodeAlterReplicaLogDirsResponse,
  decodeResponse: decodeAlterReplicaLogDirsResponse,
}
