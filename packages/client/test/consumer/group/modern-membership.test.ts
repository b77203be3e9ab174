// The course of a member whose broker divides the partitions, event by event, without a coordinator.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import fc from 'fast-check'
import type {
  HeartbeatAnswer,
  ModernEffect,
  ModernEvent,
} from '../../../src/consumer/group/modern/modern-events.ts'
import {
  ModernMembership,
  type ModernMembershipOptions,
} from '../../../src/consumer/group/modern/modern-membership.ts'
import type { TopicPartitions } from '../../../src/consumer/assignors/assignor.ts'
import { isEmpty, subtract } from '../../../src/consumer/group/topic-partitions.ts'
import { AuthenticationError, ConnectionError } from '../../../src/index.ts'

const names = new Map([
  ['T', 't'],
  ['U', 'u'],
])

function answered(memberEpoch: number, more: Partial<HeartbeatAnswer> = {}): ModernEvent {
  const answer = { errorCode: 0, errorMessage: null, memberEpoch, heartbeatIntervalMs: 100, assignment: null }
  return { type: 'answered', answer: { ...answer, ...more } }
}

/** An answer that assigns these partitions of the topic "t", whose id is "T". */
function assigns(memberEpoch: number, partitions: readonly number[], topicId = 'T'): ModernEvent {
  return answered(memberEpoch, { assignment: new Map(partitions.length > 0 ? [[topicId, partitions]] : []) })
}

const refused = (errorCode: number) => answered(0, { errorCode })
const broken: ModernEvent = { type: 'failed', error: new ConnectionError('CONNECTION_CLOSED', 'gone') }

class Course {
  readonly membership: ModernMembership
  now = 0

  constructor(options: Partial<ModernMembershipOptions> = {}) {
    this.membership = new ModernMembership({
      groupId: 'g',
      groupInstanceId: null,
      maxPollIntervalMs: 10_000,
      retryBackoffMs: 50,
      retryBackoffMaxMs: 400,
      acknowledges: true,
      ...options,
    })
  }

  /** What an event leads to, in short: `beat 0 all`, `assign +t0 -`, `leave -1` … */
  on(event: ModernEvent): string[] {
    return this.membership.step(event, this.now).map(describe)
  }

  /** What is due by then. */
  at(now: number): string[] {
    this.now = now
    return this.on({ type: 'tick' })
  }

  /** Joins and takes these partitions over. */
  settle(partitions: readonly number[], epoch = 1): void {
    this.on({ type: 'start' })
    this.on(assigns(epoch, partitions))
    this.on({ type: 'named', names })
    this.on({ type: 'assigned' })
    this.on(answered(epoch))
    assert.equal(this.membership.phase, 'member')
  }
}

const list = (partitions: ReadonlyMap<string, readonly number[]>) =>
  [...partitions].flatMap(([topic, numbers]) => numbers.map(number => `${topic}${number}`)).join()

function describe(effect: ModernEffect): string {
  switch (effect.type) {
    case 'heartbeat': {
      const owned = effect.owned ? ` has ${list(effect.owned)}` : ''
      return `beat ${effect.epoch}${effect.full ? ' all' : ''}${owned}`
    }
    case 'revoke':
      return `${effect.lost ? 'lose' : 'revoke'} ${list(effect.partitions)}`
    case 'assign':
      return `assign +${list(effect.added)} -${list(effect.revoked)}`
    case 'leave':
      return `leave ${effect.epoch}`
    case 'resolve':
      return `resolve ${effect.topicIds.join()}`
    case 'tell':
    case 'fail':
      return `${effect.type} ${(effect.error as Error & { code: string }).code}`
    default:
      return effect.type
  }
}

test('a new member joins with epoch 0 and all it has to say, takes over what it is given, and says that it has it', () => {
  const course = new Course()
  assert.deepEqual(course.on({ type: 'start' }), ['beat 0 all has '])
  assert.equal(course.membership.epoch, -1)
  assert.deepEqual(course.on(assigns(3, [0, 1])), ['resolve T'])
  assert.equal(course.membership.epoch, 3)
  assert.deepEqual(course.on({ type: 'named', names }), ['assign +t0,t1 -'])
  assert.deepEqual(course.on({ type: 'assigned' }), ['beat 3 has T0,T1'])
  assert.deepEqual(course.on(answered(3)), [])
  assert.deepEqual(course.at(99), [])
  assert.deepEqual(course.at(100), ['beat 3'])
})

test('what goes to others is given up first, told, and only then comes what is new', () => {
  const course = new Course()
  course.settle([0, 1])
  course.at(100)
  assert.deepEqual(course.on(assigns(2, [1])), ['assign + -t0'])
  assert.deepEqual(course.on({ type: 'assigned' }), ['beat 2 has T1'])
  assert.deepEqual(course.on(assigns(3, [1, 2])), ['assign +t2 -'])
})

