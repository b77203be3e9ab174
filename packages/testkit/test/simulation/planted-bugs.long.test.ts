// Every planted bug is found by the simulation, within a few seeds.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { plantedBugs } from '../../src/simulation/planted-bugs.ts'

const main = fileURLToPath(new URL('../../src/simulation/main.ts', import.meta.url))
const seedsMax = 60

for (const { name, what, suite } of plantedBugs) {
  test(`it is found when ${what} (${name})`, async () => {
    const bound = ['--seeds', String(seedsMax), '--repeat', '0', '--workers', '1', '--fail-fast']
    const child = spawn(process.execPath, [main, ...bound, '--suite', suite, '--mutation', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exit = new Promise<number | null>(resolve => child.once('close', resolve))
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
    assert.equal(await exit, 1, `no seed of ${seedsMax} finds it: ${output}`)
    assert.match(errors, new RegExp(`FAILED {2}${suite} seed \\d+: `), errors)
    assert.doesNotMatch(errors, /the simulation itself works/, errors)
  })
}
