// Admin: which delegation tokens there are (KIP-48).
import { DescribeDelegationTokenApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'
import { type DelegationToken, partsOfPrincipal, principalOf } from './delegation-token.ts'

/** Options of `describeDelegationTokens`. */
export interface DescribeDelegationTokensOptions extends AdminCallOptions {
  /** Only tokens that these own or may renew, as `User:alice`. Default: all that the client may see. */
  readonly owners?: readonly string[]
}

const checkOptions = optionsWith({ owners: optional(listOf(text)) })

/** The tokens that the client may see, their secrets included. Throws BrokerError. */
export async function describeDelegationTokens(
  cluster: Cluster,
  options: DescribeDelegationTokensOptions = {},
): Promise<DelegationToken[]> {
  checkOptions('describeDelegationTokens: options', options)
  const what = 'describing delegation tokens'
  const place = 'describeDelegationTokens: options.owners'
  const owners = options.owners?.map((owner, index) => partsOfPrincipal(`${place}[${index}]`, owner)) ?? null
  const { errorCode, tokens } = await cluster.call(
    DescribeDelegationTokenApi,
    { owners },
    { ...callOptions(options), what, to: 'any', check: reply => checkBroker([reply.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what)
  return tokens.map(token => ({
    tokenId: token.tokenId,
    hmac: Buffer.from(token.hmac).toString('base64'),
    owner: principalOf(token.principalType, token.principalName),
    requester: principalOf(token.tokenRequesterPrincipalType, token.tokenRequesterPrincipalName),
    renewers: token.renewers.map(({ principalType, principalName }) =>
      principalOf(principalType, principalName),
    ),
    issueTimestampMs: token.issueTimestamp,
    maxTimestampMs: token.maxTimestamp,
    expiryTimestampMs: token.expiryTimestamp,
  }))
}
