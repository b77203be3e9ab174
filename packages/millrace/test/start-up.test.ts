// How much code a broker loads before its first answer: modules are most of what a start takes.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { start } from './support/command.ts'

/** A little above what there is. Raise it only for what has no way around it, and say in the commit what a start is slower for. */
const modulesMax = 245
const attemptsMax = 5

let root: string
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-start-'))
})
after(() => rm(root, { recursive: true, force: true }))

/** Metadata version 1 of no topic, correlation id 1, no client id. */
const request = Buffer.from('0000000e0003000100000001ffff00000000', 'hex')

async function ask(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port })
  try {
    await new Promise((answered, failed) => {
      socket.once('data', answered).once('error', failed).write(request)
    })
  } finally {
    socket.destroy()
  }
}

/** The modules of a start in a fresh directory, up to the first answer to Metadata. */
async function modulesOfStart(attempt: number): Promise<string[]> {
  const list = join(root, `modules-${attempt}`)
  await writeFile(list, '')
  const preload = new URL('support/loaded-modules.ts', import.meta.url).href
  await using broker = start(['up', '--port', '0', '-d', join(root, `data-${attempt}`)], {
    environment: { NODE_OPTIONS: `--import=${preload}`, LOADED_MODULES: list },
  })
  const [, port] = await broker.waitFor(/millrace is ready on [^:]+:(\d+)/)
  await ask(Number(port))
  return (await readFile(list, 'utf8')).trimEnd().split('\n')
}

/** Where all cores are busy the broker may begin to load ahead before it is asked; the list ends there, too early. */
async function modulesToFirstAnswer(): Promise<string[]> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const modules = await modulesOfStart(attempt)
    if (modules.includes('broker/src/handlers/03-metadata.ts')) return modules
  }
  throw new Error(`${attemptsMax} starts were not asked for metadata before they loaded other handlers`)
}

function byFolder(modules: readonly string[]): string {
  const folders = Map.groupBy(modules, path => path.slice(0, path.lastIndexOf('/')))
  return [...folders].map(([folder, { length }]) => `  ${length} ${folder}`).join('\n')
}

test('a start loads no more modules than it did, and no messages that its first answer does not need', async () => {
  const modules = await modulesToFirstAnswer()
  assert.ok(
    modules.length <= modulesMax,
    `${modules.length} modules are loaded before the first answer, ${modulesMax} may be. Load lazily what a start does not need: by import() in the function that needs it, or beside a handler ("Start-up" in packages/broker/DESIGN.md). They are\n${byFolder(modules)}`,
  )
  assert.ok(
    !modules.includes('protocol/src/index.ts'),
    `the door of the protocol with all messages is loaded before the first answer: enter at @millrace/protocol/base and @millrace/protocol/messages/AREA`,
  )
})
