// What was sent back is remembered in any order: against a set of offsets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeOffsetMap } from '../../src/concurrency/offset-map.ts'
import { DoneRanges } from '../../src/dead-letters/done-ranges.ts'

const range = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 8 }))

test('ranges are what a set of offsets would be, and commits carry all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.array(range, { maxLength: 30 }), (start, added) => {
      const done = new DoneRanges(start)
      const expected = new Set<number>()
      for (const [from, length] of added) {
        done.add(from, from + length)
        for (let offset = from; offset < from + length; offset++) expected.add(offset)
      }
      let position = start
      while (expected.has(position)) position++
      assert.equal(done.position, position)
      for (let offset = 0; offset < 80; offset++)
        assert.equal(done.has(offset), offset < position || expected.has(offset), `offset ${offset}`)
      const { offset, metadata, isCut } = done.commit(4_096)
      assert.equal(isCut, false)
      const again = new DoneRanges(offset, decodeOffsetMap(offset, metadata).ranges)
      for (let at = 0; at < 80; at++) assert.equal(again.has(at), done.has(at))
    }),
  )
})

test('a copy goes its own way, and what does not fit into a commit is said', () => {
  const done = new DoneRanges(0)
  const copy = done.clone()
  copy.add(0, 5)
  assert.deepEqual([done.position, copy.position], [0, 5])
  for (let offset = 1; offset < 200; offset += 2) done.add(offset, offset + 1)
  assert.equal(done.commit(20).isCut, true)
  assert.equal(done.commit(100).isCut, false)
})
