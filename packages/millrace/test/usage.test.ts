// Help, mistakes, and brokers that do not answer.
import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import type { Command } from 'commander'
import type { Context } from '../src/context.ts'
import { buildProgram } from '../src/program.ts'
import { run, start } from './support/command.ts'
import { runInside } from './support/inside.ts'

/** Every command that is not hidden, by its names. */
function commandsOf(command: Command, path: readonly string[] = []): string[][] {
  const shown = command.createHelp().visibleCommands(command)
  return [[...path], ...shown.flatMap(next => commandsOf(next, [...path, next.name()]))]
}

const terminal = { chooseColors: () => {}, colors: { output: false, messages: false } }
const commands = commandsOf(buildProgram({ terminal } as unknown as Context))

test('the commands are these', () => {
  assert.deepEqual(
    commands.map(path => path.join(' ')).join(', '),
    [
      ', up, topic, topic create, topic list, topic describe, topic offsets, topic alter, topic trim, topic delete',
      'produce, consume, group, group list, group describe, group lag, group reset, group delete, group delete-offsets',
      'dlq, dlq list, dlq show, dlq edit, dlq redrive, dlq purge, logs, cluster',
      'acl, acl create, acl list, acl delete, user, user create, user list, user delete',
      'quota, quota list, quota set, quota remove',
      'client-metrics, client-metrics list, client-metrics describe, client-metrics alter, client-metrics delete',
      'txn, txn list, txn describe, txn producers, txn hanging, txn abort, txn fence',
      'features, features describe, features upgrade, features downgrade',
      'perf, perf produce, perf consume, context, context create, context use, context list, context show, context delete',
      'completion, help, version',
    ].join(', '),
  )
})

test('the help of every command fits 80 columns, says what it does, and has an example', async () => {
  const helps = await Promise.all(commands.map(command => runInside([...command, '--help'])))
  helps.forEach(({ code, stdout, stderr }, index) => {
    const name = ['millrace', ...commands[index]!].join(' ')
    assert.deepEqual([code, stderr], [0, ''], name)
    assert.ok(stdout.startsWith(`Usage: ${name}`), stdout)
    assert.match(stdout, new RegExp(`\\nExamples:\\n.*${commands[index]!.join(' ')}`), name)
    const tooLong = stdout.split('\n').filter(line => line.length > 80)
    assert.deepEqual(tooLong, [], name)
  })
})

test('what a command line lacks is said in few lines, with how the command is used', async () => {
  for (const [args, message] of [
    [
      ['topic', 'create'],
      /^millrace: missing required argument 'name'\nUsage: millrace topic create \[options\] <name\.\.\.>\n\("millrace topic create --help" tells what there is\)\n$/,
    ],
    [
      ['group', 'delete-offsets', 'billing'],
      /^millrace: missing --topic, which says of what\nUsage: .*\n.*--help.*\n$/,
    ],
    [['group', 'reset', 'g'], /^millrace: missing --to, .*\nUsage: .*\n.*--help.*\n$/],
  ] as const) {
    const { code, stdout, stderr } = await runInside(args)
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, message)
  }
})

test('what is meant is named, too, where it is called otherwise here', async () => {
  for (const [args, message] of [
    [
      ['group', 'delete-offsets', 'billing', 'orders'],
      /too many arguments .*\nTopics are named with --topic\.\n/,
    ],
    [['up', '--dir', 'x'], /unknown option '--dir'\n\(Did you mean --data-dir\?\)/],
    [['topic', 'create', 'x', '--replication-factor', '3'], /\(Did you mean --replicas\?\)/],
    [['topic', 'list', '--bootstrap-server=x:1'], /\(Did you mean --brokers\?\)/],
    [['consume', 'x', '--from-beginning'], /\(Did you mean --offset\?\)/],
  ] as const) {
    const { code, stderr } = await runInside(args)
    assert.equal(code, 2)
    assert.match(stderr, message)
  }
})

