// Admin: users that log in by SCRAM (KIP-554).
import {
  AlterUserScramCredentialsApi,
  type AlterUserScramCredentialsRequestInit,
  DescribeUserScramCredentialsApi,
  ErrorCode,
} from '@millrace/protocol'
import {
  scramIterationsMax,
  scramMechanism,
  scramMechanismById,
  scramSaltedPassword,
} from '@millrace/protocol/security'
import type { Cluster } from '../cluster/cluster.ts'
import {
  entry,
  flag,
  int32,
  listOf,
  oneOf,
  optional,
  optionsWith,
  secretText,
  text,
} from '../config/arguments.ts'
import { BrokerError, StateError } from '../errors/index.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'
import { type Outcome, outcomeError } from './outcome.ts'
import { checkBroker } from './wrong-broker.ts'

const mechanismNames = ['scram-sha-256', 'scram-sha-512'] as const

export type ScramMechanismName = (typeof mechanismNames)[number]

/** A credential of a user to make, to replace, or to delete. */
export interface ScramCredentialChange {
  /** Name of the user. */
  readonly user: string
  /** The mechanism that the credential is for: a user has one each. */
  readonly mechanism: ScramMechanismName
  /** The new password. It stays here: brokers get what they can check it with. */
  readonly password?: string
  /** Rounds of hashing that each guess at the password costs, 4,096 to 16,384. Default 4,096. */
  readonly iterations?: number
  /** Deletes the credential instead. Default false. */
  readonly delete?: boolean
}

/** What became of one user. */
export interface AlteredScramUser extends Outcome {
  /** Name of the user. */
  readonly user: string
}

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

const checkChanges = listOf(
  entry({
    user: text,
    mechanism: oneOf(mechanismNames),
    password: optional(secretText),
    iterations: optional(int32),
    delete: flag,
  }),
)
const checkUsers = listOf(text)
const checkOptions = optionsWith()
const saltBytes = 16
const iterationsMin = 4_096

/** Makes, replaces and deletes credentials, at the controller. Everything of one user happens, or nothing. */
export async function alterUserScramCredentials(
  cluster: Cluster,
  changes: readonly ScramCredentialChange[],
  options: AdminCallOptions = {},
): Promise<AlteredScramUser[]> {
  checkChanges('alterUserScramCredentials: changes', changes)
  checkOptions('alterUserScramCredentials: options', options)
  const what = 'changing users'
  const body: AlterUserScramCredentialsRequestInit = {
    deletions: changes
      .filter(change => change.delete)
      .map(({ user, mechanism }) => ({ name: user, mechanism: idOf(mechanism) })),
    upsertions: await Promise.all(
      changes.flatMap((change, index) => (change.delete ? [] : [upsertion(cluster, change, index)])),
    ),
  }
  const { results } = await cluster.call(AlterUserScramCredentialsApi, body, {
    ...callOptions(options),
    what,
    to: 'controller',
    check: response =>
      checkBroker(
        response.results.map(result => result.errorCode),
        what,
      ),
  })
  return results.map(({ user, errorCode, errorMessage }) => ({
    user,
    error: outcomeError(errorCode, `changing user "${user}"`, errorMessage),
  }))
}

async function upsertion(
  { random }: Cluster,
  { user, mechanism: name, password, iterations = iterationsMin }: ScramCredentialChange,
  index: number,
) {
  const place = `alterUserScramCredentials: changes[${index}]`
  if (password === undefined || password === '') throw new StateError(`${place}.password is missing`)
  // Brokers refuse others: what would take hours to compute is not begun.
  if (iterations < 1 || iterations > scramIterationsMax)
    throw new StateError(
      `${place}.iterations is ${iterations}: write a number from ${iterationsMin} to ${scramIterationsMax}`,
    )
  const mechanism = scramMechanism(name.toUpperCase())!
  const salt = random.bytes(saltBytes)
  const saltedPassword = await scramSaltedPassword(mechanism, password, salt, iterations)
  return { name: user, mechanism: mechanism.id, iterations, salt, saltedPassword }
}

function idOf(name: ScramMechanismName): number {
  return scramMechanism(name.toUpperCase())!.id
}

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
      credentials: credentialInfos.flatMap(({ mechanism, iterations }) => {
        const name = scramMechanismById(mechanism)?.name.toLowerCase() as ScramMechanismName | undefined
        return name === undefined ? [] : [{ mechanism: name, iterations }]
      }),
      error: outcomeError(errorCode, `describing user "${user}"`, errorMessage),
    }))
    .sort((a, b) => (a.user < b.user ? -1 : 1))
}
