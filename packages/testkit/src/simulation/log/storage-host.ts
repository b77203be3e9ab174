// The process that holds a `LogManager`: opened, killed, cut off from power, closed; its disk stays.
import { LogError, LogManager } from '@millrace/log'
import { sleep } from '@millrace/runtime'
import { type Outcome, SimDisk, type SimHost, type SimWorld, type Survival } from '../../sim/index.ts'
import type { Mutation } from '../suite.ts'
import { Violation } from '../violation.ts'
import type { LogScenario } from './log-scenario.ts'

export const dataDirectory = 'data'

/** What of a scenario is about the storage. */
export type StorageScenario = Pick<LogScenario, 'fsync' | 'limits'>

export class StorageHost {
  readonly disk: SimDisk
  /** A fault of the disk is in force: operations may fail. */
  hostile = false
  /**
   * Syncing has failed on this machine. From then on the page cache shows bytes that no sync will ever write, and no process can tell them from
   * others: the machine has to be restarted, not just the process.
   */
  distrusted = false
  readonly #world: SimWorld
  readonly #scenario: StorageScenario
  readonly #director: SimHost
  #host: SimHost
  #manager: LogManager | undefined
  #leaderEpoch = 0

  constructor(world: SimWorld, scenario: StorageScenario, mutation: Mutation | undefined) {
    this.#world = world
    this.#scenario = scenario
    this.#director = world.spawn('director')
    this.#host = world.spawn('storage')
    this.disk = new SimDisk(world.scheduler)
    if (mutation === 'datasync-lies') this.disk.profile.datasync = 'lies'
    if (mutation === 'datasync-early') this.disk.profile.datasync = 'early'
  }

  get alive(): boolean {
    return this.#host.process.alive
  }

  /** The process of now: a new object after each crash. */
  get host(): SimHost {
    return this.#host
  }

  get manager(): LogManager {
    if (!this.#manager) throw new Error('the storage is not open')
    return this.#manager
  }

  /** Of the process of now. */
  get leaderEpoch(): number {
    return this.#leaderEpoch
  }

  get nowMs(): number {
    return this.#director.clock.now()
  }

  async pass(durationMs: number): Promise<void> {
    await sleep(this.#director.clock, durationMs)
  }

  /** Opens the directory, again and again when the process dies over it, or when syncing fails. */
  async open(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      this.#host = this.#world.spawn('storage')
      const { process, clock, random } = this.#host
      const { fsync, limits } = this.#scenario
      const disk = this.disk.forProcess(process)
      const note = (message: string) => this.#world.scheduler.note(`${process.name} says: ${message}`)
      const logger = { info: note, warn: note, error: note }
      const opening = LogManager.open({
        disk,
        directory: dataDirectory,
        clock,
        random,
        fsync,
        nodeId: 1,
        limits,
        logger,
      })
      const outcome = await process.outcome(opening)
      if (outcome.status === 'fulfilled') {
        this.#manager = outcome.value
        // As the broker does: each start leads in an epoch of its own.
        this.#manager.leaderEpoch = this.#leaderEpoch++
        return
      }
      process.kill()
      // A full disk is opened and read as any other; one that is broken is mended at last.
      if (outcome.status === 'rejected' && (!this.distrusted || attempt > 6)) {
        throw new Violation('the log directory is sound', 'it cannot be opened', { cause: outcome.reason })
      }
      if (this.distrusted) this.disk.losePower('some')
      if (attempt > 5) this.disk.failing = undefined
      await this.pass(10)
    }
  }

  /** The process ends at once, with or without the power; the directory is not opened again yet. */
  crash(power: boolean, survival: Survival): void {
    this.disk.disarmCrash()
    this.#host.process.kill()
    this.#manager = undefined
    if (power || this.distrusted) this.disk.losePower(this.distrusted ? 'some' : survival)
  }

  /** Closes in order. True unless the process died or the disk failed over it. */
  async close(): Promise<boolean> {
    const outcome = await this.#host.process.outcome(this.manager.close())
    const closed = this.judge(outcome, 'close')
    this.#host.process.kill()
    this.#manager = undefined
    return closed
  }

  /** True for success, false for a failure that the faults of the disk excuse; anything else is a violation. */
  judge<T>(outcome: Outcome<T>, what: string): outcome is { status: 'fulfilled'; value: T } {
    if (outcome.status === 'fulfilled') return true
    if (outcome.status === 'rejected') this.excuse(outcome.reason, what)
    return false
  }

  /** Runs something synchronous; false when it failed for an excusable reason. */
  attempt(what: string, run: () => void): boolean {
    try {
      run()
      return true
    } catch (error) {
      if (error instanceof Violation) throw error
      if (this.alive) this.excuse(error, what)
      return false
    }
  }

  /** Under faults of the disk storage errors are right; without them none is. */
  excuse(error: unknown, what: string): void {
    if (this.hostile && error instanceof LogError && error.codeName === 'KAFKA_STORAGE_ERROR') return
    throw new Violation('the run comes to its end', `${what} fails without a reason`, { cause: error })
  }
}
