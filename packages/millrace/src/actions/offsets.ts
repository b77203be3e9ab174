// Turns a point such as "last 10" or "an hour ago" into an offset of each partition.
import { type Admin, type ListOffsetsOptions, OffsetSpec, type TopicPartition } from '@millrace/client'
import type { OffsetPoint } from '../format/offset-range.ts'

/** Offsets in the order of `partitions`, clamped to what each log holds. A time without a later record means the end. */
export async function resolvePoint(
  admin: Admin,
  partitions: readonly TopicPartition[],
  point: OffsetPoint,
  options: ListOffsetsOptions,
): Promise<number[]> {
  const list = async (timestamp: number): Promise<number[]> => {
    const found = await admin.listOffsets(
      partitions.map(({ topic, partition }) => ({ topic, partition, timestamp })),
      options,
    )
    return found.map(({ offset, error }) => {
      if (error) throw error
      return offset
    })
  }
  const [starts, ends] = await Promise.all([list(OffsetSpec.earliest), list(OffsetSpec.latest)])
  const clamp = (offset: number, index: number) => Math.min(Math.max(offset, starts[index]!), ends[index]!)
  switch (point.kind) {
    case 'start':
      return starts
    case 'end':
      return ends
    case 'offset':
      return ends.map((_, index) => clamp(point.offset, index))
    case 'afterStart':
      return starts.map((start, index) => clamp(start + point.count, index))
    case 'beforeEnd':
      return ends.map((end, index) => clamp(end - point.count, index))
    case 'timestamp':
      return (await list(point.timestamp)).map((offset, index) => (offset < 0 ? ends[index]! : offset))
  }
}
