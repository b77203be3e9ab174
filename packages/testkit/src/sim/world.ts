// A simulated machine room: one scheduler, one network, and the processes that were started in it.
import type { Clock, Network, Random } from '@millrace/runtime'
import { calmNetwork, type NetworkProfile, SimNetwork } from './network.ts'
import { SimProcess } from './process.ts'
import { SimScheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

/** A process and its view of the world, ready to be handed to product code. */
export interface SimHost {
  readonly process: SimProcess
  readonly clock: Clock
  readonly random: Random
  readonly network: Network
}

/** Everything a seed decides. */
export class SimWorld {
  readonly scheduler: SimScheduler
  readonly network: SimNetwork
  readonly #uncaught: Error[] = []
  #incarnations = 0

  constructor(options: { readonly seed: number; readonly trace?: Trace; readonly network?: NetworkProfile }) {
    this.scheduler = new SimScheduler(options)
    this.network = new SimNetwork(this.scheduler, options.network ?? calmNetwork)
  }

  /** Exceptions that no code of a living process caught: each would have ended a real process. */
  get uncaught(): readonly Error[] {
    return this.#uncaught
  }

  /** Starts a process. Names of incarnations differ, so that each draws its own random numbers. */
  spawn(name: string): SimHost {
    const process = new SimProcess(this.scheduler, `${name}#${++this.#incarnations}`, error => {
      this.#uncaught.push(new Error(`uncaught exception in ${process.name}`, { cause: error }))
    })
    return {
      process,
      clock: process.clock,
      random: process.random,
      network: this.network.forProcess(process),
    }
  }
}
