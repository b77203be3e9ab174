// Exactly-once processing under fire: workers are killed, stopped, fenced and joined by others while records come, and each must count once.
import { Admin, Consumer } from '@millrace/client'
import { Filler } from './filler.ts'
import { violationsOf } from './output-check.ts'
import { TransactionLevel, type TransactionVersionChoice } from './transaction-level.ts'
import { type WorkerCounts, WorkerProcess } from './worker-process.ts'

/** Partitions of the source; the target has one more, for copies. */
const partitions = 4
/** A member that was killed is missed after its session, and what it had open ends after its timeout. */
const drainMaxMs = 120_000

export interface TortureOptions {
  readonly brokers: readonly string[]
  /** How long workers are tormented, in ms. */
  readonly durationMs: number
  /** Time between two torments, in ms. */
  readonly pauseMs: number
  /** Workers at a time. */
  readonly workers: number
  /** Uniform in [0, 1): decides whom it hits. */
  readonly random: () => number
  /** Hears what is done. Default: nobody. */
  readonly log?: (line: string) => void
  /** Stops and starts the broker, for who can. Default: that does not happen. */
  readonly restartBroker?: () => Promise<void>
  /** Level of `transaction.version` for the time, or one that changes all the while. Default: what the cluster has. */
  readonly transactionVersion?: TransactionVersionChoice
}

export interface TortureReport {
  readonly records: number
  readonly kills: number
  readonly stops: number
  readonly fencings: number
  readonly restarts: number
  /** Changes of `transaction.version` under way. */
  readonly versionChanges: number
  readonly transactionsCommitted: number
  readonly transactionsAborted: number
  /** What is wrong; empty when each record counts once, in its order. */
  readonly violations: readonly string[]
}

/** Torments workers for a while, lets them finish, and looks at what is in the target. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const { brokers } = options
  const name = `torture-${process.pid}-${Date.now().toString(36)}`
  const [source, target, groupId] = [`${name}-in`, `${name}-out`, `${name}-group`]
  await using admin = new Admin({ brokers })
  await admin.createTopics([
    { name: source, partitions },
    { name: target, partitions: partitions + 1 },
  ])
  await using level = await TransactionLevel.choose(admin, options.transactionVersion)
  const filler = new Filler(brokers, source, partitions)
  const run = new Run(options, [brokers.join(','), groupId, source, target], admin, level)
  try {
    await run.torment()
    const counts = await filler.stop()
    await drained(brokers, groupId, source, counts)
    await run.finish()
    return { ...run.counts, records: sum(counts), violations: await violationsOf(brokers, target, counts) }
  } finally {
    await filler.stop()
    await run.killAll()
  }
}

class Run {
  readonly #options: TortureOptions
  readonly #args: readonly string[]
  readonly #admin: Admin
  readonly #level: TransactionLevel
  readonly #workers: WorkerProcess[] = []
  #started = 0
  readonly counts = {
    kills: 0,
    stops: 0,
    fencings: 0,
    restarts: 0,
    versionChanges: 0,
    transactionsCommitted: 0,
    transactionsAborted: 0,
  }

  constructor(options: TortureOptions, args: readonly string[], admin: Admin, level: TransactionLevel) {
    this.#options = options
    this.#args = args
    this.#admin = admin
    this.#level = level
  }

  async torment(): Promise<void> {
    const { durationMs, pauseMs, workers, random } = this.#options
    const endAt = performance.now() + durationMs
    while (performance.now() < endAt) {
      while (this.#workers.length < workers) this.#start()
      await new Promise(resolve => setTimeout(resolve, pauseMs * (0.5 + random())))
      await this.#strike(random())
    }
  }

  /** Lets all workers finish. */
  async finish(): Promise<void> {
    for (const worker of this.#workers.splice(0)) this.#count(await worker.stop())
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map(worker => worker.kill()))
  }

  #start(): void {
    // Ids come again: who takes one over ends what the worker before has left open.
    const taken = this.#workers.map(({ transactionalId }) => transactionalId)
    const ids = Array.from({ length: this.#options.workers + 1 }, (_, index) => `${this.#args[1]!}-${index}`)
    const free = ids.filter(id => !taken.includes(id))
    const id = free[this.#started++ % free.length]!
    this.#workers.push(new WorkerProcess(id, this.#args))
    this.#say(`started ${id}`)
  }

  async #strike(dice: number): Promise<void> {
    const { random, restartBroker } = this.#options
    if (this.#level.changes && random() < 0.3) {
      this.counts.versionChanges++
      this.#say(`transaction.version is ${await this.#level.change()} now`)
    }
    const at = Math.floor(random() * this.#workers.length)
    const victim = this.#workers[at]!
    if (restartBroker && dice > 0.9) {
      this.#say('restarting the broker')
      this.counts.restarts++
      await restartBroker()
    } else if (dice > 0.7) {
      this.#say(`fencing ${victim.transactionalId}`)
      this.counts.fencings++
      await this.#admin.fenceProducers([victim.transactionalId])
    } else {
      this.#workers.splice(at, 1)
      const kills = dice < 0.5
      this.#say(`${kills ? 'killing' : 'stopping'} ${victim.transactionalId}`)
      this.counts[kills ? 'kills' : 'stops']++
      if (kills) await victim.kill()
      else this.#count(await victim.stop())
    }
  }

  #count({ transactionsCommitted, transactionsAborted }: WorkerCounts): void {
    this.counts.transactionsCommitted += transactionsCommitted
    this.counts.transactionsAborted += transactionsAborted
  }

  #say(line: string): void {
    this.#options.log?.(line)
  }
}

/** Waits until the group has committed everything: of each partition of the source, so many records. */
export async function drained(
  brokers: readonly string[],
  groupId: string,
  source: string,
  counts: readonly number[],
): Promise<void> {
  await using consumer = new Consumer({
    brokers,
    groupId,
    autoCommit: false,
    isolationLevel: 'read_committed',
  })
  const all = counts.map((_, partition) => ({ topic: source, partition }))
  const deadline = performance.now() + drainMaxMs
  for (;;) {
    const offsets = (await consumer.committed(all)).map(found => found?.offset ?? 0)
    if (offsets.every((offset, partition) => offset >= counts[partition]!)) return
    if (performance.now() > deadline)
      throw new Error(`after ${drainMaxMs} ms the group is at ${offsets.join(', ')} of ${counts.join(', ')}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
