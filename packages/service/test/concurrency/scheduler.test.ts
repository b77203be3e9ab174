// The scheduler: order within lanes, no more at a time than allowed, retries that hold up their lane alone, and nobody forgotten.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Bisection } from '../../src/concurrency/bisection.ts'
import { BatchCollector } from '../../src/concurrency/batch-collector.ts'
import { type Job, Lane, Scheduler } from '../../src/concurrency/scheduler.ts'

interface TestJob extends Job {
  readonly name: string
}

const job = (name: string, lane?: Lane): TestJob => ({
  name,
  lane,
  records: 1,
  bytes: 10,
  state: 'new',
  dueAt: 0,
})
const limits = (fields: Partial<ConstructorParameters<typeof Scheduler>[0]> = {}) => ({
  maxConcurrency: 100,
  maxInFlightRecords: 1_000,
  maxInFlightBytes: 1e9,
  ...fields,
})

test('a lane is worked off in order; lanes go beside each other', () => {
  const scheduler = new Scheduler<TestJob>(limits())
  const [a, b] = [new Lane('a'), new Lane('b')]
  for (const each of [job('a1', a), job('a2', a), job('b1', b), job('free')]) scheduler.add(each)
  const running = [scheduler.next()!, scheduler.next()!, scheduler.next()!]
  assert.deepEqual(
    running.map(({ name }) => name),
    ['a1', 'b1', 'free'],
  )
  assert.equal(scheduler.next(), undefined)
  scheduler.finish(running[0]!)
  assert.equal(scheduler.next()?.name, 'a2')
})

test('a retry holds up its lane, and neither its slot nor anybody else', () => {
  const scheduler = new Scheduler<TestJob>(limits({ maxConcurrency: 1 }))
  const [a, b] = [new Lane('a'), new Lane('b')]
  for (const each of [job('a1', a), job('a2', a), job('b1', b)]) scheduler.add(each)
  const a1 = scheduler.next()!
  scheduler.delay(a1, 500)
  assert.equal(scheduler.wakeAt, 500)
  const b1 = scheduler.next()!
  assert.equal(b1.name, 'b1')
  scheduler.finish(b1)
  scheduler.wake(499)
  assert.equal(scheduler.next(), undefined, 'a2 waits behind a1')
  scheduler.wake(500)
  assert.equal(scheduler.next(), a1)
  scheduler.finish(a1)
  assert.equal(scheduler.next()?.name, 'a2')
})

test('room is counted in records and bytes, and one job always fits', () => {
  const scheduler = new Scheduler<TestJob>(limits({ maxInFlightRecords: 2, maxInFlightBytes: 15 }))
  assert.ok(scheduler.hasRoom)
  scheduler.add({ ...job('large'), bytes: 1_000 })
  assert.ok(!scheduler.hasRoom)
  scheduler.finish(scheduler.next()!)
  scheduler.add(job('a'))
  scheduler.add(job('b'))
  assert.ok(!scheduler.hasRoom)
})

interface Step {
  readonly what: 'add' | 'next' | 'finish' | 'delay' | 'block' | 'unblock' | 'wake' | 'drop'
  readonly pick: number
  readonly ms: number
}

const courses = fc.array(
  fc.record<Step>({
    what: fc.constantFrom(
      ...(['add', 'add', 'add', 'next', 'next', 'next', 'finish', 'finish'] as const),
      ...(['delay', 'block', 'unblock', 'wake', 'drop'] as const),
    ),
    pick: fc.nat(),
    ms: fc.integer({ min: 0, max: 50 }),
  }),
  { maxLength: 200 },
)

/** A scheduler under way, with what is known of it from outside. */
class Course {
  readonly #scheduler: Scheduler<TestJob>
  readonly #maxConcurrency: number
  readonly lanes = Array.from({ length: 4 }, (_, index) => new Lane(String(index)))
  readonly #running: TestJob[] = []
  readonly #added: TestJob[] = []
  readonly finished: TestJob[] = []
  #now = 0

  constructor(maxConcurrency: number) {
    this.#maxConcurrency = maxConcurrency
    this.#scheduler = new Scheduler(limits({ maxConcurrency }))
  }

