// `millrace dlq redrive`: what it does.
import type { DeadLetterQueue, RedriveOptions, RedriveReport } from '@millrace/service'
import type { Context } from '../context.ts'
import type { DlqRedriveOptions } from '../options/dlq.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { plain } from '../output/plain.ts'
import { printJson, printRows } from '../output/terminal.ts'
import { countOf, formatCount } from '../output/units.ts'
import { confirm } from './confirm.ts'
import { placeText, readFilter, withLetters } from './dlq-queue.ts'

const progressEveryMs = 500
const failuresShown = 10

/** What came of one topic's letters. */
interface Redriven extends RedriveReport {
  /** The dead letter topic. */
  readonly topic: string
  /** Where they went, and how many. */
  readonly targets: readonly { readonly topic: string; readonly records: number }[]
}

export async function redriveLetters(
  topics: readonly string[],
  options: DlqRedriveOptions,
  context: Context,
): Promise<void> {
  const filter = readFilter(options, context)
  const { to, forGroup, forAll, samePartition, rate, dryRun = false, force, json = false } = options
  const common: RedriveOptions = {
    filter,
    signal: context.signal,
    ...(to !== undefined && { to }),
    ...(forGroup !== undefined && { group: forGroup }),
    ...(forAll && { group: null }),
    ...(samePartition && { partition: 'same' as const }),
  }
  if (!dryRun && !force) {
    const planned = await redriveAll(topics, options, { ...common, dryRun: true }, context)
    const count = planned.reduce((sum, { sent }) => sum + sent, 0)
    if (count > 0) {
      const targets = new Map<string, number>()
      for (const { topic, records } of planned.flatMap(each => each.targets))
        targets.set(topic, (targets.get(topic) ?? 0) + records)
      const where = [...targets].map(([topic, records]) => `${plain(topic)} (${formatCount(records)})`)
      await confirm(`Send ${countOf(count, 'dead letter')} to ${where.join(', ')}?`, context)
    }
  }
  const redriven = await redriveAll(
    topics,
    options,
    { ...common, dryRun, ...(rate !== undefined && { recordsPerSecond: rate }) },
    context,
  )
  await print(redriven, dryRun, json, context)
}

async function redriveAll(
  topics: readonly string[],
  options: DlqRedriveOptions,
  common: RedriveOptions,
  context: Context,
): Promise<Redriven[]> {
  const redriven: Redriven[] = []
  let left = options.count ?? Number.POSITIVE_INFINITY
  await withLetters(topics, options, context, async queue => {
    if (left === 0) return
    const each = await redriveOne(queue, Number.isFinite(left) ? { ...common, limit: left } : common, context)
    left -= each.sent
    redriven.push(each)
  })
  return redriven
}

async function redriveOne(
  queue: DeadLetterQueue,
  options: RedriveOptions,
  { terminal }: Context,
): Promise<Redriven> {
  const targets = new Map<string, number>()
  let sent = 0
  let shownAt = performance.now()
  const report = queue.redrive({
    ...options,
    onSent: (_stored, record) => {
      sent++
      targets.set(record.topic, (targets.get(record.topic) ?? 0) + 1)
      if (performance.now() - shownAt < progressEveryMs) return
      shownAt = performance.now()
      terminal.progress(`${queue.topic}: ${countOf(sent, 'record')}`)
    },
  })
  try {
    const done = await report
    return {
      topic: queue.topic,
      ...done,
      targets: Array.from(targets, ([topic, records]) => ({ topic, records })),
    }
  } catch (error) {
    if (sent > 0 && options.dryRun !== true)
      terminal.note(`${queue.topic}: ${countOf(sent, 'record')} sent so far; another run goes on behind them`)
    throw error
  }
}

async function print(
  redriven: readonly Redriven[],
  isDry: boolean,
  json: boolean,
  { terminal }: Context,
): Promise<void> {
  if (json)
    await printJson(
      terminal,
      redriven.map(each => ({ ...each, dryRun: isDry })),
    )
  else {
    const rows = redriven.flatMap(({ topic, targets }) => targets.map(target => ({ from: topic, ...target })))
    const columns = [
      { title: 'DEAD LETTERS', value: (row: (typeof rows)[number]) => row.from },
      { title: isDry ? 'WOULD GO TO' : 'SENT TO', value: (row: (typeof rows)[number]) => row.topic },
      { title: 'RECORDS', value: (row: (typeof rows)[number]) => row.records },
    ]
    if (rows.length > 0) await printRows(terminal, rows, columns, false)
    else terminal.note('there is nothing to send back')
    for (const each of redriven) note(each, terminal)
    if (isDry && rows.length > 0) terminal.note('nothing was sent: a dry run')
  }
  const failed = redriven.reduce((sum, each) => sum + each.failed, 0)
  if (failed > 0)
    throw new CommandError(
      `${countOf(failed, 'dead letter')} cannot be sent back and ${failed === 1 ? 'stays' : 'stay'} as ${failed === 1 ? 'it is' : 'they are'}`,
      ExitCode.failure,
      '"millrace dlq edit" mends what is wrong with a record; --to says where to send it',
    )
}

function note({ topic, full, failures, failed }: Redriven, terminal: Context['terminal']): void {
  for (const failure of failures.slice(0, failuresShown))
    terminal.note(`${topic} ${placeText(failure)}: ${plain(failure.message)}`)
  if (failed > failuresShown) terminal.note(`${topic}: and ${formatCount(failed - failuresShown)} more`)
  for (const partition of full)
    terminal.note(
      `${topic}-${partition}: more was sent out of order than can be remembered; send back the older ones, then go on`,
    )
}
