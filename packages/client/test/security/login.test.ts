// What a client takes from a server that it logs in to by SCRAM.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  parseScramClientFirst,
  scramAuthMessage,
  scramCredential,
  scramMechanism,
  scramSaltedPassword,
  scramServerFirst,
  scramServerSignature,
} from '@millrace/protocol/security'
import { nodeRandom } from '@millrace/runtime'
import { AuthenticationError } from '../../src/index.ts'
import { scramLogin } from '../../src/security/scram-login.ts'

const login = { mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' } as const
const salt = Buffer.from('some salt')

interface Server {
  readonly nonce?: (client: string) => string
  readonly iterations?: number
  /** The password that the server has a credential of. */
  readonly password?: string
  readonly final?: string
}

/** A server that does as it should but for what the test says. */
async function against({
  nonce = client => `${client}server`,
  iterations = 4096,
  password = 'bob-secret',
  final,
}: Server) {
  const mechanism = scramMechanism('SCRAM-SHA-256')!
  const salted = await scramSaltedPassword(mechanism, password, salt, 4096)
  const { serverKey } = scramCredential(mechanism, salted, salt, 4096)
  let bare = ''
  let first = ''
  await scramLogin(login, nodeRandom, 'broker:1', async token => {
    let answer: string
    if (first === '') {
      const message = parseScramClientFirst(token)
      bare = message.bare
      first = scramServerFirst({ nonce: nonce(message.nonce), salt, iterations })
      answer = first
    } else {
      const withoutProof = token.toString().replace(/,p=.*$/, '')
      const signature = scramServerSignature(
        mechanism,
        serverKey,
        scramAuthMessage(bare, first, withoutProof),
      )
      answer = final ?? `v=${signature.toString('base64')}`
    }
    return Buffer.from(answer)
  })
}

test('a server that proves itself is taken, and none that does not', async () => {
  await against({})
  for (const [server, message] of [
    [{ password: 'other' }, /not the server that it seems to be/],
    [{ nonce: () => 'another' }, /its nonce is another one/],
    [{ nonce: (client: string) => client }, /its nonce is another one/],
    [{ iterations: 1 }, /asks for 1 iterations/],
    [{ iterations: 999_999_999 }, /asks for 999999999 iterations/],
    [{ final: 'e=other-error' }, /refuses user "bob": other-error/],
    [{ final: 'garbage' }, /does not speak SCRAM as it should/],
  ] as const) {
    await assert.rejects(against(server), (error: unknown) => {
      assert.ok(error instanceof AuthenticationError)
      assert.match(error.message, message)
      return true
    })
  }
})
