// How a run of many seeds is told to a human.
import type { SeedResult } from './run-seed.ts'

/** The seed, the broken check, the last events and the command that replays it. */
export function formatFailure(result: SeedResult, mutation: string | undefined): string {
  const { failure, suite, seed, hash } = result
  if (!failure) throw new Error('not a failure')
  const extra = mutation ? ` --mutation ${mutation}` : ''
  return [
    '',
    `FAILED  ${suite} seed ${seed}: ${failure.check}`,
    `  ${failure.message}`,
    '',
    `  the last ${failure.lastEvents.length} events:`,
    ...failure.lastEvents.map(line => `  ${line}`),
    '',
    ...failure.stack.split('\n').map(line => `  ${line}`),
    '',
    `  trace hash ${hash}; replay: npm run simulate -- --suite ${suite} --seed ${seed} --trace${extra}`,
  ].join('\n')
}

/** Sums of the figures of all runs of each suite. */
export class Totals {
  readonly #bySuite = new Map<
    string,
    { runs: number; failed: number; readonly figures: Map<string, number> }
  >()

  add(result: SeedResult): void {
    let total = this.#bySuite.get(result.suite)
    if (!total) {
      total = { runs: 0, failed: 0, figures: new Map() }
      this.#bySuite.set(result.suite, total)
    }
    total.runs++
    if (result.failure) total.failed++
    for (const [name, value] of Object.entries(result.figures)) {
      total.figures.set(name, (total.figures.get(name) ?? 0) + value)
    }
  }

  get failed(): number {
    return [...this.#bySuite.values()].reduce((sum, total) => sum + total.failed, 0)
  }

  lines(): string[] {
    return [...this.#bySuite].map(([suite, { runs, failed, figures }]) => {
      const sums = [...figures].map(([name, value]) => `${value.toLocaleString('en')} ${name}`)
      return `${suite}: ${runs - failed} of ${runs} seeds passed (${sums.join(', ')})`
    })
  }
}
