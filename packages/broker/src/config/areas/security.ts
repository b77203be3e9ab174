// Properties of security: TLS, SASL, delegation tokens, authorization.
import {
  boundedText,
  choice,
  int,
  list,
  long,
  optional,
  optionalString,
  string,
  text,
} from '../definition.ts'

/** Kafka's own classes, which are what is here. Others cannot be loaded. */
const defaultPrincipalBuilder = 'org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder'
const oauthPackages = [
  'org.apache.kafka.common.security.oauthbearer.',
  'org.apache.kafka.common.security.oauthbearer.secured.',
]
const validatorHandler = 'OAuthBearerValidatorCallbackHandler'
const unsecuredHandler = 'OAuthBearerUnsecuredValidatorCallbackHandler'

const inOauthPackages = (...names: string[]) =>
  [...oauthPackages, 'org.apache.kafka.common.security.oauthbearer.internals.unsecured.'].flatMap(prefix =>
    names.map(name => prefix + name),
  )

const secret = { update: 'PER_LISTENER', importance: 'MEDIUM' } as const
const file = { update: 'PER_LISTENER', importance: 'MEDIUM' } as const

export const securityConfigs = {
  'ssl.keystore.type': string({
    default: 'JKS',
    importance: 'MEDIUM',
    update: 'PER_LISTENER',
    doc: 'PEM or PKCS12. Files of type JKS, the default, are read when they are PKCS12, which keytool writes since Java 9.',
  }),
  'ssl.keystore.location': optionalString({
    ...file,
    doc: 'File with the private key and the certificate of the listener. It is read again when it changes.',
  }),
  'ssl.keystore.password': optional(
    text('PASSWORD', { ...secret, default: '', doc: 'Password of a PKCS12 file.' }),
  ),
  'ssl.keystore.certificate.chain': optional(
    text('PASSWORD', {
      ...secret,
      default: '',
      doc: 'The certificate and its chain as PEM, for type PEM without a file.',
    }),
  ),
  'ssl.keystore.key': optional(
    text('PASSWORD', {
      ...secret,
      default: '',
      doc: 'The private key as PEM (PKCS8), for type PEM without a file.',
    }),
  ),
  'ssl.key.password': optional(
    text('PASSWORD', { ...secret, default: '', doc: 'Password of the private key, where it is encrypted.' }),
  ),
  'ssl.truststore.type': string({
    default: 'JKS',
    importance: 'MEDIUM',
    update: 'PER_LISTENER',
    doc: 'PEM. Others are to be converted.',
  }),
  'ssl.truststore.location': optionalString({
    ...file,
    doc: 'File with the certificates of the authorities that may sign those of clients. It is read again when it changes.',
  }),
  'ssl.truststore.password': optional(
    text('PASSWORD', { ...secret, default: '', doc: 'Means nothing for type PEM.' }),
  ),
  'ssl.truststore.certificates': optional(
    text('PASSWORD', { ...secret, default: '', doc: 'The same as PEM in the property itself.' }),
  ),
  'ssl.client.auth': choice({
    default: 'none',
    values: ['required', 'requested', 'none'],
    importance: 'MEDIUM',
    update: 'PER_BROKER',
    doc: 'Whether clients of SSL listeners must show a certificate, may, or are not asked.',
  }),
  'ssl.principal.mapping.rules': string({
    default: 'DEFAULT',
    importance: 'LOW',
    doc: 'How the distinguished name of a certificate becomes the name of a user: RULE:pattern/replacement/[LU], separated by commas; DEFAULT is the name itself.',
  }),
  'ssl.enabled.protocols': list({
    default: 'TLSv1.2,TLSv1.3',
    values: ['TLSv1.2', 'TLSv1.3'],
    importance: 'MEDIUM',
    update: 'PER_BROKER',
    doc: 'Versions of TLS.',
  }),
  'ssl.cipher.suites': list({
    default: '',
    importance: 'MEDIUM',
    update: 'PER_BROKER',
    doc: 'Ciphers by their IANA names (TLS_AES_256_GCM_SHA384) or those of OpenSSL. Empty for the defaults of Node.',
  }),
  'sasl.enabled.mechanisms': list({
    default: 'GSSAPI',
    importance: 'MEDIUM',
    update: 'PER_BROKER',
    doc: 'Mechanisms of SASL listeners: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER. GSSAPI (Kerberos), the default, is not available.',
  }),
  'sasl.jaas.config': optional(
    text('PASSWORD', {
      importance: 'MEDIUM',
      update: 'PER_BROKER',
      default: '',
      doc: 'Users and options of a mechanism, as listener.name.NAME.MECHANISM.sasl.jaas.config. PLAIN takes its users from user_NAME="password".',
    }),
  ),
  'sasl.server.callback.handler.class': optional(
    boundedText('CLASS', {
      importance: 'MEDIUM',
      default: '',
      values: [...inOauthPackages(validatorHandler, unsecuredHandler)],
      why: 'classes of Java are not loaded. OAUTHBEARER takes keys from sasl.oauthbearer.jwks.endpoint.url, PLAIN its users from sasl.jaas.config',
      doc: 'Only Kafka\u2019s own for OAUTHBEARER, of which it is known what they do.',
    }),
  ),
  'sasl.server.max.receive.size': int({
    default: 524288,
    importance: 'MEDIUM',
    min: 1,
    doc: 'Largest request of a client that has not authenticated, in bytes.',
  }),
  'sasl.oauthbearer.jwks.endpoint.url': optionalString({
    importance: 'MEDIUM',
    doc: 'Where the public keys of tokens are (JWKS): https://, http:// or file://.',
  }),
  'sasl.oauthbearer.jwks.endpoint.refresh.ms': long({
    default: 3600000,
    min: 1,
    importance: 'LOW',
    doc: 'Keys are read again after this time; those of a file when it changes. In milliseconds.',
  }),
  'sasl.oauthbearer.jwks.endpoint.retry.backoff.ms': long({
    default: 100,
    min: 1,
    importance: 'LOW',
    doc: 'Wait after keys could not be read, before they are asked for again; doubles each time. In milliseconds.',
  }),
  'sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms': long({
    default: 10000,
    min: 1,
    importance: 'LOW',
    doc: 'Longest such wait. In milliseconds.',
  }),
  'sasl.oauthbearer.expected.audience': list({
    default: '',
    importance: 'HIGH',
    doc: 'Tokens must be meant for one of these (claim "aud"). Empty: whatever stands there.',
  }),
  'sasl.oauthbearer.expected.issuer': optionalString({
    importance: 'HIGH',
    doc: 'Tokens must come from here (claim "iss"). Unset: from anywhere that has the key.',
  }),
  'sasl.oauthbearer.clock.skew.seconds': int({
    default: 30,
    min: 0,
    importance: 'LOW',
    doc: 'How far the clocks of who issues tokens and of this broker may be apart. In seconds.',
  }),
  'sasl.oauthbearer.scope.claim.name': string({
    default: 'scope',
    importance: 'LOW',
    doc: 'Claim with the scopes of a token.',
  }),
  'sasl.oauthbearer.sub.claim.name': string({
    default: 'sub',
    importance: 'LOW',
    doc: 'Claim with the name of the user.',
  }),
  'sasl.oauthbearer.jwt.validator.class': boundedText('CLASS', {
    default: 'org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator',
    importance: 'MEDIUM',
    values: inOauthPackages('DefaultJwtValidator', 'BrokerJwtValidator'),
    why: 'classes of Java are not loaded',
    doc: 'Only Kafka\u2019s own, which checks the signature with the keys of the JWKS.',
  }),
  'connections.max.reauth.ms': long({
    default: 0,
    importance: 'MEDIUM',
    doc: 'Time after which clients of SASL listeners must have authenticated again (KIP-368); 0 for never, unless their token ends. In milliseconds.',
  }),
  'connection.failed.authentication.delay.ms': int({
    default: 100,
    min: 0,
    importance: 'LOW',
    doc: 'Wait before a client whose login failed is told so, which makes guessing slow. In milliseconds.',
  }),
  'principal.builder.class': boundedText('CLASS', {
    default: defaultPrincipalBuilder,
    importance: 'MEDIUM',
    update: 'PER_BROKER',
    values: [defaultPrincipalBuilder],
    why: 'classes of Java are not loaded; ssl.principal.mapping.rules makes names of users out of those of certificates',
    doc: 'Only Kafka\u2019s own.',
  }),
  'delegation.token.secret.key': optional(
    text('PASSWORD', {
      default: '',
      importance: 'MEDIUM',
      doc: 'Makes the secrets of delegation tokens, and so switches tokens on. With another key, tokens that are out are worth nothing.',
    }),
  ),
  'delegation.token.max.lifetime.ms': long({
    default: 604800000,
    min: 1,
    importance: 'MEDIUM',
    doc: 'A token lasts no longer, however often it is renewed.',
  }),
  'delegation.token.expiry.time.ms': long({
    default: 86400000,
    min: 1,
    importance: 'MEDIUM',
    doc: 'A token that is not renewed ends after this time.',
  }),
  'delegation.token.expiry.check.interval.ms': long({
    default: 3600000,
    min: 1,
    importance: 'LOW',
    doc: 'How often tokens that have ended are removed from the metadata.',
  }),
  'ssl.engine.factory.class': optional(
    boundedText('CLASS', {
      default: '',
      importance: 'LOW',
      update: 'PER_BROKER',
      values: ['org.apache.kafka.common.security.ssl.DefaultSslEngineFactory'],
      why: 'classes of Java are not loaded',
      doc: 'Only Kafka\u2019s own.',
    }),
  ),
} as const

