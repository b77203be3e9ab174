// What the torture reads: records that keep coming.
import { Producer } from '@millrace/client'

const recordsPerSend = 200
const pauseMs = 50

/** Writes records until it is stopped. */
export class Filler {
  readonly #counts: number[]
  #stopped = false
  readonly #done: Promise<void>

  constructor(brokers: readonly string[], topic: string, partitions: number) {
    this.#counts = Array.from({ length: partitions }, () => 0)
    this.#done = this.#fill(brokers, topic)
  }

  /** How many each partition has. */
  async stop(): Promise<number[]> {
    this.#stopped = true
    await this.#done
    return this.#counts
  }

  async #fill(brokers: readonly string[], topic: string): Promise<void> {
    await using producer = new Producer({ brokers })
    while (!this.#stopped) {
      for (const [partition, count] of this.#counts.entries()) {
        const records = Array.from({ length: recordsPerSend }, (_, index) => ({
          topic,
          partition,
          value: `${count + index}`,
        }))
        await producer.sendBatch(records)
        this.#counts[partition] = count + recordsPerSend
      }
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
  }
}
