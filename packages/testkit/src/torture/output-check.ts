// Whether each record counts once, and in its order, in what the torture has written.
import { Consumer } from '@millrace/client'
import { readByMarkers } from './marker-reader.ts'

/** Compares the target with what it is to be, as the markers have it and as the client's reader has it. */
export async function violationsOf(
  brokers: readonly string[],
  target: string,
  counts: readonly number[],
): Promise<string[]> {
  const violations: string[] = []
  await using consumer = new Consumer({ brokers, isolationLevel: 'read_committed' })
  for (let partition = 0; partition <= counts.length; partition++) {
    const found = (await readByMarkers(brokers, target, partition)).map(({ value }) => value)
    violations.push(...differences(`${target}-${partition}`, found, expectedCopies(counts, partition)))
    const seen = await readAll(consumer, target, partition)
    if (seen.join() !== found.join())
      violations.push(
        `${target}-${partition}: a consumer sees ${seen.length} records where the markers commit ${found.length}, or others`,
      )
  }
  return violations
}

/** What workers are to have written to a partition of their target, from a source with so many records in each partition. */
export function expectedCopies(counts: readonly number[], partition: number): string[] {
  return [
    ...valuesFrom(partition, counts[partition] ?? 0, ''),
    ...valuesFrom(partition - 1, counts[partition - 1] ?? 0, '/copy'),
  ]
}

function valuesFrom(partition: number, count: number, suffix: string): string[] {
  return Array.from({ length: count }, (_, offset) => `${partition}/${offset}${suffix}`)
}

/** What of one source is missing, there twice, or out of its order. */
export function differences(where: string, found: readonly string[], expected: readonly string[]): string[] {
  const wrong: string[] = []
  const times = new Map<string, number>()
  for (const value of found) times.set(value, (times.get(value) ?? 0) + 1)
  const missing = expected.filter(value => !times.has(value))
  const twice = [...times].filter(([, count]) => count > 1).map(([value, count]) => `${value} ×${count}`)
  if (missing.length > 0)
    wrong.push(`${where}: ${missing.length} missing, ${missing.slice(0, 5).join(' ')} first`)
  if (twice.length > 0)
    wrong.push(`${where}: ${twice.length} more than once, ${twice.slice(0, 5).join(' ')} first`)
  for (const isCopy of [false, true]) {
    const own = found
      .filter(value => value.endsWith('/copy') === isCopy)
      .map(value => Number(value.split('/')[1]))
    const at = own.findIndex((offset, index) => index > 0 && offset <= own[index - 1]!)
    if (at !== -1) wrong.push(`${where}: offset ${own[at]!} comes after ${own[at - 1]!}`)
  }
  return wrong
}

async function readAll(consumer: Consumer, topic: string, partition: number): Promise<string[]> {
  const values: string[] = []
  const [end] = await consumer.endOffsets([{ topic, partition }])
  if (end!.offset === 0) return values
  consumer.assign([{ topic, partition, offset: 'earliest' }])
  for await (const batch of consumer.batches({ signal: AbortSignal.timeout(60_000) })) {
    for (const { value } of batch) values.push(value?.toString() ?? '')
    if (batch.endOffset >= end!.offset) break
  }
  return values
}
