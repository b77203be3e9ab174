// What the storage alone does on this disk: group commits over few and many partitions, reads, starts. `node bench/micro/log.ts [part of a name]`
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  defaultLogConfig,
  LogManager,
  type LogManagerOptions,
  nodeDisk,
  type PartitionLog,
} from '@millrace/log'
import { RecordBatchWriter } from '@millrace/protocol'
import { nodeClock, nodeRandom, randomUuid } from '@millrace/runtime'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    directory: { type: 'string', default: '.' },
    seconds: { type: 'string', default: '2' },
    direct: { type: 'string' },
  },
})
const secondsEach = Number(values.seconds)
const wanted = positionals[0]
/** Appends under way at one time, as of so many pipelining producers. */
const depth = 5

function batchOf(records: number, valueBytes: number): Buffer {
  const writer = new RecordBatchWriter()
  const value = Buffer.alloc(valueBytes, 'x')
  for (let index = 0; index < records; index++) writer.append(nodeClock.now(), null, value)
  return writer.finish({})
}

function open(directory: string, options: Partial<LogManagerOptions> = {}): Promise<LogManager> {
  const limits =
    values.direct === undefined
      ? {}
      : { directFilesMax: Number(values.direct), directFilesUnsyncedMax: Number(values.direct) }
  const world = { disk: nodeDisk, clock: nodeClock, random: nodeRandom }
  return LogManager.open({ ...world, directory, fsync: 'group', limits, ...options })
}

async function inDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(values.directory, 'bench-log-'))
  try {
    await run(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function create(manager: LogManager, count: number): PartitionLog[] {
  return Array.from({ length: count }, (_, partition) =>
    manager.create('bench', partition, randomUuid(nodeRandom), defaultLogConfig),
  )
}

/** Requests of one batch to each of `partitions`, `depth` of them under way, for some seconds. */
async function commits(fsync: 'group' | 'never', partitions: number, records: number): Promise<void> {
  const name = `commit ${fsync} ${partitions} × ${records}`
  if (wanted !== undefined && !name.includes(wanted)) return
  await inDirectory(async directory => {
    const manager = await open(directory, { fsync })
    const logs = create(manager, partitions)
    const batch = batchOf(records, 1024)
    const sizes: number[] = []
    let requests = 0
    const until = performance.now() + secondsEach * 1000
    const started = performance.now()
    const cpu = process.cpuUsage()
    const worker = async () => {
      while (performance.now() < until) {
        const at = performance.now()
        for (const log of logs) log.append(Buffer.from(batch))
        await manager.commit('durable')
        sizes.push(performance.now() - at)
        requests++
      }
    }
    await Promise.all(Array.from({ length: depth }, worker))
    const seconds = (performance.now() - started) / 1000
    const used = process.cpuUsage(cpu)
    const total = requests * partitions * records
    sizes.sort((a, b) => a - b)
    const at = (share: number) => sizes[Math.floor(sizes.length * share)]!.toFixed(2)
    console.log(
      `${name.padEnd(28)} ${Math.round(total / seconds)
        .toLocaleString('en')
        .padStart(9)} records/s` +
        `  ${((total * batch.length) / records / seconds / 1e6).toFixed(0).padStart(4)} MB/s` +
        `  commit p50 ${at(0.5)} p99 ${at(0.99)} ms  cpu ${((used.user + used.system) / 1e4 / seconds).toFixed(0)} %` +
        `  ${((used.user + used.system) / total).toFixed(2)} µs/record`,
    )
    await manager.close()
  })
}

async function reads(): Promise<void> {
  if (wanted !== undefined && !'read'.includes(wanted)) return
  await inDirectory(async directory => {
    let manager = await open(directory, { fsync: 'never' })
    let log = create(manager, 1)[0]!
    const batch = batchOf(16, 1024)
    const bytes = 512 * 1024 * 1024
    for (let written = 0; written < bytes; written += batch.length) {
      log.append(Buffer.from(batch))
      if (written % (64 * batch.length) === 0) await manager.commit('written')
    }
    await manager.commit('written')
    for (const [name, maxBytes] of [
      ['64 KiB', 64 * 1024],
      ['1 MiB', 1024 * 1024],
    ] as const) {
      const started = performance.now()
      let total = 0
      for (let offset = 0; offset < log.highWatermark; ) {
        const result = await log.read(offset, maxBytes)
        total += result.sizeInBytes
        offset = result.nextOffset
        result.release?.()
      }
      const seconds = (performance.now() - started) / 1000
      console.log(`read all, ${name} at a time       ${(total / seconds / 1e6).toFixed(0)} MB/s`)
    }
    const started = performance.now()
    let tail = 0
    const from = log.highWatermark - 8 * 1024
    for (let round = 0; round < 100; round++) {
      for (let offset = from; offset < log.highWatermark; ) {
        const result = log.read(offset, 1024 * 1024)
        if (result instanceof Promise) throw new Error('the tail is not in memory')
        tail += result.sizeInBytes
        offset = result.nextOffset
      }
    }
    const seconds = (performance.now() - started) / 1000
    console.log(`read the tail, 1 MiB at a time  ${(tail / seconds / 1e6).toFixed(0)} MB/s`)
    await manager.close()
    const opening = performance.now()
    manager = await open(directory, { fsync: 'never' })
    log = manager.get('bench', 0)!
    console.log(
      `open and load a partition of ${(log.sizeInBytes / 2 ** 20).toFixed(0)} MiB  ${(performance.now() - opening).toFixed(1)} ms`,
    )
    await manager.close()
  })
}

async function starts(): Promise<void> {
  if (wanted !== undefined && !'start'.includes(wanted)) return
  await inDirectory(async directory => {
    const count = 10_000
    let manager = await open(directory)
    let from = performance.now()
    const lap = (what: string) => {
      console.log(
        `${count} partitions: ${what.padEnd(34)} ${(performance.now() - from).toFixed(0).padStart(6)} ms`,
      )
      from = performance.now()
    }
    const logs = create(manager, count)
    lap('create')
    const batch = batchOf(1, 1024)
    for (const log of logs) log.append(Buffer.from(batch))
    await manager.commit('durable')
    lap('first durable append to each')
    await manager.close()
    lap('clean close')
    manager = await open(directory)
    lap('open after a clean close')
    manager.partitions()
    lap('list with topic ids')
    for (let partition = 0; partition < count; partition++) manager.get('bench', partition)
    lap('load all')
    await manager.close()
    lap('close, nothing appended')
    rmSync(join(directory, '.kafka_cleanshutdown'))
    manager = await open(directory)
    lap('open after a crash')
    await manager.close()
    const { rss } = process.memoryUsage()
    console.log(`resident ${(rss / 2 ** 20).toFixed(0)} MiB`)
  })
}

for (const fsync of ['group', 'never'] as const) {
  for (const partitions of [1, 2, 4, 8, 10, 100, 1000, 10_000]) await commits(fsync, partitions, 1)
  for (const partitions of [1, 4, 10]) {
    await commits(fsync, partitions, 16)
    await commits(fsync, partitions, 60)
  }
}
await reads()
await starts()
