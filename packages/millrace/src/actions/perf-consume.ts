// `millrace perf consume`: what it does.
import { Consumer } from '@millrace/client'
import type { Context } from '../context.ts'
import type { PerfConsumeOptions } from '../options/perf.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { printJson } from '../output/terminal.ts'
import { consumerCloseMs } from './closing.ts'
import { Session, withSideAdmin } from './connect.ts'
import { memberProgress } from './group-progress.ts'
import { patientBatches, type Patience } from './patient-batches.ts'
import { progressEveryMs, type Rate, rateLine, rateOf } from './perf-rate.ts'
import { planReadings, type Reading } from './readings.ts'
import { stallLimit } from './stall-limit.ts'

export async function perfConsume(
  topic: string,
  options: PerfConsumeOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  const session = new Session(options, context)
  try {
    const ends = await endsOf(topic, session, context)
    const total = ends.reduce((sum, { from, to }) => sum + ((to ?? from) - from), 0)
    if (total === 0) throw new CommandError(`topic "${topic}" holds no records`, ExitCode.failure)
    const rate = await measure(topic, ends, options, session, context)
    if (options.json) await printJson(terminal, rate)
    else await terminal.write(`${rateLine(rate)}\n`)
  } finally {
    session.watch.stop()
  }
  signal.throwIfAborted()
}

/** First and last offsets of the partitions as the measurement begins. */
function endsOf(topic: string, session: Session, context: Context): Promise<Reading[]> {
  const whole = { partition: [], offset: 'start', exit: true, isolation: 'read_uncommitted' } as const
  return withSideAdmin(session, context, admin => planReadings(admin, [topic], whole, context))
}

async function measure(
  topic: string,
  ends: readonly Reading[],
  options: PerfConsumeOptions,
  session: Session,
  context: Context,
): Promise<Rate> {
  const { group } = options
  const consumer = new Consumer(
    session.consumerOptions({
      autoOffsetReset: 'earliest' as const,
      ...(group !== undefined && { groupId: group }),
    }),
  )
  const progress = memberProgress(consumer, group ?? '')
  try {
    if (group === undefined)
      consumer.assign(ends.map(({ partition, from }) => ({ topic, partition, offset: from })))
    else consumer.subscribe(topic, progress.hooks)
    const patience: Patience = {
      signal: context.signal,
      isAtEnd: () => progress.isAtEnd,
      stalled: stallLimit(session, true),
    }
    const commit = async () => {
      if (group !== undefined && !context.signal.aborted) await consumer.commit()
    }
    const rate = await countRecords(consumer, ends, options.records, context, patience, commit)
    await commit()
    if (group !== undefined && progress.isEmptyHanded && !context.signal.aborted)
      context.terminal.note(progress.emptyNote)
    return rate
  } finally {
    await consumer.close({ timeoutMs: consumerCloseMs })
  }
}

/**
 * Reads until the ends, the wanted number of records, or the end of patience. The clock starts with the first batch. `commit` is called with
 * the last batch in hand: a loop that is left gives it back.
 */
async function countRecords(
  consumer: Consumer,
  ends: readonly Reading[],
  recordsMax: number,
  { terminal }: Context,
  patience: Patience,
  commit: () => Promise<void>,
): Promise<Rate> {
  const open = new Map(
    ends.flatMap(({ partition, from, to }) =>
      to !== undefined && from < to ? [[partition, to] as const] : [],
    ),
  )
  let records = 0
  let bytes = 0
  let startedAt = performance.now()
  let shownAt = startedAt
  for await (const batch of patientBatches(consumer, patience)) {
    if (records === 0) startedAt = shownAt = performance.now()
    for (const record of batch) {
      records++
      bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0)
      if (records >= recordsMax) {
        const rate = rateOf(records, bytes, startedAt)
        await commit()
        return rate
      }
    }
    batch.release()
    const now = performance.now()
    if (now - shownAt > progressEveryMs) {
      shownAt = now
      terminal.progress(rateLine(rateOf(records, bytes, startedAt)))
    }
    const end = open.get(batch.partition)
    if (end !== undefined && batch.endOffset >= end) open.delete(batch.partition)
    if (open.size === 0) {
      const rate = rateOf(records, bytes, startedAt)
      await commit()
      return rate
    }
  }
  return rateOf(records, bytes, startedAt)
}
