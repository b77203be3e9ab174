// Consumer groups through Kafka's own tools: console consumers as members, ConsumerGroupCommand as the operator.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from '../harness/process.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const topic = 'groups-topic'
const group = 'groups-group'
const partitions = 3
const recordsPerPartition = 20

async function groups(stage: Stage, args: string): Promise<string> {
  return (await stage.kafka('consumer.group.ConsumerGroupCommand', args)).stdout
}

/** Rows of a table that a tool printed, as objects by column title. */
function table(output: string): Record<string, string>[] {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const head = lines.findIndex(line => line.startsWith('GROUP'))
  if (head < 0) throw new Error(`no table in: ${output}`)
  const titles = lines[head]!.trim().split(/\s+/)
  return lines.slice(head + 1).map(line => {
    const cells = line.trim().split(/\s+/)
    return Object.fromEntries(titles.map((title, column) => [title, cells[column] ?? '']))
  })
}

async function fill(stage: Stage): Promise<void> {
  await stage.createTopic(topic, partitions)
  for (let partition = 0; partition < partitions; partition++) {
    const input = Array.from({ length: recordsPerPartition }, (_, i) => `p${partition}-${i}\n`).join('')
    await stage.kcat(`-P -q -t ${topic} -p ${partition}`, { input })
  }
}

function member(stage: Stage, id: string): Child {
  const properties = `--command-property client.id=${id} --command-property auto.commit.interval.ms=200`
  const args = `--topic ${topic} --group ${group} --from-beginning ${properties}`
  return stage.spawnKafka('consumer.ConsoleConsumer', args)
}

const lineCount = (child: Child): number => child.stdout.split('\n').length - 1

async function until(
  what: string,
  done: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`${what}: not after ${timeoutMs} ms`)
    await sleep(100)
  }
}

async function activeGroup(stage: Stage): Promise<void> {
  const members = [member(stage, 'one'), member(stage, 'two')]
  try {
    const total = partitions * recordsPerPartition
    await until(
      'all records consumed',
      () => members.reduce((sum, each) => sum + lineCount(each), 0) >= total,
    )
    await until('both members have partitions', async () => {
      const rows = table(await groups(stage, `--describe --group ${group} --members --verbose`))
      return rows.length === 2 && rows.every(row => Number(row['#PARTITIONS']) > 0)
    })
    await until('the last offsets are committed', async () =>
      table(await groups(stage, `--describe --group ${group}`)).every(row => row.LAG === '0'),
    )
    const state = table(await groups(stage, `--describe --group ${group} --state`))
    assert.equal(state[0]!.STATE, 'Stable')
    assert.equal(state[0]!['ASSIGNMENT-STRATEGY'], 'range')
    assert.equal(state[0]!['#MEMBERS'], '2')
    const rows = table(await groups(stage, `--describe --group ${group}`))
    assert.deepEqual(
      rows.map(row => `${row.PARTITION} ${row['CURRENT-OFFSET']}/${row['LOG-END-OFFSET']} ${row.LAG}`).sort(),
      ['0 20/20 0', '1 20/20 0', '2 20/20 0'],
    )
    assert.deepEqual(new Set(rows.map(row => row['CLIENT-ID'])), new Set(['one', 'two']))
    assert.match(await groups(stage, '--list --state'), /groups-group\s+Stable/)
    assert.match(await groups(stage, `--delete --group ${group}`), /GroupNotEmptyException/)
    const reset = `--reset-offsets --group ${group} --topic ${topic} --to-earliest --execute`
    assert.match(await groups(stage, reset), /can only be reset if the group .* is inactive/)
  } finally {
    await Promise.all(members.map(each => each.stop(10_000, 'SIGINT')))
  }
}

async function emptyGroup(stage: Stage): Promise<void> {
  await until('the group is empty', async () => {
    const output = await groups(stage, `--describe --group ${group} --state`)
    return /Empty/.test(output)
  })
  const rows = table(await groups(stage, `--describe --group ${group}`))
  assert.deepEqual(
    rows.map(row => `${row.PARTITION} ${row['CURRENT-OFFSET']} ${row['CONSUMER-ID']}`).sort(),
    ['0 20 -', '1 20 -', '2 20 -'],
  )
}

async function resetOffsets(stage: Stage): Promise<void> {
  const reset = async (how: string): Promise<string[]> => {
    const output = await groups(stage, `--reset-offsets --group ${group} --topic ${topic} ${how}`)
    return table(output)
      .map(row => `${row.PARTITION}@${row['NEW-OFFSET']}`)
      .sort()
  }
  const all = (offset: number): string[] => [0, 1, 2].map(partition => `${partition}@${offset}`)
  assert.deepEqual(await reset('--to-offset 5 --dry-run'), all(5))
  assert.deepEqual(await reset('--shift-by -3 --execute'), all(17))
  assert.deepEqual(await reset('--to-datetime 2001-01-01T00:00:00.000 --execute'), all(0))
  assert.deepEqual(await reset('--to-latest --execute'), all(20))
  assert.deepEqual(await reset('--to-offset 19 --execute'), all(19))
  const again = stage.spawnKafka('consumer.ConsoleConsumer', `--topic ${topic} --group ${group}`)
  try {
    await until('one record a partition comes again', () => lineCount(again) >= partitions)
    assert.deepEqual(again.stdout.split('\n').filter(Boolean).sort(), ['p0-19', 'p1-19', 'p2-19'])
  } finally {
    await again.stop(10_000, 'SIGINT')
  }
}

async function deleteOffsets(stage: Stage): Promise<void> {
  const args = `--delete-offsets --group ${group} --topic ${topic}:1`
  assert.match(await groups(stage, args), /groups-topic\s+1\s+Successful/)
  const rows = table(await groups(stage, `--describe --group ${group}`))
  assert.deepEqual(rows.map(row => `${row.PARTITION}`).sort(), ['0', '2'])
}

async function deleteGroup(stage: Stage): Promise<void> {
  assert.match(await groups(stage, `--delete --group ${group}`), /was successful/)
  assert.doesNotMatch(await groups(stage, '--list'), /groups-group/)
  assert.match(await groups(stage, `--delete --group ${group}`), /GroupIdNotFoundException/)
}

export const kafkaGroups: Scenario = {
  name: 'kafka-groups',
  title:
    'ConsumerGroupCommand over groups of console consumers: list, describe, reset, delete offsets, delete',
  needs: ['kcat'],
  async run(stage) {
    await fill(stage)
    await stage.check('a group of two is described, and protected while it is active', () =>
      activeGroup(stage),
    )
    await stage.check('a group without members keeps its offsets', () => emptyGroup(stage))
    await stage.check('offsets are reset by offset, shift, time and end; a consumer goes on there', () =>
      resetOffsets(stage),
    )
    await stage.check('offsets of one partition are deleted', () => deleteOffsets(stage))
    await stage.check('the group is deleted', () => deleteGroup(stage))
  },
}
