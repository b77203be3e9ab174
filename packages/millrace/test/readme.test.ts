// What the README tells to type works.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startCluster } from './support/cluster.ts'

const entry = fileURLToPath(new URL('../bin/millrace.js', import.meta.url))

/** Runs a script in a shell in which `millrace` is the command; stops at the first line that fails. */
function shell(script: string, cwd: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(
    '/bin/sh',
    ['-ec', `millrace() { "${process.execPath}" "${entry}" "$@"; }\nset -x\n${script}`],
    { env: { ...process.env, NODE_OPTIONS: '', ...environment }, stdio: ['ignore', 'pipe', 'pipe'], cwd },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return new Promise<{ code: number | null; output: string }>(resolve =>
    child.on('close', code => resolve({ code, output })),
  )
}

test('the commands of the README work as they stand there', async context => {
  // What the commands write is not the repository's.
  const directory = mkdtempSync(join(tmpdir(), 'millrace-readme-'))
  context.after(() => rmSync(directory, { recursive: true, force: true }))
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const script = Array.from(readme.matchAll(/```sh\n(.*?)```/gs), found => found[1]!)
    // The others write into the home directory or do not end: "npm run snippets" gives them a place of their own.
    .filter(block => block.startsWith('millrace topic create orders'))
    .join('\n')
  assert.ok(script.split('\n').length > 10, 'the commands were found')
  await using cluster = await startCluster()
  const { code, output } = await shell(script, directory, { MILLRACE_BROKERS: cluster.broker.address })
  assert.equal(code, 0, output)
  assert.match(output, /^\d:0 \d{4}-\d\d-\d\dT.*Z user-1=created $/m)
  assert.match(output, /^billing {3}Empty, 0 members, lag 0$/m)
  assert.match(output, /^100,000 records in /m)
})
