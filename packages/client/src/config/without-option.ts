// Properties of Kafka's own client and of librdkafka that are no options here, each with the reason: so that nobody's configuration is passed over
// in silence. Names that are options stand in the tables of the options (`kafka`, `converted`).

export interface WithoutOption {
  /** For people: why, and what to write instead. */
  readonly reason: string
  /** Values that say what this client does anyway, in lower case: they are taken without a word. `*` for any. */
  readonly accepts?: readonly string[]
  /** Nothing that a program sees depends on it: told by a warning, and passed over. Otherwise it is refused. */
  readonly ignored?: true
  /** The kinds of clients that do without. Default: all. */
  readonly owners?: readonly string[]
}

/** Refused with every value, or with all but these. */
const refused = (reason: string, ...accepts: readonly string[]): WithoutOption => ({ reason, accepts })
/** Passed over with a warning, unless the value says what happens anyway. */
const ignored = (reason: string, ...accepts: readonly string[]): WithoutOption => ({
  reason,
  accepts,
  ignored: true,
})
const each = (names: readonly string[], entry: WithoutOption): Record<string, WithoutOption> =>
  Object.fromEntries(names.map(name => [name, entry]))

const kerberos = refused('Kerberos (GSSAPI) is not spoken: use scram-sha-512 or oauthbearer over TLS')
const javaClass = refused('it names a class of Java')
const assertion = refused(
  'tokens for an assertion (JWT bearer) are not asked for: give sasl: { mechanism: "oauthbearer", token: () => … }',
)
const brokersCheck = ignored('a client does not check tokens: brokers do')
const jvmMetrics = ignored('it is about the metrics of a Java process')
const systemSizes = ignored('the system sizes the buffers of sockets', '-1', '0')

const security: Readonly<Record<string, WithoutOption>> = {
  'enable.sasl.oauthbearer.unsecure.jwt': refused(
    'put claims of an unsecured token into sasl.jaas.config: unsecuredLoginStringClaim_sub="user"',
    'false',
  ),
  oauthbearer_token_refresh_cb: refused('give sasl: { mechanism: "oauthbearer", token: () => … }'),
  'sasl.client.callback.handler.class': javaClass,
  'sasl.login.callback.handler.class': javaClass,
  'sasl.login.class': javaClass,
  'sasl.oauthbearer.config': refused('give sasl: { mechanism: "oauthbearer", token: () => … }'),
  'sasl.oauthbearer.grant.type': refused(assertion.reason, 'client_credentials'),
  'sasl.oauthbearer.jwt.retriever.class': javaClass,
  'sasl.oauthbearer.jwt.validator.class': javaClass,
  'sasl.oauthbearer.metadata.authentication.type': refused(
    'clouds are not asked for tokens: give sasl: { mechanism: "oauthbearer", token: () => … }',
    'none',
  ),
  'sasl.oauthbearer.method': refused(
    'there is oidc, by sasl.oauthbearer.token.endpoint.url',
    'oidc',
    'default',
  ),
  'security.providers': javaClass,
  'ssl.ca.certificate.stores': refused(
    'certificate stores of Windows are not read: export PEM for ssl.ca.location',
  ),
  'ssl.certificate.verify_cb': refused('give tls: { checkServerIdentity }'),
  'ssl.crl.location': refused('lists of revoked certificates are not read'),
  'ssl.curves.list': refused('the curves are those of Node: --tls-… of node, or openssl.cnf'),
  'ssl.engine.factory.class': javaClass,
  'ssl.engine.id': refused('engines of OpenSSL are not loaded'),
  'ssl.engine.location': refused('engines of OpenSSL are not loaded'),
  'ssl.keymanager.algorithm': ignored('it names a part of Java', '*'),
  'ssl.protocol': refused('say it by ssl.enabled.protocols', 'tls', 'tlsv1.2', 'tlsv1.3'),
  'ssl.provider': javaClass,
  'ssl.providers': refused('providers of OpenSSL are those of Node: openssl.cnf'),
  'ssl.secure.random.implementation': ignored('randomness is the system’s', '*'),
  'ssl.sigalgs.list': refused('the algorithms are those of Node: openssl.cnf'),
  'ssl.trustmanager.algorithm': ignored('it names a part of Java', '*'),
  ...each(
    ['ssl_ca', 'ssl_certificate', 'ssl_engine_callback_data', 'ssl_key'],
    refused('give tls: { ca, cert, key }'),
  ),
  ...each(
    [
      'sasl.kerberos.keytab',
      'sasl.kerberos.kinit.cmd',
      'sasl.kerberos.min.time.before.relogin',
      'sasl.kerberos.principal',
      'sasl.kerberos.service.name',
      'sasl.kerberos.ticket.renew.jitter',
      'sasl.kerberos.ticket.renew.window.factor',
    ],
    kerberos,
  ),
  ...each(
    [
      'sasl.oauthbearer.assertion.algorithm',
      'sasl.oauthbearer.assertion.claim.aud',
      'sasl.oauthbearer.assertion.claim.exp.seconds',
      'sasl.oauthbearer.assertion.claim.iss',
      'sasl.oauthbearer.assertion.claim.jti.include',
      'sasl.oauthbearer.assertion.claim.nbf.seconds',
      'sasl.oauthbearer.assertion.claim.sub',
      'sasl.oauthbearer.assertion.file',
      'sasl.oauthbearer.assertion.jwt.template.file',
      'sasl.oauthbearer.assertion.private.key.file',
      'sasl.oauthbearer.assertion.private.key.passphrase',
      'sasl.oauthbearer.assertion.private.key.pem',
      'sasl.oauthbearer.assertion.template.file',
    ],
    assertion,
  ),
  ...each(
    [
      'sasl.oauthbearer.clock.skew.seconds',
      'sasl.oauthbearer.expected.audience',
      'sasl.oauthbearer.expected.issuer',
      'sasl.oauthbearer.jwks.endpoint.refresh.ms',
      'sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms',
      'sasl.oauthbearer.jwks.endpoint.retry.backoff.ms',
      'sasl.oauthbearer.jwks.endpoint.url',
      'sasl.oauthbearer.scope.claim.name',
      'sasl.oauthbearer.sub.claim.name',
    ],
    brokersCheck,
  ),
}

