// The error table: names, codes and messages fit together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, errorByCode, errorTable } from '@millrace/protocol'

test('codes count up from -1 without a gap, so that a code finds its row', () => {
  errorTable.forEach((entry, index) => assert.equal(entry.code, index - 1))
  for (const entry of errorTable) assert.equal(errorByCode(entry.code), entry)
})

test('every name is there once and leads to its code', () => {
  assert.equal(new Set(errorTable.map(entry => entry.name)).size, errorTable.length)
  assert.equal(Object.keys(ErrorCode).length, errorTable.length)
  for (const { name, code } of errorTable) assert.equal(ErrorCode[name as keyof typeof ErrorCode], code)
  assert.equal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 3)
})

test('every message is a sentence of its own', () => {
  assert.equal(new Set(errorTable.map(entry => entry.message)).size, errorTable.length)
  for (const { message } of errorTable) assert.match(message, /^\S.*\.$/)
})

test('a code from the future is named by its number and not retried', () => {
  for (const code of [134, 32_767, -2, -32_768]) {
    const entry = errorByCode(code)
    assert.equal(entry.code, code)
    assert.equal(entry.name, `UNKNOWN_CODE_${code}`)
    assert.equal(entry.retriable, false)
  }
})
