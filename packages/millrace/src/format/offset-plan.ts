// A file of offsets to set: CSV as kafka-consumer-groups exports it, or JSON as "group reset --json" and "group describe --json" print it.
import { UsageError } from '../output/errors.ts'
import { int32Max } from './limits.ts'

/** One offset to set. */
export interface PlannedOffset {
  /** Undefined in a file for one group, which the command line names. */
  readonly group: string | undefined
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** `where` names the file. Throws UsageError that says which line or entry is wrong. */
export function parseOffsetPlan(text: string, where: string): PlannedOffset[] {
  const planned = /^\s*\[/.test(text) ? parseJson(text, where) : parseCsv(text, where)
  if (planned.length === 0) throw new UsageError(`${where} holds no offsets`)
  const seen = new Set<string>()
  for (const { group, topic, partition } of planned) {
    const key = JSON.stringify([group, topic, partition])
    if (seen.has(key)) throw new UsageError(`${where} names ${topic}-${partition} twice`)
    seen.add(key)
  }
  return planned
}

const advice = 'a line is topic,partition,offset or group,topic,partition,offset'

function parseCsv(text: string, where: string): PlannedOffset[] {
  const planned: PlannedOffset[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const fields = line.split(',').map(field => field.trim().replace(/^"(.*)"$/, '$1'))
    const [group, topic, partition, offset] = fields.length === 3 ? [undefined, ...fields] : fields
    const wrong = () =>
      new UsageError(`${where}, line ${index + 1}: ${JSON.stringify(line)} is no offset`, advice)
    if (fields.length < 3 || fields.length > 4 || !topic) throw wrong()
    planned.push({ group, topic, ...numbers(toNumber(partition), toNumber(offset), wrong) })
  }
  return planned
}

const toNumber = (text: string | undefined) => (/^\d+$/.test(text ?? '') ? Number(text) : undefined)

function numbers(
  partition: unknown,
  offset: unknown,
  wrong: () => UsageError,
): { readonly partition: number; readonly offset: number } {
  const isPartition =
    Number.isSafeInteger(partition) && Number(partition) >= 0 && Number(partition) <= int32Max
  if (!isPartition || !Number.isSafeInteger(offset) || Number(offset) < 0) throw wrong()
  return { partition: partition as number, offset: offset as number }
}

type Entry = Readonly<Record<string, unknown>> | null

function parseJson(text: string, where: string): PlannedOffset[] {
  let entries: readonly Entry[]
  try {
    entries = JSON.parse(text) as Entry[]
  } catch (error) {
    throw new UsageError(`${where}: not JSON: ${(error as Error).message}`)
  }
  return entries.flatMap((entry, index) => {
    const partitions = entry?.['partitions']
    // Of a described group each partition is an entry; what it committed nothing in is left alone.
    const rows = Array.isArray(partitions)
      ? (partitions as Entry[])
          .map((row): Entry => ({ ...row, group: entry?.['group'] }))
          .filter(row => row?.['committed'] !== null)
      : [entry]
    return rows.map(row =>
      plannedOf(row, () => new UsageError(`${where}: entry ${index + 1} is no offset`, jsonAdvice)),
    )
  })
}

const jsonAdvice = 'an entry is {"group":…,"topic":…,"partition":…,"offset":…}'

function plannedOf(row: Entry, wrong: () => UsageError): PlannedOffset {
  const { group, topic, partition } = row ?? {}
  const offset = row?.['offset'] ?? row?.['after'] ?? row?.['committed']
  if (typeof topic !== 'string' || topic === '') throw wrong()
  if (group !== undefined && typeof group !== 'string') throw wrong()
  return { group, topic, ...numbers(partition, offset, wrong) }
}
