// Reads of the log simulation: what comes has to be what was appended, whole, in order, and below the high watermark.
import type { PartitionLog } from '@millrace/log'
import { Violation } from '../violation.ts'
import { decodeWireBatches, type WireBatch } from '../wire-batch.ts'
import type { PartitionModel } from './partition-model.ts'
import type { StorageHost } from './storage-host.ts'
import { abortedIn, isCommitted, transactionsOf } from './transaction-model.ts'

const committedGuarantee = 'readers of committed data see what is decided, and of that what is committed'

export class LogReader {
  readonly #storage: StorageHost
  readonly #onRead: () => void

  /** `onRead` is called after each read that brought what it should. */
  constructor(storage: StorageHost, onRead: () => void) {
    this.#storage = storage
    this.#onRead = onRead
  }

  /**
   * Reads once and checks what came; returns where to read on, or undefined when the process died or the disk failed. `keep` gets the
   * batches.
   */
  async read(
    model: PartitionModel,
    log: PartitionLog,
    offset: number,
    maxBytes: number,
    keep?: WireBatch[],
  ): Promise<number | undefined> {
    const reading = (async () => await log.read(offset, maxBytes))()
    const outcome = await this.#storage.host.process.outcome(reading)
    if (!this.#storage.judge(outcome, 'read')) return undefined
    const { chunks, nextOffset, release } = outcome.value
    const batches = decodeWireBatches(Buffer.concat([...chunks]))
    release?.()
    const first = batches[0]
    const end = (batch: (typeof batches)[number]) => batch.baseOffset + batch.values.length
    if (!first || first.baseOffset > offset || end(first) <= offset) {
      const got = first ? `the batch at ${first.baseOffset}` : 'nothing'
      const detail = `${model.name}: a read at ${offset} below the high watermark ${log.highWatermark} brings ${got}`
      throw new Violation('consumers see every record', detail)
    }
    let expected = first.baseOffset
    for (const batch of batches) {
      if (batch.baseOffset !== expected) {
        throw new Violation(
          'consumers see every record',
          `${model.name}: ${batch.baseOffset} follows ${expected} in a read`,
        )
      }
      model.check(batch)
      keep?.push(batch)
      expected = end(batch)
    }
    if (expected > log.highWatermark || nextOffset !== expected) {
      const detail = `${model.name}: a read ends at ${expected} (says ${nextOffset}), the high watermark is ${log.highWatermark}`
      throw new Violation('the high watermark never goes back', detail)
    }
    this.#onRead()
    return expected
  }

  /**
   * Reads once what is decided, and leaves out what the log says was aborted: what is left has to be what was committed. Returns where to read on,
   * or undefined at the end.
   */
  async readCommitted(model: PartitionModel, log: PartitionLog, offset: number): Promise<number | undefined> {
    const upperOffset = log.lastStableOffset
    if (offset >= upperOffset) return undefined
    const reading = (async () => await log.read(offset, 10_000, { upperOffset }))()
    const outcome = await this.#storage.host.process.outcome(reading)
    if (!this.#storage.judge(outcome, 'read')) return undefined
    const { chunks, nextOffset, release } = outcome.value
    const batches = decodeWireBatches(Buffer.concat([...chunks]))
    release?.()
    // Deleted meanwhile, with the transactions that ended there.
    if (offset < log.logStartOffset || !model.exact) return undefined
    const transactions = transactionsOf(model.batches)
    const told = log.abortedTransactions(offset, nextOffset)
    const aborted = told.map(({ producerId, firstOffset }) => `${producerId} from ${firstOffset}`)
    const expected = abortedIn(transactions, offset, nextOffset)
    if (aborted.join() !== expected.join()) {
      const detail = `${model.name} names as aborted in ${offset} … ${nextOffset}: ${aborted.join() || 'none'}; aborted were: ${expected.join() || 'none'}`
      throw new Violation(committedGuarantee, detail)
    }
    // As a consumer does it: a producer's batches count as aborted from there on to its marker.
    const skipping = new Set<number>()
    const next = told.toSorted((a, b) => a.firstOffset - b.firstOffset)
    for (const batch of batches) {
      while (next[0] && next[0].firstOffset <= batch.baseOffset) skipping.add(next.shift()!.producerId)
      if (batch.marker) {
        skipping.delete(batch.producerId)
        continue
      }
      const shown = !(batch.transactional && skipping.has(batch.producerId))
      const committed = isCommitted(transactions, model.check(batch))
      if (committed === undefined || shown !== committed) {
        const fate = committed === undefined ? 'not decided' : committed ? 'committed' : 'aborted'
        const detail = `${model.name}: the batch at ${batch.baseOffset} is ${fate} and is ${shown ? '' : 'not '}shown`
        throw new Violation(committedGuarantee, detail)
      }
    }
    this.#onRead()
    return nextOffset
  }

  /** The same from the start to the last stable offset. */
  async readAllCommitted(model: PartitionModel, log: PartitionLog): Promise<void> {
    let offset: number | undefined = log.logStartOffset
    while (offset !== undefined) offset = await this.readCommitted(model, log, offset)
  }

  /** Reads from the start to the high watermark, unless the process dies over it. */
  async readAll(model: PartitionModel, log: PartitionLog): Promise<void> {
    for (
      let offset: number | undefined = log.logStartOffset;
      offset !== undefined && offset < log.highWatermark;
    ) {
      offset = await this.read(model, log, offset, 20_000)
    }
  }
}
