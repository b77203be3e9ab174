// Certificates for tests, made when they run: an authority, and what it signs. Keys are of ECDSA P-256, which are made in a millisecond.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export interface CertificateOptions {
  /** The parts of the name, in the order of the certificate: `[['C', 'DE'], ['CN', 'alice']]`. */
  readonly subject: readonly (readonly [type: keyof typeof nameTypes, value: string])[]
  /** Names and addresses that a server is reached by. Default: localhost and 127.0.0.1. */
  readonly hosts?: readonly string[]
  /** Default: a day ago. */
  readonly notBefore?: Date
  /** Default: in a day. */
  readonly notAfter?: Date
}

/** A certificate with its private key, as PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
  readonly privateKey: KeyObject
}

const dayMs = 86_400_000

export class TestAuthority {
  readonly #name: Buffer
  readonly #privateKey: KeyObject
  /** Its own certificate, which those trust who trust it. */
  readonly cert: string
  #serial = 1

  constructor(commonName = 'Test Authority') {
    const { privateKey, publicKey } = newKey()
    this.#privateKey = privateKey
    this.#name = nameOf([['CN', commonName]])
    const extensions = [extension('2.5.29.19', true, sequence(der(0x01, Buffer.from([0xff]))))]
    this.cert = this.#signed(this.#name, publicKey, validity({}), extensions)
  }

  /** A certificate for a server or a client. */
  issue(options: CertificateOptions): Certificate {
    const { privateKey, publicKey } = newKey()
    const { hosts = ['localhost', '127.0.0.1'] } = options
    const extensions =
      hosts.length === 0 ? [] : [extension('2.5.29.17', false, sequence(...hosts.map(hostName)))]
    return {
      cert: this.#signed(nameOf(options.subject), publicKey, validity(options), extensions),
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      privateKey,
    }
  }

  #signed(subject: Buffer, publicKey: KeyObject, valid: Buffer, extensions: readonly Buffer[]): string {
    const toBeSigned = sequence(
      der(0xa0, integer(2)),
      integer(this.#serial++),
      ecdsaWithSha256,
      this.#name,
      valid,
      subject,
      publicKey.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(...extensions)),
    )
    const signature = sign('sha256', toBeSigned, this.#privateKey)
    const bytes = sequence(
      toBeSigned,
      ecdsaWithSha256,
      der(0x03, Buffer.concat([Buffer.from([0]), signature])),
    )
    const lines = bytes.toString('base64').match(/.{1,64}/g)!
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  }
}

function newKey(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** Tag, length, value (X.690). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length)
  const digits = size.subarray(size.findIndex(byte => byte > 0))
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, content])
}

function sequence(...items: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(items))
}

/** Of at most 30 bits, which is positive. */
function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  const first = bytes.findIndex((byte, at) => byte > 0 || at === 3)
  const digits = bytes.subarray(first)
  return der(0x02, digits[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits)
}

function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap(number => {
    const digits = [number & 0x7f]
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift((left & 0x7f) | 0x80)
    return digits
  })
  return der(0x06, Buffer.from(bytes))
}

const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'))

const nameTypes = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  UID: '0.9.2342.19200300.100.1.1',
  emailAddress: '1.2.840.113549.1.9.1',
} as const

function nameOf(parts: CertificateOptions['subject']): Buffer {
  return sequence(
    ...parts.map(([type, value]) => {
      const text = der(type === 'emailAddress' ? 0x16 : 0x0c, Buffer.from(value, 'utf8'))
      return der(0x31, sequence(identifier(nameTypes[type]), text))
    }),
  )
}

function hostName(host: string): Buffer {
  if (!/^[\d.]+$/.test(host)) return der(0x82, Buffer.from(host, 'ascii'))
  return der(0x87, Buffer.from(host.split('.').map(Number)))
}

function validity({ notBefore, notAfter }: Pick<CertificateOptions, 'notBefore' | 'notAfter'>): Buffer {
  const now = Date.now()
  const time = (date: Date) =>
    der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`, 'ascii'))
  return sequence(time(notBefore ?? new Date(now - dayMs)), time(notAfter ?? new Date(now + dayMs)))
}

function extension(type: string, critical: boolean, value: Buffer): Buffer {
  return sequence(identifier(type), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value))
}
