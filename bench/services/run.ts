// What every program of the service bench shares: what it reads, what it does with each record, and one line about the outcome.
import { json, string, topic } from '@millrace/client'
import { ConsumeCounter, readRun, report } from '../clients/measure.ts'

/** What the records are. */
export interface Noted {
  readonly n: number
  readonly note: string
}

export const run = readRun()

/** The topic that is read, as its records are. */
export const values = topic(run.topics[0]!, { key: string(), value: json<Noted>() })

const counter = new ConsumeCounter(run.records)
let sink = 0

/** The work: next to none, but with what the record says. */
export function handle(value: Noted): void {
  sink ^= value.n
  counter.add(1)
}

/** The same for what comes in batches: counted once. */
export function handleAll(items: readonly Noted[]): void {
  for (const { n } of items) sink ^= n
  counter.add(items.length)
}

/** A group that nobody has used. */
export const group = `bench-${process.pid}-${Date.now()}`

/** Waits until enough was handled, says what it took, and ends the process: what is stopped is not measured. */
export async function reportAndEnd(): Promise<never> {
  report(await counter.done)
  process.exit(sink === Number.MIN_SAFE_INTEGER ? 1 : 0)
}
