// What the tests of the log share: batches, and a storage in a directory of its own that goes when the test ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type FinishOptions, RecordBatchWriter, toRecords } from '@millrace/protocol'
import { nodeClock, nodeRandom } from '@millrace/runtime'
import {
  defaultLogConfig,
  LogManager,
  type LogManagerOptions,
  nodeDisk,
  type PartitionLog,
} from '../src/index.ts'

export const topicId = 'AAECAwQFBgcICQoLDA0ODw'

export interface BatchInit extends FinishOptions {
  readonly timestamp?: number
}

/** A batch with these values. */
export function batchOf(values: readonly string[], { timestamp = 1000, ...options }: BatchInit = {}): Buffer {
  const writer = new RecordBatchWriter()
  for (const value of values) writer.append(timestamp, null, value)
  return writer.finish(options)
}

export function temporaryDirectory(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-log-'))
  context.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export function openLogs(directory: string, options: Partial<LogManagerOptions> = {}): Promise<LogManager> {
  const world = { disk: nodeDisk, clock: nodeClock, random: nodeRandom }
  return LogManager.open({ ...world, directory, fsync: 'group', ...options })
}

/** A storage with one partition `t-0`, closed when the test ends. */
export async function oneLog(
  context: TestContext,
  config: Partial<typeof defaultLogConfig> = {},
  options: Partial<LogManagerOptions> = {},
): Promise<{ logs: LogManager; log: PartitionLog; directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-log-'))
  const logs = await openLogs(directory, options)
  context.after(async () => {
    await logs.close().catch(() => {})
    rmSync(directory, { recursive: true, force: true })
  })
  const log = logs.create('t', 0, topicId, { ...defaultLogConfig, ...config })
  return { logs, log, directory }
}

/** All values from `offset` to the high watermark. */
export async function valuesFrom(log: PartitionLog, offset: number, maxBytes = 1 << 20): Promise<string[]> {
  const values: string[] = []
  let at = offset
  while (at < log.highWatermark) {
    const result = await log.read(at, maxBytes)
    for (const chunk of result.chunks) {
      for (const record of toRecords(chunk)) if (record.offset >= offset) values.push(String(record.value))
    }
    result.release?.()
    if (result.nextOffset <= at) throw new Error(`a read at ${at} brings nothing`)
    at = result.nextOffset
  }
  return values
}
