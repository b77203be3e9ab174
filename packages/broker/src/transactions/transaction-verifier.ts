// What Produce and TxnOffsetCommit ask of the transaction coordinator before the first batch of a transaction in a partition: whether the
// transaction knows the partition.
import { ErrorCode } from '@millrace/protocol'
import type { ServiceDefinition } from '../core.ts'
import type { TransactionVerifier } from './admission.ts'

/** The transaction coordinator, which is loaded once a transactional batch comes. */
export const transactionVerifier: ServiceDefinition<TransactionVerifier> = {
  name: 'transaction-verifier',
  open: core => ({
    async admit(admission) {
      const { transactionCoordinator } = await import('./coordinator.ts')
      try {
        return await core.service(transactionCoordinator).admit(admission)
      } catch {
        // The broker closes.
        return admission.partitions.map(() => ErrorCode.COORDINATOR_NOT_AVAILABLE)
      }
    },
    close() {},
  }),
}
