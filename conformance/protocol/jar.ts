// Reads files out of jars: a zip's central directory, and entries stored or deflated.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

/*
 * End of central directory      … at 10: entries (u16), at 16: offset of the directory (u32)
 * Entry of the directory (46+)  at 10: method (u16), at 20: compressed size (u32), at 28/30/32: lengths of name, extra,
 *                               comment (u16), at 42: offset of the local header (u32), then the name
 * Local header (30+)            at 26/28: lengths of name and extra (u16), then those, then the data
 */
const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const stored = 0
const deflated = 8

export interface JarFile {
  readonly jar: string
  readonly path: string
  readonly text: string
}

/** Every file whose path `wanted` accepts, from all jars of a folder. */
export function filesOfJars(folder: string, wanted: (path: string) => boolean): JarFile[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.jar'))
    .sort()
    .flatMap(jar => filesOfJar(join(folder, jar), wanted).map(file => ({ ...file, jar })))
}

function filesOfJar(path: string, wanted: (path: string) => boolean): Omit<JarFile, 'jar'>[] {
  const bytes = readFileSync(path)
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end--
  if (end < 0) throw new Error(`${path} is no jar`)
  const count = bytes.readUInt16LE(end + 10)
  const files: Omit<JarFile, 'jar'>[] = []
  for (let index = 0, at = bytes.readUInt32LE(end + 16); index < count; index++) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error(`${path}: its directory is damaged`)
    const nameBytes = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes)
    if (wanted(name)) files.push({ path: name, text: contentOf(bytes, at) })
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

function contentOf(bytes: Buffer, entry: number): string {
  const method = bytes.readUInt16LE(entry + 10)
  const local = bytes.readUInt32LE(entry + 42)
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const data = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20))
  if (method === stored) return data.toString('utf8')
  if (method === deflated) return inflateRawSync(data).toString('utf8')
  throw new Error(`compression method ${method} in a jar`)
}
