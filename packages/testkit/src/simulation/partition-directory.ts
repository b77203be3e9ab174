// Reads the files of a cleanly closed partition by their documented formats, and with code of its own: the product's readers are what is on trial.
import { crc32c } from './crc.ts'
import { Violation } from './violation.ts'

/** One batch of a segment, as its header says. */
interface BatchPlace {
  readonly position: number
  readonly baseOffset: number
  readonly lastOffset: number
  readonly maxTimestamp: number
}

/** What a partition's directory holds. */
export interface PartitionContent {
  readonly batches: number
  /** Offset after the last batch; the base offset of the last segment when that is empty. */
  readonly endOffset: number
}

const headerBytes = 61

/** Checks every `.log`, `.index` and `.timeindex` of one directory; `files` by name. Throws a `Violation`. */
export function checkPartitionDirectory(
  directory: string,
  files: ReadonlyMap<string, Buffer>,
): PartitionContent {
  const logs = [...files.keys()].filter(name => /^\d{20}\.log$/.test(name)).toSorted()
  let batches = 0
  let nextOffset = -1
  for (const name of logs) {
    const path = `${directory}/${name}`
    const baseOffset = Number(name.slice(0, 20))
    if (baseOffset < nextOffset)
      unsound(path, `begins before offset ${nextOffset}, where the one before ends`)
    const places = readSegment(path, files.get(name)!, Math.max(baseOffset, nextOffset))
    checkOffsetIndex(path, baseOffset, places, files.get(name.replace('.log', '.index')))
    checkTimeIndex(path, baseOffset, places, files.get(name.replace('.log', '.timeindex')))
    batches += places.length
    nextOffset = (places.at(-1)?.lastOffset ?? baseOffset - 1) + 1
  }
  return { batches, endOffset: Math.max(0, nextOffset) }
}

function unsound(path: string, detail: string): never {
  throw new Violation('the log directory is sound', `${path} ${detail}`)
}

function readSegment(path: string, bytes: Buffer, lowestOffset: number): BatchPlace[] {
  const places: BatchPlace[] = []
  let nextOffset = lowestOffset
  for (let position = 0; position < bytes.length; ) {
    const where = `at position ${position}`
    if (position + headerBytes > bytes.length) unsound(path, `ends in the middle of a batch ${where}`)
    const size = 12 + bytes.readInt32BE(position + 8)
    if (size < headerBytes || position + size > bytes.length)
      unsound(path, `has a batch of ${size} bytes ${where}`)
    if (bytes[position + 16] !== 2) unsound(path, `has magic ${bytes[position + 16]} ${where}`)
    const crc = crc32c(bytes.subarray(position + 21, position + size))
    if (bytes.readUInt32BE(position + 17) !== crc) unsound(path, `has a wrong checksum ${where}`)
    const baseOffset = Number(bytes.readBigInt64BE(position))
    const lastOffset = baseOffset + bytes.readInt32BE(position + 23)
    if (baseOffset < nextOffset)
      unsound(path, `goes back from ${nextOffset} to offset ${baseOffset} ${where}`)
    places.push({
      position,
      baseOffset,
      lastOffset,
      maxTimestamp: Number(bytes.readBigInt64BE(position + 35)),
    })
    nextOffset = lastOffset + 1
    position += size
  }
  return places
}

/** 8-byte entries: offset of a batch's last record relative to the segment, position of that batch. */
function checkOffsetIndex(
  path: string,
  baseOffset: number,
  places: readonly BatchPlace[],
  index: Buffer | undefined,
): void {
  if (!index) return unsound(path, 'has no offset index')
  if (index.length % 8 !== 0) unsound(path, `has an offset index of ${index.length} bytes`)
  const byPosition = new Map(places.map(place => [place.position, place]))
  let last = -1
  for (let at = 0; at < index.length; at += 8) {
    const offset = baseOffset + index.readInt32BE(at)
    const position = index.readInt32BE(at + 4)
    if (byPosition.get(position)?.lastOffset !== offset) {
      unsound(path, `has an offset index entry ${offset} → ${position} where no such batch is`)
    }
    if (position <= last) unsound(path, `has an offset index that goes back to position ${position}`)
    last = position
  }
}

/** 12-byte entries: largest timestamp so far, relative offset of the record (or batch end) that has it. */
function checkTimeIndex(
  path: string,
  baseOffset: number,
  places: readonly BatchPlace[],
  index: Buffer | undefined,
): void {
  if (!index) return unsound(path, 'has no time index')
  if (index.length % 12 !== 0) unsound(path, `has a time index of ${index.length} bytes`)
  let lastTimestamp = Number.NEGATIVE_INFINITY
  for (let at = 0; at < index.length; at += 12) {
    const timestamp = Number(index.readBigInt64BE(at))
    const offset = baseOffset + index.readInt32BE(at + 8)
    if (timestamp <= lastTimestamp) unsound(path, `has a time index that does not rise at ${timestamp}`)
    const holder = places.find(place => place.baseOffset <= offset && offset <= place.lastOffset)
    if (holder?.maxTimestamp !== timestamp) {
      unsound(
        path,
        `has a time index entry ${timestamp} → ${offset}, and that batch has ${holder?.maxTimestamp}`,
      )
    }
    lastTimestamp = timestamp
  }
}
