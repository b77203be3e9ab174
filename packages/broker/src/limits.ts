// Every fixed limit of the broker in one place; those that users may set are in `config/broker-table.ts`.

/** Requests of one connection that are read but not begun; beyond it the socket is paused. In bytes. */
export const connectionQueueMaxBytes = 4 << 20
/** The same as a number of requests: small requests cost more than their bytes. */
export const connectionQueueMaxRequests = 1024
/** Requests of one connection that may wait for the disk together (`overlap`). */
export const overlapMaxRequests = 64
/** One read of a socket takes at most this many bytes; a larger request is received into memory of its size. */
export const receiveMaxBytes = 256 << 10
/** A part of a request that announces no more than this waits for no room: it lies in the memory that every connection has. */
export const smallRequestBytes = 4096
/** Requests of clients that must log in and have not, all together: they take no room from those who have. In bytes. */
export const loginRequestsMaxBytes = 32 << 20
/**
 * A request without records: 100,000 partitions by name take some 4 MB. Each of its items takes some microseconds in which nobody else is served,
 * whether its client may ask for them or not.
 */
export const requestWithoutRecordsMaxBytes = 8 << 20
/**
 * How long the rest of a request that came in part may keep others waiting for its room without another byte or reply; then its connection
 * ends. As long as clients wait for a reply by default.
 */
export const partStallMs = 30_000
/** How often parts that keep others waiting are looked at. */
export const partStallCheckMs = 5_000
/** Memory for requests that no connection uses, kept for the next. */
export const receivePoolMaxBytes = 16 << 20
/** Finished replies are gathered for the rest of the turn, but not beyond this many bytes. */
export const sendNowBytes = 256 << 10
/** How long closing waits for replies to leave before it cuts connections. */
export const closeGraceMs = 2_000
/** Characters in the name of a topic, as in Apache Kafka. */
export const topicNameMaxLength = 249
/** Partitions that one request can make, all its topics together, as in Apache Kafka. */
export const requestPartitionsMax = 10_000
/** Metadata records that one request can write, as in Apache Kafka (`QuorumController.MAX_RECORDS_PER_USER_OP`). */
export const requestRecordsMax = 10_000
/** ACLs that a reply to DeleteAcls can tell of: one that several filters mean is told by each. */
export const deletedAclsToldMax = 100_000
/** Producer ids taken at a time, as Apache Kafka does. */
export const producerIdBlock = 1_000
/** Records in replies to fetches that have not left yet, over all connections; beyond it each new reply carries one batch. In bytes. */
export const fetchRepliesMaxBytes = 256 << 20
/** Idle fetch sessions that may be evicted by others. */
export const fetchSessionEvictionMs = 120_000
/** What incremental fetch sessions remember, all together: some 300,000 partitions with names of twenty characters. */
export const fetchSessionsMaxBytes = 128 << 20
/** Partitions in one page of DescribeTopicPartitions: Kafka's default of max.request.partition.size.limit. */
export const describePageMaxPartitions = 2_000
/** Bytes of the metadata log that are read at a time when it is replayed. */
export const metadataReadBytes = 1 << 20
/** The event loop is given back after this long while directories of partitions are made or renamed. */
export const directoriesSliceMs = 5

/** From the start to the first handler that is loaded ahead: the first clients come before it. */
export const handlersStartMs = 250
/** Between two handlers that are loaded ahead. */
export const handlersPauseMs = 20
/** A timer that is later than this says that the event loop is busy. */
export const handlersLateMs = 20
/** Handlers are loaded ahead after this time however busy the event loop is. */
export const handlersPatienceMs = 60_000

