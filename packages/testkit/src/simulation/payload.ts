// Values that know who they are: what a simulated producer sends, and how a consumer proves that it got exactly that.
import { hashText, SimRandom } from '../sim/index.ts'

/** Who sent a record, and its number in that producer's sequence for one partition. */
export interface RecordId {
  readonly producer: string
  readonly number: number
}

export function formatRecordId(id: RecordId): string {
  return `${id.producer}:${id.number}`
}

/** `producer:number:length:filler`; the filler follows from the id, so that every byte can be checked. */
export function encodePayload(id: RecordId, fillerBytes: number): Buffer {
  const head = `${formatRecordId(id)}:${fillerBytes}:`
  return Buffer.concat([Buffer.from(head), filler(head, fillerBytes)])
}

/** The id inside a value, or undefined when not every byte is as it was sent. */
export function decodePayload(value: Uint8Array | null): RecordId | undefined {
  if (value === null) return undefined
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.length)
  const match = /^([^:]+):(\d+):(\d+):/.exec(bytes.subarray(0, 64).toString('latin1'))
  if (!match) return undefined
  const head = match[0]
  const expected = filler(head, Number(match[3]))
  if (!bytes.subarray(head.length).equals(expected)) return undefined
  return { producer: match[1]!, number: Number(match[2]) }
}

function filler(head: string, length: number): Buffer {
  return new SimRandom(hashText(head)).bytes(length)
}
