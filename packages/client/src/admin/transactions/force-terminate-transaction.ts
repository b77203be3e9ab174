// Admin: end what a transactional id has open, prepared for a second phase or not, and fence its producer (KIP-939).
import type { Cluster } from '../../cluster/cluster.ts'
import { optionsWith, text } from '../../config/arguments.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { fenceProducers } from './fence-producers.ts'

const checkOptions = optionsWith()

/** Aborts the open transaction of an id, and waits until that is done. Throws BrokerError: `TRANSACTIONAL_ID_AUTHORIZATION_FAILED`, … */
export async function forceTerminateTransaction(
  cluster: Cluster,
  transactionalId: string,
  options: AdminCallOptions = {},
): Promise<void> {
  text('forceTerminateTransaction: transactionalId', transactionalId)
  checkOptions('forceTerminateTransaction: options', options)
  const [outcome] = await fenceProducers(cluster, [transactionalId], options)
  if (outcome!.error) throw outcome!.error
}
