// Claims of a member: many in one call, renewed, tried again while the store is away, given up at the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Random } from '@millrace/runtime'
import { ManualClock } from '@millrace/testkit/clocks'
import { Claim, Deduper } from '../../src/dedupe/deduper.ts'
import type { ClaimAnswer, DedupeStore } from '../../src/dedupe/dedupe-store.ts'
import { MemoryDedupeStore } from '../../src/dedupe/memory-store.ts'
import { recordIdOf, storedId } from '../../src/dedupe/record-id.ts'

const half: Random = { float: () => 0.5, bytes: length => Buffer.alloc(length, 7) }

/** A store that notes its calls, and fails when it is told to. */
class NotedStore implements DedupeStore {
  readonly calls: (readonly [string, readonly string[]])[] = []
  readonly inner: MemoryDedupeStore
  isAway = false
  answer: ClaimAnswer | undefined
  /** Whether it never answers. */
  hangs = false

  constructor(clock: ManualClock) {
    this.inner = new MemoryDedupeStore({ clock })
  }

  #note(call: string, ids: readonly string[]): void {
    if (this.isAway) throw new Error('away')
    this.calls.push([call, ids])
  }

  async claim(request: Parameters<DedupeStore['claim']>[0]) {
    this.#note('claim', request.ids)
    const { answer } = this
    if (this.hangs) return new Promise<never>(() => {})
    return answer ? request.ids.map(() => answer) : this.inner.claim(request)
  }

  async complete(request: Parameters<DedupeStore['complete']>[0]) {
    this.#note('complete', request.ids)
    if (this.hangs) return new Promise<never>(() => {})
    return this.inner.complete(request)
  }

  async release(request: Parameters<DedupeStore['release']>[0]) {
    this.#note('release', request.ids)
    if (this.hangs) return new Promise<never>(() => {})
    return this.inner.release(request)
  }
}

function setUp() {
  const clock = new ManualClock()
  const store = new NotedStore(clock)
  const retried: string[] = []
  const make = (owner: string) =>
    new Deduper({
      store,
      scope: 'group/topic',
      owner,
      ttlMs: 60_000,
      leaseMs: 30_000,
      clock,
      random: half,
      onRetried: what => retried.push(what),
    })
  return { clock, store, retried, make }
}

/** What a call comes to when its turn of the event loop is over. */
async function inTurn<T>(clock: ManualClock, call: Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined
  void call.then(value => {
    result = { value }
  })
  for (let turn = 0; turn < 5 && !result; turn++) await clock.turn()
  assert.ok(result, 'it is over')
  return result.value
}

const claimsOf = async (clock: ManualClock, deduper: Deduper, ...ids: string[]) =>
  inTurn(clock, Promise.all(ids.map(id => deduper.claim(id))))

test('what is asked in one turn goes in one call', async () => {
  const { clock, store, make } = setUp()
  const answers = await claimsOf(clock, make('one'), 'a', 'b', 'c')
  assert.ok(answers.every(answer => answer instanceof Claim))
  assert.deepEqual(store.calls, [['claim', ['a', 'b', 'c']]])
})

test('an id that is in hand already is busy, whoever asks, and done when it was handled', async () => {
  const { clock, store, make } = setUp()
  const [one, two] = [make('one'), make('two')]
  const [claim] = (await claimsOf(clock, one, 'a')) as Claim[]
  assert.deepEqual(await claimsOf(clock, one, 'a'), ['busy'], 'without a call')
  assert.equal(store.calls.length, 1)
  assert.deepEqual(await claimsOf(clock, two, 'a'), ['busy'])
  await inTurn(clock, claim!.complete())
  assert.deepEqual(await claimsOf(clock, one, 'a'), ['done'])
  assert.deepEqual(await claimsOf(clock, two, 'a'), ['done'])
})

test('what is released is another’s at once', async () => {
  const { clock, make } = setUp()
  const [one, two] = [make('one'), make('two')]
  const [claim] = (await claimsOf(clock, one, 'a')) as Claim[]
  claim!.release()
  claim!.release()
  await clock.turn()
  await clock.turn()
  const [other] = await claimsOf(clock, two, 'a')
  assert.ok(other instanceof Claim)
})

test('claims are renewed while they are held, however long that is', async () => {
  const { clock, store, make } = setUp()
  const [one, two] = [make('one'), make('two')]
  const [held, given] = (await claimsOf(clock, one, 'held', 'given')) as Claim[]
  given!.release()
  await clock.pass(100_000)
  assert.deepEqual(await claimsOf(clock, two, 'held'), ['busy'])
  const renewals = store.calls.filter(([call, ids]) => call === 'claim' && ids.join() === 'held')
  assert.ok(renewals.length >= 9, `${renewals.length} renewals`)
  await inTurn(clock, held!.complete())
  const { length } = store.calls
  await clock.pass(100_000)
  assert.equal(store.calls.length, length, 'nothing is renewed that is not held')
})

