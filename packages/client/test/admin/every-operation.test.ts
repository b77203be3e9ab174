// docs/admin.md has a row for every operation of `Admin`, and none for anything else.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Admin } from '../../src/index.ts'

/** Methods of the classes that `Admin` is put together of. Its own prototype also has what other clients call things. */
function operations(): string[] {
  const names = ['clientInstanceId']
  let prototype = Object.getPrototypeOf(Admin.prototype) as object
  while (prototype !== Object.prototype) {
    names.push(...Object.getOwnPropertyNames(prototype).filter(name => name !== 'constructor'))
    prototype = Object.getPrototypeOf(prototype) as object
  }
  return names.sort()
}

test('the guide to administration names every call', () => {
  const guide = readFileSync(new URL('../../../../docs/admin.md', import.meta.url), 'utf8')
  const rows = Array.from(guide.matchAll(/^\| `(\w+)` \|/gm), ([, name]) => name!)
  assert.deepEqual(rows.sort(), operations())
})