/** Of the batches of one produce request so many bytes, packed and unpacked, are checked before others have their turn: some 5 ms. */
export const checkedAtOnceBytes = 4 << 20
/** The event loop is given back after this long while larger ones are checked, */
export const checkSliceMs = 2
/** at the end of steps of so many bytes or records. */
export const checkStepBytes = 1 << 20
export const checkStepRecords = 4096
/** What the batches of one produce request may become together when they are decompressed to be checked. */
export const requestDecompressedMaxBytes = 256 << 20
/** Of that each compressed batch takes so much besides what it becomes, since to begin takes time, too, */
export const decompressionBytes = 4 << 10
/** and each frame of zstd after its first one. A request of 100 MB could hold millions, and the broker up for minutes. */
export const zstdFrameBytes = 16 << 10

/** How long ListOffsets waits for what is acknowledged to be visible, where the request does not say: before clients give up. */
export const listOffsetsTimeoutMs = 20_000

/** How long whoever writes markers of transactions waits for the disk, as long as Apache Kafka (`request.timeout.ms`). */
export const markerTimeoutMs = 30_000

/** How long a produce request waits for the coordinator of its transaction; then the producer is told to send it again. */
export const admissionTimeoutMs = 30_000

/** How often requests that wait for the disk are looked over for their timeouts. */
export const commitDeadlineStepMs = 250

/** The longest time that a reply can tell a client to wait: some 24 days. A quota of a byte a second makes longer ones. */
export const throttleMaxMs = 2 ** 31 - 1

/** Users, client ids and pairs of them of which it is remembered, for each kind of quota, what they have used. */
export const quotaAccountsMax = 10_000
/** Those that were not heard of for this long go first, as in Apache Kafka (`INACTIVE_SENSOR_EXPIRATION_TIME_SECONDS`). */
export const quotaAccountIdleMs = 3_600_000

/** Delegation tokens that one user may have asked for, with the renewers of all of them: some megabytes. */
export const requesterTokensMax = 20_000

/** How long a request to the transaction coordinator waits for its record: Kafka's `request.timeout.ms`. */
export const transactionStoreTimeoutMs = 30_000
/** How long a pattern that filters transactional ids may take. */
export const patternTimeoutMs = 200
/** Connections to the HTTP port at a time. */
export const httpConnectionsMax = 64
/** The head of an HTTP request: what browsers and scrapers send has a few hundred bytes. */
export const httpHeadMaxBytes = 8 << 10
/** From the connection to the end of the reply. A scrape of ten thousand partitions takes a second. */
export const httpRequestMaxMs = 30_000
/** The event loop is given back after this long while metrics are written. */
export const httpSliceMs = 2
/** Metrics are handed to the socket in pieces of about this size. */
export const httpWriteBytes = 64 << 10

/** Lines in a second about what one client has done wrong, for each event (`BurstFilter`); of slow requests, whoever asks. */
export const burstLinesPerSource = 50
/** Lines of such an event in a second about all clients together. */
export const burstLinesPerEvent = 200
/** Clients that are told apart in a second; those beyond share what one has. */
export const burstSourcesMax = 1_000
/** Clients of which it is told one by one how many lines were left out; those of the others are added up. */
export const burstSourcesTold = 20

/** What is kept of clients that push metrics (KIP-714), and of their metrics. */
export const clientMetricsLimits = {
  /** Clients that are remembered, as in Apache Kafka (`ClientMetricsManager.CACHE_MAX_SIZE`). */
  instancesMax: 16_384,
  /** Series of all clients, and of one. The rest is counted. */
  seriesMax: 50_000,
  seriesPerClientMax: 10_000,
  /** Characters of their names and labels, all together, */
  charactersMax: 32 << 20,
  /** labels that a client gives one of them, or itself, */
  labelsMax: 30,
  /** and characters of a name, and of the name or value of a label: those beyond are cut off. */
  textMaxLength: 255,
  /** What a push may become when it is decompressed. */
  decompressedMaxBytes: 4 << 20,
  /** Fields in a push: some fifteen for each value. To read so many takes some 50 ms. */
  fieldsMax: 200_000,
  /** How long a regular expression of a resource may take for one client. */
  patternTimeoutMs: 50,
  /** The last values of a client that has gone are shown for this long, so that a scraper sees them. */
  lingerMs: 60_000,
  sweepMs: 10_000,
} as const
