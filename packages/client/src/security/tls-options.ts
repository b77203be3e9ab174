// The option `tls`, checked where it is given: Node passes over names that it does not know, and over authorities that are no certificates.
import { nearestName, type TlsOptions } from '@millrace/runtime'
import { isBytes } from '../config/kinds.ts'
import { ConfigError } from '../errors/index.ts'
import type { TlsSource } from '../network/dial.ts'
import { tlsFault } from './node-tls-check.ts'
import { attempt } from './text-source.ts'

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

/** The option `tls`. */
export type TlsOption = TlsOptions | boolean | (() => TlsOptions | Promise<TlsOptions>)

/** Undefined for plain TCP. Throws ConfigError, which repeats no value: a key may stand anywhere. */
export function readTls(value: unknown): TlsSource | undefined {
  if (value === undefined || value === false) return undefined
  if (value === true) return {}
  if (typeof value !== 'function') return readTlsOptions(value)
  return async () => readTlsOptions(await attempt(value as () => unknown, 'tls'))
}

function readTlsOptions(value: unknown): TlsOptions {
  if (typeof value !== 'object' || value === null)
    throw new ConfigError(`tls: give true, or an object with ${Object.keys(names).join(', ')}`)
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(names, name)) continue
    const near = nearestName(name, Object.keys(names))
    const advice = near ? `did you mean "${near}"?` : `there are ${Object.keys(names).join(', ')}`
    throw new ConfigError(`tls: there is no "${name}"; ${advice}`)
  }
  const { ca, cert, key } = value as TlsOptions
  for (const each of Array.isArray(ca) ? (ca as unknown[]) : [ca])
    if (each !== 'system') checkPem('tls.ca', 'certificate', each)
  checkPem('tls.cert', 'certificate', cert)
  checkPem('tls.key', 'private key', key)
  checkTls('tls', value)
  return value
}

/** Throws ConfigError for what TLS cannot be done with. */
export function checkTls(what: string, options: TlsOptions): void {
  const fault = tlsFault(options)
  if (fault !== undefined) throw new ConfigError(`${what}: ${fault}`)
}

/** The name of a file in place of its text would be met as a certificate that nobody has signed. */
export function checkPem(name: string, what: string, value: unknown): void {
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (each === undefined) continue
    const isText = typeof each === 'string' || isBytes(each)
    if (!isText || !Buffer.from(each as Uint8Array).includes('-----BEGIN'))
      throw new ConfigError(`${name}: there is no ${what} in it; give the text (PEM) of a file, not its name`)
  }
}
