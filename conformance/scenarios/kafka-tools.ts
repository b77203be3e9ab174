// Apache Kafka's own command line tools: topics, console clients, configs, offsets, deleting records, log directories.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Output } from '../harness/process.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

async function topics(stage: Stage, args: string): Promise<string> {
  return (await stage.kafka('TopicCommand', args)).stdout
}

async function configs(stage: Stage, args: string): Promise<string> {
  return (await stage.kafka('kafka.admin.ConfigCommand', args)).stdout
}

const lines = (text: string): string[] => text.split('\n').filter(Boolean)

async function createAndDescribe(stage: Stage): Promise<void> {
  await stage.createTopic('tools-topic', 3, { 'retention.ms': '3600000', 'cleanup.policy': 'delete' })
  assert.ok(lines(await topics(stage, '--list')).includes('tools-topic'))
  const described = await topics(stage, '--describe --topic tools-topic')
  assert.match(
    described,
    /Topic: tools-topic\s+TopicId: [\w-]{22}\s+PartitionCount: 3\s+ReplicationFactor: 1\s+Configs: /,
  )
  assert.match(described, /retention\.ms=3600000/)
  for (const partition of [0, 1, 2])
    assert.match(
      described,
      new RegExp(`Partition: ${partition}\\s+Leader: (\\d+)\\s+Replicas: \\1\\s+Isr: \\1`),
    )
}

async function refusals(stage: Stage): Promise<void> {
  await assert.rejects(stage.createTopic('tools-topic', 1), /Topic 'tools-topic' already exists/)
  await assert.rejects(
    topics(stage, '--create --topic too-replicated --replication-factor 3'),
    /InvalidReplicationFactorException/,
  )
  await assert.rejects(topics(stage, '--describe --topic no-such-topic'), /does not exist as expected/)
}

async function addPartitions(stage: Stage): Promise<void> {
  await topics(stage, '--alter --topic tools-topic --partitions 5')
  assert.match(await topics(stage, '--describe --topic tools-topic'), /PartitionCount: 5/)
  await assert.rejects(
    topics(stage, '--alter --topic tools-topic --partitions 2'),
    /InvalidPartitionsException/,
  )
}

async function consoleClients(stage: Stage): Promise<void> {
  await stage.createTopic('tools-console', 1)
  const sent = ['h1:a,h2:b\tkey-1\tfirst', 'h1:c\tkey-2\tsecond', 'NULL\tkey-3\tNULL']
  const read = ['parse.key=true', 'parse.headers=true', 'null.marker=NULL']
  const reader = read.map(property => `--reader-property ${property}`).join(' ')
  await stage.kafka('ConsoleProducer', `--topic tools-console --compression-codec lz4 ${reader}`, {
    input: `${sent.join('\n')}\n`,
  })
  const shown = ['key', 'headers', 'offset', 'partition', 'timestamp']
  const printed = shown.map(name => `--formatter-property print.${name}=true`).join(' ')
  const output = await stage.kafka(
    'consumer.ConsoleConsumer',
    `--topic tools-console --group tools-console-group --from-beginning --max-messages 3 ${printed}`,
  )
  const got = lines(output.stdout).map(line => line.replace(/^CreateTime:\d{13}/, 'CreateTime'))
  assert.deepEqual(got, [
    'CreateTime\tPartition:0\tOffset:0\th1:a,h2:b\tkey-1\tfirst',
    'CreateTime\tPartition:0\tOffset:1\th1:c\tkey-2\tsecond',
    'CreateTime\tPartition:0\tOffset:2\tNO_HEADERS\tkey-3\tnull',
  ])
}

async function offsets(stage: Stage): Promise<void> {
  const shell = async (time: string): Promise<string[]> => {
    const args = `--topic tools-console --time ${time}`
    return lines((await stage.kafka('GetOffsetShell', args)).stdout)
  }
  assert.deepEqual(await shell('latest'), ['tools-console:0:3'])
  assert.deepEqual(await shell('earliest'), ['tools-console:0:0'])
  assert.deepEqual(await shell('1'), ['tools-console:0:0'], 'the first record at or after 1 ms of the epoch')
  assert.match((await shell('max-timestamp'))[0]!, /^tools-console:0:[0-2]$/)
}

