// The log from within, for the simulations of this repository: none of it is promised to stay.
export { ProducerSnapshots } from './producers/producer-snapshots.ts'
export { ProducerStates } from './producers/producer-states.ts'
export { PendingVerifications } from './producers/transaction-verification.ts'
export { AbortedFile } from './segment/aborted-file.ts'
