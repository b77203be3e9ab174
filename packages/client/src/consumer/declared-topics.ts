// The topics with types that a consumer was made for: calls may name those only, since nothing is known of the records of others.
import { show } from '../config/show.ts'
import { ConfigError, StateError } from '../errors/index.ts'
import { type AnyTopic, Topic } from '../topic/topic.ts'
import type { PartitionStart } from './call-arguments.ts'
import type { TopicChoice } from './subscription.ts'

type Choice = TopicChoice | AnyTopic

export class DeclaredTopics {
  /** Undefined: none is declared, and all may be named. */
  readonly #names: readonly string[] | undefined
  readonly #owner: string

  /** `owner`: the kind of consumer, for errors. */
  constructor(owner: string, topics: readonly AnyTopic[] | undefined) {
    this.#owner = owner
    this.#names = topics?.map(({ name }) => name)
  }

  /**
   * What is subscribed to, by names; default all of them. Throws StateError for a topic or pattern that is not among the declared ones. What is neither is
   * refused by whoever looks at it next, here and below.
   */
  chosen(call: string, given: Choice | readonly Choice[] | undefined): TopicChoice | readonly TopicChoice[] {
    const choices = given ?? (this.#names as readonly string[])
    return Array.isArray(choices)
      ? choices.map((choice: Choice) => this.#nameOf(call, choice))
      : this.#nameOf(call, choices as Choice)
  }

  /** The same for partitions. */
  chosenPartitions(
    call: string,
    partitions: readonly PartitionStart<string | AnyTopic>[],
  ): readonly PartitionStart[] {
    if (!Array.isArray(partitions)) return partitions as unknown as readonly PartitionStart[]
    return (partitions as readonly PartitionStart<string | AnyTopic>[]).map(partition =>
      typeof partition === 'object' && partition !== null
        ? { ...partition, topic: this.#nameOf(call, partition.topic) as string }
        : partition,
    )
  }

  #nameOf(call: string, choice: Choice): TopicChoice {
    const name = choice instanceof Topic ? choice.name : choice
    if (this.#names === undefined) {
      if (!(choice instanceof Topic)) return name
      throw new StateError(
        `${call}: topic "${choice.name}" has types that this consumer does not know; declare it: new ${this.#owner}({ topics: [${choice.name}] })`,
      )
    }
    if (this.#names.includes(name as string)) return name
    throw new StateError(
      `${call}: ${show(name)} is none of the topics of this consumer: ${this.#names.join(', ')}`,
    )
  }
}

/** Throws ConfigError for what is no list of topics with types. */
export function readTopics(owner: string, given: unknown): readonly AnyTopic[] {
  if (!Array.isArray(given) || given.length === 0)
    throw new ConfigError(`${owner}: topics is ${show(given)}; give a list of what topic(…) makes`)
  const names = new Set<string>()
  for (const each of given as readonly unknown[]) {
    if (!(each instanceof Topic))
      throw new ConfigError(
        `${owner}: topics has ${show(each)}; give what topic(…) makes, and names to subscribe or assign`,
      )
    if (names.has(each.name)) throw new ConfigError(`${owner}: topics has "${each.name}" twice`)
    names.add(each.name)
  }
  return given as readonly AnyTopic[]
}
