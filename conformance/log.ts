// Log directories against Kafka's own classes: the same appends leave the same bytes, each opens what the other has written, and
// kafka-dump-log finds nothing to complain about. node conformance/log.ts [class path]   (default: the environment's KAFKA_LIBS)
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultLogConfig, LogError, LogManager, nodeDisk, type PartitionLog } from '@millrace/log'
import { nodeClock, nodeRandom, randomUuid } from '@millrace/runtime'
import { goldenFormats } from '../packages/log/test/golden-formats.ts'
import { dumpPartition } from './log/dump.ts'
import { java } from './log/java.ts'
import { drawSteps, type Step } from './log/steps.ts'

const oracle = fileURLToPath(new URL('java/LogOracle.java', import.meta.url))
const segmentBytes = 20_000
const indexIntervalBytes = 700
const stepCount = 600
const seeds = [1, 2, 3, 4]
/** Even seeds end their transactions by the rules of KIP-890. */
const isV2 = (seed: number): boolean => seed % 2 === 0
/** Kafka's names for the refusals of ours. */
const refusals: Readonly<Record<string, string>> = {
  OutOfOrderSequenceException: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  InvalidProducerEpochException: 'INVALID_PRODUCER_EPOCH',
  InvalidTxnStateException: 'INVALID_TXN_STATE',
}

function openManager(directory: string): Promise<LogManager> {
  const world = { disk: nodeDisk, clock: nodeClock, random: nodeRandom }
  return LogManager.open({ ...world, directory, fsync: 'group' })
}

/** What the oracle says, one line each. */
function ask(args: readonly string[], input = ''): string[] {
  const lines = java(oracle, args, input).split('\n')
  return lines.filter(line => line.startsWith('> ')).map(line => line.slice(2))
}

/** Does the steps with Kafka's classes; returns a line for each. */
function appendWithKafka(directory: string, steps: readonly Step[], seed: number): string[] {
  mkdirSync(directory, { recursive: true })
  const settings = `internal.segment.bytes=${segmentBytes},index.interval.bytes=${indexIntervalBytes},transaction.version=${isV2(seed) ? 2 : 1}`
  const lines = steps.map(step =>
    step.kind === 'roll' ? 'roll' : `${step.origin} ${step.batch.toString('hex')}`,
  )
  return ask(['append', directory], `${settings}\n${lines.join('\n')}\n`)
}

/** Does the steps with our log; returns lines of the same form. */
async function appendWithOurs(directory: string, steps: readonly Step[], seed: number): Promise<string[]> {
  const manager = await openManager(directory)
  const config = { ...defaultLogConfig, segmentBytes, indexIntervalBytes }
  const log = manager.create('t', 0, randomUuid(nodeRandom), config)
  const lines: string[] = []
  for (const step of steps) {
    if (step.kind === 'roll') {
      log.roll()
      lines.push('rolled')
      continue
    }
    try {
      const { baseOffset, lastOffset } = log.append(Buffer.from(step.batch), {
        origin: step.origin,
        verification: 'off',
        transactionVersion: step.origin === 'coordinator' && isV2(seed) ? 2 : 1,
      })
      await manager.commit('durable')
      lines.push(`${baseOffset} ${lastOffset} ${log.lastStableOffset}`)
    } catch (error) {
      if (!(error instanceof LogError)) throw error
      lines.push(error.codeName)
    }
  }
  await manager.close()
  return lines
}

/** Files of a partition, with snapshots in a form that does not depend on the order of their entries. */
function contentOf(directory: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const name of readdirSync(directory).sort()) {
    if (name === 'partition.metadata') continue
    const bytes = readFileSync(join(directory, name))
    if (!name.endsWith('.snapshot')) {
      found.set(name, bytes.toString('hex'))
      continue
    }
    const entries = bytes.subarray(10).toString('hex').match(/.{92}/g) ?? []
    found.set(name, `${bytes.readInt16BE(0)} ${bytes.readInt32BE(6)} ${entries.sort().join(' ')}`)
  }
  return found
}

