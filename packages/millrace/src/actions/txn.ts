// `millrace txn list` and `describe`: what they do.
import type { Admin } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import type { TxnListOptions } from '../options/txn.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'
import { printEach } from './outcomes.ts'

export async function listTransactions(options: TxnListOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const found = await admin.listTransactions({
      states: options.state,
      producerIds: options.producerId,
      ...(options.openFor !== undefined && { durationMs: options.openFor }),
      ...(options.pattern !== undefined && { pattern: options.pattern }),
      signal: context.signal,
    })
    await printRows(
      context.terminal,
      found.map(({ transactionalId, state, producerId, coordinatorId }) => ({
        transactionalId,
        state,
        producerId,
        coordinator: coordinatorId,
      })),
      [
        { title: 'TRANSACTIONAL-ID', value: row => row.transactionalId },
        { title: 'STATE', value: row => row.state },
        { title: 'PRODUCER-ID', value: row => row.producerId },
        { title: 'COORDINATOR', value: row => row.coordinator },
      ],
      options.json ?? false,
    )
  })
}

type Described = Awaited<ReturnType<typeof describe>>

export async function describeTransactions(
  ids: readonly string[],
  options: ClusterOptions,
  context: Context,
): Promise<void> {
  const { signal, terminal } = context
  await withAdmin(options, context, admin =>
    printEach({
      names: ids,
      field: 'transactionalId',
      read: id => describe(admin, id, context),
      show: lines,
      isJson: options.json ?? false,
      terminal,
      signal,
    }),
  )
}

async function describe(admin: Admin, id: string, { signal }: Context) {
  const [found] = await admin.describeTransactions([id], { signal })
  const { error, ...described } = found!
  if (error) throw error
  const { startTimeMs } = described
  const isOpen = ['Ongoing', 'PrepareCommit', 'PrepareAbort'].includes(described.state)
  return {
    ...described,
    startTimeMs: startTimeMs < 0 ? null : startTimeMs,
    openForMs: isOpen && startTimeMs >= 0 ? Math.max(Date.now() - startTimeMs, 0) : null,
  }
}

function lines(described: Described): string {
  const { startTimeMs, openForMs, partitions } = described
  const fields: readonly (readonly [string, string | number])[] = [
    ['Transactional id', described.transactionalId],
    ['State', described.state],
    ['Producer', `${described.producerId}, epoch ${described.producerEpoch}`],
    ['Timeout', `${described.timeoutMs} ms`],
    ['Began', startTimeMs === null ? 'never' : new Date(startTimeMs).toISOString()],
    ['Open for', openForMs === null ? 'not open' : `${openForMs} ms`],
    [
      'Partitions',
      partitions.length === 0
        ? 'none'
        : partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(', '),
    ],
  ]
  return fields.map(([name, value]) => `${`${name}:`.padEnd(18)}${value}`).join('\n')
}
