// The queue, against an array.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fifo } from '../../src/network/fifo.ts'

test('it does what an array does', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer()), { maxLength: 200 }), steps => {
      const fifo = new Fifo<number>()
      const model: number[] = []
      for (const step of steps) {
        if (step === null) assert.equal(fifo.shift(), model.shift())
        else {
          fifo.push(step)
          model.push(step)
        }
        assert.equal(fifo.length, model.length)
        assert.equal(fifo.peek(), model[0])
        assert.equal(fifo.at(2), model[2])
      }
      assert.deepEqual(fifo.drain(), model)
      assert.equal(fifo.length, 0)
    }),
  )
})
