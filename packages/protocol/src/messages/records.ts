// Fields of type `records`: record batches, taken as they are. In memory a list of chunks, each from a batch boundary on.
import { DecodeError } from '../bytes/errors.ts'
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'

/** One chunk: a view of the reader's buffer. */
export function readRecords(r: Reader, flexible: boolean): readonly Buffer[] {
  return [flexible ? r.compactBytes() : r.bytes()]
}

export function readNullableRecords(r: Reader, flexible: boolean): readonly Buffer[] | null {
  const at = r.offset
  const length = flexible ? r.uvarint() - 1 : r.int32()
  if (length === -1) return null
  if (length < 0) throw new DecodeError(`records of length ${length}`, at)
  return [r.view(length)]
}

/** Chunks are linked into the output, not copied: they must not change until it is sent. */
export function writeRecords(w: Writer, chunks: readonly Uint8Array[], flexible: boolean): void {
  let length = 0
  for (const chunk of chunks) length += chunk.length
  if (flexible) w.uvarint(length + 1)
  else w.int32(length)
  for (const chunk of chunks) w.raw(chunk)
}

export function writeNullableRecords(
  w: Writer,
  chunks: readonly Uint8Array[] | null,
  flexible: boolean,
): void {
  if (chunks !== null) writeRecords(w, chunks, flexible)
  else if (flexible) w.uvarint(0)
  else w.int32(-1)
}
