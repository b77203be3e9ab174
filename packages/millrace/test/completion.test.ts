// Completion of command lines, by the grammar and the cluster; help and version.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startCluster } from './support/cluster.ts'
import { runInside } from './support/inside.ts'

const bin = fileURLToPath(new URL('../bin/millrace.js', import.meta.url))

test('what may come next is found in the grammar and in the cluster', async () => {
  await using cluster = await startCluster({ 'num.partitions': 1 })
  await cluster.out(['topic', 'create', 'orders', 'orders-copy', 'payments'])
  await cluster.out(['produce', 'orders'], 'x\n')
  await cluster.out(['consume', 'orders', '-g', 'billing', '-e'])
  const { address } = cluster.broker
  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [['pro'], ['produce']],
    [
      ['topic', 'de'],
      ['delete', 'describe'],
    ],
    [['t', 'tr'], ['trim']],
    [
      ['topic', 'describe', '-b', address, 'ord'],
      ['orders', 'orders-copy'],
    ],
    [['topic', 'describe', '-b', address, 'orders', 'ord'], ['orders-copy']],
    [['consume', `--brokers=${address}`, 'p'], ['payments']],
    [
      ['produce', '-b', address, ''],
      ['orders', 'orders-copy', 'payments'],
    ],
    [['group', 'reset', '-b', address, ''], ['billing']],
    [['group', 'reset', 'billing', '-b', address, '--topic', 'pay'], ['payments']],
    [['consume', 'orders', '-b', address, '-g', ''], ['billing']],
    [['produce', '-z', 'z'], ['zstd']],
    [['topic', 'create', '--if'], ['--if-not-exists']],
    [
      ['up', '--log-format', ''],
      ['json', 'pretty'],
    ],
    [
      ['completion', ''],
      ['bash', 'fish', 'zsh'],
    ],
    [
      ['txn', 'list', '-s', 'Prepare'],
      ['PrepareAbort', 'PrepareCommit'],
    ],
    [
      ['acl', 'create', '--operation', 'de'],
      ['delete', 'describe', 'describeConfigs', 'describeTokens'],
    ],
    [['quota', 'remove', '--quota', 'req'], ['request_percentage']],
    [
      ['client-metrics', 'alter', 'a', '--reset', 'm'],
      ['match', 'metrics'],
    ],
    [
      ['user', 'create', '--mechanism', ''],
      ['scram-sha-256', 'scram-sha-512'],
    ],
    [['topic', 'list', '--sasl-mechanism', 'o'], ['oauthbearer']],
    [['topic', 'create', '-b', address, ''], []],
    [['topic', 'describe', '-b', '127.0.0.1:1', ''], []],
    [['nonsense', ''], []],
  ]
  for (const [words, expected] of cases) {
    const { code, stdout } = await runInside(['__complete', '--', ...words])
    assert.deepEqual([code, stdout.split('\n').filter(Boolean)], [0, expected], words.join(' '))
  }
})

/** Runs a script in bash with `millrace` on its path. */
function bash(script: string): Promise<string> {
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise(resolve => child.on('close', () => resolve(output)))
}

test('the script of bash completes in bash', async () => {
  const millrace = `"${process.execPath}" "${bin}"`
  const output = await bash(`
    millrace() { ${millrace} "$@"; }
    source <(millrace completion bash)
    COMP_WORDS=(millrace topic de) COMP_CWORD=2
    _millrace
    echo "\${COMPREPLY[@]}"
    COMP_WORDS=(millrace produce -z "") COMP_CWORD=3
    _millrace
    echo "\${COMPREPLY[@]}"
  `)
  assert.equal(output, 'delete describe\ngzip lz4 none snappy zstd\n')
})

test('a name that a shell would expand is completed as a name, and runs nothing', async () => {
  await using cluster = await startCluster({ 'num.partitions': 1 })
  await cluster.out(['topic', 'create', 'orders'])
  for (const group of ['$(echo one >&2)', '`echo two >&2`', 'a *', 'line\nbreak'])
    await cluster.out(['consume', 'orders', '-g', group, '-e'])
  const output = await bash(`
    millrace() { "${process.execPath}" "${bin}" "$@"; }
    source <(millrace completion bash)
    COMP_WORDS=(millrace group describe -b ${cluster.broker.address} "") COMP_CWORD=5
    _millrace
    printf '%s\\n' "\${COMPREPLY[@]}"
  `)
  assert.equal(output, '\\$\\(echo\\ one\\ \\>\\&2\\)\n\\`echo\\ two\\ \\>\\&2\\`\na\\ \\*\n')
})

test('help and version are commands, too', async () => {
  const [help, nested, unknown, version, json] = await Promise.all([
    runInside(['help']),
    runInside(['help', 'topic', 'create']),
    runInside(['help', 'topic', 'crate']),
    runInside(['version']),
    runInside(['version', '--json']),
  ])
  assert.match(help.stdout, /^Usage: millrace \[options\] \[command\]/)
  assert.match(nested.stdout, /^Usage: millrace topic create /)
  assert.equal(unknown.code, 2)
  assert.match(unknown.stderr, /there is no command 'millrace topic crate'/)
  assert.match(version.stdout, /^millrace \d+\.\d+\.\d+ \(Node \d+\.\d+\.\d+, /)
  assert.deepEqual(Object.keys(JSON.parse(json.stdout) as object), ['millrace', 'node', 'platform'])
})
