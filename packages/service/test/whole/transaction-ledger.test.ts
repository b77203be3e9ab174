// The ledger of exactly-once handlers: what is written because of a record is committed with it, and not before. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Consumer } from '@millrace/client'
import { nodeClock, nodeRandom } from '@millrace/runtime'
import { readCommitted, withCluster } from '@millrace/testkit'
import { CompletionTracker, type Tracked } from '../../src/concurrency/completion-tracker.ts'
import type { TopicHandler } from '../../src/handling/topic-handler.ts'
import { resolveServiceOptions } from '../../src/service/options.ts'
import { PartitionWork } from '../../src/service/partition-work.ts'
import { TransactionLedger } from '../../src/service/transaction-ledger.ts'
import { committedOf } from './support.ts'

const timeout = 60_000

test('a transaction has no output of a record whose offset it has not', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const input = await cluster.createTopic()
    const output = await cluster.createTopic()
    const group = cluster.uniqueName('group')
    await using consumer = new Consumer({ brokers, groupId: group })
    const ledger = new TransactionLedger(resolveServiceOptions({ name: group, brokers }), group, consumer, {
      clock: nodeClock,
      random: nodeRandom,
      onRetried: (what, error) => assert.fail(`${what}: ${String(error)}`),
      onCut: () => assert.fail('all of it fits'),
      onWritten: () => {},
      reload: error => assert.fail(error.message),
      onFailed: error => assert.fail(error.message),
    })
    const handler = { options: { batch: undefined } } as unknown as TopicHandler
    const work = new PartitionWork(
      { topic: input, partition: 0, group },
      { value: 0 },
      handler,
      undefined,
      4_096,
    )
    const tracker = new CompletionTracker(0, [], 4_096)
    work.tracker = tracker
    const records = [0, 1].map((offset): Tracked => ({ offset, isDone: false, turn: 0 }))
    for (const record of records) tracker.take(record)
    const commit = async () => {
      work.isDirty = true
      await ledger.commit([work])
      const values = (await readCommitted(brokers, output)).map(({ valueBytes }) => String(valueBytes))
      const [committed] = await committedOf(brokers, group, input)
      return [values, committed?.offset]
    }
    // Written, and not done yet: its serde had to wait, and a commit came in between.
    await ledger.write(work, [{ topic: output, value: 'second' }], { of: records[1], inContext: undefined })
    tracker.done(records[0]!)
    assert.deepEqual(await commit(), [[], 1])
    tracker.done(records[1]!)
    assert.deepEqual(await commit(), [['second'], 2])
    await ledger.close()
  }),
)
