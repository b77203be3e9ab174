// Where a service stands, and which moves there are. Pure.
//
//   CREATED → STARTING → RUNNING → DRAINING → STOPPED
//                 └──────────┴─────────┴────→ FAILED
import type { ServiceState } from '../observe/service-event.ts'

const moves: Readonly<Record<ServiceState, readonly ServiceState[]>> = {
  CREATED: ['STARTING', 'STOPPED'],
  STARTING: ['RUNNING', 'DRAINING', 'FAILED'],
  RUNNING: ['DRAINING', 'FAILED'],
  DRAINING: ['STOPPED', 'FAILED'],
  STOPPED: [],
  FAILED: [],
}

/** Whether a service may go from one state to another. */
export function mayMove(from: ServiceState, to: ServiceState): boolean {
  return moves[from].includes(to)
}

/** Whether nothing more will happen. */
export function isOver(state: ServiceState): boolean {
  return moves[state].length === 0
}
