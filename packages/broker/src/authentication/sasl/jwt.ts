// JSON Web Tokens (RFC 7519, RFC 7515): read, their signature checked, their claims checked. Nothing of a token is in an error.
import type { KeyObject } from 'node:crypto'

/** A token is not to be accepted. The message says why, and repeats nothing of it. */
export class JwtError extends Error {
  override readonly name = 'JwtError'
}

export interface Jwt {
  readonly algorithm: string
  /** Which key signed it, where it says so. */
  readonly keyId: string | undefined
  readonly claims: Readonly<Record<string, unknown>>
  readonly signedPart: string
  readonly signature: Buffer
}

const partsOf = 3
/** Node would pass over what is none of these, so that another token would be read than was signed. */
const base64url = /^[\w-]*$/

/** Reads a token in compact form. Throws JwtError. */
export function parseJwt(token: string): Jwt {
  const parts = token.split('.')
  if (parts.length !== partsOf) throw new JwtError('the token is no JWT: it does not have three parts')
  const [head = '', body = '', signature = ''] = parts
  if (!parts.every(part => base64url.test(part)))
    throw new JwtError('the token is no JWT: its parts are not in base64url')
  const header = objectOf(head, 'header')
  const { alg, kid, crit } = header
  // Who does not know such an extension must refuse the token (RFC 7515, section 4.1.11).
  if (crit !== undefined) throw new JwtError('the token has an extension ("crit") that is not known')
  if (typeof alg !== 'string') throw new JwtError('the header of the token names no algorithm')
  return {
    algorithm: alg,
    keyId: typeof kid === 'string' ? kid : undefined,
    claims: objectOf(body, 'body'),
    signedPart: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  }
}

function objectOf(part: string, what: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>
    }
  } catch {
    // The error of the parser would repeat the text.
  }
  throw new JwtError(`the ${what} of the token is no JSON object`)
}

interface Algorithm {
  /** `kty` of the key, as Node's `asymmetricKeyType`. */
  readonly keyType: string
  readonly hash: string | null
  readonly pss?: true
  /** ECDSA signs with one curve each. */
  readonly curve?: string
}

/** Signatures with private keys only: with a shared secret, who checks could also issue. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: { keyType: 'rsa', hash: 'sha256' },
  RS384: { keyType: 'rsa', hash: 'sha384' },
  RS512: { keyType: 'rsa', hash: 'sha512' },
  PS256: { keyType: 'rsa', hash: 'sha256', pss: true },
  PS384: { keyType: 'rsa', hash: 'sha384', pss: true },
  PS512: { keyType: 'rsa', hash: 'sha512', pss: true },
  ES256: { keyType: 'ec', hash: 'sha256', curve: 'prime256v1' },
  ES384: { keyType: 'ec', hash: 'sha384', curve: 'secp384r1' },
  ES512: { keyType: 'ec', hash: 'sha512', curve: 'secp521r1' },
  EdDSA: { keyType: 'ed25519', hash: null },
}

/** Whether a key can have signed with an algorithm. */
export function fits(key: KeyObject, algorithm: string): boolean {
  const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined
  if (!known || key.asymmetricKeyType !== known.keyType) return false
  return known.curve === undefined || key.asymmetricKeyDetails?.namedCurve === known.curve
}

/** Throws JwtError unless the key signed the token. */
export function checkSignature({ algorithm, signedPart, signature }: Jwt, key: KeyObject): void {
  const crypto = process.getBuiltinModule('node:crypto')
  const known = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm]! : undefined
  if (!known || !fits(key, algorithm))
    throw new JwtError('the token is signed with an algorithm that is not accepted')
  const { constants } = crypto
  const verified = crypto.verify(
    known.hash,
    Buffer.from(signedPart, 'ascii'),
    {
      key,
      dsaEncoding: 'ieee-p1363',
      ...(known.pss && {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }),
    },
    signature,
  )
  if (!verified) throw new JwtError('the signature of the token is wrong')
}

export interface ClaimChecks {
  /** Where tokens come from; null for anywhere. */
  readonly issuer: string | null
  /** Whom tokens are for; empty for anybody. */
  readonly audiences: readonly string[]
  readonly clockSkewMs: number
  /** Whether tokens must say when they were issued. */
  readonly issuedAtRequired: boolean
  readonly subjectClaim: string
  readonly scopeClaim: string
  /** All of these must be there. */
  readonly requiredScopes: readonly string[]
}

export interface CheckedClaims {
  readonly subject: string
  /** On the wall clock. */
  readonly expiresAtMs: number
}

/** Throws JwtError. `nowMs`: on the wall clock. */
export function checkClaims({ claims }: Jwt, checks: ClaimChecks, nowMs: number): CheckedClaims {
  const { issuer, audiences, clockSkewMs, issuedAtRequired, subjectClaim, scopeClaim, requiredScopes } =
    checks
  const subject = claims[subjectClaim]
  if (typeof subject !== 'string' || subject.trim() === '')
    throw new JwtError(`the token has no claim "${subjectClaim}", which names the user`)
  const expiresAtMs = timeOf(claims, 'exp')
  if (expiresAtMs === undefined) throw new JwtError('the token has no claim "exp", which says when it ends')
  if (expiresAtMs + clockSkewMs <= nowMs) throw new JwtError('the token has expired')
  const notBeforeMs = timeOf(claims, 'nbf')
  if (notBeforeMs !== undefined && notBeforeMs - clockSkewMs > nowMs)
    throw new JwtError('the token is not valid yet')
  const issuedAtMs = timeOf(claims, 'iat')
  if (issuedAtMs === undefined && issuedAtRequired)
    throw new JwtError('the token has no claim "iat", which says when it was issued')
  if (issuedAtMs !== undefined && (issuedAtMs - clockSkewMs > nowMs || issuedAtMs > expiresAtMs))
    throw new JwtError('the token was issued in the future')
  if (issuer !== null && claims['iss'] !== issuer)
    throw new JwtError('the token is not of the issuer that is expected (sasl.oauthbearer.expected.issuer)')
  if (audiences.length > 0 && !texts(claims['aud']).some(audience => audiences.includes(audience)))
    throw new JwtError('the token is for another audience (sasl.oauthbearer.expected.audience)')
  const scopes = texts(claims[scopeClaim]).flatMap(scope => scope.split(' '))
  if (!requiredScopes.every(scope => scopes.includes(scope)))
    throw new JwtError('the token lacks a scope that is required')
  return { subject: subject.trim(), expiresAtMs: Math.min(expiresAtMs, timeMaxMs) }
}

/** A token may say that it never ends; a session does so for a client in 64 bits. */
const timeMaxMs = Number.MAX_SAFE_INTEGER

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

/** Claims have seconds, fractions too. */
function timeOf(claims: Jwt['claims'], name: string): number | undefined {
  const value = claims[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new JwtError(`the claim "${name}" of the token is no number`)
  return Math.floor(value * 1000)
}
