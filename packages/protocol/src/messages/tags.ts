// Tagged fields (KIP-482): a section of count × (tag, size, bytes) at the end of each struct of a flexible version.
import { DecodeError } from '../bytes/errors.ts'
import type { Reader } from '../bytes/reader.ts'
import type { Writer } from '../bytes/writer.ts'

/** Reads the size of a tagged field and returns the offset where the field ends. */
export function tagEnd(r: Reader): number {
  const size = r.uvarint()
  if (size > r.remaining)
    throw new DecodeError(`a tagged field of ${size} bytes, ${r.remaining} left`, r.offset)
  return r.offset + size
}

export function wrongTagLength(r: Reader, message: string, tag: number): never {
  throw new DecodeError(`${message}: tagged field ${tag} is not as long as it says`, r.offset)
}

/** Writes tag, size and the bytes that `scratch` holds. */
export function writeTag(w: Writer, tag: number, scratch: Writer): void {
  w.uvarint(tag)
  w.uvarint(scratch.length)
  for (const chunk of scratch.finish()) w.raw(chunk)
}
