// The torture's judge, on outputs that are good and on some that are not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences } from '../../src/torture/output-check.ts'

const expected = ['0/0', '0/1', '0/2', '3/0/copy', '3/1/copy']

test('each record once, its own and the copies each in order, is as it should be', () => {
  assert.deepEqual(differences('t-0', ['3/0/copy', '0/0', '0/1', '3/1/copy', '0/2'], expected), [])
})

test('what is missing, there twice or out of its order is named', () => {
  assert.deepEqual(differences('t-0', ['0/0', '0/2', '3/0/copy', '3/1/copy'], expected), [
    't-0: 1 missing, 0/1 first',
  ])
  assert.deepEqual(differences('t-0', [...expected, '0/1'], expected), [
    't-0: 1 more than once, 0/1 ×2 first',
    't-0: offset 1 comes after 2',
  ])
  assert.deepEqual(differences('t-0', ['0/0', '0/1', '0/2', '3/1/copy', '3/0/copy'], expected), [
    't-0: offset 0 comes after 1',
  ])
})
