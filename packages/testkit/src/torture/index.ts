// The door to exactly-once processing under fire, for who brings a cluster of their own.
export { torture } from './torture.ts'
export type { TransactionVersionChoice } from './transaction-level.ts'
