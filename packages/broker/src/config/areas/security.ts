// Properties of security: TLS, SASL, delegation tokens, authorization.

/** See `withoutEffect`. */
export const securityWithoutEffect = `
# Clients do not authenticate yet.
connection.failed.authentication.delay.ms INT LOW READ_ONLY 0.. 100
connections.max.reauth.ms LONG MEDIUM READ_ONLY - 0
principal.builder.class CLASS MEDIUM PER_BROKER - org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder
sasl.client.callback.handler.class CLASS MEDIUM READ_ONLY - null
sasl.enabled.mechanisms LIST MEDIUM PER_BROKER - GSSAPI
sasl.jaas.config PASSWORD MEDIUM PER_BROKER - null
sasl.kerberos.kinit.cmd STRING MEDIUM PER_BROKER - /usr/bin/kinit
sasl.kerberos.min.time.before.relogin LONG MEDIUM PER_BROKER - 60000
sasl.kerberos.principal.to.local.rules LIST MEDIUM PER_BROKER - DEFAULT
sasl.kerberos.service.name STRING MEDIUM PER_BROKER - null
sasl.kerberos.ticket.renew.jitter DOUBLE MEDIUM PER_BROKER - 0.05
sasl.kerberos.ticket.renew.window.factor DOUBLE MEDIUM PER_BROKER - 0.8
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
sasl.mechanism.controller.protocol STRING HIGH READ_ONLY - GSSAPI
sasl.mechanism.inter.broker.protocol STRING MEDIUM PER_BROKER - GSSAPI
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
sasl.oauthbearer.clock.skew.seconds INT LOW READ_ONLY - 30
sasl.oauthbearer.expected.audience LIST HIGH READ_ONLY -
sasl.oauthbearer.expected.issuer STRING HIGH READ_ONLY - null
sasl.oauthbearer.jwks.endpoint.refresh.ms LONG LOW READ_ONLY - 3600000
sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms LONG LOW READ_ONLY - 10000
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms LONG LOW READ_ONLY - 100
sasl.oauthbearer.jwks.endpoint.url STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.jwt.retriever.class CLASS MEDIUM READ_ONLY - org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever
sasl.oauthbearer.jwt.validator.class CLASS MEDIUM READ_ONLY - org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator
sasl.oauthbearer.scope STRING MEDIUM READ_ONLY - null
sasl.oauthbearer.scope.claim.name STRING LOW READ_ONLY - scope
sasl.oauthbearer.sub.claim.name STRING LOW READ_ONLY - sub
sasl.oauthbearer.token.endpoint.url STRING MEDIUM READ_ONLY - null
sasl.server.callback.handler.class CLASS MEDIUM READ_ONLY - null
sasl.server.max.receive.size INT MEDIUM READ_ONLY - 524288
# There are no delegation tokens yet.
delegation.token.expiry.check.interval.ms LONG LOW READ_ONLY 1.. 3600000
delegation.token.expiry.time.ms LONG MEDIUM READ_ONLY 1.. 86400000
delegation.token.max.lifetime.ms LONG MEDIUM READ_ONLY 1.. 604800000
delegation.token.secret.key PASSWORD MEDIUM READ_ONLY - null
# Listeners are PLAINTEXT: there is no TLS yet.
early.start.listeners LIST HIGH READ_ONLY - null
security.providers STRING LOW READ_ONLY - null
ssl.allow.dn.changes BOOLEAN LOW READ_ONLY - false
ssl.allow.san.changes BOOLEAN LOW READ_ONLY - false
ssl.cipher.suites LIST MEDIUM PER_BROKER -
ssl.client.auth STRING MEDIUM PER_BROKER required|requested|none none
ssl.enabled.protocols LIST MEDIUM PER_BROKER - TLSv1.2,TLSv1.3
ssl.endpoint.identification.algorithm STRING LOW PER_BROKER - https
ssl.engine.factory.class CLASS LOW PER_BROKER - null
ssl.key.password PASSWORD MEDIUM PER_LISTENER - null
ssl.keymanager.algorithm STRING MEDIUM PER_BROKER - SunX509
ssl.keystore.certificate.chain PASSWORD MEDIUM PER_LISTENER - null
ssl.keystore.key PASSWORD MEDIUM PER_LISTENER - null
ssl.keystore.location STRING MEDIUM PER_LISTENER - null
ssl.keystore.password PASSWORD MEDIUM PER_LISTENER - null
ssl.keystore.type STRING MEDIUM PER_LISTENER - JKS
ssl.principal.mapping.rules STRING LOW READ_ONLY - DEFAULT
ssl.protocol STRING MEDIUM PER_BROKER - TLSv1.3
ssl.provider STRING MEDIUM PER_BROKER - null
ssl.secure.random.implementation STRING LOW PER_BROKER - null
ssl.trustmanager.algorithm STRING MEDIUM PER_BROKER - PKIX
ssl.truststore.certificates PASSWORD MEDIUM PER_LISTENER - null
ssl.truststore.location STRING MEDIUM PER_LISTENER - null
ssl.truststore.password PASSWORD MEDIUM PER_LISTENER - null
ssl.truststore.type STRING MEDIUM PER_LISTENER - JKS
# One node does not replicate and talks to no other broker.
security.inter.broker.protocol STRING MEDIUM READ_ONLY PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL PLAINTEXT
`
