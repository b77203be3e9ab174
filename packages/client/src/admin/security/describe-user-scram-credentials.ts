// Admin: which users log in by SCRAM (KIP-554).
import { DescribeUserScramCredentialsApi, ErrorCode } from '@millrace/protocol'
import { scramMechanismById } from '@millrace/protocol/security'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import type { ScramMechanismName } from './scram-mechanism.ts'

/** A user, and how it can log in. */
export interface DescribedScramUser extends Outcome {
  /** Name of the user. */
  readonly user: string
  /** What there is of it, without any secret. */
  readonly credentials: readonly {
    readonly mechanism: ScramMechanismName
    readonly iterations: number
  }[]
}

const checkUsers = listOf(text)
const checkOptions = optionsWith()

/** Users with their mechanisms, sorted by name; those that are named, or all. `RESOURCE_NOT_FOUND` is an outcome. */
export async function describeUserScramCredentials(
  cluster: Cluster,
  users?: readonly string[],
  options: AdminCallOptions = {},
): Promise<DescribedScramUser[]> {
  if (users !== undefined) checkUsers('describeUserScramCredentials: users', users)
  checkOptions('describeUserScramCredentials: options', options)
  const what = 'describing users'
  const { results } = await cluster.call(
    DescribeUserScramCredentialsApi,
    { users: users?.map(name => ({ name })) ?? null },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: ({ errorCode, errorMessage }) => {
        if (errorCode !== ErrorCode.NONE) throw new BrokerError(errorCode, what, errorMessage)
      },
    },
  )
  return results
    .map(({ user, errorCode, errorMessage, credentialInfos }) => ({
      user,
      credentials: credentialInfos
        .toSorted((a, b) => a.mechanism - b.mechanism)
        .flatMap(({ mechanism, iterations }) => {
          const name = scramMechanismById(mechanism)?.name.toLowerCase() as ScramMechanismName | undefined
          return name === undefined ? [] : [{ mechanism: name, iterations }]
        }),
      error: outcomeError(errorCode, `describing user "${user}"`, errorMessage),
    }))
    .sort((a, b) => (a.user < b.user ? -1 : 1))
}
