// Tokens of SASL without requests around them, as clients send them after SaslHandshake version 0 (KIP-43).
import { SaslAuthenticateApi } from '@millrace/protocol'
import { defineHandler, type RequestContext } from '../../handlers/handler.ts'
import { takeToken } from './login.ts'

/** As which such tokens count: they have no header that a handler could be found by. */
export const rawTokenHandler = defineHandler(
  SaslAuthenticateApi,
  { authorization: 'NONE', quota: 'REQUEST', beforeAuthentication: 'token' },
  () => null,
)

/** What answers a token: its size and the bytes of the mechanism; nothing after a refusal, as in Kafka. */
export async function takeRawToken(
  token: Buffer,
  context: RequestContext,
): Promise<Uint8Array[] | undefined> {
  const outcome = await takeToken(context.connection.session.sasl!, token, context)
  if ('told' in outcome) return undefined
  const size = Buffer.alloc(4)
  size.writeInt32BE(outcome.answer.length)
  return [size, outcome.answer]
}
