// Poll style: an array of records at a time.
import { StateError } from '../errors/index.ts'
import type { Handout, Item } from './handout.ts'
import type { ConsumerRecord } from './record.ts'
import type { SourceOf } from './record-sources.ts'

/** How long a poll waits, and for how much. */
export interface PollOptions {
  /** How long to wait when there is nothing, in ms. Default: until there is something, or the consumer is closed. */
  readonly timeoutMs?: number
  /** Most records of this call. Default: `maxPollRecords`. */
  readonly maxRecords?: number
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** What a handout's last poll handed out, to be counted as processed by the next. */
const lastItems = new WeakMap<Handout, Item[]>()
/** Handouts with a poll under way. */
const polling = new WeakSet<Handout>()

/** Throws StateError while another poll is under way: what that one returns would count as processed before anybody saw it. */
export async function pollRecords<K, V>(
  handout: Handout,
  sourceOf: SourceOf<K, V>,
  options: PollOptions,
): Promise<ConsumerRecord<K, V>[]> {
  if (polling.has(handout))
    throw new StateError('poll: the call before still waits for records; await it, or end it by its signal')
  polling.add(handout)
  try {
    return await poll(handout, sourceOf, options)
  } finally {
    polling.delete(handout)
  }
}

async function poll<K, V>(
  handout: Handout,
  sourceOf: SourceOf<K, V>,
  { timeoutMs, maxRecords = 500, signal }: PollOptions,
): Promise<ConsumerRecord<K, V>[]> {
  handout.notePoll()
  if (handout.share.isUsedUp) await handout.share.pause()
  let records = await takePoll(handout, sourceOf, maxRecords)
  const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : handout.now() + timeoutMs
  while (records.length === 0 && !handout.closed) {
    // Much wakes it that brings no records: a rebalance, a seek, another loop that lets go of a partition.
    const leftMs = Math.max(0, deadline - handout.now())
    await handout.wait(timeoutMs === undefined ? undefined : leftMs, signal)
    handout.notePoll()
    records = await takePoll(handout, sourceOf, maxRecords)
    if (leftMs === 0) break
  }
  return records
}

/** What the last poll handed out and is not processed comes again. */
export function rewindPoll(handout: Handout): void {
  const items = lastItems.get(handout) ?? []
  lastItems.delete(handout)
  for (const item of items) handout.release(item)
}

/** Takes what is there; what was taken before is processed. At most once, what it returns is committed. */
async function takePoll<K, V>(
  handout: Handout,
  sourceOf: SourceOf<K, V>,
  maxRecords: number,
): Promise<ConsumerRecord<K, V>[]> {
  for (const item of lastItems.get(handout) ?? []) handout.processed(item, item.state.delivered)
  rewindPoll(handout)
  const records: ConsumerRecord<K, V>[] = []
  const items: Item[] = []
  lastItems.set(handout, items)
  while (records.length < maxRecords) {
    // An error must not come between the user and records that are taken already.
    const item = records.length === 0 ? handout.take() : handout.takeReady()
    if (!item) break
    items.push(item)
    try {
      takeRecords(handout, sourceOf, item, records, maxRecords)
    } catch (error) {
      // What was taken before counts as handed out: it must get there. The next call meets the damage again.
      if (records.length === 0) throw error
      break
    }
  }
  try {
    if (await handout.commitDelivered(items)) return records
  } catch (error) {
    rewindPoll(handout)
    throw error
  }
  // A partition went while it was committed: what is still ours is taken anew.
  rewindPoll(handout)
  return takePoll(handout, sourceOf, maxRecords)
}

function takeRecords<K, V>(
  handout: Handout,
  sourceOf: SourceOf<K, V>,
  item: Item,
  records: ConsumerRecord<K, V>[],
  maxRecords: number,
): void {
  const source = sourceOf(item.state)
  const { chunk } = item
  while (records.length < maxRecords) {
    if (!chunk.next()) {
      handout.delivered(item, chunk.endOffset)
      return
    }
    handout.delivered(item, chunk.nextOffset)
    records.push(chunk.record(source))
  }
}
