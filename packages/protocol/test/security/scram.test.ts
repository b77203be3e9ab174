// SCRAM: the published example, and what is no message.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isScramProof,
  parseScramClientFinal,
  parseScramClientFirst,
  parseScramServerFinal,
  parseScramServerFirst,
  SaslMessageError,
  scramAuthMessage,
  scramClientFinalWithoutProof,
  scramClientFirstBare,
  scramClientKey,
  scramCredential,
  scramMechanism,
  scramMechanisms,
  scramProof,
  scramSaltedPassword,
  scramServerFirst,
  scramServerSignature,
} from '@millrace/protocol/security'

test('the example of RFC 7677 comes out, byte for byte', async () => {
  const mechanism = scramMechanism('SCRAM-SHA-256')!
  const clientNonce = 'rOprNGfwEbeRWgbNEkqO'
  const nonce = `${clientNonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`
  const serverFirst = scramServerFirst({
    nonce,
    salt: Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'),
    iterations: 4096,
  })
  assert.equal(serverFirst, `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`)
  const { salt, iterations } = parseScramServerFirst(Buffer.from(serverFirst))
  const salted = await scramSaltedPassword(mechanism, 'pencil', salt, iterations)
  const authMessage = scramAuthMessage(
    scramClientFirstBare('user', clientNonce),
    serverFirst,
    scramClientFinalWithoutProof(nonce),
  )
  const proof = scramProof(mechanism, scramClientKey(mechanism, salted), authMessage)
  assert.equal(proof.toString('base64'), 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=')
  const credential = scramCredential(mechanism, salted, salt, iterations)
  assert.equal(
    scramServerSignature(mechanism, credential.serverKey, authMessage).toString('base64'),
    '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  )
  assert.ok(isScramProof(mechanism, credential, authMessage, proof))
})

test('a proof of another password, of other messages or of another length is none', async () => {
  for (const mechanism of scramMechanisms) {
    const salt = Buffer.from('salt')
    const right = await scramSaltedPassword(mechanism, 'right', salt, 4096)
    const wrong = await scramSaltedPassword(mechanism, 'wrong', salt, 4096)
    const credential = scramCredential(mechanism, right, salt, 4096)
    const proof = scramProof(mechanism, scramClientKey(mechanism, right), 'messages')
    assert.ok(isScramProof(mechanism, credential, 'messages', proof))
    assert.equal(isScramProof(mechanism, credential, 'other', proof), false)
    assert.equal(isScramProof(mechanism, credential, 'messages', proof.subarray(1)), false)
    const forged = scramProof(mechanism, scramClientKey(mechanism, wrong), 'messages')
    assert.equal(isScramProof(mechanism, credential, 'messages', forged), false)
  }
})

test('names with what means something in a message go there and back, and extensions too', () => {
  const name = 'a=b,c=2C€'
  const bare = scramClientFirstBare(name, 'nonce', new Map([['tokenauth', 'true']]))
  const first = parseScramClientFirst(Buffer.from(`n,a=b=2Cc,${bare}`))
  assert.equal(first.username, name)
  assert.equal(first.authorizationId, 'b,c')
  assert.equal(first.bare, bare)
  assert.deepEqual([...first.extensions], [['tokenauth', 'true']])
})

test('what is no message is refused without being repeated', () => {
  const parsers = [parseScramClientFirst, parseScramServerFirst, parseScramClientFinal, parseScramServerFinal]
  const texts = [
    '',
    'secret',
    'n,,n=secret',
    'y,,n=secret,r=nonce',
    'n,,n=sec=ret,r=nonce',
    'r=nonce,s=c2FsdA,i=4096',
    'r=nonce,s=c2FsdA==,i=0',
    'r=nonce,s=c2FsdA==,i=99999999999',
    'c=biws,r=nonce,p=secret',
    'c=biws,r=nonce',
    'v=secret!',
    `n,,n=${'\0'},r=nonce`,
  ]
  for (const parse of parsers) {
    for (const text of texts) {
      assert.throws(
        () => parse(Buffer.from(text)),
        (error: Error) => error instanceof SaslMessageError && !error.message.includes('secret'),
        text,
      )
    }
  }
})
