// The option `tls`, checked where it is given: Node passes over names that it does not know, and over authorities that are no certificates.
import { nearestName, type TlsOptions } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'

const names: Readonly<Record<keyof TlsOptions, true>> = {
  ca: true,
  cert: true,
  key: true,
  pfx: true,
  passphrase: true,
  servername: true,
  rejectUnauthorized: true,
  minVersion: true,
  maxVersion: true,
  ciphers: true,
  checkServerIdentity: true,
}

/** Undefined for plain TCP. Throws ConfigError, which repeats no value: a key may stand anywhere. */
export function readTls(value: unknown): TlsOptions | undefined {
  if (value === undefined || value === false) return undefined
  if (value === true) return {}
  if (typeof value !== 'object' || value === null)
    throw new ConfigError(`tls: give true, or an object with ${Object.keys(names).join(', ')}`)
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(names, name)) continue
    const near = nearestName(name, Object.keys(names))
    const advice = near ? `did you mean "${near}"?` : `there are ${Object.keys(names).join(', ')}`
    throw new ConfigError(`tls: there is no "${name}"; ${advice}`)
  }
  const { ca, cert, key } = value as TlsOptions
  checkPem('ca', 'certificate', ca)
  checkPem('cert', 'certificate', cert)
  checkPem('key', 'private key', key)
  return value
}

/** The name of a file in place of its text would be met as a certificate that nobody has signed. */
function checkPem(name: string, what: string, value: unknown): void {
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (each === undefined) continue
    const isText = typeof each === 'string' || each instanceof Uint8Array
    if (!isText || !Buffer.from(each as Uint8Array).includes('-----BEGIN'))
      throw new ConfigError(
        `tls.${name}: there is no ${what} in it; give the text (PEM) of a file, not its name`,
      )
  }
}