test('heartbeats go on while partitions change hands, and what comes meanwhile is done next', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  course.on(assigns(2, [0, 1]))
  assert.deepEqual(course.at(200), ['beat 2'])
  assert.deepEqual(course.on(assigns(3, [1])), [])
  assert.deepEqual(course.on({ type: 'assigned' }), ['assign + -t0', 'beat 3 has T0,T1'])
  assert.deepEqual(course.on({ type: 'assigned' }), [])
  assert.deepEqual(course.on(answered(3)), ['beat 3 has T1'])
})

test('one heartbeat is under way at a time, also when there is something to say', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  assert.deepEqual(course.on({ type: 'resubscribed' }), [])
  assert.deepEqual(course.on(answered(1)), ['beat 1'])
  assert.deepEqual(course.on(answered(1)), [])
  assert.deepEqual(course.on({ type: 'resubscribed' }), ['beat 1'])
})

test('after a heartbeat without an answer the next one says everything, after a pause that grows', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  assert.deepEqual(course.on(broken), [])
  assert.equal(course.membership.nextTickAt(), 150)
  assert.deepEqual(course.at(150), ['beat 1 all has T0'])
  course.on(refused(ErrorCode.NOT_COORDINATOR))
  assert.equal(course.membership.nextTickAt(), 250)
  assert.deepEqual(course.at(250), ['beat 1 all has T0'])
  assert.deepEqual(course.on(answered(1)), [])
  assert.deepEqual(course.at(350), ['beat 1'])
})

for (const errorCode of [ErrorCode.FENCED_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID]) {
  test(`a member that is put out (${errorCode}) has lost its partitions, and joins anew when that is dealt with`, () => {
    const course = new Course()
    course.settle([0], 7)
    course.at(100)
    assert.deepEqual(course.on(refused(errorCode)), ['lose t0'])
    assert.equal(course.membership.epoch, -1)
    assert.deepEqual(course.at(5_000), [])
    assert.deepEqual(course.on({ type: 'revoked' }), ['beat 0 all has '])
    assert.deepEqual(course.on(assigns(9, [0])), ['assign +t0 -'])
  })
}

test('a member that is put out while hooks run loses all that it took over, when they have run', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  course.on(assigns(2, [0, 1]))
  course.at(200)
  assert.deepEqual(course.on(refused(ErrorCode.FENCED_MEMBER_EPOCH)), [])
  assert.deepEqual(course.on({ type: 'assigned' }), ['lose t0,t1'])
  assert.deepEqual(course.on({ type: 'revoked' }), ['beat 0 all has '])
})

test('a member that is refused again and again pauses in between', () => {
  const course = new Course()
  course.on({ type: 'start' })
  assert.deepEqual(course.on(refused(ErrorCode.UNKNOWN_MEMBER_ID)), [])
  assert.equal(course.membership.nextTickAt(), 50)
  assert.deepEqual(course.at(50), ['beat 0 all has '])
})

test('a user who does not poll loses the partitions and gets back in with the next poll', () => {
  for (const [groupInstanceId, farewell] of [
    [null, 'leave -1'],
    ['one', 'leave -2'],
  ] as const) {
    const course = new Course({ groupInstanceId })
    course.settle([0])
    assert.deepEqual(course.at(10_000), ['lose t0', farewell])
    assert.equal(course.membership.epoch, -1)
    course.on({ type: 'departed' })
    // The hook is still running: what it takes back must not be what the next assignment gives.
    assert.deepEqual(course.on({ type: 'polled' }), [])
    assert.deepEqual(course.on({ type: 'revoked' }), ['beat 0 all has '])
    assert.deepEqual(course.at(30_000), [farewell])
  }
})

test('stopping gives up the partitions under the membership, then leaves', () => {
  const course = new Course()
  course.settle([0], 4)
  assert.deepEqual(course.on({ type: 'stop' }), ['revoke t0'])
  assert.equal(course.membership.epoch, 4)
  assert.deepEqual(course.at(100), ['beat 4'])
  assert.deepEqual(course.on(answered(5)), [])
  assert.equal(course.membership.epoch, 5)
  assert.deepEqual(course.on({ type: 'revoked' }), ['leave -1'])
  assert.deepEqual(course.at(5_000), [])
  assert.deepEqual(course.on({ type: 'departed' }), ['left'])
  assert.equal(course.membership.nextTickAt(), Number.POSITIVE_INFINITY)
})

test('a static member leaves for a while', () => {
  const course = new Course({ groupInstanceId: 'one' })
  course.settle([0])
  course.on({ type: 'stop' })
  assert.deepEqual(course.on({ type: 'revoked' }), ['leave -2'])
})

