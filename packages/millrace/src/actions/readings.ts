// Plans what `millrace consume` reads without a group: partitions with the offsets to start and stop at.
import type { Admin, TopicPartition } from '@millrace/client'
import type { Context } from '../context.ts'
import { type OffsetRange, parseOffsetRange } from '../format/offset-range.ts'
import type { ConsumeOptions } from '../options/consume.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { resolvePoint } from './offsets.ts'
import { regularExpression } from './regular-expression.ts'

/** One partition to read and where to stop, exclusive; undefined: never. */
export interface Reading extends TopicPartition {
  readonly from: number
  readonly to: number | undefined
}

/** Throws for a topic or partition that does not exist. */
export async function planReadings(
  admin: Admin,
  topics: readonly string[],
  options: Pick<ConsumeOptions, 'regex' | 'partition' | 'offset' | 'exit' | 'isolation'>,
  { signal, now }: Context,
): Promise<Reading[]> {
  const { isolation: isolationLevel } = options
  const names = options.regex ? await matchingTopics(admin, topics, signal) : topics
  const described = await admin.describeTopics(names, { signal })
  const wanted = new Set(options.partition)
  const partitions: TopicPartition[] = []
  for (const topic of described) {
    if (topic.error) throw topic.error
    partitions.push(
      ...topic.partitions
        .filter(({ partition }) => wanted.size === 0 || wanted.has(partition))
        .map(({ partition }) => ({ topic: topic.name, partition })),
    )
    const missing = [...wanted].find(
      partition => !topic.partitions.some(entry => entry.partition === partition),
    )
    if (missing !== undefined) {
      throw new CommandError(
        `topic "${topic.name}" has no partition ${missing}: it has ${topic.partitions.length}`,
        ExitCode.notFound,
      )
    }
  }
  const range = parseOffsetRange(options.offset ?? 'end', now())
  const to: OffsetRange['to'] = range.to ?? (options.exit ? { kind: 'end' } : undefined)
  const starts = await resolvePoint(admin, partitions, range.from, { isolationLevel, signal })
  const ends = to ? await resolvePoint(admin, partitions, to, { isolationLevel, signal }) : undefined
  return partitions.map((entry, index) => ({ ...entry, from: starts[index]!, to: ends?.[index] }))
}

async function matchingTopics(
  admin: Admin,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const expressions = patterns.map(regularExpression)
  const names = (await admin.listTopics({ signal }))
    .filter(topic => !topic.isInternal)
    .map(topic => topic.name)
  const matching = names.filter(name => expressions.some(expression => expression.test(name)))
  if (matching.length === 0)
    throw new CommandError(`no topic matches ${patterns.join(' or ')}`, ExitCode.notFound)
  return matching
}
