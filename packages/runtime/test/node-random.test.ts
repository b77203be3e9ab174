// Randomness as Node gives it.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { nodeRandom } from '../src/index.ts'

test('random bytes come in any number, the last as random as the first', () => {
  for (const length of [0, 1, 16, 65_536, 65_537, 200_000]) {
    const bytes = nodeRandom.bytes(length)
    assert.equal(bytes.length, length)
    if (length < 16) continue
    assert.notDeepEqual(bytes.subarray(-16), Buffer.alloc(16))
    assert.notDeepEqual(bytes, nodeRandom.bytes(length))
  }
})

test('where the system has its source as a file, Node’s cryptography is not loaded for it', async t => {
  if (!existsSync('/dev/urandom')) return t.skip('there is no such file')
  const program = `import { nodeRandom } from ${JSON.stringify(new URL('../src/node-random.ts', import.meta.url).href)}
    const bytes = nodeRandom.bytes(300_000)
    console.log(JSON.stringify([bytes.subarray(-16).toString('hex'), process.moduleLoadList]))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  const [last, modules] = JSON.parse(stdout) as [string, string[]]
  assert.notEqual(last, '00'.repeat(16))
  assert.deepEqual(
    modules.filter(name => name.includes('crypto')),
    [],
  )
})
