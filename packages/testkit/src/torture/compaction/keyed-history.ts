// What was written of each key, and whether what is found after a crash fits it. Pure.

interface Write {
  /** Grows with each write of the key. */
  readonly version: number
  /** Null takes the key away. */
  readonly value: string | null
}

interface KeyHistory {
  /** The last one that was acknowledged. */
  acknowledged: Write | undefined
  /** What was sent behind it, of which nobody knows what became of it. */
  readonly unknown: Write[]
}

/** Writes of one key are sent one after the other. */
export class KeyedHistory {
  readonly #keys = new Map<string, KeyHistory>()
  acknowledgedCount = 0

  sent(key: string, write: Write): void {
    this.#of(key).unknown.push(write)
  }

  acknowledged(key: string, version: number): void {
    const history = this.#of(key)
    const at = history.unknown.findIndex(write => write.version === version)
    const [write] = history.unknown.splice(0, at + 1).slice(-1)
    history.acknowledged = write
    this.acknowledgedCount++
  }

  /** `last` has the last record of each key that is found, tombstones too. What is wrong, a line for each key. */
  violations(last: ReadonlyMap<string, string | null>): string[] {
    const wrong: string[] = []
    for (const [key, { acknowledged, unknown }] of this.#keys) {
      const found = last.get(key) ?? null
      const possible = [acknowledged?.value ?? null, ...unknown.map(({ value }) => value)]
      if (!possible.includes(found))
        wrong.push(
          `key ${key}: ${found ?? 'nothing'} is found where ${possible.map(value => value ?? 'nothing').join(' or ')} was written`,
        )
    }
    for (const [key, value] of last)
      if (!this.#keys.has(key)) wrong.push(`key ${key}: ${value ?? 'a tombstone'} was never written`)
    return wrong
  }

  #of(key: string): KeyHistory {
    let history = this.#keys.get(key)
    if (!history) this.#keys.set(key, (history = { acknowledged: undefined, unknown: [] }))
    return history
  }
}
