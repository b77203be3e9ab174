// DescribeUserScramCredentials (key 50, version 0): users with their mechanisms and iterations, and no secrets (KIP-554).
import {
  DescribeUserScramCredentialsApi,
  type DescribeUserScramCredentialsResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { repeated } from '../metadata/alter-scram-users.ts'
import type { ScramUsers } from '../metadata/scram-users.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Result = NonNullable<DescribeUserScramCredentialsResponseInit['results']>[number]

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(DescribeUserScramCredentialsApi, traits, ({ users }, context) => {
  if (!context.authorize('DESCRIBE', 'CLUSTER')) {
    return { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, errorMessage: null, results: [] }
  }
  const { scramUsers } = context.broker.metadata.image
  const names = users === null || users.length === 0 ? [...scramUsers.keys()] : users.map(({ name }) => name)
  const twice = repeated(names)
  const results = [...new Set(names)].map(name => describe(scramUsers, name, twice))
  // Where there is no error, Apache Kafka sends an empty text.
  return { errorCode: ErrorCode.NONE, errorMessage: '', results }
})

function describe(scramUsers: ScramUsers, user: string, twice: ReadonlySet<string>): Result {
  if (twice.has(user)) {
    const errorMessage = `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`
    return { user, errorCode: ErrorCode.DUPLICATE_RESOURCE, errorMessage, credentialInfos: [] }
  }
  const credentials = scramUsers.get(user)
  if (!credentials) {
    const errorMessage = `Attempt to describe a user credential that does not exist: ${user}`
    return { user, errorCode: ErrorCode.RESOURCE_NOT_FOUND, errorMessage, credentialInfos: [] }
  }
  return {
    user,
    errorCode: ErrorCode.NONE,
    errorMessage: '',
    credentialInfos: [...credentials].map(([mechanism, { iterations }]) => ({ mechanism, iterations })),
  }
}
