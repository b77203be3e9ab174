// What a TLS listener needs of its settings and of the files that they name: certificate, key, authorities, versions, ciphers.
import type { Disk } from '@millrace/log'
import { certificatesOf, opensslCipher, privateKeyOf } from '@millrace/protocol/security'
import type { TlsServerOptions } from '@millrace/runtime'
import { ConfigError } from '../../config/definition.ts'
import type { ListenerSettings } from '../listener-settings.ts'

type KeyFiles = Pick<Disk, 'readFile'>

/** The first bytes of Java's own format (JKS). */
const jksMagic = 0xfeedfeed

/** Everything, or ConfigError, which says what is missing and repeats nothing of a key. */
export function tlsServerOptions(settings: ListenerSettings, files: KeyFiles): TlsServerOptions {
  const clientAuth = clientAuthOf(settings)
  const protocols = settings.get('ssl.enabled.protocols')
  if (protocols.length === 0) {
    const property = settings.nameOf('ssl.enabled.protocols')
    throw new ConfigError(property, `${property}: at least one of TLSv1.2 and TLSv1.3 is needed`)
  }
  const ciphers = settings.get('ssl.cipher.suites')
  return {
    ...keyPair(settings, files),
    ...(clientAuth !== 'none' && authorities(settings, files)),
    clientAuth,
    minVersion: protocols.includes('TLSv1.2') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: protocols.includes('TLSv1.3') ? 'TLSv1.3' : 'TLSv1.2',
    ...(ciphers.length > 0 && { ciphers: ciphers.map(opensslCipher).join(':') }),
  }
}

/** Where SASL says who it is, certificates are asked for only if the listener itself says so (KIP-684). */
function clientAuthOf(settings: ListenerSettings): TlsServerOptions['clientAuth'] {
  return settings.saysWho && !settings.isOwn('ssl.client.auth') ? 'none' : settings.get('ssl.client.auth')
}

function keyPair(settings: ListenerSettings, files: KeyFiles): Partial<TlsServerOptions> {
  const passphrase = settings.get('ssl.key.password')
  const withPassphrase = passphrase === null ? {} : { passphrase }
  const type = settings.get('ssl.keystore.type').toUpperCase()
  const location = settings.get('ssl.keystore.location')
  if (location === null) {
    const property = settings.nameOf('ssl.keystore.key')
    const key = privateKeyOf(settings.get('ssl.keystore.key') ?? '')
    const cert = certificatesOf(settings.get('ssl.keystore.certificate.chain') ?? '')
    if (key === undefined || cert === '') {
      throw new ConfigError(
        property,
        `listener ${settings.listener} has no certificate: set ${settings.nameOf('ssl.keystore.location')} to a file, with ${settings.nameOf('ssl.keystore.type')}=PEM, or put PEM into ssl.keystore.key and ssl.keystore.certificate.chain`,
      )
    }
    return { cert, key, ...withPassphrase }
  }
  const property = settings.nameOf('ssl.keystore.location')
  const bytes = fileOf(files, property, location)
  if (type === 'PEM') {
    const text = bytes.toString('utf8')
    const key = privateKeyOf(text)
    const cert = certificatesOf(text)
    if (key === undefined || cert === '')
      throw new ConfigError(
        property,
        `${property}: ${location} lacks ${key === undefined ? 'a private key' : 'a certificate'}; type PEM wants both in the one file`,
      )
    return { cert, key, ...withPassphrase }
  }
  checkType(settings, 'ssl.keystore.type', type)
  if (isJks(bytes)) {
    throw new ConfigError(
      property,
      `${property}: ${location} is a key store of Java (JKS), which is not read. ${conversion(location)}`,
    )
  }
  return { pfx: bytes, passphrase: settings.get('ssl.keystore.password') ?? '' }
}

/** How a key store becomes one that is read. */
export function conversion(location: string): string {
  const stem = location.replace(/\.[^./]*$/, '')
  const converted = location.endsWith('.p12') ? `${stem}-new.p12` : `${stem}.p12`
  return `Convert it once with "keytool -importkeystore -srckeystore ${location} -destkeystore ${converted} -deststoretype PKCS12", and name ${converted}`
}

function authorities(settings: ListenerSettings, files: KeyFiles): Partial<TlsServerOptions> {
  const inline = settings.get('ssl.truststore.certificates')
  const location = settings.get('ssl.truststore.location')
  const type = settings.get('ssl.truststore.type').toUpperCase()
  if (inline === null && location === null) return {}
  const name = inline === null ? 'ssl.truststore.location' : 'ssl.truststore.certificates'
  const property = settings.nameOf(name)
  if (inline === null && type !== 'PEM') {
    checkType(settings, 'ssl.truststore.type', type)
    throw new ConfigError(
      property,
      `${property}: trust stores are read as PEM only. Convert it once with "keytool -list -rfc -keystore ${location} > ${location}.pem", name that file, and set ssl.truststore.type=PEM`,
    )
  }
  const ca = certificatesOf(inline ?? fileOf(files, property, location!).toString('utf8'))
  if (ca === '') throw new ConfigError(property, `${property}: there is no certificate in it`)
  return { ca }
}

function checkType(
  settings: ListenerSettings,
  name: 'ssl.keystore.type' | 'ssl.truststore.type',
  type: string,
): void {
  if (type === 'JKS' || type === 'PKCS12') return
  const property = settings.nameOf(name)
  throw new ConfigError(property, `${property}: there are PEM, PKCS12 and JKS, not ${type}`)
}

function isJks(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32BE(0) === jksMagic
}

function fileOf(files: KeyFiles, property: string, path: string): Buffer {
  let bytes: Buffer | undefined
  try {
    bytes = files.readFile(path)
  } catch (error) {
    throw new ConfigError(
      property,
      `${property}: ${path} cannot be read: ${(error as { code?: string }).code ?? 'unknown error'}`,
    )
  }
  if (!bytes) throw new ConfigError(property, `${property}: there is no file ${path}`)
  return bytes
}
