// Keeps partitions for records that must not wait behind others: a header says which.
import { ConfigError } from '../../errors/index.ts'
import { defaultPartitioner } from './by-key.ts'
import { anyPartition, type Partitioner, type PartitionerInput } from './partitioner.ts'

/** Which records go where; see {@link priorityPartitioner}. */
export interface PriorityOptions {
  /** Name of the header. Default `priority`. The last one of its name counts, as UTF-8 text. */
  readonly header?: string
  /** Partitions by the header's value: `{ high: [0] }`. A partition may be reserved for one value only. */
  readonly reserved: Readonly<Record<string, readonly number[]>>
  /** Who spreads records among the partitions that are theirs. Default: by key as Java does. */
  readonly partitioner?: Partitioner
}

/** Records without a key stick to a partition for this many bytes of keys and values. */
const stickyBytes = 131_072

/** Where records without a key go in one set of partitions: they change after `stickyBytes`. */
interface Turn {
  index: number
  bytesLeft: number
}

/**
 * Reserves partitions: records whose header has one of the values of `reserved` go to the partitions of that value and no others do, so that consumers that
 * read those partitions first, or alone, find nothing else in front of them. In either set records with a key keep their order.
 *
 *     new Producer({ brokers, partitioner: priorityPartitioner({ reserved: { high: [0], urgent: [1, 2] } }) })
 *
 * Throws ConfigError for what is no list of partitions, or a partition that is reserved twice; when a topic has none left, `send` rejects with it.
 */
export function priorityPartitioner(options: PriorityOptions): Partitioner {
  const { header = 'priority', partitioner = defaultPartitioner } = options
  const reserved = readReserved(options.reserved)
  const taken = new Set([...reserved.values()].flat())
  const turns = new Map<string, Turn>()
  /** Partitions for all others, by how many a topic has. */
  const open = new Map<number, readonly number[]>()
  const openOf = (count: number): readonly number[] => {
    let list = open.get(count)
    if (!list) {
      list = Array.from({ length: count }, (_, partition) => partition).filter(
        partition => !taken.has(partition),
      )
      open.set(count, list)
    }
    return list
  }
  return (input, partitionCount) => {
    const value = headerText(input, header)
    const own = value === undefined ? undefined : reserved.get(value)
    const set = own ? own.filter(partition => partition < partitionCount) : openOf(partitionCount)
    if (set.length === 0) throw noneLeft(input.topic, partitionCount, own ? value : undefined)
    const choice = partitioner(input, set.length)
    return set[
      choice === anyPartition ? stickyChoice(turns, input, own ? value : undefined, set.length) : choice
    ]!
  }
}

function readReserved(given: unknown): ReadonlyMap<string, readonly number[]> {
  const refuse = (what: string) =>
    new ConfigError(
      `priorityPartitioner: ${what}; write reserved: { high: [0] }, partitions by the header's value`,
    )
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw refuse('reserved is no object')
  const owners = new Map<number, string>()
  for (const [value, partitions] of Object.entries(given)) {
    if (!Array.isArray(partitions) || partitions.length === 0)
      throw refuse(`reserved.${value} is no list of partitions`)
    for (const partition of partitions as readonly unknown[]) {
      if (!Number.isInteger(partition) || (partition as number) < 0)
        throw refuse(`reserved.${value} has ${String(partition)}, which is no partition`)
      const owner = owners.get(partition as number)
      if (owner !== undefined)
        throw refuse(`partition ${String(partition)} is reserved for both "${owner}" and "${value}"`)
      owners.set(partition as number, value)
    }
  }
  return new Map(Object.entries(given as Readonly<Record<string, readonly number[]>>))
}

function headerText({ headers }: PartitionerInput, name: string): string | undefined {
  for (let at = headers.length - 1; at >= 0; at--) {
    const { key, value } = headers[at]!
    if (key !== name) continue
    if (value === null) return undefined
    return typeof value === 'string' ? value : Buffer.from(value).toString('utf8')
  }
  return undefined
}

function stickyChoice(
  turns: Map<string, Turn>,
  { topic, key, value }: PartitionerInput,
  priority: string | undefined,
  count: number,
): number {
  const name = priority === undefined ? topic : `${topic} ${priority}`
  let turn = turns.get(name)
  if (!turn) {
    turn = { index: 0, bytesLeft: stickyBytes }
    turns.set(name, turn)
  }
  if (turn.bytesLeft <= 0) {
    turn.index++
    turn.bytesLeft = stickyBytes
  }
  turn.bytesLeft -= (key?.length ?? 0) + (value?.length ?? 0)
  return turn.index % count
}

function noneLeft(topic: string, partitionCount: number, priority: string | undefined): ConfigError {
  const whom = priority === undefined ? 'records without priority' : `priority "${priority}"`
  return new ConfigError(
    `priorityPartitioner: topic "${topic}" has ${partitionCount} partitions and none for ${whom}; give it more partitions, or reserve others`,
  )
}
