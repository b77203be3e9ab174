// The quick reading of `up` and the grammar agree on every command line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import fc from 'fast-check'
import { registerUp } from '../src/commands/up.ts'
import type { UpOptions } from '../src/options/up.ts'
import { readUpArguments } from '../src/commands/up-arguments.ts'
import type { Context } from '../src/context.ts'

/** What the grammar makes of a command line; undefined when it refuses it or prints help. */
function readByGrammar(args: readonly string[]): UpOptions | undefined {
  const program = new Command('millrace')
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
  registerUp(program, {} as Context)
  let read: UpOptions | undefined
  const up = program.commands[0]!
  up.action((options: UpOptions) => {
    read = options
  })
  try {
    program.parse(args, { from: 'user' })
  } catch {
    return undefined
  }
  return read
}

test('an everyday command line of up is read without the grammar, and alike', () => {
  for (const line of [
    'up',
    'up --data-dir data',
    'up -p 0 -d data -q',
    'up --port=19092 --host 0.0.0.0 --log-format json -X a=b --set c=d --override e=f -t orders:6 --topic plain',
    'up -p9092 -ddata -c server.properties -qt x --host= --set=',
    'up -p 1 --host a --host b --',
  ]) {
    const args = line.split(' ')
    const read = readUpArguments(args)
    assert.ok(read, line)
    assert.deepEqual({ ...read }, { ...readByGrammar(args) }, line)
  }
})

test('what needs to be explained is left to the grammar', () => {
  for (const line of [
    '',
    'topic list',
    '-q up',
    'up --help',
    'up -h',
    'up more',
    'up --prot 1',
    'up -p',
    'up -p x',
    'up -p -1',
    'up -p 99999999999999999999',
    'up --no-quiet',
    'up --quiet=yes',
    'up --log-format xml',
    'up -X -a=b',
    'up -p 1 -p 2',
    'up --log-format json --log-format pretty',
  ]) {
    assert.equal(readUpArguments(line.split(' ')), undefined, line)
  }
})

test('whatever is read without the grammar, the grammar reads alike', () => {
  const value = fc.constantFrom(
    '',
    '0',
    '9092',
    '1e3',
    ' 7',
    'a=b',
    'x:3',
    'json',
    'pretty',
    '-',
    '--',
    '-x',
    'up',
    '=',
  )
  const name = fc.constantFrom(
    '-p',
    '--port',
    '--host',
    '-d',
    '--data-dir',
    '-c',
    '--config',
    '-X',
    '--set',
    '--override',
    '-t',
    '--topic',
    '--log-format',
    '-q',
    '--quiet',
    '-qp',
    '-qq',
    '-qX',
    '-h',
    '--no-quiet',
    '--data',
  )
  const argument = fc.oneof(
    name.map(text => [text]),
    value.map(text => [text]),
    fc.tuple(name, value),
    fc.tuple(name, value).map(([option, text]) => [`${option}=${text}`]),
    fc.tuple(name, value).map(([option, text]) => [`${option}${text}`]),
  )
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 5 }), parts => {
      const args = ['up', ...parts.flat()]
      const read = readUpArguments(args)
      if (read) assert.deepEqual({ ...read }, { ...readByGrammar(args) })
    }),
    { numRuns: 3000 },
  )
})

test('every option of the grammar is known without it', () => {
  const program = new Command('millrace')
  registerUp(program, {} as Context)
  for (const { long, short, required } of program.commands[0]!.options) {
    const value = long === '--log-format' ? 'json' : '1'
    for (const name of [long, short]) {
      if (!name) continue
      const args = ['up', name, ...(required ? [value] : [])]
      const read = readUpArguments(args)
      assert.ok(read, name)
      assert.deepEqual({ ...read }, { ...readByGrammar(args) }, name)
    }
  }
})
