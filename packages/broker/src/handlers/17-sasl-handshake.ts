// SaslHandshake (key 17, versions 0–1): the client chooses how to log in. 0: its tokens follow without requests around them.
// Where there is nothing to log in to, or the login is over and holds for ever: ILLEGAL_SASL_STATE, as in Kafka.
import { ErrorCode, SaslHandshakeApi } from '@millrace/protocol'
import { refuse, refuseOrder } from '../authentication/sasl/login.ts'
import { SaslFailure } from '../authentication/sasl/sasl-server.ts'
import { defineHandler } from './handler.ts'
import type { HandlerTraits } from './traits.ts'

const traits: HandlerTraits = { authorization: 'NONE', quota: 'REQUEST', beforeAuthentication: 'handshake' }

export default defineHandler(SaslHandshakeApi, traits, async ({ mechanism }, context) => {
  const { sasl } = context.connection.session
  if (sasl?.outOfOrder) await refuseOrder(context, sasl, SaslHandshakeApi.name)
  if (!sasl?.expects('handshake')) return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] }
  const { mechanisms } = sasl
  try {
    await sasl.choose(mechanism, context.apiVersion)
    return { errorCode: ErrorCode.NONE, mechanisms }
  } catch (error) {
    if (!(error instanceof SaslFailure)) throw error
    await refuse(context, sasl, error)
    return { errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM, mechanisms }
  }
})
