// A reader of one partition by hand, of all records or of committed ones: sees every record and where reading ends, in peace and under faults.
import { ErrorCode, errorByCode, FetchApi, type FetchResponse } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { type FoundRecord, formatPartition, type PartitionName } from '../history.ts'
import { decodePayload } from '../payload.ts'
import { RawClient } from '../raw-client.ts'
import { Violation } from '../violation.ts'
import { decodeWireBatches } from '../wire-batch.ts'
import { passes, untilAnswered } from './attempts.ts'
import { brokerPort, type Run } from './run.ts'

const fetchVersion = 12

const readCommittedLevel = 1
/** Transactions that nobody ends have timed out by then. */
const openTransactionsMaxMs = 300_000

/** What one fetch brought. */
interface Fetched {
  readonly records: readonly FoundRecord[]
  readonly nextOffset: number
  /** What can be read is below: the high watermark, or the last stable offset. */
  readonly endOffset: number
  readonly highWatermark: number
}

type PartitionAnswer = FetchResponse['responses'][number]['partitions'][number]

export class RawReader {
  readonly #run: Run
  readonly #host: SimHost
  readonly #name: string
  readonly #partition: PartitionName
  readonly #client: RawClient
  readonly #random: SimRandom
  readonly #committedOnly: boolean

  constructor(run: Run, name: string, partition: PartitionName, committedOnly = false) {
    this.#run = run
    this.#committedOnly = committedOnly
    this.#host = run.world.spawn(name)
    this.#name = name
    this.#partition = partition
    this.#random = run.random(name)
    this.#client = new RawClient(this.#host, name, () => brokerPort)
  }

  /** Reads live until the run is drained, starting over from 0 now and then: old offsets are looked at again after crashes. */
  async follow(brokerIncarnation: () => number): Promise<void> {
    await this.#run.untilReady(this.#host)
    let position = 0
    let last = { incarnation: -1, endOffset: 0 }
    while (!this.#run.drained) {
      const incarnation = brokerIncarnation()
      const fetched = await this.#fetch(position, 500)
      if (incarnation === brokerIncarnation()) {
        const floor = last.incarnation === incarnation ? last.endOffset : 0
        this.#run.records.highWatermark(this.#partition, fetched.endOffset, floor)
        last = { incarnation, endOffset: fetched.endOffset }
      }
      this.#run.count('records read live', fetched.records.length)
      position = this.#random.chance(0.02) ? 0 : fetched.nextOffset
      await sleep(this.#host.clock, 20 + this.#random.float() * 300)
    }
    this.#client.close()
  }

  /** Everything there is, from the start to the high watermark: once no transaction is open any more, for a reader of committed ones. */
  async readAll(): Promise<{ readonly records: FoundRecord[]; readonly endOffset: number }> {
    const records: FoundRecord[] = []
    const deadlineMs = this.#host.clock.monotonic() + openTransactionsMaxMs
    for (let position = 0; ; ) {
      const fetched = await this.#fetch(position, 0)
      records.push(...fetched.records)
      if (fetched.nextOffset >= fetched.highWatermark) {
        this.#client.close()
        return { records, endOffset: fetched.highWatermark }
      }
      if (fetched.nextOffset >= fetched.endOffset) {
        if (this.#host.clock.monotonic() > deadlineMs) {
          const where = `${formatPartition(this.#partition)} at ${fetched.endOffset}`
          throw new Violation(
            'no transaction hangs',
            `one is open in ${where} after ${openTransactionsMaxMs} ms`,
          )
        }
        position = fetched.nextOffset
        await sleep(this.#host.clock, 500)
        continue
      }
      if (fetched.nextOffset === position) {
        const where = `${formatPartition(this.#partition)} offset ${position}`
        throw new Violation(
          'consumers see every record',
          `a fetch at ${where} below the high watermark brings nothing`,
        )
      }
      position = fetched.nextOffset
    }
  }

  async #fetch(offset: number, maxWaitMs: number): Promise<Fetched> {
    const what = `${this.#name} Fetch`
    const { topic, partition } = this.#partition
    const partitions = [
      { partition, fetchOffset: offset, partitionMaxBytes: this.#random.between(1, 20_000) },
    ]
    const body = {
      maxWaitMs,
      minBytes: 1,
      maxBytes: 1_000_000,
      isolationLevel: this.#committedOnly ? readCommittedLevel : 0,
      sessionEpoch: -1,
      topics: [{ topic, partitions }],
    }
    return await untilAnswered(this.#host, what, async () => {
      const answer = await this.#client.request(FetchApi, body, fetchVersion)
      if (!passes(answer.errorCode, what)) return undefined
      const result = answer.responses[0]?.partitions[0]
      if (!result) throw new Violation('the run comes to its end', 'a fetch response without the partition')
      if (result.errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
        const where = `${formatPartition(this.#partition)} offset ${offset} was readable`
        throw new Violation('acknowledged records are kept', `${where} and is now ${errorByCode(1).name}`)
      }
      if (!passes(result.errorCode, what)) return undefined
      return this.#take(offset, result)
    })
  }

  #take(offset: number, answer: PartitionAnswer): Fetched {
    const { highWatermark, lastStableOffset, abortedTransactions } = answer
    const endOffset = this.#committedOnly ? lastStableOffset : highWatermark
    const records: FoundRecord[] = []
    let nextOffset = offset
    const aborted = [...(abortedTransactions ?? [])].sort((a, b) => a.firstOffset - b.firstOffset)
    const skipped = new Set<number>()
    for (const batch of decodeWireBatches(Buffer.concat([...(answer.records ?? [])]))) {
      while (aborted[0] && aborted[0].firstOffset <= batch.baseOffset)
        skipped.add(aborted.shift()!.producerId)
      const unwanted = batch.transactional && skipped.has(batch.producerId)
      if (batch.marker) skipped.delete(batch.producerId)
      if (batch.marker || unwanted) {
        nextOffset = Math.max(nextOffset, batch.baseOffset + batch.values.length)
        continue
      }
      batch.values.forEach((value, index) => {
        const at = batch.baseOffset + index
        nextOffset = Math.max(nextOffset, at + 1)
        if (at < offset) return
        const id = decodePayload(value)
        this.#run.records.seen(this.#partition, at, id, this.#name)
        if (!id) return
        if (this.#committedOnly) this.#run.transactions.seen(this.#partition, id, this.#name)
        records.push({ offset: at, id })
      })
    }
    if (nextOffset > Math.max(offset, endOffset) || endOffset > highWatermark) {
      const beyond = `${formatPartition(this.#partition)} was read up to ${nextOffset}, its end being ${endOffset}`
      throw new Violation('the high watermark never goes back', beyond)
    }
    return { records, nextOffset, endOffset, highWatermark }
  }
}
