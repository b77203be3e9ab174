// Reads the files of a partition with kafka-dump-log, in every way that it has.
import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { java } from './java.ts'

/** DumpLogSegments ends with code 0 whatever it finds. */
const complaints = /mismatch|not found|out of order|Exception|invalid|isvalid: false/i

/** Throws when it complains about a file of a partition's directory. */
export function dumpPartition(partition: string): void {
  const files = readdirSync(partition)
    .filter(name => /\.(log|index|timeindex|txnindex|snapshot)$/.test(name))
    .map(name => join(partition, name))
    .filter(path => statSync(path).size > 0)
  for (const flags of [
    ['--deep-iteration', '--print-data-log'],
    ['--index-sanity-check'],
    ['--verify-index-only'],
  ]) {
    const chosen = flags[0] === '--deep-iteration' ? files : files.filter(path => path.endsWith('index'))
    const output = java('org.apache.kafka.tools.DumpLogSegments', [...flags, '--files', chosen.join(',')])
    const complaint = output.split('\n').find(line => complaints.test(line))
    assert.equal(complaint, undefined, `kafka-dump-log ${flags.join(' ')} complains`)
    for (const file of chosen) assert.ok(output.includes(`Dumping ${file}`), `${file} was not dumped`)
  }
  console.log(`dump: kafka-dump-log reads ${files.length} files`)
}
