// What a million committed offsets take: to commit them, to compact the topic that keeps them, and to know them again after a restart.
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, throwFirst } from '@millrace/client'
import type { Engine } from '../../conformance/harness/engine.ts'
import { bareCommit, type CommitResult } from '../harness/bare.ts'
import { cleanedLines, lookAtTopic } from '../harness/cleaned-files.ts'
import { type LoopDelay, LoopDelayMeter, noLoopDelay } from '../harness/loop-delay.ts'
import { processStats } from '../harness/process-stats.ts'
import { printTable, type ResultTable, show, verdict } from '../harness/report.ts'
import { type Side, sideName, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic } from '../harness/topics.ts'

const internalTopic = '__consumer_offsets'
const topic = 'committed'
const groupPrefix = 'group'
const partitions = 10
const connections = 10
const backoffMs = 500
const pollMs = 50
/** The cleaner has looked for work some times since, and found none. */
const quietMs = 4 * backoffMs
const timeoutMs = 180_000

interface Shape {
  readonly name: string
  readonly groups: number
  /** Committed in all, ten a request. */
  readonly offsets: number
  /** `offsets.topic.segment.bytes`; 100 MiB by default in both brokers. */
  readonly segmentBytes: number
}

interface Round {
  readonly commit: CommitResult
  /** From the last commit until nothing more is compacted; NaN when nothing was. */
  readonly compactedAfterS: number
  readonly megabytesLeft: number
  /** While offsets were committed and compacted. */
  readonly delay: LoopDelay
  readonly restartS: number
  readonly restartDelay: LoopDelay
  readonly residentMegabytes: number
}

const defaultSegmentBytes = 100 * 1024 ** 2

const shapesOf = (smoke: boolean): Shape[] =>
  smoke
    ? [{ name: '10 groups, segments of 1 MiB', groups: 10, offsets: 200_000, segmentBytes: 1024 ** 2 }]
    : [
        { name: '10 groups, segments of 1 MiB', groups: 10, offsets: 1_000_000, segmentBytes: 1024 ** 2 },
        { name: '10 groups, of 100 MiB', groups: 10, offsets: 1_000_000, segmentBytes: defaultSegmentBytes },
        { name: '1 group, of 100 MiB', groups: 1, offsets: 2_000_000, segmentBytes: defaultSegmentBytes },
      ]

const groupsOf = ({ groups }: Shape): string[] =>
  Array.from({ length: groups }, (_, index) => `${groupPrefix}-${index}`)

/** Requests of each group; the last one's offset is that number. */
const commitsOf = ({ groups, offsets }: Shape): number => Math.ceil(offsets / groups / partitions)

/** The topic and every group are there, and their coordinator has taken an offset of each. */
async function prepare(engine: Engine, shape: Shape): Promise<void> {
  await createTopic(engine.bootstrap, { name: topic, partitions })
  await using admin = new Admin({ brokers: [engine.bootstrap] })
  for (const group of groupsOf(shape))
    throwFirst(await admin.alterGroupOffsets(group, [{ topic, partition: 0, offset: 0 }]))
}

/** Waits until the cleaner finds nothing more to do; resolves with the seconds until it had done the last of it, NaN for nothing. */
async function untilCompacted({ dataDir }: Engine): Promise<number> {
  const began = performance.now()
  let seen = cleanedLines(dataDir, internalTopic)
  let changedAt = began
  for (;;) {
    await sleep(pollMs)
    const now = performance.now()
    const lines = cleanedLines(dataDir, internalTopic)
    if (lines !== seen || lookAtTopic(dataDir, internalTopic).cleaning) changedAt = now
    seen = lines
    if (now - changedAt >= quietMs) return seen === '' ? Number.NaN : (changedAt - began) / 1000
    if (now - began > timeoutMs)
      throw new Error(`${internalTopic} is still being compacted after ${timeoutMs} ms`)
  }
}

/** Stops and starts the broker; resolves with the seconds from the start until it has told the last offset of every group. */
async function restart(
  engine: Engine,
  shape: Shape,
  meter: LoopDelayMeter | undefined,
): Promise<{ seconds: number; delay: LoopDelay }> {
  await engine.stop()
  const began = performance.now()
  await engine.start()
  await meter?.look()
  await using admin = new Admin({ brokers: [engine.bootstrap] })
  const offset = commitsOf(shape)
  for (const group of groupsOf(shape)) {
    const found = await admin.groupOffsets(group)
    if (found.length !== partitions || found.some(each => each.offset !== offset))
      throw new Error(`${group} committed ${offset}, and is at ${found.map(each => each.offset).join(', ')}`)
  }
  const seconds = (performance.now() - began) / 1000
  return { seconds, delay: (await meter?.look()) ?? noLoopDelay }
}

