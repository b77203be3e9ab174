// One partition's leader, spoken to directly: reading, seeking, writing, deadlines, and leaders that move.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ErrorCode,
  FetchApi,
  ListOffsetsApi,
  ProduceApi,
  RecordBatchCursor,
  readBatchHeader,
} from '@millrace/protocol'
import {
  BrokerError,
  ClosedError,
  ConnectionError,
  dialLeader,
  OperationTimeoutError,
  PositionError,
  type PartitionConnectionOptions,
  StateError,
} from '../../src/index.ts'
import { FakeCluster, hangUp, silence } from '../support/fake-broker.ts'
import { FakeLogs } from '../support/fake-partitions.ts'

async function untilOrOver(holds: () => boolean, timeoutMs: number): Promise<void> {
  for (const end = performance.now() + timeoutMs; !holds() && performance.now() < end; )
    await new Promise(resolve => setTimeout(resolve, 2))
}

/** Topic `t` with one partition of so many records in batches of five, led by broker 1. */
async function setUp(end: number, options: Partial<PartitionConnectionOptions> = {}) {
  const cluster = new FakeCluster([1, 2])
  const topic = cluster.topic('t', [1])
  const logs = new FakeLogs(topic.topicId, [end])
  const asked: { minBytes: number; maxBytes: number; maxWaitMs: number; brokerId: number }[] = []
  const written: string[][] = []
  const refusal = (brokerId: number) => (topic.leaders[0] === brokerId ? 0 : ErrorCode.NOT_LEADER_OR_FOLLOWER)
  cluster.on(FetchApi, async ({ request, brokerId }) => {
    const { minBytes, maxBytes, maxWaitMs } = request
    asked.push({ minBytes, maxBytes, maxWaitMs, brokerId })
    assert.deepEqual([request.sessionId, request.sessionEpoch], [0, -1], 'no session')
    const { fetchOffset } = request.topics[0]!.partitions[0]!
    const isOutside = fetchOffset > logs.ends[0]!
    const code = isOutside ? ErrorCode.OFFSET_OUT_OF_RANGE : refusal(brokerId)
    const read = () => logs.answer(0, fetchOffset, code)
    if (code === 0) await untilOrOver(() => read().records !== null, maxWaitMs)
    const answer = read()
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      sessionId: 0,
      responses: [{ topicId: topic.topicId, partitions: [answer] }],
    }
  })
  cluster.on(ListOffsetsApi, ({ request, brokerId }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => ({
        partitionIndex,
        errorCode: refusal(brokerId),
        timestamp: -1,
        offset: timestamp === -2 ? 0 : timestamp === -1 ? logs.ends[0]! : timestamp === 1_000 ? 5 : -1,
      })),
    })),
  }))
  cluster.on(ProduceApi, ({ request, brokerId }) => {
    const { index, records } = request.topicData[0]!.partitionData[0]!
    const errorCode = refusal(brokerId)
    if (errorCode === 0) {
      const cursor = new RecordBatchCursor().open(readBatchHeader(Buffer.concat(records as Buffer[])))
      const values: string[] = []
      while (cursor.next()) values.push(cursor.valueString() ?? '')
      written.push(values)
    }
    return {
      throttleTimeMs: 0,
      responses: [
        { topicId: topic.topicId, name: 't', partitionResponses: [{ index, errorCode, baseOffset: 40 }] },
      ],
    }
  })
  const connection = await dialLeader(
    {
      brokers: cluster.bootstrap,
      network: cluster.network,
      retryBackoffMs: 1,
      retryBackoffMaxMs: 5,
      reconnectBackoffMs: 1,
      ...options,
    },
    't',
    0,
  )
  const move = () => {
    topic.leaders[0] = 2
    topic.leaderEpoch++
  }
  return { cluster, logs, asked, written, connection, move }
}

const offsetsOf = (batch: Iterable<{ offset: number }> | undefined) =>
  batch && [...batch].map(({ offset }) => offset)

