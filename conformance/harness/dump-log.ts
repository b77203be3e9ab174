// Kafka's DumpLogSegments over a data folder: it reads every segment, index and snapshot, and compares indexes with their logs.
import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from './paths.ts'
import type { Stage } from './stage.ts'

const kinds = /\.(log|index|timeindex|txnindex|snapshot|checkpoint)$/
/** Kafka's snapshot of the quorum, written when a folder is formatted; not a segment. */
const bootstrap = /^bootstrap\.checkpoint$/
/**
 * What the tool prints when something is wrong; it ends with code 0 all the same. It also counts from -1 in every segment and
 * so finds a gap at the start of each but the first, which is none.
 */
const complaints = /mismatch|not found|out of order|Exception|invalid|isvalid: false|^ +\d+ is followed by/i

/** Every file of the log directory that the tool can read and that has something in it. */
export function dumpableFiles(dataDir: string): string[] {
  return filesUnder(dataDir)
    .filter(name => kinds.test(name) && !bootstrap.test(name) && !/-delete\//.test(name))
    .map(name => join(dataDir, name))
    .filter(path => statSync(path).size > 0)
}

/** Characters of file names in one command: the system takes no longer argument. */
const namesMax = 100_000

/** Dumps files and fails when the tool complains or leaves one out. Returns what it printed. */
export async function dump(
  stage: Stage,
  files: readonly string[],
  flags: readonly string[],
): Promise<string> {
  const longest = Math.max(1, ...files.map(({ length }) => length + 1))
  const filesMax = Math.floor(namesMax / longest)
  let output = ''
  for (let at = 0; at < files.length; at += filesMax)
    output += await dumpSome(stage, files.slice(at, at + filesMax), flags)
  return output
}

async function dumpSome(stage: Stage, files: readonly string[], flags: readonly string[]): Promise<string> {
  const all = [...flags, '--files', files.join(',')]
  const { stdout, stderr } = await stage.java('DumpLogSegments', all, { timeoutMs: 120_000 })
  const complaint = `${stdout}\n${stderr}`.split('\n').find(line => complaints.test(line))
  assert.equal(complaint, undefined, `DumpLogSegments complains: ${complaint}`)
  for (const file of files) assert.ok(stdout.includes(`Dumping ${file}`), `${file} was not dumped`)
  return stdout
}

/** One check of a stopped broker's folder: all of it reads well. */
export async function checkDataDir(stage: Stage, dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return
  const files = dumpableFiles(dataDir)
  await stage.check(`kafka-dump-log reads the ${files.length} files that the broker left`, async () => {
    const output = await dump(stage, files, ['--deep-iteration', '--skip-record-metadata'])
    assert.match(output, /isvalid: true/)
  })
}
