// Outcomes of partitions in the order that was asked for: brokers answer topic by topic, in an order of their own.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { type Outcome, outcomeError } from './outcome.ts'

/** For each of the partitions asked for its answer, or an error where the response leaves it out. */
export function inOrderOf<A extends TopicPartition & Outcome>(
  asked: readonly TopicPartition[],
  answers: readonly A[],
  what: string,
): (A | (TopicPartition & Outcome))[] {
  const found = new Map(answers.map(answer => [nameOf(answer), answer]))
  return asked.map(({ topic, partition }) => {
    const answer = found.get(nameOf({ topic, partition }))
    return (
      answer ?? {
        topic,
        partition,
        error: outcomeError(-1, `${what}: nothing was said of ${topic}-${partition}`),
      }
    )
  })
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}
