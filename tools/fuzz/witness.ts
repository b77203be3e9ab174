// What an innocent client sees while others misbehave: its answers, how long they take, and whether its records are still there.
import { Admin, type ClusterOptions, Consumer, Producer } from '@millrace/client'

const recordCount = 1000
const probeEveryMs = 250
/** Reading the records back may take this long. */
const readTimeoutMs = 60_000

export interface WitnessOptions {
  /** Of its topic and its group. */
  readonly name: string
  /** Where it connects, and how. */
  readonly client: ClusterOptions
  /** Connects, and logs in, for every probe. */
  readonly connectsAnew: boolean
}

export class Witness {
  readonly #options: WitnessOptions
  #slowestMs = 0
  #probes = 0
  #failure: Error | undefined
  #stopped = false
  #probing: Promise<void> | undefined

  constructor(options: WitnessOptions) {
    this.#options = options
  }

  get slowestMs(): number {
    return this.#slowestMs
  }

  get probes(): number {
    return this.#probes
  }

  /** Writes the records that must survive, and begins to ask for metadata over and over. */
  async start(): Promise<void> {
    const { client, name } = this.#options
    await using producer = new Producer(client)
    await producer.send(
      Array.from({ length: recordCount }, (_, index) => ({
        topic: name,
        key: `${index}`,
        value: `value-${index}`,
      })),
    )
    this.#probing = this.#probe()
  }

  async #probe(): Promise<void> {
    const open = () => new Admin({ ...this.#options.client, apiTimeoutMs: 10_000, requestTimeoutMs: 10_000 })
    let admin = open()
    try {
      while (!this.#stopped) {
        const start = performance.now()
        await admin.describeCluster()
        this.#slowestMs = Math.max(this.#slowestMs, performance.now() - start)
        this.#probes++
        if (this.#options.connectsAnew) {
          admin.close()
          admin = open()
        }
        await new Promise(resolve => setTimeout(resolve, probeEveryMs))
      }
    } catch (error) {
      this.#failure ??= error as Error
    } finally {
      admin.close()
    }
  }

  /** Ends the probing and reads the records back. Throws what went wrong for the innocent. */
  async finish(): Promise<void> {
    this.#stopped = true
    await this.#probing
    if (this.#failure) throw new Error('a well-behaved client was not served', { cause: this.#failure })
    const { client, name } = this.#options
    await using consumer = new Consumer({ ...client, groupId: name, autoOffsetReset: 'earliest' })
    consumer.subscribe(name)
    const seen = new Set<string>()
    for await (const record of consumer.records({ signal: AbortSignal.timeout(readTimeoutMs) })) {
      const key = record.key?.toString() ?? ''
      if (record.value?.toString() !== `value-${key}`) throw new Error(`record ${key} was changed`)
      seen.add(key)
      if (seen.size === recordCount) break
    }
  }
}
