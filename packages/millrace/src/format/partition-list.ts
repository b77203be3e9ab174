// Partitions as options name them: `orders` for a whole topic, `orders:0,1,2` for some of it.
import { UsageError } from '../output/errors.ts'
import { int32Max } from './limits.ts'

export interface PartitionChoice {
  readonly topic: string
  /** Undefined: all of them. */
  readonly partitions: readonly number[] | undefined
}

/** Throws UsageError that names `option`. */
export function parsePartitions(text: string, option: string): PartitionChoice {
  const at = text.indexOf(':')
  if (at < 0) return { topic: text, partitions: undefined }
  const list = text.slice(at + 1)
  const partitions = list.split(',').map(Number)
  if (at === 0 || !/^\d+(,\d+)*$/.test(list) || partitions.some(partition => partition > int32Max))
    throw new UsageError(`${option} ${JSON.stringify(text)} is not topic:0,1,2`)
  return { topic: text.slice(0, at), partitions }
}
