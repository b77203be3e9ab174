// The broker from within, for the simulations and tests of this repository: none of it is promised to stay.
export { RunningBroker } from './running-broker.ts'
export { TransactionMarkers } from './transactions/markers.ts'
