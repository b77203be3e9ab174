// The states of a transaction, with the names and numbers of Apache Kafka's answers and records (`TransactionState`).

/** By the number that records carry. */
const states = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
  'PrepareEpochFence',
] as const

/**
 * `Dead` is only ever on its way (the id is being forgotten), `PrepareEpochFence` only a name that filters may ask for: fencing an open
 * transaction goes to `PrepareAbort` in one step here.
 */
export type TransactionState = (typeof states)[number]

/** Where a state may be come to from. */
const previous: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  Empty: ['Empty', 'CompleteCommit', 'CompleteAbort'],
  Ongoing: ['Ongoing', 'Empty', 'CompleteCommit', 'CompleteAbort'],
  PrepareCommit: ['Ongoing'],
  // From states without an open transaction by version 2 only.
  PrepareAbort: ['Ongoing', 'Empty', 'CompleteCommit', 'CompleteAbort'],
  CompleteCommit: ['PrepareCommit'],
  CompleteAbort: ['PrepareAbort'],
  Dead: ['Empty', 'CompleteCommit', 'CompleteAbort'],
  PrepareEpochFence: [],
}

export function mayFollow(from: TransactionState, to: TransactionState): boolean {
  return previous[to].includes(from)
}

/** Whether nothing is open: an id that is not used for long may be forgotten. */
export function isAtRest(state: TransactionState): boolean {
  return state === 'Empty' || state === 'CompleteCommit' || state === 'CompleteAbort'
}

/** Whether the end is decided, and markers are being written. */
export function isPrepared(state: TransactionState): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort'
}

/** Undefined for a number that means nothing. */
export function stateOf(id: number): TransactionState | undefined {
  return states[id]
}

export function idOf(state: TransactionState): number {
  return states.indexOf(state)
}

export function isTransactionState(name: string): name is TransactionState {
  return (states as readonly string[]).includes(name)
}