function checkFormats(folder: string): void {
  const directory = join(folder, 'formats')
  mkdirSync(directory)
  java(oracle, ['formats', directory])
  for (const [name, hex] of goldenFormats) {
    assert.equal(readFileSync(join(directory, name)).toString('hex'), hex, `${name} as Kafka writes it`)
  }
  console.log(`formats: ${goldenFormats.size} files are what Kafka writes`)
}

async function checkTwins(folder: string, seed: number): Promise<void> {
  const steps = drawSteps(seed, stepCount, nodeClock.now())
  const kafkaDir = join(folder, `kafka-${seed}`, 't-0')
  const oursDir = join(folder, `ours-${seed}`)
  const kafka = appendWithKafka(kafkaDir, steps, seed)
  const ours = await appendWithOurs(oursDir, steps, seed)
  assert.equal(kafka.length, steps.length)
  for (const [index, line] of ours.entries()) {
    assert.equal(line, refusals[kafka[index]!] ?? kafka[index], `step ${index} of seed ${seed}`)
  }
  const expected = contentOf(kafkaDir)
  const actual = contentOf(join(oursDir, 't-0'))
  assert.deepEqual([...actual.keys()], [...expected.keys()], 'names of the files')
  for (const [name, content] of expected) assert.equal(actual.get(name), content, `${name} of seed ${seed}`)
  const refused = ours.filter(line => /^[A-Z]/.test(line)).length
  console.log(
    `twins ${seed}: ${expected.size} files are equal after ${steps.length} steps, ${refused} of them refused`,
  )
  await checkExchange(kafkaDir, oursDir)
  dumpPartition(join(oursDir, 't-0'))
}

/** Each opens what the other left, after a clean stop and after a crash. */
async function checkExchange(kafkaDir: string, oursDir: string): Promise<void> {
  const expected = ask(['open', kafkaDir, 'clean'])
  for (const how of ['clean', 'unclean']) {
    const copy = `${oursDir}-${how}`
    cpSync(join(oursDir, 't-0'), join(copy, 't-0'), { recursive: true })
    assert.deepEqual(ask(['open', join(copy, 't-0'), how]), expected, `Kafka opens ours, ${how}`)
    const copyOfKafkas = `${oursDir}-of-kafka-${how}`
    cpSync(kafkaDir, join(copyOfKafkas, 't-0'), { recursive: true })
    writeFileSync(
      join(copyOfKafkas, 't-0', 'partition.metadata'),
      `version: 0\ntopic_id: ${randomUuid(nodeRandom)}`,
    )
    if (how === 'clean')
      writeFileSync(join(copyOfKafkas, '.kafka_cleanshutdown'), '{"version":0,"brokerEpoch":-1}')
    const manager = await openManager(copyOfKafkas)
    assert.deepEqual(describe(manager.get('t', 0)!), expected, `we open Kafka's, ${how}`)
    await manager.close()
  }
}

/** What the oracle prints of a log it opened. */
function describe(log: PartitionLog): string[] {
  const lines = [`offsets ${log.logStartOffset} ${log.lastStableOffset} ${log.logEndOffset}`]
  for (const segment of log.describeSegments()) {
    lines.push(`segment ${segment.baseOffset} ${segment.sizeInBytes} ${segment.largestTimestamp}`)
  }
  for (const { producerId, firstOffset } of log.abortedTransactions(0, log.logEndOffset)) {
    lines.push(`aborted ${producerId} ${firstOffset}`)
  }
  const producers = log
    .activeProducers()
    .map(
      each =>
        `producer ${each.producerId} ${each.producerEpoch} ${each.lastSequence} ${each.coordinatorEpoch} ${each.currentTxnStartOffset}`,
    )
  return [...lines, ...producers.sort()]
}

const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-log-'))
try {
  checkFormats(folder)
  for (const seed of seeds) await checkTwins(folder, seed)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