test('batches are read one after the other from the start of the log, and nothing at its end', async () => {
  const { connection, asked } = await setUp(7)
  assert.equal(connection.offset, undefined)
  const first = (await connection.readBatch({ minBytes: 1, maxBytes: 1_000, maxWaitMs: 50 }))!
  assert.deepEqual(offsetsOf(first), [0, 1, 2, 3, 4])
  assert.deepEqual([first.firstOffset, first.endOffset, first.highWatermark], [0, 5, 7])
  assert.equal(connection.offset, 5)
  assert.deepEqual(offsetsOf(await connection.readBatch()), [5, 6])
  assert.equal(await connection.readBatch({ maxWaitMs: 0 }), undefined)
  assert.deepEqual(
    asked.map(({ minBytes, maxBytes, maxWaitMs }) => [minBytes, maxBytes, maxWaitMs]),
    [
      [1, 1_000, 50],
      [1, 1_048_576, 500],
      [1, 1_048_576, 0],
    ],
  )
  connection.close()
})

test('seeking goes to offsets, ends and times, and says where it came to', async () => {
  const { connection } = await setUp(10)
  assert.equal(await connection.seek(7), 7)
  assert.deepEqual(offsetsOf(await connection.readBatch()), [7, 8, 9])
  assert.equal(await connection.seek('earliest'), 0)
  assert.equal(await connection.seek('latest'), 10)
  assert.equal(await connection.seek({ timestamp: 1_000 }), 5)
  assert.equal(await connection.seek({ timestamp: 9_999 }), 10, 'no record is that young')
  assert.equal(connection.offset, 10)
  assert.equal(await connection.offsetOf('earliest'), 0)
  assert.equal(await connection.offsetOf('latest'), 10)
  assert.equal(await connection.offsetOf({ timestamp: 9_999 }), undefined)
  await connection.seek(11)
  await assert.rejects(connection.readBatch(), (error: Error) => {
    assert.ok(error instanceof PositionError)
    assert.match(error.message, /t-0: offset 11 is not in the log: seek to where to go on/)
    return true
  })
  connection.close()
})

test('records are written as one batch, and the answer says where', async () => {
  const { connection, written } = await setUp(0, { compression: 'gzip' })
  const { baseOffset, logAppendTime } = await connection.write([
    { value: 'a' },
    { key: 'k', value: 'b', headers: { h: '1' }, timestamp: 5 },
    { value: null },
  ])
  assert.deepEqual([baseOffset, logAppendTime], [40, undefined])
  assert.deepEqual(written, [['a', 'b', '']])
  connection.close()
})

test('without acks a write resolves when its bytes have left', async () => {
  const { connection, cluster } = await setUp(0, { acks: 0 })
  cluster.on(ProduceApi, () => silence)
  assert.deepEqual(await connection.write([{ value: 'a' }]), { baseOffset: -1, logAppendTime: undefined })
  connection.close()
})

test('a deadline ends a read, and the connection is as good as before', async () => {
  const { connection, logs } = await setUp(5)
  await connection.readBatch()
  const deadline = Date.now() + 40
  connection.setReadDeadline(new Date(deadline))
  const since = performance.now()
  await assert.rejects(connection.readBatch({ maxWaitMs: 5_000 }), (error: Error) => {
    assert.ok(error instanceof OperationTimeoutError)
    assert.match(error.message, /reading t-0 did not come to an end before the deadline/)
    return true
  })
  assert.ok(performance.now() - since < 4_500)
  // A timer may fire a fraction of a millisecond before the clock of the day has come so far.
  while (Date.now() <= deadline) await sleep(1)
  await assert.rejects(connection.readBatch(), OperationTimeoutError, 'it is over for later calls, too')
  await connection.write([{ value: 'a' }])
  connection.setDeadline(undefined)
  logs.ends[0] = 6
  assert.deepEqual(offsetsOf(await connection.readBatch()), [5])
  connection.setWriteDeadline(new Date(Date.now() - 1))
  await assert.rejects(connection.write([{ value: 'a' }]), OperationTimeoutError)
  connection.close()
})

