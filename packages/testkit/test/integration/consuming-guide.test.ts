// The programs of docs/client/consuming.md, as they stand there: every record is handled, in order, whatever fails on the way.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { Admin, Producer } from '@millrace/client'
import { eventually, withCluster } from '@millrace/testkit'

const timeout = 120_000
const count = 10
const guide = new URL('../../../../docs/client/consuming.md', import.meta.url)
const programs = [...(await readFile(guide, 'utf8')).matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code]) => code!,
)

/** Runs a program of the guide against a topic of its own in place of `orders`, until it has told of all records. */
async function runProgram(code: string, brokers: readonly string[], topic: string): Promise<string[]> {
  const program = code
    .replaceAll("'orders'", `'${topic}'`)
    .replaceAll("'orders-failed'", `'${topic}-failed'`)
    .replace(/groupId: '(.*?)'/, `groupId: '${topic}-$1'`)
  const child = spawn(
    process.execPath,
    ['--conditions=@millrace/source', '--no-warnings', '--input-type=module-typescript', '--eval', program],
    {
      cwd: new URL('.', import.meta.url),
      env: { ...process.env, KAFKA_URI: brokers.join(), NODE_OPTIONS: '' },
    },
  )
  const ended = once(child, 'exit')
  let output = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const lines = () => output.split('\n').slice(0, -1)
  try {
    await eventually(
      `the program tells of ${count} records`,
      () => lines().length >= count || child.exitCode !== null,
      60_000,
    )
  } finally {
    child.kill('SIGTERM')
  }
  const [exitCode] = (await ended) as [number | null]
  assert.equal(exitCode, 0, complaints)
  return lines()
}

test('the guide has its three programs', () => {
  assert.equal(programs.length, 3)
})

programs.forEach((code, index) => {
  test(`program ${index + 1} of the guide handles every record in order`, { timeout }, () =>
    withCluster(async ({ brokers, createTopic }) => {
      const topic = await createTopic()
      await using producer = new Producer({ brokers })
      await producer.sendBatch(
        Array.from({ length: count }, (_, number) => ({ topic, value: `order-${number}` })),
      )
      const lines = await runProgram(code, brokers, topic)
      const aside = code.includes('set aside')
      assert.deepEqual(
        lines,
        Array.from({ length: count }, (_, number) =>
          aside && number === 3 ? 'set aside order-3' : `handled order-${number}`,
        ),
      )
      await using admin = new Admin({ brokers })
      const [group] = (await admin.listGroups()).filter(({ groupId }) => groupId.startsWith(topic))
      const [offset] = await admin.groupOffsets(group!.groupId)
      assert.equal(offset?.offset, count)
    }),
  )
})
