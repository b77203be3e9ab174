// The client's part of SCRAM (RFC 5802): proves the password without sending it, and has the server prove that it knows of it.
import {
  parseScramServerFinal,
  parseScramServerFirst,
  SaslMessageError,
  scramAuthMessage,
  scramClientFinalWithoutProof,
  scramClientFirstBare,
  scramClientKey,
  scramMechanism,
  scramProof,
  scramSaltedPassword,
  type ScramServerFirst,
  scramServerKey,
  scramServerSignature,
} from '@millrace/protocol/security'
import type { Random } from '@millrace/runtime'
import { AuthenticationError } from '../errors/index.ts'
import type { Proof } from './sasl-conversation.ts'
import type { PasswordLogin } from './sasl-options.ts'
import { textOf } from './text-source.ts'

const nonceBytes = 24
/** A second of a core's time: a server that asks for more wants to keep the client busy. */
const iterationsMax = 2_000_000

/** Sends a message of SCRAM and resolves with the answer. */
type SendMessage = (message: Buffer) => Promise<Buffer>

export interface ScramLogin {
  readonly mechanism: PasswordLogin['mechanism']
  readonly username: string
  readonly password: string
  /** The user name is the id of a delegation token. */
  readonly delegationToken?: boolean | undefined
}

export function scramProofOf(
  { mechanism, username: name, password: secret, delegationToken }: PasswordLogin,
  random: Random,
): Proof {
  return async conversation => {
    const username = await textOf(name, 'sasl.username')
    const password = await textOf(secret, 'sasl.password')
    conversation.who = `user "${username}"`
    const login = { mechanism, username, password, delegationToken }
    await scramLogin(login, random, conversation.address, message => conversation.send(message))
  }
}

/** Throws AuthenticationError. `address` names the broker in it. */
export async function scramLogin(
  login: ScramLogin,
  random: Random,
  address: string,
  send: SendMessage,
): Promise<void> {
  try {
    await exchange(login, random, address, send)
  } catch (error) {
    if (!(error instanceof SaslMessageError)) throw error
    throw new AuthenticationError(`${address} does not speak SCRAM as it should: ${error.message}`)
  }
}

async function exchange(
  { mechanism: name, username, password, delegationToken }: ScramLogin,
  random: Random,
  address: string,
  send: SendMessage,
): Promise<void> {
  const mechanism = scramMechanism(name.toUpperCase())!
  const clientNonce = random.bytes(nonceBytes).toString('base64url')
  const extensions = new Map(delegationToken ? [['tokenauth', 'true']] : [])
  const bare = scramClientFirstBare(username, clientNonce, extensions)
  const first = await send(Buffer.from(`n,,${bare}`, 'utf8'))
  const { nonce, salt, iterations } = checkedFirst(
    parseScramServerFirst(first),
    clientNonce,
    mechanism.iterationsMin,
    address,
  )
  const salted = await scramSaltedPassword(mechanism, password, salt, iterations)
  const withoutProof = scramClientFinalWithoutProof(nonce)
  const authMessage = scramAuthMessage(bare, first.toString('utf8'), withoutProof)
  const proof = scramProof(mechanism, scramClientKey(mechanism, salted), authMessage)
  const answer = await send(Buffer.from(`${withoutProof},p=${proof.toString('base64')}`, 'utf8'))
  const { signature, error } = parseScramServerFinal(answer)
  if (error !== undefined) throw new AuthenticationError(`${address} refuses user "${username}": ${error}`)
  if (!signature.equals(scramServerSignature(mechanism, scramServerKey(mechanism, salted), authMessage)))
    throw new AuthenticationError(
      `${address} does not know the password itself: it is not the server that it seems to be`,
    )
}

function checkedFirst(
  first: ScramServerFirst,
  clientNonce: string,
  iterationsMin: number,
  address: string,
): ScramServerFirst {
  const { nonce, iterations } = first
  if (!nonce.startsWith(clientNonce) || nonce.length === clientNonce.length)
    throw new AuthenticationError(
      `${address} answers to a login that was not begun: its nonce is another one`,
    )
  if (iterations < iterationsMin || iterations > iterationsMax)
    throw new AuthenticationError(
      `${address} asks for ${iterations} iterations; ${iterationsMin} to ${iterationsMax} are done`,
    )
  return first
}
