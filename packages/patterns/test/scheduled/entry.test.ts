// What waits, as it stands in a topic: there and back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, nullable, string, topic } from '@millrace/client'
import { scheduleTopic } from '@millrace/patterns'
import { nodeClock } from '@millrace/runtime'
import { TestClock } from '@millrace/service/testing'
import type { WrittenHeader } from '../../src/records/written-header.ts'
import { deliveredHeaders, dueAtOf, readEntry, writeEntry } from '../../src/scheduled/entry.ts'

/** An entry as it is written, and then read. */
function thereAndBack(record: Parameters<typeof writeEntry>[1]) {
  const headers: WrittenHeader[] = []
  const value = writeEntry(1_700_000_000_000, record, {
    list: [],
    add: (key, said) => headers.push({ key, value: said }),
  })
  const received = headers.map(({ key, value: said }) => ({
    key,
    value: said === null ? null : Buffer.from(said as string),
  }))
  assert.equal(dueAtOf(received), 1_700_000_000_000)
  return readEntry(Buffer.from(value as string), received)
}

test('key, value, partition and headers of a record come back', () => {
  const headers = [
    { key: 'trace', value: 'a' },
    { key: 'empty', value: null },
    { key: 'trace', value: Buffer.from([0, 255]) },
  ]
  assert.deepEqual(thereAndBack({ topic: 'out', key: 'k', value: 'v', headers, partition: 3 }), {
    at: 1_700_000_000_000,
    topic: 'out',
    key: Buffer.from('k'),
    value: Buffer.from('v'),
    partition: 3,
    headers: [
      { key: 'trace', value: Buffer.from('a') },
      { key: 'empty', value: null },
      { key: 'trace', value: Buffer.from([0, 255]) },
    ],
  })
})

test('a tombstone is told from an empty value, and no key from an empty one', () => {
  const of = (record: Parameters<typeof thereAndBack>[0]) => {
    const { key, value, partition } = thereAndBack(record)!
    return [key, value, partition]
  }
  assert.deepEqual(of({ topic: 'out', value: null }), [null, null, undefined])
  assert.deepEqual(of({ topic: 'out', key: '', value: '' }), [Buffer.alloc(0), Buffer.alloc(0), undefined])
})

test('what is no entry is none, and what is delivered says what it was', () => {
  assert.equal(readEntry(Buffer.from('x'), []), undefined)
  for (const at of ['soon', '-1', '12345678901234567'])
    assert.equal(dueAtOf([{ key: '__millrace.schedule.at', value: Buffer.from(at) }]), undefined)
  const entry = thereAndBack({ topic: 'out', value: 'v', headers: [{ key: 'own', value: 'x' }] })!
  assert.deepEqual(
    deliveredHeaders('id-7', entry).map(({ key, value }) => [key, String(value)]),
    [
      ['own', 'x'],
      ['__millrace.scheduled.id', 'id-7'],
      ['__millrace.scheduled.for', '1700000000000'],
    ],
  )
})

test('when: a date, a time or a wait, and one of them', () => {
  const clock = new TestClock(nodeClock)
  const delays = scheduleTopic('delays', { clock })
  const out = topic('out', { key: nullable(string()), value: json<number>() })
  const at = (when: Parameters<typeof delays.deliver>[2]) => delays.deliver(out, { value: 1 }, when).value!.at
  assert.equal(at({ afterMs: 60_000 }), clock.now() + 60_000)
  assert.equal(at({ at: 12.2 }), 13)
  assert.equal(at({ at: new Date(77) }), 77)
  assert.equal(delays.deliver(out, { value: 1 }, { at: 1, id: 'mine' }).key, 'mine')
  assert.notEqual(
    delays.deliver(out, { value: 1 }, { at: 1 }).key,
    delays.deliver(out, { value: 1 }, { at: 1 }).key,
  )
  assert.deepEqual(delays.cancel('mine'), { key: 'mine', value: null })
  for (const wrong of [
    {},
    { at: 1, afterMs: 1 },
    { afterMs: -1 },
    { at: new Date('soon') },
    { at: 1, id: '' },
  ])
    assert.throws(() => at(wrong), { code: 'CONFIG_INVALID' })
})
