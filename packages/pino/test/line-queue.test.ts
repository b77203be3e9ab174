// The queue of lines that wait to be shipped: nothing gets lost in it without being counted, whatever comes when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LineQueue } from '../src/line-queue.ts'
import { lineTime } from '../src/line-time.ts'

const step = fc.oneof(
  fc.record({ do: fc.constant('push' as const), size: fc.integer({ min: 1, max: 400 }) }),
  fc.record({
    do: fc.constant('take' as const),
    lines: fc.integer({ min: 1, max: 9 }),
    bytes: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({ do: fc.constant('back' as const) }),
)

test('lines come out in order or are counted as dropped, the oldest first, and the queue keeps to its bytes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), steps => {
      const queue = new LineQueue(2_000)
      let pushed = 0
      let sent = 0
      let last = -1
      let held: ReturnType<LineQueue['take']> = []
      const settle = () => {
        for (const { time } of held) {
          assert.ok(time > last)
          last = time
        }
        sent += held.length
        held = []
      }
      for (const each of steps) {
        if (each.do === 'push') queue.push({ text: 'x'.repeat(each.size), time: pushed++ })
        else if (each.do === 'take') {
          settle()
          held = queue.take(each.lines, each.bytes)
          assert.ok(held.length <= each.lines)
        } else {
          queue.putBack(held)
          held = []
        }
        assert.ok(queue.bytes <= 2_000)
        assert.equal(pushed, sent + held.length + queue.length + queue.dropped)
      }
      settle()
      held = queue.take(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
      settle()
      assert.deepEqual([queue.length, queue.bytes], [0, 0])
      assert.equal(pushed, sent + queue.takeDropped())
    }),
  )
})

test('one line is taken at least, however long', () => {
  const queue = new LineQueue(10_000)
  queue.push({ text: 'x'.repeat(5_000), time: 1 })
  queue.push({ text: 'y', time: 2 })
  assert.deepEqual(
    queue.take(10, 100).map(({ time }) => time),
    [1],
  )
  assert.deepEqual(
    queue.take(10, 100).map(({ time }) => time),
    [2],
  )
  queue.push({ text: 'x'.repeat(20_000), time: 3 })
  assert.deepEqual([queue.length, queue.takeDropped(), queue.dropped], [0, 1, 0])
})

test('the time of a line is read where pino and ECS write it, and nowhere else', () => {
  const at = Date.UTC(2026, 10, 30, 10, 15)
  const cases: readonly [line: string, time: number | undefined][] = [
    [`{"level":"info","time":${at},"pid":1,"msg":"x"}`, at],
    [`{"level":30,"time":${at}}`, at],
    [`{"level":30,"time":${at / 1000},"msg":"unixTime"}`, at],
    [`{"level":30,"time":"2026-11-30T10:15:00.000Z","msg":"isoTime"}`, at],
    [`{"log.level":"info","@timestamp":"2026-11-30T11:15:00.000+01:00","message":"x"}`, at],
    ['{"level":30,"msg":"none"}', undefined],
    [`{"level":30,"msg":"${'x'.repeat(300)}","time":${at}}`, undefined],
    ['plain text', undefined],
    ['{"time":"yesterday"}', undefined],
  ]
  for (const [line, time] of cases) assert.equal(lineTime(line), time, line)
})
