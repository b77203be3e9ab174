// The options of TLS and SASL under Kafka's names, those of Java and those of librdkafka.
import type { OptionTable } from '../config/option-entry.ts'
import { readSasl } from './sasl-options.ts'

const text = { kind: 'string' } as const
const secret = { kind: 'string', secret: true } as const
const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']

export const securityTable: OptionTable = {
  tls: { kind: 'any', secret: true },
  sasl: { kind: 'any', secret: true, convert: readSasl },
  authenticator: { kind: 'any', code: true },
  'security.protocol': {
    kind: 'string',
    values: protocols,
    convert: value => (typeof value === 'string' ? value.toUpperCase() : value),
  },
  'ssl.ca.location': text,
  'ssl.ca.pem': text,
  'ssl.certificate.location': text,
  'ssl.certificate.pem': text,
  'ssl.key.location': text,
  'ssl.key.pem': secret,
  'ssl.key.password': secret,
  'ssl.keystore.type': text,
  'ssl.keystore.location': text,
  'ssl.keystore.password': secret,
  'ssl.keystore.certificate.chain': secret,
  'ssl.keystore.key': secret,
  'ssl.truststore.type': text,
  'ssl.truststore.location': text,
  'ssl.truststore.password': secret,
  'ssl.truststore.certificates': secret,
  'ssl.enabled.protocols': { kind: 'list' },
  'ssl.cipher.suites': { kind: 'list' },
  'ssl.endpoint.identification.algorithm': text,
  'enable.ssl.certificate.verification': { kind: 'boolean' },
  'sasl.mechanism': { kind: 'string', kafka: ['sasl.mechanisms'] },
  'sasl.username': text,
  'sasl.password': secret,
  'sasl.jaas.config': secret,
  'sasl.oauthbearer.token.endpoint.url': text,
  'sasl.oauthbearer.client.credentials.client.id': { kind: 'string', kafka: ['sasl.oauthbearer.client.id'] },
  'sasl.oauthbearer.client.credentials.client.secret': {
    ...secret,
    kafka: ['sasl.oauthbearer.client.secret'],
  },
  'sasl.oauthbearer.scope': text,
  'sasl.oauthbearer.extensions': text,
  'sasl.oauthbearer.header.urlencode': { kind: 'boolean' },
  'https.ca.location': text,
  'https.ca.pem': text,
  'sasl.login.connect.timeout.ms': { kind: 'duration', min: 1 },
  'sasl.login.read.timeout.ms': { kind: 'duration', min: 1 },
  'sasl.login.retry.backoff.ms': { kind: 'duration', min: 1 },
  'sasl.login.retry.backoff.max.ms': { kind: 'duration' },
  'sasl.login.refresh.window.factor': { kind: 'number', min: 0.5, max: 1 },
  'sasl.login.refresh.window.jitter': { kind: 'number', min: 0, max: 0.25 },
  'sasl.login.refresh.min.period.seconds': { kind: 'int32', max: 900 },
  'sasl.login.refresh.buffer.seconds': { kind: 'int32', max: 3600 },
}

/** What a client was given of the table, by its names; undefined where nothing was. */
export interface SecurityProperties {
  readonly [name: `${string}.${string}`]: string | number | boolean | readonly string[] | undefined
}
