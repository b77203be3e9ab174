// AlterUserScramCredentials (key 51, version 0): makes, changes and deletes users that log in by SCRAM (KIP-554).
import {
  type AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsApi,
  type AlterUserScramCredentialsResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { ApiError, orApiError } from '../api-error.ts'
import { alterScramUsers } from '../metadata/alter-scram-users.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Results = NonNullable<AlterUserScramCredentialsResponseInit['results']>

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(AlterUserScramCredentialsApi, traits, async (request, context) => {
  if (!context.authorize('ALTER', 'CLUSTER')) {
    return { results: refused(request, new ApiError(ErrorCode.CLUSTER_AUTHORIZATION_FAILED)) }
  }
  const changed = context.broker.metadata.change(image => {
    const { records, altered } = alterScramUsers(image.scramUsers, request)
    const result = altered.map(({ user, error }) => ({
      user,
      errorCode: error?.code ?? ErrorCode.NONE,
      errorMessage: error?.message ?? null,
    }))
    return { records, result }
  })
  return { results: await orApiError<Results>(changed, error => refused(request, error)) }
})

function refused(
  { deletions, upsertions }: AlterUserScramCredentialsRequest,
  { code, message }: ApiError,
): Results {
  const users = new Set([...deletions, ...upsertions].map(({ name }) => name))
  return [...users].map(user => ({ user, errorCode: code, errorMessage: message }))
}
