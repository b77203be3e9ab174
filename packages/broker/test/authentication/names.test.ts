// Names in certificates: as Java writes them, and as rules make them names of users.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { TestAuthority } from '@millrace/testkit/certificates'
import { ConfigError } from '../../src/config/definition.ts'
import { subjectOf } from '../../src/authentication/tls/distinguished-name.ts'
import { principalMapping } from '../../src/authentication/tls/principal-mapping.ts'

const authority = new TestAuthority()

test('the subject of a certificate is written as X500Principal.getName does', () => {
  for (const [subject, name] of [
    [[['CN', 'alice']], 'CN=alice'],
    [
      [
        ['C', 'DE'],
        ['ST', 'Berlin'],
        ['O', 'Acme, Inc.'],
        ['CN', 'a+b="c"'],
      ],
      'CN=a\\+b\\=\\"c\\",O=Acme\\, Inc.,ST=Berlin,C=DE',
    ],
    [
      [
        ['OU', ' space '],
        ['UID', 'jörg'],
      ],
      'UID=jörg,OU=\\ space\\ ',
    ],
    [[['emailAddress', 'a@b']], '1.2.840.113549.1.9.1=#1603614062'],
  ] as const) {
    const { cert } = authority.issue({ subject })
    assert.equal(subjectOf(new X509Certificate(cert).raw), name)
  }
})

test('bytes that are no certificate are an error, whatever they are', () => {
  for (const bytes of ['', '30', '3003020101', '30820fff', '3080']) {
    assert.throws(() => subjectOf(Buffer.from(bytes, 'hex')), bytes)
  }
})

test('the first rule that fits all of the name makes the name', () => {
  const map = principalMapping(
    'RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/, RULE:^CN=(.*?),OU=(.*?),.*$/$1@$2/L,RULE:^.*[Cc][Nn]=([a-zA-Z0-9.]*).*$/$1/U,DEFAULT',
  )
  assert.equal(map('CN=kafka,OU=ServiceUsers,O=X'), 'kafka')
  assert.equal(map('CN=Bob,OU=Dev,O=X'), 'bob@dev')
  assert.equal(map('cn=eve'), 'EVE')
  assert.equal(map('O=other'), 'O=other')
  assert.equal(principalMapping('RULE:CN=x/y/')('CN=xx'), 'CN=xx')
  assert.equal(principalMapping('')('CN=xx'), 'CN=xx')
})

test('a slash and a dollar stand for themselves behind a backslash', () => {
  assert.equal(principalMapping('RULE:CN=a\\/b/c\\/\\$1/')('CN=a/b'), 'c/$1')
})

test('what is no rule is refused', () => {
  for (const text of [
    'DEFAULTS',
    'RULE:',
    'RULE:a/b',
    'RULE:a/b/X',
    'RULE:(/b/',
    'RULE:a/b/LU',
    'DEFAULT RULE:a/b/',
  ]) {
    assert.throws(() => principalMapping(text), ConfigError, text)
  }
})