async function measureRound(engine: Engine, shape: Shape, meter: LoopDelayMeter | undefined): Promise<Round> {
  await prepare(engine, shape)
  await meter?.look()
  const commit = await bareCommit(engine, {
    topic,
    group: groupPrefix,
    groups: shape.groups,
    partitions,
    connections,
    commits: commitsOf(shape),
  })
  const compactedAfterS = await untilCompacted(engine)
  const delay = (await meter?.look()) ?? noLoopDelay
  const { logBytes } = lookAtTopic(engine.dataDir, internalTopic)
  const restarted = await restart(engine, shape, meter)
  return {
    commit,
    compactedAfterS,
    megabytesLeft: logBytes / 1e6,
    delay,
    restartS: restarted.seconds,
    restartDelay: restarted.delay,
    residentMegabytes: processStats(engine.pid).residentBytes / 2 ** 20,
  }
}

async function run(side: Side, shape: Shape): Promise<Round> {
  const meter = side.engine === 'millrace' ? await LoopDelayMeter.create() : undefined
  const properties = {
    'offsets.topic.segment.bytes': String(shape.segmentBytes),
    'log.cleaner.backoff.ms': String(backoffMs),
    ...(meter && { 'http.listener': meter.listener }),
  }
  return await withEngine(side, engine => measureRound(engine, shape, meter), properties)
}

/** NaN where a round has none. */
const middle = (values: readonly number[]): number =>
  values.some(value => Number.isNaN(value)) ? Number.NaN : median(values)

interface Cell {
  readonly shape: Shape
  readonly side: Side
  readonly results: Round[]
}

async function measureAll({ rounds, smoke }: SuiteOptions): Promise<Cell[]> {
  const sides: Side[] = [{ engine: 'millrace', sync: false }]
  if (!smoke) sides.push({ engine: 'millrace', sync: true }, { engine: 'apache', sync: false })
  const cells = shapesOf(smoke).flatMap(shape => sides.map((side): Cell => ({ shape, side, results: [] })))
  for (let round = 0; round < rounds; round++) {
    for (const { shape, side, results } of cells) {
      const result = await run(side, shape)
      results.push(result)
      console.log(
        `  ${shape.name}, ${sideName(side)}, round ${round + 1}: ${show(result.commit.offsets / result.commit.seconds)} offsets/s, restart ${show(result.restartS)} s`,
      )
    }
  }
  return cells
}

const columns: readonly (readonly [name: string, pick: (round: Round) => number])[] = [
  ['offsets/s', ({ commit }) => commit.offsets / commit.seconds],
  ['p99 ms', ({ commit }) => commit.p99Ms],
  ['CPU µs/offset', ({ commit }) => commit.brokerCpuMicrosPerOffset],
  ['compacted after s', round => round.compactedAfterS],
  ['MB left', round => round.megabytesLeft],
  ['delay ms', round => round.delay.maxMs],
  ['restart s', round => round.restartS],
  ['delay ms, restart', round => round.restartDelay.maxMs],
  ['resident MB', round => round.residentMegabytes],
]

const settings =
  `OffsetCommit of ${partitions} partitions a request, ${connections} connections at most, 5 in flight each; log.cleaner.backoff.ms=${backoffMs}; compacted after: from the last commit until the ` +
  `cleaner finds nothing more to do, "-" where no segment was full, so that there was nothing to compact; delay: longest of a timer of the event loop, while offsets are committed and compacted, ` +
  'and after the restart; restart: from the start of the process, after a clean stop, to the last offset of every group'

function tableOf(cells: readonly Cell[], rounds: number): ResultTable {
  const valueOf = ({ results }: Cell, pick: (round: Round) => number) => middle(results.map(pick))
  const verdicts = cells
    .filter(({ side }) => side.engine === 'apache')
    .flatMap(apache => {
      const own = cells.find(({ shape, side }) => shape === apache.shape && !side.sync)!
      const ratio = (pick: (round: Round) => number) => valueOf(own, pick) / valueOf(apache, pick)
      const rate = ratio(({ commit }) => commit.offsets / commit.seconds)
      const restarted = ratio(round => round.restartS)
      return [
        verdict(`${own.shape.name}: commits against Apache Kafka`, rate, '>=', 1, '×'),
        verdict(`${own.shape.name}: restart against Apache Kafka`, restarted, '<=', 1, '×'),
      ]
    })
  return {
    title: 'committed offsets',
    settings: `${settings}; medians of ${rounds} rounds in turn`,
    columns: ['load', 'side', ...columns.map(([name]) => name)],
    rows: cells.map(cell => [
      cell.shape.name,
      sideName(cell.side),
      ...columns.map(([, pick]) => valueOf(cell, pick)),
    ]),
    verdicts,
  }
}

export const offsetsSuite: Suite = {
  name: 'offsets',
  question: 'What do a million committed offsets take: to commit, to compact, to know again after a restart?',
  async run(options) {
    const table = tableOf(await measureAll(options), options.rounds)
    printTable(table, options.smoke)
    return [table]
  },
}
