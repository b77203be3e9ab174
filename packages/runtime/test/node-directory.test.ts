// Directories are made with all that is above them, or the system's reason is told at once.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeDirectory } from '../src/index.ts'

test('a directory is made with those above it, in the mode that is asked for, and twice is no failure', context => {
  const root = mkdtempSync(join(tmpdir(), 'millrace-directory-'))
  context.after(() => rmSync(root, { recursive: true }))
  const path = join(root, 'a', 'b', 'c')
  makeDirectory(path, 0o700)
  makeDirectory(path, 0o700)
  for (const made of [path, join(root, 'a')]) assert.equal(statSync(made).mode & 0o777, 0o700)
  writeFileSync(join(root, 'file'), '')
  assert.throws(() => makeDirectory(join(root, 'file')), { code: 'EEXIST' })
  assert.throws(() => makeDirectory(join(root, 'file', 'below')), { code: 'ENOTDIR' })
})

test('where nothing can be made, that is said at once', { skip: platform() !== 'linux' }, () => {
  assert.throws(() => makeDirectory('/proc/millrace/a/b'), { code: 'ENOENT' })
  assert.ok(!existsSync('/proc/millrace'))
})
