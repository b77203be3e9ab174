// An application of KafkaJS, whole (`examples/kafkajs-orders`): on KafkaJS and on ours it prints the same.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { withCluster } from '@millrace/testkit'

const program = fileURLToPath(new URL('../../../../../examples/kafkajs-orders/main.ts', import.meta.url))

/** What the program prints with one library. Rejects with what it says went wrong. */
function run(library: string, brokers: readonly string[], name: string): Promise<string> {
  const env = {
    ...process.env,
    LIBRARY: library,
    KAFKA_URI: brokers.join(','),
    RUN: name,
    // KafkaJS sets timers in the past, which Node warns of.
    NODE_NO_WARNINGS: '1',
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@millrace/source', program], { env })
    let printed = ''
    let wrong = ''
    child.stdout.on('data', chunk => (printed += String(chunk)))
    child.stderr.on('data', chunk => (wrong += String(chunk)))
    child.on('error', reject)
    child.on('close', code => (code === 0 ? resolve(printed) : reject(new Error(`${library}: ${wrong}`))))
  })
}

test('a KafkaJS application does the same on ours as on KafkaJS', { timeout: 240_000 }, () =>
  withCluster(async ({ brokers, uniqueName }) => {
    const ours = await run('@millrace/client/kafkajs', brokers, uniqueName('ours'))
    assert.match(ours, /^placed: 60 orders/)
    assert.match(ours, /left: pricing 0, warehouse 0/)
    assert.equal(ours, await run('kafkajs', brokers, uniqueName('theirs')))
  }),
)
