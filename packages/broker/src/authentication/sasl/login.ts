// A login as requests make it: what the exchange says is told to the session, a refusal to the log, and late to the client.
import { sleep } from '@millrace/runtime'
import type { RequestContext } from '../../handlers/handler.ts'
import type { SaslExchange, TokenOutcome } from './sasl-exchange.ts'
import { SaslFailure } from './sasl-server.ts'

/** A client was refused: the reply says so with `told`, and the connection ends behind it. */
export interface Refused {
  readonly told: string
}

/** Takes a token of a login that is under way. Other errors than a refusal pass. */
export async function takeToken(
  sasl: SaslExchange,
  token: Buffer,
  context: RequestContext,
): Promise<TokenOutcome | Refused> {
  const { broker, connection } = context
  const { clock } = broker
  const { kind } = sasl
  let outcome: TokenOutcome
  try {
    outcome = await sasl.take(
      token,
      () => clock.monotonic(),
      () => clock.now(),
    )
  } catch (error) {
    if (!(error instanceof SaslFailure)) throw error
    await refuse(context, sasl, error)
    return {
      told: (
        error.told ??
        `Authentication failed during ${kind} due to invalid credentials with SASL mechanism ${sasl.mechanism}`
      ).slice(0, reasonMaxLength),
    }
  }
  const { login } = outcome
  if (login)
    connection.session.authenticate(`User:${login.identity.name}`, login.expiresAtMs, login.identity.byToken)
  return outcome
}

/** Logs a refusal, lets the client wait for it (`connection.failed.authentication.delay.ms`), and ends the connection behind the reply. */
export async function refuse(
  { broker, connection }: RequestContext,
  sasl: SaslExchange,
  { message, user }: SaslFailure,
): Promise<void> {
  const { burstFilter, clock, config } = broker
  const source = { remote: connection.remoteAddress, listener: connection.endpoint.name }
  burstFilter.log('warn', 'authentication.failed', source, () => ({
    ...(sasl.mechanism !== '' && { mechanism: sasl.mechanism }),
    ...(user !== undefined && { user: user.slice(0, shownUserLength) }),
    reason: message.slice(0, reasonMaxLength),
  }))
  const delayMs = config.get('connection.failed.authentication.delay.ms')
  // A broker that closes, or a client that has gone, need not wait.
  await sleep(clock, delayMs, connection.signal).catch(() => {})
  connection.drain()
}

/** Tells a client whose login is over that its request came out of order: the answer is ILLEGAL_SASL_STATE. */
export async function refuseOrder(
  context: RequestContext,
  sasl: SaslExchange,
  apiName: string,
): Promise<void> {
  await refuse(
    context,
    sasl,
    new SaslFailure(`Unexpected Kafka request of type ${apiName} during SASL authentication.`),
  )
}

const shownUserLength = 100
/** Reasons repeat names, which may be half a megabyte long. */
const reasonMaxLength = 500