const connections: Readonly<Record<string, WithoutOption>> = {
  'api.version.fallback.ms': ignored('versions are asked of each broker', '*'),
  'api.version.request': refused('versions are asked of each broker', 'true'),
  'api.version.request.timeout.ms': ignored('the question is part of connecting: connectTimeoutMs'),
  'bootstrap.controllers': refused('controllers are asked through brokers: give bootstrap.servers'),
  'broker.address.family': refused('name the addresses that are meant in brokers', 'any'),
  'broker.address.ttl': ignored('names are resolved at each connection'),
  'broker.version.fallback': ignored('versions are asked of each broker', '*'),
  'client.dns.lookup': refused(
    'canonical names are for Kerberos only, which is not spoken',
    'use_all_dns_ips',
  ),
  'reconnect.backoff.jitter.ms': ignored('every wait varies by itself', '*'),
  'socket.blocking.max.ms': ignored('sockets do not block', '*'),
  'socket.connection.setup.timeout.max.ms': ignored('each attempt has connectTimeoutMs'),
  'socket.keepalive.enable': refused('keep-alive is always on', 'true'),
  'socket.max.fails': ignored('a request that is late closes its connection', '1'),
  'socket.nagle.disable': refused('nothing is held back by the system: lingerMs is what waits', 'true'),
  'topic.blacklist': refused('subscribe by a regular expression that leaves them out'),
  'topic.metadata.propagation.max.ms': ignored('a topic that was just created is waited for: apiTimeoutMs'),
  'topic.metadata.refresh.fast.cnt': ignored('metadata in doubt is asked for every retryBackoffMs', '*'),
  'topic.metadata.refresh.fast.interval.ms': ignored('metadata in doubt is asked for every retryBackoffMs'),
  'topic.metadata.refresh.sparse': ignored('only topics in use are asked for', 'true'),
  ...each(
    ['receive.buffer.bytes', 'send.buffer.bytes', 'socket.receive.buffer.bytes', 'socket.send.buffer.bytes'],
    systemSizes,
  ),
}

const observation: Readonly<Record<string, WithoutOption>> = {
  'builtin.features': refused('it is a property of librdkafka’s build'),
  debug: refused('give a logger; it has the level', ''),
  enabled_events: refused('give onEvent'),
  'log.connection.close': ignored('give a logger; it has the level', '*'),
  'log.queue': refused('give a logger', 'false'),
  'log.thread.name': ignored('there is one thread', '*'),
  log_level: ignored('give a logger; it has the level'),
  'metric.reporters': refused('it names classes of Java', '', 'org.apache.kafka.common.metrics.jmxreporter'),
  'metrics.num.samples': jvmMetrics,
  'metrics.recording.level': jvmMetrics,
  'metrics.sample.window.ms': jvmMetrics,
  'statistics.interval.ms': refused('ask for producer.statistics when you want them', '0'),
  ...each(
    ['background_event_cb', 'error_cb', 'event_cb', 'log_cb', 'stats_cb', 'throttle_cb'],
    refused('give onEvent or a logger'),
  ),
}

