// The options of TLS and SASL under Kafka's names, those of Java and those of librdkafka.
import type { OptionTable } from '../config/option-table.ts'
import { readSasl } from './sasl-options.ts'

const text = { kind: 'string' } as const
const secret = { kind: 'string', secret: true } as const
const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']

export const securityTable: OptionTable = {
  tls: { kind: 'any', secret: true },
  sasl: { kind: 'any', secret: true, convert: readSasl },
  authenticator: { kind: 'any' },
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
}

/** What a client was given of the table, by its names; undefined where nothing was. */
export interface SecurityProperties {
  readonly [name: `${string}.${string}`]: string | boolean | readonly string[] | undefined
}
