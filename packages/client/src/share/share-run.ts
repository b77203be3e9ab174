// Handler style: calls a function for every record of a share group, several at a time.
import { StateError } from '../errors/index.ts'
import type { HookDoor } from '../events/hook-door.ts'
import type { AnyTopic, KeyOf, ValueOf } from '../topic/topic.ts'
import type { AcknowledgeType } from './acknowledgements.ts'
import type { ShareCore } from './share-core.ts'
import type { ShareItem } from './share-handout.ts'
import type { ShareRecordOf } from './share-record.ts'

/** A handler, and how many of its calls are under way at a time. */
export interface ShareRunOptions<T extends AnyTopic> {
  /** Called for each record; it is accepted when the promise resolves, unless something else was said of it. */
  readonly eachRecord: (record: ShareRecordOf<T>) => Promise<void> | void
  /** Records that are worked on at the same time, of whatever partition. Default 1. */
  readonly concurrency?: number
  /**
   * Says what is to become of a record whose handler has thrown, and the run goes on: `release` (the default of what it returns), `reject` for what will never work, or `accept`. What it
   * throws ends the run. Default: the record is released, and the run ends with the error.
   */
  readonly onError?: (error: unknown, record: ShareRecordOf<T>) => Exclude<AcknowledgeType, 'renew'> | void
  /** Ends the run when the handlers under way have returned; `run` then resolves. Default: nothing does. */
  readonly signal?: AbortSignal | undefined
}

/** Runs until the consumer is closed, the signal aborts or an error ends it; by then all handlers have returned. */
export async function runShareHandler<T extends AnyTopic>(
  core: ShareCore<KeyOf<T>, ValueOf<T>>,
  options: ShareRunOptions<T>,
): Promise<void> {
  const { concurrency = 1, signal } = options
  const active = new Set<Promise<void>>()
  const stop = new AbortController()
  const ends = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown) => {
    failure ??= { error }
    stop.abort()
  }
  while (!ends.aborted && !core.handout.closed) {
    // Explicitly acknowledged, what is worked on has to be done with before more is asked for.
    const isBound = core.options.explicit && active.size > 0 && !core.handout.hasWaiting
    if (active.size >= concurrency || isBound) {
      await Promise.race(active)
      continue
    }
    let item: ShareItem<KeyOf<T>, ValueOf<T>> | undefined
    try {
      item = await core.next(ends)
    } catch (error) {
      if (!ends.aborted) fail(error)
      break
    }
    if (!item) break
    item.inHandler = true
    if (ends.aborted) {
      core.say(item, 'release')
      break
    }
    const work: Promise<void> = handle(core, around(options, core.cluster.hooks), item)
      .catch(fail)
      .finally(() => active.delete(work))
    active.add(work)
  }
  await Promise.all(active)
  if (failure) throw failure.error
}

/** The handler with hooks around it, as they are at present. */
function around<T extends AnyTopic>(options: ShareRunOptions<T>, hooks: HookDoor): ShareRunOptions<T> {
  return { ...options, eachRecord: hooks.aroundRecord(options.eachRecord) }
}

async function handle<T extends AnyTopic>(
  core: ShareCore<KeyOf<T>, ValueOf<T>>,
  { eachRecord, onError }: ShareRunOptions<T>,
  item: ShareItem<KeyOf<T>, ValueOf<T>>,
): Promise<void> {
  const record = item.record as ShareRecordOf<T>
  try {
    await eachRecord(record)
  } catch (error) {
    if (!onError) {
      core.say(item, 'release')
      throw error
    }
    core.say(item, onError(error, record) ?? 'release')
    return
  }
  if (!core.options.explicit) core.say(item, 'accept')
  else if (item.isOpen)
    throw new StateError(
      `run: the handler returned without acknowledging ${record.topic}-${record.partition} at offset ${record.offset} (acknowledgementMode: "explicit")`,
    )
}
