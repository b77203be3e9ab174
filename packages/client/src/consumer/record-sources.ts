// What all records of a partition share, made once for each partition that a consumer has.
import { defaultParts, type ReadableParts } from '../serde/part.ts'
import type { AnyDeserializer } from '../serde/serde.ts'
import type { AnyTopic } from '../topic/topic.ts'
import type { PartitionState } from './partition-state.ts'
import type { RecordSource } from './record.ts'

/** What the records of a partition share. */
export type SourceOf<K, V> = (state: PartitionState) => RecordSource<K, V>

/** What tells how a consumer's records are read: topics with types, or serdes for all. */
export interface SourceOptions {
  readonly topics?: readonly AnyTopic[]
  readonly keySerde?: AnyDeserializer<unknown>
  readonly valueSerde?: AnyDeserializer<unknown>
}

/** How the records of each topic are read: by the topic's own serdes, or by those for all. */
export function readableParts(options: SourceOptions): (topic: string) => ReadableParts {
  const { topics = [], keySerde, valueSerde } = options
  const typed = new Map<string, ReadableParts>(topics.map(({ name, parts }) => [name, parts]))
  const others = defaultParts(keySerde, valueSerde)
  return topic => typed.get(topic) ?? others(topic)
}

/** Makes sources whose keys and values are of these types. */
export function recordSources<K, V>(options: SourceOptions): SourceOf<K, V> {
  const sources = new WeakMap<PartitionState, RecordSource<K, V>>()
  const partsOf = readableParts(options)
  return state => {
    let source = sources.get(state)
    if (!source) {
      const { topic, partition } = state
      const parts = partsOf(topic) as ReadableParts<K, V>
      source = { topic, partition, parts }
      sources.set(state, source)
    }
    return source
  }
}
