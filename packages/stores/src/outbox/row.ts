// A row of an outbox: a record in bytes, and where its order is kept. Pure.
import { createHash } from 'node:crypto'
import type { EncodedRecord } from '@millrace/client'

/** Parts of an outbox that relays divide among themselves. A record's order is kept within one. */
export const shardCount = 32

/** A header as rows have it. */
export interface RowHeader {
  readonly key: string
  readonly value: Buffer | null
}

/** What is written into a row. */
export interface NewRow {
  /** Which row the record is, whoever sends it how often. */
  readonly id: string
  readonly topic: string
  readonly partition: number | null
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** As text: {@link headersText}. */
  readonly headers: string
  /** Of the record, in ms since the epoch. */
  readonly timestamp: number
  /** Records of one lane are sent one after the other. */
  readonly lane: number
  readonly shard: number
  /** Bytes of key, value and headers. */
  readonly size: number
}

/** What a relay reads first: enough to choose what to send. */
export interface RowHead {
  readonly seq: number
  readonly shard: number
  readonly lane: number
  readonly topic: string
  readonly size: number
  /** How long it has waited, in ms. */
  readonly ageMs: number
}

/** What it sends. */
export interface OutboxRow extends RowHead {
  readonly id: string
  readonly partition: number | null
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly RowHeader[]
  readonly timestamp: number
}

/** Makes a row of a record. `now`: its timestamp where it has none. */
export function rowOf(record: EncodedRecord, id: string, now: number): NewRow {
  const { topic, partition = -1, timestamp = now } = record
  const key = bytesOf(record.key ?? null)
  const value = bytesOf(record.value)
  const headers = headersText(
    (record.headers ?? []).map(header => ({ key: header.key, value: bytesOf(header.value ?? null) })),
  )
  const lane = laneOf(topic, key, id)
  return {
    id,
    topic,
    partition: partition >= 0 ? partition : null,
    key,
    value,
    headers,
    timestamp,
    lane,
    shard: lane % shardCount,
    size: (key?.length ?? 0) + (value?.length ?? 0) + headers.length,
  }
}

function bytesOf(given: string | Uint8Array | null): Buffer | null {
  if (given === null) return null
  // A copy would be a waste: rows are written at once, or hold what a serde has made.
  return typeof given === 'string'
    ? Buffer.from(given)
    : Buffer.from(given.buffer, given.byteOffset, given.length)
}

/** 48 bits of a hash: of the topic and the key, whose records stay in order; without a key of the row itself, which has no order to keep. */
export function laneOf(topic: string, key: Buffer | null, id: string): number {
  const hash = createHash('sha1')
  if (key === null) hash.update(`row ${id}`)
  else hash.update(`key ${topic}\0`).update(key)
  return hash.digest().readUIntBE(0, 6)
}

type HeaderText = readonly [string, string | null] | readonly [string, string, 'base64']

/** Headers as JSON: text as it is, and other bytes in base64. */
export function headersText(headers: readonly RowHeader[]): string {
  return JSON.stringify(
    headers.map(({ key, value }): HeaderText => {
      if (value === null) return [key, null]
      const text = value.toString()
      return Buffer.from(text).equals(value) ? [key, text] : [key, value.toString('base64'), 'base64']
    }),
  )
}

/** Reads them back. */
export function headersOf(text: string): RowHeader[] {
  return (JSON.parse(text) as HeaderText[]).map(([key, value, encoding]) => ({
    key,
    value: value === null ? null : Buffer.from(value, encoding ?? 'utf8'),
  }))
}
