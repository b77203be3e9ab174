// Admin: end a delegation token (KIP-48).
import { ExpireDelegationTokenApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { integer, optional, optionsWith, secretText } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

/** Options of `expireDelegationToken`. */
export interface ExpireDelegationTokenOptions extends AdminCallOptions {
  /** When from now on, in ms. Default: at once. */
  readonly expiryPeriodMs?: number
}

const atOnce = -1

const checkOptions = optionsWith({ expiryPeriodMs: optional(integer) })

/** Ends a token, and returns when, in ms of the epoch. Throws BrokerError (`DELEGATION_TOKEN_NOT_FOUND`, …). */
export async function expireDelegationToken(
  cluster: Cluster,
  hmac: string,
  options: ExpireDelegationTokenOptions = {},
): Promise<number> {
  secretText('expireDelegationToken: hmac', hmac)
  checkOptions('expireDelegationToken: options', options)
  const what = 'ending a delegation token'
  const { errorCode, expiryTimestampMs } = await cluster.call(
    ExpireDelegationTokenApi,
    { hmac: Buffer.from(hmac, 'base64'), expiryTimePeriodMs: options.expiryPeriodMs ?? atOnce },
    { ...callOptions(options), what, to: 'controller', check: reply => checkBroker([reply.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return expiryTimestampMs
}