test('in a narrow terminal no word of a help text is broken, and lines to copy stay whole', () => {
  const width = 60
  for (const path of commands) {
    const program = buildProgram({ terminal } as unknown as Context)
    let command: Command = program
    for (const name of path) command = command.commands.find(each => each.name() === name)!
    let help = ''
    command.configureOutput({ getOutHelpWidth: () => width, writeOut: text => (help += text) })
    command.outputHelp()
    const [text = ''] = help.split('\nExamples:\n')
    const tooLong = text.split('\n').filter(line => line.length > width && line.trim().includes(' '))
    assert.deepEqual(tooLong, [], path.join(' '))
  }
})

test('a value that an argument cannot have is refused with those that it can', async () => {
  const { code, stderr } = await runInside(['completion', 'tcsh'])
  assert.equal(code, 2)
  assert.match(
    stderr,
    /^millrace: 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n/,
  )
})

test('a port that there cannot be is refused as such', async () => {
  const { code, stderr } = await runInside(['up', '--port', '99999'])
  assert.equal(code, 2)
  assert.match(stderr, /argument '99999' is invalid. A whole number from 0 to 65535 is wanted/)
})

test('what is not in the grammar is answered with the nearest that is', async () => {
  const [command, option, argument, version, nothing] = await Promise.all([
    run(['prodcue']),
    run(['up', '--prot', '1']),
    run(['topic', 'create']),
    run(['--version']),
    run([]),
  ])
  assert.deepEqual(
    [command, option, argument, version, nothing].map(({ code }) => code),
    [2, 2, 2, 0, 2],
  )
  assert.match(command.stderr, /^millrace: unknown command 'prodcue'\n\(Did you mean produce\?\)/)
  assert.match(option.stderr, /^millrace: unknown option '--prot'\n\(Did you mean --port\?\)/)
  assert.match(argument.stderr, /^millrace: missing required argument 'name'/)
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/)
  assert.match(nothing.stderr, /^Usage: millrace/)
})

test('no broker: the command says what it waits for, gives up in time, and ends with 5', async () => {
  const commandLines = [
    ['topic', 'list'],
    ['topic', 'describe', 'x'],
    ['consume', 'x', '-o', 'start'],
    ['consume', 'x', '-g', 'g'],
    ['group', 'list'],
  ]
  const outcomes = await Promise.all(
    commandLines.map(line => run([...line, '-b', '127.0.0.1:1', '--timeout', '3s'])),
  )
  for (const { code, stderr } of outcomes) {
    assert.match(
      stderr,
      /^cannot connect to 127\.0\.0\.1:1 \(ECONNREFUSED\), trying again for 3 s \(--timeout\)$/m,
    )
    assert.equal(code, 5, stderr)
    assert.match(stderr, /ECONNREFUSED.*\n {2}is a broker running there\?/)
  }
})

/** Something that takes connections and never says anything. */
async function silentServer(): Promise<AsyncDisposable & { readonly address: string }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => sockets.add(socket.on('error', () => {})))
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(closed => server.close(closed))
    },
  }
}

test('Ctrl-C ends a command at once that waits for an answer which never comes', async () => {
  await using server = await silentServer()
  const commandLines = [
    ['topic', 'list'],
    ['consume', 'x', '-g', 'g'],
    ['perf', 'consume', 'x'],
  ]
  await Promise.all(
    commandLines.map(async line => {
      await using waiting = start([...line, '-b', server.address, '--timeout', '10m'])
      await waiting.waitFor(/no answer from/)
      waiting.process.kill('SIGINT')
      assert.equal((await waiting.ended).code, 130, line.join(' '))
    }),
  )
})

test('Ctrl-C while records wait for a broker says that they are still sent; a second one gives them up', async () => {
  await using producing = start(['produce', 'x', '-b', '127.0.0.1:1', '--timeout', '10m'], { input: 'a\n' })
  await producing.waitFor(/cannot connect to/)
  producing.process.kill('SIGINT')
  await producing.waitFor(/sending what was read, for 5 s; a second Ctrl-C/)
  producing.process.kill('SIGINT')
  assert.equal((await producing.ended).code, 130)
})

test('a help text that is not read to its end is no failure', async () => {
  await using help = start(['--help'])
  help.process.stdout?.destroy()
  const { code, stderr } = await help.ended
  assert.deepEqual([code, stderr], [0, ''])
})