  step({ what, pick, ms }: Step): void {
    if (what === 'add') this.#add(pick)
    else if (what === 'next') this.#next()
    else if (what === 'unblock') this.#scheduler.unblock()
    else if (what === 'wake') this.#scheduler.wake((this.#now += ms))
    else if (what === 'drop') this.#drop(pick)
    else if (this.#running.length > 0) {
      const [chosen] = this.#running.splice(pick % this.#running.length, 1)
      if (what === 'finish') this.#finish(chosen!)
      else if (what === 'delay') this.#scheduler.delay(chosen!, this.#now + ms)
      else this.#scheduler.block(chosen!)
    }
    assert.equal(this.#scheduler.running, this.#running.length)
    assert.equal(this.#scheduler.inFlightRecords, this.#added.filter(({ state }) => state !== 'over').length)
  }

  #add(pick: number): void {
    const made = job(String(this.#added.length), pick % 5 === 4 ? undefined : this.lanes[pick % 5])
    this.#added.push(made)
    this.#scheduler.add(made)
  }

  #next(): boolean {
    const started = this.#scheduler.next()
    if (!started) return false
    const isAlone = !this.#running.some(({ lane }) => lane !== undefined && lane === started.lane)
    assert.ok(isAlone, 'one of a lane at a time')
    this.#running.push(started)
    assert.ok(this.#running.length <= this.#maxConcurrency)
    return true
  }

  #finish(chosen: TestJob): void {
    this.#scheduler.finish(chosen)
    this.finished.push(chosen)
  }

  #drop(pick: number): void {
    const victim = this.#added[pick % Math.max(1, this.#added.length)]
    if (!victim) return
    this.#scheduler.drop(victim)
    const index = this.#running.indexOf(victim)
    if (index >= 0) this.#running.splice(index, 1)
  }

  /** Lets everything end. */
  drain(): void {
    for (let turns = 0; this.#added.some(({ state }) => state !== 'over'); turns++) {
      assert.ok(turns < 1_000, 'it comes to an end')
      this.#scheduler.unblock()
      this.#scheduler.wake((this.#now += 100))
      while (this.#next());
      for (const each of this.#running.splice(0)) this.#finish(each)
    }
    assert.equal(this.#scheduler.inFlightBytes, 0)
  }
}

test('any course: order per lane, limits kept, and in the end everything ran', () => {
  fc.assert(
    fc.property(courses, fc.integer({ min: 1, max: 5 }), (steps, maxConcurrency) => {
      const course = new Course(maxConcurrency)
      for (const step of steps) course.step(step)
      course.drain()
      for (const lane of course.lanes) {
        const order = course.finished.filter(each => each.lane === lane).map(({ name }) => Number(name))
        assert.deepEqual(
          order,
          [...order].sort((x, y) => x - y),
        )
        assert.ok(lane.isIdle)
      }
    }),
    { numRuns: 300 },
  )
})

test('batches are complete by number, by size and by time', () => {
  const collector = new BatchCollector<string>({ maxRecords: 3, maxBytes: 100, maxWaitMs: 50 })
  assert.ok(collector.fits(1_000), 'a large one is a batch of its own')
  collector.add('a', 60, 10)
  assert.ok(!collector.isComplete(59))
  assert.equal(collector.dueAt, 60)
  assert.ok(collector.isComplete(60))
  assert.ok(!collector.fits(41))
  collector.add('b', 40, 20)
  assert.ok(collector.isComplete(20))
  assert.deepEqual(collector.take(), ['a', 'b'])
  assert.equal(collector.dueAt, undefined)
  for (const item of ['c', 'd', 'e']) collector.add(item, 1, 100)
  assert.ok(collector.isComplete(100))
})

test('halving finds exactly the bad ones, in order, and succeeds with the others once', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }), bad => {
      bad[0] = bad.includes(true) ? bad[0]! : true
      const bisection = new Bisection(bad.length)
      const succeeded: number[] = []
      let attempts = 0
      for (let part = bisection.next; part; part = bisection.next) {
        attempts++
        const { from, to } = part
        if (bad.slice(from, to).includes(true)) bisection.failed()
        else {
          for (let index = from; index < to; index++) succeeded.push(index)
          bisection.succeeded()
        }
      }
      const indexes = bad.map((_, index) => index)
      assert.deepEqual(
        bisection.culprits,
        indexes.filter(index => bad[index]),
      )
      assert.deepEqual(
        succeeded,
        indexes.filter(index => !bad[index]),
      )
      const culprits = bisection.culprits.length
      assert.ok(
        attempts <= 2 * culprits * (Math.ceil(Math.log2(bad.length)) + 1),
        `${attempts} for ${culprits} of ${bad.length}`,
      )
    }),
  )
})
