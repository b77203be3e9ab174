// Which partitions are paused, whether or not they are ours at present: KafkaJS keeps that through rebalances, and for whole topics.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { asText } from './as-text.ts'
import { KafkaJSNonRetriableError } from './errors.ts'

/** A topic, or some of its partitions. */
export interface PauseChoice {
  readonly topic: string
  readonly partitions?: number[] | undefined
}

interface TopicPauses {
  all: boolean
  readonly paused: Set<number>
  /** While all are paused: those that go on. */
  readonly resumed: Set<number>
}

/** Throws KafkaJSNonRetriableError in KafkaJS's words. */
export function checkPauses(choices: readonly PauseChoice[], what: 'pause' | 'resume'): void {
  for (const choice of choices) {
    if (!choice?.topic) throw new KafkaJSNonRetriableError(`Invalid topic ${asText(choice?.topic || choice)}`)
    const { partitions } = choice
    if (partitions === undefined || (Array.isArray(partitions) && !partitions.some(Number.isNaN))) continue
    throw new KafkaJSNonRetriableError(
      `Array of valid partitions required to ${what} specific partitions instead of ${asText(partitions)}`,
    )
  }
}

export class Pauses {
  readonly #topics = new Map<string, TopicPauses>()

  pause(choices: readonly PauseChoice[]): void {
    for (const { topic, partitions } of choices) {
      const pauses = this.#of(topic)
      pauses.all = partitions === undefined
      if (partitions === undefined) {
        pauses.paused.clear()
        pauses.resumed.clear()
      }
      for (const partition of partitions ?? []) {
        pauses.paused.add(partition)
        pauses.resumed.delete(partition)
      }
    }
  }

  resume(choices: readonly PauseChoice[]): void {
    for (const { topic, partitions } of choices) {
      const pauses = this.#of(topic)
      if (partitions === undefined) {
        pauses.all = false
        pauses.paused.clear()
        pauses.resumed.clear()
      }
      for (const partition of partitions ?? []) {
        pauses.paused.delete(partition)
        if (pauses.all) pauses.resumed.add(partition)
      }
    }
  }

  isPaused({ topic, partition }: TopicPartition): boolean {
    const pauses = this.#topics.get(topic)
    if (!pauses) return false
    return (pauses.all && !pauses.resumed.has(partition)) || pauses.paused.has(partition)
  }

  #of(topic: string): TopicPauses {
    const known = this.#topics.get(topic)
    if (known) return known
    const made = { all: false, paused: new Set<number>(), resumed: new Set<number>() }
    this.#topics.set(topic, made)
    return made
  }
}
