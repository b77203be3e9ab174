// Reads of the log simulation: what comes has to be what was appended, whole, in order, and below the high watermark.
import type { PartitionLog } from '@millrace/log'
import { Violation } from '../violation.ts'
import { decodeWireBatches, type WireBatch } from '../wire-batch.ts'
import type { PartitionModel } from './partition-model.ts'
import type { StorageHost } from './storage-host.ts'

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
