// A lag monitor on a broker: ours, or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Consumer, Producer, throwFirst } from '@millrace/client'
import { type GroupVerdictName, LagMonitor, type PartitionVerdict } from '@millrace/monitor'
import { eventually, withCluster } from '@millrace/testkit'

const timeout = 90_000

/** Looks until a partition of a group is judged so. */
async function until(monitor: LagMonitor, group: string, verdict: PartitionVerdict): Promise<void> {
  await eventually(`${group} is ${verdict}`, async () => {
    await monitor.look()
    return monitor.group(group).partitions[0]?.verdict === verdict
  })
}

test(
  'a group is found, stalls, stops, is reset, catches up and goes, and each is told once',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic()
      const group = uniqueName('lagging')
      const writtenAt = Date.now() - 60_000
      await using producer = new Producer({ brokers })
      await producer.send(
        Array.from({ length: 10 }, (_, n) => ({ topic, value: `${n}`, timestamp: writtenAt })),
      )
      const told: string[] = []
      await using monitor = new LagMonitor({
        brokers,
        groups: [group],
        window: 3,
        onVerdict: ({ from, to }) => told.push(`${from} → ${to}`),
      })
      await monitor.look()
      assert.equal(monitor.group(group).verdict, 'NOTFOUND')

      const consumer = new Consumer({
        brokers,
        groupId: group,
        autoOffsetReset: 'earliest',
        autoCommit: false,
        heartbeatIntervalMs: 100,
      })
      consumer.subscribe(topic)
      await consumer.poll()
      await consumer.commit([{ topic, partition: 0, offset: 4 }])
      await until(monitor, group, 'STALL')
      const { verdict, members, lag, lagMs, state, partitions } = monitor.group(group)
      assert.deepEqual([verdict, members, lag, state], ['ERR' satisfies GroupVerdictName, 1, 6, 'Stable'])
      assert.ok(lagMs! >= 60_000 && lagMs! < 120_000)
      assert.deepEqual([partitions[0]!.committed, partitions[0]!.end, partitions[0]!.complete], [4, 10, 1])

      const labels = `{consumergroup="${group}",topic="${topic}",partition="0"}`
      const text = monitor.prometheusText()
      for (const line of [
        `kafka_consumergroup_lag${labels} 6`,
        `kafka_consumergroup_current_offset${labels} 4`,
        `kafka_consumergroup_partition_status${labels} 5`,
        `kafka_consumergroup_status{consumergroup="${group}"} 3`,
        `kafka_consumergroup_members{consumergroup="${group}"} 1`,
      ])
        assert.ok(text.includes(`${line}\n`), line)
      assert.match(text, /kafka_consumergroup_max_lag_seconds\{[^}]*\} [6-9]\d/)

      await consumer.close()
      await until(monitor, group, 'STOP')
      assert.equal(monitor.group(group).members, 0)
      await using admin = new Admin({ brokers })
      const to = async (offset: number) =>
        void throwFirst(await admin.alterGroupOffsets(group, [{ topic, partition: 0, offset }]))
      await to(2)
      await monitor.look()
      assert.equal(monitor.group(group).partitions[0]!.verdict, 'REWIND')
      await to(10)
      await monitor.look()
      assert.deepEqual([monitor.group(group).verdict, monitor.group(group).lagMs], ['OK', 0])
      throwFirst(await admin.deleteGroups([group]))
      await eventually('the group is gone', async () => {
        await monitor.look()
        return monitor.group(group).verdict === 'NOTFOUND'
      })
      assert.deepEqual(told, ['NOTFOUND → OK', 'OK → ERR', 'ERR → OK', 'OK → NOTFOUND'])
    }),
)

test(
  'all groups of consumers are watched, within a number of partitions, by itself from time to time',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic, uniqueName }) => {
      const topic = await createTopic({ partitions: 4 })
      const names = ['a', 'b', 'c'].map(name => uniqueName(name))
      await using admin = new Admin({ brokers })
      for (const group of names)
        throwFirst(
          await admin.alterGroupOffsets(
            group,
            [0, 1, 2, 3].map(partition => ({ topic, partition, offset: 0 })),
          ),
        )
      await using monitor = new LagMonitor({
        brokers,
        groups: id => names.includes(id),
        intervalMs: 20,
        maxPartitions: 6,
        timeLag: false,
      })
      monitor.start()
      await eventually('it has looked', () => monitor.groups.length > 0)
      const { groups } = monitor
      assert.deepEqual(
        groups.map(({ group }) => group),
        names.slice(0, groups.length),
      )
      assert.equal(
        groups.reduce((sum, { partitions }) => sum + partitions.length, 0),
        6,
      )
      assert.equal(monitor.untracked, 6)
    }),
)

test('brokers that are away are told of, and options that cannot be are refused', { timeout }, async () => {
  const errors: Error[] = []
  await using monitor = new LagMonitor({
    brokers: ['127.0.0.1:1'],
    apiTimeoutMs: 200,
    onError: error => errors.push(error),
  })
  await assert.rejects(monitor.look())
  assert.equal(monitor.lastError, errors[0])
  assert.throws(
    () => new LagMonitor({ brokers: ['a:1'], windo: 3 } as never),
    /LagMonitor: there is no option "windo"; did you mean "window"\?/,
  )
  assert.throws(
    () => new LagMonitor({ brokers: ['a:1'], window: 1 }),
    /window is 1; write a whole number from 2 on/,
  )
  assert.throws(
    () => new LagMonitor({ brokers: ['a:1'], minComplete: 2 }),
    /minComplete is 2; write a share from 0 to 1/,
  )
})
