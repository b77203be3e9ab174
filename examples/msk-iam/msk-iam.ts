// Two ways to log in to Amazon MSK as a role of IAM, for the option `sasl` of a client. Brokers listen for both on port 9098, with TLS.
import { AuthenticationError, type MechanismLogin, type TokenLogin } from '@millrace/client'
import { type AwsCredentials, presign, queryOf } from './presign.ts'

export interface MskOptions {
  /** `eu-central-1`. */
  readonly region: string
  /** Asked at each login, since credentials of roles end: `fromNodeProviderChain()` of `@aws-sdk/credential-providers` fits. */
  readonly credentials: () => Promise<AwsCredentials>
  /** Default: now. */
  readonly now?: () => Date
}

const service = 'kafka-cluster'
const query = { Action: 'kafka-cluster:Connect' }
const expiresInSeconds = 900

/** OAUTHBEARER: the token is the signed URL of a request that nobody makes, as the signers of AWS make it (aws-msk-iam-sasl-signer-js). */
export function mskBearer({ region, credentials, now = () => new Date() }: MskOptions): TokenLogin {
  const host = `kafka.${region}.amazonaws.com`
  return {
    mechanism: 'oauthbearer',
    token: async () => {
      const signed = presign({ host, region, service, query, expiresInSeconds }, await credentials(), now())
      const url = `https://${host}/?${queryOf({ ...signed, 'User-Agent': 'millrace' })}`
      return Buffer.from(url).toString('base64url')
    },
  }
}

/** The mechanism AWS_MSK_IAM, as Java's clients have it (aws-msk-iam-auth): the same request, to the broker itself, as JSON. */
export function mskIam({ region, credentials, now = () => new Date() }: MskOptions): MechanismLogin {
  return {
    mechanism: 'AWS_MSK_IAM',
    authenticate: async ({ host, port, send }) => {
      const signed = presign({ host, region, service, query, expiresInSeconds }, await credentials(), now())
      const fields = Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value])
      const payload = { version: '2020_10_22', host, 'user-agent': 'millrace', ...Object.fromEntries(fields) }
      const answer = await send(Buffer.from(JSON.stringify(payload)))
      if (answer.length === 0) throw new AuthenticationError(`${host}:${port} does not know this client`)
    },
  }
}
