// Signature Version 4 of AWS in the query of a URL ("presigned"): a request that only who has the secret can make, good for some minutes.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac } from 'node:crypto'

/** As AWS gives them: to a user, or for some hours to a role (then with a session token). */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface RequestToSign {
  readonly host: string
  readonly region: string
  /** `kafka-cluster` for MSK. */
  readonly service: string
  readonly query: Readonly<Record<string, string>>
  readonly expiresInSeconds: number
}

const algorithm = 'AWS4-HMAC-SHA256'

/** All parameters of the query of a GET of `/`, the signature last. */
export function presign(
  { host, region, service, query, expiresInSeconds }: RequestToSign,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  now: Date,
): Record<string, string> {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const day = time.slice(0, 8)
  const scope = [day, region, service, 'aws4_request']
  const parameters: Record<string, string> = {
    ...query,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': [accessKeyId, ...scope].join('/'),
    'X-Amz-Date': time,
    'X-Amz-Expires': String(expiresInSeconds),
    'X-Amz-SignedHeaders': 'host',
    ...(sessionToken !== undefined && { 'X-Amz-Security-Token': sessionToken }),
  }
  const request = ['GET', '/', queryOf(parameters), `host:${host}`, '', 'host', sha256('')].join('\n')
  const toSign = [algorithm, time, scope.join('/'), sha256(request)].join('\n')
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`)
  return { ...parameters, 'X-Amz-Signature': hmac(key, toSign).toString('hex') }
}

/** Names and values as AWS encodes them, in the order of their bytes. */
export function queryOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
