// Decodes a list of records at once, in the time that there is for it, and tells what went wrong with each.
import type { Clock } from '@millrace/runtime'
import { atMost } from '../cluster/at-most.ts'
import { DeserializationError, KafkaError } from '../errors/index.ts'
import { type ConsumerRecord, decodeRecord } from './record.ts'

/** Records whose serdes work at the same time. */
export const decodedAtOnceMax = 100

type AnyRecord = Pick<ConsumerRecord, 'topic' | 'partition' | 'offset'>

/** What went wrong with each record; waits only if a serde does, and no longer than `timeoutMs`. */
export async function decodeRecords(
  records: readonly AnyRecord[],
  clock: Clock,
  timeoutMs: number,
): Promise<readonly (Error | undefined)[]> {
  const errors: (Error | undefined)[] = []
  const waits = new Map<number, Promise<void>>()
  for (const [index, record] of records.entries()) {
    try {
      const decoding = decodeRecord(record as ConsumerRecord<unknown, unknown>)
      if (!decoding) continue
      const settle = (error?: unknown) => {
        // What comes late must not change what was found.
        if (waits.delete(index)) errors[index] = error as Error | undefined
      }
      waits.set(
        index,
        decoding.then(() => settle(), settle),
      )
    } catch (error) {
      errors[index] = error as Error
    }
  }
  // Who closes the consumer does not wait for serdes.
  if (waits.size > 0) await atMost(clock, timeoutMs, Promise.all(waits.values()), { unref: true })
  for (const index of waits.keys()) errors[index] = late(records[index]!, timeoutMs)
  waits.clear()
  return errors
}

/** What is told of a record that is not decoded in time: another attempt may find the serde awake. */
function late({ topic, partition, offset }: AnyRecord, timeoutMs: number): Error {
  const message = `its serde did not answer within apiTimeoutMs (${timeoutMs})`
  const cause = new KafkaError('OPERATION_TIMEOUT', message, { retriable: true })
  return new DeserializationError({ topic, partition, offset, part: 'value' }, cause)
}
