// SASL PLAIN (RFC 4616): the password itself goes to the broker.
import { encodePlainMessage } from '@millrace/protocol/security'
import type { Proof } from './sasl-conversation.ts'
import type { PasswordLogin } from './sasl-options.ts'
import { textOf } from './text-source.ts'

export function plainProof(login: PasswordLogin): Proof {
  return async conversation => {
    const username = await textOf(login.username, 'sasl.username')
    const password = await textOf(login.password, 'sasl.password')
    conversation.who = `user "${username}"`
    await conversation.send(encodePlainMessage({ authorizationId: '', username, password }))
  }
}
