// Handlers are loaded before they are needed, without anybody waiting for it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '@millrace/runtime'
import type { BrokerCore } from '../src/core.ts'
import { HandlersAhead } from '../src/handlers/loading.ts'
import { handlersLateMs, handlersPatienceMs, handlersPauseMs, handlersStartMs } from '../src/limits.ts'
import { LineCollector } from './broker-fixture.ts'

/** A clock with at most one timer, which goes off when the test says so. */
class HandClock {
  nowMs = 1000
  timer: { dueMs: number; run: () => void; unref: boolean | undefined } | undefined

  readonly clock: Pick<Clock, 'monotonic' | 'setTimer'> = {
    monotonic: () => this.nowMs,
    setTimer: (delayMs, run, options) => {
      assert.equal(this.timer, undefined)
      const timer = { dueMs: this.nowMs + delayMs, run, unref: options?.unref }
      this.timer = timer
      return {
        cancel: () => {
          if (this.timer === timer) this.timer = undefined
        },
      }
    },
  }

  async ring(lateMs = 0): Promise<void> {
    const timer = this.timer
    assert.ok(timer, 'no timer is set')
    this.timer = undefined
    this.nowMs = timer.dueMs + lateMs
    timer.run()
    await new Promise(resolve => setImmediate(resolve))
  }
}

function setUp(keys: readonly number[], load: (apiKey: number) => unknown = () => {}) {
  const hand = new HandClock()
  const logger = new LineCollector()
  const loads: number[] = []
  const core = { clock: hand.clock, logger } as unknown as BrokerCore
  const ahead = new HandlersAhead(core, keys, apiKey => {
    loads.push(apiKey)
    return load(apiKey)
  })
  return { hand, logger, loads, ahead }
}

test('handlers are loaded ahead one at a time, and nothing is left to wait for', async () => {
  const { hand, loads } = setUp([3, 1, 2])
  assert.deepEqual(loads, [])
  for (const expected of [[3], [3, 1], [3, 1, 2]]) {
    assert.equal(hand.timer?.unref, true)
    await hand.ring()
    assert.deepEqual(loads, expected)
  }
  await hand.ring()
  assert.equal(hand.timer, undefined)
  assert.equal(loads.length, 3)
})

test('a busy event loop is left alone, but not for ever', async () => {
  const { hand, loads } = setUp([1])
  const lateMs = handlersLateMs + 1
  const turns = Math.ceil((handlersPatienceMs - handlersStartMs - lateMs) / (handlersPauseMs + lateMs))
  for (let turn = 0; turn < turns; turn++) await hand.ring(lateMs)
  assert.deepEqual(loads, [])
  await hand.ring(lateMs)
  assert.deepEqual(loads, [1])
})

test('closing ends the loading at once, also while a handler is being loaded', async () => {
  let finish = () => {}
  const { hand, loads, ahead } = setUp([1, 2], () => new Promise<void>(resolve => (finish = resolve)))
  await hand.ring()
  assert.deepEqual(loads, [1])
  ahead.close()
  finish()
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(hand.timer, undefined)

  const other = setUp([1])
  other.ahead.close()
  assert.equal(other.hand.timer, undefined)
})

test('a handler that cannot be loaded is told of, and the others are loaded all the same', async () => {
  const { hand, logger, loads } = setUp([1, 2], apiKey =>
    apiKey === 1 ? Promise.reject(new Error('no such file')) : undefined,
  )
  await hand.ring()
  assert.deepEqual(logger.lines, [
    { level: 'error', event: 'handler.load_failed', fields: { apiKey: 1, error: 'Error: no such file' } },
  ])
  await hand.ring()
  assert.deepEqual(loads, [1, 2])
})
