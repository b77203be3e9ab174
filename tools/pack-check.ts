// Packs every publishable package, installs the tarballs into an empty folder and uses them there, on each supported Node line.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment, nodeLines } from './node-lines.ts'
import { packAll } from './packing.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What an application does first: a broker in its own process, a message there and back, everything closed. */
const application = `
import { Broker } from 'millrace'
import { Consumer, Producer } from '@millrace/client'
const broker = await Broker.start({ port: 0 })
const brokers = ['127.0.0.1:' + broker.port]
const producer = new Producer({ brokers })
await producer.send({ topic: 'greetings', key: 'k', value: 'hello from ' + process.version })
await producer.close()
const consumer = new Consumer({ brokers, groupId: 'readers', autoOffsetReset: 'earliest' })
consumer.subscribe('greetings')
for await (const record of consumer) {
  console.log(record.value.toString())
  break
}
await consumer.close()
await broker.close()
`

const clientAlone = `
import { Admin, Consumer, Producer } from '@millrace/client'
if (![Admin, Consumer, Producer].every(door => typeof door === 'function')) throw new Error('the client lacks a door')
console.log('client alone: ok')
`

const typed = `
import { Producer, type ProducerOptions } from '@millrace/client'
import { Broker } from 'millrace'
const options: ProducerOptions = { brokers: ['127.0.0.1:9092'] }
export const producer: Producer = new Producer(options)
export const broker: Promise<Broker> = Broker.start({ port: 0 })
`

const environment = cleanEnvironment()

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: environment,
    timeout: 300_000,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function project(parent: string, name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(parent, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text)
  return directory
}

const temporary = mkdtempSync(join(tmpdir(), 'millrace-pack-'))
try {
  const tarballs = packAll(temporary)
  console.log(`packed ${tarballs.length} packages`)
  const alone = project(temporary, 'alone', { 'client.js': clientAlone })
  run(
    'npm',
    ['install', '--no-save', ...tarballs.filter(path => /-(client|protocol|runtime)-\d/.test(path))],
    alone,
  )
  process.stdout.write(run(join(root, 'node_modules/.bin/node'), ['client.js'], alone))
  for (const version of nodeLines) {
    const directory = project(temporary, `node-${version}`, {
      'application.js': application,
      'typed.ts': typed,
    })
    run('npm', ['install', '--no-save', ...tarballs, `node@${version}`, '@types/node@24'], directory)
    const node = join(directory, 'node_modules/node/bin/node')
    process.stdout.write(run(node, ['application.js'], directory))
    process.stdout.write(
      `millrace --version: ${run(node, ['node_modules/millrace/bin/millrace.js', '--version'], directory)}`,
    )
    run(
      join(root, 'node_modules/.bin/tsc'),
      [
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2024',
        '--lib',
        'es2024,esnext.disposable',
        '--types',
        'node',
        'typed.ts',
      ],
      directory,
    )
    console.log(`Node ${version}: installed, ran, types hold`)
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