test('who has lost a claim hears of it, and does not renew it again', async () => {
  const { clock, store, make } = setUp()
  const deduper = make('one')
  const [claim] = (await claimsOf(clock, deduper, 'a')) as Claim[]
  let lost = 0
  claim!.onLost = () => lost++
  store.answer = 'busy'
  await clock.pass(30_000)
  assert.equal(lost, 1)
  assert.ok(claim!.isOver)
})

test('one that its handler has marked itself is not lost', async () => {
  const { clock, store, make } = setUp()
  const deduper = make('one')
  const [claim] = (await claimsOf(clock, deduper, 'a')) as Claim[]
  claim!.onLost = () => assert.fail('it is not')
  store.answer = 'done'
  await clock.pass(30_000)
  assert.equal(claim!.isOver, false)
})

test('while the store is away nothing is handled, and what was handled is marked when it is back', async () => {
  const { clock, store, retried, make } = setUp()
  const deduper = make('one')
  const [claim] = (await claimsOf(clock, deduper, 'a')) as Claim[]
  store.isAway = true
  assert.deepEqual(await claimsOf(clock, deduper, 'b'), ['failed'])
  let isMarked = false
  void claim!.complete().then(() => {
    isMarked = true
  })
  await clock.pass(5_000)
  assert.equal(isMarked, false)
  store.isAway = false
  await clock.pass(10_000)
  assert.ok(isMarked)
  assert.ok(retried.length >= 3)
  const [again] = await claimsOf(clock, deduper, 'b')
  assert.ok(again instanceof Claim)
})

test('closing waits for the store a few seconds, and then gives up', async () => {
  const { clock, store, make } = setUp()
  const deduper = make('one')
  const [claim] = (await claimsOf(clock, deduper, 'a')) as Claim[]
  store.isAway = true
  void claim!.complete()
  let isClosed = false
  void deduper.close().then(() => {
    isClosed = true
  })
  await clock.pass(1_000)
  assert.equal(isClosed, false)
  await clock.pass(5_000)
  assert.ok(isClosed)
  assert.equal(clock.timerCount, 0)
  assert.deepEqual(await claimsOf(clock, deduper, 'c'), ['busy'], 'nothing more is claimed')
})

test('a busy id is asked for again soon, a store that is away less often', () => {
  const { make } = setUp()
  const deduper = make('one')
  const waits = (refusal: 'busy' | 'failed') => [1, 2, 4, 8, 20].map(times => deduper.waitMs(refusal, times))
  assert.deepEqual(waits('busy'), [35, 60, 210, 510, 510])
  assert.deepEqual(waits('failed'), [50, 100, 400, 2_500, 2_500])
})

test('ids of events are their own, of values where an outbox says it, or their first place', () => {
  const origin = { topic: 'orders', partition: 1, offset: 7, timestamp: 5, timestampType: 'CreateTime' }
  assert.equal(recordIdOf({ source: '/shop a', id: 'x 1' }, [], origin), '/shop%20a x 1')
  assert.equal(recordIdOf(undefined, [], origin), 'orders-1@7/5')
  const headers = [{ key: 'outbox-id', value: Buffer.from('row-1') }]
  assert.equal(recordIdOf(undefined, headers, origin), 'outbox row-1')
  assert.equal(storedId('plain id'), 'plain id')
  for (const odd of ['', 'é', 'a\0b', 'x'.repeat(201)])
    assert.match(storedId(odd), /^sha256:[0-9a-f]{64}$/, JSON.stringify(odd))
})

test('a memory store forgets those first that were handled the longest ago', async () => {
  const store = new MemoryDedupeStore({ maxIds: 3, clock: new ManualClock() })
  const scope = 'a'
  for (const id of ['1', '2', '3', '1', '4'])
    await store.complete({ scope, owner: 'o', ids: [id], ttlMs: 1_000 })
  assert.equal(store.size, 3)
  const claim = { scope, owner: 'o', leaseMs: 1_000 }
  assert.deepEqual(await store.claim({ ...claim, ids: ['1', '2', '3', '4'] }), [
    'done',
    'claimed',
    'done',
    'done',
  ])
  assert.throws(() => new MemoryDedupeStore({ maxIds: 0 }), /maxIds is 0/)
})

test('a store that hangs is one that failed: it is told, and asked again', async () => {
  const { clock, store, retried, make } = setUp()
  const one = make('one')
  const [held, given] = (await claimsOf(clock, one, 'held', 'given')) as Claim[]
  store.hangs = true
  const claiming = one.claim('new')
  let isMarked = false
  void held!.complete().then(() => {
    isMarked = true
  })
  given!.release()
  await clock.pass(31_000)
  assert.equal(await inTurn(clock, claiming), 'failed')
  for (const what of ['claiming', 'marking', 'releasing'])
    assert.ok(
      retried.some(told => told.startsWith(what)),
      what,
    )
  assert.equal(isMarked, false)
  store.hangs = false
  await clock.pass(30_000)
  assert.equal(isMarked, true)
  const [again, released] = await claimsOf(clock, one, 'new', 'given')
  assert.ok(again instanceof Claim && released instanceof Claim, 'nothing is kept from being asked again')
})
