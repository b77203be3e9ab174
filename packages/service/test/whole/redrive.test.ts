// Dead letters are looked at, sent back, edited and deleted; no run sends again what another one has sent. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, OffsetSpec, Producer, throwFirst, type ConsumerRecord } from '@millrace/client'
import { DeadLetterQueue, RedriveFencedError, Service, type StoredLetter } from '@millrace/service'
import { eventually, readCommitted, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { killedRedrive } from './killed-redrive.ts'
import { caughtUp, committedOf, count, numbersTopic, quick } from './support.ts'

const timeout = 90_000

interface Written {
  readonly key?: string
  readonly value?: string
  readonly partition?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Writes dead letters of `origin` as a service would. */
async function write(
  { brokers }: TestCluster,
  topic: string,
  origin: string,
  letters: readonly Written[],
): Promise<void> {
  await using producer = new Producer({ brokers })
  for (const [
    n,
    { key = `key-${n}`, value = `value-${n}`, partition = 0, headers = {} },
  ] of letters.entries()) {
    await producer.send({
      topic,
      partition,
      key,
      value,
      headers: {
        mine: `${n}`,
        '__millrace.errors.topic': origin,
        '__millrace.errors.partition': '0',
        '__millrace.errors.offset': `${n}`,
        '__millrace.errors.group': 'billing',
        '__millrace.errors.class': 'TimeoutError',
        '__millrace.errors.message': `away ${n}`,
        '__millrace.errors.reason': 'attempts-exhausted',
        '__millrace.errors.failed.at': `${1_700_000_000_000 + n}`,
        ...headers,
      },
    })
  }
}

function values(records: readonly ConsumerRecord[]): string[] {
  return records.map(({ value }) => String(value))
}

async function lettersOf(queue: DeadLetterQueue, options?: Parameters<DeadLetterQueue['letters']>[0]) {
  const letters: StoredLetter[] = []
  for await (const letter of queue.letters(options)) letters.push(letter)
  return letters
}

test(
  'what a service gave up goes back to its own topic, is handled, and is not sent twice',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      let isAway = true
      const seen: number[] = []
      await using service = new Service({ ...quick(cluster), name })
      service.handle(
        topic,
        {
          counted: ({ data: { n } }) => {
            if (isAway && n % 2 === 1) throw new Error('away')
            seen.push(n)
          },
        },
        { deadLetter: true, retry: { attempts: 1 } },
      )
      await service.start()
      await count(brokers, topic, 6)
      await caughtUp(brokers, name, [topic.name])
      isAway = false
      await using queue = new DeadLetterQueue({ brokers, topic: `${topic.name}-${name}-dlt` })
      const letters = await lettersOf(queue)
      assert.deepEqual(
        letters.map(({ isPending, letter }) => [isPending, letter?.offset, letter?.errorMessage]),
        [
          [true, 1, 'away'],
          [true, 3, 'away'],
          [true, 5, 'away'],
        ],
      )
      const dry = await queue.redrive({ dryRun: true })
      assert.deepEqual([dry.sent, dry.isComplete], [3, true])
      assert.equal((await readTopic(brokers, topic.name)).length, 6, 'a dry run writes nothing')
      const report = await queue.redrive()
      assert.deepEqual([report.sent, report.before, report.failed, report.isComplete], [3, 0, 0, true])
      await caughtUp(brokers, name, [topic.name])
      assert.deepEqual(seen, [0, 2, 4, 1, 3, 5])
      const back = (await readTopic(brokers, topic.name)).slice(6)
      assert.deepEqual(
        back.map(record => [record.header('__millrace.errors.redrives'), record.header('ce_type')]),
        [1, 3, 5].map(() => ['1', 'counted']),
      )
      assert.equal((await queue.redrive()).sent, 0)
      assert.deepEqual(
        (await lettersOf(queue)).map(({ isPending }) => isPending),
        [false, false, false],
      )
      const purged = await queue.purge()
      assert.deepEqual(
        purged.map(({ start, to }) => [start, to]),
        [[0, 3]],
      )
      assert.deepEqual(await lettersOf(queue), [])
    }),
)

