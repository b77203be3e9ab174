// Admin: take a broker that is gone for good out of the cluster.
import { UnregisterBrokerApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { int32, optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

const checkOptions = optionsWith()

/** Forgets a broker. Throws BrokerError: `BROKER_ID_NOT_REGISTERED`, `CLUSTER_AUTHORIZATION_FAILED`. */
export async function unregisterBroker(
  cluster: Cluster,
  brokerId: number,
  options: AdminCallOptions = {},
): Promise<void> {
  int32('unregisterBroker: brokerId', brokerId)
  checkOptions('unregisterBroker: options', options)
  const what = `unregistering broker ${brokerId}`
  const { errorCode, errorMessage } = await cluster.call(
    UnregisterBrokerApi,
    { brokerId },
    { ...callOptions(options), what, check: response => checkBroker([response.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
}
