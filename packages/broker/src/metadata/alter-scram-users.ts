// Changes of users with SCRAM credentials: what AlterUserScramCredentials asks for, by the rules of `ScramControlManager`.
import { type AlterUserScramCredentialsRequest, ErrorCode } from '@millrace/protocol'
import { scramCredential, scramIterationsMax, scramMechanismById } from '@millrace/protocol/security'
import { ApiError } from '../api-error.ts'
import type { MetadataRecord } from './record.ts'
import type { ScramUsers } from './scram-users.ts'

type Deletion = AlterUserScramCredentialsRequest['deletions'][number]
type Upsertion = AlterUserScramCredentialsRequest['upsertions'][number]

/** What became of one user. */
export interface AlteredUser {
  readonly user: string
  readonly error: ApiError | undefined
}

/** Each user can be named once a request, whatever the mechanism. */
export function alterScramUsers(
  users: ScramUsers,
  { deletions, upsertions }: Pick<AlterUserScramCredentialsRequest, 'deletions' | 'upsertions'>,
): { readonly records: MetadataRecord[]; readonly altered: AlteredUser[] } {
  const errors = new Map<string, ApiError | undefined>()
  for (const deletion of deletions) errors.set(deletion.name, deletionFault(users, deletion))
  for (const upsertion of upsertions) errors.set(upsertion.name, upsertionFault(upsertion))
  for (const name of repeated([...deletions, ...upsertions].map(each => each.name)))
    errors.set(name, alteredTwice())
  const isFine = ({ name }: { readonly name: string }) => errors.get(name) === undefined
  const records: MetadataRecord[] = [
    ...deletions
      .filter(isFine)
      .map(({ name, mechanism }) => ({ type: 'removeScramUser', name, mechanism }) as const),
    ...upsertions.filter(isFine).map(upsertionRecord),
  ]
  return { records, altered: [...errors].map(([user, error]) => ({ user, error })) }
}

/** Those of the names that are there more than once. */
export function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(names.filter(name => seen.size === seen.add(name).size))
}

function upsertionRecord({ name, mechanism, iterations, salt, saltedPassword }: Upsertion): MetadataRecord {
  const credential = scramCredential(
    scramMechanismById(mechanism)!,
    saltedPassword,
    Buffer.from(salt),
    iterations,
  )
  return { type: 'scramUser', name, mechanism, ...credential }
}

function alteredTwice(): ApiError {
  return new ApiError(
    ErrorCode.DUPLICATE_RESOURCE,
    'A user credential cannot be altered twice in the same request',
  )
}

function deletionFault(users: ScramUsers, { name, mechanism }: Deletion): ApiError | undefined {
  const fault = nameFault(name) ?? mechanismFault(mechanism)
  if (fault) return fault
  if (users.get(name)?.has(mechanism)) return undefined
  return new ApiError(ErrorCode.RESOURCE_NOT_FOUND, 'Attempt to delete a user credential that does not exist')
}

function upsertionFault({ name, mechanism, iterations }: Upsertion): ApiError | undefined {
  const fault = nameFault(name) ?? mechanismFault(mechanism)
  if (fault) return fault
  const { iterationsMin } = scramMechanismById(mechanism)!
  if (iterations < iterationsMin) return new ApiError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Too few iterations')
  if (iterations > scramIterationsMax)
    return new ApiError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Too many iterations')
  return undefined
}

function nameFault(name: string): ApiError | undefined {
  return name === ''
    ? new ApiError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Username must not be empty')
    : undefined
}

function mechanismFault(mechanism: number): ApiError | undefined {
  return scramMechanismById(mechanism)
    ? undefined
    : new ApiError(ErrorCode.UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism')
}
