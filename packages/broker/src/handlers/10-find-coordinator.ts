// FindCoordinator (key 10, versions 0–6): which broker coordinates a group or a transactional id: this one. From v4 many keys at once.
// There is no coordinator for share groups: who asks is told for good, not to try again.
import { ErrorCode, FindCoordinatorApi, type FindCoordinatorResponseInit } from '@millrace/protocol'
import type { Service, ServiceDefinition } from '../core.ts'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Coordinator = NonNullable<FindCoordinatorResponseInit['coordinators']>[number]

const groupKeyType = 0
const transactionKeyType = 1
const shareKeyType = 2
const manyKeysVersion = 4
const shareVersion = 6

const traits: HandlerTraits = {
  authorization: needs('DESCRIBE GROUP', 'DESCRIBE TRANSACTIONAL_ID'),
  quota: 'REQUEST',
}

export default defineHandler(FindCoordinatorApi, traits, async (request, context) => {
  const { apiVersion } = context
  const keys = apiVersion >= manyKeysVersion ? request.coordinatorKeys : [request.key]
  const refusals = keys.map(key => authorizationRefusal(request.keyType, key, context))
  // Who may ask for none of them does not have the coordinator's topic made.
  const answer = refusals.includes(undefined) ? await findCoordinator(request.keyType, context) : undefined
  const answers = keys.map((key, index) => ({ ...(refusals[index] ?? answer!), key }))
  return apiVersion >= manyKeysVersion ? { coordinators: answers } : answers[0]!
})

function authorizationRefusal(
  keyType: number,
  key: string,
  context: RequestContext,
): Coordinator | undefined {
  // Versions that ask for many keys have the code alone.
  const message = (text: string) => (context.apiVersion >= manyKeysVersion ? '' : text)
  if (keyType === groupKeyType && !context.authorize('DESCRIBE', 'GROUP', key)) {
    return refusal(ErrorCode.GROUP_AUTHORIZATION_FAILED, message('Group authorization failed.'))
  }
  if (keyType === transactionKeyType && !context.authorize('DESCRIBE', 'TRANSACTIONAL_ID', key)) {
    const text = 'Transactional Id authorization failed.'
    return refusal(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, message(text))
  }
  return undefined
}

async function findCoordinator(keyType: number, context: RequestContext): Promise<Coordinator> {
  const { broker, connection, apiVersion } = context
  if (keyType !== groupKeyType && keyType !== transactionKeyType) {
    return refusal(...refusalOf(keyType, apiVersion))
  }
  return orError<Coordinator>(
    async () => {
      const coordinator = keyType === groupKeyType ? groupCoordinator : await transactions()
      await broker.service<Coordinating>(coordinator).createTopic()
      const { host, port } = connection.endpoint
      // Versions before 4 carry a text without an error too.
      const errorMessage = apiVersion >= manyKeysVersion ? '' : 'NONE'
      return { key: '', nodeId: broker.nodeId, host, port, errorCode: ErrorCode.NONE, errorMessage }
    },
    errorCode => refusal(errorCode, "the coordinator's topic cannot be made or read"),
  )
}

/** A coordinator, of any kind: with its topic, it is the one of every key. */
interface Coordinating extends Service {
  createTopic(): Promise<void>
}

/** Not loaded where nobody uses transactions. */
async function transactions(): Promise<ServiceDefinition<Coordinating>> {
  const { transactionCoordinator } = await import('../transactions/coordinator.ts')
  return transactionCoordinator
}

function refusalOf(keyType: number, apiVersion: number): [number, string] {
  if (keyType === shareKeyType && apiVersion >= shareVersion) {
    return [ErrorCode.UNSUPPORTED_VERSION, 'this broker has no coordinator of share groups']
  }
  return [ErrorCode.INVALID_REQUEST, `there is no coordinator of type ${keyType}`]
}

function refusal(errorCode: number, errorMessage: string): Coordinator {
  return { key: '', nodeId: -1, host: '', port: -1, errorCode, errorMessage }
}
