// How far the partitions of a dead letter topic have been sent back: what their logs hold, and what the progress group has committed.
import { type Admin, OffsetSpec, StateError, throwFirst } from '@millrace/client'
import { type Clock, sleep } from '@millrace/runtime'
import { decodeOffsetMap } from '../concurrency/offset-map.ts'
import { DoneRanges } from './done-ranges.ts'
import type { LetterPlace } from './letter.ts'

/** One partition of a dead letter topic. */
export interface PartitionProgress {
  readonly partition: number
  /** The first offset that the log has. */
  readonly start: number
  /** Behind the last record that is committed: what comes later is not looked at. */
  readonly end: number
  /** What was sent back, or replaced. */
  readonly done: DoneRanges
}

/** Looks up all partitions, in their order. Throws what brokers answer, and StateError for a commit that is not of a redrive. */
export async function readProgress(
  admin: Admin,
  topic: string,
  group: string,
  signal: AbortSignal | undefined,
): Promise<PartitionProgress[]> {
  const options = signal ? { signal } : {}
  const [described] = throwFirst(await admin.describeTopics([topic], options))
  const partitions = described!.partitions.map(({ partition }) => partition).sort((a, b) => a - b)
  const offsetsAt = async (timestamp: number) => {
    const wanted = partitions.map(partition => ({ topic, partition, timestamp }))
    const found = await admin.listOffsets(wanted, { isolationLevel: 'read_committed', ...options })
    return throwFirst(found).map(({ offset }) => offset)
  }
  const [starts, ends, committed] = await Promise.all([
    offsetsAt(OffsetSpec.earliest),
    offsetsAt(OffsetSpec.latest),
    // A run that was killed may have left a transaction open: what it moves must be known.
    admin.groupOffsets(group, undefined, { requireStable: true, ...options }),
  ])
  throwFirst(committed)
  return partitions.map((partition, index) => {
    const start = starts[index]!
    const end = ends[index]!
    const own = committed.find(entry => entry.topic === topic && entry.partition === partition)
    return { partition, start, end, done: doneOf(`${topic}-${partition}`, group, own, start, end) }
  })
}

const lookAgainFirstMs = 5
const lookAgainMaxMs = 200

/**
 * Waits until readers of committed records come to a place, for `stallMs` at most: a broker writes the marker of a transaction behind its answer, and a transaction of somebody else that
 * is open in the partition hides all that is behind it. Throws what brokers answer, and the signal's reason.
 */
export async function awaitReadable(
  admin: Admin,
  topic: string,
  { partition, offset }: LetterPlace,
  {
    clock,
    stallMs,
    signal,
  }: { readonly clock: Clock; readonly stallMs: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const options = { isolationLevel: 'read_committed', ...(signal && { signal }) } as const
  const deadline = clock.monotonic() + stallMs
  for (let waitMs = lookAgainFirstMs; ; waitMs = Math.min(2 * waitMs, lookAgainMaxMs)) {
    const wanted = [{ topic, partition, timestamp: OffsetSpec.latest }]
    const [end] = throwFirst(await admin.listOffsets(wanted, options))
    if (end!.offset > offset || clock.monotonic() + waitMs >= deadline) return
    await sleep(clock, waitMs, signal)
  }
}

function doneOf(
  name: string,
  group: string,
  committed: { readonly offset: number; readonly metadata?: string | null } | undefined,
  start: number,
  end: number,
): DoneRanges {
  // Beyond the end: the topic was made anew since.
  if (!committed || committed.offset > end) return new DoneRanges(start)
  const { offset, metadata } = committed
  const decoded = decodeOffsetMap(offset, metadata ?? '')
  if ('problem' in decoded)
    throw new StateError(
      `group "${group}" has committed offset ${offset} of ${name} with metadata that are ${decoded.problem}: which records behind it were sent back is not known. Set the group's offset where to begin (millrace group reset), or name another progress group`,
    )
  const done = new DoneRanges(offset, decoded.ranges)
  // What is deleted needs no sending.
  done.add(offset, start)
  return done
}