test('who closes may leave for good, or stay until its session ends', () => {
  const fixed = new Course({ groupInstanceId: 'one' })
  fixed.settle([0])
  assert.deepEqual(fixed.on({ type: 'stop', farewell: 'leave' }), ['revoke t0'])
  assert.deepEqual(fixed.on({ type: 'revoked' }), ['leave -1'])
  const stays = new Course()
  stays.settle([0])
  assert.deepEqual(stays.on({ type: 'stop', farewell: 'remain' }), ['revoke t0'])
  assert.deepEqual(stays.on({ type: 'revoked' }), ['left'])
  const fixedStays = new Course({ groupInstanceId: 'one' })
  fixedStays.settle([0])
  fixedStays.on({ type: 'stop', farewell: 'remain' })
  assert.deepEqual(fixedStays.on({ type: 'revoked' }), ['leave -2'])
})

test('stopping before, while and after joining leaves no member behind', () => {
  const idle = new Course()
  assert.deepEqual(idle.on({ type: 'stop' }), ['left'])
  const joining = new Course()
  joining.on({ type: 'start' })
  assert.deepEqual(joining.on({ type: 'stop' }), ['leave -1'])
  assert.deepEqual(joining.on(assigns(1, [0])), [])
  assert.deepEqual(joining.on({ type: 'departed' }), ['left'])
  const fenced = new Course()
  fenced.settle([0])
  fenced.at(100)
  fenced.on(refused(ErrorCode.UNKNOWN_MEMBER_ID))
  assert.deepEqual(fenced.on({ type: 'stop' }), [])
  assert.deepEqual(fenced.on({ type: 'revoked' }), ['left'])
})

test('a member that is put out while it leaves has nothing to commit under any more, and goes', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  course.on({ type: 'stop' })
  assert.deepEqual(course.on(refused(ErrorCode.UNKNOWN_MEMBER_ID)), [])
  assert.equal(course.membership.epoch, -1)
  assert.deepEqual(course.on({ type: 'revoked' }), ['left'])
})

test('errors that no retry mends end the membership, and the partitions are lost', () => {
  for (const [errorCode, code] of [
    [ErrorCode.GROUP_AUTHORIZATION_FAILED, 'GROUP_AUTHORIZATION_FAILED'],
    [ErrorCode.UNSUPPORTED_ASSIGNOR, 'UNSUPPORTED_ASSIGNOR'],
    [ErrorCode.INVALID_REGULAR_EXPRESSION, 'INVALID_REGULAR_EXPRESSION'],
    [ErrorCode.GROUP_MAX_SIZE_REACHED, 'GROUP_MAX_SIZE_REACHED'],
    [ErrorCode.FENCED_INSTANCE_ID, 'FENCED'],
  ] as const) {
    const course = new Course()
    course.settle([0])
    course.at(100)
    assert.deepEqual(course.on(refused(errorCode)), ['lose t0'])
    assert.deepEqual(course.on({ type: 'revoked' }), [`fail ${code}`])
    assert.deepEqual(course.at(60_000), [])
  }
  const course = new Course()
  course.on({ type: 'start' })
  assert.deepEqual(course.on({ type: 'failed', error: new AuthenticationError('no') }), [
    'fail AUTHENTICATION_FAILED',
  ])
})

test('a topic that may not be read is told, and the member stays', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  assert.deepEqual(course.on(refused(ErrorCode.TOPIC_AUTHORIZATION_FAILED)), [
    'tell TOPIC_AUTHORIZATION_FAILED',
  ])
  assert.deepEqual(course.at(150), ['beat 1 all has T0'])
})

test('a static member waits for its name as long as a session may last, then gives up', () => {
  const course = new Course({ groupInstanceId: 'one', maxPollIntervalMs: 300_000 })
  course.on({ type: 'start' })
  assert.deepEqual(course.on(refused(ErrorCode.UNRELEASED_INSTANCE_ID)), [])
  assert.deepEqual(course.at(59_000), ['beat 0 all has '])
  assert.deepEqual(course.on(refused(ErrorCode.UNRELEASED_INSTANCE_ID)), [])
  course.at(60_000)
  assert.deepEqual(course.on(refused(ErrorCode.UNRELEASED_INSTANCE_ID)), ['fail FENCED'])
})

test('a topic whose name is not known yet is asked for again, and holds up no other', () => {
  const course = new Course()
  course.on({ type: 'start' })
  const assignment = new Map([
    ['T', [0]],
    ['U', [1]],
  ])
  assert.deepEqual(course.on(answered(1, { assignment })), ['resolve T,U'])
  assert.deepEqual(course.on({ type: 'named', names: new Map([['T', 't']]) }), ['assign +t0 -'])
  course.on({ type: 'assigned' })
  assert.deepEqual(course.at(50), ['resolve U'])
  assert.deepEqual(course.on({ type: 'named', names: new Map([['U', 'u']]) }), ['assign +u1 -'])
})

