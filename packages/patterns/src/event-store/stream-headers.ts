// The headers of events of a stream: what makes a log of all streams one of each. Pure.
//
//   __millrace.stream.version   the event's number in its stream, from 1 on; decimal text
//   __millrace.stream.append    id of the append that it was part of
import type { ReceivedHeader } from '@millrace/service'
import type { WrittenHeader } from '../records/written-header.ts'

const versionHeader = '__millrace.stream.version'
const appendHeader = '__millrace.stream.append'

export function streamHeaders(version: number, appendId: string): WrittenHeader[] {
  return [
    { key: versionHeader, value: String(version) },
    { key: appendHeader, value: appendId },
  ]
}

/** The event's number in its stream; undefined for a record that no store has written. */
export function versionOf(headers: readonly ReceivedHeader[]): number | undefined {
  const text = headers.findLast(({ key }) => key === versionHeader)?.value?.toString()
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

export function appendIdOf(headers: readonly ReceivedHeader[]): string | undefined {
  return headers.findLast(({ key }) => key === appendHeader)?.value?.toString()
}