test('filters pick out of the middle, a limit ends early, and the next run takes the rest', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const origin = await cluster.createTopic()
    const topic = await cluster.createTopic({ partitions: 2 })
    await write(
      cluster,
      topic,
      origin,
      Array.from({ length: 20 }, (_, n) => ({
        partition: n % 2,
        headers: { '__millrace.errors.class': n % 3 === 0 ? 'com.example.Declined' : 'TimeoutError' },
      })),
    )
    await using queue = new DeadLetterQueue({ brokers, topic })
    const declined = { errorClass: 'Declined' }
    const first = await queue.redrive({ filter: declined, limit: 2 })
    assert.deepEqual([first.sent, first.isComplete], [2, false])
    const second = await queue.redrive({ filter: declined })
    assert.deepEqual([second.sent, second.isComplete], [5, true])
    const some = await queue.redrive({
      filter: { since: 1_700_000_000_005, until: 1_700_000_000_010, errorMessage: /away/g },
    })
    assert.equal(some.sent, 3, '5, 7, 8: 6 and 9 went before')
    const at = await queue.redrive({ filter: { places: [{ partition: 1, offset: 0 }], key: 'key-1' } })
    assert.equal(at.sent, 1)
    const rest = await queue.redrive()
    assert.equal(rest.sent, 20 - 7 - 3 - 1)
    const sent = values(await readCommitted(brokers, origin))
    assert.equal(sent.length, 20)
    assert.equal(new Set(sent).size, 20, 'each of them once')
    // All is done: the commits have nothing to say beside the offset.
    const committed = await committedOf(brokers, queue.progressGroup, topic, 2)
    assert.deepEqual(
      committed.map(each => [each!.offset, each!.metadata]),
      [
        [10, ''],
        [10, ''],
      ],
    )
  }),
)

test('what cannot be sent back stays, is told, and keeps nothing else', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const origin = await cluster.createTopic({ configs: { 'max.message.bytes': '2000' } })
    const topic = await cluster.createTopic()
    await write(cluster, topic, origin, [
      {},
      { headers: { '__millrace.errors.topic': 'is-gone' } },
      { value: 'x'.repeat(5_000) },
      {},
    ])
    await using producer = new Producer({ brokers })
    await producer.send({ topic, value: 'bare' })
    await using queue = new DeadLetterQueue({ brokers, topic })
    const report = await queue.redrive()
    assert.deepEqual([report.sent, report.failed], [2, 3])
    const messages = new Map(report.failures.map(({ offset, message }) => [offset, message]))
    assert.match(messages.get(1)!, /"is-gone" does not exist/)
    assert.match(messages.get(2)!, /larger than .* takes/)
    assert.match(messages.get(4)!, /no headers of a dead letter/)
    assert.deepEqual(values(await readCommitted(brokers, origin)), ['value-0', 'value-3'])
    const other = await cluster.createTopic()
    const again = await queue.redrive({ to: other })
    assert.deepEqual([again.sent, again.failed], [3, 0])
    const moved = await readCommitted(brokers, other)
    assert.deepEqual(
      moved.map(record => [record.header('mine'), record.header('__millrace.errors.redrives')]),
      [
        ['1', '1'],
        ['2', '1'],
        [undefined, '1'],
      ],
    )
    assert.equal((await queue.purge()).length, 1)
  }),
)

test('the key says the partition, or the letter does', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const origin = await cluster.createTopic({ partitions: 4 })
    const topic = await cluster.createTopic()
    const letters = [0, 1, 2, 3, 9].map(partition => ({
      key: 'same',
      value: `${partition}`,
      headers: { '__millrace.errors.partition': `${partition}` },
    }))
    await write(cluster, topic, origin, letters)
    await using queue = new DeadLetterQueue({ brokers, topic })
    await queue.redrive({ partition: 'same' })
    const records = await readCommitted(brokers, origin, 4)
    const own = records.filter(({ value }) => String(value) !== '9')
    for (const { partition, value } of own) assert.equal(String(value), `${partition}`)
    await using byKey = new DeadLetterQueue({ brokers, topic, progressGroup: cluster.uniqueName('again') })
    await byKey.redrive()
    const all = await readCommitted(brokers, origin, 4)
    const ofKey = all.find(({ value }) => String(value) === '9')!.partition
    assert.equal(all.filter(({ partition }) => partition === ofKey).length, 1 + 1 + 5)
  }),
)

test('an edited letter takes the place of the old one', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const origin = await cluster.createTopic()
    const topic = await cluster.createTopic()
    await write(cluster, topic, origin, [{}, {}, {}])
    await using queue = new DeadLetterQueue({ brokers, topic })
    const place = await queue.edit({ partition: 0, offset: 1 }, { value: 'mended', headers: [] })
    const edited = await queue.letter(place)
    assert.deepEqual(
      [edited.letter?.topic, edited.letter?.errorMessage, edited.letter?.editedFrom],
      [origin, 'away 1', '0:1'],
    )
    assert.deepEqual([String(edited.keyBytes), edited.letter?.headers], ['key-1', []])
    await assert.rejects(queue.edit({ partition: 0, offset: 1 }, { value: 'again' }), { code: 'LETTER_DONE' })
    await assert.rejects(queue.letter({ partition: 0, offset: 99 }), { code: 'LETTER_NOT_FOUND' })
    assert.equal((await queue.redrive()).sent, 3)
    const back = await readCommitted(brokers, origin)
    assert.deepEqual(values(back), ['value-0', 'value-2', 'mended'])
    assert.equal(back[2]!.header('__millrace.errors.edited.at'), undefined)
  }),
)