test('a topic that was made anew under its name is given up and taken over', () => {
  const course = new Course()
  course.settle([0])
  course.at(100)
  assert.deepEqual(course.on(assigns(2, [0], 'T2')), ['assign + -t0', 'resolve T2'])
  course.on({ type: 'assigned' })
  assert.deepEqual(course.on({ type: 'named', names: new Map([['T2', 't']]) }), ['assign +t0 -'])
})

test('a member of a share group says nothing of what it has', () => {
  const course = new Course({ acknowledges: false })
  course.on({ type: 'start' })
  course.on(assigns(1, [0]))
  course.on({ type: 'named', names })
  assert.deepEqual(course.on({ type: 'assigned' }), [])
  assert.deepEqual(course.at(100), ['beat 1'])
})

/** Answers and happenings in any order; whatever is asked for is answered at some time. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('done' as const), which: fc.nat(9) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      errorCode: fc.constantFrom(0, 0, 0, 0, 15, 25, 110, 29),
      partitions: fc.option(fc.uniqueArray(fc.nat(3), { maxLength: 4 })),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'broken' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'resubscribed' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'polled' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('later' as const), byMs: fc.nat(6_000) }) },
)

type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never

/** The consumer and the coordinator as a member sees them: they do what it asks for, at some time, and hold it to what must be true. */
class World {
  readonly #membership = new Course().membership
  #now = 0
  #epoch = 0
  #has: ReadonlyMap<string, readonly number[]> = new Map()
  /** What is still to be reported. */
  readonly #open: ModernEvent[] = []
  /** Heartbeats without an answer. */
  #beating = 0
  hasLeft = false

  happen(each: Happening): void {
    switch (each.kind) {
      case 'done':
        if (this.#open.length > 0) this.step(this.#open.splice(each.which % this.#open.length, 1)[0]!)
        break
      case 'answer': {
        const assignment = each.partitions && new Map([['T', each.partitions]])
        this.#answer(answered(++this.#epoch, { errorCode: each.errorCode, assignment }))
        break
      }
      case 'broken':
        this.#answer(broken)
        break
      case 'later':
        this.#now += each.byMs
        this.step({ type: 'tick' })
        break
      default:
        this.step({ type: each.kind })
    }
  }

  step(event: ModernEvent): void {
    for (const effect of this.#membership.step(event, this.#now)) this.#perform(effect)
  }

  /** Reports all that is still to be reported. */
  settle(): void {
    while (this.#open.length > 0) this.step(this.#open.shift()!)
  }

  #answer(event: ModernEvent): void {
    if (this.#beating === 0) return
    this.#beating--
    this.step(event)
  }

  #perform(effect: ModernEffect): void {
    switch (effect.type) {
      case 'assign':
        this.#assign(effect.revoked, effect.added)
        break
      case 'revoke':
        this.#assertIdle()
        assert.ok(isEmpty(subtract(this.#has, effect.partitions)), 'everything is given up')
        this.#has = new Map()
        this.#open.push({ type: 'revoked' })
        break
      case 'resolve':
        this.#open.push({ type: 'named', names })
        break
      case 'leave':
        this.#open.push({ type: 'departed' })
        break
      case 'heartbeat':
        this.#beating++
        assert.ok(effect.epoch > 0 || isEmpty(this.#has), 'who joins has nothing')
        break
      case 'left':
        assert.ok(isEmpty(this.#has), 'who has left has nothing')
        this.hasLeft = true
        break
      default:
        break
    }
  }

  #assign(revoked: TopicPartitions, added: TopicPartitions): void {
    this.#assertIdle()
    assert.ok(isEmpty(subtract(revoked, this.#has)), 'what is taken was there')
    assert.equal(list(subtract(added, this.#has)), list(added), 'what is given was not there')
    const left = subtract(this.#has, revoked)
    this.#has = new Map([['t', [...(left.get('t') ?? []), ...(added.get('t') ?? [])]]])
    this.#open.push({ type: 'assigned' })
  }

  #assertIdle(): void {
    const isBusy = this.#open.some(({ type }) => type === 'assigned' || type === 'revoked')
    assert.ok(!isBusy, 'one thing is under way at a time')
  }
}

test('in whatever order things happen: nothing is given twice or taken that is not there, one thing is under way at a time, and stopping ends', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), happenings => {
      const world = new World()
      world.step({ type: 'start' })
      for (const each of happenings) world.happen(each)
      world.step({ type: 'stop' })
      world.settle()
      assert.ok(world.hasLeft)
    }),
  )
})
