// Handler style: calls a function for every record or batch, several partitions at a time, each in order.
import type { HookDoor } from '../events/hook-door.ts'
import { isThenable } from '../serde/thenable.ts'
import { ConsumerBatch } from './batch.ts'
import type { Handout, Item } from './handout.ts'
import type { AnyTopic } from '../topic/topic.ts'
import type { BatchOf, BytesTopic, RecordOf } from './record-of.ts'
import type { SourceOf } from './record-sources.ts'

/** Handlers, and how many of them work at a time. Give `eachRecord` or `eachBatch`. */
export interface RunOptions<T extends AnyTopic = BytesTopic> {
  /** Called for each record; the next one of its partition comes when the promise resolves. */
  readonly eachRecord?: (record: RecordOf<T>) => Promise<void> | void
  /** Called for each batch instead. */
  readonly eachBatch?: (batch: BatchOf<T>) => Promise<void> | void
  /** Partitions that are worked on at the same time. Default 1. */
  readonly partitionConcurrency?: number
  /** Ends the run when the handlers under way have returned; `run` then resolves. Default: nothing does. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs until the consumer is closed, the signal aborts or a handler throws; by then all handlers have returned. Throws what they throw,
 * with the positions back at what was not processed: another run starts with what failed.
 */
export async function runHandlers<T extends AnyTopic>(
  handout: Handout,
  sourceOf: SourceOf<unknown, unknown>,
  options: RunOptions<T>,
  hooks: HookDoor,
): Promise<void> {
  const { partitionConcurrency = 1, signal } = options
  const active = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  const stopped = () => handout.closed || failure !== undefined || signal?.aborted === true
  try {
    while (!stopped()) {
      handout.notePoll()
      const item = active.size < partitionConcurrency ? handout.take() : undefined
      if (item) {
        const work: Promise<void> = handle(handout, sourceOf, around(options, hooks), item, stopped)
          .catch((error: unknown) => {
            failure ??= { error }
          })
          .finally(() => {
            active.delete(work)
            handout.release(item)
          })
        active.add(work)
      } else if (active.size === 0 || active.size < partitionConcurrency) {
        await handout.wait(undefined, signal)
      } else {
        await Promise.race(active)
      }
    }
  } catch (error) {
    if (!signal?.aborted) failure ??= { error }
  }
  await Promise.all(active)
  if (failure) throw failure.error
}

/** The handlers with hooks around them, as they are at present. */
function around<T extends AnyTopic>(
  { eachRecord, eachBatch }: RunOptions<T>,
  hooks: HookDoor,
): RunOptions<T> {
  return eachBatch
    ? { eachBatch: hooks.aroundBatch(eachBatch) }
    : eachRecord
      ? { eachRecord: hooks.aroundRecord(eachRecord) }
      : {}
}

async function handle<T extends AnyTopic>(
  handout: Handout,
  sourceOf: SourceOf<unknown, unknown>,
  { eachRecord, eachBatch }: RunOptions<T>,
  item: Item,
  stopped: () => boolean,
): Promise<void> {
  const { chunk, state } = item
  const { share } = handout
  const source = sourceOf(state)
  if (eachBatch) {
    if (handout.mustCommit(item, chunk.endOffset) && !(await handout.commitAhead(item, chunk.endOffset)))
      return
    handout.delivered(item, chunk.endOffset)
    await eachBatch(new ConsumerBatch(chunk, source, state) as BatchOf<T>)
    handout.processed(item, chunk.endOffset)
    if (share.isUsedUp) await share.pause()
    return
  }
  while (!stopped() && handout.mayGoOn(item)) {
    if (!chunk.next()) {
      handout.delivered(item, chunk.endOffset)
      handout.processed(item, chunk.endOffset)
      return
    }
    if (handout.mustCommit(item, chunk.nextOffset)) {
      const isCommitted = await handout.commitAhead(item, chunk.nextOffset)
      if (!isCommitted || stopped() || !handout.mayGoOn(item)) return
    }
    handout.delivered(item, chunk.nextOffset)
    const result = eachRecord?.(chunk.record(source) as RecordOf<T>)
    // A handler that does its work at once costs no turn of the event loop.
    if (isThenable(result)) await result
    handout.notePoll()
    handout.processed(item, chunk.nextOffset)
    if (share.isUsedUp) await share.pause()
  }
}