test(
  'an edit is over when the letter can be read, however long another transaction hides it',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = await cluster.createTopic()
      await write(cluster, topic, await cluster.createTopic(), [{}, {}])
      await using other = new Producer({ brokers, transactionalId: cluster.uniqueName('other') })
      await other.beginTransaction()
      await other.send({ topic, partition: 0, value: 'not committed' })
      await using queue = new DeadLetterQueue({ brokers, topic })
      let isOver = false
      const edit = queue.edit({ partition: 0, offset: 1 }, { value: 'mended' })
      edit.then(
        () => {
          isOver = true
        },
        () => {},
      )
      await using admin = new Admin({ brokers })
      const wanted = [{ topic, partition: 0, timestamp: OffsetSpec.latest }]
      await eventually('the letter and the marker of its transaction are written', async () => {
        const [end] = throwFirst(await admin.listOffsets(wanted))
        return end!.offset === 5
      })
      assert.equal(isOver, false)
      await other.abortTransaction()
      assert.equal(String((await queue.letter(await edit)).valueBytes), 'mended')
    }),
)

test(
  'a run that is killed in the middle of a transaction leaves the rest to the next, and nothing is sent twice',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const origin = await cluster.createTopic()
      const topic = await cluster.createTopic()
      await write(
        cluster,
        topic,
        origin,
        Array.from({ length: 100 }, () => ({})),
      )
      await using queue = new DeadLetterQueue({ brokers, topic })
      // The first has committed nothing when it is killed, the second ten records.
      for (const transactions of [1, 2]) await killedRedrive(brokers, topic, transactions)
      const rest = await queue.redrive()
      assert.deepEqual([rest.sent, rest.isComplete], [90, true])
      const sent = values(await readCommitted(brokers, origin))
      assert.deepEqual([sent.length, new Set(sent).size], [100, 100])
    }),
)

test('of two redrives the later one goes on, and what the first has sent counts', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const origin = await cluster.createTopic()
    const topic = await cluster.createTopic()
    await write(
      cluster,
      topic,
      origin,
      Array.from({ length: 10 }, () => ({})),
    )
    await using first = new DeadLetterQueue({ brokers, topic })
    await using second = new DeadLetterQueue({ brokers, topic })
    let other: Promise<unknown> | undefined
    const overtaken = first.redrive({
      recordsPerSecond: 2,
      onSent: () => {
        other ??= second.redrive()
      },
    })
    await assert.rejects(overtaken, RedriveFencedError)
    await other
    const sent = values(await readCommitted(brokers, origin))
    assert.deepEqual([sent.length, new Set(sent).size], [10, 10])
  }),
)

test('a run that is given up leaves what it sent told, and the next goes on behind it', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const origin = await cluster.createTopic()
    const topic = await cluster.createTopic()
    await write(
      cluster,
      topic,
      origin,
      Array.from({ length: 10 }, () => ({})),
    )
    await using queue = new DeadLetterQueue({ brokers, topic })
    const stop = new AbortController()
    const reason = new Error('enough')
    let sent = 0
    const given = queue.redrive({
      recordsPerSecond: 4,
      signal: stop.signal,
      onSent: () => {
        if (++sent === 4) stop.abort(reason)
      },
    })
    await assert.rejects(given, reason)
    const rest = await queue.redrive()
    assert.equal(rest.sent, 6)
    assert.equal(new Set(values(await readCommitted(brokers, origin))).size, 10)
  }),
)

test(
  'where a commit cannot tell of more, the partition stops, and goes on when older ones are sent',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const origin = await cluster.createTopic()
      const topic = await cluster.createTopic()
      await write(
        cluster,
        topic,
        origin,
        Array.from({ length: 300 }, (_, n) => ({ headers: { '__millrace.errors.reason': `r${n % 2}` } })),
      )
      await using queue = new DeadLetterQueue({ brokers, topic, offsetMetadataMaxChars: 30 })
      const first = await queue.redrive({ filter: { reason: 'r1' } })
      assert.deepEqual([first.full, first.isComplete], [[0], false])
      assert.ok(first.sent > 10 && first.sent < 150, `${first.sent}`)
      const rest = await queue.redrive()
      assert.equal(rest.sent, 300 - first.sent)
      const sent = values(await readCommitted(brokers, origin))
      assert.deepEqual([sent.length, new Set(sent).size], [300, 300])
    }),
)
