// What the parts of one broker simulation share: the world, the plan, the histories, and whether it is time to finish.
import { sleep } from '@millrace/runtime'
import { type SimHost, SimRandom, type SimWorld } from '../../sim/index.ts'
import { type PartitionName, RecordHistory } from '../history.ts'
import type { Mutation } from '../suite.ts'
import { TransactionHistory } from '../transaction-history.ts'
import type { Scenario } from './scenario.ts'

/** The port the broker listens on in every incarnation. */
export const brokerPort = 9092

export class Run {
  readonly world: SimWorld
  readonly scenario: Scenario
  readonly mutation: Mutation | undefined
  /** The process of the simulation itself: it starts and ends brokers and never dies. */
  readonly director: SimHost
  readonly records = new RecordHistory()
  readonly transactions = new TransactionHistory()
  /** Producers that sent something a second time. */
  readonly retried = new Set<string>()
  readonly figures: Record<string, number> = {}
  /** Topics are made and actors may begin. */
  ready = false
  /** Producers have finished and the log is complete: readers may stop when they are at the end. */
  drained = false
  /** The first promise that an actor found broken. */
  failure: Error | undefined

  constructor(world: SimWorld, scenario: Scenario, mutation: Mutation | undefined) {
    this.world = world
    this.scenario = scenario
    this.mutation = mutation
    this.director = world.spawn('director')
  }

  count(name: string, amount = 1): void {
    this.figures[name] = (this.figures[name] ?? 0) + amount
  }

  note(text: string): void {
    this.world.scheduler.note(text)
  }

  /** Watches over an actor: what it throws ends the run at once, so that the trace ends where the trouble was seen. */
  async actor(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (error) {
      this.failure ??= error as Error
    }
  }

  random(name: string): SimRandom {
    return new SimRandom(this.scenario.seed).fork(name)
  }

  /** Every partition whose records are checked. */
  get partitions(): PartitionName[] {
    return this.scenario.topics.flatMap(({ name, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition })),
    )
  }

  async untilReady(host: SimHost): Promise<void> {
    while (!this.ready) await sleep(host.clock, 20)
  }
}