/** See `withoutEffect`. */
export const securityWithoutEffect = `
# There is no Kerberos.
sasl.kerberos.kinit.cmd STRING MEDIUM PER_BROKER - /usr/bin/kinit
sasl.kerberos.min.time.before.relogin LONG MEDIUM PER_BROKER - 60000
sasl.kerberos.principal.to.local.rules LIST MEDIUM PER_BROKER - DEFAULT
sasl.kerberos.service.name STRING MEDIUM PER_BROKER - null
sasl.kerberos.ticket.renew.jitter DOUBLE MEDIUM PER_BROKER - 0.05
sasl.kerberos.ticket.renew.window.factor DOUBLE MEDIUM PER_BROKER - 0.8
# Of clients, and of brokers as clients of each other: one node is none.
sasl.client.callback.handler.class CLASS MEDIUM READ_ONLY - null
sasl.login.callback.handler.class CLASS MEDIUM READ_ONLY - null
sasl.login.class CLASS MEDIUM READ_ONLY - null
sasl.login.connect.timeout.ms INT LOW READ_ONLY - null
sasl.login.read.timeout.ms INT LOW READ_ONLY - null
sasl.login.refresh.buffer.seconds SHORT MEDIUM PER_BROKER - 300
sasl.login.refresh.min.period.seconds SHORT MEDIUM PER_BROKER - 60
sasl.login.refresh.window.factor DOUBLE MEDIUM PER_BROKER - 0.8
sasl.login.refresh.window.jitter DOUBLE MEDIUM PER_BROKER - 0.05
sasl.login.retry.backoff.max.ms LONG LOW READ_ONLY - 10000
sasl.login.retry.backoff.ms LONG LOW READ_ONLY - 100
sasl.oauthbearer.assertion.algorithm STRING MEDIUM READ_ONLY - RS256
sasl.oauthbearer.assertion.claim.aud STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.assertion.claim.exp.seconds INT LOW READ_ONLY 0..86400 300
sasl.oauthbearer.assertion.claim.iss STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.assertion.claim.jti.include BOOLEAN MEDIUM READ_ONLY - false
sasl.oauthbearer.assertion.claim.nbf.seconds INT LOW READ_ONLY 0..3600 60
sasl.oauthbearer.assertion.claim.sub STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.assertion.file STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.assertion.private.key.file STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.assertion.private.key.passphrase PASSWORD MEDIUM READ_ONLY - null
sasl.oauthbearer.assertion.template.file STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.client.credentials.client.id STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.client.credentials.client.secret PASSWORD MEDIUM READ_ONLY - null
sasl.oauthbearer.jwt.retriever.class CLASS MEDIUM READ_ONLY - org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever
sasl.oauthbearer.scope STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.token.endpoint.url STRING MEDIUM READ_ONLY - null
ssl.endpoint.identification.algorithm STRING LOW PER_BROKER - https
# Of the JVM: TLS and randomness are those of Node; ssl.enabled.protocols says which versions there are.
security.providers STRING LOW READ_ONLY - null
ssl.keymanager.algorithm STRING MEDIUM PER_BROKER - SunX509
ssl.protocol STRING MEDIUM PER_BROKER - TLSv1.3
ssl.provider STRING MEDIUM PER_BROKER - null
ssl.secure.random.implementation STRING LOW PER_BROKER - null
ssl.trustmanager.algorithm STRING MEDIUM PER_BROKER - PKIX
# One node does not replicate and talks to no other broker.
sasl.mechanism.controller.protocol STRING HIGH READ_ONLY - GSSAPI
sasl.mechanism.inter.broker.protocol STRING MEDIUM PER_BROKER - GSSAPI
early.start.listeners LIST HIGH READ_ONLY - null
ssl.allow.dn.changes BOOLEAN LOW READ_ONLY - false
ssl.allow.san.changes BOOLEAN LOW READ_ONLY - false
security.inter.broker.protocol STRING MEDIUM READ_ONLY PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL PLAINTEXT
`
