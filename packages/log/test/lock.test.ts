// The lock of a data directory: whom it keeps out, and whose it is no more.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { DirectoryLockedError } from '../src/disk/disk.ts'
import { lockDirectory } from '../src/disk/node-lock.ts'

const isLinux = process.platform === 'linux'

/** A lock file as a process of this number has written it. */
function holderText(pid: number): string {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  return `${pid}\n${boot}:${fields[19]}\nanother-nonce\n`
}

/** A process that has ended and whose parent does not ask: a zombie until the parent ends. */
async function zombie(): Promise<AsyncDisposable & { readonly pid: number }> {
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise<number>(resolve =>
    parent.stdout.setEncoding('utf8').once('data', (text: string) => resolve(Number(text))),
  )
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')))
    await new Promise(resolve => setTimeout(resolve, 5))
  return {
    pid,
    async [Symbol.asyncDispose]() {
      parent.kill('SIGKILL')
      await new Promise(resolve => parent.once('close', resolve))
    },
  }
}

test('a lock that a living process holds is a lock, and that of a zombie is none', {
  skip: !isLinux,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-lock-'))
  try {
    await writeFile(join(directory, '.lock'), holderText(process.ppid))
    assert.throws(() => lockDirectory(directory, '.lock'), DirectoryLockedError)
    await using dead = await zombie()
    await writeFile(join(directory, '.lock'), holderText(dead.pid))
    lockDirectory(directory, '.lock').release()
    // As a system without start times writes it.
    await writeFile(join(directory, '.lock'), `${dead.pid}\n\nanother-nonce\n`)
    lockDirectory(directory, '.lock').release()
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})

test('a lock that had no room for its text is a link that says the same', { skip: !isLinux }, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-lock-'))
  const path = join(directory, '.lock')
  try {
    const [pid, startedAt] = holderText(process.pid).split('\n')
    const [boot, ticks] = startedAt!.split(':')
    await symlink(`${pid},${boot!.slice(0, 8)}:${ticks},another`, path)
    assert.throws(() => lockDirectory(directory, '.lock'), DirectoryLockedError)
    await rm(path)
    await symlink(`${pid},${boot!.slice(0, 8)}:1,another`, path)
    lockDirectory(directory, '.lock').release()
    assert.deepEqual(await readdir(directory), [])
  } finally {
    await rm(directory, { recursive: true })
  }
})
