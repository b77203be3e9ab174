// What an innocent client sees while others misbehave: its answers, how long they take, and whether its records are still there.
import { Admin, Consumer, Producer } from '@millrace/client'

/** Of its topic and its group. */
export const witnessName = 'witness'
const recordCount = 1000
const probeEveryMs = 250
/** Reading the records back may take this long. */
const readTimeoutMs = 60_000

export class Witness {
  readonly #brokers: readonly string[]
  #slowestMs = 0
  #probes = 0
  #failure: Error | undefined
  #stopped = false
  #probing: Promise<void> | undefined

  constructor(port: number) {
    this.#brokers = [`127.0.0.1:${port}`]
  }

  get slowestMs(): number {
    return this.#slowestMs
  }

  get probes(): number {
    return this.#probes
  }

  /** Writes the records that must survive, and begins to ask for metadata over and over. */
  async start(): Promise<void> {
    await using producer = new Producer({ brokers: this.#brokers })
    await producer.send(
      Array.from({ length: recordCount }, (_, index) => ({
        topic: witnessName,
        key: `${index}`,
        value: `value-${index}`,
      })),
    )
    this.#probing = this.#probe()
  }

  async #probe(): Promise<void> {
    await using admin = new Admin({ brokers: this.#brokers, apiTimeoutMs: 10_000, requestTimeoutMs: 10_000 })
    while (!this.#stopped) {
      const start = performance.now()
      try {
        await admin.describeCluster()
        this.#slowestMs = Math.max(this.#slowestMs, performance.now() - start)
        this.#probes++
      } catch (error) {
        this.#failure ??= error as Error
        return
      }
      await new Promise(resolve => setTimeout(resolve, probeEveryMs))
    }
  }

  /** Ends the probing and reads the records back. Throws what went wrong for the innocent. */
  async finish(): Promise<void> {
    this.#stopped = true
    await this.#probing
    if (this.#failure) throw new Error('a well-behaved client was not served', { cause: this.#failure })
    await using consumer = new Consumer({
      brokers: this.#brokers,
      groupId: witnessName,
      autoOffsetReset: 'earliest',
    })
    consumer.subscribe(witnessName)
    const seen = new Set<string>()
    for await (const record of consumer.records({ signal: AbortSignal.timeout(readTimeoutMs) })) {
      const key = record.key?.toString() ?? ''
      if (record.value?.toString() !== `value-${key}`) throw new Error(`record ${key} was changed`)
      seen.add(key)
      if (seen.size === recordCount) break
    }
  }
}
