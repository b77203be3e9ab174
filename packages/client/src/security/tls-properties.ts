// TLS by Kafka's property names, as options of Node.
import { certificatesOf, opensslCipher, privateKeyOf } from '@millrace/protocol/security'
import type { TlsOptions } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import type { TlsSource } from '../network/dial.ts'
import { readKeyFile } from './node-key-files.ts'
import type { SecurityProperties } from './security-table.ts'
import { checkTls } from './tls-options.ts'

const locations = [
  'ssl.ca.location',
  'ssl.certificate.location',
  'ssl.key.location',
  'ssl.keystore.location',
  'ssl.truststore.location',
] as const

/**
 * The options that the properties stand for. Files are read again for each connection, so that a certificate that was renewed holds from the
 * next on; what they were before holds on where they cannot be used. Throws ConfigError, which repeats nothing of a key.
 */
export function tlsFromProperties(given: SecurityProperties): TlsSource {
  let last = readTlsProperties(given)
  if (!locations.some(name => given[name] !== undefined)) return last
  return kept => {
    try {
      last = readTlsProperties(given)
    } catch (error) {
      kept(error as Error)
    }
    return last
  }
}

function readTlsProperties(given: SecurityProperties): TlsOptions {
  const protocols = (given['ssl.enabled.protocols'] as readonly string[] | undefined) ?? []
  const ciphers = (given['ssl.cipher.suites'] as readonly string[] | undefined) ?? []
  const identification = given['ssl.endpoint.identification.algorithm'] as string | undefined
  const isUnnamed = identification !== undefined && ['', 'none'].includes(identification.toLowerCase())
  const options: TlsOptions = {
    ...authorities(given),
    ...ownCertificate(given),
    ...versions(protocols),
    ...(ciphers.length > 0 && { ciphers: ciphers.map(opensslCipher).join(':') }),
    ...(given['enable.ssl.certificate.verification'] === false && { rejectUnauthorized: false }),
    ...(isUnnamed && { checkServerIdentity: () => undefined }),
  }
  checkTls(locations.find(name => given[name] !== undefined) ?? 'ssl', options)
  return options
}

function text(given: SecurityProperties, name: `${string}.${string}`): string | undefined {
  return given[name] as string | undefined
}

function authorities(given: SecurityProperties): TlsOptions {
  const type = (text(given, 'ssl.truststore.type') ?? 'JKS').toUpperCase()
  const store = text(given, 'ssl.truststore.location')
  if (store !== undefined && type !== 'PEM') {
    throw new ConfigError(
      `ssl.truststore.location: trust stores are read as PEM only. Convert it once with "keytool -list -rfc -keystore ${store} > ${store}.pem", name that file, and set ssl.truststore.type=PEM`,
    )
  }
  const name = ['ssl.ca.location', 'ssl.truststore.location'].find(
    each => text(given, each as 'a.b') !== undefined,
  )
  const inline = text(given, 'ssl.ca.pem') ?? text(given, 'ssl.truststore.certificates')
  if (name === undefined && inline === undefined) return {}
  // librdkafka's word for wherever the system keeps them.
  if (name !== undefined && text(given, name as 'a.b') === 'probe') return { ca: 'system' }
  const ca = certificatesOf(inline ?? readKeyFile(name!, text(given, name as 'a.b')!).toString('utf8'))
  if (ca === '')
    throw new ConfigError(
      name === undefined
        ? `${text(given, 'ssl.ca.pem') === undefined ? 'ssl.truststore.certificates' : 'ssl.ca.pem'}: there is no certificate in it`
        : `${name}: there is no certificate in ${text(given, name as 'a.b')}`,
    )
  return { ca }
}

function ownCertificate(given: SecurityProperties): TlsOptions {
  const password = text(given, 'ssl.key.password')
  const passphrase = password === undefined ? {} : { passphrase: password }
  const store = text(given, 'ssl.keystore.location')
  if (store !== undefined) return { ...keystore(given, store), ...passphrase }
  const part = (name: string, inline: string | undefined) => {
    const path = text(given, name as 'a.b')
    return inline ?? (path === undefined ? undefined : readKeyFile(name, path).toString('utf8'))
  }
  const chain = part(
    'ssl.certificate.location',
    text(given, 'ssl.certificate.pem') ?? text(given, 'ssl.keystore.certificate.chain'),
  )
  const privateKey = part('ssl.key.location', text(given, 'ssl.key.pem') ?? text(given, 'ssl.keystore.key'))
  if (chain === undefined && privateKey === undefined) return {}
  const cert = certificatesOf(chain ?? '')
  const key = privateKeyOf(privateKey ?? '')
  if (cert === '' || key === undefined)
    throw new ConfigError(
      'ssl.certificate.location and ssl.key.location: a certificate needs its private key, both as PEM',
    )
  return { cert, key, ...passphrase }
}

function keystore(given: SecurityProperties, path: string): TlsOptions {
  const bytes = readKeyFile('ssl.keystore.location', path)
  if ((text(given, 'ssl.keystore.type') ?? 'JKS').toUpperCase() !== 'PEM') {
    if (bytes.length >= 4 && bytes.readUInt32BE(0) === jksMagic)
      throw new ConfigError(
        `ssl.keystore.location: ${path} is a key store of Java (JKS), which is not read. Convert it once with "keytool -importkeystore -srckeystore ${path} -destkeystore ${path}.p12 -deststoretype PKCS12"`,
      )
    return { pfx: bytes, passphrase: text(given, 'ssl.keystore.password') ?? '' }
  }
  const content = bytes.toString('utf8')
  const key = privateKeyOf(content)
  if (key === undefined) throw new ConfigError(`ssl.keystore.location: ${path} has no private key`)
  return { cert: certificatesOf(content), key }
}

const jksMagic = 0xfeedfeed

function versions(protocols: readonly string[]): TlsOptions {
  if (protocols.length === 0) return {}
  const stranger = protocols.find(protocol => protocol !== 'TLSv1.2' && protocol !== 'TLSv1.3')
  if (stranger !== undefined)
    throw new ConfigError(`ssl.enabled.protocols: there are TLSv1.2 and TLSv1.3, not ${stranger}`)
  return {
    minVersion: protocols.includes('TLSv1.2') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: protocols.includes('TLSv1.3') ? 'TLSv1.3' : 'TLSv1.2',
  }
}
