// PLAIN and OAUTHBEARER messages, JAAS, PEM, names of ciphers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  certificatesOf,
  encodeOAuthBearerMessage,
  encodePlainMessage,
  JaasError,
  oauthBearerExtensionFault,
  opensslCipher,
  parseJaas,
  parseOAuthBearerMessage,
  parsePlainMessage,
  privateKeyOf,
  SaslMessageError,
} from '@millrace/protocol/security'

test('PLAIN goes there and back; anything but three parts is refused', () => {
  const message = { authorizationId: '', username: 'älice', password: 'p=w,d' }
  assert.deepEqual(parsePlainMessage(encodePlainMessage(message)), message)
  for (const text of ['', 'alice', 'alice\0secret', 'a\0b\0c\0d']) {
    assert.throws(() => parsePlainMessage(Buffer.from(text)), SaslMessageError, text)
  }
})

test('OAUTHBEARER goes there and back with extensions', () => {
  const message = {
    authorizationId: 'a,b',
    token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
    extensions: new Map([['traceId', '12 34']]),
  }
  assert.deepEqual(parseOAuthBearerMessage(encodeOAuthBearerMessage(message)), message)
  for (const text of [
    '',
    'n,,',
    'n,,\x01\x01',
    'n,,\x01auth=Basic x\x01\x01',
    'n,,\x01auth=Bearer \x01\x01',
    'n,,\x01auth=Bearer x y\x01\x01',
  ]) {
    assert.throws(() => parseOAuthBearerMessage(Buffer.from(text)), SaslMessageError, JSON.stringify(text))
  }
  assert.match(oauthBearerExtensionFault('auth', 'x')!, /token itself/)
  assert.match(oauthBearerExtensionFault('trace-id', 'x')!, /letters only/)
  assert.match(oauthBearerExtensionFault('traceId', 'ä')!, /printable/)
})

test('any bytes are a message or refused, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      for (const parse of [parsePlainMessage, parseOAuthBearerMessage]) {
        try {
          parse(Buffer.from(bytes))
        } catch (error) {
          assert.ok(error instanceof SaslMessageError)
        }
      }
    }),
  )
})

test('JAAS is read as Java reads it', () => {
  const { module, options } = parseJaas(
    `  org.example.PlainLoginModule\trequired username="ad\\"min" user_alice='x y' debug=true ; `,
  )
  assert.equal(module, 'org.example.PlainLoginModule')
  assert.deepEqual(
    [...options],
    [
      ['username', 'ad"min'],
      ['user_alice', 'x y'],
      ['debug', 'true'],
    ],
  )
})

test('JAAS that cannot be read is refused without repeating it', () => {
  for (const text of [
    '',
    'Module',
    'Module required',
    'Module always secret="secret";',
    'Module required password="secret"',
    'Module required password="secret;',
    'Module required password secret;',
    'Module required a="secret"; Other required;',
  ]) {
    assert.throws(
      () => parseJaas(text),
      (error: Error) => error instanceof JaasError && !error.message.includes('secret'),
      text,
    )
  }
})

test('PEM is found without line breaks and with text around it', () => {
  const cert = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  const key = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nBBBB\n-----END ENCRYPTED PRIVATE KEY-----\n'
  const text = `Bag Attributes\n ${key.replaceAll('\n', ' ')} subject=x ${cert.replaceAll('\n', '')}${cert}`
  assert.equal(privateKeyOf(text), key)
  assert.equal(certificatesOf(text), cert + cert)
  assert.equal(privateKeyOf(cert), undefined)
  assert.equal(certificatesOf('none'), '')
})

test('ciphers have the names of OpenSSL', () => {
  for (const [name, openssl] of [
    ['TLS_AES_256_GCM_SHA384', 'TLS_AES_256_GCM_SHA384'],
    ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'ECDHE-ECDSA-AES128-SHA256'],
    ['TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 'DHE-RSA-AES256-SHA'],
    ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'AES128-GCM-SHA256'],
    ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-RSA-CHACHA20-POLY1305'],
    ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ] as const) {
    assert.equal(opensslCipher(name), openssl)
  }
})
