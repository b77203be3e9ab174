// The log directory in Kafka's own format: written with every codec, in many segments, then read with kafka-dump-log.
import assert from 'node:assert/strict'
import { dump, dumpableFiles } from '../harness/dump-log.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const recordsPerRound = 2000

/** One topic a codec, in segments of 64 KiB, written in two rounds by idempotent producers. */
async function write(stage: Stage): Promise<void> {
  for (const codec of codecs) {
    const topic = `dump-${codec}`
    await stage.createTopic(topic, 1, { 'segment.bytes': '1048576', 'index.interval.bytes': '512' })
    for (let round = 0; round < 2; round++) {
      // Half random, so that compressed segments roll too.
      const lines = Array.from(
        { length: recordsPerRound },
        (_, i) => `k${i}:${codec} ${round} ${Math.random().toString(36).repeat(40)}`,
      )
      const settings = '-X enable.idempotence=true -X batch.num.messages=100'
      await stage.kcat(`-P -q -t ${topic} -K: -z ${codec} -H round=${round} ${settings}`, {
        input: `${lines.join('\n')}\n`,
      })
    }
  }
  await stage.kcat('-q -e -X auto.offset.reset=earliest -G dump-group dump-none')
}

/** As assert.match, without a dump of megabytes in the message. */
const has = (output: string, pattern: RegExp): void =>
  assert.ok(pattern.test(output), `no ${pattern} in the dump`)

const named = (files: readonly string[], part: string): string[] => files.filter(file => file.includes(part))

async function segments(stage: Stage): Promise<void> {
  const files = dumpableFiles(stage.engine.dataDir)
  for (const codec of codecs) {
    const own = named(files, `/dump-${codec}-0/`)
    assert.ok(own.some(file => file.endsWith('.index')) && own.some(file => file.endsWith('.timeindex')))
    const output = await dump(stage, own, ['--deep-iteration', '--print-data-log'])
    const records = [...output.matchAll(/^\| offset: (\d+) .*payload: (\S+) (\d) /gm)]
    assert.deepEqual(
      records.map(([, offset]) => Number(offset)),
      Array.from({ length: 2 * recordsPerRound }, (_, i) => i),
      `offsets of dump-${codec}`,
    )
    assert.ok(records.every(([, , payload]) => payload === codec))
    has(output, new RegExp(`compresscodec: ${codec} `))
    has(output, /headerKeys: \[round\]/)
    has(output, /baseSequence: 0 lastSequence: \d+ producerId: \d+ producerEpoch: 0 /)
  }
  const uncompressed = named(files, '/dump-none-0/').filter(file => file.endsWith('.log'))
  assert.ok(uncompressed.length > 1, 'the topic without compression has more than one segment')
}

async function snapshots(stage: Stage): Promise<void> {
  const files = dumpableFiles(stage.engine.dataDir).filter(file => file.endsWith('.snapshot'))
  const latest = named(files, '/dump-none-0/').at(-1)
  assert.ok(latest !== undefined, 'no producer snapshot after a clean stop')
  const output = await dump(stage, [latest], [])
  assert.equal([...output.matchAll(/producerId: \d+ producerEpoch: 0 /g)].length, 2, output)
}

async function offsets(stage: Stage): Promise<void> {
  const files = named(dumpableFiles(stage.engine.dataDir), '/__consumer_offsets-').filter(file =>
    file.endsWith('.log'),
  )
  const output = await dump(stage, files, ['--offsets-decoder', '--print-data-log'])
  has(output, /"group":"dump-group","topic":"dump-none","partition":0/)
  has(output, new RegExp(`"offset":${2 * recordsPerRound}`))
}

async function metadata(stage: Stage): Promise<void> {
  const files = named(dumpableFiles(stage.engine.dataDir), '/__cluster_metadata-0/')
  const logs = files.filter(file => file.endsWith('.log') || file.endsWith('.checkpoint'))
  const output = await dump(stage, logs, ['--cluster-metadata-decoder', '--print-data-log'])
  for (const codec of codecs) has(output, new RegExp(`"type":"TOPIC_RECORD",.*"name":"dump-${codec}"`))
  assert.match(
    output,
    /"type":"CONFIG_RECORD",.*"resourceName":"dump-none","name":"segment\.bytes","value":"1048576"/,
  )
  has(output, /"type":"PARTITION_RECORD"/)
  has(output, /"type":"PRODUCER_IDS_RECORD"/)
}

export const dumpLog: Scenario = {
  name: 'dump-log',
  title: 'the log directory, read with kafka-dump-log: segments, indexes, snapshots, offsets, metadata',
  needs: ['kcat'],
  ownEngine: true,
  async run(stage) {
    stage.engine = await stage.newEngine()
    await stage.engine.start()
    await write(stage)
    await stage.engine.stop()
    await stage.check('segments, indexes and time indexes of every codec', () => segments(stage))
    await stage.check('producer snapshots', () => snapshots(stage))
    await stage.check('committed offsets of a group', () => offsets(stage))
    await stage.check('topics, partitions, configs and producer ids in the metadata log', () =>
      metadata(stage),
    )
  },
}
