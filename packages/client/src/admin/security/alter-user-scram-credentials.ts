// Admin: make, replace and delete users that log in by SCRAM (KIP-554).
import { AlterUserScramCredentialsApi, type AlterUserScramCredentialsRequestInit } from '@millrace/protocol'
import { scramIterationsMax, scramMechanism, scramSaltedPassword } from '@millrace/protocol/security'
import type { Cluster } from '../../cluster/cluster.ts'
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
} from '../../config/arguments.ts'
import { StateError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'
import { type ScramMechanismName, scramMechanismNames } from './scram-mechanism.ts'

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

const checkChanges = listOf(
  entry({
    user: text,
    mechanism: oneOf(scramMechanismNames),
    password: optional(secretText),
    iterations: optional(int32),
    delete: flag,
  }),
)
const checkOptions = optionsWith()
const saltBytes = 16
const iterationsMin = 4_096

/** Makes, replaces and deletes credentials, at the controller. Each user has one outcome, in the order in which they are first named: the first error. */
export async function alterUserScramCredentials(
  cluster: Cluster,
  changes: readonly ScramCredentialChange[],
  options: AdminCallOptions = {},
): Promise<AlteredScramUser[]> {
  checkChanges('alterUserScramCredentials: changes', changes)
  checkOptions('alterUserScramCredentials: options', options)
  const prepared = await Promise.all(changes.map((change, index) => prepare(cluster, change, index)))
  const outcomes = new Map<string, AlteredScramUser>()
  // Brokers take a user once a request.
  for (let rest = prepared; rest.length > 0; ) {
    const first = new Map(rest.toReversed().map(change => [change.name, change]))
    for (const outcome of await alter(cluster, [...first.values()].toReversed(), options)) {
      if (!outcomes.get(outcome.user)?.error) outcomes.set(outcome.user, outcome)
    }
    rest = rest.filter(change => first.get(change.name) !== change)
  }
  return [...new Set(changes.map(({ user }) => user))].map(user => outcomes.get(user)!)
}

type Prepared = { readonly name: string; readonly mechanism: number } & (
  | { readonly upsertion: NonNullable<AlterUserScramCredentialsRequestInit['upsertions']>[number] }
  | { readonly upsertion: undefined }
)

async function alter(
  cluster: Cluster,
  changes: readonly Prepared[],
  options: AdminCallOptions,
): Promise<AlteredScramUser[]> {
  const what = 'changing users'
  const body: AlterUserScramCredentialsRequestInit = {
    deletions: changes.flatMap(({ name, mechanism, upsertion }) => (upsertion ? [] : [{ name, mechanism }])),
    upsertions: changes.flatMap(({ upsertion }) => (upsertion ? [upsertion] : [])),
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

async function prepare({ random }: Cluster, change: ScramCredentialChange, index: number): Promise<Prepared> {
  const { user: name, password, iterations = iterationsMin } = change
  const mechanism = scramMechanism(change.mechanism.toUpperCase())!
  const { id } = mechanism
  if (change.delete) return { name, mechanism: id, upsertion: undefined }
  const place = `alterUserScramCredentials: changes[${index}]`
  if (password === undefined || password === '') throw new StateError(`${place}.password is missing`)
  // Brokers refuse others: what would take hours to compute is not begun.
  if (iterations < 1 || iterations > scramIterationsMax)
    throw new StateError(
      `${place}.iterations is ${iterations}: write a number from ${iterationsMin} to ${scramIterationsMax}`,
    )
  const salt = random.bytes(saltBytes)
  const saltedPassword = await scramSaltedPassword(mechanism, password, salt, iterations)
  return { name, mechanism: id, upsertion: { name, mechanism: id, iterations, salt, saltedPassword } }
}
