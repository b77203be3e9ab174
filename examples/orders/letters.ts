// What was given up: why, and what can be done about it.
import { DeadLetterQueue, type StoredLetter } from '@millrace/service'
import { type Database, textOf } from './database/database.ts'
import { type Names, type Stage, stagesOf } from './topics.ts'

/** Letters that are shown, the newest first. */
const shownMax = 20
/** Letters that are counted at most in each topic: a page that is looked at must not read a topic without end. */
const countedMax = 1_000

export interface ShownLetter {
  readonly stage: Stage
  readonly partition: number
  readonly offset: number
  readonly user: string
  readonly type: string
  /** As the dead letter topic has it: `fatal`, `poison`, `attempts-exhausted` …; `mended` for what was written anew. */
  readonly reason: string
  readonly error: string
  readonly attempts: number
  /** When it was given up, in ms since the epoch. */
  readonly at: number
}

/** How many were given up for the same reason. */
export interface LetterReason {
  readonly stage: Stage
  readonly reason: string
  readonly count: number
}

export interface LetterStatus {
  /** What was given up and not sent back; the largest number that is counted stands for that and more. */
  readonly deadLetters: number
  readonly reasons: readonly LetterReason[]
  readonly letters: readonly ShownLetter[]
}

interface Source {
  readonly stage: Stage
  readonly queue: DeadLetterQueue
}

export class DeadLetters implements AsyncDisposable {
  readonly #sources: readonly Source[]
  readonly #database: Database

  constructor(brokers: readonly string[], names: Names, database: Database) {
    this.#database = database
    this.#sources = stagesOf(names).map(({ stage, letters: topic }) => ({
      stage,
      queue: new DeadLetterQueue({ brokers, topic }),
    }))
  }

  /** Those that were not sent back, stage by stage, so many of each at most. Default: all. */
  async *pending(
    signal?: AbortSignal,
    max = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<{ readonly stage: Stage; readonly stored: StoredLetter }> {
    for (const { stage, queue } of this.#sources) {
      let count = 0
      for await (const stored of queue.letters({ ...(signal && { signal }) })) {
        if (!stored.isPending) continue
        yield { stage, stored }
        if (++count === max) break
      }
    }
  }

  async read(signal?: AbortSignal): Promise<LetterStatus> {
    const letters: ShownLetter[] = []
    const reasons = new Map<string, { stage: Stage; reason: string; count: number }>()
    for await (const { stage, stored } of this.pending(signal, countedMax)) {
      const letter = shown(stage, stored)
      letters.push(letter)
      const key = `${stage} ${letter.reason}`
      const known = reasons.get(key) ?? { stage, reason: letter.reason, count: 0 }
      reasons.set(key, known)
      known.count++
    }
    return {
      deadLetters: letters.length,
      reasons: [...reasons.values()].toSorted((a, b) => b.count - a.count),
      letters: letters.toSorted((a, b) => b.at - a.at).slice(0, shownMax),
    }
  }

  /** Sends everything back that was given up, each to where it came from: how many. What was sent back is deleted from the dead letters. */
  async redrive(signal?: AbortSignal): Promise<number> {
    let total = 0
    for (const { queue } of this.#sources) {
      // The partition says who is urgent, not the key.
      const { sent } = await queue.redrive({ partition: 'same', ...(signal && { signal }) })
      total += sent
      await queue.purge({ ...(signal && { signal }) })
    }
    return total
  }

  /** Mends what was damaged: writes it as the desk has it. How many; what nobody knows stays as it is. */
  async mend(signal?: AbortSignal): Promise<number> {
    let mended = 0
    for (const { stage, queue } of this.#sources) {
      if (stage !== 'stock') continue
      const damaged: StoredLetter[] = []
      for await (const stored of queue.letters({ filter: { reason: 'poison' }, ...(signal && { signal }) })) {
        if (stored.isPending && stored.letter?.editedAt === undefined) damaged.push(stored)
        if (damaged.length === countedMax) break
      }
      for (const { partition, offset, headers } of damaged) {
        const [event] = await this.#database.rows(
          'SELECT data FROM order_events WHERE id = ?',
          headerOf(headers, 'ce_id'),
        )
        if (!event) continue
        await queue.edit({ partition, offset }, { value: textOf(event, 'data') })
        mended++
      }
    }
    return mended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { queue } of this.#sources) queue.close()
  }
}

/** A header as text; empty for none. */
export function headerOf(headers: StoredLetter['headers'], name: string): string {
  return headers.find(({ key }) => key === name)?.value?.toString() ?? ''
}

function shown(
  stage: Stage,
  { partition, offset, keyBytes, headers, letter, timestamp }: StoredLetter,
): ShownLetter {
  return {
    stage,
    partition,
    offset,
    user: keyBytes?.toString() ?? '',
    type: headerOf(headers, 'ce_type'),
    reason: letter?.editedAt === undefined ? (letter?.reason ?? 'unknown') : 'mended',
    error: letter?.errorMessage ?? '',
    attempts: letter?.attempts ?? 1,
    at: letter?.failedAt ?? timestamp,
  }
}