test('a read that waits holds up no write', async () => {
  const { connection, logs } = await setUp(0)
  const waiting = connection.readBatch({ maxWaitMs: 60_000 })
  await connection.write([{ value: 'a' }])
  await assert.rejects(connection.readBatch(), StateError, 'one read at a time')
  logs.ends[0] = 1
  assert.deepEqual(offsetsOf(await waiting), [0])
  connection.close()
})

test('a leader that moved is an error that says so, unless calls may follow it', async () => {
  const fixed = await setUp(5)
  fixed.move()
  for (const call of [
    () => fixed.connection.readBatch(),
    () => fixed.connection.offsetOf('latest'),
    () => fixed.connection.write([{ value: 'a' }]),
  ]) {
    await assert.rejects(call(), (error: Error) => {
      assert.ok(error instanceof BrokerError)
      assert.equal(error.code, 'NOT_LEADER_OR_FOLLOWER')
      assert.match(error.message, /broker 1 \(fake:1\) does not lead the partition any more: dial again/)
      return true
    })
  }
  assert.equal(fixed.connection.leader.id, 1)
  fixed.connection.close()

  const following = await setUp(5, { onLeaderChange: 'redial' })
  following.move()
  assert.deepEqual(offsetsOf(await following.connection.readBatch()), [0, 1, 2, 3, 4])
  assert.equal(following.connection.leader.id, 2)
  await following.connection.write([{ value: 'a' }])
  assert.deepEqual(following.written, [['a']])
  following.connection.close()
})

test('a write whose answer is lost is not repeated, whatever else is', async () => {
  const { connection, cluster } = await setUp(0, { onLeaderChange: 'redial' })
  let writes = 0
  cluster.on(ProduceApi, () => {
    writes++
    return hangUp
  })
  await assert.rejects(connection.write([{ value: 'a' }]), ConnectionError)
  assert.equal(writes, 1)
  connection.close()
})

test('what is not there is said when it is dialled', async () => {
  const cluster = new FakeCluster([1])
  cluster.topic('t', [1, 1])
  const options = { brokers: cluster.bootstrap, network: cluster.network, retryBackoffMs: 1 }
  await assert.rejects(dialLeader(options, 't', 2), (error: Error) => {
    assert.ok(error instanceof BrokerError)
    assert.match(error.message, /topic "t" has 2 partitions, numbered from 0/)
    return true
  })
  await assert.rejects(dialLeader(options, 'u', 0, { timeoutMs: 30 }), OperationTimeoutError)
  await assert.rejects(
    dialLeader(options, 't', -1),
    /dialLeader: partition.partition is -1: write a number from 0/,
  )
  await assert.rejects(
    dialLeader({ ...options, ack: 1 } as never, 't', 0),
    /there is no option "ack"; did you mean "acks"/,
  )
  await assert.rejects(
    dialLeader(options, 't', 0, { signal: AbortSignal.abort(new Error('enough')) }),
    /enough/,
  )
})

test('what is under way when it is closed fails, and so does every later call', async () => {
  const { connection } = await setUp(0)
  const waiting = connection.readBatch({ maxWaitMs: 5_000 })
  await new Promise(resolve => setTimeout(resolve, 20))
  connection.close()
  await assert.rejects(waiting, ClosedError)
  await assert.rejects(connection.write([{ value: 'a' }]), ClosedError)
})

test('arguments are checked by name', async () => {
  const { connection } = await setUp(5)
  await assert.rejects(
    connection.readBatch({ maxbytes: 1 } as never),
    /has a field "maxbytes": did you mean "maxBytes"/,
  )
  await assert.rejects(connection.readBatch({ minBytes: 0 }), StateError)
  await assert.rejects(connection.write([]), /there are no records/)
  await assert.rejects(connection.write([{}] as never), /a record has no value/)
  await assert.rejects(
    connection.seek('start' as never),
    /give an offset, \{ timestamp \} or "earliest", "latest"/,
  )
  assert.throws(() => connection.setDeadline(5 as never), /setReadDeadline: at is 5: write a Date/)
  connection.close()
})
