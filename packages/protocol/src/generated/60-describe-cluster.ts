// Made by generator/main.ts from definitions/60-describe-cluster.kmsg: change that, then run `npm run generate`.
import type { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import { refuse } from '../messages/absence.ts'
import type { Api } from '../messages/api.ts'
import { readLength, writeLength } from '../messages/arrays.ts'
import { unreadable, unwritable } from '../messages/versions.ts'

export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean
  endpointType: number // 1-2
  includeFencedBrokers: boolean // 2
}

export interface DescribeClusterRequestInit {
  includeClusterAuthorizedOperations: boolean
  endpointType?: number | undefined
  includeFencedBrokers?: boolean | undefined
}

function writeDescribeClusterRequest(w: Writer, m: DescribeClusterRequestInit, version: number): void {
  w.boolean(m.includeClusterAuthorizedOperations)
  if (version >= 1) w.int8(m.endpointType ?? 1)
  else { if (m.endpointType !== undefined && m.endpointType !== 1) refuse('DescribeClusterRequest.endpointType', version) }
  if (version >= 2) w.boolean(m.includeFencedBrokers ?? false)
  else { if (m.includeFencedBrokers !== undefined && m.includeFencedBrokers !== false) refuse('DescribeClusterRequest.includeFencedBrokers', version) }
  w.uvarint(0)
}

function readDescribeClusterRequest(r: Reader, version: number): DescribeClusterRequest {
  const value: DescribeClusterRequest = {
    includeClusterAuthorizedOperations: r.boolean(),
    endpointType: version >= 1 ? r.int8() : 1,
    includeFencedBrokers: version >= 2 ? r.boolean() : false,
  }
  r.skipTaggedFields()
  return value
}

export function encodeDescribeClusterRequest(w: Writer, m: DescribeClusterRequestInit, version: number): void {
  if (version < 0 || version > 2) unwritable('DescribeClusterRequest', version)
  writeDescribeClusterRequest(w, m, version)
}

export function decodeDescribeClusterRequest(r: Reader, version: number): DescribeClusterRequest {
  if (version < 0 || version > 2) unreadable('DescribeClusterRequest', version, r)
  return readDescribeClusterRequest(r, version)
}

export interface DescribeClusterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  endpointType: number // 1-2
  clusterId: string
  controllerId: number
  brokers: DescribeClusterResponseDescribeClusterBroker[]
  clusterAuthorizedOperations: number
}

export interface DescribeClusterResponseInit {
  throttleTimeMs: number
  errorCode: number
  errorMessage?: string | null | undefined
  endpointType?: number | undefined
  clusterId: string
  controllerId?: number | undefined
  brokers: readonly DescribeClusterResponseDescribeClusterBrokerInit[]
  clusterAuthorizedOperations?: number | undefined
}

export interface DescribeClusterResponseDescribeClusterBroker {
  brokerId: number
  host: string
  port: number
  rack: string | null
  isFenced: boolean // 2
}

export interface DescribeClusterResponseDescribeClusterBrokerInit {
  brokerId: number
  host: string
  port: number
  rack?: string | null | undefined
  isFenced?: boolean | undefined
}

function writeDescribeClusterResponse(w: Writer, m: DescribeClusterResponseInit, version: number): void {
  w.int32(m.throttleTimeMs)
  w.int16(m.errorCode)
  w.compactNullableString(m.errorMessage ?? null)
  if (version >= 1) w.int8(m.endpointType ?? 1)
  else { if (m.endpointType !== undefined && m.endpointType !== 1) refuse('DescribeClusterResponse.endpointType', version) }
  w.compactString(m.clusterId)
  w.int32(m.controllerId ?? -1)
  writeArrayOfDescribeClusterResponseDescribeClusterBroker(w, m.brokers, version)
  w.int32(m.clusterAuthorizedOperations ?? -2147483648)
  w.uvarint(0)
}

function readDescribeClusterResponse(r: Reader, version: number): DescribeClusterResponse {
  const value: DescribeClusterResponse = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.compactNullableString(),
    endpointType: version >= 1 ? r.int8() : 1,
    clusterId: r.compactString(),
    controllerId: r.int32(),
    brokers: readArrayOfDescribeClusterResponseDescribeClusterBroker(r, version),
    clusterAuthorizedOperations: r.int32(),
  }
  r.skipTaggedFields()
  return value
}

function writeDescribeClusterResponseDescribeClusterBroker(w: Writer, m: DescribeClusterResponseDescribeClusterBrokerInit, version: number): void {
  w.int32(m.brokerId)
  w.compactString(m.host)
  w.int32(m.port)
  w.compactNullableString(m.rack ?? null)
  if (version >= 2) w.boolean(m.isFenced ?? false)
  else { if (m.isFenced !== undefined && m.isFenced !== false) refuse('DescribeClusterResponseDescribeClusterBroker.isFenced', version) }
  w.uvarint(0)
}

function readDescribeClusterResponseDescribeClusterBroker(r: Reader, version: number): DescribeClusterResponseDescribeClusterBroker {
  const value: DescribeClusterResponseDescribeClusterBroker = {
    brokerId: r.int32(),
    host: r.compactString(),
    port: r.int32(),
    rack: r.compactNullableString(),
    isFenced: version >= 2 ? r.boolean() : false,
  }
  r.skipTaggedFields()
  return value
}

function writeArrayOfDescribeClusterResponseDescribeClusterBroker(w: Writer, list: readonly DescribeClusterResponseDescribeClusterBrokerInit[], version: number): void {
  writeLength(w, list.length, true)
  for (const element of list) writeDescribeClusterResponseDescribeClusterBroker(w, element, version)
}

function readArrayOfDescribeClusterResponseDescribeClusterBroker(r: Reader, version: number): DescribeClusterResponseDescribeClusterBroker[] {
  const length = readLength(r, true, 11, 5)
  const list: DescribeClusterResponseDescribeClusterBroker[] = []
  for (let index = 0; index < length; index++) list.push(readDescribeClusterResponseDescribeClusterBroker(r, version))
  return list
}

export function encodeDescribeClusterResponse(w: Writer, m: DescribeClusterResponseInit, version: number): void {
  if (version < 0 || version > 2) unwritable('DescribeClusterResponse', version)
  writeDescribeClusterResponse(w, m, version)
}

export function decodeDescribeClusterResponse(r: Reader, version: number): DescribeClusterResponse {
  if (version < 0 || version > 2) unreadable('DescribeClusterResponse', version, r)
  return readDescribeClusterResponse(r, version)
}

/** API key 60, versions 0-2. */
export const DescribeClusterApi: Api<DescribeClusterRequest, DescribeClusterRequestInit, DescribeClusterResponse, DescribeClusterResponseInit> = {
  key: 60,
  name: 'DescribeCluster',
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  encodeRequest: encodeDescribeClusterRequest,
  decodeRequest: decodeDescribeClusterRequest,
  encodeResponse: encodeDescribeClusterResponse,
  decodeResponse: decodeDescribeClusterResponse,
}
