// Arrays of primitives, and the lengths of arrays: int32, or unsigned varint of length + 1 in flexible versions.
import { DecodeError } from '../bytes/errors.ts'
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'

/**
 * Length of an array that may not be null. Refuses a length that the bytes left cannot hold, `elementBytesMin` being the
 * least an element takes; `elementValues` (fields of an element) counts against what one message may make of memory.
 */
export function readLength(
  r: Reader,
  flexible: boolean,
  elementBytesMin: number,
  elementValues: number,
): number {
  const at = r.offset
  const length = readNullableLength(r, flexible, elementBytesMin, elementValues)
  if (length < 0) throw new DecodeError('an array that may not be null is null', at)
  return length
}

/** The same, −1 for null. */
export function readNullableLength(
  r: Reader,
  flexible: boolean,
  elementBytesMin: number,
  elementValues: number,
): number {
  return flexible
    ? r.compactArrayLength(elementBytesMin, elementValues)
    : r.arrayLength(elementBytesMin, elementValues)
}

export function writeLength(w: Writer, length: number, flexible: boolean): void {
  if (flexible) w.compactArrayLength(length)
  else w.arrayLength(length)
}

export function readInt8s(r: Reader, flexible: boolean): number[] {
  const length = readLength(r, flexible, 1, 1)
  const list: number[] = []
  for (let index = 0; index < length; index++) list.push(r.int8())
  return list
}

export function writeInt8s(w: Writer, list: readonly number[], flexible: boolean): void {
  writeLength(w, list.length, flexible)
  for (const value of list) w.int8(value)
}

export function readInt16s(r: Reader, flexible: boolean): number[] {
  const length = readLength(r, flexible, 2, 1)
  const list: number[] = []
  for (let index = 0; index < length; index++) list.push(r.int16())
  return list
}

export function writeInt16s(w: Writer, list: readonly number[], flexible: boolean): void {
  writeLength(w, list.length, flexible)
  for (const value of list) w.int16(value)
}

function int32s(r: Reader, length: number): number[] {
  const list: number[] = []
  for (let index = 0; index < length; index++) list.push(r.int32())
  return list
}

export function readInt32s(r: Reader, flexible: boolean): number[] {
  return int32s(r, readLength(r, flexible, 4, 1))
}

export function readNullableInt32s(r: Reader, flexible: boolean): number[] | null {
  const length = readNullableLength(r, flexible, 4, 1)
  return length < 0 ? null : int32s(r, length)
}

export function writeInt32s(w: Writer, list: readonly number[], flexible: boolean): void {
  writeLength(w, list.length, flexible)
  for (const value of list) w.int32(value)
}

export function writeNullableInt32s(w: Writer, list: readonly number[] | null, flexible: boolean): void {
  if (list === null) writeLength(w, -1, flexible)
  else writeInt32s(w, list, flexible)
}

export function readInt64s(r: Reader, flexible: boolean): number[] {
  const length = readLength(r, flexible, 8, 1)
  const list: number[] = []
  for (let index = 0; index < length; index++) list.push(r.int64())
  return list
}

export function writeInt64s(w: Writer, list: readonly number[], flexible: boolean): void {
  writeLength(w, list.length, flexible)
  for (const value of list) w.int64(value)
}

function uuids(r: Reader, length: number): string[] {
  const list: string[] = []
  for (let index = 0; index < length; index++) list.push(r.uuid())
  return list
}

export function readUuids(r: Reader, flexible: boolean): string[] {
  return uuids(r, readLength(r, flexible, 16, 1))
}

export function readNullableUuids(r: Reader, flexible: boolean): string[] | null {
  const length = readNullableLength(r, flexible, 16, 1)
  return length < 0 ? null : uuids(r, length)
}

export function writeUuids(w: Writer, list: readonly string[], flexible: boolean): void {
  writeLength(w, list.length, flexible)
  for (const value of list) w.uuid(value)
}

export function writeNullableUuids(w: Writer, list: readonly string[] | null, flexible: boolean): void {
  if (list === null) writeLength(w, -1, flexible)
  else writeUuids(w, list, flexible)
}

function strings(r: Reader, length: number, flexible: boolean): string[] {
  const list: string[] = []
  for (let index = 0; index < length; index++) list.push(flexible ? r.compactString() : r.string())
  return list
}

export function readStrings(r: Reader, flexible: boolean): string[] {
  return strings(r, readLength(r, flexible, flexible ? 1 : 2, 1), flexible)
}

export function readNullableStrings(r: Reader, flexible: boolean): string[] | null {
  const length = readNullableLength(r, flexible, flexible ? 1 : 2, 1)
  return length < 0 ? null : strings(r, length, flexible)
}

export function writeStrings(w: Writer, list: readonly string[], flexible: boolean): void {
  writeLength(w, list.length, flexible)
  for (const value of list) {
    if (flexible) w.compactString(value)
    else w.string(value)
  }
}

export function writeNullableStrings(w: Writer, list: readonly string[] | null, flexible: boolean): void {
  if (list === null) writeLength(w, -1, flexible)
  else writeStrings(w, list, flexible)
}
