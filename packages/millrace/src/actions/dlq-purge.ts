// `millrace dlq purge`: what it does.
import type { PurgedPartition } from '@millrace/service'
import type { Context } from '../context.ts'
import type { DlqPurgeOptions } from '../options/dlq.ts'
import { type Column, renderTable } from '../output/table.ts'
import { printJson, printRows, tableStyle } from '../output/terminal.ts'
import { countOf } from '../output/units.ts'
import { confirm } from './confirm.ts'
import { withLetters } from './dlq-queue.ts'

interface PurgeRow extends PurgedPartition {
  /** Offsets that go; fewer records, where compaction took some or transactions have ended. */
  readonly maxRecords: number
}

const columns: readonly Column<PurgeRow>[] = [
  { title: 'DEAD LETTERS', value: row => row.topic },
  { title: 'PARTITION', value: row => row.partition },
  { title: 'START', value: row => row.start },
  { title: 'TO', value: row => row.to },
  { title: 'END', value: row => row.end },
  { title: 'MAX RECORDS', value: row => row.maxRecords },
]

export async function purgeLetters(
  topics: readonly string[],
  options: DlqPurgeOptions,
  context: Context,
): Promise<void> {
  const { dryRun = false, force, json = false } = options
  const { terminal } = context
  const planned = await purgeAll(topics, options, true, context)
  if (planned.length === 0) {
    if (json) await printJson(terminal, [])
    else
      terminal.note(
        options.all
          ? 'there are no dead letters'
          : 'nothing was sent back that is still there; --all deletes the rest',
      )
    return
  }
  if (dryRun) {
    await printRows(terminal, planned, columns, json)
    terminal.note('nothing was deleted: a dry run')
    return
  }
  if (!force) {
    for (const line of renderTable(planned, columns, tableStyle(terminal))) terminal.note(line)
    const count = planned.reduce((sum, { maxRecords }) => sum + maxRecords, 0)
    const which = options.all ? ', whether they were sent back or not' : ''
    await confirm(`Delete up to ${countOf(count, 'dead letter')}${which}?`, context)
  }
  const purged = await purgeAll(topics, options, false, context)
  await printRows(terminal, purged, columns, json)
  terminal.note('deleted')
}

async function purgeAll(
  topics: readonly string[],
  options: DlqPurgeOptions,
  dryRun: boolean,
  context: Context,
): Promise<PurgeRow[]> {
  const rows: PurgeRow[] = []
  const what = options.all ? 'all' : 'redriven'
  await withLetters(topics, options, context, async queue => {
    const purged = await queue.purge({ what, dryRun, signal: context.signal })
    rows.push(...purged.map(each => ({ ...each, maxRecords: each.to - each.start })))
  })
  return rows
}
