// Names of retry topics and dead letter topics: those of a group are its own, since what failed in one group has not failed in the others. Pure.
import { ConfigError } from '@millrace/client'

/** How retry topics and dead letter topics are called. */
export interface TopicNaming {
  /** A topic in which records of `topic` wait `delayMs` for another attempt of `group`. */
  readonly retry: (topic: string, group: string, delayMs: number) => string
  /** The topic of what `group` has given up of `topic`. */
  readonly deadLetter: (topic: string, group: string) => string
}

/** As Spring Kafka names them, with the group in between: `orders-billing-retry-10000`, `orders-billing-dlt`. */
export const defaultNaming: TopicNaming = {
  retry: (topic, group, delayMs) => `${topic}-${group}-retry-${delayMs}`,
  deadLetter: (topic, group) => `${topic}-${group}-dlt`,
}

const legal = /^[a-zA-Z0-9._-]{1,249}$/

/** A name as Kafka takes it. Throws ConfigError, `what` being what it is for. */
export function checkTopicName(what: string, name: unknown): string {
  if (typeof name === 'string' && legal.test(name) && name !== '.' && name !== '..') return name
  throw new ConfigError(
    `${what} would be "${String(name)}", which is no name of a topic: letters, digits, ".", "_" and "-", 249 at most. Set naming, or call the group otherwise`,
  )
}

/** The retry topics of a topic, by delay: equal delays share one. */
export function retryTopics(
  naming: TopicNaming,
  topic: string,
  group: string,
  delaysMs: readonly number[],
): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const delayMs of delaysMs) {
    const name = checkTopicName(`the retry topic of "${topic}"`, naming.retry(topic, group, delayMs))
    names.set(delayMs, name)
  }
  return names
}

/** The dead letter topic of a topic. */
export function deadLetterTopic(naming: TopicNaming, topic: string, group: string): string {
  return checkTopicName(`the dead letter topic of "${topic}"`, naming.deadLetter(topic, group))
}
