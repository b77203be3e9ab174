// SaslAuthenticate (key 36, versions 0–2): a token of the mechanism that was chosen. v1+: how long the login holds (KIP-368).
import { ErrorCode, SaslAuthenticateApi } from '@millrace/protocol'
import { takeToken } from '../authentication/sasl/login.ts'
import { defineHandler } from './handler.ts'
import type { HandlerTraits } from './traits.ts'

const traits: HandlerTraits = { authorization: 'NONE', quota: 'REQUEST', beforeAuthentication: 'token' }

export default defineHandler(SaslAuthenticateApi, traits, async ({ authBytes }, context) => {
  const { sasl } = context.connection.session
  if (!sasl?.expects('token')) {
    return {
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
      errorMessage: 'SaslAuthenticate request received after successful authentication',
      authBytes: Buffer.alloc(0),
    }
  }
  const outcome = await takeToken(sasl, authBytes, context)
  if ('told' in outcome) {
    return {
      errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
      errorMessage: outcome.told,
      authBytes: Buffer.alloc(0),
    }
  }
  const { answer, login } = outcome
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: '',
    authBytes: answer,
    sessionLifetimeMs: Math.floor(login?.lifetimeMs ?? 0),
  }
})