async function deleteRecords(stage: Stage): Promise<void> {
  const file = join(stage.dir, 'delete-records.json')
  const partitions = [{ topic: 'tools-console', partition: 0, offset: 2 }]
  writeFileSync(file, JSON.stringify({ partitions, version: 1 }))
  const args = `--offset-json-file ${file}`
  assert.match((await stage.kafka('DeleteRecordsCommand', args)).stdout, /tools-console-0\s+low_watermark: 2/)
  const shell = '--topic tools-console --time earliest'
  assert.deepEqual(lines((await stage.kafka('GetOffsetShell', shell)).stdout), ['tools-console:0:2'])
  const read = '--topic tools-console --partition 0 --offset earliest --max-messages 1'
  const output = await stage.kafka(
    'consumer.ConsoleConsumer',
    `${read} --formatter-property print.offset=true`,
  )
  assert.deepEqual(lines(output.stdout), ['Offset:2\tnull'])
}

async function topicConfigs(stage: Stage): Promise<void> {
  const topic = '--entity-type topics --entity-name tools-topic'
  await configs(stage, `--alter ${topic} --add-config segment.bytes=1048576,max.message.bytes=2000`)
  const described = await configs(stage, `--describe ${topic}`)
  assert.match(
    described,
    /segment\.bytes=1048576 sensitive=false synonyms=\{DYNAMIC_TOPIC_CONFIG:segment\.bytes=1048576/,
  )
  assert.match(described, /max\.message\.bytes=2000 /)
  assert.match(described, /retention\.ms=3600000 /)
  await configs(stage, `--alter ${topic} --delete-config segment.bytes`)
  assert.doesNotMatch(await configs(stage, `--describe ${topic}`), /segment\.bytes/)
  const everything = await configs(stage, `--describe --all ${topic}`)
  assert.match(everything, /segment\.bytes=1073741824 .*DEFAULT_CONFIG:log\.segment\.bytes=1073741824/)
  await assert.rejects(
    configs(stage, `--alter ${topic} --add-config retention.ms=never`),
    /Invalid value never for configuration retention\.ms|InvalidConfigurationException|InvalidRequestException/,
  )
  await assert.rejects(configs(stage, `--alter ${topic} --add-config no.such.config=1`), /no\.such\.config/)
}

/** The new limit holds for the next produce request. */
async function limitHolds(stage: Stage): Promise<void> {
  const produce = (bytes: number): Promise<Output> =>
    stage.kafka('ConsoleProducer', '--topic tools-topic --sync', {
      input: `${'x'.repeat(bytes)}\n`,
    })
  await produce(1000)
  const refused = await produce(4000).then(
    output => output.stdout + output.stderr,
    (error: Error) => error.message,
  )
  assert.match(refused, /RecordTooLargeException/)
}

async function brokerConfigs(stage: Stage): Promise<void> {
  const cluster = await topics(stage, '--describe --topic tools-topic')
  const broker = `--entity-type brokers --entity-name ${cluster.match(/Leader: (\d+)/)![1]!}`
  const everything = await configs(stage, `--describe --all ${broker}`)
  assert.match(everything, /log\.segment\.bytes=1073741824 sensitive=false synonyms=\{/)
  assert.match(everything, /listeners=PLAINTEXT:/)
  await configs(stage, `--alter ${broker} --add-config message.max.bytes=2000000`)
  assert.match(
    await configs(stage, `--describe ${broker}`),
    /message\.max\.bytes=2000000 sensitive=false synonyms=\{DYNAMIC_BROKER_CONFIG:message\.max\.bytes=2000000/,
  )
  await configs(stage, `--alter ${broker} --delete-config message.max.bytes`)
  assert.doesNotMatch(await configs(stage, `--describe ${broker}`), /message\.max\.bytes/)
  await assert.rejects(configs(stage, `--alter ${broker} --add-config log.dirs=/elsewhere`), /log\.dirs/)
}

async function logDirs(stage: Stage): Promise<void> {
  const args = '--describe --topic-list tools-console,tools-topic'
  const output = (await stage.kafka('LogDirsCommand', args)).stdout
  const json = JSON.parse(output.slice(output.indexOf('{'))) as {
    brokers: { logDirs: { error: string | null; partitions: { partition: string; size: number }[] }[] }[]
  }
  const dir = json.brokers[0]!.logDirs[0]!
  assert.equal(dir.error, null)
  const sizes = new Map(dir.partitions.map(each => [each.partition, each.size]))
  assert.equal(sizes.size, 6)
  assert.ok(sizes.get('tools-console-0')! > 100)
}

/** What a broker must offer so that the clients of this folder find what they need; ranges as Apache Kafka 4.3 gives them. */
async function apiVersions(stage: Stage): Promise<void> {
  const output = (await stage.kafka('BrokerApiVersionsCommand', '')).stdout
  assert.match(output, /\(id: \d+ rack: null isFenced: false\) -> \(/)
  for (const api of [
    'Produce(0): 0 to 13',
    'Fetch(1): 4 to 18',
    'ListOffsets(2): 1 to 11',
    'Metadata(3): 0 to 13',
  ])
    assert.ok(output.includes(api), `${api} is missing:\n${output}`)
  for (const api of ['OffsetCommit(8): 2 to 10', 'OffsetFetch(9): 1 to 10', 'JoinGroup(11): 0 to 9'])
    assert.ok(output.includes(api), `${api} is missing:\n${output}`)
  assert.ok(!/UNSUPPORTED.*Produce/.test(output))
}

async function deleteTopic(stage: Stage): Promise<void> {
  await topics(stage, '--delete --topic tools-topic')
  const left = lines(await topics(stage, '--list --exclude-internal'))
  assert.ok(!left.includes('tools-topic'))
  assert.ok(left.includes('tools-console'))
  await assert.rejects(topics(stage, '--delete --topic tools-topic'), /does not exist as expected/)
  await stage.createTopic('tools-topic', 1)
  const shell = '--topic tools-topic --time latest'
  assert.deepEqual(lines((await stage.kafka('GetOffsetShell', shell)).stdout), ['tools-topic:0:0'])
}

export const kafkaTools: Scenario = {
  name: 'kafka-tools',
  title: "Kafka's command line tools: topics, console clients, configs, offsets, records, log directories",
  needs: [],
  async run(stage) {
    await stage.check('BrokerApiVersionsCommand shows the ranges of Apache Kafka', () => apiVersions(stage))
    await stage.check('TopicCommand creates, lists and describes', () => createAndDescribe(stage))
    await stage.check('TopicCommand is refused with the right errors', () => refusals(stage))
    await stage.check('TopicCommand adds partitions, never fewer', () => addPartitions(stage))
    await stage.check('ConsoleProducer and ConsoleConsumer carry keys, headers and nulls', () =>
      consoleClients(stage),
    )
    await stage.check('GetOffsetShell finds first, last and by time', () => offsets(stage))
    await stage.check('DeleteRecordsCommand moves the log start', () => deleteRecords(stage))
    await stage.check('ConfigCommand sets, shows and deletes topic configs', () => topicConfigs(stage))
    await stage.check('a changed max.message.bytes holds at once', () => limitHolds(stage))
    await stage.check('ConfigCommand sets, shows and deletes broker configs', () => brokerConfigs(stage))
    await stage.check('LogDirsCommand shows the partitions and their sizes', () => logDirs(stage))
    await stage.check('TopicCommand deletes; the name is free again and empty', () => deleteTopic(stage))
  },
}
