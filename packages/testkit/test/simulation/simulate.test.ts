// Every simulation runs a few seeds, the same each time.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/simulation/main.ts', import.meta.url))

interface Finished {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

async function simulate(...parameters: string[]): Promise<Finished> {
  const child = spawn(process.execPath, [main, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>(resolve => child.once('close', resolve))
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await exit, output, errors }
}

test('sixteen seeds of every suite pass, and run the same when they are run again', async () => {
  const { code, output, errors } = await simulate('--seeds', '16', '--repeat', '5')
  assert.equal(code, 0, `${output}\n${errors}`)
  assert.match(output, /log: 16 of 16 seeds passed/)
  assert.match(output, /compaction: 16 of 16 seeds passed/)
  assert.match(output, /broker: 16 of 16 seeds passed/)
})

interface Defect {
  readonly what: string
  readonly mutation: string
  readonly suite: 'log' | 'broker'
  /** The first seed that found it, where that is far from 1. */
  readonly start?: number
  /** So many seeds are enough to find it. */
  readonly seedsMax: number
  readonly guarantee: RegExp
}

const defects: readonly Defect[] = [
  {
    what: 'a disk whose datasync lies is found by the storage checks',
    mutation: 'datasync-lies',
    suite: 'log',
    seedsMax: 20,
    // What was promised and is gone may show as records missing, or as files that contradict each other.
    guarantee: /acknowledged records are kept|never goes back|the log directory is sound/,
  },
  {
    what: 'a disk that answers datasync early is found by the storage checks',
    mutation: 'datasync-early',
    suite: 'log',
    seedsMax: 40,
    // What was promised and is gone may show as records missing, or as files that contradict each other.
    guarantee: /acknowledged records are kept|never goes back|the log directory is sound/,
  },
  {
    what: 'a bit that flips on the platter is found',
    mutation: 'bit-flip',
    suite: 'log',
    seedsMax: 20,
    guarantee: /FAILED {2}log seed \d+: /,
  },
  {
    what: 'a disk whose datasync lies is found by clients of the broker',
    mutation: 'datasync-lies',
    suite: 'broker',
    seedsMax: 40,
    guarantee: /FAILED {2}broker seed \d+: /,
  },
  {
    what: 'a broker that answers before its commit is found',
    mutation: 'acknowledge-early',
    suite: 'broker',
    seedsMax: 60,
    guarantee:
      /acknowledged records are kept|one record for ever|never go(es)? back|deleted ones go|fails to send/,
  },
  {
    what: 'a producer that sends again as new is found',
    mutation: 'resend-as-new',
    suite: 'broker',
    start: 7,
    seedsMax: 80,
    guarantee: /idempotent producers write each record once/,
  },
  {
    what: 'a consumer that commits what it has not been given is found',
    mutation: 'commit-ahead',
    suite: 'broker',
    seedsMax: 80,
    guarantee: /consumers see every record/,
  },
]

for (const { what, mutation, suite, start = 1, seedsMax, guarantee } of defects) {
  test(what, async () => {
    const bound = [
      '--start',
      String(start),
      '--seeds',
      String(seedsMax),
      '--repeat',
      '0',
      '--workers',
      '1',
      '--fail-fast',
    ]
    const { code, errors } = await simulate(...bound, '--suite', suite, '--mutation', mutation)
    assert.equal(code, 1, `no seed of ${seedsMax} finds ${mutation}`)
    assert.match(errors, guarantee)
    const replay = /replay: npm run simulate -- (.*)/.exec(errors)?.[1]
    assert.ok(replay, errors)
    const again = await simulate(...replay.split(' '))
    assert.equal(again.code, 1, 'the printed command does not fail again')
  })
}

test('a wrong argument is explained', async () => {
  const { code, errors } = await simulate('--seeds', 'many')
  assert.equal(code, 2)
  assert.match(errors, /--seeds wants a whole number, not "many"/)
  assert.match(errors, /npm run simulate/)
})
