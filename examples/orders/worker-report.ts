// What a process says of itself, a few times a second, to whoever has started it.
import type { BreakerState, ServiceEvent } from '@millrace/service'

/** Counts since the process began. */
export interface WorkerCounts {
  /** Attempts that failed and were made again in place. */
  readonly retried: number
  /** Records that went to a retry topic. */
  readonly parked: number
  /** Records that were given up. */
  readonly deadLettered: number
  /** Events that came a second time. */
  readonly duplicates: number
}

export interface WorkerReport extends WorkerCounts {
  readonly breakers: readonly { readonly name: string; readonly state: BreakerState }[]
}

/** Counts what services tell. */
export class Tally {
  #counts = { retried: 0, parked: 0, deadLettered: 0, duplicates: 0 }

  readonly hear = (event: ServiceEvent): void => {
    if (event.type === 'record.retried') this.#counts.retried++
    else if (event.type === 'record.parked') this.#counts.parked++
    else if (event.type === 'record.dead_lettered') this.#counts.deadLettered++
    else if (event.type === 'record.skipped' && event.reason === 'duplicate') this.#counts.duplicates++
  }

  get counts(): WorkerCounts {
    return { ...this.#counts }
  }
}

/** What all processes say together, those that have died included. */
export class Reports {
  readonly #latest = new Map<string, WorkerReport>()
  /** Of processes that are no more. */
  #before: WorkerCounts = { retried: 0, parked: 0, deadLettered: 0, duplicates: 0 }

  /** Hears a process. */
  hear(name: string, report: WorkerReport): void {
    this.#latest.set(name, report)
  }

  /** A process begins anew: what it said before still counts. */
  renew(name: string): void {
    const last = this.#latest.get(name)
    if (!last) return
    this.#latest.delete(name)
    this.#before = added(this.#before, last)
  }

  get counts(): WorkerCounts {
    return [...this.#latest.values()].reduce<WorkerCounts>(added, this.#before)
  }

  /** Breakers that are not closed, or all of them closed: by name, the worst of all processes. */
  get breakers(): readonly { readonly name: string; readonly state: BreakerState }[] {
    const worst = new Map<string, BreakerState>()
    for (const { breakers } of this.#latest.values())
      for (const { name, state } of breakers)
        if (levels.indexOf(state) >= levels.indexOf(worst.get(name) ?? 'closed')) worst.set(name, state)
    return Array.from(worst, ([name, state]) => ({ name, state }))
  }
}

const levels: readonly BreakerState[] = ['closed', 'half-open', 'open']

function added(a: WorkerCounts, b: WorkerCounts): WorkerCounts {
  return {
    retried: a.retried + b.retried,
    parked: a.parked + b.parked,
    deadLettered: a.deadLettered + b.deadLettered,
    duplicates: a.duplicates + b.duplicates,
  }
}
