// What the `millrace dlq` commands have in common: a queue for a topic, and what the command line says of letters and places.
import { DeadLetterQueue, type LetterFilter, type LetterPlace } from '@millrace/service'
import type { ClusterOptions, Context } from '../context.ts'
import { int32Max } from '../format/limits.ts'
import { parseTime } from '../format/offset-range.ts'
import type { LetterFilterOptions } from '../options/dlq.ts'
import { UsageError } from '../output/errors.ts'
import { Session } from './connect.ts'
import { regularExpression } from './regular-expression.ts'

/** Runs `work` with each topic's dead letters in turn, and closes what it used. */
export async function withLetters(
  topics: readonly string[],
  options: ClusterOptions & { readonly progressGroup?: string },
  context: Context,
  work: (queue: DeadLetterQueue) => Promise<void>,
): Promise<void> {
  const { progressGroup } = options
  const names = [...new Set(topics)]
  if (progressGroup !== undefined && names.length > 1)
    throw new UsageError('--progress-group is for one topic: each has a group of its own')
  const session = new Session(options, context)
  try {
    for (const topic of names) {
      const queue = new DeadLetterQueue({
        ...session.sideOptions(),
        topic,
        stallMs: session.target.timeoutMs,
        ...(progressGroup !== undefined && { progressGroup }),
      })
      try {
        await work(queue)
      } catch (error) {
        context.signal.throwIfAborted()
        throw error
      } finally {
        queue.close()
      }
    }
  } finally {
    session.watch.stop()
  }
}

/** `partition:offset`. Throws UsageError that names `option`. */
export function readPlace(text: string, option: string): LetterPlace {
  const [, partition, offset] = /^(\d+):(\d+)$/.exec(text) ?? []
  const place = { partition: Number(partition), offset: Number(offset) }
  if (offset === undefined || place.partition > int32Max || !Number.isSafeInteger(place.offset))
    throw new UsageError(
      `${option} ${JSON.stringify(text)} is not partition:offset, such as 0:17`,
      '"millrace dlq list TOPIC --records" shows where letters stand',
    )
  return place
}

/** As `partition:offset`. */
export function placeText({ partition, offset }: LetterPlace): string {
  return `${partition}:${offset}`
}

/** Which letters the command line means. Throws UsageError. */
export function readFilter(options: LetterFilterOptions, { now }: Context): LetterFilter {
  const { origin, group, error, message, reason, family, key, since, until, at } = options
  return {
    ...(origin !== undefined && { origin }),
    ...(group !== undefined && { group }),
    ...(error !== undefined && { errorClass: error }),
    ...(message !== undefined && { errorMessage: regularExpression(message) }),
    ...(reason !== undefined && { reason }),
    ...(family !== undefined && { family }),
    ...(key !== undefined && { key }),
    ...(since !== undefined && { since: parseTime(since.replace(/^@/, ''), now()) }),
    ...(until !== undefined && { until: parseTime(until.replace(/^@/, ''), now()) }),
    ...(at.length > 0 && { places: at.map(text => readPlace(text, '--at')) }),
  }
}
