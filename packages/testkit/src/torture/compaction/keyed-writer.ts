// Writes values of keys again and again, through kills of the broker, and notes what was acknowledged.
import type { Producer } from '@millrace/client'
import { KeyedHistory } from './keyed-history.ts'

const keyCount = 200
const keysPerRound = 50
/** Every seventh write of a key takes it away. */
const tombstoneEvery = 7
const valueBytesMax = 300

export class KeyedWriter {
  readonly history = new KeyedHistory()
  readonly #producer: Producer
  readonly #topic: string
  readonly #versions = new Map<string, number>()
  #next = 0
  #paused = true
  #writing: Promise<void> = Promise.resolve()

  constructor(producer: Producer, topic: string) {
    this.#producer = producer
    this.#topic = topic
  }

  /** Writes until `pause`. */
  start(): void {
    this.#paused = false
    this.#writing = this.#write()
  }

  /** Resolves when everything that was sent is acknowledged, or has failed. */
  async pause(): Promise<void> {
    this.#paused = true
    await this.#writing
  }

  async #write(): Promise<void> {
    while (!this.#paused) {
      // No key twice in a round, so that the writes of each are one after the other.
      const sends = Array.from({ length: keysPerRound }, () => this.#sendNext())
      await Promise.all(sends)
    }
  }

  async #sendNext(): Promise<void> {
    const key = `key-${this.#next++ % keyCount}`
    const version = (this.#versions.get(key) ?? 0) + 1
    this.#versions.set(key, version)
    const text = `${key} #${version} `
    const value = version % tombstoneEvery === 0 ? null : text.padEnd((version * 37) % valueBytesMax, '.')
    this.history.sent(key, { version, value })
    try {
      await this.#producer.send({ topic: this.#topic, key, value })
      this.history.acknowledged(key, version)
    } catch {
      // It may be there or not: what comes next of the key tells, or nobody.
    }
  }
}