const runtime: Readonly<Record<string, WithoutOption>> = {
  'config.providers': refused('the package @millrace/config reads files with ${VARIABLES}', ''),
  default_topic_conf: refused('give the properties of topics beside the others'),
  'enable.random.seed': ignored('it is about C', '*'),
  'interceptor.classes': refused('they are classes of Java; give hooks, whose onSend sees each record', ''),
  interceptors: refused('they are functions of C; give hooks, whose onSend sees each record'),
  'internal.termination.signal': ignored('it is about C', '*'),
  opaque: refused('give records a tag, which onRecordDelivery gets back'),
  'plugin.library.paths': refused('plugins are libraries of C', ''),
  ...each(
    ['closesocket_cb', 'connect_cb', 'open_cb', 'resolve_cb', 'socket_cb'],
    refused('give network: it makes connections'),
  ),
}

const producer: Readonly<Record<string, WithoutOption>> = {
  'batch.num.messages': ignored('batches are bounded by bytes: batchSize'),
  'enable.gapless.guarantee': refused('a batch that fails is told of, and those behind it go on', 'false'),
  'message.copy.max.bytes': ignored('records are written into their batch once'),
  'partitioner.adaptive.partitioning.enable': ignored(
    'records without key stick to a partition for batchSize bytes, whatever its broker does',
    'false',
  ),
  'partitioner.availability.timeout.ms': ignored('brokers that are slow are not left out', '0'),
  'partitioner.ignore.keys': refused("give partitioner: 'uniform-sticky'", 'false'),
  'produce.offset.report': ignored('offsets are always reported', '*'),
  'queue.buffering.backpressure.threshold': ignored('batches grow while a broker is busy', '*'),
  'queue.buffering.max.messages': ignored('what waits is bounded by bytes: bufferMemory', '0'),
  'queuing.strategy': refused('records are sent in their order', 'fifo'),
  'sticky.partitioning.linger.ms': ignored(
    'records without key stick to a partition for batchSize bytes (KIP-794)',
  ),
  'transaction.two.phase.commit.enable': refused('transactions of others (KIP-939) are not joined', 'false'),
  ...each(['dr_cb', 'dr_msg_cb'], refused('give onRecordDelivery, or onDelivery for whole batches')),
  ...each(['msg_order_cmp', 'partitioner_cb'], refused('give partitioner: a function')),
}

const consumer: Readonly<Record<string, WithoutOption>> = {
  'consume.callback.max.messages': ignored('give it to poll: { maxRecords }', '0'),
  'coordinator.query.interval.ms': ignored('the coordinator is looked up when it is in doubt'),
  'enable.auto.offset.store': refused(
    'what was processed is committed: with autoCommit: false, commit() says when; markProcessed() says what',
    'true',
  ),
  'enable.partition.eof': refused('give onPartitionEnd, or consume by events()', 'false'),
  'fetch.error.backoff.ms': ignored('a fetch that failed goes again after retryBackoffMs'),
  'fetch.queue.backoff.ms': ignored('a full partition is fetched again as soon as it is read'),
  'group.protocol.type': refused('a consumer is of type "consumer"', 'consumer'),
  'internal.throw.on.fetch.stable.offset.unsupported': ignored('it is internal to Java’s client', '*'),
  'offset.store.method': refused('offsets are kept by brokers', 'broker'),
  'offset.store.path': ignored('offsets are kept by brokers'),
  'offset.store.sync.interval.ms': ignored('offsets are kept by brokers'),
  'queued.min.messages': ignored('what is fetched ahead is bounded by bytes: prefetchMaxBytes'),
  ...each(
    ['consume_cb', 'rebalance_cb', 'offset_commit_cb'],
    refused('give hooks to subscribe(topics, hooks)'),
  ),
}

/** Properties that are options of some clients, which librdkafka takes for all. */
const elsewhere: Readonly<Record<string, WithoutOption>> = {
  'client.rack': { ...ignored('only consumers read from a nearer replica'), owners: ['Producer', 'Admin'] },
  'message.max.bytes': { ...ignored('only producers write'), owners: ['Consumer', 'Admin'] },
  'max.in.flight': { ...ignored('only producers write'), owners: ['Consumer', 'Admin'] },
  'max.in.flight.requests.per.connection': {
    ...ignored('only producers write'),
    owners: ['Consumer', 'Admin'],
  },
  retries: { ...ignored('calls go again for as long as apiTimeoutMs'), owners: ['Admin'] },
}

/** By name. A name that is an option of a client is looked up there first. */
export const withoutOption: ReadonlyMap<string, WithoutOption> = new Map(
  Object.entries({
    ...security,
    ...connections,
    ...observation,
    ...runtime,
    ...producer,
    ...consumer,
    ...elsewhere,
    ...each(['share.acknowledgement.mode', 'share.acquire.mode'], refused('give them to a ShareConsumer')),
  }),
)
