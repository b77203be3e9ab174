// What a service says of how it is.
import type { BreakerState } from '../limits/circuit-breaker.ts'
import type { ServiceState } from './service-event.ts'

/** A member of a group in this service. */
export interface GroupHealth {
  /** Its group. */
  readonly group: string
  /** Whether the group has said which partitions are its. */
  readonly joined: boolean
  /** Partitions that it has, retry topics included. */
  readonly partitions: number
  /** Topics that it reads, retry topics included. */
  readonly topics: readonly string[]
  /** Records in hand. */
  readonly inFlight: number
  /** Records, or batches, that are being handled right now; the others in hand wait for their turn or their time. */
  readonly running: number
  /** Records to the ends of the logs that are not done, as of the last fetches. */
  readonly lag: number
  /** Partitions of which nothing more is taken at present. */
  readonly held: number
}

/** How a service is. */
export interface ServiceHealth {
  /** Name of the service. */
  readonly service: string
  /** Where it stands. */
  readonly state: ServiceState
  /** False once it has failed: start the process again. */
  readonly healthy: boolean
  /** What made it fail. */
  readonly error: Error | undefined
  /** Each of its members. */
  readonly groups: readonly GroupHealth[]
  /** Each breaker that stands before one of its handlers. */
  readonly breakers: readonly { readonly name: string; readonly state: BreakerState }[]
}

/** Breaker states as metrics have them. */
export const breakerLevel: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }
