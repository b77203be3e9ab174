// What a group has done of the events that it was given, beside what came of it: an event that comes again is not done again.
import { setTimeout as sleep } from 'node:timers/promises'
import { type HandlerContext, Instruction, skip } from '@millrace/service'
import { type Database, type Sql, textOf } from './database/database.ts'

/** How long it is remembered: longer than any event is on its way. */
const rememberedMs = 24 * 60 * 60 * 1_000
const forgetEveryMs = 60_000

/** An event in hand, as the inbox sees it. */
export interface InHand {
  readonly id: string
  readonly context: HandlerContext
}

/**
 * Does the work of an event in a transaction, with a note that it is done. An event comes again in two ways, which are told apart by the place where it was first:
 *
 * - the same record, because what was published for it did not get through: the result is that of the first time, to be published again
 * - another record with the same event, because its sender was not sure: nothing is to be published, `skip('duplicate')`
 *
 * A record that is sent back from the dead letters counts as another one: it was given up, so that nothing was done of it. (Unless the database has committed, could not say so, and then failed at
 * every further attempt: that one needs somebody to look at it.)
 */
export async function once<Result extends object>(
  database: Database,
  group: string,
  { id, context: { origin } }: InHand,
  work: (sql: Sql) => Promise<Result | Instruction>,
): Promise<Result | Instruction> {
  const place = `${origin.topic}-${origin.partition}-${origin.offset}`
  return database.transaction(async sql => {
    const [known] = await sql.rows(
      'SELECT place, result FROM handled WHERE group_id = ? AND event_id = ?',
      group,
      id,
    )
    if (known)
      return textOf(known, 'place') === place
        ? (JSON.parse(textOf(known, 'result')) as Result)
        : skip('duplicate')
    const result = await work(sql)
    if (result instanceof Instruction) return result
    await sql.run(
      'INSERT INTO handled (group_id, event_id, place, result, at) VALUES (?, ?, ?, ?, ?)',
      group,
      id,
      place,
      JSON.stringify(result),
      Date.now(),
    )
    return result
  })
}

/** Forgets what nobody asks for any more, from time to time, until the signal aborts. */
export async function forgetOld(database: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await database.run('DELETE FROM handled WHERE at < ?', Date.now() - rememberedMs).catch(() => {})
    await sleep(forgetEveryMs, undefined, { signal }).catch(() => {})
  }
}
