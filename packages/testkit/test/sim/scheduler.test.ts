// Simulated time: order of events, and runs that do not end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sleep } from '@millrace/runtime'
import {
  SimProcess,
  SimRandom,
  SimScheduler,
  SimWorld,
  StalledError,
  TripwireError,
  withTripwires,
} from '@millrace/testkit/sim'

test('events run by time, and in the order they were set within one instant', async () => {
  const scheduler = new SimScheduler({ seed: 1 })
  const seen: string[] = []
  scheduler.after(5, () => seen.push('late'))
  scheduler.after(1, () => seen.push('first'))
  scheduler.after(1, () => seen.push('second'))
  const cancelled = scheduler.after(2, () => seen.push('never'))
  cancelled.cancel()
  await scheduler.run(() => seen.length === 3)
  assert.deepEqual(seen, ['first', 'second', 'late'])
  assert.equal(scheduler.nowMs, 5)
})

test('a thousand events in random order come out sorted', async () => {
  const scheduler = new SimScheduler({ seed: 2 })
  const seen: number[] = []
  for (let count = 0; count < 1000; count++) {
    scheduler.after(scheduler.random.between(0, 300), () => seen.push(scheduler.nowMs))
  }
  await scheduler.run(() => seen.length === 1000)
  assert.deepEqual(
    seen,
    seen.toSorted((one, other) => one - other),
  )
})

test('every promise reaction runs before the next event', async () => {
  const scheduler = new SimScheduler({ seed: 3 })
  const seen: string[] = []
  scheduler.after(1, () => {
    void (async () => {
      for (let step = 0; step < 50; step++) await Promise.resolve()
      process.nextTick(() => seen.push('promises'))
    })()
  })
  scheduler.after(1, () => seen.push('event'))
  await scheduler.run(() => seen.length === 2)
  assert.deepEqual(seen, ['promises', 'event'])
})

test('a run that waits for ever or stands still is reported, not endured', async () => {
  const scheduler = new SimScheduler({ seed: 4 })
  await assert.rejects(
    scheduler.run(() => false),
    StalledError,
  )
  const spin = () => void scheduler.after(0, spin)
  spin()
  await assert.rejects(
    scheduler.run(() => false, { eventsPerInstantMax: 1000 }),
    /livelock/,
  )
})

test('timers of a process die with it', async () => {
  const scheduler = new SimScheduler({ seed: 5 })
  const host = new SimProcess(scheduler, 'host')
  const seen: string[] = []
  host.clock.setTimer(1, () => seen.push('before'))
  host.clock.setTimer(3, () => seen.push('after'))
  host.clock.defer(() => seen.push('deferred'))
  void sleep(host.clock, 3).then(() => seen.push('slept'))
  scheduler.after(2, () => host.kill())
  let done = false
  scheduler.after(10, () => {
    done = true
  })
  await scheduler.run(() => done)
  assert.deepEqual(seen, ['deferred', 'before'])
  assert.throws(() => host.assertAlive())
})

test('what a callback throws is an uncaught exception of its process', async () => {
  const world = new SimWorld({ seed: 6 })
  const { clock } = world.spawn('host')
  clock.setTimer(1, () => {
    throw new Error('broken')
  })
  await world.scheduler.run(() => world.uncaught.length > 0)
  assert.match(world.uncaught[0]!.message, /uncaught exception in host#1/)
})

test('forks of a random stream do not disturb each other', () => {
  const plain = new SimRandom(7)
  const busy = new SimRandom(7)
  for (let count = 0; count < 100; count++) busy.fork('noise').float()
  busy.float()
  assert.equal(plain.fork('disk').float(), busy.fork('disk').float())
  assert.notEqual(plain.fork('disk').float(), plain.fork('network').float())
})

test('random numbers cover their range evenly', () => {
  const random = new SimRandom(8)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let count = 0; count < 10_000; count++) counts[random.between(0, 9)]!++
  for (const count of counts) assert.ok(count > 850 && count < 1150, counts.join())
})

test('the real clock, timers and thread pool trip an alarm inside a simulation', async () => {
  await assert.rejects(
    withTripwires(async () => Date.now()),
    TripwireError,
  )
  await assert.rejects(
    withTripwires(async () => Math.random()),
    TripwireError,
  )
  await assert.rejects(
    withTripwires(async () => {
      const { readFile } = await import('node:fs/promises')
      await readFile(new URL(import.meta.url))
    }),
    TripwireError,
  )
  const scheduler = new SimScheduler({ seed: 9 })
  await withTripwires(() => scheduler.settle(Promise.resolve(1)))
  assert.ok(Date.now() > 0)
})

test('zlib may be used on the spot in a simulation, but not on the thread pool', async () => {
  const zlib = await import('node:zlib')
  await withTripwires(async () => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(100))))
  const onThreadPool = () =>
    new Promise<void>(resolve => {
      zlib.gzip(Buffer.alloc(100), () => resolve())
    })
  await assert.rejects(withTripwires(onThreadPool), /ZLIB on the thread pool/)
})
