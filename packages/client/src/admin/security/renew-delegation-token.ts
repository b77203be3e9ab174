// Admin: renew a delegation token (KIP-48).
import { RenewDelegationTokenApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { integer, optional, optionsWith, secretText } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

/** Options of `renewDelegationToken`. */
export interface RenewDelegationTokenOptions extends AdminCallOptions {
  /** For how long from now on, in ms. Default, and at most: what the broker allows. */
  readonly renewPeriodMs?: number
}

/** As the broker has it. */
const byBroker = -1

const checkOptions = optionsWith({ renewPeriodMs: optional(integer) })

/** Renews a token and returns when it ends now, in ms of the epoch. Throws BrokerError (`DELEGATION_TOKEN_EXPIRED`, …). */
export async function renewDelegationToken(
  cluster: Cluster,
  hmac: string,
  options: RenewDelegationTokenOptions = {},
): Promise<number> {
  secretText('renewDelegationToken: hmac', hmac)
  checkOptions('renewDelegationToken: options', options)
  const what = 'renewing a delegation token'
  const { errorCode, expiryTimestampMs } = await cluster.call(
    RenewDelegationTokenApi,
    { hmac: Buffer.from(hmac, 'base64'), renewPeriodMs: options.renewPeriodMs ?? byBroker },
    { ...callOptions(options), what, to: 'controller', check: reply => checkBroker([reply.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return expiryTimestampMs
}
